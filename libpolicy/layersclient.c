/* layersclient: the policies of a person's clone: one that the configuration names, what the server has published, or a
 * file of the project. */
#include "layers_parts.h"

#include "arena.h"
#include "fault.h"

#define LOCAL_FILE ".git-policy.ini"

/* The files of a fetched policy: blobs in one folder of the tree of one commit. */
struct fetched {
	struct repo *repo;
	struct oid commit;
	const char *folder;
};

static bool read_fetched(const struct policy_source *source, struct arena *arena, struct bytes name,
			 struct bytes *ret_content, struct findings *errors)
{
	const struct fetched *fetched = source->context;
	const struct origin origin = {.file = name};
	struct bytes file = bytes_equal(name, source->file) ? BYTES(LAYERS_FETCHED_FILE)
							    : bytes_from(name, policyfile_folder(name).len);
	struct bytes path = bytes_printf(arena, "%s%.*s", fetched->folder, BYTES_ARG(file));

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

static bool add_fetched(const struct search *search, const struct oid *commit, const char *folder, struct bytes file)
{
	struct fetched fetched = {search->repo, *commit, folder};
	const struct policy_source source = {.read = read_fetched, .context = &fetched, .file = file};

	return layers_add(search, &source);
}

/* The host's policy, as messages of the server name it, where there is one, and the repository's. */
static bool add_published(const struct search *search, const struct oid *commit)
{
	struct bytes content;

	switch (repo_blob(search->repo, commit, LAYERS_FETCHED_HOST LAYERS_FETCHED_FILE, search->arena, &content)) {
	case ANSWER_YES:
		if (!add_fetched(search, commit, LAYERS_FETCHED_HOST, BYTES(POLICY_HOST_FILE)))
			return false;
		break;
	case ANSWER_UNKNOWN:
		return layers_refuse(search, LAYERS_FETCHED);
	case ANSWER_NO:
		break;
	}
	return add_fetched(search, commit, "", BYTES(LAYERS_FETCHED_FILE));
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
	       repo_ref(repo, BYTES(LAYERS_FETCHED), &commit) == ANSWER_NO &&
	       layers_file_absent(local_path(arena, repo));
}

static bool add_client(const struct search *search)
{
	struct bytes local = local_path(search->arena, search->repo), path;
	struct oid commit;

	switch (layers_configured(search, client_folder(search->repo), &path)) {
	case ANSWER_YES:
		return layers_add_file(search, path, false);
	case ANSWER_UNKNOWN:
		return layers_refuse(search, "policy.file");
	case ANSWER_NO:
		break;
	}
	switch (repo_ref(search->repo, BYTES(LAYERS_FETCHED), &commit)) {
	case ANSWER_YES:
		return add_published(search, &commit);
	case ANSWER_UNKNOWN:
		return layers_refuse(search, LAYERS_FETCHED);
	case ANSWER_NO:
		break;
	}
	return layers_file_absent(local) ? refuse_none(search) : layers_add_file(search, local, false);
}

bool layers_client(struct arena *arena, struct repo *repo, const char *file, struct layers *ret_layers,
		   struct findings *errors)
{
	const struct search search = {arena, repo, ret_layers, errors};

	*ret_layers = (struct layers){0};
	if (!(file ? layers_add_file(&search, bytes_of(file), false) : add_client(&search)))
		return false;
	return layers_link(&search);
}
