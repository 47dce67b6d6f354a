/* runauditshow: an audit read back: the lines somebody asks for. */
#include "run.h"

#include <unistd.h>

#include "arena.h"
#include "auditline.h"
#include "clock.h"
#include "jsonread.h"
#include "quote.h"
#include "settings.h"

/* Of lines that are none, so many are named. */
#define BROKEN_MAX 100u

struct showing {
	struct policy_run *run;
	const struct policy_audit_query *query;
	const struct policy_audit_file *files;
	size_t count;
	policy_emit *emit;
	void *context;
	int64_t since, until;
	struct arena *scratch; /* for one line */
	unsigned long broken;
};

/* A policy that does not load hides where the audit is, but not the audit. */
static void advise(struct policy_run *run)
{
	struct bytes usual = bytes_printf(run->arena, "%.*s/policy/audit.jsonl", BYTES_ARG(repo_git_dir(run->repo)));

	if (access(usual.data, R_OK))
		return;
	struct finding *finding = findings_add(&run->findings, run->name, SEVERITY_NOTE,
					       "a file that is named is read whatever the policy says");

	finding_fix(&run->findings, finding, "git policy audit %s", quote_word(run->arena, usual));
}

/* Where the audit is belongs to those who serve the repository. */
static bool find_places(struct policy_run *run, void *audits)
{
	struct policy_audit *place = audits;

	if (!run_open(run, true) || !run_server(run))
		return false;
	if (!run_layers(run)) {
		advise(run);
		return false;
	}
	for (size_t i = 0; i < run->layers.audited_count; i++)
		place[i] = run_audit_place(run, run->layers.audited[i]->audit);
	return true;
}

enum policy_exit policy_audits(struct policy_run *run, struct policy_audit ret_audits[POLICY_AUDITS], size_t *ret_count)
{
	enum policy_exit exit = run_judge(run, "audit", find_places, ret_audits);

	*ret_count = exit == POLICY_ACCEPTED ? run->layers.audited_count : 0;
	return exit;
}

/* A time, the first second of a day, or so long ago; `otherwise` when nothing was given. */
static bool read_time(struct policy_run *run, const char *text, int64_t otherwise, int64_t *ret_time)
{
	unsigned long span;

	*ret_time = otherwise;
	if (!text || clock_parse(bytes_of(text), ret_time) || clock_parse_day(bytes_of(text), ret_time))
		return true;
	if (settings_duration(bytes_of(text), &span)) {
		*ret_time = clock_now() - (int64_t)span;
		return true;
	}
	return run_refuse(run, "no time", text, "2026-01-31T12:00:00Z, 2026-01-31, or how long ago: 90m, 24h, 3d");
}

static bool check_verdict(struct policy_run *run, const char *verdict)
{
	static const char *const words[] = {"accepted", "rejected", "undecided", "would-be-rejected",
					    "would-be-undecided"};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!verdict || bytes_equal(bytes_of(verdict), bytes_of(words[i])))
			return true;
	return run_refuse(run, "no verdict", verdict,
			  "one of accepted, rejected, undecided, would-be-rejected, would-be-undecided");
}

/* "main" means refs/heads/main too, and "deploy/production/live" refs/deploy/production/live. */
static bool is_ref(struct bytes ref, const char *meant)
{
	static const char *const folders[] = {"", "refs/", "refs/heads/", "refs/tags/"};
	struct bytes name = bytes_of(meant);

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		struct bytes folder = bytes_of(folders[i]);

		if (bytes_starts(ref, folder) && bytes_equal(bytes_from(ref, folder.len), name))
			return true;
	}
	return !meant;
}

static bool is_text(struct bytes text, const char *meant)
{
	return !meant || bytes_equal(text, bytes_of(meant));
}

static bool is_user(const struct showing *showing, const struct auditline *line)
{
	struct bytes claim = json_member(json_member(line->line, "identity"), "value");

	return is_text(line->user, showing->query->user) ||
	       is_text(json_unquote(showing->scratch, claim), showing->query->user);
}

static bool is_verdict(const struct auditline *line, const char *meant)
{
	const struct bytes would = BYTES("would-be-");

	if (!meant || !bytes_starts(bytes_of(meant), would))
		return is_text(line->verdict, meant);
	return bytes_equal(line->would, bytes_from(bytes_of(meant), would.len)) &&
	       !bytes_equal(line->would, line->verdict);
}

static bool is_meant(const struct showing *showing, const struct auditline *line)
{
	const struct policy_audit_query *query = showing->query;

	return line->time >= showing->since && line->time < showing->until && is_ref(line->ref, query->ref) &&
	       is_user(showing, line) && is_text(line->event, query->event) && is_verdict(line, query->verdict);
}

static void tell_broken(struct showing *showing, const char *name, unsigned long number)
{
	struct policy_run *run = showing->run;

	if (showing->broken++ < BROKEN_MAX)
		findings_add(&run->findings, run->name, SEVERITY_WARN, "%s:%lu is no line of an audit", name, number);
}

static void show(struct showing *showing, const struct auditline *line)
{
	struct buffer out = {.arena = showing->scratch};

	if (showing->run->options.json) {
		buffer_add(&out, line->line);
		buffer_add(&out, BYTES("\n"));
	} else {
		auditline_print(line, &out);
	}
	showing->emit(showing->context, out.data, out.len);
}

static bool show_file(struct showing *showing, const struct policy_audit_file *file)
{
	struct policy_run *run = showing->run;
	struct auditlines lines = auditlines_start(run->arena, file->fd);
	struct auditline line;
	struct bytes text;

	for (; auditlines_next(&lines, &text); arena_reset(showing->scratch))
		if (!auditline_parse(showing->scratch, text, &line))
			tell_broken(showing, file->name, lines.number);
		else if (is_meant(showing, &line))
			show(showing, &line);
	if (lines.problem)
		findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "%s: %s", file->name, lines.problem);
	return !lines.problem;
}

static bool show_all(struct policy_run *run, void *context)
{
	struct showing *showing = context;
	const struct policy_audit_query *query = showing->query;
	bool good = read_time(run, query->since, INT64_MIN, &showing->since) &&
		    read_time(run, query->until, INT64_MAX, &showing->until) && check_verdict(run, query->verdict);

	showing->scratch = arena_child(run->arena);
	for (size_t i = 0; good && i < showing->count; i++)
		good = show_file(showing, &showing->files[i]);
	if (showing->broken > BROKEN_MAX)
		findings_add(&run->findings, run->name, SEVERITY_WARN, "%lu more lines are none of an audit",
			     showing->broken - BROKEN_MAX);
	return good;
}

enum policy_exit policy_audit_show(struct policy_run *run, const struct policy_audit_query *query,
				   const struct policy_audit_file *files, size_t count, policy_emit *emit,
				   void *context)
{
	struct showing showing = {
		.run = run, .query = query, .files = files, .count = count, .emit = emit, .context = context};

	return run_judge(run, "audit", show_all, &showing);
}
