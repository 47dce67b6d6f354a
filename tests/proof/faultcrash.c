/* faultcrash: whose a crash is, told before the program's own handler has its say. */
#define _GNU_SOURCE
#include "fault.h"

#include <dlfcn.h>
#include <link.h>
#include <signal.h>
#include <sys/auxv.h>
#include <ucontext.h>

#define STACK_WORDS 256

static struct range library, program;
static void (*crash_handler)(int);

struct search {
	uintptr_t inside;
	struct range code;
};

static int look_into(struct dl_phdr_info *object, size_t size, void *context)
{
	struct search *search = context;

	(void)size;
	for (int i = 0; i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = object->dlpi_phdr + i;
		uintptr_t from = object->dlpi_addr + part->p_vaddr;

		if (part->p_type == PT_LOAD && part->p_flags & PF_X && search->inside - from < part->p_memsz)
			search->code = (struct range){from, from + part->p_memsz};
	}
	return 0;
}

/* The code of the library or program that has this address. */
struct range fault_code(uintptr_t inside)
{
	struct search search = {inside, {0, 0}};

	dl_iterate_phdr(look_into, &search);
	return search.code;
}

static bool is_in(struct range code, uintptr_t at)
{
	return at - code.from < code.to - code.from;
}

/* Says whose crash it is, where it is not the program's own: libgit2's, or that of free() and the like called by it. */
static void crashed(int signal_number, siginfo_t *info, void *context)
{
	static const char words[] = "fault: a crash in libgit2\n";
	const greg_t *r = ((ucontext_t *)context)->uc_mcontext.gregs;
	const uintptr_t *stack = (const uintptr_t *)r[REG_RSP];
	uintptr_t at = (uintptr_t)r[REG_RIP];

	(void)info;
	for (int i = 0; i < STACK_WORDS && !is_in(program, at) && !is_in(library, at); i++)
		at = is_in(library, stack[i]) ? stack[i] : at;
	if (is_in(library, at))
		fault_say(words, sizeof(words) - 1);
	crash_handler(signal_number);
}

int sigaction(int signal_number, const struct sigaction *action, struct sigaction *ret_old)
{
	int (*real)(int, const struct sigaction *, struct sigaction *);
	struct sigaction own;

	*(void **)&real = dlsym(RTLD_NEXT, "sigaction");
	if (!library.to || (signal_number != SIGSEGV && signal_number != SIGABRT) || !action)
		return real(signal_number, action, ret_old);
	own = *action;
	crash_handler = action->sa_handler;
	own.sa_sigaction = crashed;
	own.sa_flags |= SA_SIGINFO;
	return real(signal_number, &own, ret_old);
}

bool fault_watch(void)
{
	library = fault_code((uintptr_t)dlsym(RTLD_DEFAULT, "git_repository_open_ext"));
	program = fault_code(getauxval(AT_ENTRY));
	return library.to && program.to;
}
