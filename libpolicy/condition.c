/* condition: a name, a comparison, a number; and whether a landing's results satisfy it. */
#include "condition.h"

#include "after.h"
#include "arena.h"
#include "clock.h"
#include "rule.h"
#include "settings.h"

/* Longer ones first: "<=" begins with "<". */
static const struct {
	const char *sign;
	enum condition_operator comparison;
} signs[] = {
	{"!=", CONDITION_UNEQUAL}, {"<=", CONDITION_AT_MOST}, {">=", CONDITION_AT_LEAST},
	{"=", CONDITION_EQUAL},	   {"<", CONDITION_LESS},     {">", CONDITION_MORE},
};

static bool in_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
	       c == '.';
}

static size_t name_length(struct bytes word)
{
	size_t length = 0;

	while (length < word.len && in_name(word.data[length]))
		length++;
	return length;
}

const char *condition_name_problem(struct bytes name)
{
	return name.len && name_length(name) == name.len ? NULL : "a check's name is made of letters, digits and _ - .";
}

const char *condition_parse(struct bytes word, struct condition *ret_condition)
{
	struct bytes rest = bytes_from(word, name_length(word));

	*ret_condition = (struct condition){.text = word, .name = bytes_first(word, name_length(word))};
	if (!ret_condition->name.len)
		return "a condition is one word that begins with the name of a check: ci, coverage>=90";
	if (!rest.len)
		return NULL;
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		struct bytes sign = bytes_of(signs[i].sign);

		if (!bytes_starts(rest, sign))
			continue;
		ret_condition->comparison = signs[i].comparison;
		return decimal_parse(bytes_from(rest, sign.len), &ret_condition->number)
			       ? NULL
			       : "after the comparison stands a number like 90 or 99.5, without a blank";
	}
	return "after the name stands nothing, or one of = != < <= > >= and a number";
}

static const char *problem_of(const struct condition *conditions, size_t count, struct bytes word,
			      struct condition *ret_condition)
{
	for (size_t i = 0; i < count; i++)
		if (bytes_equal(conditions[i].text, word))
			return "it is asked for already";
	return condition_parse(word, ret_condition);
}

bool condition_check(struct setting *setting, struct findings *errors)
{
	struct condition *conditions = arena_array(errors->arena, setting->word_count, sizeof(*conditions));
	size_t before = errors->count, count = 0;

	setting->parsed = conditions;
	for (size_t i = 0; i < setting->clause_count; i++) {
		struct bytes text = setting->clauses[i].text, rest = text, word;

		while (bytes_word(&rest, &word)) {
			const char *problem = problem_of(conditions, count, word, &conditions[count]);

			count++;
			if (problem)
				settings_fault(errors, setting, i, (size_t)(word.data - text.data), "\"%.*s\": %s",
					       BYTES_ARG(word), problem);
		}
	}
	return errors->count == before;
}

bool condition_holds(const struct condition *condition, const struct record_value *result)
{
	if (condition->comparison == CONDITION_PASS)
		return result->passed;
	if (result->passed || result->failed)
		return false;
	int order = decimal_compare(result->number, condition->number);

	switch (condition->comparison) {
	case CONDITION_EQUAL:
		return order == 0;
	case CONDITION_UNEQUAL:
		return order != 0;
	case CONDITION_LESS:
		return order < 0;
	case CONDITION_AT_MOST:
		return order <= 0;
	case CONDITION_MORE:
		return order > 0;
	case CONDITION_AT_LEAST:
		return order >= 0;
	case CONDITION_PASS:
		break;
	}
	return false;
}

bool condition_measured(const struct rule_case *c, const struct condition *condition)
{
	return condition->comparison != CONDITION_PASS && section_setting(c->section, "after");
}

static const struct setting *max_age(const struct policy *policy, struct bytes name)
{
	const struct section *section = map_get(policy->checks, name);

	return section_setting(section ? section : policy->check_defaults, "max-age");
}

/* Why a result that was recorded is too old to count, or NULL. */
static const char *stale(const struct rule_case *c, const struct condition *condition,
			 const struct check_result *result, struct arena *arena)
{
	const struct setting *setting = max_age(c->policy, condition->name);
	int64_t age = facts_now(c->facts) - result->time;

	if (!(setting || condition_measured(c, condition)) || facts_cloned(c->facts))
		return NULL;
	if (!result->time)
		return "was recorded at a time that the account does not tell";
	if (!setting)
		return NULL;
	if (age < 0)
		return "was recorded in the future, by the server's clock now";
	if (age <= (int64_t)setting->number)
		return NULL;
	return bytes_printf(arena, "is %s old, max-age is %.*s", clock_span(age).text,
			    BYTES_ARG(setting->clauses[0].text))
		.data;
}

/*
 * YES when a number is from after the deploy came to the stages before this one, else NO with why: of what happened in
 * one second nobody knows which came first. Where such a stage does not hold the commit, rule `after` says so.
 */
static enum answer measured(const struct rule_case *c, const struct check_result *result, struct arena *arena,
			    const char **ret_why)
{
	const struct setting *setting = section_setting(c->section, "after");
	const struct after *after = setting->parsed;

	for (size_t i = 0; i < setting->clause_count; i++) {
		int64_t since;
		enum answer answer = after_since(c->facts, arena, c->update->ref, &after[i], &c->landing->head, &since);

		if (answer == ANSWER_UNKNOWN)
			return answer;
		if (answer == ANSWER_NO || result->time > since)
			continue;
		*ret_why = bytes_printf(arena, "was not recorded after %.*s (%s)", BYTES_ARG(after[i].stage),
					clock_format(since).text)
				   .data;
		return ANSWER_NO;
	}
	return ANSWER_YES;
}

static struct bytes said(const struct record_value *value)
{
	if (value->passed)
		return BYTES("pass");
	return value->failed ? BYTES("fail") : value->number.text;
}

static enum answer judge(const struct rule_case *c, const struct condition *condition,
			 const struct check_result *result, struct arena *arena, const char **ret_why)
{
	if (result->malformed)
		*ret_why = bytes_printf(arena, "is malformed: %s", result->malformed).data;
	else if (!condition_holds(condition, result->value))
		*ret_why = bytes_printf(arena, "is %.*s", BYTES_ARG(said(result->value))).data;
	else
		*ret_why = stale(c, condition, result, arena);
	if (!*ret_why && condition_measured(c, condition))
		return measured(c, result, arena, ret_why);
	return *ret_why ? ANSWER_NO : ANSWER_YES;
}

enum answer condition_met(const struct rule_case *c, const struct condition *condition, struct arena *arena,
			  const char **ret_why)
{
	const struct landing *landing = c->landing;
	struct check_result result = {0};
	enum answer answer = facts_check(c->facts, &landing->head, condition->name, &result);

	if (answer == ANSWER_NO && !oid_equal(&landing->head, &landing->to))
		answer = facts_check(c->facts, &landing->to, condition->name, &result);
	if (answer == ANSWER_YES)
		return judge(c, condition, &result, arena, ret_why);
	*ret_why = "is missing";
	return answer;
}
