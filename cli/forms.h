/* forms: the templates of headings, and which of them a name agrees with. */
#ifndef FORMS_H
#define FORMS_H

#include <stdbool.h>
#include <stddef.h>

/** Which forms a name agrees with, as bits. */
unsigned forms_of(const char *name);
/** The narrowest form among these bits, for `count` names; one that speaks of versions only if `version`. */
const char *forms_said(unsigned forms, bool version, size_t count);
/** Whether a branch is called like a line of releases ("v1.x", "stable-2.0"); its heading ("v{number}.x"). */
bool forms_line(const char *name, char *ret_heading, size_t room);
/** The heading that a tag falls under, and its place among all such headings: the first that matches governs. */
const char *forms_tag(const char *name);
int forms_tag_order(const char *heading);

#endif
