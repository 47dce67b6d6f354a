/* explainstyle: the parts of an explanation, for whoever writes them down. */
#ifndef POLICY_EXPLAINSTYLE_H
#define POLICY_EXPLAINSTYLE_H

#include "model.h"

/** What is being explained: a layer, and the section whose values are told (NULL: none yet, or defaults that are not
 * there). */
struct explain_view {
	const struct explain_style *style;
	const struct policy *policy;
	const struct section *section;
	struct buffer *out;
	struct buffer unset; /**< a style's own, empty as a section begins */
};

struct explain_value {
	const struct key *key;
	const struct setting *setting;	/**< NULL: unset */
	const struct setting *severity; /**< what [severity] says of the key's rule, at its first key; or NULL */
	bool checks;			/**< unset, something is not checked */
};

struct explain_style {
	void (*layer)(struct explain_view *view);
	void (*section)(struct explain_view *view);
	void (*value)(struct explain_view *view, const struct explain_value *value);
	void (*end)(struct explain_view *view); /**< of a section */
	/** The layer governs no refs: only what it says of commits and content counts. */
	void (*judging)(struct explain_view *view);
	/** It is a record, or none for the `problem` that is not NULL. */
	void (*record)(struct explain_view *view, const char *problem);
	/** No section governs the ref; those that govern such refs, and what it may have been meant to be, or empty. */
	void (*refused)(struct explain_view *view, struct bytes ref, const struct section *const *accepted,
			size_t count, struct bytes near);
};

/** The names of everybody meant, each once, in the arena; how many they are. */
size_t explain_users(struct arena *arena, const struct who *who, struct bytes **ret_names);

#endif
