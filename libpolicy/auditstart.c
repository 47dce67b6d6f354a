/* auditstart: reading what the installer wrote down of the refs. */
#include "auditstart.h"

#include "accountfile.h"
#include "arena.h"

static bool parse(struct arena *arena, struct bytes line, struct auditstart *ret_start)
{
	struct bytes rest = bytes_from(line, OID_HEX + 1);
	size_t blank = bytes_index(rest, ' ');

	if (line.len <= OID_HEX + 1 || line.data[OID_HEX] != ' ' || !blank)
		return false;
	*ret_start = (struct auditstart){.ref = bytes_copy(arena, bytes_first(rest, blank))};
	if (blank < rest.len)
		ret_start->target = bytes_copy(arena, bytes_from(rest, blank + 1));
	return oid_parse(bytes_first(line, OID_HEX), &ret_start->value);
}

enum answer auditstarts_read(struct arena *arena, struct bytes git_dir, struct auditstarts *ret_starts,
			     const char **ret_problem)
{
	struct accountfile file = accountfile_start(arena, bytes_printf(arena, "%.*s/policy/refs", BYTES_ARG(git_dir)));
	enum answer answer;
	struct bytes line;

	*ret_starts = (struct auditstarts){.map = map_new(arena)};
	while ((answer = accountfile_line(&file, &line)) == ANSWER_YES) {
		struct auditstart *start = arena_alloc(arena, sizeof(*start));

		if (!parse(arena, line, start)) {
			*ret_problem = "policy/refs has a line that is no ref";
			return ANSWER_UNKNOWN;
		}
		ret_starts->list = arena_grow(arena, ret_starts->list, &ret_starts->room, ret_starts->count + 1,
					      sizeof(*ret_starts->list));
		ret_starts->list[ret_starts->count++] = start;
		map_set(ret_starts->map, start->ref, start);
	}
	if (answer == ANSWER_UNKNOWN)
		*ret_problem = bytes_printf(arena, "policy/refs %s", file.problem).data;
	else if (file.opened)
		answer = ANSWER_YES;
	return answer;
}
