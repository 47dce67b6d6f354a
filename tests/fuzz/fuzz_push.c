/* fuzz_push: any bytes as the lines that pre-receive and pre-push get, and as update's arguments; what is read must be
 * whole and well formed. */
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "push.h"

/* A descriptor to read the input from, or -1. */
static int opened(struct bytes input)
{
	int fd = memfd_create("push", 0);

	if (fd >= 0 && write(fd, input.data, input.len) == (ssize_t)input.len && lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	close(fd);
	return -1;
}

static void check_updates(const struct push *push)
{
	for (size_t i = 0; i < push->count; i++) {
		const struct update *update = &push->updates[i];

		FUZZ_ASSERT(!refname_problem(update->ref) && bytes_ends(update->ref, update->name));
		FUZZ_ASSERT(push_find(push, update->ref) == update);
	}
}

static void check_lines(struct arena *arena, struct bytes input,
			bool (*read)(struct push *push, int fd, struct findings *findings), bool outgoing)
{
	struct findings findings = {.arena = arena};
	struct push push = {.arena = arena};
	int fd = opened(input);

	if (fd < 0)
		return;
	if (read(&push, fd, &findings)) {
		size_t lines = 0;

		for (struct bytes rest = input, line; bytes_line(&rest, &line);)
			lines++;
		FUZZ_ASSERT(push.count == lines && !findings.count);
		FUZZ_ASSERT(bytes_ends(input, BYTES("\n")) || (outgoing && !input.len));
		check_updates(&push);
	} else {
		FUZZ_ASSERT(findings.count == 1);
	}
	close(fd);
}

/* The words of the first line. */
static void check_arguments(struct arena *arena, struct bytes input)
{
	struct findings findings = {.arena = arena};
	struct push push = {.arena = arena};
	const char *arguments[3];

	for (size_t i = 0; i < 3; i++) {
		struct bytes word = bytes_first(input, bytes_index(input, ' '));

		arguments[i] = bytes_copy(arena, word).data;
		input = bytes_from(input, word.len + 1);
	}
	if (push_argument(&push, arguments[2], arguments[0], arguments[1], &findings))
		check_updates(&push);
	FUZZ_ASSERT(push.count == 1 || findings.count == 1);
}

void fuzz_push(struct arena *arena, struct bytes input)
{
	check_lines(arena, input, push_read, false);
	check_lines(arena, input, push_read_outgoing, true);
	check_arguments(arena, bytes_first(input, bytes_index(input, '\n')));
}
