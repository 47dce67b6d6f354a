/* test_secretscan: every family of tokens is found by its rule, cut short or filled with x it is not; texts, binaries,
 * UTF-16, long lines; what cannot be told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "planted.h"
#include "secretrules.h"
#include "secretscan.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define KEY_HEAD "-----BEGIN"
#define KEY_FOOT "\n-----END"

/* The rule that finds what is planted; "<w36>" are 36 random letters and digits. */
static const struct {
	const char *rule;
	const char *form;
} families[] = {
	{"private-key", KEY_HEAD " RSA PRIVATE KEY-----\n<b64>\n<b64>\n<b40>" KEY_FOOT " RSA PRIVATE KEY-----\n"},
	{"private-key", KEY_HEAD " EC PRIVATE KEY-----\n<b64>\n<b64>" KEY_FOOT " EC PRIVATE KEY-----\n"},
	{"private-key", KEY_HEAD " DSA PRIVATE KEY-----\n<b64>\n<b64>" KEY_FOOT " DSA PRIVATE KEY-----\n"},
	{"private-key", KEY_HEAD " OPENSSH PRIVATE KEY-----\n<b70>\n<b70>" KEY_FOOT " OPENSSH PRIVATE KEY-----\n"},
	{"private-key", KEY_HEAD " ENCRYPTED PRIVATE KEY-----\n<b64>\n<b64>" KEY_FOOT " ENCRYPTED PRIVATE KEY-----\n"},
	{"private-key", KEY_HEAD " PRIVATE KEY-----\n<b64>\n<b64>" KEY_FOOT " PRIVATE KEY-----\n"},
	{"private-key",
	 "\"private_key\": \"" KEY_HEAD " PRIVATE KEY-----\\n<b64>\\n<b40>\\n-----END PRIVATE KEY-----\\n\""},
	{"pgp-private-key",
	 KEY_HEAD " PGP PRIVATE KEY BLOCK-----\n\n<b64>\n<b64>" KEY_FOOT " PGP PRIVATE KEY BLOCK-----\n"},
	{"putty-private-key", "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: me\nPublic-Lines: "
			      "1\n<b64>\nPrivate-Lines: 1\n<b64>\n"},
	{"age-secret-key", "AGE-SECRET-KEY-1<z58>"},
	{"aws-access-key", "AKIA<c16>"},
	{"aws-access-key", "ASIA<c16>"},
	{"aws-secret-key", "aws_secret_access_key = <b40>"},
	{"aws-secret-key", "AWS_SECRET_ACCESS_KEY: '<b40>'"},
	{"aws-session-token", "FwoGZXIvYXdz<b200>"},
	{"aws-mws-token", "amzn.mws.<h8>-<h4>-<h4>-<h4>-<h12>"},
	{"gcp-api-key", "AIza<s35>"},
	{"gcp-oauth-secret", "GOCSPX-<s28>"},
	{"gcp-oauth-token", "ya29.<s100>"},
	{"gcp-refresh-token", "1//0<s60>"},
	{"firebase-server-key", "AAAA<s7>:APA91b<s134>"},
	{"azure-storage-key", "AccountName=me;AccountKey=<b86>==;EndpointSuffix=core.windows.net"},
	{"azure-shared-access-key", "SharedAccessKeyName=me;SharedAccessKey=<b43>="},
	{"azure-shared-signature", "https://a.blob.core.windows.net/c?sv=2022-11-02&se=2030-01-01&sig=<w43>%3D"},
	{"azure-client-secret", "<w3>8Q~<w34>"},
	{"azure-devops-token", "<w76>AZDO<w4>"},
	{"digitalocean-token", "dop_v1_<h64>"},
	{"digitalocean-token", "doo_v1_<h64>"},
	{"alibaba-access-key", "LTAI<w20>"},
	{"cloudflare-token", "CLOUDFLARE_API_TOKEN=<s40>"},
	{"cloudflare-origin-key", "v1.0-<h24>-<h146>"},
	{"fastly-token", "FASTLY_API_TOKEN = \"<s32>\""},
	{"heroku-key", "HRKU-AA<s58>"},
	{"heroku-old-key", "HEROKU_API_KEY=<h8>-<h4>-<h4>-<h4>-<h12>"},
	{"fly-token", "fo1_<s43>"},
	{"netlify-token", "nfp_<w36>"},
	{"supabase-token", "sbp_<h40>"},
	{"planetscale-token", "pscale_tkn_<w43>"},
	{"github-token", "ghp_<w36>"},
	{"github-token", "gho_<w36>"},
	{"github-token", "ghs_<w36>"},
	{"github-fine-grained-token", "github_pat_<w22>_<w59>"},
	{"gitlab-token", "glpat-<s20>"},
	{"gitlab-token", "gldt-<s20>"},
	{"gitlab-runner-token", "GR1348941<s20>"},
	{"bitbucket-token", "ATBB<w32>"},
	{"atlassian-token", "ATATT3<s180>"},
	{"npm-token", "npm_<w36>"},
	{"npmrc-credential", "//registry.example.org/:_authToken=<h8>-<h4>-<h4>-<h4>-<h12>"},
	{"pypi-token", "pypi-AgEIcHlwaS5vcmc<s120>"},
	{"rubygems-key", "rubygems_<h48>"},
	{"docker-token", "dckr_pat_<s27>"},
	{"docker-config-auth", "{\"auths\": {\"r.example.org\": {\"auth\": \"<b40>\"}}}"},
	{"buildkite-token", "bkua_<h40>"},
	{"circleci-token", "CCIPAT_<w22>_<h40>"},
	{"sonar-token", "sqp_<h40>"},
	{"terraform-token", "<w14>.atlasv1.<s67>"},
	{"vault-token", "hvs.<s90>"},
	{"vault-old-token", "VAULT_TOKEN=s.<w24>"},
	{"pulumi-token", "pul-<h40>"},
	{"doppler-token", "dp.pt.<w43>"},
	{"databricks-token", "dapi<h32>"},
	{"anthropic-key", "sk-ant-api03-<s93>AA"},
	{"openai-key", "sk-<w20>T3BlbkFJ<w20>"},
	{"openai-key", "sk-proj-<s74>T3BlbkFJ<s74>"},
	{"sk-key", "sk-<w48>"},
	{"huggingface-token", "hf_<a34>"},
	{"groq-key", "gsk_<w52>"},
	{"replicate-token", "r8_<w37>"},
	{"slack-token", "xoxb-<d12>-<d12>-<w24>"},
	{"slack-token", "xoxp-<d12>-<d12>-<d12>-<h32>"},
	{"slack-token", "xapp-1-<u11>-<d13>-<h64>"},
	{"slack-webhook", "https://hooks.slack.com/services/T<u10>/B<u10>/<w24>"},
	{"discord-bot-token", "discord: M<w23>.<s6>.<s38>"},
	{"discord-webhook", "https://discord.com/api/webhooks/<d18>/<s68>"},
	{"discord-secret", "DISCORD_CLIENT_SECRET=<s32>"},
	{"telegram-token", "<d9>:AA<w33>"},
	{"telegram-token", "https://api.telegram.org/bot<d10>:<w35>/getMe"},
	{"twilio-key", "SK<h32>"},
	{"twilio-auth-token", "TWILIO_AUTH_TOKEN=<h32>"},
	{"sendgrid-key", "SG.<s22>.<s43>"},
	{"mailgun-key", "key-<h32>"},
	{"mailchimp-key", "<h32>-us12"},
	{"brevo-key", "xkeysib-<h64>-<w16>"},
	{"facebook-token", "EAABC<w120>"},
	{"facebook-secret", "FACEBOOK_APP_SECRET=<h32>"},
	{"stripe-key", "sk_live_<w24>"},
	{"stripe-key", "rk_live_<w40>"},
	{"stripe-webhook-secret", "whsec_<w32>"},
	{"shopify-token", "shpat_<h32>"},
	{"square-token", "sq0atp-<s22>"},
	{"square-token", "EAAA<s60>"},
	{"braintree-token", "access_token$production$<l16>$<h32>"},
	{"easypost-key", "EZAK<w54>"},
	{"datadog-key", "DD_API_KEY=<h32>"},
	{"datadog-key", "datadog_app_key: <h40>"},
	{"newrelic-key", "NRAK-<u27>"},
	{"sentry-token", "sntryu_<h64>"},
	{"grafana-token", "glsa_<w32>_<h8>"},
	{"dynatrace-token", "dt0c01.<c24>.<c64>"},
	{"linear-key", "lin_api_<w40>"},
	{"notion-token", "ntn_<d11><w35>"},
	{"airtable-token", "pat<w14>.<h64>"},
	{"figma-token", "figd_<s40>"},
	{"postman-key", "PMAK-<h24>-<h34>"},
	{"hubspot-token", "pat-na1-<h8>-<h4>-<h4>-<h4>-<h12>"},
	{"okta-token", "OKTA_API_TOKEN=00<s40>"},
	{"tailscale-key", "tskey-auth-<w12>-<w32>"},
	{"jwt", "eyJ<s40>.eyJ<s60>.<s43>"},
	{"url-password", "postgres://app:<w20>@db.internal:5432/app"},
	{"url-password", "redis://:<w24>@cache:6379"},
	{"named-literal", "db_password"
			  " = \"<w20>\""},
	{"named-literal", "\"client_secret\": \"<w32>\","},
	{"named-literal", "config['api_key'] => '<h40>'"},
	{"named-setting", "DB_PASSWORD=<w24>"},
	{"named-setting", "export ADMIN_TOKEN=<b32>"},
	{"named-setting", "  password: <w20>"},
	{"named-part", "Server=db;User Id=app;Password=<w16>;Encrypt=true"},
	{"named-element", "<password><w20></password>"},
	{"bearer-token", "Authorization: Bearer <w40>"},
};

/* What such values stand in. */
static const struct {
	const char *before, *after;
} surroundings[] = {{"", "\n"}, {"\n\n", ""}, {"first\r\n", "\r\nlast"}, {"x = 1\ny = 2\n", "\nz = 3\n"}};

/* The nearest that are none. */
static const char *const harmless[] = {
	"LOG_LEVEL=INFO\n",
	"const password = process.env.DB_PASSWORD;\n",
	"apiKey: process.env.DATADOG_API_KEY, appKey: process.env.DATADOG_APP_KEY\n",
	"DB_PASSWORD=changeme\nDB_PASSWORD=${DB_PASSWORD}\nDB_PASSWORD=<your password here>\n",
	"DB_PASSWORD=$(cat /run/secrets/db)\nAPI_TOKEN={{ vault_api_token }}\nAPI_TOKEN=%(token)s\n",
	"SECRET_KEY=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\nPASSWORD=************\nTOKEN=000000000000000000000000\n",
	"SECRET_FILE=/etc/service/secrets/file-17.json\nTOKEN_URL=https://login.example.org/oauth2/v2.0/token\n",
	"psql -h edpsych-db.cluster-xyz123abc456.eu-west-1.rds.amazonaws.com -U app\n",
	"token = parser.next_token()\npassword = get_password_from_keyring(user)\n",
	"self.token_count = len(tokens)\nsecret := os.Getenv(\"APP_SECRET\")\n",
	"\"integrity\": \"sha512-<b86>==\"\n\"resolved\": \"https://registry.npmjs.org/tokens/-/tokens-1.0.0.tgz\"\n",
	"checksum = \"<h64>\"\ncommit <h40>\nid: <h8>-<h4>-<h4>-<h4>-<h12>\n<b64>\n",
	"http://user:password@example.org/\nhttp://user:pass@localhost\nhttps://[::1]:8080/a@b\nssh://"
	"git@example.org:22/x\n",
	"The file begins with " KEY_HEAD " PUBLIC KEY-----\n" KEY_HEAD
	" CERTIFICATE-----\n<b64>\n-----END CERTIFICATE-----\n",
	"if (!strncmp(line, \"" KEY_HEAD " RSA PRIVATE KEY-----\", 31))\n",
	"\"" KEY_HEAD " RSA PRIVATE KEY-----\\n\"\n\"XXXXXXXXXXXXXXXXXXXXXXXXXXXX\\n\"\n",
	"AKIAIOSFODNN7EXAMPLE\n",
	"sk-learn-contrib-something-with-many-words-in-it\ntask-force-of-forty-two-people-in-the-office\n",
	"password: The_quick_brown_fox_jumps\npasswordHash: $2b$12$<w53>\n",
	"<password>${env.PASSWORD}</password>\n<token>changeme-please</token>\n",
	"Authorization: Bearer <token>\nAuthorization: Bearer YOUR_ACCESS_TOKEN_GOES_HERE\n",
	"ghp_\nglpat-\nnpm_config_registry_and_other_environment_variables\n",
	"",
};

static struct arena *arena;
static struct secretscan *scan;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	scan = secretscan_new(arena);
	return arena ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static size_t find(struct bytes content, struct secret **ret_secrets)
{
	size_t count;

	if (!secretscan_file(scan, content, ret_secrets, &count))
		fail_msg("cannot tell: %.*s", BYTES_ARG(bytes_first(content, 200)));
	return count;
}

/* Whether the one thing found is found by `rule`. */
static bool finds(struct bytes content, const char *rule)
{
	struct secret *secrets;

	return find(content, &secrets) == 1 && bytes_equal(secrets[0].rule, bytes_of(rule));
}

static void rules_compile(void **state)
{
	struct secret_rules rules = {0};
	struct findings errors = {.arena = arena};

	(void)state;
	secretrules_read(secretrules_builtin(), BYTES("secrets.ini"), true, &rules, &errors);
	for (const struct finding *f = errors.first; f; f = f->next)
		fail_msg("secrets.ini:%u: %.*s", f->origin.line, BYTES_ARG(f->found));
	assert_true(rules.count > 100);
}

static void planted_tokens(void **state)
{
	size_t tried = 0, found = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(families); i++) {
		for (size_t k = 0; k < COUNT(surroundings); k++) {
			struct bytes token = planted(arena, families[i].form, i * 7919 + k + 1, '\0', 1);
			struct bytes text = bytes_printf(arena, "%s%.*s%s", surroundings[k].before, BYTES_ARG(token),
							 surroundings[k].after);

			tried++;
			if (finds(text, families[i].rule))
				found++;
			else
				print_message("not found: %s: %.*s\n", families[i].rule, BYTES_ARG(text));
		}
	}
	print_message("%zu of %zu planted tokens found\n", found, tried);
	assert_int_equal(found, tried);
}

static void nearest(void **state)
{
	struct secret *secrets;

	(void)state;
	for (size_t i = 0; i < COUNT(families); i++) {
		const char *form = families[i].form;

		if (bytes_contains(bytes_of(form), BYTES("-----")))
			continue; /* its header is enough */
		if (finds(planted(arena, form, i + 1, '\0', 4), families[i].rule))
			fail_msg("cut short: %s", families[i].rule);
		if (find(planted(arena, form, i + 1, 'x', 1), &secrets))
			fail_msg("of x: %s: %.*s: %.*s", families[i].rule, BYTES_ARG(secrets[0].rule),
				 BYTES_ARG(secrets[0].text));
	}
	for (size_t i = 0; i < COUNT(harmless); i++)
		if (find(planted(arena, harmless[i], i + 1, '\0', 1), &secrets))
			fail_msg("%s: %.*s", harmless[i], BYTES_ARG(secrets[0].rule));
}

/* What would take expressions long that try every way; whatever is found, it is told in time. */
static void hard_ones(void **state)
{
	struct buffer words = {.arena = arena};
	struct secret *secrets;

	(void)state;
	buffer_add(&words, BYTES("password"
				 " = \""));
	for (int i = 0; i < 45; i++)
		buffer_add(&words, BYTES("some"));
	buffer_add(&words, BYTES("9x9\"\n" KEY_HEAD " RSA PRIVATE KEY-----\n"));
	for (int i = 0; i < 400; i++)
		buffer_add(&words, BYTES("abc-def-----BEGI-----"));
	find(buffer_bytes(&words), &secrets);
	assert_int_equal(find(planted(arena, "eyJ<s1900>.eyJ<s4900>.<s342>", 2, '\0', 1), &secrets), 1);
	assert_int_equal(find(planted(arena, "aaa://<s60>:<s119>", 2, '\0', 1), &secrets), 0);
}

/* A header of a key is one, alone; with more of its block, each has another text. */
static void key_blocks(void **state)
{
	struct secret *secrets;
	const char *head = KEY_HEAD " RSA PRIVATE KEY-----\n";

	(void)state;
	assert_int_equal(find(bytes_of(head), &secrets), 1);
	assert_int_equal(secrets[0].text.len, strlen(head) - 1);
	struct bytes block = planted(
		arena,
		"a\n" KEY_HEAD
		" RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,<H32>\n\n<b64>\n<b64>" KEY_FOOT
		" RSA PRIVATE KEY-----\nb\n",
		5, '\0', 1);

	assert_int_equal(find(block, &secrets), 1);
	assert_int_equal(secrets[0].line, 2);
	assert_int_equal(secrets[0].text.len, block.len - 5);
}

static struct bytes as_utf16(struct bytes text, bool big)
{
	struct buffer out = {.arena = arena};

	buffer_add(&out, big ? BYTES("\xfe\xff") : BYTES("\xff\xfe"));
	for (size_t i = 0; i < text.len; i++) {
		const char unit[] = {big ? '\0' : text.data[i], big ? text.data[i] : '\0'};

		buffer_add(&out, (struct bytes){unit, 2});
	}
	return buffer_bytes(&out);
}

static void kinds_of_content(void **state)
{
	struct bytes token = planted(arena, "ghp_<w36>", 3, '\0', 1), text;
	struct bytes named = planted(arena, "DB_PASSWORD=<w24>\n", 3, '\0', 1);
	struct buffer binary = {.arena = arena}, line = {.arena = arena};
	struct secret *secrets;

	(void)state;
	buffer_add(&binary, (struct bytes){"\177ELF\0\0", 6});
	buffer_printf(&binary, "%.*s\n", BYTES_ARG(token));
	buffer_add(&binary, (struct bytes){"\1", 1});
	buffer_printf(&binary, "%.*s", BYTES_ARG(named));
	assert_true(finds(buffer_bytes(&binary), "github-token"));
	/* A NUL elsewhere hides no line that is one of a text. */
	buffer_printf(&binary, "%.*s", BYTES_ARG(named));
	assert_int_equal(find(buffer_bytes(&binary), &secrets), 2);
	assert_int_equal(secrets[1].line, 3);
	text = bytes_printf(arena, "one\ntwo %.*s\n%.*s", BYTES_ARG(token), BYTES_ARG(named));
	for (int big = 0; big < 2; big++) {
		assert_int_equal(find(as_utf16(text, big), &secrets), 2);
		assert_int_equal(secrets[0].line, 2);
		assert_true(bytes_equal(secrets[0].text, token));
		assert_int_equal(secrets[1].line, 3);
	}
	/* The mark alone makes it no UTF-16: both readings count. */
	assert_true(finds(bytes_printf(arena, "\xff\xfex %.*s\n", BYTES_ARG(token)), "github-token"));
	assert_true(finds(bytes_printf(arena, "\xfe\xff%.*s\n", BYTES_ARG(named)), "named-setting"));
	text = bytes_printf(arena, "\xff\xfe%.*s", BYTES_ARG(token));
	assert_true(secretscan_holds(scan, text, token) && secretscan_holds(scan, as_utf16(token, true), token));
	for (size_t i = 0; i < 100000; i++)
		buffer_add(&line, BYTES("var a=1;"));
	buffer_printf(&line, "\"%.*s\"", BYTES_ARG(token));
	for (size_t i = 0; i < 100000; i++)
		buffer_add(&line, BYTES("var b=2;"));
	assert_true(finds(buffer_bytes(&line), "github-token"));
}

/* Wherever in a line without end something stands beside other keywords. */
static void long_lines(void **state)
{
	struct bytes url = planted(arena, "amqp://app:<w20>@mq.internal/", 3, '\0', 1);

	(void)state;
	for (size_t i = 0; i < 20000; i += 397) {
		struct buffer line = {.arena = arena};

		while (line.len < i)
			buffer_add(&line, BYTES("see http://example.org/; "));
		buffer_printf(&line, "%.*s", BYTES_ARG(url));
		while (line.len < 20000)
			buffer_add(&line, BYTES("http://example.org/; "));
		if (!finds(buffer_bytes(&line), "url-password"))
			fail_msg("not found at %zu", i);
	}
}

/* What is found stands in the order of the content, each once, by the first rule that has it. */
static void order(void **state)
{
	struct bytes first = planted(arena, "ghp_<w36>", 4, '\0', 1), second = planted(arena, "npm_<w36>", 5, '\0', 1);
	struct secret *secrets;

	(void)state;
	struct bytes text = bytes_printf(arena, "token = \"%.*s\" secret: '%.*s'\n\nGITHUB_TOKEN=%.*s\n",
					 BYTES_ARG(second), BYTES_ARG(first), BYTES_ARG(first));

	assert_int_equal(find(text, &secrets), 3);
	assert_true(bytes_equal(secrets[0].text, second) && bytes_equal(secrets[0].rule, BYTES("npm-token")));
	assert_true(bytes_equal(secrets[1].text, first) && bytes_equal(secrets[1].rule, BYTES("github-token")));
	assert_int_equal(secrets[1].line, 1);
	assert_int_equal(secrets[2].line, 3);
}

#define RULE(name, keyword, regex) "[rule \"" name "\"]\nwhat = ours\nkeywords = " keyword "\nregex = " regex "\n"

static void own_rules(void **state)
{
	struct findings errors = {.arena = arena};

	(void)state;
	assert_true(secretscan_add(scan, BYTES(RULE("ours", "acme", "acme_(?:[0-9]+-)?(\\w{8})")), BYTES("a.ini"),
				   &errors));
	assert_true(secretscan_add(scan, BYTES(RULE("more", "ghp_", "ghp_\\w+")), BYTES("b.ini"), &errors));
	assert_true(finds(BYTES("x ACME acme_12-abcdefgh"), "ours"));
	assert_true(finds(planted(arena, "ghp_<w36>", 4, '\0', 1), "more"));
	assert_true(finds(planted(arena, "npm_<w36>", 4, '\0', 1), "npm-token"));
}

static void cannot_tell(void **state)
{
	struct findings errors = {.arena = arena};
	struct buffer many = {.arena = arena};
	struct secret *secrets;
	size_t count;

	(void)state;
	assert_true(secretscan_add(scan, BYTES(RULE("slow", "slow", "(a+)+$")), BYTES("a.ini"), &errors));
	assert_false(secretscan_find(scan, BYTES("slow aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), &secrets,
				     &count));
	for (unsigned i = 0; i <= SECRETSCAN_MAX; i++)
		buffer_printf(&many, "%.*s\n", BYTES_ARG(planted(arena, "ghp_<w36>", i + 1, '\0', 1)));
	assert_false(secretscan_find(scan, buffer_bytes(&many), &secrets, &count));
}

static const struct {
	const char *file;
	unsigned line;
	const char *said;
} broken[] = {
	{"[rule]\nregex = a\n", 2, "[rule] without a name"},
	{"[rules \"a\"]\n", 1, "not a rule"},
	{"[rule \"A b\"]\n", 1, "not a rule"},
	{RULE("jwt-of-ours", "abc", "a(b") "\n", 4, "at character 4"},
	{RULE("a", "abc", "a") RULE("a", "abc", "a"), 5, "there is a rule \"a\" already"},
	{RULE("a", "ab", "a"), 3, "too short"},
	{RULE("a", "abc", "a") "regexp = b\n", 5, "no key regexp"},
	{RULE("a", "abc", "a") "regex = b\n", 5, "regex is set already"},
	{RULE("a", "abc", "a") "entropy = 3.25\n", 5, "entropy"},
	{RULE("a", "abc", "a") "entropy = 9\n", 5, "entropy"},
	{RULE("a", "abc", "a") "lines = 0\n", 5, "lines"},
	{RULE("a", "abc", "a") "only = binary\n", 5, "only"},
	{RULE("a", "abc", "a") "unless = a\n         *\n", 6, "at character 1"},
	{"[rule]\nunless = [\n" RULE("a", "abc", "a"), 2, "at character"},
	{"[rule \"a\"]\nwhat = a\nregex = a\n", 1, "no keywords"},
	{"[rule \"a\"]\nwhat = a\nkeywords = abc\n", 1, "no regex"},
	{"[rule \"a\"]\nkeywords = abc\nregex = a\n", 1, "what it finds"},
	{"", 0, "empty"},
};

static void broken_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(broken); i++) {
		struct findings errors = {.arena = arena};
		struct secret_rules rules = {0};

		if (secretrules_read(bytes_of(broken[i].file), BYTES("ours.ini"), true, &rules, &errors))
			fail_msg("accepted: %s", broken[i].file);
		if (errors.first->origin.line != broken[i].line ||
		    !bytes_contains(errors.first->found, bytes_of(broken[i].said)))
			fail_msg("%s%u: %.*s", broken[i].file, errors.first->origin.line,
				 BYTES_ARG(errors.first->found));
		assert_true(bytes_equal(errors.first->origin.file, BYTES("ours.ini")));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(rules_compile, set_up, tear_down),
		cmocka_unit_test_setup_teardown(planted_tokens, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nearest, set_up, tear_down),
		cmocka_unit_test_setup_teardown(hard_ones, set_up, tear_down),
		cmocka_unit_test_setup_teardown(key_blocks, set_up, tear_down),
		cmocka_unit_test_setup_teardown(kinds_of_content, set_up, tear_down),
		cmocka_unit_test_setup_teardown(long_lines, set_up, tear_down),
		cmocka_unit_test_setup_teardown(order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(own_rules, set_up, tear_down),
		cmocka_unit_test_setup_teardown(cannot_tell, set_up, tear_down),
		cmocka_unit_test_setup_teardown(broken_files, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
