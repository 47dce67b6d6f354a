/* findings: what judging has to say; data only, rendered elsewhere. */
#ifndef POLICY_FINDINGS_H
#define POLICY_FINDINGS_H

#include "bytes.h"
#include "oid.h"

/** How much a finding weighs; the heaviest one decides. */
enum severity {
	SEVERITY_OFF,
	SEVERITY_NOTE,
	SEVERITY_WARN,
	SEVERITY_ENFORCE,
	SEVERITY_UNDECIDED,
};

/** Where in a policy file something stands; file is empty for what the program itself decides. */
struct origin {
	struct bytes file;
	unsigned line;
	struct bytes text; /**< the line, trimmed: "approvals = 2 @reviewers" */
};

/** That a grant let an update pass: whose, why, and the rules that would have stopped it. */
struct override {
	struct bytes user, reason;
	struct bytes *rules;
	size_t rule_count;
};

struct finding {
	struct finding *next;
	struct bytes rule; /**< rule or policy key; "policy", "push" … for what is no rule */
	enum severity severity;
	struct bytes ref;     /**< the ref update it belongs to; empty for the whole push or file */
	struct oid commit;    /**< zero when it is about no commit */
	struct bytes found;   /**< the sentence: what is the matter, always there */
	struct bytes wanted;  /**< what would have been accepted, or empty */
	struct bytes fix;     /**< the command or edit that mends it, or empty */
	struct bytes source;  /**< the line the caret stands under, or empty */
	unsigned line;	      /**< 1-based line in the message, 0 for none */
	unsigned column;      /**< 1-based character in that line, 0 for none */
	struct origin origin; /**< the policy line that asks for it */
	bool firm;	      /**< no grant lets it pass, though its rule is about flow */
	bool evaluated;	      /**< found by a policy in mode = evaluate: told, never counted */
	bool open;	      /**< only the server can tell: what is said here may be otherwise there */
	/** What this note tells of; or NULL. */
	const struct override *override;
};

/** Findings in the order they were made, all in one arena. */
struct findings {
	struct arena *arena;
	struct finding *first;
	struct finding *last;
	size_t count;
	struct bytes event; /**< of the push, where the pusher is to know it; else empty */
};

/** Appends a finding of `rule` (borrowed, static); `format` makes its `found`. The result is never NULL and may be
 * filled in. */
struct finding *findings_add(struct findings *findings, const char *rule, enum severity severity, const char *format,
			     ...) __attribute__((format(printf, 4, 5)));
struct finding *findings_vadd(struct findings *findings, const char *rule, enum severity severity, const char *format,
			      va_list arguments) __attribute__((format(printf, 4, 0)));
/** Sets `wanted` or `fix` by printf. `finding_at` sets line and column (1-based) and the source line under which the
 * caret goes. */
void finding_wanted(struct findings *findings, struct finding *finding, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void finding_fix(struct findings *findings, struct finding *finding, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void finding_at(struct finding *finding, unsigned line, unsigned column, struct bytes source);
/** Puts them in the order of the policy lines they are about; what is about none, and what was granted, comes first. */
void findings_order(struct findings *findings);
/** Makes it a note that only the server can tell. */
void finding_open(struct finding *finding);
/** Whether something is left open that counts. */
bool findings_open(const struct findings *findings);
/** Appends copies of everything in `more`, whose memory may then go. */
void findings_take(struct findings *findings, const struct findings *more);
/** The heaviest severity among them that is not `evaluated`; SEVERITY_OFF for none. */
enum severity findings_worst(const struct findings *findings);

#endif
