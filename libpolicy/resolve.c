/* resolve: the repository's word on what a push moves. */
#include "resolve.h"

#include <stdint.h>

#include "arena.h"
#include "map.h"

struct resolving {
	struct push *push;
	struct repo *repo;
	struct findings *findings;
	struct map *real; /* real ref name -> the name it was pushed by */
};

static void refuse(struct resolving *r, struct bytes ref, enum severity severity, const char *text, struct bytes other)
{
	findings_add(r->findings, "push", severity, "%s%.*s", text, BYTES_ARG(other))->ref = ref;
}

static bool real_once(struct resolving *r, struct bytes real, struct bytes pushed)
{
	struct bytes *other = map_get(r->real, real);

	if (other) {
		refuse(r, pushed, SEVERITY_ENFORCE, "is the same ref as another name in this push: ", *other);
		return false;
	}
	struct bytes *name = arena_alloc(r->push->arena, sizeof(*name));

	*name = pushed;
	map_set(r->real, real, name);
	return true;
}

static bool old_read(struct resolving *r, struct bytes pushed, struct bytes real, struct oid *ret_old)
{
	if (repo_ref(r->repo, real, ret_old) != ANSWER_UNKNOWN)
		return true;
	refuse(r, pushed, SEVERITY_UNDECIDED, repo_problem(r->repo), (struct bytes){0});
	return false;
}

static void settle(struct update *update, const struct oid *old)
{
	update->old = *old;
	if (oid_is_zero(&update->new))
		update->kind = UPDATE_DELETE;
	else
		update->kind = oid_is_zero(old) ? UPDATE_CREATE : UPDATE_MOVE;
}

static bool resolve_symbolic(struct resolving *r, size_t index, struct bytes target)
{
	struct update pushed = r->push->updates[index];
	struct oid old = {0};

	if (!real_once(r, target, pushed.ref) || !old_read(r, pushed.ref, target, &old))
		return false;
	if (oid_is_zero(&old)) {
		refuse(r, pushed.ref, SEVERITY_ENFORCE, "is a symbolic ref to one that does not exist: ", target);
		return false;
	}
	struct update *update = push_add(r->push, target, &pushed.claimed_old, &pushed.new);

	update->alias = pushed.ref;
	settle(update, &old);
	settle(&r->push->updates[index], &old);
	return true;
}

/* Where a hook of the server's moves refs in git's stead, the ref that is pushed to is not the one that moves. */
static bool moved_by_git(struct resolving *r, struct bytes pushed)
{
	switch (repo_handed_on(r->repo, pushed)) {
	case ANSWER_NO:
		return true;
	case ANSWER_YES:
		refuse(r, pushed, SEVERITY_UNDECIDED,
		       "goes to hooks/proc-receive (receive.procReceiveRefs), and what that moves cannot be judged",
		       (struct bytes){0});
		return false;
	default:
		refuse(r, pushed, SEVERITY_UNDECIDED, repo_problem(r->repo), (struct bytes){0});
		return false;
	}
}

static bool resolve_update(struct resolving *r, size_t index)
{
	struct update *update = &r->push->updates[index];
	struct bytes target;
	struct oid old = {0};

	if (!moved_by_git(r, update->ref))
		return false;
	switch (repo_symbolic(r->repo, update->ref, &target, r->push->arena)) {
	case ANSWER_YES:
		return resolve_symbolic(r, index, target);
	case ANSWER_NO:
		break;
	case ANSWER_UNKNOWN:
		refuse(r, update->ref, SEVERITY_UNDECIDED, repo_problem(r->repo), (struct bytes){0});
		return false;
	}
	if (!real_once(r, update->ref, update->ref) || !old_read(r, update->ref, update->ref, &old))
		return false;
	settle(update, &old);
	return true;
}

bool resolve_push(struct push *push, struct repo *repo, struct findings *findings)
{
	struct resolving r = {push, repo, findings, map_new(push->arena)};
	size_t pushed = push->count;
	bool resolved = true;

	for (size_t i = 0; i < pushed; i++)
		resolved &= resolve_update(&r, i);
	return resolved;
}
