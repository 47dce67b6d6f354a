/* test_reporef: the server's refs as a clone has them. */
#include "gitfixture.h"

#include "arena.h"
#include "repo.h"

/* A clone of a server at "origin", with a branch of its own and another remote. */
struct world {
	struct arena *arena;
	struct fixture f;
	struct repo *repo;
	struct oid own, theirs;
};

static void open_world(struct world *w, const char *remote)
{
	const char *problem = NULL;

	*w = (struct world){.arena = arena_new()};
	fixture_open(&w->f, "clone.git");
	w->own = fixture_commit(&w->f, NULL, "own", NULL, NULL, NULL);
	w->theirs = fixture_commit(&w->f, NULL, "theirs", NULL, NULL, NULL);
	fixture_ref(&w->f, "refs/heads/main", &w->own);
	fixture_ref(&w->f, "refs/heads/mine", &w->own);
	fixture_ref(&w->f, "refs/remotes/origin/main", &w->theirs);
	fixture_ref(&w->f, "refs/remotes/origin/feature/x", &w->theirs);
	fixture_ref(&w->f, "refs/remotes/originals/main", &w->own);
	fixture_ref(&w->f, "refs/tags/v1", &w->own);
	fixture_ref(&w->f, "refs/approvals/heads/main/x", &w->own);
	fixture_git(&w->f, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
	const struct repo_environment environment = {.git_dir = w->f.repo, .remote = remote, .client = true};

	w->repo = repo_open(w->arena, &environment, &problem);
	if (!w->repo)
		fail_msg("repo_open: %s", problem);
}

static void close_world(struct world *w)
{
	repo_close(w->repo);
	arena_free(w->arena);
	fixture_close(&w->f);
}

static bool add_name(void *context, struct bytes ref, const struct oid *id)
{
	(void)id;
	buffer_printf(context, "%.*s ", BYTES_ARG(ref));
	return true;
}

static void assert_below(struct world *w, const char *prefix, const char *wanted)
{
	struct buffer names = {.arena = w->arena};

	assert_int_equal(repo_refs_below(w->repo, bytes_of(prefix), add_name, &names), ANSWER_YES);
	buffer_add(&names, (struct bytes){"", 1});
	assert_string_equal(names.data, wanted);
}

static void a_branch_is_the_remotes(void **state)
{
	struct world w;
	struct oid id;

	(void)state;
	open_world(&w, "origin");
	assert_true(repo_is_copy(w.repo));
	assert_int_equal(repo_ref(w.repo, BYTES("refs/heads/main"), &id), ANSWER_YES);
	assert_true(oid_equal(&id, &w.theirs));
	assert_int_equal(repo_ref(w.repo, BYTES("refs/heads/mine"), &id), ANSWER_NO);
	assert_int_equal(repo_ref(w.repo, BYTES("refs/tags/v1"), &id), ANSWER_YES);
	close_world(&w);
}

static void what_is_the_servers_is_listed_by_its_name_there(void **state)
{
	struct world w;
	struct buffer names;

	(void)state;
	open_world(&w, "origin");
	assert_below(&w, "refs/heads/", "refs/heads/feature/x refs/heads/main ");
	assert_below(&w, "refs/heads/feature/", "refs/heads/feature/x ");
	assert_below(&w, "refs/approvals/heads/main/", "refs/approvals/heads/main/x ");
	names = (struct buffer){.arena = w.arena};
	assert_int_equal(repo_refs(w.repo, add_name, &names), ANSWER_YES);
	buffer_add(&names, (struct bytes){"", 1});
	assert_null(strstr(names.data, "refs/heads/mine"));
	assert_null(strstr(names.data, "refs/remotes/"));
	assert_non_null(strstr(names.data, "refs/heads/feature/x "));
	assert_non_null(strstr(names.data, "refs/tags/v1 "));
	close_world(&w);
}

static void a_symbolic_ref_leads_to_the_servers_name(void **state)
{
	struct world w;
	struct bytes target;

	(void)state;
	open_world(&w, "origin");
	assert_int_equal(repo_symbolic(w.repo, BYTES("refs/heads/HEAD"), &target, w.arena), ANSWER_YES);
	assert_true(bytes_equal(target, BYTES("refs/heads/main")));
	assert_int_equal(repo_symbolic(w.repo, BYTES("refs/heads/main"), &target, w.arena), ANSWER_NO);
	close_world(&w);
}

static void without_a_remote_the_refs_are_as_they_are(void **state)
{
	struct world w;
	struct oid id;

	(void)state;
	open_world(&w, NULL);
	assert_false(repo_is_copy(w.repo));
	assert_int_equal(repo_ref(w.repo, BYTES("refs/heads/main"), &id), ANSWER_YES);
	assert_true(oid_equal(&id, &w.own));
	assert_below(&w, "refs/heads/", "refs/heads/main refs/heads/mine ");
	close_world(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_branch_is_the_remotes),
		cmocka_unit_test(what_is_the_servers_is_listed_by_its_name_there),
		cmocka_unit_test(a_symbolic_ref_leads_to_the_servers_name),
		cmocka_unit_test(without_a_remote_the_refs_are_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
