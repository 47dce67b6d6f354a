/* test_factssoak: since when commits have been on a branch, whatever became of it, and the branches they came by. */
#include "gitfixture.h"

#include "account.h"
#include "arena.h"
#include "arrival.h"
#include "gather.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define NOW 1000
#define EVER 100000
#define STAGING "refs/heads/staging"
#define ALWAYS INT64_MAX

static const struct oid none = {{0}};

/** A repository with a line of commits, and one beside it: c0 - c1 - c2 - c3, c1 - d. */
struct world {
	struct fixture f;
	struct arena *arena;
	struct repo *repo;
	struct layers layers;
	struct people people;
	struct facts *facts;
	struct oid c[4], d;
};

static int world_make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	const struct oid *last = NULL;

	assert_non_null(w);
	w->arena = arena_new();
	w->layers.people = &w->people;
	fixture_open(&w->f, "x.git");
	for (size_t i = 0; i < COUNT(w->c); i++, last = &w->c[i - 1])
		w->c[i] = fixture_commit(&w->f, NULL, "c", last, NULL, NULL);
	w->d = fixture_commit(&w->f, NULL, "d", &w->c[1], NULL, NULL);
	*state = w;
	return 0;
}

static int world_end(void **state)
{
	struct world *w = *state;

	if (w->repo)
		repo_close(w->repo);
	fixture_close(&w->f);
	arena_free(w->arena);
	free(w);
	return 0;
}

static struct bytes directory(const struct world *w)
{
	return bytes_of(w->f.repo);
}

static void moved_with(struct world *w, const char *ref, int64_t time, const struct oid *old, const struct oid *new,
		       struct account_landing *landings, size_t landing_count)
{
	const struct account_line line = {
		.time = time,
		.user = BYTES("erin"),
		.old = *old,
		.new = *new,
		.event = bytes_printf(w->arena, "%016llx", (unsigned long long)time),
		.landings = landings,
		.landing_count = landing_count,
	};
	const char *problem;

	if (!account_write(w->arena, directory(w), bytes_of(ref), &line, NULL, NULL, &problem))
		fail_msg("%s", problem);
	if (!oid_is_zero(new))
		fixture_ref(&w->f, ref, new);
}

static void moved(struct world *w, int64_t time, const struct oid *old, const struct oid *new)
{
	moved_with(w, STAGING, time, old, new, NULL, 0);
}

static void installed(struct world *w, const char *time)
{
	fixture_run(&w->f, "mkdir", "-p", bytes_printf(w->arena, "%s/policy/account", w->f.repo).data);
	fixture_write(&w->f, "x.git/policy/account/installed",
		      bytes_printf(w->arena, "%s 00000000000000000000000000000000\n", time).data);
}

/* The world as a run finds it, at NOW. */
static void look(struct world *w)
{
	const struct repo_environment environment = {.git_dir = w->f.repo};
	const char *problem;

	w->repo = repo_open(w->arena, &environment, &problem);
	assert_non_null(w->repo);
	w->facts = facts_new(w->arena, w->repo, &w->layers, NULL, BYTES("erin"));
	facts_clock(w->facts, NOW);
}

/* And another run. */
static void look_again(struct world *w)
{
	repo_close(w->repo);
	look(w);
}

static struct stay stay_of(struct world *w, int64_t enough, const struct oid *commits, size_t count)
{
	const struct stay *stays;

	if (facts_stays(w->facts, BYTES(STAGING), commits, count, enough, &stays) != ANSWER_YES)
		fail_msg("%s", facts_reason(w->facts));
	return stays[count - 1];
}

static void expect(struct world *w, int64_t enough, const struct oid *commit, int64_t since, int64_t until)
{
	struct stay stay = stay_of(w, enough, commit, 1);

	assert_int_equal(stay.since, since);
	assert_int_equal(stay.until, until);
}

/* The same beside all others. */
static void expect_beside(struct world *w, const struct oid *commit, int64_t since, int64_t until)
{
	struct oid commits[5];
	size_t count = 0;

	for (size_t i = 0; i < COUNT(w->c); i++)
		if (!oid_equal(&w->c[i], commit))
			commits[count++] = w->c[i];
	if (!oid_equal(&w->d, commit))
		commits[count++] = w->d;
	commits[count++] = *commit;
	struct stay stay = stay_of(w, EVER, commits, count);

	assert_int_equal(stay.since, since);
	assert_int_equal(stay.until, until);
	expect(w, EVER, commit, since, until);
}

static void each_commit_has_its_own(void **state)
{
	struct world *w = *state;

	moved(w, 10, &none, &w->c[0]);
	moved(w, 20, &w->c[0], &w->c[2]);
	moved(w, 30, &w->c[2], &w->c[3]);
	look(w);
	expect_beside(w, &w->c[0], 10, ALWAYS);
	expect_beside(w, &w->c[1], 20, ALWAYS);
	expect_beside(w, &w->c[2], 20, ALWAYS);
	expect_beside(w, &w->c[3], 30, ALWAYS);
	expect_beside(w, &w->d, INT64_MAX, ALWAYS);
	/* nobody looks further than is asked */
	expect(w, NOW - 31, &w->c[1], 30, ALWAYS);
	expect(w, NOW - 30, &w->c[1], 20, ALWAYS);
}

static void what_is_dropped_starts_anew(void **state)
{
	struct world *w = *state;
	struct oid merge = fixture_commit(&w->f, NULL, "m", &w->d, &w->c[2], NULL);

	moved(w, 10, &none, &w->c[0]);
	moved(w, 20, &w->c[0], &w->c[2]);
	moved(w, 30, &w->c[2], &w->d);
	moved(w, 40, &w->d, &merge);
	look(w);
	expect_beside(w, &w->c[0], 10, ALWAYS);
	expect_beside(w, &w->c[1], 20, ALWAYS);
	expect_beside(w, &w->c[2], 40, ALWAYS);
	expect_beside(w, &w->d, 30, ALWAYS);
	expect_beside(w, &w->c[3], INT64_MAX, ALWAYS);
}

static void a_past_tip_keeps_its_latest_stay(void **state)
{
	struct world *w = *state;

	moved(w, 10, &none, &w->c[2]);
	moved(w, 20, &w->c[2], &w->c[1]);
	moved(w, 30, &w->c[1], &w->c[3]);
	moved(w, 40, &w->c[3], &w->d);
	moved(w, 50, &w->d, &none);
	moved(w, 60, &none, &w->c[0]);
	look(w);
	expect_beside(w, &w->c[3], 30, 40);
	expect_beside(w, &w->c[2], 30, 40);
	expect_beside(w, &w->c[1], 10, 50);
	expect_beside(w, &w->d, 40, 50);
	expect_beside(w, &w->c[0], 60, ALWAYS);
}

static void what_was_there_came_as_the_account_began(void **state)
{
	struct world *w = *state;

	fixture_ref(&w->f, STAGING, &w->c[2]);
	look(w);
	expect_beside(w, &w->c[1], NOW, ALWAYS); /* nobody knows when that was */
	installed(w, "1970-01-01T00:00:15Z");
	look_again(w);
	expect_beside(w, &w->c[1], 15, ALWAYS);
	expect_beside(w, &w->c[3], INT64_MAX, ALWAYS);
	moved(w, 20, &w->c[2], &w->c[3]);
	look_again(w);
	expect_beside(w, &w->c[1], 15, ALWAYS);
	expect_beside(w, &w->c[3], 20, ALWAYS);
	installed(w, "1970-01-01T00:00:25Z");
	look_again(w);
	expect_beside(w, &w->c[1], 20, ALWAYS);
}

static void what_nobody_told_of_came_just_now(void **state)
{
	struct world *w = *state;

	moved(w, 10, &none, &w->c[1]);
	fixture_ref(&w->f, STAGING, &w->c[3]);
	look(w);
	expect_beside(w, &w->c[3], NOW, ALWAYS);
	expect_beside(w, &w->c[1], 10, ALWAYS);
}

static void what_cannot_be_told(void **state)
{
	struct world *w = *state;
	const struct oid gone = {{0xee}};
	const struct stay *stays;

	moved(w, 10, &none, &w->c[0]);
	moved_with(w, STAGING, 20, &w->c[0], &w->c[2], NULL, 0);
	look(w);
	const struct account_line line = {.time = 30, .event = BYTES("0000000000000001"), .old = w->c[2], .new = gone};
	const struct account_line back = {.time = 40, .event = BYTES("0000000000000002"), .old = gone, .new = w->c[2]};
	const char *problem;

	assert_true(account_write(w->arena, directory(w), BYTES(STAGING), &line, NULL, NULL, &problem));
	assert_true(account_write(w->arena, directory(w), BYTES(STAGING), &back, NULL, NULL, &problem));
	assert_int_equal(facts_stays(w->facts, BYTES(STAGING), &w->c[3], 1, EVER, &stays), ANSWER_UNKNOWN);
	assert_int_equal(facts_stays(w->facts, BYTES(STAGING), &w->c[1], 1, EVER, &stays), ANSWER_UNKNOWN);
	/* what is behind it is not looked at unasked */
	expect(w, NOW - 50, &w->c[1], 40, ALWAYS);
}

/* Says how a commit came, and asserts by which branches ("a b"), "-" for none that is known. */
static void arrived(struct world *w, const struct oid *commit, int64_t time, const char *ref)
{
	const struct oids commits = {.ids = (struct oid *)(uintptr_t)commit, .count = 1};
	const struct arrival arrival = {.time = time, .user = BYTES("erin"), .ref = bytes_of(ref)};
	const char *problem;

	if (!arrivals_write(w->arena, directory(w), &commits, &arrival, &problem))
		fail_msg("%s", problem);
}

static void expect_came(struct world *w, const struct oid *commit, const char *expected)
{
	struct buffer list = {.arena = w->arena};
	const struct bytes *refs = NULL;
	size_t count = 0;
	enum answer answer = facts_came_by(w->facts, commit, &refs, &count);

	if (answer == ANSWER_UNKNOWN)
		fail_msg("%s", facts_reason(w->facts));
	for (size_t i = 0; i < count; i++)
		buffer_printf(&list, "%s%.*s", i ? " " : "", BYTES_ARG(bytes_from(refs[i], BYTES("refs/heads/").len)));
	if (answer == ANSWER_NO)
		buffer_add(&list, BYTES("-"));
	if (!bytes_equal(buffer_bytes(&list), bytes_of(expected)))
		fail_msg("%.*s, not %s", BYTES_ARG(buffer_bytes(&list)), expected);
}

static void first_of_all_by_where_they_arrived(void **state)
{
	struct world *w = *state;

	arrived(w, &w->d, 10, "refs/heads/hotfix/x");
	arrived(w, &w->c[3], 10, "refs/heads/main");
	moved_with(w, "refs/heads/main", 10, &w->c[2], &w->c[3], NULL, 0);
	look(w);
	expect_came(w, &w->d, "hotfix/x");
	expect_came(w, &w->c[3], "main");
	expect_came(w, &w->c[0], "-");
}

/* main goes from c1 to `new`, which brings `commit`, by these landings of heads. */
static void landed(struct world *w, const struct oid *new, const struct oid *commit, struct account_landing *landings,
		   size_t count)
{
	moved_with(w, "refs/heads/main", 20, &w->c[1], new, landings, count);
	moved_with(w, "refs/heads/main", 30, new, &w->c[0], NULL, 0);
	arrived(w, commit, 20, "refs/heads/main");
	look(w);
}

static void a_landing_is_of_the_branches_it_lands(void **state)
{
	struct world *w = *state;
	struct bytes hotfix = BYTES("refs/heads/hotfix/x");
	struct oid merge = fixture_commit(&w->f, NULL, "m", &w->c[1], &w->d, NULL);
	struct account_landing landing = {LANDING_MERGE, w->d, &hotfix, 1, NULL, 0};

	landed(w, &merge, &merge, &landing, 1);
	expect_came(w, &merge, "hotfix/x");
}

static void a_squash_too(void **state)
{
	struct world *w = *state;
	struct bytes hotfix = BYTES("refs/heads/hotfix/x");
	struct oid squash = fixture_commit(&w->f, NULL, "s", &w->c[1], NULL, NULL);
	struct account_landing landing = {LANDING_SQUASH, w->c[3], &hotfix, 1, NULL, 0};

	landed(w, &squash, &squash, &landing, 1);
	expect_came(w, &squash, "hotfix/x");
}

static void and_a_rebase(void **state)
{
	struct world *w = *state;
	struct bytes hotfix = BYTES("refs/heads/hotfix/x");
	struct oid first = fixture_commit(&w->f, NULL, "r2", &w->c[1], NULL, NULL);
	struct oid last = fixture_commit(&w->f, NULL, "r3", &first, NULL, NULL);
	struct account_landing landing = {LANDING_REBASE, w->c[3], &hotfix, 1, NULL, 0};

	landed(w, &last, &first, &landing, 1);
	expect_came(w, &first, "hotfix/x");
}

static void what_slips_in_beside_a_landing_is_not_of_its_branch(void **state)
{
	struct world *w = *state;
	struct bytes hotfix = BYTES("refs/heads/hotfix/x");
	struct oid direct = fixture_commit(&w->f, NULL, "direct", &w->c[1], NULL, NULL);
	struct oid merge = fixture_commit(&w->f, NULL, "m", &direct, &w->d, NULL);
	struct account_landing landing = {LANDING_MERGE, w->d, &hotfix, 1, NULL, 0};

	landed(w, &merge, &direct, &landing, 1);
	arrived(w, &merge, 20, "refs/heads/main");
	expect_came(w, &direct, "main");
}

static void two_landings_are_of_both(void **state)
{
	struct world *w = *state;
	struct bytes hotfix = BYTES("refs/heads/hotfix/x"), feature = BYTES("refs/heads/feature/y");
	struct oid first = fixture_commit(&w->f, NULL, "m", &w->c[1], &w->d, NULL);
	struct oid second = fixture_commit(&w->f, NULL, "m", &first, &w->c[2], NULL);
	struct account_landing landings[] = {{LANDING_MERGE, w->d, &hotfix, 1, NULL, 0},
					     {LANDING_MERGE, w->c[2], &feature, 1, NULL, 0}};

	landed(w, &second, &first, landings, 2);
	expect_came(w, &first, "hotfix/x feature/y");
}

static void a_head_of_no_branch_came_by_the_ref(void **state)
{
	struct world *w = *state;
	struct oid merge = fixture_commit(&w->f, NULL, "m", &w->c[1], &w->d, NULL);
	struct account_landing landing = {LANDING_MERGE, w->d, NULL, 0, NULL, 0};

	landed(w, &merge, &merge, &landing, 1);
	expect_came(w, &merge, "main");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_make, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_commit_has_its_own),
		TEST(what_is_dropped_starts_anew),
		TEST(a_past_tip_keeps_its_latest_stay),
		TEST(what_was_there_came_as_the_account_began),
		TEST(what_nobody_told_of_came_just_now),
		TEST(what_cannot_be_told),
		TEST(first_of_all_by_where_they_arrived),
		TEST(a_landing_is_of_the_branches_it_lands),
		TEST(a_squash_too),
		TEST(and_a_rebase),
		TEST(what_slips_in_beside_a_landing_is_not_of_its_branch),
		TEST(two_landings_are_of_both),
		TEST(a_head_of_no_branch_came_by_the_ref),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
