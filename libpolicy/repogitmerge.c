/* repogitmerge: git's own merge, which the trees alone do not tell, in a bare repository that only borrows objects. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "interrupt.h"
#include "process.h"
#include "repogit.h"

#define OPINIONS_MAX 128u
#define SECONDS_MAX 20u
#define ANSWER_MAX ((size_t)1024 * 1024)
#define OPEN_DIRECTORIES 16
#define NOT_MADE "cannot make a repository to merge in, below"

static enum proof unknown(struct repo *repo, const char *what, const char *why)
{
	snprintf(repo->problem, sizeof(repo->problem), "%s%s", what, why);
	return PROOF_UNKNOWN;
}

/* What cannot be removed keeps nothing else from it. */
static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	remove(path);
	return 0;
}

void repo_remove_temporary(struct repo *repo)
{
	if (!*repo->temporary)
		return;
	nftw(repo->temporary, remove_one, OPEN_DIRECTORIES, FTW_DEPTH | FTW_PHYS);
	*repo->temporary = '\0';
	interrupt_release(&repo->before);
}

static bool write_file(int directory, const char *name, struct bytes content)
{
	int fd = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd >= 0)
		errno = ENOSPC; /* which a write that is cut short does not say */
	bool written = fd >= 0 && write(fd, content.data, content.len) == (ssize_t)content.len;

	if (fd >= 0)
		close(fd);
	return written;
}

/* What makes a folder a repository, and no configuration but that. As long as there is one, signals wait: the run that
 * made it is the only one that surely may remove it, and needs no search through a folder that anybody writes to.
 * False: repo_problem(). */
static bool make_temporary(struct repo *repo)
{
	snprintf(repo->temporary, sizeof(repo->temporary), "%s/git-policy-%ld-XXXXXX", P_tmpdir, (long)getpid());
	interrupt_hold(&repo->before);
	if (!mkdtemp(repo->temporary)) {
		unknown(repo, NOT_MADE " " P_tmpdir ": ", strerror(errno));
		interrupt_release(&repo->before);
		*repo->temporary = '\0';
		return false;
	}
	int directory = open(repo->temporary, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool made = directory >= 0 && !mkdirat(directory, "objects", 0700) && !mkdirat(directory, "refs", 0700) &&
		    write_file(directory, "HEAD", BYTES("ref: refs/heads/none\n")) &&
		    write_file(directory, "config", BYTES("[core]\n\trepositoryformatversion = 0\n\tbare = true\n"));

	if (!made)
		unknown(repo, NOT_MADE " " P_tmpdir ": ", strerror(errno));
	if (directory >= 0)
		close(directory);
	return made;
}

/* Quotes a directory as git does in the list of alternates. */
static void add_directory(struct buffer *list, struct bytes directory)
{
	buffer_add(list, BYTES("\""));
	for (size_t i = 0; i < directory.len; i++) {
		char byte = directory.data[i];

		if (byte == '"' || byte == '\\' || (unsigned char)byte < ' ')
			buffer_printf(list, "\\%03o", (unsigned)byte);
		else
			buffer_add(list, (struct bytes){&byte, 1});
	}
	buffer_add(list, BYTES("\":"));
}

/* Where the objects are: what git told us goes on to git. */
static const char *alternates(struct repo *repo)
{
	struct buffer list = {.arena = repo->memory};

	buffer_add(&list, BYTES("GIT_ALTERNATE_OBJECT_DIRECTORIES="));
	if (repo->quarantine.len)
		add_directory(&list, repo->quarantine);
	add_directory(&list, repo->objects);
	buffer_add(&list, repo->alternates);
	return bytes_copy(repo->memory, buffer_bytes(&list)).data;
}

/* A commit of `tree` in the temporary repository, with the parent `parent` unless it is empty; its id in `ret_id`. */
static int make_commit(git_odb *odb, const struct oid *tree, const char *message, const char *parent, char *ret_id)
{
	const char *empty = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
	char raw[512];
	git_oid id;
	int len = snprintf(raw, sizeof(raw), "tree %s\n%s%s%sauthor a <a> 0 +0000\ncommitter a <a> 0 +0000\n\n%s\n",
			   oid_is_zero(tree) ? empty : oid_hex(tree).text, *parent ? "parent " : "", parent,
			   *parent ? "\n" : "", message);
	int code = git_odb_write(&id, odb, raw, (size_t)len, GIT_OBJECT_COMMIT);

	if (!code)
		git_oid_tostr(ret_id, OID_HEX + 1, &id);
	return code;
}

/* Two commits whose trees are those to merge, and whose one base is a commit of the base's tree. False: repo_problem().
 */
static bool make_commits(struct repo *repo, const struct repo_sides *sides, char ret_ids[2][OID_HEX + 1])
{
	char path[sizeof(repo->temporary) + 16], base[OID_HEX + 1];
	git_odb *odb = NULL;

	snprintf(path, sizeof(path), "%s/objects", repo->temporary);
	int code = git_odb_open(&odb, path);

	if (!code)
		code = make_commit(odb, &sides->trees[SIDE_BASE], "base", "", base);
	if (!code)
		code = make_commit(odb, &sides->trees[SIDE_OURS], "ours", base, ret_ids[0]);
	if (!code)
		code = make_commit(odb, &sides->trees[SIDE_THEIRS], "theirs", base, ret_ids[1]);
	if (code)
		repo_unknown(repo, NOT_MADE, BYTES(P_tmpdir));
	git_odb_free(odb);
	return !code;
}

/* git's words, each ended by NUL: the tree, then the files in conflict. */
static enum proof judge(struct repo *repo, const struct process_end *end, const struct oid *result)
{
	struct bytes file = bytes_from(end->output, OID_HEX + 1);
	struct oid tree;

	if (!end->exited)
		return unknown(repo, end->problem, "");
	if (end->status > 1 || !oid_parse(bytes_first(end->output, OID_HEX), &tree))
		return unknown(repo, POLICY_GIT " merge-tree failed, in a repository below ", P_tmpdir);
	if (!end->status)
		return oid_equal(&tree, result) ? PROOF_SAME : PROOF_DIFFERENT;
	file = bytes_first(file, bytes_index(file, '\0'));
	snprintf(repo->problem, sizeof(repo->problem), "a conflict in %.*s", BYTES_ARG(file));
	return PROOF_CONFLICT;
}

/* Nothing that could run or change a merge is passed on: no configuration, no attributes, no replacements. */
static enum proof run_git(struct repo *repo, const char *objects, const char *ours, const char *theirs,
			  const struct oid *result)
{
	const char *git_dir = bytes_printf(repo->memory, "GIT_DIR=%s", repo->temporary).data;
	const char *const arguments[] = {POLICY_GIT,	  "merge-tree", "--write-tree", "-z", "--name-only",
					 "--no-messages", ours,		theirs,		NULL};
	const char *const environment[] = {git_dir,
					   objects,
					   "GIT_CONFIG_NOSYSTEM=1",
					   "GIT_CONFIG_GLOBAL=/dev/null",
					   "GIT_ATTR_NOSYSTEM=1",
					   "GIT_NO_REPLACE_OBJECTS=1",
					   "HOME=/nonexistent",
					   "LC_ALL=C",
					   "PATH=/usr/bin:/bin",
					   NULL};
	struct process process = {.arguments = arguments,
				  .environment = environment,
				  .directory = ".", /* what alternates may be relative to */
				  .seconds = SECONDS_MAX,
				  .output_max = ANSWER_MAX};
	struct process_end end = process_run(repo->memory, &process);

	return judge(repo, &end, result);
}

enum proof repo_ask_git(struct repo *repo, const struct repo_sides *sides, const struct oid *ours,
			const struct oid *theirs)
{
	char ids[2][OID_HEX + 1];
	enum proof proof = PROOF_UNKNOWN;

	if (repo->opinions++ >= OPINIONS_MAX)
		return unknown(repo, "too many merges that only git itself can work out", "");
	const char *objects = alternates(repo);

	if (ours) {
		snprintf(ids[0], sizeof(ids[0]), "%s", oid_hex(ours).text);
		snprintf(ids[1], sizeof(ids[1]), "%s", oid_hex(theirs).text);
	}
	if (make_temporary(repo) && (ours || make_commits(repo, sides, ids)))
		proof = run_git(repo, objects, ids[0], ids[1], &sides->trees[SIDE_RESULT]);
	repo_remove_temporary(repo);
	arena_reset(repo->memory);
	return proof;
}
