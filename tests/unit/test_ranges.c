/* test_ranges: every question about history, put to small histories made at random and held in memory, against the
 * plain definition; and with any of the reads failing: then the answer is the same, or there is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "arena.h"
#include "history.h"
#include "marks.h"
#include "repo.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define COMMITS_MAX 20u
#define HISTORIES 2000u
#define LARGE ((size_t)12 << 20)
#define TREE "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"

/* A set of commits: a bit for each. */
typedef uint32_t set;

enum failure {
	FAILS_NEVER,
	FAILS_UNREADABLE,
	FAILS_MISSING,
	FAILS_TYPE,
	FAILS_BROKEN,
	FAILURES,
};

/* A repository: commits in an order in which parents come first, those from `stored` on being the push's. */
struct repo {
	struct arena *arena;
	uint64_t seed;
	size_t count;
	size_t stored;
	bool quarantined;
	bool orderly; /* no commit is older than its parents */
	set parents[COMMITS_MAX];
	size_t first[COMMITS_MAX]; /* parent; COMMITS_MAX: none */
	uint64_t dates[COMMITS_MAX];
	set reached[COMMITS_MAX]; /* from each, itself included */
	struct bytes text;	  /* each message */
	bool line;		  /* each commit's one parent is the one before it */
	size_t wide;		  /* a commit with all before it for parents; 0: none */
	enum failure failure;
	size_t countdown; /* to the read that fails */
};

static unsigned roll(struct repo *repo, unsigned below)
{
	repo->seed = repo->seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(repo->seed >> 33) % below;
}

/* ---- what the library takes for a repository ---- */

/* Spread as a hash would, and with the index at its end. */
static struct oid id_of(size_t index)
{
	struct oid id = {{0}};
	uint64_t spread = (index + 1) * 0x9e3779b97f4a7c15u;

	memcpy(id.id, &spread, sizeof(spread));
	id.id[18] = (unsigned char)((index + 1) >> 8);
	id.id[19] = (unsigned char)(index + 1);
	return id;
}

static size_t index_of(const struct oid *id)
{
	return ((size_t)id->id[18] << 8 | id->id[19]) - 1;
}

static void print_parent(struct buffer *raw, size_t index)
{
	struct oid id = id_of(index);

	buffer_add(raw, BYTES("parent "));
	buffer_add(raw, bytes_of(oid_hex(&id).text));
	buffer_add(raw, BYTES("\n"));
}

/* The first one first. */
static void print_parents(const struct repo *repo, struct buffer *raw, size_t index)
{
	if (repo->first[index] < COMMITS_MAX)
		print_parent(raw, repo->first[index]);
	for (size_t i = 0; i < index; i++)
		if (repo->parents[index] >> i & 1 && i != repo->first[index])
			print_parent(raw, i);
}

static struct bytes raw_of(struct repo *repo, size_t index)
{
	struct buffer raw = {.arena = repo->arena};

	buffer_add(&raw, BYTES(TREE));
	if (repo->line && index)
		print_parent(&raw, index - 1);
	if (!repo->wide && !repo->line)
		print_parents(repo, &raw, index);
	for (size_t i = 0; repo->wide && index == repo->wide && i < index; i++)
		print_parent(&raw, i);
	buffer_printf(&raw, "author A <a@x> 1 +0000\ncommitter A <a@x> %llu +0000\n\n",
		      (unsigned long long)(repo->wide || repo->line ? 1 : repo->dates[index]));
	buffer_add(&raw, repo->text);
	return buffer_bytes(&raw);
}

enum answer repo_read(struct repo *repo, const struct oid *id, enum object_type *ret_type, struct bytes *ret_raw)
{
	enum failure failure = repo->countdown && !--repo->countdown ? repo->failure : FAILS_NEVER;

	if (failure == FAILS_UNREADABLE)
		return ANSWER_UNKNOWN;
	if (failure == FAILS_MISSING || index_of(id) >= repo->count)
		return ANSWER_NO;
	*ret_type = failure == FAILS_TYPE ? OBJECT_TREE : OBJECT_COMMIT;
	*ret_raw = failure == FAILS_BROKEN ? BYTES("tree nothing\n") : raw_of(repo, index_of(id));
	return ANSWER_YES;
}

enum answer repo_stored(struct repo *repo, const struct oid *id)
{
	return index_of(id) < repo->stored ? ANSWER_YES : ANSWER_NO;
}

bool repo_quarantined(const struct repo *repo)
{
	return repo->quarantined;
}

const char *repo_problem(const struct repo *repo)
{
	(void)repo;
	return "an object cannot be read";
}

/* ---- histories ---- */

static void add_parents(struct repo *repo, size_t index)
{
	unsigned wanted = 0;

	if (index && roll(repo, 12))
		wanted = 1u + !roll(repo, 3) + !roll(repo, 9);

	for (unsigned n = 0; n < wanted; n++) {
		unsigned back = 1 + roll(repo, index < 6 ? (unsigned)index : 6);

		if (!n)
			repo->first[index] = index - back;
		repo->parents[index] |= (set)1 << (index - back);
	}
	for (size_t i = 0; i < index; i++)
		if (repo->parents[index] >> i & 1)
			repo->reached[index] |= repo->reached[i];
}

static void add_date(struct repo *repo, size_t index)
{
	static const uint64_t wrong[] = {0, 1, 1400000000, 1699999999, 1700000500, 4294967295u, 99999999999u};
	uint64_t date = 1700000000;

	for (size_t i = 0; i < index; i++)
		if (repo->parents[index] >> i & 1 && repo->dates[i] > date)
			date = repo->dates[i];
	repo->dates[index] = date + roll(repo, 3) * 60;
	if (!repo->orderly && !roll(repo, 3))
		repo->dates[index] = wrong[roll(repo, COUNT(wrong))];
}

static struct repo repo_make(struct arena *arena, uint64_t seed)
{
	struct repo repo = {.arena = arena, .seed = seed};

	roll(&repo, 2);
	repo.count = 2 + roll(&repo, COMMITS_MAX - 1);
	repo.quarantined = roll(&repo, 2);
	repo.stored = repo.quarantined ? 1 + roll(&repo, (unsigned)repo.count) : repo.count;
	repo.orderly = roll(&repo, 2);
	for (size_t i = 0; i < repo.count; i++) {
		repo.reached[i] = (set)1 << i;
		repo.first[i] = COMMITS_MAX;
		add_parents(&repo, i);
		add_date(&repo, i);
	}
	return repo;
}

static set reached_by(const struct repo *repo, set tips)
{
	set all = 0;

	for (size_t i = 0; i < repo->count; i++)
		if (tips >> i & 1)
			all |= repo->reached[i];
	return all;
}

static struct oids oids_of(struct repo *repo, set commits)
{
	struct oids oids = {0};

	for (size_t i = repo->count; i-- > 0;) {
		struct oid id = id_of(i);

		if (commits >> i & 1)
			oids_add(repo->arena, &oids, &id);
	}
	return oids;
}

static set set_of(const struct oids *oids)
{
	set all = 0;

	for (size_t i = 0; i < oids->count; i++)
		all |= (set)1 << index_of(&oids->ids[i]);
	return all;
}

/* Up to three commits of the first `among`. */
static set pick(struct repo *repo, size_t among)
{
	set picked = 0;

	for (unsigned n = roll(repo, 4); n > 0; n--)
		picked |= (set)1 << roll(repo, (unsigned)among);
	return picked;
}

/* ---- questions; each returns the answer, and asserts what a YES or a NO says ---- */

struct question {
	struct repo *repo;
	struct history *history;
	size_t tip, other;
	set tips, hidden, more, trunks;
	bool asked;
};

static enum answer ask_descends(struct question *q)
{
	struct oid tip = id_of(q->tip), other = id_of(q->other);
	enum answer answer = history_descends(q->history, &tip, &other);

	if (answer != ANSWER_UNKNOWN)
		assert_int_equal(answer == ANSWER_YES, q->repo->reached[q->tip] >> q->other & 1);
	return answer;
}

static bool fill(void *context, struct oids *ret_hidden)
{
	struct question *q = context;

	assert_false(q->asked);
	q->asked = true;
	*ret_hidden = oids_of(q->repo, q->more);
	return true;
}

/* Each once, those of a tip together and children before their parents; if `exact` by the first tip that reaches it. */
static set listed(const struct repo *repo, bool exact, const struct introduced *found, size_t count,
		  const struct oids *tips)
{
	set all = 0;
	unsigned tip = 0;

	for (size_t i = 0; i < count; i++) {
		size_t index = index_of(found[i].id);

		assert_false(all >> index & 1);
		assert_true(found[i].tip >= tip && found[i].tip < tips->count);
		if (found[i].tip > tip)
			tip = found[i].tip;
		else
			assert_false(i && found[i - 1].tip == tip &&
				     repo->parents[index] >> index_of(found[i - 1].id) & 1);
		assert_true(repo->reached[index_of(&tips->ids[tip])] >> index & 1);
		for (unsigned earlier = 0; exact && earlier < tip; earlier++)
			assert_false(repo->reached[index_of(&tips->ids[earlier])] >> index & 1);
		all |= (set)1 << index;
	}
	return all;
}

/* Where dates lie there may be more, as long as the push is not in quarantine, but never fewer. */
static enum answer ask_outside(struct question *q)
{
	struct oids tips = oids_of(q->repo, q->tips), hidden = oids_of(q->repo, q->hidden);
	struct history_more more = {fill, q};
	struct introduced *found;
	size_t count;

	bool exact = q->repo->quarantined || q->repo->orderly;

	q->asked = false;
	enum answer answer = history_outside(q->history, &tips, &hidden, q->more ? &more : NULL, &found, &count);

	if (answer != ANSWER_YES)
		return answer;
	set outside = reached_by(q->repo, q->tips) & ~reached_by(q->repo, q->hidden);
	set got = listed(q->repo, exact, found, count, &tips);

	if (q->asked || (outside & (((set)1 << q->repo->stored) - 1)))
		outside &= ~reached_by(q->repo, q->more);
	assert_int_equal(outside & ~got, 0);
	if (exact)
		assert_int_equal(got, outside);
	return answer;
}

static enum answer ask_without(struct question *q)
{
	struct oids tips = oids_of(q->repo, q->tips), hidden = oids_of(q->repo, q->hidden);
	struct introduced *found;
	size_t count;
	enum answer answer = history_without(q->history, &tips, &hidden, &found, &count);

	if (answer != ANSWER_YES)
		return answer;
	set outside = reached_by(q->repo, q->tips) & ~reached_by(q->repo, q->hidden);
	set got = listed(q->repo, q->repo->orderly, found, count, &tips);

	assert_int_equal(outside & ~got, 0);
	if (q->repo->orderly)
		assert_int_equal(got, outside);
	return answer;
}

static bool has_root(const struct repo *repo, set commits, struct oid *found)
{
	bool any = false;

	for (size_t i = 0; i < repo->count; i++)
		any |= commits >> i & 1 && !repo->parents[i] && (!found || index_of(found) == i);
	return any;
}

static enum answer ask_new_root(struct question *q)
{
	struct oid tip = id_of(q->tip), other = id_of(q->other), root;
	set outside = q->repo->reached[q->tip] & ~q->repo->reached[q->other];
	enum answer answer = history_new_root(q->history, &tip, &other, &root);
	bool exact = q->repo->quarantined || q->repo->orderly;

	if (answer == ANSWER_NO)
		assert_false(has_root(q->repo, outside, NULL));
	else if (answer == ANSWER_YES)
		assert_true(has_root(q->repo, exact ? outside : q->repo->reached[q->tip], &root));
	return answer;
}

/* The nearest one; where dates lie, one further down. */
static enum answer ask_fork(struct question *q)
{
	struct oid tip = id_of(q->tip), found;
	struct oids trunks = oids_of(q->repo, q->trunks);
	set reached = reached_by(q->repo, q->trunks);
	enum answer answer = history_fork(q->history, &tip, &trunks, &found);
	size_t at = q->tip;

	while (at < COMMITS_MAX && !(reached >> at & 1))
		at = q->repo->first[at];
	if (answer != ANSWER_UNKNOWN)
		assert_int_equal(answer == ANSWER_YES, at < COMMITS_MAX);
	while (answer == ANSWER_YES && !q->repo->orderly && at < COMMITS_MAX && at != index_of(&found))
		at = q->repo->first[at];
	if (answer == ANSWER_YES)
		assert_int_equal(index_of(&found), at);
	return answer;
}

static enum answer ask_bases(struct question *q)
{
	struct oid tip = id_of(q->tip), other = id_of(q->other);
	set common = q->repo->reached[q->tip] & q->repo->reached[q->other], best = common;
	struct oids bases;
	enum answer answer = history_bases(q->history, &tip, &other, &bases);

	for (size_t i = 0; i < q->repo->count; i++)
		if (common >> i & 1)
			best &= ~(q->repo->reached[i] & ~((set)1 << i));
	if (answer == ANSWER_UNKNOWN)
		return answer;
	assert_int_equal(answer == ANSWER_YES, common != 0);
	assert_int_equal(set_of(&bases), best);
	return answer;
}

/* `more` are the marked ones, their values falling. */
static enum answer ask_least(struct question *q)
{
	struct marks *marks = marks_new(q->repo->arena);
	struct mark values[COMMITS_MAX];
	const struct mark *found;
	enum answer answer = ANSWER_YES;

	for (size_t i = 0; i < q->repo->count; i++) {
		values[i] = (struct mark){id_of(i), COMMITS_MAX - i};
		if (q->more >> i & 1)
			map_set(marks->own, (struct bytes){(const char *)values[i].commit.id, 20}, &values[i]);
	}
	for (size_t i = 0, tip = q->tip; i < q->repo->count && answer != ANSWER_UNKNOWN; i++) {
		struct oid id = id_of(tip);
		set below = q->repo->reached[tip] & ~((set)1 << tip) & q->more;
		size_t least = 0;

		while (below >> least > 1)
			least++;
		answer = history_least_below(q->history, marks, &id, &found);
		if (answer != ANSWER_UNKNOWN)
			assert_int_equal(answer == ANSWER_YES, below != 0);
		if (answer == ANSWER_YES)
			assert_int_equal(found->value, COMMITS_MAX - least);
		tip = (tip + 1) % q->repo->count;
	}
	return answer;
}

static enum answer ask_parent(struct question *q)
{
	struct oid tip = id_of(q->tip), parent;
	enum answer answer = history_first_parent(q->history, &tip, &parent);
	size_t first = q->repo->first[q->tip];

	if (answer != ANSWER_UNKNOWN)
		assert_int_equal(answer == ANSWER_YES, first < COMMITS_MAX);
	if (answer == ANSWER_YES)
		assert_int_equal(index_of(&parent), first);
	return answer;
}

static enum answer ask_raw(struct question *q)
{
	struct oid tip = id_of(q->tip);
	struct bytes raw;
	enum answer answer = history_raw(q->history, &tip, &raw);

	assert_int_not_equal(answer, ANSWER_NO);
	if (answer == ANSWER_YES && q->repo->failure != FAILS_BROKEN)
		assert_true(bytes_equal(raw, raw_of(q->repo, q->tip)));
	return answer;
}

static enum answer (*const asks[])(struct question *) = {
	ask_descends, ask_outside, ask_without, ask_new_root, ask_fork, ask_bases, ask_least, ask_parent, ask_raw,
};

static struct question question_make(struct repo *repo, struct history *history)
{
	unsigned count = (unsigned)repo->count;
	struct question q = {.repo = repo, .history = history, .tip = roll(repo, count), .other = roll(repo, count)};

	q.tips = pick(repo, count) | (set)1 << q.tip;
	q.hidden = pick(repo, roll(repo, 2) ? count : repo->stored > count ? count : repo->stored);
	q.more = pick(repo, repo->stored > count ? count : repo->stored);
	q.trunks = pick(repo, repo->stored > count ? count : repo->stored);
	return q;
}

/* A history is asked many things, and remembers some of it. */
static void every_answer_is_the_definition(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		struct arena *arena = arena_new();
		struct repo repo = repo_make(arena, seed);
		struct history *history = history_new(arena, &repo);

		for (unsigned n = 0; n < 24; n++) {
			struct question q = question_make(&repo, history);

			if (asks[roll(&repo, COUNT(asks))](&q) == ANSWER_UNKNOWN)
				fail_msg("seed %d: no answer", (int)seed);
		}
		arena_free(arena);
	}
}

/* Asks twice, the read that `countdown` comes to failing both times, and once more; whether there was such a read. */
static bool ask_failing(struct question *q, enum answer (*ask)(struct question *), enum failure failure,
			size_t countdown)
{
	struct repo *repo = q->repo;
	bool failed = false;

	q->history = history_new(repo->arena, repo);
	repo->failure = failure;
	for (int again = 0; again < 2; again++) {
		repo->countdown = countdown;
		if (ask(q) == ANSWER_UNKNOWN) {
			assert_int_equal(repo->countdown, 0);
			assert_true(*history_problem(q->history));
		}
		failed |= !repo->countdown;
	}
	repo->failure = FAILS_NEVER;
	repo->countdown = 0;
	assert_int_not_equal(ask(q), ANSWER_UNKNOWN);
	return failed;
}

/* Of a history that has been asked before. */
static void nor_is_one_that_fails_later(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		struct arena *arena = arena_new();
		struct repo repo = repo_make(arena, seed);
		struct history *history = history_new(arena, &repo);

		for (unsigned n = 0; n < 24; n++) {
			struct question q = question_make(&repo, history);
			enum answer (*ask)(struct question *) = asks[roll(&repo, COUNT(asks))];

			repo.failure = FAILS_UNREADABLE + roll(&repo, FAILURES - 1);
			repo.countdown = 1 + roll(&repo, 6);
			enum answer answer = ask(&q);

			assert_true(answer != ANSWER_UNKNOWN || !repo.countdown);
			repo.countdown = 0;
			repo.failure = FAILS_NEVER;
			assert_int_not_equal(ask(&q), ANSWER_UNKNOWN);
		}
		arena_free(arena);
	}
}

/* Each read of each question in turn. */
static void a_read_that_fails_is_no_answer(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= HISTORIES / 20; seed++) {
		struct arena *arena = arena_new();
		struct repo repo = repo_make(arena, seed);

		for (size_t i = 0; i < COUNT(asks); i++) {
			struct question q = question_make(&repo, NULL);
			size_t failing = 0;

			while (ask_failing(&q, asks[i], FAILS_UNREADABLE + failing % (FAILURES - 1),
					   1 + failing / (FAILURES - 1)))
				failing++;
		}
		arena_free(arena);
	}
}

static void what_is_wrong_with_a_commit_is_told(void **state)
{
	static const char *const told[FAILURES] = {
		[FAILS_UNREADABLE] = "an object cannot be read",
		[FAILS_MISSING] = " is missing",
		[FAILS_TYPE] = " is not a commit",
		[FAILS_BROKEN] = " is a broken commit",
	};

	(void)state;
	for (enum failure failure = FAILS_UNREADABLE; failure < FAILURES; failure++) {
		struct arena *arena = arena_new();
		struct repo repo = {
			.arena = arena, .count = 2, .stored = 2, .line = true, .failure = failure, .countdown = 1};
		struct oid tip = id_of(1), parent;
		struct history *history = history_new(arena, &repo);
		const char *id = failure == FAILS_UNREADABLE ? "" : oid_hex(&tip).text; /* the repository names it */
		struct bytes expected = bytes_printf(arena, "%s%s", id, told[failure]);

		assert_int_equal(history_first_parent(history, &tip, &parent), ANSWER_UNKNOWN);
		assert_true(bytes_equal(bytes_of(history_problem(history)), expected));
		assert_int_equal(history_first_parent(history, &tip, &parent), ANSWER_YES);
		arena_free(arena);
	}
}

/* z - x, and y alone; a and b merge x and y: whether y lies behind x hangs on z, which nobody has read before. */
static void a_base_is_not_lost_with_what_lies_below_another(void **state)
{
	static const set parents[] = {0, 1 << 0, 0, 1 << 1 | 1 << 2, 1 << 1 | 1 << 2};
	static const size_t first[] = {COMMITS_MAX, 0, COMMITS_MAX, 1, 1};
	struct arena *arena = arena_new();
	struct repo repo = {.arena = arena, .count = COUNT(parents), .stored = COUNT(parents), .orderly = true};
	struct question q = {.repo = &repo, .tip = 3, .other = 4};
	size_t reads = 0;

	(void)state;
	for (size_t i = 0; i < repo.count; i++) {
		repo.parents[i] = parents[i];
		repo.first[i] = first[i];
		repo.dates[i] = 1700000000 + i;
		repo.reached[i] = (set)1 << i;
		for (size_t n = 0; n < i; n++)
			if (parents[i] >> n & 1)
				repo.reached[i] |= repo.reached[n];
	}
	while (ask_failing(&q, ask_bases, FAILS_UNREADABLE, reads + 1))
		reads++;
	assert_int_equal(reads, repo.count);
	arena_free(arena);
}

static void a_commit_may_have_ten_thousand_parents(void **state)
{
	struct arena *arena = arena_new();
	struct repo repo = {.arena = arena, .wide = 10000, .count = 10001, .stored = 1, .quarantined = true};
	struct oid tip = id_of(repo.wide), old = id_of(0);
	struct oids tips = {.ids = &tip, .count = 1}, hidden = {.ids = &old, .count = 1};
	struct history *history = history_new(arena, &repo);
	struct introduced *found;
	size_t count;

	(void)state;
	assert_int_equal(history_outside(history, &tips, &hidden, NULL, &found, &count), ANSWER_YES);
	assert_int_equal(count, 10000);
	assert_int_equal(index_of(found[0].id), 10000);
	assert_int_equal(history_descends(history, &tip, &old), ANSWER_YES);
	repo.count = ++repo.wide + 1;
	tip = id_of(repo.wide);
	assert_int_equal(history_outside(history, &tips, &hidden, NULL, &found, &count), ANSWER_UNKNOWN);
	assert_true(bytes_contains(bytes_of(history_problem(history)), BYTES("is a broken commit")));
	arena_free(arena);
}

static void a_line_is_followed_however_long(void **state)
{
	static const size_t stored[] = {0, 1, 7, 1000, 2999};

	(void)state;
	for (size_t i = 0; i < COUNT(stored) * 3; i++) {
		struct arena *arena = arena_new();
		struct repo repo = {
			.arena = arena, .count = 3000, .stored = stored[i / 3], .quarantined = true, .line = true};
		struct oid tip = id_of(2999), middle = id_of(1500), old = id_of(repo.stored ? repo.stored - 1 : 0);
		struct oids tips = {.ids = &tip, .count = 1}, hidden = {.ids = &old, .count = repo.stored > 0};
		struct history *history = history_new(arena, &repo);
		struct introduced *found;
		size_t count;

		repo.failure = i % 3 ? FAILS_MISSING : FAILS_NEVER;
		repo.countdown = i % 3 ? 1 + 700 * (i % 3) : 0;
		bool failing = repo.countdown && repo.countdown < repo.count - repo.stored;
		enum answer answer = history_outside(history, &tips, &hidden, NULL, &found, &count);

		/* what was read on a chance alone is read again */
		assert_true(answer == ANSWER_YES || (failing && !repo.countdown));
		repo.countdown = 0;
		assert_int_equal(history_outside(history, &tips, &hidden, NULL, &found, &count), ANSWER_YES);
		assert_int_equal(count, repo.count - repo.stored);
		for (size_t n = 0; n < count; n++)
			assert_int_equal(index_of(found[n].id), 2999 - n);
		assert_int_equal(history_descends(history, &tip, &middle), ANSWER_YES);
		assert_int_equal(history_descends(history, &middle, &tip), ANSWER_NO);
		arena_free(arena);
	}
}

/* What is too much to keep is read again. */
static void large_messages_are_told_whole(void **state)
{
	struct arena *arena = arena_new();
	struct repo repo = {.arena = arena, .count = 11, .stored = 0, .quarantined = true};
	struct oid tip = id_of(10);
	struct oids tips = {.ids = &tip, .count = 1};
	struct history *history = history_new(arena, &repo);
	struct introduced *found;
	size_t count;
	char *text = arena_alloc(arena, LARGE);

	(void)state;
	memset(text, 'm', LARGE);
	repo.text = (struct bytes){text, LARGE};
	for (size_t i = 0; i < repo.count; i++) {
		repo.first[i] = i ? i - 1 : COMMITS_MAX;
		repo.parents[i] = i ? (set)1 << (i - 1) : 0;
	}
	assert_int_equal(history_outside(history, &tips, &(struct oids){0}, NULL, &found, &count), ANSWER_YES);
	assert_int_equal(count, repo.count);
	for (size_t i = 0; i < count; i++) {
		struct bytes raw;

		assert_int_equal(history_raw(history, found[i].id, &raw), ANSWER_YES);
		assert_true(bytes_equal(bytes_from(raw, raw.len - LARGE), repo.text));
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_base_is_not_lost_with_what_lies_below_another),
		cmocka_unit_test(what_is_wrong_with_a_commit_is_told),
		cmocka_unit_test(a_commit_may_have_ten_thousand_parents),
		cmocka_unit_test(a_line_is_followed_however_long),
		cmocka_unit_test(large_messages_are_told_whole),
		cmocka_unit_test(every_answer_is_the_definition),
		cmocka_unit_test(a_read_that_fails_is_no_answer),
		cmocka_unit_test(nor_is_one_that_fails_later),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
