/* facts: lazy, memoised questions to the repository (or to a commit being made); the only way a rule learns about the
 * world. */
#ifndef POLICY_FACTS_H
#define POLICY_FACTS_H

#include "landing.h"
#include "marks.h"
#include "model.h"
#include "object.h"
#include "push.h"
#include "record.h"

struct account_line;
struct facts;
struct oids;

/** Three answers; not being able to tell is never folded into yes or no. */
enum answer {
	ANSWER_UNKNOWN, /**< facts_reason() says why */
	ANSWER_NO,
	ANSWER_YES,
};

/** What an id names in the end: tags are followed, at most 16 deep. */
struct target {
	enum object_type type;	 /**< of the id itself */
	enum object_type peeled; /**< of what it comes to */
	struct oid commit;	 /**< that commit, when peeled is OBJECT_COMMIT */
	bool too_deep;		 /**< a tag of a tag of … beyond the limit; then peeled is OBJECT_TAG */
};

/** Why the last answer was ANSWER_UNKNOWN: a sentence, never empty. */
const char *facts_reason(const struct facts *facts);

/** The pusher, or NULL: anonymous. `facts_user_claim` is the name the transport gave, empty for none. */
const struct user *facts_user(const struct facts *facts);
struct bytes facts_user_claim(const struct facts *facts);
/** The user with that e-mail address (compared without case), whichever layer names the people; or NULL. */
const struct user *facts_email(const struct facts *facts, struct bytes email);
/** Who is who, whichever layer says so; never NULL. */
const struct people *facts_people(const struct facts *facts);
/** Who pushes nobody says here, though the server will know: it is not that nobody does. */
bool facts_user_open(const struct facts *facts);
/** Whether this push was told ref by ref, as it would be made, and does not stand for a landing by anybody. */
bool facts_pushed(const struct facts *facts);
/** These are a clone's facts: the server's account is not there, and the clock is another one. */
bool facts_cloned(const struct facts *facts);

/** Whether the repository has no ref and no account of one, records aside, so that it may be filled (bootstrap): one
 * whose refs were all deleted is no new one. */
enum answer facts_untouched(struct facts *facts);
/** YES when some update of this push or the repository before it has `ref`; its value then in *ret_id. */
enum answer facts_ref(struct facts *facts, struct bytes ref, struct oid *ret_id);
/** What `id` names. YES, or UNKNOWN when an object is missing or broken. */
enum answer facts_target(struct facts *facts, const struct oid *id, struct target *ret_target);
/** Whether `ancestor` is reachable from `tip` (a commit reaches itself). */
enum answer facts_descends(struct facts *facts, const struct oid *tip, const struct oid *ancestor);
/**
 * Of the commits that have a mark, the one of the least value that a parent of `tip` reaches: YES with it, or NO. All
 * questions about the same marks together look at each commit once.
 */
enum answer facts_least_below(struct facts *facts, struct marks *marks, const struct oid *tip,
			      const struct mark **ret_mark);
/** Where what was made of answers about a section, and a push, is kept for who asks next: NULL at first. What is put
 * there has to last as long as the facts. */
void **facts_kept(struct facts *facts, const struct section *section, const struct push *push);
/** Whether a move keeps its old commit: old is reachable from new. */
enum answer facts_forward(struct facts *facts, const struct update *update);
/**
 * YES with a commit without parents that a move brings in (reachable from new, not from old): an unrelated history.
 */
enum answer facts_new_root(struct facts *facts, const struct update *update, struct oid *ret_root);
/**
 * The nearest commit on the first-parent line of `tip` that some trunk of `policy` (its value before the push) reaches:
 * YES with it in *ret_commit, NO when the line ends without one.
 */
enum answer facts_fork_point(struct facts *facts, const struct policy *policy, const struct oid *tip,
			     struct oid *ret_commit);

/** The server's clock (clock.h), read once a run. */
int64_t facts_now(struct facts *facts);
/**
 * When a commit first came to the repository, by any ref, and in *ret_user who pushed it (empty: nobody knows). NO: not
 * known, as on a clone.
 */
enum answer facts_arrival(struct facts *facts, const struct oid *commit, int64_t *ret_time, struct bytes *ret_user);
/** Calls `each` for what happened to `ref`, newest first, as account_read() does. YES, NO: nothing is known, UNKNOWN.
 */
enum answer facts_account(struct facts *facts, struct bytes ref,
			  bool (*each)(void *context, const struct account_line *line), void *context);
/** The refs below `prefix` ("refs/heads/fix/") and their values before the push; `each` returns false to stop. */
enum answer facts_refs_below(struct facts *facts, struct bytes prefix,
			     bool (*each)(void *context, struct bytes ref, const struct oid *id), void *context);
/** A file's content in the tree of a commit (arena): NO when there is none, UNKNOWN for what is no regular file or
 * larger than 4 MiB. */
enum answer facts_file(struct facts *facts, const struct oid *commit, struct bytes path, struct bytes *ret_content);
/**
 * The paths of files that differ between the trees of two commits, no renames, in the order of git's trees; that of a
 * submodule ends in a slash, since it is a folder to whoever checks it out.
 */
enum answer facts_changed(struct facts *facts, const struct oid *from, const struct oid *to,
			  const struct bytes **ret_paths, size_t *ret_count);
/** A commit of the repository, parsed strictly into the arena. YES, or UNKNOWN. */
enum answer facts_commit(struct facts *facts, const struct oid *id, const struct commit **ret_commit);
/** A tag object and its raw bytes (arena): NO when `id` is no tag, UNKNOWN when it cannot be read or is malformed. */
enum answer facts_tag(struct facts *facts, const struct oid *id, const struct tag **ret_tag, struct bytes *ret_raw);
/** The commits reachable from `tip` and from none of `hidden`, newest first, as history_without() finds them. */
enum answer facts_outside(struct facts *facts, const struct oid *tip, const struct oids *hidden,
			  const struct oid **ret_ids, size_t *ret_count);

/**
 * Every way to see the steps of an update of a branch that `section` governs: from O to N, or for a create or a rewrite
 * from the nearest trunk commit on N's first-parent line. `*ret_length` is the number of commits on the line. YES; NO
 * when there is no line: a create that meets no trunk, a delete, what is no commit; UNKNOWN. Of a deploy ref there is
 * one way to see it, LANDING_DEPLOY, from nowhere to the commit that its tag comes to.
 */
enum answer facts_landings(struct facts *facts, const struct policy *policy, const struct section *section,
			   const struct update *update, enum landing_look look, const struct landing **ret_landings,
			   size_t *ret_count, size_t *ret_length);
/** Whether `head` has landed on `ref`: its value before the push reaches it, or the account says so. */
enum answer facts_landed(struct facts *facts, struct bytes ref, const struct oid *head);
/** The trunks (full refs) that a branch was created from: by the account, else as the trunks are now. */
enum answer facts_created_from(struct facts *facts, const struct policy *policy, struct bytes ref,
			       const struct oid *tip, const struct bytes **ret_trunks, size_t *ret_count);

/**
 * What the object `id`, at the ref of `record`, says. YES with its value, which is NULL for an approval by the bare
 * commit; or with a sentence in *ret_problem that says why it cannot count. UNKNOWN when the object cannot be read.
 */
enum answer facts_record(struct facts *facts, const struct record *record, const struct oid *id,
			 struct record_value **ret_value, const char **ret_problem);
/** Whether the server had an object before the push; where it cannot tell old from new (no quarantine): has it now. Of
 * a clone's server: whether one of its refs, as fetched, reaches the commit. */
bool facts_stored(struct facts *facts, const struct oid *id);
/** Whether facts_stored() goes by a clone's other refs than the server's branches, such as tags, which may be its own
 * alone. */
bool facts_stored_open(struct facts *facts, const struct oid *id);
/** Whether some layer's section for `ref` says `key`: records for what nobody asks for are refused. */
bool facts_asked(const struct facts *facts, struct bytes ref, const char *key);

/** One person's recorded word on a head, as it was before the push. */
struct opinion {
	struct bytes name;	 /**< as the record's name says */
	const struct user *user; /**< NULL: nobody the policy knows */
	bool rejects;
	struct bytes reason;
	struct bytes ref;	    /**< of the record */
	const char *malformed;	    /**< why it cannot count, used up by a landing too, or NULL */
	struct record_value *value; /**< NULL: the bare commit */
};
/** Everything said of landing `head` on `target` (full ref). YES, perhaps with none. */
enum answer facts_opinions(struct facts *facts, struct bytes target, const struct oid *head,
			   const struct opinion **ret_opinions, size_t *ret_count);
/** The heads that approvals for `target` speak of. */
enum answer facts_opined(struct facts *facts, struct bytes target, const struct oid **ret_heads, size_t *ret_count);

/** What a check said of a commit, before the push. */
struct check_result {
	struct record_value *value;
	int64_t time;	       /**< when it was recorded, by the account; 0: not known */
	const char *malformed; /**< why it cannot count, or NULL */
};
/** The result of check `name` on `commit`: NO when there is none. */
enum answer facts_check(struct facts *facts, const struct oid *commit, struct bytes name,
			struct check_result *ret_result);

/** Why somebody's approval of a landing does not count: "author of 3f2c1ab", "pushed 3f2c1ab". */
struct contributor {
	const struct user *user;
	const char *role;
};
/**
 * Who made or pushed what lands: authors, committers and pushers of the commits of `landing`'s head that no branch with
 * an `approvals` rule had before the push (design 4.5); of a deploy, who asks for it. `*ret_unknown` is true when
 * nobody knows who pushed some.
 */
enum answer facts_contributors(struct facts *facts, const struct policy *policy, const struct landing *landing,
			       const struct contributor **ret_contributors, size_t *ret_count, bool *ret_unknown);

/** The grants for exactly this update by people of `who`, unexpired, unspent, by somebody else than the pusher. */
struct grant {
	const struct user *user;
	struct bytes reason;
	int64_t expires;
	struct bytes ref;
};
/** YES with one that counts; NO, with in *ret_why a sentence on those that do not (NULL: there is none). */
enum answer facts_grant(struct facts *facts, const struct section *section, const struct update *update,
			struct grant *ret_grant, const char **ret_why);

/** What a signature says (design 5, facts on signatures). */
enum signature {
	SIGNATURE_NONE,
	SIGNATURE_BAD, /**< not valid, not by one of `signers`, or not exactly one; facts_reason() says which */
	SIGNATURE_GOOD,
};
/**
 * Verifies an armoured ssh or OpenPGP `signature` over `payload` against `[identity] signers`; GOOD with the user whose
 * key it is (NULL: a key whose principal is no user). UNKNOWN when the verifier could not be run to its end.
 */
enum answer facts_signature(struct facts *facts, struct bytes payload, struct bytes signature,
			    enum signature *ret_signature, const struct user **ret_user);
/** The repository's own name in signed records: 32 hex digits; NO when it has none. */
enum answer facts_repository(struct facts *facts, struct bytes *ret_name);

/** A file that a commit has and none of its parents has so: another content, kind or name. */
struct added {
	struct bytes path;
	unsigned mode; /**< 0100644, 0100755, 0120000 (a symbolic link), 0160000 (a submodule) */
	struct oid id; /**< of the blob; of a commit elsewhere for a submodule */
};
/** The size of an object in bytes, from its header alone. YES or UNKNOWN. */
enum answer facts_size(struct facts *facts, const struct oid *id, size_t *ret_size);
/** The content of a blob, valid until the next question for one. YES or UNKNOWN. */
enum answer facts_blob(struct facts *facts, const struct oid *id, struct bytes *ret_content);
/** What the tree of `commit` has at `path`: NO when nothing. */
enum answer facts_entry(struct facts *facts, const struct oid *commit, struct bytes path, unsigned *ret_mode,
			struct oid *ret_id);
/** A folder of a commit. */
struct added_folder {
	const struct added_folder *next;
	const struct added_folder *in; /**< NULL: it is the top */
	struct bytes name;	       /**< empty: it is the top */
	struct oid tree;
	size_t path_len; /**< of its path, with "/" behind each name */
};
/** The folders of `commit` that none of its parents has so (with `whole`: all there are), the top first; valid as long
 * as what it adds. YES or UNKNOWN. */
enum answer facts_folders(struct facts *facts, const struct commit *commit, bool whole,
			  const struct added_folder **ret_folders);
/** The names in the folder `tree`, valid as long as what a commit adds. YES or UNKNOWN. */
enum answer facts_names(struct facts *facts, const struct oid *tree, const struct bytes **ret_names, size_t *ret_count);
/** The id that git would give these bytes as a blob (git-hash-object(1)). */
struct oid facts_hash(struct facts *facts, struct bytes content);

/**
 * Since when the deploy ref `ref` holds `commit`, without a break, by the account; what is told before `after` does not
 * count. YES; NO when it holds another commit or none, or has only since before `after`; UNKNOWN. On a client, where
 * there is no account, *ret_since is INT64_MIN.
 */
enum answer facts_held(struct facts *facts, struct bytes ref, const struct oid *commit, int64_t after,
		       int64_t *ret_since);
/** Whether the deploy ref ever held `commit`, before the push, by the account or now. */
enum answer facts_deployed(struct facts *facts, struct bytes ref, const struct oid *commit);
/** When `ref` last moved, by the account. NO: never, or nobody knows. */
enum answer facts_moved(struct facts *facts, struct bytes ref, int64_t *ret_time);
/** A commit's latest stay on a branch, by the account: from the update that brought it to the one that took it away. */
struct stay {
	int64_t since; /**< INT64_MAX: it never was there */
	int64_t until; /**< INT64_MAX: it is there */
};
/**
 * The stays of distinct `commits` on the branch `ref` (full name), in the arena. What the branch had when the account
 * begins came then. The search for a commit ends where its stay is known to have lasted longer than `enough` seconds:
 * it may have begun earlier then. YES, NO: there is no account (a clone), UNKNOWN.
 */
enum answer facts_stays(struct facts *facts, struct bytes ref, const struct oid *commits, size_t count, int64_t enough,
			const struct stay **ret_stays);
/**
 * The refs by which a commit came to the repository: the one it first arrived at; or, where the update that brought it
 * did nothing but land heads there, the branches that those came from. NO: not known.
 */
enum answer facts_came_by(struct facts *facts, const struct oid *commit, const struct bytes **ret_refs,
			  size_t *ret_count);

/** Why the form of a commit's message may be spared. */
enum exemption {
	EXEMPT_NOT,
	/**
	 * it brings in history: two or more parents, the later ones not reachable from the first; where one of them
	 * reaches the first, as with git merge --no-ff, its tree is that parent's
	 */
	EXEMPT_MERGE,
	/** proved: its tree is the inverse of the commit it names, applied to its parent, and another than its parent's
	 */
	EXEMPT_REVERT,
	EXEMPT_LIKELY, /**< only on a client: git's own generated subject; the server decides by the commit */
};
/** YES with the commit that `commit` undoes, proved (EXEMPT_REVERT); NO when it is no revert. */
enum answer facts_reverts(struct facts *facts, const struct commit *commit, struct oid *ret_reverted);
/** Tells which; UNKNOWN when it could not be worked out. */
enum answer facts_exempt(struct facts *facts, const struct commit *commit, enum exemption *ret_exemption);

#endif
