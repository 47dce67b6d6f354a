/* owners: whoever owns a changed path, by the CODEOWNERS from before the push, has approved what lands (design 4.7). */
#include "shares.h"

#include "arena.h"
#include "map.h"
#include "quote.h"

/* One step that lands, and the CODEOWNERS it is judged by. */
struct step {
	const struct rule_case *c;
	struct findings *findings;
	struct bytes file;	     /* where CODEOWNERS is */
	struct oid base;	     /* the commit it is read from */
	const struct bytes *changed; /* paths */
	size_t changed_count;
	bool touches; /* CODEOWNERS is one of them */
};

/* A relative path as git's trees have it. */
static bool check(struct setting *setting, struct findings *errors)
{
	struct bytes path = setting->clauses[0].text, rest = path;

	while (rest.len) {
		struct bytes name = bytes_first(rest, bytes_index(rest, '/'));

		rest = bytes_from(rest, name.len + 1);
		if (name.len && !bytes_equal(name, BYTES(".")) && !bytes_equal(name, BYTES("..")))
			continue;
		setting_error(errors, setting, 0,
			      "owners is the path of a file from the root of the branch, such as "
			      "CODEOWNERS or .github/CODEOWNERS");
		return false;
	}
	if (!bytes_ends(path, BYTES("/")))
		return true;
	setting_error(errors, setting, 0, "owners is a file, not a folder");
	return false;
}

/* "src/a.c waits for", "3 paths wait for" */
static struct bytes subject(const struct share *share, const char *one, const char *many, struct arena *arena)
{
	if (share->paths.count == 1)
		return bytes_printf(arena, "%.*s %s", BYTES_ARG(share->paths.items[0]), one);
	return bytes_printf(arena, "%zu paths %s", share->paths.count, many);
}

/* ": src/a.c, src/b.c", unless the subject says it. */
static struct bytes rest_of(const struct share *share, struct arena *arena)
{
	if (share->paths.count == 1)
		return BYTES("");
	return bytes_printf(arena, ": %.*s", BYTES_ARG(some_list(&share->paths, ", ", arena)));
}

static void tell_awaited(const struct step *step, const struct share *share, struct bytes others)
{
	struct findings *findings = step->findings;
	struct arena *arena = findings->arena;
	struct bytes who = some_list(&share->owners, " or ", arena), why = {0};

	if (share->rejecting) {
		who = share->rejecting->name;
		why = BYTES(", who asks for changes");
	} else if (others.len) {
		why = bytes_printf(arena, " (%.*s)", BYTES_ARG(others));
	}
	struct finding *finding = case_add(step->c, findings, "%.*s %.*s%.*s%.*s",
					   BYTES_ARG(subject(share, "waits for", "wait for", arena)), BYTES_ARG(who),
					   BYTES_ARG(why), BYTES_ARG(rest_of(share, arena)));

	finding_fix(findings, finding, "%.*s runs: git policy approve %s --for %s", BYTES_ARG(who),
		    oid_abbrev(&step->c->landing->head).text, quote_word(findings->arena, step->c->update->name));
}

/* A line that cannot be heeded, in the CODEOWNERS of `commit`; `mend` is what is to be done with it. */
static void tell_line(const struct step *step, const struct codeowners_line *line, const struct oid *commit,
		      struct bytes consequence, const char *mend)
{
	struct findings *findings = step->findings;
	struct finding *finding = case_add(step->c, findings, "line %u of %.*s at %s %s, \"%.*s\"%.*s", line->number,
					   BYTES_ARG(step->file), oid_abbrev(commit).text,
					   line->problem ? "cannot be read" : "names nobody the policy knows",
					   BYTES_ARG(bytes_first(line->text, 100)), BYTES_ARG(consequence));

	if (line->problem)
		finding_wanted(findings, finding, "a line that can be read: %s", line->problem);
	else
		finding_wanted(findings, finding, "an owner who is a user or a group of the policy");
	finding_fix(findings, finding, "%s%s", mend,
		    line->problem ? "" : ", or have an admin add its owners to the policy");
}

static void tell(const struct step *step, const struct share *share, struct bytes others)
{
	struct arena *arena = step->findings->arena;

	if (share->word == WORD_AWAITED)
		tell_awaited(step, share, others);
	else if (share->word < WORD_AWAITED && !share->line->number)
		case_add(step->c, step->findings,
			 "%.*s at %s names nobody the policy knows, who could approve its change",
			 BYTES_ARG(step->file), oid_abbrev(&step->base).text);
	else if (share->word < WORD_AWAITED)
		tell_line(step, share->line, &step->base,
			  bytes_printf(arena, ", and blocks %.*s", BYTES_ARG(some_list(&share->paths, ", ", arena))),
			  bytes_printf(arena, "land a correction of %.*s first", BYTES_ARG(step->file)).data);
}

/* Every owner that is named anywhere, each once. */
static struct bytes all_owners(struct codeowners *codeowners, struct arena *arena)
{
	struct buffer all = {.arena = arena};
	struct map *seen = map_new(arena);
	size_t count;
	const struct codeowners_line *lines = codeowners_lines(codeowners, &count);
	struct bytes word;

	for (size_t i = 0; i < count; i++) {
		struct bytes rest = lines[i].owners;

		while (bytes_word(&rest, &word)) {
			if (!map_get(seen, word))
				buffer_printf(&all, "%.*s ", BYTES_ARG(word));
			map_set(seen, word, codeowners);
		}
	}
	return bytes_trim(buffer_bytes(&all));
}

/* Nobody can be asked: that is for whoever lands a CODEOWNERS to change, and stops everything else. */
static bool judge_without(const struct step *step, const char *what, const char *why)
{
	if (step->touches)
		return true;
	struct finding *finding = case_add(step->c, step->findings, "%s %.*s at %s%s: nobody owns anything", what,
					   BYTES_ARG(step->file), oid_abbrev(&step->base).text, why);

	finding_wanted(step->findings, finding, "a file that says who owns what");
	finding_fix(step->findings, finding, "land a commit that adds owners to %.*s", BYTES_ARG(step->file));
	return true;
}

static void refuse_size(const struct step *step, const struct oid *commit)
{
	struct finding *finding = case_add(step->c, step->findings, "%.*s at %s is larger than 3 MiB",
					   BYTES_ARG(step->file), oid_abbrev(commit).text);

	finding_wanted(step->findings, finding, "a file that can be read in bounded time");
}

/* Puts what changed to its owners. */
static bool judge_paths(const struct step *step, struct bytes content)
{
	struct arena *arena = step->findings->arena;
	struct counted counted;
	struct shares shares = {
		.facts = step->c->facts,
		.arena = arena,
		.codeowners = codeowners_parse(arena, content),
		.counted = &counted,
		.file = step->file,
	};

	shares.anyone = (struct codeowners_line){.owners = all_owners(shares.codeowners, arena)};
	if (!shares.anyone.owners.len)
		return judge_without(step, "the", " names no owner");
	if (!counted_approvers(step->c, arena, &counted))
		return false;
	for (const struct share *share = shares_of(&shares, step->changed, step->changed_count); share;
	     share = share->next)
		tell(step, share, counted.others);
	counted_note(step->c, &counted, step->findings);
	return true;
}

/* The lines that CODEOWNERS had: whose owners have left the policy since is not for the next one to change it. */
static struct map *lines_before(const struct step *step)
{
	struct map *lines = map_new(step->findings->arena);
	struct bytes content, line;

	if (facts_file(step->c->facts, &step->base, step->file, &content) == ANSWER_YES)
		while (bytes_line(&content, &line))
			map_set(lines, bytes_trim(line), lines);
	return lines;
}

/* Lines that would block whatever they are about are not let in. */
static void judge_lines(const struct step *step, struct bytes content)
{
	struct arena *arena = step->findings->arena;
	const struct map *before = lines_before(step);
	size_t count;
	const struct codeowners_line *lines = codeowners_lines(codeowners_parse(arena, content), &count);

	for (size_t i = 0; i < count; i++)
		if (lines[i].problem || (lines[i].owners.len && !shares_known(step->c->facts, lines[i].owners) &&
					 !map_get(before, lines[i].text)))
			tell_line(step, &lines[i], &step->c->landing->to, (struct bytes){0},
				  "correct this line, and push that");
}

/* The CODEOWNERS that lands is one that the next push can be judged by. */
static bool judge_successor(const struct step *step)
{
	const struct oid *to = &step->c->landing->to;
	struct bytes content;
	enum answer answer = facts_file(step->c->facts, to, step->file, &content);

	if (answer != ANSWER_YES)
		return answer == ANSWER_NO;
	if (content.len > CODEOWNERS_MAX)
		refuse_size(step, to);
	else
		judge_lines(step, content);
	return true;
}

static bool judge_base(const struct step *step)
{
	struct bytes content;

	switch (facts_file(step->c->facts, &step->base, step->file, &content)) {
	case ANSWER_UNKNOWN:
		return false;
	case ANSWER_NO:
		return judge_without(step, "there is no", "");
	case ANSWER_YES:
		break;
	}
	if (content.len <= CODEOWNERS_MAX)
		return judge_paths(step, content);
	refuse_size(step, &step->base);
	return true;
}

/* A push may land several steps: all are judged by what the branch held before the first. */
static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct step step = {
		.c = c,
		.findings = findings,
		.file = c->setting->clauses[0].text,
		.base = c->update->kind == UPDATE_MOVE ? c->update->old : c->landing->from,
	};

	if (facts_changed(c->facts, &c->landing->from, &c->landing->to, &step.changed, &step.changed_count) !=
	    ANSWER_YES)
		return false;
	if (!step.changed_count)
		return true;
	for (size_t i = 0; i < step.changed_count; i++)
		step.touches |= bytes_equal(step.changed[i], step.file);
	return judge_base(&step) && (!step.touches || judge_successor(&step));
}

static const struct key keys[] = {
	{
		.name = "owners",
		.sections = SECTION_BRANCH,
		.kind = KEY_TEXT,
		.form = "the path of a CODEOWNERS file",
		.check = check,
		.help = "The CODEOWNERS file on the branch, as it was before the push: an owner of each path that "
			"changes must have approved.",
		.example = ".github/CODEOWNERS",
	},
};

const struct rule rule_owners = {
	.name = "owners",
	.help = "Refuses a change of paths whose owners have not approved it.",
	.mend = "An owner of each path that the message names runs: git policy approve <commit> --for <branch>.",
	.scope = SCOPE_LANDING,
	.flags = RULE_FLOW,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
