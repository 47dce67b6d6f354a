/* runscenes: what may be asked of a server on which much has happened, and of a clone of it, and what comes of it. */
#ifndef TEST_RUNSCENES_H
#define TEST_RUNSCENES_H

#include "runworld.h"

/** A run: what is asked of the library, and what it comes to. */
struct scene {
	const char *name;
	enum policy_exit (*act)(struct policy_run *run, const struct scene *scene);
	enum policy_exit exit;
	const char *said;		  /**< a part of it */
	const struct runworld_move *move; /**< what it is about; or, by the names of commits: */
	const char *ref, *head, *old, *new;
	const char *user;
	bool json;
	bool clone; /**< not on the server */
	bool warns; /**< of what it cannot look at, and goes on */
	bool lets;  /**< nobody is stopped for what it cannot tell, and it says so */
	int fd;	    /**< git's line for the move, else the audit's file */
};

static inline enum policy_exit scene_judge(struct policy_run *run, const struct scene *scene)
{
	return policy_judge_push(run, scene->fd);
}

static inline enum policy_exit scene_receive(struct policy_run *run, const struct scene *scene)
{
	return policy_receive(run, scene->fd);
}

static inline enum policy_exit scene_complete(struct policy_run *run, const struct scene *scene)
{
	(void)scene;
	return policy_triggers(run, false);
}

static inline enum policy_exit scene_triggers(struct policy_run *run, const struct scene *scene)
{
	(void)scene;
	return policy_triggers(run, true);
}

static inline enum policy_exit scene_prune(struct policy_run *run, const struct scene *scene)
{
	(void)scene;
	return policy_prune(run, true);
}

static inline enum policy_exit scene_trigger(struct policy_run *run, const struct scene *scene)
{
	bool more;

	return policy_trigger(run, scene->user, false, &more);
}

static inline enum policy_exit scene_debt(struct policy_run *run, const struct scene *scene)
{
	(void)scene;
	return policy_debt(run);
}

static inline enum policy_exit scene_notes(struct policy_run *run, const struct scene *scene)
{
	return policy_notes(run, &(struct policy_range){.from = scene->old,
							.from_name = scene->old ? "v0.9.0" : NULL,
							.to = scene->new,
							.to_name = "v1.0.0"});
}

static inline enum policy_exit scene_rehearse(struct policy_run *run, const struct scene *scene)
{
	return policy_rehearse(run, &(struct policy_move){scene->ref, scene->old, scene->new}, 1, scene->user);
}

static inline enum policy_exit scene_outgoing(struct policy_run *run, const struct scene *scene)
{
	return policy_rehearse_push(run, scene->ref, scene->fd);
}

static inline enum policy_exit scene_status(struct policy_run *run, const struct scene *scene)
{
	return policy_status(run, scene->ref, scene->head, scene->new, scene->user);
}

static inline enum policy_exit scene_method(struct policy_run *run, const struct scene *scene)
{
	const char *method = NULL;

	return policy_method(run, scene->ref, "refs/heads/release/v1.0.0", scene->head, &method);
}

static inline enum policy_exit scene_commits(struct policy_run *run, const struct scene *scene)
{
	return policy_commits(run, scene->ref, scene->new);
}

static inline enum policy_exit scene_explain(struct policy_run *run, const struct scene *scene)
{
	return policy_explain(run, scene->ref);
}

static inline enum policy_exit scene_explain_push(struct policy_run *run, const struct scene *scene)
{
	return policy_explain_push(run, scene->old, scene->new, scene->ref);
}

static inline enum policy_exit scene_check(struct policy_run *run, const struct scene *scene)
{
	(void)scene;
	return policy_check(run);
}

static inline enum policy_exit scene_examine(struct policy_run *run, const struct scene *scene)
{
	(void)scene;
	return policy_examine(run, NULL, 0);
}

/* With an old value a grant, with a ref an approval, else a check. */
static inline struct policy_record scene_record(const struct scene *scene)
{
	return (struct policy_record){
		.kind = scene->old   ? POLICY_GRANT
			: scene->ref ? POLICY_APPROVAL
				     : POLICY_CHECK,
		.target = scene->ref,
		.commit = scene->head,
		.old = scene->old,
		.new = scene->new,
		.name = scene->user,
	};
}

static inline enum policy_exit scene_remark(struct policy_run *run, const struct scene *scene)
{
	const struct policy_record record = scene_record(scene);

	return policy_record_remark(run, &record);
}

static inline enum policy_exit scene_statement(struct policy_run *run, const struct scene *scene)
{
	const struct policy_record record = scene_record(scene);

	return policy_record_statement(run, &record);
}

/* Whether it is coloured is the verdict. */
static inline enum policy_exit scene_coloured(struct policy_run *run, const struct scene *scene)
{
	(void)scene;
	if (policy_check(run) != POLICY_ACCEPTED)
		return POLICY_UNDECIDED;
	return policy_run_coloured(run) ? POLICY_ACCEPTED : POLICY_REJECTED;
}

static inline void scene_emit(void *context, const char *text, size_t len)
{
	(void)text;
	*(size_t *)context += len;
}

/* Of so many bytes that there is anything is the verdict. */
static inline enum policy_exit scene_show(struct policy_run *run, const struct scene *scene)
{
	const struct policy_audit_query query = {.user = scene->user, .ref = scene->ref, .since = "2026-03-01"};
	const struct policy_audit_file file = {"audit.log", scene->fd};
	size_t len = 0;
	enum policy_exit verdict = policy_audit_show(run, &query, &file, 1, scene_emit, &len);

	return verdict == POLICY_ACCEPTED && !len ? POLICY_REJECTED : verdict;
}

static inline enum policy_exit scene_verify(struct policy_run *run, const struct scene *scene)
{
	return policy_audit_verify(run, &(struct policy_audit_file){"audit.log", scene->fd}, 1, false);
}

static inline enum policy_exit scene_message(struct policy_run *run, const struct scene *scene)
{
	return policy_judge_message(run, scene->ref);
}

static inline enum policy_exit scene_text(struct policy_run *run, const struct scene *scene)
{
	return policy_judge_text(run, scene->fd);
}

#endif
