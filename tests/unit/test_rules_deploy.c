/* test_rules_deploy: which deploys are refused, their nearest neighbours that are not, and where it cannot be told. */
#include "memory_policy.h"

#include "fake_facts.h"
#include "rules/rules.h"

#define ID(byte)                                                                                                       \
	{                                                                                                              \
		{                                                                                                      \
			byte                                                                                           \
		}                                                                                                      \
	}
#define T ID(0xaa)
#define U ID(0xbb)
#define L ID(0xcc)
#define NOW 1000000
#define MINUTES(n) (NOW - (n)*60)

/* The rules are asked of these refs. */
#define CANARY "refs/deploy/production/canary"
#define FULL "refs/deploy/production/full"
#define ROLLBACK "refs/deploy/production/rollback"
#define EAST "refs/deploy/east/second"

static const char *const text = HEAD "[branch \"main\"]\n[branch \"stable\"]\n[tag \"**\"]\non = main stable\n"
				     "[deploy \"production/green\"]\n"
				     "[deploy \"production/canary\"]\nafter = green\ntag = rel/v{semver}\non = main\n"
				     "[deploy \"production/full\"]\nafter = canary for 10m\n green\n"
				     "[deploy \"production/rollback\"]\n"
				     "[deploy \"east/first\"]\n[deploy \"east/*\"]\n[deploy \"*/rollback\"]\n";

struct given {
	const struct rule *rule;
	const char *ref;
	const char *says; /* part of every finding in a line; "": none; NULL: cannot tell */
	enum update_kind kind;
	struct facts facts;
};

/* ---- what is asked for ---- */

#define TAGGED(text)                                                                                                   \
	.tag = ANSWER_YES, .tag_found = {.type = OBJECT_COMMIT, .target = U, .message = {text, sizeof(text) - 1}}
#define COMMIT .target_answer = ANSWER_YES, .target = {.type = OBJECT_TAG, .peeled = OBJECT_COMMIT, .commit = T}
#define SIGNATURE "-----BEGIN SSH SIGNATURE-----\nabc\n-----END SSH SIGNATURE-----\n"
#define SIGNED(text) TAGGED(text SIGNATURE), .tag_raw = {text SIGNATURE, sizeof(text SIGNATURE) - 1}

static const struct fake_ref tags[] = {
	{BYTES("refs/tags/v1.0.0"), T},		{BYTES("refs/tags/rel/v1.0"), T},
	{BYTES("refs/tags/rel/v1.0.0"), U},	{BYTES("refs/tags/rel/v1.0.0/x"), T},
	{BYTES("refs/tags/release/v1.0.0"), T},
};
static const struct fake_ref carried[] = {{BYTES("refs/tags/rel/v1.0.0"), T}};
static const struct fake_ref branches[] = {{BYTES("refs/heads/main"), U}, {BYTES("refs/heads/stable"), L}};
static const struct oid reached[] = {T};

#define REFS(list) .refs = (list), .ref_count = COUNT(list)

/* ---- the other stages: a ref that is at a commit, and since when ---- */

#define GREEN_T                                                                                                        \
	{                                                                                                              \
		BYTES("refs/deploy/production/green"), T                                                               \
	}
#define CANARY_T                                                                                                       \
	{                                                                                                              \
		BYTES(CANARY), T                                                                                       \
	}
#define FULL_L                                                                                                         \
	{                                                                                                              \
		BYTES(FULL), L                                                                                         \
	}
static const struct fake_ref at_t[] = {GREEN_T, CANARY_T};
static const struct fake_ref at_l[] = {GREEN_T, CANARY_T, FULL_L};
static const struct fake_ref green_u[] = {{BYTES("refs/deploy/production/green"), U}};
static const struct fake_held ten[] = {{BYTES("refs/deploy/production/green"), T, MINUTES(30), false},
				       {BYTES(CANARY), T, MINUTES(10), false}};
static const struct fake_held nine[] = {{BYTES("refs/deploy/production/green"), T, MINUTES(30), false},
					{BYTES(CANARY), T, MINUTES(10) + 1, false}};
/* green goes back to before the rollback, canary does not */
static const struct fake_held rolled[] = {{BYTES("refs/deploy/production/green"), T, MINUTES(30), false},
					  {BYTES(CANARY), T, MINUTES(10), false},
					  {BYTES(ROLLBACK), L, MINUTES(20), false}};
static const struct fake_held same_second[] = {{BYTES("refs/deploy/production/green"), T, MINUTES(20), false},
					       {BYTES(CANARY), T, MINUTES(10), false},
					       {BYTES(ROLLBACK), L, MINUTES(20), false}};
static const struct fake_held on_client[] = {{BYTES("refs/deploy/production/green"), T, INT64_MIN, false},
					     {BYTES(CANARY), T, INT64_MIN, false}};
static const struct fake_held was[] = {{BYTES(FULL), T, MINUTES(30), true}, {BYTES(FULL), L, MINUTES(20), false}};
static const struct fake_held is[] = {{BYTES(FULL), T, MINUTES(30), false}};
static const struct fake_held under_way[] = {{BYTES(FULL), T, MINUTES(30), false},
					     {BYTES(CANARY), U, MINUTES(10), false}};
static const struct fake_held over[] = {{BYTES(FULL), T, MINUTES(30), false},
					{BYTES(CANARY), U, MINUTES(10), false},
					{BYTES(ROLLBACK), T, MINUTES(5), false}};
static const struct fake_held earlier[] = {{BYTES(CANARY), T, MINUTES(30), true}};
static const struct fake_held east[] = {{BYTES(EAST), T, MINUTES(30), true},
					{BYTES("refs/deploy/east/first"), L, 1, true}};
static const struct fake_ref full_t[] = {{BYTES(FULL), T}};
static const struct fake_ref full_t_canary_u[] = {{BYTES(FULL), T}, {BYTES(CANARY), U}};
static const struct fake_ref east_l[] = {{BYTES(EAST), L}};

#define HELD(list) .held = (list), .held_count = COUNT(list)
#define AT(at) REFS(at), .target_answer = ANSWER_YES, .targets_itself = true, .now = NOW
#define STAGES(at, since) AT(at), HELD(since)

static const struct given cases[] = {
	{&rule_deploy, CANARY, "", UPDATE_MOVE, {TAGGED("why")}},
	{&rule_deploy, CANARY, "is no annotated tag", UPDATE_MOVE, {.tag = ANSWER_NO}},
	{&rule_deploy,
	 CANARY,
	 "is a tag of a tag",
	 UPDATE_CREATE,
	 {.tag = ANSWER_YES, .tag_found = {.type = OBJECT_TAG}}},
	{&rule_deploy,
	 CANARY,
	 "is a tag of no commit",
	 UPDATE_CREATE,
	 {.tag = ANSWER_YES, .tag_found = {.type = OBJECT_TREE}}},
	{&rule_deploy, CANARY, "deploys are not deleted", UPDATE_DELETE, {0}},
	{&rule_deploy, CANARY, NULL, UPDATE_MOVE, {0}},
	{&rule_deploy, "refs/tags/v1.0.0", "", UPDATE_DELETE, {0}},
	{&rule_deploy, "refs/heads/main", "", UPDATE_MOVE, {.tag = ANSWER_NO}},

	{&rule_reason, CANARY, "", UPDATE_MOVE, {TAGGED("why\n")}},
	{&rule_reason, CANARY, "", UPDATE_MOVE, {TAGGED("\n\n # no comment\n")}},
	{&rule_reason, CANARY, "", UPDATE_MOVE, {TAGGED("\xff")}},
	{&rule_reason, CANARY, "", UPDATE_MOVE, {SIGNED("why\n")}},
	{&rule_reason, CANARY, "does not say why", UPDATE_MOVE, {SIGNED("")}},
	{&rule_reason, CANARY, "does not say why", UPDATE_MOVE, {TAGGED("")}},
	{&rule_reason, CANARY, "does not say why", UPDATE_MOVE, {TAGGED(" \t\r\n\n")}},
	{&rule_reason, CANARY, "does not say why", UPDATE_MOVE, {TAGGED("# why\n#because\n")}},
	{&rule_reason, ROLLBACK, "does not say why", UPDATE_MOVE, {TAGGED("\xe2\x80\x8b\xc2\xa0\xe3\x80\x80")}},
	{&rule_reason, CANARY, "", UPDATE_MOVE, {.tag = ANSWER_NO}},
	{&rule_reason, CANARY, "", UPDATE_DELETE, {0}},
	{&rule_reason, CANARY, NULL, UPDATE_MOVE, {0}},
	{&rule_reason, "refs/heads/main", "", UPDATE_MOVE, {TAGGED("")}},

	{&rule_tag, CANARY, "", UPDATE_MOVE, {.targets_itself = true, .target_answer = ANSWER_YES, REFS(carried)}},
	{&rule_tag,
	 CANARY,
	 "aa00000 carries no tag rel/v{semver}",
	 UPDATE_MOVE,
	 {.targets_itself = true, .target_answer = ANSWER_YES, REFS(tags)}},
	{&rule_tag, CANARY, "aa00000 carries no tag", UPDATE_MOVE, {COMMIT}},
	{&rule_tag, CANARY, "", UPDATE_DELETE, {0}},
	{&rule_tag, CANARY, NULL, UPDATE_MOVE, {COMMIT, .refs_unknown = true}},
	{&rule_tag, CANARY, NULL, UPDATE_MOVE, {.target_answer = ANSWER_UNKNOWN}},
	{&rule_tag, CANARY, "", UPDATE_MOVE, {.target_answer = ANSWER_YES, .target = {.peeled = OBJECT_TREE}}},

	{&rule_on, CANARY, "", UPDATE_MOVE, {COMMIT, REFS(branches), .ancestors = reached, .ancestor_count = 1}},
	{&rule_on,
	 CANARY,
	 "aa00000 is not on main (wanted: a commit that main had before this push)",
	 UPDATE_MOVE,
	 {COMMIT, REFS(branches), .descends = ANSWER_NO}},
	{&rule_on, CANARY, "aa00000 is not on main", UPDATE_MOVE, {COMMIT}},
	{&rule_on, CANARY, NULL, UPDATE_MOVE, {COMMIT, REFS(branches), .descends = ANSWER_UNKNOWN}},
	{&rule_on, CANARY, NULL, UPDATE_MOVE, {COMMIT, .refs_unknown = true}},
	{&rule_on, CANARY, "", UPDATE_MOVE, {.target_answer = ANSWER_YES, .target = {.peeled = OBJECT_TREE}}},
	{&rule_on,
	 "refs/tags/v1.0.0",
	 "aa00000 is not on main, nor on stable",
	 UPDATE_MOVE,
	 {COMMIT, REFS(branches), .descends = ANSWER_NO}},
	{&rule_on,
	 "refs/tags/v1.0.0",
	 "is no commit",
	 UPDATE_MOVE,
	 {.target_answer = ANSWER_YES, .target = {.peeled = OBJECT_TREE}}},
	{&rule_on, "refs/tags/v1.0.0", "", UPDATE_DELETE, {0}},

	{&rule_after, FULL, "", UPDATE_MOVE, {STAGES(at_t, ten)}},
	{&rule_after,
	 FULL,
	 "canary is at aa00000 since 1970-01-12T13:36:41Z, 1 s left",
	 UPDATE_MOVE,
	 {STAGES(at_t, nine)}},
	{&rule_after,
	 FULL,
	 "(wanted: aa00000 at canary for 10m) (fix: first: git policy deploy production/canary aa00000 --reason '...')",
	 UPDATE_MOVE,
	 {AT(green_u)}},
	{&rule_after, CANARY, "green is at bb00000, not at aa00000", UPDATE_MOVE, {AT(green_u)}},
	{&rule_after, CANARY, "green was never asked for", UPDATE_MOVE, {COMMIT}},
	{&rule_after,
	 FULL,
	 "15:0 green is at aa00000 only from before the last rollback",
	 UPDATE_MOVE,
	 {STAGES(at_t, rolled)}},
	{&rule_after, CANARY, "green is at aa00000 only from before", UPDATE_MOVE, {STAGES(at_t, same_second)}},
	{&rule_after,
	 FULL,
	 "only the server knows since when canary is at aa00000",
	 UPDATE_MOVE,
	 {STAGES(at_t, on_client)}},
	{&rule_after, CANARY, "", UPDATE_MOVE, {STAGES(at_t, on_client)}},
	{&rule_after, CANARY, "", UPDATE_DELETE, {0}},
	{&rule_after, CANARY, NULL, UPDATE_MOVE, {COMMIT, .held_unknown = true}},
	{&rule_after, CANARY, NULL, UPDATE_MOVE, {.target_answer = ANSWER_UNKNOWN}},

	{&rule_rollback, ROLLBACK, "", UPDATE_MOVE, {STAGES(at_l, was)}},
	{&rule_rollback,
	 ROLLBACK,
	 "production was never at aa00000 (wanted: a commit that the last stage of production "
	 "was at before: production/full)",
	 UPDATE_MOVE,
	 {AT(at_l)}},
	{&rule_rollback, ROLLBACK, "production was never at aa00000", UPDATE_MOVE, {STAGES(at_l, earlier)}},
	{&rule_rollback, ROLLBACK, "production is at aa00000 already", UPDATE_MOVE, {STAGES(full_t, is)}},
	{&rule_rollback, ROLLBACK, "", UPDATE_MOVE, {STAGES(full_t_canary_u, under_way)}},
	{&rule_rollback, ROLLBACK, "production is at aa00000 already", UPDATE_MOVE, {STAGES(full_t_canary_u, over)}},
	{&rule_rollback, "refs/deploy/east/rollback", "", UPDATE_MOVE, {STAGES(east_l, east)}},
	{&rule_rollback, "refs/deploy/east/rollback", "east was never at aa00000", UPDATE_MOVE, {STAGES(full_t, east)}},
	{&rule_rollback, "refs/deploy/west/rollback", "west was never at aa00000", UPDATE_MOVE, {STAGES(east_l, east)}},
	{&rule_rollback, ROLLBACK, "only the server knows", UPDATE_MOVE, {STAGES(at_l, was), .cloned = true}},
	{&rule_rollback, ROLLBACK, NULL, UPDATE_MOVE, {COMMIT, .held_unknown = true}},
	{&rule_rollback, ROLLBACK, NULL, UPDATE_MOVE, {COMMIT, .refs_unknown = true}},
	{&rule_rollback, ROLLBACK, "", UPDATE_MOVE, {.target_answer = ANSWER_YES}},
	{&rule_rollback, FULL, "", UPDATE_MOVE, {0}},
	{&rule_rollback, "refs/heads/main", "", UPDATE_MOVE, {0}},
};

static void run(struct memory *memory, const struct policy *policy, const struct given *given)
{
	const struct section *section = section_find(policy, bytes_of(given->ref));
	const struct update update = {.ref = bytes_of(given->ref), .new = T, .kind = given->kind};
	struct facts facts = given->facts;
	const struct rule_case c = {
		.rule = given->rule,
		.severity = SEVERITY_ENFORCE,
		.setting = section_setting(section, given->rule->name),
		.policy = policy,
		.section = section,
		.update = &update,
		.facts = &facts,
	};

	memory->findings = (struct findings){.arena = memory->arena};
	bool told = given->rule->judge(&c, &memory->findings);
	const char *said = memory_said(memory, true);

	if (told != (given->says != NULL) ||
	    (given->says && (!bytes_contains(bytes_of(said), bytes_of(given->says)) || (!*given->says && *said))))
		fail_msg("case %zu, %s of %s: %s %s\nwanted: %s", (size_t)(given - cases), given->rule->name,
			 given->ref, told ? "said" : "could not tell", said,
			 given->says ? given->says : "(cannot tell)");
}

static void judges(void **state)
{
	struct memory memory = memory_new(text, NULL);
	struct policy *policy = memory_load(&memory);

	(void)state;
	if (!policy)
		fail_msg("%s", memory_said(&memory, true));
	for (size_t i = 0; i < COUNT(cases); i++)
		run(&memory, policy, &cases[i]);
	arena_free(memory.arena);
}

/* What is written in [deploy] sections, and what is said of it. */
static const struct {
	const char *text;
	const char *says; /* "": it loads */
} policies[] = {
	{"[deploy \"p/a\"]\n[deploy \"p/b\"]\nafter = a\n", ""},
	{"[deploy \"p/a\"]\n[deploy \"p/b\"]\nafter = a for 10m\n", ""},
	{"[deploy \"p/*\"]\n[deploy \"p/b\"]\nafter = a\n", ""},
	{"[deploy \"*/b\"]\nafter = a\n", ""},
	{"[deploy \"q/a\"]\n[deploy \"p/b\"]\nafter = a\n",
	 "6:9 no section names refs/deploy/p/a, which refs/deploy/p/b comes "
	 "after"},
	{"[deploy \"p/x-*\"]\nafter = a\n", "5:9 no section names refs/deploy/p/a"},
	{"[deploy \"p/a\"]\nafter = a\n", "5:9 a comes after itself"},
	{"[deploy]\nafter = a\n[deploy \"p/a\"]\n", "5:9 a comes after itself"},
	{"[deploy \"p/a\"]\n[deploy \"p/b\"]\nafter = a a\n", "6:11 \"a\": one stage a line"},
	{"[deploy \"p/a\"]\n[deploy \"p/b\"]\nafter = a\n a\n", "7:2 \"a\": it is listed already"},
	{"[deploy \"p/a\"]\n[deploy \"p/b\"]\nafter = a for\n", "\"for\": how long stands behind it"},
	{"[deploy \"p/a\"]\n[deploy \"p/b\"]\nafter = a for 10\n", "\"10\": a whole number and its unit"},
	{"[deploy \"p/a\"]\n[deploy \"p/b\"]\nafter = a for 0s\n", "not 0"},
	{"[deploy \"p/a\"]\n[deploy \"p/b\"]\nafter = a for 1m x\n", "\"x\": nothing stands behind how long"},
	{"[deploy \"p/a\"]\n[deploy \"p/b\"]\nafter = p/a\n",
	 "\"p/a\": a stage of the same environment is named alone"},
	{"[deploy \"p/a\"]\n[deploy \"p/b\"]\nafter = a*\n", "\"a*\": it is no name for a stage"},
	{"[deploy \"p/a\"]\n[deploy \"p/b\"]\nafter = {slug}\n", "\"{slug}\": it is no name for a stage"},
	{"[deploy \"p/rollback\"]\n[deploy \"p/b\"]\nafter = rollback\n", "\"rollback\": a rollback is not waited for"},
	{"[deploy \"p/a\"]\ntag = v{sever}\n", "not a pattern for tags: "},
	{"[deploy \"p/a\"]\non = release/*\n", "on names branches, not patterns"},
};

static void loads(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(policies); i++) {
		struct arena *arena = arena_new();
		struct memory memory = memory_new(bytes_printf(arena, HEAD "%s", policies[i].text).data, NULL);
		bool loaded = memory_load(&memory);
		const char *said = memory_said(&memory, false);

		if (memory.findings.count > 1 || loaded != !*policies[i].says ||
		    !bytes_contains(bytes_of(said), bytes_of(policies[i].says)))
			fail_msg("%s\nsaid: %s\nwanted: %s", policies[i].text, said, policies[i].says);
		arena_free(memory.arena);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(judges), cmocka_unit_test(loads)};

	return cmocka_run_group_tests_name("rules_deploy", tests, NULL, NULL);
}
