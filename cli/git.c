/* git: starts git, feeds it and keeps its answer; what is kept is freed when the command ends. */
#include "git.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARGUMENTS_MAX 32
#define OUTPUT_MAX ((size_t)64 * 1024 * 1024)

struct text {
	struct text *next;
	char *data;
};

static void out_of_memory(void)
{
	command_refuse(NULL, "out of memory");
	exit(POLICY_UNDECIDED);
}

/* Takes `data` over. */
static const char *keep(struct git *git, char *data)
{
	struct text *text = malloc(sizeof(*text));

	if (!text || !data)
		out_of_memory();
	*text = (struct text){git->texts, data};
	git->texts = text;
	return data;
}

void git_end(struct git *git)
{
	for (struct text *next; git->texts; git->texts = next) {
		next = git->texts->next;
		free(git->texts->data);
		free(git->texts);
	}
}

const char *git_text(struct git *git, const char *format, ...)
{
	char *data = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (vasprintf(&data, format, arguments) < 0)
		data = NULL;
	va_end(arguments);
	return keep(git, data);
}

const char *git_quote(struct git *git, const char *word)
{
	return keep(git, policy_quote(word));
}

void git_set(struct git *git, const char *variable)
{
	if (git->variable_count == GIT_VARIABLES_MAX)
		out_of_memory();
	git->variables[git->variable_count++] = variable;
}

/* What git reads and writes: -1 where it has our own stream. */
struct streams {
	int input;
	int output;
	int error;
};

static void become_git(const struct git *git, const char **arguments, const struct streams *streams)
{
	for (size_t i = 0; i < git->variable_count; i++)
		putenv((char *)(uintptr_t)git->variables[i]);
	if ((streams->input >= 0 && dup2(streams->input, STDIN_FILENO) < 0) ||
	    (streams->output >= 0 && dup2(streams->output, STDOUT_FILENO) < 0) ||
	    (streams->error >= 0 && dup2(streams->error, STDERR_FILENO) < 0))
		_exit(127);
	if (git->quiet && freopen("/dev/null", "w", stderr))
		dup2(fileno(stderr), STDERR_FILENO);
	execvp("git", (char *const *)(void *)arguments);
	command_refuse("git has to be on the PATH", "cannot run git: %s", strerror(errno));
	_exit(127);
}

static pid_t start(const struct git *git, const char **arguments, const struct streams *streams)
{
	pid_t child = fork();

	if (!child)
		become_git(git, arguments, streams);
	if (child < 0)
		command_refuse(NULL, "cannot run git: %s", strerror(errno));
	return child;
}

static int finish(pid_t child)
{
	int status;

	if (child < 0)
		return 127;
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return 127;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* A file without a name that holds `input`, or NULL; no pipe, so that neither side ever waits for the other. */
static FILE *file_of(const char *input)
{
	FILE *file = tmpfile();

	if (file && (fputs(input, file) < 0 || fflush(file) || lseek(fileno(file), 0, SEEK_SET))) {
		fclose(file);
		file = NULL;
	}
	return file;
}

/* What git wrote, up to its first NUL, without final newlines. */
static const char *content_of(struct git *git, FILE *file)
{
	off_t size = lseek(fileno(file), 0, SEEK_END);
	size_t len = size > 0 && (size_t)size <= OUTPUT_MAX ? (size_t)size : 0;
	char *data = calloc(1, len + 1);
	ssize_t got = data ? pread(fileno(file), data, len, 0) : 0;

	len = got > 0 ? (size_t)got : 0;
	while (len && data[len - 1] == '\n')
		len--;
	if (data)
		data[len] = '\0';
	return keep(git, data);
}

static const char *converse(struct git *git, const char *input, int *ret_status, const char **arguments)
{
	FILE *in = file_of(input), *out = file_of("");
	const char *content = "";

	*ret_status = 127;
	if (in && out) {
		const struct streams streams = {fileno(in), fileno(out), -1};

		*ret_status = finish(start(git, arguments, &streams));
		content = content_of(git, out);
	} else {
		command_refuse(NULL, "cannot make a temporary file: %s", strerror(errno));
	}
	if (in)
		fclose(in);
	if (out)
		fclose(out);
	return content;
}

static void collect(const char *arguments[ARGUMENTS_MAX + 2], const char *first, va_list more)
{
	size_t count = 0;

	arguments[count++] = "git";
	for (const char *argument = first; argument && count <= ARGUMENTS_MAX; argument = va_arg(more, const char *))
		arguments[count++] = argument;
	arguments[count] = NULL;
}

int git_run(struct git *git, const char *argument, ...)
{
	static const struct streams ours = {-1, -1, -1};
	const char *arguments[ARGUMENTS_MAX + 2];
	va_list more;

	va_start(more, argument);
	collect(arguments, argument, more);
	va_end(more);
	return finish(start(git, arguments, &ours));
}

const char *git_read(struct git *git, const char *argument, ...)
{
	const char *arguments[ARGUMENTS_MAX + 2];
	va_list more;
	int status;

	va_start(more, argument);
	collect(arguments, argument, more);
	va_end(more);
	const char *output = converse(git, "", &status, arguments);

	return status ? NULL : output;
}

const char *git_feed(struct git *git, const char *input, int *ret_status, const char *argument, ...)
{
	const char *arguments[ARGUMENTS_MAX + 2];
	va_list more;

	va_start(more, argument);
	collect(arguments, argument, more);
	va_end(more);
	return converse(git, input, ret_status, arguments);
}

/* Why git gave up, of all it said; NULL when it did not. The line before it says that the server is gone knows more. */
static const char *reason_of(struct git *git, const char *said)
{
	const char *fatal = "fatal: ", *gone = "fatal: Could not read from remote repository", *before = NULL;

	for (const char *line = said; *line; line += strcspn(line, "\n"), line += *line == '\n') {
		if (!strncmp(line, gone, strlen(gone)) && before)
			return git_line(git, before);
		if (!strncmp(line, fatal, strlen(fatal)))
			return git_line(git, line + strlen(fatal));
		before = line;
	}
	return NULL;
}

/* Runs git, and keeps what it complains of. Its exit status. */
static int listen_to(struct git *git, const char **arguments)
{
	FILE *said = file_of("");
	size_t set = git->variable_count;

	if (!said) {
		command_refuse(NULL, "cannot make a temporary file: %s", strerror(errno));
		exit(POLICY_UNDECIDED);
	}
	git_set(git, "LC_ALL=C");
	int status = finish(start(git, arguments, &(struct streams){-1, -1, fileno(said)}));

	git->said = content_of(git, said);
	git->variable_count = set;
	fclose(said);
	return status;
}

const char *git_complaint(struct git *git, const char *argument, ...)
{
	const char *arguments[ARGUMENTS_MAX + 2];
	va_list more;

	va_start(more, argument);
	collect(arguments, argument, more);
	va_end(more);
	listen_to(git, arguments);
	return git->said;
}

int git_reach(struct git *git, const char *hint, const char *argument, ...)
{
	const char *arguments[ARGUMENTS_MAX + 2], *reason;
	va_list more;

	va_start(more, argument);
	collect(arguments, argument, more);
	va_end(more);
	int status = listen_to(git, arguments);

	if (status && (reason = reason_of(git, git->said)))
		return command_refuse(hint, "cannot %s %s: %s", strcmp(argument, "push") ? "fetch from" : "push to",
				      git->remote, reason);
	if (*git->said)
		guard_print(STDERR_FILENO, git_text(git, "%s\n", git->said));
	return status ? POLICY_REJECTED : POLICY_ACCEPTED;
}

bool git_identity(struct git *git, bool needed)
{
	git->quiet = true;
	const char *committer = git_read(git, "var", "GIT_COMMITTER_IDENT", NULL);

	git->quiet = false;
	if (!committer && needed)
		command_refuse("git config user.name <name> && git config user.email <address>",
			       "git does not know who commits here");
	return committer;
}
