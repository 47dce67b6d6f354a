/* fixup: work in progress, and commits meant to be folded into others, stay at home. */
#include "pattern.h"
#include "reword.h"

enum { DENY, ALLOW };

static bool is_squash(struct bytes header)
{
	return bytes_starts(header, BYTES("fixup!")) || bytes_starts(header, BYTES("squash!")) ||
	       bytes_starts(header, BYTES("amend!"));
}

/* Whether the text begins with `word`, followed by a colon or its end, or else by a blank if those are enough. */
static bool opens_with(struct bytes text, struct bytes word, bool blank)
{
	struct bytes rest = bytes_from(text, word.len);

	if (!bytes_equal_fold(bytes_first(text, word.len), word))
		return false;
	return !rest.len || rest.data[0] == ':' || (blank && (rest.data[0] == ' ' || rest.data[0] == '\t'));
}

/* "draft the notes" is an honest subject; "wip" never is. */
static bool is_unfinished(struct bytes text)
{
	return opens_with(text, BYTES("wip"), true) || opens_with(text, BYTES("[wip]"), true) ||
	       opens_with(text, BYTES("draft"), false) || opens_with(text, BYTES("[draft]"), true);
}

/* The branch the pushed one leads back to, as far as the policy tells; empty: to none. */
static struct bytes trunk_of(const struct rule_case *c)
{
	const struct setting *from = section_setting(c->section, "create-from");

	if (from)
		return from->words[0];
	if (c->section && c->section->kind == SECTION_BRANCH && c->section->literal)
		return c->update->kind == UPDATE_CREATE ? (struct bytes){0} : c->update->name;
	for (size_t i = 0; i < c->policy->section_count; i++) {
		const struct section *section = c->policy->sections[i];

		if (section->kind == SECTION_BRANCH && section->literal)
			return pattern_text(section->pattern);
	}
	return (struct bytes){0};
}

/* What it is to be folded into is no older than where the branch left its trunk. */
static void fold(const struct rule_case *c, struct findings *findings, struct finding *finding)
{
	if (oid_is_zero(&c->commit->id) || !c->update)
		return;
	struct bytes trunk = trunk_of(c);

	if (trunk.len)
		finding_fix(findings, finding, "git fetch && git rebase -i --autosquash --keep-base origin/%.*s",
			    BYTES_ARG(trunk));
	else
		finding_fix(findings, finding, "git rebase -i --autosquash --root");
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct bytes header = c->message->header, subject = c->message->subject;
	struct finding *finding;

	if (c->setting->number == ALLOW)
		return true;
	if (is_squash(header)) {
		finding = case_add(c, findings, "this commit is to be folded into another one");
		reword_at(c, findings, finding, 1, 1, header);
		fold(c, findings, finding);
	} else if (is_unfinished(header) || is_unfinished(subject)) {
		finding = case_add(c, findings, "this commit says it is work in progress");
		if (is_unfinished(header))
			reword_at(c, findings, finding, 1, 1, header);
		else
			reword_subject(c, findings, finding, 0);
	}
	return true;
}

static const char *const words[] = {[DENY] = "deny", [ALLOW] = "allow", NULL};

static const struct key keys[] = {
	{
		.name = "fixup",
		.sections = SECTION_COMMIT,
		.kind = KEY_WORD,
		.words = words,
		.help = "deny: no fixup!, squash!, amend!, wip or draft; allow: any; format spares git's own three "
			"either way.",
		.example = "deny",
	},
};

const struct rule rule_fixup = {
	.name = "fixup",
	.help = "Refuses commits meant to be folded into others, and work in progress.",
	.mend = "git rebase -i --autosquash <before them> folds such commits into those they belong to.",
	.scope = SCOPE_COMMIT,
	.flags = RULE_MESSAGE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
