/* ratio: runs two commands in turn and compares what each costs, so that a noisy machine is as noisy to both; what it
 * prints is one row of the table in docs/performance.md. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

struct cost {
	double wall; /* seconds */
	double cpu;  /* seconds, user and system */
	long memory; /* KiB, the most that was resident */
};

/* The command line. */
struct contest {
	const char *label;
	const char *kind;   /* what is compared: wall or cpu time */
	const char *most;   /* times what the yardstick costs; or milliseconds, "20ms"; or "-" */
	const char *memory; /* MiB at most; or "-" */
	const char *input;  /* the file that both read */
	size_t runs;
	char **command;
	char **yardstick;
};

static const char usage[] = "usage: ratio <label> wall|cpu <most>|<ms>ms|- <MiB>|- <runs> <input-file>"
			    " <command>... -- <yardstick>...\n";

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "ratio: %s: %s\n", what, strerror(errno));
	exit(2);
}

static double seconds_of(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void)
{
	struct timespec time;

	if (clock_gettime(CLOCK_MONOTONIC, &time))
		die("clock");
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static pid_t spawn(char **command, const char *input)
{
	posix_spawn_file_actions_t actions;
	pid_t child;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	errno = posix_spawnp(&child, command[0], &actions, NULL, command, environ);
	if (errno)
		die(command[0]);
	posix_spawn_file_actions_destroy(&actions);
	return child;
}

/* One run; it must succeed, since a hook that refuses may have done less work. */
static struct cost run(char **command, const char *input)
{
	struct rusage used;
	int status;
	double start = now();
	pid_t child = spawn(command, input);

	if (wait4(child, &status, 0, &used) != child)
		die("wait");
	if (!WIFEXITED(status) || WEXITSTATUS(status)) {
		fprintf(stderr, "ratio: %s: status %#x\n", command[0], (unsigned)status);
		exit(2);
	}
	return (struct cost){now() - start, seconds_of(used.ru_utime) + seconds_of(used.ru_stime), used.ru_maxrss};
}

static int compare(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static double median(double *values, size_t count)
{
	qsort(values, count, sizeof(*values), compare);
	return values[count / 2];
}

/* False unless two commands stand on either side of a "--". */
static bool parse(int argc, char **argv, struct contest *contest)
{
	int split = 8;

	while (split < argc && strcmp(argv[split], "--") != 0)
		split++;
	if (split + 1 >= argc)
		return false;
	argv[split] = NULL;
	*contest = (struct contest){argv[1],  argv[2],	       argv[3], argv[4], argv[6], strtoul(argv[5], NULL, 10),
				    argv + 7, argv + split + 1};
	return contest->runs > 0;
}

/* The median of either time, and the most memory of any run of the command. */
static void compete(const struct contest *contest, double *cost, double *yardstick, long *memory)
{
	double *costs = calloc(contest->runs, sizeof(*costs)), *others = calloc(contest->runs, sizeof(*others));
	bool cpu = !strcmp(contest->kind, "cpu");

	if (!costs || !others)
		die("memory");
	for (size_t i = 0; i < contest->runs; i++) {
		struct cost one = run(contest->command, contest->input),
			    other = run(contest->yardstick, contest->input);

		costs[i] = cpu ? one.cpu : one.wall;
		others[i] = cpu ? other.cpu : other.wall;
		*memory = one.memory > *memory ? one.memory : *memory;
	}
	*cost = median(costs, contest->runs);
	*yardstick = median(others, contest->runs);
	free(costs);
	free(others);
}

/* The program and its subcommand: "git log" of "/usr/bin/git log --format=%B". */
static void name_write(char **command, char name[static 16])
{
	const char *slash = strrchr(command[0], '/');
	bool divided = command[1] && command[1][0] >= 'a' && command[1][0] <= 'z' && !strchr(command[1], '/');

	snprintf(name, 16, "%s%s%s", slash ? slash + 1 : command[0], divided ? " " : "", divided ? command[1] : "");
}

/* Milliseconds in four digits or more. */
static void show(double seconds)
{
	double ms = seconds * 1e3;

	printf("| %9.*f ms ", ms < 10 ? 3 : ms < 100 ? 2 : ms < 1000 ? 1 : 0, ms);
}

static bool within_time(const struct contest *contest, double cost, double yardstick)
{
	char *end;
	double most = strtod(contest->most, &end);

	return !strcmp(contest->most, "-") || cost <= (*end ? most / 1e3 : most * yardstick);
}

int main(int argc, char **argv)
{
	struct contest contest;
	double cost, yardstick;
	long memory = 0;
	char name[16];

	if (!parse(argc, argv, &contest)) {
		fputs(usage, stderr);
		return 2;
	}
	compete(&contest, &cost, &yardstick, &memory);
	name_write(contest.yardstick, name);
	double mib = (double)memory / 1024;
	bool quick = within_time(&contest, cost, yardstick);
	bool small = !strcmp(contest.memory, "-") || mib <= strtod(contest.memory, NULL);

	printf("| %-44s ", contest.label);
	show(cost);
	show(yardstick);
	printf("| %-15s | %8.3f | %6s%s ", name, cost / yardstick, contest.most, quick ? "" : " (over)");
	printf("| %7.1f MiB | %4s%s |\n", mib, contest.memory, small ? "" : " (over)");
	return !quick || !small;
}
