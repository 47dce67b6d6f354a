/* test_rules_secrets: what is told of a secret and what never is; what a commit keeps, what is allowed, and what cannot
 * be told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_facts.h"
#include "planted.h"
#include "rules/rules.h"
#include "secretscan.h"

#define FORM "ghp_<w36>"

static const struct oid tip = {{0xaa}}, parent = {{0xbb}}, other = {{0xcc}}, blob = {{0x01}}, before = {{0x02}};
static const char *const commit_text = "tree aa00000000000000000000000000000000000000\n"
				       "parent bb00000000000000000000000000000000000000\n"
				       "parent cc00000000000000000000000000000000000000\n"
				       "author A <a@b.c> 1 +0000\ncommitter A <a@b.c> 1 +0000\n\nfix: it\n";

/* A commit with one file. */
struct world {
	struct arena *arena;
	struct bytes token;
	struct facts facts;
	struct fake_blob blobs[2];
	struct fake_entry entry;
	struct added added;
	struct policy policy;
	struct section content;
	struct setting allow;
	struct update update;
	struct commit commit;
	struct rule_case c;
	struct findings findings;
};

static void world_make(struct world *w)
{
	struct object_problem problem;

	*w = (struct world){.arena = arena_new()};
	w->token = planted(w->arena, FORM, 1, '\0', 1);
	w->blobs[0] = (struct fake_blob){blob, bytes_printf(w->arena, "a\n\ntoken %.*s\n", BYTES_ARG(w->token))};
	w->blobs[1] = (struct fake_blob){before, BYTES("a\n")};
	w->facts.blobs = w->blobs;
	w->facts.blob_count = 2;
	w->entry = (struct fake_entry){other, BYTES("conf/a"), 0100644, before};
	w->facts.entries = &w->entry;
	w->facts.entry_count = 1;
	w->facts.changed = ANSWER_YES;
	w->added = (struct added){BYTES("conf/a"), 0100644, blob};
	w->policy.secrets = secretscan_new(w->arena);
	w->update = (struct update){.ref = BYTES("refs/heads/main"), .name = BYTES("main"), .new = tip};
	assert_true(commit_parse(w->arena, bytes_of(commit_text), &w->commit, &problem));
	w->commit.id = tip;
	w->findings.arena = w->arena;
	w->c = (struct rule_case){
		.rule = &rule_secrets,
		.severity = SEVERITY_ENFORCE,
		.policy = &w->policy,
		.update = &w->update,
		.commit = &w->commit,
		.added = &w->added,
		.added_count = 1,
		.text = BYTES("fix: it\n"),
		.facts = &w->facts,
	};
}

/* Judges; what is said must hold all of `said` and none of the token; NULL: nothing is said. */
static void expect(struct world *w, const char *name, const char *said, const char *fix)
{
	w->findings = (struct findings){.arena = w->arena};
	assert_true(rule_secrets.judge(&w->c, &w->findings));
	const struct finding *first = w->findings.first;

	if (!said != !first || (first && !bytes_contains(first->found, bytes_of(said))))
		fail_msg("%s: %.*s", name, BYTES_ARG(first ? first->found : BYTES("-")));
	if (first && fix && !bytes_contains(first->fix, bytes_of(fix)))
		fail_msg("%s: fix: %.*s", name, BYTES_ARG(first->fix));
	for (const struct finding *f = first; f; f = f->next) {
		struct bytes part = bytes_first(bytes_from(w->token, 4), 8);

		if (bytes_contains(f->found, part) || bytes_contains(f->fix, part) || bytes_contains(f->wanted, part) ||
		    f->source.len)
			fail_msg("%s: the secret is shown: %.*s", name, BYTES_ARG(f->found));
	}
}

static const char *fingerprint(struct world *w, struct bytes secret)
{
	struct oid id = facts_hash(&w->facts, secret);

	return bytes_first(bytes_copy(w->arena, bytes_first(bytes_of(oid_hex(&id).text), 16)), 16).data;
}

static void files(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	expect(&w, "a file", "conf/a, line 3: a token of GitHub (github-token), fingerprint ",
	       "take it out of conf/a, git add conf/a && git commit --amend");
	expect(&w, "its fingerprint", fingerprint(&w, w.token), NULL);
	w.commit.id = before;
	expect(&w, "below the tip", "conf/a, line 3", "git rebase -i 0200000^");
	w.commit.id = tip;
	w.added.mode = 0120000;
	expect(&w, "a link", "conf/a, line 3", NULL);
	w.added.mode = 0160000;
	expect(&w, "a submodule", NULL, NULL);
	w.added.mode = 0100755;
	w.blobs[0].content = BYTES("LOG_LEVEL=INFO\n");
	expect(&w, "nothing", NULL, NULL);
	arena_free(w.arena);
}

/* One parent that has it is enough; a deploy asks nobody. */
static void kept(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	w.blobs[1].content = bytes_printf(w.arena, "old\nx\ny\n%.*s", BYTES_ARG(w.token));
	expect(&w, "moved within its file", NULL, NULL);
	w.c.whole = true;
	expect(&w, "deployed", "conf/a, line 3", "deploy");
	w.c.whole = false;
	w.entry.path = BYTES("conf/b");
	expect(&w, "moved to another file", "conf/a, line 3", NULL);
	w.facts.changed_paths = &w.entry.path;
	w.facts.changed_count = 1;
	expect(&w, "its file renamed", NULL, NULL);
	w.entry.id = blob;
	expect(&w, "its file renamed as it was", NULL, NULL);
	w.entry.id = before;
	struct fake_entry copied[] = {w.entry, {tip, BYTES("conf/b"), 0100644, before}};

	w.facts.entries = copied;
	w.facts.entry_count = 2;
	expect(&w, "copied from a file that stays", "conf/a, line 3", NULL);
	w.facts.entries = &w.entry;
	w.facts.entry_count = 1;
	w.entry = (struct fake_entry){parent, BYTES("conf/a"), 0160000, before};
	expect(&w, "was a submodule", "conf/a, line 3", NULL);
	w.entry.mode = 0100644;
	w.blobs[1].content = bytes_first(w.blobs[1].content, w.blobs[1].content.len - 1);
	expect(&w, "was another", "conf/a, line 3", NULL);
	arena_free(w.arena);
}

static void allowed(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	struct bytes words[] = {BYTES("0123456789abcdef"), bytes_of(fingerprint(&w, w.token))};

	w.allow = (struct setting){.key = &rule_secrets.keys[1], .words = words, .word_count = 2};
	w.content = (struct section){.kind = SECTION_CONTENT, .settings = &w.allow};
	w.policy.content = &w.content;
	expect(&w, "allowed", NULL, NULL);
	w.allow.word_count = 1;
	expect(&w, "another is allowed", "conf/a, line 3", NULL);
	arena_free(w.arena);
}

static void texts_and_paths(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	w.blobs[0].content = BYTES("a\n");
	w.c.text = bytes_printf(w.arena, "fix: it\n\nwith %.*s\n", BYTES_ARG(w.token));
	expect(&w, "a message", "a token of GitHub (github-token), fingerprint ", "git commit --amend");
	assert_int_equal(w.findings.first->line, 3);
	w.c.commit = NULL;
	w.c.added_count = 0;
	expect(&w, "a tag's message", "a token of GitHub", "git tag -f -a main main^{}");
	w.update.ref = BYTES("refs/checks/aa/tests");
	expect(&w, "a record's", "a token of GitHub", "git policy report");
	w.update.ref = BYTES("refs/heads/main");
	w.c.commit = &w.commit;
	w.c.added_count = 1;
	w.c.text = BYTES("");
	w.added.path = bytes_printf(w.arena, "logs/%.*s.txt", BYTES_ARG(w.token));
	w.added.mode = 0160000;
	expect(&w, "a path", "the name of logs/[...].txt: a token of GitHub", "git mv");
	w.added.mode = 0100644;
	w.blobs[0].content = w.token;
	expect(&w, "a path, and what is in it", "the name of logs/[...].txt", NULL);
	assert_true(bytes_contains(w.findings.last->found, BYTES("logs/[...].txt, line 1")));
	w.entry = (struct fake_entry){parent, w.added.path, 0100644, blob};
	expect(&w, "both were there", NULL, NULL);
	arena_free(w.arena);
}

static void at_most(void **state)
{
	struct world w;
	struct buffer many = {0};

	(void)state;
	world_make(&w);
	many.arena = w.arena;
	for (unsigned i = 1; i <= 30; i++)
		buffer_printf(&many, "%.*s\n", BYTES_ARG(planted(w.arena, FORM, i, '\0', 1)));
	w.blobs[0].content = buffer_bytes(&many);
	expect(&w, "many", "conf/a, line 1", NULL);
	assert_int_equal(w.findings.count, 21);
	assert_true(bytes_contains(w.findings.last->found, BYTES("no more was looked for")));
	/* What is kept does not count, so nothing hides behind it. */
	w.blobs[1].content = bytes_first(w.blobs[0].content, w.blobs[0].content.len - 41);
	expect(&w, "the last is new", "conf/a, line 30", NULL);
	assert_int_equal(w.findings.count, 1);
	arena_free(w.arena);
}

static void cannot_tell(void **state)
{
	struct findings errors = {0};
	struct world w;

	(void)state;
	world_make(&w);
	w.facts.entries_unknown = true;
	assert_false(rule_secrets.judge(&w.c, &w.findings));
	w.facts.entries_unknown = false;
	w.added.id = parent;
	assert_false(rule_secrets.judge(&w.c, &w.findings));
	w.added.id = blob;
	w.blobs[0].content.len = ((size_t)64 << 20) + 1; /* nobody reads it */
	expect(&w, "large", "conf/a is larger than 64 MiB", "file-max");
	assert_int_equal(w.findings.first->severity, SEVERITY_UNDECIDED);
	w.c.severity = SEVERITY_WARN;
	expect(&w, "large, and no matter", "conf/a is larger than 64 MiB", "file-max");
	assert_int_equal(w.findings.first->severity, SEVERITY_WARN);
	w.c.severity = SEVERITY_ENFORCE;
	errors.arena = w.arena;
	w.policy.secrets = secretscan_new(w.arena);
	assert_true(secretscan_add(w.policy.secrets,
				   BYTES("[rule \"slow\"]\nwhat = a\nkeywords = slow\nregex = (a+)+$\n"),
				   BYTES("a.ini"), &errors));
	w.blobs[0].content = BYTES("slow aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!");
	expect(&w, "slow", "conf/a takes too long", NULL);
	assert_int_equal(w.findings.first->severity, SEVERITY_UNDECIDED);
	arena_free(w.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files),	   cmocka_unit_test(kept),
		cmocka_unit_test(allowed),	   cmocka_unit_test(at_most),
		cmocka_unit_test(texts_and_paths), cmocka_unit_test(cannot_tell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
