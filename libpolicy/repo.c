/* repo: opening a repository as a hook or a person finds it, and its configuration. */
#include "repo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "repoenv.h"
#include "repogit.h"

/* Packs are mapped piece by piece: whole, a large one would be counted as this process's memory. */
#define WINDOW_BYTES ((size_t)1024 * 1024)
#define WINDOWS_BYTES_MAX ((size_t)8 * 1024 * 1024)

/* Whether it is of what the repository holds: an object that is missing or damaged, or the file of a ref. */
static bool is_damage(const git_error *error)
{
	return error->klass == GIT_ERROR_ZLIB || error->klass == GIT_ERROR_ODB || error->klass == GIT_ERROR_OBJECT ||
	       strstr(error->message, "corrupt");
}

enum answer repo_unknown(struct repo *repo, const char *what, struct bytes name)
{
	const git_error *error = git_error_last();
	bool told = error && error->message;

	snprintf(repo->problem, sizeof(repo->problem), "%s %.*s: %s%s", what, BYTES_ARG(name),
		 told ? error->message : "no reason given",
		 told && is_damage(error) ? "; git fsck tells what is damaged" : "");
	return ANSWER_UNKNOWN;
}

enum answer repo_unknown_id(struct repo *repo, const char *what, const struct oid *id)
{
	return repo_unknown(repo, what, (struct bytes){oid_hex(id).text, OID_HEX});
}

const char *repo_problem(const struct repo *repo)
{
	return repo->problem;
}

/*
 * Ids are not recomputed while reading: git's own index-pack has computed those of every object that a push brings, and
 * git itself does not doubt the ones it stored. Nothing is read twice through libgit2, so its cache would only cost.
 */
static void configure_library(const struct repo_environment *environment)
{
	static const char *const harmless[] = {"worktreeconfig", "preciousobjects", "partialclone"};
	bool isolated = !environment->client;
	bool own_global = isolated || getenv("GIT_CONFIG_GLOBAL");
	bool own_system = isolated || getenv("GIT_CONFIG_SYSTEM") || repoenv_true(getenv("GIT_CONFIG_NOSYSTEM"));

	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, WINDOW_BYTES);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, WINDOWS_BYTES_MAX);
	/* On a server git has decided already whom to trust: it runs this hook. */
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, isolated ? 0 : 1);
	if (!isolated)
		git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, harmless, sizeof(harmless) / sizeof(*harmless));
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_SYSTEM, own_system ? "" : NULL);
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_PROGRAMDATA, own_system ? "" : NULL);
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_XDG, own_global ? "" : NULL);
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_GLOBAL, own_global ? "" : NULL);
}

static int open_config(struct repo *repo)
{
	const char *system = getenv("GIT_CONFIG_SYSTEM"), *global = getenv("GIT_CONFIG_GLOBAL");
	int code = git_repository_config(&repo->config, repo->git);

	if (code || !repo->client)
		return code;
	if (system && *system && !repoenv_true(getenv("GIT_CONFIG_NOSYSTEM")))
		code = git_config_add_file_ondisk(repo->config, system, GIT_CONFIG_LEVEL_SYSTEM, repo->git, 1);
	if (!code && global && *global)
		code = git_config_add_file_ondisk(repo->config, global, GIT_CONFIG_LEVEL_GLOBAL, repo->git, 1);
	return code;
}

static struct bytes directory_copy(struct arena *arena, const char *path)
{
	struct bytes whole = path ? bytes_of(path) : BYTES("");

	while (whole.len > 1 && whole.data[whole.len - 1] == '/')
		whole.len--;
	return bytes_copy(arena, whole);
}

/* libgit2 takes the folder around a git directory for its work tree where core.bare is unset; git does only where the
 * directory is called .git. */
static const char *work_tree_of(struct repo *repo)
{
	const char *tree = git_repository_workdir(repo->git), *path = git_repository_path(repo->git);
	size_t len = tree ? strlen(tree) : 0;
	struct bytes value;
	bool around = tree && !strncmp(path, tree, len) && strchr(path + len, '/') == path + strlen(path) - 1;

	if (around && strcmp(path + len, ".git/") && repo_config(repo, "core.bare", repo->arena, &value) == ANSWER_NO &&
	    repo_config(repo, "core.worktree", repo->arena, &value) == ANSWER_NO)
		return NULL;
	return tree;
}

static bool is_guarded(struct repo *repo)
{
	struct bytes record = bytes_printf(repo->arena, "%.*s/policy/installed", BYTES_ARG(repo->git_dir));

	return !access(record.data, F_OK);
}

static void open_directories(struct repo *repo, struct arena *arena, const char *work_tree)
{
	char *real = repo->client && work_tree ? realpath(work_tree, NULL) : NULL;
	char path[4096] = "";

	if (real && strlen(real) < sizeof(path))
		strncpy(path, real, sizeof(path) - 1);
	free(real);
	repo->git_dir = directory_copy(arena, git_repository_path(repo->git));
	repo->work_tree = directory_copy(arena, *path ? path : work_tree_of(repo));
	repo->served = !repo->work_tree.len || is_guarded(repo);
}

static const char *open_all(struct repo *repo, struct arena *arena, const struct repo_environment *environment)
{
	bool named = environment->git_dir && *environment->git_dir;
	bool namespaced = environment->namespace && *environment->namespace;
	const char *path = named ? environment->git_dir : ".";
	unsigned flags = named ? GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT : 0;

	if (namespaced && !repo->client)
		return "cannot judge a push into a namespace (GIT_NAMESPACE); a repository of its own can be guarded";
	int code = git_repository_open_ext(&repo->git, path, flags, NULL);

	if (!code)
		code = open_config(repo);
	if (!code)
		code = repo_open_objects(repo);
	if (code)
		return repo_open_problem(arena, code, path, named);
	if (!repo->client && (environment->shallow || git_repository_is_shallow(repo->git)))
		return "cannot judge a shallow repository";
	open_directories(repo, arena, environment->work_tree);
	return NULL;
}

struct repo *repo_open(struct arena *arena, const struct repo_environment *environment, const char **ret_problem)
{
	struct repo *repo = arena_alloc(arena, sizeof(*repo));
	const char *problem = "cannot start libgit2";

	repo->root = -1;
	repo->client = environment->client;
	repo->remote = bytes_of(environment->remote);
	repo->arena = arena;
	repo->memory = arena_child(arena);
	repo->names = arena_child(arena);
	repo->quarantine = bytes_of(environment->quarantine ? environment->quarantine : "");
	repo->progress = environment->progress;
	repo->alternates = bytes_of(environment->alternates ? environment->alternates : "");
	if (git_libgit2_init() >= 0) {
		configure_library(environment);
		problem = open_all(repo, arena, environment);
		if (!problem)
			return repo;
		repo_close(repo);
	}
	*ret_problem = problem;
	return NULL;
}

void repo_close(struct repo *repo)
{
	if (!repo)
		return;
	repo_remove_temporary(repo);
	repo_close_listing(repo);
	if (repo->root >= 0)
		close(repo->root);
	git_reference_free(repo->reference);
	git_reference_iterator_free(repo->references);
	git_odb_object_free(repo->object);
	git_odb_object_free(repo->content);
	git_config_free(repo->config);
	git_odb_free(repo->stored);
	git_odb_free(repo->odb);
	git_repository_free(repo->git);
	git_libgit2_shutdown();
}

bool repo_is_shallow(const struct repo *repo)
{
	return git_repository_is_shallow(repo->git);
}

struct bytes repo_git_dir(const struct repo *repo)
{
	return repo->git_dir;
}

struct bytes repo_work_tree(const struct repo *repo)
{
	return repo->work_tree;
}

bool repo_is_served(const struct repo *repo)
{
	return repo->served;
}

/* The environment's values (git -c) are a person's; on a server they would let a pusher choose the policy. */
enum answer repo_config(struct repo *repo, const char *name, struct arena *arena, struct bytes *ret_value)
{
	git_buf value = {0};
	enum answer answer = ANSWER_NO;

	if (repo->client)
		answer = repoenv_config(arena, getenv("GIT_CONFIG_COUNT"), getenv("GIT_CONFIG_PARAMETERS"),
					bytes_of(name), ret_value);
	if (answer == ANSWER_UNKNOWN)
		snprintf(repo->problem, sizeof(repo->problem),
			 "GIT_CONFIG_COUNT or GIT_CONFIG_PARAMETERS is malformed");
	if (answer != ANSWER_NO)
		return answer;
	int code = git_config_get_string_buf(&value, repo->config, name);

	if (code == GIT_ENOTFOUND)
		return ANSWER_NO;
	if (code)
		return repo_unknown(repo, "cannot read the configuration of", bytes_of(name));
	*ret_value = bytes_copy(arena, (struct bytes){value.ptr, value.size});
	git_buf_dispose(&value);
	return ANSWER_YES;
}
