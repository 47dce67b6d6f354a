/* auditmoves: from the lines of an audit to moves that were accepted. */
#include "auditmoves.h"

#include "arena.h"
#include "clock.h"

/* Of a file's lines that are none, so many are named. */
#define BROKEN_MAX 100u
/* A line is written at most so long after the time in it: it waited for its turn. */
#define WAITED_MAX 60

void auditmoves_init(struct auditmoves *moves, struct findings *findings, struct bytes repository, struct bytes id)
{
	*moves = (struct auditmoves){
		.arena = findings->arena,
		.scratch = arena_child(findings->arena),
		.repository = repository,
		.id = id,
		.findings = findings,
		.map = map_new(findings->arena),
		.begin = INT64_MAX,
	};
	moves->tail = &moves->first;
}

/* Two ids and a name have one spelling. */
static struct bytes key_of(struct arena *arena, struct bytes ref, const struct oid *old, const struct oid *new)
{
	struct buffer key = {.arena = arena};

	buffer_add(&key, (struct bytes){(const char *)old->id, sizeof(old->id)});
	buffer_add(&key, (struct bytes){(const char *)new->id, sizeof(new->id)});
	buffer_add(&key, ref);
	return buffer_bytes(&key);
}

static struct auditmove *move_of(struct auditmoves *moves, struct bytes ref, const struct oid *old,
				 const struct oid *new)
{
	struct bytes key = key_of(moves->scratch, ref, old, new);
	struct auditmove *move = map_get(moves->map, key);

	if (move)
		return move;
	move = arena_alloc(moves->arena, sizeof(*move));
	move->ref = bytes_copy(moves->arena, ref);
	move->old = *old;
	move->new = *new;
	map_set(moves->map, bytes_copy(moves->arena, key), move);
	*moves->tail = move;
	moves->tail = &move->next;
	return move;
}

/* The name stays when the repository is moved elsewhere. */
static bool is_own(const struct auditmoves *moves, const struct auditline *line)
{
	if (line->repository_id.len && moves->id.len)
		return bytes_equal(line->repository_id, moves->id);
	return bytes_equal(line->repository, moves->repository);
}

static void take_line(struct auditmoves *moves, const struct auditline *line)
{
	struct oid old, new;

	moves->lines++;
	if (line->time < moves->begin)
		moves->begin = line->time;
	if (line->time > moves->end)
		moves->end = line->time;
	if (!bytes_equal(line->verdict, BYTES("accepted")) || !oid_parse(line->old, &old) ||
	    !oid_parse(line->new, &new))
		return;
	struct auditmove *move = move_of(moves, line->ref, &old, &new);

	move->left++;
	move->time = line->time;
	move->event = bytes_copy(moves->arena, line->event);
}

static void tell(struct auditmoves *moves, unsigned long count, const char *name, unsigned long number,
		 const char *problem)
{
	if (count < BROKEN_MAX)
		findings_add(moves->findings, "audit", SEVERITY_WARN, "%s:%lu %s", name, number, problem);
}

static void check_order(struct auditmoves *moves, struct auditlines *lines, const struct auditline *line,
			const char *name)
{
	const char *problem;

	if (line->time > lines->latest)
		lines->latest = line->time;
	if (line->time + WAITED_MAX >= lines->latest)
		return;
	problem = bytes_printf(moves->scratch, "is of %s and comes after one of %s", clock_format(line->time).text,
			       clock_format(lines->latest).text)
			  .data;
	tell(moves, lines->broken++, name, lines->number, problem);
}

bool auditmoves_read(struct auditmoves *moves, struct auditlines *lines, const char *name)
{
	struct auditline line;
	struct bytes text;

	for (; auditlines_next(lines, &text); arena_reset(moves->scratch)) {
		if (!auditline_parse(moves->scratch, text, &line)) {
			tell(moves, lines->broken++, name, lines->number, "is no line of an audit");
			continue;
		}
		check_order(moves, lines, &line, name);
		if (is_own(moves, &line))
			take_line(moves, &line);
	}
	if (lines->problem)
		findings_add(moves->findings, "audit", SEVERITY_UNDECIDED, "%s: %s", name, lines->problem);
	return !lines->problem;
}

bool auditmoves_take(struct auditmoves *moves, struct bytes ref, const struct oid *old, const struct oid *new)
{
	struct auditmove *move = map_get(moves->map, key_of(moves->scratch, ref, old, new));
	bool left = move && move->left;

	if (left)
		move->left--;
	arena_reset(moves->scratch);
	return left;
}
