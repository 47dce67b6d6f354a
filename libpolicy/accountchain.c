/* accountchain: one ref's account, read as the updates followed one another. */
#include "account_parts.h"
#include "accountline.h"
#include "arena.h"

/* An update's own line, kept until the earlier one is met that had it from the reflog. */
struct late {
	struct late *next;
	struct account_line line;
};

struct bytes account_path(struct arena *arena, struct bytes git_dir, struct bytes ref)
{
	return bytes_printf(arena, "%.*s/policy/account/%.*s:log", BYTES_ARG(git_dir), BYTES_ARG(ref));
}

bool account_same(const struct account_line *a, const struct account_line *b)
{
	return oid_equal(&a->old, &b->old) && oid_equal(&a->new, &b->new);
}

struct chain chain_start(struct arena *arena, struct bytes ref, struct accountfile file)
{
	return (struct chain){.arena = arena, .ref = ref, .file = file};
}

static void keep_late(struct chain *chain, struct bytes text)
{
	struct late *late = arena_alloc(chain->arena, sizeof(*late));

	accountline_parse(chain->arena, chain->ref, bytes_copy(chain->arena, text), &late->line);
	late->line.late = false;
	late->next = chain->late;
	chain->late = late;
}

/* What its own run told later of an update that was taken from the reflog; its time stays. */
static void take_late(struct chain *chain, struct account_line *line)
{
	struct late **at = &chain->late;

	while (*at && !account_same(&(*at)->line, line))
		at = &(*at)->next;
	if (!*at || !line->missed)
		return;
	int64_t time = line->time;

	*line = (*at)->line;
	line->time = time;
	*at = (*at)->next;
}

static enum answer fail(struct chain *chain, const char *problem)
{
	chain->problem = bytes_printf(chain->arena, "policy/account/%.*s:log %s", BYTES_ARG(chain->ref), problem).data;
	return ANSWER_UNKNOWN;
}

/* Which line it is that was read last: those before it are counted. */
static enum answer fail_line(struct chain *chain)
{
	struct bytes before;
	size_t number = 1;
	enum answer answer;

	while ((answer = accountfile_line(&chain->file, &before)) == ANSWER_YES)
		number++;
	if (answer == ANSWER_UNKNOWN)
		return fail(chain, chain->file.problem);
	return fail(chain, bytes_printf(chain->arena,
					"is damaged at line %zu: the admin restores this file from a backup", number)
				   .data);
}

enum answer chain_next(struct chain *chain, struct account_line *ret_line)
{
	struct bytes text;
	enum answer answer;

	while ((answer = accountfile_line(&chain->file, &text)) == ANSWER_YES) {
		if (!accountline_parse(chain->arena, chain->ref, text, ret_line))
			return fail_line(chain);
		if (!ret_line->late)
			break;
		keep_late(chain, text);
	}
	if (answer == ANSWER_YES)
		take_late(chain, ret_line);
	return answer == ANSWER_UNKNOWN ? fail(chain, chain->file.problem) : answer;
}

enum answer chain_read(struct chain *chain, bool (*each)(void *context, const struct account_line *line), void *context)
{
	struct account_line line;
	enum answer answer;

	while ((answer = chain_next(chain, &line)) == ANSWER_YES)
		if (!each(context, &line))
			return ANSWER_YES;
	return answer == ANSWER_NO ? ANSWER_YES : answer;
}
