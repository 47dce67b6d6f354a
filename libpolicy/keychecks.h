/* keychecks: what the values of the keys that belong to no rule, or to several, must satisfy beyond their kind. */
#ifndef POLICY_KEYCHECKS_H
#define POLICY_KEYCHECKS_H

#include "model.h"

bool check_include(struct setting *setting, struct findings *errors);
bool check_env(struct setting *setting, struct findings *errors);
bool check_email(struct setting *setting, struct findings *errors);
bool check_names(struct setting *setting, struct findings *errors);
bool check_members(struct setting *setting, struct findings *errors);
/** Calls `problem` for every word of a list; a sentence is a fault under that word. False when there was one. */
bool check_words(struct setting *setting, struct findings *errors, const char *(*problem)(struct bytes word));
/** A list of branches by name; words that stand before them are let through. */
bool check_branches(struct setting *setting, struct findings *errors);
/** The absolute path of a program, without arguments. */
bool check_run(struct setting *setting, struct findings *errors);
/** The path of a file, absolute or below the git directory, that does not go up. */
bool check_audit_file(struct setting *setting, struct findings *errors);
/** Turns the word into an enum severity. */
bool check_severity(struct setting *setting, struct findings *errors);
/** Why the variable `name` cannot tell who pushes, or NULL. */
const char *check_variable(struct bytes name);
/** Why nobody and no group may be called `name`, or NULL. */
const char *check_name(struct bytes name);

#endif
