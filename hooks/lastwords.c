/* lastwords: what a program still says when it cannot go on: one line, from a signal handler too. */
#include "lastwords.h"

#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <unistd.h>

#include "guard.h"

#define LAST_WORDS_SECONDS 2u
#define STACK_SLACK ((uintptr_t)64 * 1024)

/* What the signal handler must know and cannot be handed. */
static volatile sig_atomic_t deadline_seconds;
static volatile sig_atomic_t audit_awaited;
static volatile sig_atomic_t refs_moved;
static volatile sig_atomic_t line_open;
static uintptr_t stack_top;

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

/* The system lets the stack grow down to its limit, so that a fault above that means it cannot. */
static bool is_in_stack(const void *address)
{
	uintptr_t at = (uintptr_t)address;
	struct rlimit limit;

	return !getrlimit(RLIMIT_STACK, &limit) && limit.rlim_cur != RLIM_INFINITY && at < stack_top &&
	       stack_top - at <= limit.rlim_cur + STACK_SLACK;
}

static void print_signal(const char *what, int signal_number)
{
	guard_print(STDERR_FILENO, what);
	print_number(STDERR_FILENO, (unsigned)signal_number);
}

static void print_cause(int signal_number, const siginfo_t *info)
{
	switch (signal_number) {
	case SIGALRM:
		print_signal("the deadline of ", (int)deadline_seconds);
		guard_print(STDERR_FILENO, " s passed");
		if (audit_awaited)
			guard_print(STDERR_FILENO, ", waiting for the audit file, which another process keeps locked");
		break;
	case SIGXCPU:
		guard_print(STDERR_FILENO, "the limit on processor time was hit");
		break;
	case SIGHUP:
	case SIGINT:
	case SIGQUIT:
	case SIGTERM:
		print_signal("interrupted by signal ", signal_number);
		break;
	case SIGSEGV:
		if (is_in_stack(info->si_addr)) {
			guard_print(STDERR_FILENO, "the limit on the stack was hit");
			break;
		}
		/* fall through */
	default:
		print_signal("an internal error, signal ", signal_number);
	}
}

static void begin(void)
{
	lastwords_line(false);
	guard_print(STDERR_FILENO, "error: git-policy: undecided: ");
}

static _Noreturn void end(void)
{
	guard_print(STDERR_FILENO, refs_moved ? "; the refs have moved, and the next run completes their account\n"
					      : "; nothing was accepted\n");
	_exit(POLICY_UNDECIDED);
}

/* A reader that is stuck must not keep the last words waiting: the second alarm kills, which git takes for a no. */
static void end_by_signal(int signal_number, siginfo_t *info, void *context)
{
	(void)context;
	signal(SIGALRM, SIG_DFL);
	alarm(LAST_WORDS_SECONDS);
	begin();
	print_cause(signal_number, info);
	end();
}

_Noreturn void lastwords_end(const char *cause)
{
	begin();
	guard_print(STDERR_FILENO, cause);
	end();
}

void lastwords_deadline(unsigned seconds)
{
	deadline_seconds = (sig_atomic_t)seconds;
}

void lastwords_waiting(bool waiting)
{
	audit_awaited = waiting;
}

void lastwords_moved(void)
{
	refs_moved = true;
}

void lastwords_line(bool open)
{
	if (line_open && !open)
		guard_put(STDERR_FILENO, "\n", 1);
	line_open = open;
}

/* Who starts a program may have it ignore what interrupts it, as nohup(1) does, but never its limits. */
static bool is_ignored(int signal_number)
{
	struct sigaction action;

	return !sigaction(signal_number, NULL, &action) && action.sa_handler == SIG_IGN;
}

void lastwords_start(void)
{
	static const int interrupts[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
	static const int fatal[] = {SIGALRM, SIGXCPU, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
	static char stack[64 * 1024]; /* a stack that overflowed has no room for the handler */
	struct sigaction action = {.sa_sigaction = end_by_signal,
				   .sa_flags = (int)(SA_SIGINFO | SA_ONSTACK | SA_RESETHAND | SA_NODEFER)};
	size_t count = GUARD_SANITIZED ? 2 : sizeof(fatal) / sizeof(fatal[0]);

	stack_top = (uintptr_t)&action;
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
