/* report: findings gathered by ref in the order the refs first appear, told within a bound. */
#include "report.h"

#include "arena.h"
#include "report_json.h"
#include "report_text.h"

#define REF_MAX ((size_t)200)

struct member {
	const struct finding *finding;
	struct member *next;
};

/* The findings that stand below one heading: of one ref, told by policies in force or by evaluated ones. */
struct group {
	struct member *first;
	struct member **end;
	size_t counts[SEVERITY_UNDECIDED + 1];
	struct group *next;
};

static struct group *group_of(struct map *groups, struct arena *arena, struct bytes ref, struct group ***end)
{
	struct group *group = map_get(groups, ref);

	if (group)
		return group;
	group = arena_alloc(arena, sizeof(*group));
	group->end = &group->first;
	map_set(groups, ref, group);
	**end = group;
	*end = &group->next;
	return group;
}

static void member_add(struct group *group, struct arena *arena, const struct finding *finding)
{
	struct member *member = arena_alloc(arena, sizeof(*member));

	member->finding = finding;
	*group->end = member;
	group->end = &member->next;
	group->counts[finding->severity]++;
}

static struct group *groups_make(const struct findings *findings, struct arena *arena)
{
	struct map *enforced = map_new(arena), *evaluated = map_new(arena);
	struct group *first = NULL, **end = &first;

	/* What the push is refused for comes first, so that no number of warnings crowds it out. */
	for (int light = 0; light < 2; light++)
		for (const struct finding *finding = findings->first; finding; finding = finding->next)
			if (light == (finding->evaluated || finding->severity < SEVERITY_ENFORCE))
				member_add(
					group_of(finding->evaluated ? evaluated : enforced, arena, finding->ref, &end),
					arena, finding);
	return first;
}

static enum severity group_worst(const struct group *group)
{
	enum severity worst = SEVERITY_UNDECIDED;

	while (worst > SEVERITY_OFF && !group->counts[worst])
		worst--;
	return worst;
}

/* "rejected, 2 problems"; `passes` when nothing in the whole push is refused. */
static void verdict_add(struct buffer *out, const struct group *group, bool passes)
{
	enum severity worst = group_worst(group);
	bool evaluated = group->first->finding->evaluated;
	size_t count = group->counts[worst];
	const char *noun = worst == SEVERITY_WARN ? "warning" : "note";

	if (worst >= SEVERITY_ENFORCE) {
		count = group->counts[SEVERITY_ENFORCE] + group->counts[SEVERITY_UNDECIDED];
		noun = "problem";
		buffer_printf(out, "%s%s, ", evaluated ? "would be " : "",
			      worst == SEVERITY_UNDECIDED ? "undecided" : "rejected");
	} else if (passes) {
		buffer_printf(out, "accepted with ");
	}
	buffer_printf(out, "%zu %s%s%s\n", count, noun, count == 1 ? "" : "s", evaluated ? " (mode = evaluate)" : "");
}

static void heading_add(struct buffer *out, const struct group *group, bool passes)
{
	const struct finding *finding = group->first->finding;

	if (!finding->ref.len)
		return;
	buffer_printf(out, "%s ", report_prefix(group_worst(group), finding->evaluated));
	escape_add(out, finding->ref, REF_MAX);
	buffer_add(out, BYTES(": "));
	verdict_add(out, group, passes);
}

/* Adds `block` when it leaves room for a last line. */
static bool block_add(struct buffer *out, const struct buffer *block, size_t *lines)
{
	struct bytes rest = buffer_bytes(block), line;
	size_t count = 0;

	while (bytes_line(&rest, &line))
		count++;
	if (*lines + count >= REPORT_LINES_MAX)
		return false;
	*lines += count;
	buffer_add(out, buffer_bytes(block));
	return true;
}

static void report_text(const struct findings *findings, struct buffer *out)
{
	struct buffer block = {.arena = out->arena};
	bool passes = findings_worst(findings) < SEVERITY_ENFORCE;
	size_t lines = 0, told = 0;

	for (struct group *group = groups_make(findings, out->arena); group; group = group->next) {
		struct map *hints = map_new(out->arena);

		for (struct member *member = group->first; member; member = member->next, told++) {
			block.len = 0;
			if (member == group->first)
				heading_add(&block, group, passes);
			report_finding(&block, member->finding, hints);
			if (!block_add(out, &block, &lines))
				goto full;
		}
	}
	return;
full:
	buffer_printf(out, "hint: %zu more problem%s not shown; git push -o policy.format=json shows all\n",
		      findings->count - told, findings->count - told == 1 ? " is" : "s are");
}

void report_render(const struct findings *findings, enum report_format format, struct buffer *out)
{
	struct bytes event = findings->event;

	if (format == REPORT_JSON)
		report_json(findings, out);
	else
		report_text(findings, out);
	if (event.len && format == REPORT_TEXT)
		buffer_printf(out, "event %.*s\n", BYTES_ARG(event));
}
