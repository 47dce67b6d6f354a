/* shares: paths with the same owners go together, whichever lines of CODEOWNERS say so. */
#include "shares.h"

#include "arena.h"
#include "map.h"

#define SHOWN (sizeof((struct some){0}.items) / sizeof(struct bytes))

/* The shares made so far. */
struct sharing {
	const struct shares *shares;
	struct map *together; /* owners as written -> struct share */
	struct map *blocked;  /* number of a line -> struct share */
	struct share *first, **end;
};

static void some_add(struct some *some, struct bytes item)
{
	if (some->count < SHOWN)
		some->items[some->count] = item;
	some->count++;
}

struct bytes some_list(const struct some *some, const char *joint, struct arena *arena)
{
	struct buffer list = {.arena = arena};

	for (size_t i = 0; i < some->count && i < SHOWN; i++)
		buffer_printf(&list, "%s%.*s", i ? joint : "", BYTES_ARG(some->items[i]));
	if (some->count > SHOWN)
		buffer_printf(&list, " and %zu more", some->count - SHOWN);
	return buffer_bytes(&list);
}

/* Whom a word means: @name a user or else a group, @organisation/team a group, an address its user. */
static void owner_find(const struct facts *facts, struct bytes word, const struct user **ret_user,
		       const struct group **ret_group)
{
	const struct people *people = facts_people(facts);
	struct bytes name = bytes_from(word, 1), team = name;

	while (bytes_index(team, '/') < team.len)
		team = bytes_from(team, bytes_index(team, '/') + 1);
	*ret_user = NULL;
	*ret_group = NULL;
	if (word.data[0] != '@')
		*ret_user = facts_email(facts, word);
	else if (team.len == name.len)
		*ret_user = people_user(people, name);
	if (!*ret_user && word.data[0] == '@')
		*ret_group = map_get(people->groups, team);
}

bool shares_known(const struct facts *facts, struct bytes owners)
{
	const struct user *user = NULL;
	const struct group *group = NULL;
	struct bytes owner;

	while (!user && !group && bytes_word(&owners, &owner))
		owner_find(facts, owner, &user, &group);
	return user || group;
}

/* The first of `users` whom an owner stands for, or NULL. */
static const struct user *first_of(const struct user *user, const struct group *group, const struct user **users,
				   size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (users[i] == user || (group && crowd_has(&group->users, users[i])))
			return users[i];
	return NULL;
}

static void hear(struct share *share, const struct shares *shares, struct bytes owner)
{
	const struct counted *counted = shares->counted;
	const struct user *user;
	const struct group *group;

	owner_find(shares->facts, owner, &user, &group);
	if (!user && !group)
		return;
	some_add(&share->owners, user ? owner : bytes_printf(shares->arena, "one of %.*s", BYTES_ARG(owner)));
	if (first_of(user, group, counted->users, counted->count))
		share->word = WORD_APPROVED;
	else if (share->word == WORD_UNKNOWN)
		share->word = WORD_AWAITED;
	if (!share->rejecting)
		share->rejecting = first_of(user, group, counted->rejecting, counted->rejecting_count);
}

static struct share *share_new(struct sharing *sharing, const struct codeowners_line *line)
{
	struct share *share = arena_alloc(sharing->shares->arena, sizeof(*share));
	struct bytes rest = line->owners, owner;

	share->line = line;
	share->word = line->problem ? WORD_UNREADABLE : WORD_UNKNOWN;
	while (!line->problem && bytes_word(&rest, &owner))
		hear(share, sharing->shares, owner);
	if (share->rejecting)
		share->word = WORD_AWAITED;
	*sharing->end = share;
	sharing->end = &share->next;
	return share;
}

/* That of the line's owners; a line whose owners cannot be asked stands for itself, so that it is told by its number.
 */
static struct share *share_for(struct sharing *sharing, const struct codeowners_line *line)
{
	struct bytes number = {(const char *)&line->number, sizeof(line->number)};
	struct share *share = map_get(sharing->blocked, number);

	if (!share && !line->problem)
		share = map_get(sharing->together, line->owners);
	if (share)
		return share;
	share = share_new(sharing, line);
	if (share->word < WORD_AWAITED)
		map_set(sharing->blocked, number, share);
	else
		map_set(sharing->together, line->owners, share);
	return share;
}

const struct share *shares_of(const struct shares *shares, const struct bytes *paths, size_t count)
{
	struct sharing sharing = {.shares = shares, .end = &sharing.first};

	sharing.together = map_new(shares->arena);
	sharing.blocked = map_new(shares->arena);
	for (size_t i = 0; i < count; i++) {
		const struct codeowners_line *line = codeowners_find(shares->codeowners, paths[i]);

		if (bytes_equal(paths[i], shares->file) && (!line || line->problem || !line->owners.len))
			line = &shares->anyone;
		if (line && (line->problem || line->owners.len || line == &shares->anyone))
			some_add(&share_for(&sharing, line)->paths, paths[i]);
	}
	return sharing.first;
}
