/* lint_parts: what the questions of lint share; private to lint*.c. */
#ifndef POLICY_LINT_PARTS_H
#define POLICY_LINT_PARTS_H

#include "lint.h"

struct rule;

/** What is being looked over: one layer, among all that apply. */
struct lint {
	const struct policy *policy;
	const struct layers *layers;
	struct findings *findings;
};

/** Adds a warning about what stands at `origin`; the fix is the caller's to add. */
struct finding *lint_warn(const struct lint *lint, const struct origin *origin, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/** Who may push at all: users nobody can tell apart, no users, empty groups; and whether refs are spoken of. */
void lint_people(const struct lint *lint);
/** A list of users and groups that comes to nobody. */
void lint_who(const struct lint *lint, const struct setting *setting);
/** A clause that asks for more people than it lists. */
void lint_lists(const struct lint *lint, const struct setting *setting);
/** Branches that a rule looks for and no section lets in. */
void lint_branches(const struct lint *lint, const struct setting *setting);
/** The same for what `accept` lists: a pattern may be of branches of several sections. */
void lint_accept(const struct lint *lint, const struct setting *setting);
/** The same for what `soak` and `soak-exempt` name. */
void lint_soak(const struct lint *lint, const struct setting *setting);
/** Stages that a deploy comes after and that are nowhere; rollbacks that have to wait. */
void lint_deploys(const struct lint *lint, const struct section *section);
/** Signatures asked for, and nobody whose signature counts. */
void lint_signed(const struct lint *lint, const struct setting *setting);
/** Files of signers that name nobody, or whose lines ssh-keygen passes over. */
void lint_signers(const struct lint *lint);
/** Whether some section looks for what the rule about content finds. */
bool lint_asks(const struct lint *lint, const struct rule *rule);
/** What [content] sets and nobody looks for, and the reverse. */
void lint_content(const struct lint *lint);
/** Checks that a section asks for and nobody may report. */
void lint_checks(const struct lint *lint, const struct section *section);
/** An audit that goes nowhere; triggers of whose end nothing would tell. */
void lint_audit(const struct lint *lint);
/** A section that waits for grants which nobody may give. */
void lint_grant(const struct lint *lint, const struct section *section);

#endif
