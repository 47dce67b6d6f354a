/* signers: the keys that signatures are verified by, read together with the policy that names them. */
#include "signers.h"

#include "arena.h"
#include "keychecks.h"

bool signers_check(struct setting *setting, struct findings *errors)
{
	if (!check_include(setting, errors))
		return false;
	if (setting->word_count > SIGNERS_MAX) {
		setting_error(errors, setting, 0, "more than %u files of signers", SIGNERS_MAX);
		return false;
	}
	setting->parsed = arena_alloc(errors->arena, sizeof(struct signers));
	return true;
}

static bool is_keyring(struct bytes name)
{
	return bytes_ends(name, BYTES(".gpg")) || bytes_ends(name, BYTES(".kbx"));
}

void signers_read(const struct policy *policy, const struct policy_source *source, struct arena *arena,
		  struct findings *errors)
{
	const struct setting *setting = section_setting(policy->identity, "signers");
	struct bytes folder = policyfile_folder(source->file), content;

	if (!setting || !setting->parsed)
		return;
	struct signers *signers = setting->parsed;
	struct buffer allowed = {.arena = arena};

	signers->keyrings = arena_array(arena, setting->word_count, sizeof(*signers->keyrings));
	signers->lists = arena_array(arena, setting->word_count, sizeof(*signers->lists));
	for (size_t i = 0; i < setting->word_count; i++) {
		struct bytes name = bytes_printf(arena, "%.*s%.*s", BYTES_ARG(folder), BYTES_ARG(setting->words[i]));

		if (!source->read(source, arena, name, &content, errors)) {
			setting_error(errors, setting, 0, "%.*s, with keys of signers, could not be read",
				      BYTES_ARG(name));
		} else if (is_keyring(name)) {
			signers->keyrings[signers->keyring_count++] = content;
		} else {
			signers->lists[signers->list_count++] = (struct policy_part){name, content};
			buffer_add(&allowed, content);
			buffer_add(&allowed, BYTES("\n"));
		}
	}
	signers->allowed = buffer_bytes(&allowed);
}
