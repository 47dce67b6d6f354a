/* layers: finding the policies of a repository, and the one that says who is who. */
#include "layers_parts.h"

#include <errno.h>
#include <sys/stat.h>

#include "arena.h"
#include "fault.h"
#include "people.h"
#include "policyfile.h"

bool layers_add(const struct search *search, const struct policy_source *source)
{
	struct policy *policy = arena_alloc(search->arena, sizeof(*policy));
	struct layers *layers = search->layers;
	bool good = policyfile_read(search->arena, source, policy, search->errors);

	if (policy->audit)
		layers->audited[layers->audited_count++] = policy;
	if (good)
		layers->policy[layers->count++] = policy;
	return good;
}

bool layers_add_file(const struct search *search, struct bytes path, bool trusted)
{
	const struct policy_source source = policyfile_on_disk(search->arena, path, trusted);

	return layers_add(search, &source);
}

/* Named by its full path, which tells it from the repository's and is no secret. */
static bool add_host(const struct search *search, struct bytes path)
{
	struct policy_source source = policyfile_on_disk(search->arena, path, true);

	source.file = path;
	return layers_add(search, &source);
}

/* Only what surely is not there is passed over; anything else is for the loader to complain about. */
bool layers_file_absent(struct bytes path)
{
	struct stat status;

	return lstat(path.data, &status) < 0 && (errno == ENOENT || errno == ENOTDIR);
}

bool layers_refuse(const struct search *search, const char *what)
{
	const struct origin nowhere = {0};

	fault_add(search->errors, &nowhere, "%s: %s", what, repo_problem(search->repo));
	return false;
}

/* git config policy.file, relative to `folder`. */
enum answer layers_configured(const struct search *search, struct bytes folder, struct bytes *ret_path)
{
	struct bytes value;
	enum answer answer = repo_config(search->repo, "policy.file", search->arena, &value);

	if (answer == ANSWER_YES && !bytes_starts(value, BYTES("/")))
		value = bytes_printf(search->arena, "%.*s/%.*s", BYTES_ARG(folder), BYTES_ARG(value));
	if (answer == ANSWER_YES)
		*ret_path = value;
	return answer;
}

static const struct origin *first_person(const struct policy *policy)
{
	if (policy->people.user_count)
		return &policy->people.user_list[0]->origin;
	return policy->people.group_count ? &policy->people.group_list[0]->origin : NULL;
}

static bool refuse_second(const struct search *search, const struct origin *first, const struct origin *second,
			  const char *what)
{
	struct finding *fault = fault_add(search->errors, second, "%s said already by another policy (%.*s)", what,
					  BYTES_ARG(fault_place(search->errors, first)));

	finding_fix(search->errors, fault, "say it in one of the two");
	return false;
}

/* Takes people and identity from the layer that has them. */
static bool choose_people(const struct search *search)
{
	struct layers *layers = search->layers;
	const struct origin *people = NULL;
	bool good = true;

	for (size_t i = 0; i < layers->count; i++) {
		struct policy *policy = layers->policy[i];
		const struct origin *here = first_person(policy);

		if (here && people)
			good = refuse_second(search, people, here, "who is who is");
		if (policy->identity && layers->identity)
			good = refuse_second(search, &layers->identity->origin, &policy->identity->origin,
					     "who names the pusher is");
		if (!layers->people || (here && !people))
			layers->people = &policy->people;
		people = people ? people : here;
		layers->identity = layers->identity ? layers->identity : policy->identity;
	}
	return good;
}

bool layers_link(const struct search *search)
{
	struct layers *layers = search->layers;
	bool good = choose_people(search);

	if (!good)
		return false;
	for (size_t i = 0; i < layers->count; i++)
		good &= people_unfold(&layers->policy[i]->people, search->arena, search->errors);
	for (size_t i = 0; i < layers->count; i++)
		good &= people_link(layers->policy[i], layers->people, search->arena, search->errors);
	return good;
}

/* The repository's own policy on a server. */
static bool own_path(const struct search *search, struct bytes *ret_path)
{
	struct bytes directory = repo_git_dir(search->repo);
	enum answer answer = layers_configured(search, directory, ret_path);

	if (answer == ANSWER_UNKNOWN)
		return layers_refuse(search, "policy.file");
	if (answer == ANSWER_NO)
		*ret_path = bytes_printf(search->arena, "%.*s/policy/policy.ini", BYTES_ARG(directory));
	return true;
}

/* The host's policy is the first layer, where there is one. A repository that leaves everything to it must not stand
 * open when it has gone. */
static bool has_host(const struct search *search, bool host)
{
	const struct layers *layers = search->layers;
	const struct policy *own = layers->policy[layers->count - 1];
	const struct setting *required = section_setting(own->policy, "host");

	if (!required || (host && layers->policy[0]->governs))
		return true;
	setting_error(search->errors, required, 0, POLICY_HOST_FILE " %s, and this policy leaves refs to it",
		      host ? "has no section for refs" : "does not exist");
	return false;
}

bool layers_source(struct arena *arena, struct repo *repo, bool host, struct policy_source *ret_source,
		   struct findings *errors)
{
	const struct search search = {arena, repo, NULL, errors};
	struct bytes path = BYTES(POLICY_HOST_FILE);

	if (!host && !own_path(&search, &path))
		return false;
	*ret_source = policyfile_on_disk(arena, path, true);
	return true;
}

bool layers_server(struct arena *arena, struct repo *repo, const char *file, struct layers *ret_layers,
		   struct findings *errors)
{
	const struct search search = {arena, repo, ret_layers, errors};
	struct bytes path = bytes_of(file), host = bytes_of(POLICY_HOST_FILE);
	bool hosted = !file && !layers_file_absent(host), good = true;

	*ret_layers = (struct layers){0};
	if (!file && !own_path(&search, &path))
		return false;
	if (hosted)
		good = add_host(&search, host);
	good &= layers_add_file(&search, path, true);
	return good && (file || has_host(&search, hosted)) && layers_link(&search);
}
