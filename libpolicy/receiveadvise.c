/* receiveadvise: the branches that have landed whole and may go now. */
#include "receive.h"

#include "arena.h"
#include "environment.h"
#include "gather.h"
#include "judge.h"
#include "judgegrant.h"
#include "quote.h"
#include "report.h"

/* So many are named. */
#define NAMED_MAX 5u
#define BRANCHES BYTES("refs/heads/")

/* The branches that came from one push onto one trunk. */
struct advice {
	struct receiving *receiving;
	struct facts *facts; /* as things are now */
	struct bytes trunk;
	struct bytes *names; /* without refs/heads/ */
	size_t count;
	size_t room;
};

/* The repository's own layer knows its branches best; it comes last. */
static const struct section *section_of(const struct receiving *receiving, struct bytes ref)
{
	const struct layers *layers = &receiving->run->layers;
	const struct section *section = NULL;

	for (size_t i = layers->count; i-- && !section;)
		section = section_find(layers->policy[i], ref);
	return section;
}

static bool is_trunk(const struct receiving *receiving, struct bytes ref)
{
	const struct section *section = section_of(receiving, ref);

	return bytes_starts(ref, BRANCHES) && section && section->literal;
}

/* Whether every layer would let the pusher delete the branch, and one says so in so many words. */
static bool may_go(const struct advice *advice, struct bytes ref, const struct oid *tip)
{
	const struct policy_run *run = advice->receiving->run;
	struct push push = {.arena = run->arena};
	bool may = section_setting(section_of(advice->receiving, ref), "delete");

	push_add(&push, ref, tip, &(struct oid){{0}})->old = *tip;
	for (size_t i = 0; i < run->layers.count && may; i++) {
		struct findings findings = {.arena = run->arena}, flow = {.arena = run->arena};
		struct plan plan = plan_make(run->layers.policy[i], &push, advice->facts, &findings);

		judge_flow(&plan, 0, &flow);
		may = findings_worst(&findings) < SEVERITY_ENFORCE && findings_worst(&flow) < SEVERITY_ENFORCE;
	}
	return may;
}

static bool is_named(const struct advice *advice, struct bytes name)
{
	for (size_t i = 0; i < advice->count; i++)
		if (bytes_equal(advice->names[i], name))
			return true;
	return false;
}

static void add_branch(struct advice *advice, struct bytes ref)
{
	struct bytes name = bytes_from(ref, BRANCHES.len);
	struct oid tip;

	if (is_trunk(advice->receiving, ref) || is_named(advice, name) ||
	    facts_ref(advice->facts, ref, &tip) != ANSWER_YES ||
	    facts_landed(advice->facts, advice->trunk, &tip) != ANSWER_YES || !may_go(advice, ref, &tip))
		return;
	advice->names = arena_grow(advice->receiving->run->arena, advice->names, &advice->room, advice->count + 1,
				   sizeof(*advice->names));
	advice->names[advice->count++] = name;
}

/* As words of a shell: their makers named them, and somebody else pastes the command. */
static void add_names(struct buffer *out, const struct advice *advice)
{
	for (size_t i = 0; i < advice->count && i < NAMED_MAX; i++) {
		buffer_add(out, BYTES(" "));
		escape_add(out, bytes_of(quote_word(out->arena, advice->names[i])), SIZE_MAX);
	}
}

static void tell(const struct advice *advice)
{
	struct buffer *out = &advice->receiving->run->output;
	bool one = advice->count == 1;

	if (!advice->count)
		return;
	buffer_add(out, BYTES("hint:"));
	add_names(out, advice);
	if (advice->count > NAMED_MAX)
		buffer_printf(out, " and %zu more", advice->count - NAMED_MAX);
	buffer_printf(out, " %s landed on %.*s; to delete %s: git push origin --delete", one ? "has" : "have",
		      BYTES_ARG(bytes_from(advice->trunk, BRANCHES.len)), one ? "it" : "them");
	add_names(out, advice);
	buffer_add(out, BYTES("\n"));
}

static void advise_of(struct receiving *receiving, struct facts *facts, struct bytes trunk,
		      const struct account_line *line)
{
	struct advice advice = {.receiving = receiving, .facts = facts, .trunk = trunk};

	for (size_t i = 0; i < line->landing_count; i++)
		for (size_t k = 0; k < line->landings[i].source_count; k++)
			add_branch(&advice, line->landings[i].sources[k]);
	tell(&advice);
}

void receive_advise(struct receiving *receiving, const struct account_line *lines)
{
	const struct policy_run *run = receiving->run;
	const struct push *push = receiving->now.push;
	struct facts *facts = NULL;

	for (size_t i = 0; i < push->count && !run->options.json && !environment_json(); i++) {
		if (!lines[i].landing_count || !is_trunk(receiving, push->updates[i].ref))
			continue;
		if (!facts)
			facts = facts_new(run->arena, run->repo, &run->layers, facts_user(receiving->now.facts),
					  facts_user_claim(receiving->now.facts));
		advise_of(receiving, facts, push->updates[i].ref, &lines[i]);
	}
}
