/* account: reading what happened to a ref, and writing down what is not there yet. */
#include "account.h"

#include "account_parts.h"
#include "accountline.h"
#include "arena.h"
#include "clock.h"

/* How far back an update is looked for that was told before its own run came. */
#define TOLD_LINES_MAX 1000u
/* How often another run may come between. */
#define TRIES_MAX 100u

/* What is to be written of one ref. */
struct missing {
	struct account_line *lines; /* oldest first, the last one being its own run's word, if there is one */
	size_t count;
	off_t end; /* how far the account went when this was found out */
};

enum answer account_read(struct arena *arena, struct bytes git_dir, struct bytes ref,
			 bool (*each)(void *context, const struct account_line *line), void *context,
			 const char **ret_problem)
{
	struct missed missed;

	if (missed_find(arena, git_dir, ref, &missed, ret_problem) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	for (size_t i = 0; i < missed.count; i++)
		if (!each(context, &missed.lines[i]))
			return ANSWER_YES;
	struct chain chain = chain_start(arena, ref, accountfile_again(&missed.file));
	enum answer answer = chain_read(&chain, each, context);

	*ret_problem = chain.problem;
	return answer == ANSWER_UNKNOWN || missed.count || missed.head_count ? answer : ANSWER_NO;
}

/* Looking for what the account tells of one move. */
struct search {
	const struct account_line *move;
	size_t lines;
	bool found;
	bool missed; /* and not by its own run */
};

static bool is_told(void *context, const struct account_line *line)
{
	struct search *search = context;

	search->found = account_same(line, search->move);
	search->missed = line->missed;
	return !search->found && ++search->lines < TOLD_LINES_MAX;
}

/*
 * What is to be written of an update that the reflog does not count among those missed: nothing, when this is its
 * second run; its own word on what another run took from the reflog; else, where there is no reflog or it went with its
 * ref, the update itself, and before it what must have come between.
 */
static enum answer settle(struct arena *arena, struct bytes ref, const struct missed *missed, struct missing *missing,
			  const char **ret_problem)
{
	struct account_line *own = &missing->lines[0];
	const struct account_line *newest = &missed->head[0];
	bool follows = !missed->head_count || oid_equal(&newest->new, &own->old);
	struct search search = {.move = own};
	struct chain chain = chain_start(arena, ref, accountfile_again(&missed->file));

	if (follows && (!missed->reflog || oid_is_zero(&own->new)))
		return ANSWER_YES;
	enum answer answer = chain_read(&chain, is_told, &search);

	*ret_problem = chain.problem;
	own->late = search.found;
	if (answer == ANSWER_UNKNOWN || (search.found && (!search.missed || own->missed)))
		return answer == ANSWER_UNKNOWN ? answer : ANSWER_NO;
	if (follows || search.found)
		return ANSWER_YES;
	missing->lines[1] = *own;
	missing->lines[0] =
		(struct account_line){.time = own->time, .old = newest->new, .new = own->old, .missed = true};
	missing->count = 2;
	return ANSWER_YES;
}

/* What the account has not got of `ref` up to the update that `own` tells of. NO: it is all there. */
static enum answer find_missing(struct arena *arena, struct bytes git_dir, struct bytes ref,
				const struct account_line *own, struct missing *ret_missing, const char **ret_problem)
{
	struct missed missed;
	size_t oldest;

	if (missed_find(arena, git_dir, ref, &missed, ret_problem) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	for (oldest = missed.count; own && oldest && !account_same(&missed.lines[oldest - 1], own);)
		oldest--;
	size_t before = !own ? missed.count : oldest ? missed.count - oldest : 0;

	*ret_missing = (struct missing){
		.lines = arena_array(arena, before + 2, sizeof(*ret_missing->lines)),
		.count = before + (own ? 1 : 0),
		.end = missed.file.end,
	};
	for (size_t i = 0; i < before; i++)
		ret_missing->lines[i] = missed.lines[missed.count - 1 - i];
	if (!own)
		return before ? ANSWER_YES : ANSWER_NO;
	ret_missing->lines[before] = *own;
	return oldest ? ANSWER_YES : settle(arena, ref, &missed, ret_missing, ret_problem);
}

static enum answer append(struct arena *arena, struct bytes git_dir, struct bytes ref, const struct missing *missing,
			  const char **ret_problem)
{
	struct buffer text = {.arena = arena};

	for (size_t i = 0; i < missing->count; i++)
		accountline_print(&text, ref, &missing->lines[i]);
	return accountfile_append(arena, git_dir, account_path(arena, git_dir, ref), missing->end, buffer_bytes(&text),
				  ret_problem);
}

bool account_write(struct arena *arena, struct bytes git_dir, struct bytes ref, const struct account_line *line,
		   bool (*prepare)(void *context, struct bytes ref, struct account_line *line), void *context,
		   const char **ret_problem)
{
	enum answer answer = ANSWER_NO;
	const char *problem = "other runs keep writing to the account";
	bool prepared = true;

	for (size_t try = 0; try < TRIES_MAX && answer == ANSWER_NO && prepared; try++) {
		struct missing missing;

		answer = find_missing(arena, git_dir, ref, line, &missing, &problem);
		if (answer == ANSWER_NO)
			return true;
		for (size_t i = 0; answer == ANSWER_YES && prepare && i < missing.count; i++)
			prepared &= prepare(context, ref, &missing.lines[i]);
		if (answer == ANSWER_YES)
			answer = prepared ? append(arena, git_dir, ref, &missing, &problem) : ANSWER_UNKNOWN;
	}
	if (!prepared)
		problem = NULL;
	*ret_problem = problem;
	return answer == ANSWER_YES;
}

enum answer account_installed(struct arena *arena, struct bytes git_dir, int64_t *ret_time,
			      struct bytes *ret_repository)
{
	struct bytes path = bytes_printf(arena, "%.*s/policy/account/installed", BYTES_ARG(git_dir)), line;
	struct accountfile file = accountfile_start(arena, path);
	enum answer answer = accountfile_line(&file, &line);

	if (answer != ANSWER_YES)
		return answer;
	size_t blank = bytes_index(line, ' ');

	*ret_repository = bytes_copy(arena, bytes_from(line, blank + 1));
	for (size_t i = 0; i < ret_repository->len; i++)
		if (bytes_index(BYTES("0123456789abcdef"), ret_repository->data[i]) == 16)
			return ANSWER_UNKNOWN;
	return clock_parse(bytes_first(line, blank), ret_time) && ret_repository->len == 32 ? ANSWER_YES
											    : ANSWER_UNKNOWN;
}
