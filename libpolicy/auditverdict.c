/* auditverdict: lines of JSON, each within its bound. */
#include "auditverdict.h"

#include "arena.h"
#include "clock.h"
#include "json.h"
#include "report_json.h"

/* Bytes of a text that are told, escaped; quoting may double them. */
#define TEXT_MAX ((size_t)300)
#define NAME_MAX ((size_t)1024)
/* For what closes a line after its last list. */
#define CLOSING_MAX ((size_t)64)
/* Records take no more than so much of what is left for lists: a fourth. */
#define RECORDS_SHARE 4u

/* The findings of one ref, or of the push as a whole. */
struct told {
	const struct finding **list;
	size_t count;
	size_t room;
};

struct writing {
	const struct audit *audit;
	struct arena *arena;
	struct map *told; /* ref -> struct told */
	struct json json;
	struct buffer *line;
	struct buffer tail; /* what stands behind the lists */
	struct buffer item;
};

static const char *verdict_word(enum policy_exit verdict)
{
	static const char *const words[] = {
		[POLICY_ACCEPTED] = "accepted",
		[POLICY_REJECTED] = "rejected",
		[POLICY_UNDECIDED] = "undecided",
	};

	return words[verdict];
}

static struct told *told_of(struct writing *writing, struct bytes ref)
{
	struct told *told = map_get(writing->told, ref);

	if (told)
		return told;
	told = arena_alloc(writing->arena, sizeof(*told));
	map_set(writing->told, ref, told);
	return told;
}

/* What weighs most comes first, so that it is the rest that may be left out. */
static void gather(struct writing *writing)
{
	for (int light = 0; light < 2; light++)
		for (const struct finding *finding = writing->audit->findings->first; finding;
		     finding = finding->next) {
			if (light != (finding->severity < SEVERITY_ENFORCE))
				continue;
			struct told *told = told_of(writing, finding->ref);

			told->list = arena_grow(writing->arena, told->list, &told->room, told->count + 1,
						sizeof(*told->list));
			told->list[told->count++] = finding;
		}
}

static void text_add(struct writing *writing, struct buffer *out, const char *before, struct bytes text, size_t max)
{
	writing->json.out = out;
	writing->json.max = max;
	json_text(&writing->json, before, text);
}

static void id_add(struct buffer *out, const char *before, const struct oid *id)
{
	if (!oid_is_zero(id))
		buffer_printf(out, "%s\"%s\"", before, oid_hex(id).text);
}

static void head_add(struct writing *writing)
{
	const struct audit *audit = writing->audit;
	struct buffer *line = writing->line;

	buffer_printf(line, "{\"time\":\"%s\"", clock_format(audit->time).text);
	text_add(writing, line, ",\"event\":", audit->event, TEXT_MAX);
	buffer_printf(line, ",\"type\":\"verdict\",\"hook\":\"%s\"", audit->hook);
	text_add(writing, line, ",\"repository\":", audit->repository, NAME_MAX);
	text_add(writing, line, ",\"repository_id\":", audit->id, TEXT_MAX);
	text_add(writing, line, ",\"transport\":", audit->transport, TEXT_MAX);
	text_add(writing, line, ",\"user\":", audit->user, TEXT_MAX);
	text_add(writing, line, ",\"identity\":{\"variable\":", audit->variable, TEXT_MAX);
	if (audit->variable.len) {
		text_add(writing, line, ",\"value\":", audit->claim, TEXT_MAX);
		buffer_add(line, BYTES("}"));
	}
}

static void update_add(struct writing *writing, const struct update *update)
{
	struct buffer *line = writing->line;

	text_add(writing, line, ",\"ref\":", update->ref, NAME_MAX);
	text_add(writing, line, ",\"alias\":", update->alias, NAME_MAX);
	buffer_printf(line, ",\"old\":\"%s\",\"new\":\"%s\"", oid_hex(&update->old).text, oid_hex(&update->new).text);
}

static void verdict_add(struct writing *writing)
{
	const struct audit *audit = writing->audit;
	struct buffer *line = writing->line;

	id_add(line, ",\"policy\":", &audit->policy);
	buffer_printf(line, ",\"mode\":\"%s\",\"verdict\":\"%s\"", audit->evaluate ? "evaluate" : "enforce",
		      verdict_word(audit->verdict));
	if (audit->evaluate)
		buffer_printf(line, ",\"would\":\"%s\"", verdict_word(audit->would));
}

static void override_add(struct writing *writing, const struct override *override)
{
	struct buffer *tail = &writing->tail;

	text_add(writing, tail, ",\"override\":{\"by\":", override->user, TEXT_MAX);
	text_add(writing, tail, ",\"reason\":", override->reason, TEXT_MAX);
	buffer_add(tail, BYTES(",\"skipped\":["));
	for (size_t i = 0; i < override->rule_count; i++)
		text_add(writing, tail, i ? "," : "", override->rules[i], TEXT_MAX);
	buffer_add(tail, BYTES("]}"));
}

/* A layer's grant, the first one told, and how long it took. */
static void tail_make(struct writing *writing, const struct told *told)
{
	const struct override *override = NULL;

	for (size_t i = 0; told && i < told->count && !override; i++)
		override = told->list[i]->override;
	writing->tail.len = 0;
	if (override)
		override_add(writing, override);
	buffer_printf(&writing->tail, ",\"duration_ms\":%lld}\n", (long long)writing->audit->duration);
}

/* Bytes that lists may still take. */
static size_t left(const struct writing *writing)
{
	size_t taken = writing->line->len + writing->tail.len + CLOSING_MAX;

	return taken < POLICY_AUDIT_LINE ? POLICY_AUDIT_LINE - taken : 0;
}

/* Adds the item in hand to a list, unless that would be more than `*room`: then the list is over. */
static bool item_take(struct writing *writing, const char *before, size_t *room)
{
	size_t len = writing->item.len + CLOSING_MAX;

	if (len > *room) {
		*room = 0;
		return false;
	}
	*room -= len;
	buffer_add(writing->line, bytes_of(before));
	buffer_add(writing->line, buffer_bytes(&writing->item));
	return true;
}

static const char *record_says(const struct consulted *consulted)
{
	const struct record_value *value = consulted->value;

	switch (consulted->record.kind) {
	case RECORD_APPROVAL:
		return value && value->rejects ? "reject" : "approve";
	case RECORD_CHECK:
		return value && value->passed ? "pass" : value && value->failed ? "fail" : NULL;
	case RECORD_GRANT:
	case RECORD_NONE:
		break;
	}
	return NULL;
}

static void record_make(struct writing *writing, const struct consulted *consulted)
{
	struct buffer *item = &writing->item;
	const char *says = consulted->problem ? NULL : record_says(consulted);

	item->len = 0;
	text_add(writing, item, "{\"ref\":", consulted->ref, NAME_MAX);
	id_add(item, ",\"id\":", &consulted->id);
	text_add(writing, item, ",\"says\":", bytes_of(says), TEXT_MAX);
	if (!says && consulted->value)
		text_add(writing, item, ",\"says\":", consulted->value->number.text, TEXT_MAX);
	text_add(writing, item, ",\"problem\":", bytes_of(consulted->problem), TEXT_MAX);
	buffer_add(item, BYTES("}"));
}

static void close_list(struct buffer *line, size_t told, size_t count, const char *cut)
{
	buffer_add(line, told ? BYTES("]") : BYTES(""));
	if (told < count)
		buffer_printf(line, ",\"%s\":%zu", cut, count - told);
}

static void records_add(struct writing *writing, const struct update *update)
{
	struct facts *facts = writing->audit->facts;
	const struct consulted *consulted = facts ? facts_consulted(facts) : NULL;
	size_t told = 0, count = 0, room = left(writing) / RECORDS_SHARE;

	for (; consulted; consulted = consulted->next) {
		if (!facts_concerns(facts, &consulted->record, update))
			continue;
		count++;
		record_make(writing, consulted);
		told += item_take(writing, told ? "," : ",\"records\":[", &room);
	}
	close_list(writing->line, told, count, "records_cut");
}

static void finding_make(struct writing *writing, const struct finding *finding)
{
	struct buffer *item = &writing->item;
	struct bytes origin =
		bytes_printf(writing->arena, "%.*s:%u", BYTES_ARG(finding->origin.file), finding->origin.line);

	item->len = 0;
	text_add(writing, item, "{\"rule\":", finding->rule, TEXT_MAX);
	buffer_printf(item, ",\"severity\":\"%s\"", report_severity(finding->severity));
	id_add(item, ",\"commit\":", &finding->commit);
	text_add(writing, item, ",\"policy\":", finding->origin.line ? origin : finding->origin.file, TEXT_MAX);
	text_add(writing, item, ",\"found\":", finding->found, TEXT_MAX);
	buffer_add(item, finding->evaluated ? BYTES(",\"evaluated\":true}") : BYTES("}"));
}

/* Those of the update, then those of the push as a whole. */
static void findings_add_all(struct writing *writing, const struct told *own, const struct told *whole)
{
	const struct told *lists[] = {own, whole};
	size_t told = 0, count = (own ? own->count : 0) + (whole ? whole->count : 0), room = left(writing);

	for (size_t list = 0; list < 2; list++)
		for (size_t i = 0; lists[list] && room && i < lists[list]->count; i++) {
			finding_make(writing, lists[list]->list[i]);
			told += item_take(writing, told ? "," : ",\"findings\":[", &room);
		}
	close_list(writing->line, told, count, "findings_cut");
}

/* `update` NULL: the push could not be read. */
static void line_make(struct writing *writing, const struct update *update)
{
	const struct told *own = update ? map_get(writing->told, update->ref) : NULL;

	writing->line->len = 0;
	tail_make(writing, own);
	head_add(writing);
	if (update)
		update_add(writing, update);
	verdict_add(writing);
	if (update)
		records_add(writing, update);
	findings_add_all(writing, own, map_get(writing->told, BYTES("")));
	buffer_add(writing->line, buffer_bytes(&writing->tail));
}

void audit_add(const struct audit *audit, const struct push *push, struct buffer *out)
{
	struct arena *arena = arena_child(out->arena);
	struct buffer line = {.arena = arena};
	struct writing writing = {
		.audit = audit,
		.arena = arena,
		.told = map_new(arena),
		.json = {.scratch = {.arena = arena}},
		.line = &line,
		.tail = {.arena = arena},
		.item = {.arena = arena},
	};

	gather(&writing);
	for (size_t i = 0; i < push->count; i++) {
		line_make(&writing, &push->updates[i]);
		buffer_add(out, buffer_bytes(&line));
	}
	if (push->count)
		return;
	line_make(&writing, NULL);
	buffer_add(out, buffer_bytes(&line));
}
