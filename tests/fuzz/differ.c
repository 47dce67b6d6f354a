/* differ: for tests/proof/differential: reads ids of commits from standard input, and writes of each what our parser
 * makes of it, as git log does of the same; where libgit2 makes something else of one that we accept, it says so. */
#include <git2.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "armour.h"
#include "object.h"

/* A commit to both. */
struct pair {
	struct arena *arena;
	char id[GIT_OID_HEXSZ + 1];
	struct commit ours;
	git_commit *theirs;
	unsigned differences;
};

static void same(struct pair *pair, bool equal, const char *what)
{
	if (equal)
		return;
	fprintf(stderr, "%s: libgit2 has another %s\n", pair->id, what);
	pair->differences++;
}

/* Whether it is what libgit2 takes off both ends of names and addresses. */
static bool is_crud(char c)
{
	return (unsigned char)c <= ' ' || memchr(".,:;<>\"\\'", c, 9);
}

static struct bytes without_crud(struct bytes text)
{
	while (text.len && is_crud(text.data[0]))
		text = bytes_from(text, 1);
	while (text.len && is_crud(text.data[text.len - 1]))
		text = bytes_first(text, text.len - 1);
	return text;
}

static bool is_text(struct bytes ours, const char *theirs)
{
	return bytes_equal(ours, bytes_of(theirs));
}

static bool is_id(const struct oid *ours, const git_oid *theirs)
{
	return memcmp(ours->id, theirs->id, sizeof(ours->id)) == 0;
}

static void compare_ident(struct pair *pair, const struct ident *ours, const git_signature *theirs, const char *what)
{
	same(pair,
	     is_text(without_crud(ours->name), theirs->name) && is_text(without_crud(ours->email), theirs->email) &&
		     ours->seconds == theirs->when.time && ours->zone == theirs->when.offset,
	     what);
}

static void compare_parents(struct pair *pair)
{
	bool equal = git_commit_parentcount(pair->theirs) == pair->ours.parent_count;

	for (unsigned i = 0; equal && i < pair->ours.parent_count; i++)
		equal = is_id(&pair->ours.parents[i], git_commit_parent_id(pair->theirs, i));
	same(pair, equal, "list of parents");
}

/* libgit2 ends a signature without its last line end. */
static void compare_signed(struct pair *pair, git_repository *repo)
{
	struct bytes payload = {0}, signature = {0};
	git_buf their_payload = {0}, their_signature = {0};
	git_oid id = *git_commit_id(pair->theirs);
	bool ours = !armour_commit(pair->arena, &pair->ours, &payload, &signature);
	int error = git_commit_extract_signature(&their_signature, &their_payload, repo, &id, NULL);
	struct bytes shown = {their_signature.ptr, their_signature.size};

	if (ours)
		same(pair, !error && bytes_equal(payload, (struct bytes){their_payload.ptr, their_payload.size}),
		     "signed content");
	if (ours && !error)
		same(pair, bytes_equal(bytes_first(signature, signature.len - 1), shown), "signature");
	git_buf_dispose(&their_payload);
	git_buf_dispose(&their_signature);
}

static void compare(struct pair *pair, git_repository *repo)
{
	same(pair, is_id(&pair->ours.tree, git_commit_tree_id(pair->theirs)), "tree");
	compare_parents(pair);
	compare_ident(pair, &pair->ours.author, git_commit_author(pair->theirs), "author");
	compare_ident(pair, &pair->ours.committer, git_commit_committer(pair->theirs), "committer");
	same(pair, is_text(pair->ours.encoding, git_commit_message_encoding(pair->theirs)), "encoding");
	same(pair, is_text(pair->ours.message, git_commit_message_raw(pair->theirs)), "message");
	compare_signed(pair, repo);
}

static void print_ident(const struct ident *ident)
{
	int minutes = abs(ident->zone);

	printf("%.*s\n%.*s\n%" PRId64 " %c%02d%02d\n", BYTES_ARG(ident->name), BYTES_ARG(ident->email), ident->seconds,
	       ident->zone < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

/* --format='%H%n%T%n%P%n%an%n%ae%n%ad%n%cn%n%ce%n%cd%n%e%n%B' -z */
static void print_commit(const struct pair *pair)
{
	const struct commit *commit = &pair->ours;

	printf("%s\n%s\n", pair->id, oid_hex(&commit->tree).text);
	for (size_t i = 0; i < commit->parent_count; i++)
		printf("%s%s", i ? " " : "", oid_hex(&commit->parents[i]).text);
	printf("\n");
	print_ident(&commit->author);
	print_ident(&commit->committer);
	printf("%.*s\n%.*s%c", BYTES_ARG(commit->encoding), BYTES_ARG(commit->message), 0);
}

/* The ids of what is signed and of its signature, as git hands them to gpg. */
static void print_signed(struct pair *pair)
{
	struct bytes payload, signature;
	char a[sizeof(pair->id)], b[sizeof(pair->id)];
	git_oid id;

	if (armour_commit(pair->arena, &pair->ours, &payload, &signature))
		return;
	git_odb_hash(&id, payload.data, payload.len, GIT_OBJECT_BLOB);
	git_oid_tostr(a, sizeof(a), &id);
	git_odb_hash(&id, signature.data, signature.len, GIT_OBJECT_BLOB);
	git_oid_tostr(b, sizeof(b), &id);
	printf("%s %s %s\n", pair->id, a, b);
}

static unsigned judge(git_repository *repo, git_odb *odb, const git_oid *id, bool is_signed)
{
	struct pair pair = {.arena = arena_new()};
	struct object_problem problem;
	git_odb_object *object = NULL;

	git_oid_tostr(pair.id, sizeof(pair.id), id);
	if (!pair.arena || git_odb_read(&object, odb, id))
		exit(2);
	struct bytes raw = {git_odb_object_data(object), git_odb_object_size(object)};

	if (commit_parse(pair.arena, raw, &pair.ours, &problem)) {
		if (git_commit_lookup(&pair.theirs, repo, id) == 0)
			compare(&pair, repo);
		else
			same(&pair, false, "opinion: it is no commit");
		is_signed ? print_signed(&pair) : print_commit(&pair);
	}
	git_commit_free(pair.theirs);
	git_odb_object_free(object);
	arena_free(pair.arena);
	return pair.differences;
}

int main(int argc, char **argv)
{
	git_repository *repo;
	git_odb *odb;
	char line[64];
	unsigned differences = 0;
	bool is_signed = argc == 3 && strcmp(argv[2], "signed") == 0;

	git_libgit2_init();
	if (argc < 2 || git_repository_open_bare(&repo, argv[1]) || git_repository_odb(&odb, repo))
		return 2;
	while (fgets(line, sizeof(line), stdin)) {
		git_oid id;

		if (git_oid_fromstr(&id, line))
			return 2;
		differences += judge(repo, odb, &id, is_signed);
	}
	git_odb_free(odb);
	git_repository_free(repo);
	git_libgit2_shutdown();
	return fflush(stdout) || differences ? 1 : 0;
}
