/* keytable: the keys that belong to no rule. */
#include "keytable.h"

#include "keychecks.h"
#include "signers.h"

static const char *const modes[] = {"enforce", "evaluate", NULL};
static const char *const publishing[] = {"no", "yes", NULL};
static const char *const required[] = {"required", NULL};
static const char *const levels[] = {"off", "warn", "enforce", NULL}; /* enum commits_level */

const struct key keytable_own[] = {
	{
		.name = "version",
		.sections = SECTION_POLICY,
		.kind = KEY_NUMBER,
		.min = 1,
		.max = 1,
		.help = "The version of the policy language: 1. Required.",
	},
	{
		.name = "include",
		.sections = SECTION_POLICY,
		.kind = KEY_LIST,
		.form = "files",
		.check = check_include,
		.help = "Files in the same folder that belong to this policy, such as people.ini.",
	},
	{
		.name = "mode",
		.sections = SECTION_POLICY,
		.kind = KEY_WORD,
		.words = modes,
		.help = "evaluate: report what would be rejected, and reject nothing.",
		.unset = "enforce",
	},
	{
		.name = "bootstrap",
		.sections = SECTION_POLICY,
		.kind = KEY_WHO,
		.help = "Who may fill an empty repository, unjudged.",
		.unset = "nobody",
	},
	{
		.name = "deadline",
		.sections = SECTION_POLICY,
		.kind = KEY_DURATION,
		.help = "How long judging a push may take; 0s: as long as it takes.",
		.unset = "60s",
	},
	{
		.name = "publish",
		.sections = SECTION_POLICY,
		.kind = KEY_WORD,
		.words = publishing,
		.help = "no: the policy is not published as refs/policy/current, from which clients fetch it.",
		.unset = "yes",
	},
	{
		.name = "env",
		.sections = SECTION_IDENTITY,
		.kind = KEY_TEXT,
		.check = check_env,
		.help = "The one environment variable in which the server names the user it has authenticated.",
	},
	{
		.name = "signers",
		.sections = SECTION_IDENTITY,
		.kind = KEY_LIST,
		.form = "files",
		.check = signers_check,
		.help = "Whose signatures count: files in the same folder, OpenPGP keyrings if they are called *.gpg "
			"or "
			"*.kbx, else lists of ssh keys as in ssh-keygen(1), ALLOWED SIGNERS.",
		.unset = "nobody's",
	},
	{
		.name = "email",
		.sections = SECTION_USER,
		.kind = KEY_LIST,
		.check = check_email,
		.help = "The addresses in the commits of this user.",
	},
	{
		.name = "aliases",
		.sections = SECTION_USER,
		.kind = KEY_LIST,
		.check = check_names,
		.help = "Other names by which the server may call this user.",
	},
	{
		.name = "members",
		.sections = SECTION_GROUP,
		.kind = KEY_WHO,
		.form = "users and @groups",
		.check = check_members,
		.help = "Who is in the group: users and @groups.",
		.unset = "nobody",
	},
	{
		.name = "match",
		.sections = SECTION_BRANCH | SECTION_TAG | SECTION_REF,
		.kind = KEY_TEXT,
		.help = "The pattern of the refs governed, where it does not fit into the heading.",
	},
	{
		.name = "commits",
		.sections = SECTION_BRANCH | SECTION_TAG | SECTION_REF,
		.kind = KEY_WORD,
		.words = levels,
		.help = "How seriously commits are taken here: off, warn or enforce.",
		.unset = "enforce",
	},
	{
		.name = "signed",
		.sections = SECTION_BRANCH,
		.about = "approvals",
		.kind = KEY_WORD,
		.words = required,
		.help = "required: an approval counts only if it is a signed tag that names repository, target, head "
			"and "
			"user.",
	},
};
const size_t keytable_own_count = sizeof(keytable_own) / sizeof(*keytable_own);

/* What the language has and this version has not. */
const char *const keytable_later[] = {
	"timezone", "cert",	 "soak",	 "soak-exempt",	 "window",	 "freeze",     "content",  "trigger",
	"on",	    "annotated", "bump",	 "after",	 "tag",		 "run",	       "timeout",  "file",
	"syslog",   "required",	 "version-file", "secret-rules", "secret-allow", "paths-deny", "path-max", "file-max",
};
const size_t keytable_later_count = sizeof(keytable_later) / sizeof(*keytable_later);
