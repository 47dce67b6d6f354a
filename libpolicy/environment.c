/* environment: reading the few variables a run knows. */
#include "environment.h"

#include <stdio.h>
#include <stdlib.h>

/* git sets no limit; nobody asking for a format needs more. */
#define PUSH_OPTIONS_MAX 100u

struct bytes environment_get(const char *name)
{
	return bytes_of(getenv(name));
}

bool environment_json(void)
{
	unsigned long count = 0;
	char name[sizeof("GIT_PUSH_OPTION_") + 20];

	if (bytes_equal(environment_get("GIT_POLICY_FORMAT"), BYTES("json")))
		return true;
	if (!bytes_number(environment_get("GIT_PUSH_OPTION_COUNT"), PUSH_OPTIONS_MAX, &count))
		return false;
	for (unsigned long i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "GIT_PUSH_OPTION_%lu", i);
		if (bytes_equal(environment_get(name), BYTES("policy.format=json")))
			return true;
	}
	return false;
}

struct bytes environment_transport(void)
{
	if (environment_get("GATEWAY_INTERFACE").len)
		return BYTES("http");
	if (environment_get("SSH_CONNECTION").len)
		return BYTES("ssh");
	return environment_get("REMOTE_ADDR").len ? BYTES("git") : BYTES("local"); /* git-daemon(1) */
}
