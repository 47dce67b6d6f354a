/* receiveretire: records that have done their work: approvals of heads that landed, grants for a move that was made. */
#include "receive.h"

#include "arena.h"
#include "gather.h"
#include "map.h"
#include "repowrite.h"

/* Refs to be deleted, with the values they must still have. */
struct retiring {
	struct arena *arena;
	struct bytes *refs;
	struct oids ids;
	size_t room;
};

static bool add_ref(void *context, struct bytes ref, const struct oid *id)
{
	struct retiring *retiring = context;

	retiring->refs = arena_grow(retiring->arena, retiring->refs, &retiring->room, retiring->ids.count + 1,
				    sizeof(*retiring->refs));
	retiring->refs[retiring->ids.count] = bytes_copy(retiring->arena, ref);
	oids_add(retiring->arena, &retiring->ids, id);
	return true;
}

/* All records in the folder of `record`, whoever made them. */
static bool add_folder(struct receiving *receiving, struct record record, struct retiring *retiring)
{
	record.name = BYTES("x");
	struct bytes ref = record_ref(retiring->arena, &record);
	struct facts *facts = receiving->now.facts;

	return facts_refs_below(facts, bytes_first(ref, ref.len - record.name.len), add_ref, retiring) == ANSWER_YES ||
	       receive_fail(receiving, facts_reason(facts));
}

bool receive_delete(struct receiving *receiving, struct bytes ref, const struct oid *id)
{
	struct account_line line = {.old = *id};
	struct repo *repo = receiving->run->repo;

	switch (repo_retire(repo, ref, id)) {
	case ANSWER_YES:
		return receive_write(receiving, ref, &line);
	case ANSWER_NO:
		return true;
	case ANSWER_UNKNOWN:
		break;
	}
	return receive_fail(receiving, bytes_printf(receiving->run->arena, "%s", repo_problem(repo)).data);
}

static bool is_head(const struct account_line *line, const struct oid *head)
{
	for (size_t i = 0; i < line->landing_count; i++)
		if (oid_equal(&line->landings[i].head, head))
			return true;
	return false;
}

/* Heads that somebody spoke of are fewer than those that land. */
static bool add_approvals(struct receiving *receiving, struct bytes ref, const struct account_line *line,
			  struct retiring *retiring)
{
	struct facts *facts = receiving->now.facts;
	const struct oid *heads;
	size_t count;
	bool good = true;

	if (!line->landing_count)
		return true;
	if (facts_opined(facts, ref, &heads, &count) != ANSWER_YES)
		return receive_fail(receiving, facts_reason(facts));
	for (size_t i = 0; i < count && good; i++)
		if (is_head(line, &heads[i]))
			good = add_folder(receiving,
					  (struct record){.kind = RECORD_APPROVAL, .target = ref, .commit = heads[i]},
					  retiring);
	return good;
}

bool receive_retire(struct receiving *receiving, struct bytes ref, const struct account_line *line)
{
	const struct record grant = {.kind = RECORD_GRANT, .target = ref, .old = line->old, .new = line->new};
	struct retiring retiring = {.arena = receiving->run->arena};
	bool good = add_approvals(receiving, ref, line, &retiring);

	if (facts_asked(receiving->now.facts, ref, "grant"))
		good &= add_folder(receiving, grant, &retiring);
	for (size_t i = 0; i < retiring.ids.count; i++)
		good &= receive_delete(receiving, retiring.refs[i], &retiring.ids.ids[i]);
	return good;
}
