/* runcolour: whether git's configuration wants what a run says in colours. */
#include "run.h"

#include "arena.h"
#include "environment.h"
#include "repoenv.h"

/* As git reads a colour setting: on a terminal, whatever is written to, or never. */
enum when { NEVER, AUTO, ALWAYS };

/* What it cannot read is nothing to fail for. */
static bool setting(struct policy_run *run, const char *name, enum when *ret_when)
{
	struct bytes value = {0};

	if (repo_config(run->repo, name, run->arena, &value) != ANSWER_YES)
		return false;
	if (bytes_equal_fold(value, BYTES("always")))
		*ret_when = ALWAYS;
	else
		*ret_when = !bytes_equal_fold(value, BYTES("never")) && repoenv_true(value.data) ? AUTO : NEVER;
	return true;
}

bool policy_run_coloured(struct policy_run *run)
{
	enum when when = AUTO;
	struct bytes terminal = environment_get("TERM");

	if (!run || run->plain || !run->repo || environment_get("NO_COLOR").len)
		return false;
	if (setjmp(*arena_recovery(run->arena)))
		return false;
	if (!setting(run, "color.policy", &when))
		setting(run, "color.ui", &when);
	return when == ALWAYS || (when == AUTO && terminal.len && !bytes_equal(terminal, BYTES("dumb")));
}
