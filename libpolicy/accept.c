/* accept: reading which branches may land on another, and how. */
#include "accept.h"

#include "arena.h"
#include "pattern.h"
#include "settings.h"

#define ANY_METHOD (1u << LANDING_FORWARD | 1u << LANDING_MERGE | 1u << LANDING_SQUASH | 1u << LANDING_REBASE)

/* What the word being read is, told by the last keyword. */
enum part {
	PART_PATTERNS,
	PART_FROM,
	PART_METHODS,
};

/* One line being read. */
struct reading {
	struct arena *arena;
	struct setting *setting;
	struct findings *errors;
	size_t index; /* of the line */
	struct accept_clause *clause;
	size_t pattern_room, from_room;
};

static size_t offset_of(const struct reading *reading, struct bytes word)
{
	return (size_t)(word.data - reading->setting->clauses[reading->index].text.data);
}

static bool refuse(const struct reading *reading, struct bytes word, const char *problem)
{
	settings_fault(reading->errors, reading->setting, reading->index, offset_of(reading, word), "\"%.*s\": %s",
		       BYTES_ARG(word), problem);
	return false;
}

static bool add_pattern(struct reading *reading, struct bytes word)
{
	struct accept_clause *clause = reading->clause;
	const char *problem;
	size_t offset;
	struct pattern *pattern = pattern_compile(reading->arena, word, &problem, &offset);

	if (!pattern)
		return refuse(reading, bytes_from(word, offset), problem);
	clause->patterns = arena_grow(reading->arena, clause->patterns, &reading->pattern_room,
				      clause->pattern_count + 1, sizeof(struct pattern *));
	clause->patterns[clause->pattern_count++] = pattern;
	return true;
}

static bool add_from(struct reading *reading, struct bytes word)
{
	struct accept_clause *clause = reading->clause;

	if (bytes_index(word, '*') < word.len || bytes_index(word, '{') < word.len)
		return refuse(reading, word, "after \"from\" come branches, not patterns");
	clause->from = arena_grow(reading->arena, clause->from, &reading->from_room, clause->from_count + 1,
				  sizeof(*clause->from));
	clause->from[clause->from_count++] = bytes_printf(reading->arena, "refs/heads/%.*s", BYTES_ARG(word));
	return true;
}

static bool add_method(struct reading *reading, struct bytes word)
{
	enum landing_method method;

	if (!landing_method_find(word, &method) || !(ANY_METHOD & 1u << method))
		return refuse(reading, word, "after \"by\" come merge, squash, rebase or fast-forward");
	reading->clause->methods |= 1u << method;
	return true;
}

/* "from" and "by" begin a part of their own. */
static bool begins(struct bytes word, enum part *ret_part)
{
	if (bytes_equal(word, BYTES("from")))
		*ret_part = PART_FROM;
	else if (bytes_equal(word, BYTES("by")))
		*ret_part = PART_METHODS;
	else
		return false;
	return true;
}

static bool add_word(struct reading *reading, enum part part, struct bytes word)
{
	if (part == PART_PATTERNS)
		return add_pattern(reading, word);
	return part == PART_FROM ? add_from(reading, word) : add_method(reading, word);
}

static bool read_clause(struct reading *reading)
{
	struct bytes rest = reading->setting->clauses[reading->index].text, word;
	enum part part = PART_PATTERNS;
	bool good = true, empty = true;

	while (bytes_word(&rest, &word)) {
		enum part next = part;
		bool keyword = begins(word, &next);

		if (keyword && (empty || next <= part))
			return refuse(reading, word, "write <branches> [from <branches>] [by <methods>]");
		if (!keyword)
			good &= add_word(reading, part, word);
		part = next;
		empty = keyword;
	}
	if (empty) {
		setting_error(reading->errors, reading->setting, reading->index, "the line ends too early; write: %s",
			      "<branches> [from <branches>] [by <methods>]");
		return false;
	}
	if (!reading->clause->methods)
		reading->clause->methods = ANY_METHOD;
	return good;
}

bool accept_check(struct setting *setting, struct findings *errors)
{
	struct arena *arena = errors->arena;
	struct accept *accept = arena_alloc(arena, sizeof(*accept));
	bool good = true;

	accept->clauses = arena_array(arena, setting->clause_count, sizeof(*accept->clauses));
	accept->count = setting->clause_count;
	setting->parsed = accept;
	for (size_t i = 0; i < setting->clause_count; i++) {
		struct reading reading = {
			.arena = arena,
			.setting = setting,
			.errors = errors,
			.index = i,
			.clause = &accept->clauses[i],
		};

		good &= read_clause(&reading);
	}
	return good;
}

bool accept_matches(const struct accept_clause *clause, struct bytes ref)
{
	struct bytes heads = BYTES("refs/heads/");

	if (!bytes_starts(ref, heads))
		return false;
	for (size_t i = 0; i < clause->pattern_count; i++)
		if (pattern_match(clause->patterns[i], bytes_from(ref, heads.len), (struct bytes){0}))
			return true;
	return false;
}
