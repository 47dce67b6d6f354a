/* examinepeople: whether somebody stands behind the names that a first policy was begun with. */
#include "examine.h"

#include "arena.h"

/* As git policy init writes it: admin, or reviewer-<number>, at example.org. */
static bool is_placeholder(const struct user *user, struct arena *arena)
{
	const struct bytes numbered = BYTES("reviewer-");
	unsigned long number;

	if (user->email_count != 1 ||
	    !bytes_equal(user->emails[0], bytes_printf(arena, "%.*s@example.org", BYTES_ARG(user->name))))
		return false;
	return bytes_equal(user->name, BYTES("admin")) ||
	       (bytes_starts(user->name, numbered) && bytes_number(bytes_from(user->name, numbered.len), 999, &number));
}

/* The groups that have nobody else: "@admins, @integrators", or empty. */
static struct bytes alone_in(const struct policy_run *run, const struct user *user)
{
	const struct people *people = run->layers.people;
	struct buffer names = {.arena = run->arena};

	for (size_t i = 0; i < people->group_count; i++) {
		const struct group *group = people->group_list[i];
		bool alone = group->user_count && crowd_has(&group->users, user);

		for (size_t k = 0; alone && k < group->user_count; k++)
			alone = is_placeholder(group->list[k], run->arena);
		if (alone)
			buffer_printf(&names, "%s@%.*s", names.len ? ", " : "", BYTES_ARG(group->name));
	}
	return buffer_bytes(&names);
}

void examine_people(struct policy_run *run)
{
	const struct people *people = run->layers.people;

	for (size_t i = 0; i < people->user_count; i++) {
		const struct user *user = people->user_list[i];

		if (!is_placeholder(user, run->arena))
			continue;
		struct bytes alone = alone_in(run, user);
		struct finding *finding = examine_add(
			run, SEVERITY_WARN, "%.*s is a placeholder of git policy init, and nobody of yours%s%.*s",
			BYTES_ARG(user->name), alone.len ? ": no person is in " : "", BYTES_ARG(alone));

		finding->origin = user->origin;
		finding_fix(&run->findings, finding,
			    "edit %.*s: put a person's name and address in its place, there and in the groups",
			    BYTES_ARG(user->origin.file));
	}
}
