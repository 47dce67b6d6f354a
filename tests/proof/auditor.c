/* auditor: one of many that append to an audit at once, by audit_write(), as the hooks of one push after another do. */
#include <stdio.h>
#include <stdlib.h>

#include "audit.h"

/* A push has so many refs at most. */
#define BATCH_MAX 5u

struct batch {
	char text[BATCH_MAX * POLICY_AUDIT_LINE];
	size_t len;
};

/* Mostly as long as real lines are; the last of every thousand as long as a line may be. */
static size_t padding(unsigned number)
{
	return number % 1000 == 999 ? POLICY_AUDIT_LINE - 200 : number % 400;
}

/* The line says which it is, and where its batch begins and ends. */
static void line_add(struct batch *batch, const char *writer, unsigned number, unsigned first, unsigned end)
{
	size_t room = sizeof(batch->text) - batch->len, wanted = padding(number);
	int len = snprintf(batch->text + batch->len, room,
			   "{\"writer\":%s,\"number\":%u,\"first\":%u,\"end\":%u,\"pad\":\"%0*d\"}\n", writer, number,
			   first, end, (int)wanted + 1, 0);

	batch->len += (size_t)len;
}

int main(int argc, char **argv)
{
	static struct batch batch;
	unsigned count = argc == 4 ? (unsigned)strtoul(argv[3], NULL, 10) : 0;
	const char *problem = NULL;

	for (unsigned at = 0, end; at < count && !problem; at = end) {
		end = at + 1 + at % BATCH_MAX < count ? at + 1 + at % BATCH_MAX : count;
		batch.len = 0;
		for (unsigned i = at; i < end; i++)
			line_add(&batch, argv[2], i, at, end);
		problem = audit_write(NULL, &(struct policy_audit){.file = argv[1]}, batch.text, batch.len);
	}
	if (problem)
		fprintf(stderr, "%s\n", problem);
	return count && !problem ? 0 : 1;
}
