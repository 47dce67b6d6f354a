/* examinepolicy: what is looked at in a policy, and in what it names and keeps on this machine. */
#include "examine.h"

#include <sys/stat.h>
#include <unistd.h>

#include "account.h"
#include "arena.h"
#include "clock.h"
#include "environment.h"
#include "layers.h"
#include "lint.h"
#include "people.h"
#include "policyfile.h"
#include "quote.h"
#include "signers.h"

/* An audit of that many bytes was never moved away. */
#define AUDIT_LARGE ((off_t)256 * 1024 * 1024)

/* All that was found is wrong, however sure whoever found it is of what follows. */
static void worsen(struct policy_run *run)
{
	for (struct finding *finding = run->findings.first; finding; finding = finding->next)
		finding->severity = SEVERITY_ENFORCE;
}

/* Where the repository's own policy is, with its final slash. */
static struct bytes folder_of(struct policy_run *run)
{
	struct bytes git_dir = repo_git_dir(run->repo), file;

	if (repo_config(run->repo, "policy.file", run->arena, &file) != ANSWER_YES)
		file = BYTES("policy/policy.ini");
	if (!bytes_starts(file, BYTES("/")))
		file = bytes_printf(run->arena, "%.*s/%.*s", BYTES_ARG(git_dir), BYTES_ARG(file));
	return policyfile_folder(file);
}

/* Pushers, too, are told what is the matter with a file of the policy, and nothing of where it is. */
static void place_fixes(struct policy_run *run)
{
	struct bytes command = BYTES("chmod go-w "), own = folder_of(run), file;

	for (struct finding *finding = run->findings.first; finding; finding = finding->next) {
		if (!bytes_starts(finding->fix, command))
			continue;
		file = finding->origin.file;
		if (!bytes_starts(file, BYTES("/")))
			file = bytes_printf(run->arena, "%.*s%.*s", BYTES_ARG(own), BYTES_ARG(file));
		if (bytes_equal(bytes_from(finding->fix, command.len), BYTES("its folder")))
			file = policyfile_folder(file);
		finding_fix(&run->findings, finding, "chmod go-w %s", quote_word(run->arena, file));
	}
}

static void tell_policy(struct policy_run *run, const struct policy *policy)
{
	size_t count = policy->section_count;

	if (policy->evaluate)
		finding_fix(&run->findings,
			    examine_add(run, SEVERITY_WARN,
					"%.*s says mode = evaluate: it rejects nothing, and only reports",
					BYTES_ARG(policy->file)),
			    "when it is what you want, write mode = enforce in %.*s", BYTES_ARG(policy->file));
	else
		examine_add(run, SEVERITY_NOTE, "%.*s loads: %zu section%s for refs", BYTES_ARG(policy->file), count,
			    count == 1 ? "" : "s");
}

static void look_at_policy(struct policy_run *run)
{
	bool server = examine_is_server(run);
	bool good = server ? layers_server(run->arena, run->repo, NULL, &run->layers, &run->findings)
			   : layers_client(run->arena, run->repo, NULL, &run->layers, &run->findings);

	if (!good) {
		worsen(run);
		place_fixes(run);
		run->layers.people = NULL;
	}
	for (size_t i = 0; good && i < run->layers.count; i++) {
		tell_policy(run, run->layers.policy[i]);
		if (server)
			lint_policy(run->layers.policy[i], &run->layers, &run->findings);
	}
}

/* What is rotated begins anew; what is not is found full one day. */
static void look_at_size(struct policy_run *run, const struct policy *policy)
{
	const char *file = policy->audit ? run_audit_place(run, policy->audit).file : NULL;
	struct stat status;

	if (!file || stat(file, &status) || status.st_size < AUDIT_LARGE)
		return;
	finding_fix(&run->findings,
		    examine_add(run, SEVERITY_WARN, "%s has %lld MiB: nobody rotates it", file,
				(long long)status.st_size / 1024 / 1024),
		    "have logrotate(8) rotate it: install/README.md shows how");
}

static void look_at_places(struct policy_run *run)
{
	const struct bytes elsewhere = BYTES("on the server: "); /* which is here */

	for (size_t i = 0; i < run->layers.count; i++)
		run_places(run, run->layers.policy[i]);
	worsen(run);
	for (struct finding *finding = run->findings.first; finding; finding = finding->next)
		if (bytes_starts(finding->fix, elsewhere))
			finding->fix = bytes_from(finding->fix, elsewhere.len);
	for (size_t i = 0; i < run->layers.count; i++)
		look_at_size(run, run->layers.policy[i]);
}

static void look_for_file(struct policy_run *run, const char *name, const char *why, const char *before)
{
	const char *path = examine_path(run, name);

	if (access(path, F_OK))
		finding_fix(&run->findings, examine_add(run, SEVERITY_ENFORCE, "%s is not there: %s", path, why),
			    "%sgit policy install %s", before, examine_place(run));
}

static void look_at_files(struct policy_run *run)
{
	look_for_file(run, "policy/baseline", "history from before the policy is judged as if it were new", "");
	look_for_file(run, "policy/installed", "uninstalling could not put the settings back", "");
	look_for_file(run, "policy/account/installed", "every push is undecided",
		      "restore it from a backup; without one: ");
}

static bool pass_over(void *context, const struct account_line *line)
{
	(void)context;
	(void)line;
	return true;
}

/* Every line of every ref, read as a rule would read it. */
static void look_at_account(struct policy_run *run)
{
	struct bytes git_dir = repo_git_dir(run->repo);
	struct arena *arena = arena_child(run->arena);
	const struct bytes *refs;
	const char *problem;
	size_t count = 0;

	if (account_refs(run->arena, git_dir, &refs, &count, &problem) == ANSWER_UNKNOWN) {
		examine_add(run, SEVERITY_ENFORCE, "%s", problem);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (account_read(arena, git_dir, refs[i], pass_over, NULL, &problem) == ANSWER_UNKNOWN)
			finding_fix(&run->findings,
				    examine_add(run, SEVERITY_ENFORCE, "%.*s: %s", BYTES_ARG(refs[i]), problem),
				    "restore %s/policy/account from a backup", examine_place(run));
		arena_reset(arena);
	}
	if (!run->findings.count)
		examine_add(run, SEVERITY_NOTE, "whole: %zu ref%s", count, count == 1 ? "" : "s");
}

static void look_at_identity(struct policy_run *run)
{
	const struct setting *env = section_setting(run->layers.identity, "env");
	struct bytes name = env ? bytes_copy(run->arena, env->clauses[0].text) : (struct bytes){0};

	if (!env)
		finding_fix(&run->findings,
			    examine_add(run, SEVERITY_WARN, "no variable names the pusher: nobody is known"),
			    "[identity] env = GIT_POLICY_USER");
	else if (environment_get(name.data).len)
		finding_fix(&run->findings,
			    examine_add(run, SEVERITY_WARN,
					"%.*s is set in this very shell: who can set it here pushes as whom they like",
					BYTES_ARG(name)),
			    "unset %.*s", BYTES_ARG(name));
	else
		examine_add(run, SEVERITY_NOTE, "%.*s names the pusher, and is not set here", BYTES_ARG(name));
}

static bool is_governed(const struct policy_run *run, struct bytes ref)
{
	for (size_t i = 0; i < run->layers.count; i++)
		if (run->layers.policy[i]->governs && !section_find(run->layers.policy[i], ref))
			return false;
	return true;
}

static bool stop(void *context, struct bytes ref, const struct oid *id)
{
	(void)ref;
	(void)id;
	*(bool *)context = true;
	return false;
}

static bool has_branches(struct policy_run *run)
{
	bool any = false;

	return repo_refs_below(run->repo, BYTES("refs/heads/"), stop, &any) == ANSWER_YES && any;
}

/* What HEAD should be: the first branch that the policy names. */
static const char *trunk_of(const struct policy_run *run)
{
	for (size_t i = 0; i < run->layers.count; i++)
		for (size_t k = 0; k < run->layers.policy[i]->section_count; k++) {
			const struct section *section = run->layers.policy[i]->sections[k];

			if (section->kind == SECTION_BRANCH && section->literal)
				return bytes_copy(run->arena, section->ref).data;
		}
	return "refs/heads/<branch>";
}

static void look_at_head(struct policy_run *run)
{
	struct bytes target;
	enum answer answer = repo_symbolic(run->repo, BYTES("HEAD"), &target, run->arena);
	struct oid id;

	if (answer == ANSWER_UNKNOWN)
		examine_add(run, SEVERITY_ENFORCE, "%s", repo_problem(run->repo));
	if (answer != ANSWER_YES)
		return;
	if (!is_governed(run, target))
		finding_fix(&run->findings,
			    examine_add(run, SEVERITY_ENFORCE,
					"HEAD is %.*s, which no section governs: nobody can push it",
					BYTES_ARG(target)),
			    "git -C %s symbolic-ref HEAD %s", examine_place(run), trunk_of(run));
	else if (repo_ref(run->repo, target, &id) == ANSWER_NO && has_branches(run))
		finding_fix(
			&run->findings,
			examine_add(run, SEVERITY_WARN, "HEAD is %.*s, which is not there: clones begin with nothing",
				    BYTES_ARG(target)),
			"push that branch, or: git -C %s symbolic-ref HEAD refs/heads/<branch>", examine_place(run));
}

static void look_at_user(struct policy_run *run)
{
	struct bytes name;
	enum answer answer = repo_config(run->repo, "policy.user", run->arena, &name);

	if (answer == ANSWER_UNKNOWN)
		examine_add(run, SEVERITY_UNDECIDED, "%s", repo_problem(run->repo));
	else if (answer == ANSWER_NO)
		finding_fix(&run->findings,
			    examine_add(run, SEVERITY_WARN,
					"policy.user is not set: nothing here knows who you are to the server"),
			    "git config policy.user <name>");
	else if (!people_user(run->layers.people, name))
		finding_fix(&run->findings,
			    examine_add(run, SEVERITY_ENFORCE, "policy.user is %.*s, whom the policy does not know",
					BYTES_ARG(name)),
			    "git config policy.user <name>, one of the [user] sections");
	else
		examine_add(run, SEVERITY_NOTE, "you are %.*s", BYTES_ARG(name));
}

const struct examination examinations[] = {
	{"policy", EXAMINE_SERVER | EXAMINE_CLONE, "", look_at_policy},
	{"people", EXAMINE_SERVER | EXAMINE_LOADED, "nobody is a placeholder of git policy init", examine_people},
	{"published", EXAMINE_SERVER | EXAMINE_LOADED, "clients are given no policy but the one in force",
	 examine_published},
	{"places", EXAMINE_SERVER | EXAMINE_LOADED, "what the policy names on this machine is there", look_at_places},
	{"installed", EXAMINE_SERVER, "baseline, settings from before and account are there", look_at_files},
	{"account", EXAMINE_SERVER, "", look_at_account},
	{"identity", EXAMINE_SERVER | EXAMINE_LOADED, "", look_at_identity},
	{"head", EXAMINE_SERVER | EXAMINE_LOADED, "HEAD is a branch that the policy governs", look_at_head},
	{"user", EXAMINE_CLONE | EXAMINE_LOADED, "", look_at_user},
	{"programs", EXAMINE_SERVER | EXAMINE_LOADED, "", examine_programs},
};
const size_t examination_count = sizeof(examinations) / sizeof(*examinations);
