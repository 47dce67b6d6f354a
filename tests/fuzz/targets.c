/* targets: the table of the fuzz targets, and how one is run. */
#include "fuzz.h"

const struct fuzz_row fuzz_rows[] = {
	{"account", fuzz_account}, {"audit", fuzz_audit},   {"commit", fuzz_commit},
	{"content", fuzz_content}, {"escape", fuzz_escape}, {"message", fuzz_message},
	{"options", fuzz_options}, {"owners", fuzz_owners}, {"pattern", fuzz_pattern},
	{"policy", fuzz_policy},   {"push", fuzz_push},	    {"record", fuzz_record},
	{"refname", fuzz_refname}, {"report", fuzz_report}, {"secrets", fuzz_secrets},
	{"tag", fuzz_tag},	   {"zone", fuzz_zone},	    {0},
};

void fuzz_run(fuzz_target *run, struct bytes input)
{
	struct arena *arena = arena_new();

	if (arena && !setjmp(*arena_recovery(arena)))
		run(arena, input);
	arena_free(arena);
}
