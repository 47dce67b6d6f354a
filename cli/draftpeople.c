/* draftpeople: guesses who reviews and who merges from who does; where nobody is known, placeholders stand. */
#include "draftpeople.h"

#include <stdlib.h>

#define LISTED_MAX 60
#define REVIEWERS_MAX 12
#define INTEGRATORS_LEAST 2
#define INTEGRATORS_MAX 5
#define COMMITS_LEAST 3 /* of somebody who knows the code */

static void write_user(FILE *out, const struct person *person)
{
	fprintf(out, "[user \"%s\"]\nemail =", person->user);
	for (size_t i = 0; i < person->email_count; i++)
		fprintf(out, "%s %s\n", i ? "       " : "", person->emails[i]);
	fputc('\n', out);
}

static const char *join(struct git *git, const char *list, const char *word)
{
	return list ? git_text(git, "%s %s", list, word) : word;
}

/* One who is to be replaced by a person. */
static const char *invent(const char *user, FILE *out, struct draft *draft)
{
	fprintf(out, "# To be replaced by somebody of yours.\n[user \"%s\"]\nemail = %s@example.org\n\n", user, user);
	draft->invented = true;
	return user;
}

/* The most active ones; placeholders up to as many as must approve. */
static const char *reviewers_of(struct git *git, const struct survey *survey, const struct answers *answers, FILE *out,
				struct draft *draft)
{
	const char *list = NULL;

	for (size_t i = 0; i < survey->crew.count && i < REVIEWERS_MAX; i++) {
		const struct person *person = &survey->crew.people[i];

		if (person->commits < COMMITS_LEAST && draft->reviewers > answers->approvals)
			break;
		list = join(git, list, person->user);
		draft->reviewers++;
	}
	for (unsigned i = 1; draft->reviewers < answers->approvals; i++, draft->reviewers++)
		list = join(git, list, invent(git_text(git, "reviewer-%u", i), out, draft));
	return list;
}

static bool has_merges(const struct crew *crew)
{
	for (size_t i = 0; i < crew->count && i < LISTED_MAX; i++)
		if (crew->people[i].merges)
			return true;
	return false;
}

/* Those who have merged; where nobody has, the most active ones. */
static const char *integrators_of(struct git *git, const struct crew *crew, const char *admin)
{
	bool merges = has_merges(crew);
	const char *list = NULL;
	unsigned count = 0;

	for (size_t i = 0; i < crew->count && i < LISTED_MAX; i++) {
		const struct person *person = &crew->people[i];

		bool active = person->commits >= COMMITS_LEAST || i < INTEGRATORS_LEAST;

		if ((merges ? person->merges > 0 : active) && count++ < INTEGRATORS_MAX)
			list = join(git, list, person->user);
	}
	return list ? list : admin;
}

static const char *write_users(const struct survey *survey, const struct answers *answers, FILE *out,
			       struct draft *draft)
{
	const struct crew *crew = &survey->crew;
	const char *admin = survey->caller ? survey->caller->user : crew->count ? crew->people[0].user : NULL;

	for (size_t i = 0; i < crew->count && i < LISTED_MAX; i++)
		write_user(out, &crew->people[i]);
	if (!admin)
		admin = invent("admin", out, draft);
	if (answers->checks)
		fputs("# What reports checks: a CI server logs in to push them as this user.\n[user \"ci\"]\n\n", out);
	return admin;
}

void draftpeople_write(struct git *git, const struct survey *survey, const struct answers *answers, FILE *out,
		       struct draft *draft)
{
	char *users = NULL;
	size_t size = 0, more = survey->crew.count > LISTED_MAX ? survey->crew.count - LISTED_MAX : 0;
	FILE *list = open_memstream(&users, &size);

	if (!list)
		return;
	const char *admin = write_users(survey, answers, list, draft);
	const char *reviewers = answers->approvals ? reviewers_of(git, survey, answers, list, draft) : NULL;

	fclose(list);
	const struct slot slots[] = {
		{"identity", answers->identity},
		{"guessed", survey->tip ? "" : NULL},
		{"users", users},
		{"many", more ? git_text(git, "%zu%s", more, survey->crew.full ? " or" : "") : NULL},
		{"admins", admin},
		{"integrators", integrators_of(git, &survey->crew, admin)},
		{"reviewers", reviewers},
		{"ci", answers->checks},
		{NULL, NULL},
	};

	template_fill(out, &draft_people, slots);
	free(users);
}
