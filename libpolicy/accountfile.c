/* accountfile: reading lines from the end of a file. */
#include "accountfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"

#define BLOCK_BYTES ((size_t)16384)
#define LINE_MAX_BYTES ((size_t)16 * 1024 * 1024)

struct accountfile accountfile_start(struct arena *arena, struct bytes path)
{
	return (struct accountfile){.arena = arena, .path = path.data};
}

struct accountfile accountfile_again(const struct accountfile *file)
{
	return (struct accountfile){
		.arena = file->arena,
		.path = file->path,
		.end = file->end,
		.at = file->end,
		.opened = true,
		.folder_absent = file->folder_absent,
	};
}

static enum answer fail(struct accountfile *file, const char *problem)
{
	file->problem = problem;
	return ANSWER_UNKNOWN;
}

static enum answer open_file(struct accountfile *file, int *ret_fd)
{
	*ret_fd = open(file->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (*ret_fd >= 0)
		return ANSWER_YES;
	if (errno == ENOENT || errno == ENOTDIR)
		return ANSWER_NO;
	if (errno == ELOOP)
		return fail(file, "is a symbolic link");
	return fail(file, bytes_printf(file->arena, "cannot be opened: %s", strerror(errno)).data);
}

/* How long it is: only a regular file has lines. */
static enum answer measure(struct accountfile *file, int fd)
{
	struct stat status;

	if (fstat(fd, &status))
		return fail(file, "cannot be read");
	if (S_ISDIR(status.st_mode) && file->folder_absent)
		return ANSWER_NO;
	if (!S_ISREG(status.st_mode))
		return fail(file, "is no regular file");
	if (!file->opened)
		file->at = status.st_size;
	else if (status.st_size < file->at)
		return fail(file, "was cut while it was being read");
	return ANSWER_YES;
}

static bool read_at(int fd, char *room, size_t len, off_t at)
{
	while (len) {
		ssize_t got = pread(fd, room, len, at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		room += got;
		len -= (size_t)got;
		at += got;
	}
	return true;
}

/* Opens it for as long as `work` takes, so that no descriptor is open where memory may run out. */
static enum answer with_file(struct accountfile *file, size_t block)
{
	int fd;
	enum answer answer = open_file(file, &fd);

	if (answer != ANSWER_YES)
		return answer;
	answer = measure(file, fd);
	if (answer == ANSWER_YES && !read_at(fd, file->data, block, file->at - (off_t)block))
		answer = fail(file, "cannot be read");
	close(fd);
	return answer;
}

/* Puts the block before what is there in front of it. */
static enum answer fill(struct accountfile *file)
{
	size_t block = file->len > BLOCK_BYTES ? file->len : BLOCK_BYTES;

	if ((off_t)block > file->at)
		block = (size_t)file->at;
	if (file->len + block > 2 * LINE_MAX_BYTES)
		return fail(file, "has a line longer than 16 MiB");
	file->data = arena_grow(file->arena, file->data, &file->room, file->len + block, 1);
	memmove(file->data + block, file->data, file->len);
	enum answer answer = with_file(file, block);

	if (answer == ANSWER_NO)
		return fail(file, "has gone while it was being read");
	file->at -= (off_t)block;
	file->len += block;
	return answer;
}

/* The byte after the last LF in the first `len` bytes; 0 when there is none. */
static size_t line_start(const struct accountfile *file, size_t len)
{
	const char *end = len ? memrchr(file->data, '\n', len) : NULL;

	return end ? (size_t)(end - file->data) + 1 : 0;
}

/* Finds where the last whole line ends. */
static enum answer find_end(struct accountfile *file)
{
	enum answer answer = with_file(file, 0);

	if (answer != ANSWER_YES)
		return answer;
	file->opened = true;
	while (!line_start(file, file->len) && file->at)
		if (fill(file) != ANSWER_YES)
			return ANSWER_UNKNOWN;
	file->len = line_start(file, file->len);
	file->end = file->at + (off_t)file->len;
	return ANSWER_YES;
}

enum answer accountfile_line(struct accountfile *file, struct bytes *ret_line)
{
	size_t start;

	if (!file->opened) {
		enum answer answer = find_end(file);

		if (answer != ANSWER_YES)
			return answer;
	}
	if (!file->len && file->at && fill(file) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	if (!file->len)
		return ANSWER_NO;
	while (!(start = line_start(file, file->len - 1)) && file->at)
		if (fill(file) != ANSWER_YES)
			return ANSWER_UNKNOWN;
	*ret_line = (struct bytes){file->data + start, file->len - start - 1};
	file->len = start;
	return ANSWER_YES;
}
