/* factsconsulted: which records were asked about, for who wants to know later why an update passed. */
#include "arena.h"
#include "landingbase.h"

void facts_consult(struct facts *facts, const struct record *record, struct bytes ref, const struct oid *id,
		   const struct record_value *value, const char *problem)
{
	if (!facts->consulted_refs)
		facts->consulted_refs = map_new(facts->arena);
	if (map_get(facts->consulted_refs, ref))
		return;
	struct consulted *consulted = arena_alloc(facts->arena, sizeof(*consulted));

	*consulted = (struct consulted){facts->consulted, *record, ref, *id, value, problem};
	facts->consulted = consulted;
	map_set(facts->consulted_refs, ref, consulted);
}

const struct consulted *facts_consulted(const struct facts *facts)
{
	return facts->consulted;
}

/* Whether some way of seeing what the update brings has the commit as what lands, or as what it makes. */
static bool is_landing(const struct facts *facts, const struct update *update, const struct oid *commit)
{
	for (const struct landing_work *work = facts->landings; work; work = work->next)
		for (size_t i = 0; bytes_equal(work->ref, update->ref) && i < work->edge_count; i++)
			if (oid_equal(&work->edges[i].head, commit) || oid_equal(&work->edges[i].to, commit))
				return true;
	return false;
}

bool facts_concerns(struct facts *facts, const struct record *record, const struct update *update)
{
	struct target target;

	switch (record->kind) {
	case RECORD_APPROVAL:
		return bytes_equal(record->target, update->ref);
	case RECORD_GRANT:
		return bytes_equal(record->target, update->ref) && oid_equal(&record->old, &update->old) &&
		       oid_equal(&record->new, &update->new);
	case RECORD_CHECK:
		return is_landing(facts, update, &record->commit) ||
		       (update->kind != UPDATE_DELETE && facts_target(facts, &update->new, &target) == ANSWER_YES &&
			oid_equal(&target.commit, &record->commit));
	case RECORD_NONE:
		break;
	}
	return false;
}
