/* repocopy: what the server's refs are called in a clone, which has its branches below refs/remotes/<remote>/. */
#include <stdio.h>
#include <string.h>

#include "repogit.h"

static const struct bytes heads = {"refs/heads/", sizeof("refs/heads/") - 1};
static const struct bytes remotes = {"refs/remotes/", sizeof("refs/remotes/") - 1};

bool repo_is_copy(const struct repo *repo)
{
	return repo->remote.len;
}

void repo_copy(struct repo *repo, struct bytes remote)
{
	repo->remote = remote;
}

/* libgit2 takes NUL-terminated names. */
bool repo_name_keep(struct repo *repo, struct bytes ref, char name[REPO_NAME_MAX])
{
	if (ref.len >= REPO_NAME_MAX || bytes_index(ref, '\0') < ref.len) {
		snprintf(repo->problem, sizeof(repo->problem), "a ref name that is too long or holds NUL");
		return false;
	}
	memcpy(name, ref.data, ref.len);
	name[ref.len] = '\0';
	return true;
}

bool repo_name_here(struct repo *repo, struct bytes ref, char name[REPO_NAME_MAX])
{
	char mapped[2 * REPO_NAME_MAX];

	if (!repo->remote.len || !bytes_starts(ref, heads) || !repo_name_keep(repo, ref, name))
		return repo_name_keep(repo, ref, name);
	int len = snprintf(mapped, sizeof(mapped), "%.*s%.*s/%s", BYTES_ARG(remotes), BYTES_ARG(repo->remote),
			   name + heads.len);

	return repo_name_keep(repo, (struct bytes){mapped, (size_t)len}, name);
}

bool repo_name_there(const struct repo *repo, struct bytes here, char name[REPO_NAME_MAX], struct bytes *ret_ref)
{
	struct bytes rest = bytes_from(here, remotes.len), branch = bytes_from(rest, repo->remote.len);

	*ret_ref = here;
	if (!repo->remote.len)
		return true;
	if (!bytes_starts(here, remotes))
		return !bytes_starts(here, heads);
	if (!bytes_starts(rest, repo->remote) || !bytes_starts(branch, BYTES("/")))
		return false;
	int len = snprintf(name, REPO_NAME_MAX, "%.*s%.*s", BYTES_ARG(heads), BYTES_ARG(bytes_from(branch, 1)));

	*ret_ref = (struct bytes){name, (size_t)len};
	return (size_t)len < REPO_NAME_MAX;
}
