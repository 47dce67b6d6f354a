/* fuzz_policy: any bytes as a policy file; it loads or says why not, and what loads can be asked. */
#include "fuzz.h"

#include "explain.h"
#include "lint.h"
#include "people.h"
#include "policyfile.h"

static bool source_read(const struct policy_source *source, struct arena *arena, struct bytes name,
			struct bytes *ret_content, struct findings *errors)
{
	(void)arena;
	if (!bytes_equal(name, source->file)) {
		findings_add(errors, "policy", SEVERITY_UNDECIDED, "no such file");
		return false;
	}
	*ret_content = *(const struct bytes *)source->context;
	return true;
}

void fuzz_policy(struct arena *arena, struct bytes input)
{
	struct findings errors = {.arena = arena};
	struct policy_source source = {source_read, &input, BYTES("policy.ini")};
	struct policy *policy = policyfile_load(arena, &source, &errors);
	struct buffer out = {.arena = arena};

	FUZZ_ASSERT(!policy == (errors.count > 0));
	if (!policy || !people_unfold(&policy->people, arena, &errors) ||
	    !people_link(policy, &policy->people, arena, &errors))
		return;
	struct layers layers = {
		.policy = {policy}, .count = 1, .people = &policy->people, .identity = policy->identity};

	lint_policy(policy, &layers, &errors);
	explain_ref(&layers, BYTES("refs/heads/feature/login-form"), &explain_text, &out);
	explain_ref(&layers, BYTES("refs/tags/v1.2.3"), &explain_json, &out);
}
