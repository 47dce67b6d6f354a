/* template: a line at a time: whether it stays, then what stands in it. */
#include "template.h"

#include <stdbool.h>
#include <string.h>

static const char *value_of(const struct slot *slots, const char *name, size_t len)
{
	for (; slots->name; slots++)
		if (strlen(slots->name) == len && !strncmp(slots->name, name, len))
			return slots->value;
	return NULL;
}

/* Takes "?name " off the line's beginning; whether the line stays. */
static bool take_guard(const char **line, const char *end, const struct slot *slots)
{
	if (**line != '?')
		return true;
	bool wanted = (*line)[1] != '!';
	const char *name = *line + 1 + !wanted, *blank = memchr(name, ' ', (size_t)(end - name));

	if (!blank)
		return false;
	*line = blank + 1;
	return (value_of(slots, name, (size_t)(blank - name)) != NULL) == wanted;
}

/* The next "${" in the line, its name and the "}" behind; NULL: there is none. */
static const char *next_marker(const char *at, const char *end, size_t *ret_len)
{
	const char *marker = memmem(at, (size_t)(end - at), "${", 2);
	const char *brace = marker ? memchr(marker, '}', (size_t)(end - marker)) : NULL;

	*ret_len = brace ? (size_t)(brace - marker) - 2 : 0;
	return brace ? marker : NULL;
}

static bool is_complete(const char *line, const char *end, const struct slot *slots)
{
	size_t len;

	for (const char *at = line; (at = next_marker(at, end, &len)); at += len)
		if (!value_of(slots, at + 2, len))
			return false;
	return true;
}

static void write_line(FILE *out, const char *line, const char *end, const struct slot *slots)
{
	size_t len;

	for (const char *marker; (marker = next_marker(line, end, &len)); line = marker + len + 3) {
		fwrite(line, 1, (size_t)(marker - line), out);
		fputs(value_of(slots, marker + 2, len), out);
	}
	fwrite(line, 1, (size_t)(end - line), out);
	fputc('\n', out);
}

void template_fill(FILE *out, const struct template *from, const struct slot *slots)
{
	const char *line = (const char *)from->text, *stop = line + *from->size;

	for (const char *end; line < stop; line = end + 1) {
		end = memchr(line, '\n', (size_t)(stop - line));
		if (!end)
			end = stop;
		if (take_guard(&line, end, slots) && is_complete(line, end, slots))
			write_line(out, line, end, slots);
	}
}
