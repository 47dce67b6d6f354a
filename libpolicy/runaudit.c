/* runaudit: has the audit written before anybody learns the verdict. */
#include "run.h"

#include "account.h"
#include "arena.h"
#include "auditverdict.h"
#include "clock.h"
#include "environment.h"
#include "event.h"

void policy_run_auditor(struct policy_run *run, policy_auditor *write, void *context)
{
	if (!run)
		return;
	run->auditor = write;
	run->auditor_context = context;
}

static bool is_yes(const struct section *section, const char *key)
{
	const struct setting *setting = section_setting(section, key);

	return setting && setting->number == 1;
}

struct policy_audit run_audit_place(const struct policy_run *run, const struct section *section)
{
	const struct setting *file = section_setting(section, "file");
	struct bytes path = file && file->clause_count ? file->clauses[0].text : (struct bytes){0};

	if (path.len && !bytes_starts(path, BYTES("/")))
		path = bytes_printf(run->arena, "%.*s/%.*s", BYTES_ARG(repo_git_dir(run->repo)), BYTES_ARG(path));
	return (struct policy_audit){
		.file = path.len ? bytes_copy(run->arena, path).data : NULL,
		.syslog = is_yes(section, "syslog"),
		.required = is_yes(section, "required"),
	};
}

/* A policy that only evaluates stops nothing by this either. */
static void tell_unwritten(struct policy_run *run, const struct policy *policy, const struct policy_audit *place,
			   const char *why)
{
	const struct setting *file = section_setting(policy->audit, "file");
	struct finding *finding =
		findings_add(&run->findings, "audit", place->required ? SEVERITY_UNDECIDED : SEVERITY_WARN,
			     "the audit file cannot be written: %s", why);

	finding->origin = file->origin;
	finding->evaluated = policy->evaluate;
	run_audit_fix(run, finding, place->file);
}

void run_audit_write(struct policy_run *run, struct bytes lines)
{
	for (size_t i = 0; run->auditor && i < run->layers.audited_count; i++) {
		const struct policy *policy = run->layers.audited[i];
		const struct policy_audit place = run_audit_place(run, policy->audit);
		const char *why = run->auditor(run->auditor_context, &place, lines.data, lines.len);

		if (why)
			tell_unwritten(run, policy, &place, why);
	}
}

/* As if every policy enforced. */
static enum policy_exit would_be(const struct findings *findings, enum policy_exit verdict)
{
	for (const struct finding *finding = findings->first; finding && verdict != POLICY_UNDECIDED;
	     finding = finding->next) {
		if (finding->severity == SEVERITY_UNDECIDED)
			verdict = POLICY_UNDECIDED;
		else if (finding->severity == SEVERITY_ENFORCE)
			verdict = POLICY_REJECTED;
	}
	return verdict;
}

/* The id that git gives the list of the policies' files, a line "<id of the content> <name>" each. */
static struct oid hash_of(struct arena *arena, const struct layers *layers)
{
	struct buffer list = {.arena = arena};

	for (size_t i = 0; i < layers->count; i++)
		for (size_t k = 0; k < layers->policy[i]->part_count; k++) {
			const struct policy_part *part = &layers->policy[i]->parts[k];
			struct oid id = repo_hash(part->content);

			buffer_printf(&list, "%s %.*s\n", oid_hex(&id).text, BYTES_ARG(part->name));
		}
	return list.len ? repo_hash(buffer_bytes(&list)) : (struct oid){0};
}

static void fill_identity(const struct policy_run *run, struct audit *audit)
{
	const struct setting *variable = section_setting(run->layers.identity, "env");
	const struct user *user = facts_user(run->facts);

	audit->user = user ? user->name : (struct bytes){0};
	audit->variable = variable ? variable->clauses[0].text : (struct bytes){0};
	audit->claim = facts_user_claim(run->facts);
}

static struct audit audit_of(struct policy_run *run, enum policy_exit verdict)
{
	struct audit audit = {
		.time = clock_now(),
		.event = run->findings.event,
		.hook = run->hook,
		.repository = repo_git_dir(run->repo),
		.transport = environment_transport(),
		.policy = hash_of(run->arena, &run->layers),
		.verdict = verdict,
		.would = would_be(&run->findings, verdict),
		.duration = clock_elapsed() - run->progress.started,
		.findings = &run->findings,
		.facts = run->facts,
	};
	int64_t installed;

	for (size_t i = 0; i < run->layers.count; i++)
		audit.evaluate |= run->layers.policy[i]->evaluate;
	if (account_installed(run->arena, audit.repository, &installed, &audit.id) != ANSWER_YES)
		audit.id = (struct bytes){0};
	if (run->facts)
		fill_identity(run, &audit);
	return audit;
}

void run_audit(struct policy_run *run, enum policy_exit verdict)
{
	struct buffer lines = {.arena = run->arena};

	if (!run->hook || !run->auditor || !run->layers.audited_count)
		return;
	run->findings.event = event_of_push(run->arena);
	struct audit audit = audit_of(run, verdict);

	audit_add(&audit, run->push, &lines);
	run_audit_write(run, buffer_bytes(&lines));
}
