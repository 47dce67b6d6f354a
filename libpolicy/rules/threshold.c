/* threshold: how many of whom must approve: "2 @reviewers unless vuln_high=0", one line of `approvals`. */
#include "threshold.h"

#include "arena.h"
#include "settings.h"

#define NEEDED_MAX 99u

static const char *add_needed(struct threshold *threshold, struct bytes word)
{
	unsigned long needed;

	if (!bytes_number(word, NEEDED_MAX, &needed) || !needed)
		return "how many must approve is a whole number from 1 to 99";
	threshold->people.needed = needed;
	return NULL;
}

static const char *add_person(struct threshold *threshold, struct bytes word, struct arena *arena)
{
	struct who_list *people = &threshold->people;
	size_t room = people->word_count;

	if (bytes_equal(word, BYTES("anyone")))
		return "who approves is named: users and @groups";
	people->words = arena_grow(arena, people->words, &room, people->word_count + 1, sizeof(word));
	people->words[people->word_count++] = word;
	threshold->named =
		(struct bytes){people->words[0].data, (size_t)(word.data - people->words[0].data) + word.len};
	return NULL;
}

static const char *add_condition(struct threshold *threshold, struct bytes word, struct arena *arena)
{
	size_t room = threshold->condition_count;

	threshold->conditions = arena_grow(arena, threshold->conditions, &room, threshold->condition_count + 1,
					   sizeof(*threshold->conditions));
	return condition_parse(word, &threshold->conditions[threshold->condition_count++]);
}

/* The next word of a clause; NULL, or why it cannot stand there. */
static const char *add_word(struct threshold *threshold, struct bytes word, struct arena *arena)
{
	if (!threshold->people.needed)
		return add_needed(threshold, word);
	if (threshold->unless)
		return add_condition(threshold, word, arena);
	if (!bytes_equal(word, BYTES("unless")))
		return add_person(threshold, word, arena);
	threshold->unless = true;
	return threshold->people.word_count ? NULL : "who must approve stands before it";
}

static const char *missing(const struct threshold *threshold)
{
	if (!threshold->people.word_count)
		return "it does not say who must approve";
	return threshold->unless && !threshold->condition_count ? "nothing follows unless" : NULL;
}

static bool parse_clause(struct setting *setting, size_t clause, struct threshold *threshold, struct findings *errors)
{
	struct bytes text = setting->clauses[clause].text, rest = text, word, last = text;
	const char *problem = NULL;

	threshold->people.clause = clause;
	while (!problem && bytes_word(&rest, &word)) {
		problem = add_word(threshold, word, errors->arena);
		last = word;
	}
	if (!problem)
		problem = missing(threshold);
	if (problem)
		finding_wanted(errors,
			       settings_fault(errors, setting, clause, (size_t)(last.data - text.data), "\"%.*s\": %s",
					      BYTES_ARG(last), problem),
			       "a number, then users and @groups: 2 @reviewers, or 1 @security unless vuln_high=0");
	return !problem;
}

bool threshold_check(struct setting *setting, struct findings *errors)
{
	struct threshold *thresholds = arena_array(errors->arena, setting->clause_count, sizeof(*thresholds));
	struct who_list **tail = &setting->lists;
	bool good = true;

	setting->parsed = thresholds;
	for (size_t i = 0; i < setting->clause_count; i++) {
		good &= parse_clause(setting, i, &thresholds[i], errors);
		*tail = &thresholds[i].people;
		tail = &thresholds[i].people.next;
	}
	return good;
}
