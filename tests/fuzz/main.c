/* main: libFuzzer's entry point around the target that $FUZZ_TARGET names; it ends in good order when its processor
 * time is up. */
#include <signal.h>
#include <stdint.h>
#include <string.h>

#include "fuzz.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static fuzz_target *target;

/* What libFuzzer ends on, with its figures. */
static void time_is_up(int signal)
{
	(void)signal;
	raise(SIGUSR1);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *name = getenv("FUZZ_TARGET");

	(void)argc;
	(void)argv;
	for (const struct fuzz_row *row = fuzz_rows; name && row->name; row++)
		if (strcmp(row->name, name) == 0)
			target = row->run;
	FUZZ_ASSERT(target);
	signal(SIGXCPU, time_is_up);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_run(target, (struct bytes){(const char *)data, size});
	return 0;
}
