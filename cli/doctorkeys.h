/* doctorkeys: what a line of authorized_keys lets its holder do (sshd(8)). */
#ifndef DOCTORKEYS_H
#define DOCTORKEYS_H

enum key_kind {
	KEY_NONE,	/**< a comment, or no key */
	KEY_FREE,	/**< a shell */
	KEY_FORCED,	/**< one command, and forwarding */
	KEY_RESTRICTED, /**< one command */
};

/** `line` is without blanks around it. */
enum key_kind doctorkeys_kind(const char *line);

#endif
