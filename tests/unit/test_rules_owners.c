/* test_rules_owners: who must have approved which changed paths, by the CODEOWNERS of before the push. */
#include "memory_policy.h"

#include <string.h>

#include "fake_facts.h"
#include "rules/rules.h"

#define OLD                                                                                                            \
	{                                                                                                              \
		{                                                                                                      \
			0xaa                                                                                           \
		}                                                                                                      \
	}
#define NEW                                                                                                            \
	{                                                                                                              \
		{                                                                                                      \
			0xbb                                                                                           \
		}                                                                                                      \
	}

#define POLICY                                                                                                         \
	HEAD "[user \"dan\"]\nemail = dan@example.org\n[user \"eve\"]\n[user \"wil\"]\n[user \"dbl\"]\n"               \
	     "[group \"web\"]\nmembers = wil eve\n[group \"dbl\"]\nmembers = wil\n[group \"none\"]\n"                  \
	     "[branch \"main\"]\nowners = CODEOWNERS\n"

/* A step on main: what changed, the files, who approves. */
struct given {
	const char *old, *new; /* CODEOWNERS before and after; NULL: there is none */
	const char *changed[8];
	const char *approves[3];
	const char *rejects;
	const char *author;
	const char *says; /* all findings, one a line; NULL: could not tell */
	bool unknown;	  /* files cannot be read */
	bool silent;	  /* nor can opinions */
	bool unchanged;	  /* nor what changed */
};

static struct memory memory;
static struct policy *policy;

static int setup(void **state)
{
	(void)state;
	memory = memory_new(POLICY, NULL);
	policy = memory_load(&memory);
	return policy ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(memory.arena);
	return 0;
}

/* What the world holds for a case. */
struct world {
	struct fake_file files[2];
	struct bytes paths[8];
	struct opinion opinions[4];
	struct contributor author;
	struct facts facts;
};

static void add_opinion(struct world *world, const char *name, bool rejects)
{
	world->opinions[world->facts.opinion_count++] = (struct opinion){
		.name = bytes_of(name),
		.user = people_user(&policy->people, bytes_of(name)),
		.rejects = rejects,
	};
}

static void add_file(struct world *world, struct oid commit, const char *content)
{
	if (content)
		world->files[world->facts.file_count++] =
			(struct fake_file){commit, BYTES("CODEOWNERS"), bytes_of(content)};
}

static void world_make(struct world *world, const struct given *given)
{
	struct facts *facts = &world->facts;

	*world = (struct world){.facts = {.people = &policy->people}};
	facts->users = *policy->people.user_list; /* dan, whose address is known */
	facts->user_count = 1;
	add_file(world, (struct oid)OLD, given->old);
	add_file(world, (struct oid)NEW, given->new);
	facts->files = world->files;
	facts->files_unknown = given->unknown;
	while (facts->changed_count < 8 && given->changed[facts->changed_count]) {
		world->paths[facts->changed_count] = bytes_of(given->changed[facts->changed_count]);
		facts->changed_count++;
	}
	facts->changed_paths = world->paths;
	facts->changed = given->unchanged ? ANSWER_UNKNOWN : ANSWER_YES;
	for (size_t i = 0; i < 3 && given->approves[i]; i++)
		add_opinion(world, given->approves[i], false);
	if (given->rejects)
		add_opinion(world, given->rejects, true);
	facts->opinion_list = world->opinions;
	facts->opinions = given->silent ? ANSWER_UNKNOWN : ANSWER_YES;
	facts->contributors = ANSWER_YES;
	if (given->author) {
		world->author.user = people_user(&policy->people, bytes_of(given->author));
		world->author.role = "author of bb00000";
		facts->contributor_list = &world->author;
		facts->contributor_count = 1;
	}
}

static const char *judge(const struct given *given)
{
	static const struct oid old = OLD, new = NEW;
	const struct section *section = section_find(policy, BYTES("refs/heads/main"));
	struct update update = {
		.ref = BYTES("refs/heads/main"), .name = BYTES("main"), .old = old, .new = new, .kind = UPDATE_MOVE};
	struct landing landing = {.from = old, .to = new, .head = new, .method = LANDING_FORWARD};
	struct findings findings = {.arena = memory.arena};
	struct buffer said = {.arena = memory.arena};
	struct world world;
	const struct rule_case c = {
		.rule = &rule_owners,
		.severity = SEVERITY_ENFORCE,
		.setting = section_setting(section, "owners"),
		.policy = policy,
		.section = section,
		.update = &update,
		.landing = &landing,
		.facts = &world.facts,
	};

	world_make(&world, given);
	if (!rule_owners.judge(&c, &findings))
		return NULL;
	buffer_add(&said, BYTES(""));
	for (const struct finding *f = findings.first; f; f = f->next)
		buffer_printf(&said, "%.*s\n", BYTES_ARG(f->found));
	return buffer_bytes(&said).data;
}

static void run(const struct given *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *said = judge(&cases[i]);

		if (!said != !cases[i].says || (said && strcmp(said, cases[i].says) != 0))
			fail_msg("case %zu says:\n%s\nwanted:\n%s", i, said ? said : "cannot tell",
				 cases[i].says ? cases[i].says : "cannot tell");
	}
}

static void test_approval(void **state)
{
	static const struct given cases[] = {
		{.old = "* @dan", .changed = {"a"}, .says = "a waits for @dan\n"},
		{.old = "* @dan", .changed = {"a"}, .approves = {"dan"}, .says = ""},
		{.old = "* @dan", .changed = {"a"}, .approves = {"eve", "wil"}, .says = "a waits for @dan\n"},
		{.old = "* @dan @eve", .changed = {"a"}, .says = "a waits for @dan or @eve\n"},
		{.old = "* @dan @eve", .changed = {"a"}, .approves = {"eve"}, .says = ""},
		{.old = "* @ghost @eve", .changed = {"a"}, .says = "a waits for @eve\n"},
		{.old = "* @web", .changed = {"a"}, .approves = {"wil"}, .says = ""},
		{.old = "* @web", .changed = {"a"}, .approves = {"dan"}, .says = "a waits for one of @web\n"},
		{.old = "* @org/web", .changed = {"a"}, .approves = {"eve"}, .says = ""},
		{.old = "* @org/sub/web", .changed = {"a"}, .approves = {"eve"}, .says = ""},
		{.old = "* @none", .changed = {"a"}, .approves = {"eve"}, .says = "a waits for one of @none\n"},
		{.old = "* dan@example.org", .changed = {"a"}, .says = "a waits for dan@example.org\n"},
		{.old = "* dan@example.org", .changed = {"a"}, .approves = {"dan"}, .says = ""},
		/* a name is a user's before it is a group's; a team is a group */
		{.old = "* @dbl", .changed = {"a"}, .approves = {"wil"}, .says = "a waits for @dbl\n"},
		{.old = "* @dbl", .changed = {"a"}, .approves = {"dbl"}, .says = ""},
		{.old = "* @org/dbl", .changed = {"a"}, .approves = {"wil"}, .says = ""},
		{.old = "* @org/dbl", .changed = {"a"}, .approves = {"dbl"}, .says = "a waits for one of @org/dbl\n"},
		/* nobody approves their own work, nor while they ask for changes */
		{.old = "* @dan",
		 .changed = {"a"},
		 .approves = {"dan"},
		 .author = "dan",
		 .says = "a waits for @dan (dan does not count: author of bb00000)\n"},
		{.old = "* @dan @eve",
		 .changed = {"a", "b"},
		 .approves = {"dan"},
		 .rejects = "eve",
		 .says = "2 paths wait for eve, who asks for changes: a, b\n"},
		{.old = "* @dan", .changed = {"a"}, .approves = {"dan"}, .rejects = "eve", .says = ""},
		/* nothing changed, nothing owned */
		{.old = "* @dan", .says = ""},
		{.old = "*.c @dan", .changed = {"a"}, .says = ""},
		{.old = "* @dan\n/open", .changed = {"open/a"}, .says = ""},
		/* all sides of what moved are asked */
		{.old = "/old/ @dan\n/new/ @eve",
		 .changed = {"new/a", "old/a"},
		 .approves = {"eve"},
		 .says = "old/a waits for @dan\n"},
	};

	(void)state;
	run(cases, COUNT(cases));
}

static void test_groups(void **state)
{
	static const struct given cases[] = {
		{.old = "* @dan\n*.c @eve\n*.h @eve\n*.md @web",
		 .changed = {"a.c", "b", "c.h", "d.c", "e.c", "f.md"},
		 .approves = {"wil"},
		 .says = "4 paths wait for @eve: a.c, c.h, d.c and 1 more\nb waits for @dan\n"},
		{.old = "* @dan @eve @wil @web @none",
		 .changed = {"a"},
		 .says = "a waits for @dan or @eve or @wil and 2 more\n"},
	};

	(void)state;
	run(cases, COUNT(cases));
}

static void test_blocked(void **state)
{
	static const struct given cases[] = {
		{.old = "* @dan\n/src/ @ghost # gone",
		 .changed = {"a", "src/a", "src/b"},
		 .approves = {"dan"},
		 .says = "line 2 of CODEOWNERS at aa00000 names nobody the policy knows, \"/src/ @ghost # gone\", and "
			 "blocks src/a, src/b\n"},
		{.old = "/a ghost@example.org\n/b ghost@example.org",
		 .changed = {"a", "b"},
		 .says = "line 1 of CODEOWNERS at aa00000 names nobody the policy knows, \"/a ghost@example.org\", and "
			 "blocks a\nline 2 of CODEOWNERS at aa00000 names nobody the policy knows, \"/b "
			 "ghost@example.org\", and blocks b\n"},
		{.old = "* @dan\n!x @eve\n*.c @eve",
		 .changed = {"a", "b.c"},
		 .approves = {"dan", "eve"},
		 .says = "line 2 of CODEOWNERS at aa00000 cannot be read, \"!x @eve\", and blocks a\n"},
		/* nobody to ask at all */
		{.changed = {"a"}, .says = "there is no CODEOWNERS at aa00000: nobody owns anything\n"},
		{.old = "# soon\n",
		 .changed = {"a"},
		 .says = "the CODEOWNERS at aa00000 names no owner: nobody owns anything\n"},
		{.old = "*\n",
		 .changed = {"a"},
		 .says = "the CODEOWNERS at aa00000 names no owner: nobody owns anything\n"},
	};

	(void)state;
	run(cases, COUNT(cases));
}

static void test_itself(void **state)
{
	static const struct given cases[] = {
		/* by the old file, whatever the new one says */
		{.old = "* @dan",
		 .new = "* @eve",
		 .changed = {"CODEOWNERS", "a"},
		 .approves = {"eve"},
		 .says = "2 paths wait for @dan: CODEOWNERS, a\n"},
		{.old = "* @dan",
		 .changed = {"CODEOWNERS"},
		 .approves = {"eve"},
		 .says = "CODEOWNERS waits for @dan\n"},
		{.old = "* @dan", .new = "* @eve", .changed = {"CODEOWNERS", "a"}, .approves = {"dan"}, .says = ""},
		/* nobody's: any owner will do */
		{.old = "/src/ @dan\n/lib/ @eve",
		 .new = "",
		 .changed = {"CODEOWNERS"},
		 .says = "CODEOWNERS waits for @dan or @eve\n"},
		{.old = "/src/ @dan\n/lib/ @eve",
		 .new = "",
		 .changed = {"CODEOWNERS"},
		 .approves = {"eve"},
		 .says = ""},
		{.old = "* @dan\n/CODEOWNERS",
		 .new = "",
		 .changed = {"CODEOWNERS"},
		 .approves = {"eve"},
		 .says = "CODEOWNERS waits for @dan\n"},
		{.old = "/src/ @ghost",
		 .new = "",
		 .changed = {"CODEOWNERS"},
		 .approves = {"eve"},
		 .says = "CODEOWNERS at aa00000 names nobody the policy knows, who could approve its change\n"},
		/* the way out of a line that cannot be read */
		{.old = "* @dan\n!x @eve", .new = "* @dan", .changed = {"CODEOWNERS"}, .approves = {"eve"}, .says = ""},
		{.old = "* @dan\n!x @eve",
		 .new = "* @dan",
		 .changed = {"CODEOWNERS"},
		 .says = "CODEOWNERS waits for @dan or @eve\n"},
		/* and no way in */
		{.old = "* @dan",
		 .new = "* @dan\n!x @eve",
		 .changed = {"CODEOWNERS"},
		 .approves = {"dan"},
		 .says = "line 2 of CODEOWNERS at bb00000 cannot be read, \"!x @eve\"\n"},
		{.old = "* @dan",
		 .new = "* @dan\n/docs/ @nobdy # theirs",
		 .changed = {"CODEOWNERS"},
		 .approves = {"dan"},
		 .says = "line 2 of CODEOWNERS at bb00000 names nobody the policy knows, \"/docs/ @nobdy # theirs\"\n"},
		{.old = "* @dan",
		 .new = "* @dan\n/docs/ @nobdy wil@example.org\n/web/ @nobdy @web\n/none/ @none\n/open/",
		 .changed = {"CODEOWNERS"},
		 .approves = {"dan"},
		 .says = "line 2 of CODEOWNERS at bb00000 names nobody the policy knows, \"/docs/ @nobdy "
			 "wil@example.org\"\n"},
		/* whom the policy has forgotten since stays until somebody mends it */
		{.old = "* @dan\n /docs/ @ghost\n",
		 .new = "* @dan\n/web/ @web\n/docs/ @ghost",
		 .changed = {"CODEOWNERS"},
		 .approves = {"dan"},
		 .says = ""},
		{.old = "* @dan\n/docs/ @ghost\n",
		 .new = "* @dan\n/docs/a @ghost",
		 .changed = {"CODEOWNERS"},
		 .approves = {"dan"},
		 .says = "line 2 of CODEOWNERS at bb00000 names nobody the policy knows, \"/docs/a @ghost\"\n"},
		{.new = "* @ghost",
		 .changed = {"CODEOWNERS"},
		 .says = "line 1 of CODEOWNERS at bb00000 names nobody the policy knows, \"* @ghost\"\n"},
		/* the first one */
		{.new = "* @dan", .changed = {"CODEOWNERS", "a"}, .says = ""},
		{.old = "# soon", .new = "* @dan", .changed = {"CODEOWNERS", "a"}, .says = ""},
		{.new = "!x",
		 .changed = {"CODEOWNERS"},
		 .says = "line 1 of CODEOWNERS at bb00000 cannot be read, \"!x\"\n"},
	};

	(void)state;
	run(cases, COUNT(cases));
}

static void test_cannot_tell(void **state)
{
	static const struct given cases[] = {
		{.old = "* @dan", .changed = {"a"}, .approves = {"dan"}, .unknown = true},
		{.old = "* @dan", .changed = {"a"}, .approves = {"dan"}, .silent = true},
		{.old = "* @dan", .changed = {"a"}, .approves = {"dan"}, .unchanged = true},
	};

	(void)state;
	run(cases, COUNT(cases));
}

static void test_size(void **state)
{
	char *large = arena_alloc(memory.arena, ((size_t)3 << 20) + 2);
	struct given given = {.old = large, .changed = {"a"}, .says = "CODEOWNERS at aa00000 is larger than 3 MiB\n"};

	(void)state;
	memset(large, '#', ((size_t)3 << 20) + 1);
	memcpy(large, "* @dan\n", 7);
	run(&given, 1);
	given = (struct given){.old = "* @dan",
			       .new = large,
			       .changed = {"CODEOWNERS"},
			       .approves = {"dan"},
			       .says = "CODEOWNERS at bb00000 is larger than 3 MiB\n"};
	run(&given, 1);
	large[(size_t)3 << 20] = '\0';
	given.says = "";
	run(&given, 1);
}

/* Findings say what to run; a create is judged by where the step began. */
static void test_fix(void **state)
{
	const struct section *section = section_find(policy, BYTES("refs/heads/main"));
	struct update update = {
		.ref = BYTES("refs/heads/main"), .name = BYTES("main"), .new = NEW, .kind = UPDATE_CREATE};
	struct landing landing = {.from = OLD, .to = NEW, .head = NEW};
	struct findings findings = {.arena = memory.arena};
	struct world world;
	const struct rule_case c = {.rule = &rule_owners,
				    .severity = SEVERITY_ENFORCE,
				    .setting = section_setting(section, "owners"),
				    .policy = policy,
				    .section = section,
				    .update = &update,
				    .landing = &landing,
				    .facts = &world.facts};

	(void)state;
	world_make(&world, &(struct given){.old = "* @dan", .changed = {"a"}});
	assert_true(rule_owners.judge(&c, &findings));
	assert_int_equal(findings.count, 1);
	assert_string_equal(findings.first->fix.data, "@dan runs: git policy approve bb00000 --for main");
	assert_int_equal(findings.first->origin.line, 15);
}

static void test_key(void **state)
{
	static const struct {
		const char *value;
		bool good;
	} cases[] = {
		{"CODEOWNERS", true},
		{".github/CODEOWNERS", true},
		{"docs/a b/OWNERS", true},
		{"/CODEOWNERS", false},
		{"../CODEOWNERS", false},
		{"a/../CODEOWNERS", false},
		{"./CODEOWNERS", false},
		{"a//b", false},
		{"docs/", false},
		{"..", false},
		{"...", true},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct memory own = memory_new(NULL, NULL);

		own.policy = bytes_printf(own.arena, HEAD "[branch \"main\"]\nowners = %s\n", cases[i].value).data;
		if (!memory_load(&own) == cases[i].good)
			fail_msg("owners = %s: %s", cases[i].value, memory_said(&own, true));
		arena_free(own.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_approval, setup, teardown),
		cmocka_unit_test_setup_teardown(test_groups, setup, teardown),
		cmocka_unit_test_setup_teardown(test_blocked, setup, teardown),
		cmocka_unit_test_setup_teardown(test_itself, setup, teardown),
		cmocka_unit_test_setup_teardown(test_cannot_tell, setup, teardown),
		cmocka_unit_test_setup_teardown(test_size, setup, teardown),
		cmocka_unit_test_setup_teardown(test_fix, setup, teardown),
		cmocka_unit_test(test_key),
	};

	return cmocka_run_group_tests_name("rules_owners", tests, NULL, NULL);
}
