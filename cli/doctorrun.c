/* doctorrun: programs an exam asks, each in a session of its own, which ends when it takes too long or when the exam is
 * interrupted; and small help with what they say. */
#include "doctor.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define GRACE_SECONDS 2
#define NOT_RUN 127
#define FILE_MAX ((size_t)64 * 1024 * 1024)

void doctor_hold(struct exam *exam)
{
	static const int interrupts[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGCHLD};
	struct sigaction action;

	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&exam->signals);
	for (size_t i = 0; i < sizeof(interrupts) / sizeof(*interrupts); i++)
		if (!sigaction(interrupts[i], NULL, &action) && action.sa_handler != SIG_IGN)
			sigaddset(&exam->signals, interrupts[i]);
	sigprocmask(SIG_BLOCK, &exam->signals, &exam->before);
}

void doctor_release(struct exam *exam)
{
	sigprocmask(SIG_SETMASK, &exam->before, NULL);
	if (exam->interrupted)
		raise(exam->interrupted);
}

static void become(const struct exam *exam, const char *const *arguments, int output)
{
	int nothing = open("/dev/null", O_RDWR);

	setsid();
	for (size_t i = 0; i < exam->git.variable_count; i++)
		putenv((char *)(uintptr_t)exam->git.variables[i]);
	if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 ||
	    dup2(output, STDERR_FILENO) < 0)
		_exit(NOT_RUN);
	sigprocmask(SIG_SETMASK, &exam->before, NULL);
	execvp(*arguments, (char *const *)(uintptr_t)arguments);
	_exit(NOT_RUN);
}

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * INT64_C(1000) + time.tv_nsec / 1000000;
}

/* The next signal until then; 0 when there was none. */
static int next_signal(const struct exam *exam, int64_t until)
{
	int64_t left = until - now();
	struct timespec time = {.tv_sec = left / 1000, .tv_nsec = left % 1000 * 1000000};
	int number = left > 0 ? sigtimedwait(&exam->signals, NULL, &time) : 0;

	return number < 0 && errno != EINTR ? 0 : number;
}

/* Asks the program to end, so that it leaves nothing behind, and insists a little later. */
static int await(struct exam *exam, pid_t child, unsigned seconds, bool *ret_late)
{
	int64_t until = now() + seconds * INT64_C(1000);
	bool asked = false;
	int status, number;

	while (waitpid(child, &status, WNOHANG) != child) {
		number = next_signal(exam, until);
		if (number == SIGCHLD || number < 0)
			continue;
		kill(-child, asked && !number ? SIGKILL : SIGTERM);
		*ret_late |= !number && !asked;
		exam->interrupted = number ? number : exam->interrupted;
		asked = true;
		until = now() + GRACE_SECONDS * INT64_C(1000);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* All of an open file, up to its first NUL. */
static const char *content_of(struct exam *exam, int fd)
{
	struct stat status;
	size_t len = fstat(fd, &status) || status.st_size < 0 ? 0 : (size_t)status.st_size;
	char *data = calloc(1, (len < FILE_MAX ? len : FILE_MAX) + 1);
	ssize_t got = data ? pread(fd, data, len < FILE_MAX ? len : FILE_MAX, 0) : -1;
	const char *text = git_text(&exam->git, "%s", got > 0 ? data : "");

	free(data);
	return text;
}

struct outcome doctor_run(struct exam *exam, const char *const *arguments, unsigned seconds)
{
	FILE *file = tmpfile();
	struct outcome outcome = {.status = NOT_RUN, .output = ""};
	pid_t child = file ? fork() : -1;

	if (!child)
		become(exam, arguments, fileno(file));
	if (child > 0)
		outcome.status = await(exam, child, seconds, &outcome.late);
	if (file) {
		outcome.output = content_of(exam, fileno(file));
		fclose(file);
	}
	return outcome;
}

const char *doctor_file(struct exam *exam, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat status;

	if (fd < 0)
		return NULL;
	const char *text = fstat(fd, &status) || !S_ISREG(status.st_mode) ? NULL : content_of(exam, fd);

	close(fd);
	if (!text)
		errno = EINVAL;
	return text;
}

const char *doctor_line(struct exam *exam, const char **rest)
{
	const char *line = *rest;
	size_t len = strcspn(line, "\n");

	if (!*line)
		return NULL;
	*rest = line + len + (line[len] == '\n');
	while (len && isspace((unsigned char)*line)) {
		line++;
		len--;
	}
	while (len && isspace((unsigned char)line[len - 1]))
		len--;
	return git_text(&exam->git, "%.*s", (int)len, line);
}

const char *doctor_word(struct exam *exam, const char **rest)
{
	const char *word = *rest + strspn(*rest, " \t\r\n");
	size_t len = strcspn(word, " \t\r\n");

	*rest = word + len;
	return len ? git_text(&exam->git, "%.*s", (int)len, word) : NULL;
}

const char *doctor_quote(struct exam *exam, const char *path)
{
	char *quoted = policy_quote(path);

	if (!quoted)
		exit(command_refuse(NULL, "out of memory"));
	path = git_text(&exam->git, "%s", quoted);
	free(quoted);
	return path;
}

const char *doctor_config(struct exam *exam, const char *key, const char **ret_origin)
{
	const char *line = git_read(&exam->git, "config", "--show-origin", "--get", key, NULL);
	const char *value = line ? strchr(line, '\t') : NULL;

	if (!value)
		return NULL;
	if (ret_origin)
		*ret_origin = git_text(&exam->git, "%.*s", (int)(value - line), line);
	return value + 1;
}
