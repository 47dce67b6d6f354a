/* record: approvals, check results and grants: what their ref names say and what their tags must hold (design 5). */
#ifndef POLICY_RECORD_H
#define POLICY_RECORD_H

#include <stdint.h>

#include "object.h"

enum record_kind {
	RECORD_NONE,
	RECORD_APPROVAL, /**< refs/approvals/<target>/<head>/<user> */
	RECORD_CHECK,	 /**< refs/checks/<commit>/<name> */
	RECORD_GRANT,	 /**< refs/grants/<target>/<old>/<new>/<user> */
};

/** What a record's ref name says. */
struct record {
	enum record_kind kind;
	struct bytes target; /**< approval, grant: the full ref ("refs/heads/main") */
	struct oid commit; /**< approval: the head; check: the commit; grant: the new value, the old one for a delete */
	struct oid old, new; /**< grant; `new` is zero for a delete, `old` for a create */
	struct bytes name;   /**< decoded: the user, or the name of the check */
};

/** The kind of record that refs of this name are, by its first two components; whatever follows. */
enum record_kind record_kind_of(struct bytes ref);
/**
 * Reads a record's ref name. NULL and *ret_record filled (arena), or a sentence saying what is wrong with it. Ids are
 * 40 lower-case hex digits; only the canonical spelling of a name is taken (record_encode()).
 */
const char *record_parse(struct arena *arena, struct bytes ref, struct record *ret_record);
/** The ref name of a record; record_parse()'s inverse. */
struct bytes record_ref(struct arena *arena, const struct record *record);
/**
 * A user's or a check's name as one component of a ref: every byte but A-Z a-z 0-9 _ - @ + and a dot between two of
 * these is %XX (upper-case hex), and so is the dot of a final ".lock".
 */
struct bytes record_encode(struct arena *arena, struct bytes name);
/** The inverse; false when `component` is not the canonical spelling of a name that is not empty. */
bool record_decode(struct arena *arena, struct bytes component, struct bytes *ret_name);

/** A decimal number, compared exactly: [-]digits[.digits], at most 32 bytes. */
struct decimal {
	struct bytes text;
};

/** Whole and nothing else: "90,0", "NaN", "1e9", "", "+1", ".5", "5." are no numbers. */
bool decimal_parse(struct bytes text, struct decimal *ret_decimal);
/** Less than, equal to or greater than 0 as `a` is less, equal or greater ("1.0" equals "1", "-0" equals "0"). */
int decimal_compare(struct decimal a, struct decimal b);

/** What a record's value says. */
struct record_value {
	bool rejects;		/**< approval: changes are requested */
	bool passed, failed;	/**< check: "pass", "fail"; neither: a number */
	struct decimal number;	/**< check: that number */
	int64_t expires;	/**< grant: seconds since 1970, UTC */
	struct bytes reason;	/**< grant: its first line; approval: the text after the first line, may be empty */
	struct bytes signature; /**< the armoured signature at the end of the tag, with its markers; empty: unsigned */
	struct bytes payload;	/**< what the signature is over: the tag's bytes before it */
	struct bytes stated;	/**< the message without its first line and the signature: what a signed record names */
};

/**
 * Reads the annotated tag of a record. NULL and *ret_value filled (borrowing from `tag` and `raw`), or a sentence
 * saying what is wrong: the first line is none of "approve", "reject"; of "pass", "fail", a number; a grant has no
 * reason or no single line "expires: <ISO time>" ("2026-01-31T12:00:00Z"). `raw` is the whole tag object that `tag` was
 * parsed from.
 */
const char *record_value_parse(const struct record *record, struct bytes raw, const struct tag *tag,
			       struct record_value *ret_value);

#endif
