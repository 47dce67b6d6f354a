/* audit: reads what was judged, or holds it against what happened. */
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void emit(void *context, const char *text, size_t len)
{
	(void)context;
	guard_write(STDOUT_FILENO, text, len);
}

/* Opens them all; how many could be. */
static int open_files(char **names, int count, struct policy_audit_file *files)
{
	for (int i = 0; i < count; i++) {
		int fd = open(names[i], O_RDONLY | O_CLOEXEC | O_NOCTTY);

		if (fd < 0) {
			command_refuse(NULL, "%s: %s", names[i], strerror(errno));
			return i;
		}
		files[i] = (struct policy_audit_file){names[i], fd};
	}
	return count;
}

static int ask(const struct call *call, bool verify, const struct policy_audit_file *files, int count)
{
	struct policy_run *run = guard_run(&call->options);
	size_t many = (size_t)count;

	if (verify)
		return guard_end(run, policy_audit_verify(run, files, many), STDOUT_FILENO);
	return guard_end(run, policy_audit_show(run, &call->query, files, many, emit, NULL), STDERR_FILENO);
}

static int with_files(const struct call *call, bool verify, char **names, int count)
{
	struct policy_audit_file *files = calloc((size_t)count, sizeof(*files));
	int opened = files ? open_files(names, count, files) : 0;
	int code = opened == count ? ask(call, verify, files, count) : POLICY_UNDECIDED;

	for (int i = 0; i < opened; i++)
		close(files[i].fd);
	free(files);
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
		return guard_end(run, verdict, STDERR_FILENO);
	for (size_t i = 0; i < count; i++)
		file = audits[i].file ? audits[i].file : file;
	char *name = file ? strdup(file) : NULL;

	guard_end(run, verdict, STDERR_FILENO);
	int code = name ? with_files(call, verify, &name, 1)
			: command_refuse("[audit] file = policy/audit.jsonl, or give the names of files",
					 "the policy names no file of an audit");

	free(name);
	return code;
}

static int audit(const struct call *call)
{
	bool verify = call->operand_count && !strcmp(call->operands[0], "verify");
	int count = call->operand_count - verify;

	return count ? with_files(call, verify, call->operands + verify, count) : with_usual(call, verify);
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
