/* guard: what every program does around its one call of the library: a safe process, a deadline, whole output. */
#ifndef GUARD_H
#define GUARD_H

#include <sys/resource.h>

#include "policy.h"

/* A sanitizer has handlers of its own, and maps more memory than any program may have. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GUARD_SANITIZED true
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define GUARD_SANITIZED true
#endif
#ifndef GUARD_SANITIZED
#define GUARD_SANITIZED false
#endif

/** What --version prints. */
#define GUARD_VERSION "git-policy " POLICY_VERSION "\n"

/**
 * Before anything else in main(): standard descriptors that exist, no core dump, no new privileges, bounded memory and
 * time. From here on a crash, a passed deadline or an interrupt says so in one line and exits undecided.
 */
void guard_start(void);
/**
 * guard_start() for a hook that takes `count` arguments, named by `usage` ("update <ref> <old> <new>"). Answers
 * --version itself; with another number of arguments says how it is used and exits undecided.
 */
void guard_hook(int argc, char **argv, int count, const char *usage);
/** The same for a hook of the server, with no more of the environment than it knows (variables.h). */
void guard_server_hook(int argc, char **argv, int count, const char *usage);

/** The limits that guard_start() lowers, as they were. */
struct guard_limits {
	struct rlimit core, cpu, data;
};
/**
 * guard_server_hook() for one that runs when the refs have moved, which its last words then say, and starts programs of
 * the admin's, which may take what privileges their files give, as sudo does: these are not given up, and the limits
 * are kept for guard_leave().
 */
void guard_hook_starting(int argc, char **argv, int count, const char *usage, struct guard_limits *ret_limits);
/** In a new process: a session of its own, no descriptor of ours (0 to 2 are /dev/null), no deadline, the old limits,
 * signals as usual. */
void guard_leave(const struct guard_limits *limits);

/** A new run that keeps the deadline its policy sets, writes the audit that it wants, and shows whoever watches that it
 * goes on, on one line of standard error; NULL without memory, which guard_end() and the library take. */
struct policy_run *guard_run(const struct policy_options *options);
/** Writes what the run has to say to `fd` and frees it; the exit code, 0 for POLICY_ACCEPTED and for nothing else. */
int guard_end(struct policy_run *run, enum policy_exit verdict, int fd);

/** Writes all of it, whatever is interrupted; a reader that has gone away is no error. */
void guard_put(int fd, const char *text, size_t len);
/** The same for what somebody reads, whole lines as far as it can be. A hook writes it as it is (write.c), the command
 * line may colour it; a signal handler calls this. */
void guard_write(int fd, const char *text, size_t len);
/** Whether somebody may be looking at standard error meanwhile: always at what a server's hook says, which git hands on
 * to the pusher, else at a terminal. Defined beside each guard_write(). */
bool guard_watched(void);
/** guard_write() of a string. */
void guard_print(int fd, const char *text);

#endif
