/* runrecord: how records are written, for whoever wants to push one. */
#include "run.h"

#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "clock.h"
#include "gather.h"
#include "layers.h"
#include "record.h"
#include "report.h"
#include "settings.h"
#include "statement.h"

/* What was asked for is the whole output. */
static bool answer(struct policy_run *run, struct bytes text)
{
	buffer_add(&run->output, text);
	run->told = true;
	return true;
}

static bool id_read(struct policy_run *run, const char *text, struct oid *ret_id)
{
	return !text || oid_parse(bytes_of(text), ret_id) || run_refuse(run, "no full id of an object", text, NULL);
}

static bool result_read(struct policy_run *run, const char *text)
{
	struct decimal number;

	if (!text || !strcmp(text, "pass") || !strcmp(text, "fail") || decimal_parse(bytes_of(text), &number))
		return true;
	return run_refuse(run, "no result of a check", text, "pass, fail, or a number like 90 or 99.5");
}

bool run_record(struct policy_run *run, const struct policy_record *from, struct record *ret_record)
{
	static const enum record_kind kinds[] = {
		[POLICY_APPROVAL] = RECORD_APPROVAL,
		[POLICY_CHECK] = RECORD_CHECK,
		[POLICY_GRANT] = RECORD_GRANT,
	};
	const char *problem = from->target ? refname_problem(bytes_of(from->target)) : NULL;

	*ret_record = (struct record){
		.kind = kinds[from->kind],
		.target = bytes_of(from->target),
		.name = bytes_of(from->name),
	};
	if (problem)
		return run_refuse(run, problem, from->target, NULL);
	return result_read(run, from->result) && id_read(run, from->commit, &ret_record->commit) &&
	       id_read(run, from->old, &ret_record->old) && id_read(run, from->new, &ret_record->new);
}

static bool write_ref(struct policy_run *run, void *from)
{
	struct record record, back;

	if (!run_record(run, from, &record))
		return false;
	struct bytes ref = record_ref(run->arena, &record);
	const char *problem = record_parse(run->arena, ref, &back);

	if (!problem)
		problem = refname_problem(ref);
	if (problem)
		return run_refuse(run, problem, ref.data, NULL);
	return answer(run, ref);
}

enum policy_exit policy_record_ref(struct policy_run *run, const struct policy_record *record)
{
	return run_judge(run, "record", write_ref, (void *)(uintptr_t)record);
}

static bool write_statement(struct policy_run *run, void *from)
{
	struct statement statement = {0};
	struct record record;

	if (!run_record(run, from, &record) || !run_open(run, true) || !run_layers(run))
		return false;
	struct facts *facts = facts_new_client(run->arena, run->repo, &run->layers);

	switch (facts_repository(facts, &statement.repository)) {
	case ANSWER_YES:
		break;
	case ANSWER_NO:
		return run_refuse(run, "the server has not said what the repository is called in signed records",
				  "--sign",
				  "git policy status fetches what it publishes; the admin installs again where it does "
				  "not");
	case ANSWER_UNKNOWN:
		return run_refuse(run, facts_reason(facts), "--sign", NULL);
	}
	statement.target = record.target;
	statement.head = record.kind == RECORD_GRANT && !oid_is_zero(&record.new) ? record.new
			 : record.kind == RECORD_GRANT				  ? record.old
										  : record.commit;
	statement.user = record.name;
	return answer(run, statement_write(run->arena, &statement));
}

enum policy_exit policy_record_statement(struct policy_run *run, const struct policy_record *record)
{
	return run_judge(run, "record", write_statement, (void *)(uintptr_t)record);
}

static bool write_time(struct policy_run *run, void *text)
{
	struct bytes words = bytes_of(text);
	unsigned long duration;
	int64_t time;

	if (settings_duration(words, &duration))
		time = clock_now() + (int64_t)duration;
	else if (clock_parse_day(words, &time))
		time += 24 * 60 * 60;
	else if (!clock_parse(words, &time))
		return run_refuse(
			run, "no time", text,
			"2026-01-31T12:00:00Z, 2026-01-31 for the end of that day, or how long from now: 24h");
	return answer(run, bytes_of(clock_format(time).text));
}

enum policy_exit policy_time(struct policy_run *run, const char *text)
{
	return run_judge(run, "record", write_time, (void *)(uintptr_t)text);
}
