/* folder: making folders and reading what is in them; no descriptor is held where memory may run out. */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "arena.h"

static mode_t mode_of(const char *folder)
{
	struct stat status;

	return stat(folder, &status) ? S_IRWXU : status.st_mode & ~(mode_t)S_IFMT;
}

/* `path` is cut at `slash` for a moment; false with errno. */
static bool make_one(char *path, char *slash)
{
	bool made;
	char *above;

	*slash = '\0';
	above = strrchr(path, '/');
	made = !mkdir(path, S_IRWXU);
	if (made && above) {
		*above = '\0';
		mode_t mode = mode_of(path);

		*above = '/';
		made = !chmod(path, mode);
	} else if (!made) {
		made = errno == EEXIST;
	}
	*slash = '/';
	return made;
}

bool folder_make(struct arena *arena, struct bytes root, struct bytes path)
{
	char *copy = arena_alloc(arena, path.len + 1);

	memcpy(copy, path.data, path.len);
	for (size_t i = root.len + 1; i < path.len; i++)
		if (copy[i] == '/' && !make_one(copy, copy + i))
			return false;
	return true;
}

mode_t folder_mode(struct arena *arena, struct bytes path)
{
	while (path.len && path.data[path.len - 1] != '/')
		path.len--;
	return mode_of(bytes_copy(arena, path).data);
}

/* Room for names that was taken beforehand, and what they need. */
struct listing {
	char *text; /* the names, a NUL behind each */
	size_t room;
	size_t len;
	size_t count;
};

static void listing_add(struct listing *listing, const char *name)
{
	size_t len = strlen(name) + 1;

	if (name[0] == '.')
		return;
	if (listing->len + len <= listing->room)
		memcpy(listing->text + listing->len, name, len);
	listing->len += len;
	listing->count++;
}

/* Reads it once; what did not fit shows in listing->len. */
static enum answer read_once(const char *path, struct listing *listing)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;

	listing->len = listing->count = 0;
	if (!folder)
		return errno == ENOENT ? ANSWER_NO : ANSWER_UNKNOWN;
	for (errno = 0; (entry = readdir(folder)); errno = 0)
		listing_add(listing, entry->d_name);
	int reason = errno;

	closedir(folder);
	errno = reason;
	return reason ? ANSWER_UNKNOWN : ANSWER_YES;
}

static int by_bytes(const void *a, const void *b)
{
	const struct bytes *left = a, *right = b;

	return strcmp(left->data, right->data);
}

enum answer folder_list(struct arena *arena, struct bytes path, struct bytes **ret_names, size_t *ret_count)
{
	struct listing listing = {0};
	enum answer answer;

	*ret_names = NULL;
	*ret_count = 0;
	while ((answer = read_once(path.data, &listing)) == ANSWER_YES && listing.len > listing.room) {
		listing.room = 2 * listing.len;
		listing.text = arena_alloc(arena, listing.room);
	}
	if (answer != ANSWER_YES || !listing.count)
		return answer;
	*ret_count = listing.count;
	*ret_names = arena_array(arena, listing.count, sizeof(**ret_names));
	for (size_t i = 0, at = 0; i < listing.count; at += (*ret_names)[i++].len + 1)
		(*ret_names)[i] = bytes_of(listing.text + at);
	qsort(*ret_names, *ret_count, sizeof(**ret_names), by_bytes);
	return ANSWER_YES;
}
