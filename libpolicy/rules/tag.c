/* tag: what is deployed carries a tag. */
#include "deployed.h"

#include "arena.h"
#include "pattern.h"
#include "settings.h"

#define TAGS "refs/tags/"

/* Looking among tags for one of the commit. */
struct search {
	struct facts *facts;
	const struct pattern *pattern;
	const struct oid *commit;
	enum answer answer;
};

static bool look_at(void *context, struct bytes ref, const struct oid *id)
{
	struct search *search = context;
	struct target target;

	if (!pattern_match(search->pattern, bytes_from(ref, BYTES(TAGS).len), (struct bytes){0}))
		return true;
	if (facts_target(search->facts, id, &target) != ANSWER_YES)
		search->answer = ANSWER_UNKNOWN;
	else if (target.peeled == OBJECT_COMMIT && oid_equal(&target.commit, search->commit))
		search->answer = ANSWER_YES;
	return search->answer != ANSWER_YES;
}

/* The folder that holds all tags of the pattern: "refs/tags/release/". */
static struct bytes folder_of(struct arena *arena, const struct pattern *pattern)
{
	struct bytes prefix = pattern_prefix(pattern);

	while (prefix.len && prefix.data[prefix.len - 1] != '/')
		prefix.len--;
	return bytes_printf(arena, TAGS "%.*s", BYTES_ARG(prefix));
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct oid commit;
	enum answer answer = deployed_commit(c, &commit);
	struct search search = {c->facts, c->setting->parsed, &commit, ANSWER_NO};

	if (answer != ANSWER_YES)
		return answer == ANSWER_NO;
	answer = facts_refs_below(c->facts, folder_of(findings->arena, search.pattern), look_at, &search);
	if (answer == ANSWER_UNKNOWN || search.answer != ANSWER_NO)
		return answer != ANSWER_UNKNOWN && search.answer == ANSWER_YES;
	struct bytes pattern = c->setting->clauses[0].text;
	struct oid_hex id = oid_abbrev(&commit);
	struct finding *finding = case_add(c, findings, "%s carries no tag %.*s", id.text, BYTES_ARG(pattern));

	finding_wanted(findings, finding, "a commit that such a tag was pushed of, before this push");
	finding_fix(findings, finding, "tag it and push the tag first: git tag -a <%.*s> %s", BYTES_ARG(pattern),
		    id.text);
	return true;
}

static bool check(struct setting *setting, struct findings *errors)
{
	const char *problem;
	size_t offset;

	setting->parsed = pattern_compile(errors->arena, setting->clauses[0].text, &problem, &offset);
	if (!setting->parsed)
		settings_fault(errors, setting, 0, offset, "not a pattern for tags: %s", problem);
	return setting->parsed;
}

static const struct key keys[] = {
	{
		.name = "tag",
		.sections = SECTION_DEPLOY,
		.kind = KEY_TEXT,
		.form = "a pattern for tags",
		.check = check,
		.help = "A tag that the commit must carry.",
		.example = "v{semver}",
	},
};

const struct rule rule_tag = {
	.name = "tag",
	.help = "Refuses to deploy a commit without such a tag.",
	.mend = "Tag the commit first: git tag <name> <commit> && git push origin <name>.",
	.scope = SCOPE_UPDATE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
