/* namingfinish: says what all names of a family have in common, and puts the families in order. */
#include "naming.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms.h"

/* A name alone in a folder says nothing, unless the folder's name does. */
#define FAMILY_LEAST 3

static bool is_personal(const struct family *family, const struct crew *crew)
{
	return crew_has(crew, family->folder, strlen(family->folder) - 1);
}

/* A folder whose name means nothing, and which is one user's, or holds too little to be a convention. */
static bool is_loose(const struct family *family, const struct crew *crew)
{
	return family->role == ROLE_STRAY && *family->folder &&
	       (family->count < FAMILY_LEAST || is_personal(family, crew));
}

/* Joins what is loose into one family: of users where all of it is theirs, else open to any name. */
static void join_loose(struct naming *naming, const struct crew *crew)
{
	bool personal = true, deep = false, any = false;

	for (size_t i = 0; i < naming->count; i++) {
		const struct family *family = &naming->families[i];

		if (!is_loose(family, crew))
			continue;
		any = true;
		deep |= family->deep;
		personal &= is_personal(family, crew);
	}
	if (!any)
		return;
	for (size_t i = 0; i < naming->count; i++) {
		struct family *family = &naming->families[i];

		if (!is_loose(family, crew))
			continue;
		family->role = personal ? ROLE_PERSONAL : ROLE_STRAY;
		snprintf(family->heading, sizeof(family->heading), "%s",
			 !personal ? "**"
			 : deep	   ? "{user}/**"
				   : "{user}/*");
		*family->folder = '\0';
	}
}

static void give_heading(struct family *family)
{
	bool version = family->role == ROLE_RELEASE || family->role == ROLE_LINE;
	const char *form = "**";

	if (*family->heading)
		return;
	if (family->role == ROLE_STRAY)
		family->role = ROLE_TOPIC;
	if (family->role != ROLE_ROBOT && family->role != ROLE_PERSONAL)
		form = forms_said(family->forms, version, family->count);
	snprintf(family->heading, sizeof(family->heading), "%s%s", family->folder, form);
}

static int compare(const void *one, const void *other)
{
	const struct family *a = one, *b = other;

	if (a->role != b->role)
		return a->role < b->role ? -1 : 1;
	if (a->role == ROLE_TRUNK && a->trunk != b->trunk)
		return a->trunk < b->trunk ? -1 : 1;
	if (a->role == ROLE_TAG)
		return forms_tag_order(a->heading) - forms_tag_order(b->heading);
	/* "*" stops at a slash, so that "**" says more. */
	return strcmp(a->heading, b->heading);
}

/* Of families with one heading the first takes the others in. "**" takes in "*" too. */
static void merge_twins(struct naming *naming)
{
	size_t kept = 0;

	for (size_t i = 0; i < naming->count; i++) {
		struct family *family = &naming->families[i], *last = kept ? &naming->families[kept - 1] : NULL;
		bool stray = last && last->role == ROLE_STRAY && family->role == ROLE_STRAY;

		if (!last || last->role != family->role || (!stray && strcmp(last->heading, family->heading) != 0)) {
			naming->families[kept++] = *family;
			continue;
		}
		memcpy(last->heading, family->heading, sizeof(last->heading));
		last->count += family->count;
		for (size_t k = 0; k + 1 < NAMING_SAMPLES; k++)
			if (!last->samples[k + 1])
				last->samples[k + 1] = family->samples[k];
	}
	naming->count = kept;
}

void naming_finish(struct naming *naming, const struct crew *crew)
{
	join_loose(naming, crew);
	for (size_t i = 0; i < naming->count; i++)
		give_heading(&naming->families[i]);
	qsort(naming->families, naming->count, sizeof(*naming->families), compare);
	merge_twins(naming);
}

const struct family *naming_find(const struct naming *naming, enum role role)
{
	for (size_t i = 0; i < naming->count; i++)
		if (naming->families[i].role == role)
			return &naming->families[i];
	return NULL;
}

const char *naming_trunk_name(const struct naming *naming, enum trunk trunk)
{
	for (size_t i = 0; i < naming->count; i++)
		if (naming->families[i].role == ROLE_TRUNK && naming->families[i].trunk == trunk)
			return naming->families[i].heading;
	return NULL;
}

void naming_need(struct naming *naming, enum role role, const char *heading)
{
	if (naming_find(naming, role))
		return;
	struct family *family = &naming->families[naming->count++];

	*family = (struct family){.role = role};
	snprintf(family->heading, sizeof(family->heading), "%s", heading);
	qsort(naming->families, naming->count, sizeof(*naming->families), compare);
}
