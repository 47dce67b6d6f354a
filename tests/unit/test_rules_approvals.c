/* test_rules_approvals: whose approvals of a landing count, whose do not and why, and where it cannot be told. */
#include "memory_policy.h"

#include "fake_facts.h"
#include "rules/rules.h"

#define ID(byte)                                                                                                       \
	{                                                                                                              \
		{                                                                                                      \
			byte                                                                                           \
		}                                                                                                      \
	}
#define PEOPLE                                                                                                         \
	"[user \"bob\"]\naliases = rob\n[user \"dan\"]\n[user \"erin\"]\n[user \"robot\"]\n[user \"sue\"]\n"           \
	"[group \"reviewers\"]\nmembers = bob dan erin\n[group \"security\"]\nmembers = sue\n[group \"ci\"]\n"         \
	"members = robot\n"
#define NAME "0123456789abcdef0123456789abcdef"
#define MOVED                                                                                                          \
	"\nrepository: " NAME "\ntarget: refs/heads/dev\nhead: aa00000000000000000000000000000000000000\nuser: bob\n"
#define STATED                                                                                                         \
	"\nrepository: " NAME "\ntarget: refs/heads/main\nhead: aa00000000000000000000000000000000000000\nuser: bob\n"

static struct record_value signed_value = {.signature = {"S", 1}, .stated = {STATED, sizeof(STATED) - 1}};
static struct record_value moved_value = {.signature = {"S", 1}, .stated = {MOVED, sizeof(MOVED) - 1}};
static struct record_value plain_value;

struct given {
	const char *section;	    /* what [branch "main"] says */
	const char *words[6];	    /* "bob" approves, "!bob" rejects, "bob?why" is malformed */
	struct record_value *value; /* of the first */
	const char *made[2];	    /* "erin=author of aa00000" */
	bool unknown_pusher;
	bool again;	  /* it lands twice */
	const char *vuln; /* what that check says */
	enum signature signature;
	bool nearly;
	bool unknown;	  /* opinions cannot be told */
	bool unmade;	  /* nor who made it */
	const char *says; /* in the findings, "" for none; NULL: cannot tell */
};

#define TWO "approvals = 2 @reviewers\n"
#define ONE "approvals = 1 @reviewers\n"
#define SIGNED ONE "signed = required\n"

static const struct given cases[] = {
	/* how many */
	{TWO, {"bob", "dan"}, .says = ""},
	{TWO,
	 {"bob"},
	 .says = "17:0 1 of 2 for aa00000 (bob) (fix: another of @reviewers runs: git policy approve aa00000 --for "
		 "main)\n"},
	{TWO, .says = "17:0 0 of 2 for aa00000 (fix: one of @reviewers runs: git policy approve aa00000 --for main)\n"},
	{TWO, {"bob"}, .unknown = true},
	{TWO, {"bob"}, .unmade = true},
	/* who */
	{TWO,
	 {"bob", "erin"},
	 .made = {"erin=author of aa00000"},
	 .says = "1 of 2 for aa00000 (bob; erin does not count: "
		 "author of aa00000)"},
	{ONE, {"bob", "erin"}, .made = {"erin=author of aa00000"}, .says = ""},
	{TWO, {"bob", "rob"}, .says = "1 of 2 for aa00000 (bob)"},
	{TWO, {"bob", "sue"}, .says = "1 of 2 for aa00000 (bob; sue does not count: not one of @reviewers)"},
	{TWO, {"bob", "robot"}, .says = "1 of 2 for aa00000 (bob; robot does not count: not one of @reviewers)"},
	{TWO, {"bob", "eve"}, .says = "1 of 2 for aa00000 (bob; eve does not count: unknown to the policy)"},
	{TWO,
	 {"bob", "dan?it is no annotated tag"},
	 .says = "1 of 2 for aa00000 (bob; dan does not count: it is no annotated tag)"},
	{"approvals = 1 bob\n", {"dan"}, .says = "0 of 1 for aa00000 (dan does not count: not one of bob)"},
	{"approvals = 1 bob\n", {"rob"}, .says = ""},
	{"approvals = 2 bob sue @ci\n", {"robot", "sue"}, .says = ""},
	/* nobody knows who pushed it */
	{ONE, {"bob"}, .unknown_pusher = true, .says = ""},
	{TWO, {"bob"}, .unknown_pusher = true, .says = "1 of 2 for aa00000 (bob; who pushed it is not known)"},
	/* used */
	{ONE, {"bob"}, .again = true, .says = "0 of 1 for aa00000 (bob does not count: it lands twice in this push)"},
	{ONE, {"!bob"}, .again = true, .says = "changes requested by bob"},
	{ONE,
	 {"bob?it was used when aa00000 landed at 2026-01-31T12:00:00Z"},
	 .says = "bob does not count: it was used when aa00000 landed at 2026-01-31T12:00:00Z"},
	/* changes requested */
	{ONE,
	 {"bob", "!dan"},
	 .says = "17:0 changes requested by dan, of aa00000 (fix: push a better head and have it approved, or dan "
		 "runs: git policy approve aa00000 --for main)\n"},
	{ONE,
	 {"bob", "!rob"},
	 .says = "0 of 1 for aa00000 (bob does not count: asks for changes "
		 "under another name)"},
	{ONE, {"!rob", "bob", "dan"}, .says = "changes requested by bob"},
	{ONE, {"bob", "!sue"}, .says = ""},
	{ONE, {"bob", "!eve"}, .says = ""},
	{ONE, {"bob", "!erin"}, .made = {"erin=pushed aa00000"}, .says = ""},
	/* several thresholds, each told */
	{ONE "  1 @security\n", {"bob", "sue"}, .says = ""},
	{ONE "  1 @security\n", {"bob"}, .says = "18:0 0 of 1 for aa00000 (bob does not count: not one of @security)"},
	{TWO "  1 @security\n",
	 .says = "17:0 0 of 2 for aa00000 (fix: one of @reviewers runs: git policy approve aa00000 --for main)\n"
		 "18:0 0 of 1 for aa00000 (fix: one of @security runs: git policy approve aa00000 --for main)\n"},
	/* unless */
	{ONE "  1 @security unless vuln=0\n", {"bob"}, .vuln = "0.0", .says = ""},
	{ONE "  1 @security unless vuln=0\n", {"bob"}, .vuln = "3", .says = "0 of 1 for aa00000"},
	{ONE "  1 @security unless vuln=0\n", {"bob"}, .says = "0 of 1 for aa00000"},
	{ONE "  1 @security unless vuln=0 ci\n", {"bob"}, .vuln = "0", .says = "0 of 1 for aa00000"},
	{ONE "  1 @security unless vuln=0\n", {"bob", "!sue"}, .vuln = "0", .says = "changes requested by sue"},
	/* signed */
	{SIGNED, {"bob"}, .value = &signed_value, .signature = SIGNATURE_GOOD, .says = ""},
	{SIGNED, {"bob"}, .says = "0 of 1 for aa00000 (bob does not count: not signed)"},
	{SIGNED, {"bob"}, .value = &plain_value, .says = "(bob does not count: not signed)"},
	{SIGNED, {"bob"}, .value = &signed_value, .signature = SIGNATURE_BAD, .says = "the test said so"},
	{SIGNED, {"dan"}, .value = &signed_value, .signature = SIGNATURE_GOOD, .says = "signed by somebody else"},
	{SIGNED,
	 {"bob"},
	 .value = &moved_value,
	 .signature = SIGNATURE_GOOD,
	 .says = "bob does not count: what is signed is not for this target"},
	{SIGNED,
	 {"rob"},
	 .value = &signed_value,
	 .signature = SIGNATURE_GOOD,
	 .says = "rob does not count: what is signed is not in this user's name"},
	{ONE, {"bob"}, .value = &plain_value, .says = ""},
	/* stale */
	{TWO,
	 {"bob"},
	 .nearly = true,
	 .says = "approval by bob was for bb00000; aa00000 lands instead: 2 files differ"},
	{ONE, {"bob"}, .nearly = true, .says = ""},
};

static void opinions_make(const struct given *given, const struct policy *policy, struct opinion *opinions,
			  struct facts *facts)
{
	facts->opinion_list = opinions;
	for (size_t i = 0; i < COUNT(given->words) && given->words[i]; i++) {
		bool rejects = given->words[i][0] == '!';
		struct bytes text = bytes_from(bytes_of(given->words[i]), rejects);
		struct bytes name = bytes_first(text, bytes_index(text, '?'));

		opinions[facts->opinion_count++] = (struct opinion){
			.name = name,
			.user = people_user(&policy->people, name),
			.rejects = rejects,
			.malformed = name.len < text.len ? name.data + name.len + 1 : NULL,
			.value = i ? NULL : given->value,
		};
	}
}

static void made_make(const struct given *given, const struct policy *policy, struct contributor *made,
		      struct facts *facts)
{
	facts->contributor_list = made;
	for (size_t i = 0; i < COUNT(given->made) && given->made[i]; i++) {
		struct bytes text = bytes_of(given->made[i]);
		size_t end = bytes_index(text, '=');

		made[facts->contributor_count++] = (struct contributor){
			people_user(&policy->people, bytes_first(text, end)),
			text.data + end + 1,
		};
	}
}

static void run(const struct given *given)
{
	struct bytes text;
	struct memory memory = memory_new("", NULL);
	struct opinion opinions[6];
	struct contributor made[2];
	const struct landing landing = {
		.method = LANDING_SQUASH,
		.head = ID(0xaa),
		.to = ID(0xcc),
		.again = given->again,
		.nearly = {{given->nearly ? 0xbb : 0}},
	};
	const struct update update = {.ref = BYTES("refs/heads/main"), .name = BYTES("main"), .kind = UPDATE_MOVE};
	struct record_value vuln = {.number.text = bytes_of(given->vuln ? given->vuln : "")};
	const struct fake_check scan = {ID(0xaa), BYTES("vuln"), {.value = &vuln}};
	struct facts facts = {
		.opinions = given->unknown ? ANSWER_UNKNOWN : ANSWER_YES,
		.contributors = given->unmade ? ANSWER_UNKNOWN : ANSWER_YES,
		.contributors_unknown = given->unknown_pusher,
		.checks = &scan,
		.check_count = given->vuln != NULL,
		.signature = ANSWER_YES,
		.signature_found = given->signature,
		.repository = ANSWER_YES,
		.repository_name = BYTES(NAME),
		.changed = ANSWER_YES,
		.changed_count = 2,
	};

	text = bytes_printf(memory.arena, HEAD PEOPLE "[branch \"main\"]\n%s", given->section);
	memory.policy = text.data;
	struct policy *policy = memory_load(&memory);

	if (!policy)
		fail_msg("%s", memory_said(&memory, true));
	const struct section *section = section_find(policy, update.ref);
	const struct rule_case c = {
		.rule = &rule_approvals,
		.severity = SEVERITY_ENFORCE,
		.setting = section_setting(section, "approvals"),
		.policy = policy,
		.section = section,
		.update = &update,
		.landing = &landing,
		.facts = &facts,
	};

	facts.signature_user = people_user(&policy->people, BYTES("bob"));
	opinions_make(given, policy, opinions, &facts);
	made_make(given, policy, made, &facts);
	bool told = rule_approvals.judge(&c, &memory.findings);
	const char *said = memory_said(&memory, true);

	assert_int_equal(told, given->says != NULL);
	if (given->says && (!bytes_contains(bytes_of(said), bytes_of(given->says)) || (!*given->says && *said)))
		fail_msg("%ssaid: %s\nwanted: %s", given->section, said, given->says);
	arena_free(memory.arena);
}

static void judges(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		run(&cases[i]);
}

/* What cannot be asked for is no policy. */
static void refuses_values(void **state)
{
	static const struct {
		const char *value;
		const char *says; /* NULL: it loads */
	} values[] = {
		{"1 @reviewers", NULL},
		{"99 @reviewers bob", NULL},
		{"1 @reviewers unless ci coverage>=90", NULL},
		{"0 @reviewers", "17:13 \"0\": how many must approve is a whole number from 1 to 99"},
		{"-1 @reviewers", "\"-1\": how many must approve"},
		{"100 @reviewers", "\"100\": how many must approve"},
		{"4294967297 @reviewers", "\"4294967297\": how many must approve"},
		{"18446744073709551617 @reviewers", "how many must approve"},
		{"01 @reviewers", "\"01\": how many must approve"},
		{"@reviewers", "\"@reviewers\": how many must approve"},
		{"2", "\"2\": it does not say who must approve"},
		{"1 anyone", "17:15 \"anyone\": who approves is named"},
		{"1 @reviewer", "@reviewer is no group of this policy (fix: did you mean @reviewers?)"},
		{"1 reviewers", "reviewers is no user of this policy (fix: did you mean @reviewers?)"},
		{"1 mallory", "17:15 mallory is no user of this policy"},
		{"1 unless ci", "\"unless\": who must approve stands before it"},
		{"1 @reviewers unless", "\"unless\": nothing follows unless"},
		{"1 @reviewers unless coverage>=", "\"coverage>=\": after the comparison stands a number"},
		{"1 @reviewers unless coverage>=90,0", "\"coverage>=90,0\": after the comparison stands a number"},
		{"1 @reviewers\n  0 @security", "18:3 \"0\": how many must approve"},
		{"1 @reviewers\n  1 @securty",
		 "18:5 @securty is no group of this policy (fix: did you mean @security?)"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		struct memory memory = memory_new("", NULL);

		memory.policy =
			bytes_printf(memory.arena, HEAD PEOPLE "[branch \"main\"]\napprovals = %s\n", values[i].value)
				.data;
		bool loaded = memory_load(&memory) != NULL;
		const char *said = memory_said(&memory, true);

		if (loaded != !values[i].says ||
		    (values[i].says && !bytes_contains(bytes_of(said), bytes_of(values[i].says))))
			fail_msg("%s\nsaid: %s\nwanted: %s", values[i].value, said, values[i].says);
		arena_free(memory.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judges),
		cmocka_unit_test(refuses_values),
	};

	return cmocka_run_group_tests_name("rules_approvals", tests, NULL, NULL);
}
