/* containervalue: the variables of a Dockerfile, as far as the file itself tells their values. */
#ifndef POLICY_CONTAINERVALUE_H
#define POLICY_CONTAINERVALUE_H

#include "bytes.h"

struct map;

/** The variables of a stage. */
struct container_scope {
	struct arena *arena;
	const struct container_scope *base; /**< the stage it is made from, or NULL */
	struct map *args;		    /**< of ARG, which are the stage's own */
	struct map *env;		    /**< of ENV, which go before them and go on to stages made from it */
	char escape;
};

/** A scope without variables. */
struct container_scope container_scope_new(struct arena *arena, const struct container_scope *base, char escape);
/**
 * What a word comes to: its variables replaced, quotes and escapes taken off. False when that cannot be told: a
 * variable without a value, a form of ${…} that depends on more, more than 256 bytes.
 */
bool container_expand(const struct container_scope *scope, struct bytes word, struct bytes *ret_text);
/** What follows ARG: whatever default stands there, a build may give it another value, so that none is known. */
void container_arg(struct container_scope *scope, struct bytes rest);
/** What follows ENV. */
void container_env(struct container_scope *scope, struct bytes rest);

#endif
