/* heading: telling the kind and the name of a section, or how they should have been written. */
#include "heading.h"

#include "condition.h"
#include "fault.h"
#include "keychecks.h"
#include "keys.h"
#include "utf8.h"

#define NAMED (SECTION_USER | SECTION_GROUP | SECTION_TRIGGER)
#define NAMEABLE (NAMED | SECTION_BRANCH | SECTION_TAG | SECTION_REF | SECTION_DEPLOY | SECTION_CHECK)

static struct finding *refuse(struct findings *errors, const struct ini_entry *entry, struct bytes part,
			      const char *format, ...) __attribute__((format(printf, 4, 5)));
static struct finding *refuse(struct findings *errors, const struct ini_entry *entry, struct bytes part,
			      const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	struct finding *fault = fault_vadd(errors, &entry->origin, format, arguments);
	size_t offset = part.len ? (size_t)(part.data - entry->section.data) : 0;

	va_end(arguments);
	fault_column(fault, entry->column + (unsigned)utf8_length(bytes_first(entry->section, offset)), entry->source);
	return fault;
}

static bool refuse_kind(const struct ini_entry *entry, struct bytes kind, struct findings *errors)
{
	struct bytes near = keys_section_near(errors->arena, kind);
	struct finding *fault = refuse(errors, entry, kind, "unknown section [%.*s]", BYTES_ARG(kind));
	finding_wanted(errors, fault,
		       "one of: policy identity user group commit severity branch tag ref check "
		       "deploy content trigger audit");
	if (near.len)
		finding_fix(errors, fault, "did you mean [%.*s]?", BYTES_ARG(near));
	return false;
}

/* Takes the quotes off a name. */
static bool unquote(const struct ini_entry *entry, struct bytes kind, struct bytes quoted, struct bytes *ret_name,
		    struct findings *errors)
{
	struct bytes name = bytes_first(bytes_from(quoted, 1), quoted.len - 2);

	if (quoted.len < 2 || quoted.data[0] != '"' || quoted.data[quoted.len - 1] != '"' ||
	    bytes_index(name, '"') < name.len) {
		finding_fix(errors, refuse(errors, entry, quoted, "a name stands between double quotes"),
			    "[%.*s \"NAME\"]", BYTES_ARG(kind));
		return false;
	}
	if (!name.len) {
		finding_fix(errors, refuse(errors, entry, quoted, "an empty name"), "[%.*s \"NAME\"]", BYTES_ARG(kind));
		return false;
	}
	*ret_name = name;
	return true;
}

static const char *name_problem(enum section_kind kind, struct bytes name)
{
	if (kind == SECTION_CHECK)
		return condition_name_problem(name);
	return kind & NAMED ? check_name(name) : NULL;
}

static bool check_named(const struct ini_entry *entry, const struct heading *heading, struct findings *errors)
{
	const char *kind = keys_section(heading->kind);
	struct bytes name = heading->name.text;
	const char *problem = name.len ? name_problem(heading->kind, name) : NULL;

	if (problem) {
		refuse(errors, entry, name, "\"%.*s\": %s", BYTES_ARG(name), problem);
	} else if (name.len && !(heading->kind & NAMEABLE)) {
		finding_fix(errors, refuse(errors, entry, name, "[%s] has no name", kind), "[%s]", kind);
	} else if (!name.len && heading->kind & NAMED) {
		finding_fix(errors, refuse(errors, entry, name, "[%s] needs a name", kind), "[%s \"NAME\"]", kind);
	} else {
		return true;
	}
	return false;
}

bool heading_read(const struct ini_entry *entry, struct heading *ret_heading, struct findings *errors)
{
	struct bytes rest = entry->section, kind;
	struct heading heading = {.name = {.origin = entry->origin, .source = entry->source}};
	struct bytes trimmed = bytes_trim(rest);

	kind = bytes_trim(bytes_first(trimmed, bytes_index(trimmed, '"')));
	kind = bytes_first(kind, bytes_index(kind, ' '));
	heading.kind = keys_section_kind(kind);
	if (!heading.kind)
		return refuse_kind(entry, kind, errors);
	rest = bytes_trim(bytes_from(trimmed, kind.len));
	if (rest.len && !unquote(entry, kind, rest, &heading.name.text, errors))
		return false;
	if (!check_named(entry, &heading, errors))
		return false;
	if (heading.name.text.len)
		heading.name.column = entry->column +
				      (unsigned)utf8_length(bytes_first(
					      entry->section, (size_t)(heading.name.text.data - entry->section.data)));
	*ret_heading = heading;
	return true;
}
