/* variables: what a server's hook keeps of the environment it is started in, which the pusher may have written. */
#include "variables.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "policy.h"

/* Longer than a line of a policy can name. */
#define NAME_ROOM 200u

/* A name that ends in _ stands for all that begin so. */
static const char *const known[] = {
	"GIT_DIR",
	"GIT_QUARANTINE_PATH",
	"GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_SHALLOW_FILE",
	"GIT_NAMESPACE",
	"GIT_PUSH_",
	"GIT_POLICY_",
	"GATEWAY_INTERFACE",
	"REMOTE_ADDR",
	"SSH_CONNECTION",
	"HOME", /* the last for the programs that post-receive starts */
};

static bool is_known(const char *name)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		size_t len = strlen(known[i]);

		if (known[i][len - 1] == '_' ? !strncmp(name, known[i], len) : !strcmp(name, known[i]))
			return true;
	}
	return false;
}

/* What the policy, which nobody has read yet, may name for who pushes is kept too. */
static bool is_kept(const char *variable)
{
	char name[NAME_ROOM] = "";
	size_t len = strcspn(variable, "=");

	if (!len || len >= sizeof(name))
		return false;
	memcpy(name, variable, len);
	return is_known(name) || !policy_variable_problem(name);
}

void variables_keep(void)
{
	char **kept = environ;

	for (char **variable = environ; variable && *variable; variable++)
		if (is_kept(*variable))
			*kept++ = *variable;
	if (kept)
		*kept = NULL;
}
