/* surveylog: a few bounded runs of git log, and what their lines say. */
#include "surveylog.h"

#include <stdint.h>
#include <string.h>

#define MESSAGES "--max-count=500"
#define AUTHORS "--max-count=5000"
#define STEPS "--max-count=200"
#define STEPS_LEAST 10u

/* Lines of git log, to be cut up. */
static char *lines_of(const char *output)
{
	return (char *)(uintptr_t)(output ? output : "");
}

static void take_messages(struct git *git, struct survey *survey)
{
	char *lines = lines_of(git_read(git, "log", MESSAGES, "--no-merges", "--no-show-signature",
					"--format=%(trailers:key=Signed-off-by,only=true,separator=%x20)%x1f%s",
					survey->tip, "--", NULL));

	for (char *line; (line = strsep(&lines, "\n"));) {
		char *header = strchr(line, '\x1f');

		if (header)
			style_take(&survey->style, header + 1, header != line);
	}
	style_order(&survey->style);
}

static void take_authors(struct git *git, struct survey *survey)
{
	char *lines = lines_of(git_read(git, "log", AUTHORS, "--since=1 year ago", "--no-merges", "--no-show-signature",
					"--format=%aE%x09%aN", survey->tip, "--", NULL));

	survey->lately = *lines;
	if (!*lines)
		lines = lines_of(git_read(git, "log", MESSAGES, "--no-merges", "--no-show-signature",
					  "--format=%aE%x09%aN", survey->tip, "--", NULL));
	for (char *line; (line = strsep(&lines, "\n"));)
		crew_take(&survey->crew, line, false);
}

/* The branch that a merge's subject speaks of, cut out; NULL: it speaks of none. */
static char *merged_branch(char *subject)
{
	static const char *const starts[] = {"Merge branch '", "Merge remote-tracking branch 'origin/"};
	char *pull = strstr(subject, " from ");

	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (!strncmp(subject, starts[i], strlen(starts[i]))) {
			char *name = subject + strlen(starts[i]);

			name[strcspn(name, "'")] = '\0';
			return name;
		}
	if (strncmp(subject, "Merge pull request #", strlen("Merge pull request #")) != 0 || !pull)
		return NULL;
	char *slash = strchr(pull, '/'); /* behind it the branch, before it whose repository that is in */

	return slash ? slash + 1 : NULL;
}

/* Whoever merges has pushed to the trunk before. Of the crew, that is: a robot may have merged, too. */
static void take_merges(struct git *git, struct survey *survey)
{
	char *lines = lines_of(git_read(git, "log", MESSAGES, "--merges", "--first-parent", "--no-show-signature",
					"--format=%s%x1f%aE%x09%aN", survey->tip, "--", NULL));

	for (char *line; (line = strsep(&lines, "\n"));) {
		char *author = strchr(line, '\x1f'), *branch;

		if (!author)
			continue;
		*author++ = '\0';
		crew_take(&survey->crew, author, true);
		branch = merged_branch(line);
		if (branch)
			naming_past(&survey->naming, branch);
	}
}

/* The trunk's own line: one commit for each landing, or one merge. */
static void take_steps(struct git *git, struct survey *survey)
{
	char *lines = lines_of(git_read(git, "log", STEPS, "--first-parent", "--no-show-signature", "--format=%p",
					survey->tip, "--", NULL));
	unsigned count = 0, merges = 0;

	for (char *line; (line = strsep(&lines, "\n")); count++)
		merges += strchr(line, ' ') != NULL;
	if (count >= STEPS_LEAST && !merges)
		survey->landed = LANDED_LINEAR;
	else if (count >= STEPS_LEAST && merges * 10 >= count * 8)
		survey->landed = LANDED_MERGED;
}

void surveylog_take(struct git *git, struct survey *survey)
{
	take_messages(git, survey);
	take_authors(git, survey);
	take_merges(git, survey);
	take_steps(git, survey);
	crew_order(&survey->crew);
}

void surveylog_caller(struct git *git, struct survey *survey)
{
	const char *email = git_read(git, "config", "--get", "user.email", NULL);
	const char *name = git_read(git, "config", "--get", "user.name", NULL);
	bool alone = !survey->crew.count;

	if (!email)
		return;
	for (size_t i = 0; i < survey->crew.count; i++)
		for (size_t k = 0; k < survey->crew.people[i].email_count; k++)
			if (!strcmp(survey->crew.people[i].emails[k], email))
				survey->caller = &survey->crew.people[i];
	if (alone)
		survey->caller = crew_take(&survey->crew,
					   (char *)(uintptr_t)git_text(git, "%s\t%s", email, name ? name : ""), false);
}
