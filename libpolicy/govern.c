/* govern: from the name of a section, or its `match`, to the refs it governs. */
#include "govern.h"

#include "fault.h"
#include "keys.h"
#include "pattern.h"
#include "push.h"
#include "section.h"
#include "utf8.h"

static struct finding *refuse_pattern(struct findings *errors, const struct clause *place, size_t offset,
				      const char *format, ...) __attribute__((format(printf, 4, 5)));
static struct finding *refuse_pattern(struct findings *errors, const struct clause *place, size_t offset,
				      const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	struct finding *fault = fault_vadd(errors, &place->origin, format, arguments);

	va_end(arguments);
	fault_column(fault, place->column + (unsigned)utf8_length(bytes_first(place->text, offset)), place->source);
	return fault;
}

/* Branches and tags have sections of their own, and some folders have none. */
static bool check_folder(const struct clause *place, struct findings *errors)
{
	size_t end = bytes_index(place->text, '/');
	struct bytes folder = bytes_first(place->text, end), rest = bytes_from(place->text, end + 1);
	const char *kind = bytes_equal(folder, BYTES("heads")) ? "branch" : "tag";

	if (bytes_equal(folder, BYTES("heads")) || bytes_equal(folder, BYTES("tags"))) {
		finding_fix(errors, refuse_pattern(errors, place, 0, "refs/%.*s/ is for [%s]", BYTES_ARG(folder), kind),
			    "[%s \"%.*s\"]", kind, BYTES_ARG(rest));
		return false;
	}
	if (refname_reserved(bytes_printf(errors->arena, "refs/%.*s/", BYTES_ARG(folder)))) {
		finding_fix(errors,
			    refuse_pattern(errors, place, 0, "refs/%.*s/ is reserved, and no section opens it",
					   BYTES_ARG(folder)),
			    "leave the section out");
		return false;
	}
	return true;
}

static bool compile(struct section *section, const struct clause *place, struct arena *arena, struct findings *errors)
{
	const char *problem;
	size_t offset;

	section->pattern = pattern_compile(arena, place->text, &problem, &offset);
	if (!section->pattern) {
		refuse_pattern(errors, place, offset, "not a pattern for refs: %s", problem);
		return false;
	}
	section->literal = pattern_literal(section->pattern);
	if (section->literal)
		section->ref = bytes_printf(arena, "%.*s%.*s", BYTES_ARG(section_prefix(section->kind)),
					    BYTES_ARG(place->text));
	return true;
}

static bool check_place(const struct section *section, const struct clause *place, struct findings *errors)
{
	struct bytes prefix = section_prefix(section->kind);

	if (!bytes_starts(place->text, prefix))
		return section->kind != SECTION_REF || check_folder(place, errors);
	finding_fix(errors,
		    refuse_pattern(errors, place, 0, "[%s] speaks of %.*s already", keys_section(section->kind),
				   BYTES_ARG(prefix)),
		    "write %.*s", BYTES_ARG(bytes_from(place->text, prefix.len)));
	return false;
}

static void add_defaults(struct policy *policy, struct section *section, struct findings *errors)
{
	const struct setting *match = section_setting(section, "match");

	policy->defaults[section_slot(section->kind)] = section;
	if (match)
		finding_fix(errors, fault_add(errors, &match->origin, "match needs a section with a name"),
			    "[%s \"NAME\"]", keys_section(section->kind));
}

void govern_add(struct policy *policy, struct section *section, const struct clause *name, struct arena *arena,
		struct findings *errors)
{
	const struct setting *match = section_setting(section, "match");
	const struct clause *place = match && match->clause_count ? &match->clauses[0] : name;

	policy->governs = true;
	if (!section->heading.len) {
		add_defaults(policy, section, errors);
		return;
	}
	if (!check_place(section, place, errors) || !compile(section, place, arena, errors))
		return;
	const struct section *twin = section->literal ? map_get(policy->literals, section->ref) : NULL;

	if (twin)
		refuse_pattern(errors, place, 0, "%.*s has a section already (%.*s)", BYTES_ARG(section->ref),
			       BYTES_ARG(fault_place(errors, &twin->origin)));
	else
		section_add(policy, section, arena);
}
