/* approvals: enough people have approved exactly what lands (design 4.5). */
#include "counted.h"
#include "threshold.h"

#include "arena.h"
#include "quote.h"

/* One landing and who has spoken about it. */
struct asking {
	const struct rule_case *c;
	struct findings *findings;
	struct counted counted;
	struct bytes stale; /* approvals of what this head replaces, or empty */
};

/* Whether a threshold falls away; what cannot be told does not let it. */
static bool is_spared(const struct rule_case *c, const struct threshold *threshold, struct arena *arena)
{
	const char *why;

	for (size_t i = 0; i < threshold->condition_count; i++)
		if (condition_met(c, &threshold->conditions[i], arena, &why) != ANSWER_YES)
			return false;
	return threshold->unless;
}

/* Appends one more thing to a list. */
static void add(struct buffer *list, const char *joint, struct bytes text)
{
	if (text.len)
		buffer_printf(list, "%s%.*s", list->len ? joint : "", BYTES_ARG(text));
}

/* "2 files differ" between two commits, where that can be told. */
static struct bytes difference(const struct rule_case *c, struct arena *arena)
{
	const struct bytes *paths;
	size_t count;

	if (facts_changed(c->facts, &c->landing->nearly, &c->landing->head, &paths, &count) != ANSWER_YES)
		return (struct bytes){0};
	if (!count)
		return BYTES(": no file differs");
	return bytes_printf(arena, ": %zu file%s", count, count == 1 ? " differs" : "s differ");
}

/* "approval by bob was for 3f2c1ab; 91d0c2e lands instead: 2 files differ" */
static bool find_stale(struct asking *asking)
{
	const struct rule_case *c = asking->c;
	struct arena *arena = asking->findings->arena;
	struct buffer names = {.arena = arena};
	const struct opinion *opinions;
	size_t count;

	if (oid_is_zero(&c->landing->nearly))
		return true;
	if (facts_opinions(c->facts, c->update->ref, &c->landing->nearly, &opinions, &count) != ANSWER_YES)
		return false;
	for (size_t i = 0; i < count; i++)
		if (opinions[i].user && !opinions[i].malformed && !opinions[i].rejects)
			add(&names, ", ", opinions[i].name);
	if (names.len)
		asking->stale = bytes_printf(arena, "approval by %.*s was for %s; %s lands instead%.*s",
					     BYTES_ARG(buffer_bytes(&names)), oid_abbrev(&c->landing->nearly).text,
					     oid_abbrev(&c->landing->head).text, BYTES_ARG(difference(c, arena)));
	return true;
}

/* How many of a threshold's people approve; in `names` they are told, and those who do but are none of them. */
static size_t count_people(const struct asking *asking, const struct threshold *threshold, struct bytes *ret_names)
{
	struct arena *arena = asking->findings->arena;
	struct buffer names = {.arena = arena}, others = {.arena = arena};
	size_t count = 0;

	for (size_t i = 0; i < asking->counted.count; i++) {
		const struct user *user = asking->counted.users[i];
		bool listed = people_among(threshold->people.who, user);

		count += listed;
		if (listed)
			add(&names, ", ", user->name);
		else
			add(&others, "; ",
			    bytes_printf(arena, "%.*s does not count: not one of %.*s", BYTES_ARG(user->name),
					 BYTES_ARG(threshold->named)));
	}
	add(&names, "; ", buffer_bytes(&others));
	*ret_names = buffer_bytes(&names);
	return count;
}

static void judge_threshold(const struct asking *asking, const struct threshold *threshold)
{
	const struct rule_case *c = asking->c;
	struct buffer detail = {.arena = asking->findings->arena};
	struct oid_hex head = oid_abbrev(&c->landing->head);
	struct bytes names;
	size_t count = count_people(asking, threshold, &names);

	if (count >= threshold->people.needed || is_spared(c, threshold, asking->findings->arena))
		return;
	add(&detail, "", names);
	add(&detail, "; ", asking->counted.others);
	add(&detail, "; ", asking->stale);
	if (asking->counted.unknown_pusher && !facts_cloned(c->facts))
		add(&detail, "; ", BYTES("who pushed it is not known"));
	struct finding *finding =
		case_add(c, asking->findings, "%zu of %zu for %s%s%.*s%s", count, threshold->people.needed, head.text,
			 detail.len ? " (" : "", BYTES_ARG(buffer_bytes(&detail)), detail.len ? ")" : "");

	finding->origin = c->setting->clauses[threshold->people.clause].origin;
	finding_fix(asking->findings, finding, "%s of %.*s runs: git policy approve %s --for %s%s",
		    count ? "another" : "one", BYTES_ARG(threshold->named), head.text,
		    quote_word(asking->findings->arena, refname_short(c->update->ref)),
		    asking->counted.signed_only ? " --sign" : "");
}

/* Whether a user is among those that some threshold asks. */
static bool is_asked(const struct setting *setting, const struct user *user)
{
	for (const struct who_list *list = setting->lists; list; list = list->next)
		if (people_among(list->who, user))
			return true;
	return false;
}

static void judge_rejections(const struct asking *asking)
{
	const struct rule_case *c = asking->c;
	struct oid_hex head = oid_abbrev(&c->landing->head);

	for (size_t i = 0; i < asking->counted.rejecting_count; i++) {
		const struct user *user = asking->counted.rejecting[i];

		if (!is_asked(c->setting, user))
			continue;
		struct finding *finding = case_add(c, asking->findings, "changes requested by %.*s, of %s",
						   BYTES_ARG(user->name), head.text);

		finding_fix(asking->findings, finding,
			    "push a better head and have it approved, or %.*s runs: git policy approve %s --for %s",
			    BYTES_ARG(user->name), head.text,
			    quote_word(asking->findings->arena, refname_short(c->update->ref)));
	}
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	const struct threshold *thresholds = c->setting->parsed;
	struct asking asking = {.c = c, .findings = findings};

	if (!counted_approvers(c, findings->arena, &asking.counted) || !find_stale(&asking))
		return false;
	for (size_t i = 0; i < c->setting->clause_count; i++)
		judge_threshold(&asking, &thresholds[i]);
	judge_rejections(&asking);
	counted_note(c, &asking.counted, findings);
	return true;
}

static const struct key keys[] = {
	{
		.name = "approvals",
		.sections = SECTION_BRANCH | SECTION_DEPLOY,
		.kind = KEY_CLAUSES,
		.form = "how many of whom [unless <conditions>], one threshold a line",
		.check = threshold_check,
		.help = "Who must have approved exactly the head that lands, none of those who made or pushed it; or "
			"the commit that is deployed, but not whoever asks for that.",
		.example = "2 @reviewers",
	},
};

const struct rule rule_approvals = {
	.name = "approvals",
	.help = "Refuses a landing that too few people have approved, or that one of them wants changed.",
	.mend = "Somebody of those asked for, who neither made nor pushed it, runs: git policy approve <commit> --for "
		"<branch>. git policy status <commit> --for <branch> says how many are missing.",
	.scope = SCOPE_LANDING,
	.flags = RULE_FLOW,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
