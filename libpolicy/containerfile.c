/* containerfile: as whom a container runs, by its Dockerfile: the last USER of the last stage, or of those it is made
 * from. */
#include "containerfile.h"

#include "arena.h"
#include "containerline.h"
#include "containervalue.h"

/* Each is asked for by name, and for its variables. */
#define STAGES_MAX 256u

struct stage {
	struct bytes name; /* empty: none */
	struct container_scope scope;
	struct container says; /* so far */
};

/* A file being read. */
struct reading {
	struct arena *arena;
	struct containerlines lines;
	struct container_scope outer; /* what stands before the first FROM */
	struct stage *stages;
	size_t count;
	const char *problem;
};

bool containerfile_named(struct bytes name)
{
	static const struct bytes words[] = {{"dockerfile", 10}, {"containerfile", 13}};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct bytes word = words[i];
		bool at_front = bytes_equal_fold(bytes_first(name, word.len), word);
		bool at_end = name.len > word.len && name.data[name.len - word.len - 1] == '.' &&
			      bytes_equal_fold(bytes_from(name, name.len - word.len), word);

		if (at_front && name.len > word.len)
			at_front = bytes_index(BYTES(".-_"), name.data[word.len]) < 3 &&
				   !bytes_ends(name, BYTES(".dockerignore"));
		if (at_front || at_end)
			return true;
	}
	return false;
}

/* The latest stage of that name, case aside. */
static struct stage *find_stage(const struct reading *reading, struct bytes name)
{
	for (size_t i = reading->count; name.len && i-- > 0;)
		if (bytes_equal_fold(reading->stages[i].name, name))
			return &reading->stages[i];
	return NULL;
}

/* "FROM --platform=x image AS name" */
static void read_from(struct reading *reading, const struct containerline *line)
{
	struct bytes rest = line->rest, word = {0}, image = {0}, as = {0}, name = {0};

	while (bytes_word(&rest, &word) && bytes_starts(word, BYTES("--")))
		word = (struct bytes){0};
	if (!word.len) {
		reading->problem = "FROM names no image";
		return;
	}
	if (reading->count == STAGES_MAX) {
		reading->problem = "there are more than 256 stages";
		return;
	}
	if (!container_expand(&reading->outer, word, &image))
		image = (struct bytes){0};
	if (bytes_word(&rest, &as) && bytes_equal_fold(as, BYTES("AS")))
		bytes_word(&rest, &name);
	const struct stage *base = find_stage(reading, image);
	struct stage *stage = &reading->stages[reading->count++];

	*stage = (struct stage){.name = name, .says = {.verdict = CONTAINER_UNSET}};
	stage->scope = container_scope_new(reading->arena, base ? &base->scope : NULL, reading->lines.escape);
	if (base)
		stage->says = base->says;
	if (stage->says.verdict == CONTAINER_UNSET) {
		stage->says.line = line->line;
		stage->says.source = line->text;
	}
}

/* Whether a system takes `user` for root: by its name, or by a number that is 0 however it is written. */
static bool is_root(struct bytes user)
{
	size_t at = user.len && (user.data[0] == '+' || user.data[0] == '-');
	size_t digits = at;

	while (at < user.len && user.data[at] == '0')
		at++;
	return bytes_equal_fold(user, BYTES("root")) || (at > digits && at == user.len);
}

static void read_user(struct stage *stage, const struct containerline *line)
{
	struct bytes rest, user = {0};

	stage->says = (struct container){.verdict = CONTAINER_UNKNOWN, .line = line->line, .source = line->text};
	if (!container_expand(&stage->scope, line->rest, &rest))
		return;
	rest = bytes_first(rest, bytes_index(rest, ':'));
	bytes_word(&rest, &user);
	stage->says.user = user;
	stage->says.verdict = !user.len || is_root(user) ? CONTAINER_ROOT : CONTAINER_USER;
}

static bool is(const struct containerline *line, const char *word)
{
	return bytes_equal_fold(line->word, bytes_of(word));
}

static void read_line(struct reading *reading, const struct containerline *line)
{
	struct stage *stage = reading->count ? &reading->stages[reading->count - 1] : NULL;

	if (is(line, "FROM"))
		read_from(reading, line);
	else if (is(line, "ARG"))
		container_arg(stage ? &stage->scope : &reading->outer, line->rest);
	else if (!stage)
		reading->problem = "only ARG may stand before the first FROM";
	else if (is(line, "ENV"))
		container_env(&stage->scope, line->rest);
	else if (is(line, "USER"))
		read_user(stage, line);
}

static struct container unreadable(unsigned line, struct bytes source, const char *problem)
{
	return (struct container){CONTAINER_UNREADABLE, line, source, {0}, problem};
}

struct container containerfile_read(struct arena *arena, struct bytes text)
{
	struct reading reading = {.arena = arena, .lines = containerlines_open(arena, text)};
	struct containerline line = {0};

	reading.outer = container_scope_new(arena, NULL, reading.lines.escape);
	reading.stages = arena_array(arena, STAGES_MAX, sizeof(*reading.stages));
	if (reading.lines.syntax.len && !bytes_starts(reading.lines.syntax, BYTES("docker/dockerfile")) &&
	    !bytes_starts(reading.lines.syntax, BYTES("docker.io/docker/dockerfile")))
		return unreadable(reading.lines.line, reading.lines.syntax,
				  "its syntax is not docker/dockerfile, and nobody can tell what it means");
	while (containerlines_next(&reading.lines, &line)) {
		read_line(&reading, &line);
		if (reading.problem)
			return unreadable(line.line, line.text, reading.problem);
	}
	if (reading.lines.unended)
		return unreadable(line.line, line.text, "a heredoc does not end");
	if (!reading.count)
		return unreadable(1, (struct bytes){0}, "there is no FROM");
	return reading.stages[reading.count - 1].says;
}
