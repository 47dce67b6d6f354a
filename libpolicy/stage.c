/* stage: what the name of a deploy ref says: refs/deploy/<environment>/<stage>. */
#include "stage.h"

#define DEPLOYS BYTES("refs/deploy/")

bool stage_parse(struct bytes ref, struct stage *ret_stage)
{
	struct bytes path = bytes_from(ref, DEPLOYS.len);
	size_t cut = path.len;

	while (cut && path.data[cut - 1] != '/')
		cut--;
	if (!bytes_starts(ref, DEPLOYS) || cut < 2 || cut == path.len)
		return false;
	*ret_stage = (struct stage){.environment = bytes_first(path, cut - 1), .name = bytes_from(path, cut)};
	return true;
}

bool stage_rolls_back(struct bytes ref)
{
	struct stage stage;

	return stage_parse(ref, &stage) && bytes_equal(stage.name, BYTES(STAGE_ROLLBACK));
}

bool stage_varies(struct bytes part)
{
	return bytes_index(part, '*') < part.len || bytes_index(part, '{') < part.len;
}
