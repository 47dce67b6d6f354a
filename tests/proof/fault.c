/*
 * fault: preloaded into a program, fails one of its allocations or system calls, or all from one on.
 *
 * Every allocation and every call below is a point, numbered as the program comes to it. A seccomp filter traps what
 * libc itself asks of the kernel, so opendir() is no way around it. With FAULT_AT="point error" that point fails, for
 * good with a negative error, with half a result for 0. With FAULT_WALK="every offset sparing" the program stops at
 * each point, sends forks of itself on with one fault each, and tells on descriptor 198 how they ended, waiting for a
 * byte on 199; once it has changed anything that others see, it can only name the points that a program of its own must
 * be sent to.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include "fault.h"

#define REPORTS 198
#define ANSWERS 199
#define DESCRIPTORS 32
#define SHORT 0
#define NONE INT32_MIN
/* A fork that is not through by then hangs. */
#define SECONDS 20

/* Negative: from this point on. The last is for what can be done by half. */
static const int errors[] = {EIO, ENOSPC, EMFILE, EINTR, ENOMEM, EAGAIN, -EIO, -ENOSPC, -EMFILE, -ENOMEM, SHORT};
#define ERRORS (sizeof(errors) / sizeof(errors[0]))
static const int allocation_errors[] = {ENOMEM, -ENOMEM};
static const int fork_errors[] = {EAGAIN, ENOMEM};

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
pid_t __fork(void);

static enum { PASSIVE, WALKING, FAILING } mode;
static long point, failing_point, every, offset;
static int sparing;
static bool skipping;
static int failing_error = NONE;
static bool *changed; /* shared with all forks */

/* The only system calls that the filter lets pass untrapped: those made from here. */
static long ask(long number, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

static long ask3(long number, long a, long b, long c)
{
	return ask(number, a, b, c, 0, 0, 0);
}

void fault_say(const char *words, size_t len)
{
	ask3(SYS_write, STDERR_FILENO, (long)words, (long)len);
}

/* Tells the driver, and waits until it has put back what the fork has changed. */
static void tell(const char *name, long argument, int error, int status, bool wait)
{
	char line[160], answer;
	int len = snprintf(line, sizeof(line), "%ld %s %ld %d %d %d\n", point, name, argument, error, status, *changed);

	ask3(SYS_write, REPORTS, (long)line, len);
	if (wait && ask3(SYS_read, ANSWERS, (long)&answer, 1) != 1)
		ask3(SYS_exit_group, 99, 0, 0);
}

/* A fork shares them: it must not read on for its parent. The output's is the driver's. */
static void offsets_move(long *offsets, bool back)
{
	for (int fd = 0; fd < DESCRIPTORS; fd++)
		if (!back)
			offsets[fd] = ask3(SYS_lseek, fd, 0, SEEK_CUR);
		else if (offsets[fd] >= 0 && fd != STDOUT_FILENO && fd != STDERR_FILENO)
			ask3(SYS_lseek, fd, offsets[fd], SEEK_SET);
}

/* Until the last of those that the fork left behind has ended too. */
static int await_all(long child)
{
	int status = 0, ended, result = -1;

	while ((ended = (int)ask(SYS_wait4, -1, (long)&status, 0, 0, 0, 0)) > 0 || ended == -EINTR)
		if (ended == child)
			result = status;
	return result;
}

/* Whether this process is the fork that is to fail. */
static bool try_fault(const char *name, long argument, int error)
{
	long offsets[DESCRIPTORS], said = ask3(SYS_lseek, STDERR_FILENO, 0, SEEK_END);

	offsets_move(offsets, false);
	*changed = false;
	long child = ask(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0);

	if (!child) {
		mode = FAILING;
		failing_point = point;
		failing_error = error;
		ask3(SYS_alarm, SECONDS, 0, 0);
		return true;
	}
	int status = await_all(child);

	offsets_move(offsets, true);
	tell(name, argument, error, status, true);
	ask3(SYS_ftruncate, STDERR_FILENO, said, 0);
	*changed = false;
	return false;
}

static bool chosen(size_t i, size_t count)
{
	unsigned long number = (unsigned long)(point * (long)count + (long)i + offset);

	return (number * 2654435761u >> 12) % (unsigned long)every == 0;
}

/* At a point: NONE, or with what it is to fail. */
static int fault_at(const char *name, long argument, const int *list, size_t count)
{
	static bool changed_once;

	if (mode == PASSIVE)
		return NONE;
	point++;
	changed_once = changed_once || *changed;
	for (size_t i = 0; mode == WALKING && !skipping && i < count; i++) {
		if (!chosen(i, count))
			continue;
		if (changed_once)
			tell(name, argument, list[i], -1, false);
		else
			try_fault(name, argument, list[i]);
	}
	/* What fails for good leaves the program its voice. */
	bool speaking = argument <= STDERR_FILENO && !strcmp(name, "write");

	if (mode != FAILING || point < failing_point || (point > failing_point && (failing_error >= 0 || speaking)))
		return NONE;
	return abs(failing_error);
}

static bool allocation_fails(const char *name, size_t size)
{
	if (fault_at(name, (long)size, allocation_errors, 2) <= SHORT)
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return allocation_fails("malloc", size) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return allocation_fails("calloc", size) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return allocation_fails("realloc", size) ? NULL : __libc_realloc(old, size);
}

/* What other processes or a later run could see of the call. */
static bool changes(const struct fault_call *call, const greg_t *r)
{
	bool old = call->number == SYS_open;

	if (!old && call->number != SYS_openat)
		return call->changes;
	long path = old ? r[REG_RDI] : r[REG_RSI], flags = old ? r[REG_RSI] : r[REG_RDX];

	return flags & (O_CREAT | O_TRUNC | O_WRONLY | O_RDWR) && strcmp((const char *)path, "/dev/null") != 0;
}

static long answer(const struct fault_call *call, greg_t *r)
{
	int error = fault_at(call->name, r[REG_RDI], errors, ERRORS - !call->halves);

	if (error == SHORT && call->halves)
		r[REG_RDX] = (r[REG_RDX] + 1) / 2;
	else if (error > SHORT)
		return call->number == SYS_brk ? ask3(SYS_brk, 0, 0, 0) : -error;
	if (mode != PASSIVE && changes(call, r))
		*changed = true;
	return ask(call->number, r[REG_RDI], r[REG_RSI], r[REG_RDX], r[REG_R10], r[REG_R8], r[REG_R9]);
}

/* The deadline is for one fork, not for all of them; what hangs must not last a minute. */
static long set_alarm(long seconds)
{
	if (mode == WALKING)
		return 0;
	return ask3(SYS_alarm, mode == FAILING && seconds > SECONDS ? SECONDS : seconds, 0, 0);
}

static void trapped(int signal_number, siginfo_t *info, void *context)
{
	greg_t *r = ((ucontext_t *)context)->uc_mcontext.gregs;
	int saved = errno;

	(void)signal_number;
	r[REG_RAX] = info->si_syscall == SYS_alarm ? set_alarm(r[REG_RDI]) : answer(fault_call(info->si_syscall), r);
	errno = saved;
}

/* A runner that outlives its hook is not followed; fork() and posix_spawn() themselves may fail. */
pid_t fork(void)
{
	int error = fault_at("fork", 0, fork_errors, 2);

	if (error != NONE) {
		errno = error;
		return -1;
	}
	if (mode != PASSIVE)
		*changed = true;
	pid_t child = __fork();

	if (!child)
		mode = PASSIVE;
	return child;
}

int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *how,
		char *const arguments[], char *const environment[])
{
	int error = fault_at("posix_spawn", 0, fork_errors, 2);
	int (*real)(pid_t *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *, char *const[],
		    char *const[]);

	if (error != NONE)
		return error;
	if (mode != PASSIVE)
		*changed = true;
	*(void **)&real = dlsym(RTLD_NEXT, "posix_spawn");
	return real(pid, path, actions, how, arguments, environment);
}

/* Between its clone() and exec(), with all signals blocked, the new program could not be trapped opening the file. */
int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *actions, int fd, const char *path, int flags,
				     mode_t permissions)
{
	long opened = ask(SYS_openat, AT_FDCWD, (long)path, flags | O_CLOEXEC, (long)permissions, 0, 0);

	return opened < 0 ? (int)-opened : posix_spawn_file_actions_adddup2(actions, (int)opened, fd);
}

/* It stands still: however long the walk takes, the program has only begun, and shows no progress. */
int clock_gettime(clockid_t clock, struct timespec *ret_time)
{
	if (mode != PASSIVE && clock == CLOCK_MONOTONIC) {
		*ret_time = (struct timespec){.tv_sec = 1};
		return 0;
	}
	return (int)ask3(SYS_clock_gettime, clock, (long)ret_time, 0);
}

/* libgit2 begins in the same way every time, by 3,000 allocations for certificates: FAULT_WALK may spare them. */
int git_libgit2_init(void)
{
	int (*real)(void);

	*(void **)&real = dlsym(RTLD_NEXT, "git_libgit2_init");
	skipping = mode == WALKING && sparing;
	int code = real();

	skipping = false;
	return code;
}

__attribute__((constructor)) static void begin(void)
{
	const char *walk = getenv("FAULT_WALK"), *at = getenv("FAULT_AT");
	struct sigaction action = {.sa_sigaction = trapped, .sa_flags = SA_SIGINFO};

	if (!walk && !at)
		return;
	changed = mmap(NULL, sizeof(*changed), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	sigaction(SIGSYS, &action, NULL);
	if (walk ? sscanf(walk, "%ld %ld %d", &every, &offset, &sparing) != 3 ||
			    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
		 : sscanf(at, "%ld %d", &failing_point, &failing_error) != 2)
		_exit(99);
	if (changed == MAP_FAILED || !fault_watch() || !fault_trap(fault_code((uintptr_t)getppid)))
		_exit(99);
	mode = walk ? WALKING : FAILING;
}
