/* test_policyfile: what a policy that loads comes to; those that do not are in tests/bad. Files on disk are trusted or
 * refused. */
#include "memory_policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "regex.h"

static const char people[] = "[user \"alice\"]\nemail = alice@example.org\n[group \"all\"]\nmembers = alice\n";

static const char policy[] =
	"[policy]\nversion = 1\ninclude = people.ini\nmode = evaluate\ndeadline = 3m\nbootstrap = @all\n"
	"[identity]\nenv = GL_USER\n"
	"[commit]\ntypes = feat fix\n  docs\nheader-max = 72\nsubject-case-allow = [A-Z]+\n  iOS\n"
	"[severity]\ntypes = warn\n"
	"[branch]\ndelete = deny\n"
	"[branch \"main\"]\nname = ma.n\nrewrite = allow\n";

static void loading(void **state)
{
	struct memory memory = memory_new(policy, people);
	struct policy *loaded = memory_load(&memory);
	const struct setting *setting;

	(void)state;
	assert_non_null(loaded);
	assert_string_equal(memory_said(&memory, true), "");
	assert_true(loaded->evaluate);
	assert_true(loaded->governs);
	assert_int_equal(loaded->section_count, 1);
	assert_int_equal(loaded->people.user_count, 1);
	assert_int_equal(section_setting(loaded->policy, "deadline")->number, 180);
	setting = section_setting(loaded->commit, "types");
	assert_int_equal(setting->word_count, 3);
	assert_true(bytes_equal(setting->words[2], BYTES("docs")));
	assert_int_equal(setting->clauses[1].origin.line, 11);
	assert_int_equal(section_setting(loaded->commit, "header-max")->number, 72);
	setting = section_setting(loaded->commit, "subject-case-allow");
	assert_int_equal(regex_match(setting->regexes[0], BYTES("HTTP")), REGEX_YES);
	assert_int_equal(regex_match(setting->regexes[1], BYTES("iOS")), REGEX_YES);
	setting = map_get(loaded->severities, BYTES("types"));
	assert_int_equal(setting->number, SEVERITY_WARN);
	setting = section_setting(loaded->sections[0], "delete");
	assert_true(bytes_equal(setting->origin.text, BYTES("delete = deny")));
	assert_true(bytes_equal(setting->origin.file, BYTES("policy.ini")));
	arena_free(memory.arena);
}

static void smallest(void **state)
{
	struct memory memory = memory_new(HEAD, NULL);
	struct policy *loaded = memory_load(&memory);

	(void)state;
	assert_non_null(loaded);
	assert_false(loaded->governs);
	assert_false(loaded->evaluate);
	arena_free(memory.arena);
}

static const struct {
	const char *duration;
	unsigned long seconds;
	bool good;
} durations[] = {
	{"0s", 0, true},
	{"90s", 90, true},
	{"10m", 600, true},
	{"24h", 86400, true},
	{"3650d", 315360000, true},
	{"3651d", 0, false},
	{"99999999999999999999s", 0, false},
	{"5", 0, false},
	{"m", 0, false},
	{"-1s", 0, false},
	{"1 s", 0, false},
	{"01s", 0, false},
	{"1w", 0, false},
};

static void durations_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(durations); i++) {
		char text[100];

		snprintf(text, sizeof(text), "[policy]\nversion = 1\ndeadline = %s\n", durations[i].duration);
		struct memory memory = memory_new(text, NULL);
		struct policy *loaded = memory_load(&memory);

		if (!loaded == durations[i].good)
			fail_msg("%s", durations[i].duration);
		if (loaded)
			assert_int_equal(section_setting(loaded->policy, "deadline")->number, durations[i].seconds);
		arena_free(memory.arena);
	}
}

/* What is said of "policy.ini" in the working directory. */
static void expect_on_disk(bool trusted, const char *said)
{
	struct memory memory = memory_new(NULL, NULL);
	const struct policy_source source = policyfile_on_disk(memory.arena, BYTES("./policy.ini"), trusted);
	struct policy *loaded = policyfile_load(memory.arena, &source, &memory.findings);

	assert_string_equal(memory_said(&memory, false), said);
	assert_int_equal(loaded == NULL, *said != '\0');
	arena_free(memory.arena);
}

static void write_policy(const char *content, size_t len, mode_t mode)
{
	FILE *file = fopen("policy.ini", "w");

	assert_non_null(file);
	assert_int_equal(fwrite(content, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod("policy.ini", mode), 0);
}

static void trust(void **state)
{
	(void)state;
	write_policy(HEAD, strlen(HEAD), 0644);
	expect_on_disk(true, "");
	assert_int_equal(chmod("policy.ini", 0664), 0);
	expect_on_disk(true, "0:0 policy.ini may be written by others than its owner\n");
	expect_on_disk(false, "");
	assert_int_equal(chmod("policy.ini", 0646), 0);
	expect_on_disk(true, "0:0 policy.ini may be written by others than its owner\n");
	assert_int_equal(chmod("policy.ini", 0600), 0);
	assert_int_equal(chmod(".", 0770), 0);
	expect_on_disk(true, "0:0 policy.ini is in a folder that others may write\n");
	assert_int_equal(chmod(".", 01777), 0);
	expect_on_disk(true, "");
	assert_int_equal(chmod(".", 0700), 0);
}

static void kinds_of_file(void **state)
{
	static char large[INIFILE_SIZE_MAX + 1];

	(void)state;
	expect_on_disk(true, "0:0 policy.ini does not exist\n");
	write_policy("", 0, 0644);
	expect_on_disk(true, "0:1 the file is empty\n0:0 no [policy] section\n");
	memset(large, '\n', sizeof(large));
	write_policy(large, sizeof(large), 0644);
	expect_on_disk(true, "0:0 policy.ini is larger than 1 MiB\n");
	assert_int_equal(unlink("policy.ini"), 0);
	assert_int_equal(mkdir("policy.ini", 0755), 0);
	expect_on_disk(true, "0:0 policy.ini is a directory\n");
	assert_int_equal(rmdir("policy.ini"), 0);
	assert_int_equal(mkfifo("policy.ini", 0644), 0);
	expect_on_disk(true, "0:0 policy.ini is a FIFO\n");
	assert_int_equal(unlink("policy.ini"), 0);
	assert_int_equal(symlink("/dev/zero", "policy.ini"), 0);
	expect_on_disk(true, "0:0 policy.ini is a symbolic link, which is not followed\n");
	assert_int_equal(unlink("policy.ini"), 0);
}

/* What is a private key in any file of a policy, and what only speaks of one. */
static const struct {
	struct bytes content;
	const char *said;
} keys[] = {
	{BYTES(HEAD "# -----BEGIN RSA PRIVATE KEY-----\n"), ""},
	{BYTES(HEAD "-----BEGIN OPENSSH PRIVATE KEY-----\n"), "4:0 policy.ini holds a private key\n"},
	{BYTES("\n \t-----BEGIN ENCRYPTED PRIVATE KEY-----\r\n"), "2:0 policy.ini holds a private key\n"},
	{BYTES("-----BEGIN PGP PRIVATE KEY BLOCK-----"), "1:0 policy.ini holds a private key\n"},
	{BYTES("PuTTY-User-Key-File-3: ssh-ed25519\n"), "1:0 policy.ini holds a private key\n"},
	{BYTES("\x94\x01x"), "1:0 policy.ini holds a private key\n"},			   /* old format */
	{BYTES("\xc5\x01x"), "1:0 policy.ini holds a private key\n"},			   /* new format */
	{BYTES("\x99\0\x02xx\xb4\x01x\xc7\x01x"), "1:0 policy.ini holds a private key\n"}, /* a subkey, behind */
};

static void private_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++) {
		write_policy(keys[i].content.data, keys[i].content.len, 0644);
		expect_on_disk(true, keys[i].said);
	}
}

static int enter_folder(void **state)
{
	static char folder[] = "/tmp/test_policyfile.XXXXXX";

	*state = folder;
	return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state)
{
	unlink("policy.ini");
	return chdir("/") == 0 && rmdir(*state) == 0 ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(loading),	 cmocka_unit_test(smallest), cmocka_unit_test(durations_read),
		cmocka_unit_test(kinds_of_file), cmocka_unit_test(trust),    cmocka_unit_test(private_keys),
	};

	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
