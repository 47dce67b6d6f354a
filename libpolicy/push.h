/* push: the ref updates of one push, read strictly from git's own calling convention. */
#ifndef POLICY_PUSH_H
#define POLICY_PUSH_H

#include "findings.h"
#include "oid.h"

#define PUSH_REFS_MAX 1000000u

enum update_kind {
	UPDATE_CREATE,
	UPDATE_MOVE, /**< forward or rewrite: facts_forward() tells */
	UPDATE_DELETE,
};

/** One ref moving. A symbolic ref gives two: its own name, and the ref it points to. */
struct update {
	struct bytes ref;	/**< full name, "refs/heads/main" */
	struct bytes name;	/**< without refs/heads/, refs/tags/, refs/deploy/ or refs/ */
	struct oid claimed_old; /**< what the pusher says it is */
	struct oid old;		/**< what the repository says; zero when there is none */
	struct oid new;		/**< zero: delete */
	enum update_kind kind;
	struct bytes alias; /**< for the target of a symbolic ref: the name that was pushed; else empty */
};

struct push {
	struct arena *arena;
	struct update *updates;
	size_t count;
	size_t room;
	struct map *places; /**< of each ref: its place in `updates`, plus one */
};

/**
 * Reads pre-receive's standard input from `fd` to its end: "<old> SP <new> SP <ref> LF" lines, at least one, ids of
 * exactly 40 lower-case hex digits, refnames by refname_problem(), no name twice (githooks(5), design 3.4). The whole
 * input is refused with one finding on its first fault (rule "push", undecided for I/O errors, enforce for bad input).
 * Returns whether it was read; `push` is only then complete. Fills ref, name, claimed_old, new.
 */
bool push_read(struct push *push, int fd, struct findings *findings);
/** The same for pre-push's lines, "<local ref> SP <local id> SP <remote ref> SP <remote id> LF", of which there may be
 * none. */
bool push_read_outgoing(struct push *push, int fd, struct findings *findings);
/** The same for update's three arguments. */
bool push_argument(struct push *push, const char *ref, const char *old, const char *new, struct findings *findings);
/** Appends an update of `ref` (borrowed) and fills in its name. */
struct update *push_add(struct push *push, struct bytes ref, const struct oid *claimed_old, const struct oid *new);
/** The update of `ref`, or NULL. */
const struct update *push_find(const struct push *push, struct bytes ref);

/**
 * Why `ref` is no acceptable full ref name, or NULL when it is one: git-check-ref-format(1), below "refs/", with a
 * second slash, valid UTF-8, no control, zero-width or bidirectional characters, at most 1,024 bytes, no component
 * starting with "-".
 */
const char *refname_problem(struct bytes ref);
/** What people and commands call a ref: a branch by its own name, "main"; a deploy "deploy/production/live"; any other
 * in full. */
struct bytes refname_short(struct bytes ref);
/** The full ref that such a name stands for. */
struct bytes refname_full(struct arena *arena, struct bytes name);
/** Whether `ref` is below refs/policy or refs/replace, where nobody pushes. */
bool refname_closed(struct bytes ref);
/** Whether `ref` is closed or a record (record_kind_of()): no section governs it, and it vouches for nothing. */
bool refname_reserved(struct bytes ref);

#endif
