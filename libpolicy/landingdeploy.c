/* landingdeploy: what a deploy asks for, as a landing of its own kind. */
#include "arena.h"
#include "landingbase.h"

enum answer landing_deploy(struct facts *facts, const struct update *update, const struct landing **ret_landing)
{
	struct bytes key = {(const char *)update->new.id, sizeof(update->new.id)};
	struct target target;

	if (!facts->deploys)
		facts->deploys = map_new(facts->arena);
	*ret_landing = map_get(facts->deploys, key);
	if (*ret_landing)
		return ANSWER_YES;
	enum answer answer = update->kind == UPDATE_DELETE ? ANSWER_NO : facts_target(facts, &update->new, &target);

	if (answer != ANSWER_YES || target.peeled != OBJECT_COMMIT)
		return answer == ANSWER_UNKNOWN ? answer : ANSWER_NO;
	struct landing *landing = arena_alloc(facts->arena, sizeof(*landing));

	*landing = (struct landing){.last = 1, .method = LANDING_DEPLOY, .head = target.commit, .to = target.commit};
	map_set(facts->deploys, bytes_copy(facts->arena, key), landing);
	*ret_landing = landing;
	return ANSWER_YES;
}
