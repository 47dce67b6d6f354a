/* signaturessh: ssh signatures, verified by ssh-keygen(1) against allowed signers. */
#include "clock.h"
#include "signature.h"

#ifndef POLICY_SSH_KEYGEN
#define POLICY_SSH_KEYGEN "/usr/bin/ssh-keygen"
#endif

/* Where it finds its files. */
#define SIGNATURE PROCESS_FILE "3"
#define ALLOWED PROCESS_FILE "4"
#define FILES 2

/* What one call after the other is about. */
struct question {
	struct facts *facts;
	struct bytes payload;
	struct bytes files[FILES];
	const char *time; /* "-Overify-time=…": keys count if they are valid when the server receives the push */
};

/* "-Overify-time=20260131120000Z" */
static const char *time_option(struct facts *facts)
{
	struct buffer digits = {.arena = facts->arena};
	struct clock_text now = clock_format(facts_now(facts));

	for (const char *c = now.text; *c; c++)
		if (*c >= '0' && *c <= '9')
			buffer_add(&digits, (struct bytes){c, 1});
	return bytes_printf(facts->arena, "-Overify-time=%.*sZ", BYTES_ARG(buffer_bytes(&digits))).data;
}

static bool ask(const struct question *question, const char *const *arguments, struct bytes input,
		struct process_end *ret_end, struct verdict *ret_verdict)
{
	return signature_run(question->facts, arguments, input, question->files, FILES, ret_end, ret_verdict);
}

static struct verdict verify_by(const struct question *question, struct bytes principal)
{
	struct arena *arena = question->facts->arena;
	struct bytes good = bytes_printf(arena, "Good \"git\" signature for %.*s with ", BYTES_ARG(principal));
	const char *const arguments[] = {POLICY_SSH_KEYGEN,
					 "-Y",
					 "verify",
					 "-f",
					 ALLOWED,
					 "-I",
					 bytes_copy(arena, principal).data,
					 "-n",
					 "git",
					 "-s",
					 SIGNATURE,
					 question->time,
					 NULL};
	struct process_end end;
	struct verdict verdict;

	if (!ask(question, arguments, question->payload, &end, &verdict))
		return verdict;
	if (end.status)
		return signature_bad("it is of something else, or not made for git");
	if (!bytes_starts(end.output, good))
		return signature_unknown("ssh-keygen does not say what it should");
	return signature_good(question->facts, principal);
}

/* Of all that the key is listed for: a user, or else the first. False: two users, and nobody knows which of them. */
static bool choose(const struct question *question, struct bytes principals, struct bytes *ret_principal)
{
	const struct user *chosen = NULL;
	struct bytes line;

	*ret_principal = bytes_first(principals, bytes_index(principals, '\n'));
	while (bytes_line(&principals, &line)) {
		const struct user *user = signature_user(question->facts, line);

		if (user && chosen && user != chosen)
			return false;
		if (!user || chosen)
			continue;
		chosen = user;
		*ret_principal = line;
	}
	return true;
}

/* "SHA256:…" of the key that a signature is by, if it is one of these bytes at all; else empty. */
static struct bytes fingerprint(const struct question *question)
{
	static const char *const check[] = {POLICY_SSH_KEYGEN, "-Y", "check-novalidate", "-n", "git", "-s",
					    SIGNATURE,	       NULL};
	struct process_end end;
	struct verdict unused;
	struct bytes rest, word = {0};

	if (!ask(question, check, question->payload, &end, &unused) || end.status)
		return (struct bytes){0};
	rest = bytes_first(end.output, bytes_index(end.output, '\n'));
	while (bytes_word(&rest, &word) && !bytes_starts(word, BYTES("SHA256:")))
		word = (struct bytes){0};
	return word;
}

static struct verdict signature_by_stranger(const struct question *question, const struct signers *signers)
{
	struct buffer reason = {.arena = question->facts->arena};
	struct bytes key = fingerprint(question);

	buffer_add(&reason, BYTES("its key is not among the policy's signers, or not at this time"));
	if (key.len)
		buffer_printf(&reason, ": %.*s", BYTES_ARG(key));
	if (key.len && signers->list_count)
		buffer_printf(&reason, "; an admin adds a line for it to %.*s", BYTES_ARG(signers->lists[0].name));
	return signature_bad(bytes_copy(reason.arena, buffer_bytes(&reason)).data);
}

struct verdict signature_ssh(struct facts *facts, const struct signers *signers, struct bytes payload,
			     struct bytes signature)
{
	const struct question question = {facts, payload, {signature, signers->allowed}, time_option(facts)};
	const char *const find[] = {POLICY_SSH_KEYGEN, "-Y", "find-principals", "-f", ALLOWED, "-s", SIGNATURE,
				    question.time,     NULL};
	struct bytes principal;
	struct process_end end;
	struct verdict verdict;

	if (!ask(&question, find, (struct bytes){0}, &end, &verdict))
		return verdict;
	if (end.status || !end.output.len)
		return signature_by_stranger(&question, signers);
	if (!choose(&question, end.output, &principal))
		return signature_bad("its key is that of several users");
	return verify_by(&question, principal);
}
