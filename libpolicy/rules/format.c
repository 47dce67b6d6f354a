/* format: a message follows the grammar of Conventional Commits 1.0.0. */
#include <stdint.h>
#include <string.h>

#include "fold.h"
#include "reword.h"
#include "rule.h"
#include "utf8.h"

enum { CONVENTIONAL, FREE };

/* What each item of the specification that a message can break asks for. */
static const char *const wanted[17] = {
	[1] = "type: description, or type(scope): description",
	[4] = "type(scope): description",
	[5] = "one space after the colon, then the description",
	[6] = "an empty line after the header",
	[8] = "an empty line before the footers",
	[12] = "BREAKING CHANGE: description",
	[13] = "type!: description, or type(scope)!: description",
	[15] = "BREAKING CHANGE: description",
};

static void tell(const struct rule_case *c, struct findings *findings, const struct message_problem *problem)
{
	struct finding *finding;

	if (problem->item)
		finding = case_add(c, findings, "%s (Conventional Commits, item %u)", problem->text, problem->item);
	else
		finding = case_add(c, findings, "%s", problem->text);
	if (problem->warning && finding->severity > SEVERITY_WARN)
		finding->severity = SEVERITY_WARN;
	if (problem->line == 1 && bytes_starts(c->message->header, BYTES("Revert \"")))
		finding_wanted(findings, finding,
			       "%s; its tree is not the exact inverse of a commit it names (\"This reverts commit "
			       "<id>\"), so it is judged like any other",
			       wanted[problem->item] ? wanted[problem->item] : wanted[1]);
	else if (wanted[problem->item])
		finding_wanted(findings, finding, "%s", wanted[problem->item]);
	reword_at(c, findings, finding, problem->line, problem->column, problem->source);
}

static bool is_utf8(struct bytes encoding)
{
	return !encoding.len || bytes_equal_fold(encoding, BYTES("utf-8")) || bytes_equal_fold(encoding, BYTES("utf8"));
}

/* Length of the ASCII at the start, to within a word: most messages are nothing else. */
static size_t ascii_length(struct bytes b)
{
	uint64_t word;
	size_t at = 0;

	for (; b.len - at >= sizeof(word); at += sizeof(word)) {
		memcpy(&word, b.data + at, sizeof(word));
		if (word & 0x8080808080808080u)
			break;
	}
	return at;
}

static void check_encoding(const struct rule_case *c, struct findings *findings)
{
	struct bytes text = c->message->text, line = {0}, rest = text;
	size_t ascii = ascii_length(text);
	size_t invalid = ascii + utf8_invalid(bytes_from(text, ascii)), start = 0;
	unsigned number = 0;

	if (invalid == text.len)
		return;
	while (text.len - rest.len <= invalid) {
		start = text.len - rest.len;
		message_line(&rest, &line);
		number++;
	}
	struct finding *finding =
		case_add(c, findings, "the message is not valid UTF-8, and the commit names no other encoding");

	finding_wanted(findings, finding, "UTF-8, or git config i18n.commitEncoding set to what it is");
	reword_at(c, findings, finding, number, (unsigned)utf8_length(bytes_first(line, invalid - start)) + 1, line);
}

/* "fixup! " and the like, which git rebase --autosquash is to dissolve: where the rule fixup speaks, it alone does. */
static bool is_spared(const struct rule_case *c)
{
	struct bytes header = c->message->header;

	if (!bytes_starts(header, BYTES("fixup! ")) && !bytes_starts(header, BYTES("squash! ")) &&
	    !bytes_starts(header, BYTES("amend! ")))
		return false;
	const struct setting *fixup = case_setting(c, "fixup");
	const struct setting *severity = map_get(c->policy->severities, BYTES("fixup"));

	if (!fixup)
		return false;
	return bytes_equal(bytes_of(fixup->key->words[fixup->number]), BYTES("allow")) || !severity ||
	       severity->number != SEVERITY_OFF;
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	if (c->setting->number == FREE || is_spared(c))
		return true;
	/* It will have a header of its own no more: that this one breaks the grammar would mislead. */
	if (fold_is_asked(c->message->header)) {
		fold_refuse(c, findings);
		return true;
	}
	for (size_t i = 0; i < c->message->problem_count; i++)
		tell(c, findings, &c->message->problems[i]);
	if (is_utf8(c->commit->encoding))
		check_encoding(c, findings);
	return true;
}

static const char *const words[] = {[CONVENTIONAL] = "conventional", [FREE] = "free", NULL};

static const struct key keys[] = {
	{
		.name = "format",
		.sections = SECTION_COMMIT,
		.kind = KEY_WORD,
		.words = words,
		.help = "conventional: the grammar of Conventional Commits 1.0.0, in UTF-8 unless the commit names its "
			"encoding; free: any.",
		.example = "conventional",
	},
};

const struct rule rule_format = {
	.name = "format",
	.help = "Refuses a message that does not follow Conventional Commits 1.0.0, naming the item of the "
		"specification.",
	.mend = "Write \"type(scope): what it does\", for example \"fix(login): close the form\": git commit --amend, "
		"or for older commits git rebase -i and reword.",
	.scope = SCOPE_COMMIT,
	.flags = RULE_MESSAGE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
