/* spool: what triggers have yet to be told, on disk, so that no crash loses it: files in policy/spool/, in the order in
 * which things happened. */
#ifndef POLICY_SPOOL_H
#define POLICY_SPOOL_H

#include <limits.h>
#include <stdint.h>

#include "facts.h"

/** The spool of one repository; no call holds anything foreign when it returns, locks aside. */
struct spool {
	struct arena *arena;
	struct bytes git_dir;
	const char *problem; /**< why the last call failed: a sentence */
};

/** Where an update waits until the account has it; no trigger is called that. */
#define SPOOL_PENDING BYTES("")
#define SPOOL_FOREVER UINT_MAX

/** What happened to one ref. */
struct spool_entry {
	struct bytes name;  /**< later ones have greater names */
	struct bytes line;  /**< of the account, with its LF */
	struct bytes ref;   /**< which it tells of */
	struct bytes event; /**< a JSON object, with its LF */
};

/**
 * Takes the lock of a trigger's queue, or with SPOOL_PENDING the one under which updates are written down; waits so
 * many seconds until it is free, perhaps SPOOL_FOREVER. It is held until spool_unlock() or the end of the process. YES
 * with the descriptor in *ret_lock
 * (-1 else); NO: another run has it; UNKNOWN.
 */
enum answer spool_lock(struct spool *spool, struct bytes queue, unsigned seconds, int *ret_lock);
void spool_unlock(int *lock);

/** Puts an entry, whole, among those pending; under their lock, of which `lock` is the descriptor. Fills in its name.
 */
bool spool_put(struct spool *spool, int lock, int64_t now, struct spool_entry *entry);
/** Adds a pending entry to the queue of a trigger, also when it is there already. */
bool spool_queue(struct spool *spool, struct bytes name, struct bytes trigger);
/** The names in a queue, or of those pending: oldest first. */
bool spool_list(struct spool *spool, struct bytes queue, struct bytes **ret_names, size_t *ret_count);
/** Reads one of them. NO: it is not there. */
enum answer spool_read(struct spool *spool, struct bytes queue, struct bytes name, struct spool_entry *ret_entry);
/** The event id in its line. */
struct bytes spool_event(const struct spool_entry *entry);
/** The time in its line, as it stands there. */
struct bytes spool_time(const struct spool_entry *entry);
/** Removes one, which need not be there. */
bool spool_remove(struct spool *spool, struct bytes queue, struct bytes name);
/** The triggers that have a queue, empty or not. */
bool spool_triggers(struct spool *spool, struct bytes **ret_triggers, size_t *ret_count);

#endif
