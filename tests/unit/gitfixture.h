/* gitfixture: real repositories for unit tests: git run in a temporary folder, in an environment of its own. */
#ifndef GITFIXTURE_H
#define GITFIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "oid.h"

#define FIXTURE_PATH 512

/* LeakSanitizer: libgit2 1.5 loses what pcre2 gave it each time a configuration name does not match. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libpcre2-8.so\n";
}

/** A bare repository, and a second object directory that stands for a push's quarantine. */
struct fixture {
	char root[FIXTURE_PATH];
	char repo[FIXTURE_PATH + 64];
	char quarantine[FIXTURE_PATH + 128];
	bool quarantined; /**< what is made from now on goes to the quarantine */
	bool kept;	  /**< outlives the test, for the next that makes the same */
	long clock;	  /**< the next commit's date */
	char output[4096];
};

/** Runs a program, its standard output into f->output (without the last LF); false when it fails. */
static inline bool fixture_exec(struct fixture *f, const char *const *arguments)
{
	char home[FIXTURE_PATH + 8], objects[FIXTURE_PATH + 160], alternate[FIXTURE_PATH + 128];
	char author[64], committer[64];
	const char *environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin",
				     "GIT_CONFIG_NOSYSTEM=1",
				     "GIT_AUTHOR_NAME=Ann",
				     "GIT_AUTHOR_EMAIL=ann@example.com",
				     "GIT_COMMITTER_NAME=Ann",
				     "GIT_COMMITTER_EMAIL=ann@example.com",
				     author,
				     committer,
				     home,
				     NULL,
				     NULL,
				     NULL};
	size_t last = 9, len = 0;
	int ends[2], status;
	ssize_t got;

	snprintf(home, sizeof(home), "HOME=%s", f->root);
	snprintf(author, sizeof(author), "GIT_AUTHOR_DATE=@%ld +0000", f->clock);
	snprintf(committer, sizeof(committer), "GIT_COMMITTER_DATE=@%ld +0000", f->clock);
	snprintf(objects, sizeof(objects), "GIT_OBJECT_DIRECTORY=%s", f->quarantine);
	snprintf(alternate, sizeof(alternate), "GIT_ALTERNATE_OBJECT_DIRECTORIES=%s/objects", f->repo);
	if (f->quarantined) {
		environment[last++] = objects;
		environment[last] = alternate;
	}
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();

	if (!child) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execvpe(arguments[0], (char *const *)(uintptr_t)arguments, (char *const *)(uintptr_t)environment);
		_exit(127);
	}
	close(ends[1]);
	while ((got = read(ends[0], f->output + len, sizeof(f->output) - 1 - len)) > 0)
		len += (size_t)got;
	close(ends[0]);
	f->output[len] = '\0';
	if (len && f->output[len - 1] == '\n')
		f->output[len - 1] = '\0';
	waitpid(child, &status, 0);
	return WIFEXITED(status) && !WEXITSTATUS(status);
}

#define fixture_run(f, ...) assert_true(fixture_exec(f, (const char *const[]){__VA_ARGS__, NULL}))
/** git in the fixture's repository. */
#define fixture_git(f, ...) fixture_run(f, "git", "--git-dir", (f)->repo, __VA_ARGS__)

static inline struct oid fixture_id(const char *hex)
{
	struct oid id;

	assert_true(oid_parse(bytes_of(hex), &id));
	return id;
}

/** A repository `name` in a new temporary folder, where what is kept can be renamed to. */
static inline void fixture_open(struct fixture *f, const char *name)
{
	const char *folder = getenv("POLICY_FIXTURES");

	*f = (struct fixture){.clock = 1700000000};
	snprintf(f->root, sizeof(f->root), "%s/git-policy-unit-XXXXXX", folder ? folder : "/tmp");
	assert_non_null(mkdtemp(f->root));
	snprintf(f->repo, sizeof(f->repo), "%s/%s", f->root, name);
	snprintf(f->quarantine, sizeof(f->quarantine), "%s/objects/tmp_objdir-incoming-x", f->repo);
	fixture_run(f, "git", "init", "-q", "--bare", "--template=", "-b", "main", f->repo);
	assert_int_equal(mkdir(f->quarantine, 0777), 0);
}

static inline void fixture_close(struct fixture *f)
{
	if (f->kept)
		return;
	f->quarantined = false;
	fixture_run(f, "rm", "-rf", f->root);
}

/** Writes `content` to a file below the fixture's root. */
static inline void fixture_write(const struct fixture *f, const char *path, const char *content)
{
	char full[2 * FIXTURE_PATH];

	snprintf(full, sizeof(full), "%s/%s", f->root, path);
	FILE *file = fopen(full, "w");

	assert_non_null(file);
	fputs(content, file);
	assert_int_equal(fclose(file), 0);
}

/* Where what `script` makes is kept for whoever runs a test many times: below $POLICY_FIXTURES, by its hash (FNV-1a).
 */
static inline bool fixture_place(const char *script, char *ret_place, size_t size)
{
	const char *folder = getenv("POLICY_FIXTURES");
	unsigned long long hash = 0xcbf29ce484222325u;

	for (; *script; script++)
		hash = (hash ^ (unsigned char)*script) * 0x100000001b3u;
	return folder && (size_t)snprintf(ret_place, size, "%s/%016llx", folder, hash) < size;
}

static inline void fixture_settle(struct fixture *f, const char *place, const char *name)
{
	f->kept = true;
	snprintf(f->root, sizeof(f->root), "%s", place);
	snprintf(f->repo, sizeof(f->repo), "%s/%s", place, name);
	snprintf(f->quarantine, sizeof(f->quarantine), "%s/objects/tmp_objdir-incoming-x", f->repo);
}

/** A repository that a shell script makes, given its folder; not to be written to. False when the script fails. */
static inline bool fixture_script(struct fixture *f, const char *name, const char *script)
{
	char path[FIXTURE_PATH + 16], place[FIXTURE_PATH];
	bool keep = fixture_place(script, place, sizeof(place));

	*f = (struct fixture){.clock = 1700000000};
	if (keep && !access(place, F_OK)) {
		fixture_settle(f, place, name);
		return true;
	}
	fixture_open(f, name);
	fixture_git(f, "config", "core.bare", "false");
	fixture_write(f, "script", script);
	snprintf(path, sizeof(path), "%s/script", f->root);
	if (!fixture_exec(f, (const char *const[]){"sh", path, f->root, NULL}))
		return false;
	if (keep && !rename(f->root, place))
		fixture_settle(f, place, name);
	return true;
}

/** A tree with one file `name` for each pair of name and content; ends with NULL. */
static inline struct oid fixture_tree(struct fixture *f, const char *const *files)
{
	char index[FIXTURE_PATH + 16], variable[FIXTURE_PATH + 32], entry[256];

	snprintf(index, sizeof(index), "%s/index", f->root);
	snprintf(variable, sizeof(variable), "GIT_INDEX_FILE=%s", index);
	unlink(index);
	for (size_t i = 0; files[i]; i += 2) {
		fixture_write(f, "content", files[i + 1]);
		char path[FIXTURE_PATH + 16];

		snprintf(path, sizeof(path), "%s/content", f->root);
		fixture_git(f, "hash-object", "-w", path);
		snprintf(entry, sizeof(entry), "100644,%.40s,%.200s", f->output, files[i]);
		fixture_run(f, "env", variable, "git", "--git-dir", f->repo, "update-index", "--add", "--cacheinfo",
			    entry);
	}
	fixture_run(f, "env", variable, "git", "--git-dir", f->repo, "write-tree");
	return fixture_id(f->output);
}

/** A commit of `tree` (NULL: the empty one) with up to three parents, NULL for none; a minute later than the last. */
static inline struct oid fixture_commit(struct fixture *f, const struct oid *tree, const char *message,
					const struct oid *first, const struct oid *second, const struct oid *third)
{
	const struct oid *parents[] = {first, second, third};
	char tree_hex[OID_HEX + 1], hex[3][OID_HEX + 1];
	const char *arguments[16] = {"git", "--git-dir", f->repo, "commit-tree", "-m", message, tree_hex};
	size_t count = 7;

	if (tree) {
		snprintf(tree_hex, sizeof(tree_hex), "%s", oid_hex(tree).text);
	} else {
		fixture_git(f, "hash-object", "-w", "-t", "tree", "/dev/null");
		snprintf(tree_hex, sizeof(tree_hex), "%.40s", f->output);
	}
	for (size_t i = 0; i < 3 && parents[i]; i++) {
		snprintf(hex[i], sizeof(hex[i]), "%s", oid_hex(parents[i]).text);
		arguments[count++] = "-p";
		arguments[count++] = hex[i];
	}
	f->clock += 60;
	assert_true(fixture_exec(f, arguments));
	return fixture_id(f->output);
}

static inline void fixture_ref(struct fixture *f, const char *ref, const struct oid *id)
{
	fixture_git(f, "update-ref", ref, oid_hex(id).text);
}

#endif
