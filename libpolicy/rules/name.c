/* name: a ref must be governed by a section, fit its `name`, and not be mistaken for a trunk. */
#include "rule.h"

#include "arena.h"
#include "nearest.h"
#include "pattern.h"
#include "quote.h"
#include "section.h"
#include "spelling.h"

/* The first component of a name with the slash after it: "bugfix/". */
static struct bytes first_component(struct bytes name)
{
	return bytes_first(name, bytes_index(name, '/') + 1);
}

struct offers {
	struct buffer list;
	struct bytes *prefixes;
	size_t count;
};

static struct offers offers_collect(const struct rule_case *c, struct arena *arena)
{
	struct offers offers = {.list = {.arena = arena}};

	offers.prefixes = arena_array(arena, c->policy->section_count + 1, sizeof(*offers.prefixes));
	for (size_t i = 0; i < c->policy->section_count; i++) {
		const struct section *section = c->policy->sections[i];

		if (section->kind != section_kind_of(c->update->ref))
			continue;
		struct bytes text = pattern_text(section->pattern);

		buffer_printf(&offers.list, "%s%.*s", offers.list.len ? " " : "", BYTES_ARG(text));
		offers.prefixes[offers.count++] = first_component(pattern_prefix(section->pattern));
	}
	return offers;
}

/* {user} in a heading is the pusher; "/" is nobody's name, so that the unknown own nothing. */
static bool is_owned(const struct rule_case *c, const struct section *section, struct bytes name)
{
	const struct user *user = facts_user(c->facts);

	return pattern_match(section->pattern, name, user ? user->name : BYTES("/"));
}

/* Whether the section would take the pushed ref under another name. */
static bool takes(const struct rule_case *c, const struct section *section, struct bytes name, struct arena *arena)
{
	struct bytes kind = bytes_first(c->update->ref, c->update->ref.len - c->update->name.len);
	const struct setting *regex = section_setting(section, "name");

	return !refname_problem(bytes_printf(arena, "%.*s%.*s", BYTES_ARG(kind), BYTES_ARG(name))) &&
	       is_owned(c, section, name) && (!regex || regex_match(regex->regexes[0], name) == REGEX_YES);
}

/* What a literal heading has behind the first component `near`, of those the nearest to `rest`; empty: none is near. */
static struct bytes nearest_rest(const struct rule_case *c, struct bytes near, struct bytes rest, struct arena *arena)
{
	struct bytes *rests = arena_array(arena, c->policy->section_count, sizeof(*rests));
	size_t count = 0;

	for (size_t i = 0; i < c->policy->section_count; i++) {
		const struct section *section = c->policy->sections[i];

		if (section->literal && section->kind == section_kind_of(c->update->ref) &&
		    bytes_starts(pattern_text(section->pattern), near))
			rests[count++] = bytes_from(pattern_text(section->pattern), near.len);
	}
	return nearest_word(arena, rest, rests, count);
}

/* Tells how to get to the name `to`; `meant` is what of it was meant. */
static void tell_name(const struct rule_case *c, struct findings *findings, struct finding *finding, struct bytes meant,
		      struct bytes to)
{
	struct bytes old = c->update->name;
	bool tag = section_kind_of(c->update->ref) == SECTION_TAG;
	struct bytes from = tag ? to : old, into = tag ? old : to;

	finding_fix(findings, finding, "did you mean %.*s? git %s %s %s", BYTES_ARG(meant), tag ? "tag" : "branch -m",
		    quote_word(findings->arena, from), quote_word(findings->arena, into));
}

/* Whether the section takes the name with another first component, or else with other letters, and how to get there. */
static bool offer(const struct rule_case *c, struct findings *findings, struct finding *finding,
		  const struct section *section, struct bytes near, struct bytes name)
{
	struct bytes tidy = spelling_tidy(findings->arena, name);

	if (!(section->kind & (SECTION_BRANCH | SECTION_TAG)) || c->update->kind == UPDATE_DELETE)
		return false;
	if (takes(c, section, name, findings->arena))
		tell_name(c, findings, finding, near, name);
	else if (!section->literal && takes(c, section, tidy, findings->arena))
		tell_name(c, findings, finding, tidy, tidy);
	else
		return false;
	return true;
}

/* What to type is told only for a name that would be taken; of a literal the whole, of any other what it looks like. */
static void suggest(const struct rule_case *c, struct findings *findings, struct finding *finding, struct bytes near,
		    struct bytes rest)
{
	struct bytes old = c->update->name;
	struct bytes name = bytes_printf(findings->arena, "%.*s%.*s", BYTES_ARG(near), BYTES_ARG(rest));
	bool folder = bytes_ends(near, BYTES("/"));
	const struct section *like = NULL;

	for (size_t i = 0; i < c->policy->section_count; i++) {
		const struct section *section = c->policy->sections[i];

		if (section->kind != section_kind_of(c->update->ref) ||
		    !bytes_equal(first_component(pattern_prefix(section->pattern)), near))
			continue;
		if (!like || (section->literal && bytes_equal_fold(pattern_text(section->pattern), old)))
			like = section;
		if (folder && offer(c, findings, finding, section, near, name))
			return;
	}
	struct bytes literal = nearest_rest(c, near, rest, findings->arena);

	if (literal.len)
		finding_fix(findings, finding, "did you mean %.*s%.*s?", BYTES_ARG(near), BYTES_ARG(literal));
	else if (!like->literal || !rest.len)
		finding_fix(findings, finding, "did you mean %s%.*s?", like->literal ? "" : "a name like ",
			    BYTES_ARG(pattern_text(like->pattern)));
}

/* The list, with what the templates in it stand for. */
static struct bytes explained(struct buffer *list)
{
	struct bytes headings = bytes_copy(list->arena, buffer_bytes(list));
	const char *sentence;

	for (size_t at = 0; (sentence = spelling_next(headings, &at));)
		buffer_printf(list, "; %s", sentence);
	return buffer_bytes(list);
}

static bool judge_ungoverned(const struct rule_case *c, struct findings *findings)
{
	struct offers offers = offers_collect(c, findings->arena);
	struct bytes first = first_component(c->update->name);
	struct bytes near = nearest_word(findings->arena, first, offers.prefixes, offers.count);
	struct finding *finding = case_add(c, findings, "no section of the policy governs this name");

	if (offers.list.len)
		finding_wanted(findings, finding, "%.*s", BYTES_ARG(explained(&offers.list)));
	else
		finding_wanted(findings, finding, "no ref of this kind is accepted");
	if (near.len)
		suggest(c, findings, finding, near, bytes_from(c->update->name, first.len));
	return true;
}

static bool judge_regex(const struct rule_case *c, struct findings *findings)
{
	if (!c->setting)
		return true;
	enum regex_answer answer = regex_match(c->setting->regexes[0], c->update->name);

	if (answer == REGEX_NO) {
		struct finding *finding = case_add(c, findings, "the name does not match the section's pattern");

		finding_wanted(findings, finding, "%.*s", BYTES_ARG(c->setting->clauses[0].text));
		offer(c, findings, finding, c->section, c->update->name, c->update->name);
	}
	return answer != REGEX_UNKNOWN;
}

/* Whether one of them is the other, or a folder above it, to a disk without letter case, and to git neither. */
static bool differ_in_case(struct bytes a, struct bytes b)
{
	struct bytes longer = a.len > b.len ? a : b, shorter = a.len > b.len ? b : a;
	struct bytes head = bytes_first(longer, shorter.len);

	return (longer.len == head.len || longer.data[head.len] == '/') && bytes_equal_fold(head, shorter) &&
	       !bytes_equal(head, shorter);
}

/* A name that differs from a trunk's in letter case only is one file with it on some disks, and one word to most
 * readers. */
static void judge_trunks(const struct rule_case *c, struct findings *findings)
{
	for (size_t i = 0; i < c->policy->section_count; i++) {
		const struct section *trunk = c->policy->sections[i];

		if (!trunk->literal || !differ_in_case(trunk->ref, c->update->ref))
			continue;
		struct finding *finding =
			case_add(c, findings, "differs from %.*s in letter case only", BYTES_ARG(trunk->ref));

		finding->origin = trunk->origin;
		finding_fix(findings, finding, "did you mean %.*s? Otherwise choose another name",
			    BYTES_ARG(pattern_text(trunk->pattern)));
	}
}

static void judge_owner(const struct rule_case *c, struct findings *findings)
{
	struct finding *finding;

	if (is_owned(c, c->section, c->update->name))
		return;
	if (facts_user_open(c->facts)) {
		finding_open(case_add(c, findings, "only the server knows whether the name is yours"));
		return;
	}
	finding = case_add(c, findings, "the name is another user's");
	finding->origin = c->section->origin;
	finding_wanted(findings, finding, "%.*s, where {user} is you", BYTES_ARG(pattern_text(c->section->pattern)));
}

/* What looks like a trunk to a reader may be spelled with letters of another alphabet. */
static void judge_letters(const struct rule_case *c, struct findings *findings)
{
	for (size_t i = 0; i < c->update->name.len; i++) {
		if (!((unsigned char)c->update->name.data[i] & 0x80))
			continue;
		struct finding *finding =
			case_add(c, findings, "the name holds letters beyond ASCII, which may look like others");

		if (finding->severity > SEVERITY_WARN)
			finding->severity = SEVERITY_WARN;
		return;
	}
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	if (refname_reserved(c->update->ref))
		return true;
	if (!c->section)
		return judge_ungoverned(c, findings);
	judge_owner(c, findings);
	if (c->update->kind == UPDATE_DELETE)
		return true;
	judge_trunks(c, findings);
	judge_letters(c, findings);
	return judge_regex(c, findings);
}

static const struct key keys[] = {
	{
		.name = "name",
		.sections = SECTION_BRANCH | SECTION_TAG,
		.kind = KEY_REGEX,
		.form = "an expression",
		.help = "What the whole name, without refs/heads/ or refs/tags/, must match too.",
		.example = "[a-z0-9./-]+",
	},
};

const struct rule rule_name = {
	.name = "name",
	.help = "Refuses a ref that no section governs, that does not fit its section's `name`, or that could be "
		"mistaken for another.",
	.mend = "Give it a name that the policy has a section for: git branch -m <old> <new>. git policy explain "
		"<name> lists them and the nearest one.",
	.scope = SCOPE_UPDATE,
	.flags = RULE_ALWAYS | RULE_FIXED,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
