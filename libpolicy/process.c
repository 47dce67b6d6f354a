/* process: posix_spawn, one pipe to read the answer from, and a group that is killed whole in the end. */
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "arena.h"
#include "interrupt.h"

#define SECOND INT64_C(1000)
#define PAUSE_MAX INT64_C(128)
/* What the program is given to read: its standard input, and the files at descriptors of their own. */
#define GIVEN (1 + PROCESS_FILES)
#define FIRST_FILE (STDERR_FILENO + 1)

/* A program at work. */
struct work {
	const struct process *process;
	char *output; /* room for output_max bytes and one, by which it shows that there are more */
	size_t len;
	int given[GIVEN];
	int ends[2];
	int endings; /* readable when the run itself is to end */
	sigset_t before;
	pid_t pid;
	int64_t deadline; /* in milliseconds of the monotonic clock */
	int status;
};

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * SECOND + time.tv_nsec / 1000000;
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* A tenth of what the run has left, or a second, is for telling which program took too long. */
static int64_t deadline_of(const struct process *process)
{
	struct itimerval alarm;
	int64_t left = process->seconds * SECOND;

	if (!getitimer(ITIMER_REAL, &alarm) && (alarm.it_value.tv_sec || alarm.it_value.tv_usec)) {
		int64_t run = alarm.it_value.tv_sec * SECOND + alarm.it_value.tv_usec / 1000;

		left = least(left, run - least(run / 10, SECOND));
	}
	return now() + left;
}

static bool write_all(int fd, struct bytes rest)
{
	while (rest.len) {
		ssize_t written = write(fd, rest.data, rest.len);

		if (written < 0 && errno != EINTR)
			return false;
		rest = bytes_from(rest, written > 0 ? (size_t)written : 0);
	}
	return !lseek(fd, 0, SEEK_SET);
}

/* A file in memory: the program reads it when it likes, and nobody has to wait for it. It is above the numbers by which
 * the program knows it, so that putting one in its place overwrites no other. */
static int memory_of(struct bytes content)
{
	int fd = memfd_create("input", MFD_CLOEXEC), above = -1;

	if (fd >= 0 && write_all(fd, content))
		above = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_FILE + GIVEN);
	if (fd >= 0)
		close(fd);
	return above;
}

static bool give(struct work *work)
{
	const struct process *process = work->process;

	work->given[0] = memory_of(process->input);
	for (size_t i = 0; work->given[i] >= 0 && i < process->file_count; i++)
		work->given[1 + i] = memory_of(process->files[i]);
	return work->given[process->file_count] >= 0;
}

static int set_actions(posix_spawn_file_actions_t *actions, const struct work *work)
{
	const char *directory = work->process->directory;
	int files = (int)work->process->file_count;
	int code = posix_spawn_file_actions_adddup2(actions, work->given[0], STDIN_FILENO);

	if (!code && work->process->silent)
		code = posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	else if (!code)
		code = posix_spawn_file_actions_adddup2(actions, work->ends[1], STDOUT_FILENO);
	if (!code)
		code = posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	for (int i = 0; !code && i < files; i++)
		code = posix_spawn_file_actions_adddup2(actions, work->given[1 + i], FIRST_FILE + i);
	if (!code)
		code = posix_spawn_file_actions_addclosefrom_np(actions, FIRST_FILE + files);
	return code ? code : posix_spawn_file_actions_addchdir_np(actions, directory ? directory : "/");
}

static int set_attributes(posix_spawnattr_t *attributes)
{
	sigset_t all, none;
	int code = posix_spawnattr_setflags(attributes,
					    POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);

	sigfillset(&all);
	sigemptyset(&none);
	if (!code)
		code = posix_spawnattr_setsigdefault(attributes, &all);
	return code ? code : posix_spawnattr_setsigmask(attributes, &none);
}

/* posix_spawn() takes what it leaves alone without const. */
static char *const *strings(const char *const *list)
{
	return (char *const *)(uintptr_t)list;
}

static int spawn(struct work *work)
{
	const struct process *process = work->process;
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int code = posix_spawn_file_actions_init(&actions);

	if (code)
		return code;
	code = posix_spawnattr_init(&attributes);
	if (!code) {
		code = set_attributes(&attributes);
		if (!code)
			code = set_actions(&actions, work);
		if (!code)
			code = posix_spawn(&work->pid, process->arguments[0], &actions, &attributes,
					   strings(process->arguments), strings(process->environment));
		posix_spawnattr_destroy(&attributes);
	}
	posix_spawn_file_actions_destroy(&actions);
	return code;
}

/* The system's words are about what it looked for last, which need not be the program. */
static const char *spawn_problem(const char *program, int code)
{
	if (code == ENOENT && !access(program, F_OK))
		return "the interpreter that its first line names is not there (or that line ends in CRLF)";
	if (code == ENOEXEC)
		return "neither a program of this machine nor a script: its first line does not begin with #!";
	return strerror(code);
}

static const char *start(struct work *work)
{
	sigset_t set = interrupt_signals();

	work->endings = signalfd(-1, &set, SFD_CLOEXEC);
	if (work->endings < 0 || !give(work) || pipe2(work->ends, O_CLOEXEC))
		return strerror(errno);
	int code = spawn(work);

	close(work->ends[1]);
	work->ends[1] = -1;
	return code ? spawn_problem(work->process->arguments[0], code) : NULL;
}

/* Reads until nobody can write any more. */
static const char *read_output(struct work *work)
{
	struct pollfd watched[] = {{.fd = work->endings, .events = POLLIN}, {.fd = work->ends[0], .events = POLLIN}};

	for (;;) {
		int64_t left = work->deadline - now();
		int ready = poll(watched, 2, left > INT32_MAX ? INT32_MAX : left > 0 ? (int)left : 0);

		if (!ready)
			return "took too long";
		if (ready > 0 && watched[0].revents)
			return "was interrupted";
		ssize_t got = ready > 0 ? read(work->ends[0], work->output + work->len,
					       work->process->output_max + 1 - work->len)
					: 0;

		if ((ready < 0 || got < 0) && errno != EINTR)
			return strerror(errno);
		if (ready > 0 && !got)
			return NULL;
		work->len += got > 0 ? (size_t)got : 0;
		if (work->len > work->process->output_max)
			return "said too much";
	}
}

/* A program may stay when it has nothing more to say. It is not reaped yet: that keeps its group's number its own.
 * Most end at once; the longer it takes, the less often it is looked at. */
static const char *await_end(struct work *work)
{
	struct pollfd watched = {.fd = work->endings, .events = POLLIN};
	siginfo_t end = {0};
	int64_t pause = 1;

	while (!waitid(P_PID, (id_t)work->pid, &end, WEXITED | WNOHANG | WNOWAIT)) {
		if (end.si_pid)
			return end.si_code == CLD_EXITED ? NULL : "was killed by a signal";
		int64_t left = work->deadline - now();

		if (left <= 0)
			return "took too long";
		if (poll(&watched, 1, (int)least(left, pause)) > 0)
			return "was interrupted";
		pause = least(2 * pause, PAUSE_MAX);
	}
	return strerror(errno);
}

static void finish(struct work *work)
{
	if (work->pid) {
		kill(-work->pid, SIGKILL);
		while (waitpid(work->pid, &work->status, 0) < 0 && errno == EINTR)
			;
	}
	for (size_t i = 0; i < GIVEN; i++)
		if (work->given[i] >= 0)
			close(work->given[i]);
	for (size_t i = 0; i < 2; i++)
		if (work->ends[i] >= 0)
			close(work->ends[i]);
	if (work->endings >= 0)
		close(work->endings);
	interrupt_release(&work->before);
}

struct process_end process_run(struct arena *arena, const struct process *process)
{
	struct work work = {.process = process, .ends = {-1, -1}, .endings = -1, .deadline = deadline_of(process)};
	const int64_t begun = now();

	for (size_t i = 0; i < GIVEN; i++)
		work.given[i] = -1;
	/* All memory is taken before anything foreign is held, and given back by the arena. */
	work.output = arena_alloc(arena, process->output_max + 1);
	interrupt_hold(&work.before);
	const char *problem = start(&work);
	const bool started = !problem;

	if (!problem && !process->silent)
		problem = read_output(&work);
	if (!problem)
		problem = await_end(&work);
	finish(&work);
	struct process_end end = {
		.started = started,
		.exited = !problem,
		.status = problem ? 0 : WEXITSTATUS(work.status),
		.output = {problem ? NULL : work.output, problem ? 0 : work.len},
		.milliseconds = now() - begun,
	};

	if (problem)
		end.problem = bytes_printf(arena, "%s: %s", process->arguments[0], problem).data;
	return end;
}
