/* footer: footers of a name have the value they should, and those that are required are there. */
#include "arena.h"
#include "reword.h"

/* "[required] Token expression". */
struct expectation {
	struct bytes token;
	struct regex *regex;
	bool required;
};

static bool is_token(struct bytes b)
{
	for (size_t i = 0; i < b.len; i++) {
		char c = b.data[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (!letter && (!i || !((c >= '0' && c <= '9') || c == '-')))
			return false;
	}
	return b.len > 0;
}

static bool check_clause(struct setting *setting, size_t index, struct expectation *parsed, struct findings *errors)
{
	struct bytes rest = setting->clauses[index].text;
	const char *problem = NULL;
	size_t offset = 0;

	bytes_word(&rest, &parsed->token);
	parsed->required = bytes_equal(parsed->token, BYTES("required"));
	if (parsed->required)
		bytes_word(&rest, &parsed->token);
	if (!is_token(parsed->token) || !bytes_trim(rest).len) {
		setting_error(
			errors, setting, index,
			"a footer is written \"[required] Token expression\", as in: footer = required Refs #[0-9]+");
		return false;
	}
	parsed->regex = regex_compile(errors->arena, bytes_trim(rest), &problem, &offset);
	if (!parsed->regex)
		setting_error(errors, setting, index, "the expression is wrong at its character %zu: %s", offset + 1,
			      problem);
	return parsed->regex != NULL;
}

static bool check(struct setting *setting, struct findings *errors)
{
	struct expectation *parsed = arena_array(errors->arena, setting->clause_count, sizeof(*parsed));
	bool good = true;

	setting->parsed = parsed;
	for (size_t i = 0; i < setting->clause_count; i++)
		good &= check_clause(setting, i, &parsed[i], errors);
	return good;
}

/* A footer has the wrong value, or there is none (NULL). */
static void refuse(const struct rule_case *c, struct findings *findings, size_t index, const struct footer *footer)
{
	const struct expectation *clause = (const struct expectation *)c->setting->parsed + index;
	struct finding *finding =
		case_add(c, findings, footer ? "the footer %.*s does not have the form it should" : "no footer %.*s",
			 BYTES_ARG(clause->token));

	finding->origin = c->setting->clauses[index].origin;
	finding_wanted(findings, finding, "%.*s", BYTES_ARG(c->setting->clauses[index].text));
	if (footer)
		reword_footer(c, findings, finding, footer);
	else
		reword_at(c, findings, finding, 0, 0, (struct bytes){0});
}

static void judge_clause(const struct rule_case *c, size_t index, struct findings *findings)
{
	const struct expectation *clause = (const struct expectation *)c->setting->parsed + index;
	struct footers footers = c->message->footers;
	struct footer footer;
	size_t found = 0, refused = 0;

	while (refused < REWORD_MAX && footer_next(&footers, &footer)) {
		if (!bytes_equal_fold(footer.token, clause->token))
			continue;
		found++;
		enum regex_answer answer = regex_match(clause->regex, footer.value);

		if (answer == REGEX_UNKNOWN)
			reword_footer(c, findings, reword_undecided(c, findings), &footer);
		else if (answer == REGEX_NO)
			refuse(c, findings, index, &footer);
		refused += answer != REGEX_YES;
	}
	if (clause->required && !found)
		refuse(c, findings, index, NULL);
}

static bool judge(const struct rule_case *c, struct findings *findings)
{
	for (size_t i = 0; i < c->setting->clause_count; i++)
		judge_clause(c, i, findings);
	return true;
}

static const struct key keys[] = {
	{
		.name = "footer",
		.sections = SECTION_COMMIT,
		.kind = KEY_CLAUSES,
		.form = "[required] <Token> <expression>, one a line",
		.check = check,
		.help = "What the value of every footer of that name must be; with required there must be one.",
		.example = "required Refs PROJ-[0-9]+",
	},
};

const struct rule rule_footer = {
	.name = "footer",
	.help = "Refuses a message whose footers are not as they should be.",
	.mend = "git commit --amend --trailer '<Token>: <value>', or for older commits git rebase -i and reword.",
	.scope = SCOPE_COMMIT,
	.flags = RULE_MESSAGE,
	.severity = SEVERITY_ENFORCE,
	.keys = keys,
	.key_count = 1,
	.judge = judge,
};
