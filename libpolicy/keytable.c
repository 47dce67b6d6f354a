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
		.help = "The version of this language. Required.",
		.example = "1",
	},
	{
		.name = "include",
		.sections = SECTION_POLICY,
		.kind = KEY_LIST,
		.form = "files",
		.check = check_include,
		.help = "Files in the same folder that belong to this policy. An included file includes nothing.",
		.example = "people.ini",
	},
	{
		.name = "mode",
		.sections = SECTION_POLICY,
		.kind = KEY_WORD,
		.words = modes,
		.help = "evaluate: report what would be rejected or could not be decided, and reject nothing. A policy "
			"that does not load still rejects.",
		.example = "evaluate",
		.unset = "enforce",
	},
	{
		.name = "bootstrap",
		.sections = SECTION_POLICY,
		.kind = KEY_WHO,
		.help = "Who may fill an empty repository, unjudged. One whose refs were all deleted is not empty: its "
			"account remembers them.",
		.example = "@admins",
		.unset = "nobody",
	},
	{
		.name = "deadline",
		.sections = SECTION_POLICY,
		.kind = KEY_DURATION,
		.help = "How long judging a push may take before it is undecided; 0s: as long as it takes.",
		.example = "90s",
		.unset = "60s",
	},
	{
		.name = "publish",
		.sections = SECTION_POLICY,
		.kind = KEY_WORD,
		.words = publishing,
		.help = "no: the policy is not published as refs/policy/current, from which clients fetch it.",
		.example = "no",
		.unset = "yes",
	},
	{
		.name = "host",
		.sections = SECTION_POLICY,
		.kind = KEY_WORD,
		.words = required,
		.help = "required: what is allowed here is the host's policy to say; without one that governs refs, "
			"nothing is accepted.",
		.example = "required",
	},
	{
		.name = "timezone",
		.sections = SECTION_POLICY,
		.kind = KEY_TEXT,
		.form = "a zone of the tz database",
		.check = zone_check,
		.help = "Where the local times of window and freeze are. Required where there is one.",
		.example = "Europe/Berlin",
	},
	{
		.name = "env",
		.sections = SECTION_IDENTITY,
		.kind = KEY_TEXT,
		.form = "a variable",
		.check = check_env,
		.help = "The one environment variable in which the server names the user it has authenticated.",
		.example = "GIT_POLICY_USER",
	},
	{
		.name = "signers",
		.sections = SECTION_IDENTITY,
		.kind = KEY_LIST,
		.form = "files",
		.check = signers_check,
		.help = "The keys whose signatures count: files in the same folder, OpenPGP keyrings if they are "
			"called *.gpg or *.kbx, else lists of ssh keys as in ssh-keygen(1), ALLOWED SIGNERS.",
		.example = "allowed_signers",
		.unset = "nobody's",
	},
	{
		.name = "email",
		.sections = SECTION_USER,
		.kind = KEY_LIST,
		.form = "addresses",
		.check = check_email,
		.help = "The addresses in this user's commits, compared without case.",
		.example = "erin@example.org erin@example.com",
	},
	{
		.name = "aliases",
		.sections = SECTION_USER,
		.kind = KEY_LIST,
		.form = "names",
		.check = check_names,
		.help = "Other names the server may call this user. Many names are still one person.",
		.example = "erin.w",
	},
	{
		.name = "members",
		.sections = SECTION_GROUP,
		.kind = KEY_WHO,
		.form = "users and @groups",
		.check = check_members,
		.help = "Who is in the group. Groups may hold groups, but not in a circle.",
		.example = "bob carol @integrators",
		.unset = "nobody",
	},
	{
		.name = "match",
		.sections = SECTION_BRANCH | SECTION_TAG | SECTION_REF | SECTION_DEPLOY,
		.kind = KEY_TEXT,
		.form = "a pattern",
		.help = "The refs governed, in place of the heading, which is then only a name.",
		.example = "releases/{semver}",
	},
	{
		.name = "commits",
		.sections = SECTION_BRANCH | SECTION_TAG | SECTION_REF | SECTION_DEPLOY,
		.kind = KEY_WORD,
		.words = levels,
		.help = "How seriously [commit] is taken here.",
		.example = "warn",
		.unset = "enforce",
	},
	{
		.name = "content",
		.sections = SECTION_BRANCH | SECTION_TAG | SECTION_REF | SECTION_DEPLOY,
		.kind = KEY_LIST,
		.form = "secrets paths size case-collisions container-user",
		.check = content_check,
		.help = "What is looked for in all that new commits add, and in the whole of what is deployed.",
		.example = "secrets paths size",
	},
	{
		.name = "trigger",
		.sections = SECTION_BRANCH | SECTION_TAG | SECTION_DEPLOY,
		.kind = KEY_LIST,
		.form = "names of triggers",
		.help = "What is started once such a ref has moved, created and deleted included: [trigger \"NAME\"] "
			"says what that is.",
		.example = "deploy-dev",
	},
	{
		.name = "run",
		.sections = SECTION_TRIGGER,
		.kind = KEY_TEXT,
		.form = "an absolute path",
		.check = check_run,
		.help = "The program to start, without arguments; what happened it reads as JSON on its standard "
			"input. Required; it may be missing when the policy loads.",
		.example = "/etc/git-policy/triggers/deploy-dev",
	},
	{
		.name = "timeout",
		.sections = SECTION_TRIGGER,
		.kind = KEY_DURATION,
		.min = 1,
		.help = "After how long it is stopped, with all it has started.",
		.example = "30m",
		.unset = "10m",
	},
	{
		.name = "file",
		.sections = SECTION_AUDIT,
		.kind = KEY_TEXT,
		.form = "an absolute path, or one below the git directory",
		.check = check_audit_file,
		.help = "Where a line is appended for every update that is judged.",
		.example = "policy/audit.jsonl",
	},
	{
		.name = "syslog",
		.sections = SECTION_AUDIT,
		.kind = KEY_WORD,
		.words = publishing,
		.help = "yes: the same lines go to syslog too.",
		.example = "yes",
		.unset = "no",
	},
	{
		.name = "required",
		.sections = SECTION_AUDIT,
		.kind = KEY_WORD,
		.words = publishing,
		.help = "yes: what cannot be written down is not accepted.",
		.example = "yes",
		.unset = "no",
	},
	{
		.name = "notes",
		.sections = SECTION_COMMIT,
		.kind = KEY_CLAUSES,
		.form = "Title: types, one section a line",
		.check = notes_check,
		.help = "The sections of release notes, in this order: each a title and what it takes, types, "
			"type(scope), *(scope), or ! for what is breaking. It refuses nothing.",
		.example = "Features: feat",
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
		.example = "required",
	},
};
const size_t keytable_own_count = sizeof(keytable_own) / sizeof(*keytable_own);

/* What the language has and this version has not. */
const char *const keytable_later[] = {"cert"};
const size_t keytable_later_count = sizeof(keytable_later) / sizeof(*keytable_later);
