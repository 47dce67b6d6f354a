/* test_landings: every way to see what a push lands, over histories that git itself made. */
#include "landingworld.h"

static const char *landings_of(struct world *w, const struct policy *policy, enum landing_look look)
{
	struct buffer out = {.arena = w->memory.arena};
	struct update update = update_of(w, "refs/heads/main");
	const struct section *section = section_find(policy, update.ref);
	const struct landing *landings;
	size_t count, length;
	enum answer answer = facts_landings(w->facts, policy, section, &update, look, &landings, &count, &length);

	buffer_add(&out, BYTES(""));
	if (answer != ANSWER_YES)
		return answer == ANSWER_NO ? "no" : facts_reason(w->facts);
	for (size_t i = 0; i < count; i++)
		render(w, &landings[i], &out);
	buffer_printf(&out, "%zu", length);
	return buffer_bytes(&out).data;
}

static void expect_examples(const struct example *examples, size_t count, enum landing_look look)
{
	for (size_t i = 0; i < count; i++) {
		struct world w;

		world_make(&w, &examples[i]);
		const struct policy *policy = memory_load(&w.memory);

		if (!policy)
			fail_msg("%s: %s", examples[i].name, memory_said(&w.memory, false));
		const char *found = landings_of(&w, policy, look);

		if (strcmp(found, examples[i].expected) != 0)
			fail_msg("%s: found\n%s\ninstead of\n%s", examples[i].name, found, examples[i].expected);
		assert_string_equal(landings_of(&w, policy, look), found);
		world_end(&w);
	}
}

static void one_head_lands_by_every_method(void **state)
{
	static const struct example examples[] = {
		{"fast-forward", OPEN, FIX "git tag new fix/x",
		 "0-1 direct f1\n0-2 fast-forward f2 from fix/x\n0-2 rebase f2 from fix/x\n1-2 direct f2\n2"},
		{"merge", OPEN, FIX AHEAD "new push\nmerge m fix/x\n" END, "0-1 merge f2 from fix/x\n0-1 direct m\n1"},
		{"merge of what contains the target", OPEN, FIX "new push\nmerge m fix/x\n" END,
		 "0-1 merge f2 from fix/x\n0-1 direct m\n1"},
		{"squash", OPEN, FIX AHEAD "new push\nsquash s fix/x\n" END,
		 "0-1 squash f2 from fix/x\n0-1 direct s\n1"},
		{"squash of what contains the target", OPEN, FIX "new push\nsquash s fix/x\n" END,
		 "0-1 squash f2 from fix/x\n0-1 direct s\n1"},
		{"rebase", OPEN, FIX AHEAD "new push\npick r 'f1 f2'\n" END,
		 "0-1 direct ?\n0-2 rebase f2 from fix/x\n1-2 direct r\n2"},
		{"rebase of one commit", OPEN, "new fix/x\nput f 1\nci f1\nto main\n" AHEAD "new push\npick r f1\n" END,
		 "0-1 squash f1 from fix/x\n0-1 rebase f1 from fix/x\n0-1 direct r\n1"},
		{"rebase of five", OPEN,
		 "new fix/x\nput f 1\nci f1\nput g 1\nci f2\nci f3\nput f 2\nci f4\nput a "
		 "'1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\nx\\n'"
		 "\nci f5\nto main\nput a 'x\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\\n'\nci ahead\n"
		 "new push\npick r 'f1 f2 f3 f4 f5'\n" END,
		 "0-1 direct ?\n1-2 direct ? nearly f5\n2-3 direct ? nothing nearly f5\n3-4 direct ? nearly f5\n4-5 "
		 "squash f5 "
		 "from fix/x\n0-5 rebase f5 from fix/x\n4-5 direct r\n5"},
		{"rebase with an empty commit at its end", OPEN,
		 "new fix/x\nput f 1\nci f1\nci f2\nto main\n" AHEAD "new push\npick r 'f1 f2'\n" END,
		 "0-1 squash f2 from fix/x\n0-1 direct ?\n0-2 rebase f2 from fix/x\n1-2 direct r nothing\n2"},
		{"reworded", OPEN,
		 FIX "new push\npick r1 f1\ntick\ngit commit -q --amend -m reworded\ngit tag r2\n"
		     "pick r3 f2\n" END,
		 "0-1 direct r2\n0-2 rebase f2 from fix/x\n1-2 direct r3\n2"},
		{"partly reworded", OPEN,
		 FIX "new push f1\npick r f2\ntick\ngit commit -q --amend -m reworded\ngit tag -f r >/dev/null\n" END,
		 "0-1 direct f1\n1-2 squash f2 from fix/x\n1-2 rebase f2 from fix/x\n0-2 rebase f2 from fix/x\n1-2 "
		 "direct r\n2"},
		{"reworded at its end", OPEN,
		 "new fix/x\nput f 1\nci f1\nput f 2\nci f2\nput f 3\nci f3\nto main\nnew push f2\npick r f3\ntick\n"
		 "git commit -q --amend -m reworded\ngit tag -f r >/dev/null\n" END,
		 "0-1 direct f1\n1-2 direct f2\n2-3 squash f3 from fix/x\n2-3 rebase f3 from fix/x\n1-3 rebase f3 from "
		 "fix/x\n0-3 rebase f3 from fix/x\n2-3 direct r\n3"},
		{"partly reworded, the rest empty", OPEN,
		 "new fix/x\nput f 1\nci f1\nci f2\nto main\nnew push f1\nci r\n" END,
		 "0-1 squash f2 from fix/x\n0-1 direct f1\n0-2 rebase f2 from fix/x\n1-2 direct r nothing\n2"},
		{"revert", OPEN,
		 FIX "put c c\nci c1\nput d d\nci d1\nnew push\ntick\ngit revert --no-edit c1 >/dev/null\n"
		     "git tag r\n" END,
		 "0-1 revert r of c1\n0-1 direct r\n1"},
		{"revert of what the push brings", OPEN,
		 "new push\nput c c\nci c1\nput d d\nci d1\ntick\ngit revert --no-edit c1 >/dev/null\ngit tag r\n" END,
		 "0-1 direct c1\n1-2 direct d1\n2-3 direct r\n3"},
		{"direct", OPEN, FIX "new push\nput c c\nci d1\nput f 1\nci d2\n" END,
		 "0-1 direct d1\n1-2 direct d2\n2"},
		{"nothing new", OPEN, "git tag new main", "0"},
		{"the same head twice", OPEN,
		 "new fix/x\nput f f\nci f1\nto main\nnew push\nsquash s fix/x\ntick\ngit revert --no-edit s "
		 ">/dev/null\ngit tag r\nsquash s2 fix/x\n" END,
		 "0-1 squash f1 from fix/x\n0-1 rebase f1 from fix/x\n0-1 direct s\n1-2 direct r\n"
		 "2-3 squash f1 from fix/x again\n2-3 rebase f1 from fix/x again\n2-3 direct s2\n3"},
		{"the same head squashed, then merged", OPEN, FIX AHEAD "new push\nsquash s fix/x\nmerge m fix/x\n" END,
		 "0-1 squash f2 from fix/x\n0-1 direct s\n1-2 merge f2 from fix/x again\n1-2 direct m\n2"},
		{"an empty commit", OPEN, FIX "new push\nci e\n" END, "0-1 direct e nothing\n1"},
		{"all at once", OPEN,
		 "new one\nput one 1\nci o1\nput one 2\nci o2\nto main\nnew two\nput two 1\nci t1\nto main\n"
		 "new three\nput three 1\nci h1\nput three 2\nci h2\nto main\nnew four\nput four 4\nci u1\nto main\n"
		 "new push\nsquash s one\nmerge m two\npick r 'h1 h2'\nput five 5\nci d\nsquash s2 four\n" END,
		 "0-1 squash o2 from one\n0-1 direct s\n1-2 merge t1 from two\n1-2 direct m\n2-3 direct ?\n2-4 rebase "
		 "h2 from three\n3-4 direct r\n4-5 direct d\n5-6 squash u1 from four\n5-6 rebase u1 from four\n5-6 "
		 "direct s2\n6"},
	};

	(void)state;
	expect_examples(examples, COUNT(examples), LOOK_ALL);
}

static void merges_are_proved(void **state)
{
	static const struct example examples[] = {
		{"criss-cross", OPEN,
		 "new fix/x\nput f 1\nci f1\nto main\nput c c\nci c1\nto fix/x\nmerge fm c1\nto main\nmerge mm f1\n"
		 "put c cc\nci c2\nto fix/x\nput f ff\nci f2\nto main\nnew push\nmerge m fix/x\n" END,
		 "0-1 merge f2 from fix/x\n0-1 direct m\n1"},
		{"octopus", OPEN,
		 FIX "new fix/y\nput y y\nci y1\nto main\n" AHEAD
		     "new push\ntick\ngit merge -q -m o fix/x fix/y >/dev/null\ngit tag o\n" END,
		 "0-1 direct o\n1"},
		{"unrelated histories", OPEN,
		 "git checkout -q --orphan fix/x\ngit rm -qrf .\nput z z\nci z1\nto main\nnew push\ntick\n"
		 "git merge -q --allow-unrelated-histories -m m fix/x >/dev/null\ngit tag m\n" END,
		 "0-1 merge z1 from fix/x\n0-1 direct m\n1"},
		{"the old value is the second parent", OPEN, FIX AHEAD "to fix/x\nmerge m main\ngit tag new\nto main\n",
		 "0-1 fast-forward m from fix/x\n0-1 direct m\n1"},
		{"the old value is the second parent of nobody's", OPEN,
		 FIX AHEAD "to --detach fix/x\nmerge m main\ngit tag new\nto main\n", "0-1 direct m\n1"},
		{"ours", OPEN, FIX AHEAD "new push\ntick\ngit merge -q -s ours -m m fix/x\ngit tag m\n" END,
		 "0-1 direct m nearly f2\n1"},
		{"evil", OPEN,
		 FIX AHEAD "new push\nmerge m fix/x\nput evil evil\ntick\ngit commit -q --amend -m evil\n"
			   "git tag -f m >/dev/null\n" END,
		 "0-1 direct m nearly f2\n1"},
		{"evil, of what contains the target", OPEN,
		 FIX "new push\nmerge m fix/x\nput evil evil\ntick\ngit commit -q --amend -m evil\n"
		     "git tag -f m >/dev/null\n" END,
		 "0-1 direct m nearly f2\n1"},
		{"conflict", OPEN,
		 FIX "put b conflict\nci ahead\nnew push\ntick\ngit merge fix/x >/dev/null || :\n"
		     "put b both\nci m\n" END,
		 "0-1 direct m nearly f2 doubt\n1"},
		{"a squash in conflict", OPEN,
		 FIX "put b conflict\nci ahead\nnew push\ntick\ngit merge --squash fix/x >/dev/null || :\n"
		     "put b both\nci s\n" END,
		 "0-1 direct s nearly f2\n1"},
		{"what has landed before", OPEN,
		 FIX "merge first fix/x\nnew push\ntick\n"
		     "git update-ref HEAD $(git commit-tree -p HEAD -p f2 -m m HEAD^{tree})\ngit tag m\n" END,
		 "0-1 merge f2 from fix/x\n0-1 direct m\n1"},
		{"what has landed by squash", OPEN,
		 FIX "squash first fix/x\nput c c\nci c1\nnew push\nmerge m fix/x\n" END,
		 "0-1 merge f2 from fix/x\n0-1 direct m\n1"},
		{"one parent twice", OPEN,
		 FIX
		 "new push\nput f 3\ntick\n"
		 "git update-ref HEAD $(git cat-file commit HEAD | sed 's/^tree .*/&\\nparent '$(git rev-parse HEAD)"
		 "'\\nparent '$(git rev-parse f1)'/' | git hash-object -t commit -w --stdin)\ngit tag m\n" END,
		 "0-1 direct m nearly f1\n1"},
		{"a renamed file", OPEN,
		 "new fix/x\ngit mv a moved\nci f1\nto main\nput a 'x\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\\n'\nci ahead\n"
		 "new push\nsquash s fix/x\n" END,
		 "0-1 squash f1 from fix/x\n0-1 rebase f1 from fix/x\n0-1 direct s\n1"},
		{"a file renamed on the target", OPEN,
		 "new fix/x\nput a 'x\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\\n'\nci f1\nto main\ngit mv a moved\nci ahead\n"
		 "new push\nsquash s fix/x\n" END,
		 "0-1 squash f1 from fix/x\n0-1 rebase f1 from fix/x\n0-1 direct s\n1"},
	};

	(void)state;
	expect_examples(examples, COUNT(examples), LOOK_ALL);
}

static void heads_come_from_everywhere(void **state)
{
	static const struct example examples[] = {
		{"two branches with one content", OPEN,
		 FIX "new fix/y\nput f 2\nput b bb\nci y1\nto main\n" AHEAD "new push\nsquash s fix/x\n" END,
		 "0-1 squash f2 from fix/x\n0-1 squash y1 from fix/y\n0-1 rebase y1 from fix/y\n0-1 direct s\n1"},
		{"an approved head without a branch", OPEN,
		 FIX AHEAD "approve f2\nnew push\nsquash s fix/x\n" END "git branch -q -D fix/x\n",
		 "0-1 squash f2\n0-1 direct s\n1"},
		{"an approved head that was amended", OPEN,
		 FIX AHEAD "approve f2\nto fix/x\nput f 3\nci f3\nto main\nnew push\nsquash s fix/x\n" END,
		 "0-1 squash f3 from fix/x nearly f2\n0-1 direct s nearly f2\n1"},
		{"an approved head that was rewritten", OPEN,
		 FIX AHEAD "approve f2\nto fix/x\ngit reset -q --hard f1\nput f 3\nci f3\nto main\nwas fix/x f1 f2\n"
			   "was fix/x f2 f3\nnew push\nmerge m fix/x\n" END,
		 "0-1 merge f3 from fix/x nearly f2\n0-1 direct m\n1"},
		{"an approved head that was rewritten, above another that has landed", OPEN,
		 FIX "approve base\napprove f2\nto fix/x\ngit reset -q --hard f1\nput f 3\nci f3\nto main\n"
		     "was fix/x f1 f2\nwas fix/x f2 f3\nnew push\nmerge m fix/x\n" END,
		 "0-1 merge f3 from fix/x nearly f2\n0-1 direct m\n1"},
		{"a squash changed after approval", OPEN,
		 FIX AHEAD
		 "approve f2\nnew push\nsquash s1 fix/x\nput f 3\ntick\ngit commit -q --amend -m s\ngit tag s\n" END,
		 "0-1 direct s nearly f2\n1"},
		{"records of what is no commit", OPEN,
		 FIX AHEAD "git update-ref refs/approvals/heads/main/$(git rev-parse HEAD^{tree})/bob HEAD^{tree}\n"
			   "git update-ref refs/approvals/heads/main/1111111111111111111111111111111111111111/bob f1\n"
			   "new push\nsquash s fix/x\n" END,
		 "0-1 squash f2 from fix/x\n0-1 direct s\n1"},
		{"a branch that is further along", OPEN,
		 FIX AHEAD "to fix/x\nput g g\nci f3\nto main\nnew fix/y f2\nput h h\nci y1\nto main\n"
			   "new push\nmerge m f2\n" END,
		 "0-1 merge f2 from fix/x,fix/y\n0-1 direct m\n1"},
		{"branches that may land", DEV, FIX "new other\nto main\n" AHEAD "new push\nsquash s fix/x\n" END,
		 "0-1 squash f2 from fix/x\n0-1 direct s\n1"},
		{"branches that may not", DEV,
		 "new other\nput f 1\nci f1\nto main\n" AHEAD "new push\nsquash s other\n" END, "0-1 direct s\n1"},
		{"a merge of branches that may not", DEV,
		 "new other\nput f 1\nci f1\nto main\n" AHEAD "new push\nmerge m other\n" END,
		 "0-1 merge f1\n0-1 direct m\n1"},
		{"where a trunk was", DEV,
		 "new dev\nput d 1\nci d1\nput d 2\nci d2\nput d 3\nci d3\nto main\nwas dev base d1\nwas dev d1 d2\n"
		 "was dev d2 d3\ngit tag new d2\n",
		 "0-1 fast-forward d1 from dev\n0-1 rebase d1 from dev\n0-1 squash d1 from dev\n0-1 direct d1\n0-2 "
		 "fast-forward d2 from dev\n0-2 rebase d2 from dev\n1-2 direct d2\n2"},

		{"where a rewritten trunk was", DEV,
		 "new dev\nput d 1\nci d1\nput d 2\nci d2\ngit reset -q --hard d1\nput d 3\nci d3\nto main\n"
		 "was dev base d1\nwas dev d1 d2\nwas dev d2 d3\ngit tag new d2\n",
		 "0-1 fast-forward d1 from dev\n0-1 rebase d1 from dev\n0-1 squash d1 from dev\n0-1 direct d1\n0-2 "
		 "fast-forward d2 from dev once\n0-2 rebase d2 from dev once\n1-2 direct d2\n2"},

		{"where other branches were", DEV,
		 "new fix/x\nput d 1\nci d1\nput d 2\nci d2\nto main\nwas fix/x base d1\nwas fix/x d1 d2\n"
		 "git tag new d1\n",
		 "0-1 direct d1\n1"},
		{"what the trunk brought before", DEV,
		 "new dev\nput d 1\nci d1\nto main\ngit merge -q --ff-only dev\nto dev\nput d 2\nci d2\nto main\n"
		 "was dev base d1\nwas dev d1 d2\nnew push\nmerge m dev\n" END,
		 "0-1 merge d2 from dev\n0-1 direct m\n1"},
	};

	(void)state;
	expect_examples(examples, COUNT(examples), LOOK_ALL);
}

/* Only what the first, cheap look finds. */
static void the_whole_move_is_looked_at_first(void **state)
{
	static const struct example examples[] = {
		{"fast-forward", OPEN, FIX "git tag new fix/x", "0-2 fast-forward f2 from fix/x\n2"},
		{"to an approved head", OPEN, FIX "approve f2\ngit tag new f2\ngit branch -q -D fix/x",
		 "0-2 fast-forward f2\n2"},
		{"to nobody's", OPEN, FIX "git tag new f1", "1"},
		{"merge", OPEN, FIX "new push\nmerge m fix/x\n" END, "1"},
		{"the old value is the second parent", OPEN, FIX AHEAD "to fix/x\nmerge m main\ngit tag new\nto main\n",
		 "0-1 fast-forward m from fix/x\n1"},
		{"nothing new", OPEN, "git tag new main", "0"},
		{"what is no commit", OPEN, "git tag new main^{tree}", "no"},
	};

	(void)state;
	expect_examples(examples, COUNT(examples), LOOK_WHOLE);
}

/* Heads that only approvals speak of come last. */
static void branches_are_looked_at_before_records(void **state)
{
	static const struct example examples[] = {
		{"an approved head without a branch", OPEN,
		 FIX AHEAD "approve f2\nnew push\nsquash s fix/x\n" END "git branch -q -D fix/x\n", "0-1 direct s\n1"},
		{"an approved head with one", OPEN, FIX AHEAD "approve f2\nnew push\nsquash s fix/x\n" END,
		 "0-1 squash f2 from fix/x\n0-1 direct s\n1"},
	};

	(void)state;
	expect_examples(examples, COUNT(examples), LOOK_BRANCHES);
}

static void a_long_line_is_only_looked_at_as_a_whole(void **state)
{
	const struct example example = {"a long line", OPEN,
					"for i in $(seq 4097); do printf 'commit refs/heads/fix/x\\ncommitter A <a@x> "
					"%s +0000\\ndata 1\\nx\\n' $i\n"
					"[ $i != 1 ] || printf 'from refs/heads/main^0\\n'\ndone | git fast-import "
					"--quiet\ngit tag new fix/x\n",
					""};
	struct world w;

	(void)state;
	world_make(&w, &example);
	const struct policy *policy = memory_load(&w.memory);

	assert_string_equal(landings_of(&w, policy, LOOK_WHOLE), "0-4097 fast-forward ? from fix/x\n4097");
	assert_true(bytes_contains(bytes_of(landings_of(&w, policy, LOOK_ALL)), BYTES("more than 4096 commits")));
	world_end(&w);
}

static void a_conflict_is_explained(void **state)
{
	const struct example example = {"conflict", OPEN,
					FIX
					"put b conflict\nci ahead\nnew push\ntick\ngit merge fix/x >/dev/null || :\n"
					"put b both\nci m\n" END,
					""};
	struct world w;
	const struct landing *landings;
	size_t count, length;

	(void)state;
	world_make(&w, &example);
	const struct policy *policy = memory_load(&w.memory);
	struct update update = update_of(&w, "refs/heads/main");

	assert_int_equal(facts_landings(w.facts, policy, section_find(policy, update.ref), &update, LOOK_BRANCHES,
					&landings, &count, &length),
			 ANSWER_YES);
	assert_int_equal(count, 1);
	struct oid_hex head = oid_abbrev(&landings->nearly), from = oid_abbrev(&landings->from);

	assert_string_equal(
		landings->doubt,
		bytes_printf(w.memory.arena, "merging %s into %s gives a conflict in b", head.text, from.text).data);
	assert_string_equal(landings->doubt_fix,
			    "git switch fix/x && git merge origin/main, push it, have that head approved");
	world_end(&w);
}

static void what_has_no_old_value_begins_at_a_trunk(void **state)
{
	static const struct example examples[] = {
		{"created on a trunk", TRUNKS, "git branch dev\n" DELETE "git tag new keep\n", "0"},
		{"created beyond a trunk", TRUNKS,
		 "git branch old\n" FIX "git branch dev\nnew push\nput c c\nci c1\n"
		 "merge m fix/x\n" END DELETE,
		 "0-1 direct c1\n1-2 merge f2 from fix/x\n1-2 direct m\n2"},
		{"created from nowhere", TRUNKS,
		 "git branch dev\ngit checkout -q --orphan push\nci c1\ngit tag new\nto main\n" DELETE, "no"},
		{"created without trunks", TRUNKS, "git tag new main\n" DELETE, "no"},
		{"rewritten", TRUNKS, FIX AHEAD "git branch dev base\nnew push base\nmerge m fix/x\n" END,
		 "0-1 merge f2 from fix/x\n0-1 direct m\n1"},
		{"rewritten beyond the old value's own line", TRUNKS,
		 FIX AHEAD "put d d\nci d1\ngit branch dev base\nnew push ahead\nsquash s fix/x\n" END,
		 "0-1 squash f2 from fix/x\n0-1 direct s\n1"},
		{"rewritten to what its own old value would land", TRUNKS,
		 AHEAD "git branch dev base\nnew push base\nsquash s main\n" END, "0-1 direct s\n1"},
		{"set back", TRUNKS, AHEAD "git tag new base\n", "0"},
		{"rewritten from nowhere", TRUNKS, "git checkout -q --orphan push\nci c1\ngit tag new\nto main\n",
		 "no"},
	};

	(void)state;
	expect_examples(examples, COUNT(examples), LOOK_ALL);
}

/* Whether it stands on the new value's own line or not. */
static void a_move_begins_at_its_old_value(void **state)
{
	static const struct example examples[] = {
		{"on the line", OPEN, FIX "git tag new fix/x\n", NULL},
		{"beside it", OPEN, FIX AHEAD "to fix/x\nmerge m main\ngit tag new\nto main\n", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++) {
		struct world w;
		const struct landing *landings;
		size_t count, length;

		world_make(&w, &examples[i]);
		const struct policy *policy = memory_load(&w.memory);
		struct update update = update_of(&w, "refs/heads/main");

		assert_int_equal(facts_landings(w.facts, policy, section_find(policy, update.ref), &update, LOOK_ALL,
						&landings, &count, &length),
				 ANSWER_YES);
		assert_true(oid_equal(&landings->start, &update.old) && oid_equal(&landings->from, &update.old));
		world_end(&w);
	}
}

#define HEADS_MAX 32u
#define LINE_MAX 64u

/* A history made at random, and the heads and the line that are compared one by one. */
struct odds {
	struct world *w;
	struct oid heads[HEADS_MAX];
	size_t head_count;
	struct oid line[LINE_MAX];
	size_t length;
};

/* Branches off anywhere, changing lines of few files; the push lands some of them, by a method each, and adds to them.
 */
static const char random_history[] =
	"seed=%u\nroll() { seed=$(((seed * 1103515245 + 12345) %% 2147483648)); r=$((seed / 65536 %% $1)); }\n"
	"edit() { roll 8; f=$r; roll 9; l=$r; [ -e \"$f\" ] || put $f '0\\n1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\\n'\n"
	"roll 50; sed -i \"$((l + 1))s/.*/$r/\" $f; git add $f; }\n"
	"work() { edit; roll 4; [ $r != 0 ] || edit; n=$((n + 1)); ci c$n; }\n"
	"n=0\nfor i in 1 2 3; do work; done\n"
	"for i in 1 2 3 4 5 6; do roll $n; from=c$((r + 1)); new b$i $from; roll 3; for k in $(seq 0 $r); do work; "
	"done\n"
	"roll 2; [ $r = 0 ] || approve c$n; to main; done\nwork\nnew push\n"
	"for i in 1 2 3 4 5 6; do roll 5; case $r in\n"
	"0) tick; git merge -q --no-ff -m m b$i >/dev/null 2>&1 || git merge --abort 2>/dev/null || :;;\n"
	"1) tick; git merge -q --squash b$i >/dev/null 2>&1 && git commit -q -m s 2>/dev/null || git reset -q "
	"--hard;;\n"
	"2) new r b$i; tick; git rebase -q push >/dev/null 2>&1 || git rebase --abort; git switch -q push\n"
	"if [ \"$(git merge-base r push)\" = \"$(git rev-parse push)\" ]; then git reset -q --hard r; fi\n"
	"git branch -q -D r;;\n3) work;; 4) tick; git commit -q --allow-empty -m e;; esac; done\n"
	"roll 2; [ $r = 0 ] || { edit; tick; git commit -q --amend -m changed; }\nend\n";

static void odds_make(struct odds *odds, struct world *w)
{
	struct bytes rest, line;

	*odds = (struct odds){.w = w};
	fixture_git(&w->f, "rev-parse", "main");
	odds->line[0] = fixture_id(w->f.output);
	fixture_git(&w->f, "for-each-ref", "--format=%(objectname)", "refs/heads/b*", "refs/approvals");
	rest = bytes_of(w->f.output);
	while (bytes_line(&rest, &line)) {
		assert_true(odds->head_count < HEADS_MAX);
		odds->heads[odds->head_count++] = fixture_id(bytes_copy(w->memory.arena, line).data);
	}
	fixture_git(&w->f, "rev-list", "--reverse", "--first-parent", "main..new");
	rest = bytes_of(w->f.output);
	while (bytes_line(&rest, &line))
		odds->line[++odds->length] = fixture_id(bytes_copy(w->memory.arena, line).data);
	assert_true(odds->length < LINE_MAX);
}

static const struct commit *commit_of(struct odds *odds, const struct oid *id)
{
	const struct commit *commit;

	assert_int_equal(facts_commit(odds->w->facts, id, &commit), ANSWER_YES);
	return commit;
}

static bool reaches(struct odds *odds, const struct oid *tip, const struct oid *id)
{
	enum answer answer = facts_descends(odds->w->facts, tip, id);

	assert_int_not_equal(answer, ANSWER_UNKNOWN);
	return answer == ANSWER_YES;
}

/* The definition, word for word, without a thought about what it costs. */
static bool is_squash(struct odds *odds, size_t place, const struct oid *head)
{
	const struct commit *from = commit_of(odds, &odds->line[place - 1]), *to = commit_of(odds, &odds->line[place]);
	struct oids bases = {0};
	struct history *history = history_new(odds->w->memory.arena, odds->w->repo);

	if (to->parent_count != 1 || oid_equal(&from->tree, &to->tree) || reaches(odds, &from->id, head))
		return false;
	assert_int_not_equal(history_bases(history, &from->id, head, &bases), ANSWER_UNKNOWN);
	return repo_is_merge(odds->w->repo, &to->tree, &from->id, head, bases.ids, bases.count) == PROOF_SAME;
}

static bool is_rebase(struct odds *odds, size_t first, size_t last, const struct oid *head)
{
	const struct oid *ids, *expected = head;
	struct oids hidden = {.ids = &odds->line[first], .count = 1};
	size_t count;

	assert_int_equal(facts_outside(odds->w->facts, head, &hidden, &ids, &count), ANSWER_YES);
	if (count != last - first)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct commit *ours = commit_of(odds, &odds->line[last - i]), *theirs = commit_of(odds, &ids[i]);

		if (!oid_equal(expected, &theirs->id) || ours->parent_count != 1 || theirs->parent_count != 1 ||
		    repo_is_applied(odds->w->repo, &ours->tree, &theirs->id, &ours->parents[0]) != PROOF_SAME)
			return false;
		expected = &theirs->parents[0];
	}
	return last - first > 1 ||
	       !oid_equal(&commit_of(odds, &odds->line[first])->tree, &commit_of(odds, &odds->line[last])->tree);
}

static bool has_edge(const struct landing *landings, size_t count, size_t first, size_t last,
		     enum landing_method method, const struct oid *head)
{
	for (size_t i = 0; i < count; i++)
		if (landings[i].first == first && landings[i].last == last && landings[i].method == method &&
		    oid_equal(&landings[i].head, head))
			return true;
	return false;
}

/* Returns how many squashes and rebases there were. */
static size_t compare_all(struct odds *odds, const struct landing *landings, size_t count)
{
	size_t total = 0;

	for (size_t h = 0; h < odds->head_count; h++)
		for (size_t last = 1; last <= odds->length; last++)
			for (size_t first = 0; first < last; first++) {
				const struct oid *head = &odds->heads[h];

				if (oid_equal(head, &odds->line[last]))
					continue;
				bool squash = last - first == 1 && is_squash(odds, last, head);
				bool rebase = is_rebase(odds, first, last, head);

				total += squash + rebase;
				assert_int_equal(has_edge(landings, count, first, last, LANDING_SQUASH, head), squash);
				assert_int_equal(has_edge(landings, count, first, last, LANDING_REBASE, head), rebase);
			}
	return total;
}

static void every_landing_is_found(void **state)
{
	size_t total = 0;

	(void)state;
	for (unsigned seed = 1; seed <= 4; seed++) {
		struct world w;
		struct odds odds;
		struct arena *arena = arena_new();
		const struct example example = {"at random", OPEN, bytes_printf(arena, random_history, seed).data, ""};

		world_make(&w, &example);
		const struct policy *policy = memory_load(&w.memory);
		struct update update = update_of(&w, "refs/heads/main");
		const struct landing *landings;
		size_t count, length;

		odds_make(&odds, &w);
		assert_int_equal(facts_landings(w.facts, policy, section_find(policy, update.ref), &update, LOOK_ALL,
						&landings, &count, &length),
				 ANSWER_YES);
		assert_int_equal(length, odds.length);
		total += compare_all(&odds, landings, count);
		world_end(&w);
		arena_free(arena);
	}
	assert_true(total > 2);
}

#define DELETED "0000000000000000000000000000000000000000"

/* Which branches, and which of their earlier tips. */
static void only_what_may_land_is_looked_at(void **state)
{
	static const struct example examples[] = {
		{"patterns that overlap, and what is beside them",
		 HEAD "[branch \"main\"]\ndirect = deny\naccept = fix/x* fix/x1\n[branch \"fix/*\"]\n",
		 "new fix/x1\nput f 1\nci f1\nto main\nnew fix/z\nput f 1\nci z1\nto main\n" AHEAD
		 "new push\nsquash s fix/x1\n" END,
		 "0-1 squash f1 from fix/x1\n0-1 rebase f1 from fix/x1\n0-1 direct s\n1"},
		{"a trunk that was deleted, or at what is no longer there", DEV,
		 "new dev\nput d 1\nci d1\nput d 2\nci d2\ngit reset -q --hard d1\nput d 3\nci d3\nto main\n"
		 "was dev base d2\necho \"2026-01-01T00:00:00Z ann refs/heads/dev $(git rev-parse d2) " DELETED " -\" "
		 ">>$GIT_DIR/policy/account/refs/heads/dev:log\n"
		 "echo \"2026-01-01T00:00:00Z ann refs/heads/dev " DELETED " 1111111111111111111111111111111111111111 "
		 "-\" >>$GIT_DIR/policy/account/refs/heads/dev:log\nwas dev d1 d3\ngit tag new d2\n",
		 "0-1 direct d1\n0-2 fast-forward d2 from dev once\n0-2 rebase d2 from dev once\n1-2 direct d2\n2"},
		{"a trunk of which nothing is told", DEV,
		 "git branch dev\n" FIX AHEAD "new push\nsquash s fix/x\n" END "rm -rf $GIT_DIR/logs\n",
		 "0-1 squash f2 from fix/x\n0-1 direct s\n1"},
		{"ten thousand tips", DEV,
		 "new dev\nput d 1\nci d1\nput d 2\nci d2\ngit reset -q --hard d1\nput d 3\nci d3\nto main\n"
		 "was dev base d2\nwas dev d2 d1\nwas dev d1 d3\nwas dev d3 "
		 "d1\nlog=$GIT_DIR/policy/account/refs/heads/dev:log\n"
		 "tail -n 2 $log | awk '{ line[NR] = $0 } END { for (i = 0; i < 4998; i++) print line[1] \"\\n\" "
		 "line[2] }' >log\n"
		 "cat log >>$log\nrm log\ngit tag new d2\n",
		 "0-1 fast-forward d1 from dev\n0-1 rebase d1 from dev\n0-1 squash d1 from dev\n0-1 direct d1\n0-2 "
		 "fast-forward d2 from dev once\n0-2 rebase d2 from dev once\n1-2 direct d2\n2"},
		{"not more than ten thousand tips", DEV,
		 "new dev\nput d 1\nci d1\nput d 2\nci d2\ngit reset -q --hard d1\nput d 3\nci d3\nto main\n"
		 "was dev base d2\nwas dev d2 d1\nwas dev d1 d3\nwas dev d3 "
		 "d1\nlog=$GIT_DIR/policy/account/refs/heads/dev:log\n"
		 "tail -n 2 $log | awk '{ line[NR] = $0 } END { for (i = 0; i < 5001; i++) print line[1] \"\\n\" "
		 "line[2] }' >log\n"
		 "cat log >>$log\nrm log\ngit tag new d2\n",
		 "0-1 fast-forward d1 from dev\n0-1 rebase d1 from dev\n0-1 squash d1 from dev\n0-1 direct d1\n1-2 "
		 "direct d2\n2"},
		{"a head with a merge on its line", OPEN,
		 "new fix/y\nput y y\nci y1\nto main\nnew fix/x\nput f f\nci f1\nmerge fm fix/y\ngit branch -q -D "
		 "fix/y\n"
		 "to main\ngit tag new fix/x\n",
		 "0-1 direct f1\n0-2 fast-forward fm from fix/x\n1-2 merge y1\n1-2 direct fm\n2"},
		{"an empty commit where a head ends with a merge", OPEN,
		 "new fix/y\nput y y\nci y1\nto main\nnew fix/x\nput f f\nci f1\nmerge fm fix/y\nto main\nnew push\nci "
		 "e\n" END,
		 "0-1 direct e nothing\n1"},
		{"an empty commit beside an unrelated root", OPEN,
		 "git checkout -q --orphan alone\ngit rm -qrf .\nput z z\nci z1\nto main\nnew push\nci e\n" END,
		 "0-1 direct e nothing\n1"},
		{"where a rewritten trunk was, beyond what landed there", DEV,
		 "new fix/x\nput f 1\nci f1\nto main\nnew dev\nmerge m fix/x\nput d 2\nci d2\ngit reset -q --hard m\n"
		 "put d 3\nci d3\nto main\nwas dev base m\nwas dev m d2\nwas dev d2 d3\ngit tag new d2\n",
		 "0-1 fast-forward m from dev\n0-1 merge f1 from fix/x\n0-1 direct m\n0-2 fast-forward d2 from dev "
		 "once\n"
		 "1-2 fast-forward d2 from dev once\n1-2 rebase d2 from dev once\n1-2 squash d2 from dev once\n"
		 "1-2 direct d2\n2"},
		{"a conflict with nobody's head", DEV,
		 "new other\nput b other\nci o1\nto main\nput b conflict\nci ahead\nnew push\ntick\n"
		 "git merge other >/dev/null || :\nput b both\nci m\n" END,
		 "0-1 direct m nearly o1 doubt\n1"},
		{"two approved heads, neither of which it is", OPEN,
		 FIX "new fix/y\nput f 3\nput b y\nci y1\nto main\napprove f2\napprove y1\n" AHEAD
		     "new push\nput f 9\nput b both\nci s\n" END,
		 "0-1 direct s nearly f2\n1"},
		{"a rebase that begins with a merge", OPEN,
		 "new fix/y\nput y y\nci y1\nto main\nnew fix/x\nput f 1\nci f1\nput f 2\nci f2\nput f 3\nci f3\nto "
		 "main\n" AHEAD
		 "new push\ngit merge -q --squash f1 >/dev/null 2>&1\ngit update-ref HEAD $(git commit-tree "
		 "-p HEAD -p y1 -m m $(git write-tree))\n"
		 "git tag m\npick r 'f2 f3'\n" END,
		 "0-1 direct m nearly y1\n1-2 direct ? nearly f3\n2-3 direct r nearly f3\n3"},
		{"a first-parent line that the old value is nowhere on", OPEN,
		 "git checkout -q --orphan alone\ngit rm -qrf .\nput z z\nci z1\ntick\n"
		 "git merge -q --allow-unrelated-histories -m m main >/dev/null\ngit tag m\ngit tag new\nto main\n"
		 "git branch -q -D alone\n",
		 "0-1 direct m\n1"},
		{"an approved head too far down", OPEN,
		 "new fix/x\nput f 1\nci f1\napprove f1\nfor i in $(seq 300); do printf 'commit refs/heads/fix/x\\n"
		 "committer A <a@x> 1700001000 +0000\\ndata 1\\nx\\n'\n[ $i != 1 ] || printf 'from "
		 "refs/heads/fix/x^0\\n'\n"
		 "done | git fast-import --quiet\nrm -rf $GIT_DIR/logs\ngit reset -q --hard\ngit tag far fix/x\nto "
		 "main\n" AHEAD "new push\nmerge m fix/x\n" END,
		 "0-1 merge far from fix/x\n0-1 direct m\n1"},
		{"an approved head too long ago", OPEN,
		 FIX AHEAD
		 "approve f2\nto fix/x\ngit reset -q --hard f1\nput f 3\nci f3\nto main\nwas fix/x f1 f2\nwas fix/x f2 "
		 "f3\n"
		 "log=$GIT_DIR/policy/account/refs/heads/fix/x:log\nwas fix/x f3 f1\nwas fix/x f1 f3\n"
		 "tail -n 2 $log | awk '{ line[NR] = $0 } END { for (i = 0; i < 150; i++) print line[1] \"\\n\" "
		 "line[2] }' >log\n"
		 "cat log >>$log\nrm log\nnew push\nmerge m fix/x\n" END,
		 "0-1 merge f3 from fix/x\n0-1 direct m\n1"},
		{"a head whose line has a merge", OPEN,
		 "new fix/y\nput y y\nci y1\nto main\nnew fix/x\nput f 1\nci f1\nmerge fm fix/y\nput g g\nci f2\n"
		 "to main\nnew push\nput h h\nci d\npick r f2\n" END,
		 "0-1 direct d\n1-2 direct r\n2"},
		{"a merge that is some branch's", OPEN,
		 "new fix/y\nput y y\nci y1\nto main\nnew fix/x\nmerge fm fix/y\nto main\ngit tag new fix/x\n",
		 "0-1 fast-forward fm from fix/x\n0-1 merge y1 from fix/y\n0-1 direct fm\n1"},
		{"approved heads on the line itself", OPEN,
		 FIX "approve f1\napprove f2\ngit tag new f2\ngit branch -q -D fix/x\n",
		 "0-1 fast-forward f1\n0-1 rebase f1\n0-1 squash f1\n0-1 direct f1 nearly f2\n0-2 fast-forward f2 "
		 "nearly f1\n"
		 "0-2 rebase f2 nearly f1\n1-2 fast-forward f2 nearly f1\n1-2 rebase f2 nearly f1\n"
		 "1-2 squash f2 nearly f1\n1-2 direct f2\n2"},
		{"where a rewritten trunk was, and further", DEV,
		 "new dev\nput d 1\nci d1\nput d 2\nci d2\nnew push\nput e e\nci e1\nto dev\ngit reset -q --hard d1\n"
		 "put d 3\nci d3\nto main\nwas dev base d1\nwas dev d1 d2\nwas dev d2 d3\ngit tag new e1\ngit branch "
		 "-q -D push\n",
		 "0-1 fast-forward d1 from dev\n0-1 rebase d1 from dev\n0-1 squash d1 from dev\n0-1 direct d1\n0-2 "
		 "fast-forward d2 from dev once\n0-2 rebase d2 from dev once\n1-2 direct d2\n2-3 direct e1\n3"},
		{"an approved branch on the line itself", OPEN,
		 FIX "git branch fix/w f1\napprove f1\ngit tag new fix/x\n",
		 "0-1 fast-forward f1 from fix/w,fix/x\n0-1 rebase f1 from fix/w,fix/x\n0-1 squash f1 from "
		 "fix/w,fix/x\n"
		 "0-1 direct f1\n0-2 fast-forward f2 from fix/x nearly f1\n0-2 rebase f2 from fix/x nearly f1\n"
		 "1-2 fast-forward f2 from fix/x nearly f1\n1-2 rebase f2 from fix/x nearly f1\n"
		 "1-2 squash f2 from fix/x nearly f1\n1-2 direct f2\n2"},
		{"an approved branch further along the line", OPEN, FIX "approve f2\ngit tag new fix/x\n",
		 "0-1 direct f1 nearly f2\n0-2 fast-forward f2 from fix/x\n0-2 rebase f2 from fix/x\n1-2 direct f2\n2"},
		{"more paths than are compared", OPEN,
		 "new fix/x\nfor i in $(seq 40); do put p$i $i; done\nci f1\nto main\n" AHEAD
		 "new push\nsquash s fix/x\n" END,
		 "0-1 squash f1 from fix/x\n0-1 rebase f1 from fix/x\n0-1 direct s\n1"},
		{"an approved head that has landed", OPEN,
		 FIX "approve f1\nmerge first f1\nnew push\nmerge m fix/x\n" END,
		 "0-1 merge f2 from fix/x\n0-1 direct m\n1"},
		{"an unrelated branch, where another head is approved", OPEN,
		 FIX
		 "approve f2\ngit checkout -q --orphan alone\ngit rm -qrf .\nput z z\nci z1\nto main\nnew push\ntick\n"
		 "git merge -q --allow-unrelated-histories -m m alone >/dev/null\ngit tag m\n" END,
		 "0-1 merge z1 from alone\n0-1 direct m\n1"},
		{"an unrelated branch", OPEN,
		 FIX "git checkout -q --orphan alone\ngit rm -qrf .\nput z z\nci z1\nto main\n" AHEAD
		     "new push\nmerge m fix/x\n" END,
		 "0-1 merge f2 from fix/x\n0-1 direct m\n1"},
	};

	(void)state;
	expect_examples(examples, COUNT(examples), LOOK_ALL);
}

#define MANY_HEADS                                                                                                     \
	"for i in $(seq 70); do printf 'commit refs/heads/fix/%s\\ncommitter A <a@x> 17000010%02d +0000\\ndata "       \
	"1\\nx\\n"                                                                                                     \
	"from refs/heads/main^0\\nM 100644 inline f\\ndata 1\\n1\\n' $i $i\ndone | git fast-import --quiet\n"

/* Of more heads than are compared those with all that came, and those that somebody approved, come first. */
static void the_likeliest_heads_are_compared(void **state)
{
	static const struct example examples[] = {
		{"one that is alike", OPEN,
		 MANY_HEADS "new fix/z\nput f z\nci z1\nto main\n" AHEAD "new push\nsquash s fix/z\n" END,
		 "0-1 squash z1 from fix/z\n"},
		{"one that was approved", OPEN,
		 MANY_HEADS "new fix/z\nput f 1\nput g 1\nci z1\napprove z1\nto main\n" AHEAD
			    "new push\nput f 1\nci s\n" END,
		 "0-1 direct s nearly z1 doubt\n"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++) {
		struct world w;

		world_make(&w, &examples[i]);
		struct bytes found = bytes_of(landings_of(&w, memory_load(&w.memory), LOOK_ALL));

		if (!bytes_contains(found, bytes_of(examples[i].expected)))
			fail_msg("%s: found\n%.*s", examples[i].name, BYTES_ARG(found));
		world_end(&w);
	}
}

/* What there is too much of is left open. */
static void bounds_are_told(void **state)
{
	const struct example heads = {"many heads", OPEN, MANY_HEADS AHEAD "new push\nput f 1\nci s\n" END, ""};
	const struct example ways = {"many ways", OPEN,
				     "for i in $(seq 300); do printf 'commit refs/heads/fix/x\\ncommitter A <a@x> %s "
				     "+0000\\ndata 1\\nx\\n' $i\n[ $i != 1 ] || printf 'from refs/heads/main^0\\n'\n"
				     "printf 'M 100644 inline f\\ndata 3\\n%03d\\n' $i\n"
				     "printf 'reset refs/heads/fix/%s\\nfrom refs/heads/fix/x\\n' $i\ndone | git "
				     "fast-import --quiet\ngit tag new fix/x\n",
				     ""};
	struct world w;

	(void)state;
	world_make(&w, &heads);
	const char *found = landings_of(&w, memory_load(&w.memory), LOOK_ALL);

	assert_true(bytes_contains(bytes_of(found), BYTES("0-1 direct s doubt\n")));
	assert_true(bytes_contains(bytes_of(found), BYTES("squash")));
	world_end(&w);
	world_make(&w, &ways);
	found = landings_of(&w, memory_load(&w.memory), LOOK_ALL);
	assert_true(bytes_contains(bytes_of(found), BYTES("too many ways")));
	world_end(&w);
}

/* Each look may go on from the one before. */
static void a_later_look_finds_what_it_would_have_found_alone(void **state)
{
	static const struct example examples[] = {
		{"a squash", OPEN, FIX AHEAD "approve f2\nnew push\nsquash s fix/x\n" END, NULL},
		{"a head that landed before its own end", OPEN,
		 "new fix/x\nput f f\nci f1\nci e\nto main\ngit tag new fix/x\n", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++) {
		struct world w;

		world_make(&w, &examples[i]);
		const struct policy *policy = memory_load(&w.memory), *other = memory_load(&w.memory);
		const char *alone = landings_of(&w, policy, LOOK_ALL);

		w.facts = facts_new(w.memory.arena, w.repo, &w.layers, NULL, BYTES("eve"));
		landings_of(&w, policy, LOOK_WHOLE);
		landings_of(&w, other, LOOK_WHOLE); /* of another policy nothing is taken over */
		landings_of(&w, policy, LOOK_BRANCHES);
		assert_string_equal(landings_of(&w, policy, LOOK_ALL), alone);
		assert_string_equal(landings_of(&w, other, LOOK_ALL), alone);
		assert_string_equal(landings_of(&w, policy, LOOK_WHOLE), alone);
		world_end(&w);
	}
}

static enum answer landed(struct world *w, const struct policy *policy, const struct update *update,
			  const struct landing **ret_landing)
{
	size_t count, length;

	return facts_landings(w->facts, policy, section_find(policy, update->ref), update, LOOK_WHOLE, ret_landing,
			      &count, &length);
}

/* Of refs and moves nothing is taken for another's. */
static void each_move_lands_what_it_lands(void **state)
{
	const struct example example = {
		"moves", HEAD "[branch \"*\"]\ndirect = deny\n[branch \"two\"]\n[deploy \"p/live\"]\n",
		FIX "git branch two\ngit tag new fix/x\ngit tag -a -m why request fix/x\n", NULL};
	struct world w;
	const struct landing *landing, *again;
	size_t count, length;

	(void)state;
	world_make(&w, &example);
	const struct policy *policy = memory_load(&w.memory);
	struct update main = update_of(&w, "refs/heads/main"), two = update_of(&w, "refs/heads/two"), back = main,
		      gone = main, deploy = update_of(&w, "refs/deploy/p/live");

	assert_int_equal(landed(&w, policy, &main, &landing), ANSWER_YES);
	assert_int_equal(landed(&w, policy, &two, &again), ANSWER_YES);
	assert_ptr_not_equal(landing, again);
	back.old = main.new;
	back.new = main.old;
	assert_int_equal(landed(&w, policy, &back, &again), ANSWER_YES);
	assert_ptr_not_equal(landing, again);
	back.new = main.new;
	assert_int_equal(landed(&w, policy, &back, &again), ANSWER_YES);
	assert_int_equal(landed(&w, policy, &main, &again), ANSWER_YES);
	assert_ptr_equal(landing, again);
	assert_int_equal(facts_landings(w.facts, policy, section_find(policy, two.ref), &main, LOOK_WHOLE, &again,
					&count, &length),
			 ANSWER_YES);
	assert_ptr_not_equal(landing, again);
	gone.kind = UPDATE_DELETE;
	gone.new = (struct oid){{0}};
	assert_int_equal(landed(&w, policy, &gone, &again), ANSWER_NO);
	gone.ref = deploy.ref;
	assert_int_equal(landed(&w, policy, &gone, &again), ANSWER_NO);
	/* a deploy lands the commit of its tag */
	assert_int_equal(repo_ref(w.repo, BYTES("refs/tags/request"), &deploy.new), ANSWER_YES);
	assert_int_equal(landed(&w, policy, &deploy, &landing), ANSWER_YES);
	assert_int_equal(landing->method, LANDING_DEPLOY);
	assert_true(oid_equal(&landing->head, &main.new) && oid_equal(&landing->to, &main.new));
	assert_int_equal(landing->last, 1);
	assert_int_equal(facts_landings(w.facts, policy, section_find(policy, deploy.ref), &deploy, LOOK_WHOLE, &again,
					&count, &length),
			 ANSWER_YES);
	assert_true(count == 1 && length == 1);
	assert_ptr_equal(landing, again);
	fixture_git(&w.f, "rev-parse", "main^{tree}");
	deploy.new = fixture_id(w.f.output);
	assert_int_equal(landed(&w, policy, &deploy, &again), ANSWER_NO);
	deploy.new = (struct oid){{1}};
	assert_int_equal(landed(&w, policy, &deploy, &again), ANSWER_UNKNOWN);
	world_end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_head_lands_by_every_method),
		cmocka_unit_test(merges_are_proved),
		cmocka_unit_test(the_whole_move_is_looked_at_first),
		cmocka_unit_test(branches_are_looked_at_before_records),
		cmocka_unit_test(a_long_line_is_only_looked_at_as_a_whole),
		cmocka_unit_test(a_conflict_is_explained),
		cmocka_unit_test(what_has_no_old_value_begins_at_a_trunk),
		cmocka_unit_test(a_move_begins_at_its_old_value),
		cmocka_unit_test(every_landing_is_found),
		cmocka_unit_test(heads_come_from_everywhere),
		cmocka_unit_test(only_what_may_land_is_looked_at),
		cmocka_unit_test(the_likeliest_heads_are_compared),
		cmocka_unit_test(bounds_are_told),
		cmocka_unit_test(a_later_look_finds_what_it_would_have_found_alone),
		cmocka_unit_test(each_move_lands_what_it_lands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
