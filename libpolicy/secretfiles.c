/* secretfiles: the rules for secrets that a policy adds, read together with it. */
#include "secretfiles.h"

#include "secretscan.h"

void secretfiles_read(struct policy *policy, const struct policy_source *source, struct arena *arena,
		      struct findings *errors)
{
	const struct setting *setting = section_setting(policy->content, "secret-rules");
	struct bytes folder = policyfile_folder(source->file), content;

	policy->secrets = secretscan_new(arena);
	for (size_t i = 0; setting && i < setting->word_count; i++) {
		struct bytes name = bytes_printf(arena, "%.*s%.*s", BYTES_ARG(folder), BYTES_ARG(setting->words[i]));

		if (!source->read(source, arena, name, &content, errors))
			setting_error(errors, setting, 0, "%.*s, with rules for secrets, could not be read",
				      BYTES_ARG(name));
		else
			secretscan_add(policy->secrets, content, name, errors);
	}
}
