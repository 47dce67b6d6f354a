/* accountlist: which refs have an account, told by the files there are. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "account.h"
#include "arena.h"

#define ENDING BYTES(":log")

/* The names in a folder, each ended by NUL. */
struct names {
	char *data;
	size_t room;
	size_t len; /* of them all, be there room or not */
};

static void names_add(struct names *names, const char *name)
{
	size_t len = strlen(name) + 1;

	if (names->len + len <= names->room)
		memcpy(names->data + names->len, name, len);
	names->len += len;
}

/* As many names as there is room for: no memory is asked for while the folder is open. An errno. */
static int fill(const char *path, struct names *names)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;

	names->len = 0;
	if (!folder)
		return errno;
	for (errno = 0; (entry = readdir(folder)); errno = 0)
		if (entry->d_name[0] != '.')
			names_add(names, entry->d_name);
	int error = errno;

	closedir(folder);
	return error;
}

static int read_folder(struct arena *arena, const char *path, struct names *ret_names)
{
	int error;

	*ret_names = (struct names){0};
	while (!(error = fill(path, ret_names)) && ret_names->len > ret_names->room) {
		ret_names->room = 2 * ret_names->len;
		ret_names->data = arena_alloc(arena, ret_names->room);
	}
	return error;
}

/* Refs, or the folders they are in, relative to policy/account. */
struct list {
	struct arena *arena;
	struct bytes *items;
	size_t count;
	size_t room;
};

static void list_add(struct list *list, struct bytes item)
{
	list->items = arena_grow(list->arena, list->items, &list->room, list->count + 1, sizeof(*list->items));
	list->items[list->count++] = item;
}

/* What ends like an account is one; anything else may be a folder, which no account of another name can be. */
static void take_names(const struct names *names, struct bytes folder, struct list *folders, struct list *refs)
{
	for (size_t at = 0; at < names->len; at += strlen(names->data + at) + 1) {
		struct bytes path = bytes_printf(refs->arena, "%.*s/%s", BYTES_ARG(folder), names->data + at);

		if (bytes_ends(path, ENDING))
			list_add(refs, bytes_first(path, path.len - ENDING.len));
		else
			list_add(folders, path);
	}
}

static int by_name(const void *a, const void *b)
{
	const struct bytes *first = a, *second = b;
	size_t len = first->len < second->len ? first->len : second->len;
	int order = memcmp(first->data, second->data, len);

	return order ? order : (first->len > second->len) - (first->len < second->len);
}

enum answer account_refs(struct arena *arena, struct bytes git_dir, const struct bytes **ret_refs, size_t *ret_count,
			 const char **ret_problem)
{
	struct list folders = {.arena = arena}, refs = {.arena = arena};
	struct names names;

	list_add(&folders, BYTES("refs"));
	while (folders.count) {
		struct bytes folder = folders.items[--folders.count];
		struct bytes path =
			bytes_printf(arena, "%.*s/policy/account/%.*s", BYTES_ARG(git_dir), BYTES_ARG(folder));
		int error = read_folder(arena, path.data, &names);

		if (error && error != ENOENT && error != ENOTDIR) {
			*ret_problem = bytes_printf(arena, "%s: %s", path.data, strerror(error)).data;
			return ANSWER_UNKNOWN;
		}
		if (!error)
			take_names(&names, folder, &folders, &refs);
	}
	if (refs.count)
		qsort(refs.items, refs.count, sizeof(*refs.items), by_name);
	*ret_refs = refs.items;
	*ret_count = refs.count;
	return ANSWER_YES;
}
