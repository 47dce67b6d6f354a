/* model: a loaded policy, as the rules and the judge see it; made by policyfile, changed by nobody. */
#ifndef POLICY_MODEL_H
#define POLICY_MODEL_H

#include "crowd.h"
#include "findings.h"
#include "map.h"

struct group;
struct pattern;
struct regex;
struct secretscan;
struct user;

/** What a heading names; also the bits in `key.sections`. */
enum section_kind {
	SECTION_POLICY = 1 << 0,
	SECTION_IDENTITY = 1 << 1,
	SECTION_USER = 1 << 2,
	SECTION_GROUP = 1 << 3,
	SECTION_COMMIT = 1 << 4,
	SECTION_SEVERITY = 1 << 5,
	SECTION_BRANCH = 1 << 6,
	SECTION_TAG = 1 << 7,
	SECTION_REF = 1 << 8,
	SECTION_CHECK = 1 << 9,
	SECTION_DEPLOY = 1 << 10,
	SECTION_CONTENT = 1 << 11,
	SECTION_TRIGGER = 1 << 12,
	SECTION_AUDIT = 1 << 13,
};

/** How a value is written; decides which field of `struct setting` holds it. */
enum key_kind {
	KEY_WORD,     /**< one of key.words, its place there in `number` */
	KEY_NUMBER,   /**< whole decimal number in [key.min, key.max], in `number` */
	KEY_DURATION, /**< "90s 10m 24h 3d": seconds in `number` */
	KEY_SIZE,     /**< "500k 10M 1G", or bytes: bytes in `number` */
	KEY_TEXT,     /**< one line, as written, in clauses[0].text */
	KEY_LIST,     /**< words separated by blanks, over several lines, in `words` */
	KEY_WHO,      /**< users, @groups or "anyone", in `words`; resolved by people_link() */
	KEY_REGEX,    /**< one regular expression, whole match, in `regexes[0]` */
	KEY_REGEXES,  /**< one a line, in `regexes` */
	KEY_CLAUSES,  /**< one clause a line, in `clauses`; what they mean is key.check's business, kept in `parsed` */
};

/** Who is listed by a KEY_WHO setting, after linking: groups stand for themselves, so that long ones are kept once. */
struct who {
	bool anyone;
	struct crowd users;	  /**< named one by one */
	const struct user **list; /**< the same, in the order they were named */
	size_t count;
	const struct group **groups;
	size_t group_count;
};

/** One line of a value. */
struct clause {
	struct bytes text;
	struct origin origin;
	struct bytes source; /**< the whole line */
	unsigned column;     /**< 1-based column of `text` in `source` */
};

/** People listed inside a clause ("@reviewers" in "2 @reviewers"), linked by people_link() like a KEY_WHO setting. */
struct who_list {
	struct who_list *next;
	struct bytes *words;
	size_t word_count;
	size_t clause; /**< index of the clause, for faults */
	size_t needed; /**< how many of them are asked for */
	struct who *who;
};

struct setting;

/**
 * A key of the policy language. `name` is unique among the keys of one section kind.
 * `check`, if set, judges the parsed setting further and may fill `parsed`; it reports errors by setting_error() and
 * returns false when it did.
 */
struct key {
	const char *name;
	unsigned sections; /**< the section kinds it may stand in */
	enum key_kind kind;
	const char *form;	  /**< what a value looks like, for the reference page; NULL: as `kind` says */
	const char *help;	  /**< one sentence for the reference page */
	const char *example;	  /**< a whole value, valid as written */
	const char *const *words; /**< KEY_WORD: NULL-ended */
	unsigned long min, max;	  /**< KEY_NUMBER; KEY_DURATION has a min only */
	bool (*check)(struct setting *setting, struct findings *errors);
	const char *unset; /**< what holds when it is unset, as explain prints it; NULL: nothing is checked */
	const char *about; /**< what it is asked of, where a key of that name is about something else too; or NULL */
};

/** A key with the value a section gives it. */
struct setting {
	const struct key *key;
	struct origin origin; /**< of its first line */
	struct clause *clauses;
	size_t clause_count;
	unsigned long number;
	struct bytes *words;
	size_t word_count;
	struct regex **regexes; /**< one for each clause */
	struct who *who;
	struct who_list *lists; /**< filled by key.check of a clause that names people */
	void *parsed;
	struct setting *next; /**< in its section */
};

/** Reports that a value is wrong at clause `index`; `format` says what is wrong and how to write it instead. */
void setting_error(struct findings *errors, const struct setting *setting, size_t index, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

struct section {
	enum section_kind kind;
	struct bytes heading;	 /**< the quoted name as written ("feature/{slug}"); empty without one */
	struct pattern *pattern; /**< of `match`, or else the heading; NULL for sections that name no ref */
	bool literal;		 /**< no wildcard, no template: a branch of it is a trunk */
	struct bytes ref;	 /**< literal: the full ref name ("refs/heads/main") */
	struct origin origin;
	struct setting *settings;
	bool rollback;			/**< the way back of a deploy: it takes no gate from its defaults */
	const struct section *defaults; /**< the section of this kind without a name, or NULL */
	unsigned order;			/**< place in the file */
};

struct user {
	struct bytes name;
	size_t number; /**< among the users of its layer */
	struct bytes *emails;
	size_t email_count;
	struct origin origin;
};

struct group {
	struct bytes name;
	struct setting *members;  /**< NULL when the section has none */
	struct crowd users;	  /**< unfolded by people_unfold() */
	const struct user **list; /**< the same */
	size_t user_count;
	size_t user_room;
	struct origin origin;
};

/** Who is who: of one layer only. */
struct people {
	struct map *users;  /**< by name and by alias -> struct user */
	struct map *emails; /**< lower-cased address -> struct user */
	struct map *groups; /**< by name -> struct group */
	struct group **group_list;
	size_t group_count;
	size_t group_room;
	struct user **user_list;
	size_t user_count;
	size_t user_room;
};

/** commits = … in [branch], [tag] and [ref]: how seriously the messages of a ref are taken. */
enum commits_level {
	COMMITS_OFF,
	COMMITS_WARN,
	COMMITS_ENFORCE,
};

/**
 * What a section asks of the commits that come to its refs. A ref vouches for the commits it has where its own section
 * asks no less: as high a level, and every content rule (design 4.3).
 */
struct demand {
	enum commits_level level;
	unsigned content; /**< what `content` lists: bit i for the i-th rule about content in the table */
};

/** A file that a policy was read from, as its source called it. */
struct policy_part {
	struct bytes name, content;
};

/** One layer: one policy file with what it includes. */
struct policy {
	struct bytes file;	   /**< as messages name it */
	struct policy_part *parts; /**< all its files, the first one first */
	size_t part_count;
	size_t part_room;
	struct section *policy;	   /**< [policy]; never NULL in a loaded policy */
	struct section *identity;  /**< [identity], or NULL */
	struct section *commit;	   /**< [commit], or NULL */
	struct section *content;   /**< [content], or NULL */
	struct section *audit;	   /**< [audit], or NULL */
	struct section **sections; /**< [branch], [tag], [ref], [deploy] with a name, in file order */
	size_t section_count;
	size_t section_room;
	struct section *defaults[4]; /**< [branch], [tag], [ref], [deploy] without a name; NULL: not there */
	bool governs;		     /**< has a section for refs; without one it judges content and messages only */
	struct map *literals;	     /**< full ref name -> struct section */
	struct map *prefixes;	/**< see section_find(): patterns by the literal bytes that their refs begin with */
	size_t *prefix_lengths; /**< how many bytes such a beginning has, each length once */
	size_t prefix_count;
	size_t prefix_room;
	struct map *owed; /**< names of the branches that any section owes to -> such a section; NULL: none owes */
	struct people people;
	struct map *checks;	     /**< name of a check -> struct section of its [check "name"] */
	struct section **check_list; /**< the same, in file order */
	size_t check_count;
	size_t check_room;
	struct section *check_defaults; /**< [check] without a name, or NULL */
	struct map *triggers;		/**< name -> struct section of its [trigger "name"] */
	struct section **trigger_list;	/**< the same, in file order */
	size_t trigger_count;
	size_t trigger_room;
	struct map *severities;	    /**< rule name -> struct setting whose number is an enum severity */
	struct secretscan *secrets; /**< what a secret looks like; never NULL in a loaded policy */
	bool evaluate;		    /**< mode = evaluate */
};

/** The policies that apply to one repository, each judged on its own; people come from one of them. */
struct layers {
	struct policy *policy[2];
	size_t count;
	const struct people *people;	 /**< never NULL; empty when nobody is named */
	const struct section *identity;	 /**< NULL: nobody is known */
	const struct policy *audited[2]; /**< those with an [audit], also one that does not load */
	size_t audited_count;
};

/** The section governing `ref` (full name), or NULL. Literal before pattern, then file order (design 4.1). */
const struct section *section_find(const struct policy *policy, struct bytes ref);
/**
 * The section whose word on commits and content counts for `ref`: the one governing it, and in a policy that governs no
 * refs the defaults of its kind. NULL: nothing is said of it.
 */
const struct section *section_judging(const struct policy *policy, struct bytes ref);
/** The value of `name` in the section, else in its defaults, else NULL. */
const struct setting *section_setting(const struct section *section, const char *name);
/** How seriously commits on a ref of this section are judged: `commits`, enforce when unset or when `section` is NULL.
 */
enum commits_level section_commits(const struct section *section);
/** That, with the content rules it switches on; of NULL: enforce, and none. A deploy asks none of the way there, only
 * of the whole that is deployed. */
struct demand section_demand(const struct section *section);
/** Whether what was judged by `demand` was asked all that `other` asks. */
bool demand_covers(struct demand demand, struct demand other);
bool demand_equals(struct demand a, struct demand b);

#endif
