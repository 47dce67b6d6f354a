/* runnotes: release notes of a range, or of a version. */
#include "run.h"

#include <stdint.h>

#include "arena.h"
#include "json.h"
#include "notes.h"
#include "pattern.h"
#include "releases.h"
#include "report.h"

/* What is told of. */
struct telling {
	struct policy_run *run;
	struct facts *facts;
	struct bytes tag;     /* a version; or empty */
	struct bytes title;   /* what it is called */
	struct bytes since;   /* where it begins; empty: at the beginning of history */
	struct oid tip, base; /* `base` is that of `since` */
};

static bool fail(struct policy_run *run, struct bytes what, const char *problem)
{
	findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "%.*s%s%s", BYTES_ARG(what), what.len ? ": " : "",
		     problem);
	return false;
}

/* As the repository's own policy says, else the host's. */
static const struct notes *notes_of(struct policy_run *run)
{
	for (size_t i = run->layers.count; i-- > 0;) {
		const struct setting *setting = section_setting(run->layers.policy[i]->commit, "notes");

		if (setting)
			return setting->parsed;
	}
	return notes_usual(run->arena);
}

/* The version that the tip comes after, by the tags of one section. */
static enum answer find_in(struct telling *telling, const struct policy *policy, const struct section *section,
			   const struct version *limit)
{
	struct releases releases = {.arena = telling->run->arena, .policy = policy, .section = section};
	struct release release;

	if (releases_find(&releases, telling->facts, NULL) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	enum answer answer = releases_before(&releases, telling->facts, &telling->tip, limit, &release, &telling->base);

	if (answer == ANSWER_YES)
		telling->since = bytes_from(release.ref, BYTES("refs/tags/").len);
	return answer;
}

/* NO: no section of the policy names versions, or that has the version asked for; or there is none before. */
static enum answer find_since(struct telling *telling, const struct policy *policy, bool *ret_named)
{
	struct bytes tag = telling->tag, ref = bytes_printf(telling->run->arena, "refs/tags/%.*s", BYTES_ARG(tag)),
		     text;
	enum answer answer = ANSWER_NO;
	struct version limit;

	for (size_t i = 0; answer == ANSWER_NO && i < policy->section_count; i++) {
		const struct section *section = policy->sections[i];

		if (section->kind != SECTION_TAG || !pattern_versioned(section->pattern))
			continue;
		if (tag.len && (section_find(policy, ref) != section ||
				!pattern_version(section->pattern, tag, &text) || !version_parse(text, &limit)))
			continue;
		*ret_named = true;
		answer = find_in(telling, policy, section, tag.len ? &limit : NULL);
	}
	return answer;
}

/* The repository's own policy knows its versions best; it comes last. */
static bool find_beginning(struct telling *telling)
{
	const struct layers *layers = &telling->run->layers;
	enum answer answer = ANSWER_NO;
	bool named = false;

	for (size_t i = layers->count; i-- > 0 && answer == ANSWER_NO;)
		answer = find_since(telling, layers->policy[i], &named);
	if (answer == ANSWER_UNKNOWN)
		return fail(telling->run, (struct bytes){0}, facts_reason(telling->facts));
	return named || !telling->tag.len ||
	       fail(telling->run, telling->tag, "the policy knows no version of that name");
}

static bool begin(struct telling *telling, const struct policy_range *range)
{
	telling->title = range->to_name ? bytes_of(range->to_name) : BYTES("Unreleased");
	if (!oid_parse(bytes_of(range->to), &telling->tip))
		return fail(telling->run, telling->title, "is no full id of a commit");
	if (!range->from) {
		telling->tag = bytes_of(range->to_name);
		return find_beginning(telling);
	}
	telling->since = bytes_of(range->from_name);
	return oid_parse(bytes_of(range->from), &telling->base) ||
	       fail(telling->run, telling->since, "is no full id of a commit");
}

static void heading_add(const struct telling *telling)
{
	struct buffer *out = &telling->run->output;

	buffer_add(out, BYTES("# "));
	notes_text(out, telling->title);
	buffer_add(out, BYTES("\n"));
	if (!telling->since.len)
		return;
	buffer_add(out, BYTES("\nChanges since "));
	notes_text(out, telling->since);
	buffer_add(out, BYTES(".\n"));
}

static void write_json(const struct telling *telling, const struct changelog *changelog)
{
	struct policy_run *run = telling->run;
	struct json json = {.out = &run->output, .scratch = {.arena = run->arena}};

	json_text(&json, "{\"type\":\"notes\",\"of\":", telling->title);
	json_text(&json, ",\"since\":", telling->since);
	buffer_add(json.out, BYTES("}\n"));
	notes_json(notes_of(run), changelog, json.out);
}

static void write_text(const struct telling *telling, const struct changelog *changelog)
{
	heading_add(telling);
	notes_write(notes_of(telling->run), changelog, &telling->run->output);
}

static bool notes(struct policy_run *run, void *context)
{
	struct telling telling = {.run = run};
	struct changelog changelog;

	if (!run_open(run, true) || !run_load(run))
		return false;
	telling.facts = facts_new_client(run->arena, run->repo, &run->layers);
	if (!begin(&telling, context))
		return false;
	if (changelog_since(run->arena, telling.facts, &telling.tip, telling.since.len ? &telling.base : NULL,
			    &changelog) != ANSWER_YES)
		return fail(run, (struct bytes){0}, facts_reason(telling.facts));
	if (run->options.json)
		write_json(&telling, &changelog);
	else
		write_text(&telling, &changelog);
	run->told = true;
	return true;
}

enum policy_exit policy_notes(struct policy_run *run, const struct policy_range *range)
{
	return run_judge(run, "notes", notes, (void *)(uintptr_t)range);
}
