/* secrets: no secret comes in, be it in a file, a message or a path; what is found is told without showing it. */
#include "arena.h"
#include "keptsecret.h"
#include "keychecks.h"
#include "quote.h"
#include "record.h"
#include "remake.h"
#include "reword.h"
#include "secretscan.h"
#include "settings.h"
#include "tree.h"

#define SECRETS_MAX ((size_t)20)	  /* findings about one commit */
#define SIZE_MAX_BYTES ((size_t)64 << 20) /* of a file that is searched */
#define FINGERPRINT 16			  /* hex digits */

/* One commit, or one tag, being searched. */
struct search {
	const struct rule_case *c;
	struct findings *findings;
	struct kept kept;
	size_t told;
};

/* Where something was found. */
struct place {
	const struct added *added; /* NULL: in the message */
	bool path;		   /* in the name of the file, not in the file */
};

static const char *fingerprint_problem(struct bytes word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!((word.data[i] >= '0' && word.data[i] <= '9') || (word.data[i] >= 'a' && word.data[i] <= 'f')))
			return "a fingerprint is made of 0-9 and a-f";
	return word.len == FINGERPRINT ? NULL : "a fingerprint has 16 digits: the first of what git hash-object says";
}

static bool check_fingerprints(struct setting *setting, struct findings *errors)
{
	for (size_t i = 0; i < setting->clause_count; i++) {
		struct bytes text = setting->clauses[i].text, rest = text, word;

		while (bytes_word(&rest, &word)) {
			const char *problem = fingerprint_problem(word);

			if (!problem)
				continue;
			settings_fault(errors, setting, i, (size_t)(word.data - text.data), "\"%.*s\": %s",
				       BYTES_ARG(word), problem);
			return false;
		}
	}
	return true;
}

/* The first digits of the id that git would give the secret as a file. */
static struct bytes fingerprint_of(const struct search *search, struct bytes secret)
{
	struct oid id = facts_hash(search->c->facts, secret);

	return bytes_first(bytes_copy(search->findings->arena, bytes_of(oid_hex(&id).text)), FINGERPRINT);
}

static bool is_allowed(const struct search *search, struct bytes fingerprint)
{
	const struct setting *allowed = case_setting(search->c, "secret-allow");

	for (size_t i = 0; allowed && i < allowed->word_count; i++)
		if (bytes_equal(allowed->words[i], fingerprint))
			return true;
	return false;
}

/* Whether the commit only keeps what one of its parents has. */
static enum answer is_kept(struct search *search, const struct place *place, struct bytes secret)
{
	if (!place->added || search->c->whole)
		return ANSWER_NO;
	return kept_secret(&search->kept, place->added, place->path ? (struct bytes){0} : secret);
}

/* The path, without the secrets in it. */
static struct bytes path_shown(const struct search *search, struct bytes path)
{
	return secretscan_mask(search->c->policy->secrets, search->findings->arena, path);
}

/* What stands in a tag of the repository's own making is said again by a command. */
static const char *command_of(struct bytes ref)
{
	switch (record_kind_of(ref)) {
	case RECORD_APPROVAL:
		return "git policy approve";
	case RECORD_CHECK:
		return "git policy report";
	case RECORD_GRANT:
		return "git policy grant";
	case RECORD_NONE:
		break;
	}
	return bytes_starts(ref, BYTES("refs/deploy/")) ? "git policy deploy" : NULL;
}

static void fix(const struct search *search, const struct place *place, struct finding *finding, unsigned line)
{
	const struct rule_case *c = search->c;
	struct findings *findings = search->findings;

	if (place->path) {
		remake_fix(c, findings, finding, "git mv it to another name");
	} else if (place->added) {
		const char *path = quote_word(findings->arena, path_shown(search, place->added->path));

		remake_fix(c, findings, finding, "take it out of %s, git add %s", path, path);
	} else if (c->commit) {
		reword_at(c, findings, finding, line, 0, (struct bytes){0});
	} else if (command_of(c->update->ref)) {
		finding->line = line;
		finding_fix(findings, finding, "say it again without it: %s", command_of(c->update->ref));
	} else {
		finding->line = line;
		finding_fix(findings, finding, "git tag -f -a %s %s^{}", quote_word(findings->arena, c->update->name),
			    quote_word(findings->arena, c->update->name));
	}
}

static void tell(struct search *search, const struct place *place, const struct secret *secret,
		 struct bytes fingerprint)
{
	struct findings *findings = search->findings;
	struct bytes where = BYTES("");

	if (place->path)
		where = bytes_printf(findings->arena,
				     "the name of %.*s: ", BYTES_ARG(path_shown(search, place->added->path)));
	else if (place->added)
		where = bytes_printf(findings->arena,
				     "%.*s, line %u: ", BYTES_ARG(path_shown(search, place->added->path)),
				     secret->line);
	struct finding *finding = case_add(search->c, findings, "%.*s%.*s (%.*s), fingerprint %.*s", BYTES_ARG(where),
					   BYTES_ARG(secret->what), BYTES_ARG(secret->rule), BYTES_ARG(fingerprint));

	finding_wanted(findings, finding,
		       "no secret: revoke this one, since it is known now; if it is none, an admin adds "
		       "secret-allow = %.*s",
		       BYTES_ARG(fingerprint));
	fix(search, place, finding, secret->line);
	search->told++;
}

static void tell_undecided(struct search *search, const struct place *place, const char *why, const char *hint)
{
	struct bytes what = place->added ? path_shown(search, place->added->path) : BYTES("the message");
	struct finding *finding = case_add(search->c, search->findings, "%.*s %s", BYTES_ARG(what), why);

	if (search->c->severity == SEVERITY_ENFORCE)
		finding->severity = SEVERITY_UNDECIDED;
	if (hint)
		finding_fix(search->findings, finding, "%s", hint);
	search->told++;
}

/* Searches what stands in one place. */
static bool look(struct search *search, const struct place *place, struct bytes content)
{
	struct secretscan *scan = search->c->policy->secrets;
	struct secret *found, *secrets;
	bool file = place->added && !place->path;
	size_t count;

	if (!(file ? secretscan_file : secretscan_find)(scan, content, &found, &count)) {
		tell_undecided(search, place, "takes too long to search for secrets", NULL);
		return true;
	}
	secrets = arena_array(search->findings->arena, count, sizeof(*secrets));
	for (size_t i = 0; i < count; i++) {
		secrets[i] = found[i];
		secrets[i].text = bytes_copy(search->findings->arena, found[i].text);
	}
	for (size_t i = 0; i < count && search->told < SECRETS_MAX; i++) {
		struct bytes fingerprint = fingerprint_of(search, secrets[i].text);
		enum answer kept =
			is_allowed(search, fingerprint) ? ANSWER_YES : is_kept(search, place, secrets[i].text);

		if (kept == ANSWER_UNKNOWN)
			return false;
		if (kept == ANSWER_NO)
			tell(search, place, &secrets[i], fingerprint);
	}
	return true;
}

static bool look_in_file(struct search *search, const struct added *added)
{
	const struct place name = {added, true}, file = {added, false};
	struct facts *facts = search->c->facts;
	struct bytes content;
	size_t size;

	if (!look(search, &name, added->path))
		return false;
	if ((added->mode & TREE_KIND) == TREE_SUBMODULE)
		return true;
	if (facts_size(facts, &added->id, &size) != ANSWER_YES)
		return false;
	if (size > SIZE_MAX_BYTES) {
		tell_undecided(search, &file, "is larger than 64 MiB, too large to search for secrets",
			       "content = size with file-max keeps such files out");
		return true;
	}
	return facts_blob(facts, &added->id, &content) == ANSWER_YES && look(search, &file, content);
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	struct search search = {.c = c, .findings = findings, .kept = {.c = c, .arena = findings->arena}};
	const struct place message = {NULL, false};
	bool told = look(&search, &message, c->text);

	for (size_t i = 0; told && i < c->added_count && search.told < SECRETS_MAX; i++)
		told = look_in_file(&search, &c->added[i]);
	if (search.told == SECRETS_MAX)
		case_add(c, findings, "no more was looked for after %zu secrets", SECRETS_MAX);
	return told;
}

static const struct key keys[] = {
	{
		.name = "secret-rules",
		.sections = SECTION_CONTENT,
		.kind = KEY_LIST,
		.form = "files",
		.check = check_include,
		.help = "Further rules for what a secret looks like, in files beside the policy. They are installed, "
			"trusted and published with it.",
		.example = "ours.ini",
		.unset = "the rules that are built in",
	},
	{
		.name = "secret-allow",
		.sections = SECTION_CONTENT,
		.kind = KEY_LIST,
		.form = "fingerprints",
		.check = check_fingerprints,
		.help = "What looks like a secret and is none, by the fingerprint that a rejection tells.",
		.example = "8aa43e9fefa7ea2f",
	},
};

const struct rule rule_secrets = {
	.name = "secrets",
	.help = "Refuses passwords, tokens and private keys in files, messages and paths.",
	.mend = "Revoke the secret: it is known now. Take it out of the commit that adds it, git rebase -i and edit, "
		"and push again. What is no secret an admin lists in secret-allow, by its fingerprint.",
	.scope = SCOPE_CONTENT,
	.flags = RULE_HIDES,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(*keys),
	.judge = judge,
};
