/* notes: the sections of release notes as the policy writes them. */
#include "notes.h"

#include "arena.h"
#include "settings.h"

#define FORM "a section is written \"Title: words\", and a word type, type(scope), *(scope) or !"

static bool is_word(struct bytes text)
{
	for (size_t i = 0; i < text.len; i++)
		if (bytes_index(BYTES("()!*,"), text.data[i]) < 5)
			return false;
	return text.len;
}

/* "feat", "feat(api)", "*(security)", "*", "!"; false for anything else. */
static bool parse_word(struct bytes text, struct notes_word *ret_word)
{
	size_t open = bytes_index(text, '(');
	struct bytes type = bytes_first(text, open), scope = bytes_from(text, open + 1);

	*ret_word = (struct notes_word){.breaking = bytes_equal(text, BYTES("!"))};
	if (ret_word->breaking)
		return true;
	if (open < text.len && !bytes_ends(scope, BYTES(")")))
		return false;
	ret_word->scope = bytes_first(scope, scope.len ? scope.len - 1 : 0);
	ret_word->type = bytes_equal(type, BYTES("*")) ? (struct bytes){0} : type;
	return (!ret_word->type.len || is_word(type)) && (open == text.len || is_word(ret_word->scope)) && type.len;
}

/* NULL or what is wrong with the clause, and in *ret_offset where. */
static const char *parse_section(struct arena *arena, struct bytes clause, struct notes_section *ret_section,
				 size_t *ret_offset)
{
	size_t colon = bytes_index(clause, ':');
	struct bytes rest = bytes_from(clause, colon + 1), word;

	*ret_offset = 0;
	ret_section->title = bytes_trim(bytes_first(clause, colon));
	ret_section->words = arena_array(arena, clause.len, sizeof(*ret_section->words));
	if (colon == clause.len || !ret_section->title.len || !bytes_trim(rest).len)
		return FORM;
	while (bytes_word(&rest, &word)) {
		*ret_offset = (size_t)(word.data - clause.data);
		if (!parse_word(word, &ret_section->words[ret_section->word_count++]))
			return FORM;
	}
	return NULL;
}

bool notes_check(struct setting *setting, struct findings *errors)
{
	struct notes *notes = arena_alloc(errors->arena, sizeof(*notes));
	size_t before = errors->count, offset;

	notes->sections = arena_array(errors->arena, setting->clause_count, sizeof(*notes->sections));
	notes->whole = true;
	for (size_t i = 0; i < setting->clause_count; i++) {
		const char *problem = parse_section(errors->arena, setting->clauses[i].text,
						    &notes->sections[notes->count++], &offset);

		if (problem)
			settings_fault(errors, setting, i, offset, "%s", problem);
	}
	setting->parsed = notes;
	return errors->count == before;
}

const struct notes *notes_usual(struct arena *arena)
{
	static const char *const usual[] = {"Breaking Changes: !", "Features: feat", "Bug Fixes: fix",
					    "Performance: perf"};
	struct notes *notes = arena_alloc(arena, sizeof(*notes));
	size_t unused;

	notes->count = sizeof(usual) / sizeof(*usual);
	notes->sections = arena_array(arena, notes->count, sizeof(*notes->sections));
	for (size_t i = 0; i < notes->count; i++)
		parse_section(arena, bytes_of(usual[i]), &notes->sections[i], &unused);
	return notes;
}
