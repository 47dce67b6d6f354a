/* guard: limits first, one verdict last; whatever goes wrong in between exits undecided. */
#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit.h"
#include "lastwords.h"
#include "variables.h"

#define DEADLINE_SECONDS 60u
#define DATA_BYTES ((rlim_t)1024 * 1024 * 1024)

void guard_put(int fd, const char *text, size_t len)
{
	while (len) {
		ssize_t written = write(fd, text, len);

		if (written > 0) {
			text += written;
			len -= (size_t)written;
		} else if (written < 0 && errno == EAGAIN) {
			poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
		} else if (written == 0 || errno != EINTR) {
			return;
		}
	}
}

void guard_print(int fd, const char *text)
{
	guard_write(fd, text, strlen(text));
}

/* A hard limit kills without a word: where there is one, ours comes a second before it. */
static void set_deadline(void *context, unsigned seconds)
{
	struct rlimit cpu;

	(void)context;
	lastwords_deadline(seconds);
	alarm(seconds);
	if (getrlimit(RLIMIT_CPU, &cpu))
		return;
	cpu.rlim_cur = cpu.rlim_max == RLIM_INFINITY || cpu.rlim_max < 2 ? cpu.rlim_max : cpu.rlim_max - 1;
	if (seconds && seconds < cpu.rlim_cur)
		cpu.rlim_cur = seconds;
	setrlimit(RLIMIT_CPU, &cpu);
}

/* Opened files must not become what others take for their standard streams. */
static void fill_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd < 0)
		lastwords_end(errno == EMFILE ? "the limit on open files was hit" : "/dev/null cannot be opened");
	close(fd);
}

static void lower_limit(__rlimit_resource_t resource, rlim_t most)
{
	struct rlimit limit;

	if (getrlimit(resource, &limit) || limit.rlim_cur <= most)
		return;
	limit.rlim_cur = most;
	setrlimit(resource, &limit);
}

static void start(void)
{
	fill_descriptors();
	lastwords_start();
	lower_limit(RLIMIT_CORE, 0);
	umask(S_IRWXG | S_IRWXO);
	if (!GUARD_SANITIZED) {
		prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
		lower_limit(RLIMIT_DATA, DATA_BYTES);
	}
	set_deadline(NULL, DEADLINE_SECONDS);
}

void guard_start(void)
{
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	start();
}

static void check_call(int argc, char **argv, int count, const char *usage)
{
	if (argc == 2 && !strcmp(argv[1], "--version")) {
		guard_print(STDOUT_FILENO, GUARD_VERSION);
		exit(POLICY_ACCEPTED);
	}
	if (argc == count + 1)
		return;
	/* The installer knows a hook of ours by "git-policy hook". */
	guard_print(STDERR_FILENO, "error: this git-policy hook is called as: ");
	guard_print(STDERR_FILENO, usage);
	guard_print(STDERR_FILENO, "\n");
	exit(POLICY_UNDECIDED);
}

void guard_hook(int argc, char **argv, int count, const char *usage)
{
	guard_start();
	check_call(argc, argv, count, usage);
}

void guard_server_hook(int argc, char **argv, int count, const char *usage)
{
	variables_keep();
	guard_hook(argc, argv, count, usage);
}

void guard_hook_starting(int argc, char **argv, int count, const char *usage, struct guard_limits *ret_limits)
{
	getrlimit(RLIMIT_CORE, &ret_limits->core);
	getrlimit(RLIMIT_CPU, &ret_limits->cpu);
	getrlimit(RLIMIT_DATA, &ret_limits->data);
	lastwords_moved();
	variables_keep();
	start();
	check_call(argc, argv, count, usage);
}

void guard_leave(const struct guard_limits *limits)
{
	sigset_t none;

	alarm(0);
	setsid();
	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setrlimit(RLIMIT_CORE, &limits->core);
	setrlimit(RLIMIT_CPU, &limits->cpu);
	setrlimit(RLIMIT_DATA, &limits->data);
	close_range(0, ~0u, 0);
	fill_descriptors();
}

/* Grows with every line, so that each covers the one before. */
static void show_progress(void *context, size_t objects, unsigned seconds)
{
	char line[96];
	int len = snprintf(line, sizeof(line), "git-policy: objects read: %zu, %u s\r", objects, seconds);

	(void)context;
	guard_put(STDERR_FILENO, line, (size_t)len);
	lastwords_line(true);
}

struct policy_run *guard_run(const struct policy_options *options)
{
	struct policy_run *run = policy_run_new(options);

	policy_run_deadline(run, set_deadline, NULL);
	if (guard_watched())
		policy_run_progress(run, show_progress, NULL);
	policy_run_auditor(run, audit_write, NULL);
	return run;
}

int guard_end(struct policy_run *run, enum policy_exit verdict, int fd)
{
	size_t len = 0;
	const char *output = policy_run_output(run, &len);

	lastwords_line(false);
	guard_write(fd, output, len);
	policy_run_free(run);
	switch (verdict) {
	case POLICY_ACCEPTED:
		return 0;
	case POLICY_REJECTED:
		return 1;
	default:
		return 2;
	}
}
