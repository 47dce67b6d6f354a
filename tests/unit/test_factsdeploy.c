/* test_factsdeploy: what deploy refs hold and held, over accounts of a real repository. */
#include "gitfixture.h"

#include "arena.h"
#include "clock.h"
#include "gather.h"
#include "people.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define REF "refs/deploy/p/x"

/*
 * A history: the commits T and U; tags of them t1, t2 and u1, and `gone`, an id that no object has; where the ref is
 * now; and its account, oldest first, "<minute> <old> <new> [token]" a line. T, U and the names in it stand for ids.
 */
struct history {
	const char *at; /* "": there is no ref */
	const char *account[4];
};

enum question { HELD, DEPLOYED, MOVED };

static const struct {
	struct history history;
	enum question question;
	const char *commit;
	int after; /* minute; 0: none */
	enum answer answer;
	int minute; /* told */
} cases[] = {
	/* since when it holds it */
	{{"t1", {"10 0 t1"}}, HELD, "T", 0, ANSWER_YES, 10},
	{{"t1", {"10 0 t1"}}, HELD, "U", 0, ANSWER_NO, 0},
	{{"", {0}}, HELD, "T", 0, ANSWER_NO, 0},
	{{"t2", {"10 0 t1", "11 t1 t2"}}, HELD, "T", 0, ANSWER_YES, 10},
	{{"t2", {"10 0 t1", "11 t1 t2"}}, HELD, "T", 10, ANSWER_YES, 10},
	{{"t2", {"10 0 t1", "11 t1 t2"}}, HELD, "T", 11, ANSWER_YES, 11},
	{{"t2", {"10 0 t1", "11 t1 t2"}}, HELD, "T", 12, ANSWER_NO, 0},
	/* it went away and came back, by the very same tag too */
	{{"t2", {"10 0 t1", "11 t1 u1", "12 u1 t2"}}, HELD, "T", 0, ANSWER_YES, 12},
	{{"t1", {"10 0 t1", "11 t1 u1", "12 u1 t1"}}, HELD, "T", 0, ANSWER_YES, 12},
	{{"u1", {"10 0 t1", "11 t1 u1"}}, HELD, "T", 0, ANSWER_NO, 0},
	/* an earlier tag that is gone ends it, or is told by the account */
	{{"t1", {"10 0 gone", "11 gone t1"}}, HELD, "T", 0, ANSWER_YES, 11},
	{{"t1", {"10 0 gone deploy:T::", "11 gone t1"}}, HELD, "T", 0, ANSWER_YES, 10},
	{{"t1", {"10 0 gone deploy:U::", "11 gone t1"}}, HELD, "T", 0, ANSWER_YES, 11},
	/* a commit itself, as an admin may put there */
	{{"T", {"10 0 T"}}, HELD, "T", 0, ANSWER_YES, 10},
	/* nobody tells how it came to where it is */
	{{"t1", {0}}, HELD, "T", 0, ANSWER_UNKNOWN, 0},
	{{"t1", {"10 0 t2"}}, HELD, "T", 0, ANSWER_UNKNOWN, 0},
	{{"t1", {"no line"}}, HELD, "T", 0, ANSWER_UNKNOWN, 0},

	/* whether it ever held it */
	{{"t1", {"10 0 t1"}}, DEPLOYED, "T", 0, ANSWER_YES, 0},
	{{"u1", {"10 0 t1", "11 t1 u1"}}, DEPLOYED, "T", 0, ANSWER_YES, 0},
	{{"u1", {"11 t1 u1"}}, DEPLOYED, "T", 0, ANSWER_YES, 0},
	{{"u1", {"10 0 u1"}}, DEPLOYED, "T", 0, ANSWER_NO, 0},
	{{"t1", {0}}, DEPLOYED, "T", 0, ANSWER_YES, 0},
	{{"u1", {0}}, DEPLOYED, "T", 0, ANSWER_NO, 0},
	{{"", {0}}, DEPLOYED, "T", 0, ANSWER_NO, 0},
	{{"u1", {"10 0 gone", "11 gone u1"}}, DEPLOYED, "T", 0, ANSWER_UNKNOWN, 0},
	{{"u1", {"10 0 gone deploy:T::", "11 gone u1"}}, DEPLOYED, "T", 0, ANSWER_YES, 0},
	{{"u1", {"9 0 t1", "10 t1 gone", "11 gone u1"}}, DEPLOYED, "T", 0, ANSWER_YES, 0},
	{{"u1", {"no line"}}, DEPLOYED, "T", 0, ANSWER_UNKNOWN, 0},

	/* when it last moved */
	{{"u1", {"10 0 t1", "11 t1 u1"}}, MOVED, NULL, 0, ANSWER_YES, 11},
	{{"", {0}}, MOVED, NULL, 0, ANSWER_NO, 0},
	{{"u1", {0}}, MOVED, NULL, 0, ANSWER_UNKNOWN, 0},
	{{"u1", {"no line"}}, MOVED, NULL, 0, ANSWER_UNKNOWN, 0},
};

/* The names and what they stand for. */
struct world {
	struct fixture f;
	struct {
		const char *name;
		char id[64];
	} ids[7];
	size_t count;
};

static void name_output(struct world *w, const char *name)
{
	w->ids[w->count].name = name;
	snprintf(w->ids[w->count++].id, sizeof(w->ids[0].id), "%.40s", w->f.output);
}

static const char *id_of(const struct world *w, const char *name, size_t len)
{
	for (size_t i = 0; i < w->count; i++)
		if (strlen(w->ids[i].name) == len && !strncmp(w->ids[i].name, name, len))
			return w->ids[i].id;
	return NULL;
}

static void tag(struct world *w, const char *name, const char *commit)
{
	fixture_git(&w->f, "tag", "-a", "-m", name, name, id_of(w, commit, 1));
	fixture_git(&w->f, "rev-parse", name);
	name_output(w, name);
}

static void world_make(struct world *w)
{
	*w = (struct world){.count = 0};
	fixture_open(&w->f, "x.git");
	fixture_git(&w->f, "commit-tree", "-m", "T", "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
	name_output(w, "T");
	fixture_git(&w->f, "commit-tree", "-m", "U", "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
	name_output(w, "U");
	tag(w, "t1", "T");
	tag(w, "t2", "T");
	tag(w, "u1", "U");
	snprintf(w->f.output, sizeof(w->f.output), "%040d", 0);
	name_output(w, "0");
	snprintf(w->f.output, sizeof(w->f.output), "%040d", 1);
	name_output(w, "gone");
}

static int64_t time_of(int minute)
{
	return 1700000000 + minute * 60;
}

/* One line of the account: names become ids, the minute a time. */
static void write_line(const struct world *w, FILE *file, const char *text)
{
	int minute = atoi(text);

	if (!minute) {
		fprintf(file, "%s\n", text);
		return;
	}
	fprintf(file, "%s devon " REF, clock_format(time_of(minute)).text);
	for (size_t field = 0; (text = strchr(text, ' ')); field++) {
		size_t len = strcspn(++text, " ");

		if (field < 2)
			fprintf(file, " %s%s", id_of(w, text, len), field ? " -" : "");
		else
			fprintf(file, " deploy:%s::", id_of(w, text + strlen("deploy:"), 1));
	}
	fprintf(file, "\n");
}

static void history_write(struct world *w, const struct history *history)
{
	char path[FIXTURE_PATH + 256];

	if (*history->at)
		fixture_git(&w->f, "update-ref", REF, id_of(w, history->at, strlen(history->at)));
	else
		fixture_git(&w->f, "update-ref", "-d", REF);
	snprintf(path, sizeof(path), "%s/policy/account/refs/deploy/p", w->f.repo);
	fixture_run(&w->f, "rm", "-rf", path);
	fixture_run(&w->f, "mkdir", "-p", path);
	if (!history->account[0])
		return;
	snprintf(path, sizeof(path), "%s/policy/account/" REF ":log", w->f.repo);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	for (size_t i = 0; i < COUNT(history->account) && history->account[i]; i++)
		write_line(w, file, history->account[i]);
	fclose(file);
}

static enum answer ask(struct facts *facts, size_t index, const struct oid *commit, int64_t *ret_time)
{
	struct bytes ref = BYTES(REF);

	switch (cases[index].question) {
	case HELD:
		return facts_held(facts, ref, commit, cases[index].after ? time_of(cases[index].after) : INT64_MIN,
				  ret_time);
	case DEPLOYED:
		return facts_deployed(facts, ref, commit);
	default:
		return facts_moved(facts, ref, ret_time);
	}
}

static void run(struct world *w, size_t index)
{
	struct arena *arena = arena_new();
	struct repo_environment environment = {.git_dir = w->f.repo};
	const struct people people = {0};
	const struct layers layers = {.people = &people};
	const char *problem, *commit = cases[index].commit;
	struct oid id = {{0}};
	int64_t time = 0;

	history_write(w, &cases[index].history);
	struct repo *repo = repo_open(arena, &environment, &problem);

	if (!repo)
		fail_msg("%s", problem);
	if (commit)
		id = fixture_id(id_of(w, commit, 1));
	struct facts *facts = facts_new(arena, repo, &layers, NULL, (struct bytes){0});
	enum answer answer = ask(facts, index, &id, &time);

	if (answer != cases[index].answer)
		fail_msg("case %zu: answer %d, not %d: %s", index, (int)answer, (int)cases[index].answer,
			 facts_reason(facts));
	if (cases[index].minute && time != time_of(cases[index].minute))
		fail_msg("case %zu: %s", index, clock_format(time).text);
	repo_close(repo);
	arena_free(arena);
}

static void answers(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	for (size_t i = 0; i < COUNT(cases); i++)
		run(&w, i);
	fixture_close(&w.f);
}

/* In a clone there is no account: what is there is there since nobody knows when. */
static void clones(void **state)
{
	struct world w;
	struct arena *arena = arena_new();
	const struct people people = {0};
	const struct layers layers = {.people = &people};
	const struct history history = {"t1", {"10 0 t1"}};
	const char *problem;
	int64_t time;

	(void)state;
	world_make(&w);
	history_write(&w, &history);
	struct repo_environment environment = {.git_dir = w.f.repo, .client = true, .remote = "origin"};
	struct repo *repo = repo_open(arena, &environment, &problem);
	struct facts *facts = facts_new_client(arena, repo, &layers);
	struct oid t = fixture_id(id_of(&w, "T", 1)), u = fixture_id(id_of(&w, "U", 1));

	assert_int_equal(facts_held(facts, BYTES(REF), &t, INT64_MIN, &time), ANSWER_YES);
	assert_true(time == INT64_MIN);
	assert_int_equal(facts_held(facts, BYTES(REF), &u, INT64_MIN, &time), ANSWER_NO);
	assert_int_equal(facts_moved(facts, BYTES(REF), &time), ANSWER_NO);
	assert_int_equal(facts_deployed(facts, BYTES(REF), &t), ANSWER_YES);
	assert_int_equal(facts_deployed(facts, BYTES(REF), &u), ANSWER_NO);
	repo_close(repo);
	arena_free(arena);
	fixture_close(&w.f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(answers), cmocka_unit_test(clones)};

	return cmocka_run_group_tests_name("factsdeploy", tests, NULL, NULL);
}
