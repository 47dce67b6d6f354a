/* policy: the library's one public face: judge a push, a ref, a message; check and explain a policy. It never prints,
 * exits or logs. */
#ifndef POLICY_H
#define POLICY_H

#include <stdbool.h>
#include <stddef.h>

/** One run: its memory, its findings, its output. */
struct policy_run;

/** Where things are when the environment does not say. All may be NULL. */
struct policy_options {
	const char *git_dir; /**< the repository; NULL: $GIT_DIR, else found upwards from the working directory */
	const char *file;    /**< a policy file to use alone, instead of the layers the repository has */
	bool json;	     /**< findings as JSON lines, as the push option policy.format=json asks */
};

/** Exit codes of everything that judges (design 3.1). */
enum policy_exit {
	POLICY_ACCEPTED = 0,
	POLICY_REJECTED = 1,
	POLICY_UNDECIDED = 2,
};

/** A new run, or NULL without memory (which callers may pass on: it is undecided). Freed by policy_run_free(). */
struct policy_run *policy_run_new(const struct policy_options *options);
void policy_run_free(struct policy_run *run);
/** What there is to say, for standard error (judging) or standard output (check, explain, rules); valid until
 * policy_run_free(). */
const char *policy_run_output(const struct policy_run *run, size_t *ret_len);

/** Each of these judges once and returns an exit code of design 3.1; ACCEPTED only after every update had its explicit
 * yes. */
enum policy_exit policy_judge_push(struct policy_run *run, int updates_fd);
enum policy_exit policy_judge_ref(struct policy_run *run, const char *ref, const char *old, const char *new);
/** The message file git hands to commit-msg; cleaned up as git will (githooks(5)). */
enum policy_exit policy_judge_message(struct policy_run *run, const char *path);
/** A finished message on file descriptor `fd`, judged as it stands. */
enum policy_exit policy_judge_text(struct policy_run *run, int fd);
/** Validates options.file or the layers in force, with warnings for what can never apply. ACCEPTED when it loads. */
enum policy_exit policy_check(struct policy_run *run);
/** The effective value of every key for `ref`, each with the file:line it came from. */
enum policy_exit policy_explain(struct policy_run *run, const char *ref);
/** Every rule with its keys and help. */
enum policy_exit policy_rules(struct policy_run *run);

/** Seconds a run may take (`[policy] deadline`), known once the policy is loaded: 60 unless it says otherwise, 0 for
 * none. */
typedef void policy_deadline(void *context, unsigned seconds);
void policy_run_deadline(struct policy_run *run, policy_deadline *set, void *context);

#endif
