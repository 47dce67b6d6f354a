/* option: the options of all subcommands in one table: how they are written, and where their values go. */
#include "command.h"

#include <getopt.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define HELP_COLUMN 24

/* What is stored for an option. */
enum stores {
	STORES_VALUE, /* the word after it */
	STORES_TRUE,
	STORES_NAME, /* its own */
};

struct option_row {
	enum command_option option;
	const char *name; /* as typed: "-C", "--policy" */
	const char *value;
	const char *help; /* a few words */
	enum stores stores;
	size_t place; /* in struct call */
};

#define PLACE(member) offsetof(struct call, member)

/* In the order usage shows them; ways to write one option stand together. */
static const struct option_row table[] = {
	{OPTION_REPOSITORY, "-C", "<dir>", "go to this folder first", STORES_VALUE, PLACE(directory)},
	{OPTION_POLICY, "--policy", "<file>", "go by this policy alone", STORES_VALUE, PLACE(options.file)},
	{OPTION_JSON, "--json", NULL, "answer in JSON lines, on standard output", STORES_TRUE, PLACE(options.json)},
	{OPTION_PUSH, "--push", NULL, "explain a move of a ref, not the ref", STORES_TRUE, PLACE(push)},
	{OPTION_FOR, "--for", "<branch>", "the branch, or deploy, that it is for", STORES_VALUE, PLACE(target)},
	{OPTION_INTO, "--into", "<target>", "the branch that it lands on", STORES_VALUE, PLACE(target)},
	{OPTION_METHOD, "--squash", NULL, "land it as one commit", STORES_NAME, PLACE(method)},
	{OPTION_METHOD, "--merge", NULL, "land it by a merge", STORES_NAME, PLACE(method)},
	{OPTION_METHOD, "--rebase", NULL, "land every commit of it anew", STORES_NAME, PLACE(method)},
	{OPTION_METHOD, "--fast-forward", NULL, "land it as it is", STORES_NAME, PLACE(method)},
	{OPTION_MESSAGE, "-m", "<text>", "say this, or make it the message", STORES_VALUE, PLACE(message)},
	{OPTION_REASON, "--reason", "<text>", "why", STORES_VALUE, PLACE(reason)},
	{OPTION_EXPIRES, "--expires", "<duration or time>", "until when: 24h, 3d, 2026-01-31", STORES_VALUE,
	 PLACE(expires)},
	{OPTION_SIGN, "--sign", NULL, "sign it, as git is configured to", STORES_TRUE, PLACE(sign)},
	{OPTION_AS, "--as", "<name>", "who you are to the server, if not policy.user", STORES_VALUE, PLACE(user)},
	{OPTION_REMOTE, "--remote", "<name>", "where the server is, if not origin", STORES_VALUE, PLACE(remote)},
	{OPTION_OFFLINE, "--offline", NULL, "go by what was fetched before", STORES_TRUE, PLACE(offline)},
	{OPTION_DRY_RUN, "--dry-run", NULL, "only say what would be done", STORES_TRUE, PLACE(dry_run)},
	{OPTION_WORKFLOW, "--workflow", "gitflow|trunk|promotion", "how branches are used", STORES_VALUE,
	 PLACE(init.workflow)},
	{OPTION_APPROVALS, "--approvals", "<number>", "how many a change needs", STORES_VALUE, PLACE(init.approvals)},
	{OPTION_CHECKS, "--checks", "<names>", "which have to pass", STORES_VALUE, PLACE(init.checks)},
	{OPTION_MESSAGES, "--messages", "conventional|free", "the form of commit messages", STORES_VALUE,
	 PLACE(init.messages)},
	{OPTION_IDENTITY, "--identity", "<variable>", "what tells the server who pushes", STORES_VALUE,
	 PLACE(init.identity)},
	{OPTION_ENFORCE, "--enforce", NULL, "refuse from the start", STORES_TRUE, PLACE(init.enforce)},
	{OPTION_OUTPUT, "--output", "<dir>", "write it here", STORES_VALUE, PLACE(init.output)},
	{OPTION_FORCE, "--force", NULL, "write over what is there", STORES_TRUE, PLACE(init.force)},
	{OPTION_YES, "--yes", NULL, "ask nothing", STORES_TRUE, PLACE(init.yes)},
	{OPTION_REF, "--ref", "<ref>", "of this ref only", STORES_VALUE, PLACE(query.ref)},
	{OPTION_USER, "--user", "<name>", "by this user only", STORES_VALUE, PLACE(query.user)},
	{OPTION_EVENT, "--event", "<id>", "of this push only", STORES_VALUE, PLACE(query.event)},
	{OPTION_VERDICT, "--verdict", "<verdict>", "with this verdict only: rejected", STORES_VALUE,
	 PLACE(query.verdict)},
	{OPTION_SINCE, "--since", "<time>", "from this time on: 24h, 2026-01-31", STORES_VALUE, PLACE(query.since)},
	{OPTION_UNTIL, "--until", "<time>", "before this time", STORES_VALUE, PLACE(query.until)},
	{0, "--version", NULL, NULL, STORES_TRUE, PLACE(version)},
	{0, "--help", NULL, NULL, STORES_TRUE, PLACE(help)},
	{0, "-h", NULL, NULL, STORES_TRUE, PLACE(usage)},
};

#define ROWS (sizeof(table) / sizeof(*table))

static bool is_letter(const struct option_row *row)
{
	return row->name[1] != '-';
}

/* Without the dashes. */
static const char *word_of(const struct option_row *row)
{
	return row->name + (is_letter(row) ? 1 : 2);
}

static void store(struct call *call, const struct option_row *row, const char *value)
{
	char *place = (char *)call + row->place;

	switch (row->stores) {
	case STORES_VALUE:
		*(const char **)(void *)place = value;
		break;
	case STORES_TRUE:
		*(bool *)(void *)place = true;
		break;
	case STORES_NAME:
		*(const char **)(void *)place = word_of(row);
		break;
	}
}

/* What getopt_long() returns for a row: its letter, or what no letter is. */
static int code_of(size_t index)
{
	return is_letter(&table[index]) ? *word_of(&table[index]) : UCHAR_MAX + 1 + (int)index;
}

#define OPERAND 1 /* what getopt_long() returns for a word that is no option, in the order they stand in */
#define NO_VALUE ':'

/* The table as getopt_long() takes it. */
static void known_make(struct option known[ROWS + 1], char letters[2 * ROWS + 3])
{
	*letters++ = '-';
	*letters++ = NO_VALUE;
	for (size_t i = 0; i < ROWS; i++) {
		int argument = table[i].value ? required_argument : no_argument;

		if (!is_letter(&table[i])) {
			*known++ = (struct option){word_of(&table[i]), argument, NULL, code_of(i)};
			continue;
		}
		*letters++ = *word_of(&table[i]);
		if (table[i].value)
			*letters++ = ':';
	}
	*known = (struct option){NULL, 0, NULL, 0};
	*letters = '\0';
}

/* The row that getopt_long() means; ROWS: none. */
static size_t row_of(int code)
{
	size_t index = 0;

	while (index < ROWS && code_of(index) != code)
		index++;
	return index;
}

/* The option of `command` (NULL: of any) that `word` was probably meant to be, or NULL. */
static const char *nearest(const char *word, const struct command *command)
{
	const char *names[ROWS + 1] = {NULL};
	size_t count = 0;

	for (size_t i = 0; i < ROWS; i++)
		if (!command || !table[i].option || table[i].option & command->options)
			names[count++] = table[i].name;
	return policy_nearest(word, names);
}

static bool refuse_word(const char *word, int code, const struct command *command)
{
	const char letter[] = {'-', (char)optopt, '\0'};
	size_t index = row_of(optopt);
	const char *near;

	if (optopt && optopt <= UCHAR_MAX)
		word = letter;
	if (code == NO_VALUE)
		command_refuse(NULL, "%s: the value behind it is missing: %s", word, table[index].value);
	else if (index < ROWS)
		command_refuse(NULL, "%s: %s has no value", word, table[index].name);
	else if (word != letter && (near = nearest(word, command)))
		command_refuse(NULL, "%s: no such option; did you mean %s?", word, near);
	else
		command_refuse("git policy help <command> lists its options", "%s: no such option", word);
	return false;
}

/* The command, once it was read; NULL: not yet, or there is none of that name. */
static const struct command *command_of(const struct call *call)
{
	return call->operand_count ? command_find(*call->operands) : NULL;
}

/* Whether what comes behind the first operand is another program's. */
static bool is_passed_on(const struct call *call)
{
	const struct command *command = call->operand_count == 1 ? command_of(call) : NULL;

	return command && command->passes_on;
}

bool options_read(int argc, char **argv, struct call *ret_call, unsigned *ret_seen)
{
	struct option known[ROWS + 1];
	char letters[2 * ROWS + 3];

	known_make(known, letters);
	opterr = 0;
	ret_call->operands = argv;
	for (int code; !is_passed_on(ret_call) && (code = getopt_long(argc, argv, letters, known, NULL)) != -1;) {
		size_t index = row_of(code);

		if (code == OPERAND) {
			argv[ret_call->operand_count++] = optarg;
			continue;
		}
		if (index == ROWS)
			return refuse_word(argv[optind - 1], code, command_of(ret_call));
		store(ret_call, &table[index], optarg);
		*ret_seen |= table[index].option;
	}
	while (optind < argc)
		argv[ret_call->operand_count++] = argv[optind++];
	argv[ret_call->operand_count] = NULL;
	return true;
}

void options_needed(int fd, unsigned needs)
{
	for (size_t i = 0; i < ROWS; i++)
		if (table[i].option & needs)
			dprintf(fd, " %s%s%s", table[i].name, table[i].value ? " " : "",
				table[i].value ? table[i].value : "");
}

void options_describe(int fd, unsigned options)
{
	for (size_t i = 0; i < ROWS; i++) {
		const struct option_row *row = &table[i];
		int width = HELP_COLUMN - (int)strlen(row->name) - 1;

		if (!(row->option & options))
			continue;
		dprintf(fd, "    %s %-*s", row->name, width, row->value ? row->value : "");
		if (row->value && (int)strlen(row->value) >= width)
			dprintf(fd, "\n    %-*s", HELP_COLUMN, "");
		dprintf(fd, "%s\n", row->help);
	}
}

const char *option_name(unsigned options)
{
	for (size_t i = 0; i < ROWS; i++)
		if (table[i].option & options)
			return table[i].name;
	return "";
}
