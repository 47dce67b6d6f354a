/* keywords: many words looked for in one pass over the bytes, without regard to case. */
#ifndef POLICY_KEYWORDS_H
#define POLICY_KEYWORDS_H

#include "bytes.h"

struct keywords;
struct keyword_output;

/** No words yet. Memory is the arena's. */
struct keywords *keywords_new(struct arena *arena);
/** Adds a word of at least one byte, whose finding is told as `tag`. */
void keywords_add(struct keywords *keywords, struct bytes word, unsigned tag);
/** Makes it ready for keywords_next(), after the last word was added. */
void keywords_build(struct keywords *keywords);

/** Where a pass over `content` is: {.content = bytes} is its beginning. */
struct keyword_pass {
	struct bytes content;
	size_t at; /**< bytes that have been read: where the word just told ends */
	size_t state;
	const struct keyword_output *output;
};

/** The next word that ends anywhere; all that end at one place are told, each with its tag. False: none is left. */
bool keywords_next(const struct keywords *keywords, struct keyword_pass *pass, unsigned *ret_tag);

#endif
