/* doctorproof: pushes a ref whose name every release of the hooks refuses, whatever the policy says, to each address a
 * repository has; should it get in, it is taken back. */
#include "doctor.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "make.h"

#define SECONDS 30u
#define SECONDS_INTERRUPTED 5u
/* An invisible character, U+200B: such a name is refused before a policy is looked at. */
#define INVISIBLE "\xe2\x80\x8b"
/* The hooks' own words about it. */
#define WORDS "bad ref name"

/* One push, wherever it goes. */
struct proof {
	struct landing scratch; /* the folder of a repository with one commit */
	const char *commit;
	const char *name; /* of the branch, without its last character */
	const char *ref;
	const char *receiver; /* what the other end has to run: an option */
};

/* A copy of what this repository says of addresses and how to reach them, and nothing else of it. */
static bool make_repository(struct exam *exam, struct proof *proof)
{
	struct git *git = &exam->git;
	const char *temporary = getenv("TMPDIR");
	char *folder = (char *)(uintptr_t)git_text(git, "%s/git-policy-XXXXXX", temporary ? temporary : "/tmp");

	if (!mkdtemp(folder))
		return false;
	proof->scratch.folder = folder;
	git_set(git, git_text(git, "GIT_DIR=%s", folder));
	git_set(git, "GIT_AUTHOR_NAME=git-policy");
	git_set(git, "GIT_AUTHOR_EMAIL=git-policy@localhost");
	git_set(git, "GIT_COMMITTER_NAME=git-policy");
	git_set(git, "GIT_COMMITTER_EMAIL=git-policy@localhost");
	if (!git_read(git, "init", "--quiet", "--bare", "--template=", folder, NULL))
		return false;
	const char *tree = git_read(git, "mktree", NULL);

	proof->commit = tree ? git_read(git, "commit-tree", "-m", "test: git policy doctor", tree, NULL) : NULL;
	return proof->commit && git_read(git, "config", "include.path", git_text(git, "%s/config", exam->folder), NULL);
}

static bool begin(struct exam *exam, struct proof *proof)
{
	uint64_t number;

	if (getrandom(&number, sizeof(number), 0) != sizeof(number) || !make_repository(exam, proof))
		return false;
	proof->name = git_text(&exam->git, "git-policy-doctor-%016" PRIx64, number);
	proof->ref = git_text(&exam->git, "refs/heads/%s" INVISIBLE, proof->name);
	return true;
}

static struct outcome push(struct exam *exam, const struct proof *proof, const char *address, const char *source)
{
	const char *refspec = git_text(&exam->git, "%s:%s", source, proof->ref);
	const char *const arguments[] = {"git",
					 "-c",
					 "push.pushOption=", /* takes back what is configured */
					 "push",
					 "--no-verify",
					 "--no-signed",
					 "--no-follow-tags",
					 "--recurse-submodules=no",
					 proof->receiver,
					 "--",
					 address,
					 refspec,
					 NULL};

	return doctor_run(exam, arguments, exam->interrupted ? SECONDS_INTERRUPTED : SECONDS);
}

static const char *line_with(struct exam *exam, const char *output, const char *mark)
{
	for (const char *line; (line = doctor_line(exam, &output));)
		if (*line && strstr(line, mark))
			return line;
	return NULL;
}

/* The line that says most: what the other end says of the ref, else why nothing came of it, which ssh knows first. */
static const char *words_of(struct exam *exam, const char *output)
{
	const char *line = line_with(exam, output, "! [");

	if (!line)
		line = line_with(exam, output, "fatal: ");
	if (!line || strstr(line, "Could not read from remote repository"))
		line = line_with(exam, output, "");
	return line ? git_text(&exam->git, "%.200s", line) : "git says nothing";
}

/* Whether the hooks said what they say of such a name. */
static bool is_refused(struct exam *exam, const struct proof *proof, const char *output)
{
	const char *line = line_with(exam, output, WORDS);

	return line && strstr(strstr(line, WORDS), proof->name);
}

/* What is to be typed where a ref of ours stayed behind; its name cannot be. */
static const char *removal(struct exam *exam)
{
	return git_text(&exam->git,
			"git -C %s for-each-ref --format='delete %%(refname)' 'refs/heads/git-policy-doctor-*' | git "
			"-C %s update-ref --stdin",
			exam->server ? exam->place : "<repository>", exam->server ? exam->place : "<repository>");
}

static void tell_accepted(struct exam *exam, const char *address, const struct outcome *deleted)
{
	if (deleted->status)
		doctor_add(exam, POLICY_WRONG, removal(exam),
			   "%s: a forbidden push was accepted, and the branch it made could not be deleted again: %s",
			   address, words_of(exam, deleted->output));
	else
		doctor_add(
			exam, POLICY_WRONG, strcmp(address, exam->folder) ? "on the server: git policy doctor" : NULL,
			"%s: a forbidden push was accepted (and taken back): nothing guards the repository", address);
}

static void tell_unclear(struct exam *exam, const char *address, const struct outcome *pushed)
{
	if (pushed->late)
		doctor_add(exam, POLICY_DOUBT, git_text(&exam->git, "git ls-remote %s", doctor_quote(exam, address)),
			   "%s: no answer within %u seconds", address, SECONDS);
	else if (strstr(pushed->output, "! [remote rejected]"))
		doctor_add(exam, POLICY_DOUBT, NULL, "%s: refused, but not by git-policy: %s", address,
			   words_of(exam, pushed->output));
	else
		doctor_add(exam, POLICY_DOUBT, git_text(&exam->git, "git ls-remote %s", doctor_quote(exam, address)),
			   "%s: nothing could be pushed: %s", address, words_of(exam, pushed->output));
}

/* What was cut off may have got in all the same: then its deletion works. */
static void prove(struct exam *exam, const struct proof *proof, const char *address)
{
	struct outcome pushed = push(exam, proof, address, proof->commit), deleted;

	if (pushed.status && is_refused(exam, proof, pushed.output)) {
		doctor_add(exam, POLICY_WELL, NULL, "%s: a forbidden push was refused", address);
		return;
	}
	if (pushed.status && !pushed.late && !exam->interrupted) {
		tell_unclear(exam, address, &pushed);
		return;
	}
	deleted = push(exam, proof, address, "");
	if (pushed.status && deleted.status)
		tell_unclear(exam, address, &pushed);
	else
		tell_accepted(exam, address, &deleted);
}

static void prove_all(struct exam *exam, const struct proof *proof, const char *addresses)
{
	for (const char *address; !exam->interrupted && (address = doctor_line(exam, &addresses));)
		if (*address)
			prove(exam, proof, address);
}

/* How this repository is reached from elsewhere is not to be seen in it. */
static void tell_local(struct exam *exam)
{
	char host[256] = "";

	gethostname(host, sizeof(host) - 1);
	doctor_add(exam, POLICY_REMARK,
		   git_text(&exam->git, "git -C %s config --add policy.url %s", exam->place,
			    doctor_quote(exam, git_text(&exam->git, "ssh://%s@%s%s",
							doctor_user(exam, exam->status.st_uid), host, exam->folder))),
		   "only the local path was tried, and clients come by another: an address in policy.url is tried too");
}

static const char *operands_of(struct exam *exam)
{
	const char *all = "";

	for (char **operand = exam->git.call->operands; *operand; operand++)
		all = git_text(&exam->git, "%s%s\n", all, *operand);
	return all;
}

/* One a line. */
static const char *addresses_of(struct exam *exam)
{
	struct git *git = &exam->git;

	if (exam->git.call->operand_count)
		return operands_of(exam);
	if (!exam->server)
		return exam->remote ? git_read(git, "remote", "get-url", "--push", "--all", exam->remote, NULL) : NULL;
	const char *configured = git_read(git, "config", "--get-all", "policy.url", NULL), *all = exam->folder;

	for (const char *address; configured && (address = doctor_line(exam, &configured));)
		if (strcmp(address, exam->folder))
			all = git_text(git, "%s\n%s", all, address);
	return all;
}

void doctor_prove(struct exam *exam)
{
	size_t set = exam->git.variable_count;
	struct proof proof = {.receiver = "--thin"};
	const char *addresses = addresses_of(exam);
	const char *receiver =
		exam->remote ? doctor_config(exam, git_text(&exam->git, "remote.%s.receivepack", exam->remote), NULL)
			     : NULL;

	if (!addresses) {
		doctor_add(exam, POLICY_DOUBT, NULL, "there is no address to push to: nothing was tried");
		return;
	}
	if (receiver)
		proof.receiver = git_text(&exam->git, "--receive-pack=%s", receiver);
	if (begin(exam, &proof))
		prove_all(exam, &proof, addresses);
	else
		doctor_add(exam, POLICY_DOUBT, "TMPDIR names a folder that can be written",
			   "no repository could be made in %s to push from",
			   getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	make_end(&exam->git, &proof.scratch);
	exam->git.variable_count = set;
	if (exam->server && !exam->git.call->operand_count && !doctor_config(exam, "policy.url", NULL))
		tell_local(exam);
}
