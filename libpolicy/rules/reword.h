/* reword: what findings about a message have in common: the place in it, and how to change it. */
#ifndef POLICY_REWORD_H
#define POLICY_REWORD_H

#include "rule.h"

/** Findings a rule adds about one message before it only counts what else there is. */
#define REWORD_MAX 10u

/** Points at a character (from 1) of a line of the message, and says by which command to change it. */
void reword_at(const struct rule_case *c, struct findings *findings, struct finding *finding, unsigned line,
	       unsigned column, struct bytes source);
/** Of a commit not made yet: how to try again with the message that was refused, which git keeps, and `option`
 * ("--signoff "). */
void reword_again(const struct rule_case *c, struct findings *findings, struct finding *finding, const char *option);
/** The same for the `offset`th byte of the subject. */
void reword_subject(const struct rule_case *c, struct findings *findings, struct finding *finding, size_t offset);
/** The same for the value of a footer. */
void reword_footer(const struct rule_case *c, struct findings *findings, struct finding *finding,
		   const struct footer *footer);
/** Whether the commit is what the ref is to name, so that git commit --amend reaches it. */
bool reword_is_tip(const struct rule_case *c);
/** What git rebase takes to begin with the commit: "--root", or "<id>^". */
struct bytes reword_base(const struct rule_case *c, struct arena *arena);
/** A regular expression hit a limit: adds that this could not be decided, for the caller to point at its place. */
struct finding *reword_undecided(const struct rule_case *c, struct findings *findings);

#endif
