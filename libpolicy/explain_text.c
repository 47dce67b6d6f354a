/* explain_text: the policy of one ref as a table. */
#include "explainstyle.h"

#include <string.h>

#include "arena.h"
#include "pattern.h"
#include "people.h"
#include "spelling.h"
#include "utf8.h"

#define VALUE_COLUMNS 56u /* up to where the second column begins */

static void print_row(struct buffer *out, struct bytes left, struct bytes right)
{
	size_t width = utf8_length(left);
	unsigned gap = width + 2 < VALUE_COLUMNS ? VALUE_COLUMNS - (unsigned)width : 2;

	buffer_add(out, BYTES("    "));
	buffer_add(out, left);
	if (right.len)
		buffer_printf(out, "%*s", (int)gap, "");
	buffer_add(out, right);
	buffer_add(out, BYTES("\n"));
}

static void print_clause(struct buffer *out, const struct origin *origin, struct bytes left)
{
	print_row(out, left, bytes_printf(out->arena, "%.*s:%u", BYTES_ARG(origin->file), origin->line));
}

static void print_users(struct buffer *out, const struct who *who)
{
	struct buffer users = {.arena = out->arena};
	struct bytes *names;
	size_t count = explain_users(out->arena, who, &names);

	if (who->anyone)
		return;
	for (size_t i = 0; i < count; i++)
		buffer_printf(&users, " %.*s", BYTES_ARG(names[i]));
	print_row(
		out,
		bytes_printf(out->arena, "  that is:%.*s", BYTES_ARG(count ? buffer_bytes(&users) : BYTES(" nobody"))),
		(struct bytes){0});
}

/* "approvals = 2 @reviewers", further clauses below it; who and what is meant. */
static void print_setting(struct buffer *out, const struct setting *setting, const char *name)
{
	int indent = (int)strlen(name) + 3;

	for (size_t i = 0; i < setting->clause_count; i++) {
		const struct clause *clause = &setting->clauses[i];
		struct bytes left = i ? bytes_printf(out->arena, "%*s%.*s", indent, "", BYTES_ARG(clause->text))
				      : bytes_printf(out->arena, "%s = %.*s", name, BYTES_ARG(clause->text));

		print_clause(out, &clause->origin, left);
		for (const struct who_list *list = setting->lists; list; list = list->next)
			if (list->clause == i && list->who)
				print_users(out, list->who);
	}
	if (setting->who)
		print_users(out, setting->who);
	if (setting->key->about)
		print_row(out, bytes_printf(out->arena, "  about: %s", setting->key->about), (struct bytes){0});
}

static void print_severity(struct buffer *out, const struct setting *severity)
{
	if (severity)
		print_clause(out, &severity->origin,
			     bytes_printf(out->arena, "  severity: %.*s", BYTES_ARG(severity->clauses[0].text)));
}

static void print_value(struct explain_view *view, const struct explain_value *value)
{
	const struct key *key = value->key;

	if (value->setting)
		print_setting(view->out, value->setting, key->name);
	else if (key->unset)
		print_row(view->out, bytes_printf(view->out->arena, "%s = (unset: %s)", key->name, key->unset),
			  BYTES("default"));
	else if (value->checks)
		buffer_printf(&view->unset, " %s", key->name);
	if (value->setting || key->unset)
		print_severity(view->out, value->severity);
}

static void print_layer(struct explain_view *view)
{
	buffer_printf(view->out, "%.*s:\n", BYTES_ARG(view->policy->file));
	if (view->policy->evaluate)
		buffer_printf(view->out, "  mode = evaluate: reported, never rejected\n");
}

static void print_section(struct explain_view *view)
{
	const struct origin *origin = &view->section->origin;

	buffer_printf(view->out, "  %.*s  %.*s:%u\n", BYTES_ARG(origin->text), BYTES_ARG(origin->file), origin->line);
}

static void print_end(struct explain_view *view)
{
	if (view->unset.len)
		buffer_printf(view->out, "    unset, nothing is checked:%.*s\n", BYTES_ARG(buffer_bytes(&view->unset)));
}

/* What the templates stand for that were shown. */
static void print_templates(struct buffer *out, const struct section *const *accepted, size_t count)
{
	struct buffer headings = {.arena = out->arena};
	const char *sentence;

	for (size_t i = 0; i < count; i++)
		buffer_add(&headings, pattern_text(accepted[i]->pattern));
	for (size_t at = 0; (sentence = spelling_next(buffer_bytes(&headings), &at));)
		print_row(out, bytes_of(sentence), (struct bytes){0});
}

static void print_refused(struct explain_view *view, struct bytes ref, const struct section *const *accepted,
			  size_t count, struct bytes near)
{
	struct buffer *out = view->out;

	buffer_printf(out, "  refused: no section governs %.*s\n", BYTES_ARG(ref));
	for (size_t i = 0; i < count; i++)
		print_clause(out, &accepted[i]->origin,
			     bytes_printf(out->arena, "accepted: %.*s", BYTES_ARG(pattern_text(accepted[i]->pattern))));
	if (near.len)
		print_row(out, bytes_printf(out->arena, "nearest:  %.*s", BYTES_ARG(near)), (struct bytes){0});
	print_templates(out, accepted, count);
}

static void print_record(struct explain_view *view, const char *problem)
{
	if (problem)
		buffer_printf(view->out, "  refused: no record: %s\n", problem);
	else
		buffer_printf(view->out, "  a record: rules `record` and `push` judge it, and no section\n");
}

static void print_judging(struct explain_view *view)
{
	buffer_printf(view->out, "  speaks of no refs; messages and content only\n");
}

const struct explain_style explain_text = {
	.layer = print_layer,
	.section = print_section,
	.value = print_value,
	.end = print_end,
	.judging = print_judging,
	.record = print_record,
	.refused = print_refused,
};
