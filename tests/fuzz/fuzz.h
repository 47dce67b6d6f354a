/* fuzz: what every fuzz target shares: an arena for one input, and an assertion that stops the fuzzer. */
#ifndef POLICY_FUZZ_H
#define POLICY_FUZZ_H

#include <stdlib.h>

#include "arena.h"
#include "bytes.h"

#define FUZZ_ASSERT(condition)                                                                                         \
	do {                                                                                                           \
		if (!(condition))                                                                                      \
			abort();                                                                                       \
	} while (0)

/** What the target does with one input; it must return, whatever the bytes. */
void fuzz_one(struct arena *arena, struct bytes input);

#endif
