/* answers: five questions in a table; each reads its answer the same way, whoever gives it. */
#include "answers.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEXT_MAX 120

static const char *const workflows[] = {"gitflow", "trunk", "promotion"};

/* ---- what is likely, by what was seen ---- */

static const char *likely_workflow(const struct survey *survey)
{
	const struct naming *naming = &survey->naming;

	if (naming_trunk_name(naming, TRUNK_DEVELOP))
		return workflows[WORKFLOW_GITFLOW];
	if (naming_trunk_name(naming, TRUNK_STAGING) || naming_trunk_name(naming, TRUNK_PRODUCTION))
		return workflows[WORKFLOW_PROMOTION];
	return workflows[WORKFLOW_TRUNK];
}

/* Somebody alone has nobody to ask. Where nobody is known yet, there will be others. */
static const char *likely_approvals(const struct survey *survey)
{
	return survey->tip && survey->crew.count < 2 ? "0" : "1";
}

static const char *likely_checks(const struct survey *survey)
{
	return survey->ci ? "ci" : "none";
}

static const char *likely_messages(const struct survey *survey)
{
	return survey->style.conventional * 2 >= survey->style.count ? "conventional" : "free";
}

static const char *likely_identity(const struct survey *survey)
{
	return survey->identity;
}

/* ---- what an answer says; false: it is none ---- */

static bool read_workflow(struct answers *answers, const char *text)
{
	for (size_t i = 0; i < sizeof(workflows) / sizeof(*workflows); i++)
		if (!strcmp(text, workflows[i])) {
			answers->workflow = (enum workflow)i;
			return true;
		}
	return false;
}

static bool read_approvals(struct answers *answers, const char *text)
{
	if (!*text || strlen(text) > 2 || text[strspn(text, "0123456789")])
		return false;
	answers->approvals = (unsigned)strtoul(text, NULL, 10);
	return true;
}

/* Whether every word begins with a letter or digit, and there is nothing in it that a check has not. */
static bool read_checks(struct answers *answers, const char *text)
{
	bool within = false;

	answers->checks = *text && strcmp(text, "none") != 0 ? text : NULL;
	for (const char *c = text; *c; within = *c++ != ' ')
		if (!isalnum((unsigned char)*c) && *c != ' ' && (!within || !strchr("_.-<>=!", *c)))
			return false;
	return strlen(text) <= TEXT_MAX;
}

static bool read_messages(struct answers *answers, const char *text)
{
	answers->conventional = !strcmp(text, "conventional");
	return answers->conventional || !strcmp(text, "free");
}

static bool read_identity(struct answers *answers, const char *text)
{
	answers->identity = text;
	return *text && strlen(text) <= TEXT_MAX && !policy_variable_problem(text);
}

/* ---- asking ---- */

static const struct question {
	const char *option;
	size_t place; /* of its value in struct call_init */
	const char *ask;
	const char *wanted;
	const char *(*likely)(const struct survey *survey);
	bool (*read)(struct answers *answers, const char *text);
	const char *(*problem)(
		const char *text); /* why that is no answer, where more can be said than what is wanted */
} questions[] = {
	{"--workflow", offsetof(struct call_init, workflow), "Workflow: gitflow, trunk or promotion?",
	 "one of gitflow, trunk, promotion", likely_workflow, read_workflow, NULL},
	{"--approvals", offsetof(struct call_init, approvals), "How many must approve what lands?",
	 "a number from 0 to 99", likely_approvals, read_approvals, NULL},
	{"--checks", offsetof(struct call_init, checks), "Which checks must have passed, or none?",
	 "names with blanks between them, such as: ci coverage>=90", likely_checks, read_checks, NULL},
	{"--messages", offsetof(struct call_init, messages), "Messages: conventional or free?",
	 "one of conventional, free", likely_messages, read_messages, NULL},
	{"--identity", offsetof(struct call_init, identity),
	 "Who pushes is in which variable: GIT_POLICY_USER, REMOTE_USER, GL_USER?",
	 "the name of a variable, such as GIT_POLICY_USER", likely_identity, read_identity, policy_variable_problem},
};

#define QUESTIONS (sizeof(questions) / sizeof(*questions))

static const char *option_value(const struct call *call, const struct question *question)
{
	return *(const char *const *)(const void *)((const char *)&call->init + question->place);
}

/* What to say of a text that is no answer. */
static const char *problem_of(const struct question *question, const char *text)
{
	return question->problem ? question->problem(text) : NULL;
}

/* A line from the terminal, without the blanks around it; NULL: there is no more. */
static const char *read_line(struct git *git)
{
	char line[1024];

	if (!fgets(line, sizeof(line), stdin))
		return NULL;
	size_t start = strspn(line, " \t\r\n"), end = strlen(line);

	while (end > start && strchr(" \t\r\n", line[end - 1]))
		end--;
	return git_text(git, "%.*s", (int)(end - start), line + start);
}

/* Until there is an answer; Enter takes what is likely. False: whoever was asked has gone. */
static bool put(struct git *git, const struct question *question, const char *likely, int fd, struct answers *answers)
{
	for (;;) {
		dprintf(fd, "%s [%s] ", question->ask, likely);
		const char *text = read_line(git);

		if (!text)
			return false;
		if (question->read(answers, *text ? text : likely))
			return true;
		const char *problem = problem_of(question, text);

		if (problem)
			dprintf(fd, "  %s\n", problem);
		dprintf(fd, "  wanted: %s\n", question->wanted);
	}
}

int answers_check(const struct call *call)
{
	struct answers answers = {0};

	for (size_t i = 0; i < QUESTIONS; i++) {
		const char *text = option_value(call, &questions[i]);

		if (!text || questions[i].read(&answers, text))
			continue;
		const char *problem = problem_of(&questions[i], text);

		if (problem)
			return command_misused(&command_init, "%s: %s", questions[i].option, problem);
		return command_misused(&command_init, "%s wants %s", questions[i].option, questions[i].wanted);
	}
	return POLICY_ACCEPTED;
}

bool answers_take(struct git *git, const struct survey *survey, bool ask, int fd, struct answers *ret_answers)
{
	*ret_answers = (struct answers){0};
	for (size_t i = 0; i < QUESTIONS; i++) {
		const char *option = option_value(git->call, &questions[i]), *likely = questions[i].likely(survey);

		if (option || !ask) {
			questions[i].read(ret_answers, option ? option : likely);
		} else if (!put(git, &questions[i], likely, fd, ret_answers)) {
			guard_print(fd, "\n");
			command_refuse(NULL, "not answered; nothing was written");
			return false;
		}
	}
	return true;
}

void answers_tell(const struct answers *answers, int fd)
{
	dprintf(fd, "taken: %s, approvals %u, checks %s, %s messages; %s names who pushes\n",
		workflows[answers->workflow], answers->approvals, answers->checks ? answers->checks : "none",
		answers->conventional ? "conventional" : "free", answers->identity);
}
