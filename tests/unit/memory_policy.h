/* memory_policy: policies held in memory for tests, and what loading them says as text. */
#ifndef TEST_MEMORY_POLICY_H
#define TEST_MEMORY_POLICY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"
#include "fault.h"
#include "people.h"
#include "policyfile.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
/* What every policy begins with: three lines. */
#define HEAD "[policy]\nversion = 1\n\n"

struct memory {
	struct arena *arena;
	struct findings findings;
	const char *policy; /* of policy.ini */
	const char *people; /* of people.ini; NULL: there is none */
};

static inline bool memory_read(const struct policy_source *source, struct arena *arena, struct bytes name,
			       struct bytes *ret_content, struct findings *errors)
{
	const struct memory *memory = source->context;
	const char *content = bytes_equal(name, BYTES("policy.ini")) ? memory->policy : memory->people;
	const struct origin origin = {.file = name};

	(void)arena;
	if (!content || !(bytes_equal(name, BYTES("policy.ini")) || bytes_equal(name, BYTES("people.ini")))) {
		fault_add(errors, &origin, "%.*s does not exist", BYTES_ARG(name));
		return false;
	}
	*ret_content = bytes_of(content);
	return true;
}

static inline struct memory memory_new(const char *policy, const char *people)
{
	struct arena *arena = arena_new();

	assert_non_null(arena);
	return (struct memory){.arena = arena, .findings = {.arena = arena}, .policy = policy, .people = people};
}

/* The policy, linked to its own people; NULL with findings. */
static inline struct policy *memory_load(struct memory *memory)
{
	const struct policy_source source = {
		.read = memory_read,
		.context = memory,
		.file = BYTES("policy.ini"),
	};
	struct policy *policy = policyfile_load(memory->arena, &source, &memory->findings);

	if (!policy)
		return NULL;
	bool good = people_unfold(&policy->people, memory->arena, &memory->findings);

	return people_link(policy, &policy->people, memory->arena, &memory->findings) && good ? policy : NULL;
}

/* "line:column sentence" for each finding, with "(wanted: …)" and "(fix: …)" when `full`. */
static inline const char *memory_said(struct memory *memory, bool full)
{
	struct buffer said = {.arena = memory->arena};

	buffer_add(&said, BYTES(""));
	for (const struct finding *f = memory->findings.first; f; f = f->next) {
		buffer_printf(&said, "%u:%u %.*s", f->origin.line, f->column, BYTES_ARG(f->found));
		if (full && f->wanted.len)
			buffer_printf(&said, " (wanted: %.*s)", BYTES_ARG(f->wanted));
		if (full && f->fix.len)
			buffer_printf(&said, " (fix: %.*s)", BYTES_ARG(f->fix));
		buffer_printf(&said, "\n");
	}
	return buffer_bytes(&said).data;
}

#endif
