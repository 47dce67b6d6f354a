/* header-max: the first line of a message has so many characters at most. */
#include "reword.h"
#include "utf8.h"

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct bytes header = c->message->header;
	unsigned long max = c->setting->number;
	size_t length;

	if (header.len <= max || (length = utf8_length(header)) <= max)
		return true;
	struct finding *finding = case_add(c, findings, "the header has %zu characters", length);

	finding_wanted(findings, finding, "at most %lu", max);
	reword_at(c, findings, finding, 1, (unsigned)max + 1, header);
	return true;
}

static const struct key keys[] = {
	{
		.name = "header-max",
		.sections = SECTION_COMMIT,
		.kind = KEY_NUMBER,
		.min = 10,
		.max = 10000,
		.help = "The most characters the first line of a message may have.",
		.example = "72",
	},
};

const struct rule rule_header_max = {
	.name = "header-max",
	.help = "Refuses a message whose first line is too long.",
	.mend = "Say it in fewer words, and the rest below an empty line: git commit --amend, or for older commits git "
		"rebase -i and reword.",
	.scope = SCOPE_COMMIT,
	.flags = RULE_MESSAGE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
