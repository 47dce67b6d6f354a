/* fuzz_commit: any bytes as a commit, a tag and an identity; what parses must keep the parser's promises. */
#include "fuzz.h"

#include "object.h"

static void check_commit(const struct commit *commit)
{
	FUZZ_ASSERT(commit->parent_count <= OBJECT_PARENTS_MAX);
	FUZZ_ASSERT(commit->author.seconds >= 0 && commit->committer.seconds >= 0);
	FUZZ_ASSERT(bytes_index(commit->message, '\0') == commit->message.len);
	FUZZ_ASSERT(bytes_index(commit->author.email, '>') == commit->author.email.len);
}

void fuzz_one(struct arena *arena, struct bytes input)
{
	struct object_problem problem = {0};
	struct commit commit = {0};
	struct tag tag = {0};
	struct oid parents[16];
	size_t count;
	int64_t seconds;

	if (commit_parse(arena, input, &commit, &problem)) {
		check_commit(&commit);
		if (commit.parent_count <= 16)
			FUZZ_ASSERT(commit_links(input, parents, 16, &count, &seconds) && count == commit.parent_count);
	} else {
		FUZZ_ASSERT(problem.text && problem.offset <= input.len);
	}
	if (!tag_parse(input, &tag, &problem))
		FUZZ_ASSERT(problem.text);
	commit_links(input, parents, 16, &count, &seconds);
}
