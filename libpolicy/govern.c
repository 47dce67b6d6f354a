/* govern: from the name of a section, or its `match`, to the refs it governs. */
#include "govern.h"

#include "fault.h"
#include "keys.h"
#include "pattern.h"
#include "push.h"
#include "section.h"
#include "settings.h"
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

/* Branches, tags and deploys have sections of their own, and some folders have none. */
static bool check_folder(const struct clause *place, struct findings *errors)
{
	size_t end = bytes_index(place->text, '/');
	struct bytes folder = bytes_first(place->text, end), rest = bytes_from(place->text, end + 1);
	struct bytes ref = bytes_printf(errors->arena, "refs/%.*s/", BYTES_ARG(folder));
	enum section_kind kind = section_kind_of(ref);

	if (kind != SECTION_REF) {
		finding_fix(errors,
			    refuse_pattern(errors, place, 0, "%.*s is for [%s]", BYTES_ARG(ref), keys_section(kind)),
			    "[%s \"%.*s\"]", keys_section(kind), BYTES_ARG(rest.len ? rest : BYTES("NAME")));
		return false;
	}
	if (refname_reserved(ref)) {
		finding_fix(
			errors,
			refuse_pattern(errors, place, 0, "%.*s is reserved, and no section opens it", BYTES_ARG(ref)),
			"leave the section out");
		return false;
	}
	return true;
}

/* A deploy is asked of a stage, the last component, of what is before it. */
static bool check_stage(const struct clause *place, struct findings *errors)
{
	if (bytes_index(place->text, '/') < place->text.len)
		return true;
	finding_fix(errors,
		    refuse_pattern(errors, place, 0, "a deploy has an environment and a stage, with a slash between"),
		    "[deploy \"%.*s/live\"], if it has one stage only", BYTES_ARG(place->text));
	return false;
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

	if (!bytes_starts(place->text, prefix) && section->kind == SECTION_REF)
		return check_folder(place, errors);
	if (!bytes_starts(place->text, prefix))
		return section->kind != SECTION_DEPLOY || check_stage(place, errors);
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

/* What holds versions against each other, or against a file, wants a name that tells one. */
static bool check_version(const struct section *section, struct findings *errors)
{
	static const char *const keys[] = {"version-file", "bump"};
	size_t before = errors->count;

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const struct setting *setting = section_setting(section, keys[i]);

		if (setting && !pattern_versioned(section->pattern))
			finding_wanted(errors,
				       settings_fault(errors, setting, 0, 0, "the name %.*s tells no version",
						      BYTES_ARG(pattern_text(section->pattern))),
				       "a name with one {semver} and nothing else that varies: v{semver}");
	}
	return errors->count == before;
}

void govern_add(struct policy *policy, struct section *section, const struct clause *name, struct arena *arena,
		struct findings *errors)
{
	const struct setting *match = section_setting(section, "match");
	const struct clause *place = match && match->clause_count ? &match->clauses[0] : name;

	if (!section->heading.len) {
		add_defaults(policy, section, errors);
		return;
	}
	policy->governs = true;
	if (!check_place(section, place, errors) || !compile(section, place, arena, errors) ||
	    !check_version(section, errors))
		return;
	const struct section *twin = section->literal ? map_get(policy->literals, section->ref) : NULL;

	if (twin)
		refuse_pattern(errors, place, 0, "%.*s has a section already (%.*s)", BYTES_ARG(section->ref),
			       BYTES_ARG(fault_place(errors, &twin->origin)));
	else
		section_add(policy, section, arena);
}
