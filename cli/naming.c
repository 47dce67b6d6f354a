/* naming: sorts names into families as they come. */
#include "naming.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "forms.h"

/* Folders that mean something; what else a folder is called, its branches are topics when they are several. */
static const struct {
	const char *word;
	enum role role;
} folders[] = {
	{"release", ROLE_RELEASE},  {"releases", ROLE_RELEASE}, {"feature", ROLE_FEATURE},  {"feat", ROLE_FEATURE},
	{"features", ROLE_FEATURE}, {"fix", ROLE_FIX},		{"bugfix", ROLE_FIX},	    {"bug", ROLE_FIX},
	{"fixes", ROLE_FIX},	    {"hotfix", ROLE_HOTFIX},	{"hotfixes", ROLE_HOTFIX},  {"docs", ROLE_TOPIC},
	{"doc", ROLE_TOPIC},	    {"chore", ROLE_TOPIC},	{"refactor", ROLE_TOPIC},   {"test", ROLE_TOPIC},
	{"tests", ROLE_TOPIC},	    {"ci", ROLE_TOPIC},		{"build", ROLE_TOPIC},	    {"perf", ROLE_TOPIC},
	{"style", ROLE_TOPIC},	    {"task", ROLE_TOPIC},	{"story", ROLE_TOPIC},	    {"issue", ROLE_TOPIC},
	{"topic", ROLE_TOPIC},	    {"wip", ROLE_TOPIC},	{"experiment", ROLE_TOPIC}, {"dependabot", ROLE_ROBOT},
	{"renovate", ROLE_ROBOT},   {"stable", ROLE_LINE},	{"maint", ROLE_LINE},	    {"maintenance", ROLE_LINE},
	{"support", ROLE_LINE},	    {"lts", ROLE_LINE},		{"user", ROLE_PERSONAL},    {"users", ROLE_PERSONAL},
	{"u", ROLE_PERSONAL},	    {"people", ROLE_PERSONAL},
};

static const struct {
	const char *word;
	enum trunk trunk;
} trunks[] = {
	{"main", TRUNK_MAIN},
	{"master", TRUNK_MAIN},
	{"trunk", TRUNK_MAIN},
	{"develop", TRUNK_DEVELOP},
	{"development", TRUNK_DEVELOP},
	{"dev", TRUNK_DEVELOP},
	{"staging", TRUNK_STAGING},
	{"stage", TRUNK_STAGING},
	{"preprod", TRUNK_STAGING},
	{"uat", TRUNK_STAGING},
	{"production", TRUNK_PRODUCTION},
	{"prod", TRUNK_PRODUCTION},
	{"live", TRUNK_PRODUCTION},
	{"next", TRUNK_OTHER},
	{"stable", TRUNK_OTHER},
	{"release", TRUNK_OTHER},
	{"qa", TRUNK_OTHER},
	{"testing", TRUNK_OTHER},
	{"integration", TRUNK_OTHER},
	{"gh-pages", TRUNK_OTHER},
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

bool naming_plain(const char *name)
{
	if (!isalnum((unsigned char)*name) || strlen(name) > NAMING_HEADING_MAX)
		return false;
	for (const char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("._/+@#=-", *c))
			return false;
	return true;
}

static bool is_odd(const char *name)
{
	while (isgraph((unsigned char)*name))
		name++;
	return *name;
}

static enum role role_of(const char *folder, size_t len)
{
	for (size_t i = 0; i < COUNT(folders); i++)
		if (strlen(folders[i].word) == len && !strncmp(folders[i].word, folder, len))
			return folders[i].role;
	return ROLE_STRAY;
}

static struct family *find(struct naming *naming, bool tag, const char *folder, const char *heading)
{
	for (size_t i = naming->count; i-- > 0;) {
		struct family *family = &naming->families[i];

		if (!strcmp(family->folder, folder) && (*folder || !strcmp(family->heading, heading)) &&
		    (family->role == ROLE_TAG) == tag)
			return family;
	}
	return NULL;
}

/* The family with this folder or, where there is none, this heading. Where there are too many, a new one's names are
 * strays. */
static struct family *family_of(struct naming *naming, enum role role, const char *folder, const char *heading)
{
	struct family *family = find(naming, role == ROLE_TAG, folder, heading);
	bool scarce = naming->count >= NAMING_FAMILIES_MAX - NAMING_RESERVED;

	if (!family && scarce && role != ROLE_TAG && role != ROLE_TRUNK) {
		role = ROLE_STRAY;
		folder = "";
		heading = "**";
		family = find(naming, false, folder, heading);
	}
	if (family)
		return family;
	family = &naming->families[naming->count++];
	*family = (struct family){.role = role, .forms = ~0u};
	snprintf(family->folder, sizeof(family->folder), "%s", folder);
	snprintf(family->heading, sizeof(family->heading), "%s", heading);
	return family;
}

static void count(struct family *family, const char *name)
{
	for (size_t i = 0; i < NAMING_SAMPLES && naming_plain(name); i++)
		if (!family->samples[i]) {
			family->samples[i] = name;
			break;
		}
	family->count++;
}

/* Letter case aside; -1 where nothing is called so. */
static int trunk_kind(const char *name)
{
	for (size_t i = 0; i < COUNT(trunks); i++)
		if (!strcasecmp(trunks[i].word, name))
			return (int)trunks[i].trunk;
	return -1;
}

enum trunk naming_trunk_kind(const char *name)
{
	int kind = trunk_kind(name);

	return kind < 0 ? TRUNK_MAIN : (enum trunk)kind;
}

void naming_trunk(struct naming *naming, const char *name, enum trunk trunk)
{
	bool first = !naming_trunk_name(naming, trunk);

	if (!naming_plain(name))
		return;
	struct family *family = family_of(naming, ROLE_TRUNK, "", name);

	family->role = ROLE_TRUNK;
	family->trunk = first ? trunk : TRUNK_OTHER;
	if (!family->count)
		count(family, name);
}

static bool has_trunk(const struct naming *naming, const char *name, int (*differs)(const char *, const char *))
{
	for (size_t i = 0; i < naming->count; i++)
		if (naming->families[i].role == ROLE_TRUNK && !differs(naming->families[i].heading, name))
			return true;
	return false;
}

/* A name without a slash: a trunk, a line that is maintained, or a stray. */
static void take_word(struct naming *naming, const char *name)
{
	char heading[NAMING_HEADING_MAX + 1] = "*";
	enum role role = ROLE_STRAY;

	if (trunk_kind(name) >= 0 && !has_trunk(naming, name, strcasecmp)) {
		naming_trunk(naming, name, naming_trunk_kind(name));
		return;
	}
	if (naming_plain(name) && forms_line(name, heading, sizeof(heading)))
		role = ROLE_LINE;
	count(family_of(naming, role, "", heading), name);
}

static struct family *take_folder(struct naming *naming, const char *name)
{
	char folder[NAMING_FOLDER_MAX + 1] = "";
	size_t len = strcspn(name, "/");
	enum role role = role_of(name, len);

	if (len + sizeof("/") > sizeof(folder))
		return family_of(naming, ROLE_STRAY, "", "**");
	snprintf(folder, sizeof(folder), "%.*s/", (int)len, name);
	return naming_plain(folder) ? family_of(naming, role, folder, "") : family_of(naming, ROLE_STRAY, "", "**");
}

void naming_branch(struct naming *naming, const char *name)
{
	const char *slash = strchr(name, '/');
	struct family *family;

	naming->odd += is_odd(name);
	if (has_trunk(naming, name, strcmp))
		return;
	if (!slash) {
		take_word(naming, name);
		return;
	}
	family = take_folder(naming, name);
	family->forms &= forms_of(slash + 1);
	family->deep |= strchr(slash + 1, '/') != NULL;
	count(family, name);
}

void naming_past(struct naming *naming, const char *name)
{
	const char *slash = strchr(name, '/');
	struct family *family;

	if (!slash || !naming_plain(name) || role_of(name, (size_t)(slash - name)) == ROLE_STRAY)
		return;
	family = take_folder(naming, name);
	if (!*family->folder || (family->count && !family->past))
		return;
	family->past = true;
	naming_branch(naming, name);
}

void naming_tag(struct naming *naming, const char *name)
{
	naming->odd += is_odd(name);
	count(family_of(naming, ROLE_TAG, "", forms_tag(name)), name);
}
