/* json: texts and numbers as JSON writes them. */
#include "json.h"

#include "report.h"

void json_string(struct json *json, struct bytes text)
{
	struct bytes safe;
	size_t raw = 0;

	json->scratch.len = 0;
	escape_add(&json->scratch, text, json->max ? json->max : SIZE_MAX);
	safe = buffer_bytes(&json->scratch);
	buffer_add(json->out, BYTES("\""));
	for (size_t i = 0; i < safe.len; i++) {
		if (safe.data[i] != '"' && safe.data[i] != '\\')
			continue;
		buffer_add(json->out, bytes_first(bytes_from(safe, raw), i - raw));
		buffer_add(json->out, BYTES("\\"));
		raw = i;
	}
	buffer_add(json->out, bytes_from(safe, raw));
	buffer_add(json->out, BYTES("\""));
}

void json_text(struct json *json, const char *before, struct bytes text)
{
	if (!text.len)
		return;
	buffer_add(json->out, bytes_of(before));
	json_string(json, text);
}

void json_number(struct json *json, const char *before, unsigned number)
{
	if (number)
		buffer_printf(json->out, "%s%u", before, number);
}
