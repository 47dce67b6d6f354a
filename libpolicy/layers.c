/* layers: finding the policies of a repository, and the one that says who is who. */
#include "layers.h"

#include <errno.h>
#include <sys/stat.h>

#include "arena.h"
#include "fault.h"
#include "people.h"
#include "policyfile.h"

#ifndef POLICY_HOST_FILE
#define POLICY_HOST_FILE "/etc/git-policy/policy.ini"
#endif

#define LOCAL_FILE ".git-policy.ini"

/* What loading layers takes along. */
struct search {
	struct arena *arena;
	struct repo *repo;
	struct layers *layers;
	struct findings *errors;
};

static bool add_layer(const struct search *search, const struct policy_source *source)
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

static bool add_file(const struct search *search, struct bytes path, bool trusted)
{
	const struct policy_source source = policyfile_on_disk(search->arena, path, trusted);

	return add_layer(search, &source);
}

/* Named by its full path, which tells it from the repository's and is no secret. */
static bool add_host(const struct search *search, struct bytes path)
{
	struct policy_source source = policyfile_on_disk(search->arena, path, true);

	source.file = path;
	return add_layer(search, &source);
}

/* Only what surely is not there is passed over; anything else is for the loader to complain about. */
static bool is_absent(struct bytes path)
{
	struct stat status;

	return lstat(path.data, &status) < 0 && (errno == ENOENT || errno == ENOTDIR);
}

static bool refuse_unknown(const struct search *search, const char *what)
{
	const struct origin nowhere = {0};

	fault_add(search->errors, &nowhere, "%s: %s", what, repo_problem(search->repo));
	return false;
}

/* git config policy.file, relative to `folder`. */
static enum answer configured_path(const struct search *search, struct bytes folder, struct bytes *ret_path)
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

static bool link_layers(const struct search *search)
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
	enum answer answer = configured_path(search, directory, ret_path);

	if (answer == ANSWER_UNKNOWN)
		return refuse_unknown(search, "policy.file");
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

bool layers_source(struct arena *arena, struct repo *repo, struct policy_source *ret_source, struct findings *errors)
{
	const struct search search = {arena, repo, NULL, errors};
	struct bytes path;

	if (!own_path(&search, &path))
		return false;
	*ret_source = policyfile_on_disk(arena, path, true);
	return true;
}

bool layers_server(struct arena *arena, struct repo *repo, const char *file, struct layers *ret_layers,
		   struct findings *errors)
{
	const struct search search = {arena, repo, ret_layers, errors};
	struct bytes path = bytes_of(file), host = bytes_of(POLICY_HOST_FILE);
	bool hosted = !file && !is_absent(host), good = true;

	*ret_layers = (struct layers){0};
	if (!file && !own_path(&search, &path))
		return false;
	if (hosted)
		good = add_host(&search, host);
	good &= add_file(&search, path, true);
	return good && (file || has_host(&search, hosted)) && link_layers(&search);
}

/* The files of a fetched policy: blobs in the tree of one commit. */
struct fetched {
	struct repo *repo;
	struct oid commit;
};

static bool read_fetched(const struct policy_source *source, struct arena *arena, struct bytes name,
			 struct bytes *ret_content, struct findings *errors)
{
	const struct fetched *fetched = source->context;
	const struct origin origin = {.file = name};
	struct bytes path = bytes_copy(arena, name);

	switch (repo_blob(fetched->repo, &fetched->commit, path.data, arena, ret_content)) {
	case ANSWER_YES:
		return true;
	case ANSWER_NO:
		fault_add(errors, &origin, "%.*s is not in " LAYERS_FETCHED, BYTES_ARG(name));
		break;
	case ANSWER_UNKNOWN:
		fault_add(errors, &origin, "%.*s: %s", BYTES_ARG(name), repo_problem(fetched->repo));
		break;
	}
	return false;
}

static bool add_fetched(const struct search *search, const struct oid *commit)
{
	struct fetched fetched = {search->repo, *commit};
	const struct policy_source source = {
		.read = read_fetched,
		.context = &fetched,
		.file = BYTES(LAYERS_FETCHED_FILE),
	};

	return add_layer(search, &source);
}

static bool refuse_none(const struct search *search)
{
	const struct origin nowhere = {0};
	struct finding *fault = fault_add(search->errors, &nowhere,
					  "no policy: git config policy.file is unset, " LAYERS_FETCHED
					  " was not fetched, and the work tree has no " LOCAL_FILE);

	finding_fix(search->errors, fault,
		    "git fetch origin " LAYERS_FETCHED ":" LAYERS_FETCHED
		    ", or git config policy.file <file> names one; git policy init writes a first one");
	return false;
}

static struct bytes client_folder(struct repo *repo)
{
	struct bytes tree = repo_work_tree(repo);

	return tree.len ? tree : repo_git_dir(repo);
}

static struct bytes local_path(struct arena *arena, struct repo *repo)
{
	return bytes_printf(arena, "%.*s/" LOCAL_FILE, BYTES_ARG(client_folder(repo)));
}

bool layers_absent(struct arena *arena, struct repo *repo)
{
	struct bytes path;
	struct oid commit;

	return repo_config(repo, "policy.file", arena, &path) == ANSWER_NO &&
	       repo_ref(repo, BYTES(LAYERS_FETCHED), &commit) == ANSWER_NO && is_absent(local_path(arena, repo));
}

static bool add_client(const struct search *search)
{
	struct bytes local = local_path(search->arena, search->repo), path;
	struct oid commit;

	switch (configured_path(search, client_folder(search->repo), &path)) {
	case ANSWER_YES:
		return add_file(search, path, false);
	case ANSWER_UNKNOWN:
		return refuse_unknown(search, "policy.file");
	case ANSWER_NO:
		break;
	}
	switch (repo_ref(search->repo, BYTES(LAYERS_FETCHED), &commit)) {
	case ANSWER_YES:
		return add_fetched(search, &commit);
	case ANSWER_UNKNOWN:
		return refuse_unknown(search, LAYERS_FETCHED);
	case ANSWER_NO:
		break;
	}
	return is_absent(local) ? refuse_none(search) : add_file(search, local, false);
}

bool layers_client(struct arena *arena, struct repo *repo, const char *file, struct layers *ret_layers,
		   struct findings *errors)
{
	const struct search search = {arena, repo, ret_layers, errors};

	*ret_layers = (struct layers){0};
	if (!(file ? add_file(&search, bytes_of(file), false) : add_client(&search)))
		return false;
	return link_layers(&search);
}
