# bypasses: ways around the gate that once were open, each with the ordinary thing beside it.
load helper

setup() {
	world_create
}

open() {
	policy_write <<-POLICY
		$1

		[commit]
		format = conventional

		[branch "main"]
		push = @integrators
		rewrite = deny

		[branch "dev/{user}/*"]
		delete = allow

		[branch "**"]
		commits = off

		[tag "**"]
		delete = allow
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	BAD=$(commit_file 'no form' "$ROOT_COMMIT" a b)
	GOOD=$(commit_file 'feat: a form' "$ROOT_COMMIT" a b)
}

@test "{user} is the pusher, not anybody" {
	open
	push_ok erin "$GOOD:dev/erin/x"
	push_refused erin "$GOOD:dev/oscar/x"
	assert_rule name
	push_refused oscar ":dev/erin/x"
	assert_rule name
	push_ok erin ":dev/erin/x"
}

@test "no severity opens a repository to the unknown or to names nobody governs" {
	open
	printf '[severity]\nname = off\n' >>"$SERVER/policy/policy.ini"
	push_refused erin "$GOOD:dev/erin/x"
	assert_said 'name'
}

@test "closed refs and records of nothing are refused, whatever is open, and in an empty repository too" {
	policy_write <<-'POLICY'
		[branch "main"]
		push = @admins

		[ref "**"]
		push = anyone
	POLICY
	sed -i 's/^version = 1$/version = 1\nbootstrap = oscar/' "$BATS_TEST_TMPDIR/policy.ini"
	repo_create
	for ref in refs/policy/current "refs/replace/$ROOT_COMMIT"; do
		push_refused oscar "+$ROOT_COMMIT:$ref"
		assert_rule reserved
	done
	for ref in refs/approvals/x refs/checks/x refs/grants/x "refs/approvals/heads/main/$ROOT_COMMIT/oscar"; do
		push_refused oscar "+$ROOT_COMMIT:$ref"
		assert_rule record
	done
	push_ok oscar "$ROOT_COMMIT:main"
	push_ok erin "$ROOT_COMMIT:refs/notes/x"
	push_refused oscar "$ROOT_COMMIT:refs/deploy/x/live"
	assert_rule name
}

@test "a policy without sections for refs governs nothing, so nothing is pushed" {
	policy_write <<-'POLICY'
		[commit]
		format = conventional
	POLICY
	repo_create
	push_refused erin "$ROOT_COMMIT:main"
	assert_rule name
	push_refused '' "$ROOT_COMMIT:main"
}

@test "a branch and a tag of one name are refused together as they are one after the other" {
	open
	push_refused erin "$GOOD:refs/heads/v1" "$GOOD:refs/tags/v1"
	assert_said 'one name would mean two things'
	push_ok erin "$GOOD:refs/tags/v1"
	push_refused erin "$GOOD:refs/heads/v1"
}

@test "a short name that git would read as something else is refused" {
	open
	for name in FETCH_HEAD "$GOOD" refs/heads/main; do
		push_refused erin "$GOOD:refs/heads/$name"
	done
	push_ok erin "$GOOD:refs/heads/ahead"
}

@test "a symbolic ref to a lax branch vouches for nothing" {
	open
	git -C "$SERVER" symbolic-ref refs/heads/dev/ivy/sym refs/heads/wip
	push_ok erin "$BAD:wip"
	push_refused ivy "$BAD:main"
	assert_rule format
	push_refused ivy "$GOOD:dev/ivy/sym" "$BAD:main"
	assert_rule format
}

@test "a commit with two parents and any tree is no merge" {
	open
	push_ok ivy "$GOOD:main"
	tree=$(git -C "$CLIENT" rev-parse "$BAD^{tree}")
	other=$(git -C "$CLIENT" rev-parse "$ROOT_COMMIT^{tree}")
	fake=$(git -C "$CLIENT" commit-tree -m 'any words' -p "$ROOT_COMMIT" -p "$GOOD" "$other")
	merge=$(git -C "$CLIENT" commit-tree -m "Merge branch 'x'" -p "$ROOT_COMMIT" -p "$GOOD" "$tree")
	push_refused ivy "$fake:main"
	assert_rule format
	push_ok ivy "$merge:main"
}

@test "what the push is refused for is told before any number of warnings" {
	open '[severity]
subject-end = warn'
	sed -i 's/^format = conventional/&\nsubject-end = no-period/' "$SERVER/policy/policy.ini"
	tip=$ROOT_COMMIT
	for i in $(seq 60); do
		tip=$(commit "feat: number $i." "$tip")
	done
	push_refused erin "$tip:refs/heads/dev/erin/a" "$GOOD:refs/heads/dev/ivy/b"
	assert_rule name
	[ "$(grep -c . <<<"$output")" -le 105 ] || fail 'too many lines'
}
