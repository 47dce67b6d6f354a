/* plan: what is the same for every case of a layer, worked out once; shared by the files of the judge. */
#ifndef POLICY_PLAN_H
#define POLICY_PLAN_H

#include "gather.h"
#include "rule.h"

struct plan {
	const struct policy *policy;
	const struct push *push;
	struct facts *facts;
	struct findings *findings;
	const struct section **sections; /**< of each update; NULL: none governs it */
	const struct section **judging;	 /**< of each: section_judging() */
	const struct record **records;	 /**< what each update's ref names; NULL: no record, or a malformed name */
	enum severity *severities;	 /**< of each rule */
	const struct setting **settings; /**< of each commit rule, from [commit] */
	size_t *commit_rules;		 /**< the places of the rules about commits in the table */
	size_t commit_rule_count;
	struct arena *scratch; /**< emptied after every commit */
};

/** The plan of one layer; `push` may be NULL where a message is judged. Everything is borrowed. */
struct plan plan_make(const struct policy *policy, const struct push *push, struct facts *facts,
		      struct findings *findings);
/** Asks the rule of the case; not being able to tell becomes a finding of its own. */
void plan_ask(const struct rule_case *c, struct findings *findings);
void plan_undecided(const struct rule_case *c, struct findings *findings);
/** What `content` lists in any section of the policy, as demand.content. */
unsigned long plan_listed(const struct policy *policy);
/** The `index`th section of the policy that speaks of refs, or of their defaults; false behind the last. *ret_section
 * may be NULL. */
bool plan_section(const struct policy *policy, size_t index, const struct section **ret_section);
/** Where the policy looks for secrets: takes those of `text`, which the findings are about (it may be empty), and all
 * that they show themselves out of the findings. */
void plan_hide(const struct plan *plan, struct bytes text, struct findings *findings);
/** Puts one parsed commit to the rules about commits, which are taken as seriously as `level`. `update` is NULL outside
 * a push. */
void plan_commit(const struct plan *plan, const struct update *update, const struct section *section,
		 const struct commit *commit, enum commits_level level);
/** Puts what the commit adds to the rules about content that its section lists. False: facts_reason(). */
bool plan_content(const struct plan *plan, const struct update *update, const struct section *section,
		  const struct commit *commit);
/** Puts a text alone to them: the message of a commit that is being made, or with none a tag's. */
void plan_text(const struct plan *plan, const struct update *update, const struct section *section,
	       const struct commit *commit, struct bytes text);
/** Puts to them what update `index` brings beside new commits: the texts of its tags, and for a deploy all that is in
 * the tree. What a record or a deploy says is asked what any section lists. False: facts_reason(). */
bool plan_update_content(const struct plan *plan, size_t index);
/** Judges what the push introduces: every new commit once, and the texts of tags, and what is deployed. False when it
 * could not all be told. */
bool plan_introduced(const struct plan *plan);

#endif
