/* keytable: the keys that belong to no rule. */
#include "keytable.h"

#include "content.h"
#include "keychecks.h"
#include "notes.h"
#include "signers.h"
#include "zone.h"

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
		.name = "timezone",
		.sections = SECTION_POLICY,
		.kind = KEY_TEXT,
		.form = "a zone of the tz database: UTC, Europe/Berlin",
		.check = zone_check,
		.help = "The time zone of local times in this policy; required where there are any.",
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
		.sections = SECTION_BRANCH | SECTION_TAG | SECTION_REF | SECTION_DEPLOY,
		.kind = KEY_TEXT,
		.help = "The pattern of the refs governed, where it does not fit into the heading.",
	},
	{
		.name = "commits",
		.sections = SECTION_BRANCH | SECTION_TAG | SECTION_REF | SECTION_DEPLOY,
		.kind = KEY_WORD,
		.words = levels,
		.help = "How seriously commits are taken here: off, warn or enforce.",
		.unset = "enforce",
	},
	{
		.name = "content",
		.sections = SECTION_BRANCH | SECTION_TAG | SECTION_REF | SECTION_DEPLOY,
		.kind = KEY_LIST,
		.form = "secrets paths size case-collisions container-user",
		.check = content_check,
		.help = "What is looked for in all that new commits add, and in the whole of what is deployed.",
	},
	{
		.name = "trigger",
		.sections = SECTION_BRANCH | SECTION_TAG | SECTION_DEPLOY,
		.kind = KEY_LIST,
		.form = "names of triggers",
		.help = "What is started once such a ref has moved: [trigger \"NAME\"] says what that is.",
	},
	{
		.name = "run",
		.sections = SECTION_TRIGGER,
		.kind = KEY_TEXT,
		.form = "an absolute path",
		.check = check_run,
		.help = "The program to start, without arguments; it reads what happened as JSON on its standard "
			"input.",
	},
	{
		.name = "timeout",
		.sections = SECTION_TRIGGER,
		.kind = KEY_DURATION,
		.min = 1,
		.help = "After how long it is stopped.",
		.unset = "10m",
	},
	{
		.name = "file",
		.sections = SECTION_AUDIT,
		.kind = KEY_TEXT,
		.form = "an absolute path, or one below the git directory",
		.check = check_audit_file,
		.help = "Where a line is appended for every update that is judged.",
	},
	{
		.name = "syslog",
		.sections = SECTION_AUDIT,
		.kind = KEY_WORD,
		.words = publishing,
		.help = "yes: the same lines go to syslog too.",
		.unset = "no",
	},
	{
		.name = "required",
		.sections = SECTION_AUDIT,
		.kind = KEY_WORD,
		.words = publishing,
		.help = "yes: what cannot be written down is not accepted.",
		.unset = "no",
	},
	{
		.name = "notes",
		.sections = SECTION_COMMIT,
		.kind = KEY_CLAUSES,
		.form = "Title: types, one section a line",
		.check = notes_check,
		.help = "The sections of release notes, in this order: each a title and what it takes, types, "
			"type(scope), *(scope), or ! for breaking changes.",
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
const char *const keytable_later[] = {"cert"};
const size_t keytable_later_count = sizeof(keytable_later) / sizeof(*keytable_later);
