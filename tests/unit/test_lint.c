/* test_lint: each thing a policy can say in vain, and the nearest thing that is not in vain. */
#include "memory_policy.h"

#include "lint.h"

#define IDENTITY "[identity]\nenv = GIT_POLICY_USER\n"

static const struct {
	const char *policy; /* after HEAD and a user alice, before an identity: from line 5 on */
	const char *said;
} cases[] = {
	{"[branch \"**\"]\n", ""},
	{"[branch \"a/*\"]\n[branch \"a/b\"]\n", ""},
	{"[branch \"a/**\"]\n[branch \"a/b/*\"]\n",
	 "6:0 never governs a ref: \"a/**\" (policy.ini:5) takes them all\n"},
	{"[branch \"a/*\"]\n[branch \"a/b/*\"]\n", ""},
	{"[tag \"**\"]\n[branch \"**\"]\n", ""},
	{"[group \"g\"]\n[branch \"**\"]\n", "5:0 nobody is in this group\n"},
	{"[group \"g\"]\n[branch \"**\"]\npush = @g\n", "5:0 nobody is in this group\n7:0 push lists nobody\n"},
	{"[group \"g\"]\n[branch \"**\"]\npush = @g alice\n", "5:0 nobody is in this group\n"},
	{"[branch \"x\"]\napprovals = 1 alice\n", ""},
	{"[branch \"x\"]\napprovals = 1 alice\n  2 alice\n", "7:0 asks for 2 of 1 people: nothing gets through\n"},
	{"[group \"g\"]\nmembers = alice\n[branch \"x\"]\napprovals = 2 @g alice\n",
	 "8:0 asks for 2 of 1 people: nothing gets through\n"},
	{"[group \"g\"]\n[branch \"x\"]\napprovals = 1 @g\n",
	 "5:0 nobody is in this group\n7:0 asks for 1 of 0 people: nothing gets through\n"},
	{"[tag \"v1\"]\n[branch]\nrewrite = deny\ncontent = paths\n",
	 "6:0 gives defaults to sections that are not there\n"},
	{"[branch]\nrewrite = deny\n", "1:0 speaks of no refs: it judges messages and content only\n"
				       "5:0 gives defaults to sections that are not there\n"},
	{"[branch]\ncontent = paths\n[tag]\ncommits = warn\n",
	 "1:0 speaks of no refs: it judges messages and content only\n"},
	{"[deploy]\n[branch \"x\"]\n", "5:0 gives defaults to sections that are not there\n"},
	{"[deploy]\n[deploy \"a/b\"]\n[deploy \"a/*\"]\n", ""},
	{"[deploy \"a/*\"]\non = main\n[branch \"main\"]\n", "5:0 a rollback, too, is asked for `on` here\n"},
	{"[deploy \"a/*\"]\nwindow = 2025-06-15T02:15Z/2025-06-15T03:50Z\n", ""},
	{"[deploy \"a/rollback\"]\nwindow = 2025-06-15T02:15Z/2025-06-15T03:50Z\n",
	 "6:0 window is never asked: a rollback may come at any hour\n"},
	{"[deploy \"a/*\"]\n[deploy \"a/b*\"]\n", "6:0 never governs a ref: \"a/*\" (policy.ini:5) takes them all\n"},
	{"[branch \"x\"]\ncontent = size\n", "1:0 size looks for nothing: no file-max says how large a file may be\n"},
	{"[branch \"x\"]\ncontent = size\n[content]\npath-max = 9\n",
	 "7:0 size looks for nothing: no file-max says how large a file may be\n"
	 "8:0 path-max is for paths, which no section looks for\n"},
	{"[branch \"x\"]\ncontent = size paths\n[content]\npath-max = 9\nfile-max = 9k\n", ""},
	{"[branch]\ncontent = size\n[branch \"x\"]\ncontent = paths\n[content]\nfile-max = 9k\n",
	 "10:0 file-max is for size, which no section looks for\n"},
	{"[branch \"x\"]\n[severity]\npaths = warn\n", "7:0 no section has paths\n"},
	{"[branch \"x\"]\ncontent = paths\n[severity]\npaths = warn\n", ""},
	{"[branch \"x\"]\ncontent = paths\n[severity]\npaths = off\n", "8:0 paths is set, but switched off here\n"},
	{"[tag \"v*\"]\non = mane\n[deploy \"a/b\"]\non = main\n[branch \"main\"]\n",
	 "6:0 on names mane, which no section governs\n"},
	{"[branch]\n[branch \"**\"]\n", ""},
	{"[branch \"x\"]\n[audit]\nfile = a\nrequired = yes\n", ""},
	{"[branch \"x\"]\n[audit]\nsyslog = yes\n", ""},
	{"[branch \"x\"]\ntrigger = t\n[trigger \"t\"]\nrun = /t\n", "7:0 how triggers end is told nowhere\n"},
	{"[branch \"x\"]\ntrigger = t\n[trigger \"t\"]\nrun = /t\n[audit]\nfile = a\n", ""},
	{"[branch \"x\"]\n[audit]\nsyslog = no\n", "6:0 an audit that is written nowhere\n"},
	{"[commit]\nheader-max = 72\n", "1:0 speaks of no refs: it judges messages and content only\n"},
	{"[branch \"x\"]\ncreate-from = main\ndelete = merged main x\n",
	 "6:0 create-from names main, which no section governs\n7:0 delete names main, which no section governs\n"},
	{"[branch \"x\"]\nowes = mane x\n", "6:0 owes names mane, which no section governs\n"},
	{"[branch \"x\"]\nsoak = 3d on x\nsoak-exempt = x\n", ""},
	{"[branch \"x\"]\nsoak = 3d on stagin\nsoak-exempt = x hotfx/*\n",
	 "6:0 soak names stagin, which no section governs\n7:0 soak-exempt names hotfx/*, which no section governs\n"},
	{"[branch \"main\"]\naccept = featur/* by squash\n  bugfix/x fix/* from mane main\n[branch "
	 "\"feature/{slug}\"]\n"
	 "[branch \"fix/**\"]\n[tag \"featur/*\"]\n",
	 "6:0 accept names featur/*, which no section governs\n7:0 accept names bugfix/x, which no section governs\n"
	 "7:0 accept names mane, which no section governs\n"},
	{"[branch]\naccept = mai*\n[branch \"main\"]\naccept = ma* feature/* feat* feature/a {user}/a\n"
	 "[branch \"feature/{slug}\"]\n[branch \"users/{user}\"]\nmatch = {user}/*\n",
	 ""},
	{"[branch \"main\"]\naccept = *x\n", "6:0 accept names *x, which no section governs\n"},
	{"[branch \"**\"]\naccept = feature/* fix/a\nowes = main\n", ""},
	{"[branch \"Main\"]\n[branch \"main\"]\n",
	 "6:0 lets nothing in, nor does \"Main\" (policy.ini:5): they differ in letter case only\n"},
	{"[branch \"Main\"]\n[tag \"main\"]\n[branch \"mai*\"]\n", ""},
	{"[branch \"x\"]\ncreate-from = x\ndelete = deny\n", ""},
	{"[branch \"x\"]\n[severity]\nrewrite = warn\n", "7:0 no section has rewrite\n"},
	{"[branch \"x*\"]\nrewrite = deny\n[severity]\nrewrite = warn\n", ""},
	{"[branch \"x*\"]\nrewrite = deny\n[severity]\nrewrite = off\n", "8:0 rewrite is set, but switched off here\n"},
	{"[branch \"x\"]\ncommits = off\n[commit]\nheader-max = 72\n",
	 "7:0 judges nothing: commits = off in every section\n"},
	{"[branch \"x\"]\n[commit]\nsubject-case-allow = HTTP # and more\n",
	 "7:0 the # and what follows is part of the value\n"},
	{"[branch \"x\"]\n[commit]\nfooter = Refs #[0-9]+\n", ""},
	{"[branch \"x\"]\nrewrite = deny\n", "5:0 rewrite = deny holds nobody who may delete it and create it again\n"},
	{"[branch \"x\"]\nrewrite = deny\ndelete = allow\n",
	 "5:0 rewrite = deny holds nobody who may delete it and create it again\n"},
	{"[branch]\nrewrite = deny\n[branch \"x\"]\n",
	 "7:0 rewrite = deny holds nobody who may delete it and create it again\n"},
	{"[branch]\nrewrite = deny\ndelete = deny\n[branch \"x\"]\n", ""},
	{"[branch \"x\"]\nrewrite = deny\ndelete = merged x\n", ""},
	{"[branch \"x\"]\nrewrite = allow\n", ""},
	{"[tag \"v{semver}\"]\nmove = deny\n", "5:0 move = deny holds nobody who may delete it and create it again\n"},
	{"[branch \"x\"]\n[tag \"v*\"]\nmove = deny\ndelete = merged x\n",
	 "6:0 move = deny holds nobody who may delete it and create it again\n"},
	{"[tag \"v*\"]\nmove = deny\ndelete = deny\n", ""},
	{"[branch \"main\"]\nname = feature/.+\n", "5:0 lets nothing in: name = feature/.+ does not match main\n"},
	{"[branch \"main\"]\nname = ma.n\n", ""},
	{"[branch \"x*\"]\nname = y.+\n", ""},
	{"[branch]\nname = x.*\n[tag \"v1\"]\n[branch \"v1\"]\n",
	 "8:0 lets nothing in: name = x.* does not match v1\n"},
	{"[branch \"x\"]\n[severity]\nobject = enforce\n", "7:0 object does that without this line\n"},
	{"[branch \"x\"]\n[commit]\nsubject-mood = imperative\n[severity]\nsubject-mood = warn\n",
	 "9:0 subject-mood does that without this line\n"},
	{"[branch \"x\"]\n[commit]\nsubject-mood = imperative\n[severity]\nsubject-mood = enforce\n", ""},
	{"[branch \"x\"]\ncommits = warn\n[commit]\nsubject-mood = imperative\n[severity]\nsubject-mood = enforce\n",
	 "10:0 changes nothing: no section takes commits that seriously\n"},
	{"[branch \"x\"]\ncommits = warn\n[commit]\nheader-max = 72\n[severity]\nheader-max = warn\n",
	 "10:0 changes nothing: no section takes commits that seriously\n"},
	{"[branch \"x\"]\ncommits = warn\n[commit]\nheader-max = 72\n[severity]\nheader-max = off\n",
	 "10:0 header-max is set, but switched off here\n"},
	{"[branch \"x\"]\nchecks = ci\n",
	 "6:0 nobody may report ci: nobody is in @ci, and [check \"ci\"] has no push\n"},
	{"[branch \"x\"]\nchecks = ci\n[group \"ci\"]\n[check \"lint\"]\npush = alice\n",
	 "7:0 nobody is in this group\n6:0 nobody may report ci: nobody is in @ci, and [check \"ci\"] has no push\n"},
	{"[branch \"x\"]\nchecks = ci\n[group \"ci\"]\nmembers = alice\n", ""},
	{"[branch \"x\"]\nchecks = ci\n[check \"ci\"]\npush = alice\n", ""},
	{"[branch \"x\"]\nchecks = ci\n[check]\npush = alice\n", ""},
	{"[branch \"x\"]\nchecks = ci\n[group \"g\"]\n[check \"ci\"]\npush = @g\n",
	 "7:0 nobody is in this group\n9:0 push lists nobody\n"},
	{"[branch \"x\"]\nsigned = required\n[tag \"v*\"]\nsigned = required\n[severity]\nsigned = enforce\n",
	 "6:0 nobody's signature counts: [identity] has no signers\n"
	 "8:0 nobody's signature counts: [identity] has no signers\n10:0 signed does that without this line\n"},
	{"[branch \"x\"]\n[commit]\nsigned = required\n", "7:0 nobody's signature counts: [identity] has no signers\n"},
	{"[branch \"x\"]\nrewrite = grant\n", "6:0 rewrite waits for grants that nobody may give\n"},
	{"[branch]\ngrant = alice\n[branch \"x\"]\nrewrite = grant earlier-tip\n", ""},
	{"[tag \"x\"]\ncommits = enforce\n[branch \"x\"]\ncommits = warn\n[commit]\nheader-max = 72\n"
	 "[severity]\nheader-max = warn\n",
	 ""},
};

static void lint_alone(struct policy *policy, struct findings *findings)
{
	const struct layers layers = {
		.policy = {policy}, .count = 1, .people = &policy->people, .identity = policy->identity};

	lint_policy(policy, &layers, findings);
}

static void warnings(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct memory memory = memory_new(NULL, NULL);

		memory.policy = bytes_printf(memory.arena, HEAD "[user \"alice\"]\n%s" IDENTITY, cases[i].policy).data;
		struct policy *loaded = memory_load(&memory);

		if (!loaded)
			fail_msg("%s: %s", cases[i].policy, memory_said(&memory, true));
		lint_alone(loaded, &memory.findings);
		assert_string_equal(memory_said(&memory, false), cases[i].said);
		for (const struct finding *f = memory.findings.first; f; f = f->next) {
			assert_int_equal(f->severity, SEVERITY_WARN);
			assert_true(f->fix.len > 0);
		}
		arena_free(memory.arena);
	}
}

/* Who gets through, without an identity beside the users. */
static const struct {
	const char *policy; /* from line 4 on */
	const char *said;
} people[] = {
	{"[branch \"**\"]\n", "1:0 names no users: only push = anyone lets somebody through\n"},
	{"[branch \"**\"]\n[user \"alice\"]\n",
	 "1:0 no [identity] env: nobody can be told apart, so nobody may push\n"},
	{"[branch \"**\"]\n[commit]\nauthor = pusher\n",
	 "1:0 no [identity] env: nobody can be told apart, so nobody may push\n"
	 "1:0 names no users: only push = anyone lets somebody through\n"},
	{"[branch \"**\"]\n[commit]\nauthor = known\n",
	 "1:0 names no users: only push = anyone lets somebody through\n"},
	{"[user \"alice\"]\n", "1:0 speaks of no refs: it judges messages and content only\n"},
};

static void strangers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(people); i++) {
		struct memory memory = memory_new(NULL, NULL);

		memory.policy = bytes_printf(memory.arena, HEAD "%s", people[i].policy).data;
		struct policy *loaded = memory_load(&memory);

		assert_non_null(loaded);
		lint_alone(loaded, &memory.findings);
		assert_string_equal(memory_said(&memory, false), people[i].said);
		arena_free(memory.arena);
	}
}

/* What one layer leaves to the other is no fault of it. */
static void layered(void **state)
{
	struct memory host = memory_new(HEAD "[user \"alice\"]\n", NULL);
	struct memory own = memory_new(HEAD "[branch \"**\"]\n" IDENTITY, NULL);
	struct policy *first = memory_load(&host), *second = memory_load(&own);
	struct layers layers = {
		.policy = {first, second}, .count = 2, .people = &first->people, .identity = second->identity};

	(void)state;
	lint_policy(first, &layers, &host.findings);
	lint_policy(second, &layers, &own.findings);
	assert_string_equal(memory_said(&host, false), "");
	assert_string_equal(memory_said(&own, false), "");
	layers.identity = NULL;
	lint_policy(first, &layers, &host.findings);
	lint_policy(second, &layers, &own.findings);
	assert_string_equal(memory_said(&host, false),
			    "1:0 no [identity] env: nobody can be told apart, so nobody may push\n");
	assert_string_equal(memory_said(&own, false), "");
	arena_free(host.arena);
	arena_free(own.arena);
}

#define KEY "AAAAC3NzaC1lZDI1NTE5AAAAIGc8fTOQpSPtq4rPyGUVmFbiaJzOOmjBsHTWjXRlQd5q"

/* A list of signers, where alice and alice@example.org are one user. */
static const struct {
	const char *list;
	const char *said;
} signers[] = {
	{"alice@example.org ssh-ed25519 " KEY "\n", ""},
	{"# keys\n\n  alice ssh-ed25519 " KEY " at home\n", ""},
	{"alice,ALICE@example.org valid-after=\"20200101\",namespaces=\"git, or\" ssh-ed25519 " KEY "\n", ""},
	{"\"alice,alice@example.org\" sk-ssh-ed25519@openssh.com " KEY "\r\n", ""},
	{"", "0:0 people.ini lists no keys\n"},
	{"# nobody\n", "1:0 people.ini lists no keys\n"},
	{"ssh-ed25519 " KEY " alice@example.org\n", "1:0 lists nobody's key: ssh-keygen passes over this line\n"},
	{"alice ssh-ed25519 " KEY "\nalice\nnoise and more noise\n",
	 "2:0 lists nobody's key: ssh-keygen passes over this line\n"
	 "3:0 lists nobody's key: ssh-keygen passes over this line\n"},
	{"alice ssh-ed25519 BBBB" KEY "\n", "1:0 lists nobody's key: ssh-keygen passes over this line\n"},
	{"alice,bob,*@example.org ssh-ed25519 " KEY "\n",
	 "1:0 bob is no user: what this key signs does not count\n"
	 "1:0 *@example.org is no user: what this key signs does not count\n"},
};

static void keys_of_signers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(signers); i++) {
		struct memory memory = memory_new(HEAD "[user \"alice\"]\nemail = alice@example.org\n"
						       "[branch \"**\"]\n" IDENTITY "signers = people.ini\n",
						  signers[i].list);
		struct policy *loaded = memory_load(&memory);

		assert_non_null(loaded);
		lint_alone(loaded, &memory.findings);
		assert_string_equal(memory_said(&memory, false), signers[i].said);
		for (const struct finding *f = memory.findings.first; f; f = f->next) {
			assert_true(bytes_equal(f->origin.file, BYTES("people.ini")));
			assert_true(f->fix.len > 0);
		}
		arena_free(memory.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(warnings),
		cmocka_unit_test(strangers),
		cmocka_unit_test(layered),
		cmocka_unit_test(keys_of_signers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
