/* test_landingcost: what is asked while landings are worked out follows what is pushed, not that times itself. The
 * linker puts what stands here before what is asked. */
#include "landingworld.h"

#include "factsbase.h"

#define MANY "40" /* commits that are pushed, and heads */

static struct {
	size_t applied;	 /* how often a commit was re-applied */
	size_t descends; /* how often it was asked whether one reaches another */
	size_t accounts; /* how often an account was read */
} asked;

enum proof __real_repo_is_applied(struct repo *repo, const struct oid *tree, const struct oid *commit,
				  const struct oid *onto);
enum proof __wrap_repo_is_applied(struct repo *repo, const struct oid *tree, const struct oid *commit,
				  const struct oid *onto);
enum proof __wrap_repo_is_applied(struct repo *repo, const struct oid *tree, const struct oid *commit,
				  const struct oid *onto)
{
	asked.applied++;
	return __real_repo_is_applied(repo, tree, commit, onto);
}

enum answer __real_facts_descends(struct facts *facts, const struct oid *tip, const struct oid *ancestor);
enum answer __wrap_facts_descends(struct facts *facts, const struct oid *tip, const struct oid *ancestor);
enum answer __wrap_facts_descends(struct facts *facts, const struct oid *tip, const struct oid *ancestor)
{
	asked.descends++;
	return __real_facts_descends(facts, tip, ancestor);
}

enum answer __real_facts_account(struct facts *facts, struct bytes ref,
				 bool (*each)(void *context, const struct account_line *line), void *context);
enum answer __wrap_facts_account(struct facts *facts, struct bytes ref,
				 bool (*each)(void *context, const struct account_line *line), void *context);
enum answer __wrap_facts_account(struct facts *facts, struct bytes ref,
				 bool (*each)(void *context, const struct account_line *line), void *context)
{
	asked.accounts++;
	return __real_facts_account(facts, ref, each, context);
}

/* The number of ways to see what lands; `asked` says what that took. */
static size_t ways_of(const struct example *example)
{
	const struct landing *landings;
	size_t count = 0, length;
	struct world w;

	world_make(&w, example);
	const struct policy *policy = memory_load(&w.memory);
	struct update update = update_of(&w, "refs/heads/main");

	assert_non_null(policy);
	asked.applied = asked.descends = asked.accounts = 0;
	assert_int_equal(facts_landings(w.facts, policy, section_find(policy, update.ref), &update, LOOK_ALL, &landings,
					&count, &length),
			 ANSWER_YES);
	assert_int_equal(length, atoi(MANY));
	world_end(&w);
	return count;
}

/* line BRANCH FROM COUNT [CONTENT...]: so many commits on a new branch, which change a file by turns, or nothing. */
#define LINES                                                                                                          \
	"line() { branch=$1 from=$2 count=$3; shift 3\n{ printf 'reset refs/heads/%s\\nfrom %s^0\\n\\n' $branch "      \
	"$from\n"                                                                                                      \
	"for i in $(seq $count); do printf 'commit refs/heads/%s\\ncommitter A <a@x> %s +0000\\ndata 1\\nx\\n' "       \
	"$branch $((1700001000 + i))\n"                                                                                \
	"[ $# = 0 ] || { printf 'M 100644 inline f\\ndata 1\\n%s\\n' $1; set -- \"$@\" $1; shift; }; done; }"          \
	" | git fast-import --quiet; }\n"
#define HEADS(line) "for n in $(seq 1 3 " MANY "); do line fix/$n " line "; done\n"
#define PUSH "git tag new push\ngit branch -q -D push\n"

/* Where any commit could be any other re-applied, few of them can be the end of a whole line that was. */
static void commits_alike_are_compared_once(void **state)
{
	static const struct example examples[] = {
		{"a branch beside each", OPEN, LINES "line push main " MANY "\n" HEADS("push~$n 1") PUSH, NULL},
		{"shorter branches", OPEN, LINES "line push main " MANY "\n" HEADS("main $n") PUSH, NULL},
		{"there and back again", OPEN, LINES "line push main " MANY " a b\n" HEADS("main $n a b") PUSH, NULL},
		{"branches of another root", OPEN,
		 LINES "line push main " MANY "\nr=$(git commit-tree -m r main^{tree})\nfor n in $(seq 9); do "
		       "git update-ref refs/heads/fix/$n $(git commit-tree -m $n -p $r main^{tree}); done\n" PUSH,
		 NULL},
		{"longer branches", OPEN, LINES "line push main " MANY "\n" HEADS("main $((" MANY " + n))") PUSH, NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++) {
		assert_true(ways_of(&examples[i]) >= 40);
		assert_in_range(asked.applied, 0, 8);
		assert_in_range(asked.descends, 0, 40 * 40);
	}
}

/* A trunk has a past tip on every commit, and each is a head that an approved one may have been before. */
static void an_account_is_read_once_for_all_heads(void **state)
{
	static const struct example example = {
		"past tips", DEV,
		LINES "line dev main " MANY " a b c\nline other main 1 z\napprove other\n"
		      "for i in $(seq " MANY "); do was dev dev~$((" MANY " - i + 1)) dev~$((" MANY " - i)); done\n"
		      "approve dev~3\napprove dev~5\nwas dev dev dev~3\nwas dev dev~3 dev~2\nwas dev dev~2 dev~3\n"
		      "was dev dev~3 dev\ngit tag new dev\n",
		NULL};

	(void)state;
	assert_true(ways_of(&example) > 80);
	assert_in_range(asked.accounts, 2, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commits_alike_are_compared_once),
		cmocka_unit_test(an_account_is_read_once_for_all_heads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
