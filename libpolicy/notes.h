/* notes: release notes from conventional commits, in the sections that the policy names. */
#ifndef POLICY_NOTES_H
#define POLICY_NOTES_H

#include "changelog.h"
#include "model.h"

/** One thing that a section takes: "feat", "fix(security)", "*(security)", "!". */
struct notes_word {
	bool breaking;	    /**< "!": what breaks */
	struct bytes type;  /**< empty: any, "*" */
	struct bytes scope; /**< empty: whatever it is */
};

struct notes_section {
	struct bytes title;
	struct notes_word *words;
	size_t word_count;
};

struct notes {
	struct notes_section *sections;
	size_t count;
	bool whole; /**< empty sections are told too */
};

/** key.check of `notes`: parses the clauses into setting->parsed, a struct notes. */
bool notes_check(struct setting *setting, struct findings *errors);
/** What holds where no policy says more: breaking changes, features, bug fixes, performance, as far as there are any.
 */
const struct notes *notes_usual(struct arena *arena);
/**
 * Writes Markdown: each section with its changes, the oldest first. A change is told in the first section that takes
 * its type; one that breaks also where "!" is. Merges, what is not conventional, reverts and what they undo are left
 * out.
 */
void notes_write(const struct notes *notes, const struct changelog *changelog, struct buffer *out);
/** The same as JSON: a line for each change in each section that tells of it. */
void notes_json(const struct notes *notes, const struct changelog *changelog, struct buffer *out);
/** Adds somebody's text as escape_add() does, with a backslash before what Markdown would take for markup. */
void notes_text(struct buffer *out, struct bytes text);

#endif
