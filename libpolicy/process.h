/* process: the one place that starts another program: by absolute path, without a shell, with an environment of our
 * own, for a bounded time and a bounded answer. */
#ifndef POLICY_PROCESS_H
#define POLICY_PROCESS_H

#include <stdint.h>

#include "bytes.h"

/** The folder of a program's own descriptors; the files handed to it begin at 3. */
#define PROCESS_FILE "/proc/self/fd/"
#define PROCESS_FILES 16u

/** A program to run. */
struct process {
	const char *const *arguments;	/**< NULL-ended; the first is the absolute path */
	const char *const *environment; /**< NULL-ended "NAME=value"; nothing else is passed on */
	const char *directory;		/**< its working directory; NULL: "/" */
	struct bytes input;		/**< its standard input */
	const struct bytes *files; /**< what it finds in PROCESS_FILE "3", PROCESS_FILE "4" …; in memory, no disk */
	size_t file_count;	   /**< at most PROCESS_FILES */
	unsigned seconds;	   /**< after which it is killed */
	bool silent;		   /**< nobody reads its output: it goes to /dev/null */
	size_t output_max;	   /**< more output than that is a failure */
};

/** What became of it. */
struct process_end {
	bool started;	      /**< it ran, for however long */
	bool exited;	      /**< it ran and exited by itself, within its limits */
	int status;	      /**< its exit status then */
	struct bytes output;  /**< standard output (arena); standard error is thrown away */
	const char *problem;  /**< not exited: why, a sentence */
	int64_t milliseconds; /**< how long it took */
};

/**
 * Runs it to its end: all descriptors but 0-2 and those of `files` closed, standard error to /dev/null, signals as
 * usual, in a process group of its own that is killed whole. Frees every foreign handle itself, also when memory runs
 * out on the way. What would end the run meanwhile ends the program first, early (interrupt.h).
 */
struct process_end process_run(struct arena *arena, const struct process *process);

#endif
