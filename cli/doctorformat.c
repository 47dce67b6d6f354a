/* doctorformat: the form a server's repository is in: what cannot be judged, what git reads otherwise than it is, and
 * names that stand for others. */
#include "doctor.h"

#include <fts.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* Read as plain text: git may not open such a repository. */
static const char *extension(struct exam *exam, const char *name)
{
	return git_read(&exam->git, "config", "--file", git_text(&exam->git, "%s/config", exam->folder), "--get",
			git_text(&exam->git, "extensions.%s", name), NULL);
}

void doctor_format(struct exam *exam)
{
	const char *objects = extension(exam, "objectFormat"), *refs = extension(exam, "refStorage");
	const char *promise = extension(exam, "partialClone");
	const char *fix = "git init --bare <new>.git, and push its branches and tags there";

	if (objects && strcasecmp(objects, "sha1"))
		doctor_add(exam, POLICY_WRONG, fix, "its object format is %s: nothing can be judged", objects);
	if (refs && strcasecmp(refs, "files"))
		doctor_add(exam, POLICY_WRONG, fix, "its refs are kept as %s: nothing can be judged", refs);
	if (promise)
		doctor_add(exam, POLICY_WRONG,
			   git_text(&exam->git, "git -C %s fetch --refetch --no-filter %s", exam->place,
				    doctor_quote(exam, promise)),
			   "it is a partial clone: not every object is here");
}

static const char *below(struct exam *exam, const char *name)
{
	return git_text(&exam->git, "%s/%s", exam->folder, name);
}

static void look_at_alternates(struct exam *exam)
{
	const char *file = below(exam, "objects/info/alternates"), *text = doctor_file(exam, file);

	for (const char *line; text && (line = doctor_line(exam, &text));) {
		const char *path = *line == '/' ? line : git_text(&exam->git, "%s/objects/%s", exam->folder, line);

		if (!*line || *line == '#' || !access(path, R_OK | X_OK))
			continue;
		doctor_add(exam, POLICY_WRONG,
			   git_text(&exam->git, "bring %s back, or take its line out of %s", path, file),
			   "objects are borrowed from %s, which is not there", path);
	}
}

/* Whether such a file says anything. */
static bool says(struct exam *exam, const char *file)
{
	const char *text = doctor_file(exam, file);

	for (const char *line; text && (line = doctor_line(exam, &text));)
		if (*line && *line != '#')
			return true;
	return false;
}

void doctor_objects(struct exam *exam)
{
	const char *shallow = git_read(&exam->git, "rev-parse", "--is-shallow-repository", NULL);
	const char *replaced = git_read(&exam->git, "for-each-ref", "--count=1", "refs/replace/", NULL);
	const char *grafts = below(exam, "info/grafts");

	if (shallow && !strcmp(shallow, "true"))
		doctor_add(exam, POLICY_WRONG,
			   git_text(&exam->git, "git -C %s fetch --unshallow <complete>", exam->place),
			   "it is shallow: no push can be judged");
	look_at_alternates(exam);
	if (says(exam, grafts))
		doctor_add(exam, POLICY_WRONG, git_text(&exam->git, "rm %s", doctor_quote(exam, grafts)),
			   "info/grafts gives commits other parents in git's eyes than they have");
	if (!replaced)
		doctor_add(exam, POLICY_DOUBT, git_text(&exam->git, "git -C %s for-each-ref", exam->place),
			   "git cannot list the refs");
	else if (*replaced)
		doctor_add(exam, POLICY_WRONG,
			   git_text(&exam->git, "git -C %s replace --list | xargs git -C %s replace -d", exam->place,
				    exam->place),
			   "refs/replace has git show other objects than those that are judged");
}

static const char *delete_symref(struct exam *exam, const char *ref)
{
	return git_text(&exam->git, "git -C %s symbolic-ref -d %s", exam->place, doctor_quote(exam, ref));
}

/* The ref that the symbolic ref in a file stands for, NULL when it is none: git(1) would tell where all of them lead.
 */
static const char *target_of(struct exam *exam, const char *ref)
{
	const char *text = doctor_file(exam, below(exam, ref)), *mark = "ref:";

	if (!text || strncmp(text, mark, strlen(mark)))
		return NULL;
	text += strlen(mark);
	return doctor_word(exam, &text);
}

/* A push to a symbolic ref is judged as both; one that stands for another of its kind is a riddle. */
static void look_at_symref(struct exam *exam, const char *ref)
{
	const char *target = target_of(exam, ref);

	if (!target)
		return;
	if (target_of(exam, target))
		doctor_add(exam, POLICY_WRONG, delete_symref(exam, ref), "%s stands for %s, which stands for another",
			   ref, target);
	else if (!git_read(&exam->git, "rev-parse", "--verify", "--quiet", "--end-of-options", target, NULL))
		doctor_add(exam, POLICY_WRONG, delete_symref(exam, ref), "%s stands for %s, which is not there", ref,
			   target);
	else
		doctor_add(exam, POLICY_REMARK, delete_symref(exam, ref),
			   "%s stands for %s: a push to one is judged as both", ref, target);
}

/* git goes where it leads, and makes folders anew where it wants them; but for refs/ itself, which holds everything. */
static void look_at_link(struct exam *exam, const char *ref)
{
	const char *path = doctor_quote(exam, below(exam, ref));
	const char *fix = strcmp(ref, "refs") ? git_text(&exam->git, "rm %s", path) : NULL;

	doctor_add(exam, POLICY_WRONG, fix, "%s is a symbolic link of the file system: no push there can be judged",
		   ref);
}

/* They are always files of their own. */
void doctor_symrefs(struct exam *exam)
{
	char *roots[] = {(char *)(uintptr_t)below(exam, "refs"), NULL};
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	const FTSENT *entry;

	while (tree && (entry = fts_read(tree))) {
		const char *ref = git_text(&exam->git, "%s", entry->fts_path + strlen(exam->folder) + 1);

		if (entry->fts_info == FTS_F)
			look_at_symref(exam, ref);
		else if (entry->fts_info == FTS_SL)
			look_at_link(exam, ref);
	}
	if (tree)
		fts_close(tree);
	else
		doctor_add(exam, POLICY_DOUBT, NULL, "the folder of refs cannot be read");
}
