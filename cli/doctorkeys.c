/* doctorkeys: a line of authorized_keys: options, divided by commas outside of quotes, then the key. */
#include "doctorkeys.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

static bool is_type(const char *word)
{
	static const char *const types[] = {"ssh-", "ecdsa-", "sk-ssh-", "sk-ecdsa-"};

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (!strncmp(word, types[i], strlen(types[i])))
			return true;
	return false;
}

/* The length of an option: up to a comma, or the blank behind the last, outside of quotes. */
static size_t option_length(const char *option)
{
	bool quoted = false;
	size_t len = 0;

	for (; option[len] && (quoted || !strchr(", \t", option[len])); len++) {
		if (option[len] == '\\' && option[len + 1] == '"')
			len++;
		else if (option[len] == '"')
			quoted = !quoted;
	}
	return len;
}

static bool is_option(const char *option, size_t len, const char *name)
{
	return len == strlen(name) && !strncasecmp(option, name, len);
}

enum key_kind doctorkeys_kind(const char *line)
{
	bool forced = false, restricted = false;

	if (!*line || *line == '#')
		return KEY_NONE;
	while (!is_type(line)) {
		size_t len = option_length(line);

		forced |= !strncasecmp(line, "command=", strlen("command="));
		restricted |= is_option(line, len, "restrict") || is_option(line, len, "no-port-forwarding");
		if (line[len] != ',')
			return forced ? restricted ? KEY_RESTRICTED : KEY_FORCED : KEY_FREE;
		line += len + 1;
	}
	return KEY_FREE;
}
