/* subject-deny: a subject holds none of the words that say nothing. */
#include "reword.h"

static bool in_word(struct bytes b, size_t at)
{
	char c = at < b.len ? b.data[at] : ' ';

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c & '\x80';
}

static char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether `word` stands at `at`, compared without case, and not as part of a longer word. */
static bool has_word(struct bytes subject, size_t at, struct bytes word)
{
	bool starts = !at || !in_word(subject, at - 1) || !in_word(word, 0);
	bool ends = !in_word(subject, at + word.len) || !in_word(word, word.len - 1);

	return starts && ends && bytes_equal_fold(bytes_first(bytes_from(subject, at), word.len), word);
}

/* Offset of the first place where `word` stands; subject.len when there is none. */
static size_t find_word(struct bytes subject, struct bytes word)
{
	char first = fold(word.data[0]);

	for (size_t at = 0; at + word.len <= subject.len; at++)
		if (fold(subject.data[at]) == first && has_word(subject, at, word))
			return at;
	return subject.len;
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct bytes subject = c->message->subject;

	for (size_t i = 0; i < c->setting->word_count; i++) {
		size_t at = find_word(subject, c->setting->words[i]);

		if (at == subject.len)
			continue;
		struct finding *finding =
			case_add(c, findings, "the subject says \"%.*s\"", BYTES_ARG(c->setting->words[i]));

		finding_wanted(findings, finding, "what the commit does, in other words");
		reword_subject(c, findings, finding, at);
	}
	return true;
}

static const struct key keys[] = {
	{
		.name = "subject-deny",
		.sections = SECTION_COMMIT,
		.kind = KEY_LIST,
		.help = "Words a subject may not hold, compared as whole words and without case.",
		.example = "stuff misc things",
	},
};

const struct rule rule_subject_deny = {
	.name = "subject-deny",
	.help = "Refuses a message whose subject holds a word that says nothing.",
	.mend = "Say what the commit does in words of its own: git commit --amend, or for older commits git rebase -i "
		"and reword.",
	.scope = SCOPE_COMMIT,
	.flags = RULE_MESSAGE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
