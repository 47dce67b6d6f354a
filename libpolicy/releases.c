/* releases: finds version tags by their names first, and looks at what they name from the highest one down. */
#include "releases.h"

#include <stdlib.h>

#include "arena.h"
#include "pattern.h"

#define TAGS BYTES("refs/tags/")

bool releases_add(struct releases *releases, struct bytes ref, const struct oid *id)
{
	struct release release = {.ref = bytes_copy(releases->arena, ref), .id = *id};
	struct bytes name = bytes_from(release.ref, TAGS.len), text;

	if (bytes_equal(ref, releases->except) || section_find(releases->policy, ref) != releases->section ||
	    !pattern_version(releases->section->pattern, name, &text) || !version_parse(text, &release.version))
		return false;
	releases->list = arena_grow(releases->arena, releases->list, &releases->room, releases->count + 1,
				    sizeof(*releases->list));
	releases->list[releases->count++] = release;
	return true;
}

static bool add(void *context, struct bytes ref, const struct oid *id)
{
	releases_add(context, ref, id);
	return true;
}

enum answer releases_find(struct releases *releases, struct facts *facts)
{
	struct bytes folder = pattern_folder(releases->section->pattern);

	return facts_refs_below(facts, bytes_printf(releases->arena, "refs/tags/%.*s", BYTES_ARG(folder)), add,
				releases);
}

static int highest_first(const void *a, const void *b)
{
	return version_compare(&((const struct release *)b)->version, &((const struct release *)a)->version);
}

/* NO for what comes to no commit. */
static enum answer contains(struct facts *facts, const struct oid *tip, const struct release *release,
			    struct oid *ret_commit)
{
	struct target target;

	if (facts_target(facts, &release->id, &target) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	*ret_commit = target.commit;
	return target.peeled == OBJECT_COMMIT ? facts_descends(facts, tip, &target.commit) : ANSWER_NO;
}

enum answer releases_before(struct releases *releases, struct facts *facts, const struct oid *tip,
			    const struct version *limit, struct release *ret_release, struct oid *ret_commit)
{
	enum answer answer = ANSWER_NO;

	if (releases->count)
		qsort(releases->list, releases->count, sizeof(*releases->list), highest_first);
	for (size_t i = 0; answer == ANSWER_NO && i < releases->count; i++) {
		*ret_release = releases->list[i];
		if (!limit || version_compare(&ret_release->version, limit) < 0)
			answer = contains(facts, tip, ret_release, ret_commit);
	}
	return answer;
}
