/* policydisk: the files of a policy on disk: opened once, and only when nobody else could have written them. */
#include "policyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "fault.h"
#include "privatekey.h"
#include "quote.h"

struct place {
	struct bytes folder; /* with its final slash, or empty */
	bool trusted;
};

static bool refuse(struct findings *errors, struct bytes name, const char *fix, const char *sentence)
{
	const struct origin origin = {.file = name};
	struct finding *fault = fault_add(errors, &origin, "%.*s %s", BYTES_ARG(name), sentence);

	fault->fix = bytes_of(fix);
	return false;
}

/* Pushers see these sentences: a name, and a path for the host's policy only. */
static bool refuse_open(struct findings *errors, struct bytes name, int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
		return refuse(errors, name,
			      "an admin puts it there (a first policy: git policy install), or corrects the name "
			      "(include, git config policy.file)",
			      "does not exist");
	case ELOOP:
		return refuse(errors, name, "name the real file in git config policy.file, or copy it here",
			      "is a symbolic link, which is not followed");
	case EACCES:
		return refuse(errors, name, "let the account that git runs under read it", "may not be read");
	case ENXIO:
	case ENODEV:
		return refuse(errors, name, "put a regular file in its place", "is a socket or a device");
	default:
		return refuse(errors, name, "look at it as the account that git runs under",
			      bytes_printf(errors->arena, "cannot be read: %s", strerror(error)).data);
	}
}

static bool check_type(const struct stat *status, struct bytes name, struct findings *errors)
{
	const char *fix = "put a regular file in its place";

	if (S_ISDIR(status->st_mode))
		return refuse(errors, name, fix, "is a directory");
	if (S_ISFIFO(status->st_mode))
		return refuse(errors, name, fix, "is a FIFO");
	if (S_ISCHR(status->st_mode) || S_ISBLK(status->st_mode))
		return refuse(errors, name, fix, "is a device");
	if (!S_ISREG(status->st_mode))
		return refuse(errors, name, fix, "is not a regular file");
	if ((unsigned long long)status->st_size > INIFILE_SIZE_MAX)
		return refuse(errors, name, "divide it into several", "is larger than 1 MiB");
	return true;
}

/* Whoever may write the file, or put another in its place, makes the policy. */
static bool check_trust(const struct stat *file, const struct place *place, struct bytes name, struct findings *errors)
{
	struct stat folder;

	if (stat(place->folder.len ? place->folder.data : ".", &folder) < 0)
		return refuse_open(errors, name, errno);
	if (file->st_uid != 0 && file->st_uid != geteuid() && file->st_uid != folder.st_uid)
		return refuse(errors, name, "chown it to the account that owns the repository",
			      "belongs to another account");
	if (file->st_mode & (S_IWGRP | S_IWOTH))
		return refuse(errors, name,
			      bytes_printf(errors->arena, "chmod go-w %s", quote_word(errors->arena, name)).data,
			      "may be written by others than its owner");
	if (folder.st_mode & (S_IWGRP | S_IWOTH) && !(folder.st_mode & S_ISVTX))
		return refuse(errors, name, "chmod go-w its folder", "is in a folder that others may write");
	return true;
}

/* Reads one byte more than there should be, to see that there is none. */
static bool read_whole(int file, size_t size, struct arena *arena, struct bytes name, struct bytes *ret_content,
		       struct findings *errors)
{
	char *room = arena_alloc(arena, size + 1);
	size_t have = 0;
	ssize_t got;

	do {
		got = read(file, room + have, size + 1 - have);
		have += got > 0 ? (size_t)got : 0;
	} while ((got > 0 && have <= size) || (got < 0 && errno == EINTR));
	if (got < 0)
		return refuse_open(errors, name, errno);
	if (have != size)
		return refuse(errors, name, "try again", "changed while it was being read");
	*ret_content = (struct bytes){room, size};
	return true;
}

/* What a policy says is told to whoever may fetch it. */
static bool check_public(struct bytes content, struct bytes name, struct findings *errors)
{
	const struct origin origin = {.file = name, .line = privatekey_line(content)};

	if (!origin.line)
		return true;
	finding_fix(errors, fault_add(errors, &origin, "%.*s holds a private key", BYTES_ARG(name)),
		    "put the public key in its place, and use this one no more if anybody else could read it");
	return false;
}

/* Should memory run out in here, the descriptor goes with the process, whose end that is. */
static bool read_file(const struct policy_source *source, struct arena *arena, struct bytes name,
		      struct bytes *ret_content, struct findings *errors)
{
	const struct place *place = source->context;
	struct bytes base = bytes_from(name, bytes_starts(name, place->folder) ? place->folder.len : 0);
	struct bytes path = bytes_printf(arena, "%.*s%.*s", BYTES_ARG(place->folder), BYTES_ARG(base));
	struct stat status;
	bool good;

	if (!base.len || bytes_index(base, '/') < base.len)
		return refuse(errors, name, "name a file", "is not the name of a file");
	int file = open(path.data, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

	if (file < 0)
		return refuse_open(errors, name, errno);
	if (fstat(file, &status) < 0)
		good = refuse_open(errors, name, errno);
	else
		good = check_type(&status, name, errors) &&
		       (!place->trusted || check_trust(&status, place, name, errors)) &&
		       read_whole(file, (size_t)status.st_size, arena, name, ret_content, errors) &&
		       check_public(*ret_content, name, errors);
	close(file);
	return good;
}

struct bytes policyfile_folder(struct bytes path)
{
	while (path.len && !bytes_ends(path, BYTES("/")))
		path.len--;
	return path;
}

struct policy_source policyfile_on_disk(struct arena *arena, struct bytes path, bool trusted)
{
	struct place *place = arena_alloc(arena, sizeof(*place));

	place->folder = bytes_copy(arena, policyfile_folder(path));
	place->trusted = trusted;
	return (struct policy_source){
		.read = read_file,
		.context = place,
		.file = bytes_copy(arena, bytes_from(path, place->folder.len)),
	};
}
