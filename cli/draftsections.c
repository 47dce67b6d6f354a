/* draftsections: what each family gets, by what it is for. */
#include "draftsections.h"

#include <string.h>
#include <strings.h>

#include "template.h"

extern const unsigned char init_family[], init_tag[];
extern const size_t init_family_size, init_tag_size;
static const struct template family_text = {init_family, &init_family_size};
static const struct template tag_text = {init_tag, &init_tag_size};

static const char *when(bool set)
{
	return set ? "" : NULL;
}

/* ", such as a and b", of names that may be shown. */
static const char *such_as(struct git *git, const struct family *family)
{
	if (!family->samples[0] || family->past)
		return "";
	if (!family->samples[1])
		return git_text(git, ", such as %s", family->samples[0]);
	return git_text(git, ", such as %s and %s", family->samples[0], family->samples[1]);
}

bool draftsections_topic(const struct sketch *sketch, const struct family *family)
{
	switch (family->role) {
	case ROLE_HOTFIX:
		return !sketch->release;
	case ROLE_FEATURE:
	case ROLE_FIX:
	case ROLE_TOPIC:
	case ROLE_ROBOT:
	case ROLE_PERSONAL:
	case ROLE_STRAY:
		return true;
	default:
		return false;
	}
}

static bool is(const char *name, const char *heading)
{
	return name && !strcasecmp(name, heading);
}

/* Whether the workflow's own text has the section, or has one that differs in letter case only. */
static bool is_written(const struct sketch *sketch, const struct family *family)
{
	const char *heading = family->heading;

	return family->role == ROLE_TAG || is(sketch->main, heading) || is(sketch->develop, heading) ||
	       is(sketch->staging, heading) || is(sketch->production, heading) || is(sketch->release, heading) ||
	       (sketch->release && is(sketch->hotfix, heading));
}

/* "fix/12-login-form", of the heading "fix/{number}-{slug}". */
static const char *slug_example(struct git *git, const char *heading)
{
	const char *slug = strstr(heading, "{slug}"), *number = strstr(heading, "{number}");

	if (!slug)
		return NULL;
	if (!number)
		return git_text(git, "%.*slogin-form", (int)(slug - heading), heading);
	return git_text(git, "%.*s12-login-form", (int)(number - heading), heading);
}

static void write_family(const struct sketch *sketch, const struct family *family, bool first, FILE *out)
{
	struct git *git = sketch->git;
	bool topic = draftsections_topic(sketch, family), pages = !strcmp(family->heading, "gh-pages");
	bool own = family->role == ROLE_PERSONAL || family->role == ROLE_STRAY || family->role == ROLE_ROBOT;
	bool line = family->role == ROLE_LINE || family->role == ROLE_RELEASE;
	const struct slot slots[] = {
		{"heading", family->heading},
		{"such", such_as(git, family)},
		{"first", when(first)},
		{"closed", when(first && !sketch->open)},
		{"begin", when(first && !family->count)},
		{"slug", first ? slug_example(git, family->heading) : NULL},
		{"robot", when(family->role == ROLE_ROBOT)},
		{"line", when(line)},
		{"personal", when(family->role == ROLE_PERSONAL && !*family->folder)},
		{"folder", family->role == ROLE_PERSONAL && *family->folder ? family->folder : NULL},
		{"stray", when(family->role == ROLE_STRAY)},
		{"other", when(family->role == ROLE_TRUNK && !pages)},
		{"pages", when(pages)},
		{"push", topic || pages ? NULL : "@integrators @admins"},
		{"from", topic && !own ? sketch->from : NULL},
		{"open", when(topic || pages)},
		{NULL, NULL},
	};

	template_fill(out, &family_text, slots);
}

void draftsections_branches(const struct sketch *sketch, FILE *out)
{
	const struct naming *naming = &sketch->survey->naming;
	bool first = true;

	for (size_t i = 0; i < naming->count; i++) {
		const struct family *family = &naming->families[i];
		bool work = draftsections_topic(sketch, family) && family->role <= ROLE_TOPIC;

		if (is_written(sketch, family))
			continue;
		write_family(sketch, family, first && work, out);
		first &= !work;
	}
}

static bool is_release(const struct family *family)
{
	return !strcmp(family->heading, "v{semver}") || !strcmp(family->heading, "{semver}");
}

/* Whether releases are made on the trunk alone, as far as can be seen. */
static bool is_tagged_on_main(const struct sketch *sketch)
{
	const struct naming *naming = &sketch->survey->naming;

	return !naming_find(naming, ROLE_LINE) && !naming_trunk_name(naming, TRUNK_OTHER) &&
	       (sketch->release || !naming_find(naming, ROLE_RELEASE));
}

void draftsections_tags(const struct sketch *sketch, FILE *out)
{
	const struct naming *naming = &sketch->survey->naming;
	struct git *git = sketch->git;

	for (size_t i = 0; i < naming->count; i++) {
		const struct family *family = &naming->families[i];
		bool release = is_release(family), stray = !strcmp(family->heading, "**");
		const char *on = release && is_tagged_on_main(sketch) ? sketch->main : NULL;
		const struct slot slots[] = {
			{"heading", family->heading},
			{"such", such_as(git, family)},
			{"release", when(release)},
			{"stray", when(stray)},
			{"version", when(!release && !stray)},
			{"on", on},
			{"on_note", on ? git_text(git, ", tagged on %s,", on) : ""},
			{NULL, NULL},
		};

		if (family->role == ROLE_TAG)
			template_fill(out, &tag_text, slots);
	}
}
