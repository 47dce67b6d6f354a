# environment: what a hook is handed by the process that starts it, whole, broken or hostile (cases 81 to 84 of the
# threat model). The hooks are run by hand here, since git would not start them so.
load helper

setup() {
	world_create
	policy_write <<-'POLICY'
		[branch "main"]
		push = @integrators
		[branch "**"]
	POLICY
	repo_create
	server_set refs/heads/base "$ROOT_COMMIT"
	GOOD="$ZERO $ROOT_COMMIT refs/heads/good"
	BAD="$ZERO $ROOT_COMMIT refs/heads/main"
}

# exits STATUS...: the hook's exit code is one of these.
exits() {
	local code
	for code; do
		[ "$status" -ne "$code" ] || return 0
	done
	fail "exit code $status is none of: $*"
}

@test "the hook by hand: one good line, one bad line" {
	run hook pre-receive <<<"$GOOD"
	exits 0
	run hook pre-receive <<<"$BAD"
	exits 1
	assert_said 'refs/heads/main: rejected'
	run hook pre-receive < <(printf '%s\n%s\n' "$GOOD" "$BAD")
	exits 1
}

@test "case 81: standard input closed, empty, or a folder" {
	# Not by run: with 0 closed its own pipe would become standard input.
	status=0
	hook pre-receive <&- || status=$?
	exits 1 2
	run hook pre-receive </dev/null
	exits 1 2
	run hook pre-receive <"$BATS_TEST_TMPDIR"
	exits 1 2
}

@test "case 81: truncated in a line, no final newline, an empty line" {
	run hook pre-receive < <(printf '%s' "$GOOD")
	exits 1 2
	run hook pre-receive < <(printf '%s\n%s' "$GOOD" "${GOOD:0:50}")
	exits 1 2
	run hook pre-receive < <(printf '%s\n\n' "$GOOD")
	exits 1 2
	run hook pre-receive < <(printf '\n%s\n' "$GOOD")
	exits 1 2
	run hook pre-receive < <(printf '%s\r\n' "$GOOD")
	exits 1 2
	run hook pre-receive < <(printf '%s\0%s\n' "$GOOD" main)
	exits 1 2
}

@test "case 81: a line of ten megabytes, after a good one" {
	run hook pre-receive < <(printf '%s\n%s ' "$GOOD" "$ZERO"; head -c 10485760 /dev/zero | tr '\0' a; echo)
	exits 1 2
	[ "${#output}" -lt 4000 ] || fail "said ${#output} bytes"
}

@test "case 82: with standard output or error closed the decision is the same" {
	run hook pre-receive <<<"$GOOD" >&-
	exits 0
	run hook pre-receive <<<"$BAD" >&-
	exits 1
	local verdict
	for verdict in "0 $GOOD" "1 $BAD"; do
		status=0
		hook pre-receive <<<"${verdict#* }" 2>&- || status=$?
		exits "${verdict%% *}"
		status=0
		hook pre-receive <<<"${verdict#* }" >&- 2>&- || status=$?
		exits "${verdict%% *}"
	done
	# With all three closed, the first file that is opened must not become standard input.
	status=0
	hook pre-receive <&- >&- 2>&- || status=$?
	exits 1 2
}

@test "case 82: a full disk or a client that has gone away changes nothing" {
	local verdict
	for verdict in "0 $GOOD" "1 $BAD"; do
		status=0
		hook pre-receive <<<"${verdict#* }" >/dev/full 2>&1 || status=$?
		exits "${verdict%% *}"
		# Standard error is a pipe nobody reads any more.
		status=0
		{ hook pre-receive <<<"${verdict#* }" 2>&1 >/dev/null; echo $? >"$BATS_TEST_TMPDIR/status"; } 2>&1 |
			{ exec <&-; true; } || true
		status=$(cat "$BATS_TEST_TMPDIR/status")
		exits "${verdict%% *}"
	done
}

@test "case 83: an empty environment will do" {
	local good="$GOOD" hook=$BUILD/hooks/pre-receive
	status=0
	(cd "$SERVER" && env -i "${SANITIZE[@]}" GIT_DIR=. GIT_POLICY_USER=erin "$hook" <<<"$good") || status=$?
	exits 0
	status=0
	(cd "$SERVER" && env -i "${SANITIZE[@]}" GIT_DIR=. "$hook" <<<"$good") || status=$?
	exits 1
}

@test "case 83: HOME, PATH, TZ and LANG of an enemy" {
	local home=$BATS_TEST_TMPDIR/enemy
	mkdir -p "$home"
	printf '[policy]\n\tfile = %s/lax.ini\n' "$home" >"$home/.gitconfig"
	printf '[policy]\nversion = 1\n[branch "**"]\npush = anyone\n' >"$home/lax.ini"
	chmod 0644 "$home/lax.ini"
	SERVER_ENV=(HOME="$home" XDG_CONFIG_HOME="$home" PATH=/nonexistent TZ=../../../../etc/passwd LANG=xx_XX LC_ALL=xx_XX)
	local hook=$BUILD/hooks/pre-receive
	status=0
	(cd "$SERVER" && env -i "${SERVER_ENV[@]}" "${SANITIZE[@]}" GIT_DIR=. GIT_POLICY_USER=erin "$hook" \
		<<<"$BAD") || status=$?
	exits 1
	SERVER_ENV=(HOME="$home" TZ=x LANG=xx_XX)
	push_refused erin "$ROOT_COMMIT:refs/heads/main"
	assert_rule push
}

@test "case 83: configuration in the environment does not choose the policy" {
	local lax=$BATS_TEST_TMPDIR/lax.ini
	printf '[policy]\nversion = 1\n[branch "**"]\npush = anyone\n' >"$lax"
	chmod 0644 "$lax"
	SERVER_ENV=(GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=policy.file GIT_CONFIG_VALUE_0="$lax")
	push_refused erin "$ROOT_COMMIT:refs/heads/main"
	assert_rule push
	SERVER_ENV=(GIT_CONFIG_PARAMETERS="'policy.file'='$lax'")
	push_refused erin "$ROOT_COMMIT:refs/heads/main"
	assert_rule push
	SERVER_ENV=(GIT_CONFIG_GLOBAL="$BATS_TEST_TMPDIR/global")
	printf '[policy]\n\tfile = %s\n' "$lax" >"$BATS_TEST_TMPDIR/global"
	push_refused erin "$ROOT_COMMIT:refs/heads/main"
	assert_rule push
}

@test "case 83: the rest of git's variables change no verdict" {
	local other=$BATS_TEST_TMPDIR/other.git name
	git init -q --bare "$other"
	for name in GIT_REPLACE_REF_BASE=refs/heads/ GIT_NO_REPLACE_OBJECTS=1 GIT_COMMON_DIR="$other" GIT_WORK_TREE="$other" \
		GIT_INDEX_FILE=/nonexistent GIT_NAMESPACE= GIT_TRACE=2 GIT_TRACE2=1 GIT_CEILING_DIRECTORIES=/ \
		GIT_SHALLOW_FILE=/nonexistent GIT_GRAFT_FILE=/nonexistent GIT_OBJECT_DIRECTORY= \
		GIT_ALTERNATE_OBJECT_DIRECTORIES="$other/objects" USER=ivy LOGNAME=ivy GL_USER=ivy REMOTE_USER=ivy \
		GIT_COMMITTER_NAME=ivy LC_GIT_POLICY_USER=ivy; do
		SERVER_ENV=("$name")
		run hook pre-receive <<<"$BAD"
		exits 1 2
	done
}

@test "case 83: replaced objects are seen as they are" {
	policy_replace <<-'POLICY'
		[commit]
		format = conventional
		[branch "**"]
	POLICY
	local bad good
	bad=$(commit 'Bad message' "$ROOT_COMMIT")
	good=$(commit 'feat: good message' "$ROOT_COMMIT")
	git -C "$SERVER" fetch -q "$CLIENT" "$good"
	git -C "$SERVER" update-ref "refs/replace/$bad" "$good"
	push_refused erin "$bad:refs/heads/topic"
	assert_rule format
	SERVER_ENV=(GIT_REPLACE_REF_BASE=refs/replace/)
	push_refused erin "$bad:refs/heads/topic"
	assert_rule format
}

@test "case 84: the release build cannot be preloaded" {
	[ -n "${POLICY_STATIC-}" ] || skip 'POLICY_STATIC names no release build'
	BUILD=$POLICY_STATIC
	SERVER_ENV=(LD_PRELOAD=/nonexistent/evil.so LD_LIBRARY_PATH=/nonexistent)
	run hook pre-receive <<<"$BAD"
	exits 1
	# The dynamic loader complains about what it cannot preload; env(1), which starts the hook, is dynamic itself.
	status=0
	(cd "$SERVER" && export GIT_DIR=. GIT_POLICY_USER=erin LD_PRELOAD=/nonexistent/evil.so &&
		exec "$BUILD/hooks/pre-receive" <<<"$BAD") 2>"$BATS_TEST_TMPDIR/said" || status=$?
	exits 1
	! grep -q evil.so "$BATS_TEST_TMPDIR/said" || fail 'the loader looked for it'
}

@test "the identity is the one variable the policy names" {
	SERVER_ENV=(GL_USER=ivy REMOTE_USER=ivy USER=ivy)
	push_refused erin "$ROOT_COMMIT:refs/heads/main"
	assert_rule push
	SERVER_ENV=(GL_USER=ivy REMOTE_USER=ivy)
	push_refused '' "$ROOT_COMMIT:refs/heads/topic"
	assert_rule push
	SERVER_ENV=(GIT_POLICY_USER=)
	push_refused '' "$ROOT_COMMIT:refs/heads/topic"
	assert_rule push
	SERVER_ENV=(GIT_POLICY_USER="$(printf 'a%.0s' {1..65000})")
	push_refused '' "$ROOT_COMMIT:refs/heads/topic"
	assert_rule push
	[ "${#output}" -lt 4000 ] || fail 'the whole name was echoed'
}
