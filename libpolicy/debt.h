/* debt: what has landed on one trunk and is owed to others (`owes`, design 4.7). */
#ifndef POLICY_DEBT_H
#define POLICY_DEBT_H

#include "facts.h"

/** A branch that still has to land somewhere; all names are full ones. */
struct debt {
	struct bytes branch;
	struct bytes trunk; /**< it has landed there */
	struct bytes owed;  /**< and not here */
	struct oid head;    /**< what has landed so */
	bool gone;	    /**< the branch itself is no more */
};

/** Debts in the order they were found: {.arena, .facts, .policy} is none. */
struct debts {
	struct arena *arena;
	struct facts *facts;
	const struct policy *policy;
	struct debt *list;
	size_t count;
	size_t room;
};

/**
 * Adds what the branch `ref`, at `tip`, owes by its section's `owes`: each branch it is owed to once. False when not
 * everything could be told; what could be told is there.
 */
bool debts_of_branch(struct debts *debts, const struct setting *owes, struct bytes ref, const struct oid *tip);
/** The same for all branches of a section that has `owes`, `except` (a full name, or empty) aside. */
bool debts_of_section(struct debts *debts, const struct section *section, struct bytes except);
/**
 * The same for all that branches of the section have ever landed, as the accounts of the trunks tell: also for those
 * that are no more, or were created again since.
 */
bool debts_of_account(struct debts *debts, const struct section *section);
/** Whether debts are told by what lands on `ref`: where branches owe at all, that is so of every trunk and of what they
 * owe to. */
bool debts_concern(const struct policy *policy, struct bytes ref);

#endif
