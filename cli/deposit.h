/* deposit: puts a first policy where it belongs: both files, or neither. */
#ifndef DEPOSIT_H
#define DEPOSIT_H

#include "draft.h"

/** Which file of a policy is in the folder already; NULL: none. */
const char *deposit_present(struct git *git, const char *folder);
/** Checks the draft and moves it into the folder, which is made where it is not there. An exit code; when it is not 0,
 * why was said, and everything is as it was. */
int deposit_write(struct git *git, const char *folder, const struct draft *draft);
/** Checks the draft and writes it to standard output. */
int deposit_show(struct git *git, const struct draft *draft);

#endif
