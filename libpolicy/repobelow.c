/* repobelow: the refs below a prefix, at the price of those alone: libgit2 looks through all that are packed. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "repogit.h"

/* The names found; those of folders end in "/". */
struct names {
	struct bytes *list;
	size_t count;
	size_t room;
};

static void names_add(struct repo *repo, struct names *names, struct bytes name)
{
	names->list = arena_grow(repo->names, names->list, &names->room, names->count + 1, sizeof(*names->list));
	names->list[names->count++] = name;
}

static bool broken(struct repo *repo, const char *what, struct bytes name)
{
	snprintf(repo->problem, sizeof(repo->problem), "cannot read %s %.*s", what, BYTES_ARG(name));
	return false;
}

void repo_close_listing(struct repo *repo)
{
	if (repo->folder)
		closedir(repo->folder);
	if (repo->packed.len)
		munmap((void *)(uintptr_t)repo->packed.data, repo->packed.len);
	repo->folder = NULL;
	repo->packed = (struct bytes){0};
}

static bool is_folder(struct repo *repo, const struct dirent *entry)
{
	struct stat status;

	if (entry->d_type != DT_UNKNOWN && entry->d_type != DT_LNK)
		return entry->d_type == DT_DIR;
	return !fstatat(dirfd(repo->folder), entry->d_name, &status, 0) && S_ISDIR(status.st_mode);
}

/* What is in a folder of loose refs; a folder among it keeps its final "/". Locks and hidden files are no refs. */
static bool look_into(struct repo *repo, struct bytes folder, struct names *names)
{
	struct bytes path = bytes_printf(repo->names, "%s%.*s", git_repository_commondir(repo->git), BYTES_ARG(folder));
	const struct dirent *entry;

	repo->folder = opendir(path.data);
	if (!repo->folder)
		return errno == ENOENT || errno == ENOTDIR || broken(repo, "the folder", folder);
	for (errno = 0; (entry = readdir(repo->folder)); errno = 0) {
		if (entry->d_name[0] == '.' || bytes_ends(bytes_of(entry->d_name), BYTES(".lock")))
			continue;
		names_add(repo, names,
			  bytes_printf(repo->names, "%.*s%s%s", BYTES_ARG(folder), entry->d_name,
				       is_folder(repo, entry) ? "/" : ""));
	}
	bool whole = !errno || broken(repo, "the folder", folder);

	repo_close_listing(repo);
	return whole;
}

static bool add_loose(struct repo *repo, struct bytes prefix, struct names *names)
{
	bool known = look_into(repo, prefix, names);

	for (size_t i = 0; known && i < names->count; i++)
		if (bytes_ends(names->list[i], BYTES("/")))
			known = look_into(repo, names->list[i], names);
	return known;
}

/* The name in the line at `at`: "id name"; empty in a line that says what a tag comes to, or is none of git's. */
static struct bytes name_at(struct bytes packed, size_t at)
{
	struct bytes line = bytes_from(packed, at);

	line = bytes_first(line, bytes_index(line, '\n'));
	return line.len > OID_HEX + 1 && line.data[OID_HEX] == ' ' ? bytes_from(line, OID_HEX + 1) : (struct bytes){0};
}

/* The start of the last line before `end`, from `begin` on, that has a name; `begin` if none has. */
static size_t line_before(struct bytes packed, size_t begin, size_t end)
{
	do
		while (end > begin && packed.data[--end] != '\n')
			;
	while (end > begin && !name_at(packed, end + 1).len);
	return end > begin ? end + 1 : begin;
}

static bool comes_before(struct bytes name, struct bytes prefix)
{
	size_t len = name.len < prefix.len ? name.len : prefix.len;
	int order = len ? memcmp(name.data, prefix.data, len) : 0;

	return order ? order < 0 : name.len < prefix.len;
}

/* The first line, from `begin` on, that may have a name below `prefix`, where the lines are sorted. */
static size_t find_first(struct bytes packed, size_t begin, struct bytes prefix)
{
	size_t end = packed.len;

	while (begin < end) {
		size_t middle = line_before(packed, begin, begin + (end - begin) / 2);

		if (!comes_before(name_at(packed, middle), prefix))
			end = middle;
		else
			begin = middle + bytes_index(bytes_from(packed, middle), '\n') + 1;
	}
	return begin;
}

static bool map_packed(struct repo *repo)
{
	struct bytes path = bytes_printf(repo->names, "%spacked-refs", git_repository_commondir(repo->git));
	struct stat status;
	int fd = open(path.data, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return errno == ENOENT || broken(repo, "the", BYTES("packed refs"));
	bool known = !fstat(fd, &status);
	void *data = known && status.st_size ? mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;

	close(fd);
	if (!known || data == MAP_FAILED)
		return broken(repo, "the", BYTES("packed refs"));
	if (data)
		repo->packed = (struct bytes){data, (size_t)status.st_size};
	return true;
}

/* A file that does not say it is sorted is read from its beginning to its end. */
static bool add_packed(struct repo *repo, struct bytes prefix, struct names *names)
{
	if (!map_packed(repo))
		return false;
	struct bytes packed = repo->packed, header = bytes_first(packed, bytes_index(packed, '\n'));
	bool is_sorted = bytes_starts(header, BYTES("# pack-refs with:")) && bytes_contains(header, BYTES(" sorted "));
	size_t at = is_sorted ? find_first(packed, header.len + 1, prefix) : 0;

	for (; at < packed.len; at += bytes_index(bytes_from(packed, at), '\n') + 1) {
		struct bytes name = name_at(packed, at);

		if (bytes_starts(name, prefix))
			names_add(repo, names, bytes_copy(repo->names, name));
		else if (is_sorted && name.len)
			break;
	}
	repo_close_listing(repo);
	return true;
}

static int by_name(const void *a, const void *b)
{
	const struct bytes *left = a, *right = b;

	return strcmp(left->data, right->data);
}

/* Looks a ref up by its name, as one alone is. What is no ref any more, or never was one, is passed over. */
static bool tell(struct repo *repo, struct bytes name,
		 bool (*each)(void *context, struct bytes ref, const struct oid *id), void *context, bool *ret_more)
{
	int code = git_reference_lookup(&repo->reference, repo->git, name.data);

	if (code == GIT_ENOTFOUND || code == GIT_EINVALIDSPEC)
		return true;
	if (code) {
		repo_unknown(repo, "cannot read", name);
		return false;
	}
	*ret_more = repo_tell(repo, each, context);
	return true;
}

/* Loose refs first: git removes a loose one after it has packed it, never before. */
enum answer repo_refs_below(struct repo *repo, struct bytes prefix,
			    bool (*each)(void *context, struct bytes ref, const struct oid *id), void *context)
{
	char here[REPO_NAME_MAX] = "";
	struct names names = {0};
	bool known = repo_name_here(repo, prefix, here), more = true;

	prefix = bytes_of(here);
	known = known && add_loose(repo, prefix, &names) && add_packed(repo, prefix, &names);

	if (names.count)
		qsort(names.list, names.count, sizeof(*names.list), by_name);
	for (size_t i = 0; known && more && i < names.count; i++) {
		struct bytes name = names.list[i];

		if (!bytes_ends(name, BYTES("/")) && !(i && bytes_equal(name, names.list[i - 1])))
			known = tell(repo, name, each, context, &more);
	}
	arena_reset(repo->names);
	return known ? ANSWER_YES : ANSWER_UNKNOWN;
}
