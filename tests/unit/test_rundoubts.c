/* test_rundoubts: with any one question unanswered, whoever asks it, no run accepts what it would not have accepted,
 * and none that accepts says anything else; what had to be written is written by the next run. */
#include "doubts.h"
#include "runquestions.h"

#include <fts.h>

/* Who may begin. */
#define FIRST                                                                                                          \
	"[policy]\nversion = 1\nbootstrap = ann\n[identity]\nenv = GIT_POLICY_USER\n[branch "                          \
	"\"main\"]\n" RUNWORLD_PEOPLE
#define SAID_MAX 16384
#define HOUR 3600

/* What happens to the server, one push after the other. */
static const struct runworld_move story[] = {
	{"ann", "refs/heads/main", NULL, NULL, "root"},
	{"ann", "refs/heads/dev", NULL, NULL, "d1"},
	{"ann", "refs/heads/fix/x", NULL, NULL, "f1"},
	{"ann", "refs/heads/fix/x", NULL, "f1", "f2"},
	{"bob", "refs/approvals/heads/main/%/bob", "f2", NULL, "approved"},
	{"robot", "refs/checks/%/ci", "f2", NULL, "passed"},
	{"robot", "refs/checks/%/coverage", "f2", NULL, "covered"},
	{"dan", "refs/heads/main", NULL, "root", "squashed"},
	{"ann", "refs/heads/release/v1.0.0", NULL, NULL, "r1"},
	{"bob", "refs/approvals/heads/main/%/bob", "r1", NULL, "rejected"},
	{"ann", "refs/heads/dev", NULL, "d1", "back"},
	{"robot", "refs/checks/%/ci", "r1", NULL, "rpassed"},
	{"robot", "refs/checks/%/coverage", "r1", NULL, "rcovered"},
	{"bob", "refs/approvals/heads/main/%/bob", "r1", "rejected", "r1"},
	{"dan", "refs/heads/main", NULL, "squashed", "released"},
	{"ann", "refs/tags/v1.0.0", NULL, NULL, "v1"},
	{"dan", "refs/deploy/prod/canary", NULL, NULL, "deploy1"},
	{"bob", "refs/approvals/deploy/prod/full/%/bob", "released", NULL, "released"},
	{"dan", "refs/deploy/prod/full", NULL, NULL, "deploy1"},
	{"ann", "refs/heads/fix/x", NULL, "f2", NULL},
	{"dan", "refs/grants/heads/main/%/%/dan", "released squashed", NULL, "grant"},
	{"ann", "refs/heads/main", NULL, "released", "squashed"},
};

static struct runworld world; /* where all of that has happened */

/* What one run came to. */
struct outcome {
	enum policy_exit exit;
	char said[SAID_MAX];
};

static int audit_open(const struct runworld *w)
{
	char path[FIXTURE_PATH + 96];

	snprintf(path, sizeof(path), "%s/policy/audit.log", w->f.repo);
	return open(path, O_RDONLY | O_CLOEXEC);
}

static const char *id_of(const struct runworld *w, const char *name)
{
	return name ? runworld_id(w, name) : NULL;
}

static void perform(const struct runworld *w, struct scene scene, struct outcome *ret)
{
	char clone[FIXTURE_PATH + 16];
	size_t len;

	snprintf(clone, sizeof(clone), "%s/clone/.git", w->f.root);
	struct policy_run *run = policy_run_new(&(struct policy_options){
		.git_dir = scene.clone ? clone : w->f.repo,
		.remote = scene.clone ? "origin" : NULL,
		.json = scene.json,
	});

	setenv("GIT_POLICY_USER", scene.move ? scene.move->user : "ann", 1);
	scene.fd = scene.move ? runworld_line(w, scene.move, scene.clone) : audit_open(w);
	scene.old = id_of(w, scene.old);
	scene.new = id_of(w, scene.new);
	scene.head = id_of(w, scene.head);
	doubts.armed = doubts.wanted;
	ret->exit = scene.act(run, &scene);
	doubts.armed = false;
	const char *output = policy_run_output(run, &len);

	snprintf(ret->said, sizeof(ret->said), "%.*s", (int)len, output);
	policy_run_free(run);
	close(scene.fd);
}

/* The same with the next question that has always been answered unanswered; false when there is none any more. */
static bool perform_in_doubt(const struct runworld *w, const struct scene *scene, struct outcome *ret)
{
	doubts.failed = false;
	doubts.wanted = true;
	perform(w, *scene, ret);
	doubts.wanted = false;
	return doubts.failed;
}

/* Under a grant, what cannot be told about a landing is let pass, too, and told. */
static void assert_no_better(const struct outcome *doubted, const struct outcome *plain, const struct scene *scene)
{
	bool granted = scene->act == scene_judge && strstr(plain->said, "granted by");
	bool same = !strcmp(doubted->said, plain->said) || granted || scene->warns;
	bool open = scene->lets && *doubted->said;

	if (doubted->exit == POLICY_ACCEPTED && !(plain->exit == POLICY_ACCEPTED && same) && !open)
		fail_msg("%s: said\n%s\nand not\n%s", scene->name, doubted->said, plain->said);
}

static void doubt(const struct runworld *w, const struct scene *scene)
{
	struct outcome plain, doubted;

	perform(w, *scene, &plain);
	while (perform_in_doubt(w, scene, &doubted))
		assert_no_better(&doubted, &plain, scene);
	assert_int_equal(doubted.exit, plain.exit);
	assert_string_equal(doubted.said, plain.said);
}

/* ---- what is left ---- */

static void add_file(struct buffer *account, const char *path)
{
	char line[8192], old[64], new[64], ref[512];
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "%*s %*s %511s %63s %63s", ref, old, new) == 3)
			buffer_printf(account, "%s %s %s\n", ref, old, new);
	fclose(file);
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* Such a record stays when it could not be retired, until somebody prunes. */
static bool is_retired(const char *path)
{
	return strstr(path, "/refs/approvals/") || strstr(path, "/refs/grants/");
}

/* Each move that the account has, by the names of refs. */
static struct bytes account_of(const struct runworld *w, struct arena *arena)
{
	char path[FIXTURE_PATH + 96], *const paths[] = {path, NULL};
	struct buffer account = {.arena = arena};

	snprintf(path, sizeof(path), "%s/policy/account/refs", w->f.repo);
	FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name);

	assert_non_null(walk);
	for (const FTSENT *entry; (entry = fts_read(walk));)
		if (entry->fts_info == FTS_F && !is_retired(entry->fts_path))
			add_file(&account, entry->fts_path);
	fts_close(walk);
	return buffer_bytes(&account);
}

/* Each has a place of its own: removing one takes longer than all the rest. */
static void copy(struct runworld *w, const struct runworld *from)
{
	static size_t copies;
	const char *const arguments[] = {"/bin/cp", "-a", from->f.repo, w->f.repo, NULL};
	int status;
	pid_t pid;

	*w = *from;
	snprintf(w->f.repo, sizeof(w->f.repo), "%s/%zu.git", from->f.root, copies++);
	assert_int_equal(posix_spawn(&pid, arguments[0], NULL, NULL, (char *const *)(uintptr_t)arguments, NULL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void assert_account(const struct runworld *w, struct bytes wanted, const struct scene *scene,
			   const struct outcome *doubted)
{
	struct arena *arena = arena_new();
	struct bytes account = account_of(w, arena);

	if (!bytes_equal(account, wanted))
		fail_msg("%s: after\n%s\nthe account has\n%.*s\nand not\n%.*s", scene->name, doubted->said,
			 BYTES_ARG(account), BYTES_ARG(wanted));
	arena_free(arena);
}

/* Who says that it is done has done it; what failed is made good by what comes later. */
static void doubt_writing(const struct runworld *w, const struct scene *scene, const struct scene *later)
{
	struct arena *arena = arena_new();
	struct outcome plain, doubted, next;
	struct runworld y;
	bool more = true;

	copy(&y, w);
	perform(&y, *scene, &plain);
	assert_int_equal(plain.exit, POLICY_ACCEPTED);
	const struct bytes account = account_of(&y, arena);

	while (more) {
		copy(&y, w);
		more = perform_in_doubt(&y, scene, &doubted);
		if (doubted.exit == POLICY_ACCEPTED)
			assert_account(&y, account, scene, &doubted);
		perform(&y, *later, &next);
		if (next.exit != POLICY_ACCEPTED)
			fail_msg("%s: after\n%s\nthe next run said\n%s", scene->name, doubted.said, next.said);
		assert_account(&y, account, scene, &doubted);
	}
	arena_free(arena);
}

static void a_push_is_judged_and_received(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(story); i++, doubts.now += HOUR) {
		doubt(&world, &(struct scene){.name = story[i].ref, .act = scene_judge, .move = &story[i]});
		runworld_judged(&world, &story[i]);
		runworld_update(&world, &story[i]);
		doubt_writing(&world, &(struct scene){.name = story[i].ref, .act = scene_receive, .move = &story[i]},
			      &(struct scene){.act = scene_complete});
		runworld_received(&world, &story[i]);
		if (!i)
			fixture_write(&world.f, "x.git/policy/policy.ini", RUNWORLD_POLICY);
	}
	runworld_clone(&world);
}

static void whoever_asks_is_told(void **state)
{
	struct outcome plain;

	(void)state;
	for (size_t i = 0; i < COUNT(scenes); i++) {
		perform(&world, scenes[i], &plain);
		if (plain.exit != scenes[i].exit || !strstr(plain.said, scenes[i].said))
			fail_msg("%s: %d\n%s", scenes[i].name, (int)plain.exit, plain.said);
	}
}

static void whoever_asks_is_told_no_more_in_doubt(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(scenes); i++)
		doubt(&world, &scenes[i]);
}

static void whatever_is_done_is_done_in_the_end(void **state)
{
	const struct scene trigger = {.name = "trigger", .act = scene_trigger, .user = "tell"};

	(void)state;
	doubt_writing(&world, &trigger, &trigger);
}

static int begin(void **state)
{
	static const char *const foreign[] = {"GIT_AUTHOR_NAME",     "GIT_AUTHOR_EMAIL",  "GIT_COMMITTER_NAME",
					      "GIT_COMMITTER_EMAIL", "GIT_POLICY_FORMAT", "NO_COLOR"};

	(void)state;
	for (size_t i = 0; i < COUNT(foreign); i++)
		unsetenv(foreign[i]);
	doubts_way(); /* loads what it needs */
	doubts.now = NOON;
	runworld_make(&world, FIRST);
	fixture_write(&world.f, "message", "fix: it is said\n\n# and this is not\n");
	return chdir(world.f.root);
}

static int end(void **state)
{
	(void)state;
	fixture_close(&world.f);
	return chdir("/");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_push_is_judged_and_received),
		cmocka_unit_test(whoever_asks_is_told),
		cmocka_unit_test(whoever_asks_is_told_no_more_in_doubt),
		cmocka_unit_test(whatever_is_done_is_done_in_the_end),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
