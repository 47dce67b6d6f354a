/* runprune: deletes records that can count for nothing any more, and accounts for them. */
#include "run.h"

#include "arena.h"
#include "factsbase.h"
#include "receive.h"

/* A record and what its ref says. */
struct entry {
	struct entry *next;
	struct bytes ref;
	struct oid id;
	struct record record;
	bool over;
};

struct pruning {
	struct policy_run *run;
	struct facts *facts;
	struct entry *first;
	struct oids commits; /* of approvals and checks */
	struct oids kept;    /* what branches and tags are at */
	bool failed;
	bool dry_run;
};

static bool fail(struct policy_run *run, struct bytes ref, const char *problem)
{
	findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "%.*s: %s", BYTES_ARG(ref), problem);
	return false;
}

/* What is no well-formed record stays: it counts for nothing, and is not ours to understand. */
static bool add_entry(void *context, struct bytes ref, const struct oid *id)
{
	struct pruning *pruning = context;
	struct arena *arena = pruning->run->arena;
	struct entry *entry = arena_alloc(arena, sizeof(*entry));
	struct target target;

	entry->ref = bytes_copy(arena, ref);
	entry->id = *id;
	if (record_parse(arena, entry->ref, &entry->record) ||
	    facts_target(pruning->facts, id, &target) != ANSWER_YES || target.peeled != OBJECT_COMMIT)
		return true;
	if (entry->record.kind != RECORD_GRANT) {
		entry->record.commit = target.commit;
		oids_add(arena, &pruning->commits, &target.commit);
	}
	entry->next = pruning->first;
	pruning->first = entry;
	return true;
}

static bool add_kept(void *context, struct bytes ref, const struct oid *id)
{
	struct pruning *pruning = context;

	if (facts_add_commit(pruning->facts, &pruning->kept, id))
		return true;
	pruning->failed = true;
	return fail(pruning->run, ref, facts_reason(pruning->facts));
}

static bool collect(struct pruning *pruning)
{
	static const char *const records[] = {"refs/approvals/", "refs/checks/", "refs/grants/"};
	static const char *const keepers[] = {"refs/heads/", "refs/tags/"};
	struct repo *repo = pruning->run->repo;
	enum answer answer = ANSWER_YES;

	for (size_t i = 0; i < sizeof(records) / sizeof(*records) && answer == ANSWER_YES; i++)
		answer = repo_refs_below(repo, bytes_of(records[i]), add_entry, pruning);
	for (size_t i = 0; i < sizeof(keepers) / sizeof(*keepers) && answer == ANSWER_YES; i++)
		answer = repo_refs_below(repo, bytes_of(keepers[i]), add_kept, pruning);
	if (answer == ANSWER_YES)
		return !pruning->failed;
	return fail(pruning->run, BYTES("refs"), repo_problem(repo));
}

static struct bytes key_of(const struct oid *id)
{
	return (struct bytes){(const char *)id->id, sizeof(id->id)};
}

/* Marks the records of commits that nothing kept reaches, all in one walk. */
static bool mark_gone(struct pruning *pruning)
{
	struct map *gone = map_new(pruning->run->arena);
	struct history *history = pruning->facts->history;
	struct introduced *commits;
	size_t count;

	if (history_outside(history, &pruning->commits, &pruning->kept, NULL, &commits, &count) != ANSWER_YES)
		return fail(pruning->run, BYTES("records"), history_problem(history));
	for (size_t i = 0; i < count; i++)
		map_set(gone, bytes_copy(pruning->run->arena, key_of(commits[i].id)), gone);
	for (struct entry *entry = pruning->first; entry; entry = entry->next)
		entry->over = entry->record.kind != RECORD_GRANT && map_get(gone, key_of(&entry->record.commit));
	return true;
}

/* Whether a grant is spent or has expired. */
static enum answer is_over(struct facts *facts, const struct entry *entry)
{
	const struct update update = {
		.ref = entry->record.target,
		.old = entry->record.old,
		.new = entry->record.new,
	};
	struct record_value *value;
	const char *problem;

	if (facts_record(facts, &entry->record, &entry->id, &value, &problem) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	if (problem)
		return ANSWER_NO;
	if (value->expires <= facts_now(facts))
		return ANSWER_YES;
	return facts_spent(facts, &update, entry->ref, &entry->id);
}

static bool mark_over(struct pruning *pruning)
{
	for (struct entry *entry = pruning->first; entry; entry = entry->next) {
		if (entry->record.kind != RECORD_GRANT)
			continue;
		enum answer answer = is_over(pruning->facts, entry);

		if (answer == ANSWER_UNKNOWN)
			return fail(pruning->run, entry->ref, facts_reason(pruning->facts));
		entry->over = answer == ANSWER_YES;
	}
	return true;
}

static bool delete_all(const struct pruning *pruning)
{
	struct policy_run *run = pruning->run;
	struct receiving receiving = {.run = run};
	struct push none = {.arena = run->arena};

	if (pruning->dry_run)
		return true;
	if (!receive_begin(&receiving, pruning->facts))
		return false;
	received_init(&receiving, &receiving.now, &none, pruning->facts);
	for (const struct entry *entry = pruning->first; entry; entry = entry->next)
		if (entry->over && !receive_delete(&receiving, entry->ref, &entry->id))
			return false;
	return true;
}

static void tell_all(const struct pruning *pruning)
{
	struct findings *findings = &pruning->run->findings;
	const char *done = pruning->dry_run ? "would be deleted" : "deleted";
	size_t count = 0;

	for (const struct entry *entry = pruning->first; entry; entry = entry->next) {
		count += entry->over;
		if (entry->over)
			findings_add(findings, pruning->run->name, SEVERITY_NOTE, "%.*s %s", BYTES_ARG(entry->ref),
				     done);
	}
	findings_add(findings, pruning->run->name, SEVERITY_NOTE, "%zu record%s %s", count, count == 1 ? "" : "s",
		     done);
}

static bool prune(struct policy_run *run, void *context)
{
	struct pruning pruning = {.run = run, .dry_run = *(const bool *)context};

	if (!run_open(run, true) || !run_server(run) || !run_layers(run))
		return false;
	pruning.facts = facts_new_client(run->arena, run->repo, &run->layers);
	if (!collect(&pruning) || !mark_gone(&pruning) || !mark_over(&pruning) || !delete_all(&pruning))
		return false;
	tell_all(&pruning);
	return true;
}

enum policy_exit policy_prune(struct policy_run *run, bool dry_run)
{
	return run_judge(run, "prune", prune, &dry_run);
}
