/* container-user: a container does not run as root; the example of a rule about what is in files. */
#include "containerfile.h"
#include "quote.h"
#include "remake.h"
#include "tree.h"

#define FILE_MAX_BYTES ((size_t)256 << 10)

#define WANTED "a USER other than root in the last stage, or in one that it is made from"

/* The sentence about what the file says; NULL: it runs as somebody else. */
static const char *problem_of(const struct container *container)
{
	switch (container->verdict) {
	case CONTAINER_ROOT:
		return "the container runs as root";
	case CONTAINER_UNSET:
		return "the last stage has no USER, and runs as whom its base image says, mostly root";
	case CONTAINER_UNKNOWN:
		return "nobody can tell who that is: a variable in it has no value in the file, or one that a build "
		       "may change (ARG)";
	case CONTAINER_UNREADABLE:
		return container->problem;
	case CONTAINER_USER:
		break;
	}
	return NULL;
}

static void refuse(const struct rule_case *c, struct findings *findings, const struct added *added,
		   const struct container *container)
{
	struct arena *arena = findings->arena;
	struct finding *finding = case_add(c, findings, "%.*s, line %u: %s", BYTES_ARG(added->path), container->line,
					   problem_of(container));

	finding_at(finding, 0, 0, bytes_copy(arena, container->source));
	finding_wanted(findings, finding, WANTED);
	if (container->verdict == CONTAINER_UNSET)
		remake_fix(c, findings, finding, "add the line USER 10001 at the end, git add %s",
			   quote_word(arena, added->path));
	else if (container->verdict != CONTAINER_UNREADABLE)
		remake_fix(c, findings, finding, "make line %u USER 10001, git add %s", container->line,
			   quote_word(arena, added->path));
}

static void refuse_kind(const struct rule_case *c, struct findings *findings, const struct added *added,
			const char *problem)
{
	struct finding *finding = case_add(c, findings, "%.*s %s", BYTES_ARG(added->path), problem);

	finding_wanted(findings, finding, "a regular file of at most 256 KiB");
}

/* A link to a file that is named like one is judged there. */
static bool judge_link(const struct rule_case *c, struct findings *findings, const struct added *added)
{
	struct bytes target;

	if (facts_blob(c->facts, &added->id, &target) != ANSWER_YES)
		return false;
	if (!containerfile_named(remake_name(target)))
		refuse_kind(c, findings, added, "is a link to what is not named like a Dockerfile");
	return true;
}

static bool judge_file(const struct rule_case *c, struct findings *findings, const struct added *added)
{
	struct bytes content;
	size_t size;

	if (facts_size(c->facts, &added->id, &size) != ANSWER_YES)
		return false;
	if (size > FILE_MAX_BYTES) {
		refuse_kind(c, findings, added, "is too large to be read as a Dockerfile");
		return true;
	}
	if ((added->mode & TREE_KIND) == TREE_LINK)
		return judge_link(c, findings, added);
	if (facts_blob(c->facts, &added->id, &content) != ANSWER_YES)
		return false;
	struct container container = containerfile_read(findings->arena, content);

	if (container.verdict != CONTAINER_USER)
		refuse(c, findings, added, &container);
	return true;
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	for (size_t i = 0; i < c->added_count; i++) {
		const struct added *added = &c->added[i];

		if ((added->mode & TREE_KIND) == TREE_SUBMODULE || !containerfile_named(remake_name(added->path)))
			continue;
		if (!judge_file(c, findings, added))
			return false;
	}
	return true;
}

const struct rule rule_container_user = {
	.name = "container-user",
	.help = "Refuses a Dockerfile whose container runs as root.",
	.mend = "Add a line USER with another user than root to the last stage of that file: git commit --amend, or "
		"for older commits git rebase -i and edit.",
	.scope = SCOPE_CONTENT,
	.severity = SEVERITY_ENFORCE,
	.judge = judge,
};
