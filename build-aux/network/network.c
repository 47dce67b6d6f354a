/* network: what stands in for the network when libgit2 is linked without it; reaching it ends the program, undecided.
 */
#include "network.h"

#include <malloc.h>
#include <netdb.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

static void say(const char *text)
{
	if (write(STDERR_FILENO, text, strlen(text)) < 0)
		_exit(2);
}

_Noreturn void network_reached(const char *function)
{
	say("error: git-policy: undecided: libgit2 called ");
	say(function);
	say(", which this build leaves out\n");
	_exit(2);
}

/* The C library's own versions load plugins at run time, which a static program cannot count on. */
int getaddrinfo(const char *restrict node, const char *restrict service, const struct addrinfo *restrict hints,
		struct addrinfo **restrict ret_addresses)
{
	(void)node, (void)service, (void)hints, (void)ret_addresses;
	return EAI_FAIL;
}

void freeaddrinfo(struct addrinfo *addresses)
{
	(void)addresses;
}

const char *gai_strerror(int code)
{
	(void)code;
	return "this build has no network";
}

/* libgit2 asks for a home folder in set-user-id programs only; there is none to be had. */
int getpwuid_r(uid_t user, struct passwd *restrict entry, char *restrict buffer, size_t size,
	       struct passwd **restrict ret_entry)
{
	(void)user, (void)entry, (void)buffer, (void)size;
	*ret_entry = NULL;
	return 0;
}

/*
 * libgit2 allocates this structure with malloc() and frees a pointer in it when it starts and stops: it has to be
 * cleared, however large mbed TLS made it.
 */
void mbedtls_ssl_config_init(void *config);
void mbedtls_ssl_config_init(void *config)
{
	memset(config, 0, malloc_usable_size(config));
}
