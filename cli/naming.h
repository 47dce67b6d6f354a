/* naming: which headings a repository's branches and tags would fall under, by the names they have. */
#ifndef NAMING_H
#define NAMING_H

#include <stdbool.h>
#include <stddef.h>

#include "crew.h"

#define NAMING_HEADING_MAX 39 /* between the quotes of [branch "..."], which has at most 48 bytes */
#define NAMING_FOLDER_MAX (NAMING_HEADING_MAX + 1 - sizeof("{number}.{number}")) /* the longest form fits behind it */
#define NAMING_FAMILIES_MAX 256 /* of branches, fewer by NAMING_RESERVED, which trunks, strays and tags have */
#define NAMING_RESERVED 64
#define NAMING_SAMPLES 3

/** What a long-lived branch is there for. */
enum trunk {
	TRUNK_MAIN,
	TRUNK_DEVELOP,
	TRUNK_STAGING,
	TRUNK_PRODUCTION,
	TRUNK_OTHER,
};

/** What the branches of a family are for, in the order a policy lists them. */
enum role {
	ROLE_TRUNK,
	ROLE_RELEASE,
	ROLE_FEATURE,
	ROLE_FIX,
	ROLE_HOTFIX,
	ROLE_TOPIC,
	ROLE_ROBOT,
	ROLE_LINE, /**< maintained beside the trunk: v1.x */
	ROLE_PERSONAL,
	ROLE_STRAY, /**< follows nothing */
	ROLE_TAG,
};

/** Refs that one heading governs. */
struct family {
	enum role role;
	enum trunk trunk;		      /**< of ROLE_TRUNK */
	char folder[NAMING_FOLDER_MAX + 1];   /**< "feature/"; empty where names have none */
	char heading[NAMING_HEADING_MAX + 1]; /**< "feature/{slug}"; empty: not known yet */
	unsigned forms;			      /**< what is behind the folder may still be said so: bits of a table */
	bool deep;			      /**< some name goes on behind another slash */
	bool past;			      /**< none is left: messages of merges speak of them */
	size_t count;
	const char *samples[NAMING_SAMPLES]; /**< names that can be shown as they are; borrowed */
};

struct naming {
	struct family families[NAMING_FAMILIES_MAX];
	size_t count;
	size_t odd; /**< names that hold more than what anybody can read in ASCII */
};

/** Whether a name is made of such bytes that it may stand in a policy and on a terminal as it is. */
bool naming_plain(const char *name);
/** Takes in the name of a branch, or of a tag; it is kept. */
void naming_branch(struct naming *naming, const char *name);
void naming_tag(struct naming *naming, const char *name);
/** Takes in a branch that was merged and may be gone. */
void naming_past(struct naming *naming, const char *name);
/** For what a trunk of that name would be there; TRUNK_MAIN where the name does not tell. */
enum trunk naming_trunk_kind(const char *name);
/** The branch `name` is a trunk, whatever it is called; of each kind but TRUNK_OTHER the first counts. */
void naming_trunk(struct naming *naming, const char *name, enum trunk trunk);
/** When all names are there: gives each family its heading, leaves out those that fall under another's, and puts them
 * in order. */
void naming_finish(struct naming *naming, const struct crew *crew);
/** Adds a family of that role where there is none. After naming_finish(). */
void naming_need(struct naming *naming, enum role role, const char *heading);
/** The first family of that role; NULL: there is none. */
const struct family *naming_find(const struct naming *naming, enum role role);
/** The name of the trunk that is there for this; NULL: there is none. */
const char *naming_trunk_name(const struct naming *naming, enum trunk trunk);

#endif
