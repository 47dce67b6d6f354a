/* test_layers: which policies are found, in which order, and who may say who is who. */
#define POLICY_HOST_FILE "./host.ini" /* in the working directory, where a test can put it */
#include "gitfixture.h"

#include "../../libpolicy/layers.c"
#include "../../libpolicy/layersclient.c"

#define PEOPLE "[user \"alice\"]\n"
#define IDENTITY "[identity]\nenv = GL_USER\n"
#define HEAD "[policy]\nversion = 1\n"
#define LISTED "[branch \"main\"]\npush = alice\n"

static struct fixture fixture;
static struct arena *arena;
static struct findings findings;
static struct layers layers;

typedef bool loader(struct arena *, struct repo *, const char *, struct layers *, struct findings *);

static bool run(loader *load)
{
	const struct repo_environment environment = {.git_dir = fixture.repo};
	const char *problem = NULL;

	findings = (struct findings){.arena = arena};
	struct repo *repo = repo_open(arena, &environment, &problem);

	assert_non_null(repo);
	bool good = load(arena, repo, NULL, &layers, &findings);

	repo_close(repo);
	assert_int_equal(good, findings.count == 0);
	return good;
}

static void expect_layers(loader *load, const char *first, const char *second)
{
	assert_true(run(load));
	assert_int_equal(layers.count, second ? 2 : 1);
	assert_true(bytes_equal(layers.policy[0]->file, bytes_of(first)));
	if (second)
		assert_true(bytes_equal(layers.policy[1]->file, bytes_of(second)));
	assert_non_null(layers.people);
}

static void expect_refusal(loader *load, const char *said)
{
	assert_false(run(load));
	if (!bytes_contains(findings.first->found, bytes_of(said)))
		fail_msg("%.*s", BYTES_ARG(findings.first->found));
}

static void put(const char *name, const char *content)
{
	char path[2 * FIXTURE_PATH];

	fixture_write(&fixture, name, content);
	snprintf(path, sizeof(path), "%s/%s", fixture.root, name);
	assert_int_equal(chmod(path, 0644), 0);
}

static void server(void **state)
{
	(void)state;
	expect_refusal(layers_server, "policy.ini does not exist");
	put("r.git/policy/policy.ini", HEAD IDENTITY PEOPLE LISTED);
	expect_layers(layers_server, "policy.ini", NULL);
	assert_ptr_equal(layers.identity, layers.policy[0]->identity);
	put("r.git/other.ini", HEAD "[commit]\nheader-max = 72\n");
	fixture_git(&fixture, "config", "policy.file", "other.ini");
	expect_layers(layers_server, "other.ini", NULL);
	assert_null(layers.identity);
	assert_int_equal(layers.people->user_count, 0);
	fixture_git(&fixture, "config", "policy.file", "missing.ini");
	expect_refusal(layers_server, "missing.ini does not exist");
}

static void host(void **state)
{
	(void)state;
	put("r.git/policy/policy.ini", HEAD IDENTITY LISTED);
	expect_refusal(layers_server, "alice is no user");
	put("host.ini", HEAD PEOPLE);
	expect_layers(layers_server, "./host.ini", "policy.ini");
	assert_int_equal(layers.people->user_count, 1);
	assert_true(people_listed(section_setting(layers.policy[1]->sections[0], "push"),
				  people_user(layers.people, BYTES("alice"))));
	put("r.git/policy/policy.ini", HEAD IDENTITY PEOPLE);
	expect_refusal(layers_server, "who is who is said already by another policy (./host.ini:3)");
	put("r.git/policy/policy.ini", HEAD IDENTITY);
	put("host.ini", HEAD IDENTITY);
	expect_refusal(layers_server, "who names the pusher is said already by another policy (./host.ini:3)");
	put("host.ini", HEAD "include = host-people.ini\n");
	put("host-people.ini", PEOPLE);
	expect_layers(layers_server, "./host.ini", "policy.ini");
	assert_true(bytes_equal(layers.people->user_list[0]->origin.file, BYTES("./host-people.ini")));
	put("host.ini", HEAD "include = host.ini\n");
	expect_refusal(layers_server, "./host.ini is part of this policy already");
	put("host.ini", "broken");
	expect_refusal(layers_server, "a line without =");
	fixture_run(&fixture, "rm", "host.ini");
	fixture_run(&fixture, "ln", "-s", "nowhere", "host.ini");
	expect_refusal(layers_server, "./host.ini is a symbolic link, which is not followed");
}

static void leaving_it_to_the_host(void **state)
{
	(void)state;
	put("r.git/policy/policy.ini", HEAD "host = required\n");
	expect_refusal(layers_server, "./host.ini does not exist, and this policy leaves refs to it");
	put("host.ini", HEAD "[commit]\nheader-max = 72\n");
	expect_refusal(layers_server, "./host.ini has no section for refs, and this policy leaves refs to it");
	put("host.ini", HEAD "[branch]\nrewrite = deny\n");
	expect_refusal(layers_server, "./host.ini has no section for refs, and this policy leaves refs to it");
	put("host.ini", HEAD "[ref \"notes/*\"]\n");
	expect_layers(layers_server, "./host.ini", "policy.ini");
	put("host.ini", HEAD "host = required\n[ref \"notes/*\"]\n");
	expect_layers(layers_server, "./host.ini", "policy.ini");
	put("host.ini", "broken");
	expect_refusal(layers_server, "a line without =");
}

static void client(void **state)
{
	static const char *const files[] = {"policy.ini", HEAD "include = people.ini\n", "people.ini", PEOPLE, NULL};
	static const char *const lacking[] = {"policy.ini", HEAD "include = people.ini\n", NULL};
	char path[FIXTURE_PATH + 32];

	(void)state;
	expect_refusal(layers_client,
		       "no policy: git config policy.file is unset, refs/policy/current was not fetched, and "
		       "the work tree has no .git-policy.ini");
	put("r.git/.git-policy.ini", HEAD); /* a bare repository stands for its own work tree */
	expect_layers(layers_client, ".git-policy.ini", NULL);
	struct oid tree = fixture_tree(&fixture, files);
	struct oid commit = fixture_commit(&fixture, &tree, "policy", NULL, NULL, NULL);

	fixture_ref(&fixture, "refs/policy/current", &commit);
	expect_layers(layers_client, "policy.ini", NULL);
	assert_int_equal(layers.people->user_count, 1);
	tree = fixture_tree(&fixture, lacking);
	commit = fixture_commit(&fixture, &tree, "policy", NULL, NULL, NULL);
	fixture_ref(&fixture, "refs/policy/current", &commit);
	expect_refusal(layers_client, "people.ini is not in refs/policy/current");
	put("mine.ini", HEAD);
	snprintf(path, sizeof(path), "%s/mine.ini", fixture.root);
	assert_int_equal(chmod(path, 0666), 0);
	fixture_git(&fixture, "config", "policy.file", path);
	expect_layers(layers_client, "mine.ini", NULL);
}

static int set_up(void **state)
{
	char folder[FIXTURE_PATH + 96];

	(void)state;
	arena = arena_new();
	fixture_open(&fixture, "r.git");
	snprintf(folder, sizeof(folder), "%s/policy", fixture.repo);
	return arena && mkdir(folder, 0755) == 0 && chmod(fixture.repo, 0755) == 0 && chdir(fixture.root) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	assert_int_equal(chdir("/"), 0);
	fixture_close(&fixture);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(server, set_up, tear_down),
		cmocka_unit_test_setup_teardown(host, set_up, tear_down),
		cmocka_unit_test_setup_teardown(leaving_it_to_the_host, set_up, tear_down),
		cmocka_unit_test_setup_teardown(client, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
