/* forms: headings as templates. What a server accepts is for libpolicy to say; this only has to guess from names. */
#include "forms.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* What may stand behind a folder, the narrowest first. */
static const struct form {
	const char *heading;
	bool version;
	size_t least; /* names before they show a convention */
} forms[] = {
	{"v{semver}", true, 1},
	{"{semver}", true, 1},
	{"v{number}.{number}", true, 1},
	{"{number}.{number}", true, 1},
	{"v{number}.x", true, 1},
	{"{number}.x", true, 1},
	{"{number}", false, 3},
	{"{number}-{slug}", false, 3},
	{"{slug}", false, 1},
	{"*", false, 1},
	{"**", false, 1},
};

/* Of tags, in the order in which the headings stand: what leaves more open comes later. */
static const char *const tags[] = {
	"v{semver}",   "{semver}",   "v{semver}-*", "{semver}-*", "v{number}.{number}", "{number}.{number}",
	"*/v{semver}", "*@{semver}", "*-v{semver}", "*-{semver}", "v{number}*",		"**",
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* What is behind the number at `at`; NULL: there is none. */
static const char *skip_number(const char *at)
{
	if (!at || !isdigit((unsigned char)*at))
		return NULL;
	return *at == '0' ? at + 1 : at + strspn(at, "0123456789");
}

static const char *skip_dot(const char *at)
{
	return at && *at == '.' ? at + 1 : NULL;
}

static const char *skip_semver(const char *at)
{
	return skip_number(skip_dot(skip_number(skip_dot(skip_number(at)))));
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || isdigit((unsigned char)c);
}

static const char *skip_slug(const char *at)
{
	if (!is_word(*at))
		return NULL;
	while (is_word(*at) || (*at == '-' && is_word(at[1])))
		at++;
	return at;
}

static bool matches(const char *form, const char *name);

/* A star before `form`: every split of the name's part. */
static bool matches_star(const char *form, const char *name)
{
	for (; !matches(form, name); name++)
		if (!*name || *name == '/')
			return false;
	return true;
}

/* How deep this goes is up to the forms above. */
static bool matches(const char *form, const char *name)
{
	static const struct {
		const char *token;
		const char *(*skip)(const char *at);
	} templates[] = {{"{number}", skip_number}, {"{semver}", skip_semver}, {"{slug}", skip_slug}};

	while (*form && *form != '*') {
		const char *next = *name == *form ? name + 1 : NULL;
		size_t len = 1;

		for (size_t i = 0; i < COUNT(templates); i++)
			if (!strncmp(form, templates[i].token, strlen(templates[i].token))) {
				len = strlen(templates[i].token);
				next = templates[i].skip(name);
			}
		if (!next)
			return false;
		form += len;
		name = next;
	}
	if (!*form)
		return !*name;
	return !strcmp(form, "**") || matches_star(form + 1, name);
}

unsigned forms_of(const char *name)
{
	unsigned bits = 0;

	for (size_t i = 0; i < COUNT(forms); i++)
		bits |= (unsigned)matches(forms[i].heading, name) << i;
	return bits;
}

const char *forms_said(unsigned bits, bool version, size_t count)
{
	for (size_t i = 0; i < COUNT(forms); i++)
		if (bits & 1u << i && count >= forms[i].least && (version || !forms[i].version))
			return forms[i].heading;
	return "**";
}

/* What is behind one of these words at the start of `text`; `text` itself when there is none. */
static const char *skip_word(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (!strncmp(text, *words, strlen(*words)))
			return text + strlen(*words);
	return text;
}

bool forms_line(const char *name, char *ret_heading, size_t room)
{
	static const char *const before[] = {"release-v", "release-", "release_", "stable-", "stable_", "maint-",
					     "support-",  "branch-",  "REL_",	  "v",	     NULL};
	static const char *const behind[] = {"-stable", "_STABLE", "-maint", "-lts", "-branch", "-fixes", NULL};
	const char *at = skip_word(name, before), *next = skip_number(at);
	unsigned parts = at != name;
	char heading[256];
	size_t made = (size_t)snprintf(heading, sizeof(heading), "%.*s{number}", (int)(at - name), name);

	for (; next && strchr("._-", *next) && *next && made < room; parts++) {
		const char *number = skip_number(next + 1);
		const char *part = number ? "{number}" : "x";

		if (!number && next[1] != 'x')
			break;
		made += (size_t)snprintf(heading + made, sizeof(heading) - made, "%c%s", *next, part);
		next = number ? number : next + 2;
	}
	if (!next || !parts || *skip_word(next, behind))
		return false;
	made += (size_t)snprintf(heading + made, sizeof(heading) - made, "%s", next);
	if (made < room)
		memcpy(ret_heading, heading, made + 1);
	return made < room;
}

const char *forms_tag(const char *name)
{
	size_t i = 0;

	while (i + 1 < COUNT(tags) && !matches(tags[i], name))
		i++;
	return tags[i];
}

int forms_tag_order(const char *heading)
{
	int i = 0;

	while (strcmp(tags[i], heading) != 0)
		i++;
	return i;
}
