/* explain_json: the policy of one ref as JSON lines. */
#include "explainstyle.h"

#include "json.h"
#include "pattern.h"

/* A line of that type about the layer. */
static struct json begin(const struct explain_view *view, const char *type)
{
	struct json json = {.out = view->out, .scratch = {.arena = view->out->arena}};

	buffer_printf(json.out, "{\"type\":\"%s\"", type);
	json_text(&json, ",\"layer\":", view->policy->file);
	return json;
}

static void end(const struct json *json)
{
	buffer_add(json->out, BYTES("}\n"));
}

static void add_place(struct json *json, const struct origin *origin)
{
	json_text(json, ",\"file\":", origin->file);
	json_number(json, ",\"line\":", origin->line);
}

static void add_list(struct json *json, const char *before, const struct bytes *texts, size_t count)
{
	buffer_add(json->out, bytes_of(before));
	buffer_add(json->out, BYTES("["));
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_add(json->out, BYTES(","));
		json_string(json, texts[i]);
	}
	buffer_add(json->out, BYTES("]"));
}

static void add_users(struct json *json, const struct who *who)
{
	struct bytes *names;

	if (!who || who->anyone)
		return;
	size_t count = explain_users(json->out->arena, who, &names);

	add_list(json, ",\"users\":", names, count);
}

/* A line of a value; of an unset one what holds then, if anything does. */
static void write_clause(struct explain_view *view, const struct explain_value *value, size_t index)
{
	const struct setting *setting = value->setting;
	struct json json = begin(view, "value");

	if (view->section)
		json_text(&json, ",\"section\":", view->section->origin.text);
	json_text(&json, ",\"key\":", bytes_of(value->key->name));
	json_text(&json, ",\"value\":", setting ? setting->clauses[index].text : bytes_of(value->key->unset));
	if (setting)
		add_place(&json, &setting->clauses[index].origin);
	else
		buffer_add(json.out, BYTES(",\"unset\":true"));
	add_users(&json, setting ? setting->who : NULL);
	for (const struct who_list *list = setting ? setting->lists : NULL; list; list = list->next)
		if (list->clause == index)
			add_users(&json, list->who);
	if (value->severity)
		json_text(&json, ",\"severity\":", value->severity->clauses[0].text);
	end(&json);
}

static void write_value(struct explain_view *view, const struct explain_value *value)
{
	size_t count = value->setting ? value->setting->clause_count : 1;

	for (size_t i = 0; i < count; i++)
		write_clause(view, value, i);
}

static void write_layer(struct explain_view *view)
{
	struct json json = begin(view, "layer");

	buffer_printf(json.out, ",\"mode\":\"%s\",\"governs\":%s", view->policy->evaluate ? "evaluate" : "enforce",
		      view->policy->governs ? "true" : "false");
	end(&json);
}

static void write_section(struct explain_view *view)
{
	struct json json = begin(view, "section");

	json_text(&json, ",\"section\":", view->section->origin.text);
	add_place(&json, &view->section->origin);
	end(&json);
}

static void write_nothing(struct explain_view *view)
{
	(void)view;
}

static void write_record(struct explain_view *view, const char *problem)
{
	struct json json = begin(view, "record");

	json_text(&json, ",\"problem\":", bytes_of(problem));
	end(&json);
}

static void write_refused(struct explain_view *view, struct bytes ref, const struct section *const *accepted,
			  size_t count, struct bytes near)
{
	struct json json = begin(view, "refused");

	json_text(&json, ",\"ref\":", ref);
	buffer_add(json.out, BYTES(",\"accepted\":["));
	for (size_t i = 0; i < count; i++)
		json_text(&json, i ? "," : "", pattern_text(accepted[i]->pattern));
	buffer_add(json.out, BYTES("]"));
	json_text(&json, ",\"nearest\":", near);
	end(&json);
}

const struct explain_style explain_json = {
	.layer = write_layer,
	.section = write_section,
	.value = write_value,
	.end = write_nothing,
	.judging = write_nothing,
	.record = write_record,
	.refused = write_refused,
};
