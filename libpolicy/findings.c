/* findings: a list in the order judged, its texts made in the arena. */
#include "findings.h"

#include "arena.h"

static void append(struct findings *findings, struct finding *finding)
{
	finding->next = NULL;
	if (findings->last)
		findings->last->next = finding;
	else
		findings->first = finding;
	findings->last = finding;
	findings->count++;
}

struct finding *findings_vadd(struct findings *findings, const char *rule, enum severity severity, const char *format,
			      va_list arguments)
{
	struct finding *finding = arena_alloc(findings->arena, sizeof(*finding));

	finding->rule = bytes_of(rule);
	finding->severity = severity;
	finding->found = bytes_vprintf(findings->arena, format, arguments);
	append(findings, finding);
	return finding;
}

struct finding *findings_add(struct findings *findings, const char *rule, enum severity severity, const char *format,
			     ...)
{
	va_list arguments;

	va_start(arguments, format);
	struct finding *finding = findings_vadd(findings, rule, severity, format, arguments);

	va_end(arguments);
	return finding;
}

void finding_wanted(struct findings *findings, struct finding *finding, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	finding->wanted = bytes_vprintf(findings->arena, format, arguments);
	va_end(arguments);
}

void finding_fix(struct findings *findings, struct finding *finding, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	finding->fix = bytes_vprintf(findings->arena, format, arguments);
	va_end(arguments);
}

void finding_open(struct finding *finding)
{
	finding->severity = SEVERITY_NOTE;
	finding->open = true;
}

bool findings_open(const struct findings *findings)
{
	for (const struct finding *finding = findings->first; finding; finding = finding->next)
		if (finding->open && !finding->evaluated)
			return true;
	return false;
}

void finding_at(struct finding *finding, unsigned line, unsigned column, struct bytes source)
{
	finding->line = line;
	finding->column = column;
	finding->source = source;
}

static unsigned place_of(const struct finding *finding)
{
	return finding->override ? 0 : finding->origin.line;
}

void findings_order(struct findings *findings)
{
	struct finding *rest = findings->first, *next;

	findings->first = findings->last = NULL;
	findings->count = 0;
	for (; rest; rest = next) {
		struct finding **after = &findings->first;

		next = rest->next;
		if (!findings->last || place_of(findings->last) <= place_of(rest)) {
			append(findings, rest);
			continue;
		}
		while (place_of(*after) <= place_of(rest))
			after = &(*after)->next;
		rest->next = *after;
		*after = rest;
		findings->count++;
	}
}

void findings_take(struct findings *findings, const struct findings *more)
{
	for (const struct finding *from = more->first; from; from = from->next) {
		struct finding *finding = arena_alloc(findings->arena, sizeof(*finding));

		*finding = *from;
		finding->found = bytes_copy(findings->arena, from->found);
		finding->wanted = bytes_copy(findings->arena, from->wanted);
		finding->fix = bytes_copy(findings->arena, from->fix);
		finding->source = bytes_copy(findings->arena, from->source);
		append(findings, finding);
	}
}

enum severity findings_worst(const struct findings *findings)
{
	enum severity worst = SEVERITY_OFF;

	for (const struct finding *finding = findings->first; finding; finding = finding->next)
		if (!finding->evaluated && finding->severity > worst)
			worst = finding->severity;
	return worst;
}
