/* owes: a branch that landed on one trunk lands on the others too, before it goes and before the next of its kind
 * (design 4.7). */
#include "rule.h"

#include "account.h"
#include "arena.h"
#include "keychecks.h"
#include "pattern.h"

/* A branch of the section, and what of it has landed on a trunk. */
struct debtor {
	struct arena *arena;
	struct bytes ref;
	struct oid tip;
	int64_t created;   /* by the account; INT64_MIN: before the account began */
	struct oid before; /* what the trunk was then; zero: not known, or there was none */
	struct oids heads; /* landed on the trunk since then */
};

/* Branches of the section other than the one that is created. */
struct siblings {
	const struct rule_case *c;
	struct arena *arena;
	struct debtor *items;
	size_t count;
	size_t room;
};

static struct bytes branch_name(struct bytes ref)
{
	return bytes_from(ref, BYTES("refs/heads/").len);
}

static bool find_creation(void *context, const struct account_line *line)
{
	struct debtor *debtor = context;

	if (oid_is_zero(&line->old))
		debtor->created = line->time;
	return !oid_is_zero(&line->old);
}

static bool find_landings(void *context, const struct account_line *line)
{
	struct debtor *debtor = context;

	if (line->time < debtor->created)
		return false;
	debtor->before = line->old;
	for (size_t i = 0; i < line->landing_count; i++)
		for (size_t k = 0; k < line->landings[i].source_count; k++)
			if (bytes_equal(line->landings[i].sources[k], debtor->ref))
				oids_add(debtor->arena, &debtor->heads, &line->landings[i].head);
	return true;
}

/* Whether the trunk has the tip, and not because the branch began there. */
static enum answer tip_landed(const struct rule_case *c, const struct debtor *debtor, struct bytes trunk)
{
	enum answer answer = facts_landed(c->facts, trunk, &debtor->tip);

	if (answer != ANSWER_YES || oid_is_zero(&debtor->before))
		return answer;
	switch (facts_descends(c->facts, &debtor->before, &debtor->tip)) {
	case ANSWER_YES:
		return ANSWER_NO;
	case ANSWER_NO:
		return ANSWER_YES;
	case ANSWER_UNKNOWN:
		break;
	}
	return ANSWER_UNKNOWN;
}

/* What of the branch has landed on `trunk`: NO for nothing. */
static enum answer find_heads(const struct rule_case *c, struct debtor *debtor, struct bytes trunk)
{
	enum answer answer;

	debtor->created = INT64_MIN;
	debtor->before = (struct oid){{0}};
	debtor->heads.count = 0;
	if (facts_account(c->facts, debtor->ref, find_creation, debtor) == ANSWER_UNKNOWN)
		return ANSWER_UNKNOWN;
	if (debtor->created != INT64_MIN && facts_ref(c->facts, trunk, &debtor->before) == ANSWER_UNKNOWN)
		return ANSWER_UNKNOWN;
	if (facts_account(c->facts, trunk, find_landings, debtor) == ANSWER_UNKNOWN)
		return ANSWER_UNKNOWN;
	answer = tip_landed(c, debtor, trunk);
	if (answer == ANSWER_YES)
		oids_add(debtor->arena, &debtor->heads, &debtor->tip);
	if (answer == ANSWER_NO && debtor->heads.count)
		answer = ANSWER_YES;
	return answer;
}

/* Whether all that landed has landed on the branch it is owed to. */
static enum answer paid(const struct rule_case *c, const struct debtor *debtor, struct bytes owed)
{
	struct bytes ref = bytes_printf(debtor->arena, "refs/heads/%.*s", BYTES_ARG(owed));
	enum answer answer = ANSWER_YES;

	for (size_t i = 0; answer == ANSWER_YES && i < debtor->heads.count; i++)
		answer = facts_landed(c->facts, ref, &debtor->heads.ids[i]);
	return answer;
}

static void tell(const struct rule_case *c, struct bytes branch, struct bytes trunk, struct bytes owed,
		 struct findings *findings)
{
	struct finding *finding = case_add(c, findings, "%.*s has landed on %.*s and not on %.*s", BYTES_ARG(branch),
					   BYTES_ARG(trunk), BYTES_ARG(owed));

	finding_wanted(findings, finding, "%.*s on %.*s first", BYTES_ARG(branch), BYTES_ARG(owed));
	finding_fix(findings, finding, "git policy land %.*s --into %.*s", BYTES_ARG(branch), BYTES_ARG(owed));
}

static bool is_owed(const struct setting *setting, struct bytes name)
{
	for (size_t i = 0; i < setting->word_count; i++)
		if (bytes_equal(setting->words[i], name))
			return true;
	return false;
}

/* What the branch owes after landing on one trunk; `told` has the debts known already. */
static bool judge_trunk(const struct rule_case *c, struct debtor *debtor, struct bytes trunk, bool *told,
			struct findings *findings)
{
	enum answer answer = find_heads(c, debtor, trunk);

	for (size_t i = 0; answer == ANSWER_YES && i < c->setting->word_count; i++) {
		struct bytes owed = c->setting->words[i];

		if (told[i] || bytes_equal(branch_name(debtor->ref), owed))
			continue;
		switch (paid(c, debtor, owed)) {
		case ANSWER_UNKNOWN:
			return false;
		case ANSWER_NO:
			tell(c, branch_name(debtor->ref), branch_name(trunk), owed, findings);
			told[i] = true;
			break;
		case ANSWER_YES:
			break;
		}
	}
	return answer != ANSWER_UNKNOWN;
}

static bool judge_debtor(const struct rule_case *c, struct debtor *debtor, struct findings *findings)
{
	bool *told = arena_array(findings->arena, c->setting->word_count, sizeof(*told)), sure = true;

	for (size_t i = 0; i < c->policy->section_count; i++) {
		const struct section *trunk = c->policy->sections[i];

		if (trunk->kind == SECTION_BRANCH && trunk->literal && !bytes_equal(trunk->ref, debtor->ref) &&
		    !is_owed(c->setting, branch_name(trunk->ref)))
			sure &= judge_trunk(c, debtor, trunk->ref, told, findings);
	}
	return sure;
}

static bool collect(void *context, struct bytes ref, const struct oid *id)
{
	struct siblings *siblings = context;

	if (bytes_equal(ref, siblings->c->update->ref) ||
	    section_find(siblings->c->policy, ref) != siblings->c->section)
		return true;
	siblings->items = arena_grow(siblings->arena, siblings->items, &siblings->room, siblings->count + 1,
				     sizeof(*siblings->items));
	siblings->items[siblings->count++] =
		(struct debtor){.arena = siblings->arena, .ref = bytes_copy(siblings->arena, ref), .tip = *id};
	return true;
}

/* The folder that all branches of the section are in. */
static struct bytes folder(const struct section *section, struct arena *arena)
{
	struct bytes prefix = pattern_prefix(section->pattern);

	while (prefix.len && prefix.data[prefix.len - 1] != '/')
		prefix.len--;
	return bytes_printf(arena, "refs/heads/%.*s", BYTES_ARG(prefix));
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct siblings siblings = {.c = c, .arena = findings->arena};
	bool sure = true;

	if (c->update->kind == UPDATE_DELETE && !oid_is_zero(&c->update->old)) {
		struct debtor debtor = {.arena = findings->arena, .ref = c->update->ref, .tip = c->update->old};

		return judge_debtor(c, &debtor, findings);
	}
	if (c->update->kind != UPDATE_CREATE)
		return true;
	if (facts_refs_below(c->facts, folder(c->section, findings->arena), collect, &siblings) != ANSWER_YES)
		return false;
	for (size_t i = 0; i < siblings.count; i++)
		sure &= judge_debtor(c, &siblings.items[i], findings);
	return sure;
}

static const struct key keys[] = {
	{
		.name = "owes",
		.sections = SECTION_BRANCH,
		.kind = KEY_LIST,
		.form = "branches",
		.check = check_branches,
		.help = "Branches that get what has landed on any other trunk: until then it is not deleted, and no "
			"further branch of this section is created.",
	},
};

const struct rule rule_owes = {
	.name = "owes",
	.help = "Refuses to forget that what was released has to come back.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_FLOW,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
