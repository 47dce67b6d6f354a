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
	{OPTION_REF, "--ref", "<ref>", STORES_VALUE, PLACE(query.ref)},
	{OPTION_USER, "--user", "<name>", STORES_VALUE, PLACE(query.user)},
	{OPTION_EVENT, "--event", "<id>", STORES_VALUE, PLACE(query.event)},
	{OPTION_VERDICT, "--verdict", "<verdict>", STORES_VALUE, PLACE(query.verdict)},
	{OPTION_SINCE, "--since", "<time>", STORES_VALUE, PLACE(query.since)},
	{OPTION_UNTIL, "--until", "<time>", STORES_VALUE, PLACE(query.until)},
	{0, "--version", NULL, STORES_TRUE, PLACE(version)},
	{0, "--help", NULL, STORES_TRUE, PLACE(help)},
	{0, "-h", NULL, STORES_TRUE, PLACE(help)},
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

/* The table as getopt_long() takes it. */
static void known_make(struct option known[ROWS + 1], char letters[2 * ROWS + 1])
{
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

bool options_read(int argc, char **argv, struct call *ret_call, unsigned *ret_seen)
{
	struct option known[ROWS + 1];
	char letters[2 * ROWS + 1];

	known_make(known, letters);
	opterr = 0;
	for (int code; (code = getopt_long(argc, argv, letters, known, NULL)) != -1;) {
		size_t index = 0;

		while (index < ROWS && code_of(index) != code)
			index++;
		if (index == ROWS) {
			command_refuse("git-policy help lists the options of each command",
				       "%s: no such option, or a value is missing behind it", argv[optind - 1]);
			return false;
		}
		store(ret_call, &table[index], optarg);
		*ret_seen |= table[index].option;
	}
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
