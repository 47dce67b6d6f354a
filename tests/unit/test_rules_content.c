/* test_rules_content: paths, sizes, names that differ in case alone, and as whom containers run. */
#include "memory_policy.h"

#include <stdio.h>
#include <string.h>

#include "fake_facts.h"
#include "rules/rules.h"

#define GIB ((size_t)1 << 30)

static const struct oid commit_id = {{0xcc}}, parents[2] = {{{0xaa}}, {{0xbb}}};

/* What a commit adds: files, links and submodules, with their content. */
struct given {
	const char *path;
	const char *content;
	unsigned mode; /* 0: a regular file */
	const char *says;
	bool unknown; /* the content cannot be read */
};

static struct memory memory;
static struct policy *policy;

static struct policy *load(const char *text)
{
	memory = memory_new(text, NULL);
	policy = memory_load(&memory);
	if (!policy)
		fail_msg("%s", memory_said(&memory, true));
	return policy;
}

/* All that a rule says, one finding a line; NULL: it could not tell. */
static const char *judge(const struct rule *rule, struct facts *facts, const struct added *added, size_t count,
			 bool whole, size_t parent_count)
{
	static struct oid links[2];
	struct commit commit = {.id = commit_id, .parents = links, .parent_count = parent_count};
	struct update update = {.ref = BYTES("refs/heads/main"), .name = BYTES("main"), .new = commit_id};
	struct findings findings = {.arena = memory.arena};
	struct buffer said = {.arena = memory.arena};
	const struct rule_case c = {.rule = rule,
				    .severity = SEVERITY_ENFORCE,
				    .policy = policy,
				    .update = &update,
				    .commit = &commit,
				    .added = added,
				    .added_count = count,
				    .whole = whole,
				    .facts = facts};

	memcpy(links, parents, sizeof(links));
	if (!rule->judge(&c, &findings))
		return NULL;
	buffer_add(&said, BYTES(""));
	for (const struct finding *f = findings.first; f; f = f->next)
		buffer_printf(&said, "%.*s\n", BYTES_ARG(f->found));
	return buffer_bytes(&said).data;
}

static void expect(const char *name, const char *said, const char *wanted)
{
	if (!said != !wanted || (said && strcmp(said, wanted) != 0))
		fail_msg("%s says:\n%s\nwanted:\n%s", name, said ? said : "cannot tell",
			 wanted ? wanted : "cannot tell");
}

/* Puts each file to the rule, alone. */
static void run(const struct rule *rule, const struct given *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct given *given = &cases[i];
		struct fake_blob blob = {{{1}}, bytes_of(given->content ? given->content : "")};
		struct facts facts = {.blobs = &blob, .blob_count = given->unknown ? 0 : 1};
		const struct added added = {bytes_of(given->path), given->mode ? given->mode : 0100644, blob.id};

		expect(given->path, judge(rule, &facts, &added, 1, false, 1), given->says);
	}
}

static void paths_denied(void **state)
{
	static const struct given cases[] = {
		{.path = "a.txt", .says = ""},
		{.path = "dump.sql", .says = "dump.sql may not be here\n"},
		{.path = "db/deep/dump.sql", .says = "db/deep/dump.sql may not be here\n"},
		{.path = "dump.sql.md", .says = ""},
		{.path = "dump.sql/readme", .says = "dump.sql/readme may not be here\n"},
		{.path = "key.pem", .says = "key.pem may not be here\n"},
		{.path = "a/b/key.pem", .says = "a/b/key.pem may not be here\n"},
		{.path = "node_modules/x/y", .says = "node_modules/x/y may not be here\n"},
		{.path = "web/node_modules/x", .says = "web/node_modules/x may not be here\n"},
		{.path = "node_modules", .says = ""},
		{.path = "build/out", .says = "build/out may not be here\n"},
		{.path = "src/build/out", .says = ""},
		{.path = "docs/private/x", .says = "docs/private/x may not be here\n"},
		{.path = "docs/a/b/private/x", .says = "docs/a/b/private/x may not be here\n"},
		{.path = ".env", .says = ".env may not be here\n"},
		{.path = ".env.example", .says = ""},
		{.path = "a.key", .says = "a.key may not be here\n"},
		{.path = "a/b.key", .says = "a/b.key may not be here\n"},
		{.path = "sub.sql", .mode = 0160000, .says = "sub.sql may not be here\n"},
		{.path = "0123456789012345678901234567890",
		 .says = "0123456789012345678901234567890: a path of 31 bytes\n"},
		{.path = "012345678901234567890123456789", .says = ""},
	};

	(void)state;
	load(HEAD "[content]\npaths-deny = *.sql **/*.pem node_modules/\n  /build docs/**/private .env **.key\n"
		  "path-max = 30\n");
	run(&rule_paths, cases, COUNT(cases));
	arena_free(memory.arena);
}

static void names_that_mislead(void **state)
{
	static const struct given cases[] = {
		{.path = "README.md", .says = ""},
		{.path = ".gitignore", .says = ""},
		{.path = "a/.gitattributes", .says = ""},
		{.path = "lib", .mode = 0160000, .says = ""},
		{.path = "a/.Git/config",
		 .says = "a/.Git/config: the name \".Git\" is taken for .git by git or by some file system\n"},
		{.path = "git~1",
		 .says = "git~1: the name \"git~1\" is taken for .git by git or by some file system\n"},
		{.path = "a./b", .says = "a./b: the name \"a.\" ends in a dot or a blank, which Windows drops\n"},
		{.path = "a\\b", .says = "a\\b: the name \"a\\b\" holds a backslash, which divides names on Windows\n"},
		{.path = "a\nb", .says = "a\nb: the name \"a\nb\" holds a control character or an invisible one\n"},
		{.path = "\xff",
		 .says = "\xff: the name \"\xff\" is not UTF-8; file systems differ in what they make of that\n"},
		{.path = "../a", .says = "../a: the name \"..\" is no name\n"},
		{.path = "a//b", .says = "a//b: the name \"\" is no name\n"},
		{.path = ".gitignore",
		 .content = "b",
		 .mode = 0120000,
		 .says = ".gitignore: the name \".gitignore\" is one of git's own files, and must be a regular one\n"},
		{.path = ".gitmodules/a",
		 .says = ".gitmodules/a: the name \".gitmodules\" is one of git's own files, and must be a regular "
			 "one\n"},
	};

	(void)state;
	load(HEAD);
	run(&rule_paths, cases, COUNT(cases));
	arena_free(memory.arena);
}

static void links_and_modules(void **state)
{
	static const struct given cases[] = {
		{.path = "a/l", .content = "../b", .mode = 0120000, .says = ""},
		{.path = "a/l",
		 .content = "../../b",
		 .mode = 0120000,
		 .says = "a/l is a link: its target \"../../b\" leaves the tree\n"},
		{.path = "l",
		 .content = "/etc",
		 .mode = 0120000,
		 .says = "l is a link: its target \"/etc\" is absolute: it leads to another place on every machine\n"},
		{.path = "l", .content = "/etc", .says = ""},
		{.path = "l", .mode = 0120000, .unknown = true},
		{.path = ".gitmodules", .content = "[submodule \"x\"]\n\turl = ../x\n", .says = ""},
		{.path = ".gitmodules",
		 .content = "[submodule \"x\"]\n\turl = -x\n",
		 .says = ".gitmodules, line 2: \"url = -x\" would be read as an option\n"},
		{.path = "sub/.gitmodules",
		 .content = "?",
		 .says = "sub/.gitmodules, line 1: it cannot be read as git reads it\n"},
		{.path = ".gitmodules", .unknown = true},
	};
	struct fake_blob blob = {{{1}}, {NULL, GIB}};
	struct facts facts = {.blobs = &blob, .blob_count = 1};
	struct added added = {BYTES(".gitmodules"), 0100644, blob.id};

	(void)state;
	load(HEAD);
	run(&rule_paths, cases, COUNT(cases));
	expect("large", judge(&rule_paths, &facts, &added, 1, false, 1), ".gitmodules is larger than 1 MiB\n");
	added = (struct added){BYTES("l"), 0120000, blob.id};
	expect("long", judge(&rule_paths, &facts, &added, 1, false, 1),
	       "l is a link: its target \"\" is longer than any path\n");
	arena_free(memory.arena);
}

static void sizes(void **state)
{
	static const struct {
		size_t size;
		const char *says;
	} cases[] = {
		{0, ""},
		{10485760, ""},
		{10485761, "a has 10.1 MiB\n"},
		{GIB, "a has 1.0 GiB\n"},
		{(size_t)-1 >> 1, "a has 8589934592.0 GiB\n"},
	};

	(void)state;
	load(HEAD "[content]\nfile-max = 10M\n");
	for (size_t i = 0; i < COUNT(cases); i++) {
		/* nobody reads what is not there */
		struct fake_blob blob = {{{1}}, {NULL, cases[i].size}};
		struct facts facts = {.blobs = &blob, .blob_count = 1};
		const struct added added = {BYTES("a"), 0100644, blob.id};
		const struct added submodule = {BYTES("a"), 0160000, blob.id};

		expect("size", judge(&rule_size, &facts, &added, 1, false, 1), cases[i].says);
		expect("submodule", judge(&rule_size, &facts, &submodule, 1, false, 1), "");
		facts.blob_count = 0;
		expect("missing", judge(&rule_size, &facts, &added, 1, false, 1), NULL);
	}
	arena_free(memory.arena);
}

static void sizes_by_unit(void **state)
{
	static const struct {
		const char *value, *says;
	} cases[] = {
		{"2k", "a has 2.1 KiB\n"}, {"2048", "a has 2.1 KiB\n"}, {"2049", ""}, {"3k", ""},
		{"1", "a has 2.1 KiB\n"},
	};
	struct fake_blob blob = {{{1}}, {NULL, 2049}};
	struct facts facts = {.blobs = &blob, .blob_count = 1};
	const struct added added = {BYTES("a"), 0100644, blob.id};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[100];

		snprintf(text, sizeof(text), HEAD "[content]\nfile-max = %s\n", cases[i].value);
		load(text);
		expect(cases[i].value, judge(&rule_size, &facts, &added, 1, false, 1), cases[i].says);
		arena_free(memory.arena);
	}
	load(HEAD);
	expect("unset", judge(&rule_size, &facts, &added, 1, false, 1), "");
	arena_free(memory.arena);
}

/* What the tree of the commit has, and those of its parents; all that is not in a parent is added. */
struct collision {
	const char *paths[5];
	const char *before[2][4];
	size_t parent_count;
	bool whole;
	bool unknown;
	bool unreadable;
	const char *says;
};

static void add_entry(struct facts *facts, struct fake_entry *entries, struct oid commit, const char *path)
{
	struct bytes name = bytes_of(path);
	bool folder = bytes_ends(name, BYTES("/"));

	entries[facts->entry_count++] = (struct fake_entry){
		.commit = commit,
		.path = bytes_first(name, name.len - folder),
		.mode = folder ? 0040000 : 0100644,
		.id = {{folder ? commit.id[0] : 1}},
	};
}

static void collide(const struct collision *given)
{
	struct fake_entry entries[16];
	struct added added[5];
	struct facts facts = {
		.entries = entries, .entries_unknown = given->unknown, .names_unknown = given->unreadable};
	size_t count = 0;

	for (size_t i = 0; i < 5 && given->paths[i]; i++) {
		bool old = false;

		add_entry(&facts, entries, commit_id, given->paths[i]);
		for (size_t k = 0; k < 8; k++)
			old |= given->before[k / 4][k % 4] && !strcmp(given->before[k / 4][k % 4], given->paths[i]);
		if (entries[i].mode == 0100644 && (!old || given->whole))
			added[count++] = (struct added){entries[i].path, 0100644, entries[i].id};
	}
	for (size_t k = 0; k < 8; k++)
		if (given->before[k / 4][k % 4])
			add_entry(&facts, entries, parents[k / 4], given->before[k / 4][k % 4]);
	expect(given->paths[0], judge(&rule_case_collisions, &facts, added, count, given->whole, given->parent_count),
	       given->says);
}

static void collisions(void **state)
{
	static const struct collision cases[] = {
		{.paths = {"a", "b"}, .says = ""},
		{.paths = {"A", "a"}, .says = "A and a differ in case alone\n"},
		{.paths = {"A", "a"}, .before = {{"a"}}, .parent_count = 1, .says = "A and a differ in case alone\n"},
		{.paths = {"Docs/", "Docs/a", "docs/", "docs/b"},
		 .before = {{"docs/", "docs/b"}},
		 .parent_count = 1,
		 .says = "Docs and docs differ in case alone\n"},
		{.paths = {"x/", "x/a", "X"}, .says = "x and X differ in case alone\n"},
		{.paths = {"d/", "d/README", "d/Readme", "d/readme"},
		 .says = "d/README and d/Readme differ in case alone\nd/README and d/readme differ in case alone\n"},
		{.paths = {"d/", "d/a", "e/", "e/A"}, .says = ""},
		/* beyond ASCII, and what is no UTF-8 */
		{.paths = {"GR\xc3\x9cN", "gr\xc3\xbcn"}, .says = "GR\xc3\x9cN and gr\xc3\xbcn differ in case alone\n"},
		{.paths = {"gr\xc3\xbcn", "gr\xc3\xb6n"}, .says = ""},
		{.paths = {"A\xff", "a\xff"}, .says = "A\xff and a\xff differ in case alone\n"},
		{.paths = {"a\xdf", "a\xff"}, .says = ""},
		/* what was there is not asked about, but in what is deployed */
		{.paths = {"A", "a", "b"}, .before = {{"A", "a"}}, .parent_count = 1, .says = ""},
		{.paths = {"A", "a"},
		 .before = {{"A", "a"}},
		 .parent_count = 1,
		 .whole = true,
		 .says = "A and a differ in case alone\n"},
		{.paths = {"A", "a"}, .before = {{"A", "a"}, {"a"}}, .parent_count = 2, .says = ""},
		/* a merge that adds nothing itself */
		{.paths = {"A", "a"},
		 .before = {{"A"}, {"a"}},
		 .parent_count = 2,
		 .says = "A and a differ in case alone\n"},
		{.paths = {"d/", "d/A", "d/a"},
		 .before = {{"d/", "d/A"}, {"d/", "d/a"}},
		 .parent_count = 2,
		 .says = "d/A and d/a differ in case alone\n"},
		{.paths = {"A", "a"}, .unknown = true},
		{.paths = {"A", "a"}, .unreadable = true},
	};

	(void)state;
	load(HEAD);
	for (size_t i = 0; i < COUNT(cases); i++)
		collide(&cases[i]);
	arena_free(memory.arena);
}

static void containers(void **state)
{
	static const struct given cases[] = {
		{.path = "Dockerfile", .content = "FROM a\nUSER app\n", .says = ""},
		{.path = "README", .content = "FROM a\n", .says = ""},
		{.path = "docker/api.Dockerfile", .content = "FROM a\nUSER 10001\n", .says = ""},
		{.path = "Dockerfile.dockerignore", .content = "*\n", .says = ""},
		{.path = "Dockerfile", .mode = 0160000, .says = ""},
		{.path = "Dockerfile",
		 .content = "FROM a\nUSER root\n",
		 .says = "Dockerfile, line 2: the container runs as root\n"},
		{.path = "a/Containerfile",
		 .content = "FROM a\nRUN x\n",
		 .says = "a/Containerfile, line 1: the last stage has no USER, and runs as whom its base image says, "
			 "mostly root\n"},
		{.path = "Dockerfile.prod",
		 .content = "FROM a\nUSER $U\n",
		 .says = "Dockerfile.prod, line 2: nobody can tell who that is: a variable in it has no value in the "
			 "file, or one that a build may change (ARG)\n"},
		{.path = "Dockerfile",
		 .content = "hello\n",
		 .says = "Dockerfile, line 1: only ARG may stand before the first FROM\n"},
		{.path = "Dockerfile", .content = "docker/Dockerfile.x", .mode = 0120000, .says = ""},
		{.path = "Dockerfile",
		 .content = "docker/prod",
		 .mode = 0120000,
		 .says = "Dockerfile is a link to what is not named like a Dockerfile\n"},
		{.path = "Dockerfile", .unknown = true},
	};
	struct fake_blob blob = {{{1}}, {NULL, GIB}};
	struct facts facts = {.blobs = &blob, .blob_count = 1};
	const struct added added = {BYTES("Dockerfile"), 0100644, blob.id};

	(void)state;
	load(HEAD);
	run(&rule_container_user, cases, COUNT(cases));
	expect("large", judge(&rule_container_user, &facts, &added, 1, false, 1),
	       "Dockerfile is too large to be read as a Dockerfile\n");
	arena_free(memory.arena);
}

/* How the commit is made again. */
static void fixes(void **state)
{
	struct oid tip = commit_id, parent = parents[0];
	struct commit commit = {.id = commit_id, .parents = &parent, .parent_count = 1};
	struct update update = {.ref = BYTES("refs/heads/main"), .name = BYTES("main"), .new = tip};
	const struct added added = {BYTES("it's.sql"), 0100644, {{1}}};
	struct facts facts = {0};
	struct rule_case c = {.rule = &rule_paths,
			      .update = &update,
			      .commit = &commit,
			      .added = &added,
			      .added_count = 1,
			      .facts = &facts};
	struct findings findings;

	(void)state;
	c.policy = load(HEAD "[content]\npaths-deny = *.md *.sql\n");
	findings = (struct findings){.arena = memory.arena};
	assert_true(c.rule->judge(&c, &findings));
	assert_string_equal(findings.first->fix.data, "git rm --cached 'it'\\''s.sql' && git commit --amend");
	assert_string_equal(findings.first->wanted.data, "no file that *.sql matches");
	assert_int_equal(findings.first->origin.line, 5);
	update.new = parent;
	assert_true(c.rule->judge(&c, &findings));
	assert_string_equal(
		findings.last->fix.data,
		"git rebase -i cc00000^, mark cc00000 \"edit\", then: git rm --cached 'it'\\''s.sql' && git "
		"commit --amend && git rebase --continue");
	c.whole = true;
	assert_true(c.rule->judge(&c, &findings));
	assert_string_equal(findings.last->fix.data, "git rm --cached 'it'\\''s.sql', commit, and deploy that");
	/* the text of a tag */
	c.commit = NULL;
	c.added_count = 0;
	assert_true(rule_paths.judge(&c, &findings) && rule_size.judge(&c, &findings) &&
		    rule_case_collisions.judge(&c, &findings) && rule_container_user.judge(&c, &findings));
	arena_free(memory.arena);
}

static void settings_are_checked(void **state)
{
	static const struct {
		const char *line, *says;
	} cases[] = {
		{"file-max = 10m",
		 "5:12 file-max cannot be \"10m\" (wanted: a whole number of bytes, not 0, or of k, M or G (1024 each "
		 "time): 500k 10M 1G)\n"},
		{"file-max = 0", "5:12 file-max cannot be \"0\" (wanted: a whole number of bytes, not 0, or of k, M or "
				 "G (1024 each time): 500k 10M 1G)\n"},
		{"file-max = 99999999999G",
		 "5:12 file-max cannot be \"99999999999G\" (wanted: a whole number of bytes, not 0, or of k, M or G "
		 "(1024 each time): 500k 10M 1G)\n"},
		{"paths-deny = *.a !b", "5:18 \"!b\": there is no \"!\"; a path that one pattern denies is denied\n"},
		{"paths-deny = a[bc]", "5:14 \"a[bc]\": there are no [ ] ranges; a bracket is written \\[\n"},
		{"path-max = 0", "5:12 path-max cannot be \"0\" (wanted: a whole number from 1 to 4096)\n"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[100];

		snprintf(text, sizeof(text), HEAD "[content]\n%s\n", cases[i].line);
		memory = memory_new(text, NULL);
		assert_null(memory_load(&memory));
		expect(cases[i].line, memory_said(&memory, true), cases[i].says);
		arena_free(memory.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_denied),		cmocka_unit_test(names_that_mislead),
		cmocka_unit_test(links_and_modules),	cmocka_unit_test(sizes),
		cmocka_unit_test(sizes_by_unit),	cmocka_unit_test(collisions),
		cmocka_unit_test(containers),		cmocka_unit_test(fixes),
		cmocka_unit_test(settings_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
