# shellcheck shell=bash
# commands: people with clones of a server, and a change that waits to land; for what they type.
load helper

setup() {
	world_create
	PATH=$BUILD/cli:$PATH
}

# person NAME...: a clone for each, whose pushes the server takes for theirs.
person() {
	local name
	for name; do
		git clone -q "$SERVER" "$BATS_TEST_TMPDIR/$name" 2>/dev/null
		git -C "$BATS_TEST_TMPDIR/$name" config remote.origin.receivepack "$(serve_command "$name")"
		git -C "$BATS_TEST_TMPDIR/$name" config policy.user "$name"
		git -C "$BATS_TEST_TMPDIR/$name" config user.name "$name"
		git -C "$BATS_TEST_TMPDIR/$name" config user.email "$name@example.org"
	done
}

# at NAME COMMAND...: NAME runs it in their clone; sets $status and $output.
at() {
	local name=$1
	shift
	cd "$BATS_TEST_TMPDIR/$name" || return
	run env -u GIT_AUTHOR_NAME -u GIT_AUTHOR_EMAIL -u GIT_COMMITTER_NAME -u GIT_COMMITTER_EMAIL "$@"
	cd "$BATS_TEST_TMPDIR" || return
	output=$(sed -e 's/^remote: //' -e 's/ *$//' <<<"$output")
}

at_ok() {
	at "$@"
	[ "$status" -eq 0 ] || fail "should have worked: $*"
}

# at_no STATUS NAME COMMAND...
at_no() {
	local wanted=$1
	shift
	at "$@"
	[ "$status" -eq "$wanted" ] || fail "should have ended with $wanted: $*"
	[ "$(grep -c '^error: git-policy:' <<<"$output")" -le 1 ] || fail 'more than one error line'
}

# world [ACCEPT]: main, which takes feature branches as ACCEPT says, and feature/x at $HEAD, one file ahead of it.
world() {
	policy_write <<-POLICY
		[branch "main"]
		push = @integrators
		direct = deny
		accept = ${1-feature/*}
		approvals = 1 @reviewers
		checks = ci
		rewrite = grant
		grant = @admins

		[branch "feature/{slug}"]
		rewrite = allow
		delete = allow

		[group "reviewers"]
		members = bob carol

		[group "ci"]
		members = ci

		[user "ci"]
		email = ci@example.org
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	HEAD=$(commit_file 'feat: add a form' "$ROOT_COMMIT" login.html '<form>')
	push_ok erin "$HEAD:feature/x"
	person erin bob carol ci ivy oscar
}

approved() {
	at_ok bob git policy approve origin/feature/x --for main
	at_ok ci git policy report ci pass origin/feature/x
}

# main_moves: another change lands first, by whoever has the repository.
main_moves() {
	OTHER=$(commit_file 'feat: something else' "$ROOT_COMMIT" "${1-other}" "${2-other}")
	server_set refs/heads/main "$OTHER"
}
