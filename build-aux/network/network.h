/* network: how the stubs that stub-undefined writes behave. */
#ifndef NETWORK_H
#define NETWORK_H

/** Says that `function` was called although it was left out, and exits undecided. */
_Noreturn void network_reached(const char *function);

/** A function that must never be called; whatever it answered could be taken for a success. */
#define STUB_REFUSING(name)                                                                                            \
	_Noreturn void name(void);                                                                                     \
	void name(void)                                                                                                \
	{                                                                                                              \
		network_reached(#name);                                                                                \
	}

/** A function that git_libgit2_init() or _shutdown() calls on its way; `answer` lets it go on. */
#define STUB_ANSWERING(name, answer)                                                                                   \
	long name(void);                                                                                               \
	long name(void)                                                                                                \
	{                                                                                                              \
		return answer;                                                                                         \
	}

#endif
