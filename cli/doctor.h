/* doctor: an examination of one repository: what its looks share, and what they find. */
#ifndef DOCTOR_H
#define DOCTOR_H

#include <signal.h>
#include <sys/stat.h>

#include "git.h"

/** A repository being looked over. */
struct exam {
	struct git git;
	const char *folder;   /**< its git directory, absolute */
	const char *place;    /**< the same, as a shell takes it */
	const char *hooks;    /**< where git looks for hooks */
	const char *variable; /**< which names the pusher; NULL: none, or it could not be told */
	const char *remote;   /**< in a clone */
	struct stat status;   /**< of the git directory */
	bool server;
	const char *name; /**< of the look being taken */
	struct policy_look *looks;
	size_t count, room;
	sigset_t signals, before; /**< those put off, and what was put off before */
	int interrupted;	  /**< by which of them; 0: by none */
};

/** One thing to look at. */
struct look {
	const char *name;
	const char *well; /**< said when nothing is found */
	void (*look)(struct exam *exam);
};

/** In the order they are told, ended by one without a name. */
extern const struct look doctor_server[], doctor_clone[];

/** Says what was found; `fix` is kept by the exam's git, or NULL. */
void doctor_add(struct exam *exam, enum policy_mark mark, const char *fix, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/** A value of git's configuration, of whatever scope, and where it comes from (may be NULL); NULL when it is unset. */
const char *doctor_config(struct exam *exam, const char *key, const char **ret_origin);
/** `path` as a shell takes it. */
const char *doctor_quote(struct exam *exam, const char *path);
/** What a file holds up to its first NUL, NULL with errno. */
const char *doctor_file(struct exam *exam, const char *path);
/** Cuts the next line off *rest, without its end and the blanks around it; NULL behind the last. */
const char *doctor_line(struct exam *exam, const char **rest);
/** The same for words divided by blanks. */
const char *doctor_word(struct exam *exam, const char **rest);

/** An account of this machine. */
struct account {
	const char *name, *home, *shell;
};
/** The account of that name or number; false when there is none, or no getent(1) to ask. */
bool doctor_account(struct exam *exam, const char *key, struct account *ret_account);
/** The name of a number's account, else the number. */
const char *doctor_user(struct exam *exam, uid_t uid);
/** The names of a group's members, divided by commas. */
const char *doctor_members(struct exam *exam, gid_t gid);

/** How a program ended. */
struct outcome {
	int status;	    /**< its exit status; 127 and more when it did not come to its end */
	bool late;	    /**< it took too long */
	const char *output; /**< of both its streams */
};
/** Runs a program with the exam's variables for git, on no terminal, for so many seconds at most. `arguments` end in
 * NULL. What interrupts the exam ends the program and is noted. */
struct outcome doctor_run(struct exam *exam, const char *const *arguments, unsigned seconds);
/** Puts off what interrupts, until doctor_release(), which lets it happen. */
void doctor_hold(struct exam *exam);
void doctor_release(struct exam *exam);

/** Pushes what must be refused to every address. */
void doctor_prove(struct exam *exam);

/** The hooks of a server, and where git looks for them. */
void doctor_hooks(struct exam *exam);
void doctor_hooks_path(struct exam *exam);
void doctor_proc_receive(struct exam *exam);
/** How a hook answers --version, without what is the same for all releases; NULL when it is none of ours. */
const char *doctor_hook_version(struct exam *exam, const char *path);

/** What git is told to do. */
void doctor_settings(struct exam *exam);
void doctor_hidden(struct exam *exam);
void doctor_work_tree(struct exam *exam);

/** What is kept, and who may write it. */
void doctor_owner(struct exam *exam);
void doctor_modes(struct exam *exam);
void doctor_includes(struct exam *exam);
void doctor_shared(struct exam *exam);
void doctor_format(struct exam *exam);
void doctor_objects(struct exam *exam);
void doctor_symrefs(struct exam *exam);

/** Ways around the hooks. */
void doctor_shells(struct exam *exam);
void doctor_sshd(struct exam *exam);
/** What sshd is told to do: lines of a keyword and its values; NULL with errno when that cannot be read. */
const char *doctor_sshd_settings(struct exam *exam);
/** The file that says so. */
const char *doctor_sshd_file(struct exam *exam);

#endif
