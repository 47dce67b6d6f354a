/* fake_facts: facts without a repository: every question gets the answer the test set. */
#include "fake_facts.h"

const char *facts_reason(const struct facts *facts)
{
	return facts->reason ? facts->reason : "the test said so";
}

const struct user *facts_user(const struct facts *facts)
{
	return facts->user;
}

struct bytes facts_user_claim(const struct facts *facts)
{
	return facts->claim;
}

bool facts_on_client(const struct facts *facts)
{
	return facts->on_client;
}

const struct user *facts_email(const struct facts *facts, struct bytes email)
{
	for (size_t i = 0; i < facts->user_count; i++) {
		const struct user *user = &facts->users[i];

		for (size_t j = 0; j < user->email_count; j++)
			if (bytes_equal_fold(user->emails[j], email))
				return user;
	}
	return NULL;
}

enum answer facts_ref(struct facts *facts, struct bytes ref, struct oid *ret_id)
{
	if (facts->refs_unknown)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < facts->ref_count; i++)
		if (bytes_equal(facts->refs[i].name, ref)) {
			*ret_id = facts->refs[i].id;
			return ANSWER_YES;
		}
	return ANSWER_NO;
}

enum answer facts_target(struct facts *facts, const struct oid *id, struct target *ret_target)
{
	(void)id;
	*ret_target = facts->target;
	return facts->target_answer;
}

enum answer facts_descends(struct facts *facts, const struct oid *tip, const struct oid *ancestor)
{
	return oid_equal(tip, ancestor) ? ANSWER_YES : facts->descends;
}

enum answer facts_forward(struct facts *facts, const struct update *update)
{
	(void)update;
	return facts->forward;
}

enum answer facts_new_root(struct facts *facts, const struct update *update, struct oid *ret_root)
{
	(void)update;
	*ret_root = facts->root;
	return facts->new_root;
}

enum answer facts_fork_point(struct facts *facts, const struct policy *policy, const struct oid *tip,
			     struct oid *ret_commit)
{
	(void)policy;
	(void)tip;
	*ret_commit = facts->fork_commit;
	return facts->fork_point;
}

enum answer facts_exempt(struct facts *facts, const struct commit *commit, enum exemption *ret_exemption)
{
	(void)commit;
	*ret_exemption = facts->exemption;
	return facts->exempt;
}
