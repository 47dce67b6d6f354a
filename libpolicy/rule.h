/* rule: what a rule is and the values it sees; the only header a rule includes. */
#ifndef POLICY_RULE_H
#define POLICY_RULE_H

#include "facts.h"
#include "findings.h"
#include "message.h"
#include "model.h"
#include "object.h"
#include "people.h"
#include "push.h"
#include "regex.h"

/**
 * What a rule is asked about: each ref update; each step that lands on a branch, or the head that a deploy asks for;
 * each introduced commit; what each introduced commit adds, or the whole of what is deployed.
 */
enum rule_scope {
	SCOPE_UPDATE,
	SCOPE_LANDING,
	SCOPE_COMMIT,
	SCOPE_CONTENT,
};

enum rule_flag {
	RULE_ALWAYS = 1 << 0,  /**< judged though no key switches it on */
	RULE_FIXED = 1 << 1,   /**< its severity is no policy's to lower */
	RULE_ONCE = 1 << 2,    /**< about the push itself: says the same under every policy, so it is asked once */
	RULE_MESSAGE = 1 << 3, /**< about the form of a message: follows `commits`, spares merges and proved reverts */
	RULE_FLOW = 1 << 4,    /**< about how a branch moves: a grant for exactly that move lets it pass (design 4.9) */
	RULE_BARS = 1 << 5,    /**< nothing more is asked about a step that it refuses */
	RULE_HIDES = 1 << 6,   /**< where it is asked, secrets are taken out of what all others show */
};

/** Everything one judgement may look at. */
struct rule_case {
	const struct rule *rule;
	enum severity severity;	       /**< what its findings weigh */
	const struct setting *setting; /**< of the rule's first key; NULL when unset (RULE_ALWAYS only) */
	const struct policy *policy;
	const struct section *section; /**< the one governing the ref; NULL: none does */
	const struct update *update;   /**< NULL when a message is judged outside a push */
	const struct push *push;       /**< SCOPE_UPDATE: all of what it comes with; NULL outside a push */
	const struct landing *landing; /**< SCOPE_LANDING only */
	const struct record *record;   /**< what the ref names, when it is a record's; else NULL */
	const struct commit *commit;   /**< SCOPE_COMMIT; SCOPE_CONTENT, unless it is about a tag's own text */
	const struct message *message; /**< SCOPE_COMMIT only */
	const struct added *added;     /**< SCOPE_CONTENT: what the commit adds */
	size_t added_count;
	struct bytes text; /**< SCOPE_CONTENT: the message of the commit or of the tag */
	bool whole;	   /**< SCOPE_CONTENT: `added` is all that is in the commit's tree, whoever added it */
	struct facts *facts;
};

/**
 * One check, named like its policy key. `keys[0].name` is the rule's name unless it is RULE_ALWAYS without keys, or
 * SCOPE_CONTENT: then a word of that name in the section's `content` switches it on, and its keys stand in [content].
 * `judge` adds findings by case_add() and returns true; false says that it could not tell, with the reason in
 * facts_reason(), and the engine makes that an undecided finding.
 */
struct rule {
	const char *name;
	const char *help; /**< one sentence: what it refuses */
	const char *mend; /**< a sentence or two: what to do when it refuses a push */
	enum rule_scope scope;
	unsigned flags;
	enum severity severity;
	const struct key *keys;
	size_t key_count;
	bool (*judge)(const struct rule_case *c, struct findings *findings);
};

/** The table: every rule, in the order findings are reported. */
extern const struct rule *const rules[];
extern const size_t rule_count;

/** The value of one of the policy's keys that bears on this case: from the section, or from [commit] for a commit, from
 * [content] for what it adds. NULL: unset. */
const struct setting *case_setting(const struct rule_case *c, const char *key);
/** Adds a finding about this case: rule, severity, ref, commit and policy line are filled in. */
struct finding *case_add(const struct rule_case *c, struct findings *findings, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
