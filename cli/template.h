/* template: text with markers that answers are put into. */
#ifndef TEMPLATE_H
#define TEMPLATE_H

#include <stddef.h>
#include <stdio.h>

/** What a marker stands for; a value of NULL is not set. */
struct slot {
	const char *name;
	const char *value;
};

/** A file that was built in. */
struct template
{
	const unsigned char *text;
	const size_t *size;
};

/**
 * Writes the text with "${name}" replaced. A line that speaks of what is not set is left out; so is one that begins
 * with
 * "?name " unless that is set, or with "?!name " if it is. The slots end with a name of NULL; a marker without a slot
 * is not set.
 */
void template_fill(FILE *out, const struct template *from, const struct slot *slots);

#endif
