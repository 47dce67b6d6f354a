/* reporef: reading refs: one by name, where a symbolic one leads, whether git lets it be, all of them. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "arena.h"
#include "repogit.h"

#define SYMBOLIC_DEPTH_MAX 5

enum answer repo_ref(struct repo *repo, struct bytes ref, struct oid *ret_id)
{
	char name[REPO_NAME_MAX];
	git_oid oid;

	if (!repo_name_here(repo, ref, name))
		return ANSWER_UNKNOWN;
	int code = git_reference_name_to_id(&oid, repo->git, name);

	if (code == GIT_ENOTFOUND)
		return ANSWER_NO;
	if (code)
		return repo_unknown(repo, "cannot read", ref);
	*ret_id = repo_native_id(&oid);
	return ANSWER_YES;
}

static enum answer cannot_look(struct repo *repo, const char *path)
{
	snprintf(repo->problem, sizeof(repo->problem), "cannot look at %s: %s", path, strerror(errno));
	return ANSWER_UNKNOWN;
}

/* Whether anything is at `path` below the repository; UNKNOWN for a symbolic link. */
static enum answer look(struct repo *repo, const char *path)
{
	struct stat status;

	if (fstatat(repo->root, path, &status, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT || errno == ENOTDIR ? ANSWER_NO : cannot_look(repo, path);
	if (!S_ISLNK(status.st_mode))
		return ANSWER_YES;
	snprintf(repo->problem, sizeof(repo->problem),
		 "%s is a symbolic link of the file system, and may lead to another ref: on the server, replace it by "
		 "a folder, or by git symbolic-ref",
		 path);
	return ANSWER_UNKNOWN;
}

/* UNKNOWN where a symbolic link of the file system, as a folder or as the ref's own file, has git move another ref than
 * it is told to: libgit2 does not tell. In a clone nothing is at stake. */
static enum answer look_along(struct repo *repo, char name[REPO_NAME_MAX])
{
	const char *folder = git_repository_commondir(repo->git);
	enum answer answer = ANSWER_YES;

	if (repo->client)
		return answer;
	if (repo->root < 0)
		repo->root = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (repo->root < 0)
		return cannot_look(repo, folder);
	for (char *slash = name; answer == ANSWER_YES && (slash = strchr(slash, '/')); *slash++ = '/') {
		*slash = '\0';
		answer = look(repo, name);
	}
	return answer == ANSWER_YES ? look(repo, name) : answer;
}

/* Replaces `name` by what it points to: YES, or NO for a direct ref or none. */
static enum answer step(struct repo *repo, char name[REPO_NAME_MAX])
{
	enum answer answer = ANSWER_NO;

	if (look_along(repo, name) == ANSWER_UNKNOWN)
		return ANSWER_UNKNOWN;
	int code = git_reference_lookup(&repo->reference, repo->git, name);

	if (code)
		return code == GIT_ENOTFOUND ? ANSWER_NO : repo_unknown(repo, "cannot read", bytes_of(name));
	if (git_reference_type(repo->reference) == GIT_REFERENCE_SYMBOLIC) {
		struct bytes target = bytes_of(git_reference_symbolic_target(repo->reference));

		answer = repo_name_keep(repo, target, name) ? ANSWER_YES : ANSWER_UNKNOWN;
	}
	git_reference_free(repo->reference);
	repo->reference = NULL;
	return answer;
}

enum answer repo_symbolic(struct repo *repo, struct bytes ref, struct bytes *ret_target, struct arena *arena)
{
	char name[REPO_NAME_MAX];
	enum answer answer = ANSWER_YES;
	int depth = -1;

	if (!repo_name_here(repo, ref, name))
		return ANSWER_UNKNOWN;
	while (answer == ANSWER_YES && depth++ < SYMBOLIC_DEPTH_MAX)
		answer = step(repo, name);
	if (answer == ANSWER_UNKNOWN)
		return answer;
	if (answer == ANSWER_YES) {
		snprintf(repo->problem, sizeof(repo->problem), "a symbolic ref that leads on more than %d times",
			 SYMBOLIC_DEPTH_MAX);
		return ANSWER_UNKNOWN;
	}
	char mapped[REPO_NAME_MAX];
	struct bytes target;

	if (!repo_name_there(repo, bytes_of(name), mapped, &target))
		return ANSWER_NO;
	*ret_target = bytes_copy(arena, target);
	return depth ? ANSWER_YES : ANSWER_NO;
}

struct handing {
	struct bytes ref;
	bool handed;
};

/* "am!:refs/for": which kinds of updates it is about is left out, so that more is taken for handed on than is. */
static int hand_on(const git_config_entry *entry, void *context)
{
	struct handing *handing = context;
	struct bytes value = bytes_of(entry->value), prefix = value;
	size_t flags = bytes_index(value, ':');
	bool others = flags < value.len && bytes_index(bytes_first(value, flags), '!') < flags;

	if (flags < value.len)
		prefix = bytes_from(value, flags + 1);
	while (bytes_ends(prefix, BYTES("/")))
		prefix.len--;
	struct bytes rest = bytes_from(handing->ref, prefix.len);
	bool below = bytes_starts(handing->ref, prefix) && (!rest.len || rest.data[0] == '/');

	handing->handed |= below != others;
	return 0;
}

enum answer repo_handed_on(struct repo *repo, struct bytes ref)
{
	static const char name[] = "receive.procReceiveRefs";
	struct handing handing = {.ref = ref};

	if (repo->client || repo->hands_nothing_on)
		return ANSWER_NO;
	int code = git_config_get_multivar_foreach(repo->config, name, NULL, hand_on, &handing);

	repo->hands_nothing_on = code == GIT_ENOTFOUND;
	if (code && code != GIT_ENOTFOUND)
		return repo_unknown(repo, "cannot read the configuration of", bytes_of(name));
	return handing.handed ? ANSWER_YES : ANSWER_NO;
}

bool repo_tell(struct repo *repo, bool (*each)(void *context, struct bytes ref, const struct oid *id), void *context)
{
	const git_oid *oid = git_reference_target(repo->reference);
	char name[REPO_NAME_MAX];
	bool more = true;
	struct bytes ref;
	struct oid id;

	if (oid && repo_name_there(repo, bytes_of(git_reference_name(repo->reference)), name, &ref)) {
		id = repo_native_id(oid);
		more = each(context, ref, &id);
	}
	git_reference_free(repo->reference);
	repo->reference = NULL;
	return more;
}

enum answer repo_refs(struct repo *repo, bool (*each)(void *context, struct bytes ref, const struct oid *id),
		      void *context)
{
	bool more = true;
	int code = git_reference_iterator_new(&repo->references, repo->git);

	while (!code && more) {
		code = git_reference_next(&repo->reference, repo->references);
		if (code)
			break;
		more = repo_tell(repo, each, context);
	}
	git_reference_iterator_free(repo->references);
	repo->references = NULL;
	if (code && code != GIT_ITEROVER)
		return repo_unknown(repo, "cannot list", BYTES("the refs"));
	return ANSWER_YES;
}
