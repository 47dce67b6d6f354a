/* option: the options of all subcommands in one table: how they are written, and where their values go. */
#include "command.h"

#include <getopt.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

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
	enum stores stores;
	size_t place; /* in struct call */
};

#define PLACE(member) offsetof(struct call, member)

/* In the order usage shows them; ways to write one option stand together. */
static const struct option_row table[] = {
	{OPTION_REPOSITORY, "-C", "<dir>", STORES_VALUE, PLACE(directory)},
	{OPTION_POLICY, "--policy", "<file>", STORES_VALUE, PLACE(options.file)},
	{OPTION_JSON, "--json", NULL, STORES_TRUE, PLACE(options.json)},
	{OPTION_PUSH, "--push", NULL, STORES_TRUE, PLACE(push)},
	{OPTION_FOR, "--for", "<branch>", STORES_VALUE, PLACE(target)},
	{OPTION_INTO, "--into", "<target>", STORES_VALUE, PLACE(target)},
	{OPTION_METHOD, "--squash", NULL, STORES_NAME, PLACE(method)},
	{OPTION_METHOD, "--merge", NULL, STORES_NAME, PLACE(method)},
	{OPTION_METHOD, "--rebase", NULL, STORES_NAME, PLACE(method)},
	{OPTION_METHOD, "--fast-forward", NULL, STORES_NAME, PLACE(method)},
	{OPTION_MESSAGE, "-m", "<text>", STORES_VALUE, PLACE(message)},
	{OPTION_REASON, "--reason", "<text>", STORES_VALUE, PLACE(reason)},
	{OPTION_EXPIRES, "--expires", "<duration or time>", STORES_VALUE, PLACE(expires)},
	{OPTION_SIGN, "--sign", NULL, STORES_TRUE, PLACE(sign)},
	{OPTION_AS, "--as", "<name>", STORES_VALUE, PLACE(user)},
	{OPTION_REMOTE, "--remote", "<name>", STORES_VALUE, PLACE(remote)},
	{OPTION_OFFLINE, "--offline", NULL, STORES_TRUE, PLACE(offline)},
	{OPTION_DRY_RUN, "--dry-run", NULL, STORES_TRUE, PLACE(dry_run)},
	{OPTION_WORKFLOW, "--workflow", "gitflow|trunk|promotion", STORES_VALUE, PLACE(init.workflow)},
	{OPTION_APPROVALS, "--approvals", "<number>", STORES_VALUE, PLACE(init.approvals)},
	{OPTION_CHECKS, "--checks", "<names>", STORES_VALUE, PLACE(init.checks)},
	{OPTION_MESSAGES, "--messages", "conventional|free", STORES_VALUE, PLACE(init.messages)},
	{OPTION_IDENTITY, "--identity", "<variable>", STORES_VALUE, PLACE(init.identity)},
	{OPTION_ENFORCE, "--enforce", NULL, STORES_TRUE, PLACE(init.enforce)},
	{OPTION_OUTPUT, "--output", "<dir>", STORES_VALUE, PLACE(init.output)},
	{OPTION_FORCE, "--force", NULL, STORES_TRUE, PLACE(init.force)},
	{OPTION_YES, "--yes", NULL, STORES_TRUE, PLACE(init.yes)},
	{OPTION_REF, "--ref", "<ref>", STORES_VALUE, PLACE(query.ref)},
	{OPTION_USER, "--user", "<name>", STORES_VALUE, PLACE(query.user)},
	{OPTION_EVENT, "--event", "<id>", STORES_VALUE, PLACE(query.event)},
	{OPTION_VERDICT, "--verdict", "<verdict>", STORES_VALUE, PLACE(query.verdict)},
	{OPTION_SINCE, "--since", "<time>", STORES_VALUE, PLACE(query.since)},
	{OPTION_UNTIL, "--until", "<time>", STORES_VALUE, PLACE(query.until)},
	{0, "--version", NULL, STORES_TRUE, PLACE(version)},
	{0, "--help", NULL, STORES_TRUE, PLACE(help)},
	{0, "-h", NULL, STORES_TRUE, PLACE(usage)},
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

/* The option that `word` was probably meant to be, or NULL. */
static const char *nearest(const char *word)
{
	const char *names[ROWS + 1] = {NULL};

	for (size_t i = 0; i < ROWS; i++)
		names[i] = table[i].name;
	return policy_nearest(word, names);
}

static bool refuse_word(const char *word, int code)
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
	else if (word != letter && (near = nearest(word)))
		command_refuse(NULL, "%s: no such option; did you mean %s?", word, near);
	else
		command_refuse("git policy help <command> lists its options", "%s: no such option", word);
	return false;
}

/* Whether what comes behind the first operand is another program's. */
static bool is_passed_on(const struct call *call)
{
	const struct command *command = call->operand_count == 1 ? command_find(*call->operands) : NULL;

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
			return refuse_word(argv[optind - 1], code);
		store(ret_call, &table[index], optarg);
		*ret_seen |= table[index].option;
	}
	while (optind < argc)
		argv[ret_call->operand_count++] = argv[optind++];
	argv[ret_call->operand_count] = NULL;
	return true;
}

void options_describe(int fd, unsigned options, unsigned needs)
{
	for (size_t i = 0; i < ROWS; i++) {
		const struct option_row *row = &table[i];
		bool bracket = !(row->option & needs), again = i && table[i - 1].option == row->option;
		bool more = i + 1 < ROWS && table[i + 1].option == row->option;

		if (!(row->option & options))
			continue;
		dprintf(fd, "%s%s%s%s%s",
			again	  ? "|"
			: bracket ? " ["
				  : " ",
			row->name, row->value ? " " : "", row->value ? row->value : "", bracket && !more ? "]" : "");
	}
}

const char *option_name(unsigned options)
{
	for (size_t i = 0; i < ROWS; i++)
		if (table[i].option & options)
			return table[i].name;
	return "";
}
