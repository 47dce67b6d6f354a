/* fake_facts: facts without a repository: every question gets the answer the test set. */
#ifndef TESTS_FAKE_FACTS_H
#define TESTS_FAKE_FACTS_H

#include "account.h"
#include "facts.h"
#include "history.h"

/** A ref the imagined repository has after the push. */
struct fake_ref {
	struct bytes name;
	struct oid id;
};

/** A file in the tree of a commit. */
struct fake_file {
	struct oid commit;
	struct bytes path;
	struct bytes content;
};

/** The result of a check. */
struct fake_check {
	struct oid commit;
	struct bytes name;
	struct check_result result;
};

/** How a commit came. */
struct fake_arrival {
	struct oid commit;
	int64_t time;
	struct bytes user;
};

/** What has landed on a ref. */
struct fake_landed {
	struct bytes ref;
	struct oid head;
};

/** What happened to a ref, newest first. */
struct fake_account {
	struct bytes ref;
	const struct account_line *lines;
	size_t line_count;
};

/** A blob, or the entry of a tree that names it. */
struct fake_blob {
	struct oid id;
	struct bytes content;
};

/** What the tree of a commit has at a path. */
struct fake_entry {
	struct oid commit;
	struct bytes path;
	unsigned mode;
	struct oid id;
};

/** What a deploy ref holds, or held. */
struct fake_held {
	struct bytes ref;
	struct oid commit;
	int64_t since;
	bool past; /**< it held it, and does no more */
};

/** How long a commit was on any branch, and by which ref it came. */
struct fake_stay {
	struct oid commit;
	struct stay stay;
	struct bytes came_by; /**< empty: not known */
};

/** All zero: a server, an anonymous pusher, and ANSWER_UNKNOWN to every other question. */
struct facts {
	const char *reason; /**< NULL: a fixed sentence */
	void *kept;	    /**< see facts_kept(); by all sections */
	const struct user *user;
	struct bytes claim;
	bool user_open;
	bool cloned;
	const struct user *users; /**< whom facts_email() knows */
	size_t user_count;
	const struct people *people; /**< facts_people(); facts_email() does not look here */
	const struct fake_ref *refs;
	size_t ref_count;
	bool refs_unknown; /**< facts_ref() cannot tell */
	enum answer target_answer;
	struct target target;
	bool targets_itself; /**< every id is that of a commit, whatever `target` says */
	enum answer descends;
	const struct oid *ancestors; /**< NULL: `descends`; else whatever the tip, YES for these and NO for others */
	size_t ancestor_count;
	enum answer forward;
	enum answer new_root;
	struct oid root;
	enum answer untouched;
	enum answer fork_point;
	struct oid fork_commit;
	enum answer exempt;
	enum exemption exemption;
	int64_t now;
	const struct account_line *lines; /**< newest first, whatever the ref */
	size_t line_count;
	enum answer account;
	const struct fake_account *accounts; /**< NULL: `lines` and `account`; else NO for what is not among them */
	size_t account_count;
	const struct fake_arrival *arrivals;
	size_t arrival_count;
	bool arrivals_unknown;
	const struct fake_file *files;
	size_t file_count;
	bool files_unknown;
	enum answer changed; /**< for all pairs of commits alike */
	const struct bytes *changed_paths;
	size_t changed_count;
	const struct commit *commits; /**< facts_commit() */
	size_t commit_count;
	enum answer outside;
	const struct oid *outside_ids;
	size_t outside_count;
	enum answer landings;
	const struct landing *landing_list;
	size_t landing_count;
	size_t landing_length;
	enum landing_look landing_look; /**< the first look that finds any of them */
	bool landings_lost;		/**< the last look cannot tell */
	enum answer landed;
	const struct fake_landed *landed_list; /**< NULL: `landed`; else NO for what is not on the list */
	size_t landed_count;
	enum answer created_from;
	const struct bytes *created_trunks;
	size_t created_count;
	enum answer record; /**< of every record alike */
	struct record_value *record_value;
	const char *record_problem;
	bool stored;	      /**< facts_stored(), of every object alike */
	struct bytes asked;   /**< the one ref of which facts_asked() */
	enum answer opinions; /**< of every head alike */
	const struct opinion *opinion_list;
	size_t opinion_count;
	const struct oid *opined_heads;
	size_t opined_count;
	const struct fake_check *checks;
	size_t check_count;
	bool checks_unknown;
	enum answer contributors;
	const struct contributor *contributor_list;
	size_t contributor_count;
	bool contributors_unknown;
	size_t contributors_asked; /* how often */
	enum answer grant;
	struct grant grant_found;
	const char *grant_why;
	enum answer tag;   /**< of every id but `tagged` */
	struct oid tagged; /**< no tag itself; zero: there is none */
	struct tag tag_found;
	struct bytes tag_raw;
	enum answer signature;
	enum signature signature_found;
	const struct user *signature_user;
	enum answer repository;
	struct bytes repository_name;
	enum answer reverts;
	struct oid reverted;
	const struct fake_blob *blobs; /**< facts_blob(), facts_size(); UNKNOWN for what is not among them */
	size_t blob_count;
	const struct fake_entry *entries; /**< facts_entry(), facts_names(): NO for what is not among them */
	size_t entry_count;
	bool entries_unknown;
	bool names_unknown;	      /* of a folder that is there */
	const struct fake_held *held; /**< facts_held(), facts_deployed(), facts_moved() */
	size_t held_count;
	bool held_unknown;
	const struct fake_stay *stays; /**< facts_stays(): what is not among them never was there; facts_came_by() */
	size_t stay_count;
	enum answer stays_answer; /**< when there are none */
};

#endif
