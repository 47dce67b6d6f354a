/* surveylog: the part of a survey that goes through the newest commits. */
#ifndef SURVEYLOG_H
#define SURVEYLOG_H

#include "survey.h"

/** Messages, authors, merges and branches that were merged, from survey->tip on. */
void surveylog_take(struct git *git, struct survey *survey);
/** Who runs this, by the configuration: one of the crew, or all of it where there is none. */
void surveylog_caller(struct git *git, struct survey *survey);

#endif
