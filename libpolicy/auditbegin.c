/* auditbegin: what a ref was when the policy was installed, which is where its account has to begin. */
#include "account.h"
#include "arena.h"
#include "auditheld_parts.h"
#include "clock.h"
#include "factsbase.h"
#include "layers.h"

/* A ref that was not there then was at nothing. */
static struct auditstart start_of(const struct auditheld *held, struct bytes ref)
{
	const struct auditstart *start = map_get(held->starts.map, ref);

	return start ? *start : (struct auditstart){.ref = ref};
}

static void check_head(struct auditheld *held)
{
	const struct auditstart *start = map_get(held->starts.map, BYTES("HEAD"));
	struct bytes target;

	if (!start || (repo_symbolic(held->repo, start->ref, &target, held->scratch) == ANSWER_YES &&
		       bytes_equal(target, start->target)))
		return;
	auditheld_tell(held, SEVERITY_NOTE, start->ref,
		       bytes_printf(held->scratch, "led to %.*s when the policy was installed, and no longer does",
				    BYTES_ARG(start->target)));
}

bool auditbegin_read(struct auditheld *held)
{
	const char *problem;
	enum answer answer = auditstarts_read(held->findings->arena, repo_git_dir(held->repo), &held->starts, &problem);

	held->started = answer == ANSWER_YES;
	if (answer == ANSWER_UNKNOWN)
		findings_add(held->findings, "audit", SEVERITY_UNDECIDED, "%s", problem);
	else if (answer == ANSWER_NO)
		findings_add(held->findings, "audit", SEVERITY_NOTE,
			     "policy/refs is not there: where refs were when the policy was installed is not known, so "
			     "one that was there then and has gone since without a trace is not missed");
	else
		check_head(held);
	return answer != ANSWER_UNKNOWN;
}

/* The day's value may have come more than once: the last time that can be from before counts. */
size_t auditbegin_skip(const struct following *following)
{
	const struct auditheld *held = following->held;
	struct oid then = start_of(held, following->ref).value;
	size_t skipped = 0;

	for (size_t i = following->count; held->started && i-- > 0;) {
		const struct account_line *line = &following->lines[i];

		if (!line->missed || line->time > held->installed)
			break;
		if (oid_equal(&line->new, &then))
			skipped = following->count - i;
	}
	return skipped;
}

void auditbegin_backdated(const struct following *following, const struct account_line *line)
{
	struct auditheld *held = following->held;
	struct oid then = start_of(held, following->ref).value;

	if (!held->started || !line->missed || line->time > held->installed)
		return;
	auditheld_tell(
		held, SEVERITY_ENFORCE, following->ref,
		bytes_printf(held->scratch,
			     "moved from %s to %s by nobody knows whom, by its reflog at %s: but it was at %s when "
			     "the policy was installed, later than that",
			     auditheld_name(&line->old).text, auditheld_name(&line->new).text,
			     clock_format(line->time).text, auditheld_name(&then).text));
}

/* Whether a value was there on the day the policy was installed, so that nobody need have accepted it. */
static enum answer is_older(struct auditheld *held, const struct oid *value)
{
	struct target target;
	enum answer answer = facts_target(held->facts, value, &target);

	if (answer == ANSWER_YES && target.peeled != OBJECT_COMMIT)
		return ANSWER_NO;
	for (size_t i = 0; answer == ANSWER_YES && i < held->baseline.count; i++) {
		enum answer reached = facts_descends(held->facts, &held->baseline.ids[i], &target.commit);

		if (reached != ANSWER_NO)
			return reached;
	}
	return answer == ANSWER_UNKNOWN ? answer : ANSWER_NO;
}

/* Whoever may move a ref here may set the time in its reflog too. */
void auditbegin_older(const struct following *following, const struct account_line *line)
{
	struct auditheld *held = following->held;

	if (held->started && line->time <= held->installed)
		return;
	if (line->time < held->installed && !oid_is_zero(&line->new) && is_older(held, &line->new) == ANSWER_YES)
		return;
	auditheld_tell(
		held, SEVERITY_WARN, following->ref,
		bytes_printf(held->scratch,
			     "moved from %s to %s by nobody knows whom, by its reflog at %s, before the audit begins",
			     auditheld_name(&line->old).text, auditheld_name(&line->new).text,
			     clock_format(line->time).text));
}

/* Without policy/refs all that can be asked is that the value is from before the policy. */
static void check_baseline(struct auditheld *held, struct bytes ref, const struct oid *value)
{
	if (oid_is_zero(value))
		return;
	switch (is_older(held, value)) {
	case ANSWER_YES:
		break;
	case ANSWER_NO:
		auditheld_tell(held, SEVERITY_ENFORCE, ref,
			       bytes_printf(held->scratch, "nothing says how it came to %s, where its account begins",
					    auditheld_name(value).text));
		break;
	case ANSWER_UNKNOWN:
		auditheld_tell(held, SEVERITY_UNDECIDED, ref, bytes_of(facts_reason(held->facts)));
	}
}

/* A verdict may tell of what a crash kept out of the account. */
static void check_start(const struct following *following, const struct oid *value)
{
	struct auditheld *held = following->held;
	struct oid then = start_of(held, following->ref).value;

	if (oid_equal(&then, value) || auditmoves_take(held->moves, following->ref, &then, value))
		return;
	auditheld_tell(held, SEVERITY_ENFORCE, following->ref,
		       bytes_printf(held->scratch,
				    "nothing says how it came to %s: it was at %s when the policy was installed",
				    auditheld_name(value).text, auditheld_name(&then).text));
}

void auditbegin_check(const struct following *following, const struct oid *value, bool whole)
{
	size_t skipped = auditbegin_skip(following);

	if (following->held->started && !skipped)
		check_start(following, following->count ? &following->lines[following->count - 1].old : value);
	else if (!following->held->started && whole)
		check_baseline(following->held, following->ref,
			       following->count ? &following->lines[following->count - 1].old : value);
}

void auditbegin_anew(const struct following *following)
{
	struct auditheld *held = following->held;
	struct account_line born;
	const char *problem;
	size_t i = 0;
	enum answer answer = account_born(held->scratch, repo_git_dir(held->repo), following->ref, &born, &problem);

	if (answer == ANSWER_UNKNOWN)
		auditheld_tell(held, SEVERITY_UNDECIDED, following->ref, bytes_of(problem));
	/* What the server publishes it makes itself, and accounts for by the time its run began. */
	if (answer != ANSWER_YES || !oid_is_zero(&born.old) || bytes_equal(following->ref, BYTES(LAYERS_FETCHED)))
		return;
	while (i < following->count && !oid_is_zero(&following->lines[i].old))
		i++;
	if (i == following->count || following->lines[i].time >= born.time)
		return;
	auditheld_tell(held, SEVERITY_ENFORCE, following->ref,
		       bytes_printf(held->scratch,
				    "its reflog begins anew at %s, and its account has it made at %s: it was deleted "
				    "and made again, and no verdict accepted that",
				    clock_format(born.time).text, clock_format(following->lines[i].time).text));
}

bool auditbegin_is_symbolic(struct auditheld *held, struct bytes ref)
{
	struct bytes target;

	return repo_symbolic(held->repo, ref, &target, held->scratch) == ANSWER_YES;
}

static bool find_told(void *context, const struct account_line *line)
{
	*(bool *)context = !line->missed;
	return line->missed;
}

/* What is pushed by a symbolic ref's name is told of the ref that it comes to: it has no account of its own. */
static bool was_direct(struct auditheld *held, struct bytes ref)
{
	const char *problem;
	bool pushed = false;

	if (held->started)
		return !start_of(held, ref).target.len;
	return account_read(held->scratch, repo_git_dir(held->repo), ref, find_told, &pushed, &problem) == ANSWER_YES &&
	       pushed;
}

/* A symbolic ref has no value of its own; the ref that it comes to has. */
bool auditbegin_symbolic(struct auditheld *held, struct bytes ref)
{
	struct bytes target = {0}, then = start_of(held, ref).target;
	enum answer answer = repo_symbolic(held->repo, ref, &target, held->scratch);
	bool symbolic = answer == ANSWER_YES;

	if (answer == ANSWER_UNKNOWN || (!symbolic && !then.len))
		return false;
	if (!then.len && was_direct(held, ref))
		auditheld_tell(held, SEVERITY_ENFORCE, ref,
			       bytes_printf(held->scratch, "has become a symbolic ref, to %.*s: no push makes one",
					    BYTES_ARG(target)));
	else if (then.len && !(symbolic && bytes_equal(target, then)))
		auditheld_tell(
			held, SEVERITY_ENFORCE, ref,
			bytes_printf(held->scratch,
				     "was a symbolic ref to %.*s when the policy was installed, and is one to %.*s now",
				     BYTES_ARG(then), BYTES_ARG(symbolic ? target : BYTES("nothing"))));
	return true;
}
