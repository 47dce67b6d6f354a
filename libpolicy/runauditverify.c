/* runauditverify: holds audit, account, reflogs and refs against each other. */
#include "run.h"

#include "arena.h"
#include "auditheld.h"
#include "clock.h"
#include "environment.h"
#include "report.h"
#include "report_text.h"

struct verifying {
	struct policy_run *run;
	const struct policy_audit_file *files;
	size_t count;
	bool more;		  /* of the audit, in files that were not given */
	struct auditlines *lines; /* of each file */
	struct auditmoves moves;
	struct auditheld held;
	int64_t installed; /* when the policy was */
	struct map *refs;  /* those that were held already, or will be */
	struct bytes *list;
	size_t ref_count;
	size_t ref_room;
};

static bool fail(struct policy_run *run, const char *problem)
{
	findings_add(&run->findings, run->name, SEVERITY_UNDECIDED, "%s", problem);
	return false;
}

static bool read_files(struct verifying *verifying)
{
	bool good = true;

	for (size_t i = 0; i < verifying->count; i++)
		good &= auditmoves_read(&verifying->moves, &verifying->lines[i], verifying->files[i].name);
	return good;
}

static bool begin(struct verifying *verifying)
{
	struct policy_run *run = verifying->run;
	struct bytes id = {0};

	if (account_installed(run->arena, repo_git_dir(run->repo), &verifying->installed, &id) != ANSWER_YES)
		id = (struct bytes){0};
	auditmoves_init(&verifying->moves, &run->findings, repo_git_dir(run->repo), id);
	verifying->lines = arena_array(run->arena, verifying->count, sizeof(*verifying->lines));
	for (size_t i = 0; i < verifying->count; i++)
		verifying->lines[i] = auditlines_start(run->arena, verifying->files[i].fd);
	if (!read_files(verifying))
		return false;
	return verifying->moves.lines || fail(run, "there is no line of an audit about this repository");
}

static void add_ref(struct verifying *verifying, struct bytes ref)
{
	struct arena *arena = verifying->run->arena;

	if (map_get(verifying->refs, ref))
		return;
	verifying->list = arena_grow(arena, verifying->list, &verifying->ref_room, verifying->ref_count + 1,
				     sizeof(*verifying->list));
	verifying->list[verifying->ref_count] = bytes_copy(arena, ref);
	map_set(verifying->refs, verifying->list[verifying->ref_count++], verifying);
}

static bool add_present(void *context, struct bytes ref, const struct oid *id)
{
	(void)id;
	add_ref(context, ref);
	return true;
}

/* Those there are, and those there were. */
static bool find_refs(struct verifying *verifying)
{
	struct policy_run *run = verifying->run;
	const struct bytes *gone;
	const char *problem;
	size_t count;

	verifying->refs = map_new(run->arena);
	if (repo_refs(run->repo, add_present, verifying) != ANSWER_YES)
		return fail(run, repo_problem(run->repo));
	if (account_refs(run->arena, repo_git_dir(run->repo), &gone, &count, &problem) != ANSWER_YES)
		return fail(run, problem);
	for (size_t i = 0; i < count; i++)
		add_ref(verifying, gone[i]);
	return true;
}

static void summarise(const struct verifying *verifying)
{
	const struct auditheld *held = &verifying->held;
	struct findings *findings = &verifying->run->findings;

	findings_add(findings, "audit", SEVERITY_NOTE,
		     "%zu refs, %zu moves since %s, held against %zu lines; %zu moves are older", held->refs,
		     held->count, clock_format(verifying->moves.begin).text, verifying->moves.lines, held->older);
}

/* All of it, however much: one line each. */
static void tell_all(struct policy_run *run)
{
	struct buffer *out = &run->output;

	if (run->options.json || environment_json())
		return;
	for (const struct finding *finding = run->findings.first; finding; finding = finding->next) {
		buffer_printf(out, "%s ", report_prefix(finding->severity, false));
		escape_add(out, finding->ref.len ? finding->ref : finding->rule, SIZE_MAX);
		buffer_add(out, BYTES(": "));
		escape_add(out, finding->found, SIZE_MAX);
		buffer_add(out, BYTES("\n"));
	}
	run->told = true;
}

static bool hold(struct verifying *verifying)
{
	struct policy_run *run = verifying->run;
	struct facts *facts = facts_new_client(run->arena, run->repo, &run->layers);

	if (!begin(verifying) || !find_refs(verifying) ||
	    !auditheld_init(&verifying->held, run->repo, facts, &verifying->moves))
		return false;
	verifying->held.installed = verifying->installed;
	verifying->held.more = verifying->more;
	for (size_t i = 0; i < verifying->held.starts.count; i++)
		if (bytes_starts(verifying->held.starts.list[i]->ref, BYTES("refs/")))
			add_ref(verifying, verifying->held.starts.list[i]->ref);
	for (size_t i = 0; i < verifying->ref_count; i++)
		auditheld_ref(&verifying->held, verifying->list[i]);
	if (!read_files(verifying))
		return false;
	auditheld_end(&verifying->held);
	summarise(verifying);
	return true;
}

static bool verify(struct policy_run *run, void *context)
{
	bool held = run_open(run, true) && run_server(run) && hold(context);

	tell_all(run);
	return held;
}

enum policy_exit policy_audit_verify(struct policy_run *run, const struct policy_audit_file *files, size_t count,
				     bool more)
{
	struct verifying verifying = {.run = run, .files = files, .count = count, .more = more};

	return run_judge(run, "audit", verify, &verifying);
}
