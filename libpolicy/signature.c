/* signature: who signed what: told once for the same bytes, by a verifier of the signature's kind. */
#include "signature.h"

#include "account.h"
#include "arena.h"
#include "armour.h"
#include "layers.h"
#include "people.h"

#define VERIFY_SECONDS 10u
#define OUTPUT_MAX ((size_t)64 * 1024)

struct verdict signature_bad(const char *reason)
{
	return (struct verdict){.answer = ANSWER_YES, .signature = SIGNATURE_BAD, .reason = reason};
}

struct verdict signature_unknown(const char *reason)
{
	return (struct verdict){.answer = ANSWER_UNKNOWN, .reason = reason};
}

const struct user *signature_user(const struct facts *facts, struct bytes name)
{
	const struct user *user = facts_email(facts, name);

	return user ? user : people_user(facts->layers->people, name);
}

struct verdict signature_good(struct facts *facts, struct bytes name)
{
	struct verdict verdict = {.answer = ANSWER_YES, .signature = SIGNATURE_GOOD};

	verdict.user = signature_user(facts, name);
	verdict.reason =
		bytes_printf(facts->arena, "it is by %.*s, who is no user of the policy", BYTES_ARG(name)).data;
	return verdict;
}

bool signature_run(struct facts *facts, const char *const *arguments, struct bytes payload, const struct bytes *files,
		   size_t file_count, struct process_end *ret_end, struct verdict *ret_verdict)
{
	static const char *const nothing[] = {NULL};
	const struct process process = {
		.arguments = arguments,
		.environment = nothing,
		.input = payload,
		.files = files,
		.file_count = file_count,
		.seconds = VERIFY_SECONDS,
		.output_max = OUTPUT_MAX,
	};

	*ret_end = process_run(facts->arena, &process);
	if (!ret_end->exited)
		*ret_verdict = signature_unknown(ret_end->problem);
	return ret_end->exited;
}

static struct verdict verify(struct facts *facts, struct bytes payload, struct bytes signature)
{
	const struct setting *setting = section_setting(facts->layers->identity, "signers");
	const struct signers *signers = setting ? setting->parsed : NULL;

	if (!signature.len)
		return (struct verdict){
			.answer = ANSWER_YES, .signature = SIGNATURE_NONE, .reason = "it is not signed"};
	if (!signers)
		return signature_bad("the policy has no signers");
	switch (armour_kind(signature)) {
	case ARMOUR_SSH:
		return signature_ssh(facts, signers, payload, signature);
	case ARMOUR_PGP:
		return signature_pgp(facts, signers, payload, signature);
	case ARMOUR_SEVERAL:
		return signature_bad("it is more than one signature and nothing else");
	case ARMOUR_NONE:
		break;
	}
	return signature_bad("it is neither an ssh nor an OpenPGP signature");
}

enum answer facts_signature(struct facts *facts, struct bytes payload, struct bytes signature,
			    enum signature *ret_signature, const struct user **ret_user)
{
	struct buffer key = {.arena = facts->arena};

	buffer_printf(&key, "%zu ", payload.len);
	buffer_add(&key, payload);
	buffer_add(&key, signature);
	struct verdict *verdict = map_get(facts->signatures, buffer_bytes(&key));

	if (!verdict) {
		verdict = arena_alloc(facts->arena, sizeof(*verdict));
		*verdict = verify(facts, payload, signature);
		map_set(facts->signatures, buffer_bytes(&key), verdict);
	}
	facts->reason = verdict->reason;
	*ret_signature = verdict->signature;
	*ret_user = verdict->user;
	return verdict->answer;
}

enum answer facts_published(struct facts *facts, const char *name, struct bytes *ret_content)
{
	struct oid commit;
	enum answer answer = facts_ref(facts, BYTES(LAYERS_FETCHED), &commit);

	if (answer == ANSWER_YES)
		answer = repo_blob(facts->repo, &commit, name, facts->arena, ret_content);
	return answer == ANSWER_UNKNOWN ? facts_unknown(facts, repo_problem(facts->repo)) : answer;
}

static enum answer repository_published(struct facts *facts, struct bytes *ret_name)
{
	enum answer answer = facts_published(facts, LAYERS_FETCHED_NAME, ret_name);

	if (answer == ANSWER_YES)
		*ret_name = bytes_trim(*ret_name);
	return answer;
}

enum answer facts_repository(struct facts *facts, struct bytes *ret_name)
{
	int64_t time;

	if (facts_cloned(facts))
		return repository_published(facts, ret_name);
	enum answer answer = account_installed(facts->arena, repo_git_dir(facts->repo), &time, ret_name);

	return answer == ANSWER_UNKNOWN ? facts_unknown(facts, ACCOUNT_UNINSTALLED) : answer;
}
