/* people: declaring users and groups, and telling who is on a list. */
#include "people.h"

#include <string.h>

#include "arena.h"
#include "fault.h"
#include "inifile.h"
#include "settings.h"

static bool has_capital(struct bytes text)
{
	size_t at = 0;

	while (at < text.len && !(text.data[at] >= 'A' && text.data[at] <= 'Z'))
		at++;
	return at < text.len;
}

/* The address in lower case, in `room` if need be; empty when it is longer than a policy line could be. */
static struct bytes fold(struct bytes email, char room[static INIFILE_LINE_MAX])
{
	if (email.len > INIFILE_LINE_MAX)
		return (struct bytes){0};
	if (!has_capital(email))
		return email;
	for (size_t i = 0; i < email.len; i++) {
		char c = email.data[i];

		room[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	return (struct bytes){room, email.len};
}

void people_init(struct people *people, struct arena *arena)
{
	*people = (struct people){
		.users = map_new(arena),
		.emails = map_new(arena),
		.groups = map_new(arena),
	};
}

static struct setting *setting_of(struct section *section, const char *name)
{
	struct setting *setting = section->settings;

	while (setting && strcmp(setting->key->name, name) != 0)
		setting = setting->next;
	return setting;
}

static void refuse_claim(const struct setting *setting, struct bytes word, const struct user *owner,
			 struct findings *errors)
{
	for (size_t i = 0; i < setting->clause_count; i++) {
		struct bytes text = setting->clauses[i].text, rest = text, next;

		while (bytes_word(&rest, &next))
			if (next.data == word.data)
				settings_fault(errors, setting, i, (size_t)(word.data - text.data),
					       "%.*s belongs to %.*s already (%.*s)", BYTES_ARG(word),
					       BYTES_ARG(owner->name), BYTES_ARG(fault_place(errors, &owner->origin)));
	}
}

/* Enters every word of a list into `map`, unless it is another user's. */
static void claim(struct map *map, const struct setting *setting, struct user *user, bool folded, struct arena *arena,
		  struct findings *errors)
{
	char room[INIFILE_LINE_MAX];

	for (size_t i = 0; setting && i < setting->word_count; i++) {
		struct bytes word = setting->words[i], key = folded ? fold(word, room) : word;

		if (key.data == room)
			key = bytes_copy(arena, key);
		const struct user *owner = map_add(map, key, user);

		if (owner && owner != user)
			refuse_claim(setting, word, owner, errors);
	}
}

static void refuse_name(const struct section *section, const struct user *owner, struct findings *errors)
{
	struct bytes place = fault_place(errors, &owner->origin);

	if (bytes_equal(section->heading, owner->name))
		fault_add(errors, &section->origin, "this section is there already (%.*s)", BYTES_ARG(place));
	else
		fault_add(errors, &section->origin, "%.*s is another name of %.*s (%.*s)", BYTES_ARG(section->heading),
			  BYTES_ARG(owner->name), BYTES_ARG(place));
}

static void declare_user(struct people *people, struct section *section, struct arena *arena, struct findings *errors)
{
	const struct setting *email = setting_of(section, "email");
	struct user *user = arena_alloc(arena, sizeof(*user));
	const struct user *owner = map_add(people->users, section->heading, user);

	user->name = section->heading;
	user->number = people->user_count;
	user->origin = section->origin;
	if (email && email->word_count) {
		user->emails = arena_array(arena, email->word_count, sizeof(*user->emails));
		user->email_count = email->word_count;
		memcpy(user->emails, email->words, email->word_count * sizeof(*user->emails));
	}
	if (owner)
		refuse_name(section, owner, errors);
	claim(people->users, setting_of(section, "aliases"), user, false, arena, errors);
	claim(people->emails, email, user, true, arena, errors);
	people->user_list =
		arena_grow(arena, people->user_list, &people->user_room, people->user_count + 1, sizeof(struct user *));
	people->user_list[people->user_count++] = user;
}

static void declare_group(struct people *people, struct section *section, struct arena *arena)
{
	struct group *group = arena_alloc(arena, sizeof(*group));

	group->name = section->heading;
	group->origin = section->origin;
	group->members = setting_of(section, "members");
	map_set(people->groups, group->name, group);
	people->group_list = arena_grow(arena, people->group_list, &people->group_room, people->group_count + 1,
					sizeof(struct group *));
	people->group_list[people->group_count++] = group;
}

void people_declare(struct people *people, struct section *section, struct arena *arena, struct findings *errors)
{
	if (section->kind == SECTION_USER)
		declare_user(people, section, arena, errors);
	else
		declare_group(people, section, arena);
}

const struct user *people_user(const struct people *people, struct bytes name)
{
	return map_get(people->users, name);
}

const struct user *people_email(const struct people *people, struct bytes email)
{
	char room[INIFILE_LINE_MAX];
	struct bytes folded = fold(email, room);

	return folded.len ? map_get(people->emails, folded) : NULL;
}

bool people_listed(const struct setting *setting, const struct user *user)
{
	return people_among(setting ? setting->who : NULL, user);
}

bool people_among(const struct who *who, const struct user *user)
{
	if (!who || who->anyone || !user)
		return who && who->anyone;
	if (crowd_has(&who->users, user))
		return true;
	for (size_t i = 0; i < who->group_count; i++)
		if (crowd_has(&who->groups[i]->users, user))
			return true;
	return false;
}
