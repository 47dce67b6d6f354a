/* test_account: what is written of a ref comes back newest first, with what the account missed; a file that is none is
 * never taken for one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "account.h"
#include "accountline.h"
#include "arena.h"
#include "record.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define REF BYTES("refs/heads/topic")
#define EVENT "0123456789abcdef"

/* A git directory with nothing in it but what a test puts there. */
struct world {
	struct arena *arena;
	char directory[64];
	struct bytes git_dir;
};

static int world_make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	w->arena = arena_new();
	snprintf(w->directory, sizeof(w->directory), "/tmp/git-policy-account-XXXXXX");
	assert_non_null(mkdtemp(w->directory));
	w->git_dir = bytes_of(w->directory);
	*state = w;
	return 0;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status, (void)type, (void)place;
	return remove(path);
}

static int world_drop(void **state)
{
	struct world *w = *state;

	nftw(w->directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	arena_free(w->arena);
	free(w);
	return 0;
}

/* The value that a letter stands for; '0' is none. */
static struct oid value_of(char letter)
{
	struct oid id;

	memset(id.id, letter == '0' ? 0 : letter, sizeof(id.id));
	return id;
}

static const char *hex_of(struct world *w, char letter)
{
	const struct oid id = value_of(letter);

	return bytes_printf(w->arena, "%s", oid_hex(&id).text).data;
}

/* Writes a file below the git directory, and the folders on the way. */
static void put(struct world *w, const char *name, struct bytes content)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", w->directory, name);
	for (char *slash = strchr(path + strlen(w->directory) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0755);
		*slash = '/';
	}
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(content.data ? content.data : "", 1, content.len, file), content.len);
	assert_int_equal(fclose(file), 0);
}

static struct bytes get(struct world *w, const char *name)
{
	char path[512], *text = arena_alloc(w->arena, 1 << 20);
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", w->directory, name);
	file = fopen(path, "r");
	if (!file)
		return (struct bytes){0};
	size_t len = fread(text, 1, (1 << 20) - 1, file);

	fclose(file);
	return (struct bytes){text, len};
}

/* Moves as words of two letters, oldest first, in the form of an account or of a reflog. A word in capitals was told
 * late, one with a "?" was taken from the reflog. */
static void put_moves(struct world *w, const char *name, bool reflog, const char *moves)
{
	struct bytes rest = bytes_of(moves), word;
	struct buffer text = {.arena = w->arena};

	while (bytes_word(&rest, &word)) {
		bool late = word.data[0] >= 'A' && word.data[0] <= 'Z';
		const char *old = hex_of(w, late ? (char)(word.data[0] | 32) : word.data[0]);
		const char *new = hex_of(w, late ? (char)(word.data[1] | 32) : word.data[1]);

		if (reflog)
			buffer_printf(&text, "%s %s Erin <erin@example.org> 1740830400 +0000\tpush > x\n", old, new);
		else if (bytes_ends(word, BYTES("?")))
			buffer_printf(&text, "2025-03-01T12:00:00Z ? refs/heads/topic %s %s -\n", old, new);
		else
			buffer_printf(&text, "2025-03-01T12:00:01Z erin refs/heads/topic %s %s " EVENT "%s\n", old, new,
				      late ? " late" : "");
	}
	put(w, name, buffer_bytes(&text));
}

/* What is read, as such words: "?" behind those whose user is unknown. */
struct reading {
	struct buffer words;
	size_t left;
};

static char letter_of(const struct oid *id)
{
	return oid_is_zero(id) ? '0' : (char)id->id[0];
}

static bool take_line(void *context, const struct account_line *line)
{
	struct reading *reading = context;

	buffer_printf(&reading->words, "%s%c%c%s", reading->words.len ? " " : "", letter_of(&line->old),
		      letter_of(&line->new), line->user.len ? "" : "?");
	return --reading->left;
}

static enum answer read_words(struct world *w, size_t most, struct bytes *ret_words)
{
	struct reading reading = {.words = {.arena = w->arena}, .left = most};
	const char *problem = NULL;
	enum answer answer = account_read(w->arena, w->git_dir, REF, take_line, &reading, &problem);

	assert_true(answer != ANSWER_UNKNOWN || (problem && *problem));
	*ret_words = buffer_bytes(&reading.words);
	return answer;
}

static const struct account_line *write_line(struct world *w, struct account_line line)
{
	struct account_line *kept = arena_alloc(w->arena, sizeof(*kept));
	const char *problem = "";

	*kept = line;
	if (!account_write(w->arena, w->git_dir, REF, kept, NULL, NULL, &problem))
		fail_msg("%s", problem);
	return kept;
}

/* ---- what is written comes back ---- */

static bool copy_line(void *context, const struct account_line *line)
{
	struct account_line *copy = context;

	*copy = *line;
	assert_true(line->landing_count == 2 && line->trunk_count == 2);
	assert_int_equal(line->landings[0].method, LANDING_SQUASH);
	assert_int_equal(letter_of(&line->landings[0].head), 'h');
	assert_int_equal(line->landings[0].source_count, 2);
	assert_true(bytes_equal(line->landings[0].sources[0], BYTES("refs/heads/fix/a,b")));
	assert_true(bytes_equal(line->landings[0].sources[1], BYTES("refs/heads/\xc3\xa9%")));
	assert_true(bytes_equal(line->landings[0].approvers[0], BYTES("ivy of york")));
	assert_true(bytes_equal(line->landings[0].approvers[1], BYTES("?")));
	assert_int_equal(line->landings[1].method, LANDING_MERGE);
	assert_true(!line->landings[1].source_count && !line->landings[1].approver_count);
	assert_true(bytes_equal(line->trunks[1], BYTES("refs/heads/develop")));
	assert_true(bytes_equal(line->grant.user, BYTES("dan: the ?")));
	assert_true(bytes_equal(line->grant.reason, BYTES("d\xc3\xa9j\xc3\xa0, \x1b: vu.lock")));
	assert_int_equal(line->grant.passed_count, 2);
	assert_true(bytes_equal(line->grant.passed[1], BYTES("up-to-date")));
	assert_true(bytes_equal(line->user, BYTES("erin: the ?")) && bytes_equal(line->event, BYTES(EVENT)));
	return false;
}

static void everything_comes_back(void **state)
{
	struct world *w = *state;
	struct bytes sources[] = {BYTES("refs/heads/fix/a,b"), BYTES("refs/heads/\xc3\xa9%")};
	struct bytes approvers[] = {BYTES("ivy of york"), BYTES("?")};
	struct bytes trunks[] = {BYTES("refs/heads/main"), BYTES("refs/heads/develop")};
	struct bytes rules[] = {BYTES("rewrite"), BYTES("up-to-date")};
	struct account_landing landings[] = {
		{LANDING_SQUASH, value_of('h'), sources, 2, approvers, 2},
		{.method = LANDING_MERGE, .head = value_of('i')},
	};
	struct account_line copy;
	const char *problem;

	write_line(w, (struct account_line){.time = 1740830400,
					    .user = BYTES("erin: the ?"),
					    .new = value_of('a'),
					    .event = BYTES(EVENT),
					    .landings = landings,
					    .landing_count = 2,
					    .trunks = trunks,
					    .trunk_count = 2,
					    .grant = {.user = BYTES("dan: the ?"),
						      .reason = BYTES("d\xc3\xa9j\xc3\xa0, \x1b: vu.lock"),
						      .passed = rules,
						      .passed_count = 2}});
	assert_int_equal(account_read(w->arena, w->git_dir, REF, copy_line, &copy, &problem), ANSWER_YES);
	assert_int_equal(copy.time, 1740830400);
	assert_true(bytes_starts(get(w, "policy/account/refs/heads/topic:log"), BYTES("2025-03-01T12:00:00Z erin%3A")));
}

static bool copy_reason(void *context, const struct account_line *line)
{
	*(struct bytes *)context = line->grant.reason;
	return false;
}

/* Between two characters, where there are such. */
static void a_long_reason_is_cut(void **state)
{
	static const struct {
		const char *before, *unit;
		size_t kept;
	} table[] = {{"", "a", 200}, {"a", "\xc3\xa9", 199}, {"", "\xe2\x82\xac", 198}, {"", "\x80", 200}};
	struct world *w = *state;

	for (size_t i = 0; i < COUNT(table); i++) {
		struct buffer reason = {.arena = w->arena};
		const char *problem;
		struct bytes kept;

		buffer_add(&reason, bytes_of(table[i].before));
		while (reason.len <= 200)
			buffer_add(&reason, bytes_of(table[i].unit));
		put(w, "policy/account/refs/heads/topic:log", BYTES(""));
		write_line(w, (struct account_line){.new = value_of('a'),
						    .event = BYTES(EVENT),
						    .grant = {.user = BYTES("dan"), .reason = buffer_bytes(&reason)}});
		assert_int_equal(account_read(w->arena, w->git_dir, REF, copy_reason, &kept, &problem), ANSWER_YES);
		assert_true(bytes_equal(kept, bytes_first(buffer_bytes(&reason), table[i].kept)));
	}
}

static void of_an_unknown_ref_nothing_is_known(void **state)
{
	struct bytes words;

	assert_int_equal(read_words(*state, 9, &words), ANSWER_NO);
}

/* ---- the account and the reflog ---- */

static const struct {
	const char *account, *reflog, *read; /* `read` newest first */
} merges[] = {
	{NULL, "0a ab", "ab? 0a?"},
	{"0a ab", NULL, "ab 0a"},
	{"0a ab", "0a ab", "ab 0a"},
	{"0a ab", "", "ab 0a"},
	{"0a", "0a ab bc", "bc? ab? 0a"},
	{"0a ab", "0a ab ba ab", "ab? ba? ab 0a"},	       /* to and fro */
	{"0a ab ba ab", "0a ab ba ab", "ab ba ab 0a"},	       /* nothing was missed */
	{"0a ab b0", "0c cd", "cd? 0c? b0 ab 0a"},	       /* made anew */
	{"0a a0", "0a", "0a? a0 0a"},			       /* made anew, as it was */
	{"0a ab", "0c cd", "cd? 0c? b0? ab 0a"},	       /* the deletion was missed */
	{"0a ab", "cd de", "de? cd? bc? ab 0a"},	       /* git kept no reflog for a while */
	{"0a ab bc cd", "0a ab", "cd bc ab 0a"},	       /* since then */
	{"0a ab bc", "bc cd", "cd? bc ab 0a"},		       /* a reflog cut at its beginning */
	{"0a ab? bc AB", "0a ab bc cd", "cd? bc ab 0a"},       /* told late */
	{"0a ab? bc cd? AB CD", "0a ab bc cd", "cd bc ab 0a"}, /* two of them */
};

static void what_was_missed_is_read_from_the_reflog(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(merges); i++) {
		void *world;
		struct bytes words;

		world_make(&world);
		if (merges[i].account)
			put_moves(world, "policy/account/refs/heads/topic:log", false, merges[i].account);
		if (merges[i].reflog)
			put_moves(world, "logs/refs/heads/topic", true, merges[i].reflog);
		assert_int_equal(read_words(world, 99, &words), ANSWER_YES);
		if (!bytes_equal(words, bytes_of(merges[i].read)))
			fail_msg("%zu: %.*s, not %s", i, BYTES_ARG(words), merges[i].read);
		world_drop(&world);
	}
}

/* git writes a reflog's line first: what died then has not moved the ref, whose value is in its file or a packed one.
 */
static const struct {
	const char *reflog, *value, *packed, *read;
} undone[] = {
	{"0a ab ac", "", "", "ac? 0a"},
	{"0a ab ac ad", "", "", "ad? 0a"},
	{"0a ab", "a", "", "0a"},
	{"0a ab", "", "a", "0a"},
	{"0a ab", "b", "a", "ab? 0a"},
	{"0a ab", "", "b", "ab? 0a"},
	{"0a ab bc", "d", "", "bc? ab? 0a"}, /* it has gone on */
	{"0a", "0", "", "0a"},		     /* the account has it */
	{"0a ab", "", "", "ab? 0a"},	     /* the ref is gone */
};

static void put_value(struct world *w, const char *value, const char *packed)
{
	if (*value)
		put(w, "refs/heads/topic", bytes_printf(w->arena, "%s\n", hex_of(w, *value)));
	if (*packed)
		put(w, "packed-refs",
		    bytes_printf(w->arena,
				 "# pack-refs with: peeled \n%s refs/heads/a\n%s refs/heads/topic\n^%s\n%s z\n",
				 hex_of(w, 'e'), hex_of(w, *packed), hex_of(w, 'e'), hex_of(w, 'e')));
}

static void what_never_was_was_not_missed(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(undone); i++) {
		void *world;
		struct bytes words;

		world_make(&world);
		put_moves(world, "policy/account/refs/heads/topic:log", false, "0a");
		put_moves(world, "logs/refs/heads/topic", true, undone[i].reflog);
		put_value(world, undone[i].value, undone[i].packed);
		assert_int_equal(read_words(world, 99, &words), ANSWER_YES);
		if (!bytes_equal(words, bytes_of(undone[i].read)))
			fail_msg("%zu: %.*s, not %s", i, BYTES_ARG(words), undone[i].read);
		world_drop(&world);
	}
}

static const struct {
	const char *account, *reflog, *move, *read;
} writes[] = {
	{NULL, NULL, "0a", "0a"},
	{NULL, "0a", "0a", "0a"},
	{"0a", "0a ab bc cd", "bc", "cd? bc ab? 0a"}, /* what came later is its own run's */
	{"0a ab", "0a ab", "ab", "ab 0a"},	      /* a second run */
	{"0a ab? bc", "0a ab bc", "ab", "bc ab 0a"},  /* a late one */
	{"0a ab", NULL, "b0", "b0 ab 0a"},
	{"0a", NULL, "b0", "b0 ab? 0a"}, /* the reflog went with the ref */
	{"0a a0", NULL, "a0", "a0 0a"},	 /* a second run */
	{"0a a0? 0c", "0c", "a0", "0c a0 0a"},
	{"0a ab", NULL, "bc", "bc ab 0a"},
	{"0a", "0a ab ac", "ac", "ac 0a"}, /* git died before it moved the ref to b */
};

static void what_is_written_is_what_was_missing(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(writes); i++) {
		void *world;
		struct bytes words;

		world_make(&world);
		if (writes[i].account)
			put_moves(world, "policy/account/refs/heads/topic:log", false, writes[i].account);
		if (writes[i].reflog)
			put_moves(world, "logs/refs/heads/topic", true, writes[i].reflog);
		write_line(world, (struct account_line){.time = 1740830409,
							.user = BYTES("bob"),
							.old = value_of(writes[i].move[0]),
							.new = value_of(writes[i].move[1]),
							.event = BYTES("fedcba9876543210")});
		assert_int_equal(read_words(world, 99, &words), ANSWER_YES);
		if (!bytes_equal(words, bytes_of(writes[i].read)))
			fail_msg("%zu: %.*s, not %s", i, BYTES_ARG(words), writes[i].read);
		world_drop(&world);
	}
}

static void a_folder_in_place_of_a_reflog_is_none(void **state)
{
	struct world *w = *state;
	struct bytes words;

	put_moves(w, "policy/account/refs/heads/topic:log", false, "0a");
	put_moves(w, "logs/refs/heads/topic/below", true, "0b");
	assert_int_equal(read_words(w, 99, &words), ANSWER_YES);
	assert_true(bytes_equal(words, BYTES("0a")));
}

/* ---- size ---- */

static void only_what_is_asked_for_is_read(void **state)
{
	struct world *w = *state;
	struct buffer text = {.arena = w->arena};
	struct bytes words;

	buffer_add(&text, BYTES("no line of an account\n"));
	for (int i = 0; i < 1000; i++)
		buffer_printf(&text, "2025-03-01T12:00:01Z erin refs/heads/topic %s %s " EVENT "\n",
			      hex_of(w, i % 2 ? 'a' : 'b'), hex_of(w, i % 2 ? 'b' : 'a'));
	put(w, "policy/account/refs/heads/topic:log", buffer_bytes(&text));
	assert_int_equal(read_words(w, 3, &words), ANSWER_YES);
	assert_true(bytes_equal(words, BYTES("ab ba ab")));
	assert_int_equal(read_words(w, 1000, &words), ANSWER_YES);
	assert_int_equal(words.len, 2999);
	assert_int_equal(read_words(w, 1001, &words), ANSWER_UNKNOWN);
}

static void a_line_may_be_longer_than_a_block(void **state)
{
	struct world *w = *state;
	struct account_landing landings[2000];
	struct bytes words;

	for (size_t i = 0; i < COUNT(landings); i++)
		landings[i] = (struct account_landing){.method = LANDING_MERGE, .head = value_of('h')};
	write_line(w, (struct account_line){.new = value_of('a'), .user = BYTES("bob"), .event = BYTES(EVENT)});
	write_line(w, (struct account_line){.old = value_of('a'),
					    .new = value_of('b'),
					    .user = BYTES("bob"),
					    .event = BYTES(EVENT),
					    .landings = landings,
					    .landing_count = COUNT(landings)});
	write_line(w, (struct account_line){
			      .old = value_of('b'), .new = value_of('c'), .user = BYTES("bob"), .event = BYTES(EVENT)});
	assert_int_equal(read_words(w, 99, &words), ANSWER_YES);
	assert_true(bytes_equal(words, BYTES("bc ab 0a")));
}

/* ---- what is no account ---- */

#define A "6161616161616161616161616161616161616161"
#define B "6262626262626262626262626262626262626262"
#define C "6363636363636363636363636363636363636363"
#define GOOD "2025-03-01T12:00:00Z erin refs/heads/topic " A " " B " " EVENT

static void what_is_no_account_is_never_read_as_one(void **state)
{
	static const char *const lines[] = {
		"",
		"whatever",
		GOOD " ",
		" " GOOD,
		GOOD "\r",
		GOOD " late ",
		GOOD " whatever",
		GOOD " squash",
		GOOD " squash:" A,
		GOOD " squish:" A "::",
		GOOD " squash:6161::",
		GOOD " squash:" A ":a,:",
		GOOD " squash:" A ":/a:",
		GOOD " squash:" A ":a/:",
		GOOD " squash:" A "::a,,b",
		GOOD " squash:" A "::a:b",
		GOOD " squash:" A ":%61:",
		GOOD " from:a b",
		GOOD " grant:",
		GOOD " grant:dan",
		GOOD " grant:dan:",
		GOOD " grant::why",
		GOOD " grant:dan:why:so",
		GOOD " grant:dan:why grant:dan:why",
		GOOD " passed:rewrite",
		GOOD " grant:dan:why passed:",
		GOOD " grant:dan:why passed:rewrite,",
		GOOD " grant:dan:why passed:rewrite passed:soak",
		"2025-03-01 12:00:00 erin refs/heads/topic " A " " B " " EVENT,
		"2025-03-01T12:00:00Z  refs/heads/topic " A " " B " " EVENT,
		"2025-03-01T12:00:00Z e:n refs/heads/topic " A " " B " " EVENT,
		"2025-03-01T12:00:00Z erin refs/heads/other " A " " B " " EVENT,
		"2025-03-01T12:00:00Z erin refs/heads/topic " A " " A " " EVENT,
		"2025-03-01T12:00:00Z erin refs/heads/topic " A " 62 " EVENT,
		"2025-03-01T12:00:00Z erin refs/heads/topic " A " " B,
		"2025-03-01T12:00:00Z erin refs/heads/topic " A " " B " 0123",
		"2025-03-01T12:00:00Z erin refs/heads/topic " A " " B " 0123456789ABCDEF",
	};
	struct world *w = *state;
	struct bytes words;

	for (size_t i = 0; i < COUNT(lines); i++) {
		put(w, "policy/account/refs/heads/topic:log", bytes_printf(w->arena, "%s\n", lines[i]));
		if (read_words(w, 99, &words) != ANSWER_UNKNOWN)
			fail_msg("\"%s\" is taken for a line", lines[i]);
	}
	put(w, "policy/account/refs/heads/topic:log", BYTES(GOOD " squash:" A ":a/b,c:d,e from:main late\n"));
	assert_int_equal(read_words(w, 99, &words), ANSWER_NO);
	put(w, "policy/account/refs/heads/topic:log", BYTES(GOOD "\n"));
	assert_int_equal(read_words(w, 99, &words), ANSWER_YES);
}

static bool stop(void *context, const struct account_line *line)
{
	(void)context, (void)line;
	return false;
}

static void the_file_and_the_line_are_named(void **state)
{
	struct world *w = *state;
	const char *problem = NULL;

	put(w, "policy/account/refs/heads/topic:log", BYTES(GOOD "\n" GOOD " late\nwhatever\n" GOOD " late\ntorn"));
	assert_int_equal(account_read(w->arena, w->git_dir, REF, stop, NULL, &problem), ANSWER_UNKNOWN);
	assert_string_equal(problem,
			    "policy/account/refs/heads/topic:log is damaged at line 3: the admin restores this "
			    "file from a backup");
}

static void nor_is_what_git_did_not_write_a_reflog(void **state)
{
	static const char *const lines[] = {
		"",
		A,
		A " " B " Erin 1740830400 +0000",
		A " " B " Erin <e> 17x +0000",
		A " " B " Erin <e>1740830400 +0000",
	};
	struct world *w = *state;
	struct bytes words;

	for (size_t i = 0; i < COUNT(lines); i++) {
		put(w, "logs/refs/heads/topic", bytes_printf(w->arena, "%s\n", lines[i]));
		if (read_words(w, 99, &words) != ANSWER_UNKNOWN)
			fail_msg("\"%s\" is taken for a line", lines[i]);
	}
	put(w, "logs/refs/heads/topic", BYTES(A " " B " E\tr <e\tx> 1740830400 +0000\n"));
	assert_int_equal(read_words(w, 99, &words), ANSWER_YES);
}

/* ---- what was missed, with whoever writes it having a word in it ---- */

#define OTHER "fedcba9876543210"

/* Which lines there were, and whether they may be written. */
struct preparing {
	struct buffer words;
	bool refuses;
};

static bool prepare_line(void *context, struct bytes ref, struct account_line *line)
{
	struct preparing *preparing = context;

	assert_true(bytes_equal(ref, REF));
	buffer_printf(&preparing->words, "%s%c%c%s%s", preparing->words.len ? " " : "", letter_of(&line->old),
		      letter_of(&line->new), line->missed ? "?" : "", line->late ? "+" : "");
	if (line->missed)
		line->event = BYTES(OTHER);
	return !preparing->refuses;
}

/* What was prepared, and whether it was written. */
static struct bytes write_prepared(struct world *w, const struct account_line *line, bool refuses, bool *ret_written)
{
	struct preparing preparing = {.words = {.arena = w->arena}, .refuses = refuses};
	const char *problem = "none";

	*ret_written = account_write(w->arena, w->git_dir, REF, line, prepare_line, &preparing, &problem);
	assert_true(*ret_written || !problem);
	return buffer_bytes(&preparing.words);
}

static void what_was_missed_is_prepared(void **state)
{
	const struct account_line bob = {.old = value_of('b'),
					 .new = value_of('c'),
					 .time = 1740830500,
					 .user = BYTES("bob"),
					 .event = BYTES(EVENT)};
	const struct account_line missed = {
		.old = value_of('a'), .new = value_of('b'), .missed = true, .event = BYTES(OTHER)};
	const struct {
		const struct account_line *line;
		bool refuses;
		const char *prepared;
		const char *read;
	} steps[] = {
		{NULL, true, "ab? bc?", "bc? ab? 0a"}, /* not written: from the reflog, still */
		{&bob, true, "ab? bc", "bc? ab? 0a"},  {NULL, false, "ab? bc?", "bc? ab? 0a"},
		{NULL, false, "", "bc? ab? 0a"},       {&missed, false, "", "bc? ab? 0a"}, /* its run died behind it */
		{&bob, false, "bc+", "bc ab? 0a"},					   /* its run was slow */
		{&bob, false, "", "bc ab? 0a"},
	};
	struct world *w = *state;

	put_moves(w, "policy/account/refs/heads/topic:log", false, "0a");
	put_moves(w, "logs/refs/heads/topic", true, "0a ab bc");
	for (size_t i = 0; i < COUNT(steps); i++) {
		struct bytes words;
		bool written;

		words = write_prepared(w, steps[i].line, steps[i].refuses, &written);
		assert_int_equal(written, !steps[i].refuses);
		assert_true(bytes_equal(words, bytes_of(steps[i].prepared)));
		assert_int_equal(read_words(w, 99, &words), ANSWER_YES);
		assert_true(bytes_equal(words, bytes_of(steps[i].read)));
	}
	struct bytes text = get(w, "policy/account/refs/heads/topic:log");

	assert_true(bytes_contains(text, BYTES(" " OTHER " missed\n")));
	assert_true(bytes_ends(text, BYTES(" bob refs/heads/topic " B " " C " " EVENT " late\n")));
}

static void a_torn_line_is_not_there_and_is_cut_off(void **state)
{
	static const char torn[] = "2025-03-01T12:00:00Z erin refs/he\0\0\0";
	struct world *w = *state;
	struct bytes words;

	put(w, "policy/account/refs/heads/topic:log", (struct bytes){torn, sizeof(torn) - 1});
	assert_int_equal(read_words(w, 99, &words), ANSWER_NO);
	write_line(w, (struct account_line){.new = value_of('a'), .user = BYTES("bob"), .event = BYTES(EVENT)});
	assert_int_equal(read_words(w, 99, &words), ANSWER_YES);
	assert_true(bytes_equal(words, BYTES("0a")));
	struct bytes text = get(w, "policy/account/refs/heads/topic:log");

	assert_int_equal(bytes_index(text, '\0'), text.len);
}

static void links_and_devices_are_no_accounts(void **state)
{
	struct world *w = *state;
	struct bytes words;
	char path[512], target[512];
	const struct account_line line = {.new = value_of('a'), .event = BYTES(EVENT)};
	const char *problem;

	put(w, "policy/account/refs/heads/topic:log", BYTES(GOOD "\n"));
	put(w, "precious", BYTES("precious\n"));
	snprintf(path, sizeof(path), "%s/policy/account/refs/heads/topic:log", w->directory);
	snprintf(target, sizeof(target), "%s/precious", w->directory);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink(target, path), 0);
	assert_int_equal(read_words(w, 99, &words), ANSWER_UNKNOWN);
	assert_false(account_write(w->arena, w->git_dir, REF, &line, NULL, NULL, &problem));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(read_words(w, 99, &words), ANSWER_UNKNOWN);
	assert_false(account_write(w->arena, w->git_dir, REF, &line, NULL, NULL, &problem));
	assert_true(bytes_equal(get(w, "precious"), BYTES("precious\n")));
}

static void the_installation(void **state)
{
	static const struct {
		const char *text;
		enum answer answer;
	} table[] = {
		{"2025-03-01T12:00:00Z 0123456789abcdef0123456789abcdef\n", ANSWER_YES},
		{"2025-03-01T12:00:00Z 0123456789abcdef0123456789abcdeF\n", ANSWER_UNKNOWN},
		{"2025-03-01T12:00:00Z 0123456789abcdef0123456789abcde\n", ANSWER_UNKNOWN},
		{"yesterday 0123456789abcdef0123456789abcdef\n", ANSWER_UNKNOWN},
		{"2025-03-01T12:00:00Z\n", ANSWER_UNKNOWN},
	};
	struct world *w = *state;
	struct bytes name;
	int64_t time;

	assert_int_equal(account_installed(w->arena, w->git_dir, &time, &name), ANSWER_NO);
	for (size_t i = 0; i < COUNT(table); i++) {
		put(w, "policy/account/installed", bytes_of(table[i].text));
		assert_int_equal(account_installed(w->arena, w->git_dir, &time, &name), table[i].answer);
	}
}

#define with_world(test) cmocka_unit_test_setup_teardown(test, world_make, world_drop)

/* A rewrite onto no trunk says so; a forward move says nothing. */
static void a_rewrite_is_told_from_a_forward_move(void **state)
{
	struct world *w = *state;

	for (int rewritten = 0; rewritten < 2; rewritten++) {
		struct account_line line = {.old = value_of('a'), .new = value_of('b'), .rewritten = rewritten}, back;
		struct buffer text = {.arena = w->arena};

		accountline_print(&text, REF, &line);
		struct bytes printed = buffer_bytes(&text);

		assert_true(bytes_ends(printed, rewritten ? BYTES(" - from:\n") : BYTES(" -\n")));
		assert_true(accountline_parse(w->arena, REF, bytes_first(printed, printed.len - 1), &back));
		assert_int_equal(back.rewritten, rewritten);
		assert_int_equal(back.trunk_count, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_rewrite_is_told_from_a_forward_move, world_make, world_drop),
		with_world(everything_comes_back),
		with_world(a_long_reason_is_cut),
		with_world(of_an_unknown_ref_nothing_is_known),
		cmocka_unit_test(what_was_missed_is_read_from_the_reflog),
		cmocka_unit_test(what_never_was_was_not_missed),
		cmocka_unit_test(what_is_written_is_what_was_missing),
		with_world(a_folder_in_place_of_a_reflog_is_none),
		with_world(only_what_is_asked_for_is_read),
		with_world(a_line_may_be_longer_than_a_block),
		with_world(what_is_no_account_is_never_read_as_one),
		with_world(the_file_and_the_line_are_named),
		with_world(nor_is_what_git_did_not_write_a_reflog),
		with_world(what_was_missed_is_prepared),
		with_world(a_torn_line_is_not_there_and_is_cut_off),
		with_world(links_and_devices_are_no_accounts),
		with_world(the_installation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
