/* judgehide: secrets are taken out of what the rules say, where the policy looks for secrets. */
#include <string.h>

#include "arena.h"
#include "plan.h"
#include "secretscan.h"

/* So much of a secret's line gives something away. */
#define PART_MIN ((size_t)8)

/* The secrets of a text, line by line, since a finding shows one line. */
struct parts {
	struct arena *arena;
	struct bytes *list;
	size_t count;
	size_t room;
};

static bool hides(const struct rule *rule)
{
	return rule->flags & RULE_HIDES;
}

/* Whether what a rule that hides would find is looked for on any ref. */
static bool looks(const struct plan *plan)
{
	unsigned long listed = plan_listed(plan->policy);

	for (size_t i = 0; i < rule_count; i++) {
		if (rules[i]->scope != SCOPE_CONTENT)
			continue;
		if (listed & 1 && hides(rules[i]) && plan->severities[i] != SEVERITY_OFF)
			return true;
		listed >>= 1;
	}
	return false;
}

/* What such a rule says it has made fit to be shown. */
static bool is_own(const struct finding *finding)
{
	for (size_t i = 0; i < rule_count; i++)
		if (hides(rules[i]) && bytes_equal(bytes_of(rules[i]->name), finding->rule))
			return true;
	return false;
}

static void parts_add(struct parts *parts, struct bytes secret)
{
	struct bytes line;

	while (bytes_line(&secret, &line)) {
		line = bytes_trim(line);
		if (line.len < PART_MIN)
			continue;
		parts->list =
			arena_grow(parts->arena, parts->list, &parts->room, parts->count + 1, sizeof(*parts->list));
		parts->list[parts->count++] = bytes_copy(parts->arena, line);
	}
}

/* Where it cannot tell, all of the text. */
static void parts_find(struct parts *parts, struct secretscan *scan, struct bytes text)
{
	struct secret *secrets;
	size_t count;

	if (!secretscan_find(scan, text, &secrets, &count))
		parts_add(parts, text);
	for (size_t i = 0; i < count; i++)
		parts_add(parts, secrets[i].text);
}

static struct bytes without(struct arena *arena, struct bytes text, struct bytes part)
{
	struct buffer shown = {.arena = arena};
	const char *found;

	while ((found = memmem(text.data, text.len, part.data, part.len))) {
		buffer_add(&shown, bytes_first(text, (size_t)(found - text.data)));
		buffer_add(&shown, BYTES("[...]"));
		text = bytes_from(text, (size_t)(found - text.data) + part.len);
	}
	if (!shown.len)
		return text;
	buffer_add(&shown, text);
	return buffer_bytes(&shown);
}

static void hide(const struct plan *plan, const struct parts *parts, struct bytes *text)
{
	if (!text->len)
		return;
	for (size_t i = 0; i < parts->count; i++)
		*text = without(parts->arena, *text, parts->list[i]);
	*text = secretscan_mask(plan->policy->secrets, parts->arena, *text);
}

static void hide_finding(const struct plan *plan, const struct parts *parts, struct finding *finding)
{
	struct bytes source = finding->source;

	hide(plan, parts, &finding->found);
	hide(plan, parts, &finding->wanted);
	hide(plan, parts, &finding->fix);
	hide(plan, parts, &finding->source);
	if (!bytes_equal(source, finding->source))
		finding->column = 0;
	if (!finding->override)
		return;
	struct override *override = arena_alloc(parts->arena, sizeof(*override));

	*override = *finding->override;
	hide(plan, parts, &override->reason);
	finding->override = override;
}

void plan_hide(const struct plan *plan, struct bytes text, struct findings *findings)
{
	struct parts parts = {.arena = findings->arena};

	if (!findings->count || !looks(plan))
		return;
	parts_find(&parts, plan->policy->secrets, text);
	for (struct finding *finding = findings->first; finding; finding = finding->next)
		if (!is_own(finding))
			hide_finding(plan, &parts, finding);
}
