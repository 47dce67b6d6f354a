/* content: the words of `content` are the names of rules. */
#include "content.h"

#include "nearest.h"
#include "rule.h"
#include "settings.h"

#define BITS (sizeof(unsigned) * 8)

/* The names of all rules about content, in the order of their bits. */
struct names {
	struct bytes words[BITS];
	size_t count;
	struct buffer list;
};

static void collect(struct names *names)
{
	for (size_t i = 0; i < rule_count && names->count < BITS; i++) {
		if (rules[i]->scope != SCOPE_CONTENT)
			continue;
		names->words[names->count++] = bytes_of(rules[i]->name);
		buffer_printf(&names->list, "%s%s", names->list.len ? " " : "", rules[i]->name);
	}
}

static void refuse(struct setting *setting, struct findings *errors, size_t index, struct bytes word,
		   const struct names *names)
{
	size_t offset = (size_t)(word.data - setting->clauses[index].text.data);
	struct bytes near = nearest_word(errors->arena, word, names->words, names->count);
	struct finding *fault =
		settings_fault(errors, setting, index, offset, "content cannot be \"%.*s\"", BYTES_ARG(word));

	finding_wanted(errors, fault, "some of: %.*s", BYTES_ARG(buffer_bytes(&names->list)));
	if (near.len)
		finding_fix(errors, fault, "did you mean %.*s?", BYTES_ARG(near));
}

bool content_check(struct setting *setting, struct findings *errors)
{
	struct names names = {.list.arena = errors->arena};
	bool good = true;

	collect(&names);
	for (size_t i = 0; i < setting->clause_count; i++) {
		struct bytes rest = setting->clauses[i].text, word;

		while (bytes_word(&rest, &word)) {
			size_t bit = 0;

			while (bit < names.count && !bytes_equal(names.words[bit], word))
				bit++;
			if (bit < names.count) {
				setting->number |= 1ul << bit;
				continue;
			}
			refuse(setting, errors, i, word, &names);
			good = false;
		}
	}
	return good;
}
