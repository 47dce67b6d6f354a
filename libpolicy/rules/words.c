/* words: a policy's list of words, looked up and shown. */
#include "words.h"

#include "nearest.h"

bool words_have(const struct setting *setting, struct bytes word)
{
	for (size_t i = 0; i < setting->word_count; i++)
		if (bytes_equal_fold(setting->words[i], word))
			return true;
	return false;
}

void words_want(const struct setting *setting, struct findings *findings, struct finding *finding, struct bytes word)
{
	struct bytes meant = nearest_word(findings->arena, word, setting->words, setting->word_count);
	struct buffer list = {.arena = findings->arena};

	for (size_t i = 0; i < setting->word_count; i++)
		buffer_printf(&list, " %.*s", BYTES_ARG(setting->words[i]));
	if (meant.len)
		buffer_printf(&list, " (did you mean \"%.*s\"?)", BYTES_ARG(meant));
	finding_wanted(findings, finding, "one of%.*s", BYTES_ARG(buffer_bytes(&list)));
}
