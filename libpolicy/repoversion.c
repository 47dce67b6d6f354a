/* repoversion: which libgit2 this is, as it was built and as it runs. */
#include "repogit.h"

#include "arena.h"

const char *repo_library(struct arena *arena)
{
	int major, minor, patch;

	git_libgit2_version(&major, &minor, &patch);
	struct bytes runs = bytes_printf(arena, "%d.%d.%d", major, minor, patch);

	if (bytes_equal(runs, bytes_of(LIBGIT2_VERSION)))
		return runs.data;
	return bytes_printf(arena, "%.*s (built with " LIBGIT2_VERSION ")", BYTES_ARG(runs)).data;
}
