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
	const struct record **records;	 /**< what each update's ref names; NULL: no record, or a malformed name */
	enum severity *severities;	 /**< of each rule */
	const struct setting **settings; /**< of each commit rule, from [commit] */
	struct arena *scratch;		 /**< emptied after every commit */
};

/** The plan of one layer; `push` may be NULL where a message is judged. Everything is borrowed. */
struct plan plan_make(const struct policy *policy, const struct push *push, struct facts *facts,
		      struct findings *findings);
/** Asks the rule of the case; not being able to tell becomes a finding of its own. */
void plan_ask(const struct rule_case *c, struct findings *findings);
void plan_undecided(const struct rule_case *c, struct findings *findings);
/** Judges one parsed commit where commits are taken as seriously as `level`. `update` is NULL outside a push. */
void plan_commit(const struct plan *plan, const struct update *update, const struct section *section,
		 const struct commit *commit, enum commits_level level);
/** Judges every commit that the push introduces, level by level. False when they could not all be told. */
bool plan_commits(const struct plan *plan);

#endif
