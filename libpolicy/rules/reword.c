/* reword: what findings about a message have in common: the place in it, and how to change it. */
#include "reword.h"

#include "utf8.h"

bool reword_is_tip(const struct rule_case *c)
{
	return c->update && oid_equal(&c->update->new, &c->commit->id);
}

struct bytes reword_base(const struct rule_case *c, struct arena *arena)
{
	if (!c->commit->parent_count)
		return BYTES("--root");
	return bytes_printf(arena, "%s^", oid_abbrev(&c->commit->id).text);
}

void reword_again(const struct rule_case *c, struct findings *findings, struct finding *finding, const char *option)
{
	finding_fix(findings, finding,
		    "with the options you gave (--amend, -a): git commit %s%s-e -F \"$(git rev-parse --git-path "
		    "COMMIT_EDITMSG)\"",
		    option, c->commit->verbose ? "-v " : "");
}

void reword_at(const struct rule_case *c, struct findings *findings, struct finding *finding, unsigned line,
	       unsigned column, struct bytes source)
{
	finding_at(finding, line, column, source);
	if (oid_is_zero(&c->commit->id))
		reword_again(c, findings, finding, "");
	else if (reword_is_tip(c))
		finding_fix(findings, finding, "git commit --amend");
	else
		finding_fix(findings, finding, "git rebase -i %.*s, and mark %s \"reword\"",
			    BYTES_ARG(reword_base(c, findings->arena)), oid_abbrev(&c->commit->id).text);
}

void reword_subject(const struct rule_case *c, struct findings *findings, struct finding *finding, size_t offset)
{
	const struct message *message = c->message;
	size_t column = message->subject_column + utf8_length(bytes_first(message->subject, offset));

	reword_at(c, findings, finding, 1, (unsigned)column, message->header);
}

void reword_footer(const struct rule_case *c, struct findings *findings, struct finding *finding,
		   const struct footer *footer)
{
	struct bytes text = c->message->text, line;
	struct bytes rest = bytes_from(text, (size_t)(footer->token.data - text.data));

	message_line(&rest, &line);
	struct bytes before = bytes_first(line, (size_t)(footer->value.data - line.data));

	reword_at(c, findings, finding, footer->line, (unsigned)utf8_length(before) + 1, line);
}

struct finding *reword_undecided(const struct rule_case *c, struct findings *findings)
{
	struct finding *finding = case_add(c, findings, "comparing this with the policy's expression takes too long");

	finding->severity = SEVERITY_UNDECIDED;
	return finding;
}
