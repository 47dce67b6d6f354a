/* repoproblem: why a repository cannot be opened, in a sentence. */
#include <string.h>
#include <sys/stat.h>

#include "arena.h"
#include "repogit.h"

/* git asks for the folder that people work in, or for a bare repository itself. */
static const char *foreign_problem(struct arena *arena, const char *path)
{
	char place[4096] = "";
	git_buf found = {0};
	struct stat status;

	if (!git_repository_discover(&found, path, 0, NULL) && strlen(found.ptr) < sizeof(place))
		strncpy(place, found.ptr, sizeof(place) - 1);
	git_buf_dispose(&found);
	struct bytes folder = bytes_of(*place ? place : path);

	if (folder.len > 1 && bytes_ends(folder, BYTES("/")))
		folder.len--;
	if (bytes_ends(folder, BYTES("/.git")))
		folder.len -= strlen("/.git");
	unsigned owner = stat(bytes_copy(arena, folder).data, &status) ? 0 : status.st_uid;

	return bytes_printf(arena,
			    "%.*s belongs to user %u: run this as its owner (sudo -u '#%u'), or: git config --global "
			    "--add safe.directory %.*s",
			    BYTES_ARG(folder), owner, owner, BYTES_ARG(folder))
		.data;
}

const char *repo_open_problem(struct arena *arena, int code, const char *path, bool named)
{
	const git_error *error = git_error_last();
	const char *why = error && error->message ? error->message : "no reason given";

	if (strstr(why, "extension") || strstr(why, "repository version"))
		return bytes_printf(arena, "cannot judge this repository format: %s", why).data;
	if (code == GIT_EOWNER || strstr(why, "safe.directory"))
		return foreign_problem(arena, path);
	if (code == GIT_ENOTFOUND && !named)
		return REPO_NONE;
	return bytes_printf(arena, "cannot open the repository: %s", why).data;
}
