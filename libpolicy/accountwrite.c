/* accountwrite: appending lines to a file, whole or not at all. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "accountfile.h"
#include "arena.h"
#include "folder.h"

/* Where the last whole line ends; -1 when that cannot be read. */
static off_t find_end(int fd, off_t size)
{
	char block[4096];

	while (size) {
		off_t from = size > (off_t)sizeof(block) ? size - (off_t)sizeof(block) : 0;
		ssize_t got = pread(fd, block, (size_t)(size - from), from);

		if (got < 0 && errno == EINTR)
			continue;
		if (got != size - from)
			return -1;
		const char *end = memrchr(block, '\n', (size_t)got);

		if (end)
			return from + (end - block) + 1;
		size = from;
	}
	return 0;
}

static bool write_all(int fd, struct bytes text)
{
	while (text.len) {
		ssize_t written = write(fd, text.data, text.len);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		text = bytes_from(text, (size_t)written);
	}
	return true;
}

static bool cut(int fd, off_t size)
{
	int code;

	do
		code = ftruncate(fd, size);
	while (code && errno == EINTR);
	return !code;
}

/* What is half written is taken back; errno says why. */
static enum answer append(int fd, mode_t mode, off_t end, struct bytes text)
{
	struct stat status;
	off_t last;

	while (flock(fd, LOCK_EX))
		if (errno != EINTR)
			return ANSWER_UNKNOWN;
	if (fstat(fd, &status))
		return ANSWER_UNKNOWN;
	errno = EINVAL;
	if (!S_ISREG(status.st_mode))
		return ANSWER_UNKNOWN;
	if (!status.st_size && fchmod(fd, mode))
		return ANSWER_UNKNOWN;
	last = find_end(fd, status.st_size);
	if (last < 0 || (last < status.st_size && !cut(fd, last)))
		return ANSWER_UNKNOWN;
	if (last != end)
		return ANSWER_NO;
	if (write_all(fd, text))
		return ANSWER_YES;
	int reason = errno;

	cut(fd, last);
	errno = reason;
	return ANSWER_UNKNOWN;
}

enum answer accountfile_append(struct arena *arena, struct bytes root, struct bytes path, off_t end, struct bytes text,
			       const char **ret_problem)
{
	const mode_t both = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH;
	const int flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
	enum answer answer = ANSWER_UNKNOWN;
	bool folders = folder_make(arena, root, path);
	mode_t mode = folder_mode(arena, path) & both;
	int fd = folders ? open(path.data, flags, S_IRUSR | S_IWUSR) : -1;

	if (fd >= 0)
		answer = append(fd, mode, end, text);
	int reason = errno;

	if (fd >= 0)
		close(fd);
	if (answer == ANSWER_UNKNOWN)
		*ret_problem =
			bytes_printf(arena, "%.*s cannot be written: %s", BYTES_ARG(path), strerror(reason)).data;
	return answer;
}
