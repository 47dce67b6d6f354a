/* report_json: JSON that is valid whatever was pushed: every text passes the escaper, then JSON's own quoting. */
#include "report_json.h"

#include <stdint.h>

#include "report.h"

/* A line being written; `scratch` holds the text that is being quoted. */
struct writer {
	struct buffer *out;
	struct buffer scratch;
};

static void string_add(struct writer *writer, struct bytes text)
{
	struct bytes safe;
	size_t raw = 0;

	writer->scratch.len = 0;
	escape_add(&writer->scratch, text, SIZE_MAX);
	safe = buffer_bytes(&writer->scratch);
	buffer_add(writer->out, BYTES("\""));
	for (size_t i = 0; i < safe.len; i++) {
		if (safe.data[i] != '"' && safe.data[i] != '\\')
			continue;
		buffer_add(writer->out, bytes_first(bytes_from(safe, raw), i - raw));
		buffer_add(writer->out, BYTES("\\"));
		raw = i;
	}
	buffer_add(writer->out, bytes_from(safe, raw));
	buffer_add(writer->out, BYTES("\""));
}

/* `name` is the field's name with what stands before it: ",\"ref\":". */
static void text_field(struct writer *writer, const char *name, struct bytes text)
{
	if (!text.len)
		return;
	buffer_add(writer->out, bytes_of(name));
	string_add(writer, text);
}

static void number_field(struct writer *writer, const char *name, unsigned number)
{
	if (number)
		buffer_printf(writer->out, "%s%u", name, number);
}

static const char *severity_word(enum severity severity)
{
	static const char *const words[] = {
		[SEVERITY_OFF] = "note",      [SEVERITY_NOTE] = "note",		  [SEVERITY_WARN] = "warning",
		[SEVERITY_ENFORCE] = "error", [SEVERITY_UNDECIDED] = "undecided",
	};

	return words[severity];
}

static void origin_add(struct writer *writer, const struct origin *origin)
{
	if (!origin->file.len)
		return;
	text_field(writer, ",\"policy\":{\"file\":", origin->file);
	number_field(writer, ",\"line\":", origin->line);
	text_field(writer, ",\"text\":", origin->text);
	buffer_add(writer->out, BYTES("}"));
}

static void finding_add(struct writer *writer, const struct finding *finding)
{
	buffer_printf(writer->out, "{\"type\":\"finding\",\"severity\":\"%s\"", severity_word(finding->severity));
	text_field(writer, ",\"rule\":", finding->rule);
	text_field(writer, ",\"ref\":", finding->ref);
	if (!oid_is_zero(&finding->commit))
		buffer_printf(writer->out, ",\"commit\":\"%s\"", oid_hex(&finding->commit).text);
	number_field(writer, ",\"line\":", finding->line);
	number_field(writer, ",\"column\":", finding->column);
	text_field(writer, ",\"found\":", finding->found);
	text_field(writer, ",\"wanted\":", finding->wanted);
	text_field(writer, ",\"fix\":", finding->fix);
	text_field(writer, ",\"source\":", finding->source);
	if (finding->evaluated)
		buffer_add(writer->out, BYTES(",\"evaluated\":true"));
	origin_add(writer, &finding->origin);
	buffer_add(writer->out, BYTES("}\n"));
}

static const char *verdict_word(enum severity worst)
{
	if (worst == SEVERITY_UNDECIDED)
		return "undecided";
	return worst == SEVERITY_ENFORCE ? "rejected" : "accepted";
}

void report_json(const struct findings *findings, struct buffer *out)
{
	struct writer writer = {.out = out, .scratch = {.arena = out->arena}};

	for (const struct finding *finding = findings->first; finding; finding = finding->next)
		finding_add(&writer, finding);
	buffer_printf(out, "{\"type\":\"verdict\",\"verdict\":\"%s\",\"findings\":%zu}\n",
		      verdict_word(findings_worst(findings)), findings->count);
}
