/* auditheld: one ref after the other: its value, its account, its reflog, and what the audit says of its moves. */
#include "auditheld_parts.h"

#include "arena.h"
#include "clock.h"
#include "factsbase.h"

void auditheld_tell(struct auditheld *held, enum severity severity, struct bytes ref, struct bytes sentence)
{
	struct finding *finding = findings_add(held->findings, "audit", severity, "%.*s", BYTES_ARG(sentence));

	finding->ref = bytes_copy(held->findings->arena, ref);
}

struct oid_hex auditheld_name(const struct oid *id)
{
	return oid_is_zero(id) ? (struct oid_hex){"nothing"} : oid_abbrev(id);
}

bool auditheld_init(struct auditheld *held, struct repo *repo, struct facts *facts, struct auditmoves *moves)
{
	*held = (struct auditheld){
		.repo = repo,
		.facts = facts,
		.moves = moves,
		.findings = moves->findings,
		.scratch = arena_child(moves->arena),
	};
	held->tail = &held->first;
	if (facts_add_baseline(facts, &held->baseline))
		return auditbegin_read(held);
	findings_add(held->findings, "audit", SEVERITY_UNDECIDED, "%s", facts_reason(facts));
	return false;
}

/* What the server does to its own refs after a push: it retires records, and publishes the policy. */
static bool is_own(struct bytes ref, const struct account_line *line)
{
	if (line->missed || !line->event.len)
		return false;
	return bytes_equal(ref, BYTES("refs/policy/current")) ||
	       (record_kind_of(ref) != RECORD_NONE && oid_is_zero(&line->new));
}

static void keep(struct auditheld *held, struct bytes ref, const struct account_line *line)
{
	struct arena *arena = held->findings->arena;
	struct unaccepted *kept = arena_alloc(arena, sizeof(*kept));

	*kept = (struct unaccepted){
		.ref = bytes_copy(arena, ref),
		.user = bytes_copy(arena, line->user),
		.event = bytes_copy(arena, line->missed ? (struct bytes){0} : line->event),
		.old = line->old,
		.new = line->new,
		.time = line->time,
	};
	*held->tail = kept;
	held->tail = &kept->next;
}

static void tell_missed(struct auditheld *held, struct bytes ref, const struct account_line *line)
{
	auditheld_tell(held, SEVERITY_NOTE, ref,
		       bytes_printf(held->scratch,
				    "moved from %s to %s at %s, accepted; nobody wrote down who pushed it",
				    auditheld_name(&line->old).text, auditheld_name(&line->new).text,
				    clock_format(line->time).text));
}

static void hold(struct auditheld *held, struct bytes ref, const struct account_line *line)
{
	held->count++;
	if (is_own(ref, line))
		return;
	if (!auditmoves_take(held->moves, ref, &line->old, &line->new))
		keep(held, ref, line);
	else if (line->missed)
		tell_missed(held, ref, line);
}

static bool collect(void *context, const struct account_line *line)
{
	struct following *following = context;
	struct arena *arena = following->held->scratch;

	following->lines =
		arena_grow(arena, following->lines, &following->room, following->count + 1, sizeof(*following->lines));
	following->lines[following->count++] = (struct account_line){
		.time = line->time,
		.user = bytes_copy(arena, line->user),
		.old = line->old,
		.new = line->new,
		.event = bytes_copy(arena, line->event),
		.missed = line->missed,
	};
	return true;
}

static void check_gap(const struct following *following, const struct account_line *before,
		      const struct account_line *line)
{
	if (oid_equal(&before->new, &line->old))
		return;
	auditheld_tell(following->held, SEVERITY_ENFORCE, following->ref,
		       bytes_printf(following->held->scratch, "its account has nothing between %s and %s, before %s",
				    auditheld_name(&before->new).text, auditheld_name(&line->old).text,
				    clock_format(line->time).text));
}

/* From the oldest on: what comes after a move that the audit knows of is no older than that, whatever it says. */
static bool follow(const struct following *following)
{
	const struct account_line *before = NULL, *older = NULL;
	size_t skipped = auditbegin_skip(following);
	bool begun = false;

	for (size_t i = following->count - skipped; i-- > 0;) {
		const struct account_line *line = &following->lines[i];

		begun |= line->time >= following->held->moves->begin;
		older = begun ? older : line;
		if (begun && before)
			check_gap(following, before, line);
		if (begun)
			hold(following->held, following->ref, line);
		else
			auditbegin_backdated(following, line);
		following->held->older += !begun;
		before = line;
	}
	following->held->older += skipped;
	if (older && older->missed)
		auditbegin_older(following, older);
	return !older;
}

static bool read_value(struct auditheld *held, struct bytes ref, struct oid *ret_value)
{
	*ret_value = (struct oid){0};
	if (repo_ref(held->repo, ref, ret_value) != ANSWER_UNKNOWN)
		return true;
	auditheld_tell(held, SEVERITY_UNDECIDED, ref, bytes_of(repo_problem(held->repo)));
	return false;
}

/* A push may be at work: the account agrees with what the ref was before it was read, or after. */
static void check_last(struct auditheld *held, struct bytes ref, const struct oid *before, const struct oid *last)
{
	struct oid after;

	if (!read_value(held, ref, &after) || oid_equal(last, before) || oid_equal(last, &after))
		return;
	auditheld_tell(held, SEVERITY_ENFORCE, ref,
		       bytes_printf(held->scratch,
				    "is at %s, and neither its account nor its reflog go further than %s",
				    auditheld_name(&after).text, auditheld_name(last).text));
}

static void follow_ref(struct auditheld *held, struct bytes ref)
{
	struct following following = {.held = held, .ref = ref};
	const char *problem;
	struct oid value;

	held->refs++;
	if (!read_value(held, ref, &value))
		return;
	if (account_read(held->scratch, repo_git_dir(held->repo), ref, collect, &following, &problem) ==
	    ANSWER_UNKNOWN) {
		auditheld_tell(held, SEVERITY_UNDECIDED, ref, bytes_of(problem));
		return;
	}
	bool whole = follow(&following);

	if (following.count)
		check_last(held, ref, &value, &following.lines[0].new);
	auditbegin_check(&following, &value, whole);
	auditbegin_anew(&following);
}

void auditheld_ref(struct auditheld *held, struct bytes ref)
{
	if (!auditbegin_symbolic(held, ref))
		follow_ref(held, ref);
	arena_reset(held->scratch);
}

static void tell_unaccepted(struct auditheld *held, const struct unaccepted *move)
{
	struct buffer sentence = {.arena = held->scratch};

	buffer_printf(&sentence, "moved from %s to %s at %s by %.*s", auditheld_name(&move->old).text,
		      auditheld_name(&move->new).text, clock_format(move->time).text,
		      BYTES_ARG(move->user.len ? move->user : BYTES("nobody knows whom")));
	if (move->event.len)
		buffer_printf(&sentence, ", event %.*s", BYTES_ARG(move->event));
	buffer_add(&sentence, BYTES(", which no verdict accepted"));
	auditheld_tell(held, SEVERITY_ENFORCE, move->ref, buffer_bytes(&sentence));
}

/* Its verdict may stand in what was not read: that is nobody's fault, and nothing to build on. */
static void tell_later(struct auditheld *held, size_t count)
{
	if (count)
		findings_add(held->findings, "audit", SEVERITY_UNDECIDED,
			     "%zu move%s later than the last line given, of %s: give the current file as well", count,
			     count == 1 ? " is" : "s are", clock_format(held->moves->end).text);
}

void auditheld_end(struct auditheld *held)
{
	size_t later = 0;

	for (const struct unaccepted *move = held->first; move; move = move->next) {
		if (auditmoves_take(held->moves, move->ref, &move->old, &move->new))
			continue;
		if (held->more && move->time > held->moves->end)
			later++;
		else
			tell_unaccepted(held, move);
	}
	tell_later(held, later);
	for (const struct auditmove *move = held->moves->first; move; move = move->next) {
		if (!move->left || auditbegin_is_symbolic(held, move->ref))
			continue;
		auditheld_tell(
			held, SEVERITY_NOTE, move->ref,
			bytes_printf(held->scratch,
				     "accepted at %s, event %.*s, and not moved from %s to %s: what came after the "
				     "verdict failed",
				     clock_format(move->time).text, BYTES_ARG(move->event),
				     auditheld_name(&move->old).text, auditheld_name(&move->new).text));
		arena_reset(held->scratch);
	}
}
