/* audit: appending lines to a file that others append to, and that may be moved away or cut at any moment. */
#include "audit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "lastwords.h"

/* How often the file may be moved away between its being opened and its being locked. */
#define TRIES_MAX 1000

static bool lock(int fd)
{
	int code;

	lastwords_waiting(true);
	do
		code = flock(fd, LOCK_EX);
	while (code && errno == EINTR);
	lastwords_waiting(false);
	return !code;
}

/* Whether `path` still names the file that is open; NULL with that in *ret_same, or why it cannot be written. */
static const char *check_place(int fd, const char *path, off_t *ret_size, bool *ret_same)
{
	struct stat opened, named;

	if (fstat(fd, &opened))
		return strerror(errno);
	if (!S_ISREG(opened.st_mode))
		return "it is no regular file";
	*ret_size = opened.st_size;
	*ret_same = !lstat(path, &named) && named.st_dev == opened.st_dev && named.st_ino == opened.st_ino;
	return NULL;
}

static const char *open_problem(int error)
{
	return error == ELOOP ? "it is a symbolic link" : error == EISDIR ? "it is a folder" : strerror(error);
}

/* Opens the file, made if need be, and locks it; NULL with its descriptor and length, or why not. */
static const char *open_locked(const char *path, int *ret_fd, off_t *ret_size)
{
	const int flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
	const char *problem = "it keeps being moved away";
	bool same = false;

	for (int i = 0; i < TRIES_MAX && !same; i++) {
		int fd = open(path, flags, S_IRUSR | S_IWUSR);

		if (fd < 0)
			return open_problem(errno);
		const char *why = lock(fd) ? check_place(fd, path, ret_size, &same) : strerror(errno);

		if (same)
			*ret_fd = fd;
		else
			close(fd);
		if (why)
			return why;
	}
	return same ? NULL : problem;
}

/* In one write; what a full disk left of it is no line. NULL, or why not. */
static const char *write_line(int fd, const char *line, size_t len)
{
	ssize_t written;

	do
		written = write(fd, line, len);
	while (written < 0 && errno == EINTR);
	if (written < 0)
		return strerror(errno);
	return (size_t)written == len ? NULL : strerror(ENOSPC);
}

/* Ends what a crash left without its end. NULL, or why not. */
static const char *end_torn(int fd, off_t size)
{
	char last = '\n';

	if (size && pread(fd, &last, 1, size - 1) != 1)
		return strerror(EIO);
	return last == '\n' ? NULL : write_line(fd, "\n", 1);
}

/* A policy may name any file: what does not begin as our lines do is somebody else's. NULL, or why not. */
static const char *check_begin(int fd, off_t size)
{
	char first = '{';

	if (size && pread(fd, &first, 1, 0) != 1)
		return strerror(EIO);
	return first == '{' ? NULL : "it is no audit";
}

static const char *write_lines(int fd, const char *lines, size_t len)
{
	const char *problem = NULL;

	for (size_t at = 0, next; at < len && !problem; at = next) {
		const char *end = memchr(lines + at, '\n', len - at);

		next = end ? (size_t)(end - lines) + 1 : len;
		problem = write_line(fd, lines + at, next - at);
	}
	return problem;
}

/* All or none: what was written before the one that could not be is taken back, unless the file was cut meanwhile. */
static void take_back(int fd, off_t size)
{
	struct stat status;

	if (!fstat(fd, &status) && status.st_size > size && ftruncate(fd, size))
		return; /* whole lines are left, and perhaps a torn one, which the next writer ends */
}

/*
 * An update that is accepted moves its ref right after this: where the audit is required, no crash of the machine may
 * keep the move and lose the line. Elsewhere nobody waits for the disk.
 */
static const char *write_file(const char *path, bool durable, const char *lines, size_t len)
{
	off_t size = 0;
	int fd = -1;
	const char *problem = open_locked(path, &fd, &size);

	if (problem)
		return problem;
	problem = check_begin(fd, size);
	if (problem) {
		close(fd);
		return problem;
	}
	problem = end_torn(fd, size);
	if (!problem)
		problem = write_lines(fd, lines, len);
	if (!problem && durable && fdatasync(fd))
		problem = strerror(errno);
	if (problem)
		take_back(fd, size);
	close(fd);
	return problem;
}

/* Nothing tells whether it arrived. */
static void write_syslog(const char *lines, size_t len)
{
	openlog("git-policy", LOG_PID, LOG_AUTHPRIV);
	for (size_t at = 0, next; at < len; at = next) {
		const char *end = memchr(lines + at, '\n', len - at);
		size_t line = (end ? (size_t)(end - lines) : len) - at;

		next = at + line + 1;
		syslog(LOG_INFO, "%.*s", (int)line, lines + at);
	}
	closelog();
}

const char *audit_write(void *context, const struct policy_audit *to, const char *lines, size_t len)
{
	(void)context;
	if (to->syslog)
		write_syslog(lines, len);
	return to->file ? write_file(to->file, to->required, lines, len) : NULL;
}
