/* doubts: every way to every question that a run asks, of the repository or of the system, goes unanswered once. The
 * linker puts what stands here before what is asked (meson.build, unit_wraps). */
#ifndef TEST_DOUBTS_H
#define TEST_DOUBTS_H

#include "gitfixture.h"

#include <dirent.h>
#include <errno.h>
#include <execinfo.h>
#include <poll.h>
#include <spawn.h>
#include <stdarg.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gather.h"
#include "history.h"
#include "repo.h"
#include "repowrite.h"

#define DOUBTS_DEPTH 13
#define DOUBTS_MAX 16384u

/** What is asked, by the calls that lead there. */
static struct {
	bool wanted; /* one is to go unanswered in the next run */
	bool armed;  /* it has begun */
	bool failed; /* one has gone unanswered in this run */
	int64_t now; /* by the clock */
	uint64_t random;
	uint64_t seen[DOUBTS_MAX]; /* a hash of each way */
	size_t count;
} doubts;

static uint64_t doubts_way(void)
{
	void *frames[DOUBTS_DEPTH];
	int depth = backtrace(frames, DOUBTS_DEPTH);
	uint64_t hash = 0xcbf29ce484222325u;

	for (int i = 2; i < depth; i++)
		hash = (hash ^ (uint64_t)(uintptr_t)frames[i]) * 0x100000001b3u;
	return hash;
}

static bool unanswered(void)
{
	if (!doubts.armed || doubts.failed)
		return false;
	doubts.armed = false;
	uint64_t way = doubts_way(), place = way % DOUBTS_MAX;

	doubts.armed = true;
	for (; doubts.seen[place]; place = (place + 1) % DOUBTS_MAX)
		if (doubts.seen[place] == way)
			return false;
	assert_true(++doubts.count < DOUBTS_MAX / 2);
	doubts.seen[place] = way;
	return doubts.failed = true;
}

#define WRAP(type, name, nothing, parameters, ...)                                                                     \
	type __real_##name parameters;                                                                                 \
	type __wrap_##name parameters;                                                                                 \
	type __wrap_##name parameters                                                                                  \
	{                                                                                                              \
		return unanswered() ? (nothing) : __real_##name(__VA_ARGS__);                                          \
	}
#define WRAP_ANSWER(name, parameters, ...) WRAP(enum answer, name, ANSWER_UNKNOWN, parameters, __VA_ARGS__)
/* ---- the repository ---- */

WRAP_ANSWER(repo_read, (struct repo * repo, const struct oid *id, enum object_type *ret_type, struct bytes *ret_raw),
	    repo, id, ret_type, ret_raw)
WRAP_ANSWER(repo_content, (struct repo * repo, const struct oid *id, struct bytes *ret_content), repo, id, ret_content)
WRAP_ANSWER(repo_header, (struct repo * repo, const struct oid *id, enum object_type *ret_type, size_t *ret_size), repo,
	    id, ret_type, ret_size)
WRAP_ANSWER(repo_stored, (struct repo * repo, const struct oid *id), repo, id)
WRAP_ANSWER(repo_ref, (struct repo * repo, struct bytes ref, struct oid *ret_id), repo, ref, ret_id)
WRAP_ANSWER(repo_symbolic, (struct repo * repo, struct bytes ref, struct bytes *ret_target, struct arena *arena), repo,
	    ref, ret_target, arena)
WRAP_ANSWER(repo_handed_on, (struct repo * repo, struct bytes ref), repo, ref)
WRAP_ANSWER(repo_refs,
	    (struct repo * repo, bool (*each)(void *context, struct bytes ref, const struct oid *id), void *context),
	    repo, each, context)
WRAP_ANSWER(repo_refs_below,
	    (struct repo * repo, struct bytes prefix,
	     bool (*each)(void *context, struct bytes ref, const struct oid *id), void *context),
	    repo, prefix, each, context)
WRAP_ANSWER(repo_config, (struct repo * repo, const char *name, struct arena *arena, struct bytes *ret_value), repo,
	    name, arena, ret_value)
WRAP_ANSWER(repo_commit_tree,
	    (struct repo * repo, const struct oid *id, size_t nth, struct oid *ret_tree, struct oid *ret_parent), repo,
	    id, nth, ret_tree, ret_parent)
WRAP_ANSWER(repo_blob,
	    (struct repo * repo, const struct oid *commit, const char *path, struct arena *arena,
	     struct bytes *ret_content),
	    repo, commit, path, arena, ret_content)
WRAP_ANSWER(repo_is_revert,
	    (struct repo * repo, const struct oid *tree, const struct oid *reverted, const struct oid *onto), repo,
	    tree, reverted, onto)
WRAP_ANSWER(repo_changes,
	    (struct repo * repo, const struct oid *old_tree, const struct oid *new_tree,
	     bool (*each)(void *context, const struct change *change), void *context),
	    repo, old_tree, new_tree, each, context)
WRAP_ANSWER(repo_added,
	    (struct repo * repo, const struct oid *tree, const struct oid *others, size_t other_count,
	     bool (*each)(void *context, const struct added *added), void *context),
	    repo, tree, others, other_count, each, context)
WRAP_ANSWER(repo_names,
	    (struct repo * repo, const struct oid *tree, struct arena *arena, const struct bytes **ret_names,
	     size_t *ret_count),
	    repo, tree, arena, ret_names, ret_count)
WRAP_ANSWER(repo_entry,
	    (struct repo * repo, const struct oid *tree, struct bytes path, unsigned *ret_mode, struct oid *ret_id),
	    repo, tree, path, ret_mode, ret_id)
WRAP(enum proof, repo_is_merge, PROOF_UNKNOWN,
     (struct repo * repo, const struct oid *tree, const struct oid *ours, const struct oid *theirs,
      const struct oid *bases, size_t base_count),
     repo, tree, ours, theirs, bases, base_count)
WRAP(enum proof, repo_is_applied, PROOF_UNKNOWN,
     (struct repo * repo, const struct oid *tree, const struct oid *commit, const struct oid *onto), repo, tree, commit,
     onto)
WRAP_ANSWER(repo_retire, (struct repo * repo, struct bytes ref, const struct oid *old), repo, ref, old)

/* ---- the walks ---- */

WRAP_ANSWER(history_descends, (struct history * history, const struct oid *tip, const struct oid *ancestor), history,
	    tip, ancestor)
WRAP_ANSWER(history_outside,
	    (struct history * history, const struct oids *tips, const struct oids *hidden,
	     const struct history_more *more, struct introduced **ret_commits, size_t *ret_count),
	    history, tips, hidden, more, ret_commits, ret_count)
WRAP_ANSWER(history_without,
	    (struct history * history, const struct oids *tips, const struct oids *hidden,
	     struct introduced **ret_commits, size_t *ret_count),
	    history, tips, hidden, ret_commits, ret_count)
WRAP_ANSWER(history_raw, (struct history * history, const struct oid *id, struct bytes *ret_raw), history, id, ret_raw)
WRAP_ANSWER(history_new_root,
	    (struct history * history, const struct oid *tip, const struct oid *hidden, struct oid *ret_root), history,
	    tip, hidden, ret_root)
WRAP_ANSWER(history_fork,
	    (struct history * history, const struct oid *tip, const struct oids *trunks, struct oid *ret_commit),
	    history, tip, trunks, ret_commit)
WRAP_ANSWER(history_first_parent, (struct history * history, const struct oid *id, struct oid *ret_parent), history, id,
	    ret_parent)
WRAP_ANSWER(history_bases, (struct history * history, const struct oid *a, const struct oid *b, struct oids *ret_bases),
	    history, a, b, ret_bases)

/* ---- the system ---- */

/* In a static build, what libgit2 asks would go unanswered, too: it loses memory then, and takes what it cannot look at
 * for what is not there. */
#ifdef DOUBTS_SYSTEM

static bool unanswered_with(int reason)
{
	if (!unanswered())
		return false;
	errno = reason;
	return true;
}

#define WRAP_SYSTEM(type, name, nothing, reason, parameters, ...)                                                      \
	type __real_##name parameters;                                                                                 \
	type __wrap_##name parameters;                                                                                 \
	type __wrap_##name parameters                                                                                  \
	{                                                                                                              \
		return unanswered_with(reason) ? (nothing) : __real_##name(__VA_ARGS__);                               \
	}
/* For those that say what is wrong by -1. */
#define WRAP_CALL(type, name, reason, parameters, ...) WRAP_SYSTEM(type, name, -1, reason, parameters, __VA_ARGS__)

WRAP_CALL(ssize_t, read, EIO, (int fd, void *to, size_t len), fd, to, len)
WRAP_CALL(ssize_t, write, ENOSPC, (int fd, const void *from, size_t len), fd, from, len)
WRAP_CALL(ssize_t, pread64, EIO, (int fd, void *to, size_t len, off_t at), fd, to, len, at)
WRAP_CALL(ssize_t, pwrite64, ENOSPC, (int fd, const void *from, size_t len, off_t at), fd, from, len, at)
WRAP_CALL(int, fstat64, EIO, (int fd, struct stat *status), fd, status)
WRAP_CALL(int, stat64, EACCES, (const char *path, struct stat *status), path, status)
WRAP_CALL(int, lstat64, EACCES, (const char *path, struct stat *status), path, status)
WRAP_CALL(int, fstatat64, EACCES, (int fd, const char *path, struct stat *status, int flags), fd, path, status, flags)
WRAP_CALL(int, rename, EIO, (const char *from, const char *to), from, to)
WRAP_CALL(int, link, EMLINK, (const char *from, const char *to), from, to)
WRAP_CALL(int, unlink, EACCES, (const char *path), path)
WRAP_CALL(int, mkdir, ENOSPC, (const char *path, mode_t mode), path, mode)
WRAP_CALL(int, mkdirat, ENOSPC, (int fd, const char *path, mode_t mode), fd, path, mode)
WRAP_CALL(int, fsync, EIO, (int fd), fd)
WRAP_CALL(int, ftruncate64, EIO, (int fd, off_t len), fd, len)
WRAP_CALL(off_t, lseek64, EIO, (int fd, off_t at, int from), fd, at, from)
WRAP_CALL(int, flock, ENOLCK, (int fd, int operation), fd, operation)
WRAP_CALL(int, fchmod, EPERM, (int fd, mode_t mode), fd, mode)
WRAP_CALL(int, memfd_create, EMFILE, (const char *name, unsigned flags), name, flags)
WRAP_CALL(int, pipe2, EMFILE, (int ends[2], int flags), ends, flags)
WRAP_CALL(int, poll, ENOMEM, (struct pollfd * watched, nfds_t count, int timeout), watched, count, timeout)
WRAP_SYSTEM(char *, mkdtemp, NULL, ENOSPC, (char *form), form)
WRAP_SYSTEM(DIR *, opendir, NULL, EMFILE, (const char *path), path)
WRAP_SYSTEM(struct dirent *, readdir64, NULL, EIO, (DIR * folder), folder)
WRAP_SYSTEM(int, posix_spawn, EAGAIN, EAGAIN,
	    (pid_t * pid, const char *path, const posix_spawn_file_actions_t *actions,
	     const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[]),
	    pid, path, actions, attributes, arguments, environment)

int __real_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...)
{
	va_list rest;

	va_start(rest, flags);
	mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;

	va_end(rest);
	return unanswered_with(EACCES) ? -1 : __real_open64(path, flags, mode);
}

#endif

/* ---- what would differ between two runs ---- */

int64_t __wrap_clock_now(void);
int64_t __wrap_clock_now(void)
{
	return doubts.now;
}

ssize_t __wrap_getrandom(void *room, size_t len, unsigned flags);
ssize_t __wrap_getrandom(void *room, size_t len, unsigned flags)
{
	(void)flags;
	for (size_t i = 0; i < len; i++)
		((unsigned char *)room)[i] = (unsigned char)(doubts.random++ * 37);
	return (ssize_t)len;
}

#endif
