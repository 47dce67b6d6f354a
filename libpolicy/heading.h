/* heading: [kind "name"], the line that opens a section. */
#ifndef POLICY_HEADING_H
#define POLICY_HEADING_H

#include "inifile.h"
#include "model.h"

struct heading {
	enum section_kind kind;
	struct clause name; /**< what stands between the quotes; its text is empty without a name */
};

/** Reads a heading. False with a fault for what is none, and for kinds of section this version does not read. */
bool heading_read(const struct ini_entry *entry, struct heading *ret_heading, struct findings *errors);
#endif
