/* paths: no file lies where none should, and none bears a name, or leads to a place, that would mislead. */
#include "gitmodules.h"
#include "pathname.h"
#include "pathtree.h"
#include "quote.h"
#include "remake.h"
#include "settings.h"
#include "tree.h"

#define LINK_MAX_BYTES ((size_t)4096)
#define GITMODULES_MAX_BYTES ((size_t)1 << 20)

static bool check(struct setting *setting, struct findings *errors)
{
	struct pathtree *tree = pathtree_new(errors->arena);

	setting->parsed = tree;
	for (size_t i = 0, rank = 0; i < setting->clause_count; i++) {
		struct bytes text = setting->clauses[i].text, rest = text, word;

		while (bytes_word(&rest, &word)) {
			const char *problem = pathtree_problem(word);

			if (word.data[0] == '!')
				problem = "there is no \"!\"; a path that one pattern denies is denied";
			if (!problem) {
				pathtree_add(tree, word, ++rank);
				continue;
			}
			settings_fault(errors, setting, i, (size_t)(word.data - text.data), "\"%.*s\": %s",
				       BYTES_ARG(word), problem);
			return false;
		}
	}
	return true;
}

static void rename_fix(const struct rule_case *c, struct findings *findings, struct finding *finding,
		       const struct added *added)
{
	remake_fix(c, findings, finding, "git mv %s <another name>", quote_word(findings->arena, added->path));
}

static void remove_fix(const struct rule_case *c, struct findings *findings, struct finding *finding,
		       const struct added *added)
{
	remake_fix(c, findings, finding, "git rm --cached %s", quote_word(findings->arena, added->path));
}

static void judge_denied(const struct rule_case *c, struct findings *findings, const struct added *added)
{
	const struct setting *deny = case_setting(c, "paths-deny");
	const char *slash = added->mode == TREE_SUBMODULE ? "/" : "";
	struct bytes path = bytes_printf(findings->arena, "%.*s%s", BYTES_ARG(added->path), slash);
	size_t rank = deny ? pathtree_find(deny->parsed, path) : 0;

	if (!rank)
		return;
	struct finding *finding = case_add(c, findings, "%.*s may not be here", BYTES_ARG(added->path));

	finding->origin = deny->origin;
	finding_wanted(findings, finding, "no file that %.*s matches", BYTES_ARG(deny->words[rank - 1]));
	remove_fix(c, findings, finding, added);
}

static void judge_length(const struct rule_case *c, struct findings *findings, const struct added *added)
{
	const struct setting *max = case_setting(c, "path-max");

	if (!max || added->path.len <= max->number)
		return;
	struct finding *finding =
		case_add(c, findings, "%.*s: a path of %zu bytes", BYTES_ARG(added->path), added->path.len);

	finding->origin = max->origin;
	finding_wanted(findings, finding, "at most %lu bytes", max->number);
	rename_fix(c, findings, finding, added);
}

static void judge_names(const struct rule_case *c, struct findings *findings, const struct added *added)
{
	struct bytes rest = added->path, name;

	while (pathname_next(&rest, &name)) {
		bool last = !rest.data, own = pathname_alias(name).len;
		const char *problem = pathname_problem(name);

		if (!problem && own && !(last && remake_is_file(added)))
			problem = "is one of git's own files, and must be a regular one";
		if (!problem)
			continue;
		rename_fix(c, findings,
			   case_add(c, findings, "%.*s: the name \"%.*s\" %s", BYTES_ARG(added->path), BYTES_ARG(name),
				    problem),
			   added);
		return;
	}
}

/* git's own check of what is missing passes over submodules. */
static void judge_object(const struct rule_case *c, struct findings *findings, const struct added *added)
{
	if (!oid_is_zero(&added->id))
		return;
	remove_fix(c, findings, case_add(c, findings, "%.*s is of no object", BYTES_ARG(added->path)), added);
}

/* The content of what was added, if it is no larger than what can be meant. */
static enum answer content_of(const struct rule_case *c, const struct added *added, size_t max,
			      struct bytes *ret_content)
{
	size_t size;

	if (facts_size(c->facts, &added->id, &size) != ANSWER_YES)
		return ANSWER_UNKNOWN;
	return size > max ? ANSWER_NO : facts_blob(c->facts, &added->id, ret_content);
}

static bool judge_link(const struct rule_case *c, struct findings *findings, const struct added *added)
{
	const char *problem = "is longer than any path";
	struct bytes target = {0};
	enum answer answer = content_of(c, added, LINK_MAX_BYTES, &target);

	if (answer == ANSWER_UNKNOWN)
		return false;
	if (answer == ANSWER_YES)
		problem = pathname_link_problem(added->path, target);
	if (!problem)
		return true;
	struct finding *finding = case_add(c, findings, "%.*s is a link: its target \"%.*s\" %s",
					   BYTES_ARG(added->path), BYTES_ARG(target), problem);

	finding_wanted(findings, finding, "a link to something in the tree");
	remove_fix(c, findings, finding, added);
	return true;
}

static bool judge_gitmodules(const struct rule_case *c, struct findings *findings, const struct added *added)
{
	struct gitmodules_problem problem = {"is larger than 1 MiB", {0}, 0};
	struct bytes content;
	enum answer answer = content_of(c, added, GITMODULES_MAX_BYTES, &content);

	if (answer == ANSWER_UNKNOWN)
		return false;
	if (answer == ANSWER_YES && gitmodules_check(findings->arena, content, &problem))
		return true;
	struct finding *finding = NULL;

	if (problem.name.len)
		finding = case_add(c, findings, "%.*s, line %u: \"%.*s\" %s", BYTES_ARG(added->path), problem.line,
				   BYTES_ARG(problem.name), problem.text);
	else if (problem.line)
		finding = case_add(c, findings, "%.*s, line %u: it %s", BYTES_ARG(added->path), problem.line,
				   problem.text);
	else
		finding = case_add(c, findings, "%.*s %s", BYTES_ARG(added->path), problem.text);
	remake_fix(c, findings, finding, "correct it, git add %s", quote_word(findings->arena, added->path));
	return true;
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	bool known = true;

	for (size_t i = 0; known && i < c->added_count; i++) {
		const struct added *added = &c->added[i];

		judge_denied(c, findings, added);
		judge_length(c, findings, added);
		judge_names(c, findings, added);
		judge_object(c, findings, added);
		if ((added->mode & TREE_KIND) == TREE_LINK)
			known = judge_link(c, findings, added);
		else if (remake_is_file(added) && bytes_equal(remake_name(added->path), BYTES(".gitmodules")))
			known = judge_gitmodules(c, findings, added);
	}
	return known;
}

static const struct key keys[] = {
	{
		.name = "paths-deny",
		.sections = SECTION_CONTENT,
		.kind = KEY_LIST,
		.form = "patterns, as in gitignore(5)",
		.check = check,
		.help = "Files that may not be added or changed: a pattern without a slash matches in every folder.",
		.example = "*.sql .env /build/",
	},
	{
		.name = "path-max",
		.sections = SECTION_CONTENT,
		.kind = KEY_NUMBER,
		.min = 1,
		.max = 4096,
		.help = "How many bytes a path may have.",
		.example = "240",
	},
};

const struct rule rule_paths = {
	.name = "paths",
	.help = "Refuses paths that the policy denies, and names and links that would mislead git or a file system.",
	.mend = "Rename the file, or take it out of the commit that adds it: git rm --cached <path> && git commit "
		"--amend, or for older commits git rebase -i and edit.",
	.scope = SCOPE_CONTENT,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
