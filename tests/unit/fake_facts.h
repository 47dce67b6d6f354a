/* fake_facts: facts without a repository: every question gets the answer the test set. */
#ifndef TESTS_FAKE_FACTS_H
#define TESTS_FAKE_FACTS_H

#include "facts.h"

/** A ref the imagined repository has after the push. */
struct fake_ref {
	struct bytes name;
	struct oid id;
};

/** All zero: a server, an anonymous pusher, and ANSWER_UNKNOWN to every other question. */
struct facts {
	const char *reason; /**< NULL: a fixed sentence */
	const struct user *user;
	struct bytes claim;
	bool on_client;
	const struct user *users; /**< whom facts_email() knows */
	size_t user_count;
	const struct fake_ref *refs;
	size_t ref_count;
	bool refs_unknown; /**< facts_ref() cannot tell */
	enum answer target_answer;
	struct target target;
	enum answer descends;
	enum answer forward;
	enum answer new_root;
	struct oid root;
	enum answer fork_point;
	struct oid fork_commit;
	enum answer exempt;
	enum exemption exemption;
};

#endif
