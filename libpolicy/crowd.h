/* crowd: a set of users: a bit for each, by the number it has among the people of its layer. */
#ifndef POLICY_CROWD_H
#define POLICY_CROWD_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct user;

/** {0} is an empty one. */
struct crowd {
	unsigned char *bits;
	size_t room;
};

/** Adds `user`; false when it was there already. */
bool crowd_add(struct arena *arena, struct crowd *crowd, const struct user *user);
/** Whether `user`, of the same people as all in the crowd, is one of them. */
bool crowd_has(const struct crowd *crowd, const struct user *user);

#endif
