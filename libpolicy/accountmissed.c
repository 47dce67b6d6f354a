/* accountmissed: what git's reflog knows of a ref and its account does not. */
#include "account_parts.h"
#include "accountline.h"
#include "arena.h"

#define REFLOG_LINES_MAX 100000u

static enum answer read_head(struct arena *arena, struct missed *missed, struct bytes ref, const char **ret_problem)
{
	struct chain chain = chain_start(arena, ref, missed->file);
	enum answer answer = ANSWER_YES;

	while (answer == ANSWER_YES && missed->head_count < ACCOUNT_AGREE) {
		struct account_line line;

		answer = chain_next(&chain, &line);
		if (answer == ANSWER_YES)
			missed->head[missed->head_count++] = (struct account_line){.old = line.old, .new = line.new};
	}
	missed->file = chain.file;
	*ret_problem = chain.problem;
	return answer == ANSWER_UNKNOWN ? answer : ANSWER_YES;
}

/* Whether the reflog goes on, behind what was missed, as the account begins. */
static bool agrees(const struct missed *missed)
{
	const struct account_line *lines = missed->lines + missed->count;

	for (size_t i = 0; i < missed->head_count && missed->count + i < missed->line_count; i++)
		if (!account_same(&lines[i], &missed->head[i]))
			return false;
	return missed->head_count;
}

/* The account is ahead where git kept no reflog for a while: then the reflog does not go on from where it ends. */
static bool is_ahead(const struct missed *missed)
{
	if (!missed->line_count || !missed->head_count ||
	    oid_equal(&missed->lines[missed->line_count - 1].old, &missed->head[0].new))
		return false;
	for (size_t i = 0; i < missed->head_count; i++)
		if (account_same(&missed->lines[0], &missed->head[i]))
			return true;
	return false;
}

/* What the ref is at by its own file, or else by that of packed refs. */
static enum answer read_value(struct arena *arena, const struct missed *missed, struct oid *ret_value)
{
	struct bytes path = bytes_printf(arena, "%.*s/%.*s", BYTES_ARG(missed->git_dir), BYTES_ARG(missed->ref)), line;
	struct accountfile file = accountfile_start(arena, path);

	file.folder_absent = true;
	enum answer answer = accountfile_line(&file, &line);

	if (answer != ANSWER_NO)
		return answer == ANSWER_YES && !oid_parse(line, ret_value) ? ANSWER_NO : answer;
	file = accountfile_start(arena, bytes_printf(arena, "%.*s/packed-refs", BYTES_ARG(missed->git_dir)));
	while ((answer = accountfile_line(&file, &line)) == ANSWER_YES)
		if (line.len > OID_HEX && bytes_equal(bytes_from(line, OID_HEX + 1), missed->ref))
			return oid_parse(bytes_first(line, OID_HEX), ret_value) ? ANSWER_YES : ANSWER_NO;
	return answer;
}

/*
 * git writes a reflog's line before it moves the ref: killed in between, it leaves one of a move that never was. What
 * comes next begins where that one did; of the last line the ref itself tells, unless the account has it already.
 */
static enum answer is_undone(struct arena *arena, const struct missed *missed, const struct account_line *line)
{
	struct oid next;
	enum answer answer = ANSWER_YES;

	if (missed->line_count)
		next = missed->lines[missed->line_count - 1].old;
	else if (missed->head_count && account_same(line, &missed->head[0]))
		answer = ANSWER_NO;
	else
		answer = read_value(arena, missed, &next);
	if (answer != ANSWER_YES)
		return answer;
	return oid_equal(&next, &line->old) && !oid_equal(&next, &line->new) ? ANSWER_YES : ANSWER_NO;
}

static enum answer reflog_line(struct arena *arena, struct accountfile *reflog, struct missed *missed)
{
	struct bytes text;
	enum answer answer = accountfile_line(reflog, &text);

	if (answer != ANSWER_YES)
		return answer;
	missed->lines = arena_grow(arena, missed->lines, &missed->room, missed->line_count + 1, sizeof(*missed->lines));
	struct account_line *line = &missed->lines[missed->line_count];

	if (!accountline_parse_reflog(text, line)) {
		reflog->problem = "has a line that git did not write";
		return ANSWER_UNKNOWN;
	}
	enum answer undone = is_undone(arena, missed, line);

	if (undone == ANSWER_UNKNOWN)
		reflog->problem = "cannot be held against the ref";
	missed->line_count += undone == ANSWER_NO && !oid_equal(&line->old, &line->new);
	return undone == ANSWER_UNKNOWN ? undone : answer;
}

/* Reads the reflog back to where the account agrees with it. */
static enum answer read_reflog(struct arena *arena, struct accountfile *reflog, struct missed *missed)
{
	enum answer more = ANSWER_YES;

	for (missed->count = 0; missed->count <= REFLOG_LINES_MAX; missed->count++) {
		while (more == ANSWER_YES && missed->line_count < missed->count + ACCOUNT_AGREE)
			more = reflog_line(arena, reflog, missed);
		if (more == ANSWER_UNKNOWN)
			return more;
		if (missed->count == missed->line_count || agrees(missed))
			return ANSWER_YES;
	}
	reflog->problem = "and its account have nothing in common";
	return ANSWER_UNKNOWN;
}

/* A value followed another without anybody having seen how. */
static void bridge(struct arena *arena, struct missed *missed)
{
	const struct account_line *oldest = &missed->lines[missed->count - 1];
	struct account_line line = {
		.time = oldest->time, .old = missed->head[0].new, .new = oldest->old, .missed = true};

	if (!missed->head_count || oid_equal(&line.old, &line.new))
		return;
	missed->lines = arena_grow(arena, missed->lines, &missed->room, missed->count + 1, sizeof(*missed->lines));
	missed->lines[missed->count++] = line;
}

enum answer missed_find(struct arena *arena, struct bytes git_dir, struct bytes ref, struct missed *ret_missed,
			const char **ret_problem)
{
	struct bytes path = bytes_printf(arena, "%.*s/logs/%.*s", BYTES_ARG(git_dir), BYTES_ARG(ref));
	struct accountfile reflog = accountfile_start(arena, path);

	*ret_missed = (struct missed){
		.git_dir = git_dir,
		.ref = ref,
		.file = accountfile_start(arena, account_path(arena, git_dir, ref)),
	};
	reflog.folder_absent = true;
	if (read_head(arena, ret_missed, ref, ret_problem) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	if (read_reflog(arena, &reflog, ret_missed) != ANSWER_YES) {
		*ret_problem = bytes_printf(arena, "the reflog of %.*s %s", BYTES_ARG(ref), reflog.problem).data;
		return ANSWER_UNKNOWN;
	}
	ret_missed->reflog = ret_missed->line_count;
	if (ret_missed->count == ret_missed->line_count && is_ahead(ret_missed))
		ret_missed->count = 0;
	if (ret_missed->count)
		bridge(arena, ret_missed);
	return ANSWER_YES;
}

enum answer account_born(struct arena *arena, struct bytes git_dir, struct bytes ref, struct account_line *ret_line,
			 const char **ret_problem)
{
	struct bytes path = bytes_printf(arena, "%.*s/logs/%.*s", BYTES_ARG(git_dir), BYTES_ARG(ref));
	struct accountfile reflog = accountfile_start(arena, path);
	enum answer answer = ANSWER_NO, more;
	struct bytes text;

	reflog.folder_absent = true;
	while ((more = accountfile_line(&reflog, &text)) == ANSWER_YES && accountline_parse_reflog(text, ret_line))
		answer = ANSWER_YES;
	if (more == ANSWER_NO)
		return answer;
	if (more == ANSWER_YES)
		reflog.problem = "has a line that git did not write";
	*ret_problem = bytes_printf(arena, "the reflog of %.*s %s", BYTES_ARG(ref), reflog.problem).data;
	return ANSWER_UNKNOWN;
}
