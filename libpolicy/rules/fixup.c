/* fixup: work in progress, and commits meant to be folded into others, stay at home. */
#include "fold.h"
#include "reword.h"

enum { DENY, ALLOW };

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

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct bytes header = c->message->header, subject = c->message->subject;
	struct finding *finding;

	if (c->setting->number == ALLOW)
		return true;
	if (fold_is_asked(header)) {
		fold_refuse(c, findings);
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
