/* fuzz_push: any bytes as pre-receive's standard input; what is read must be whole and well formed. */
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "push.h"

void fuzz_one(struct arena *arena, struct bytes input)
{
	struct findings findings = {.arena = arena};
	struct push push = {.arena = arena};
	int fd = memfd_create("push", 0);

	if (fd < 0 || write(fd, input.data, input.len) != (ssize_t)input.len || lseek(fd, 0, SEEK_SET) != 0)
		return;
	if (push_read(&push, fd, &findings)) {
		FUZZ_ASSERT(push.count > 0 && !findings.count && bytes_ends(input, BYTES("\n")));
		for (size_t i = 0; i < push.count; i++) {
			FUZZ_ASSERT(!refname_problem(push.updates[i].ref));
			FUZZ_ASSERT(bytes_starts(push.updates[i].ref, BYTES("refs/")));
		}
	} else {
		FUZZ_ASSERT(findings.count == 1);
	}
	close(fd);
}
