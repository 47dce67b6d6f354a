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
	assert_said pre-receive 'not ours' "git policy install --chain $SERVER"
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
	printf '%s\n' '[audit]' 'file = policy/audit.jsonl' >>"$POLICY_FILE"
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	[ ! -e "$SERVER/policy/audit.jsonl" ] || fail 'what was tried is in the audit'
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
	assert_not_said 'git policy init'
	server_set "refs/approvals/heads/main/$ROOT_COMMIT/erin" "$ROOT_COMMIT" refs/policy/current "$ROOT_COMMIT"
	run_install "$SERVER"
	assert_said 'note: 2 refs that no section governs can no longer be pushed: refs/heads/old/work refs/tags/x'
	sed -i 's/^version.*/&\nmode = evaluate/' "$SERVER/policy/policy.ini"
	run_install "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	assert_not_said 'no section governs'
}

@test "the installed hook is a program, not a link into the build" {
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ -f "$SERVER/hooks/pre-receive" ] && [ ! -L "$SERVER/hooks/pre-receive" ] || fail 'a link'
}

# theirs NAME COMMANDS: somebody else's hook.
theirs() {
	printf '#!/bin/sh\n%s\n' "$2" >"$SERVER/hooks/$1"
	chmod +x "$SERVER/hooks/$1"
}

@test "--chain: ours first, then theirs, with the same input, arguments, options and environment; both must say yes" {
	server_set refs/heads/main "$ROOT_COMMIT"
	local seen=$BATS_TEST_TMPDIR/seen
	theirs pre-receive "{ cat; echo \$# \$GIT_PUSH_OPTION_0 \$GIT_QUARANTINE_PATH; } >$seen
		! grep -q heads/no $seen || exit 7"
	theirs post-receive "cat >$seen.after"
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -eq 1 ] || fail 'installed over it'
	assert_said '--chain'
	run_install --chain --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	local good
	good=$(commit 'feat: x' "$ROOT_COMMIT")
	push_refused erin "$good:refs/heads/main"
	assert_rule push
	[ ! -e "$seen" ] || fail 'theirs ran though ours said no'
	push_refused erin -o policy.format=json "$good:refs/heads/no"
	[ "$(head -n 1 "$seen")" = "$ZERO $good refs/heads/no" ] || fail 'theirs was told something else'
	grep -qE "^0 policy.format=json $SERVER/(\./)?objects/tmp_objdir-incoming-" "$seen" || fail "$(cat "$seen")"
	push_ok erin "$good:yes"
	[ "$(cat "$seen.after")" = "$ZERO $good refs/heads/yes" ] || fail 'their post-receive was not told'
	grep -q ' erin refs/heads/yes ' "$SERVER/policy/account/refs/heads/yes:log" || fail 'ours was not told'
	run_install --chain "$SERVER"
	assert_said 'nothing to change'
	run_install --uninstall "$SERVER"
	grep -q exit "$SERVER/hooks/pre-receive" && [ -x "$SERVER/hooks/pre-receive" ] || fail 'theirs is not back'
	[ -z "$(find "$SERVER/hooks" -name '*.policy' -o -name '*.local' -o -name '*git-policy*')" ] || fail 'something stays'
	assert_said 'judged by nobody'
}

@test "--chain: what the two say, how they exit, and a hundred thousand refs" {
	local hook name
	cd "$BATS_TEST_TMPDIR"
	for name in pre-receive post-receive update; do
		cp "$ROOT/install/chain" $name
		printf '#!/bin/sh\nsha1sum >one; echo "$@" >>one; exit $(cat one.code)\n' >$name.policy
		printf '#!/bin/sh\nsha1sum >two; echo "$@" >>two; exit $(cat two.code)\n' >$name.local
		chmod +x $name.*
	done
	seq -f "$ZERO $ROOT_COMMIT refs/heads/branch-%09.0f" 100000 >input
	echo 0 | tee one.code >two.code
	mkdir tmp
	for name in pre-receive post-receive; do
		TMPDIR=$PWD/tmp ./$name <input
		cmp one two
		[ "$(head -n 1 one)" = "$(sha1sum <input)" ] || fail 'input was lost'
	done
	TMPDIR=$PWD/tmp ./update refs/heads/x "$ZERO" 'a b' </dev/null
	grep -qx "refs/heads/x $ZERO a b" two || fail 'arguments were lost'
	[ -z "$(ls tmp)" ] || fail 'a file was left'
	echo 3 >two.code
	for name in pre-receive update post-receive; do
		run ./$name <input
		[ "$status" -eq 3 ] || fail "$name: exit code $status of theirs"
	done
	echo 2 >one.code
	rm two
	for name in pre-receive update; do
		run ./$name <input
		[ "$status" -eq 2 ] && [ ! -e two ] || fail "$name: exit code $status of ours"
	done
	echo 0 >two.code
	run ./post-receive <input
	[ "$status" -eq 2 ] && [ -e two ] || fail 'post-receive: both run'
	echo 0 >one.code
	run env TMPDIR=/nonexistent ./pre-receive <input
	[ "$status" -ne 0 ] || fail 'no place for its input, and yes'
	rm pre-receive.local
	run ./pre-receive <input
	[ "$status" -ne 0 ] || fail 'theirs has gone, and yes'
}

@test "--chain: a link stays a link; what is no program, a folder, or ours already is told apart" {
	local elsewhere=$BATS_TEST_TMPDIR/elsewhere
	printf '#!/bin/sh\necho by a link\n' >"$elsewhere"
	chmod +x "$elsewhere"
	ln -s "$elsewhere" "$SERVER/hooks/pre-receive"
	run_install --chain --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	[ "$(readlink "$SERVER/hooks/pre-receive.local")" = "$elsewhere" ] || fail 'the link'
	[ ! -L "$SERVER/hooks/pre-receive" ] || fail 'the link'
	push_ok ivy "$ROOT_COMMIT:main"
	assert_said 'by a link'
	run_install --per-ref "$SERVER"
	[ "$(readlink "$SERVER/hooks/pre-receive")" = "$elsewhere" ] && [ -x "$SERVER/hooks/update" ] || fail 'per ref'
	run_install --uninstall "$SERVER"
	[ -L "$SERVER/hooks/pre-receive" ] && [ ! -e "$SERVER/hooks/update" ] || fail 'uninstalled'
	# unfit WHAT: what is at hooks/pre-receive is refused, even to be chained.
	unfit() {
		local before
		before=$(snapshot)
		run_install --chain "$SERVER"
		[ "$status" -eq 1 ] || fail "$1: installed"
		assert_said "$1"
		[ "$(snapshot)" = "$before" ] || fail 'something changed'
	}
	ln -sfn /nonexistent "$SERVER/hooks/pre-receive"
	unfit 'no program that runs'
	ln -sfn "$BUILD/hooks/pre-receive" "$SERVER/hooks/pre-receive"
	unfit 'of ours already'
	rm "$SERVER/hooks/pre-receive"
	echo '#!/bin/sh' >"$SERVER/hooks/pre-receive"
	unfit 'no program that runs'
	rm "$SERVER/hooks/pre-receive"
	mkdir "$SERVER/hooks/pre-receive"
	unfit 'a folder'
	rmdir "$SERVER/hooks/pre-receive"
	theirs pre-receive 'exit 0'
	echo mine >"$SERVER/hooks/pre-receive.local"
	run_install --chain "$SERVER"
	assert_said 'pre-receive.local is in the way'
}

@test "--chain: what goes by its own name is refused under another, and the line that is told instead runs both" {
	local before line name
	theirs pre-receive 'data=$(cat); for hook in "$0.d"/*; do echo "$data" | "$hook" || exit; done'
	mkdir "$SERVER/hooks/pre-receive.d"
	printf '#!/bin/sh\ngrep -q refs/heads/main && echo theirs ran && exit 1\n exit 0\n' >"$SERVER/hooks/pre-receive.d/gitea"
	chmod +x "$SERVER/hooks/pre-receive.d/gitea"
	theirs post-receive 'exec "$(dirname "$0")/common"'
	theirs update 'exit 0'
	mkdir "$SERVER/hooks/update.d"
	for name in pre-receive post-receive update; do
		before=$(snapshot)
		run_install --chain --policy "$POLICY_FILE" $([ $name != update ] || echo --per-ref) "$SERVER"
		[ "$status" -eq 1 ] || fail 'installed'
		assert_said "hooks/$name goes by its own name"
		[ "$(snapshot)" = "$before" ] || fail 'something changed'
		line=$(sed -n 's/^hint:.* behind its first:  //p' <<<"$output")
		sed -i "1r /dev/stdin" "$SERVER/hooks/$name" <<<"$line"
		sed -i '/common/d' "$SERVER/hooks/$name"
	done
	mv "$SERVER/hooks/update" "$BATS_TEST_TMPDIR/update"
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	push_refused erin "$ROOT_COMMIT:refs/heads/main"
	assert_rule push
	assert_not_said 'theirs ran'
	push_refused ivy "$ROOT_COMMIT:refs/heads/main"
	assert_said 'theirs ran'
	push_ok ivy "$ROOT_COMMIT:other"
	grep -q ' ivy refs/heads/other ' "$SERVER/policy/account/refs/heads/other:log" || fail 'not written down'
	cp "$BATS_TEST_TMPDIR/update" "$SERVER/hooks"
	rm "$SERVER/hooks/pre-receive"
	run_install --per-ref "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	push_refused erin "$ROOT_COMMIT:refs/heads/main"
	assert_rule push
}

@test "a hook that speaks of ours and does not run it, or does not heed it, is no chain" {
	local before body
	for body in 'echo see also pre-receive.policy' 'hooks/pre-receive.policy </dev/null' \
		'hooks/pre-receive.policy || echo never mind' \
		'hooks/pre-receive.policy this is no push || { echo bad ref name && exit 1; }'; do
		theirs pre-receive "$body"
		before=$(snapshot)
		run_install --policy "$POLICY_FILE" "$SERVER"
		[ "$status" -eq 1 ] || fail "installed beside: $body"
		assert_said 'error: ' 'pre-receive.policy' 'hint:  a shell script runs both'
		[ "$(snapshot)" = "$before" ] || fail 'something changed'
	done
	theirs update 'echo update.policy $0.policy'
	rm "$SERVER/hooks/pre-receive"
	run_install --per-ref --policy "$POLICY_FILE" "$SERVER"
	assert_said 'hooks/update speaks of update.policy and does not run it'
	rm "$SERVER/hooks/update"
	theirs pre-receive 'true # and hooks/pre-receive.policy, or "$0.policy"'
	run_install --policy "$POLICY_FILE" "$SERVER"
	assert_said 'is there already and is not ours'
	theirs pre-receive '# as a git-policy hook does'
	run_install --policy "$POLICY_FILE" "$SERVER"
	assert_said 'is there already and is not ours'
}

@test "--chain: a part that has gone refuses every push, until install mends it" {
	theirs pre-receive 'exit 0'
	run_install --chain --policy "$POLICY_FILE" "$SERVER"
	rm "$SERVER/hooks/pre-receive.policy"
	push_refused ivy "$ROOT_COMMIT:refs/heads/main"
	assert_said 'hooks/pre-receive.policy has gone' 'run git policy install again'
	run_install "$SERVER"
	assert_said 'write hooks/pre-receive.policy'
	rm "$SERVER/hooks/pre-receive.local"
	push_refused ivy "$ROOT_COMMIT:refs/heads/main"
	assert_said 'hooks/pre-receive.local has gone'
	run_install "$SERVER"
	assert_said 'note: hooks/pre-receive.local has gone, which ran after ours'
	[ ! -e "$SERVER/hooks/pre-receive.policy" ] || fail 'the chain stays'
	push_ok ivy "$ROOT_COMMIT:main"
}

# older HOOK: turns it into one of an earlier release.
older() {
	sed -i 's/git-policy [0-9]*\.[0-9]*\.[0-9]*/git-policy 0.0.7/' "$1"
}

@test "installed again, hooks of an earlier release are refreshed, and it says from which; the host's list knows" {
	[ -z "$("$ROOT/install/install" --build "$BUILD" --list)" ] || fail 'something is known'
	run_install --policy "$POLICY_FILE" "$SERVER"
	run_install --list
	[ "$status" -eq 0 ] && [[ $output == current*pre-receive\ *\ "$SERVER" ]] || fail 'not current'
	older "$SERVER/hooks/pre-receive"
	older "$SERVER/hooks/post-receive"
	run_install --list
	[ "$status" -eq 1 ] && [[ $output == outdated*pre-receive\ 0.0.7*\ "$SERVER" ]] || fail 'not outdated'
	run_install "$SERVER"
	grep -qE '^  refresh hooks/pre-receive 0\.0\.7 -> [0-9.]+$' <<<"$output" || fail 'not refreshed'
	grep -qE '^  refresh hooks/post-receive 0\.0\.7 -> [0-9.]+$' <<<"$output" || fail 'not refreshed'
	cmp "$BUILD/hooks/pre-receive" "$SERVER/hooks/pre-receive"
	rm "$SERVER/hooks/pre-receive"
	run_install --list
	[[ $output == unguarded*"$SERVER" ]] || fail 'not unguarded'
	run_install --uninstall "$SERVER"
	[ -z "$("$ROOT/install/install" --build "$BUILD" --list)" ] || fail 'still known'
	run_install "$SERVER"
	mv "$SERVER" "$SERVER.moved"
	run_install --list
	[[ $output == gone*"$SERVER" ]] || fail 'not gone'
	printf '/srv/\e[31m\u202e.git\n' >>"$GIT_POLICY_STATE/repositories"
	run_install --list
	[[ $output == *gone*'/srv/?[31m?.git'* ]] || fail 'shown raw'
}

@test "--list: what git does not run guards nothing, whatever lies there" {
	unguarded() { # why
		run_install --list
		[ "$status" -eq 1 ] && [[ $output =~ ^unguarded\ +$1\ .*"$SERVER"$ ]] || fail "not: $1"
	}
	run_install --policy "$POLICY_FILE" "$SERVER"
	chmod -x "$SERVER/hooks/pre-receive"
	unguarded 'not executable'
	run_install "$SERVER"
	assert_said 'make hooks/pre-receive executable'
	assert_not_said 'another build'
	[ -x "$SERVER/hooks/pre-receive" ] || fail 'not executable'
	git -C "$SERVER" config core.hooksPath ../elsewhere
	unguarded core.hooksPath
	git -C "$SERVER" config --unset core.hooksPath
	git config --global core.hooksPath "$BATS_TEST_TMPDIR/elsewhere"
	unguarded core.hooksPath
	run_install --dry-run "$SERVER"
	[ "$status" -eq 1 ] || fail 'all well where git does not look'
	assert_said "git looks for hooks in $BATS_TEST_TMPDIR/elsewhere"
	git config --global --unset core.hooksPath
	run_install --uninstall "$SERVER"
	theirs pre-receive 'exit 0'
	run_install --chain "$SERVER"
	run_install --list
	[ "$status" -eq 0 ] || fail 'a chain that is whole'
	mv "$SERVER/hooks/pre-receive.local" "$SERVER/hooks/kept"
	unguarded 'no pre-receive.local'
	mv "$SERVER/hooks/kept" "$SERVER/hooks/pre-receive.local"
	rm "$SERVER/hooks/pre-receive.policy"
	unguarded 'no pre-receive.policy'
}

@test "--list asks git as the owner of the repository would" {
	[ "$(id -u)" = 0 ] || skip 'only root can give a repository away'
	chmod 0755 "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR/.." "$BATS_TEST_TMPDIR/../.."
	run_install --policy "$POLICY_FILE" "$SERVER"
	chown -R daemon:daemon "$SERVER"
	git config --global core.hooksPath /nonexistent
	run_install --list
	[ "$status" -eq 0 ] || fail "root's settings"
}

@test "one that has gone is taken out of the list by its name, and nothing else is" {
	run_install --policy "$POLICY_FILE" "$SERVER"
	mv "$SERVER" "$SERVER.moved"
	run_install --uninstall --dry-run "$SERVER"
	[ "$status" -eq 0 ] || fail 'dry'
	run_install --list
	[[ $output == gone*"$SERVER" ]] || fail 'not gone'
	run_install --uninstall "$SERVER"
	[ "$status" -eq 0 ] || fail 'not forgotten'
	assert_said 'gone; no longer listed'
	[ ! -s "$GIT_POLICY_STATE/repositories" ] || fail 'still listed'
	run_install --uninstall "$SERVER"
	[ "$status" -eq 1 ] || fail 'forgotten twice'
}

@test "a bare repository is one where nothing says so too; one with a work tree is served, and told apart" {
	git -C "$SERVER" config --unset core.bare
	run_install --policy "$POLICY_FILE" "$SERVER"
	assert_not_said 'work tree'
	run_install "$SERVER"
	[ "$status" -eq 0 ] || fail 'not again'
	run git_policy check -C "$SERVER"
	[ "$status" -eq 0 ] || fail 'taken for a clone'
	git init -q "$BATS_TEST_TMPDIR/tree"
	SERVER=$BATS_TEST_TMPDIR/tree
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	[[ ${lines[1]} == '  note: it has a work tree'* ]] || fail 'not first'
	assert_said "git policy install --client $SERVER"
	run_install "$SERVER"
	[ "$status" -eq 0 ] || fail 'not again'
	assert_said 'nothing to change'
	git -C "$SERVER" cat-file -e refs/policy/current || fail 'not published'
}

# interrupted N ARGUMENT...: the installer, killed with all it started as it is about to change something for the Nth
# time; with -N that step fails instead.
interrupted() {
	local stubs=$BATS_TEST_TMPDIR/stubs name
	if [ ! -d "$stubs" ]; then
		mkdir "$stubs"
		for name in git mv mkdir rm chmod; do
			cat >"$stubs/$name" <<-STUB
				#!/bin/sh
				case "$name \$*" in
				git*-all\\ receive.fsckObjects* | [!g]*"$SERVER"*)
					echo >>"\$CALLS"
					case \$(wc -l <"\$CALLS") in
					"\$AT") kill -9 0 ;;
					"\${AT#-}") echo 'No space left on device' >&2 && exit 1 ;;
					esac ;;
				esac
				exec $(command -v $name) "\$@"
			STUB
		done
		chmod +x "$stubs"/*
	fi
	: >"$BATS_TEST_TMPDIR/calls"
	run env PATH="$stubs:$PATH" CALLS="$BATS_TEST_TMPDIR/calls" AT="$1" \
		setsid -w "$ROOT/install/install" --build "$BUILD" "${@:2}"
}

# What an installation leaves, apart from when and under which name it began.
left_behind() {
	(cd "$SERVER" && find . -type f ! -path './objects/*' ! -path './policy/account/*' ! -path '*refs/policy/*' -printf '%m %p\n' \
		-exec sha1sum {} + | sort)
}

@test "killed at any moment, a repository is guarded or as it was; run again, install and uninstall complete" {
	local n all before tried=0
	BUILD=${POLICY_STATIC:-$BUILD}
	rm "$SERVER"/hooks/*
	theirs post-receive 'exit 0'
	cp -a "$SERVER" "$SERVER.before"
	before=$(left_behind)
	run_install --chain --policy "$POLICY_FILE" "$SERVER"
	cp -a "$SERVER" "$SERVER.after"
	all=$(left_behind)
	for ((n = 1; ; n++)); do
		rm -rf "$SERVER"
		cp -a "$SERVER.before" "$SERVER"
		interrupted $n --chain --policy "$POLICY_FILE" "$SERVER"
		[ "$status" -ne 0 ] || break
		if [ -e "$SERVER/hooks/pre-receive" ]; then
			push_refused erin "$ROOT_COMMIT:refs/heads/main"
			assert_rule push
		else
			cmp "$SERVER.before/hooks/post-receive" "$SERVER/hooks/post-receive"
		fi
		run_install --chain --policy "$POLICY_FILE" "$SERVER"
		[ "$(left_behind)" = "$all" ] || fail "killed at $n: not as if it had not been"
		tried=$n
	done
	[ "$tried" -gt 10 ] || fail "killed at $tried moments only"
	for ((n = 1; ; n++)); do
		rm -rf "$SERVER"
		cp -a "$SERVER.after" "$SERVER"
		interrupted $n --uninstall "$SERVER"
		[ "$status" -ne 0 ] || break
		grep -q 'exit 0' "$SERVER/hooks/post-receive" || [ -x "$SERVER/hooks/post-receive.local" ] || fail 'theirs has gone'
		run_install --uninstall "$SERVER"
		[ "$(left_behind | grep -v '/policy/\|/config$')" = "$(grep -v '/config$' <<<"$before")" ] ||
			fail "killed at $n: something is left"
		[ "$(git -C "$SERVER" config --local -l)" = "$(git -C "$SERVER.before" config --local -l)" ] || fail 'settings'
	done
}

@test "what fails halfway is undone, whichever step it is, and says why" {
	local n before
	BUILD=${POLICY_STATIC:-$BUILD}
	theirs post-receive 'exit 0'
	before=$(snapshot)
	for ((n = 1; ; n++)); do
		interrupted -$n --chain --policy "$POLICY_FILE" "$SERVER"
		[ "$status" -ne 0 ] || break
		assert_said 'error: ' 'No space left on device' 'it is as it was'
		[ "$(snapshot)" = "$before" ] || fail "failed at $n: not as it was"
		[ ! -e "$SERVER/policy" ] || fail "failed at $n: a folder is left"
	done
	[ "$n" -gt 10 ] || fail "failed at $n moments only"
}

@test "what was here is what was here when the first hook came, however often it took to come" {
	server_set refs/heads/main "$ROOT_COMMIT"
	run_install --policy "$POLICY_FILE" "$SERVER"
	rm "$SERVER/hooks/pre-receive" "$SERVER/hooks/post-receive" # as if it had been killed before
	local later
	later=$(commit 'feat: meanwhile' "$ROOT_COMMIT")
	server_set refs/heads/main "$later"
	run_install "$SERVER"
	[ "$(cat "$SERVER/policy/baseline")" = "$later" ] || fail 'not what was here'
	grep -qx "$later refs/heads/main" "$SERVER/policy/refs" || fail 'not where it was'
	server_set refs/heads/main "$(commit 'feat: behind our back' "$later")"
	run_install "$SERVER"
	[ "$(cat "$SERVER/policy/baseline")" = "$later" ] || fail 'written anew though guarded'
}

@test "a hook that does not work here is never in force" {
	local build=$BATS_TEST_TMPDIR/build
	run_install --policy "$POLICY_FILE" "$SERVER"
	mkdir -p "$build/hooks" "$build/cli"
	ln -s "$BUILD/cli/git-policy" "$build/cli"
	cp "$BUILD/hooks/post-receive" "$build/hooks"
	printf '#!/bin/sh\n# git-policy hook\nexit 0\n' >"$build/hooks/pre-receive"
	chmod +x "$build/hooks/pre-receive"
	run "$ROOT/install/install" --build "$build" "$SERVER"
	[ "$status" -eq 1 ] || fail 'installed'
	assert_said 'it answered with exit code 0 what nobody may push'
	cmp "$BUILD/hooks/pre-receive" "$SERVER/hooks/pre-receive"
}

@test "what cannot be served is said in one line, with the way out, and nothing is done" {
	local before
	before=$(snapshot)
	refused() { # code, what is said, arguments
		run_install "${@:3}"
		[ "$status" -eq "$1" ] || fail "exit code"
		[ "$(grep -c '^error: ' <<<"$output")" = 1 ] || fail 'one line'
		assert_said "$2"
	}
	cd "$BATS_TEST_TMPDIR"
	refused 129 'no bare repository'
	assert_said 'git policy install /srv/git/project.git'
	refused 129 'no bare repository' --uninstall
	assert_said 'git policy uninstall /srv/git/project.git'
	refused 129 'nothing is uninstalled' --uninstall --list
	refused 129 'no such option: --polcy' --polcy "$SERVER"
	refused 129 '--policy needs a file' "$SERVER" --policy
	refused 129 'two policies are given' --policy a --policy b "$SERVER"
	refused 129 '--recursive wants a folder' --recursive
	refused 2 'nowhere: no such policy' --policy nowhere "$SERVER"
	refused 2 'no bare repository below' --recursive "$CLIENT"
	refused 1 'nowhere: no such folder' nowhere
	refused 1 'a clone' "$CLIENT"
	assert_said "git policy install --client"
	refused 1 'a folder inside' "$SERVER/refs"
	cp -r "$SERVER" 'with blanks  and $(x).git'
	run_install 'with blanks  and $(x).git'
	[ "$status" -eq 0 ] && [ -x 'with blanks  and $(x).git/hooks/pre-receive' ] || fail 'blanks'
	printf '[core\n' >'with blanks  and $(x).git/config'
	refused 1 'config' 'with blanks  and $(x).git'
	run_install -h
	[ "$status" -eq 129 ] && [[ $output == Usage:* ]] || fail '-h'
	[ "$(snapshot)" = "$before" ] || fail 'something changed'
	(cd "$SERVER" && "$ROOT/install/install" --build "$BUILD" --policy "$POLICY_FILE") || fail 'the current one'
	[ -x "$SERVER/hooks/pre-receive" ] || fail 'the current one'
}

@test "another's repository is refused; root acts as whoever owns it" {
	[ "$(id -u)" = 0 ] || skip 'only root can give a repository away'
	chmod 0755 "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR/.." "$BATS_TEST_TMPDIR/../.." "$HOME"
	chmod -R a+rX "$BUILD/hooks" "$BUILD/cli"
	run setpriv --reuid=daemon --regid=daemon --clear-groups \
		"$ROOT/install/install" --build "$BUILD" --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -eq 1 ] || fail 'installed by somebody'
	assert_said 'it belongs to root; run this as that user'
	chown -R daemon:daemon "$SERVER"
	run_install --policy "$POLICY_FILE" "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	[ -z "$(find "$SERVER" -user root)" ] || fail "something is root's"
}

@test "installed by meson, wherever that is moved, git policy finds its scripts, programs and policies" {
	local place=$BATS_TEST_TMPDIR/place moved=$BATS_TEST_TMPDIR/moved
	meson install -C "$BUILD" --no-rebuild --quiet --destdir "$place" >/dev/null
	mv "$place$(meson introspect "$BUILD" --buildoptions | perl -MJSON::PP -e \
		'print grep { $_ } map { $_->{name} eq "prefix" ? $_->{value} : "" } @{decode_json(join "", <STDIN>)}')" "$moved"
	PATH=$moved/bin:$PATH run git policy install "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	cmp "$moved/share/git-policy/policies/starter.ini" "$SERVER/policy/policy.ini"
	cmp "$moved/libexec/git-policy/pre-receive" "$SERVER/hooks/pre-receive"
	PATH=$moved/bin:$PATH run git -C "$SERVER" policy install --list
	[[ $output == current*"$SERVER" ]] || fail 'not known'
	PATH=$moved/bin:$PATH run git -C "$SERVER" policy uninstall
	[ "$status" -eq 0 ] && [ ! -e "$SERVER/hooks/pre-receive" ] || fail 'not uninstalled'
	rm "$moved/libexec/git-policy/install"
	run "$moved/bin/git-policy" install "$SERVER"
	[ "$status" -eq 2 ] || fail 'without the script'
	assert_said '"install" is not where' GIT_POLICY_EXEC_PATH
	GIT_POLICY_EXEC_PATH=$ROOT/install run "$moved/bin/git-policy" install --help
	[ "$status" -eq 0 ] || fail 'where the variable says'
	run "$BUILD/cli/git-policy" install "$SERVER"
	[ "$status" -eq 0 ] || fail 'in a build folder'
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
