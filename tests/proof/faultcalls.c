/* faultcalls: the system calls that can be made to fail, and the filter that traps them. */
#include "fault.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#define CALL(name)                                                                                                     \
	{                                                                                                              \
#name, SYS_##name, false, false                                                                        \
	}
#define CHANGES(name)                                                                                                  \
	{                                                                                                              \
#name, SYS_##name, true, false                                                                         \
	}

/* Those between clone() and exec() in posix_spawn() are left out: there every signal is blocked. */
static const struct fault_call calls[] = {
	{"read", SYS_read, false, true},
	{"pread64", SYS_pread64, false, true},
	{"write", SYS_write, false, true},
	{"pwrite64", SYS_pwrite64, true, true},
	{"getdents64", SYS_getdents64, false, true},
	CALL(open),
	CALL(openat),
	CALL(readv),
	CALL(mmap),
	CALL(mremap),
	CALL(brk),
	CALL(stat),
	CALL(fstat),
	CALL(lstat),
	CALL(newfstatat),
	CALL(statx),
	CALL(access),
	CALL(faccessat),
	CALL(faccessat2),
	CALL(lseek),
	CALL(fcntl),
	CALL(flock),
	CALL(dup),
	CALL(pipe2),
	CALL(poll),
	CALL(waitid),
	CALL(memfd_create),
	CALL(signalfd4),
	CALL(getcwd),
	CALL(readlink),
	CALL(readlinkat),
	CALL(getrandom),
	CALL(socket),
	CALL(connect),
	CHANGES(sendto),
	CHANGES(writev),
	CHANGES(rename),
	CHANGES(renameat),
	CHANGES(renameat2),
	CHANGES(link),
	CHANGES(linkat),
	CHANGES(unlink),
	CHANGES(unlinkat),
	CHANGES(symlink),
	CHANGES(mkdir),
	CHANGES(mkdirat),
	CHANGES(rmdir),
	CHANGES(fsync),
	CHANGES(fdatasync),
	CHANGES(ftruncate),
	CHANGES(truncate),
	CHANGES(chmod),
	CHANGES(fchmod),
	CHANGES(fchmodat),
	CHANGES(utimensat),
};
#define CALLS (sizeof(calls) / sizeof(calls[0]))

const struct fault_call *fault_call(long number)
{
	for (size_t i = 0; i < CALLS; i++)
		if (calls[i].number == number)
			return calls + i;
	return NULL;
}

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define LOAD_HIGH(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field) + 4)
#define RETURN(what) BPF_STMT(BPF_RET | BPF_K, what)
#define UNLESS(test, value) BPF_JUMP(BPF_JMP | (test) | BPF_K, value, 1, 0)

bool fault_trap(struct range code)
{
	/* Who takes all handlers away, as the runners do, keeps that of the trap; who sets an alarm is watched. */
	struct sock_filter filter[16 + 2 * (CALLS + 1)] = {
		LOAD_HIGH(instruction_pointer),
		UNLESS(BPF_JEQ, (uint32_t)(code.from >> 32)),
		RETURN(SECCOMP_RET_ALLOW),
		LOAD(instruction_pointer),
		UNLESS(BPF_JGE, (uint32_t)code.from),
		RETURN(SECCOMP_RET_ALLOW),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, (uint32_t)code.to, 0, 1),
		RETURN(SECCOMP_RET_ALLOW),
		LOAD(nr),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_rt_sigaction, 0, 4),
		LOAD(args[0]),
		UNLESS(BPF_JEQ, SIGSYS),
		RETURN(SECCOMP_RET_ALLOW),
		RETURN(SECCOMP_RET_ERRNO),
	};
	size_t len = 14;

	for (size_t i = 0; i <= CALLS; i++) {
		uint32_t number = i < CALLS ? (uint32_t)calls[i].number : SYS_alarm;

		filter[len++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1);
		filter[len++] = (struct sock_filter)RETURN(SECCOMP_RET_TRAP);
	}
	filter[len++] = (struct sock_filter)RETURN(SECCOMP_RET_ALLOW);
	struct sock_fprog program = {.len = (unsigned short)len, .filter = filter};

	return code.from >> 32 == code.to >> 32 && !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
	       !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
