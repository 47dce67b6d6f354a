/* draft: puts what was seen and answered into the templates of cli/init. */
#include "draft.h"

#include <stdlib.h>
#include <string.h>

#include "draftpeople.h"
#include "draftsections.h"
#include "template.h"

#define ACCEPT_WIDTH 80

#define EMBEDDED(file)                                                                                                 \
	extern const unsigned char init_##file[];                                                                      \
	extern const size_t init_##file##_size
EMBEDDED(head);
EMBEDDED(gitflow);
EMBEDDED(trunk);
EMBEDDED(promotion);
EMBEDDED(tail);
EMBEDDED(people);

static const struct template workflows[] = {
	[WORKFLOW_GITFLOW] = {init_gitflow, &init_gitflow_size},
	[WORKFLOW_TRUNK] = {init_trunk, &init_trunk_size},
	[WORKFLOW_PROMOTION] = {init_promotion, &init_promotion_size},
};
static const struct template head = {init_head, &init_head_size};
static const struct template tail = {init_tail, &init_tail_size};
const struct template draft_people = {init_people, &init_people_size};

static const char *either(const char *name, const char *otherwise)
{
	return name ? name : otherwise;
}

static const char *when(bool set)
{
	return set ? "" : NULL;
}

/* All topics as one list, in several lines where it is long. */
static const char *list_topics(const struct sketch *sketch)
{
	const struct naming *naming = &sketch->survey->naming;
	const char *clauses = "", *line = "";

	for (size_t i = 0; i < naming->count; i++) {
		const struct family *family = &naming->families[i];

		if (!draftsections_topic(sketch, family) || !strcmp(family->heading, "**"))
			continue;
		if (strlen(line) > ACCEPT_WIDTH) {
			clauses = git_text(sketch->git, "%s%s%s\n         ", clauses, line, sketch->by);
			line = "";
		}
		line = git_text(sketch->git, "%s%s%s", line, *line ? " " : "", family->heading);
	}
	return *line ? git_text(sketch->git, "%s%s%s", clauses, line, sketch->by) : clauses;
}

static const char *accept_of(const struct sketch *sketch)
{
	return sketch->open ? git_text(sketch->git, "**%s", sketch->by) : list_topics(sketch);
}

/* What to write where not every branch is to land; NULL: nothing follows a convention, or a line is too short. */
static const char *narrower_of(const struct sketch *sketch)
{
	const char *list = list_topics(sketch);

	return *list && !strchr(list, '\n') ? list : NULL;
}

/* The most frequent words of messages, as far as they are a custom. */
static const char *words_of(struct git *git, const struct style_word *words, const char *list)
{
	for (size_t i = 0; i < STYLE_WORDS && words[i].count > 1 && strlen(list) < 100; i++)
		if (!strstr(git_text(git, " %s ", list), git_text(git, " %s ", words[i].text)))
			list = git_text(git, "%s%s%s", list, *list ? " " : "", words[i].text);
	return list;
}

static const char *header_max(const struct style *style)
{
	if (style_tells(style) && style_spares(style, style->over_72))
		return "72";
	return style_spares(style, style->over_100) ? "100" : NULL;
}

/* A heading for the eye: "release/vX.Y.Z". */
static const char *shown(struct git *git, const char *text)
{
	static const char *const marks[][2] = {{"{slug}", "*"}, {"{semver}", "X.Y.Z"}, {"{number}", "N"}};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		for (const char *at; (at = strstr(text, marks[i][0]));)
			text = git_text(git, "%.*s%s%s", (int)(at - text), text, marks[i][1], at + strlen(marks[i][0]));
	return text;
}

static const char *flow_of(const struct sketch *sketch)
{
	const char *topics = accept_of(sketch);
	const char *first = git_text(sketch->git, "%.*s", (int)strcspn(topics, "\n"), topics);
	const char *end = *sketch->by ? strstr(first, sketch->by) : NULL;
	const char *list = end ? git_text(sketch->git, "%.*s", (int)(end - first), first) : first;

	switch (sketch->answers->workflow) {
	case WORKFLOW_GITFLOW:
		return git_text(sketch->git, "%s  ->  %s  ->  %s  ->  %s", list, sketch->develop, sketch->release,
				sketch->main);
	case WORKFLOW_PROMOTION:
		return git_text(sketch->git, "%s  ->  %s  ->  %s%s%s", list, sketch->main, either(sketch->staging, ""),
				sketch->staging ? "  ->  " : "", sketch->production);
	default:
		return git_text(sketch->git, "%s  ->  %s", list, sketch->main);
	}
}

static void write_head(const struct sketch *sketch, FILE *out)
{
	struct git *git = sketch->git;
	const struct style *style = &sketch->survey->style;
	bool conventional = sketch->answers->conventional, enforce = git->call->init.enforce;
	bool signed_off = style_tells(style) && style_spares(style, style->count - style->signed_off);
	const char *scopes = words_of(git, style->scopes, "");
	const struct slot slots[] = {
		{"flow", shown(git, flow_of(sketch))},
		{"main", sketch->main},
		{"mode", enforce ? "enforce" : "evaluate"},
		{"enforce", when(enforce)},
		{"evaluate", when(!enforce)},
		{"bootstrap", sketch->survey->empty ? "@admins" : NULL},
		{"identity", sketch->answers->identity},
		{"commit", when(conventional || signed_off)},
		{"conventional", when(conventional)},
		{"free", when(!conventional)},
		{"keeps", when(conventional && style->conventional)},
		{"seen", git_text(git, "%u", style->conventional)},
		{"looked_at", git_text(git, "%u", style->count)},
		{"signed_off", when(signed_off)},
		{"scopes", conventional && *scopes ? scopes : NULL},
		{"types",
		 conventional ? words_of(git, style->types, "feat fix docs style refactor perf test chore") : NULL},
		{"header_max", conventional ? header_max(style) : NULL},
		{"subject_end", conventional && style_spares(style, style->periods) ? "no-period" : NULL},
		{NULL, NULL},
	};

	template_fill(out, &head, slots);
}

static void write_workflow(const struct sketch *sketch, FILE *out)
{
	struct git *git = sketch->git;
	const struct answers *answers = sketch->answers;
	bool gitflow = answers->workflow == WORKFLOW_GITFLOW;
	const struct slot slots[] = {
		{"main", sketch->main},
		{"develop", sketch->develop},
		{"staging", sketch->staging},
		{"production", sketch->production},
		{"before", either(sketch->staging, sketch->main)},
		{"landing", when(sketch->landing)},
		{"accept", accept_of(sketch)},
		{"open", when(sketch->open && sketch->landing)},
		{"narrower", sketch->open && sketch->landing ? narrower_of(sketch) : NULL},
		{"release", sketch->release},
		{"hotfix", sketch->hotfix},
		{"hotfixes", sketch->hotfix ? git_text(git, " %s", sketch->hotfix) : ""},
		{"releases", gitflow ? git_text(git, "%s %s%s", sketch->release, sketch->hotfix, sketch->by) : NULL},
		{"linear", when(sketch->survey->landed == LANDED_LINEAR)},
		{"merged", when(sketch->survey->landed == LANDED_MERGED)},
		{"approvals", answers->approvals ? git_text(git, "%u", answers->approvals) : NULL},
		{"owners", answers->approvals ? sketch->survey->owners : NULL},
		{"checks", answers->checks},
		{"only_types", answers->conventional ? "fix docs test chore" : NULL},
		{NULL, NULL},
	};

	template_fill(out, &workflows[answers->workflow], slots);
}

/* Blank lines that stand together become one; the last goes. */
static void tidy(char *text)
{
	char *to = text;

	for (const char *from = text; from && *from; from++)
		if (*from != '\n' || (to != text && (to - text < 2 || to[-1] != '\n' || to[-2] != '\n')))
			*to++ = *from;
	while (to && to - text > 1 && to[-1] == '\n' && to[-2] == '\n')
		to--;
	if (to)
		*to = '\0';
}

static char *text_of(const struct sketch *sketch, struct draft *draft,
		     void (*write)(const struct sketch *sketch, struct draft *draft, FILE *out))
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	write(sketch, draft, out);
	if (fclose(out)) {
		free(text);
		return NULL;
	}
	tidy(text);
	return text;
}

static void write_policy(const struct sketch *sketch, struct draft *draft, FILE *out)
{
	(void)draft;
	write_head(sketch, out);
	write_workflow(sketch, out);
	draftsections_branches(sketch, out);
	draftsections_tags(sketch, out);
	template_fill(out, &tail, (const struct slot[]){{NULL, NULL}});
}

static void write_people(const struct sketch *sketch, struct draft *draft, FILE *out)
{
	draftpeople_write(sketch->git, sketch->survey, sketch->answers, out, draft);
}

bool draft_write(struct git *git, struct survey *survey, const struct answers *answers, struct draft *ret_draft)
{
	struct sketch sketch;

	*ret_draft = (struct draft){0};
	draftsketch_make(git, survey, answers, &sketch);
	ret_draft->policy = text_of(&sketch, ret_draft, write_policy);
	ret_draft->people = text_of(&sketch, ret_draft, write_people);
	return ret_draft->policy && ret_draft->people;
}

void draft_free(struct draft *draft)
{
	free(draft->policy);
	free(draft->people);
}
