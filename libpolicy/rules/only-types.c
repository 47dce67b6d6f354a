/* only-types: a branch takes only some types of commits once it has left its trunk (design 4.7). */
#include "reword.h"
#include "words.h"

static void refuse(const struct rule_case *c, const struct oid *since, struct findings *findings)
{
	const struct message *message = c->message;
	struct bytes type = message->conventional ? message->type : (struct bytes){0};
	struct finding *finding;

	if (!message->conventional)
		finding = case_add(c, findings, "has no type, and this branch takes only some");
	else if (since)
		finding =
			case_add(c, findings, "%.*s is none of the types taken since this branch left its trunk at %s",
				 BYTES_ARG(type), oid_abbrev(since).text);
	else
		finding = case_add(c, findings, "%.*s is none of the types this branch takes", BYTES_ARG(type));
	words_want(c->setting, findings, finding, type);
	finding_at(finding, 1, 1, message->header);
	finding_fix(findings, finding, "git rebase -i %.*s, and drop %s, which belongs on another branch, or reword it",
		    BYTES_ARG(reword_base(c, findings->arena)), oid_abbrev(&c->commit->id).text);
}

static bool judge_commit(const struct rule_case *c, const struct oid *since, const struct oid *id,
			 struct findings *findings)
{
	struct rule_case one = *c;
	struct message message;
	enum exemption exemption;

	if (facts_commit(c->facts, id, &one.commit) != ANSWER_YES)
		return false;
	message_parse(findings->arena, one.commit->message, &message);
	one.message = &message;
	if (message.conventional && words_have(c->setting, message.type))
		return true;
	if (facts_exempt(c->facts, one.commit, &exemption) != ANSWER_YES)
		return false;
	if (exemption == EXEMPT_NOT)
		refuse(&one, since, findings);
	return true;
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct oid fork;
	struct oids hidden = {.ids = &fork};
	const struct oid *ids;
	size_t count;
	bool told = true;

	if (c->update->kind == UPDATE_DELETE)
		return true;
	switch (facts_fork_point(c->facts, c->policy, &c->update->new, &fork)) {
	case ANSWER_UNKNOWN:
		return false;
	case ANSWER_YES:
		hidden.count = 1;
		break;
	case ANSWER_NO:
		break;
	}
	if (facts_outside(c->facts, &c->update->new, &hidden, &ids, &count) != ANSWER_YES)
		return false;
	for (size_t i = 0; i < count; i++)
		told &= judge_commit(c, hidden.count ? &fork : NULL, &ids[i], findings);
	return told;
}

static const struct key keys[] = {
	{
		.name = "only-types",
		.sections = SECTION_BRANCH,
		.kind = KEY_LIST,
		.form = "types",
		.help = "The types of commits the branch takes since it left its trunk; merges and proved reverts are "
			"spared.",
		.example = "fix docs test chore",
	},
};

const struct rule rule_only_types = {
	.name = "only-types",
	.help = "Refuses commits on a branch that is only there for other types of them.",
	.mend = "Move commits of other types to a branch of their own: git rebase -i <trunk> takes them out of this "
		"one.",
	.scope = SCOPE_UPDATE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
