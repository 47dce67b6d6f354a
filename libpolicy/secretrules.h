/* secretrules: files that say what a secret looks like. */
#ifndef POLICY_SECRETRULES_H
#define POLICY_SECRETRULES_H

#include "findings.h"

/** A regular expression, compiled when it is first needed. */
struct secret_regex {
	struct bytes pattern;
	struct regex *compiled;
	struct origin origin;
	struct bytes source; /**< the line it stands in */
	unsigned column;
};

/** One [rule "name"] of such a file. */
struct secret_rule {
	struct secret_rule *next;
	struct bytes name;
	struct bytes what;	/**< "an AWS access key" */
	struct bytes *keywords; /**< at least one; the expression is looked for where one of them stands, case aside */
	size_t keyword_count;
	struct secret_regex regex;   /**< its first group is the secret; without a group, all of it */
	struct secret_regex *unless; /**< where one of these is found in it, it is none */
	size_t unless_count;
	unsigned long entropy; /**< tenths of a bit that each of its bytes must hold */
	unsigned long lines;   /**< how many lines the expression may see, from the one with the keyword */
	bool text;	       /**< nothing is looked for in binary files */
	struct origin origin;  /**< of its heading */
};

/** Rules in the order of their files. */
struct secret_rules {
	struct secret_rule *first, *last;
	size_t count;
};

/** The rules that every policy has: policies/secrets.ini, as it was built into the library. */
struct bytes secretrules_builtin(void);
/**
 * Appends the rules of the file `content`, called `file`, to `rules`, everything in the arena of `errors`. False when
 * it added a finding: the file is none that inifile_read() takes, or a heading, key or value is wrong. Expressions are
 * compiled, so that a wrong one is told, when `compile`.
 */
bool secretrules_read(struct bytes content, struct bytes file, bool compile, struct secret_rules *rules,
		      struct findings *errors);
/** The expression, compiled for regex_search(); NULL with the sentence and the place of what is wrong with it. */
struct regex *secretrules_compile(struct secret_regex *regex, struct arena *arena, const char **ret_problem,
				  size_t *ret_offset);

#endif
