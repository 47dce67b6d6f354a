/* test: what would happen if this were pushed: refspecs as git push takes them, judged as the server's hook would. */
#include "git.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEADS "refs/heads/"
#define TAGS "refs/tags/"
#define NONE "0000000000000000000000000000000000000000"

/* What is asked about, and what of the server is known. */
struct asking {
	struct git git;
	const char *there; /* "<id> TAB <ref>" a line, all that the server has; NULL: what was fetched has to do */
	struct policy_move *moves;
	size_t count;
};

static bool starts(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* The line of `ref` in what the server has, or NULL. */
static const char *line_of(const char *there, const char *ref)
{
	size_t len = strlen(ref);

	for (const char *at = there; (at = strstr(at, ref)); at += len)
		if (at > there && at[-1] == '\t' && (at[len] == '\n' || !at[len])) {
			while (at > there && at[-1] != '\n')
				at--;
			return at;
		}
	return NULL;
}

/* What the server has at a ref; NULL: nothing. */
static const char *value_there(struct asking *asking, const char *ref)
{
	struct git *git = &asking->git;

	if (!asking->there)
		return git_read(git, "rev-parse", "--verify", "--quiet", "--end-of-options", git_tracking(git, ref),
				NULL);
	const char *line = line_of(asking->there, ref);

	return line ? git_text(git, "%.*s", (int)strcspn(line, "\t"), line) : NULL;
}

/* Learns what there is: from the server itself, or from what was fetched. */
static bool look(struct asking *asking)
{
	struct git *git = &asking->git;

	if (!git_remote(git) || !git_fetch(git))
		return false;
	if (!git->remote || git->call->offline)
		return true;
	asking->there = git_read(git, "ls-remote", "--refs", "--quiet", git->remote, NULL);
	if (!asking->there)
		command_refuse("--offline goes by what was fetched before", "cannot ask %s what it has", git->remote);
	return asking->there;
}

/* Tags that are here only are none of the server's. */
static bool add_tags(struct asking *asking)
{
	struct git *git = &asking->git;
	const char *here = git_read(git, "for-each-ref", "--format=%(refname)", TAGS, NULL);

	for (const char *next = asking->there && here ? here : ""; *next; next += strspn(next, "\n")) {
		const char *ref = git_line(git, next);

		next += strlen(ref);
		if (line_of(asking->there, ref))
			continue;
		struct policy_move *moves = reallocarray(asking->moves, asking->count + 1, sizeof(*moves));

		if (!moves)
			return false;
		asking->moves = moves;
		moves[asking->count++] = (struct policy_move){.ref = ref, .old = NONE};
	}
	return true;
}

static const char *refuse_source(struct asking *asking, const char *source)
{
	struct git *git = &asking->git;
	const char *copy = git_tracking(git, git_ref(git, source));

	if (!git_read(git, "rev-parse", "--verify", "--quiet", "HEAD", NULL) && !value_there(asking, source))
		command_refuse("commit something first, or name what is to be pushed", "there is no %s here to push",
			       source);
	else if (git->remote && git_read(git, "rev-parse", "--verify", "--quiet", copy, NULL))
		command_refuse(git_text(git, "%s/%s is what %s has", git->remote, source, git->remote),
			       "there is no %s here to push", source);
	else
		command_refuse("git branch --all and git tag list what there is", "there is no %s here to push",
			       source);
	return NULL;
}

/* The full name of what is pushed; NULL for what is no ref. */
static const char *name_of(struct git *git, const char *source)
{
	const char *name = git_read(git, "rev-parse", "--verify", "--quiet", "--symbolic-full-name", "--end-of-options",
				    source, NULL);

	return name && starts(name, "refs/") ? name : NULL;
}

/* Where it goes when nobody says: to the same name. */
static const char *same_name(struct git *git, const char *source)
{
	const char *name = name_of(git, source);

	if (!name)
		command_refuse(git_text(git, "%s:refs/heads/<branch>", source),
			       "where is %s to be pushed? it is no branch", source);
	return name;
}

/* As git-push(1) completes a name: to what the server has of that name, else to what the source is. */
static const char *full_name(struct asking *asking, const char *source, const char *name)
{
	static const char *const folders[] = {"refs/", TAGS, HEADS};
	struct git *git = &asking->git;
	const char *own = source ? name_of(git, source) : NULL;

	if (starts(name, "refs/"))
		return name;
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		const char *full = git_text(git, "%s%s", folders[i], name);

		if (value_there(asking, full))
			return full;
	}
	if (own && (starts(own, HEADS) || starts(own, TAGS)))
		return git_text(git, "%s%s", starts(own, HEADS) ? HEADS : TAGS, name);
	command_refuse(git_text(git, "refs/heads/%s or refs/tags/%s", name, name),
		       source ? "%s could be a branch or a tag" : "there is no %s to delete", name);
	return NULL;
}

/* In the order that git pushes: what is there first, by name, then what is new. */
static void sort_last(struct asking *asking)
{
	for (size_t i = asking->count - 1; i; i--) {
		struct policy_move *before = &asking->moves[i - 1], *move = &asking->moves[i], kept = *move;

		if (!strcmp(move->old, NONE) || (strcmp(before->old, NONE) && strcmp(before->ref, move->ref) <= 0))
			return;
		*move = *before;
		*before = kept;
	}
}

/* "+<source>:<name>", each of them but not both possibly missing. */
static bool add_refspec(struct asking *asking, const char *refspec)
{
	struct git *git = &asking->git;
	const char *text = refspec + (*refspec == '+'), *colon = strchr(text, ':');
	const char *source = git_text(git, "%.*s", (int)(colon ? colon - text : (ptrdiff_t)strlen(text)), text);
	const char *name = colon && colon[1] ? colon + 1 : NULL, *new = NONE;
	struct policy_move *move = &asking->moves[asking->count];

	if (strchr(text, '*') || (!*source && !name))
		return command_refuse("<source>:<ref>, each by its name", "%s stands for no one ref", refspec), false;
	if (*source)
		new = git_read(git, "rev-parse", "--verify", "--quiet", "--end-of-options",
			       git_text(git, "%s^{object}", source), NULL); /* which has to be here */
	if (!new)
		return refuse_source(asking, source);
	move->ref = name ? full_name(asking, *source ? source : NULL, name) : same_name(git, source);
	if (!move->ref)
		return false;
	const char *old = value_there(asking, move->ref);

	move->new = new;
	move->old = old ? old : NONE;
	if (strcmp(move->old, new)) {
		asking->count++;
		sort_last(asking);
	} else if (!git->call->options.json) {
		command_say(STDOUT_FILENO, "%s: nothing to push, it is there already", move->ref);
	}
	return true;
}

/* Without a refspec: the current branch, to its own name. */
static bool add_current(struct asking *asking)
{
	const char *branch = git_read(&asking->git, "symbolic-ref", "--quiet", "HEAD", NULL);

	if (branch)
		return add_refspec(asking, branch);
	return command_refuse("<source>:<ref>", "no branch is checked out: what is to be pushed?"), false;
}

static bool add_refspecs(struct asking *asking)
{
	char **operands = asking->git.call->operands;

	asking->moves = calloc((size_t)asking->git.call->operand_count + 1, sizeof(*asking->moves));
	if (!asking->moves)
		return false;
	if (!*operands)
		return add_current(asking);
	for (; *operands; operands++)
		if (!add_refspec(asking, *operands))
			return false;
	return true;
}

static int ask(struct asking *asking)
{
	struct git *git = &asking->git;
	struct policy_options options = git->call->options;

	if (!look(asking) || !add_refspecs(asking) || !add_tags(asking))
		return POLICY_UNDECIDED;
	options.remote = git->remote;
	/* a hook of somebody else's may ask about the push that it is called for */
	options.objects = git->remote ? NULL : getenv("GIT_QUARANTINE_PATH");
	struct policy_run *run = policy_run_new(&options);
	enum policy_exit verdict = policy_rehearse(run, asking->moves, asking->count, git->call->user);

	return guard_end(run, verdict, command_stream(git->call, verdict != POLICY_UNDECIDED));
}

static int test(const struct call *call)
{
	struct asking asking = {.git = {.call = call}};
	int code = ask(&asking);

	free(asking.moves);
	git_end(&asking.git);
	return code;
}

const struct command command_test = {
	.name = "test",
	.operands = "[<refspec>...]",
	.help = "Judge a push without making it",
	.options = OPTION_REPOSITORY | OPTION_POLICY | OPTION_JSON | OPTION_AS | OPTION_REMOTE | OPTION_OFFLINE,
	.most = INT_MAX,
	.runs_git = true,
	.run = test,
};
