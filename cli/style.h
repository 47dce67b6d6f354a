/* style: how a repository's commit messages look, in numbers. */
#ifndef STYLE_H
#define STYLE_H

#include <stdbool.h>
#include <stddef.h>

#define STYLE_WORDS 32
#define STYLE_WORD_MAX 20

/** A type or a scope, and how many messages have it. */
struct style_word {
	char text[STYLE_WORD_MAX + 1];
	unsigned count;
};

struct style {
	unsigned count;	       /**< messages that were looked at */
	unsigned conventional; /**< of them, like "feat(login): add a form" */
	unsigned signed_off;
	unsigned periods;	    /**< first lines that end with one */
	unsigned over_72, over_100; /**< first lines that are longer */
	size_t longest;
	struct style_word types[STYLE_WORDS], scopes[STYLE_WORDS];
};

/** Takes in the first line of a message. */
void style_take(struct style *style, const char *header, bool signed_off);
/** Puts the most frequent words first. */
void style_order(struct style *style);
/** Whether all messages but a few are not among these `exceptions`; of none, that is so. */
bool style_spares(const struct style *style, unsigned exceptions);
/** Whether there were enough messages to tell a custom by them. */
bool style_tells(const struct style *style);

#endif
