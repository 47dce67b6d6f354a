/* bump: a version follows from the one before it, and from the commits since. */
#include "rule.h"

#include "arena.h"
#include "changelog.h"
#include "pattern.h"
#include "quote.h"
#include "releases.h"

/* So many of the commits that ask for a version are told. */
#define TOLD_MAX 10u

/* Their places are the numbers of the setting. */
enum bump_word {
	WORD_INCREASING,
	WORD_CONVENTIONAL,
};
static const char *const bump_words[] = {"increasing", "conventional", NULL};

/* A version that is pushed, and the one it comes after. */
struct step {
	const struct rule_case *c;
	struct findings *findings;
	struct target target;
	struct version version;
	struct release last;
	struct oid last_commit;
};

/* A tag's name with another version in it: "v1.2.0". */
static struct bytes name_with(const struct step *step, const struct version *version)
{
	struct bytes prefix = pattern_prefix(step->c->section->pattern), old;
	struct arena *arena = step->findings->arena;
	struct bytes name = step->c->update->name, text = version_text(arena, version);

	pattern_version(step->c->section->pattern, name, &old);
	return bytes_printf(arena, "%.*s%.*s%.*s", BYTES_ARG(prefix), BYTES_ARG(text),
			    BYTES_ARG(bytes_from(name, prefix.len + old.len)));
}

/* Says which version it should have been. */
static void want(const struct step *step, struct finding *finding, const struct version *wanted)
{
	struct bytes name = name_with(step, wanted);
	const char *mine = quote_word(step->findings->arena, step->c->update->name);
	const char *right = quote_word(step->findings->arena, name);

	finding_wanted(step->findings, finding, "%.*s", BYTES_ARG(name));
	finding_fix(step->findings, finding, "git tag -d %s && git tag%s %s %s && git push origin %s", mine,
		    step->target.type == OBJECT_TAG ? " -a" : "", right, oid_abbrev(&step->target.commit).text, right);
}

static void judge_increasing(const struct step *step)
{
	struct bytes last = name_with(step, &step->last.version);

	if (version_compare(&step->version, &step->last.version) > 0)
		return;
	struct finding *finding =
		case_add(step->c, step->findings, "is not above %.*s, which its commit contains", BYTES_ARG(last));

	finding_wanted(step->findings, finding, "a version above %.*s", BYTES_ARG(last));
}

static enum bump asked(const struct step *step, const struct changelog_entry *entry)
{
	return version_bump(&step->last.version, changelog_bump(entry));
}

/* The commits that ask for a change as large as that, the oldest first. */
static void tell_changes(const struct step *step, const struct changelog *changelog, enum bump bump)
{
	size_t told = 0, more = 0;

	for (size_t i = changelog->count; i-- > 0;) {
		const struct changelog_entry *entry = &changelog->list[i];

		if (asked(step, entry) != bump)
			continue;
		if (told == TOLD_MAX) {
			more++;
			continue;
		}
		told++;
		struct finding *note = case_add(step->c, step->findings, "%.*s", BYTES_ARG(entry->message.header));

		note->severity = SEVERITY_NOTE;
		note->commit = entry->id;
	}
	if (more)
		case_add(step->c, step->findings, "and %zu more", more)->severity = SEVERITY_NOTE;
}

static void refuse(const struct step *step, const struct changelog *changelog, enum bump bump,
		   const struct version *wanted)
{
	struct bytes last = name_with(step, &step->last.version);

	if (bump == BUMP_NONE) {
		struct finding *finding =
			case_add(step->c, step->findings, "nothing has changed since %.*s", BYTES_ARG(last));

		finding_wanted(step->findings, finding, "one version for one commit");
		return;
	}
	want(step,
	     case_add(step->c, step->findings, "is not the version after %.*s: commits since then ask for a %s one",
		      BYTES_ARG(last), bump_name(bump)),
	     wanted);
	tell_changes(step, changelog, bump);
}

/* A project may call itself stable whenever it is ready. */
static bool is_first_stable(const struct step *step)
{
	const struct version first = {BYTES("1"), BYTES("0"), BYTES("0")};

	return bytes_equal(step->last.version.major, BYTES("0")) && !version_compare(&step->version, &first);
}

static bool judge_conventional(const struct step *step)
{
	struct arena *arena = step->findings->arena;
	enum bump bump = BUMP_NONE;
	struct changelog changelog;

	if (is_first_stable(step))
		return true;
	if (changelog_since(arena, step->c->facts, &step->target.commit, &step->last_commit, &changelog) != ANSWER_YES)
		return false;
	for (size_t i = 0; i < changelog.count; i++)
		if (asked(step, &changelog.list[i]) > bump)
			bump = asked(step, &changelog.list[i]);
	struct version wanted = version_next(arena, &step->last.version, bump);

	if (bump == BUMP_NONE || version_compare(&step->version, &wanted))
		refuse(step, &changelog, bump, &wanted);
	return true;
}

/* All tags of a push ask about the same ones. */
static struct releases *releases_of(const struct step *step)
{
	const struct rule_case *c = step->c;
	void **kept = facts_kept(c->facts, c->section, c->push);
	struct releases *releases = *kept;

	if (releases)
		return releases;
	releases = arena_alloc(step->findings->arena, sizeof(*releases));
	*releases = (struct releases){
		.arena = step->findings->arena,
		.policy = c->policy,
		.section = c->section,
	};
	if (releases_find(releases, c->facts, c->push) != ANSWER_YES)
		return NULL;
	*kept = releases;
	return releases;
}

/* The highest version that the commit contains, other than its own. */
static enum answer find_last(struct step *step)
{
	struct releases *releases = releases_of(step);

	if (!releases)
		return ANSWER_UNKNOWN;
	return releases_last(releases, step->c->facts, &step->target.commit, step->c->update->ref, &step->version,
			     &step->last, &step->last_commit);
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct step step = {.c = c, .findings = findings};
	struct bytes text;

	if (c->update->kind == UPDATE_DELETE)
		return true;
	if (!pattern_version(c->section->pattern, c->update->name, &text) || !version_parse(text, &step.version)) {
		case_add(c, findings, "no version can be told from this name");
		return true;
	}
	if (facts_target(c->facts, &c->update->new, &step.target) != ANSWER_YES)
		return false;
	if (step.target.peeled != OBJECT_COMMIT)
		return true;
	enum answer answer = find_last(&step);

	if (answer != ANSWER_YES)
		return answer == ANSWER_NO;
	if (c->setting->number == WORD_CONVENTIONAL)
		return judge_conventional(&step);
	judge_increasing(&step);
	return true;
}

static const struct key keys[] = {
	{
		.name = "bump",
		.sections = SECTION_TAG,
		.kind = KEY_WORD,
		.words = bump_words,
		.help = "increasing: above every version that the commit contains; conventional: exactly the one that "
			"the commits since the last one ask for.",
		.example = "conventional",
	},
};

const struct rule rule_bump = {
	.name = "bump",
	.help = "Refuses a version that does not follow from the last one and the commits since.",
	.mend = "Tag the version that the message names: git tag --delete <name> && git tag <version> <commit>.",
	.scope = SCOPE_UPDATE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
