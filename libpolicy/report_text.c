/* report_text: the sentence, the source line with a caret under it, and what to do about it. */
#include "report_text.h"

#include <stdint.h>

#include "report.h"
#include "utf8.h"

#define FIELD_MAX ((size_t)200)
#define SENTENCE_MAX ((size_t)300) /* of our own, with fields in it */
#define WINDOW_MAX ((size_t)110)
#define WINDOW_BEFORE ((size_t)80) /* shown before the caret when the line is cut there */

const char *report_prefix(enum severity severity, bool evaluated)
{
	if (severity >= SEVERITY_ENFORCE && !evaluated)
		return "error:";
	return severity >= SEVERITY_WARN ? "warning:" : "note:";
}

/* The next character of a source line as it is shown; a tab is a blank, so that one character has one width. */
static size_t cell_next(struct bytes source, struct buffer *ret_cell)
{
	uint32_t point;
	size_t len = utf8_next(source, &point);

	len = len ? len : 1;
	ret_cell->len = 0;
	if (source.data[0] == '\t')
		buffer_add(ret_cell, BYTES(" "));
	else
		escape_add(ret_cell, bytes_first(source, len), SIZE_MAX);
	return len;
}

/* Columns a cell takes: all of an escaped one, one of any character that is shown as itself. */
static size_t cell_width(const struct buffer *cell)
{
	return utf8_length(buffer_bytes(cell));
}

/* Columns of `source` before character `column` (1-based), or before its end. */
static size_t width_before(struct bytes source, unsigned column, struct buffer *cell)
{
	size_t width = 0;

	for (unsigned at = 1; source.len && at < column; at++) {
		source = bytes_from(source, cell_next(source, cell));
		width += cell_width(cell);
	}
	return width;
}

/* `source` and the caret under `column` (0: none), cut on both sides to what fits a line of a terminal. */
static void source_add(struct buffer *out, const char *prefix, struct bytes source, unsigned column)
{
	struct buffer cell = {.arena = out->arena};
	size_t caret = width_before(source, column, &cell), skipped = 0, shown = 0;

	while (source.len && caret > WINDOW_BEFORE && skipped + WINDOW_BEFORE < caret) {
		source = bytes_from(source, cell_next(source, &cell));
		skipped += cell_width(&cell);
	}
	buffer_printf(out, "%s     %s", prefix, skipped ? "..." : "");
	for (; source.len && shown < WINDOW_MAX; shown += cell_width(&cell)) {
		source = bytes_from(source, cell_next(source, &cell));
		buffer_add(out, buffer_bytes(&cell));
	}
	buffer_add(out, source.len ? BYTES("...\n") : BYTES("\n"));
	if (column)
		buffer_printf(out, "%s     %*s^\n", prefix, (int)(caret - skipped + (skipped ? 3 : 0)), "");
}

/* A hint line, unless the same one was told before. */
static void hint_add(struct buffer *out, struct map *told, const struct buffer *hint)
{
	struct bytes line = buffer_bytes(hint);

	if (map_get(told, line))
		return;
	line = bytes_copy(out->arena, line);
	map_set(told, line, told);
	buffer_printf(out, "hint:      ");
	buffer_add(out, line);
	buffer_add(out, BYTES("\n"));
}

static void sentence_hint(struct buffer *out, struct map *told, const char *before, struct bytes sentence)
{
	struct buffer hint = {.arena = out->arena};

	if (!sentence.len)
		return;
	buffer_add(&hint, bytes_of(before));
	escape_add(&hint, sentence, SENTENCE_MAX);
	hint_add(out, told, &hint);
}

static void origin_hint(struct buffer *out, struct map *told, const struct origin *origin)
{
	struct buffer hint = {.arena = out->arena};

	if (!origin->file.len)
		return;
	escape_add(&hint, origin->file, FIELD_MAX);
	if (origin->line)
		buffer_printf(&hint, ":%u", origin->line);
	if (origin->text.len)
		buffer_add(&hint, BYTES("  "));
	escape_add(&hint, origin->text, FIELD_MAX);
	hint_add(out, told, &hint);
}

/* "commit 3f2c1ab, line 1, column 35: ", as much of it as is known. */
static void place_add(struct buffer *out, const struct finding *finding)
{
	const char *between = "";

	if (!oid_is_zero(&finding->commit)) {
		buffer_printf(out, "commit %s", oid_abbrev(&finding->commit).text);
		between = ", ";
	}
	if (finding->line) {
		buffer_printf(out, "%sline %u", between, finding->line);
		between = ", ";
	}
	if (finding->line && finding->column)
		buffer_printf(out, ", column %u", finding->column);
	if (between[0])
		buffer_add(out, BYTES(": "));
}

/* A fault in a policy: what a compiler would say, the file first, where it is about one. */
static void policy_fault(struct buffer *out, const struct finding *finding, struct map *told)
{
	const char *prefix = report_prefix(finding->severity, finding->evaluated);
	const struct origin *origin = &finding->origin;
	struct bytes source = finding->source.len ? finding->source : origin->text;

	buffer_printf(out, "%s ", prefix);
	escape_add(out, origin->file, FIELD_MAX);
	if (origin->line)
		buffer_printf(out, ":%u", origin->line);
	if (origin->line && finding->column)
		buffer_printf(out, ":%u", finding->column);
	buffer_add(out, origin->file.len ? BYTES(": ") : BYTES(""));
	escape_add(out, finding->found, SENTENCE_MAX);
	buffer_add(out, BYTES("\n"));
	if (source.len)
		source_add(out, prefix, source, finding->column);
	sentence_hint(out, told, "wanted: ", finding->wanted);
	sentence_hint(out, told, "", finding->fix);
}

void report_finding(struct buffer *out, const struct finding *finding, struct map *told)
{
	const char *prefix = report_prefix(finding->severity, finding->evaluated);

	if (!finding->ref.len && bytes_equal(finding->rule, BYTES("policy"))) {
		policy_fault(out, finding, told);
		return;
	}
	buffer_printf(out, "%s %s", prefix, finding->ref.len ? "  " : "");
	escape_add(out, finding->rule, FIELD_MAX);
	buffer_add(out, BYTES(": "));
	if (finding->severity == SEVERITY_UNDECIDED)
		buffer_add(out, BYTES("could not decide: "));
	place_add(out, finding);
	escape_add(out, finding->found, SENTENCE_MAX);
	if (finding->evaluated && !finding->ref.len)
		buffer_add(out, BYTES(" (mode = evaluate)"));
	buffer_add(out, BYTES("\n"));
	if (finding->source.len)
		source_add(out, prefix, finding->source, finding->column);
	sentence_hint(out, told, "wanted: ", finding->wanted);
	sentence_hint(out, told, "", finding->fix);
	origin_hint(out, told, &finding->origin);
}
