/* crowd: a set of users: a bit for each, by the number it has among the people of its layer. */
#include "crowd.h"

#include "arena.h"
#include "model.h"

static unsigned char bit_of(const struct user *user)
{
	return (unsigned char)(1u << user->number % 8);
}

bool crowd_has(const struct crowd *crowd, const struct user *user)
{
	return user->number / 8 < crowd->room && crowd->bits[user->number / 8] & bit_of(user);
}

bool crowd_add(struct arena *arena, struct crowd *crowd, const struct user *user)
{
	if (crowd_has(crowd, user))
		return false;
	crowd->bits = arena_grow(arena, crowd->bits, &crowd->room, user->number / 8 + 1, 1);
	crowd->bits[user->number / 8] |= bit_of(user);
	return true;
}
