/* doctor: finds what leaves a repository unguarded, by looking and by a push that must be refused. */
#include "doctor.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct look doctor_server[] = {
	{"proof", "", doctor_prove},
	{"hooks-path", "git looks for hooks in the repository itself", doctor_hooks_path},
	{"hooks", "", doctor_hooks},
	{"proc-receive", "no ref is received past the hooks", doctor_proc_receive},
	{"settings", "what the installer sets is in force", doctor_settings},
	{"hidden-refs", "clients see policy and records", doctor_hidden},
	{"work-tree", "a bare repository", doctor_work_tree},
	{"owner", "", doctor_owner},
	{"modes", "nobody else may write it, its hooks and its policy", doctor_modes},
	{"settings-files", "nobody else may write what git is told outside of it", doctor_includes},
	{"shared", "", doctor_shared},
	{"format", "a format that can be judged", doctor_format},
	{"objects", "whole, nothing replaced, nothing borrowed that is gone", doctor_objects},
	{"symbolic-refs", "none but HEAD", doctor_symrefs},
	{"shells", "", doctor_shells},
	{"sshd", "takes no variable from clients that matters here", doctor_sshd},
	{0},
};

void doctor_add(struct exam *exam, enum policy_mark mark, const char *fix, const char *format, ...)
{
	char *found = NULL;
	va_list arguments;

	if (exam->count == exam->room) {
		size_t room = exam->room ? 2 * exam->room : 32;
		struct policy_look *looks = reallocarray(exam->looks, room, sizeof(*looks));

		if (!looks)
			exit(command_refuse(NULL, "out of memory"));
		exam->looks = looks;
		exam->room = room;
	}
	va_start(arguments, format);
	if (vasprintf(&found, format, arguments) < 0)
		exit(command_refuse(NULL, "out of memory"));
	va_end(arguments);
	exam->looks[exam->count++] = (struct policy_look){exam->name, mark, git_text(&exam->git, "%s", found), fix};
	free(found);
}

static void take_looks(struct exam *exam, const struct look *look)
{
	for (; look->name && !exam->interrupted; look++) {
		size_t before = exam->count;

		exam->name = look->name;
		look->look(exam);
		if (exam->count == before)
			doctor_add(exam, POLICY_WELL, NULL, "%s", look->well);
	}
}

/* The variable is asked for only to see who else could set it: why the policy does not load is told later. */
static void find_variable(struct exam *exam)
{
	const struct policy_options options = {.git_dir = exam->folder};
	struct policy_run *run = policy_run_new(&options);
	const char *variable = NULL;

	if (policy_identity(run, &variable) == POLICY_ACCEPTED && variable)
		exam->variable = git_text(&exam->git, "%s", variable);
	policy_run_free(run);
}

static int refuse(struct exam *exam)
{
	const char *const arguments[] = {"git", "rev-parse", "--git-dir", NULL};
	const char *words = doctor_run(exam, arguments, 10).output;

	if (strstr(words, "dubious ownership"))
		return command_refuse("run it as the account that owns the repository and serves it: sudo -u <account> "
				      "git policy doctor; or git config --global --add safe.directory <dir>",
				      "git does not open a repository of another account: whoever serves it like that "
				      "has no hook run");
	if (strstr(words, "not a git repository"))
		return command_refuse("outside of a repository, -C <dir> names one",
				      "there is no repository to look at");
	return command_refuse("what git cannot open, nobody can push to", "git does not open the repository: %s",
			      git_line(&exam->git, words));
}

/* Nobody is asked for anything, and git speaks as we know it. */
static void be_silent(struct exam *exam)
{
	struct git *git = &exam->git;
	const char *ssh = getenv("GIT_SSH_COMMAND");

	if (!ssh)
		ssh = doctor_config(exam, "core.sshCommand", NULL);
	if (!ssh && !getenv("GIT_SSH"))
		ssh = "ssh";
	if (ssh)
		git_set(git, git_text(git, "GIT_SSH_COMMAND=%s -o BatchMode=yes", ssh));
	git_set(git, "GIT_TERMINAL_PROMPT=0");
	git_set(git, "GIT_ASKPASS=");
	git_set(git, "GIT_NO_REPLACE_OBJECTS=1");
	git_set(git, "LC_ALL=C");
}

static const char *find_folder(struct exam *exam)
{
	return git_read(&exam->git, "rev-parse", "--path-format=absolute", "--git-common-dir", NULL);
}

/* Outside of a repository, an operand that is a folder is meant as -C has it. */
static void enter_operand(struct exam *exam, struct call *call)
{
	if (call->operand_count != 1 || find_folder(exam) || chdir(call->operands[0]))
		return;
	call->operands++;
	call->operand_count = 0;
}

static bool begin(struct exam *exam)
{
	struct git *git = &exam->git;

	exam->folder = find_folder(exam);
	if (!exam->folder || stat(exam->folder, &exam->status))
		return false;
	const char *bare = git_read(git, "rev-parse", "--is-bare-repository", NULL);
	const char *top = git_read(git, "rev-parse", "--show-toplevel", NULL);

	exam->place = doctor_quote(exam, exam->folder);
	exam->hooks = git_read(git, "rev-parse", "--path-format=absolute", "--git-path", "hooks", NULL);
	exam->server =
		(bare && !strcmp(bare, "true")) || !access(git_text(git, "%s/policy/installed", exam->folder), F_OK);
	/* What is relative in a clone's configuration is so to its top. */
	return exam->hooks && (!top || !*top || !chdir(top));
}

static int report(const struct exam *exam)
{
	struct policy_options options = exam->git.call->options;

	options.git_dir = exam->server ? exam->folder : NULL;
	struct policy_run *run = policy_run_new(&options);

	return guard_end(run, policy_examine(run, exam->looks, exam->count), STDOUT_FILENO);
}

static int doctor(const struct call *call)
{
	struct call own = *call;
	struct exam exam = {.git = {.call = &own, .quiet = true}};
	int code;

	doctor_hold(&exam);
	be_silent(&exam);
	enter_operand(&exam, &own);
	if (begin(&exam)) {
		if (exam.server)
			find_variable(&exam);
		take_looks(&exam, exam.server ? doctor_server : doctor_clone);
		doctor_release(&exam);
		code = report(&exam);
	} else {
		code = refuse(&exam);
		doctor_release(&exam);
	}
	free(exam.looks);
	git_end(&exam.git);
	return code;
}

const struct command command_doctor = {
	.name = "doctor",
	.operands = "[<address>...]",
	.help = "Find what leaves a repository unguarded, and prove that a forbidden push is refused",
	.options = OPTION_REPOSITORY | OPTION_JSON,
	.most = INT_MAX,
	.runs_git = true,
	.run = doctor,
};
