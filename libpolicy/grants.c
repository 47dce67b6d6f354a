/* grants: leave for exactly one move, given by a second person (design 4.9). */
#include "account.h"
#include "arena.h"
#include "clock.h"
#include "factsbase.h"
#include "people.h"

/* A record in the folder of grants for one move. */
struct entry {
	struct entry *next;
	struct bytes ref;
	struct oid id;
};

struct entries {
	struct arena *arena;
	struct entry *first;
	struct entry **tail;
};

static bool add_entry(void *context, struct bytes ref, const struct oid *id)
{
	struct entries *entries = context;
	struct entry *entry = arena_alloc(entries->arena, sizeof(*entry));

	entry->ref = bytes_copy(entries->arena, ref);
	entry->id = *id;
	*entries->tail = entry;
	entries->tail = &entry->next;
	return true;
}

/* The move that a grant is for, looked for in the account. */
struct move {
	const struct update *update;
	bool happened;
	int64_t time; /* of the last time */
};

static bool is_move(void *context, const struct account_line *line)
{
	struct move *move = context;

	if (!oid_equal(&line->old, &move->update->old) || !oid_equal(&line->new, &move->update->new))
		return true;
	move->happened = true;
	move->time = line->time;
	return false;
}

enum answer facts_spent(struct facts *facts, const struct update *update, struct bytes ref, const struct oid *id)
{
	struct move move = {.update = update};
	int64_t recorded;

	if (facts_account(facts, update->ref, is_move, &move) == ANSWER_UNKNOWN)
		return ANSWER_UNKNOWN;
	if (!move.happened)
		return ANSWER_NO;
	if (facts_recorded(facts, ref, id, &recorded) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	return recorded > move.time ? ANSWER_NO : ANSWER_YES;
}

/* Why somebody's grant cannot count, whatever it says; or NULL. What has passed was pushed by somebody else, though
 * nobody knows whom. */
static const char *person_problem(const struct facts *facts, const struct setting *givers, const struct user *user)
{
	if (!user)
		return "does not count: the policy knows nobody of that name";
	if (!people_listed(givers, user))
		return "does not count: the section does not list them";
	if (facts_user_open(facts) || (facts->past && !facts->user && !facts->rehearsed))
		return NULL;
	if (!facts->user)
		return "does not count: nobody knows who pushes";
	return user == facts->user ? "does not count: it takes a second person" : NULL;
}

/* Fills in what the grant says; *ret_problem is why it cannot count all the same, or NULL. UNKNOWN when that cannot be
 * told. */
static enum answer read_grant(struct facts *facts, const struct update *update, const struct record *record,
			      const struct entry *entry, struct grant *grant, const char **ret_problem)
{
	struct record_value *value;

	if (facts_record(facts, record, &entry->id, &value, ret_problem) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	if (*ret_problem) {
		*ret_problem = bytes_printf(facts->arena, "is malformed: %s", *ret_problem).data;
		return ANSWER_YES;
	}
	grant->reason = value->reason;
	grant->expires = value->expires;
	if (grant->expires <= facts_now(facts)) {
		*ret_problem = bytes_printf(facts->arena, "has expired (%s)", clock_format(grant->expires).text).data;
		return ANSWER_YES;
	}
	enum answer spent = facts_spent(facts, update, entry->ref, &entry->id);

	if (spent == ANSWER_YES)
		*ret_problem = "is spent: the move was made already";
	return spent == ANSWER_UNKNOWN ? spent : ANSWER_YES;
}

/* One grant: YES when it counts, else NO with a sentence in *ret_why. */
static enum answer judge_entry(struct facts *facts, const struct setting *givers, const struct update *update,
			       const struct entry *entry, struct grant *ret_grant, const char **ret_why)
{
	struct grant grant = {.ref = entry->ref};
	struct record record;
	const char *problem = record_parse(facts->arena, entry->ref, &record);

	if (problem) {
		*ret_why = bytes_printf(facts->arena, "%.*s: %s", BYTES_ARG(entry->ref), problem).data;
		return ANSWER_NO;
	}
	grant.user = people_user(facts->layers->people, record.name);
	problem = person_problem(facts, givers, grant.user);
	if (!problem && read_grant(facts, update, &record, entry, &grant, &problem) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	facts_consult(facts, &record, entry->ref, &entry->id, NULL, problem);
	*ret_grant = grant;
	if (problem)
		*ret_why = bytes_printf(facts->arena, "the grant by %.*s %s", BYTES_ARG(record.name), problem).data;
	return problem ? ANSWER_NO : ANSWER_YES;
}

/* "refs/grants/heads/main/<old>/<new>/" */
static struct bytes folder_of(struct arena *arena, const struct update *update)
{
	const struct record record = {
		.kind = RECORD_GRANT,
		.target = update->ref,
		.old = update->old,
		.new = update->new,
		.name = BYTES("x"),
	};
	struct bytes ref = record_ref(arena, &record);

	return bytes_first(ref, ref.len - record.name.len);
}

enum answer facts_grant(struct facts *facts, const struct section *section, const struct update *update,
			struct grant *ret_grant, const char **ret_why)
{
	const struct setting *givers = section_setting(section, "grant");
	struct entries entries = {.arena = facts->arena};

	*ret_why = NULL;
	entries.tail = &entries.first;
	if (!givers)
		return ANSWER_NO;
	if (facts_refs_below(facts, folder_of(facts->arena, update), add_entry, &entries) == ANSWER_UNKNOWN)
		return ANSWER_UNKNOWN;
	for (const struct entry *entry = entries.first; entry; entry = entry->next) {
		enum answer answer = judge_entry(facts, givers, update, entry, ret_grant, ret_why);

		if (answer != ANSWER_NO)
			return answer;
	}
	return ANSWER_NO;
}
