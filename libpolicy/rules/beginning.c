/* beginning: where there are trunks the branch starts on one; an empty repository is filled by whom the policy names.
 */
#include "beginning.h"

#include "section.h"

/* One of those whom `bootstrap` lists; NULL: nobody. */
static const struct user *beginner(const struct who *who)
{
	if (who && who->count)
		return who->list[0];
	for (size_t i = 0; who && i < who->group_count; i++)
		if (who->groups[i]->user_count)
			return who->groups[i]->list[0];
	return NULL;
}

static void refuse_empty(const struct rule_case *c, struct findings *findings)
{
	const struct setting *bootstrap = section_setting(c->policy->policy, "bootstrap");
	const struct user *user = beginner(bootstrap ? bootstrap->who : NULL);
	struct finding *finding = case_add(c, findings, "the repository is empty: no trunk is there yet");

	if (user)
		finding_fix(findings, finding, "%.*s, of bootstrap = %.*s, pushes the first branch",
			    BYTES_ARG(user->name), BYTES_ARG(bootstrap->clauses[0].text));
	else
		finding_fix(findings, finding,
			    "the admin writes bootstrap = <who may fill it> below [policy] in %.*s, and one of those "
			    "pushes the first branch",
			    BYTES_ARG(c->policy->file));
}

struct finding *beginning_refuse(const struct rule_case *c, const char *wanted, struct findings *findings)
{
	if (facts_untouched(c->facts) == ANSWER_YES) {
		refuse_empty(c, findings);
		return NULL;
	}
	struct finding *finding = case_add(c, findings, "has no commit in common with any trunk");

	finding_wanted(findings, finding, "%s", wanted);
	return finding;
}
