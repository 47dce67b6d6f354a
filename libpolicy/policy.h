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
	const char *remote;  /**< a clone of the server, whose branches are in refs/remotes/<remote>/ here; NULL: it is
				here */
	const char *objects; /**< a directory with objects besides those of the repository */
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

/**
 * After one of those below: whether what it said is to be coloured on a terminal, by $NO_COLOR and as git's
 * configuration has it for the repository (color.policy, else color.ui). False where that cannot be told.
 */
bool policy_run_coloured(struct policy_run *run);

/** Each of these judges once and returns an exit code of design 3.1; ACCEPTED only after every update had its explicit
 * yes. */
enum policy_exit policy_judge_push(struct policy_run *run, int updates_fd);
enum policy_exit policy_judge_ref(struct policy_run *run, const char *ref, const char *old, const char *new);
/** One ref of a push that nobody has made; ids are full, zeros stand for none before or after. */
struct policy_move {
	const char *ref;
	const char *old; /**< what the server has there; NULL: as the repository tells */
	const char *new; /**< NULL: it is not pushed, and only told because it is something else here */
};
/**
 * What would happen if that were pushed: on the server (a bare repository, options.remote NULL) or in a clone of it, by
 * the same engine, in the same words. What only the server can know is left open, in findings that say so.
 * @param user who would push; NULL: in a clone as git config policy.user says, else it is left open.
 */
enum policy_exit policy_rehearse(struct policy_run *run, const struct policy_move *moves, size_t count,
				 const char *user);
/**
 * The same for the push that git is about to make to `remote`, a name or an address: pre-push's lines on `updates_fd`
 * (githooks(5)), when that is where the policy is from (git config policy.remote, default origin); any other is none of
 * ours, and so is every push where there is no policy. Nobody is stopped for what cannot be told here: it returns
 * ACCEPTED unless the server would refuse, and says what is open.
 */
enum policy_exit policy_rehearse_push(struct policy_run *run, const char *remote, int updates_fd);
/** The message file git hands to commit-msg; cleaned up as git will (githooks(5)). */
enum policy_exit policy_judge_message(struct policy_run *run, const char *path);
/** A finished message on file descriptor `fd`, judged as it stands. */
enum policy_exit policy_judge_text(struct policy_run *run, int fd);
/** Validates options.file or the layers in force, with warnings for what can never apply. ACCEPTED when it loads. */
enum policy_exit policy_check(struct policy_run *run);
/** The effective value of every key for `ref`, each with the file:line it came from. */
enum policy_exit policy_explain(struct policy_run *run, const char *ref);
/**
 * After a push: writes the account (what the account missed first), retires the approvals of heads that landed,
 * publishes refs/policy/current. The updates are pre-receive's lines on `updates_fd` (githooks(5), post-receive).
 * ACCEPTED when all of that is done; the refs have moved whatever it returns.
 */
enum policy_exit policy_receive(struct policy_run *run, int updates_fd);
/**
 * On the server: what policy_receive() would do for the updates that the account misses, of whatever ref, as far as
 * that can be told, what runs that died did not finish, and the policy published as it is now. On a `dry_run` only says
 * what is missed, and what triggers wait for.
 */
enum policy_exit policy_triggers(struct policy_run *run, bool dry_run);
/** After one of these two: the triggers that have something to be told, one after the other; NULL behind the last.
 * Valid until policy_run_free(). */
const char *policy_trigger_waiting(const struct policy_run *run, size_t index);
/**
 * Starts what the policy has a trigger run (`[trigger "name"] run`) for the oldest event that waits for it, and stays
 * until that is over. *ret_more is false when nothing waits any more, when it cannot go on, or when another run is at
 * it and `wait` is false: that one looks again before it ends.
 */
enum policy_exit policy_trigger(struct policy_run *run, const char *trigger, bool wait, bool *ret_more);
/** Which heads a move of `ref` from `old` to `new` lands, how, and from which branches; with every rule's word on it.
 */
enum policy_exit policy_explain_push(struct policy_run *run, const char *old, const char *new, const char *ref);
/**
 * What is still missing before `head` may land on `ref`, were it to land by `new`, a commit made for the purpose (NULL:
 * by fast-forward): every rule about landing, met or not, and whether `user` may push it (NULL: as policy_rehearse()).
 */
enum policy_exit policy_status(struct policy_run *run, const char *ref, const char *head, const char *new,
			       const char *user);
/** A record, by what its ref says (design 5). Ids are full; zeros stand for none. */
enum policy_record_kind {
	POLICY_APPROVAL,
	POLICY_CHECK,
	POLICY_GRANT,
};
struct policy_record {
	enum policy_record_kind kind;
	const char *target;    /**< approval, grant: the full ref */
	const char *commit;    /**< approval: the head; check: the commit */
	const char *old, *new; /**< grant */
	const char *name;      /**< approval, grant: of the user; check: its own */
	const char *result;    /**< check: what it said */
};
/** The name of its ref is the output. UNDECIDED, with the reason as output, when there can be none, or no such record.
 */
enum policy_exit policy_record_ref(struct policy_run *run, const struct policy_record *record);
/** The output says why the record, which is in the repository, counts for nothing as things are; or is empty. */
enum policy_exit policy_record_remark(struct policy_run *run, const struct policy_record *record);
/** The output is the lines that a signed one has in its message, below the first. UNDECIDED when the repository has no
 * name to be said there. */
enum policy_exit policy_record_statement(struct policy_run *run, const struct policy_record *record);
/** The output is a time as records write it ("2026-01-31T12:00:00Z"): `text` itself, the end of that day
 * ("2026-01-31"), or so long from now ("24h"). */
enum policy_exit policy_time(struct policy_run *run, const char *text);

/**
 * By which method `head`, which is the tip of `branch` (NULL: of none), is to land on `ref` (both full refs): the one
 * that *method names, else the best of those that `accept` takes, which is put there: "squash", "merge", "rebase" or
 * "fast-forward"; why as output. REJECTED where `accept` takes neither the branch so nor another whose tip it is.
 */
enum policy_exit policy_method(struct policy_run *run, const char *ref, const char *branch, const char *head,
			       const char **method);
/** There is nothing to judge: the output is the sentence that says so. */
enum policy_exit policy_nothing(struct policy_run *run, const char *sentence);
/** What the rules about commits say of those that `ref` would get by moving to `new`. */
enum policy_exit policy_commits(struct policy_run *run, const char *ref, const char *new);
/**
 * On the server: deletes approvals and checks of commits that no branch or tag holds any more, and grants that are
 * spent or have expired, and accounts for them; or, on a `dry_run`, only says which.
 */
enum policy_exit policy_prune(struct policy_run *run, bool dry_run);
/** What release notes are about. */
struct policy_range {
	const char *from;      /**< the commit they begin after, a full id; NULL: the last version that `to` contains */
	const char *from_name; /**< what it is called */
	const char *to;	       /**< a full id */
	const char *to_name;   /**< what it is called, with `from` NULL the tag of a version; NULL: nothing yet */
};
/** Release notes as Markdown, from conventional commits, in the sections of the policy; with options.json as JSON
 * lines.
 */
enum policy_exit policy_notes(struct policy_run *run, const struct policy_range *range);
/**
 * On the server: every branch that has landed somewhere and not everywhere it is owed to, and every grant that let
 * something pass. With options.json as JSON lines.
 */
enum policy_exit policy_debt(struct policy_run *run);
/**
 * Every rule with its keys and help, or, of the rules and keys called `name` (NULL: all), everything there is to know;
 * with options.json as JSON lines. UNDECIDED when there are none of that name, with the nearest as output.
 */
enum policy_exit policy_rules(struct policy_run *run, const char *name);
/** The one of `words` (NULL-ended; the first 64 are looked at) that somebody probably meant by `word`, or NULL. */
const char *policy_nearest(const char *word, const char *const *words);
/** Why the variable `name` cannot tell who pushes, as a policy's [identity] would be told; or NULL. */
const char *policy_variable_problem(const char *name);
/** A copy of `word` for a command that is shown to be pasted: as it is where no shell makes anything of it, else in
 * quotes. For free(); NULL without memory. */
char *policy_quote(const char *word);
/** A copy of `text` in which all that a terminal or a log could act on, line ends too, is shown as \xNN. For free();
 * NULL without memory. */
char *policy_escape(const char *text);

/** Where one policy in force wants its audit to be written ([audit]). */
struct policy_audit {
	const char *file; /**< absolute; NULL: none */
	bool syslog;	  /**< to syslog(3) as well */
	bool required;	  /**< what cannot be written to the file is not accepted */
};
#define POLICY_AUDIT_LINE 16384u /**< bytes in a line, its LF too */
#define POLICY_AUDITS 2		 /**< policies that may be in force */
/** Writes whole lines of JSON there. NULL when that is done, else why the file cannot be written. */
typedef const char *policy_auditor(void *context, const struct policy_audit *to, const char *lines, size_t len);
/**
 * Who writes what policy_judge_push() and policy_judge_ref() have judged, a line for every update, for each policy that
 * wants an audit, before they return: what cannot be written is told, and undecided where the audit is required.
 * Without an auditor nothing is written.
 */
void policy_run_auditor(struct policy_run *run, policy_auditor *write, void *context);

/** Where the policies in force at the repository want their audit; valid until policy_run_free(). */
enum policy_exit policy_audits(struct policy_run *run, struct policy_audit ret_audits[POLICY_AUDITS],
			       size_t *ret_count);
/** A file of an audit, open. */
struct policy_audit_file {
	const char *name;
	int fd;
};
/** Which lines are meant: those that agree with all that is not NULL. */
struct policy_audit_query {
	const char *ref;     /**< full, or as it is called for short */
	const char *user;    /**< as the policy knows them, or as the server's word for them was */
	const char *event;   /**< of a push */
	const char *verdict; /**< "accepted" …, "would-be-rejected", "would-be-undecided" */
	/** A time ("2026-01-31T12:00:00Z"), the beginning of a day ("2026-01-31"), or so long ago ("24h"); until is not
	 * included. */
	const char *since, *until;
};
/** Takes what is to be written next. */
typedef void policy_emit(void *context, const char *text, size_t len);
/** Hands the lines that are meant to `emit`, for people, with options.json as they are. What is no line is told. */
enum policy_exit policy_audit_show(struct policy_run *run, const struct policy_audit_query *query,
				   const struct policy_audit_file *files, size_t count, policy_emit *emit,
				   void *context);
/**
 * On the server: holds the files of an audit, in any order, against the account, the reflogs and the refs. REJECTED
 * when a ref moved without an accepted verdict; UNDECIDED when that could not be told, as of moves later than the last
 * line where `more` of the audit is there and not among the files; the output names them.
 */
enum policy_exit policy_audit_verify(struct policy_run *run, const struct policy_audit_file *files, size_t count,
				     bool more);

/** What came of one look at a repository. */
enum policy_mark {
	POLICY_WELL,
	POLICY_REMARK, /**< a warning: someone may want it so */
	POLICY_WRONG,
	POLICY_DOUBT, /**< it could not be told */
};
struct policy_look {
	const char *name; /**< what was looked at: "hooks" */
	enum policy_mark mark;
	const char *found; /**< a sentence */
	const char *fix;   /**< the command or edit that mends it; NULL: none */
};
/**
 * Tells what the caller's own looks at a repository came to, and looks at its policy and what that needs: on the server
 * files, account, programs; in a clone who its user is. REJECTED when something is wrong, UNDECIDED on doubt.
 */
enum policy_exit policy_examine(struct policy_run *run, const struct policy_look *looks, size_t count);
/** On the server: the variable that names the pusher, NULL when none does; valid until policy_run_free(). */
enum policy_exit policy_identity(struct policy_run *run, const char **ret_variable);

/** Seconds a run may take (`[policy] deadline`), known once the policy is loaded: 60 unless it says otherwise, 0 for
 * none. */
typedef void policy_deadline(void *context, unsigned seconds);
void policy_run_deadline(struct policy_run *run, policy_deadline *set, void *context);

/** Hears once a second of a run that takes longer than that: how many objects it has read, and since when it goes on.
 * Not where JSON is asked for. */
typedef void policy_progress(void *context, size_t objects, unsigned seconds);
void policy_run_progress(struct policy_run *run, policy_progress *tell, void *context);

#endif
