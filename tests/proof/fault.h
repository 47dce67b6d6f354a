/* fault: the system calls that can be made to fail, and the filter that traps them. */
#ifndef FAULT_H
#define FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* libc's code. */
struct range {
	uintptr_t from, to;
};

struct fault_call {
	const char *name;
	int number;
	bool changes; /* what others see of the system */
	bool halves;  /* its third argument is a length, of which it may do less */
};

/* The code of the library or program that has this address. */
struct range fault_code(uintptr_t inside);

/* From here on crashes are told to be libgit2's own, where they are. */
bool fault_watch(void);

/* On standard error, past every fault. */
void fault_say(const char *words, size_t len);

/* NULL: it is not one of those. */
const struct fault_call *fault_call(long number);

/* From here on a call from this code raises SIGSYS. Programs that are executed are spared: their libc lies elsewhere.
 */
bool fault_trap(struct range code);

#endif
