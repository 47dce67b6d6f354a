/* test_landingdoubts: with any one question unanswered that what lands hangs on, nothing lands that would not have
 * landed, and what is missing is told to be open. The linker puts what stands here before what is asked. */
#include "landingworld.h"

#include "factsbase.h"

/* The one question that goes unanswered. */
static struct {
	size_t countdown;    /* to it; 0: none */
	struct oid lost;     /* what cannot be read, whatever it is */
	struct oid fresh[2]; /* what came with the push, when there is any */
} asked;

static bool unanswered(void)
{
	return asked.countdown && !--asked.countdown;
}

#define WRAP(type, name, unknown, parameters, ...)                                                                     \
	type __real_##name parameters;                                                                                 \
	type __wrap_##name parameters;                                                                                 \
	type __wrap_##name parameters                                                                                  \
	{                                                                                                              \
		return unanswered() ? unknown : __real_##name(__VA_ARGS__);                                            \
	}
#define WRAP_ANSWER(name, parameters, ...) WRAP(enum answer, name, ANSWER_UNKNOWN, parameters, __VA_ARGS__)

#define LOST(id) (!oid_is_zero(&asked.lost) && oid_equal(id, &asked.lost))

enum answer __real_repo_commit_tree(struct repo *repo, const struct oid *id, size_t nth, struct oid *ret_tree,
				    struct oid *ret_parent);
enum answer __wrap_repo_commit_tree(struct repo *repo, const struct oid *id, size_t nth, struct oid *ret_tree,
				    struct oid *ret_parent);
enum answer __wrap_repo_commit_tree(struct repo *repo, const struct oid *id, size_t nth, struct oid *ret_tree,
				    struct oid *ret_parent)
{
	return unanswered() || LOST(id) ? ANSWER_UNKNOWN : __real_repo_commit_tree(repo, id, nth, ret_tree, ret_parent);
}

enum answer __real_repo_header(struct repo *repo, const struct oid *id, enum object_type *ret_type, size_t *ret_size);
enum answer __wrap_repo_header(struct repo *repo, const struct oid *id, enum object_type *ret_type, size_t *ret_size);
enum answer __wrap_repo_header(struct repo *repo, const struct oid *id, enum object_type *ret_type, size_t *ret_size)
{
	return LOST(id) ? ANSWER_UNKNOWN : __real_repo_header(repo, id, ret_type, ret_size);
}

WRAP_ANSWER(repo_entry,
	    (struct repo * repo, const struct oid *tree, struct bytes path, unsigned *ret_mode, struct oid *ret_id),
	    repo, tree, path, ret_mode, ret_id)
WRAP_ANSWER(repo_changes,
	    (struct repo * repo, const struct oid *old_tree, const struct oid *new_tree,
	     bool (*each)(void *context, const struct change *change), void *context),
	    repo, old_tree, new_tree, each, context)
WRAP(enum proof, repo_is_merge, PROOF_UNKNOWN,
     (struct repo * repo, const struct oid *tree, const struct oid *ours, const struct oid *theirs,
      const struct oid *bases, size_t base_count),
     repo, tree, ours, theirs, bases, base_count)
WRAP(enum proof, repo_is_applied, PROOF_UNKNOWN,
     (struct repo * repo, const struct oid *tree, const struct oid *commit, const struct oid *onto), repo, tree, commit,
     onto)
WRAP_ANSWER(history_fork,
	    (struct history * history, const struct oid *tip, const struct oids *trunks, struct oid *ret_commit),
	    history, tip, trunks, ret_commit)
WRAP_ANSWER(history_first_parent, (struct history * history, const struct oid *id, struct oid *ret_parent), history, id,
	    ret_parent)
WRAP_ANSWER(history_bases, (struct history * history, const struct oid *a, const struct oid *b, struct oids *ret_bases),
	    history, a, b, ret_bases)
WRAP_ANSWER(history_descends, (struct history * history, const struct oid *tip, const struct oid *ancestor), history,
	    tip, ancestor)
WRAP_ANSWER(facts_ref, (struct facts * facts, struct bytes ref, struct oid *ret_id), facts, ref, ret_id)
WRAP_ANSWER(facts_refs_below,
	    (struct facts * facts, struct bytes prefix,
	     bool (*each)(void *context, struct bytes ref, const struct oid *id), void *context),
	    facts, prefix, each, context)
WRAP_ANSWER(facts_opined, (struct facts * facts, struct bytes target, const struct oid **ret_ids, size_t *ret_count),
	    facts, target, ret_ids, ret_count)
WRAP_ANSWER(facts_opinions,
	    (struct facts * facts, struct bytes target, const struct oid *head, const struct opinion **ret_opinions,
	     size_t *ret_count),
	    facts, target, head, ret_opinions, ret_count)
WRAP_ANSWER(facts_account,
	    (struct facts * facts, struct bytes ref, bool (*each)(void *context, const struct account_line *line),
	     void *context),
	    facts, ref, each, context)
WRAP_ANSWER(facts_target, (struct facts * facts, const struct oid *id, struct target *ret_target), facts, id,
	    ret_target)
WRAP_ANSWER(facts_commit, (struct facts * facts, const struct oid *id, const struct commit **ret_commit), facts, id,
	    ret_commit)
WRAP_ANSWER(facts_reverts, (struct facts * facts, const struct commit *commit, struct oid *ret_reverted), facts, commit,
	    ret_reverted)

WRAP_ANSWER(facts_forward, (struct facts * facts, const struct update *update), facts, update)
WRAP(bool, facts_add_commit, false, (struct facts * facts, struct oids *commits, const struct oid *id), facts, commits,
     id)
WRAP(bool, facts_add_trunks, false,
     (struct facts * facts, const struct policy *policy, struct demand demand, struct oids *commits), facts, policy,
     demand, commits)

bool __real_repo_quarantined(const struct repo *repo);
bool __wrap_repo_quarantined(const struct repo *repo);
bool __wrap_repo_quarantined(const struct repo *repo)
{
	return !oid_is_zero(&asked.fresh[0]) || __real_repo_quarantined(repo);
}

enum answer __real_repo_stored(struct repo *repo, const struct oid *id);
enum answer __wrap_repo_stored(struct repo *repo, const struct oid *id);
enum answer __wrap_repo_stored(struct repo *repo, const struct oid *id)
{
	if (oid_equal(id, &asked.fresh[0]) || oid_equal(id, &asked.fresh[1]))
		return ANSWER_NO;
	return __real_repo_stored(repo, id);
}

/* What lands, as one look tells. */
struct told {
	enum answer answer;
	const struct landing *landings;
	size_t count, length;
};

static struct told tell(struct world *w, const struct policy *policy, const struct update *update,
			enum landing_look look, size_t countdown)
{
	struct told told = {0};

	w->facts = facts_new(w->memory.arena, w->repo, &w->layers, NULL, BYTES("eve"));
	asked.countdown = countdown;
	told.answer = facts_landings(w->facts, policy, section_find(policy, update->ref), update, look, &told.landings,
				     &told.count, &told.length);
	return told;
}

static bool has(const struct told *told, const struct landing *edge)
{
	for (size_t i = 0; i < told->count; i++) {
		const struct landing *other = &told->landings[i];

		if (other->first == edge->first && other->last == edge->last && other->method == edge->method &&
		    oid_equal(&other->head, &edge->head) && other->source_count == edge->source_count &&
		    (other->method == LANDING_DIRECT || oid_equal(&other->nearly, &edge->nearly)))
			return true;
	}
	return false;
}

static bool is_open(const struct told *told, size_t last)
{
	for (size_t i = 0; i < told->count; i++)
		if (told->landings[i].last == last && told->landings[i].doubt)
			return true;
	return false;
}

static void compare(const char *name, size_t nth, const struct told *whole, const struct told *told)
{
	assert_int_equal(told->length, whole->length);
	for (size_t i = 0; i < told->count; i++)
		if (!has(whole, &told->landings[i]))
			fail_msg("%s: with question %zu unanswered, something else lands", name, nth);
	for (size_t i = 0; i < whole->count; i++)
		if (!has(told, &whole->landings[i]) && !is_open(told, whole->landings[i].last))
			fail_msg("%s: with question %zu unanswered, a %s is not told, and not open", name, nth,
				 landing_method_name(whole->landings[i].method));
}

static void expect_doubts(const struct example *example, enum landing_look look)
{
	struct world w;
	size_t nth = 1, unknown = 0;

	world_make(&w, example);
	const struct policy *policy = memory_load(&w.memory);

	assert_non_null(policy);
	const struct update update = update_of(&w, "refs/heads/main");
	const struct told whole = tell(&w, policy, &update, look, 0);
	struct told told;

	assert_int_equal(whole.answer, ANSWER_YES);
	do {
		told = tell(&w, policy, &update, look, nth);
		if (told.answer == ANSWER_YES)
			compare(example->name, nth, &whole, &told);
		else
			assert_int_equal(told.answer, ANSWER_UNKNOWN);
		unknown += told.answer == ANSWER_UNKNOWN;
		nth++;
	} while (!asked.countdown);
	asked.countdown = 0;
	assert_true(unknown > 1);
	world_end(&w);
}

static void what_is_not_answered_lands_nothing(void **state)
{
	static const struct example examples[] = {
		{"merge", OPEN, FIX AHEAD "new push\nmerge m fix/x\n" END, NULL},
		{"squash of an approved head that was amended", OPEN,
		 FIX AHEAD "approve f2\nto fix/x\nput f 3\nci f3\nto main\nnew push\nsquash s fix/x\n" END, NULL},
		{"an approved head that was rewritten", OPEN,
		 FIX AHEAD "approve f2\nto fix/x\ngit reset -q --hard f1\nput f 3\nci f3\nto main\nwas fix/x f1 f2\n"
			   "was fix/x f2 f3\nnew push\nmerge m fix/x\n" END,
		 NULL},
		{"an approved head without a branch", OPEN,
		 FIX AHEAD "approve f2\nnew push\nsquash s fix/x\n" END "git branch -q -D fix/x\n", NULL},
		{"a head that was approved long ago", OPEN,
		 FIX "approve f1\nto fix/x\nput f 3\nci f3\nput f 4\nci f4\nto main\n" AHEAD
		     "new push\nsquash s fix/x\n" END,
		 NULL},
		{"rebase", OPEN, FIX AHEAD "new push\npick r 'f1 f2'\n" END, NULL},
		{"rebase with an empty commit at its end", OPEN,
		 "new fix/x\nput f 1\nci f1\nci f2\nto main\n" AHEAD "new push\npick r 'f1 f2'\n" END, NULL},
		{"revert", OPEN,
		 FIX
		 "put c c\nci c1\nput d d\nci d1\nnew push\ntick\ngit revert --no-edit c1 >/dev/null\ngit tag r\n" END,
		 NULL},
		{"a branch that is further along", OPEN,
		 FIX AHEAD "to fix/x\nput g g\nci f3\nto main\nnew push\nmerge m f2\n" END, NULL},
		{"where a rewritten trunk was", DEV,
		 "new dev\nput d 1\nci d1\nput d 2\nci d2\ngit reset -q --hard d1\nput d 3\nci d3\nto main\n"
		 "was dev base d1\nwas dev d1 d2\nwas dev d2 d3\ngit tag new d2\nrm -rf $GIT_DIR/logs\n",
		 NULL},
		{"created beyond a trunk", TRUNKS,
		 "git branch old\n" FIX "git branch dev\nnew push\nput c c\nci c1\nmerge m fix/x\n" END DELETE, NULL},
		{"conflict", OPEN,
		 FIX
		 "put b conflict\nci ahead\nnew push\ntick\ngit merge fix/x >/dev/null || :\nput b both\nci m\n" END,
		 NULL},
		{"rewritten", TRUNKS, FIX AHEAD "git branch dev base\nnew push base\nmerge m fix/x\n" END, NULL},
		{"the old value is the second parent", OPEN, FIX AHEAD "to fix/x\nmerge m main\ngit tag new\nto main\n",
		 NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++)
		expect_doubts(&examples[i], LOOK_ALL);
}

static void nor_does_a_whole_move(void **state)
{
	static const struct example examples[] = {
		{"to an approved head", OPEN, FIX "approve f2\ngit tag new f2\ngit branch -q -D fix/x", NULL},
		{"to a branch's", OPEN, FIX "git tag new fix/x", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++)
		expect_doubts(&examples[i], LOOK_WHOLE);
}

/* A branch that got its commits by this very push brings none of them. */
static void what_came_with_the_push_no_branch_had(void **state)
{
	static const struct example example = {
		"a branch that is further along", OPEN,
		FIX AHEAD "to fix/x\nput g g\nci f3\nto main\nnew push\nmerge m f2\n" END, NULL};
	struct world w;

	(void)state;
	world_make(&w, &example);
	const struct policy *policy = memory_load(&w.memory);
	const struct update update = update_of(&w, "refs/heads/main");
	const struct told before = tell(&w, policy, &update, LOOK_ALL, 0);

	assert_int_equal(before.landings[0].method, LANDING_MERGE);
	assert_int_equal(before.landings[0].source_count, 1);
	asked.fresh[0] = update.new;
	const struct told stored = tell(&w, policy, &update, LOOK_ALL, 0);

	assert_int_equal(stored.landings[0].source_count, 1);
	asked.fresh[1] = before.landings[0].head;
	const struct told fresh = tell(&w, policy, &update, LOOK_ALL, 0);

	asked.fresh[0] = asked.fresh[1] = (struct oid){{0}};
	assert_int_equal(fresh.landings[0].method, LANDING_MERGE);
	assert_int_equal(fresh.landings[0].source_count, 0);
	world_end(&w);
}

/* A head that cannot be read is none that is not there. */
static void what_cannot_be_read_is_not_missing(void **state)
{
	static const struct example example = {
		"an approved head", OPEN,
		FIX "new other f1\nput o o\nci o1\napprove o1\nto main\ngit branch -q -D other\n" AHEAD
		    "new push\nsquash s fix/x\n" END,
		NULL};
	struct world w;

	(void)state;
	world_make(&w, &example);
	const struct policy *policy = memory_load(&w.memory);
	const struct update update = update_of(&w, "refs/heads/main");
	struct oid approved;

	assert_int_equal(repo_ref(w.repo, BYTES("refs/tags/o1"), &approved), ANSWER_YES);
	assert_int_equal(tell(&w, policy, &update, LOOK_ALL, 0).answer, ANSWER_YES);
	asked.lost = approved;
	assert_int_equal(tell(&w, policy, &update, LOOK_BRANCHES, 0).answer, ANSWER_YES);
	assert_int_equal(tell(&w, policy, &update, LOOK_ALL, 0).answer, ANSWER_UNKNOWN);
	assert_true(bytes_contains(bytes_of(facts_reason(w.facts)), bytes_of(oid_hex(&approved).text)));
	asked.lost = (struct oid){{0}};
	world_end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_answered_lands_nothing),
		cmocka_unit_test(nor_does_a_whole_move),
		cmocka_unit_test(what_cannot_be_read_is_not_missing),
		cmocka_unit_test(what_came_with_the_push_no_branch_had),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
