# repositories: where and how objects are kept, and which repositories nothing can be said about.
load helper

setup() {
	world_create
}

# judged: a policy that shows whether old and new objects are both seen.
judged() {
	policy_write <<-'POLICY'
		[commit]
		format = conventional

		[branch "main"]
		rewrite = deny

		[branch "topic/*"]
		create-from = main
	POLICY
}

# works_at PATH: a server there accepts and refuses as anywhere.
works_at() {
	SERVER=$1
	mkdir -p "${SERVER%/*}"
	[ -d "$CLIENT" ] || client_create
	git init -q --bare "$SERVER"
	server_install
	server_set refs/heads/main "$ROOT_COMMIT"
	local good
	good=$(commit 'feat: good' "$ROOT_COMMIT")
	push_refused erin "$(commit 'Bad' "$good"):refs/heads/main"
	assert_rule format
	push_ok erin "$good:main" "$good:topic/x"
	push_refused erin "+$ROOT_COMMIT:main"
	assert_rule rewrite
}

@test "case 91: a repository path with a colon" {
	judged
	works_at "$BATS_TEST_TMPDIR/a:b/server:1.git"
}

@test "case 91: a repository path with quotes and a backslash" {
	judged
	works_at "$BATS_TEST_TMPDIR/a\"b'c/ser\\ver.git"
}

@test "case 91: a repository path with blanks, a newline and a tab" {
	judged
	works_at "$BATS_TEST_TMPDIR/a b"$'\n'"c	d/server 1.git"
}

@test "case 91: a repository path beyond ASCII, and one that is no UTF-8" {
	judged
	works_at "$BATS_TEST_TMPDIR/größe/日本.git"
	works_at "$BATS_TEST_TMPDIR/"$'\xff'"/server.git"
}

@test "case 91: everything at once" {
	judged
	works_at "$BATS_TEST_TMPDIR/a: \"b'"$'\n'"\$(c)/ü.git"
}

@test "case 54: what a fork borrows from its origin is seen, and judged when it enters" {
	judged
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	local origin=$SERVER bad good
	bad=$(commit 'Bad' "$ROOT_COMMIT")
	good=$(commit 'feat: good' "$ROOT_COMMIT")
	git -C "$origin" fetch -q "$CLIENT" "$bad" "$good"
	SERVER=$BATS_TEST_TMPDIR/fork.git
	git clone -q --bare --shared "$origin" "$SERVER"
	server_install
	push_refused erin "$bad:refs/heads/main"
	assert_rule format
	push_ok erin "$good:main"
	push_ok erin "$(commit 'feat: more' "$good"):refs/heads/topic/x"
}

@test "a fork of a fork, by a relative path" {
	judged
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	local origin=$SERVER
	git clone -q --bare --shared "$origin" "$BATS_TEST_TMPDIR/fork.git"
	git clone -q --bare --shared "$BATS_TEST_TMPDIR/fork.git" "$BATS_TEST_TMPDIR/second.git"
	SERVER=$BATS_TEST_TMPDIR/second.git
	echo ../../fork.git/objects >"$SERVER/objects/info/alternates"
	server_install
	push_refused erin "$(commit 'Bad' "$ROOT_COMMIT"):refs/heads/main"
	assert_rule format
	push_ok erin "$(commit 'feat: good' "$ROOT_COMMIT"):main"
}

@test "a commit that was stored once but is on no ref is judged like any other" {
	judged
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	local bad
	bad=$(commit 'Bad' "$ROOT_COMMIT")
	git -C "$SERVER" fetch -q "$CLIENT" "$bad"
	push_refused erin "$bad:refs/heads/main"
	assert_rule format
	push_refused erin "$(commit 'feat: above' "$bad"):refs/heads/main"
	assert_rule format
}

@test "packed refs, packed objects and a commit-graph change no verdict" {
	judged
	repo_create
	local tip
	tip=$(commit 'feat: two' "$(commit 'feat: one' "$ROOT_COMMIT")")
	server_set refs/heads/main "$tip"
	git -C "$SERVER" repack -adq
	git -C "$SERVER" pack-refs --all
	git -C "$SERVER" commit-graph write --reachable 2>/dev/null
	push_refused erin "+$ROOT_COMMIT:main"
	assert_rule rewrite
	push_ok erin "$(commit 'feat: three' "$tip"):main"
	push_ok erin "$tip:refs/heads/topic/x"
}

@test "a commit that a pushed one needs is missing on the server: nothing is accepted" {
	judged
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	local one two
	one=$(commit 'feat: one' "$ROOT_COMMIT")
	two=$(commit 'feat: two' "$one")
	git -C "$SERVER" fetch -q "$CLIENT" "$two"
	rm -f "$SERVER/objects/${one:0:2}/${one:2}"
	run hook pre-receive <<<"$ZERO $two refs/heads/topic/x"
	[ "$status" -eq 2 ] || fail 'not undecided'
}

@test "case 22: a SHA-256 repository cannot be judged, and nothing is accepted there" {
	judged
	git init -q --bare --object-format=sha256 "$SERVER"
	run "$ROOT/install/install" --build "$BUILD" --policy "$BATS_TEST_TMPDIR/policy.ini" "$SERVER"
	[ "$status" -ne 0 ] || fail 'installed'
	assert_said 'cannot judge this repository format'
	# Even where the hook was put in by hand.
	mkdir -p "$SERVER/policy" "$SERVER/hooks"
	cp "$BATS_TEST_TMPDIR/policy.ini" "$SERVER/policy/"
	cp "$BUILD/hooks/pre-receive" "$SERVER/hooks/"
	git init -q --object-format=sha256 "$CLIENT"
	git -C "$CLIENT" commit -q --allow-empty -m 'feat: x'
	push_refused erin HEAD:refs/heads/main
	assert_said 'cannot judge this repository format'
}

@test "an extension of the repository format that is not known: undecided" {
	judged
	repo_create
	git -C "$SERVER" config core.repositoryFormatVersion 1
	git -C "$SERVER" config extensions.preciousObjects true
	push_refused erin "$ROOT_COMMIT:main"
	assert_said 'cannot judge this repository format'
	run hook pre-receive <<<"$ZERO $ZERO refs/heads/main"
	[ "$status" -eq 2 ] || fail 'not undecided'
}

@test "case 39: a push from a shallow clone does not bring its gaps along" {
	judged
	repo_create
	local tip
	tip=$(commit 'feat: two' "$(commit 'feat: one' "$ROOT_COMMIT")")
	git -C "$CLIENT" update-ref refs/heads/tip "$tip"
	git clone -q --depth 1 --branch tip "file://$CLIENT" "$BATS_TEST_TMPDIR/shallow"
	CLIENT=$BATS_TEST_TMPDIR/shallow
	push_failed erin HEAD:refs/heads/main
	assert_said shallow
	git -C "$SERVER" config receive.shallowUpdate true
	push_failed erin HEAD:refs/heads/main
}

@test "case 39: a shallow server, a graft" {
	judged
	repo_create
	local tip
	tip=$(commit 'feat: one' "$ROOT_COMMIT")
	server_set refs/heads/main "$tip"
	echo "$(commit 'feat: two' "$tip") $ROOT_COMMIT" >"$SERVER/info/grafts"
	push_refused erin "+$(commit 'Bad' "$ROOT_COMMIT"):main"
	rm "$SERVER/info/grafts"
	echo "$tip" >"$SERVER/shallow"
	push_failed erin "$(commit 'feat: two' "$tip"):main"
	run hook pre-receive <<<"$tip $tip refs/heads/main"
	[ "$status" -eq 2 ] || fail 'not undecided'
}

@test "deleting a branch by another name of it is deleting the branch" {
	policy_write <<-'POLICY'
		[branch "main"]
		delete = deny
		[branch "**"]
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	git -C "$SERVER" symbolic-ref HEAD refs/heads/elsewhere
	git -C "$SERVER" symbolic-ref refs/heads/alias refs/heads/main
	push_refused erin ':refs/heads/alias'
	assert_rule delete
	assert_ref refs/heads/main "$ROOT_COMMIT"
}

@test "HEAD of the server is a name of its branch, too" {
	policy_write <<-'POLICY'
		[branch "main"]
		push = @integrators
		[branch "**"]
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	push_raw_refused erin "$ROOT_COMMIT $(commit 'feat: x' "$ROOT_COMMIT") HEAD"
}

@test "bootstrap: an admin may fill an empty repository with anything, nobody else, and only once" {
	{
		printf '%s\n' '[policy]' 'version = 1' 'bootstrap = @admins' '[identity]' 'env = GIT_POLICY_USER' \
			'[commit]' 'format = conventional' '[branch "main"]' '[branch "develop"]' '[tag "v{semver}"]'
		people
	} >"$BATS_TEST_TMPDIR/policy.ini"
	repo_create
	local bad
	bad=$(commit 'Bad' "$ROOT_COMMIT")
	push_refused erin "$bad:refs/heads/main"
	push_refused '' "$bad:refs/heads/main"
	push_ok oscar "$bad:main" "$ROOT_COMMIT:develop" "$bad:refs/tags/v1.0.0"
	push_refused oscar "$(commit 'Bad, too' "$bad"):refs/heads/main"
	assert_rule format
	push_ok erin "$(commit 'feat: good' "$bad"):main"
}

@test "bootstrap: names and ids are read as strictly as ever" {
	{
		printf '%s\n' '[policy]' 'version = 1' 'bootstrap = @admins' '[identity]' 'env = GIT_POLICY_USER' '[branch "main"]'
		people
	} >"$BATS_TEST_TMPDIR/policy.ini"
	repo_create
	push_raw_refused oscar "$ZERO $ROOT_COMMIT refs/heads/a\x1bb"
	push_raw_refused oscar "$ZERO $ROOT_COMMIT refs/heads/main" "$ZERO $ROOT_COMMIT refs/heads/main"
}

@test "without bootstrap an empty repository is filled by the rules" {
	judged
	repo_create
	push_refused oscar "$(commit 'Bad' "$ROOT_COMMIT"):refs/heads/main"
	assert_rule format
	push_ok oscar "$ROOT_COMMIT:main"
}

@test "nothing is left behind in the repository by a refused push" {
	judged
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	local before
	before=$(find "$SERVER" | sort)
	push_refused erin "$(commit 'Bad' "$ROOT_COMMIT"):refs/heads/main"
	[ "$(find "$SERVER" | sort)" = "$before" ] || fail "$(find "$SERVER" | sort)"
}
