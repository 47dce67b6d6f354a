/* examine: looks at what a repository's policy stands on, and tells that with what the caller saw. */
#include "examine.h"

#include <stdint.h>

#include "arena.h"
#include "environment.h"
#include "layers.h"
#include "quote.h"
#include "report.h"

/* What the caller saw. */
struct seen {
	const struct policy_look *looks;
	size_t count;
};

const char *examine_path(const struct policy_run *run, const char *name)
{
	return bytes_printf(run->arena, "%.*s/%s", BYTES_ARG(repo_git_dir(run->repo)), name).data;
}

const char *examine_place(const struct policy_run *run)
{
	return quote_word(run->arena, repo_git_dir(run->repo));
}

struct finding *examine_add(struct policy_run *run, enum severity severity, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	struct finding *finding = findings_vadd(&run->findings, run->name, severity, format, arguments);

	va_end(arguments);
	return finding;
}

bool examine_is_server(const struct policy_run *run)
{
	return repo_is_served(run->repo);
}

static void take(struct policy_run *run, const struct policy_look *look)
{
	static const enum severity severities[] = {
		[POLICY_WELL] = SEVERITY_NOTE,
		[POLICY_REMARK] = SEVERITY_WARN,
		[POLICY_WRONG] = SEVERITY_ENFORCE,
		[POLICY_DOUBT] = SEVERITY_UNDECIDED,
	};
	struct finding *finding = findings_add(&run->findings, look->name, severities[look->mark], "%s", look->found);

	finding->fix = bytes_copy(run->arena, bytes_of(look->fix));
}

static void look_at(struct policy_run *run, const struct examination *examination)
{
	struct findings whole = run->findings;

	run->findings = (struct findings){.arena = run->arena};
	examination->look(run);
	if (!run->findings.count)
		findings_add(&run->findings, examination->name, SEVERITY_NOTE, "%s", examination->well);
	for (struct finding *finding = run->findings.first; finding; finding = finding->next)
		finding->rule = bytes_of(examination->name);
	findings_take(&whole, &run->findings);
	run->findings = whole;
}

static const char *mark_of(enum severity severity)
{
	switch (severity) {
	case SEVERITY_UNDECIDED:
		return "?   ";
	case SEVERITY_ENFORCE:
		return "no  ";
	case SEVERITY_WARN:
		return "warn";
	default:
		return "ok  ";
	}
}

/* "  no   policy: policy.ini:51: a line without =", and below it what mends it. */
static void tell(struct buffer *out, const struct finding *finding)
{
	const struct origin *origin = &finding->origin;

	buffer_printf(out, "  %s ", mark_of(finding->severity));
	escape_add(out, finding->rule, SIZE_MAX);
	buffer_add(out, BYTES(": "));
	if (origin->line) {
		escape_add(out, origin->file, SIZE_MAX);
		buffer_printf(out, ":%u: ", origin->line);
	}
	escape_add(out, finding->found, SIZE_MAX);
	if (finding->fix.len) {
		buffer_add(out, BYTES("\n         "));
		escape_add(out, finding->fix, SIZE_MAX);
	}
	buffer_add(out, BYTES("\n"));
}

static size_t count_of(const struct findings *findings, enum severity severity)
{
	size_t count = 0;

	for (const struct finding *finding = findings->first; finding; finding = finding->next)
		count += finding->severity == severity;
	return count;
}

/* "2 wrong, 1 in doubt, 1 warning", or "all is well". */
static void sum_up(struct buffer *out, const struct findings *findings)
{
	static const struct {
		enum severity severity;
		const char *one, *many;
	} sums[] = {
		{SEVERITY_ENFORCE, "wrong", "wrong"},
		{SEVERITY_UNDECIDED, "in doubt", "in doubt"},
		{SEVERITY_WARN, "warning", "warnings"},
	};
	const char *before = findings_worst(findings) < SEVERITY_ENFORCE ? "all is well" : "";
	size_t count;

	buffer_add(out, bytes_of(before));
	for (size_t i = 0; i < sizeof(sums) / sizeof(*sums); i++) {
		if (!(count = count_of(findings, sums[i].severity)))
			continue;
		buffer_printf(out, "%s%zu %s", *before ? ", " : "", count, count == 1 ? sums[i].one : sums[i].many);
		before = ", ";
	}
	buffer_add(out, BYTES("\n"));
}

static void tell_all(struct policy_run *run)
{
	if (run->options.json || environment_json())
		return;
	for (const struct finding *finding = run->findings.first; finding; finding = finding->next)
		tell(&run->output, finding);
	sum_up(&run->output, &run->findings);
	run->told = true;
}

static void look_all(struct policy_run *run)
{
	unsigned where = examine_is_server(run) ? EXAMINE_SERVER : EXAMINE_CLONE;

	for (size_t i = 0; i < examination_count; i++)
		if (examinations[i].where & where && (run->layers.people || !(examinations[i].where & EXAMINE_LOADED)))
			look_at(run, &examinations[i]);
}

static bool examine(struct policy_run *run, void *context)
{
	const struct seen *seen = context;

	for (size_t i = 0; i < seen->count; i++)
		take(run, &seen->looks[i]);
	if (run_open(run, true))
		look_all(run);
	tell_all(run);
	return true;
}

enum policy_exit policy_examine(struct policy_run *run, const struct policy_look *looks, size_t count)
{
	struct seen seen = {looks, count};

	return run_judge(run, "repository", examine, &seen);
}

static bool find_identity(struct policy_run *run, void *context)
{
	const char **variable = context;

	if (!run_open(run, true) || !layers_server(run->arena, run->repo, NULL, &run->layers, &run->findings))
		return false;
	const struct setting *env = section_setting(run->layers.identity, "env");

	*variable = env ? bytes_copy(run->arena, env->clauses[0].text).data : NULL;
	return true;
}

enum policy_exit policy_identity(struct policy_run *run, const char **ret_variable)
{
	*ret_variable = NULL;
	return run_judge(run, "identity", find_identity, (void *)ret_variable);
}
