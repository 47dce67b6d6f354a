/* stated: the version that files state, held against the version that a ref's name states. */
#include "stated.h"

#include "arena.h"
#include "pattern.h"
#include "section.h"
#include "settings.h"

/* One clause: where the version is stated. */
struct place {
	struct bytes path;
	struct regex *regex;
};

static bool read_place(struct setting *setting, size_t index, struct place *ret_place, struct findings *errors)
{
	struct bytes text = setting->clauses[index].text, rest = text;
	const char *problem;
	size_t offset;

	bytes_word(&rest, &ret_place->path);
	rest = bytes_trim(rest);
	size_t begin = text.len - rest.len;

	if (!rest.len) {
		finding_wanted(errors, settings_fault(errors, setting, index, begin, "no expression after the path"),
			       "a path and an expression for the line that states the version: "
			       "package.json \"version\": \"(.*)\",?");
		return false;
	}
	ret_place->regex = regex_compile(errors->arena, rest, &problem, &offset);
	if (!ret_place->regex)
		settings_fault(errors, setting, index, begin + offset, "not a regular expression: %s", problem);
	return ret_place->regex;
}

bool stated_check(struct setting *setting, struct findings *errors)
{
	struct place *places = arena_array(errors->arena, setting->clause_count, sizeof(*places));
	bool good = true;

	for (size_t i = 0; i < setting->clause_count; i++)
		good = read_place(setting, i, &places[i], errors) && good;
	setting->parsed = places;
	return good;
}

bool stated_version(const struct section *section, struct bytes ref, struct bytes *ret_version)
{
	return pattern_version(section->pattern, bytes_from(ref, section_prefix(section->kind).len), ret_version);
}

/* What the first line that matches states; it is compared without the blanks around it. */
static enum regex_answer find_version(const struct regex *regex, struct bytes content, struct bytes *ret_version)
{
	enum regex_answer answer = REGEX_NO;
	struct bytes line = {0};

	while (answer == REGEX_NO && bytes_line(&content, &line)) {
		line = bytes_trim(line);
		answer = regex_match(regex, line);
	}
	return answer == REGEX_YES ? regex_search(regex, line, 0, ret_version) : answer;
}

static void refuse(const struct stated *stated, size_t index, struct findings *findings, struct bytes sentence)
{
	const struct place *place = (const struct place *)stated->setting->parsed + index;
	struct finding *finding = case_add(stated->c, findings, "%.*s", BYTES_ARG(sentence));

	finding->commit = stated->commit;
	finding->origin = stated->setting->clauses[index].origin;
	finding_wanted(findings, finding, "%.*s, as the name says", BYTES_ARG(stated->version));
	finding_fix(findings, finding, "set it in %.*s, commit%.*s", BYTES_ARG(place->path), BYTES_ARG(stated->fix));
}

static void judge_content(const struct stated *stated, size_t index, struct bytes content, struct findings *findings)
{
	const struct place *place = (const struct place *)stated->setting->parsed + index;
	struct arena *arena = findings->arena;
	struct bytes version;

	switch (find_version(place->regex, content, &version)) {
	case REGEX_YES:
		if (!bytes_equal(version, stated->version))
			refuse(stated, index, findings,
			       bytes_printf(arena, "%.*s says \"%.*s\"", BYTES_ARG(place->path),
					    BYTES_ARG(bytes_first(version, 100))));
		break;
	case REGEX_NO:
		refuse(stated, index, findings,
		       bytes_printf(arena, "no line of %.*s states a version", BYTES_ARG(place->path)));
		break;
	case REGEX_UNKNOWN:
		case_add(stated->c, findings, "comparing %.*s with the policy's expression takes too long",
			 BYTES_ARG(place->path))
			->severity = SEVERITY_UNDECIDED;
		break;
	}
}

bool stated_judge(const struct stated *stated, struct findings *findings)
{
	const struct place *places = stated->setting->parsed;
	struct bytes content;

	for (size_t i = 0; i < stated->setting->clause_count; i++)
		switch (facts_file(stated->c->facts, &stated->commit, places[i].path, &content)) {
		case ANSWER_YES:
			judge_content(stated, i, content, findings);
			break;
		case ANSWER_NO:
			refuse(stated, i, findings,
			       bytes_printf(findings->arena, "there is no %.*s", BYTES_ARG(places[i].path)));
			break;
		case ANSWER_UNKNOWN:
			return false;
		}
	return true;
}
