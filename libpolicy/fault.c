/* fault: making the findings that say where a policy file is wrong. */
#include "fault.h"

struct finding *fault_vadd(struct findings *errors, const struct origin *origin, const char *format, va_list arguments)
{
	struct finding *fault = findings_vadd(errors, "policy", SEVERITY_UNDECIDED, format, arguments);

	fault->origin = *origin;
	return fault;
}

struct finding *fault_add(struct findings *errors, const struct origin *origin, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	struct finding *fault = fault_vadd(errors, origin, format, arguments);

	va_end(arguments);
	return fault;
}

void fault_column(struct finding *fault, unsigned column, struct bytes source)
{
	finding_at(fault, fault->origin.line, column, source);
}

struct bytes fault_place(struct findings *errors, const struct origin *origin)
{
	return bytes_printf(errors->arena, "%.*s:%u", BYTES_ARG(origin->file), origin->line);
}
