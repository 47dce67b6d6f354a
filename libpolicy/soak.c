/* soak: reading how long commits are tried, where, and which need not be. */
#include "soak.h"

#include "arena.h"
#include "pattern.h"
#include "settings.h"

static bool refuse(struct findings *errors, const struct setting *setting, struct bytes word, const char *problem)
{
	struct bytes text = setting->clauses[0].text;
	size_t offset = word.len ? (size_t)(word.data - text.data) : text.len;
	struct finding *fault = settings_fault(errors, setting, 0, offset, "\"%.*s\": %s", BYTES_ARG(word), problem);

	finding_wanted(errors, fault, "how long on which branch: 3d on staging, or 3d..5d on staging");
	return false;
}

/* "3d" or "3d..5d" */
static bool read_spans(struct bytes word, struct soak *soak)
{
	size_t dots = 0;

	while (dots < word.len && !bytes_starts(bytes_from(word, dots), BYTES("..")))
		dots++;
	soak->span = bytes_first(word, dots);
	soak->longer = bytes_from(word, dots + 2);
	if (!settings_duration(soak->span, &soak->least) || !soak->least)
		return false;
	return dots == word.len || (settings_duration(soak->longer, &soak->most) && soak->most > soak->least);
}

bool soak_check(struct setting *setting, struct findings *errors)
{
	struct soak *soak = arena_alloc(errors->arena, sizeof(*soak));
	struct bytes rest = setting->clauses[0].text, span, on, branch, more;

	setting->parsed = soak;
	bytes_word(&rest, &span);
	if (!read_spans(span, soak))
		return refuse(errors, setting, span, "no duration, nor two, the shorter one first");
	if (!bytes_word(&rest, &on) || !bytes_equal(on, BYTES("on")) || !bytes_word(&rest, &branch))
		return refuse(errors, setting, span, "it does not say on which branch");
	if (bytes_index(branch, '*') < branch.len || bytes_index(branch, '{') < branch.len)
		return refuse(errors, setting, branch, "commits are tried on one branch, not on a pattern");
	if (bytes_word(&rest, &more))
		return refuse(errors, setting, more, "commits are tried on one branch");
	soak->ref = bytes_printf(errors->arena, "refs/heads/%.*s", BYTES_ARG(branch));
	return true;
}

bool soak_check_exempt(struct setting *setting, struct findings *errors)
{
	struct soak_exempt *exempt = arena_alloc(errors->arena, sizeof(*exempt));
	bool good = true;

	exempt->patterns = arena_array(errors->arena, setting->word_count, sizeof(struct pattern *));
	exempt->count = setting->word_count;
	setting->parsed = exempt;
	for (size_t i = 0, word = 0; i < setting->clause_count; i++) {
		struct bytes text = setting->clauses[i].text, rest = text, name;

		for (; bytes_word(&rest, &name); word++) {
			const char *problem;
			size_t offset;

			exempt->patterns[word] = pattern_compile(errors->arena, name, &problem, &offset);
			if (exempt->patterns[word])
				continue;
			settings_fault(errors, setting, i, (size_t)(name.data - text.data) + offset, "\"%.*s\": %s",
				       BYTES_ARG(name), problem);
			good = false;
		}
	}
	return good;
}

bool soak_exempts(const struct soak_exempt *exempt, struct bytes ref)
{
	struct bytes heads = BYTES("refs/heads/");

	for (size_t i = 0; bytes_starts(ref, heads) && i < exempt->count; i++)
		if (pattern_match(exempt->patterns[i], bytes_from(ref, heads.len), (struct bytes){0}))
			return true;
	return false;
}
