/* fake_facts: facts without a repository: every question gets the answer the test set. */
#include "fake_facts.h"

#include <stdio.h>

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

bool facts_user_open(const struct facts *facts)
{
	return facts->user_open;
}

bool facts_pushed(const struct facts *facts)
{
	return facts->cloned;
}

bool facts_cloned(const struct facts *facts)
{
	return facts->cloned;
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
	*ret_target = facts->target;
	if (facts->targets_itself)
		*ret_target = (struct target){.type = OBJECT_COMMIT, .peeled = OBJECT_COMMIT, .commit = *id};
	return facts->target_answer;
}

enum answer facts_descends(struct facts *facts, const struct oid *tip, const struct oid *ancestor)
{
	for (size_t i = 0; i < facts->ancestor_count; i++)
		if (oid_equal(&facts->ancestors[i], ancestor))
			return ANSWER_YES;
	if (oid_equal(tip, ancestor))
		return ANSWER_YES;
	return facts->ancestors ? ANSWER_NO : facts->descends;
}

enum answer facts_least_below(struct facts *facts, struct marks *marks, const struct oid *tip,
			      const struct mark **ret_mark)
{
	*ret_mark = NULL;
	(void)tip;
	for (size_t i = 0; i < facts->ancestor_count; i++) {
		struct bytes key = {(const char *)facts->ancestors[i].id, sizeof(facts->ancestors[i].id)};
		const struct mark *mark = map_get(marks->own, key);

		if (mark && (!*ret_mark || mark->value < (*ret_mark)->value))
			*ret_mark = mark;
	}
	return *ret_mark ? ANSWER_YES : ANSWER_NO;
}

void **facts_kept(struct facts *facts, const struct section *section, const struct push *push)
{
	(void)section;
	(void)push;
	return &facts->kept;
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

enum answer facts_untouched(struct facts *facts)
{
	return facts->untouched;
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
	*ret_landings = facts->landing_list;
	*ret_count = look < facts->landing_look ? 0 : facts->landing_count;
	*ret_length = facts->landing_length;
	return look == LOOK_ALL && facts->landings_lost ? ANSWER_UNKNOWN : facts->landings;
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

bool facts_stored_open(struct facts *facts, const struct oid *id)
{
	(void)facts;
	(void)id;
	return false;
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
	facts->contributors_asked++;
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
	*ret_tag = &facts->tag_found;
	*ret_raw = facts->tag_raw;
	if (!oid_is_zero(id) && oid_equal(id, &facts->tagged))
		return ANSWER_NO;
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

enum answer facts_size(struct facts *facts, const struct oid *id, size_t *ret_size)
{
	struct bytes content;
	enum answer answer = facts_blob(facts, id, &content);

	*ret_size = answer == ANSWER_YES ? content.len : 0;
	return answer;
}

enum answer facts_blob(struct facts *facts, const struct oid *id, struct bytes *ret_content)
{
	for (size_t i = 0; i < facts->blob_count; i++)
		if (oid_equal(&facts->blobs[i].id, id)) {
			*ret_content = facts->blobs[i].content;
			return ANSWER_YES;
		}
	return ANSWER_UNKNOWN;
}

enum answer facts_entry(struct facts *facts, const struct oid *commit, struct bytes path, unsigned *ret_mode,
			struct oid *ret_id)
{
	if (facts->entries_unknown)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < facts->entry_count; i++)
		if (oid_equal(&facts->entries[i].commit, commit) && bytes_equal(facts->entries[i].path, path)) {
			*ret_mode = facts->entries[i].mode;
			*ret_id = facts->entries[i].id;
			return ANSWER_YES;
		}
	return ANSWER_NO;
}

/* The top, and the first 15 folders there are, all of them in the top, whatever the parents have: their trees have the
 * number of their entry, from 1 on. */
enum answer facts_folders(struct facts *facts, const struct commit *commit, bool whole,
			  const struct added_folder **ret_folders)
{
	static struct added_folder folders[16];
	size_t count = 1;

	(void)whole;
	folders[0] = (struct added_folder){.tree = {{commit->id.id[0]}}};
	*ret_folders = folders;
	for (size_t i = 0; i < facts->entry_count && count < 16; i++) {
		const struct fake_entry *entry = &facts->entries[i];

		if (entry->mode != 0040000 || !oid_equal(&entry->commit, &commit->id))
			continue;
		folders[count] = (struct added_folder){
			.in = folders,
			.name = entry->path,
			.tree = {{commit->id.id[0], (unsigned char)(i + 1)}},
			.path_len = entry->path.len + 1,
		};
		folders[count - 1].next = &folders[count];
		count++;
	}
	return facts->entries_unknown ? ANSWER_UNKNOWN : ANSWER_YES;
}

/* The first 64 names of a folder, whose entries stand together. */
enum answer facts_names(struct facts *facts, const struct oid *tree, const struct bytes **ret_names, size_t *ret_count)
{
	static struct bytes names[64];
	struct bytes path = tree->id[1] ? facts->entries[tree->id[1] - 1].path : (struct bytes){0};

	*ret_names = names;
	*ret_count = 0;
	if (facts->names_unknown)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < facts->entry_count && *ret_count < 64; i++) {
		struct bytes name = facts->entries[i].path;

		if (facts->entries[i].commit.id[0] != tree->id[0] || !bytes_starts(name, path) ||
		    (path.len && (name.len <= path.len || name.data[path.len] != '/')))
			continue;
		name = bytes_from(name, path.len ? path.len + 1 : 0);
		name = bytes_first(name, bytes_index(name, '/'));
		if (!*ret_count || !bytes_equal(names[*ret_count - 1], name))
			names[(*ret_count)++] = name;
	}
	return ANSWER_YES;
}

/* Nothing like git's, but as different for different bytes. */
struct oid facts_hash(struct facts *facts, struct bytes content)
{
	struct oid id = {{0}};

	(void)facts;
	for (size_t i = 0; i < content.len; i++)
		id.id[i % sizeof(id.id)] =
			(unsigned char)(id.id[i % sizeof(id.id)] * 31 + (unsigned char)content.data[i]);
	return id;
}

enum answer facts_held(struct facts *facts, struct bytes ref, const struct oid *commit, int64_t after,
		       int64_t *ret_since)
{
	if (facts->held_unknown)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < facts->held_count; i++) {
		const struct fake_held *held = &facts->held[i];

		if (held->past || !bytes_equal(held->ref, ref) || !oid_equal(&held->commit, commit) ||
		    held->since < after)
			continue;
		*ret_since = held->since;
		return ANSWER_YES;
	}
	return ANSWER_NO;
}

enum answer facts_deployed(struct facts *facts, struct bytes ref, const struct oid *commit)
{
	if (facts->held_unknown)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < facts->held_count; i++)
		if (bytes_equal(facts->held[i].ref, ref) && oid_equal(&facts->held[i].commit, commit))
			return ANSWER_YES;
	return ANSWER_NO;
}

enum answer facts_moved(struct facts *facts, struct bytes ref, int64_t *ret_time)
{
	if (facts->held_unknown)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < facts->held_count; i++)
		if (!facts->held[i].past && bytes_equal(facts->held[i].ref, ref)) {
			*ret_time = facts->held[i].since;
			return ANSWER_YES;
		}
	return ANSWER_NO;
}

enum answer facts_stays(struct facts *facts, struct bytes ref, const struct oid *commits, size_t count, int64_t enough,
			const struct stay **ret_stays)
{
	static struct stay stays[64];

	(void)ref;
	(void)enough;
	*ret_stays = stays;
	if (!facts->stay_count)
		return facts->stays_answer;
	for (size_t i = 0; i < count && i < 64; i++) {
		stays[i] = (struct stay){INT64_MAX, INT64_MAX};
		for (size_t k = 0; k < facts->stay_count; k++)
			if (oid_equal(&facts->stays[k].commit, &commits[i]))
				stays[i] = facts->stays[k].stay;
	}
	return ANSWER_YES;
}

enum answer facts_came_by(struct facts *facts, const struct oid *commit, const struct bytes **ret_refs,
			  size_t *ret_count)
{
	for (size_t i = 0; i < facts->stay_count; i++)
		if (oid_equal(&facts->stays[i].commit, commit) && facts->stays[i].came_by.len) {
			*ret_refs = &facts->stays[i].came_by;
			*ret_count = 1;
			return ANSWER_YES;
		}
	return ANSWER_NO;
}
