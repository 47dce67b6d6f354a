/* test_progress: nobody hears of what is quick, and once a second of what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "progress.h"

static int64_t now;

/* Instead of the clock's. */
int64_t clock_elapsed(void);
int64_t clock_elapsed(void)
{
	return now;
}

struct heard {
	size_t times, objects;
	unsigned seconds;
};

static void hear(void *context, size_t objects, unsigned seconds)
{
	struct heard *heard = context;

	heard->times++;
	heard->objects = objects;
	heard->seconds = seconds;
}

static void test_once_a_second(void **state)
{
	struct heard heard = {0};
	struct progress progress = {.tell = hear, .context = &heard, .started = 5000};

	(void)state;
	for (now = 5000; now < 6000; now++)
		progress_step(&progress);
	assert_int_equal(heard.times, 0);
	for (; now < 8500; now += 10)
		progress_step(&progress);
	assert_int_equal(heard.times, 3);
	assert_int_equal(heard.objects, 1201);
	assert_int_equal(heard.seconds, 3);
}

static void test_nobody(void **state)
{
	struct progress progress = {0};

	(void)state;
	now = 100000;
	progress_step(&progress);
	assert_int_equal(progress.objects, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_once_a_second),
		cmocka_unit_test(test_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
