/* fuzz_commit: any bytes as a commit, signed or not, and as an identity; what parses must keep the parser's promises.
 */
#include "fuzz.h"

#include "armour.h"

#define PARENTS 16u

static void check_ident(const struct ident *ident)
{
	FUZZ_ASSERT(ident->seconds >= 0 && ident->seconds < (int64_t)1 << 53);
	FUZZ_ASSERT(ident->zone >= -14 * 60 && ident->zone <= 14 * 60);
	FUZZ_ASSERT(bytes_index(ident->email, '>') == ident->email.len);
	FUZZ_ASSERT(bytes_index(ident->name, '<') == ident->name.len);
}

static void check_commit(const struct commit *commit)
{
	FUZZ_ASSERT(commit->parent_count <= OBJECT_PARENTS_MAX);
	check_ident(&commit->author);
	check_ident(&commit->committer);
	FUZZ_ASSERT(bytes_index(commit->raw, '\0') == commit->raw.len);
	FUZZ_ASSERT(bytes_ends(commit->raw, commit->message));
	FUZZ_ASSERT(bytes_index(commit->encoding, '\0') == commit->encoding.len);
}

/* What the walk reads is what the parser reads. */
static void check_links(const struct commit *commit)
{
	struct oid parents[PARENTS];
	size_t count;
	int64_t seconds;

	if (commit->parent_count > PARENTS)
		return;
	FUZZ_ASSERT(commit_links(commit->raw, parents, PARENTS, &count, &seconds));
	FUZZ_ASSERT(count == commit->parent_count && seconds == commit->committer.seconds);
	for (size_t i = 0; i < count; i++)
		FUZZ_ASSERT(oid_equal(&parents[i], &commit->parents[i]));
}

/* What a signature is over is the same commit without it. */
static void check_signed(struct arena *arena, const struct commit *commit)
{
	struct bytes payload, signature;
	struct object_problem problem;
	struct commit over;

	if (armour_commit(arena, commit, &payload, &signature))
		return;
	FUZZ_ASSERT(payload.len < commit->raw.len && commit_parse(arena, payload, &over, &problem));
	FUZZ_ASSERT(oid_equal(&over.tree, &commit->tree) && bytes_equal(over.message, commit->message));
	FUZZ_ASSERT(!over.signature.len && over.parent_count == commit->parent_count);
}

void fuzz_commit(struct arena *arena, struct bytes input)
{
	struct object_problem problem = {0};
	struct commit commit = {0};
	struct oid parents[PARENTS];
	struct ident ident;
	size_t count;
	int64_t seconds;

	if (ident_parse(input, &ident))
		check_ident(&ident);
	commit_links(input, parents, PARENTS, &count, &seconds);
	if (!commit_parse(arena, input, &commit, &problem)) {
		FUZZ_ASSERT(problem.text && problem.offset <= input.len);
		return;
	}
	check_commit(&commit);
	check_links(&commit);
	check_signed(arena, &commit);
}
