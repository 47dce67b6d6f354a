/* keychecks: what the values of the keys that belong to no rule, or to several, must satisfy beyond their kind. */
#ifndef POLICY_KEYCHECKS_H
#define POLICY_KEYCHECKS_H

#include "model.h"

bool check_include(struct setting *setting, struct findings *errors);
bool check_env(struct setting *setting, struct findings *errors);
bool check_email(struct setting *setting, struct findings *errors);
bool check_names(struct setting *setting, struct findings *errors);
bool check_members(struct setting *setting, struct findings *errors);
/** A list of branches by name; words that stand before them are let through. */
bool check_branches(struct setting *setting, struct findings *errors);
/** Turns the word into an enum severity. */
bool check_severity(struct setting *setting, struct findings *errors);
/** Why nobody and no group may be called `name`, or NULL. */
const char *check_name(struct bytes name);

#endif
