/* run: the state of one run, shared by the files that implement policy.h. */
#ifndef POLICY_RUN_H
#define POLICY_RUN_H

#include "findings.h"
#include "gather.h"
#include "model.h"
#include "policy.h"
#include "progress.h"
#include "push.h"
#include "repo.h"

#define RUN_DEADLINE_SECONDS 60u
/* What is to be known of a run that could not do all that follows a push. */
#define RUN_LATER "the refs have moved, and the next run completes their account"

struct policy_run {
	struct arena *arena;
	const char *name; /* what its own findings are called: "push", "check-message" */
	struct policy_options options;
	policy_deadline *deadline;
	void *deadline_context;
	policy_auditor *auditor;
	void *auditor_context;
	struct progress progress;
	const char *hook; /* whose judgements are audited; NULL: nobody's */
	struct repo *repo;
	struct layers layers;
	struct push *push;   /* what is judged, as far as it could be read */
	struct facts *facts; /* about that; NULL: not yet */
	struct findings findings;
	struct buffer output;
	bool told;	      /* the output is whole: what was found is in it already */
	int lock;	      /* see spool_lock(); -1: none is held */
	const char **waiting; /* triggers that have something to be told, NULL-ended; NULL: none */
	bool moved;	      /* what it is about has happened, whatever comes of the run */
	const char *plain;    /* said instead of the output when there was no memory for one */
};

/**
 * Runs `work` where memory may run out: that is undecided, like everything `work` could not do. `work` returns whether
 * it judged to the end; the findings and that decide the exit code, and are rendered into the output. `name` is what
 * the run's own findings are called.
 */
enum policy_exit run_judge(struct policy_run *run, const char *name,
			   bool (*work)(struct policy_run *run, void *context), void *context);
/** What cannot be asked for is no judgement: says so of `text` as the caller's own complaints are said, and what to
 * write instead (may be NULL); false. */
bool run_refuse(struct policy_run *run, const char *what, const char *text, const char *fix);
/** Opens the repository into run->repo; false with a finding. */
bool run_open(struct policy_run *run, bool client);
/** Loads what is in force there into run->layers: a bare repository has its server's layers, a clone its own. */
bool run_layers(struct policy_run *run);
/** The same for options.file, when there is one: a policy to use alone. */
bool run_load(struct policy_run *run);
/** Judges a push by these facts, under each layer; its updates are complete. Writes what the rules say unless JSON is
 * asked for. */
void run_tell(struct policy_run *run, const struct push *push, struct facts *facts);
/**
 * The facts of a push by whoever the one configured variable names; everything else in the environment is no identity
 * (design 3.8).
 */
struct facts *run_facts(struct policy_run *run);
/** Says who would push: `name` or, when that is NULL, in a clone, git config policy.user. False with a finding. */
bool run_say_pusher(struct policy_run *run, const char *name, struct facts *facts);
/** Sets the shortest deadline a layer asks for; none while an empty repository is being filled. */
void run_limit(struct policy_run *run, struct facts *facts);
/** Reads what a caller says of a record; false with a finding. */
bool run_record(struct policy_run *run, const struct policy_record *from, struct record *ret_record);
/** Adds to the push the move of `ref` to `new` from where it is now; false with a finding. */
bool run_update(struct policy_run *run, const char *ref, const char *new, struct push *push);
/** Looks which triggers wait; false with a finding. */
bool run_waiting(struct policy_run *run);
/** Whether the repository is where it is served; false with a finding. */
bool run_server(struct policy_run *run);
/** Where a section [audit] says; in the arena. */
struct policy_audit run_audit_place(const struct policy_run *run, const struct section *section);
/** Says how the audit at the absolute path `file`, which cannot be written, becomes writable, as far as can be seen. */
void run_audit_fix(struct policy_run *run, struct finding *finding, const char *file);
/** Warns of programs and audits that the policy names and that are not there, or not to be used; on the server. */
void run_places(struct policy_run *run, const struct policy *policy);
/** Hands whole lines of JSON to the auditor, for every policy that wants an audit. What cannot be written becomes a
 * finding: undecided where the audit is required, else a warning. */
void run_audit_write(struct policy_run *run, struct bytes lines);
/** Has the audit written of what was judged, which came to `verdict`. */
void run_audit(struct policy_run *run, enum policy_exit verdict);
/** Reads `fd` to its end, at most `max` bytes; false with a finding. `what` names it. */
bool run_read(struct policy_run *run, int fd, const char *what, size_t max, struct bytes *ret_content);

#endif
