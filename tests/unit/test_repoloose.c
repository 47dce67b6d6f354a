/* test_repoloose: a loose object is read whole or not at all, wherever its file ends, at once. */
#include "gitfixture.h"

#include <zlib.h>

#include "arena.h"
#include "repo.h"

#define LARGE 20000u

static struct repo *open_bare(struct arena *arena, const struct fixture *f)
{
	struct repo_environment environment = {.git_dir = f->repo};
	const char *problem = NULL;
	struct repo *repo = repo_open(arena, &environment, &problem);

	if (!repo)
		fail_msg("repo_open: %s", problem);
	return repo;
}

/* Bytes that zlib makes no shorter, so that the file is read in several pieces. */
static void fill(char *content, size_t len)
{
	unsigned state = 1;

	for (size_t i = 0; i < len; i++)
		content[i] = (char)((state = state * 1103515245u + 12345u) >> 16);
}

/* Writes the file of a loose object by hand, under an id that it need not have. */
static struct oid plant(const struct fixture *f, unsigned char number, const void *file, size_t len)
{
	struct oid id = {{number}};
	char path[FIXTURE_PATH + 256];

	snprintf(path, sizeof(path), "%s/objects/%.2s", f->repo, oid_hex(&id).text);
	mkdir(path, 0755);
	snprintf(path, sizeof(path), "%s/objects/%.2s/%s", f->repo, oid_hex(&id).text, oid_hex(&id).text + 2);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, file, len), (ssize_t)len);
	close(fd);
	return id;
}

static size_t deflated(const void *object, size_t len, unsigned char *file, size_t room)
{
	uLongf size = room;

	assert_int_equal(compress2(file, &size, object, len, 1), Z_OK);
	return size;
}

static void every_end_but_the_right_one_is_a_failure(void **state)
{
	static char object[LARGE + 64], content[LARGE];
	static unsigned char file[2 * LARGE];
	struct arena *arena = arena_new();
	struct fixture f;
	enum object_type type;
	struct bytes raw;

	(void)state;
	fixture_open(&f, "cut.git");
	struct repo *repo = open_bare(arena, &f);

	fill(content, sizeof(content));
	size_t head = (size_t)snprintf(object, sizeof(object), "blob %u", LARGE) + 1;

	memcpy(object + head, content, sizeof(content));
	size_t len = deflated(object, head + sizeof(content), file, sizeof(file));
	struct oid id = plant(&f, 1, file, len);

	assert_int_equal(repo_read(repo, &id, &type, &raw), ANSWER_YES);
	assert_int_equal(type, OBJECT_BLOB);
	assert_int_equal(raw.len, sizeof(content));
	assert_memory_equal(raw.data, content, sizeof(content));
	for (size_t at = 0; at < len; at += at < 200 || at + 20 > len ? 1 : 97) {
		id = plant(&f, 1, file, at);
		assert_int_equal(repo_read(repo, &id, &type, &raw), ANSWER_UNKNOWN);
		assert_non_null(strstr(repo_problem(repo), "its file is cut short"));
	}
	repo_close(repo);
	arena_free(arena);
	fixture_close(&f);
}

static void a_damaged_file_is_a_failure(void **state)
{
	static const struct {
		const char *object;
		size_t len;
		const char *problem; /* NULL: none */
	} cases[] = {
		{"blob 3\0abc", 10, NULL},
		{"tree 0\0", 7, NULL},
		{"blob 3\0abcd", 11, "its size is not what it says"},
		{"blob 3\0ab", 9, "its size is not what it says"},
		{"blob 03\0abc", 11, "its header is damaged"},
		{"blob -3\0abc", 11, "its header is damaged"},
		{"blob 99999999999\0abc", 20, "is larger than 64 MiB"},
		{"blob 99999999999999999999\0abc", 30, "its header is damaged"},
		{"blob\0abc", 8, "its header is damaged"},
		{"blob 3", 6, "its header is damaged"},
		{"", 0, "its header is damaged"},
		{"blub 3\0abc", 10, ""},
		{" 3\0abc", 6, ""},
	};
	struct arena *arena = arena_new();
	struct fixture f;
	enum object_type type;
	struct bytes raw;
	unsigned char file[256];

	(void)state;
	fixture_open(&f, "damaged.git");
	struct repo *repo = open_bare(arena, &f);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t len = deflated(cases[i].object, cases[i].len, file, sizeof(file));
		struct oid id = plant(&f, (unsigned char)(i + 1), file, len);
		enum answer answer = repo_read(repo, &id, &type, &raw);

		assert_int_equal(answer, cases[i].problem ? ANSWER_UNKNOWN : ANSWER_YES);
		if (cases[i].problem)
			assert_non_null(strstr(repo_problem(repo), cases[i].problem));
		file[len / 2] ^= 0x5a;
		id = plant(&f, (unsigned char)(i + 1), file, len);
		assert_int_equal(repo_read(repo, &id, &type, &raw), ANSWER_UNKNOWN);
	}
	struct oid none = plant(&f, 0x77, "not zlib's", 10);

	assert_int_equal(repo_read(repo, &none, &type, &raw), ANSWER_UNKNOWN);
	assert_non_null(strstr(repo_problem(repo), "its file is damaged; git fsck tells what is damaged"));
	none.id[0] = 0x78;
	assert_int_equal(repo_read(repo, &none, &type, &raw), ANSWER_NO);
	repo_close(repo);
	arena_free(arena);
	fixture_close(&f);
}

/* As git is strict, too: wherever the file is cut into pieces, nothing stands behind the end. */
static void nothing_stands_behind_the_end(void **state)
{
	static char object[LARGE], content[LARGE];
	static unsigned char file[2 * LARGE];
	struct arena *arena = arena_new();
	struct fixture f;
	enum object_type type;
	struct bytes raw;
	bool whole_pieces = false;

	(void)state;
	fixture_open(&f, "behind.git");
	struct repo *repo = open_bare(arena, &f);

	fill(content, sizeof(content));
	for (size_t size = 4000; size < 4200; size++) {
		size_t head = (size_t)snprintf(object, sizeof(object), "blob %zu", size) + 1;

		memcpy(object + head, content, size);
		size_t len = deflated(object, head + size, file, sizeof(file));
		struct oid id = plant(&f, 1, file, len);

		whole_pieces |= len == 4096;
		assert_int_equal(repo_read(repo, &id, &type, &raw), ANSWER_YES);
		file[len] = '\n';
		id = plant(&f, 1, file, len + 1);
		assert_int_equal(repo_read(repo, &id, &type, &raw), ANSWER_UNKNOWN);
		assert_non_null(strstr(repo_problem(repo), "its file goes on behind its end"));
	}
	assert_true(whole_pieces);
	repo_close(repo);
	arena_free(arena);
	fixture_close(&f);
}

/* By a list with comments, quotes and what is nowhere; relative to the store; and by way of another, as far as git
 * goes: the seventh in a row is none of theirs. */
static void so_it_is_in_what_is_borrowed_from(void **state)
{
	static const char script[] =
		"set -e\ncd \"$1\"\nfor i in 1 2 3 4 5 6 7; do git init -q --bare $i.git; done\n"
		"list() { printf '%s\\n' \"$2\" >$1.git/objects/info/alternates; }\n"
		"list x '# ../../7.git/objects\n\n/nowhere\n\"../../1.git/\\157bjects\"\n../../x.git/objects'\n"
		"list 1 \"$1/2.git/objects\"\nlist 2 ../../3.git/objects\nlist 3 ../../4.git/objects\n"
		"list 4 ../../5.git/objects\nlist 5 ../../6.git/objects\nlist 6 ../../7.git/objects\n";
	struct arena *arena = arena_new();
	struct fixture f;
	enum object_type type;
	unsigned char file[64];
	struct bytes raw;
	size_t len = deflated("blob 3\0abc", 10, file, sizeof(file)), size;

	(void)state;
	fixture_open(&f, "x.git");
	fixture_run(&f, "sh", "-c", script, "-", f.root);
	struct fixture lender = f;
	struct repo *repo = open_bare(arena, &f);

	for (unsigned char i = 1; i <= 7; i++) {
		snprintf(lender.repo, sizeof(lender.repo), "%.*s%u.git", (int)strlen(f.repo) - 5, f.repo, i);
		struct oid whole = plant(&lender, (unsigned char)(0x10 + i), file, len);
		struct oid cut = plant(&lender, (unsigned char)(0x20 + i), file, len - 1);

		assert_int_equal(repo_read(repo, &whole, &type, &raw), i < 7 ? ANSWER_YES : ANSWER_NO);
		assert_int_equal(repo_stored(repo, &whole), i < 7 ? ANSWER_YES : ANSWER_NO);
		assert_int_equal(repo_read(repo, &cut, &type, &raw), i < 7 ? ANSWER_UNKNOWN : ANSWER_NO);
		assert_int_equal(repo_header(repo, &whole, &type, &size), i < 7 ? ANSWER_YES : ANSWER_NO);
	}
	repo_close(repo);
	arena_free(arena);
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_end_but_the_right_one_is_a_failure),
		cmocka_unit_test(a_damaged_file_is_a_failure),
		cmocka_unit_test(nothing_stands_behind_the_end),
		cmocka_unit_test(so_it_is_in_what_is_borrowed_from),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
