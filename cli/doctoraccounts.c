/* doctoraccounts: the accounts of this machine, asked for by getent(1): a static program has none of its own ways to
 * wherever they are kept. */
#include "doctor.h"

#include <stdlib.h>
#include <string.h>

#define SECONDS 10u

/* A line of a database, without its end; NULL: there is none. */
static const char *ask(struct exam *exam, const char *database, const char *key)
{
	const char *const arguments[] = {"getent", database, key, NULL};
	struct outcome outcome = doctor_run(exam, arguments, SECONDS);

	return outcome.status ? NULL : git_line(&exam->git, outcome.output);
}

/* Field `number`, from 0 on, of a line divided by colons; empty when there are not so many. */
static const char *field(struct exam *exam, const char *line, unsigned number)
{
	for (; number && *line; number--) {
		line += strcspn(line, ":");
		line += *line == ':';
	}
	return git_text(&exam->git, "%.*s", (int)strcspn(line, ":"), line);
}

bool doctor_account(struct exam *exam, const char *key, struct account *ret_account)
{
	const char *line = ask(exam, "passwd", key);

	if (line)
		*ret_account = (struct account){field(exam, line, 0), field(exam, line, 5), field(exam, line, 6)};
	return line;
}

const char *doctor_user(struct exam *exam, uid_t uid)
{
	const char *number = git_text(&exam->git, "%u", (unsigned)uid);
	struct account account;

	return doctor_account(exam, number, &account) ? account.name : number;
}

const char *doctor_members(struct exam *exam, gid_t gid)
{
	const char *line = ask(exam, "group", git_text(&exam->git, "%u", (unsigned)gid));

	return line ? field(exam, line, 3) : "";
}
