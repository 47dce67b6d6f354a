/* spool: one file for what happened, hard-linked into the queue of every trigger that is to be told of it. */
#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "arena.h"
#include "clock.h"
#include "folder.h"
#include "record.h"

/*
 * policy/spool/:pending/<number>, then policy/spool/<trigger>/<number>; each folder has its ":lock". That of ":pending"
 * holds the last number given. No spelling of a trigger's name begins with a colon.
 */
#define PENDING ":pending"
#define LOCK ":lock"
#define ENTRY_BYTES_MAX ((off_t)64 * 1024 * 1024)
#define NUMBER_DIGITS 20
#define LOOK_NANOSECONDS 20000000
#define NUMBERS_A_SECOND INT64_C(1000000)

static bool fail(struct spool *spool, struct bytes path, const char *what)
{
	const char *reason = strerror(errno);

	spool->problem = bytes_printf(spool->arena, "%.*s cannot be %s: %s", BYTES_ARG(path), what, reason).data;
	return false;
}

static struct bytes path_of(const struct spool *spool, struct bytes queue, struct bytes name)
{
	struct bytes folder = queue.len ? record_encode(spool->arena, queue) : BYTES(PENDING);

	return bytes_printf(spool->arena, "%.*s/policy/spool/%.*s/%.*s", BYTES_ARG(spool->git_dir), BYTES_ARG(folder),
			    BYTES_ARG(name));
}

/* The path of a file that is going to be there, in a folder that is. */
static bool prepare(struct spool *spool, struct bytes queue, struct bytes name, struct bytes *ret_path)
{
	*ret_path = path_of(spool, queue, name);
	return folder_make(spool->arena, spool->git_dir, *ret_path) || fail(spool, *ret_path, "made");
}

static mode_t file_mode(const struct spool *spool, struct bytes path)
{
	return folder_mode(spool->arena, path) & ~(mode_t)(S_IXUSR | S_IXGRP | S_IXOTH | S_ISUID | S_ISGID | S_ISVTX);
}

/* Opens a file that is written, and gives it its mode while it is new; -1 with errno. */
static int create(struct bytes path, mode_t mode, int flags)
{
	int fd = open(path.data, flags | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, S_IRUSR | S_IWUSR);
	struct stat status;

	if (fd >= 0 && !fstat(fd, &status) && !status.st_size && status.st_uid == geteuid())
		fchmod(fd, mode);
	return fd;
}

/* 0, or -1 with errno. Nobody wakes who waits for a bounded time: it looks again and again. */
static int lock_within(int fd, unsigned seconds)
{
	const int operation = LOCK_EX | (seconds == SPOOL_FOREVER ? 0 : LOCK_NB);
	const int64_t end = clock_elapsed() + seconds * INT64_C(1000);
	const struct timespec pause = {.tv_nsec = LOOK_NANOSECONDS};

	while (flock(fd, operation)) {
		if (errno == EINTR)
			continue;
		if (errno != EWOULDBLOCK || clock_elapsed() >= end)
			return -1;
		nanosleep(&pause, NULL);
		errno = EWOULDBLOCK;
	}
	return 0;
}

enum answer spool_lock(struct spool *spool, struct bytes queue, unsigned seconds, int *ret_lock)
{
	struct bytes path;

	*ret_lock = -1;
	if (!prepare(spool, queue, BYTES(LOCK), &path))
		return ANSWER_UNKNOWN;
	mode_t mode = file_mode(spool, path);

	*ret_lock = create(path, mode, O_RDWR);
	if (*ret_lock < 0)
		return fail(spool, path, "opened"), ANSWER_UNKNOWN;
	if (!lock_within(*ret_lock, seconds))
		return ANSWER_YES;
	bool taken = errno == EWOULDBLOCK;

	if (taken)
		spool->problem = bytes_printf(spool->arena, "%.*s has been held by another run for %u s",
					      BYTES_ARG(path), seconds)
					 .data;
	else
		fail(spool, path, "locked");
	spool_unlock(ret_lock);
	return taken ? ANSWER_NO : ANSWER_UNKNOWN;
}

void spool_unlock(int *lock)
{
	if (*lock >= 0)
		close(*lock);
	*lock = -1;
}

static bool write_all(int fd, struct bytes text)
{
	while (text.len) {
		ssize_t written = write(fd, text.data, text.len);

		if (written < 0 && errno != EINTR)
			return false;
		text = bytes_from(text, written > 0 ? (size_t)written : 0);
	}
	return true;
}

static bool sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced = fd >= 0 && !fsync(fd);

	if (fd >= 0)
		close(fd);
	return synced;
}

static bool write_file(struct bytes path, mode_t mode, struct bytes text)
{
	int fd = create(path, mode, O_WRONLY | O_TRUNC);
	bool written = fd >= 0 && write_all(fd, text) && !fsync(fd);
	int reason = errno;

	if (fd >= 0)
		close(fd);
	errno = reason;
	return written;
}

/* Greater than any before it, whatever the clock says; by the clock, whatever became of the lock. */
static bool next_number(int lock, int64_t now, long long *ret_number)
{
	char text[NUMBER_DIGITS + 1] = "";
	ssize_t got = pread(lock, text, NUMBER_DIGITS, 0);
	long long last = got == NUMBER_DIGITS ? strtoll(text, NULL, 10) : 0;

	*ret_number = last >= now * NUMBERS_A_SECOND ? last + 1 : now * NUMBERS_A_SECOND;
	snprintf(text, sizeof(text), "%0*lld", NUMBER_DIGITS, *ret_number);
	return got >= 0 && pwrite(lock, text, NUMBER_DIGITS, 0) == NUMBER_DIGITS;
}

bool spool_put(struct spool *spool, int lock, int64_t now, struct spool_entry *entry)
{
	struct bytes path, fresh, text, folder = path_of(spool, SPOOL_PENDING, BYTES("."));
	long long number;

	if (!next_number(lock, now, &number))
		return fail(spool, path_of(spool, SPOOL_PENDING, BYTES(LOCK)), "written");
	entry->name = bytes_printf(spool->arena, "%0*lld", NUMBER_DIGITS, number);
	if (!prepare(spool, SPOOL_PENDING, entry->name, &path))
		return false;
	fresh = path_of(spool, SPOOL_PENDING, BYTES(".new"));
	text = bytes_printf(spool->arena, "%.*s%.*s", BYTES_ARG(entry->line), BYTES_ARG(entry->event));
	return (write_file(fresh, file_mode(spool, path), text) && !rename(fresh.data, path.data) &&
		sync_folder(folder.data)) ||
	       fail(spool, path, "written");
}

bool spool_queue(struct spool *spool, struct bytes name, struct bytes trigger)
{
	struct bytes from = path_of(spool, SPOOL_PENDING, name), folder = path_of(spool, trigger, BYTES(".")), path;

	if (!prepare(spool, trigger, name, &path))
		return false;
	return ((!link(from.data, path.data) || errno == EEXIST) && sync_folder(folder.data)) ||
	       fail(spool, path, "written");
}

bool spool_list(struct spool *spool, struct bytes queue, struct bytes **ret_names, size_t *ret_count)
{
	struct bytes folder = path_of(spool, queue, BYTES("."));
	size_t count = 0;

	if (folder_list(spool->arena, folder, ret_names, ret_count) == ANSWER_UNKNOWN)
		return fail(spool, folder, "read");
	for (size_t i = 0; i < *ret_count; i++)
		if (!bytes_equal((*ret_names)[i], BYTES(LOCK)))
			(*ret_names)[count++] = (*ret_names)[i];
	*ret_count = count;
	return true;
}

/* Its size, once it is open; -1 when it is not there, is no file of ours, or is too large, with errno. */
static int open_entry(struct bytes path, size_t *ret_size)
{
	int fd = open(path.data, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	struct stat status;

	if (fd < 0)
		return -1;
	if (!fstat(fd, &status) && S_ISREG(status.st_mode) && status.st_size <= ENTRY_BYTES_MAX) {
		*ret_size = (size_t)status.st_size;
		return fd;
	}
	close(fd);
	errno = EINVAL;
	return -1;
}

static bool read_all(struct bytes path, char *room, size_t size)
{
	size_t now, len = 0;
	int fd = open_entry(path, &now);
	ssize_t got = 1;

	while (fd >= 0 && got && len < size) {
		got = read(fd, room + len, size - len);
		if (got < 0 && errno != EINTR)
			break;
		len += got > 0 ? (size_t)got : 0;
	}
	if (fd >= 0)
		close(fd);
	return len == size;
}

/* The `nth` word of a line of the account, from 0 on. */
static struct bytes word_of(struct bytes line, size_t nth)
{
	for (size_t i = 0; i < nth; i++)
		line = bytes_from(line, bytes_index(line, ' ') + 1);
	line = bytes_first(line, bytes_index(line, ' '));
	return bytes_first(line, bytes_index(line, '\n'));
}

struct bytes spool_event(const struct spool_entry *entry)
{
	return word_of(entry->line, 5);
}

struct bytes spool_time(const struct spool_entry *entry)
{
	return word_of(entry->line, 0);
}

enum answer spool_read(struct spool *spool, struct bytes queue, struct bytes name, struct spool_entry *ret_entry)
{
	struct bytes path = path_of(spool, queue, name);
	size_t size = 0;
	int fd = open_entry(path, &size);

	if (fd < 0)
		return errno == ENOENT ? ANSWER_NO : (fail(spool, path, "read"), ANSWER_UNKNOWN);
	close(fd);
	struct bytes text = {arena_alloc(spool->arena, size), size};

	if (!read_all(path, (char *)(uintptr_t)text.data, size))
		return fail(spool, path, "read"), ANSWER_UNKNOWN;
	size_t line = bytes_index(text, '\n') + 1;

	*ret_entry =
		(struct spool_entry){.name = name, .line = bytes_first(text, line), .event = bytes_from(text, line)};
	ret_entry->ref = word_of(ret_entry->line, 2);
	return ANSWER_YES;
}

bool spool_remove(struct spool *spool, struct bytes queue, struct bytes name)
{
	struct bytes path = path_of(spool, queue, name);

	return !unlink(path.data) || errno == ENOENT || fail(spool, path, "removed");
}

bool spool_triggers(struct spool *spool, struct bytes **ret_triggers, size_t *ret_count)
{
	struct bytes folder = bytes_printf(spool->arena, "%.*s/policy/spool", BYTES_ARG(spool->git_dir));
	size_t count = 0;

	if (folder_list(spool->arena, folder, ret_triggers, ret_count) == ANSWER_UNKNOWN)
		return fail(spool, folder, "read");
	for (size_t i = 0; i < *ret_count; i++)
		if (record_decode(spool->arena, (*ret_triggers)[i], &(*ret_triggers)[count]))
			count++;
	*ret_count = count;
	return true;
}
