/* guard: limits first, one verdict last; whatever goes wrong in between exits undecided. */
#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit.h"

#define DEADLINE_SECONDS 60u
#define DATA_BYTES ((rlim_t)1024 * 1024 * 1024)
#define LAST_WORDS_SECONDS 2u

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED true
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define SANITIZED true
#endif
#ifndef SANITIZED
#define SANITIZED false
#endif

/* What the signal handler must know and cannot be handed. */
static volatile sig_atomic_t deadline_seconds;
static volatile sig_atomic_t refs_moved;

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

/* No printf in a signal handler: the digits by hand. */
static void print_number(int fd, unsigned number)
{
	char digits[3 * sizeof(number)];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	guard_write(fd, digits + at, sizeof(digits) - at);
}

static void print_cause(int signal_number)
{
	switch (signal_number) {
	case SIGALRM:
		guard_print(STDERR_FILENO, "the deadline of ");
		print_number(STDERR_FILENO, (unsigned)deadline_seconds);
		guard_print(STDERR_FILENO, " s passed");
		break;
	case SIGXCPU:
		guard_print(STDERR_FILENO, "the limit on processor time was hit");
		break;
	case SIGHUP:
	case SIGINT:
	case SIGQUIT:
	case SIGTERM:
		guard_print(STDERR_FILENO, "interrupted by signal ");
		print_number(STDERR_FILENO, (unsigned)signal_number);
		break;
	default:
		guard_print(STDERR_FILENO, "an internal error, signal ");
		print_number(STDERR_FILENO, (unsigned)signal_number);
	}
}

/* A reader that is stuck must not keep the last words waiting: the second alarm kills, which git takes for a no. */
static void exit_undecided(int signal_number)
{
	signal(SIGALRM, SIG_DFL);
	alarm(LAST_WORDS_SECONDS);
	guard_print(STDERR_FILENO, "error: git-policy: undecided: ");
	print_cause(signal_number);
	guard_print(STDERR_FILENO, refs_moved ? "; the refs have moved, and the next run completes their account\n"
					      : "; nothing was accepted\n");
	_exit(POLICY_UNDECIDED);
}

static void set_deadline(void *context, unsigned seconds)
{
	struct rlimit cpu;

	(void)context;
	deadline_seconds = (sig_atomic_t)seconds;
	alarm(seconds);
	if (getrlimit(RLIMIT_CPU, &cpu))
		return;
	cpu.rlim_cur = seconds && seconds < cpu.rlim_max ? seconds : cpu.rlim_max;
	setrlimit(RLIMIT_CPU, &cpu);
}

/* Who starts a program may have it ignore what interrupts it, as nohup(1) does, but never its limits. */
static bool is_ignored(int signal_number)
{
	struct sigaction action;

	return !sigaction(signal_number, NULL, &action) && action.sa_handler == SIG_IGN;
}

static void catch_signals(void)
{
	static const int interrupts[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
	static const int fatal[] = {SIGALRM, SIGXCPU, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
	static char stack[64 * 1024]; /* a stack that overflowed has no room for the handler */
	struct sigaction action = {.sa_handler = exit_undecided,
				   .sa_flags = (int)(SA_ONSTACK | SA_RESETHAND | SA_NODEFER)};
	size_t count = SANITIZED ? 2 : sizeof(fatal) / sizeof(fatal[0]);

	sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof(stack)}, NULL);
	for (size_t i = 0; i < count; i++)
		sigaction(fatal[i], &action, NULL);
	for (size_t i = 0; i < sizeof(interrupts) / sizeof(interrupts[0]); i++)
		if (!is_ignored(interrupts[i]))
			sigaction(interrupts[i], &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* writing says so */
	sigprocmask(SIG_SETMASK, &action.sa_mask, NULL);
}

/* Opened files must not become what others take for their standard streams. */
static void fill_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd < 0)
		_exit(POLICY_UNDECIDED);
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
	catch_signals();
	lower_limit(RLIMIT_CORE, 0);
	umask(S_IRWXG | S_IRWXO);
	if (!SANITIZED) {
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

void guard_hook_starting(int argc, char **argv, int count, const char *usage, struct guard_limits *ret_limits)
{
	getrlimit(RLIMIT_CORE, &ret_limits->core);
	getrlimit(RLIMIT_CPU, &ret_limits->cpu);
	getrlimit(RLIMIT_DATA, &ret_limits->data);
	refs_moved = true;
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

struct policy_run *guard_run(const struct policy_options *options)
{
	struct policy_run *run = policy_run_new(options);

	policy_run_deadline(run, set_deadline, NULL);
	policy_run_auditor(run, audit_write, NULL);
	return run;
}

int guard_end(struct policy_run *run, enum policy_exit verdict, int fd)
{
	size_t len = 0;
	const char *output = policy_run_output(run, &len);

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
