/* remake: what findings about content have in common: which line of the policy asks, and how to make the commit again.
 */
#include "remake.h"

#include "reword.h"
#include "tree.h"

void remake_fix(const struct rule_case *c, struct findings *findings, struct finding *finding, const char *act, ...)
{
	va_list arguments;

	va_start(arguments, act);
	struct bytes text = bytes_vprintf(findings->arena, act, arguments);

	va_end(arguments);
	if (c->whole)
		finding_fix(findings, finding, "%.*s, commit, and deploy that", BYTES_ARG(text));
	else if (reword_is_tip(c))
		finding_fix(findings, finding, "%.*s && git commit --amend", BYTES_ARG(text));
	else
		finding_fix(findings, finding,
			    "git rebase -i %.*s, mark %s \"edit\", then: %.*s && git commit --amend && "
			    "git rebase --continue",
			    BYTES_ARG(reword_base(c, findings->arena)), oid_abbrev(&c->commit->id).text,
			    BYTES_ARG(text));
}

bool remake_is_file(const struct added *added)
{
	return (added->mode & TREE_KIND) == TREE_FILE;
}

struct bytes remake_name(struct bytes path)
{
	for (size_t end = path.len; end-- > 0;)
		if (path.data[end] == '/')
			return bytes_from(path, end + 1);
	return path;
}
