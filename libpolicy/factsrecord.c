/* factsrecord: the values of records, read from their refs as they were before the push. */
#include "account.h"
#include "arena.h"
#include "factsbase.h"

/* Reasons are sentences, signatures a few kilobytes. */
#define RECORD_SIZE_MAX ((size_t)64 * 1024)

/* Why `tag` cannot be the value of `record`, or NULL with what it says. */
static const char *read_tag(const struct record *record, struct bytes raw, struct record_value *ret_value)
{
	struct object_problem problem;
	struct tag tag;

	if (!tag_parse(raw, &tag, &problem))
		return problem.text;
	if (tag.type != OBJECT_COMMIT || !oid_equal(&tag.target, &record->commit))
		return "its tag is of another object than its name says";
	return record_value_parse(record, raw, &tag, ret_value);
}

static enum answer unreadable(struct facts *facts, const struct oid *id)
{
	return facts_unknown(facts,
			     bytes_printf(facts->arena, "%s, a record, is missing or broken", oid_hex(id).text).data);
}

static enum answer read_value(struct facts *facts, const struct record *record, const struct oid *id,
			      struct record_value *ret_value, const char **ret_problem)
{
	enum object_type type;
	struct bytes raw;

	if (repo_read(facts->repo, id, &type, &raw) != ANSWER_YES)
		return unreadable(facts, id);
	*ret_problem = read_tag(record, bytes_copy(facts->arena, raw), ret_value);
	return ANSWER_YES;
}

enum answer facts_record(struct facts *facts, const struct record *record, const struct oid *id,
			 struct record_value **ret_value, const char **ret_problem)
{
	struct record_value *value = arena_alloc(facts->arena, sizeof(*value));
	enum object_type type;
	size_t size;

	*ret_problem = NULL;
	*ret_value = NULL;
	if (repo_header(facts->repo, id, &type, &size) != ANSWER_YES)
		return unreadable(facts, id);
	if (type == OBJECT_COMMIT && record->kind == RECORD_APPROVAL) {
		if (!oid_equal(id, &record->commit))
			*ret_problem = "it is another commit than its name says";
		return ANSWER_YES;
	}
	if (type != OBJECT_TAG)
		*ret_problem = "it is no annotated tag";
	else if (size > RECORD_SIZE_MAX)
		*ret_problem = "its tag is larger than 64 KiB";
	if (*ret_problem)
		return ANSWER_YES;
	enum answer answer = read_value(facts, record, id, value, ret_problem);

	*ret_value = *ret_problem ? NULL : value;
	return answer;
}

/* The newest move of a ref to a value. */
struct arrival {
	struct oid value;
	int64_t time;
};

static bool is_arrival(void *context, const struct account_line *line)
{
	struct arrival *arrival = context;

	if (!oid_equal(&line->new, &arrival->value))
		return true;
	arrival->time = line->time;
	return false;
}

enum answer facts_recorded(struct facts *facts, struct bytes ref, const struct oid *value, int64_t *ret_time)
{
	struct arrival arrival = {.value = *value};
	enum answer answer = facts_account(facts, ref, is_arrival, &arrival);

	*ret_time = arrival.time;
	return answer == ANSWER_UNKNOWN ? answer : ANSWER_YES;
}

/* What the server's refs name, as a clone knows them. */
struct heads {
	struct facts *facts;
	struct oids *ids;
};

static bool add_head(void *context, struct bytes ref, const struct oid *id)
{
	struct heads *heads = context;

	(void)ref;
	if (facts_exists(heads->facts, id))
		facts_add_commit(heads->facts, heads->ids, id);
	return true;
}

/* Whether one of the refs below `prefix` reaches the commit; they are kept in *ids. */
static bool is_reached(struct facts *facts, const struct oid *id, struct bytes prefix, struct oids **ids)
{
	const struct oid *outside;
	size_t count;

	if (!*ids) {
		*ids = arena_alloc(facts->arena, sizeof(**ids));
		facts_list(facts, prefix, add_head, &(struct heads){facts, *ids});
	}
	return facts_exists(facts, id) && facts_outside(facts, id, *ids, &outside, &count) == ANSWER_YES && !count;
}

bool facts_stored(struct facts *facts, const struct oid *id)
{
	return facts_cloned(facts) ? is_reached(facts, id, (struct bytes){0}, &facts->there)
				   : repo_stored(facts->repo, id) == ANSWER_YES;
}

bool facts_stored_open(struct facts *facts, const struct oid *id)
{
	return facts_cloned(facts) && !is_reached(facts, id, BYTES("refs/heads/"), &facts->branches);
}

bool facts_asked(const struct facts *facts, struct bytes ref, const char *key)
{
	for (size_t i = 0; i < facts->layers->count; i++)
		if (section_setting(section_find(facts->layers->policy[i], ref), key))
			return true;
	return false;
}
