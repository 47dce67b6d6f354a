/* statement: what a signed record says it is for, so that its signature is worth nothing anywhere else. */
#include "statement.h"

enum { REPOSITORY, TARGET, HEAD, USER, LINES };

static const struct {
	const char *word; /* what the line begins with */
	const char *problem;
} lines[LINES] = {
	[REPOSITORY] = {"repository:", "what is signed is not for this repository"},
	[TARGET] = {"target:", "what is signed is not for this target"},
	[HEAD] = {"head:", "what is signed is not for this head"},
	[USER] = {"user:", "what is signed is not in this user's name"},
};

static void write_line(struct buffer *text, const struct statement *statement, size_t line)
{
	const struct oid_hex head = oid_hex(&statement->head);
	const struct bytes values[LINES] = {
		[REPOSITORY] = statement->repository,
		[TARGET] = statement->target,
		[HEAD] = bytes_of(head.text),
		[USER] = statement->user,
	};

	buffer_add(text, bytes_of(lines[line].word));
	buffer_add(text, BYTES(" "));
	buffer_add(text, values[line]);
	buffer_add(text, BYTES("\n"));
}

struct bytes statement_write(struct arena *arena, const struct statement *statement)
{
	struct buffer text = {.arena = arena};

	for (size_t i = 0; i < LINES; i++)
		write_line(&text, statement, i);
	return buffer_bytes(&text);
}

/* How often a line begins with the word, and whether the last one that does is the line wanted. */
static unsigned count_lines(struct bytes stated, struct bytes word, struct bytes wanted, bool *ret_right)
{
	unsigned count = 0;
	struct bytes line;

	while (bytes_line(&stated, &line)) {
		if (!bytes_starts(line, word))
			continue;
		count++;
		*ret_right = bytes_equal(line, wanted);
	}
	return count;
}

const char *statement_problem(struct arena *arena, struct bytes stated, const struct statement *statement)
{
	for (size_t i = 0; i < LINES; i++) {
		struct buffer wanted = {.arena = arena};
		bool right = false;

		write_line(&wanted, statement, i);
		struct bytes line = bytes_first(buffer_bytes(&wanted), wanted.len - 1);

		if (count_lines(stated, bytes_of(lines[i].word), line, &right) != 1 || !right)
			return lines[i].problem;
	}
	return NULL;
}
