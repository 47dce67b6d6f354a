/* make: merges, squashes and re-applies with git's own plumbing, in a repository of its own beside this one, where no
 * attribute and no configuration of a person's bends the result: that is how the server looks at it. */
#include "make.h"

#include <errno.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compose.h"

#define FOLDERS_OPEN 16

/* Lets the objects in a folder be looked for in another one too. */
static bool borrow(const char *alternates, const char *objects)
{
	FILE *file = fopen(alternates, "w");
	bool written = file && fprintf(file, "%s\n", objects) > 0;

	return file && !fclose(file) && written;
}

/* What is needed briefly may be anybody's. */
static bool commit_as(struct git *git, const struct landing *landing)
{
	bool known = git_identity(git, !landing->brief);

	if (known || !landing->brief)
		return known;
	git_set(git, "GIT_AUTHOR_NAME=git-policy");
	git_set(git, "GIT_AUTHOR_EMAIL=git-policy@localhost");
	git_set(git, "GIT_COMMITTER_NAME=git-policy");
	git_set(git, "GIT_COMMITTER_EMAIL=git-policy@localhost");
	return true;
}

bool make_begin(struct git *git, struct landing *landing)
{
	const char *temporary = getenv("TMPDIR");
	char *folder = (char *)(uintptr_t)git_text(git, "%s/git-policy-XXXXXX", temporary ? temporary : "/tmp");
	const char *objects = git_read(git, "rev-parse", "--path-format=absolute", "--git-path", "objects", NULL);

	if (!objects || !mkdtemp(folder)) {
		command_refuse(NULL, "cannot make a folder for what is needed briefly: %s", strerror(errno));
		return false;
	}
	landing->folder = folder;
	if (!git_read(git, "init", "--quiet", "--bare", "--template=", folder, NULL) ||
	    !borrow(git_text(git, "%s/objects/info/alternates", folder), objects)) {
		command_refuse(NULL, "cannot make a repository in %s", folder);
		return false;
	}
	if (!commit_as(git, landing))
		return false;
	git_set(git, landing->brief ? git_text(git, "GIT_OBJECT_DIRECTORY=%s/objects", folder)
				    : git_text(git, "GIT_OBJECT_DIRECTORY=%s", objects));
	return true;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path);
}

void make_end(struct git *git, struct landing *landing)
{
	git->variable_count = 0;
	if (landing->folder)
		nftw(landing->folder, remove_entry, FOLDERS_OPEN, FTW_DEPTH | FTW_PHYS);
	landing->folder = NULL;
}

/* The tree of git's own merge; NULL when there is none, with the first file in conflict, if any, in *ret_conflict. */
static const char *merge_trees(struct git *git, const struct landing *landing, const char *ours, const char *theirs,
			       const char **ret_conflict)
{
	size_t set = git->variable_count;
	int status;

	git_set(git, "GIT_CONFIG_NOSYSTEM=1");
	git_set(git, "GIT_CONFIG_GLOBAL=/dev/null");
	git_set(git, "GIT_ATTR_NOSYSTEM=1");
	const char *output = git_feed(git, "", &status, git_text(git, "--git-dir=%s", landing->folder), "merge-tree",
				      "--write-tree", "--name-only", "--no-messages", ours, theirs, NULL);
	const char *rest = strchr(output, '\n');

	git->variable_count = set;
	*ret_conflict = status == 1 && rest ? git_line(git, rest + 1) : NULL;
	return status ? NULL : output;
}

/* Makes a commit; `second` may be NULL. */
static const char *commit(struct git *git, const char *tree, const char *parent, const char *second,
			  const char *message)
{
	const char *config = git_read(git, "config", "--type=bool", "--get", "commit.gpgSign", NULL);
	const char *sign = git->call->sign || (config && !strcmp(config, "true")) ? "--gpg-sign" : "--no-gpg-sign";
	const char *id;
	int status;

	if (second)
		id = git_feed(git, message, &status, "commit-tree", sign, "-F", "-", "-p", parent, "-p", second, tree,
			      NULL);
	else
		id = git_feed(git, message, &status, "commit-tree", sign, "-F", "-", "-p", parent, tree, NULL);
	return status ? NULL : id;
}

static const char *tree_of(struct git *git, const char *commit)
{
	return git_read(git, "rev-parse", "--verify", "--quiet", git_text(git, "%s^{tree}", commit), NULL);
}

static void refuse_conflict(struct git *git, const struct landing *landing, const char *what, const char *conflict)
{
	const char *onto = git->remote ? git_text(git, "%s/%s", git->remote, landing->target) : landing->target;

	if (!conflict)
		return;
	command_refuse(git_text(git, "git merge %s in %s, push it, and have that commit approved", git_quote(git, onto),
				landing->branch ? git_quote(git, landing->branch) : "the branch"),
		       "%s conflicts with %s in %s", what, landing->target, conflict);
}

static const char *merged_tree(struct git *git, const struct landing *landing)
{
	const char *conflict, *tree = merge_trees(git, landing, landing->onto, landing->head, &conflict);

	if (!tree)
		refuse_conflict(git, landing, git_short(git, landing->head), conflict);
	return tree;
}

/* git's own, made where there is a HEAD for it to look at. */
static const char *merge_message(struct git *git, const struct landing *landing, int *ret_status)
{
	const char *folder = git_text(git, "--git-dir=%s", landing->folder);
	const char *what = landing->branch ? git_text(git, "branch '%s' of .", landing->branch)
					   : git_text(git, "'%s' of .", landing->head);

	git_read(git, folder, "update-ref", "--no-deref", "HEAD", landing->onto, NULL);
	return git_feed(git, git_text(git, "%s\t\t%s\n", landing->head, what), ret_status, folder, "fmt-merge-msg",
			"--into-name", landing->target, NULL);
}

static const char *make_merge(struct git *git, const struct landing *landing)
{
	const char *tree = merged_tree(git, landing), *message = git->call->message;
	int status = 0;

	if (!tree)
		return NULL;
	if (!message)
		message = merge_message(git, landing, &status);
	return status ? NULL : commit(git, tree, landing->onto, landing->head, git_text(git, "%s\n", message));
}

/* Commits made from here on bear the author of `id`. */
static void set_author(struct git *git, const char *id)
{
	git_set(git, git_text(git, "GIT_AUTHOR_NAME=%s", compose_shown(git, "%an", id)));
	git_set(git, git_text(git, "GIT_AUTHOR_EMAIL=%s", compose_shown(git, "%ae", id)));
	git_set(git, git_text(git, "GIT_AUTHOR_DATE=@%s", compose_shown(git, "%ad", id)));
}

static const char *make_squash(struct git *git, const struct landing *landing)
{
	const char *tree = merged_tree(git, landing), *message = git->call->message;
	size_t set = git->variable_count;

	if (tree && !message)
		message = compose_message(git, landing);
	if (!tree || !message)
		return NULL;
	const char *author = compose_author(git, landing);

	if (author)
		set_author(git, author);
	const char *id = commit(git, tree, landing->onto, NULL, git_text(git, "%s\n", message));

	git->variable_count = set;
	return id;
}

/*
 * The tree of re-applying `id` on `onto`: that of merging two commits which have the trees of both sides and one
 * parent, with the tree that `id` began from.
 */
static const char *apply_tree(struct git *git, const struct landing *landing, const char *id, const char *onto)
{
	const char *before = tree_of(git, git_text(git, "%s^", id)), *ours = tree_of(git, onto),
		   *theirs = tree_of(git, id);
	const char *base = before ? git_read(git, "commit-tree", "--no-gpg-sign", "-m", "before", before, NULL) : NULL;
	const char *conflict = NULL, *tree = NULL;

	if (!base || !ours || !theirs)
		return NULL;
	ours = git_read(git, "commit-tree", "--no-gpg-sign", "-m", "ours", "-p", base, ours, NULL);
	theirs = git_read(git, "commit-tree", "--no-gpg-sign", "-m", "theirs", "-p", base, theirs, NULL);
	if (ours && theirs)
		tree = merge_trees(git, landing, ours, theirs, &conflict);
	if (!tree)
		refuse_conflict(git, landing, git_text(git, "re-applying %s", git_short(git, id)), conflict);
	return tree;
}

static const char *apply(struct git *git, const struct landing *landing, const char *id, const char *onto)
{
	const char *tree = apply_tree(git, landing, id, onto), *message = compose_shown(git, "%B", id);
	size_t set = git->variable_count;

	if (!tree || !message)
		return NULL;
	set_author(git, id);
	const char *made = commit(git, tree, onto, NULL, git_text(git, "%s\n", message));

	git->variable_count = set;
	return made;
}

static const char *make_rebase(struct git *git, const struct landing *landing)
{
	const char *range = git_text(git, "%s..%s", landing->onto, landing->head), *at = landing->onto;
	const char *merges = git_read(git, "rev-list", "--merges", "--max-count=1", range, NULL);
	const char *list = git_read(git, "rev-list", "--reverse", "--topo-order", range, NULL);

	if (!merges || !list)
		return NULL;
	if (*merges) {
		command_refuse("--merge or --squash lands it as a whole", "%s is a merge: it cannot be re-applied",
			       git_short(git, merges));
		return NULL;
	}
	for (const char *next = list; at && *next; next += strcspn(next, "\n"), next += *next == '\n')
		at = apply(git, landing, git_line(git, next), at);
	return at;
}

static const char *make_forward(struct git *git, const struct landing *landing)
{
	if (git_read(git, "merge-base", "--is-ancestor", landing->onto, landing->head, NULL))
		return landing->head;
	command_refuse(
		git_text(git, "git rebase %s in the branch, push it, and have that commit approved",
			 git_quote(git, git_text(git, "%s/%s", git->remote ? git->remote : ".", landing->target))),
		"%s has moved on: %s does not descend from it", landing->target, git_short(git, landing->head));
	return NULL;
}

/* A merge that changes nothing still joins two histories. */
bool make_nothing(struct git *git, const struct landing *landing, const char *new)
{
	const char *before = tree_of(git, landing->onto), *after = tree_of(git, new);

	return (!strcmp(landing->method, "squash") || !strcmp(landing->method, "rebase")) && before && after &&
	       !strcmp(before, after);
}

const char *make_landing(struct git *git, const struct landing *landing)
{
	static const struct {
		const char *method;
		const char *(*make)(struct git *git, const struct landing *landing);
	} makers[] = {
		{"squash", make_squash},
		{"merge", make_merge},
		{"rebase", make_rebase},
		{"fast-forward", make_forward},
	};

	for (size_t i = 0; i < sizeof(makers) / sizeof(*makers); i++)
		if (!strcmp(landing->method, makers[i].method))
			return makers[i].make(git, landing);
	return NULL;
}
