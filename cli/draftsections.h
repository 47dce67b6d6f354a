/* draftsections: the sections of a first policy that are one for each family of branches or tags. */
#ifndef DRAFTSECTIONS_H
#define DRAFTSECTIONS_H

#include <stdio.h>

#include "draftsketch.h"

/** Whether branches of the family land by themselves, and have no part in the workflow beyond that. */
bool draftsections_topic(const struct sketch *sketch, const struct family *family);
void draftsections_branches(const struct sketch *sketch, FILE *out);
void draftsections_tags(const struct sketch *sketch, FILE *out);

#endif
