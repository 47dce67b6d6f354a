/* report_json: findings as JSON lines. */
#include "report_json.h"

#include "json.h"

const char *report_severity(enum severity severity)
{
	static const char *const words[] = {
		[SEVERITY_OFF] = "note",      [SEVERITY_NOTE] = "note",		  [SEVERITY_WARN] = "warning",
		[SEVERITY_ENFORCE] = "error", [SEVERITY_UNDECIDED] = "undecided",
	};

	return words[severity];
}

static void origin_add(struct json *json, const struct origin *origin)
{
	if (!origin->file.len)
		return;
	json_text(json, ",\"policy\":{\"file\":", origin->file);
	json_number(json, ",\"line\":", origin->line);
	json_text(json, ",\"text\":", origin->text);
	buffer_add(json->out, BYTES("}"));
}

static void finding_add(struct json *json, const struct finding *finding)
{
	buffer_printf(json->out, "{\"type\":\"finding\",\"severity\":\"%s\"", report_severity(finding->severity));
	json_text(json, ",\"rule\":", finding->rule);
	json_text(json, ",\"ref\":", finding->ref);
	if (!oid_is_zero(&finding->commit))
		buffer_printf(json->out, ",\"commit\":\"%s\"", oid_hex(&finding->commit).text);
	json_number(json, ",\"line\":", finding->line);
	json_number(json, ",\"column\":", finding->column);
	json_text(json, ",\"found\":", finding->found);
	json_text(json, ",\"wanted\":", finding->wanted);
	json_text(json, ",\"fix\":", finding->fix);
	json_text(json, ",\"source\":", finding->source);
	if (finding->evaluated)
		buffer_add(json->out, BYTES(",\"evaluated\":true"));
	if (finding->open)
		buffer_add(json->out, BYTES(",\"open\":true"));
	origin_add(json, &finding->origin);
	buffer_add(json->out, BYTES("}\n"));
}

static const char *verdict_word(enum severity worst)
{
	if (worst == SEVERITY_UNDECIDED)
		return "undecided";
	return worst == SEVERITY_ENFORCE ? "rejected" : "accepted";
}

void report_json(const struct findings *findings, struct buffer *out)
{
	struct json json = {.out = out, .scratch = {.arena = out->arena}};

	for (const struct finding *finding = findings->first; finding; finding = finding->next)
		finding_add(&json, finding);
	buffer_printf(out, "{\"type\":\"verdict\",\"verdict\":\"%s\",\"findings\":%zu",
		      verdict_word(findings_worst(findings)), findings->count);
	json_text(&json, ",\"event\":", findings->event);
	buffer_add(out, BYTES("}\n"));
}
