/* test_spool: what is put into the spool comes out of it whole, in order, once for each trigger; whatever lies about.
 */
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

#include "arena.h"
#include "folder.h"
#include "spool.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define ID "0123456789012345678901234567890123456789"
#define LINE BYTES("2025-03-01T12:00:00Z erin refs/heads/main " ID " " ID " fedcba9876543210\n")

/* A git directory with an empty spool. */
struct world {
	char directory[64];
	struct spool spool;
	int lock;
};

static int world_make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	snprintf(w->directory, sizeof(w->directory), "/tmp/git-policy-spool-XXXXXX");
	assert_non_null(mkdtemp(w->directory));
	w->spool = (struct spool){.arena = arena_new(), .git_dir = bytes_of(w->directory)};
	assert_int_equal(spool_lock(&w->spool, SPOOL_PENDING, 0, &w->lock), ANSWER_YES);
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

	spool_unlock(&w->lock);
	nftw(w->directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	arena_free(w->spool.arena);
	free(w);
	return 0;
}

static const char *path_of(struct world *w, const char *name)
{
	return bytes_printf(w->spool.arena, "%s/policy/spool/%s", w->directory, name).data;
}

static void put_file(struct world *w, const char *name, const char *text)
{
	FILE *file = fopen(path_of(w, name), "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

/* The name under which it waits. */
static struct bytes put(struct world *w, int64_t now, const char *event)
{
	struct spool_entry entry = {.line = LINE, .event = bytes_of(event)};

	assert_true(spool_put(&w->spool, w->lock, now, &entry));
	return entry.name;
}

static size_t count_of(struct world *w, struct bytes queue)
{
	struct bytes *names;
	size_t count;

	assert_true(spool_list(&w->spool, queue, &names, &count));
	return count;
}

/* What waits in a queue, oldest first, in one text. */
static struct bytes events_of(struct world *w, struct bytes queue)
{
	struct buffer text = {.arena = w->spool.arena};
	struct spool_entry entry;
	struct bytes *names;
	size_t count;

	assert_true(spool_list(&w->spool, queue, &names, &count));
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(spool_read(&w->spool, queue, names[i], &entry), ANSWER_YES);
		assert_true(bytes_equal(entry.name, names[i]));
		assert_true(bytes_equal(entry.line, LINE));
		assert_true(bytes_equal(entry.ref, BYTES("refs/heads/main")));
		assert_true(bytes_equal(spool_event(&entry), BYTES("fedcba9876543210")));
		buffer_add(&text, entry.event);
	}
	return buffer_bytes(&text);
}

static void it_goes_from_hand_to_hand(void **state)
{
	struct world *w = *state;
	struct bytes name = put(w, 1000, "{\"a\":1}\n");

	assert_true(bytes_equal(events_of(w, SPOOL_PENDING), BYTES("{\"a\":1}\n")));
	assert_int_equal(count_of(w, BYTES("deploy")), 0);
	assert_true(spool_queue(&w->spool, name, BYTES("deploy")));
	assert_true(spool_queue(&w->spool, name, BYTES("mail")));
	assert_true(spool_queue(&w->spool, name, BYTES("mail"))); /* after a crash */
	assert_true(spool_remove(&w->spool, SPOOL_PENDING, name));
	assert_int_equal(count_of(w, SPOOL_PENDING), 0);
	assert_true(bytes_equal(events_of(w, BYTES("deploy")), BYTES("{\"a\":1}\n")));
	assert_true(spool_remove(&w->spool, BYTES("deploy"), name));
	assert_true(spool_remove(&w->spool, BYTES("deploy"), name));
	assert_int_equal(count_of(w, BYTES("deploy")), 0);
	assert_true(bytes_equal(events_of(w, BYTES("mail")), BYTES("{\"a\":1}\n")));
}

/* By the clock, but never back; and whatever became of the last number. */
static void later_is_behind(void **state)
{
	static const struct {
		int64_t now;
		const char *event;
	} cases[] = {{2000, "1\n"}, {2000, "2\n"}, {1000, "3\n"}, {2001, "4\n"}, {1999, "5\n"}};
	struct world *w = *state;

	for (size_t i = 0; i < COUNT(cases); i++)
		put(w, cases[i].now, cases[i].event);
	assert_true(bytes_equal(events_of(w, SPOOL_PENDING), BYTES("1\n2\n3\n4\n5\n")));
	put_file(w, ":pending/:lock", "");
	put(w, 3000, "6\n");
	put_file(w, ":pending/:lock", "rubbish in place of it");
	put(w, 4000, "7\n");
	assert_true(bytes_equal(events_of(w, SPOOL_PENDING), BYTES("1\n2\n3\n4\n5\n6\n7\n")));
}

static void any_name_will_do(void **state)
{
	static const char *const triggers[] = {"deploy", "a/b", "..", ".", ":pending", "x y", "\xc3\xa9", "lock.lock"};
	struct world *w = *state;
	struct bytes name = put(w, 1000, "{}\n"), *found;
	size_t count;

	for (size_t i = 0; i < COUNT(triggers); i++)
		assert_true(spool_queue(&w->spool, name, bytes_of(triggers[i])));
	mkdir(path_of(w, "%nothing of ours"), 0755);
	assert_true(spool_triggers(&w->spool, &found, &count));
	assert_int_equal(count, COUNT(triggers));
	for (size_t i = 0; i < count; i++) {
		bool known = false;

		for (size_t k = 0; k < COUNT(triggers); k++)
			known |= bytes_equal(found[i], bytes_of(triggers[k]));
		assert_true(known);
		assert_int_equal(count_of(w, found[i]), 1);
	}
	assert_int_equal(count_of(w, SPOOL_PENDING), 1);
}

static void what_a_crash_left_is_no_entry(void **state)
{
	struct world *w = *state;

	put_file(w, ":pending/.new", "half of an ent");
	assert_int_equal(count_of(w, SPOOL_PENDING), 0);
	put(w, 1000, "{}\n");
	assert_true(bytes_equal(events_of(w, SPOOL_PENDING), BYTES("{}\n")));
	assert_int_equal(access(path_of(w, ":pending/.new"), F_OK), -1);
}

static void a_lock_is_held_by_one(void **state)
{
	struct world *w = *state;
	int other = -1, queue = -1;

	assert_int_equal(spool_lock(&w->spool, SPOOL_PENDING, 0, &other), ANSWER_NO);
	assert_int_equal(other, -1);
	assert_int_equal(spool_lock(&w->spool, SPOOL_PENDING, 1, &other), ANSWER_NO);
	assert_non_null(strstr(w->spool.problem, "policy/spool/:pending/:lock has been held by another run for 1 s"));
	assert_int_equal(spool_lock(&w->spool, BYTES("deploy"), 0, &queue), ANSWER_YES);
	assert_int_equal(spool_lock(&w->spool, BYTES("deploy"), 0, &other), ANSWER_NO);
	assert_int_equal(spool_lock(&w->spool, BYTES("mail"), 0, &other), ANSWER_YES);
	spool_unlock(&other);
	spool_unlock(&queue);
	assert_int_equal(spool_lock(&w->spool, BYTES("deploy"), SPOOL_FOREVER, &other), ANSWER_YES);
	spool_unlock(&other);
	spool_unlock(&other);
	assert_int_equal(count_of(w, BYTES("deploy")), 0); /* a lock is no entry */
}

static void what_cannot_be_read_is_told(void **state)
{
	struct world *w = *state;
	struct spool_entry entry;

	assert_int_equal(spool_read(&w->spool, SPOOL_PENDING, BYTES("1"), &entry), ANSWER_NO);
	put_file(w, "elsewhere", "a file\n");
	assert_int_equal(symlink("../elsewhere", path_of(w, ":pending/2")), 0);
	assert_int_equal(mkdir(path_of(w, ":pending/3"), 0755), 0);
	for (const char *name = "2"; name; name = name[0] == '2' ? "3" : NULL) {
		w->spool.problem = NULL;
		assert_int_equal(spool_read(&w->spool, SPOOL_PENDING, bytes_of(name), &entry), ANSWER_UNKNOWN);
		assert_non_null(strstr(w->spool.problem, "cannot be read"));
	}
	put_file(w, "mail", "in the way of a folder");
	assert_false(spool_queue(&w->spool, put(w, 1000, "{}\n"), BYTES("mail")));
	assert_non_null(strstr(w->spool.problem, "mail"));
	put_file(w, ":pending/4", "no line\n");
	assert_int_equal(spool_read(&w->spool, SPOOL_PENDING, BYTES("4"), &entry), ANSWER_YES);
	assert_int_equal(entry.event.len, 0);
}

static void it_is_as_open_as_the_folder_above(void **state)
{
	struct world *w = *state;
	struct stat status;

	assert_int_equal(chmod(path_of(w, ":pending"), 02770), 0);
	struct bytes name = put(w, 1000, "{}\n");
	char entry[64];

	snprintf(entry, sizeof(entry), ":pending/%.*s", BYTES_ARG(name));
	assert_int_equal(stat(path_of(w, entry), &status), 0);
	assert_int_equal(status.st_mode & 07777, 0660);
	assert_int_equal(chmod(path_of(w, "."), 02750), 0);
	assert_true(spool_queue(&w->spool, name, BYTES("deploy")));
	assert_int_equal(stat(path_of(w, "deploy"), &status), 0);
	assert_int_equal(status.st_mode & 07777, 02750);
}

static void many_are_listed_in_order(void **state)
{
	struct world *w = *state;
	char name[32];
	struct bytes *names;
	size_t count;

	for (size_t i = 1000; i--;) {
		snprintf(name, sizeof(name), ":pending/%05zu", i);
		put_file(w, name, "");
	}
	assert_true(spool_list(&w->spool, SPOOL_PENDING, &names, &count));
	assert_int_equal(count, 1000);
	for (size_t i = 0; i + 1 < count; i++)
		assert_true(strcmp(names[i].data, names[i + 1].data) < 0);
	assert_int_equal(folder_list(w->spool.arena, bytes_of("/nonexistent"), &names, &count), ANSWER_NO);
	assert_int_equal(folder_list(w->spool.arena, bytes_of("/dev/null"), &names, &count), ANSWER_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_goes_from_hand_to_hand, world_make, world_drop),
		cmocka_unit_test_setup_teardown(later_is_behind, world_make, world_drop),
		cmocka_unit_test_setup_teardown(any_name_will_do, world_make, world_drop),
		cmocka_unit_test_setup_teardown(what_a_crash_left_is_no_entry, world_make, world_drop),
		cmocka_unit_test_setup_teardown(a_lock_is_held_by_one, world_make, world_drop),
		cmocka_unit_test_setup_teardown(what_cannot_be_read_is_told, world_make, world_drop),
		cmocka_unit_test_setup_teardown(it_is_as_open_as_the_folder_above, world_make, world_drop),
		cmocka_unit_test_setup_teardown(many_are_listed_in_order, world_make, world_drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
