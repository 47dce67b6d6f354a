/* landing: the names of the ways in which content arrives on a branch. */
#include "landing.h"

static const char *const names[] = {"direct", "fast-forward", "merge", "squash", "rebase", "revert", "deploy"};

const char *landing_method_name(enum landing_method method)
{
	return names[method];
}

bool landing_method_find(struct bytes name, enum landing_method *ret_method)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (!bytes_equal(name, bytes_of(names[i])))
			continue;
		*ret_method = (enum landing_method)i;
		return true;
	}
	return false;
}
