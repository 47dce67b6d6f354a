/* test_judgelanding: which way to see what lands counts, and the rules direct, accept, up-to-date and revert on its
 * steps. */
#include <stdio.h>
#include <string.h>

#include "fake_facts.h"
#include "judge.h"
#include "judgelanding.h"
#include "memory_policy.h"

#define ID(byte)                                                                                                       \
	{                                                                                                              \
		{                                                                                                      \
			byte                                                                                           \
		}                                                                                                      \
	}
#define PATHS_MAX 8

/* A policy of one section, what may be seen in the push, and what must be said of it. */
struct given {
	const char *name;
	const char *section; /* what [branch "main"] holds */
	struct landing landings[PATHS_MAX];
	size_t count, length;
	struct facts facts;
	const char *said;  /* each finding as "rule: sentence\n", undecided ones with a "?" before */
	const char *steps; /* of the cut: a letter for each method */
};

static const struct landing_source feature = {.ref = {"refs/heads/feature/x", 20}, .tip = ID(0xf1)};
static const struct landing_source fix = {.ref = {"refs/heads/fix/y", 16}, .tip = ID(0xf2)};
static const struct bytes from_main[] = {{"refs/heads/main", 15}};
static const struct bytes from_develop[] = {{"refs/heads/develop", 18}};
static const struct oid one_id[] = {ID(0xc1)};
static const struct oid two_ids[] = {ID(0xc2), ID(0xc1)};

static struct oid merged[] = {ID(0xa0), ID(0xf1)};
static struct commit commits[] = {
	{.id = ID(0xc1)}, {.id = ID(0xc2)}, {.id = ID(0xc0), .parents = merged, .parent_count = 2}};

#define STEP(from_, to_, method_, head_, ...)                                                                          \
	{                                                                                                              \
		.first = from_, .last = to_, .from = ID(0xa0 + from_), .to = ID(0xa0 + to_),                           \
		.method = LANDING_##method_, .head = ID(head_), __VA_ARGS__                                            \
	}
#define BY(source_) .sources = &source_, .source_count = 1
#define KNOWN .landings = ANSWER_YES, .descends = ANSWER_YES, .outside = ANSWER_YES, .reverts = ANSWER_NO

static const struct given table[] = {
	{
		"no rule about landing asks for nothing",
		"push = anyone\n",
		.facts = {.landings = ANSWER_UNKNOWN},
		.said = "",
		.steps = "",
	},
	{
		"what is owed is worked out for the account",
		"push = anyone\n[branch \"hotfix/*\"]\nowes = main\n",
		{STEP(0, 1, DIRECT, 0xa1), STEP(0, 1, SQUASH, 0xf1, BY(feature))},
		2,
		1,
		{KNOWN},
		"",
		"s",
	},
	{
		"so is what lands where debts begin",
		"push = anyone\n[branch \"hotfix/*\"]\nowes = develop\n",
		{STEP(0, 1, DIRECT, 0xa1)},
		1,
		1,
		{KNOWN},
		"",
		"d",
	},
	{
		"nobody is held up when it cannot be",
		"push = anyone\n[branch \"hotfix/*\"]\nowes = main\n",
		.facts = {.landings = ANSWER_UNKNOWN},
		.said = "",
		.steps = "",
	},
	{
		"nor by a branch that begins on no trunk",
		"push = anyone\n[branch \"hotfix/*\"]\nowes = main\n",
		.facts = {.landings = ANSWER_NO},
		.said = "",
		.steps = "",
	},
	{
		"a squash is no direct commit",
		"direct = deny\n",
		{STEP(0, 1, SQUASH, 0xf1, BY(feature)), STEP(0, 1, DIRECT, 0xa1)},
		2,
		1,
		{KNOWN},
		"",
		"s",
	},
	{
		"nothing but a direct commit",
		"direct = deny\n",
		{STEP(0, 1, DIRECT, 0xa1)},
		1,
		1,
		{KNOWN},
		"direct: made on this branch directly\n",
		"d",
	},
	{
		"direct = allow, and nothing said",
		"direct = allow\n",
		{STEP(0, 1, DIRECT, 0xa1)},
		1,
		1,
		{KNOWN},
		"",
		"d",
	},
	{
		"an evil merge is not what landing its head gives",
		"direct = deny\n",
		{STEP(0, 1, DIRECT, 0xa1, .nearly = ID(0xf1))},
		1,
		1,
		{KNOWN},
		"direct: not what landing f100000 gives\n",
		"d",
	},
	{
		"a merge that git does not make by itself cannot be told",
		"direct = deny\n",
		{STEP(0, 1, DIRECT, 0xa1, .doubt = "merging f100000 into a000000 conflicts in a.txt")},
		1,
		1,
		{KNOWN},
		"?direct: merging f100000 into a000000 conflicts in a.txt\n",
		"d",
	},
	{
		"what direct refuses is not asked about further",
		"direct = deny\naccept = feature/* by squash\nup-to-date = required\nchecks = ci\n",
		{STEP(0, 1, DIRECT, 0xa1)},
		1,
		1,
		{KNOWN},
		"direct: made on this branch directly\n",
		"d",
	},
	{
		"what could not be worked out is undecided",
		"direct = deny\n",
		.facts = {.landings = ANSWER_UNKNOWN},
		.said = "?direct: the test said so\n",
		.steps = "",
	},
	{
		"a branch that begins on no trunk",
		"direct = deny\n",
		.facts = {.landings = ANSWER_NO},
		.said = "direct: has no commit in common with any trunk\n",
		.steps = "",
	},
	{
		"an empty repository, filled by whom bootstrap names",
		"direct = deny\n",
		.facts = {.landings = ANSWER_NO, .untouched = ANSWER_YES},
		.said = "direct: the repository is empty: no trunk is there yet\n",
		.steps = "",
	},
	{
		"a step that lands nothing is asked about by nobody",
		"direct = deny\naccept = feature/*\n",
		{STEP(0, 1, DIRECT, 0xa1, .nothing = true), STEP(1, 2, SQUASH, 0xf1, BY(feature))},
		2,
		2,
		{KNOWN},
		"",
		"s",
	},
	{
		"the fewest steps: a fast-forward before two squashes",
		"direct = deny\n",
		{STEP(0, 1, SQUASH, 0xf1), STEP(1, 2, SQUASH, 0xf2), STEP(0, 2, FORWARD, 0xa2),
		 STEP(0, 1, DIRECT, 0xa1), STEP(1, 2, DIRECT, 0xa2)},
		5,
		2,
		{KNOWN},
		"",
		"f",
	},
	{
		"a way without errors before a shorter one with",
		"direct = deny\naccept = feature/* fix/* by squash\n",
		{STEP(0, 1, SQUASH, 0xf1, BY(feature)), STEP(1, 2, SQUASH, 0xf2, BY(fix)), STEP(0, 2, FORWARD, 0xa2)},
		3,
		2,
		{KNOWN},
		"",
		"ss",
	},
	{
		"nor does a longer look take the shorter one",
		"direct = deny\naccept = feature/* fix/* by squash\n",
		{STEP(0, 1, SQUASH, 0xf1, BY(feature)), STEP(1, 2, SQUASH, 0xf2, BY(fix)), STEP(0, 2, FORWARD, 0xa2)},
		3,
		2,
		{KNOWN, .landing_look = LOOK_ALL},
		"",
		"ss",
	},
	{
		"the fewest steps count before whether branches bring them",
		"accept = feature/* by squash\n",
		{STEP(0, 1, SQUASH, 0xf1, BY(feature)), STEP(1, 2, SQUASH, 0xf2, BY(fix)), STEP(0, 2, FORWARD, 0xa2)},
		3,
		2,
		{KNOWN},
		"accept: a200000 is the head of no branch that may land here\n",
		"f",
	},
	{
		"of two that branches bring, the fewest findings",
		"accept = feature/* by squash\nup-to-date = required\n",
		{STEP(0, 1, SQUASH, 0xf2, BY(fix)), STEP(0, 1, SQUASH, 0xf1, BY(feature))},
		2,
		1,
		{.landings = ANSWER_YES, .descends = ANSWER_NO, .outside = ANSWER_YES, .reverts = ANSWER_NO},
		"up-to-date: f100000 was made before a000000 came to main\n",
		"s",
	},
	{
		"a way is no better for ending the asking",
		"direct = deny\naccept = feature/* by squash\nup-to-date = required\n",
		{STEP(0, 1, DIRECT, 0xa1), STEP(0, 1, MERGE, 0xf2)},
		2,
		1,
		{.landings = ANSWER_YES, .descends = ANSWER_NO, .outside = ANSWER_YES, .reverts = ANSWER_NO},
		"accept: f200000 is the head of no branch that may land here\n"
		"up-to-date: f200000 was made before a000000 came to main\n",
		"m",
	},
	{
		"none without errors: the fewest steps",
		"direct = deny\naccept = feature/* by squash\n",
		{STEP(0, 1, SQUASH, 0xf1, BY(feature)), STEP(1, 2, DIRECT, 0xf2), STEP(0, 2, FORWARD, 0xa2)},
		3,
		2,
		{KNOWN},
		"accept: a200000 is the head of no branch that may land here\n",
		"f",
	},
	{
		"equally long: the fewest findings",
		"accept = feature/* by squash\nup-to-date = required\n",
		{STEP(0, 1, MERGE, 0xf1), STEP(0, 1, SQUASH, 0xf2, BY(feature))},
		2,
		1,
		{.landings = ANSWER_YES, .descends = ANSWER_NO, .outside = ANSWER_YES, .reverts = ANSWER_NO},
		"up-to-date: f200000 was made before a000000 came to main\n",
		"s",
	},
	{
		"of two heads with one content, neither good, the one that a branch brings",
		"accept = feature/* by merge\nup-to-date = required\n",
		{STEP(0, 1, SQUASH, 0xf2), STEP(0, 1, SQUASH, 0xf1, BY(feature))},
		2,
		1,
		{.landings = ANSWER_YES, .descends = ANSWER_NO, .outside = ANSWER_YES, .reverts = ANSWER_NO},
		"accept: feature/x lands by squash\nup-to-date: f100000 was made before a000000 came to main\n",
		"s",
	},
	{
		"of two heads with one content, the one that satisfies every rule",
		"accept = feature/* by squash\n",
		{STEP(0, 1, SQUASH, 0xf2, BY(fix)), STEP(0, 1, SQUASH, 0xf1, BY(feature))},
		2,
		1,
		{KNOWN},
		"",
		"s",
	},
	{
		"by the wrong method",
		"accept = feature/* by squash\n",
		{STEP(0, 1, MERGE, 0xf1, BY(feature))},
		1,
		1,
		{KNOWN},
		"accept: feature/x lands by merge\n",
		"m",
	},
	{
		"from no accepted branch",
		"accept = feature/* by squash\n",
		{STEP(0, 1, MERGE, 0xf2, BY(fix))},
		1,
		1,
		{KNOWN},
		"accept: f200000 is the head of no branch that may land here\n",
		"m",
	},
	{
		"made from the wrong trunk",
		"accept = fix/* from main by squash merge\n",
		{STEP(0, 1, MERGE, 0xf2, BY(fix))},
		1,
		1,
		{KNOWN, .created_from = ANSWER_YES, .created_trunks = from_develop, .created_count = 1},
		"accept: fix/y was not made from main\n",
		"m",
	},
	{
		"made from the right one",
		"accept = fix/* from main by squash merge\n",
		{STEP(0, 1, MERGE, 0xf2, BY(fix))},
		1,
		1,
		{KNOWN, .created_from = ANSWER_YES, .created_trunks = from_main, .created_count = 1},
		"",
		"m",
	},
	{
		"made from where, cannot be told",
		"accept = fix/* from main\n",
		{STEP(0, 1, MERGE, 0xf2, BY(fix))},
		1,
		1,
		{KNOWN, .created_from = ANSWER_UNKNOWN},
		"?accept: the test said so\n",
		"m",
	},
	{
		"a second line takes what the first does not",
		"accept = release/* by merge\n fix/* by squash\n",
		{STEP(0, 1, SQUASH, 0xf2, BY(fix))},
		1,
		1,
		{KNOWN},
		"",
		"s",
	},
	{
		"a head that is not up to date",
		"up-to-date = required\n",
		{STEP(0, 1, SQUASH, 0xf1, BY(feature))},
		1,
		1,
		{.landings = ANSWER_YES, .descends = ANSWER_NO, .outside = ANSWER_YES, .reverts = ANSWER_NO},
		"up-to-date: f100000 was made before a000000 came to main\n",
		"s",
	},
	{
		"whether it is cannot be told",
		"up-to-date = required\n",
		{STEP(0, 1, SQUASH, 0xf1, BY(feature))},
		1,
		1,
		{.landings = ANSWER_YES, .descends = ANSWER_UNKNOWN, .outside = ANSWER_YES, .reverts = ANSWER_NO},
		"?up-to-date: the test said so\n",
		"s",
	},
	{
		"a revert where none is taken",
		"direct = deny\n",
		{STEP(0, 1, REVERT, 0xa1, .reverted = ID(0xc1)), STEP(0, 1, DIRECT, 0xa1)},
		2,
		1,
		{KNOWN},
		"direct: it reverts c100000, and reverts may not be made here\n",
		"v",
	},
	{
		"a revert where it is taken, from no branch",
		"direct = deny\nrevert = allow\naccept = staging\n",
		{STEP(0, 1, REVERT, 0xa1, .reverted = ID(0xc1)), STEP(0, 1, DIRECT, 0xa1)},
		2,
		1,
		{KNOWN},
		"",
		"v",
	},
	{
		"what was undone here does not come back",
		"direct = deny\n",
		{STEP(0, 1, MERGE, 0xf1, BY(feature))},
		1,
		1,
		{.landings = ANSWER_YES,
		 .descends = ANSWER_YES,
		 .outside = ANSWER_YES,
		 .outside_ids = one_id,
		 .outside_count = 1,
		 .commits = commits,
		 .commit_count = 3,
		 .reverts = ANSWER_YES,
		 .reverted = ID(0xc0)},
		"revert: c000000 was undone here by c100000: landing f100000 does not bring it back\n",
		"m",
	},
	{
		"what a revert of the revert has brought back",
		"direct = deny\n",
		{STEP(0, 1, MERGE, 0xf1, BY(feature))},
		1,
		1,
		{.landings = ANSWER_YES,
		 .descends = ANSWER_NO,
		 .outside = ANSWER_YES,
		 .outside_ids = two_ids,
		 .outside_count = 2,
		 .commits = commits,
		 .commit_count = 2,
		 .reverts = ANSWER_YES,
		 .reverted = ID(0xc1)},
		"",
		"m",
	},
	{
		"a merge that was undone here does not bring its head back",
		"direct = deny\n",
		{STEP(0, 1, MERGE, 0xf1, BY(feature))},
		1,
		1,
		{.landings = ANSWER_YES,
		 .descends = ANSWER_NO,
		 .outside = ANSWER_YES,
		 .outside_ids = one_id,
		 .outside_count = 1,
		 .commits = commits,
		 .commit_count = 3,
		 .reverts = ANSWER_YES,
		 .reverted = ID(0xc0)},
		"revert: c000000 was undone here by c100000: landing f100000 does not bring it back\n",
		"m",
	},
	{
		"nor is another merge's undoing of any matter",
		"direct = deny\n",
		{STEP(0, 1, MERGE, 0xf2, BY(fix))},
		1,
		1,
		{.landings = ANSWER_YES,
		 .descends = ANSWER_NO,
		 .outside = ANSWER_YES,
		 .outside_ids = one_id,
		 .outside_count = 1,
		 .commits = commits,
		 .commit_count = 3,
		 .reverts = ANSWER_YES,
		 .reverted = ID(0xc0)},
		"",
		"m",
	},
	{
		"whether it was undone cannot be told",
		"direct = deny\n",
		{STEP(0, 1, MERGE, 0xf1, BY(feature))},
		1,
		1,
		{.landings = ANSWER_YES, .descends = ANSWER_YES, .outside = ANSWER_UNKNOWN},
		"?revert: the test said so\n",
		"m",
	},
	{
		"a rule that is off is not asked, nor what one that is on would bar",
		"direct = deny\nup-to-date = required\n[severity]\ndirect = off\n",
		{STEP(0, 1, DIRECT, 0xa1)},
		1,
		1,
		{.landings = ANSWER_YES, .descends = ANSWER_YES, .outside = ANSWER_YES, .reverts = ANSWER_NO},
		"",
		"d",
	},
	{
		"with all of them off nothing is worked out",
		"direct = deny\n[severity]\ndirect = off\n",
		.facts = {.landings = ANSWER_UNKNOWN},
		.said = "",
		.steps = "",
	},
	{
		"no way goes by a place that none leads to",
		"direct = deny\n",
		{STEP(0, 2, REBASE, 0xf1, BY(feature)), STEP(1, 2, SQUASH, 0xf2, BY(fix))},
		2,
		2,
		{KNOWN},
		"",
		"r",
	},
	{
		"what only the last look finds lands all the same",
		"direct = deny\n",
		{STEP(0, 1, SQUASH, 0xf1, BY(feature)), STEP(0, 1, DIRECT, 0xa1)},
		2,
		1,
		{KNOWN, .landing_look = LOOK_ALL},
		"",
		"s",
	},
	{
		"a branch that begins on no trunk",
		"direct = deny\n",
		.facts = {.landings = ANSWER_NO},
		.said = "direct: has no commit in common with any trunk\n",
		.steps = "",
	},
	{
		"nor where the last look is lost, which the first rule says",
		"direct = deny\naccept = feature/* by squash\n",
		{STEP(0, 1, MERGE, 0xf2)},
		1,
		1,
		{KNOWN, .landings_lost = true},
		"?direct: the test said so\n",
		"",
	},
	{
		"what lands cannot be told",
		"direct = deny\n",
		.facts = {.landings = ANSWER_UNKNOWN},
		.said = "?direct: the test said so\n",
		.steps = "",
	},
};

static const char *said(struct arena *arena, const struct findings *findings)
{
	struct buffer buffer = {.arena = arena};

	buffer_add(&buffer, BYTES(""));
	for (const struct finding *f = findings->first; f; f = f->next)
		buffer_printf(&buffer, "%s%.*s: %.*s\n", f->severity == SEVERITY_UNDECIDED ? "?" : "",
			      BYTES_ARG(f->rule), BYTES_ARG(f->found));
	return buffer_bytes(&buffer).data;
}

static const char *steps(struct arena *arena, const struct landing_cut *cut)
{
	struct buffer buffer = {.arena = arena};

	buffer_add(&buffer, BYTES(""));
	for (size_t i = 0; i < cut->count; i++)
		buffer_printf(&buffer, "%c", "dfmsrv"[cut->steps[i]->method]);
	return buffer_bytes(&buffer).data;
}

static void judge_given(const struct given *given, bool evaluate)
{
	char text[1024];

	snprintf(text, sizeof(text), "%s%s[branch \"main\"]\n%s", HEAD, evaluate ? "mode = evaluate\n" : "",
		 given->section);
	struct memory memory = memory_new(text, NULL);
	const struct policy *policy = memory_load(&memory);

	assert_non_null(policy);
	struct findings findings = {.arena = memory.arena};
	struct push push = {.arena = memory.arena};
	struct facts facts = given->facts;
	struct landing_cut cut = {0};
	const struct oid old = ID(0xa0), new = ID(0xaf);
	struct update *update = push_add(&push, BYTES("refs/heads/main"), &old, &new);

	facts.landing_list = given->landings;
	facts.landing_count = given->count;
	facts.landing_length = given->length;
	update->old = old;
	update->kind = UPDATE_MOVE;
	struct plan plan = plan_make(policy, &push, &facts, &findings);

	judge_landing(&plan, 0, &findings, &cut);
	assert_string_equal(said(memory.arena, &findings), given->said);
	assert_string_equal(steps(memory.arena, &cut), given->steps);
	arena_free(memory.arena);
}

static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		print_message("# %s\n", table[i].name);
		judge_given(&table[i], false);
		judge_given(&table[i], true); /* evaluating sees the same landing */
	}
}

static size_t deploy_asked(const char *section, enum answer answer)
{
	struct memory memory = memory_new(section, NULL);
	const struct policy *policy = memory_load(&memory);
	struct findings findings = {.arena = memory.arena};
	struct push push = {.arena = memory.arena};
	struct facts facts = {.landings = answer};
	const struct oid new = ID(0xaf);

	assert_non_null(policy);
	push_add(&push, BYTES("refs/deploy/p/live"), &(struct oid){{0}}, &new);
	struct plan plan = plan_make(policy, &push, &facts, &findings);

	assert_int_equal(judge_landing(&plan, 0, &findings, NULL), answer);
	size_t count = findings.count;

	arena_free(memory.arena);
	return count;
}

/* A deploy of what is no commit lands nothing, which is for another rule to refuse. */
static void test_deploys(void **state)
{
	(void)state;
	assert_int_equal(deploy_asked(HEAD "[deploy \"p/live\"]\nchecks = ci\n", ANSWER_NO), 0);
	assert_int_equal(deploy_asked(HEAD "[deploy \"p/live\"]\nchecks = ci\n", ANSWER_UNKNOWN), 1);
	assert_int_equal(deploy_asked(HEAD "[deploy \"p/live\"]\n", ANSWER_UNKNOWN), 0);
}

/* What is said of no step weighs what the first rule does, and says where to begin. */
static void test_beginning(void **state)
{
	struct memory memory =
		memory_new(HEAD "[severity]\ndirect = warn\n[branch \"main\"]\ndirect = deny\nchecks = ci\n", NULL);
	struct push push = {.arena = memory.arena};
	struct facts facts = {.landings = ANSWER_NO};
	const struct oid old = ID(0xa0), new = ID(0xaf);

	(void)state;
	push_add(&push, BYTES("refs/heads/main"), &old, &new);
	struct plan plan = plan_make(memory_load(&memory), &push, &facts, &memory.findings);

	assert_int_equal(judge_landing(&plan, 0, &memory.findings, NULL), ANSWER_NO);
	const struct finding *finding = memory.findings.first;

	assert_int_equal(memory.findings.count, 1);
	assert_int_equal(finding->severity, SEVERITY_WARN);
	assert_int_equal(finding->origin.line, 7);
	assert_true(bytes_equal(finding->fix, BYTES("git fetch, and create the branch from a trunk")));
	arena_free(memory.arena);
}

/* Nothing lands where a ref goes, and nothing is asked of what could not be told. */
static void test_deletions(void **state)
{
	struct memory memory = memory_new(HEAD "[branch \"main\"]\nchecks = ci\n", NULL);
	const struct policy *policy = memory_load(&memory);
	struct findings findings = {.arena = memory.arena};
	struct push push = {.arena = memory.arena};
	struct facts facts = {.landings = ANSWER_UNKNOWN};
	struct landing_cut cut = {0};
	const struct oid old = ID(0xa0);

	(void)state;
	assert_non_null(policy);
	push_add(&push, BYTES("refs/heads/main"), &old, &(struct oid){{0}});
	struct plan plan = plan_make(policy, &push, &facts, &findings);

	assert_int_equal(push.updates[0].kind, UPDATE_DELETE);
	assert_int_equal(judge_landing(&plan, 0, &findings, &cut), ANSWER_NO);
	assert_int_equal(findings.count, 0);
	assert_int_equal(cut.count, 0);
	arena_free(memory.arena);
}

/* A trunk has a past tip on every commit, and each may be fast-forwarded to: of these only the last one can be all that
 * lands. */
static void what_decides_nothing_is_not_asked_about(void **state)
{
	static struct landing landings[400];
	struct memory memory = memory_new(HEAD "[user \"bob\"]\n[group \"all\"]\nmembers = bob\n[branch \"main\"]\n"
					       "direct = deny\napprovals = 1 @all\n",
					  NULL);
	const struct policy *policy = memory_load(&memory);
	struct findings findings = {.arena = memory.arena};
	struct push push = {.arena = memory.arena};
	struct facts facts = {KNOWN, .opinions = ANSWER_YES, .contributors = ANSWER_YES, .landing_list = landings};
	struct landing_cut cut = {0};
	const struct oid old = ID(0xa0), new = ID(0xaf);

	(void)state;
	assert_non_null(policy);
	for (size_t i = 0; i < COUNT(landings) / 2; i++) {
		landings[2 * i] = (struct landing){.first = i, .last = i + 1};
		landings[2 * i + 1] = (struct landing){.last = i + 1, .method = LANDING_FORWARD, BY(feature)};
	}
	facts.landing_count = COUNT(landings);
	facts.landing_length = COUNT(landings) / 2;
	*push_add(&push, BYTES("refs/heads/main"), &old, &new) =
		(struct update){.kind = UPDATE_MOVE, .ref = BYTES("refs/heads/main"), .old = old, .new = new};
	struct plan plan = plan_make(policy, &push, &facts, &findings);

	assert_int_equal(judge_landing(&plan, 0, &findings, &cut), ANSWER_YES);
	assert_string_equal(steps(memory.arena, &cut), "f");
	assert_int_equal(findings.count, 1);
	/* by each of the three looks */
	assert_in_range(facts.contributors_asked, 3, 6);
	arena_free(memory.arena);
}

/* Values of accept that are none. */
static void test_accept_values(void **state)
{
	static const struct {
		const char *value, *said;
	} bad[] = {
		{"by merge", "4:10 \"by\": write <branches> [from <branches>] [by <methods>]\n"},
		{"feature/* by", "4:10 the line ends too early; write: <branches> [from <branches>] [by <methods>]\n"},
		{"feature/* from main by octopus",
		 "4:33 \"octopus\": after \"by\" come merge, squash, rebase or fast-forward\n"},
		{"fix/* from feature/*", "4:21 \"feature/*\": after \"from\" come branches, not patterns\n"},
		{"fix/* by merge from main", "4:25 \"from\": write <branches> [from <branches>] [by <methods>]\n"},
		{"fix/{slog}", "4:14 \"{slog}\": the templates are {slug}, {semver}, {number} and {user}\n"},
		{"fix/* by direct", "4:19 \"direct\": after \"by\" come merge, squash, rebase or fast-forward\n"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		char text[256];

		snprintf(text, sizeof(text), "[policy]\nversion = 1\n[branch \"main\"]\naccept = %s\n", bad[i].value);
		struct memory memory = memory_new(text, NULL);

		assert_null(memory_load(&memory));
		assert_string_equal(memory_said(&memory, false), bad[i].said);
		arena_free(memory.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_deploys),
		cmocka_unit_test(test_beginning),
		cmocka_unit_test(test_deletions),
		cmocka_unit_test(what_decides_nothing_is_not_asked_about),
		cmocka_unit_test(test_accept_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
