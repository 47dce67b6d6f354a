/* record: an approval, a check result or a grant says one thing, of a commit the server has, for what asks for it. */
#include "rule.h"

#include "arena.h"
#include "nearest.h"
#include "quote.h"

static const char *form_of(enum record_kind kind)
{
	switch (kind) {
	case RECORD_APPROVAL:
		return "refs/approvals/<target>/<head>/<user>, a target like heads/main or deploy/production/live";
	case RECORD_CHECK:
		return "refs/checks/<commit>/<name>";
	case RECORD_GRANT:
		return "refs/grants/<target>/<old>/<new>/<user>, a target like heads/main";
	case RECORD_NONE:
		break;
	}
	return "";
}

static void fix(const struct record *record, struct findings *findings, struct finding *finding)
{
	struct oid_hex commit = oid_abbrev(&record->commit);

	if (record->kind == RECORD_APPROVAL)
		finding_fix(findings, finding, "git policy approve %s --for %s, or git policy reject", commit.text,
			    quote_word(findings->arena, refname_short(record->target)));
	else if (record->kind == RECORD_CHECK)
		finding_fix(findings, finding, "git policy report %s <pass, fail or a number> %s",
			    quote_word(findings->arena, record->name), commit.text);
	else
		finding_fix(findings, finding, "git policy grant");
}

/* Nobody gains by a record that means nothing: a policy that only evaluates does not take it either. */
static void refuse_name(const struct rule_case *c, const char *problem, struct findings *findings)
{
	struct finding *finding = case_add(c, findings, "not the name of a record: %s", problem);

	finding->evaluated = false;
	finding_wanted(findings, finding, "%s", form_of(record_kind_of(c->update->ref)));
	finding_fix(findings, finding, "git policy approve, reject, report and grant write them as they must be");
}

static void refuse_delete(const struct rule_case *c, struct findings *findings)
{
	struct finding *finding = case_add(c, findings, "records are not deleted");

	if (c->record->kind == RECORD_APPROVAL)
		finding_fix(findings, finding, "to take an approval back: git policy reject %s --for %s",
			    oid_abbrev(&c->record->commit).text,
			    quote_word(findings->arena, refname_short(c->record->target)));
	else
		finding_fix(findings, finding, "replace it by another; the server's admin can: git policy prune");
}

static bool judge_value(const struct rule_case *c, struct findings *findings)
{
	struct record_value *value;
	const char *problem;

	if (facts_record(c->facts, c->record, &c->update->new, &value, &problem) != ANSWER_YES)
		return false;
	if (!problem)
		return true;
	struct finding *finding = case_add(c, findings, "not the value of a record: %s", problem);

	finding->evaluated = false;
	finding_wanted(findings, finding, "an annotated tag of %s%s", oid_abbrev(&c->record->commit).text,
		       c->record->kind == RECORD_APPROVAL ? ", or that commit itself" : "");
	fix(c->record, findings, finding);
	return true;
}

static void judge_commit(const struct rule_case *c, struct findings *findings)
{
	struct oid_hex commit = oid_abbrev(&c->record->commit);

	if (facts_stored(c->facts, &c->record->commit)) {
		if (facts_stored_open(c->facts, &c->record->commit))
			finding_open(case_add(c, findings, "only the server knows whether it has %s", commit.text));
		return;
	}
	struct finding *finding = case_add(c, findings, "the server does not have %s yet", commit.text);

	finding_wanted(findings, finding, "a commit that was pushed before");
	finding_fix(findings, finding, "push the branch first, then this");
}

/* Whether a section of the target has the record's key; what the owners of changed paths say is an approval too. */
static bool asked(const struct rule_case *c, struct bytes target, const char *key)
{
	return facts_asked(c->facts, target, key) ||
	       (c->record->kind == RECORD_APPROVAL && facts_asked(c->facts, target, "owners"));
}

/* The deploy of that name, or else the nearest ref that the policy names, of those that ask for such records: a typing
 * error is the usual reason. */
static struct bytes nearest_target(const struct rule_case *c, const char *key, struct arena *arena)
{
	struct bytes deploy = bytes_printf(arena, "refs/deploy/%.*s", BYTES_ARG(refname_short(c->record->target)));

	if (bytes_starts(c->record->target, BYTES("refs/heads/")) && asked(c, deploy, key))
		return refname_short(deploy);
	struct bytes *names = arena_array(arena, c->policy->section_count, sizeof(*names));
	size_t count = 0;

	for (size_t i = 0; i < c->policy->section_count; i++) {
		const struct section *section = c->policy->sections[i];

		if (section->literal && asked(c, section->ref, key))
			names[count++] = refname_short(section->ref);
	}
	return nearest_word(arena, refname_short(c->record->target), names, count);
}

static void judge_target(const struct rule_case *c, struct findings *findings)
{
	const char *key = c->record->kind == RECORD_GRANT ? "grant" : "approvals";

	if (c->record->kind == RECORD_CHECK || asked(c, c->record->target, key))
		return;
	struct bytes near = nearest_target(c, key, findings->arena);
	struct finding *finding =
		case_add(c, findings, "nothing asks for %s of %.*s",
			 c->record->kind == RECORD_GRANT ? "grants" : "approvals", BYTES_ARG(c->record->target));

	finding_wanted(findings, finding, "a ref whose section has `%s`", key);
	if (near.len)
		finding_fix(findings, finding, "did you mean %.*s?", BYTES_ARG(near));
	else
		finding_fix(findings, finding, "git policy explain %s shows what it asks for",
			    quote_word(findings->arena, c->record->target));
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct record record;

	if (record_kind_of(c->update->ref) == RECORD_NONE)
		return true;
	if (!c->record) {
		refuse_name(c, record_parse(findings->arena, c->update->ref, &record), findings);
		return true;
	}
	if (c->update->kind == UPDATE_DELETE) {
		refuse_delete(c, findings);
		return true;
	}
	judge_commit(c, findings);
	judge_target(c, findings);
	return judge_value(c, findings);
}

const struct rule rule_record = {
	.name = "record",
	.help = "Refuses an approval, a check result or a grant that is malformed, of a commit the server does not "
		"have, or "
		"for what does not ask for it; and deleting one.",
	.mend = "Push the branch first, then let git policy approve, report or grant write the record. An approval is "
		"taken back by git policy reject.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_ALWAYS | RULE_FIXED | RULE_ONCE,
	.severity = SEVERITY_ENFORCE,
	.judge = judge,
};
