/* leaks: for sanitized programs, what libgit2 1.5 itself loses: at its start, since there is no TLS to take it, and
 * where it looks for the extensions of a repository format. */
#include <git2.h>
#include <sanitizer/lsan_interface.h>

int __real_git_mbedtls_stream_global_init(void);
int __wrap_git_mbedtls_stream_global_init(void);
int __real_git_config_foreach_match(const git_config *config, const char *pattern, git_config_foreach_cb each,
				    void *payload);
int __wrap_git_config_foreach_match(const git_config *config, const char *pattern, git_config_foreach_cb each,
				    void *payload);

int __wrap_git_mbedtls_stream_global_init(void)
{
	__lsan_disable();
	int code = __real_git_mbedtls_stream_global_init();

	__lsan_enable();
	return code;
}

int __wrap_git_config_foreach_match(const git_config *config, const char *pattern, git_config_foreach_cb each,
				    void *payload)
{
	__lsan_disable();
	int code = __real_git_config_foreach_match(config, pattern, each, payload);

	__lsan_enable();
	return code;
}
