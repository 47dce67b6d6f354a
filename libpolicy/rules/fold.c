/* fold: commits that git rebase --autosquash is to dissolve, and how to have them dissolved. */
#include "fold.h"

#include "pattern.h"
#include "quote.h"
#include "reword.h"

bool fold_is_asked(struct bytes header)
{
	return bytes_starts(header, BYTES("fixup!")) || bytes_starts(header, BYTES("squash!")) ||
	       bytes_starts(header, BYTES("amend!"));
}

/* The branch that this one leads back to, as far as the policy tells; empty: to none. */
static struct bytes trunk_of(const struct rule_case *c)
{
	const struct setting *from = section_setting(c->section, "create-from");

	if (from)
		return from->words[0];
	if (c->section && c->section->kind == SECTION_BRANCH && c->section->literal)
		return c->update && c->update->kind == UPDATE_CREATE ? (struct bytes){0}
								     : pattern_text(c->section->pattern);
	for (size_t i = 0; i < c->policy->section_count; i++) {
		const struct section *section = c->policy->sections[i];

		if (section->kind == SECTION_BRANCH && section->literal)
			return pattern_text(section->pattern);
	}
	return (struct bytes){0};
}

/* What it is to be folded into is no older than where the branch left its trunk. */
static void fix(const struct rule_case *c, struct findings *findings, struct finding *finding)
{
	bool made = !oid_is_zero(&c->commit->id);
	struct bytes trunk = trunk_of(c);
	const char *base = "--root";

	if (made && !c->update)
		return;
	if (trunk.len)
		base = bytes_printf(findings->arena, "--keep-base origin/%s", quote_word(findings->arena, trunk)).data;
	if (made)
		finding_fix(findings, finding, "%sgit rebase -i --autosquash %s", trunk.len ? "git fetch && " : "",
			    base);
	else
		finding_fix(findings, finding,
			    "git commit --no-verify makes it here; fold it in before pushing: git rebase -i "
			    "--autosquash %s",
			    base);
}

void fold_refuse(const struct rule_case *c, struct findings *findings)
{
	struct finding *finding = case_add(c, findings, "this commit is to be folded into another one");

	reword_at(c, findings, finding, 1, 1, c->message->header);
	fix(c, findings, finding);
}
