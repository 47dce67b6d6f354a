/* main: libFuzzer's entry point around fuzz_one(). */
#include <stdint.h>

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();

	if (!arena)
		return 0;
	if (!setjmp(*arena_recovery(arena)))
		fuzz_one(arena, (struct bytes){(const char *)data, size});
	arena_free(arena);
	return 0;
}
