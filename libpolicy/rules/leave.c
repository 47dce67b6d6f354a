/* leave: how a move gets past a rule about flow. */
#include "leave.h"

#include "quote.h"

void leave_fix(const struct rule_case *c, struct finding *finding, const char *otherwise, struct findings *findings)
{
	const struct setting *grant = case_setting(c, "grant");

	if (!grant)
		finding_fix(findings, finding, "%s", otherwise);
	else
		finding_fix(findings, finding,
			    "%s; or one of %.*s runs: git policy grant %s %s %s --reason '...' --expires 1h", otherwise,
			    BYTES_ARG(grant->clauses[0].text), quote_word(findings->arena, c->update->name),
			    oid_abbrev(&c->update->old).text, oid_abbrev(&c->update->new).text);
}
