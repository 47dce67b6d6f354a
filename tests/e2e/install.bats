# install: what the installer puts where, and that it harms nothing; the command line that checks and explains.
load helper

setup() {
	world_create
	policy_write <<-'POLICY'
		[branch "main"]
		push = @integrators
		[branch "**"]
	POLICY
	POLICY_FILE=$BATS_TEST_TMPDIR/policy.ini
	git init -q --bare "$SERVER"
	client_create
}

run_install() {
	run "$ROOT/install/install" --build "$BUILD" "$@"
}

# snapshot [FOLDER]: every file with its mode and content.
snapshot() {
	(cd "${1:-$SERVER}" && find . -type f -printf '%m %p\n' -exec sha1sum {} + | sort)
}

@test "a repository gets hook, policy, baseline and settings, and judges from then on" {
	server_set refs/heads/main "$ROOT_COMMIT"
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -eq 0 ] || fail 'not installed'
	[ -x "$SERVER/hooks/pre-receive" ] && [ -x "$SERVER/hooks/post-receive" ] || fail 'no hook'
	cmp "$POLICY_FILE" "$SERVER/policy/policy.ini"
	grep -q "$ROOT_COMMIT" "$SERVER/policy/baseline" || fail 'no baseline'
	[ "$(git -C "$SERVER" config receive.fsckObjects)" = true ]
	[ "$(git -C "$SERVER" config receive.shallowUpdate)" = false ]
	[ "$(git -C "$SERVER" config receive.advertisePushOptions)" = true ]
	[ "$(git -C "$SERVER" config core.logAllRefUpdates)" = always ]
	push_refused erin "$(commit 'feat: x' "$ROOT_COMMIT"):refs/heads/main"
	assert_rule push
	push_ok ivy "$(commit 'feat: x' "$ROOT_COMMIT"):main"
}

@test "twice changes nothing" {
	run_install --policy "$POLICY_FILE" "$SERVER"
	local before
	before=$(snapshot)
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	[ "$(snapshot)" = "$before" ] || fail 'something changed'
	run_install "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	[ "$(snapshot)" = "$before" ] || fail 'the policy did not stay'
}

@test "a dry run says what it would do, and does nothing" {
	local before
	before=$(snapshot)
	run_install --dry-run --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	assert_said pre-receive policy.ini
	[ "$(snapshot)" = "$before" ] || fail 'something changed'
}

@test "uninstalled, the hook and the settings are gone, the policy stays" {
	local config
	config=$(cat "$SERVER/config")
	run_install --policy "$POLICY_FILE" "$SERVER"
	run_install --uninstall "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	[ ! -e "$SERVER/hooks/pre-receive" ] && [ ! -e "$SERVER/hooks/post-receive" ] || fail 'the hook stays'
	[ -f "$SERVER/policy/policy.ini" ] || fail 'the policy is gone'
	[ "$(git config -f "$SERVER/config" -l | sort)" = "$(git config -f <(printf '%s\n' "$config") -l | sort)" ] ||
		fail 'settings stay'
	push_ok '' "$ROOT_COMMIT:main"
	run_install --uninstall "$SERVER"
	[ "$status" -eq 0 ] || fail 'a second time'
}

@test "somebody else's hook is kept, and said so" {
	printf '#!/bin/sh\nexit 0\n' >"$SERVER/hooks/pre-receive"
	chmod +x "$SERVER/hooks/pre-receive"
	local before
	before=$(snapshot)
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -ne 0 ] || fail 'installed over it'
	assert_said pre-receive 'not ours'
	[ "$(snapshot)" = "$before" ] || fail 'something changed'
	run_install --uninstall "$SERVER"
	[ "$(snapshot)" = "$before" ] || fail 'something changed'
}

@test "somebody else's post-receive is kept too, and can run beside ours" {
	printf '#!/bin/sh\nexit 0\n' >"$SERVER/hooks/post-receive"
	chmod +x "$SERVER/hooks/post-receive"
	local before
	before=$(snapshot)
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -ne 0 ] || fail 'installed over it'
	assert_said 'hooks/post-receive is there already'
	[ "$(snapshot)" = "$before" ] || fail 'something changed'
	printf '#!/bin/sh\ncat >input && hooks/post-receive.policy <input && echo yours ran\n' >"$SERVER/hooks/post-receive"
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	push_ok ivy "$ROOT_COMMIT:main"
	assert_said 'yours ran'
	grep -q ' ivy refs/heads/main ' "$SERVER/policy/account/refs/heads/main:log" || fail 'not told'
}

@test "the account says when it began and what the repository is called, once and for all" {
	run_install --policy "$POLICY_FILE" "$SERVER"
	local installed
	installed=$(cat "$SERVER/policy/account/installed")
	[[ $installed =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\ [0-9a-f]{32}$ ]] || fail "$installed"
	run_install --policy "$POLICY_FILE" --per-ref "$SERVER"
	run_install --uninstall "$SERVER"
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ "$(cat "$SERVER/policy/account/installed")" = "$installed" ] || fail 'it got another name'
}

@test "an account that has gone is missed, and begun again by the installer; refs are written down once" {
	server_set refs/heads/main "$ROOT_COMMIT"
	run_install --policy "$POLICY_FILE" "$SERVER"
	grep -qx "$ROOT_COMMIT refs/heads/main" "$SERVER/policy/refs" || fail 'no ref'
	grep -qx "$ZERO HEAD refs/heads/main" "$SERVER/policy/refs" || fail 'no HEAD'
	rm -r "$SERVER/policy/account" "$SERVER/policy/refs"
	push_refused ivy "$(commit 'feat: x' "$ROOT_COMMIT"):refs/heads/main"
	assert_said 'policy/account/installed has gone'
	run_install "$SERVER"
	push_ok ivy "$(commit 'feat: x' "$ROOT_COMMIT"):main"
	[ ! -e "$SERVER/policy/refs" ] || fail 'written too late'
}

@test "where a group may push, it may write the account" {
	git -C "$SERVER" config core.sharedRepository group
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ "$(stat -c %A "$SERVER/policy/account")" = drwxrwsr-x ] || fail 'the folder is not the group'"'"'s'
	push_ok ivy "$ROOT_COMMIT:main"
	[ "$(stat -c %A "$SERVER/policy/account/refs/heads")" = drwxrwsr-x ] || fail 'a folder is not the group'"'"'s'
	[ "$(stat -c %A "$SERVER/policy/account/refs/heads/main:log")" = -rw-rw-r-- ] || fail 'a file is not the group'"'"'s'
}

@test "beside a hook of your own: the chain the README describes" {
	printf '#!/bin/sh\ncat >input && "$GIT_DIR"/hooks/pre-receive.policy <input && echo yours ran\n' \
		>"$SERVER/hooks/pre-receive"
	chmod +x "$SERVER/hooks/pre-receive"
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	push_refused erin "$ROOT_COMMIT:refs/heads/main"
	assert_not_said 'yours ran'
	push_ok ivy "$ROOT_COMMIT:main"
	assert_said 'yours ran'
}

@test "a policy that does not load is not installed" {
	printf '[policy]\nversion = 1\n[brunch "x"]\n' >"$POLICY_FILE"
	local before
	before=$(snapshot)
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -ne 0 ] || fail 'installed'
	assert_said brunch
	[ "$(snapshot)" = "$before" ] || fail 'something changed'
}

@test "core.hooksPath that leads elsewhere is refused, not served" {
	git -C "$SERVER" config core.hooksPath "$BATS_TEST_TMPDIR/elsewhere"
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -ne 0 ] || fail 'installed where git does not look'
	assert_said core.hooksPath
}

@test "what is no repository is refused, and the others are served" {
	mkdir "$BATS_TEST_TMPDIR/folder"
	run_install --policy "$POLICY_FILE" "$BATS_TEST_TMPDIR/folder" "$SERVER" "$BATS_TEST_TMPDIR/missing"
	[ "$status" -ne 0 ] || fail 'all well?'
	assert_said 'no git repository'
	[ -x "$SERVER/hooks/pre-receive" ] || fail 'the good one was not served'
}

@test "pre-receive and update are never both in force" {
	run_install --policy "$POLICY_FILE" "$SERVER"
	run_install --per-ref "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	[ -x "$SERVER/hooks/update" ] && [ ! -e "$SERVER/hooks/pre-receive" ] || fail 'not exactly update'
	[ -x "$SERVER/hooks/post-receive" ] || fail 'no post-receive beside update'
	run_install "$SERVER"
	[ -x "$SERVER/hooks/pre-receive" ] && [ ! -e "$SERVER/hooks/update" ] || fail 'not exactly pre-receive'
}

@test "the starter policy by default: a good push and a bad one" {
	run_install "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	push_ok oscar "$ROOT_COMMIT:main"
	push_ok erin "$(commit 'feat(login): add a form' "$ROOT_COMMIT"):feature/login-form"
	push_refused erin "$(commit 'Added a form.' "$ROOT_COMMIT"):refs/heads/feature/other"
	push_refused erin "$(commit 'feat: x' "$ROOT_COMMIT"):refs/heads/main"
}

@test "a policy brings every file it includes; one that is there already is kept, and said so" {
	local from=$BATS_TEST_TMPDIR/from
	mkdir "$from"
	printf '%s\n' '[policy]' 'version = 1' 'include = people.ini' '  groups.ini' '[branch "main"]' 'push = @all' \
		>"$from/mine.ini"
	printf '[user "erin"]\nemail = erin@example.org\n' >"$from/people.ini"
	printf '[group "all"]\nmembers = erin\n' >"$from/groups.ini"
	run_install --policy "$from/mine.ini" "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	cmp "$from/groups.ini" "$SERVER/policy/groups.ini"
	cmp "$from/people.ini" "$SERVER/policy/people.ini"
	assert_not_said note:
	printf '[user "erin"]\nemail = erin@example.com\n' >"$SERVER/policy/people.ini"
	run_install --policy "$from/mine.ini" "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	assert_said "note: policy/people.ini kept; $from/mine.ini's differs"
	grep -q example.com "$SERVER/policy/people.ini" || fail 'written over'
	rm "$SERVER/policy/groups.ini" "$from/groups.ini"
	run_install --policy "$from/mine.ini" "$SERVER"
	[ "$status" -ne 0 ] || fail 'an included file is nowhere'
	assert_said groups.ini
}

@test "the installer names the refs that no section governs" {
	printf '%s\n' '[policy]' 'version = 1' '[branch "main"]' >"$POLICY_FILE"
	server_set refs/heads/main "$ROOT_COMMIT" refs/heads/old/work "$ROOT_COMMIT" refs/tags/x "$ROOT_COMMIT"
	run_install --dry-run --policy "$POLICY_FILE" "$SERVER"
	assert_said 'note: 2 refs that no section governs can no longer be pushed: refs/heads/old/work refs/tags/x'
	run_install --policy "$POLICY_FILE" "$SERVER"
	assert_said 'note: 2 refs that no section governs can no longer be pushed: refs/heads/old/work refs/tags/x'
	server_set "refs/approvals/heads/main/$ROOT_COMMIT/erin" "$ROOT_COMMIT" refs/policy/current "$ROOT_COMMIT"
	run_install "$SERVER"
	assert_said 'note: 2 refs that no section governs can no longer be pushed: refs/heads/old/work refs/tags/x'
	sed -i 's/^version.*/&\nmode = evaluate/' "$SERVER/policy/policy.ini"
	run_install "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	assert_not_said 'no section governs'
}

@test "a client without a policy is told how to get one, and that is how" {
	run_install --client "$CLIENT"
	[ "$status" -eq 0 ] || fail 'refused'
	assert_said 'note: this work tree has no policy' 'git config policy.file' .git-policy.ini \
		'git fetch origin refs/policy/current:refs/policy/current'
	printf '%s\n' '[policy]' 'version = 1' 'include = people.ini' '[commit]' 'author = known' >"$CLIENT/.git-policy.ini"
	people >"$CLIENT/people.ini"
	run_install --client "$CLIENT"
	assert_not_said note:
	git -C "$CLIENT" commit -q --allow-empty -m 'feat: x'
	run env GIT_AUTHOR_EMAIL=x@example.org git -C "$CLIENT" commit -q --allow-empty -m 'feat: x'
	[ "$status" -ne 0 ] || fail 'the policy is not in force'
}

@test "the installed hook is a program, not a link into the build" {
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ -f "$SERVER/hooks/pre-receive" ] && [ ! -L "$SERVER/hooks/pre-receive" ] || fail 'a link'
}

@test "git policy check: a good file, a broken one, the policy in force" {
	run git_policy check "$POLICY_FILE"
	[ "$status" -eq 0 ] || fail 'a good file'
	assert_not_said error: warning:
	printf '[policy]\nversion = 1\n[brunch "x"]\n[branch "main"]\nrewrit = deny\n' >"$BATS_TEST_TMPDIR/broken.ini"
	run git_policy check "$BATS_TEST_TMPDIR/broken.ini"
	[ "$status" -eq 2 ] || fail 'a broken file'
	assert_said broken.ini:3 broken.ini:5 brunch branch rewrit rewrite
	run git_policy check "$BATS_TEST_TMPDIR/missing.ini"
	[ "$status" -eq 2 ] || fail 'a missing file'
	run_install --policy "$POLICY_FILE" "$SERVER"
	run git_policy check -C "$SERVER"
	[ "$status" -eq 0 ] || fail 'the policy in force'
	printf '[brunch "x"]\n' >>"$SERVER/policy/policy.ini"
	run git_policy check -C "$SERVER"
	[ "$status" -eq 2 ] || fail 'the broken policy in force'
}

@test "git policy check warns of what is said in vain" {
	{
		printf '%s\n' '[policy]' 'version = 1' '[identity]' 'env = GIT_POLICY_USER' '[group "empty"]' \
			'[branch "feature/**"]' '[branch "feature/{slug}"]' '[branch "main"]' 'push = @empty'
	} >"$POLICY_FILE"
	run git_policy check "$POLICY_FILE"
	[ "$status" -eq 0 ] || fail 'warnings are no errors'
	assert_said warning: 'feature/{slug}' empty policy.ini:7 policy.ini:5
	printf '%s\n' '[policy]' 'version = 1' '[identity]' 'env = GIT_POLICY_USER' '[user "erin"]' \
		'email = erin@example.org' '[group "empty"]' '[branch "main"]' >"$POLICY_FILE"
	run git_policy check "$POLICY_FILE"
	assert_said '1 section for refs, 1 user, 1 warning'
}

@test "git policy explain: every value with where it comes from" {
	printf '%s\n' '[policy]' 'version = 1' '[branch]' 'rewrite = deny' 'delete = deny' '[branch "main"]' 'delete = allow' \
		'[branch "feature/{slug}"]' >"$POLICY_FILE"
	run git_policy explain refs/heads/main --policy "$POLICY_FILE"
	[ "$status" -eq 0 ] || fail 'refused'
	grep -qE 'rewrite.*deny.*policy.ini:4' <<<"$output" || fail 'rewrite'
	grep -qE 'delete.*allow.*policy.ini:7' <<<"$output" || fail 'delete'
	assert_said default policy.ini:6
	run git_policy explain feature/login --policy "$POLICY_FILE"
	grep -qE 'delete.*deny.*policy.ini:5' <<<"$output" || fail 'delete of a feature branch'
	assert_said 'feature/{slug}'
	run git_policy explain strange/name --policy "$POLICY_FILE"
	assert_not_said 'policy.ini:4'
	run git_policy explain 'refs/heads/a b' --policy "$POLICY_FILE"
	[ "$status" -ne 0 ] || fail 'a name that cannot be'
}

@test "git policy rules lists every rule with its keys" {
	run git_policy rules
	[ "$status" -eq 0 ] || fail 'refused'
	assert_said name push create-from rewrite move delete format types subject-case subject-mood sign-off author
}

@test "git policy: misuse is undecided, and says what there is" {
	run git_policy
	[ "$status" -eq 2 ] || fail 'no command'
	run git_policy chekc
	[ "$status" -eq 2 ] || fail 'no such command'
	assert_said check explain
	run git_policy explain
	[ "$status" -eq 2 ] || fail 'no ref'
	run git_policy check --policy x
	[ "$status" -eq 2 ] || fail 'an option that is not for it'
	assert_said '--policy is not for check'
	run git_policy help
	[ "$status" -eq 0 ] || fail 'help'
	run git_policy --version
	[ "$status" -eq 0 ] || fail 'version'
}
