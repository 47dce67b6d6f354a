/* stage: what the name of a deploy ref says: refs/deploy/<environment>/<stage>. */
#ifndef POLICY_STAGE_H
#define POLICY_STAGE_H

#include "bytes.h"

/** The stage of an environment that takes it back to an earlier commit. */
#define STAGE_ROLLBACK "rollback"

/** A deploy ref, or the heading of its section, cut in two; both borrow from it. */
struct stage {
	struct bytes environment; /**< "production"; may have several components */
	struct bytes name;	  /**< "canary-5": the last component */
};

/** Cuts "refs/deploy/production/canary-5" in two; false when `ref` is no deploy ref or has only one component there. */
bool stage_parse(struct bytes ref, struct stage *ret_stage);
/** Whether `ref` is the stage `rollback` of an environment. */
bool stage_rolls_back(struct bytes ref);

/** Whether a part of a heading stands for more than one name. */
bool stage_varies(struct bytes part);

#endif
