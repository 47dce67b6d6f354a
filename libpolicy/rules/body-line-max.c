/* body-line-max: each line after the header has so many characters at most, but for lines with a URL. */
#include "reword.h"
#include "utf8.h"

static void refuse(const struct rule_case *c, struct findings *findings, unsigned number, struct bytes line,
		   size_t length)
{
	struct finding *finding = case_add(c, findings, "the line has %zu characters", length);

	finding_wanted(findings, finding, "at most %lu, unless it holds a URL", c->setting->number);
	reword_at(c, findings, finding, number, (unsigned)c->setting->number + 1, line);
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct bytes rest = c->message->rest, line;
	size_t length, refused = 0;

	for (unsigned number = 2; message_line(&rest, &line); number++) {
		if (line.len <= c->setting->number || (length = utf8_length(line)) <= c->setting->number ||
		    bytes_contains(line, BYTES("://")))
			continue;
		if (refused++ < REWORD_MAX)
			refuse(c, findings, number, line, length);
	}
	if (refused > REWORD_MAX)
		reword_at(c, findings, case_add(c, findings, "%zu more lines are too long", refused - REWORD_MAX), 0, 0,
			  (struct bytes){0});
	return true;
}

static const struct key keys[] = {
	{
		.name = "body-line-max",
		.sections = SECTION_COMMIT,
		.kind = KEY_NUMBER,
		.min = 10,
		.max = 10000,
		.help = "The most characters a line after the first may have; a line with :// in it may have more.",
		.example = "100",
	},
};

const struct rule rule_body_line_max = {
	.name = "body-line-max",
	.help = "Refuses a message with a line too long to read.",
	.mend = "Break the line: git commit --amend, or for older commits git rebase -i and reword.",
	.scope = SCOPE_COMMIT,
	.flags = RULE_MESSAGE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
