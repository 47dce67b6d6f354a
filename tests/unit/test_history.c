/* test_history: ancestry whatever the dates say, and exactly the commits a push introduces. */
#include "gitfixture.h"

#include "arena.h"
#include "history.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define OIDS(...)                                                                                                      \
	((struct oids){.ids = (struct oid[]){__VA_ARGS__},                                                             \
		       .count = sizeof((struct oid[]){__VA_ARGS__}) / sizeof(struct oid)})

/** A fixture with the repository opened on it; commits are made while it is closed. */
struct world {
	struct fixture f;
	struct arena *arena;
	struct repo *repo;
	struct history *history;
};

static void world_make(struct world *w)
{
	w->arena = arena_new();
	fixture_open(&w->f, "x.git");
}

static void world_open(struct world *w)
{
	const char *problem = NULL;
	struct repo_environment environment = {.git_dir = w->f.repo,
					       .quarantine = w->f.quarantined ? w->f.quarantine : NULL};

	w->repo = repo_open(w->arena, &environment, &problem);
	assert_non_null(w->repo);
	w->history = history_new(w->arena, w->repo);
}

static void world_end(struct world *w)
{
	repo_close(w->repo);
	fixture_close(&w->f);
	arena_free(w->arena);
}

static struct oid commit(struct world *w, const char *message, const struct oid *first, const struct oid *second)
{
	return fixture_commit(&w->f, NULL, message, first, second, NULL);
}

/* Asserts that the commits outside are these, each once, in any order. */
static void expect_outside(struct world *w, struct oids tips, struct oids hidden, const struct history_more *more,
			   struct oids expected)
{
	struct introduced *found;
	size_t count;

	assert_int_equal(history_outside(w->history, &tips, &hidden, more, &found, &count), ANSWER_YES);
	assert_int_equal(count, expected.count);
	for (size_t i = 0; i < expected.count; i++) {
		size_t seen = 0;

		for (size_t n = 0; n < count; n++)
			seen += oid_equal(found[n].id, &expected.ids[i]);
		assert_int_equal(seen, 1);
	}
}

/* stored: root - a - b; new: c on a, d on c, e merges d and b; x is another branch on c */
static void what_came_with_the_push_may_be_hidden(void **state)
{
	static const long dates[] = {60, -1600000000, 1900000000};

	(void)state;
	for (size_t i = 0; i < COUNT(dates); i++) {
		struct world w;

		world_make(&w);
		struct oid root = commit(&w, "root", NULL, NULL), a = commit(&w, "a", &root, NULL),
			   b = commit(&w, "b", &a, NULL);

		w.f.quarantined = true;
		w.f.clock += dates[i];
		struct oid c = commit(&w, "c", &a, NULL);

		w.f.clock = 1700000000;
		struct oid d = commit(&w, "d", &c, NULL), e = commit(&w, "e", &d, &b), x = commit(&w, "x", &c, NULL);

		world_open(&w);
		expect_outside(&w, OIDS(e), OIDS(c), NULL, OIDS(e, d, b));
		expect_outside(&w, OIDS(e), OIDS(d), NULL, OIDS(e, b));
		expect_outside(&w, OIDS(e), OIDS(x), NULL, OIDS(e, d, b));
		expect_outside(&w, OIDS(e), OIDS(x, b), NULL, OIDS(e, d));
		expect_outside(&w, OIDS(b), OIDS(x), NULL, OIDS(b));
		expect_outside(&w, OIDS(x), OIDS(e), NULL, OIDS(x));
		expect_outside(&w, OIDS(a), OIDS(e), NULL, (struct oids){0});
		expect_outside(&w, OIDS(d), OIDS(e), NULL, (struct oids){0});
		expect_outside(&w, OIDS(e), OIDS(b), NULL, OIDS(e, d, c));
		world_end(&w);
	}
}

struct asked {
	struct arena *arena;
	struct oids ids;
	int times;
	bool fails;
};

static bool fill(void *context, struct oids *ret_hidden)
{
	struct asked *asked = context;

	asked->times++;
	*ret_hidden = asked->ids;
	return !asked->fails;
}

/* root - a - b - c; d on a; m merges c and d; s is a second root; x merges b with s */
static void ancestry_is_exact(void **state)
{
	static const long dates[][3] = {
		{0, 60, 120}, {-1600000000, 300000000, 60}, {500000000, -1000000000, 0}, {-1699999000, 0, 2000000000}};

	(void)state;
	for (size_t i = 0; i < COUNT(dates) * 2; i++) {
		struct world w;
		const long *shift = dates[i / 2];

		world_make(&w);
		struct oid root = commit(&w, "root", NULL, NULL);

		w.f.clock += shift[0];
		struct oid a = commit(&w, "a", &root, NULL);

		w.f.quarantined = i % 2;
		w.f.clock += shift[1];
		struct oid b = commit(&w, "b", &a, NULL), c = commit(&w, "c", &b, NULL);

		w.f.clock = 1700000000 + shift[2];
		struct oid d = commit(&w, "d", &a, NULL), m = commit(&w, "m", &c, &d), s = commit(&w, "s", NULL, NULL);
		struct oid x = commit(&w, "x", &b, &s);
		const struct {
			struct oid tip, ancestor;
			enum answer answer;
		} cases[] = {
			{m, root, ANSWER_YES}, {m, d, ANSWER_YES}, {m, c, ANSWER_YES}, {m, m, ANSWER_YES},
			{c, d, ANSWER_NO},     {d, c, ANSWER_NO},  {c, m, ANSWER_NO},  {root, m, ANSWER_NO},
			{m, s, ANSWER_NO},     {s, m, ANSWER_NO},  {x, s, ANSWER_YES}, {x, a, ANSWER_YES},
			{x, d, ANSWER_NO},     {m, x, ANSWER_NO},
		};
		struct introduced *found;
		size_t count;

		world_open(&w);
		for (int again = 0; again < 2; again++) { /* before and after a walk has ranked the new ones */
			for (size_t n = 0; n < COUNT(cases); n++)
				assert_int_equal(history_descends(w.history, &cases[n].tip, &cases[n].ancestor),
						 cases[n].answer);
			struct oids tips = OIDS(m, x), hidden = OIDS(a);

			assert_int_equal(history_outside(w.history, &tips, &hidden, NULL, &found, &count), ANSWER_YES);
			assert_int_equal(count, 6);
		}
		world_end(&w);
	}
}

static void what_is_new_is_found(void **state)
{
	(void)state;
	for (int quarantined = 0; quarantined < 2; quarantined++) {
		struct world w;

		world_make(&w);
		struct oid a = commit(&w, "a", NULL, NULL), b = commit(&w, "b", &a, NULL),
			   c = commit(&w, "c", &a, NULL);

		w.f.quarantined = quarantined;
		struct oid d = commit(&w, "d", &b, NULL), e = commit(&w, "e", &d, &c), g = commit(&w, "g", &c, NULL);
		struct oid octopus = fixture_commit(&w.f, NULL, "octopus", &e, &g, &b);

		world_open(&w);
		expect_outside(&w, OIDS(d), OIDS(b), NULL, OIDS(d));
		expect_outside(&w, OIDS(e), OIDS(b, c), NULL, OIDS(d, e));
		expect_outside(&w, OIDS(e), OIDS(b), NULL, OIDS(c, d, e));
		expect_outside(&w, OIDS(octopus), OIDS(b, c), NULL, OIDS(d, e, g, octopus));
		expect_outside(&w, OIDS(d), OIDS(a), NULL, OIDS(b, d));
		expect_outside(&w, OIDS(b), OIDS(d), NULL, (struct oids){0});
		expect_outside(&w, OIDS(b), OIDS(b), NULL, (struct oids){0});
		expect_outside(&w, OIDS(d, g, d), OIDS(b), NULL, OIDS(d, g, c));
		if (!quarantined)
			expect_outside(&w, OIDS(e), OIDS(d), NULL, OIDS(e, c));
		world_end(&w);
	}
}

static void each_is_told_once_newest_first_by_the_first_tip(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	struct oid a = commit(&w, "a", NULL, NULL);

	w.f.quarantined = true;
	struct oid b = commit(&w, "b", &a, NULL), c = commit(&w, "c", &b, NULL), d = commit(&w, "d", &b, NULL);
	struct oid m = commit(&w, "m", &c, &d);
	struct oid expected[] = {c, b, m, d};
	struct oids tips = OIDS(c, m), hidden = OIDS(a);
	struct introduced *found;
	size_t count;

	world_open(&w);
	assert_int_equal(history_outside(w.history, &tips, &hidden, NULL, &found, &count), ANSWER_YES);
	assert_int_equal(count, COUNT(expected));
	for (size_t i = 0; i < count; i++) {
		assert_true(oid_equal(found[i].id, &expected[i]));
		assert_int_equal(found[i].tip, i / 2);
	}
	assert_int_equal(history_descends(w.history, &m, &b), ANSWER_YES);
	assert_int_equal(history_descends(w.history, &d, &c), ANSWER_NO);
	world_end(&w);
}

/* Parked on another branch, a stored commit is still outside; other refs are asked about only for such. */
static void parked_work_is_outside_unless_vouched_for(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	struct oid a = commit(&w, "a", NULL, NULL), b = commit(&w, "b", &a, NULL), c = commit(&w, "c", &b, NULL);
	struct oid z = commit(&w, "z", &a, NULL);

	w.f.quarantined = true;
	struct oid d = commit(&w, "d", &a, NULL), e = commit(&w, "e", &c, NULL);
	struct asked asked = {.arena = w.arena, .ids = OIDS(b, z)}, other = {.arena = w.arena, .ids = OIDS(z)};
	struct history_more more = {fill, &asked}, useless = {fill, &other};

	world_open(&w);
	expect_outside(&w, OIDS(d), OIDS(a), &more, OIDS(d));
	assert_int_equal(asked.times, 0); /* the walk met nothing but `a` */
	expect_outside(&w, OIDS(e), OIDS(a), NULL, OIDS(b, c, e));
	expect_outside(&w, OIDS(e), OIDS(a), &more, OIDS(c, e));
	assert_int_equal(asked.times, 1);
	expect_outside(&w, OIDS(e), OIDS(a), &useless, OIDS(b, c, e));
	expect_outside(&w, OIDS(c), OIDS(a), &more, OIDS(c));
	asked.ids = OIDS(c);
	expect_outside(&w, OIDS(c), (struct oids){0}, &more, (struct oids){0});
	asked.fails = true;
	struct oids tips = OIDS(e), hidden = OIDS(a);
	struct introduced *found;
	size_t count;

	assert_int_equal(history_outside(w.history, &tips, &hidden, &more, &found, &count), ANSWER_UNKNOWN);
	world_end(&w);
}

/* The commits outside are at least these; returns how many more there are. */
static size_t outside_beyond(struct world *w, struct oids tips, struct oids hidden, struct oids expected)
{
	struct introduced *found;
	size_t count, seen = 0;

	assert_int_equal(history_outside(w->history, &tips, &hidden, NULL, &found, &count), ANSWER_YES);
	for (size_t i = 0; i < expected.count; i++)
		for (size_t n = 0; n < count; n++)
			seen += oid_equal(found[n].id, &expected.ids[i]);
	assert_int_equal(seen, expected.count);
	return count - seen;
}

/* Dates that lie by weeks change nothing; by years, they may make more commits new, and never fewer. */
static void skewed_dates_hide_nothing(void **state)
{
	static const long shifts[] = {0, -2500000, 2500000, -1699999000, 300000000};

	(void)state;
	for (size_t i = 0; i < COUNT(shifts) * COUNT(shifts); i++) {
		long first = shifts[i / COUNT(shifts)], second = shifts[i % COUNT(shifts)];
		bool weeks = labs(first) < 2592000 && labs(second) < 2592000 && labs(first - second) < 2592000;
		struct world w;

		world_make(&w);
		struct oid a = commit(&w, "a", NULL, NULL), e = commit(&w, "e", &a, NULL), fork;

		w.f.clock = 1700000000 + first;
		struct oid b = commit(&w, "b", &a, NULL), d = commit(&w, "d", &b, NULL);

		w.f.clock = 1700000000 + second;
		struct oid c = commit(&w, "c", &b, NULL);

		w.f.quarantined = true;
		struct oid x = commit(&w, "x", &d, &e);
		struct oids trunks = OIDS(c);

		world_open(&w);
		size_t more = outside_beyond(&w, OIDS(x), OIDS(c), OIDS(d, e, x)) +
			      outside_beyond(&w, OIDS(x), OIDS(d), OIDS(e, x));

		if (weeks)
			assert_int_equal(more, 0);
		assert_int_equal(history_fork(w.history, &x, &trunks, &fork), ANSWER_YES);
		assert_true(oid_equal(&fork, &b) || (!weeks && oid_equal(&fork, &a)));
		world_end(&w);
	}
}

/*
 * a - x - b - c, where the clock of x, or of x and y after it, was years or weeks wrong: what is hidden stays so. A
 * second line a - d, merged by c, lets the walk for the near side end before it comes to x.
 */
static void one_wrong_clock_makes_nothing_new(void **state)
{
	static const long wrong[] = {-3600000, -1699999000};

	(void)state;
	for (size_t i = 0; i < COUNT(wrong) * 4; i++) {
		bool joined = i & 1, quarantined = i & 2;
		struct world w;
		struct oid root;

		world_make(&w);
		struct oid r = commit(&w, "r", NULL, NULL), a = joined ? commit(&w, "a", &r, NULL) : r;

		w.f.clock += wrong[i / 4];
		struct oid x = commit(&w, "x", &a, NULL), y = quarantined ? commit(&w, "y", &x, NULL) : x;

		w.f.clock = 1700010000;
		struct oid d = commit(&w, "d", &r, NULL), c = commit(&w, "c", &y, joined ? &d : NULL);
		struct oid parked = commit(&w, "parked", &a, NULL);

		w.f.quarantined = quarantined;
		struct oid topic = commit(&w, "topic", &a, NULL), merge = commit(&w, "merge", &c, &topic);
		struct oid on = commit(&w, "on", &parked, NULL), s = commit(&w, "s", NULL, NULL);
		struct oid unrelated = commit(&w, "unrelated", &c, &s);
		struct asked asked = {.arena = w.arena, .ids = OIDS(c)};
		struct history_more more = {fill, &asked};

		world_open(&w);
		expect_outside(&w, OIDS(merge), OIDS(c), NULL, OIDS(merge, topic));
		expect_outside(&w, OIDS(a), (struct oids){0}, &more, (struct oids){0});
		expect_outside(&w, OIDS(topic), (struct oids){0}, &more, OIDS(topic));
		expect_outside(&w, OIDS(on), OIDS(c), NULL, OIDS(parked, on));
		assert_int_equal(history_new_root(w.history, &merge, &c, &root), ANSWER_NO);
		assert_int_equal(history_new_root(w.history, &unrelated, &c, &root), ANSWER_YES);
		assert_true(oid_equal(&root, &s));
		world_end(&w);
	}
}

static void criss_cross_merges_are_settled(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	struct oid root = commit(&w, "root", NULL, NULL);
	struct oid a = commit(&w, "a1", &root, NULL), b = commit(&w, "b1", &root, NULL);
	struct oid a2 = commit(&w, "a2", &a, &b), b2 = commit(&w, "b2", &b, &a);
	struct oid a3 = commit(&w, "a3", &a2, NULL), b3 = commit(&w, "b3", &b2, NULL);
	struct oid m = commit(&w, "m", &a3, &b3);

	world_open(&w);
	expect_outside(&w, OIDS(m), OIDS(a3), NULL, OIDS(b2, b3, m));
	expect_outside(&w, OIDS(b3), OIDS(a3), NULL, OIDS(b2, b3));
	expect_outside(&w, OIDS(a3), OIDS(b3), NULL, OIDS(a2, a3));
	assert_int_equal(history_descends(w.history, &a3, &b), ANSWER_YES);
	assert_int_equal(history_descends(w.history, &a3, &b2), ANSWER_NO);
	world_end(&w);
}

static void forks_follow_first_parents(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	struct oid a = commit(&w, "a", NULL, NULL), b = commit(&w, "b", &a, NULL), c = commit(&w, "c", &b, NULL);
	struct oid f1 = commit(&w, "f1", &a, NULL), f2 = commit(&w, "f2", &f1, &c), f3 = commit(&w, "f3", &f2, NULL);
	struct oid alone = commit(&w, "alone", NULL, NULL), fork;
	const struct {
		struct oid tip;
		struct oids trunks;
		enum answer answer;
		struct oid fork;
	} cases[] = {
		{f3, OIDS(c), ANSWER_YES, a},	{f3, OIDS(b), ANSWER_YES, a},	   {b, OIDS(c), ANSWER_YES, b},
		{c, OIDS(b, a), ANSWER_YES, b}, {alone, OIDS(c), ANSWER_NO, a},	   {c, OIDS(alone), ANSWER_NO, a},
		{c, OIDS(f3), ANSWER_YES, c},	{f2, OIDS(c, f1), ANSWER_YES, f1},
	};

	world_open(&w);
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(history_fork(w.history, &cases[i].tip, &cases[i].trunks, &fork), cases[i].answer);
		if (cases[i].answer == ANSWER_YES)
			assert_true(oid_equal(&fork, &cases[i].fork));
	}
	assert_int_equal(history_fork(w.history, &a, &(struct oids){0}, &fork), ANSWER_NO);
	world_end(&w);
}

static void new_roots_are_seen(void **state)
{
	(void)state;
	for (int quarantined = 0; quarantined < 2; quarantined++) {
		struct world w;
		struct oid root;

		world_make(&w);
		struct oid a = commit(&w, "a", NULL, NULL), b = commit(&w, "b", &a, NULL);

		w.f.quarantined = quarantined;
		struct oid s = commit(&w, "s", NULL, NULL), t = commit(&w, "t", &s, NULL);
		struct oid m = commit(&w, "m", &b, &t), n = commit(&w, "n", &b, NULL);

		world_open(&w);
		assert_int_equal(history_new_root(w.history, &m, &b, &root), ANSWER_YES);
		assert_true(oid_equal(&root, &s));
		assert_int_equal(history_new_root(w.history, &n, &a, &root), ANSWER_NO);
		if (!quarantined) { /* what is hidden is from before the push */
			assert_int_equal(history_new_root(w.history, &m, &t, &root), ANSWER_YES);
			assert_true(oid_equal(&root, &a));
		}
		world_end(&w);
	}
}

static void broken_history_is_no_answer(void **state)
{
	struct world w;
	char path[2 * FIXTURE_PATH];
	struct introduced *found;
	struct bytes raw;
	size_t count;

	(void)state;
	world_make(&w);
	struct oid a = commit(&w, "a", NULL, NULL), b = commit(&w, "b", &a, NULL), c = commit(&w, "c", &b, NULL);
	struct oid d = commit(&w, "d", &a, NULL);

	fixture_git(&w.f, "hash-object", "-w", "-t", "tree", "/dev/null");
	struct oid tree = fixture_id(w.f.output);

	snprintf(path, sizeof(path), "%s/objects/%.2s/%s", w.f.repo, oid_hex(&b).text, oid_hex(&b).text + 2);
	assert_int_equal(unlink(path), 0);
	world_open(&w);
	struct oids tips[] = {OIDS(c), OIDS(tree), OIDS(d), OIDS(d)};
	struct oids hidden[] = {OIDS(a), OIDS(a), OIDS(c), OIDS(tree)};

	for (size_t i = 0; i < COUNT(tips); i++) {
		assert_int_equal(history_outside(w.history, &tips[i], &hidden[i], NULL, &found, &count),
				 ANSWER_UNKNOWN);
		assert_true(*history_problem(w.history));
	}
	assert_int_equal(history_descends(w.history, &c, &a), ANSWER_UNKNOWN);
	assert_true(bytes_contains(bytes_of(history_problem(w.history)), bytes_of(oid_hex(&b).text)));
	assert_int_equal(history_descends(w.history, &d, &a), ANSWER_YES); /* the failure left nothing behind */
	assert_int_equal(history_raw(w.history, &b, &raw), ANSWER_UNKNOWN);
	assert_int_equal(history_raw(w.history, &tree, &raw), ANSWER_UNKNOWN);
	assert_int_equal(history_raw(w.history, &a, &raw), ANSWER_YES);
	assert_true(bytes_ends(raw, BYTES("\n\na\n")));
	world_end(&w);
}

static void first_parents_are_told(void **state)
{
	struct world w;
	struct oid parent;

	(void)state;
	world_make(&w);
	struct oid a = commit(&w, "a", NULL, NULL), b = commit(&w, "b", NULL, NULL), m = commit(&w, "m", &b, &a);

	world_open(&w);
	assert_int_equal(history_first_parent(w.history, &m, &parent), ANSWER_YES);
	assert_true(oid_equal(&parent, &b));
	assert_int_equal(history_first_parent(w.history, &a, &parent), ANSWER_NO);
	assert_int_equal(history_first_parent(w.history, &(struct oid){{1}}, &parent), ANSWER_UNKNOWN);
	world_end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ancestry_is_exact),
		cmocka_unit_test(what_is_new_is_found),
		cmocka_unit_test(what_came_with_the_push_may_be_hidden),
		cmocka_unit_test(each_is_told_once_newest_first_by_the_first_tip),
		cmocka_unit_test(parked_work_is_outside_unless_vouched_for),
		cmocka_unit_test(skewed_dates_hide_nothing),
		cmocka_unit_test(one_wrong_clock_makes_nothing_new),
		cmocka_unit_test(criss_cross_merges_are_settled),
		cmocka_unit_test(forks_follow_first_parents),
		cmocka_unit_test(new_roots_are_seen),
		cmocka_unit_test(broken_history_is_no_answer),
		cmocka_unit_test(first_parents_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
