/* releases: finds version tags by their names first, and looks at what they name from the highest one down. */
#include "releases.h"

#include <stdlib.h>

#include "arena.h"
#include "map.h"
#include "pattern.h"

#define TAGS BYTES("refs/tags/")
/* More than that in one push, and the history is looked at once for all of them. */
#define FEW 16u

/* What is asked of releases: by whom, and which are left out. */
struct asking {
	struct facts *facts;
	const struct oid *tip;
	const struct version *limit; /* or NULL */
	struct bytes ref;	     /* the tag itself; empty: none */
	const struct version *version;
};

static void add(struct releases *releases, struct bytes ref, const struct oid *id, bool pushed)
{
	struct release release = {.ref = ref, .id = *id, .pushed = pushed};
	struct bytes name = bytes_from(ref, TAGS.len), text;

	if (section_find(releases->policy, ref) != releases->section ||
	    !pattern_version(releases->section->pattern, name, &text) || !version_parse(text, &release.version))
		return;
	releases->list = arena_grow(releases->arena, releases->list, &releases->room, releases->count + 1,
				    sizeof(*releases->list));
	releases->list[releases->count++] = release;
	releases->pushed += pushed;
}

static bool add_ref(void *context, struct bytes ref, const struct oid *id)
{
	struct releases *releases = context;

	add(releases, bytes_copy(releases->arena, ref), id, false);
	return true;
}

static int highest_first(const void *a, const void *b)
{
	return version_compare(&((const struct release *)b)->version, &((const struct release *)a)->version);
}

enum answer releases_find(struct releases *releases, struct facts *facts, const struct push *push)
{
	struct bytes folder = pattern_folder(releases->section->pattern);

	if (facts_refs_below(facts, bytes_printf(releases->arena, "refs/tags/%.*s", BYTES_ARG(folder)), add_ref,
			     releases) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; push && i < push->count; i++)
		if (push->updates[i].kind != UPDATE_DELETE)
			add(releases, push->updates[i].ref, &push->updates[i].new, true);
	if (releases->count)
		qsort(releases->list, releases->count, sizeof(*releases->list), highest_first);
	return ANSWER_YES;
}

/* The tag itself, or one that comes after it. */
static bool is_left_out(const struct asking *asking, const struct release *release, const struct oid *commit)
{
	return bytes_equal(release->ref, asking->ref) ||
	       (asking->ref.len && release->pushed && oid_equal(commit, asking->tip) &&
		version_compare(&release->version, asking->version) > 0);
}

/* NO for what comes to no commit. */
static enum answer contains(const struct asking *asking, const struct release *release, struct oid *ret_commit)
{
	struct target target;

	if (asking->limit && version_compare(&release->version, asking->limit) >= 0)
		return ANSWER_NO;
	if (facts_target(asking->facts, &release->id, &target) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	*ret_commit = target.commit;
	if (target.peeled != OBJECT_COMMIT || is_left_out(asking, release, &target.commit))
		return ANSWER_NO;
	return facts_descends(asking->facts, asking->tip, &target.commit);
}

static enum answer find(const struct releases *releases, const struct asking *asking, struct release *ret_release,
			struct oid *ret_commit)
{
	enum answer answer = ANSWER_NO;

	for (size_t i = 0; answer == ANSWER_NO && i < releases->count; i++) {
		*ret_release = releases->list[i];
		answer = contains(asking, ret_release, ret_commit);
	}
	return answer;
}

enum answer releases_before(const struct releases *releases, struct facts *facts, const struct oid *tip,
			    const struct version *limit, struct release *ret_release, struct oid *ret_commit)
{
	const struct asking asking = {.facts = facts, .tip = tip, .limit = limit};

	return find(releases, &asking, ret_release, ret_commit);
}

static struct bytes key_of(const struct oid *id)
{
	return (struct bytes){(const char *)id->id, sizeof(id->id)};
}

static const struct release *marked(const struct releases *releases, const struct mark *mark)
{
	return mark ? &releases->list[mark->value - 1] : NULL;
}

/* From the lowest one up, so that a commit has the mark of its highest. */
static enum answer mark_all(struct releases *releases, struct facts *facts)
{
	struct marks *marks = marks_new(releases->arena);
	struct target target;

	for (size_t i = releases->count; i-- > 0;) {
		struct release *release = &releases->list[i];
		struct mark *mark = arena_alloc(releases->arena, sizeof(*mark));

		if (facts_target(facts, &release->id, &target) != ANSWER_YES)
			return ANSWER_UNKNOWN;
		if (target.peeled != OBJECT_COMMIT)
			continue;
		*mark = (struct mark){.commit = target.commit, .value = i + 1};
		release->next = marked(releases, map_get(marks->own, key_of(&mark->commit)));
		map_set(marks->own, key_of(&mark->commit), mark);
	}
	releases->marks = marks;
	return ANSWER_YES;
}

/* The highest one at the tip, or below it. */
static enum answer find_marked(const struct releases *releases, const struct asking *asking,
			       const struct release **ret_release, struct oid *ret_commit)
{
	const struct release *here = marked(releases, map_get(releases->marks->own, key_of(asking->tip)));
	const struct mark *mark;
	enum answer answer = facts_least_below(asking->facts, releases->marks, asking->tip, &mark);

	while (here && is_left_out(asking, here, asking->tip))
		here = here->next;
	if (answer == ANSWER_UNKNOWN)
		return answer;
	*ret_release = answer == ANSWER_YES ? marked(releases, mark) : here;
	if (answer == ANSWER_YES)
		*ret_commit = mark->commit;
	if (here && here <= *ret_release) {
		*ret_release = here;
		*ret_commit = *asking->tip;
	}
	return *ret_release ? ANSWER_YES : ANSWER_NO;
}

enum answer releases_last(struct releases *releases, struct facts *facts, const struct oid *tip, struct bytes ref,
			  const struct version *version, struct release *ret_release, struct oid *ret_commit)
{
	const struct asking asking = {.facts = facts, .tip = tip, .ref = ref, .version = version};
	const struct release *found;

	if (releases->pushed <= FEW)
		return find(releases, &asking, ret_release, ret_commit);
	if (!releases->marks && mark_all(releases, facts) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	enum answer answer = find_marked(releases, &asking, &found, ret_commit);

	if (answer != ANSWER_YES)
		return answer;
	*ret_release = *found;
	/* Where it was before says nothing; what else there is is asked for one by one. */
	return bytes_equal(found->ref, ref) ? find(releases, &asking, ret_release, ret_commit) : ANSWER_YES;
}
