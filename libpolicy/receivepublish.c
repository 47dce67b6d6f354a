/* receivepublish: the policy in force as a ref, so that clients can fetch it and judge as the server does; whether it
 * still is. */
#include "receive.h"

#include "arena.h"
#include "gather.h"
#include "layers.h"
#include "policyfile.h"
#include "repowrite.h"

/* The files of the policy, as they are gathered. */
struct publishing {
	struct arena *arena;
	struct findings *findings;
	struct policy_source source;
	const char *folder; /* where its files are published */
	struct repo_file *files;
	size_t count;
	size_t room;
};

static void add_content(struct publishing *publishing, struct bytes name, struct bytes content)
{
	publishing->files = arena_grow(publishing->arena, publishing->files, &publishing->room, publishing->count + 1,
				       sizeof(*publishing->files));
	publishing->files[publishing->count++] = (struct repo_file){
		bytes_printf(publishing->arena, "%s%.*s", publishing->folder, BYTES_ARG(name)),
		content,
	};
}

static bool add_file(struct publishing *publishing, struct bytes file, struct bytes name)
{
	struct bytes content;

	if (!publishing->source.read(&publishing->source, publishing->arena, file, &content, publishing->findings))
		return false;
	add_content(publishing, name, content);
	return true;
}

/* The files that a key of the policy names. */
static bool add_named(struct publishing *publishing, const struct section *section, const char *key)
{
	const struct setting *setting = section_setting(section, key);
	bool good = true;

	for (size_t i = 0; setting && i < setting->word_count; i++)
		good &= add_file(publishing, setting->words[i], setting->words[i]);
	return good;
}

/* One policy with all that it names, unless it says that it is nobody's business. */
static bool gather_policy(struct policy_run *run, const struct policy *policy, bool host, struct publishing *publishing)
{
	const struct setting *wanted = section_setting(policy->policy, "publish");

	publishing->folder = host ? LAYERS_FETCHED_HOST : "";
	return (wanted && !wanted->number) ||
	       (layers_source(run->arena, run->repo, host, &publishing->source, publishing->findings) &&
		add_file(publishing, publishing->source.file, BYTES(LAYERS_FETCHED_FILE)) &&
		add_named(publishing, policy->policy, "include") &&
		add_named(publishing, policy->identity, "signers") &&
		add_named(publishing, policy->content, "secret-rules"));
}

static bool gather(struct receiving *receiving, struct publishing *publishing)
{
	struct policy_run *run = receiving->run;
	const struct layers *layers = &run->layers;
	struct facts *facts = receiving->now.facts;
	struct bytes name, baseline = {0};

	for (size_t i = 0; i < layers->count; i++)
		if (!gather_policy(run, layers->policy[i], i + 1 < layers->count, publishing))
			return false;
	if (facts_baseline(facts, &baseline) == ANSWER_UNKNOWN)
		return receive_fail(receiving, facts_reason(facts));
	if (baseline.len)
		add_content(publishing, BYTES(LAYERS_FETCHED_BASELINE), baseline);
	switch (facts_repository(facts, &name)) {
	case ANSWER_YES:
		add_content(publishing, BYTES(LAYERS_FETCHED_NAME),
			    bytes_printf(run->arena, "%.*s\n", BYTES_ARG(name)));
		return true;
	case ANSWER_NO:
		return true;
	case ANSWER_UNKNOWN:
		break;
	}
	return receive_fail(receiving, facts_reason(facts));
}

static bool is_private(const struct policy_run *run)
{
	const struct setting *wanted = section_setting(run->layers.policy[run->layers.count - 1]->policy, "publish");

	return wanted && !wanted->number;
}

bool receive_publish(struct receiving *receiving)
{
	struct policy_run *run = receiving->run;
	struct publishing publishing = {.arena = run->arena, .findings = &run->findings};
	struct account_line line = {0};

	if (is_private(run))
		return true;
	if (!gather(receiving, &publishing))
		return false;
	switch (repo_publish(run->repo, BYTES(LAYERS_FETCHED), publishing.files, publishing.count,
			     facts_now(receiving->now.facts), &line.old, &line.new)) {
	case ANSWER_YES:
		return receive_write(receiving, BYTES(LAYERS_FETCHED), &line);
	case ANSWER_NO:
		return true;
	case ANSWER_UNKNOWN:
		break;
	}
	return receive_fail(receiving, repo_problem(run->repo));
}

/* What is published, held against what would be. */
struct comparison {
	const struct publishing *wanted;
	size_t same;
	bool different;
};

static bool compare(void *context, const struct added *published)
{
	struct comparison *comparison = context;
	const struct publishing *wanted = comparison->wanted;
	size_t i = 0;

	if (bytes_ends(published->path, BYTES("/")))
		return true;
	while (i < wanted->count && !bytes_equal(wanted->files[i].name, published->path))
		i++;
	struct oid id = i < wanted->count ? repo_hash(wanted->files[i].content) : (struct oid){{0}};

	comparison->different = !oid_equal(&id, &published->id);
	comparison->same++;
	return !comparison->different;
}

enum answer receive_published(struct receiving *receiving)
{
	struct policy_run *run = receiving->run;
	struct publishing publishing = {.arena = run->arena, .findings = &run->findings};
	struct comparison comparison = {.wanted = &publishing};
	struct oid commit, tree, parent;

	if (is_private(run))
		return ANSWER_YES;
	if (!gather(receiving, &publishing))
		return ANSWER_UNKNOWN;
	enum answer answer = repo_ref(run->repo, BYTES(LAYERS_FETCHED), &commit);

	if (answer == ANSWER_YES)
		answer = repo_commit_tree(run->repo, &commit, 0, &tree, &parent);
	if (answer == ANSWER_YES)
		answer = repo_added(run->repo, &tree, NULL, 0, compare, &comparison);
	if (answer == ANSWER_UNKNOWN)
		receive_fail(receiving, repo_problem(run->repo));
	if (answer != ANSWER_YES)
		return answer;
	return comparison.different || comparison.same != publishing.count ? ANSWER_NO : ANSWER_YES;
}
