/* test_rules_version: files that say the version which the name of a tag or of a release says. */
#include "memory_policy.h"

#include <string.h>

#include "fake_facts.h"
#include "rules/rules.h"

#define POLICY                                                                                                         \
	HEAD "[branch \"main\"]\n[branch \"develop\"]\n"                                                               \
	     "[branch \"release/v{semver}\"]\nversion-file = package.json \"version\": \"(.*)\",?\n  VERSION .*\n"     \
	     "[branch \"hotfix/{slug}\"]\n[tag \"v{semver}\"]\nversion-file = VERSION v?([0-9.]+)\n"                   \
	     "[tag \"slow\"]\n[tag \"*\"]\n"

static const struct oid head = {{0xbb}}, other = {{0xaa}};
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

/* What files hold at the head, and what is said of it; NULL: it could not be told. */
struct given {
	const char *ref;     /* the tag; or the branch that lands */
	const char *package; /* NULL: not there */
	const char *version;
	const char *says;
	bool unknown;
};

static const char *put(struct rule_case *c, struct facts *facts, const struct given *given)
{
	struct fake_file files[2];
	struct findings findings = {.arena = memory.arena};
	struct buffer said = {.arena = memory.arena};

	if (given->package)
		files[facts->file_count++] = (struct fake_file){head, BYTES("package.json"), bytes_of(given->package)};
	if (given->version)
		files[facts->file_count++] = (struct fake_file){head, BYTES("VERSION"), bytes_of(given->version)};
	facts->files = files;
	facts->files_unknown = given->unknown;
	c->severity = SEVERITY_ENFORCE;
	c->policy = policy;
	c->facts = facts;
	if (!c->rule->judge(c, &findings))
		return NULL;
	buffer_add(&said, BYTES(""));
	for (const struct finding *f = findings.first; f; f = f->next) {
		buffer_printf(&said, "%s%.*s\n", f->severity == SEVERITY_UNDECIDED ? "undecided: " : "",
			      BYTES_ARG(f->found));
		assert_true(f->origin.line >= 5);
	}
	return buffer_bytes(&said).data;
}

static void expect(const struct given *given, const char *said)
{
	if (!said != !given->says || (said && strcmp(said, given->says) != 0))
		fail_msg("%s with %s says:\n%s\nwanted:\n%s", given->ref, given->version, said ? said : "cannot tell",
			 given->says ? given->says : "cannot tell");
}

static void tags(void **state)
{
	static const struct given cases[] = {
		{.ref = "v1.2.0", .version = "1.2.0\n", .says = ""},
		{.ref = "v1.2.0", .version = "v1.2.0", .says = ""},
		{.ref = "v1.2.0", .version = "the version\n\n  1.2.0\t\r\n9.9.9\n", .says = ""},
		{.ref = "v1.2.0", .version = "1.1.9\n1.2.0\n", .says = "VERSION says \"1.1.9\"\n"},
		{.ref = "v1.2.0", .version = "1.2.0-rc1\n", .says = "no line of VERSION states a version\n"},
		{.ref = "v1.2.0", .version = "01.2.0\n", .says = "VERSION says \"01.2.0\"\n"},
		{.ref = "v1.2.0", .version = "", .says = "no line of VERSION states a version\n"},
		{.ref = "v1.2.0", .version = "caf\xe9\n1.2.0\n", .says = ""},
		{.ref = "v1.2.0", .says = "there is no VERSION\n"},
		{.ref = "v1.2.0", .unknown = true},
		/* a section that does not ask */
		{.ref = "nightly", .says = ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct facts facts = {.target_answer = ANSWER_YES,
				      .target = {.type = OBJECT_TAG, .peeled = OBJECT_COMMIT, .commit = head}};
		struct update update = {.ref = bytes_printf(memory.arena, "refs/tags/%s", cases[i].ref), .new = other};
		struct rule_case c = {.rule = &rule_version_tag, .update = &update};

		c.section = section_find(policy, update.ref);
		c.setting = section_setting(c.section, "version-file");
		expect(&cases[i], put(&c, &facts, &cases[i]));
	}
}

static void tags_of_no_commit(void **state)
{
	struct facts facts = {.target_answer = ANSWER_YES, .target = {.type = OBJECT_BLOB, .peeled = OBJECT_BLOB}};
	struct update update = {.ref = BYTES("refs/tags/v1.2.0"), .new = head};
	struct rule_case c = {.rule = &rule_version_tag, .update = &update};
	struct given given = {.ref = "v1.2.0", .says = "it names no commit whose files could say the version\n"};

	(void)state;
	c.section = section_find(policy, update.ref);
	c.setting = section_setting(c.section, "version-file");
	expect(&given, put(&c, &facts, &given));
	facts.target_answer = ANSWER_UNKNOWN;
	given.says = NULL;
	expect(&given, put(&c, &facts, &given));
	update.kind = UPDATE_DELETE;
	given.says = "";
	expect(&given, put(&c, &facts, &given));
	/* the same key in [branch] is about what lands */
	update = (struct update){.ref = BYTES("refs/heads/release/v1.2.0"), .new = head};
	c.section = section_find(policy, update.ref);
	c.setting = section_setting(c.section, "version-file");
	assert_non_null(c.setting);
	expect(&given, put(&c, &facts, &given));
}

static void landings(void **state)
{
	static const struct given cases[] = {
		{.ref = "release/v1.2.0",
		 .package = "{\n  \"version\": \"1.2.0\",\n}\n",
		 .version = "1.2.0",
		 .says = ""},
		{.ref = "release/v1.2.0", .package = "\"version\": \"1.2.0\"", .version = "1.2.0\n", .says = ""},
		{.ref = "release/v1.2.0",
		 .package = "{\n  \"min_version\": \"1.2.0\",\n}\n",
		 .version = "1.2.1",
		 .says = "no line of package.json states a version\nVERSION says \"1.2.1\"\n"},
		{.ref = "release/v1.2.0",
		 .package = "\"version\": \"1.2.0\"",
		 .version = "1.2.0 # now",
		 .says = "VERSION says \"1.2.0 # now\"\n"},
		{.ref = "release/v1.2.0", .version = "1.2.0", .says = "there is no package.json\n"},
		{.ref = "release/v1.2.0", .unknown = true},
		{.ref = "hotfix/a", .says = ""},
		{.ref = "develop", .says = ""},
		{.ref = "nobody/governs", .says = ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct facts facts = {0};
		struct update update = {.ref = BYTES("refs/heads/main"), .name = BYTES("main"), .new = other};
		const struct landing_source sources[] = {
			{.ref = BYTES("refs/heads/develop"), .tip = head},
			{.ref = bytes_printf(memory.arena, "refs/heads/%s", cases[i].ref), .tip = head},
		};
		const struct landing landing = {
			.method = LANDING_MERGE, .head = head, .to = other, .sources = sources, .source_count = 2};
		struct rule_case c = {.rule = &rule_version_file, .update = &update, .landing = &landing};

		c.section = section_find(policy, update.ref);
		expect(&cases[i], put(&c, &facts, &cases[i]));
	}
}

/* An expression that takes too long says nothing either way; nor does a line that is too long for it. */
static void limits(void **state)
{
	static const char text[] = HEAD "[tag \"v{semver}\"]\nversion-file = VERSION (a+a+)+b\n";
	struct memory slow = memory_new(text, NULL);
	struct policy *loaded = memory_load(&slow), *kept = policy;
	struct facts facts = {.target_answer = ANSWER_YES, .target = {.peeled = OBJECT_COMMIT, .commit = head}};
	struct update update = {.ref = BYTES("refs/tags/v1.2.0"), .new = head};
	struct rule_case c = {.rule = &rule_version_tag, .update = &update};
	const struct given given = {
		.ref = "v1.2.0",
		.version = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaacb",
		.says = "undecided: comparing VERSION with the policy's expression takes too long\n",
	};

	(void)state;
	assert_non_null(loaded);
	policy = loaded;
	c.section = section_find(policy, update.ref);
	c.setting = section_setting(c.section, "version-file");
	expect(&given, put(&c, &facts, &given));
	policy = kept;
	arena_free(slow.arena);
}

static void faults(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{"[branch \"release/*\"]\nversion-file = a b",
		 "5:16 the name release/* tells no version (wanted: a name with one {semver} and nothing else that "
		 "varies: v{semver})\n"},
		{"[branch \"release/v1.0.0\"]\nversion-file = a b",
		 "5:16 the name release/v1.0.0 tells no version (wanted: a name with one {semver} and nothing else "
		 "that varies: v{semver})\n"},
		{"[tag \"v{semver}\"]\nversion-file = VERSION",
		 "5:23 no expression after the path (wanted: a path and an expression for the line that states the "
		 "version: package.json \"version\": \"(.*)\",?)\n"},
		{"[tag \"v{semver}\"]\nversion-file = VERSION (",
		 "5:25 not a regular expression: missing closing parenthesis\n"},
		{"[branch]\nversion-file = VERSION (.*)\n[branch \"main\"]\n[branch \"release/v{semver}\"]", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct memory bad = memory_new(bytes_printf(memory.arena, HEAD "%s\n", cases[i].text).data, NULL);

		if (!memory_load(&bad) != !!cases[i].says)
			fail_msg("%s", cases[i].text);
		if (cases[i].says)
			assert_string_equal(memory_said(&bad, true), cases[i].says);
		arena_free(bad.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags),	    cmocka_unit_test(tags_of_no_commit),
		cmocka_unit_test(landings), cmocka_unit_test(limits),
		cmocka_unit_test(faults),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
