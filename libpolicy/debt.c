/* debt: puts together what the trunks have of a branch, by ancestry and by the account. */
#include "debt.h"

#include "account.h"
#include "arena.h"
#include "pattern.h"

#define HEADS BYTES("refs/heads/")

/* A branch of the section, and what of it has landed on a trunk. */
struct debtor {
	struct debts *debts;
	const struct setting *owes;
	struct bytes ref;
	struct oid tip;
	int64_t created;   /* by the account; INT64_MIN: before the account began */
	struct oid before; /* what the trunk was then; zero: not known, or there was none */
	struct oids heads; /* landed on the trunk since then */
};

static struct bytes ref_of(const struct debts *debts, struct bytes name)
{
	return bytes_printf(debts->arena, "refs/heads/%.*s", BYTES_ARG(name));
}

/* Whether that branch is known to owe that one already. */
static bool is_known(const struct debts *debts, struct bytes branch, struct bytes owed)
{
	for (size_t i = 0; i < debts->count; i++)
		if (bytes_equal(debts->list[i].branch, branch) && bytes_equal(debts->list[i].owed, owed))
			return true;
	return false;
}

static void debts_add(struct debts *debts, const struct debt *debt)
{
	debts->list = arena_grow(debts->arena, debts->list, &debts->room, debts->count + 1, sizeof(*debts->list));
	debts->list[debts->count++] = *debt;
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
				oids_add(debtor->debts->arena, &debtor->heads, &line->landings[i].head);
	return true;
}

/* Whether the trunk has the tip, and not because the branch began there. */
static enum answer tip_landed(const struct debtor *debtor, struct bytes trunk)
{
	struct facts *facts = debtor->debts->facts;
	enum answer answer = facts_landed(facts, trunk, &debtor->tip);

	if (answer != ANSWER_YES || oid_is_zero(&debtor->before))
		return answer;
	switch (facts_descends(facts, &debtor->before, &debtor->tip)) {
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
static enum answer find_heads(struct debtor *debtor, struct bytes trunk)
{
	struct facts *facts = debtor->debts->facts;
	enum answer answer;

	debtor->created = INT64_MIN;
	debtor->before = (struct oid){{0}};
	debtor->heads.count = 0;
	if (facts_account(facts, debtor->ref, find_creation, debtor) == ANSWER_UNKNOWN)
		return ANSWER_UNKNOWN;
	if (debtor->created != INT64_MIN && facts_ref(facts, trunk, &debtor->before) == ANSWER_UNKNOWN)
		return ANSWER_UNKNOWN;
	if (facts_account(facts, trunk, find_landings, debtor) == ANSWER_UNKNOWN)
		return ANSWER_UNKNOWN;
	answer = tip_landed(debtor, trunk);
	if (answer == ANSWER_YES)
		oids_add(debtor->debts->arena, &debtor->heads, &debtor->tip);
	if (answer == ANSWER_NO && debtor->heads.count)
		answer = ANSWER_YES;
	return answer;
}

/* Whether all that landed has landed on `owed`; else, in *ret_head, what has not. */
static enum answer paid(const struct debtor *debtor, struct bytes owed, struct oid *ret_head)
{
	enum answer answer = ANSWER_YES;

	for (size_t i = 0; answer == ANSWER_YES && i < debtor->heads.count; i++) {
		*ret_head = debtor->heads.ids[i];
		answer = facts_landed(debtor->debts->facts, owed, ret_head);
	}
	return answer;
}

/* What the branch owes after landing on one trunk. */
static bool add_trunk(struct debtor *debtor, struct bytes trunk)
{
	struct debts *debts = debtor->debts;
	enum answer answer = find_heads(debtor, trunk);

	for (size_t i = 0; answer == ANSWER_YES && i < debtor->owes->word_count; i++) {
		struct debt debt = {
			.branch = debtor->ref,
			.trunk = trunk,
			.owed = ref_of(debts, debtor->owes->words[i]),
		};

		if (is_known(debts, debt.branch, debt.owed) || bytes_equal(debt.branch, debt.owed))
			continue;
		enum answer is_paid = paid(debtor, debt.owed, &debt.head);

		if (is_paid == ANSWER_UNKNOWN)
			return false;
		if (is_paid == ANSWER_NO)
			debts_add(debts, &debt);
	}
	return answer != ANSWER_UNKNOWN;
}

static bool is_owed(const struct setting *owes, struct bytes ref)
{
	for (size_t i = 0; i < owes->word_count; i++)
		if (bytes_equal(owes->words[i], bytes_from(ref, HEADS.len)))
			return true;
	return false;
}

/* Whether it is a trunk, and none of those that something is owed to. */
static bool is_source(const struct section *section, const struct setting *owes)
{
	return section->kind == SECTION_BRANCH && section->literal && !is_owed(owes, section->ref);
}

bool debts_concern(const struct policy *policy, struct bytes ref)
{
	return policy->owed && bytes_starts(ref, HEADS) &&
	       (map_get(policy->literals, ref) || map_get(policy->owed, bytes_from(ref, HEADS.len)));
}

bool debts_of_branch(struct debts *debts, const struct setting *owes, struct bytes ref, const struct oid *tip)
{
	struct debtor debtor = {.debts = debts, .owes = owes, .ref = ref, .tip = *tip};
	bool sure = true;

	for (size_t i = 0; i < debts->policy->section_count; i++) {
		const struct section *trunk = debts->policy->sections[i];

		if (is_source(trunk, owes) && !bytes_equal(trunk->ref, ref))
			sure &= add_trunk(&debtor, trunk->ref);
	}
	return sure;
}

/* The branches of a section. */
struct branches {
	const struct debts *debts;
	const struct section *section;
	struct bytes except;
	struct bytes *refs;
	size_t ref_room;
	struct oids tips;
};

static bool collect(void *context, struct bytes ref, const struct oid *id)
{
	struct branches *branches = context;
	struct arena *arena = branches->debts->arena;

	if (bytes_equal(ref, branches->except) || section_find(branches->debts->policy, ref) != branches->section)
		return true;
	branches->refs = arena_grow(arena, branches->refs, &branches->ref_room, branches->tips.count + 1,
				    sizeof(*branches->refs));
	branches->refs[branches->tips.count] = bytes_copy(arena, ref);
	oids_add(arena, &branches->tips, id);
	return true;
}

bool debts_of_section(struct debts *debts, const struct section *section, struct bytes except)
{
	struct bytes folder = ref_of(debts, pattern_folder(section->pattern));
	struct branches branches = {.debts = debts, .section = section, .except = except};
	bool sure = true;

	if (facts_refs_below(debts->facts, folder, collect, &branches) != ANSWER_YES)
		return false;
	for (size_t i = 0; i < branches.tips.count; i++)
		sure &= debts_of_branch(debts, section_setting(section, "owes"), branches.refs[i],
					&branches.tips.ids[i]);
	return sure;
}

/* What branches of a section have ever landed on one trunk. */
struct relics {
	const struct section *section;
	struct bytes trunk;
	struct debts found;
	bool sure;
};

static void add_relic(struct relics *relics, struct bytes source, const struct oid *head)
{
	struct debts *found = &relics->found;
	struct debt debt = {.branch = bytes_copy(found->arena, source), .trunk = relics->trunk, .head = *head};
	struct oid unused;

	if (section_find(found->policy, source) != relics->section)
		return;
	enum answer answer = facts_ref(found->facts, source, &unused);

	relics->sure &= answer != ANSWER_UNKNOWN;
	debt.gone = answer == ANSWER_NO;
	debts_add(found, &debt);
}

static bool collect_relics(void *context, const struct account_line *line)
{
	for (size_t i = 0; i < line->landing_count; i++)
		for (size_t k = 0; k < line->landings[i].source_count; k++)
			add_relic(context, line->landings[i].sources[k], &line->landings[i].head);
	return true;
}

/* What of the relics is owed to `owed`. */
static bool add_relics(struct debts *debts, const struct relics *relics, struct bytes owed)
{
	bool sure = true;

	for (size_t i = 0; i < relics->found.count; i++) {
		struct debt debt = relics->found.list[i];

		debt.owed = owed;
		if (is_known(debts, debt.branch, owed))
			continue;
		enum answer answer = facts_landed(debts->facts, owed, &debt.head);

		sure &= answer != ANSWER_UNKNOWN;
		if (answer == ANSWER_NO)
			debts_add(debts, &debt);
	}
	return sure;
}

bool debts_of_account(struct debts *debts, const struct section *section)
{
	const struct setting *owes = section_setting(section, "owes");
	bool sure = true;

	for (size_t i = 0; i < debts->policy->section_count; i++) {
		const struct section *trunk = debts->policy->sections[i];
		struct relics relics = {
			.section = section,
			.trunk = trunk->ref,
			.found = {.arena = debts->arena, .facts = debts->facts, .policy = debts->policy},
			.sure = true,
		};

		if (!is_source(trunk, owes))
			continue;
		if (facts_account(debts->facts, trunk->ref, collect_relics, &relics) == ANSWER_UNKNOWN)
			return false;
		for (size_t k = 0; k < owes->word_count; k++)
			sure &= add_relics(debts, &relics, ref_of(debts, owes->words[k]));
		sure &= relics.sure;
	}
	return sure;
}
