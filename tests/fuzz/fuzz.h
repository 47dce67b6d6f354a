/* fuzz: the fuzz targets, one a file, and what they share: an arena for one input, and an assertion that stops. */
#ifndef POLICY_FUZZ_H
#define POLICY_FUZZ_H

#include <stdlib.h>

#include "arena.h"
#include "bytes.h"

/** What a target does with one input; it must return, whatever the bytes. */
typedef void fuzz_target(struct arena *arena, struct bytes input);

fuzz_target fuzz_account, fuzz_audit, fuzz_commit, fuzz_content, fuzz_escape, fuzz_message, fuzz_options, fuzz_owners,
	fuzz_pattern, fuzz_policy, fuzz_push, fuzz_record, fuzz_refname, fuzz_report, fuzz_secrets, fuzz_tag, fuzz_zone;

/** All of them by name, up to one without. */
extern const struct fuzz_row {
	const char *name;
	fuzz_target *run;
} fuzz_rows[];

/** Hands the target an input and an arena for it. */
void fuzz_run(fuzz_target *run, struct bytes input);

#define FUZZ_ASSERT(condition)                                                                                         \
	do {                                                                                                           \
		if (!(condition))                                                                                      \
			abort();                                                                                       \
	} while (0)

#endif
