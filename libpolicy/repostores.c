/* repostores: the directories that objects are in: the quarantine, the repository's own, and what they borrow from. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "arena.h"
#include "repoenv.h"
#include "repogit.h"

/* What is judged is in the quarantine; and loose objects are not looked for before all packs were asked. */
#define PRIORITY_QUARANTINE 10
#define PRIORITY_STORE 1
#define PRIORITY_WRITING 0

/* How far one may borrow from another that borrows: git's own limit. */
#define DEPTH_MAX 5u

struct store {
	struct bytes directory;
	unsigned depth;
	dev_t device;
	ino_t file;
};

struct stores {
	struct repo *repo;
	struct store *list;
	size_t count;
	size_t room;
};

static int fail(const char *why)
{
	git_error_set_str(GIT_ERROR_ODB, why);
	return -1;
}

/* Not as libgit2 would, which reads loose objects itself; see repoloose. */
static int add_backends(git_odb *odb, const char *directory, int priority)
{
	git_odb_backend *loose = NULL, *pack = NULL;
	int code = repo_loose_new(directory, &loose);

	if (!code)
		code = git_odb_add_backend(odb, loose, priority);
	if (!code)
		code = git_odb_backend_pack(&pack, directory);
	return code ? code : git_odb_add_backend(odb, pack, priority + 1);
}

/* Adds a directory once; one that is not there is passed over, as git does. */
static int add_store(struct stores *stores, struct bytes directory, unsigned depth)
{
	struct repo *repo = stores->repo;
	struct stat status;

	if (!directory.len || stat(directory.data, &status))
		return 0;
	for (size_t i = 0; i < stores->count; i++)
		if (stores->list[i].device == status.st_dev && stores->list[i].file == status.st_ino)
			return 0;
	stores->list = arena_grow(repo->arena, stores->list, &stores->room, stores->count + 1, sizeof(*stores->list));
	stores->list[stores->count++] = (struct store){directory, depth, status.st_dev, status.st_ino};
	int code = add_backends(repo->odb, directory.data, PRIORITY_STORE);

	return code ? code : add_backends(repo->stored, directory.data, PRIORITY_STORE);
}

static int read_list(struct repo *repo, struct bytes directory, struct bytes *ret_text)
{
	const char *path = bytes_printf(repo->arena, "%.*s/info/alternates", BYTES_ARG(directory)).data;
	struct stat status;

	*ret_text = BYTES("");
	if (stat(path, &status))
		return errno == ENOENT || errno == ENOTDIR ? 0 : fail(strerror(errno));
	if (!S_ISREG(status.st_mode))
		return fail("info/alternates is no file");
	size_t size = (size_t)status.st_size;
	char *text = arena_alloc(repo->arena, size);
	FILE *file = fopen(path, "re");

	if (!file)
		return fail(strerror(errno));
	*ret_text = (struct bytes){text, fread(text, 1, size, file)};
	bool damaged = ferror(file);

	fclose(file);
	return damaged ? fail("info/alternates cannot be read") : 0;
}

/* Adds what a store borrows from, by its list: relative to it, where that is no absolute path. */
static int add_borrowed(struct stores *stores, const struct store *store)
{
	struct arena *arena = stores->repo->arena;
	struct bytes rest, line;
	int code = read_list(stores->repo, store->directory, &rest);

	while (!code && repoenv_directory(arena, &rest, '\n', &line)) {
		if (line.len && line.data[0] != '/')
			line = bytes_printf(arena, "%.*s/%.*s", BYTES_ARG(store->directory), BYTES_ARG(line));
		code = add_store(stores, line, store->depth + 1);
	}
	return code;
}

static int open_stores(struct repo *repo)
{
	struct stores stores = {.repo = repo};
	struct bytes rest = repo->alternates, directory;
	int code = add_store(&stores, repo->objects, 0);

	if (!code && !stores.count)
		code = fail("its objects are not there");
	while (!code && repoenv_directory(repo->arena, &rest, ':', &directory))
		code = add_store(&stores, directory, 1);
	for (size_t i = 0; !code && i < stores.count; i++) {
		const struct store store = stores.list[i];

		if (store.depth <= DEPTH_MAX)
			code = add_borrowed(&stores, &store);
	}
	return code;
}

/* What is written goes to the repository's own store, by libgit2; reading, it comes last, and finds nothing that is not
 * found before. */
static int add_writing(struct repo *repo)
{
	git_odb_backend *loose = NULL;
	int sync = 0;

	git_config_get_bool(&sync, repo->config, "core.fsyncobjectfiles");
	int code = git_odb_backend_loose(&loose, repo->objects.data, -1, sync, 0, 0);

	return code ? code : git_odb_add_backend(repo->odb, loose, PRIORITY_WRITING);
}

int repo_open_objects(struct repo *repo)
{
	int code = git_odb_new(&repo->odb);

	repo->objects = bytes_printf(repo->arena, "%sobjects", git_repository_commondir(repo->git));
	if (!code)
		code = git_odb_new(&repo->stored);
	if (!code && repo->quarantine.len)
		code = add_backends(repo->odb, repo->quarantine.data, PRIORITY_QUARANTINE);
	if (!code)
		code = open_stores(repo);
	if (!code)
		code = add_writing(repo);
	return code ? code : git_repository_set_odb(repo->git, repo->odb);
}
