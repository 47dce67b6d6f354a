/* ratio: runs two commands in turn and compares what each costs, so that a noisy machine is as noisy to both. */
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

static const char usage[] = "usage: ratio wall|cpu <most> <runs> <input-file> <command>... -- <baseline>...\n";

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

/* The two commands stand on either side of a "--"; 0 when there is none. */
static int find_split(int argc, char **argv)
{
	for (int i = 6; i < argc - 1; i++)
		if (!strcmp(argv[i], "--"))
			return i;
	return 0;
}

int main(int argc, char **argv)
{
	int split = find_split(argc, argv);
	size_t runs = split ? strtoul(argv[3], NULL, 10) : 0;
	double *costs = calloc(runs + 1, sizeof(*costs)), *bases = calloc(runs + 1, sizeof(*bases));

	if (!runs || !costs || !bases) {
		fputs(usage, stderr);
		return 2;
	}
	bool cpu = !strcmp(argv[1], "cpu");
	double most = strtod(argv[2], NULL);
	long memory = 0;

	argv[split] = NULL;
	for (size_t i = 0; i < runs; i++) {
		struct cost cost = run(argv + 5, argv[4]), base = run(argv + split + 1, "/dev/null");

		costs[i] = cpu ? cost.cpu : cost.wall;
		bases[i] = cpu ? base.cpu : base.wall;
		memory = cost.memory > memory ? cost.memory : memory;
	}
	double cost = median(costs, runs), base = median(bases, runs);

	printf("%s: %.2f times %s (at most %.2f): %.3f ms against %.3f ms %s, %ld KiB\n", argv[5], cost / base,
	       argv[split + 1], most, cost * 1e3, base * 1e3, argv[1], memory);
	free(costs);
	free(bases);
	return cost > most * base;
}
