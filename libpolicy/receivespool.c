/* receivespool: what triggers are to be told of an update, put down before the account's line for it, and handed to
 * them after it; so that each of them is told once at least, and twice only under one event id. */
#include "receive.h"

#include "accountline.h"
#include "arena.h"
#include "clock.h"
#include "event.h"
#include "happened.h"

/* Long enough for what a run does under the lock, well within the usual deadline. */
#define LOCK_SECONDS 30u

/* The triggers that a layer's section for `ref` lists, one after the other; an empty name behind the last. */
static struct bytes trigger_of(const struct receiving *receiving, struct bytes ref, size_t index)
{
	const struct layers *layers = &receiving->run->layers;

	for (size_t i = 0; i < layers->count; i++) {
		const struct setting *triggers = section_setting(section_find(layers->policy[i], ref), "trigger");
		size_t count = triggers ? triggers->word_count : 0;

		if (index < count)
			return triggers->words[index];
		index -= count;
	}
	return (struct bytes){0};
}

bool receive_lock(struct receiving *receiving)
{
	struct policy_run *run = receiving->run;

	receiving->spool = (struct spool){.arena = run->arena, .git_dir = repo_git_dir(run->repo)};
	return spool_lock(&receiving->spool, SPOOL_PENDING, LOCK_SECONDS, &run->lock) == ANSWER_YES ||
	       receive_fail(receiving, receiving->spool.problem);
}

void receive_unlock(struct receiving *receiving)
{
	spool_unlock(&receiving->run->lock);
}

bool receive_put(struct receiving *receiving, struct facts *facts, struct bytes ref, struct account_line *line,
		 struct bytes *ret_name)
{
	struct arena *arena = receiving->run->arena;
	struct buffer text = {.arena = arena};
	struct spool_entry entry;

	*ret_name = (struct bytes){0};
	if (!trigger_of(receiving, ref, 0).len)
		return true;
	if (line->missed)
		line->event = event_new(arena);
	if (!line->event.len)
		return receive_fail(receiving, "no random numbers are to be had");
	accountline_print(&text, ref, line);
	entry.line = buffer_bytes(&text);
	entry.event = happened_print(receiving->run, facts, ref, line);
	if (!spool_put(&receiving->spool, receiving->run->lock, line->time, &entry))
		return receive_fail(receiving, receiving->spool.problem);
	*ret_name = entry.name;
	return true;
}

bool receive_hand(struct receiving *receiving, struct bytes ref, struct bytes name)
{
	struct spool *spool = &receiving->spool;
	struct bytes trigger;
	bool good = true;

	for (size_t i = 0; good && (trigger = trigger_of(receiving, ref, i)).len; i++)
		good = spool_queue(spool, name, trigger);
	return (good && spool_remove(spool, SPOOL_PENDING, name)) || receive_fail(receiving, spool->problem);
}

static bool recover_one(struct receiving *receiving, struct bytes name)
{
	struct spool *spool = &receiving->spool;
	struct account_line line;
	struct spool_entry entry;

	switch (spool_read(spool, SPOOL_PENDING, name, &entry)) {
	case ANSWER_UNKNOWN:
		return receive_fail(receiving, spool->problem);
	case ANSWER_NO:
		return true;
	case ANSWER_YES:
		break;
	}
	if (!bytes_ends(entry.line, BYTES("\n")) ||
	    !accountline_parse(spool->arena, entry.ref, bytes_first(entry.line, entry.line.len - 1), &line))
		return receive_fail(receiving,
				    bytes_printf(spool->arena, "%.*s/policy/spool/:pending/%.*s tells of no update",
						 BYTES_ARG(spool->git_dir), BYTES_ARG(name))
					    .data);
	if (!receiving->dry_run)
		return receive_again(receiving, entry.ref, &line, name);
	findings_add(&receiving->run->findings, receiving->run->name, SEVERITY_NOTE,
		     "%.*s: its move from %s to %s, %s, is not finished", BYTES_ARG(entry.ref),
		     oid_abbrev(&line.old).text, oid_abbrev(&line.new).text, clock_format(line.time).text);
	return true;
}

bool receive_recover(struct receiving *receiving)
{
	struct bytes *names;
	size_t count;
	bool good = true;

	if (!spool_list(&receiving->spool, SPOOL_PENDING, &names, &count))
		return receive_fail(receiving, receiving->spool.problem);
	for (size_t i = 0; i < count; i++)
		good &= recover_one(receiving, names[i]);
	return good;
}
