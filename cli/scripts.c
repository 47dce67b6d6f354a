/* scripts: the scripts and hooks that come with git-policy: where they are, and becoming one of them. */
#include "scripts.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"

#define OVERRIDE "GIT_POLICY_EXEC_PATH"

/* Seen from the folder of this program: where an installation has them, and where a build has them and the hooks. */
static const char *const places[] = {POLICY_SCRIPTS, "../install", "../hooks"};

#define PLACES (sizeof(places) / sizeof(*places))

static bool join(char path[PATH_MAX], const char *folder, const char *place, const char *name)
{
	int length = *place == '/' ? snprintf(path, PATH_MAX, "%s/%s", place, name)
				   : snprintf(path, PATH_MAX, "%s/%s/%s", folder, place, name);

	return length > 0 && length < PATH_MAX;
}

/* The folder this program is in, whatever links led to it. */
static bool own_folder(char folder[PATH_MAX])
{
	ssize_t length = readlink("/proc/self/exe", folder, PATH_MAX);

	if (length <= 0 || length >= PATH_MAX)
		return false;
	folder[length] = '\0';
	*strrchr(folder, '/') = '\0';
	return true;
}

static bool find(char path[PATH_MAX], const char *name)
{
	const char *override = getenv(OVERRIDE);
	char folder[PATH_MAX];

	if (override && *override)
		return join(path, override, ".", name) && !access(path, X_OK);
	if (!own_folder(folder))
		return false;
	for (size_t i = 0; i < PLACES; i++)
		if (join(path, folder, places[i], name) && !access(path, X_OK))
			return true;
	return false;
}

static int become(char *path, char **arguments)
{
	size_t count = 0;

	while (arguments[count])
		count++;
	char **words = calloc(count + 2, sizeof(*words));

	if (!words)
		return command_refuse(NULL, "out of memory");
	*words = path;
	memcpy(words + 1, arguments, count * sizeof(*words));
	execv(path, words);
	command_refuse(NULL, "%s: %s", path, strerror(errno));
	free(words);
	return POLICY_UNDECIDED;
}

int script_run(const char *name, char **arguments)
{
	char path[PATH_MAX];

	if (find(path, name))
		return become(path, arguments);
	return command_refuse("meson install brings them; " OVERRIDE " names the folder where they are",
			      "\"%s\" is not where this program looks for it", name);
}
