/* keychecks: file names, branches, the identity's variable, addresses, names. */
#include "keychecks.h"

#include "settings.h"

bool check_words(struct setting *setting, struct findings *errors, const char *(*problem)(struct bytes word))
{
	bool good = true;

	for (size_t i = 0; i < setting->clause_count; i++) {
		struct bytes text = setting->clauses[i].text, rest = text, word;

		while (bytes_word(&rest, &word)) {
			const char *sentence = problem(word);

			if (!sentence)
				continue;
			settings_fault(errors, setting, i, (size_t)(word.data - text.data), "\"%.*s\": %s",
				       BYTES_ARG(word), sentence);
			good = false;
		}
	}
	return good;
}

static const char *include_problem(struct bytes word)
{
	if (bytes_index(word, '/') < word.len)
		return "it is in the same folder; give its name alone";
	if (word.data[0] == '.')
		return "its name does not begin with a dot";
	return NULL;
}

bool check_include(struct setting *setting, struct findings *errors)
{
	if (check_words(setting, errors, include_problem))
		return true;
	setting->word_count = 0; /* none of them is opened */
	return false;
}

bool check_branches(struct setting *setting, struct findings *errors)
{
	bool good = true;

	for (size_t i = 0; i < setting->clause_count; i++) {
		struct bytes text = setting->clauses[i].text, rest = text, word;

		while (bytes_word(&rest, &word)) {
			if (bytes_index(word, '*') == word.len && bytes_index(word, '{') == word.len)
				continue;
			finding_fix(errors,
				    settings_fault(errors, setting, i, (size_t)(word.data - text.data),
						   "%s names branches, not patterns", setting->key->name),
				    "name each branch");
			good = false;
		}
	}
	return good;
}

static const char *email_problem(struct bytes word)
{
	size_t at = bytes_index(word, '@');

	if (at == 0 || at + 1 >= word.len || bytes_index(bytes_from(word, at + 1), '@') < word.len - at - 1)
		return "not an address like name@example.org";
	if (bytes_index(word, '<') < word.len || bytes_index(word, '>') < word.len)
		return "an address stands without < and >";
	return NULL;
}

bool check_email(struct setting *setting, struct findings *errors)
{
	return check_words(setting, errors, email_problem);
}

const char *check_name(struct bytes name)
{
	if (name.data[0] == '@')
		return "a name does not begin with @; that is how lists speak of groups";
	if (name.data[0] == '#')
		return "a name does not begin with #; that is how comments begin";
	if (bytes_equal(name, BYTES("anyone")))
		return "anyone means everybody, even the unknown";
	for (size_t i = 0; i < name.len; i++)
		if (name.data[i] == ' ' || name.data[i] == '\t')
			return "a name is one word; lists are divided by blanks";
	return NULL;
}

bool check_names(struct setting *setting, struct findings *errors)
{
	return check_words(setting, errors, check_name);
}

static const char *member_problem(struct bytes word)
{
	return bytes_equal(word, BYTES("anyone")) ? "a group has members; write push = anyone where it is meant" : NULL;
}

bool check_members(struct setting *setting, struct findings *errors)
{
	return check_words(setting, errors, member_problem);
}

/* Variables that others than the server's own authentication can set, or that name no person. A name that ends in _
 * stands for all that begin so. */
static const struct {
	const char *problem;
	const char *names[24];
} hostile[] = {
	{"it is written by whoever connects",
	 {"HTTP_", "QUERY_STRING", "REQUEST_", "CONTENT_", "PATH_INFO", "PATH_TRANSLATED", "REMOTE_IDENT",
	  "SSH_ORIGINAL_COMMAND", "GIT_PROTOCOL"}},
	{"it is written by whoever pushes", {"GIT_PUSH_"}},
	{"ssh takes it from whoever connects", {"LC_", "LANG", "LANGUAGE", "TERM"}},
	{"it names a machine, not who pushes",
	 {"REMOTE_ADDR", "REMOTE_HOST", "REMOTE_PORT", "SSH_CLIENT", "SSH_CONNECTION", "HOSTNAME", "SERVER_"}},
	{"it names the account that git runs under, not who pushes", {"USER", "LOGNAME", "USERNAME"}},
	{"it belongs to the account that git runs under, not to who pushes",
	 {"HOME", "PATH", "SHELL", "PWD", "OLDPWD", "MAIL", "TMPDIR", "SHLVL", "LD_", "XDG_"}},
	{"it describes the server or the connection, not who pushes",
	 {"AUTH_TYPE", "DOCUMENT_", "GATEWAY_INTERFACE", "SCRIPT_", "SSH_TTY", "SSH_AUTH_SOCK", "SSH_USER_AUTH",
	  "GL_PROTOCOL", "GL_REPOSITORY", "GL_REPO", "GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_QUARANTINE_PATH",
	  "GIT_CONFIG_", "GIT_EXEC_PATH", "GIT_POLICY_FORMAT"}},
	{"it tells a library how to work",
	 {"TZ", "TZDIR", "MALLOC_", "GLIBC_TUNABLES", "GCONV_PATH", "LOCPATH", "NLSPATH", "RES_OPTIONS", "HOSTALIASES",
	  "LOCALDOMAIN", "OPENSSL_", "TMP"}},
	{"anybody can write any address into it", {"EMAIL"}},
	{"authors are written by whoever makes a commit", {"GIT_AUTHOR_"}},
	{"committers are written by whoever makes a commit", {"GIT_COMMITTER_"}},
};

static bool names_variable(const char *const *names, struct bytes variable)
{
	for (size_t i = 0; names[i]; i++) {
		struct bytes name = bytes_of(names[i]);

		if (bytes_ends(name, BYTES("_")) ? bytes_starts(variable, name) : bytes_equal(variable, name))
			return true;
	}
	return false;
}

const char *check_variable(struct bytes name)
{
	for (size_t i = 0; i < name.len; i++) {
		bool letter = name.data[i] == '_' || (name.data[i] >= 'A' && name.data[i] <= 'Z');

		if (name.data[i] == ' ' || name.data[i] == '\t')
			return "exactly one variable tells who pushes; a second could be anybody's";
		if (!letter && !(i && name.data[i] >= '0' && name.data[i] <= '9'))
			return "a variable's name is made of A-Z, 0-9 and _";
	}
	for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++)
		if (names_variable(hostile[i].names, name))
			return hostile[i].problem;
	if (bytes_starts(name, BYTES("GIT_")) && !bytes_starts(name, BYTES("GIT_POLICY_")))
		return "it is one of git's own, which has none for who pushes";
	return NULL;
}

bool check_env(struct setting *setting, struct findings *errors)
{
	struct bytes name = setting->clauses[0].text;
	const char *problem = check_variable(name);

	if (problem)
		setting_error(errors, setting, 0, "env cannot be \"%.*s\": %s", BYTES_ARG(name), problem);
	return !problem;
}

bool check_severity(struct setting *setting, struct findings *errors)
{
	static const enum severity severities[] = {SEVERITY_OFF, SEVERITY_WARN, SEVERITY_ENFORCE};

	(void)errors;
	setting->number = severities[setting->number];
	return true;
}

bool check_run(struct setting *setting, struct findings *errors)
{
	struct bytes path = setting->clauses[0].text;

	if (bytes_starts(path, BYTES("/")) && !bytes_ends(path, BYTES("/")) && bytes_index(path, ' ') == path.len)
		return true;
	finding_fix(errors,
		    settings_fault(errors, setting, 0, 0,
				   "run cannot be \"%.*s\": it is the absolute path of a program, without arguments",
				   BYTES_ARG(path)),
		    "run = /etc/git-policy/triggers/NAME");
	return false;
}

/* Whether a path goes up: a component of it is "..". */
static bool climbs(struct bytes path)
{
	while (path.len) {
		struct bytes component = bytes_first(path, bytes_index(path, '/'));

		if (bytes_equal(component, BYTES("..")))
			return true;
		path = bytes_from(path, component.len + 1);
	}
	return false;
}

/* Whether a path below the git directory lies where git has files of its own. */
static bool is_git_own(struct bytes path)
{
	struct bytes folder = {0};

	while (path.len && (!folder.len || bytes_equal(folder, BYTES(".")))) {
		folder = bytes_first(path, bytes_index(path, '/'));
		path = bytes_from(path, folder.len + 1);
	}
	return bytes_equal(folder, BYTES("hooks")) || bytes_equal(folder, BYTES("objects")) ||
	       bytes_equal(folder, BYTES("refs"));
}

static const char *audit_problem(struct bytes path)
{
	if (climbs(path))
		return "its path does not go up by ..";
	if (bytes_ends(path, BYTES("/")))
		return "it is a file, whose name does not end in a slash";
	if (bytes_ends(path, BYTES(".ini")))
		return "a name that ends in .ini is a policy's";
	return !bytes_starts(path, BYTES("/")) && is_git_own(path) ? "hooks/, objects/ and refs/ are git's own" : NULL;
}

bool check_audit_file(struct setting *setting, struct findings *errors)
{
	struct bytes path = setting->clauses[0].text;
	const char *problem = audit_problem(path);

	if (problem)
		setting_error(errors, setting, 0, "file cannot be \"%.*s\": %s", BYTES_ARG(path), problem);
	return !problem;
}
