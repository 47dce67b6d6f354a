/* survey: asks git about refs, the newest commits and a few files; how much is read does not grow with the history. */
#include "survey.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "surveylog.h"

#define REFS_MAX "100000"

/* What git said, to be cut up; empty where it failed. */
static char *read_lines(const char *output)
{
	return (char *)(uintptr_t)(output ? output : "");
}

/* ---- where ---- */

/* git says nothing of one that it does not trust, either. */
static bool refuse_repository(void)
{
	if (access(".git", F_OK) && access("objects", F_OK))
		command_refuse("git init makes one; -C <dir> names another folder", "there is no git repository here");
	else
		command_refuse("git rev-parse --git-dir says why; run this as the account that it belongs to",
			       "git does not open the repository that is here");
	return false;
}

static bool find_repository(struct git *git, struct survey *survey)
{
	git->quiet = true;
	survey->folder = git_read(git, "rev-parse", "--git-dir", NULL);
	const char *bare = git_read(git, "rev-parse", "--is-bare-repository", NULL);

	if (!survey->folder || !bare)
		return refuse_repository();
	survey->bare = !strcmp(bare, "true");
	return true;
}

/* A clone goes by the branches of its server, when it has fetched any. False: the one it was told to go by is none,
 * which was said. */
static bool find_remote(struct git *git, struct survey *survey)
{
	if (git->call->remote && !git_remote(git))
		return false;
	const char *remote = git->call->remote ? git->call->remote : "origin";
	const char *any = git_read(git, "for-each-ref", "--count=1", "--format=%(refname)",
				   git_text(git, "refs/remotes/%s/", remote), NULL);

	survey->remote = !survey->bare && any && *any ? remote : NULL;
	return true;
}

static const char *branches_of(struct git *git, const struct survey *survey)
{
	return survey->remote ? git_text(git, "refs/remotes/%s/", survey->remote) : "refs/heads/";
}

/* ---- branches and tags ---- */

static char *refs(struct git *git, const char *prefix)
{
	return read_lines(git_read(git, "for-each-ref", "--count=" REFS_MAX, "--format=%(refname)", prefix, NULL));
}

static bool has_branch(struct git *git, const struct survey *survey, const char *name)
{
	return git_read(git, "show-ref", "--verify", "--quiet", git_text(git, "%s%s", branches_of(git, survey), name),
			NULL);
}

/* Where HEAD points to, there. */
static const char *head_branch(struct git *git, const struct survey *survey)
{
	const char *prefix = branches_of(git, survey);
	const char *head = survey->remote ? git_text(git, "%sHEAD", prefix) : "HEAD";
	const char *target = git_read(git, "symbolic-ref", "--quiet", head, NULL);

	return target && !strncmp(target, prefix, strlen(prefix)) ? target + strlen(prefix) : NULL;
}

/* The main trunk: what HEAD points to, unless that is called like another kind of trunk and a main one is there. */
static void find_main(struct git *git, struct survey *survey)
{
	static const char *const mains[] = {"main", "master", "trunk"};
	const char *head = head_branch(git, survey), *main = NULL;

	for (size_t i = 0; !main && i < sizeof(mains) / sizeof(*mains); i++)
		if (has_branch(git, survey, mains[i]))
			main = mains[i];
	if (head && naming_plain(head) && (has_branch(git, survey, head) || survey->empty) &&
	    (!main || naming_trunk_kind(head) == TRUNK_MAIN))
		main = head;
	if (main)
		naming_trunk(&survey->naming, main, TRUNK_MAIN);
}

static void take_refs(struct git *git, struct survey *survey)
{
	const char *prefix = branches_of(git, survey);
	char *lines = refs(git, prefix);

	survey->empty = !*lines;
	find_main(git, survey);
	for (char *name; (name = strsep(&lines, "\n"));)
		if (strlen(name) > strlen(prefix) && strcmp(name + strlen(prefix), "HEAD") != 0)
			naming_branch(&survey->naming, name + strlen(prefix));
	lines = refs(git, "refs/tags/");
	for (char *name; (name = strsep(&lines, "\n"));)
		if (*name)
			naming_tag(&survey->naming, name + strlen("refs/tags/"));
}

/* ---- files ---- */

static void take_files(struct git *git, struct survey *survey)
{
	char *lines =
		read_lines(git_read(git, "ls-tree", "--full-tree", "--name-only", survey->tip, "--", "CODEOWNERS",
				    ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS", ".github/workflows",
				    ".gitlab-ci.yml", ".travis.yml", ".circleci", "Jenkinsfile", "azure-pipelines.yml",
				    ".woodpecker.yml", ".drone.yml", ".forgejo/workflows", ".gitea/workflows", NULL));

	for (char *path; (path = strsep(&lines, "\n"));) {
		if (!strstr(path, "CODEOWNERS"))
			survey->ci = *path ? path : survey->ci;
		else if (!survey->owners) /* the one below .github/ comes first, which GitHub takes */
			survey->owners = path;
	}
}

/* ---- the server ---- */

static bool exists(struct git *git, const struct survey *survey, const char *file)
{
	return !access(git_text(git, "%s/%s", survey->folder, file), F_OK);
}

/* gitolite leaves a file of its own in every repository; http is only served for pushes where that is switched on. */
static void find_identity(struct git *git, struct survey *survey)
{
	const char *http = git_read(git, "config", "--type=bool", "--get", "http.receivepack", NULL);

	survey->identity = "GIT_POLICY_USER";
	if (survey->bare && exists(git, survey, "gl-conf"))
		survey->identity = "GL_USER";
	else if (survey->bare && http && !strcmp(http, "true"))
		survey->identity = "REMOTE_USER";
}

static const char *commit_of(struct git *git, const char *name)
{
	return git_read(git, "rev-parse", "--verify", "--quiet", git_text(git, "%s^{commit}", name), NULL);
}

/* The history that is read: the main trunk's, else whichever there is. */
static void find_tip(struct git *git, struct survey *survey)
{
	const char *main = naming_trunk_name(&survey->naming, TRUNK_MAIN), *prefix = branches_of(git, survey);
	const char *any = git_read(git, "for-each-ref", "--count=1", "--format=%(refname)", prefix, NULL);

	if (main)
		survey->tip = commit_of(git, git_text(git, "%s%s", prefix, main));
	if (!survey->tip)
		survey->tip = commit_of(git, "HEAD");
	if (!survey->tip && any && *any)
		survey->tip = commit_of(git, any);
}

bool survey_take(struct git *git, struct survey *ret_survey)
{
	*ret_survey = (struct survey){0};
	if (!find_repository(git, ret_survey) || !find_remote(git, ret_survey))
		return false;
	take_refs(git, ret_survey);
	find_tip(git, ret_survey);
	if (ret_survey->tip) {
		surveylog_take(git, ret_survey);
		take_files(git, ret_survey);
	}
	surveylog_caller(git, ret_survey);
	find_identity(git, ret_survey);
	ret_survey->guarded = git_read(git, "show-ref", "--verify", "--quiet", "refs/policy/current", NULL);
	naming_finish(&ret_survey->naming, &ret_survey->crew);
	git->quiet = false;
	return true;
}

/* ---- what was seen ---- */

static void tell_families(const struct survey *survey, int fd, const char *what, bool tags)
{
	const char *before = what;

	for (size_t i = 0; i < survey->naming.count; i++) {
		const struct family *family = &survey->naming.families[i];

		if ((family->role == ROLE_TAG) != tags || family->past || !family->count)
			continue;
		dprintf(fd, "%s%s", before, family->heading);
		if (family->role != ROLE_TRUNK)
			dprintf(fd, " (%zu)", family->count);
		before = ", ";
	}
	if (before != what)
		guard_print(fd, "\n");
}

static void tell_people(const struct survey *survey, int fd)
{
	const struct crew *crew = &survey->crew;

	if (!survey->tip || !crew->count)
		return;
	dprintf(fd, "  people    %s%zu%s:", crew->full ? "more than " : "", crew->count,
		survey->lately ? " in the last year" : "");
	for (size_t i = 0; i < crew->count && i < 6; i++)
		dprintf(fd, " %s", crew->people[i].user);
	dprintf(fd, "%s\n", crew->count > 6 ? " ..." : "");
}

static bool tells_nothing(const struct survey *survey)
{
	return survey->empty && !survey->tip && !survey->guarded && !naming_find(&survey->naming, ROLE_TAG);
}

void survey_tell(const struct survey *survey, int fd)
{
	const struct style *style = &survey->style;

	dprintf(fd, "%s%s%s%s\n",
		!survey->empty ? "this repository"
		: survey->tip  ? "a repository without a branch"
			       : "an empty repository",
		survey->remote ? ", as it is at " : "", survey->remote ? survey->remote : "",
		tells_nothing(survey) ? "" : ":");
	if (!survey->empty)
		tell_families(survey, fd, "  branches  ", false);
	tell_families(survey, fd, "  tags      ", true);
	if (survey->naming.odd)
		dprintf(fd,
			"  names     %zu with more than ASCII in them, which a pattern takes in; one that is not "
			"UTF-8, or holds\n"
			"            what nobody can see, no policy lets in (git policy explain <ref>)\n",
			survey->naming.odd);
	if (style->count)
		dprintf(fd, "  messages  %u of the last %u are Conventional Commits; the longest first line has %zu\n",
			style->conventional, style->count, style->longest);
	if (survey->landed)
		dprintf(fd, "  history   %s\n", survey->landed == LANDED_LINEAR ? "linear" : "branches are merged");
	tell_people(survey, fd);
	if (survey->owners)
		dprintf(fd, "  owners    %s\n", survey->owners);
	if (survey->guarded)
		guard_print(fd, "  policy    it has one already, which refs/policy/current shows\n");
	if (survey->ci)
		dprintf(fd, "  checks    %s is there\n", survey->ci);
	guard_print(fd, "\n");
}
