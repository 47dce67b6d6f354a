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

const struct people *facts_people(const struct facts *facts)
{
	return facts->people;
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

enum answer facts_reverts(struct facts *facts, const struct commit *commit, struct oid *ret_reverted)
{
	(void)commit;
	*ret_reverted = facts->reverted;
	return facts->reverts;
}

int64_t facts_now(struct facts *facts)
{
	return facts->now;
}

enum answer facts_arrival(struct facts *facts, const struct oid *commit, int64_t *ret_time, struct bytes *ret_user)
{
	if (facts->arrivals_unknown)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < facts->arrival_count; i++) {
		if (!oid_equal(&facts->arrivals[i].commit, commit))
			continue;
		*ret_time = facts->arrivals[i].time;
		*ret_user = facts->arrivals[i].user;
		return ANSWER_YES;
	}
	return ANSWER_NO;
}

enum answer facts_account(struct facts *facts, struct bytes ref,
			  bool (*each)(void *context, const struct account_line *line), void *context)
{
	const struct fake_account whole = {ref, facts->lines, facts->line_count};
	const struct fake_account *account = facts->accounts ? NULL : &whole;

	for (size_t i = 0; i < facts->account_count; i++)
		if (bytes_equal(facts->accounts[i].ref, ref))
			account = &facts->accounts[i];
	for (size_t i = 0; account && i < account->line_count; i++)
		if (!each(context, &account->lines[i]))
			break;
	if (facts->accounts)
		return account ? ANSWER_YES : ANSWER_NO;
	return facts->account;
}

enum answer facts_refs_below(struct facts *facts, struct bytes prefix,
			     bool (*each)(void *context, struct bytes ref, const struct oid *id), void *context)
{
	if (facts->refs_unknown)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < facts->ref_count; i++)
		if (bytes_starts(facts->refs[i].name, prefix) &&
		    !each(context, facts->refs[i].name, &facts->refs[i].id))
			break;
	return ANSWER_YES;
}

enum answer facts_file(struct facts *facts, const struct oid *commit, struct bytes path, struct bytes *ret_content)
{
	if (facts->files_unknown)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < facts->file_count; i++) {
		const struct fake_file *file = &facts->files[i];

		if (!oid_equal(&file->commit, commit) || !bytes_equal(file->path, path))
			continue;
		*ret_content = file->content;
		return ANSWER_YES;
	}
	return ANSWER_NO;
}

enum answer facts_changed(struct facts *facts, const struct oid *from, const struct oid *to,
			  const struct bytes **ret_paths, size_t *ret_count)
{
	(void)from;
	(void)to;
	*ret_paths = facts->changed_paths;
	*ret_count = facts->changed_count;
	return facts->changed;
}

enum answer facts_commit(struct facts *facts, const struct oid *id, const struct commit **ret_commit)
{
	for (size_t i = 0; i < facts->commit_count; i++) {
		if (!oid_equal(&facts->commits[i].id, id))
			continue;
		*ret_commit = &facts->commits[i];
		return ANSWER_YES;
	}
	return ANSWER_UNKNOWN;
}

enum answer facts_outside(struct facts *facts, const struct oid *tip, const struct oids *hidden,
			  const struct oid **ret_ids, size_t *ret_count)
{
	(void)tip;
	(void)hidden;
	*ret_ids = facts->outside_ids;
	*ret_count = facts->outside_count;
	return facts->outside;
}

enum answer facts_landings(struct facts *facts, const struct policy *policy, const struct section *section,
			   const struct update *update, enum landing_look look, const struct landing **ret_landings,
			   size_t *ret_count, size_t *ret_length)
{
	(void)policy;
	(void)section;
	(void)update;
	(void)look;
	*ret_landings = facts->landing_list;
	*ret_count = facts->landing_count;
	*ret_length = facts->landing_length;
	return facts->landings;
}

enum answer facts_landed(struct facts *facts, struct bytes ref, const struct oid *head)
{
	for (size_t i = 0; i < facts->landed_count; i++)
		if (bytes_equal(facts->landed_list[i].ref, ref) && oid_equal(&facts->landed_list[i].head, head))
			return ANSWER_YES;
	return facts->landed_list ? ANSWER_NO : facts->landed;
}

enum answer facts_created_from(struct facts *facts, const struct policy *policy, struct bytes ref,
			       const struct oid *tip, const struct bytes **ret_trunks, size_t *ret_count)
{
	(void)policy;
	(void)ref;
	(void)tip;
	*ret_trunks = facts->created_trunks;
	*ret_count = facts->created_count;
	return facts->created_from;
}

enum answer facts_record(struct facts *facts, const struct record *record, const struct oid *id,
			 struct record_value **ret_value, const char **ret_problem)
{
	(void)record;
	(void)id;
	*ret_value = facts->record_value;
	*ret_problem = facts->record_problem;
	return facts->record;
}

bool facts_stored(struct facts *facts, const struct oid *id)
{
	(void)id;
	return facts->stored;
}

bool facts_asked(const struct facts *facts, struct bytes ref, const char *key)
{
	(void)key;
	return bytes_equal(facts->asked, ref);
}

enum answer facts_opinions(struct facts *facts, struct bytes target, const struct oid *head,
			   const struct opinion **ret_opinions, size_t *ret_count)
{
	(void)target;
	(void)head;
	*ret_opinions = facts->opinion_list;
	*ret_count = facts->opinion_count;
	return facts->opinions;
}

enum answer facts_opined(struct facts *facts, struct bytes target, const struct oid **ret_heads, size_t *ret_count)
{
	(void)target;
	*ret_heads = facts->opined_heads;
	*ret_count = facts->opined_count;
	return facts->opinions;
}

enum answer facts_check(struct facts *facts, const struct oid *commit, struct bytes name,
			struct check_result *ret_result)
{
	if (facts->checks_unknown)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < facts->check_count; i++) {
		const struct fake_check *check = &facts->checks[i];

		if (!oid_equal(&check->commit, commit) || !bytes_equal(check->name, name))
			continue;
		*ret_result = check->result;
		return ANSWER_YES;
	}
	return ANSWER_NO;
}

enum answer facts_contributors(struct facts *facts, const struct policy *policy, const struct landing *landing,
			       const struct contributor **ret_contributors, size_t *ret_count, bool *ret_unknown)
{
	(void)policy;
	(void)landing;
	*ret_contributors = facts->contributor_list;
	*ret_count = facts->contributor_count;
	*ret_unknown = facts->contributors_unknown;
	return facts->contributors;
}

enum answer facts_grant(struct facts *facts, const struct section *section, const struct update *update,
			struct grant *ret_grant, const char **ret_why)
{
	(void)section;
	(void)update;
	*ret_grant = facts->grant_found;
	*ret_why = facts->grant_why;
	return facts->grant;
}

enum answer facts_tag(struct facts *facts, const struct oid *id, const struct tag **ret_tag, struct bytes *ret_raw)
{
	(void)id;
	*ret_tag = &facts->tag_found;
	*ret_raw = facts->tag_raw;
	return facts->tag;
}

enum answer facts_signature(struct facts *facts, struct bytes payload, struct bytes signature,
			    enum signature *ret_signature, const struct user **ret_user)
{
	(void)payload;
	(void)signature;
	*ret_signature = facts->signature_found;
	*ret_user = facts->signature_user;
	return facts->signature;
}

enum answer facts_repository(struct facts *facts, struct bytes *ret_name)
{
	*ret_name = facts->repository_name;
	return facts->repository;
}
