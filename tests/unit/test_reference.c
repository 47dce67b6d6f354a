/* test_reference: every key has an example that is valid wherever the key may stand, every rule says how to mend what
 * it refuses, and both are found by their names. */
#include "memory_policy.h"

#include "keys.h"
#include "reference.h"
#include "rule.h"

/* The smallest section of each kind, with what a key of it may need beside itself. */
static const struct {
	enum section_kind kind;
	const char *heading;
	const char *keys[4];
} homes[] = {
	{SECTION_POLICY, "[policy]", {"version = 1", "include = people.ini", "timezone = UTC"}},
	{SECTION_IDENTITY, "[identity]", {"env = GIT_POLICY_USER"}},
	{SECTION_USER, "[user \"erin\"]", {NULL}},
	{SECTION_GROUP, "[group \"readers\"]", {NULL}},
	{SECTION_COMMIT, "[commit]", {NULL}},
	{SECTION_BRANCH, "[branch \"release/v{semver}\"]", {NULL}},
	{SECTION_TAG, "[tag \"v{semver}\"]", {NULL}},
	{SECTION_REF, "[ref \"notes/*\"]", {NULL}},
	{SECTION_CHECK, "[check \"ci\"]", {NULL}},
	{SECTION_DEPLOY, "[deploy \"production/live\"]", {NULL}},
	{SECTION_CONTENT, "[content]", {NULL}},
	{SECTION_TRIGGER, "[trigger \"deploy-dev\"]", {"run = /usr/local/bin/deploy-dev"}},
	{SECTION_AUDIT, "[audit]", {"file = policy/audit.jsonl"}},
};

/* What the examples name. */
static const char others[] = "[branch \"main\"]\n"
			     "[branch \"develop\"]\n"
			     "[branch \"staging\"]\n"
			     "[deploy \"production/canary-5\"]\n";
static const struct {
	const char *name, *content;
} files[] = {
	{"people.ini", "[user \"bob\"]\n[user \"carol\"]\n[user \"ivy\"]\n[user \"oscar\"]\n[user \"robot\"]\n"
		       "[group \"reviewers\"]\nmembers = bob carol\n[group \"integrators\"]\nmembers = ivy\n"
		       "[group \"admins\"]\nmembers = oscar\n[group \"ci\"]\nmembers = robot\n"},
	{"allowed_signers", ""},
	{"ours.ini", "[rule \"acme-token\"]\nwhat = a token of Acme\nkeywords = acme_\nregex = acme_[0-9a-f]{40}\n"},
};

static bool read_file(const struct policy_source *source, struct arena *arena, struct bytes name,
		      struct bytes *ret_content, struct findings *errors)
{
	const struct memory *memory = source->context;

	*ret_content = bytes_of(bytes_equal(name, BYTES("policy.ini")) ? memory->policy : NULL);
	for (size_t i = 0; i < COUNT(files); i++)
		if (bytes_equal(name, bytes_of(files[i].name)))
			*ret_content = bytes_of(files[i].content);
	return ret_content->data || memory_read(source, arena, name, ret_content, errors);
}

static void add_home(struct buffer *out, size_t home, const struct key *key)
{
	buffer_printf(out, "%s\n", homes[home].heading);
	for (size_t i = 0; homes[home].keys[i]; i++) {
		struct bytes line = bytes_of(homes[home].keys[i]), name = bytes_first(line, bytes_index(line, ' '));

		if (!key || !bytes_equal(name, bytes_of(key->name)))
			buffer_printf(out, "%s\n", homes[home].keys[i]);
	}
	if (key)
		buffer_printf(out, "%s = %s\n", key->name, key->example);
}

/* A policy with that key in that kind of section, and whatever the example may name. */
static void try_example(const struct key *key, size_t home)
{
	struct memory memory = memory_new(NULL, NULL);
	struct buffer policy = {.arena = memory.arena};
	const struct policy_source source = {.read = read_file, .context = &memory, .file = BYTES("policy.ini")};

	add_home(&policy, 0, home ? NULL : key);
	if (home)
		add_home(&policy, home, key);
	if (homes[home].kind != SECTION_TRIGGER)
		buffer_add(&policy, BYTES("[trigger \"deploy-dev\"]\nrun = /usr/local/bin/deploy-dev\n"));
	buffer_add(&policy, bytes_of(others));
	buffer_add(&policy, (struct bytes){"", 1});
	memory.policy = buffer_bytes(&policy).data;
	struct policy *loaded = policyfile_load(memory.arena, &source, &memory.findings);

	if (!loaded || !people_unfold(&loaded->people, memory.arena, &memory.findings) ||
	    !people_link(loaded, &loaded->people, memory.arena, &memory.findings))
		fail_msg("%s = %s in %s: %s", key->name, key->example, homes[home].heading, memory_said(&memory, true));
	assert_int_equal(memory.findings.count, 0);
	arena_free(memory.arena);
}

static void look_at_key(void *context, const struct key *key, const struct rule *rule)
{
	unsigned tried = 0;

	(void)context;
	(void)rule;
	if (!key->example || !key->help)
		fail_msg("%s has no example, or no help", key->name);
	for (size_t i = 0; i < COUNT(homes); i++) {
		if (!(key->sections & homes[i].kind))
			continue;
		try_example(key, i);
		tried |= homes[i].kind;
	}
	assert_int_equal(tried, key->sections);
}

static void examples(void **state)
{
	(void)state;
	policyfile_keys(look_at_key, NULL);
}

static void mends(void **state)
{
	(void)state;
	for (size_t i = 0; i < rule_count; i++)
		if (!rules[i]->mend || !bytes_ends(bytes_of(rules[i]->mend), BYTES(".")))
			fail_msg("%s does not say in a sentence what to do", rules[i]->name);
}

static const struct {
	const char *name;
	const char *said[4]; /* in this order */
	const char *near;
} names[] = {
	{"approvals",
	 {"approvals (enforce)\n", "  To mend it: ", "  approvals = ", "For example: approvals = 2 @"},
	 NULL},
	{"grant", {"  grant = ", "    It is a setting of the rule rewrite.\n"}, NULL},
	{"signed", {"signed (enforce)\n", "signed (enforce)\n", "\n  signed = required   in [branch]\n"}, NULL},
	{"mode", {"  mode = ", "    More: docs/policy.md#policy\n"}, NULL},
	{"size", {"size (enforce)\n", "content = size\n", "  file-max = "}, NULL},
	{"stale", {"stale (enforce, fixed)\n", "docs/policy.md#what-no-policy-can-change\n"}, NULL},
	{"aproval", {NULL}, "approvals"},
	{"file_max", {NULL}, "file-max"},
	{"zebra", {NULL}, ""},
};

static void by_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct arena *arena = arena_new();
		struct buffer out = {.arena = arena};
		struct bytes near;

		assert_int_equal(reference_add(&out, &reference_text, bytes_of(names[i].name), &near), !names[i].near);
		assert_true(bytes_equal(near, bytes_of(names[i].near)));
		struct bytes rest = buffer_bytes(&out);

		for (size_t k = 0; k < COUNT(names[i].said) && names[i].said[k]; k++) {
			struct bytes said = bytes_of(names[i].said[k]);

			while (rest.len && !bytes_starts(rest, said))
				rest = bytes_from(rest, 1);
			if (!rest.len)
				fail_msg("%s: no \"%s\"", names[i].name, names[i].said[k]);
			rest = bytes_from(rest, said.len);
		}
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples),
		cmocka_unit_test(mends),
		cmocka_unit_test(by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
