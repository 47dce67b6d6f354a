/* audit: reads what was judged, or holds it against what happened. */
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void emit(void *context, const char *text, size_t len)
{
	(void)context;
	guard_write(STDOUT_FILENO, text, len);
}

/* What a call is about: files of an audit, open, and whether they are held against what happened. */
struct reading {
	const struct call *call;
	bool verify;
	bool lenient; /* a file that is not there is no fault */
	struct policy_audit_file *files;
	int count;
};

static bool is_compressed(int fd)
{
	unsigned char magic[2] = {0};

	return pread(fd, magic, sizeof(magic), 0) == sizeof(magic) && magic[0] == 0x1f && magic[1] == 0x8b;
}

static void refuse_compressed(const struct reading *reading, const char *name)
{
	char *word = policy_quote(name), hint[PATH_MAX + 64];

	snprintf(hint, sizeof(hint), "zcat %s | git policy audit %s-", word ? word : "<file>",
		 reading->verify ? "verify " : "");
	free(word);
	command_refuse(hint, "%s is compressed", name);
}

/* A file that was just moved away is made again by the next push. */
static bool open_file(struct reading *reading, const char *name)
{
	bool standard = !strcmp(name, "-");
	int fd = standard ? dup(STDIN_FILENO) : open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0 && errno == ENOENT && reading->lenient)
		return dprintf(STDERR_FILENO,
			       "note: %s is not there: nothing was judged since it was moved away, or ever\n",
			       name) > 0;
	if (fd < 0) {
		command_refuse(NULL, "%s: %s", name, strerror(errno));
		return false;
	}
	reading->files[reading->count++] = (struct policy_audit_file){standard ? "standard input" : name, fd};
	if (!is_compressed(fd))
		return true;
	refuse_compressed(reading, name);
	return false;
}

static bool is_given(const struct reading *reading, const struct stat *meant)
{
	struct stat status;

	for (int i = 0; i < reading->count; i++)
		if (!fstat(reading->files[i].fd, &status) && status.st_dev == meant->st_dev &&
		    status.st_ino == meant->st_ino)
			return true;
	return false;
}

/* Whether the file that is written to now is there, and none of those given. Where that cannot be told, all is given:
 * then a move without a verdict is one. */
static bool lacks_current(const struct reading *reading)
{
	struct policy_run *run = guard_run(&reading->call->options);
	struct policy_audit audits[POLICY_AUDITS];
	struct stat status;
	size_t count;
	bool lacks = false, given = false;

	policy_audits(run, audits, &count);
	for (size_t i = 0; i < count; i++) {
		if (!audits[i].file || stat(audits[i].file, &status))
			continue;
		given |= is_given(reading, &status);
		lacks = true;
	}
	policy_run_free(run);
	return lacks && !given;
}

static int ask(const struct reading *reading)
{
	bool more = reading->verify && lacks_current(reading);
	struct policy_run *run = guard_run(&reading->call->options);
	size_t count = (size_t)reading->count;

	if (reading->verify)
		return guard_end(run, policy_audit_verify(run, reading->files, count, more), STDOUT_FILENO);
	return guard_end(run, policy_audit_show(run, &reading->call->query, reading->files, count, emit, NULL),
			 command_stream(reading->call, false));
}

static int with_files(const struct call *call, bool verify, bool lenient, char **names, int count)
{
	struct reading reading = {
		.call = call,
		.verify = verify,
		.lenient = lenient,
		.files = calloc((size_t)count, sizeof(*reading.files)),
	};
	bool good = reading.files;

	for (int i = 0; i < count && good; i++)
		good = open_file(&reading, names[i]);
	int code = good ? ask(&reading) : POLICY_UNDECIDED;

	for (int i = 0; i < reading.count; i++)
		close(reading.files[i].fd);
	free(reading.files);
	return code;
}

/* The one that the policy names; where two policies do, they have the same lines, and the repository's comes last. */
static int with_usual(const struct call *call, bool verify)
{
	struct policy_run *run = guard_run(&call->options);
	struct policy_audit audits[POLICY_AUDITS];
	const char *file = NULL;
	size_t count;
	enum policy_exit verdict = policy_audits(run, audits, &count);

	if (verdict != POLICY_ACCEPTED)
		return command_end(call, run, verdict);
	for (size_t i = 0; i < count; i++)
		file = audits[i].file ? audits[i].file : file;
	char *name = file ? strdup(file) : NULL;

	policy_run_free(run);
	int code = name ? with_files(call, verify, true, &name, 1)
			: command_refuse("[audit] file = policy/audit.jsonl, or give the names of files",
					 "the policy names no file of an audit");

	free(name);
	return code;
}

static int audit(const struct call *call)
{
	bool verify = call->operand_count && !strcmp(call->operands[0], "verify");
	int count = call->operand_count - verify;

	return count ? with_files(call, verify, verify, call->operands + verify, count) : with_usual(call, verify);
}

const struct command command_audit = {
	.name = "audit",
	.operands = "[verify] [<file>...]",
	.help = "Read the audit of a server, or name every ref that moved without a verdict",
	.options = OPTION_REPOSITORY | OPTION_JSON | OPTION_REF | OPTION_USER | OPTION_EVENT | OPTION_VERDICT |
		   OPTION_SINCE | OPTION_UNTIL,
	.most = INT_MAX,
	.run = audit,
};
