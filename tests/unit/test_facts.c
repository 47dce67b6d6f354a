/* test_facts: what a push introduces under a policy, and what rules are told about refs, tags, merges and reverts. */
#include "gitfixture.h"

#include "arena.h"
#include "gather.h"
#include "policyfile.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define UPDATES_MAX 4

#define POLICY                                                                                                         \
	"[policy]\nversion = 1\n[branch \"main\"]\nrewrite = deny\n[branch \"feature/*\"]\nrewrite = allow\n"          \
	"[branch \"lax/*\"]\ncommits = warn\n[branch \"free/*\"]\ncommits = off\n[tag \"v*\"]\nmove = deny\n"
#define CONTENT_ONLY "[policy]\nversion = 1\n[commit]\nformat = conventional\n"

static const struct demand enforce = {COMMITS_ENFORCE, 0};

/** A repository with a policy and the push that is asked about. */
struct world {
	struct fixture f;
	struct arena *arena;
	struct repo *repo;
	struct layers layers;
	struct people people;
	struct facts *facts;
	struct push push;
};

static void world_make(struct world *w)
{
	*w = (struct world){.arena = arena_new()};
	w->push.arena = w->arena;
	fixture_open(&w->f, "x.git");
}

static bool source_read(const struct policy_source *source, struct arena *arena, struct bytes name,
			struct bytes *ret_content, struct findings *errors)
{
	(void)arena, (void)name, (void)errors;
	*ret_content = bytes_of(source->context);
	return true;
}

static struct policy *load(struct world *w, const char *text)
{
	struct findings errors = {.arena = w->arena};
	struct policy_source source = {source_read, (void *)(uintptr_t)text, BYTES("policy.ini")};
	struct policy *policy = policyfile_load(w->arena, &source, &errors);

	if (!policy)
		fail_msg("%.*s", BYTES_ARG(errors.first->found));
	return policy;
}

static void world_open(struct world *w)
{
	struct repo_environment environment = {.git_dir = w->f.repo,
					       .quarantine = w->f.quarantined ? w->f.quarantine : NULL};
	const char *problem;

	w->repo = repo_open(w->arena, &environment, &problem);
	assert_non_null(w->repo);
	w->layers.people = &w->people;
	w->facts = facts_new(w->arena, w->repo, &w->layers, NULL, BYTES("eve"));
}

static void world_end(struct world *w)
{
	repo_close(w->repo);
	fixture_close(&w->f);
	arena_free(w->arena);
}

static struct oid commit(struct world *w, const char *message, const struct oid *first, const struct oid *second)
{
	return fixture_commit(&w->f, NULL, message, first, second, NULL);
}

static struct oid tag(struct world *w, const struct oid *target, const char *type)
{
	char text[512], path[FIXTURE_PATH + 16];

	snprintf(text, sizeof(text), "object %s\ntype %s\ntag v1\ntagger A <a@x> 1 +0000\n\nv1\n", oid_hex(target).text,
		 type);
	fixture_write(&w->f, "tag", text);
	snprintf(path, sizeof(path), "%s/tag", w->f.root);
	fixture_git(&w->f, "hash-object", "-w", "-t", "tag", path);
	return fixture_id(w->f.output);
}

/* One ref of the push; its old value is the repository's. */
static void moves(struct world *w, const char *ref, const struct oid *new)
{
	struct update *update = push_add(&w->push, bytes_of(ref), &(struct oid){{0}}, new);

	if (repo_ref(w->repo, update->ref, &update->old) == ANSWER_NO)
		update->old = (struct oid){{0}};
	update->kind = oid_is_zero(&update->old) ? UPDATE_CREATE : UPDATE_MOVE;
}

/* Asserts what the whole push introduces where this is asked of it. */
static void expect_demand(struct world *w, const struct policy *policy, struct demand demand,
			  const struct oid *expected, size_t expected_count)
{
	size_t indexes[UPDATES_MAX] = {0, 1, 2, 3}, count;
	struct introduced *found;

	if (facts_introduced(w->facts, policy, &w->push, indexes, w->push.count, demand, &found, &count) != ANSWER_YES)
		fail_msg("%s", facts_reason(w->facts));
	assert_int_equal(count, expected_count);
	for (size_t i = 0; i < count; i++) {
		size_t seen = 0;

		for (size_t n = 0; n < expected_count; n++)
			seen += oid_equal(found[i].id, &expected[n]);
		assert_int_equal(seen, 1);
	}
	w->push.count = 0;
}

#define EXPECT(w, policy, level, ...)                                                                                  \
	expect_demand(w, policy, (struct demand){level, 0}, (const struct oid[]){__VA_ARGS__},                         \
		      sizeof((const struct oid[]){__VA_ARGS__}) / sizeof(struct oid))
#define EXPECT_NOTHING(w, policy, level) expect_demand(w, policy, (struct demand){level, 0}, NULL, 0)

static void a_push_introduces_what_nothing_vouches_for(void **state)
{
	(void)state;
	for (int quarantined = 0; quarantined < 2; quarantined++) {
		struct world w;

		world_make(&w);
		struct oid a = commit(&w, "a", NULL, NULL), b = commit(&w, "b", &a, NULL);
		struct oid lax = commit(&w, "lax", &b, NULL), lost = commit(&w, "lost", &b, NULL);
		struct oid wild = commit(&w, "wild", &b, NULL), old_tag = commit(&w, "old tag", &b, NULL);
		struct oid approved = commit(&w, "approved", &b, NULL), tag_object = tag(&w, &old_tag, "commit");

		fixture_ref(&w.f, "refs/heads/main", &b);
		fixture_ref(&w.f, "refs/heads/lax/x", &lax);
		fixture_ref(&w.f, "refs/heads/wild", &wild);
		fixture_ref(&w.f, "refs/tags/v0", &tag_object);
		fixture_ref(&w.f, "refs/approvals/heads/main/x/bob", &approved);
		w.f.quarantined = quarantined;
		struct oid c = commit(&w, "c", &b, NULL), d = commit(&w, "d", &c, NULL),
			   on = commit(&w, "on", &lax, NULL);
		struct oid new_tag = tag(&w, &d, "commit");

		world_open(&w);
		const struct policy *policy = load(&w, POLICY), *content = load(&w, CONTENT_ONLY);

		moves(&w, "refs/heads/feature/new", &d); /* a new branch: what is new on it */
		EXPECT(&w, policy, COMMITS_ENFORCE, c, d);
		moves(&w, "refs/heads/feature/same", &a);
		EXPECT_NOTHING(&w, policy, COMMITS_ENFORCE);
		moves(&w, "refs/heads/main", &on); /* parked on a lax branch, judged when it enters a strict one */
		EXPECT(&w, policy, COMMITS_ENFORCE, lax, on);
		moves(&w, "refs/heads/lax/y", &on);
		EXPECT(&w, policy, COMMITS_WARN, on);
		moves(&w, "refs/heads/feature/lost", &lost); /* stored, but on no ref */
		EXPECT(&w, policy, COMMITS_ENFORCE, lost);
		moves(&w, "refs/heads/feature/wild", &wild); /* on a ref that no section governs */
		EXPECT(&w, policy, COMMITS_ENFORCE, wild);
		moves(&w, "refs/heads/feature/tagged", &old_tag);
		EXPECT_NOTHING(&w, policy, COMMITS_ENFORCE);
		moves(&w, "refs/heads/feature/approved", &approved);
		EXPECT(&w, policy, COMMITS_ENFORCE, approved);
		moves(&w, "refs/tags/v1", &new_tag); /* tags introduce like branches */
		EXPECT(&w, policy, COMMITS_ENFORCE, c, d);
		moves(&w, "refs/heads/any", &wild); /* without ref sections every ref vouches, records aside */
		moves(&w, "refs/heads/other", &on);
		EXPECT(&w, content, COMMITS_ENFORCE, on);
		moves(&w, "refs/heads/any", &approved);
		EXPECT(&w, content, COMMITS_ENFORCE, approved);
		world_end(&w);
	}
}

/* The pushed name of a symbolic ref comes with an update of the branch it is a name of. */
static void moves_by_name(struct world *w, const char *name, const char *real, const struct oid *new)
{
	moves(w, real, new);
	w->push.updates[w->push.count - 1].alias = bytes_of(name);
	moves(w, name, new);
}

static void a_symbolic_ref_vouches_for_nothing(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	struct oid a = commit(&w, "a", NULL, NULL), bad = commit(&w, "bad", &a, NULL);

	fixture_ref(&w.f, "refs/heads/main", &a);
	fixture_ref(&w.f, "refs/heads/free/x", &bad);
	fixture_ref(&w.f, "refs/heads/lax/x", &bad);
	fixture_git(&w.f, "symbolic-ref", "refs/heads/feature/sym", "refs/heads/free/x");
	fixture_git(&w.f, "symbolic-ref", "refs/heads/release", "refs/heads/lax/x");
	fixture_git(&w.f, "symbolic-ref", "refs/heads/free/main", "refs/heads/main");
	w.f.quarantined = true;
	struct oid on = commit(&w, "on", &bad, NULL), good = commit(&w, "good", &a, NULL);

	world_open(&w);
	const struct policy *policy = load(&w, POLICY "[branch \"release\"]\nrewrite = deny\n");

	moves(&w, "refs/heads/feature/new", &bad); /* release is only another name for lax/x */
	EXPECT(&w, policy, COMMITS_ENFORCE, bad);
	moves(&w, "refs/heads/lax/new", &on);
	EXPECT(&w, policy, COMMITS_WARN, on);
	moves(&w, "refs/heads/main", &bad);
	moves_by_name(&w, "refs/heads/feature/sym", "refs/heads/free/x", &on);
	size_t indexes[] = {0, 2}, count;
	struct introduced *found;

	assert_int_equal(facts_introduced(w.facts, policy, &w.push, indexes, 2, enforce, &found, &count), ANSWER_YES);
	assert_int_equal(count, 2);
	w.push.count = 0;
	moves_by_name(&w, "refs/heads/free/main", "refs/heads/main", &good);
	EXPECT(&w, policy, COMMITS_ENFORCE, good);
	world_end(&w);
}

#define SEARCHING                                                                                                      \
	"[policy]\nversion = 1\n[branch \"main\"]\ncontent = size\n[branch \"feature/*\"]\nrewrite = allow\n"          \
	"[branch \"both/*\"]\ncontent = size paths\n[branch \"warn/*\"]\ncontent = size\ncommits = warn\n"             \
	"[deploy \"p/*\"]\ncontent = size\n[tag \"v*\"]\n"
#define SEARCHING_ONLY "[policy]\nversion = 1\n[branch]\ncontent = size\n"

/* Asserts what a push of one ref introduces, where what its section asks is asked of it. */
static void expect_ref(struct world *w, const struct policy *policy, const char *ref, const struct oid *new,
		       const struct oid *expected, size_t expected_count)
{
	moves(w, ref, new);
	expect_demand(w, policy, section_demand(section_judging(policy, bytes_of(ref))), expected, expected_count);
}

static void refs_vouch_for_what_was_looked_for_there(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	struct oid a = commit(&w, "a", NULL, NULL), parked = commit(&w, "parked", &a, NULL);
	struct oid both = commit(&w, "both", &a, NULL), warned = commit(&w, "warned", &a, NULL);
	struct oid tagged = commit(&w, "tagged", &a, NULL), deployed = commit(&w, "deployed", &a, NULL);

	fixture_ref(&w.f, "refs/heads/main", &a);
	fixture_ref(&w.f, "refs/heads/feature/x", &parked);
	fixture_ref(&w.f, "refs/heads/both/x", &both);
	fixture_ref(&w.f, "refs/heads/warn/x", &warned);
	fixture_ref(&w.f, "refs/tags/v1", &tagged);
	fixture_ref(&w.f, "refs/deploy/p/live", &deployed);
	world_open(&w);
	const struct policy *policy = load(&w, SEARCHING), *only = load(&w, SEARCHING_ONLY);
	const struct {
		const char *ref;
		const struct oid *new;
		size_t introduced;
		const struct policy *policy;
	} cases[] = {
		{"refs/heads/main", &parked, 1, policy},      {"refs/heads/main", &both, 0, policy},
		{"refs/heads/main", &warned, 1, policy},      {"refs/heads/main", &tagged, 1, policy},
		{"refs/heads/main", &deployed, 1, policy},    {"refs/heads/both/y", &parked, 1, policy},
		{"refs/heads/both/y", &both, 0, policy},      {"refs/heads/feature/y", &parked, 0, policy},
		{"refs/heads/feature/y", &both, 0, policy},   {"refs/heads/feature/y", &warned, 1, policy},
		{"refs/heads/warn/y", &deployed, 1, policy},  {"refs/heads/warn/y", &parked, 1, policy},
		{"refs/deploy/p/canary", &parked, 0, policy}, {"refs/deploy/p/canary", &warned, 1, policy},
		{"refs/deploy/p/canary", &a, 0, policy},      {"refs/heads/any", &tagged, 1, only},
		{"refs/heads/any", &parked, 0, only},	      {"refs/heads/any", &deployed, 1, only},
		{"refs/tags/any", &parked, 0, only},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		expect_ref(&w, cases[i].policy, cases[i].ref, cases[i].new, cases[i].new, cases[i].introduced);
	world_end(&w);
}

/* What one update is asked more about than another need not be asked about for that. */
static void the_stricter_update_of_a_push_covers_the_other(void **state)
{
	struct world w;
	struct introduced *found;
	size_t count;

	(void)state;
	world_make(&w);
	struct oid a = commit(&w, "a", NULL, NULL);

	fixture_ref(&w.f, "refs/heads/main", &a);
	w.f.quarantined = true;
	struct oid b = commit(&w, "b", &a, NULL), c = commit(&w, "c", &b, NULL);

	world_open(&w);
	const struct policy *policy = load(&w, SEARCHING);
	const struct {
		const char *ref;
		struct demand demand;
		size_t introduced;
	} cases[] = {
		{"refs/heads/main", {COMMITS_ENFORCE, 4}, 1},
		{"refs/heads/feature/x", {COMMITS_ENFORCE, 0}, 1},
		{"refs/heads/warn/x", {COMMITS_WARN, 4}, 1},
	};
	const struct oid *tips[] = {&b, &c, &c};

	for (size_t i = 0; i < COUNT(cases); i++)
		moves(&w, cases[i].ref, tips[i]);
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_true(
			demand_equals(section_demand(section_find(policy, bytes_of(cases[i].ref))), cases[i].demand));
		assert_int_equal(facts_introduced(w.facts, policy, &w.push, &i, 1, cases[i].demand, &found, &count),
				 ANSWER_YES);
		assert_int_equal(count, cases[i].introduced);
		assert_true(oid_equal(found[0].id, i ? &c : &b));
	}
	world_end(&w);
}

static void introduced_commits_know_their_update(void **state)
{
	struct world w;
	struct introduced *found;
	size_t count;

	(void)state;
	world_make(&w);
	struct oid a = commit(&w, "a", NULL, NULL);

	fixture_git(&w.f, "hash-object", "-w", "-t", "blob", "/dev/null");
	struct oid blob = fixture_id(w.f.output);

	fixture_ref(&w.f, "refs/heads/main", &a);
	w.f.quarantined = true;
	struct oid b = commit(&w, "b", &a, NULL), c = commit(&w, "c", &b, NULL);

	world_open(&w);
	moves(&w, "refs/heads/lax/z", &c);
	moves(&w, "refs/tags/v9", &blob);
	moves(&w, "refs/heads/feature/b", &b);
	moves(&w, "refs/heads/feature/c", &c);
	size_t indexes[] = {1, 2, 3};

	assert_int_equal(facts_introduced(w.facts, load(&w, POLICY), &w.push, indexes, 3, enforce, &found, &count),
			 ANSWER_YES);
	assert_int_equal(count, 2);
	assert_true(oid_equal(found[0].id, &b));
	assert_int_equal(indexes[found[0].tip], 2);
	assert_true(oid_equal(found[1].id, &c));
	assert_int_equal(indexes[found[1].tip], 3);
	world_end(&w);
}

static void the_baseline_vouches(void **state)
{
	static const char *const malformed[] = {"x\n", "%s \n", "%.39s\n", "%s\n\n", "%s\r\n"};
	char text[128];

	(void)state;
	for (size_t i = 0; i <= COUNT(malformed); i++) {
		struct world w;
		struct introduced *found;
		size_t index = 0, count;

		world_make(&w);
		struct oid a = commit(&w, "a", NULL, NULL), b = commit(&w, "b", &a, NULL),
			   c = commit(&w, "c", &b, NULL);

		fixture_run(&w.f, "mkdir", "-p", bytes_printf(w.arena, "%s/policy", w.f.repo).data);
		if (i < COUNT(malformed))
			snprintf(text, sizeof(text), "%s", malformed[i]);
		else
			snprintf(text, sizeof(text), "1111111111111111111111111111111111111111\n%%s\n");
		char *percent = strchr(text, '%');
		struct bytes line = BYTES("x\n");

		if (percent)
			line = bytes_printf(w.arena, "%.*s%.*s%s", (int)(percent - text), text,
					    text[1] == '.' ? 39 : 40, oid_hex(&b).text, strchr(percent, 's') + 1);
		fixture_write(&w.f, "x.git/policy/baseline", line.data);
		world_open(&w);
		moves(&w, "refs/heads/main", &c);
		if (i == COUNT(malformed)) {
			EXPECT(&w, load(&w, POLICY), COMMITS_ENFORCE, c);
		} else {
			assert_int_equal(facts_introduced(w.facts, load(&w, POLICY), &w.push, &index, 1, enforce,
							  &found, &count),
					 ANSWER_UNKNOWN);
			assert_true(bytes_contains(bytes_of(facts_reason(w.facts)), BYTES("policy/baseline")));
		}
		world_end(&w);
	}
}

static void a_broken_object_leaves_it_open(void **state)
{
	struct world w;
	char path[2 * FIXTURE_PATH];
	struct introduced *found;
	size_t index = 0, count;
	struct bytes raw;

	(void)state;
	world_make(&w);
	struct oid a = commit(&w, "a", NULL, NULL), missing = {{1}};

	fixture_ref(&w.f, "refs/heads/main", &a);
	w.f.quarantined = true;
	struct oid b = commit(&w, "b", &a, NULL), c = commit(&w, "c", &b, NULL);

	snprintf(path, sizeof(path), "%s/%.2s/%s", w.f.quarantine, oid_hex(&b).text, oid_hex(&b).text + 2);
	assert_int_equal(unlink(path), 0);
	world_open(&w);
	moves(&w, "refs/heads/main", &c);
	assert_int_equal(facts_introduced(w.facts, load(&w, POLICY), &w.push, &index, 1, enforce, &found, &count),
			 ANSWER_UNKNOWN);
	assert_true(bytes_contains(bytes_of(facts_reason(w.facts)), bytes_of(oid_hex(&b).text)));
	assert_int_equal(facts_raw(w.facts, &missing, &raw), ANSWER_UNKNOWN);
	assert_int_equal(facts_raw(w.facts, &c, &raw), ANSWER_YES);
	world_end(&w);
}

static void tags_are_followed_sixteen_deep(void **state)
{
	struct world w;
	struct target target;
	struct oid id;

	(void)state;
	world_make(&w);
	struct oid a = commit(&w, "a", NULL, NULL), chain[18], missing = {{1}};

	chain[0] = a;
	for (size_t i = 1; i < COUNT(chain); i++)
		chain[i] = tag(&w, &chain[i - 1], i == 1 ? "commit" : "tag");
	fixture_git(&w.f, "hash-object", "-w", "-t", "blob", "/dev/null");
	struct oid blob = fixture_id(w.f.output), of_blob = tag(&w, &blob, "blob");

	fixture_ref(&w.f, "refs/heads/main", &a);
	world_open(&w);
	for (int again = 0; again < 2; again++) {
		for (size_t i = 0; i < COUNT(chain); i++) {
			assert_int_equal(facts_target(w.facts, &chain[i], &target), ANSWER_YES);
			assert_int_equal(target.type, i ? OBJECT_TAG : OBJECT_COMMIT);
			assert_int_equal(target.too_deep, i > 16);
			assert_int_equal(target.peeled, i > 16 ? OBJECT_TAG : OBJECT_COMMIT);
			assert_true(i > 16 || oid_equal(&target.commit, &a));
		}
		assert_int_equal(facts_target(w.facts, &of_blob, &target), ANSWER_YES);
		assert_int_equal(target.peeled, OBJECT_BLOB);
		assert_int_equal(facts_target(w.facts, &missing, &target), ANSWER_UNKNOWN);
		assert_int_equal(facts_ref(w.facts, BYTES("refs/heads/main"), &id), ANSWER_YES);
		assert_true(oid_equal(&id, &a));
		assert_int_equal(facts_ref(w.facts, BYTES("refs/heads/none"), &id), ANSWER_NO);
	}
	world_end(&w);
}

static void moves_are_told_apart(void **state)
{
	struct world w;
	struct oid root, fork;

	(void)state;
	world_make(&w);
	struct oid a = commit(&w, "a", NULL, NULL), b = commit(&w, "b", &a, NULL), s = commit(&w, "s", NULL, NULL);
	struct oid joined = commit(&w, "joined", &b, &s), aside = commit(&w, "aside", &a, NULL);
	struct oid tagged = tag(&w, &aside, "commit");

	fixture_ref(&w.f, "refs/heads/main", &b);
	world_open(&w);
	const struct policy *policy = load(&w, POLICY);
	const struct {
		struct oid new;
		enum answer forward, new_root, fork;
	} cases[] = {
		{joined, ANSWER_YES, ANSWER_YES, ANSWER_YES},
		{aside, ANSWER_NO, ANSWER_NO, ANSWER_YES},
		{tagged, ANSWER_NO, ANSWER_NO, ANSWER_YES},
		{s, ANSWER_NO, ANSWER_YES, ANSWER_NO},
		{{{1}}, ANSWER_UNKNOWN, ANSWER_UNKNOWN, ANSWER_UNKNOWN},
	};

	assert_int_equal(facts_untouched(w.facts), ANSWER_NO);
	for (size_t i = 0; i < COUNT(cases); i++) {
		moves(&w, "refs/heads/main", &cases[i].new);
		assert_int_equal(facts_forward(w.facts, &w.push.updates[i]), cases[i].forward);
		assert_int_equal(facts_new_root(w.facts, &w.push.updates[i], &root), cases[i].new_root);
		assert_true(cases[i].new_root != ANSWER_YES || oid_equal(&root, &s));
		assert_int_equal(facts_fork_point(w.facts, policy, &cases[i].new, &fork), cases[i].fork);
	}
	world_end(&w);
}

static void an_empty_repository_has_no_refs_but_records(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	struct oid a = commit(&w, "a", NULL, NULL);

	fixture_ref(&w.f, "refs/policy/current", &a);
	world_open(&w);
	assert_int_equal(facts_untouched(w.facts), ANSWER_YES);
	fixture_run(&w.f, "mkdir", "-p", bytes_printf(w.arena, "%s/policy/account/refs/heads", w.f.repo).data);
	fixture_write(&w.f, "x.git/policy/account/refs/heads/main:log", "");
	assert_int_equal(facts_untouched(w.facts), ANSWER_NO);
	world_end(&w);
}

static void an_account_that_has_gone_is_missed(void **state)
{
	static const char *const installed[] = {NULL, "", "nonsense\n",
						"2026-01-31T12:00:00Z 0123456789abcdef0123456789abcdef\n"};

	(void)state;
	for (size_t i = 0; i < 2 * COUNT(installed); i++) {
		const char *line = installed[i / 2];
		bool baseline = i % 2, good = line ? line[0] == '2' || (!line[0] && !baseline) : !baseline;
		struct world w;

		world_make(&w);
		fixture_run(&w.f, "mkdir", "-p", bytes_printf(w.arena, "%s/policy/account", w.f.repo).data);
		if (baseline)
			fixture_write(&w.f, "x.git/policy/baseline", "");
		if (line)
			fixture_write(&w.f, "x.git/policy/account/installed", line);
		world_open(&w);
		assert_int_equal(facts_intact(w.facts), good ? ANSWER_YES : ANSWER_UNKNOWN);
		assert_true(good || strstr(facts_reason(w.facts), "install/install to begin another"));
		world_end(&w);
	}
}

#define TREE(...) fixture_tree(&w.f, (const char *const[]){__VA_ARGS__, NULL})
#define SAYS "Revert\n\nThis reverts commit "

/* What facts_exempt() says of a commit of the repository. */
static enum exemption exemption_of(struct world *w, const struct oid *id)
{
	enum exemption exemption;
	struct commit parsed;
	struct object_problem problem;
	struct bytes raw;

	assert_int_equal(facts_raw(w->facts, id, &raw), ANSWER_YES);
	assert_true(commit_parse(w->arena, bytes_copy(w->arena, raw), &parsed, &problem));
	parsed.id = *id;
	assert_int_equal(facts_exempt(w->facts, &parsed, &exemption), ANSWER_YES);
	return exemption;
}

static void merges_and_reverts_are_proved(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	struct oid before = TREE("a", "1"), after = TREE("a", "2"), more = TREE("a", "2", "b", "x");
	struct oid less = TREE("a", "1", "b", "x"), evil = TREE("a", "1", "evil", "x");
	struct oid root = fixture_commit(&w.f, &before, "root", NULL, NULL, NULL);
	struct oid change = fixture_commit(&w.f, &after, "change", &root, NULL, NULL);
	struct oid other = fixture_commit(&w.f, &after, "other", &root, NULL, NULL);
	struct oid later = fixture_commit(&w.f, &more, "later", &change, NULL, NULL);
	struct oid alone = fixture_commit(&w.f, &evil, "alone", NULL, NULL, NULL);
	struct oid nothing = fixture_commit(&w.f, &after, "nothing", &change, NULL, NULL);
	struct oid_hex hex = oid_hex(&change), empty = oid_hex(&nothing);
	const char *named = hex.text;
	const char *foreign = "1111111111111111111111111111111111111111";
	struct arena *a = w.arena;
	const struct {
		const struct oid *tree;
		const char *message;
		const struct oid *first, *second, *third;
		enum exemption expected;
	} cases[] = {
		{&after, "merge", &change, &other, NULL, EXEMPT_MERGE},
		{&after, "no-ff", &root, &change, NULL, EXEMPT_MERGE},
		{&after, "fake", &change, &root, NULL, EXEMPT_NOT},
		{&before, "no-ff, undone", &root, &change, NULL, EXEMPT_NOT},
		{&evil, "no-ff, changed", &root, &change, NULL, EXEMPT_NOT},
		{&evil, "merge, changed", &change, &other, NULL, EXEMPT_MERGE},
		{&after, "octopus", &root, &change, &other, EXEMPT_MERGE},
		{&evil, "octopus, changed", &root, &change, &other, EXEMPT_NOT},
		{&evil, "unrelated", &change, &alone, NULL, EXEMPT_MERGE},
		{&after, "half fake", &change, &other, &root, EXEMPT_NOT},
		{&before, bytes_printf(a, SAYS "%s.\n", named).data, &change, NULL, NULL, EXEMPT_REVERT},
		{&less, bytes_printf(a, SAYS "%s.\n", named).data, &later, NULL, NULL, EXEMPT_REVERT},
		{&before, bytes_printf(a, SAYS "%s, reversing\nchanges made\n", named).data, &change, NULL, NULL,
		 EXEMPT_REVERT},
		{&before, bytes_printf(a, SAYS "%s\n", named).data, &change, NULL, NULL, EXEMPT_REVERT},
		{&before, bytes_printf(a, SAYS "%sabc.\n", named).data, &change, NULL, NULL, EXEMPT_NOT},
		{&before, bytes_printf(a, SAYS "%.12s.\n", named).data, &change, NULL, NULL, EXEMPT_NOT},
		{&before, bytes_printf(a, "x This reverts commit %s.\n", named).data, &change, NULL, NULL, EXEMPT_NOT},
		{&evil, bytes_printf(a, SAYS "%s.\n", named).data, &change, NULL, NULL, EXEMPT_NOT},
		{&before, bytes_printf(a, SAYS "%s.\n", named).data, &other, NULL, NULL, EXEMPT_NOT},
		{&before, bytes_printf(a, SAYS "%s.\n", foreign).data, &change, NULL, NULL, EXEMPT_NOT},
		{&after, bytes_printf(a, SAYS "%s.\n", empty.text).data, &nothing, NULL, NULL, EXEMPT_NOT},
		{&before, "plain", &change, NULL, NULL, EXEMPT_NOT},
		{&before, "root", NULL, NULL, NULL, EXEMPT_NOT},
	};
	struct oid ids[COUNT(cases)];

	for (int quarantined = 0; quarantined < 2; quarantined++) {
		w.f.quarantined = quarantined;
		for (size_t i = 0; i < COUNT(cases); i++)
			ids[i] = fixture_commit(&w.f, cases[i].tree, cases[i].message, cases[i].first, cases[i].second,
						cases[i].third);
		world_open(&w);
		for (size_t i = 0; i < COUNT(cases); i++)
			assert_int_equal(exemption_of(&w, &ids[i]), cases[i].expected);
		if (!quarantined)
			repo_close(w.repo);
	}
	world_end(&w);
}

static void a_client_believes_its_own_git(void **state)
{
	static const struct {
		const char *head, *message;
		enum exemption expected;
	} cases[] = {
		{NULL, "feat: x", EXEMPT_NOT},
		{NULL, "Merge branch 'x' into y", EXEMPT_LIKELY},
		{NULL, "Merge branches 'x' and 'y'", EXEMPT_LIKELY},
		{NULL, "Merge tag 'v1'", EXEMPT_LIKELY},
		{NULL, "Merge commit '123'", EXEMPT_LIKELY},
		{NULL, "Merge remote-tracking branch 'origin/x'", EXEMPT_LIKELY},
		{NULL, "Merge everything", EXEMPT_NOT},
		{NULL, "Revert \"x\"\n\nThis reverts commit 1111111111111111111111111111111111111111.\n",
		 EXEMPT_LIKELY},
		{NULL, "Reapply \"x\"\n\nThis reverts commit 1111111111111111111111111111111111111111.\n",
		 EXEMPT_LIKELY},
		{NULL, "Revert \"x\"\n\nbecause\n", EXEMPT_NOT},
		{"MERGE_HEAD", "anything", EXEMPT_MERGE},
		{"REVERT_HEAD", "anything", EXEMPT_REVERT},
		{"CHERRY_PICK_HEAD", "anything", EXEMPT_NOT},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world w;
		enum exemption exemption;
		struct commit making = {.message = bytes_of(cases[i].message)};

		world_make(&w);
		if (cases[i].head)
			fixture_write(&w.f, bytes_printf(w.arena, "x.git/%s", cases[i].head).data,
				      "1111111111111111111111111111111111111111\n");
		world_open(&w);
		assert_false(facts_user_open(w.facts));
		assert_true(bytes_equal(facts_user_claim(w.facts), BYTES("eve")));
		assert_null(facts_user(w.facts));
		struct facts *facts = facts_new_message(w.arena, w.repo, &w.layers);

		assert_true(facts_user_open(facts));
		assert_int_equal(facts_exempt(facts, &making, &exemption), ANSWER_YES);
		assert_int_equal(exemption, cases[i].expected);
		/* Of a commit that is made already it goes by what that does, as the server will. */
		facts = facts_new_client(w.arena, w.repo, &w.layers);
		assert_true(facts_user_open(facts));
		assert_int_equal(facts_exempt(facts, &making, &exemption), ANSWER_YES);
		assert_int_equal(exemption, EXEMPT_NOT);
		world_end(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_push_introduces_what_nothing_vouches_for),
		cmocka_unit_test(a_symbolic_ref_vouches_for_nothing),
		cmocka_unit_test(refs_vouch_for_what_was_looked_for_there),
		cmocka_unit_test(the_stricter_update_of_a_push_covers_the_other),
		cmocka_unit_test(introduced_commits_know_their_update),
		cmocka_unit_test(the_baseline_vouches),
		cmocka_unit_test(an_account_that_has_gone_is_missed),
		cmocka_unit_test(a_broken_object_leaves_it_open),
		cmocka_unit_test(tags_are_followed_sixteen_deep),
		cmocka_unit_test(moves_are_told_apart),
		cmocka_unit_test(an_empty_repository_has_no_refs_but_records),
		cmocka_unit_test(merges_and_reverts_are_proved),
		cmocka_unit_test(a_client_believes_its_own_git),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
