# git policy test: what would happen if this were pushed, in the words of the hook, in a clone and on the server.
load commands

# published: the server has taken a push, and clones have fetched what it publishes.
published() {
	world
	at_ok erin git fetch -q origin refs/policy/current:refs/policy/current
}

# asked STATUS NAME ARGUMENT...: what NAME asks in their clone.
asked() {
	at_no "$1" "$2" git policy test "${@:3}"
}

@test "in a clone it says what the hook says, of whoever it is asked for" {
	published
	asked 1 erin origin/feature/x:main
	assert_rule push approvals checks
	assert_said 'error: refs/heads/main: rejected, 3 problems' 'erin may not push here' 'policy.ini:'
	asked 1 erin --as ivy origin/feature/x:main
	assert_rule approvals checks
	assert_no_rule push
	approved
	local said
	asked 0 erin --as ivy origin/feature/x:main
	assert_said 'refs/heads/main: would be accepted'
	asked 1 bob --as nobody origin/feature/x:refs/heads/feature/y
	assert_said 'the policy knows nobody named "nobody"'
	said=$output
	push_refused nobody "$HEAD:feature/y"
	[ "$(grep '^error' <<<"$said")" = "$(grep '^error: *\(refs\|push\|  push\)' <<<"$output" | grep -v 'failed to push')" ] ||
		fail "not the same words: $said"
}

@test "what only the server knows is left open, and does not refuse" {
	published
	at_ok erin git config --unset policy.user
	asked 0 erin HEAD:refs/heads/feature/new
	assert_said 'only the server knows who pushes' 'git config policy.user' \
		'refs/heads/feature/new: would be accepted, as far as can be told here'
	asked 0 erin --json HEAD:refs/heads/feature/new
	[ "$(json_findings rule=push ref=refs/heads/feature/new severity=note | grep -c '"open":true')" = 1 ] || fail 'not open'
	# two refs, one of them refused: the whole push is, and nothing else is promised
	asked 1 erin --as erin HEAD:refs/heads/feature/new HEAD:refs/heads/odd
	assert_rule name
	assert_not_said 'would be accepted'
}

@test "on the server nothing is left open that it knows, and nothing is written" {
	world
	local before
	before=$(find "$SERVER" -type f | sort | xargs cat | cksum)
	run git policy test -C "$SERVER" --as erin feature/x:main
	[ "$status" -eq 1 ] || fail 'erin may not'
	assert_rule push approvals checks
	run git policy test -C "$SERVER" feature/x:main
	assert_said 'nobody says who pushes'
	assert_rule approvals
	run git policy test -C "$SERVER" --as ivy --json :refs/heads/main
	[ "$status" -eq 1 ] || [ "$status" -eq 0 ] || fail 'no verdict'
	[ "$(json_findings open=1 | wc -l)" = 0 ] || fail 'it knows'
	run git policy test -C "$SERVER" --as erin :feature/x
	[ "$status" -eq 0 ] || fail 'a feature branch may go'
	assert_said 'refs/heads/feature/x: would be accepted'
	[ "$before" = "$(find "$SERVER" -type f | sort | xargs cat | cksum)" ] || fail 'something was written'
}

@test "refspecs: a name, another name, a tag, a deletion, force; what is there already is no push" {
	published
	at_ok erin git checkout -q -b feature/own
	at_ok erin git commit -q --allow-empty -m 'feat: of my own'
	asked 0 erin feature/own
	assert_said 'refs/heads/feature/own: would be accepted'
	asked 0 erin HEAD
	assert_said 'refs/heads/feature/own: would be accepted'
	asked 0 erin
	assert_said 'refs/heads/feature/own: would be accepted'
	asked 0 erin feature/own:feature/other +feature/own:feature/x
	assert_said 'refs/heads/feature/other: would be accepted' 'refs/heads/feature/x: would be accepted'
	asked 0 erin :feature/x
	assert_said 'refs/heads/feature/x: would be accepted'
	asked 0 erin main
	assert_said 'refs/heads/main: nothing to push, it is there already'
	at_ok erin git tag v1
	asked 1 erin v1
	assert_rule name
	assert_said refs/tags/v1
	asked 1 erin feature/own:refs/heads/feature/own feature/own:refs/heads/feature/own
	assert_said 'it is pushed twice'
}

@test "a tag that is only here vouches for no commit" {
	policy_write <<-'POLICY'
		[commit]
		format = conventional
		[branch "feature/*"]
		[tag "v*"]
	POLICY
	repo_create
	push_ok erin "$(commit 'feat: begin'):feature/x"
	person erin
	at_ok erin git checkout -q feature/x
	at_ok erin git commit -q --allow-empty -m 'no such type'
	at_ok erin git tag v1
	asked 1 erin HEAD:refs/heads/feature/y
	assert_rule format
}

@test "history from before the policy blocks nobody, in a clone as on the server" {
	policy_write <<-'POLICY'
		[commit]
		format = conventional
		[branch "strict/*"]
		[branch "lax/*"]
		commits = off
	POLICY
	client_create
	git init -q --bare "$SERVER"
	server_set refs/heads/lax/old "$(commit 'From before' "$ROOT_COMMIT")"
	server_install
	push_ok erin "$(commit 'Anything goes' "$ROOT_COMMIT"):lax/new"
	person erin
	asked 0 erin origin/lax/old:refs/heads/strict/old
	asked 1 erin origin/lax/new:refs/heads/strict/new
	assert_rule format
	push_ok erin "$(git -C "$SERVER" rev-parse lax/old):strict/old"
}

@test "what is missing is said in one line, with what to do" {
	published
	asked 2 erin no/such
	assert_said 'error: git-policy: there is no no/such here to push'
	asked 2 erin feature/x
	assert_said 'origin/feature/x is what origin has'
	asked 2 erin :no/such
	assert_said 'there is no no/such to delete'
	asked 2 erin HEAD:somewhere/else --as erin -C /nonexistent
	assert_said '/nonexistent'
	asked 2 erin 'refs/heads/*:refs/heads/*'
	assert_said 'stands for no one ref'
	at_ok erin git checkout -q --detach
	asked 2 erin HEAD
	assert_said 'where is HEAD to be pushed?' 'HEAD:refs/heads/<branch>'
	asked 2 erin
	assert_said 'no branch is checked out' '<source>:<ref>'
	asked 2 erin 1234567890123456789012345678901234567890:refs/heads/feature/z
	assert_said 'error: git-policy: there is no 1234567890123456789012345678901234567890 here to push'
	asked 2 erin HEAD:somewhere
	assert_said 'somewhere could be a branch or a tag' 'refs/heads/somewhere'
	asked 2 erin --remote upstream HEAD:refs/heads/x
	assert_said 'there is no remote named upstream'
	at_ok erin git remote set-url origin "$BATS_TEST_TMPDIR/gone.git"
	asked 2 erin HEAD:refs/heads/feature/x
	assert_said 'cannot fetch from origin' '--offline goes by what was fetched before'
	asked 0 erin --offline +HEAD:refs/heads/feature/x
	git init -q "$BATS_TEST_TMPDIR/empty"
	git -C "$BATS_TEST_TMPDIR/empty" remote add origin "$SERVER"
	asked 2 empty HEAD
	assert_said 'there is no HEAD here to push' 'commit something first'
	cd "$BATS_TEST_TMPDIR"
	run git policy test -C /tmp HEAD
	[ "$status" -eq 2 ] || fail 'no repository'
	assert_said 'no repository' '-C <dir> names one'
}

@test "a shallow clone cannot be judged, and says so" {
	published
	at_ok ivy git push -q origin +origin/feature/x:refs/heads/feature/deep
	git clone -q --depth 1 --branch feature/deep "file://$SERVER" "$BATS_TEST_TMPDIR/shallow"
	at_no 2 shallow git policy test --as erin HEAD:refs/heads/feature/y
	assert_said 'this clone is shallow' 'git fetch --unshallow'
}

@test "a rehearsed record is judged like a pushed one: its commit has to be there" {
	published
	at_ok bob git commit -q --allow-empty -m 'feat: not pushed'
	local mine
	mine=$(git -C "$BATS_TEST_TMPDIR/bob" rev-parse HEAD)
	asked 1 bob "$mine:refs/approvals/heads/main/$mine/bob"
	assert_said "the server does not have ${mine:0:7} yet"
	asked 0 bob "$HEAD:refs/approvals/heads/main/$HEAD/bob"
	asked 1 bob "$HEAD:refs/approvals/heads/main/$HEAD/carol"
	assert_said 'bob does not speak for carol'
}
