/* crew: who commits to a repository, each person once, as a policy would call them. */
#ifndef CREW_H
#define CREW_H

#include <stdbool.h>
#include <stddef.h>

#define CREW_MAX 256
#define CREW_EMAILS_MAX 8
#define CREW_NAME_MAX 32

struct person {
	char user[CREW_NAME_MAX + 1]; /**< "john-doe": what a policy may call them */
	const char *name;	      /**< as in their commits; borrowed */
	const char *emails[CREW_EMAILS_MAX];
	size_t email_count;
	unsigned commits, merges;
};

struct crew {
	struct person people[CREW_MAX];
	size_t count;
	unsigned left_out; /**< commits by robots, and by addresses that no policy could hold */
	bool full;	   /**< there were more people */
};

/**
 * Takes in a commit, or a merge: "address<TAB>name", which is kept, and cut at the tab. One name or one address is one
 * person. NULL when that is nobody whom a policy could name.
 */
struct person *crew_take(struct crew *crew, char *author, bool merge);
/** Puts the most active first. */
void crew_order(struct crew *crew);
/** Whether some user is called so: `len` bytes of `name`. */
bool crew_has(const struct crew *crew, const char *name, size_t len);

#endif
