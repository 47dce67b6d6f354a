/* fuzz_report: any bytes quoted in a finding; neither format may let a control character, or too many lines, through.
 */
#include "fuzz.h"

#include "report.h"
#include "utf8.h"

static void check(struct bytes text)
{
	for (struct bytes rest = text; rest.len;) {
		uint32_t point = 0;
		size_t len = utf8_next(rest, &point);

		FUZZ_ASSERT(len && (point == '\n' || !utf8_unsafe(point)));
		rest = bytes_from(rest, len);
	}
}

static size_t lines(struct bytes text)
{
	struct bytes line;
	size_t count = 0;

	while (bytes_line(&text, &line))
		count++;
	return count;
}

void fuzz_report(struct arena *arena, struct bytes input)
{
	struct findings findings = {.arena = arena};
	struct buffer text = {.arena = arena}, json = {.arena = arena};

	for (unsigned i = 0; i < 3; i++) {
		struct finding *finding = findings_add(&findings, "format", SEVERITY_ENFORCE, "%.*s", BYTES_ARG(input));

		finding->ref = input;
		finding_wanted(&findings, finding, "%.*s", BYTES_ARG(input));
		finding_at(finding, 1, input.len ? (unsigned char)input.data[0] : 1, input);
		finding->origin = (struct origin){input, i, input};
	}
	report_render(&findings, REPORT_TEXT, &text);
	report_render(&findings, REPORT_JSON, &json);
	check(buffer_bytes(&text));
	check(buffer_bytes(&json));
	FUZZ_ASSERT(lines(buffer_bytes(&text)) <= REPORT_LINES_MAX);
}
