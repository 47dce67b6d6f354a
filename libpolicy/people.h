/* people: who is who, and who is meant by a list of users and @groups. */
#ifndef POLICY_PEOPLE_H
#define POLICY_PEOPLE_H

#include "model.h"

/** The user of that name or alias, or NULL. */
const struct user *people_user(const struct people *people, struct bytes name);
/** The user with that e-mail address (compared without case), or NULL. */
const struct user *people_email(const struct people *people, struct bytes email);
/** Whether `user` (NULL: anonymous) is on the list of a linked KEY_WHO setting. */
bool people_listed(const struct setting *setting, const struct user *user);
/** The same for a list (NULL: nobody), whatever it belongs to. */
bool people_among(const struct who *who, const struct user *user);
/** Adds the user or group that a section declares; a name or address that is somebody else's already is a fault. Of a
 * user's section nothing is kept; a group's is borrowed. */
void people_declare(struct people *people, struct section *section, struct arena *arena, struct findings *errors);
/** Nobody, yet. */
void people_init(struct people *people, struct arena *arena);
/**
 * Unfolds the groups of `people` (a cycle is an error) and resolves every KEY_WHO setting and every list in a clause of
 * `policy` against them; unknown names are errors that name the nearest known one. Returns false when it added an
 * error.
 */
bool people_unfold(struct people *people, struct arena *arena, struct findings *errors);
bool people_link(struct policy *policy, const struct people *people, struct arena *arena, struct findings *errors);

#endif
