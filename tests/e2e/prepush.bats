# pre-push: what the server will say, before anything is sent.
load commands

# guarded NAME...: their clones have the hook and what the server publishes.
guarded() {
	local name
	for name; do
		cp "$BUILD/hooks/pre-push" "$BATS_TEST_TMPDIR/$name/.git/hooks/"
		git -C "$BATS_TEST_TMPDIR/$name" fetch -q origin '+refs/*/current:refs/*/current' \
			'+refs/approvals/*:refs/approvals/*' '+refs/checks/*:refs/checks/*' || return
	done
}

# untouched COMMAND...: it may say what it likes, the server's refs stay.
untouched() {
	local before
	before=$(server_refs)
	"$@"
	[ "$(server_refs)" = "$before" ] || fail 'something was pushed'
}

@test "a refused push is stopped before it is made; it says whose words these are" {
	world
	guarded erin ivy
	untouched at_no 1 ivy git push origin origin/feature/x:refs/heads/main
	assert_rule approvals checks
	assert_said 'this is what the server would say, and the server decides' 'git push --no-verify asks the server'
	assert_not_said 'hook declined'
	at_no 1 ivy git push --no-verify origin origin/feature/x:refs/heads/main
	assert_said 'hook declined'
	at_ok erin git push origin main:refs/heads/feature/new
	assert_not_said note error
	at_ok erin git push origin main:refs/heads/feature/new
	assert_said 'Everything up-to-date'
	at_ok erin git push origin :refs/heads/feature/new
}

@test "records and landings go to the server at once, whose word is the one that is told" {
	world
	guarded bob ivy
	at_no 1 bob git policy approve origin/feature/x --for main --as carol
	assert_rule push
	assert_said 'hook declined'
	assert_not_said 'the server decides' '--no-verify'
	approved
	at_ok ivy git config --unset policy.user
	policy_replace < <(printf '[branch "**"]\npush = oscar\n')
	at_no 1 ivy git policy land feature/x --into main
	assert_said 'hook declined'
	assert_not_said 'the server decides'
}

@test "approvals that were fetched count; who asks is the one git config names, or is left open" {
	world
	approved
	guarded erin ivy
	untouched at_no 1 erin git push origin origin/feature/x:refs/heads/main
	assert_rule push
	assert_no_rule approvals checks
	at_ok ivy git config --unset policy.user
	at_ok ivy git push --dry-run origin origin/feature/x:refs/heads/main
	assert_said 'only the server knows who pushes'
	at_ok ivy git push origin origin/feature/x:refs/heads/main
}

@test "JSON where it is asked for" {
	world
	guarded ivy
	at_no 1 ivy env GIT_POLICY_FORMAT=json git push origin origin/feature/x:refs/heads/main
	[ "$(json_findings rule=approvals ref=refs/heads/main severity=error | wc -l)" = 1 ] || fail 'no finding'
	assert_said '"type":"verdict","verdict":"rejected"'
	assert_not_said 'the server decides'
}

@test "pushes elsewhere are none of its business; the remote is known by its address too" {
	world
	guarded ivy
	git init -q --bare "$BATS_TEST_TMPDIR/other.git"
	at_ok ivy git remote add other "$BATS_TEST_TMPDIR/other.git"
	at_ok ivy git push other main:refs/heads/whatever
	assert_not_said error note
	untouched at_no 1 ivy git push "$SERVER" main:refs/heads/whatever
	assert_rule name
	at_ok ivy git remote rename origin upstream
	at_no 1 ivy git push upstream main:refs/heads/whatever
	assert_said 'hook declined'
	at_ok ivy git config policy.remote upstream
	untouched at_no 1 ivy git push upstream main:refs/heads/whatever
	assert_said 'the server decides'
}

@test "without a policy it stays silent; what cannot be told stops nobody" {
	world
	guarded ivy
	at_ok ivy git update-ref -d refs/policy/current
	at_ok ivy git push origin main:refs/heads/feature/silent
	assert_not_said error note
	at_ok ivy git config policy.file /nonexistent.ini
	at_ok ivy git push origin main:refs/heads/feature/broken
	assert_said nonexistent.ini 'not judged here; the server will'
	assert_not_said 'this is what the server would say' '--no-verify'
	git clone -q --depth 1 "file://$SERVER" "$BATS_TEST_TMPDIR/shallow"
	git -C "$BATS_TEST_TMPDIR/shallow" config remote.origin.receivepack "$(serve_command erin)"
	guarded shallow
	git config --global user.name erin && git config --global user.email erin@example.org
	at_ok shallow git commit -q --allow-empty -m 'feat: from a shallow clone'
	at_ok shallow git push origin HEAD:refs/heads/feature/shallow
	assert_said 'this clone is shallow' 'not judged here; the server will'
	assert_not_said 'this is what the server would say' '--no-verify'
	git init -q --object-format=sha256 "$BATS_TEST_TMPDIR/sha256"
	git init -q --bare --object-format=sha256 "$BATS_TEST_TMPDIR/sha256.git"
	cp "$BUILD/hooks/pre-push" "$BATS_TEST_TMPDIR/sha256/.git/hooks/"
	at_ok sha256 git commit -q --allow-empty -m 'feat: with long ids'
	at_ok sha256 git push "$BATS_TEST_TMPDIR/sha256.git" HEAD:refs/heads/main
	assert_said 'cannot judge this repository format'
}

@test "what the server has and this clone has not is told, and judged by what was fetched" {
	world
	guarded erin
	main_moves
	at_ok erin git fetch -q origin
	server_set refs/heads/feature/x "$(commit_file 'feat: unseen' "$HEAD" unseen unseen)"
	at_ok erin git push origin +origin/feature/x~0:refs/heads/feature/x
	assert_said 'which is not here: judged by what was fetched before' 'git fetch origin'
	server_set refs/heads/feature/unknown "$(commit_file 'feat: more' "$HEAD" more more)"
	at_ok erin git push origin :refs/heads/feature/unknown
	assert_said 'which is not here: not judged here'
}

@test "a record of a commit that only a tag of one's own holds: the server may not have it" {
	world
	guarded erin
	local made
	at_ok erin git commit -q --allow-empty -m 'feat: not pushed'
	made=$(git -C "$BATS_TEST_TMPDIR/erin" rev-parse HEAD)
	untouched at_no 1 erin git push origin "$made:refs/approvals/heads/main/$made/erin"
	assert_rule record
	at_ok erin git tag mine
	untouched at_no 1 erin git push origin "$made:refs/approvals/heads/main/$made/erin"
	assert_said "only the server knows whether it has ${made:0:7}" 'the server does not have'
}

@test "lines that git would not write are refused" {
	world
	guarded erin
	cd "$BATS_TEST_TMPDIR/erin"
	local line hook=$BUILD/hooks/pre-push
	for line in 'x' 'a b c' "main $HEAD refs/heads/x" "main $HEAD refs/heads/x ${ZERO}0" \
		"main ${HEAD^^} refs/heads/x $ZERO" "main $HEAD refs/heads/a..b $ZERO" " $HEAD refs/heads/x $ZERO"; do
		run "$hook" origin "$SERVER" <<<"$line"
		[ "$status" -eq 1 ] || fail "accepted: $line"
	done
	run "$hook" origin "$SERVER" < <(printf 'main %s refs/heads/feature/y %s' "$HEAD" "$ZERO")
	[ "$status" -eq 1 ] || fail 'accepted: no line end'
	run "$hook" origin "$SERVER" </dev/null
	[ "$status" -eq 0 ] || fail 'nothing to push'
	run "$hook" origin "$SERVER" <<<"main@{1 day ago} $HEAD refs/heads/feature/y $ZERO"
	[ "$status" -eq 0 ] || fail 'a name with blanks'
	run "$hook" origin
	[ "$status" -eq 2 ] || fail 'called wrongly'
	assert_said 'this git-policy hook is called as: pre-push <remote> <url>'
}

@test "worktrees, submodules, git -C, GIT_DIR and a bare PATH" {
	world
	guarded ivy
	local clone=$BATS_TEST_TMPDIR/ivy push=(push origin main:refs/heads/odd)
	at_ok ivy git worktree add -q ../tree -b feature/tree
	untouched at_no 1 tree git "${push[@]}"
	assert_rule name
	cd "$BATS_TEST_TMPDIR"
	run git -C "$clone" "${push[@]}"
	assert_rule name
	run env GIT_DIR="$clone/.git" GIT_WORK_TREE="$clone" GIT_INDEX_FILE="$clone/.git/index" git "${push[@]}"
	assert_rule name
	run env -i HOME="$HOME" GIT_CONFIG_NOSYSTEM=1 "${SANITIZE[@]}" PATH="$(dirname "$(type -P git)"):/bin" git -C "$clone" "${push[@]}"
	assert_rule name
	git init -q "$BATS_TEST_TMPDIR/super"
	at_ok super git -c protocol.file.allow=always submodule --quiet add "$SERVER" sub
	cp "$BUILD/hooks/pre-push" "$BATS_TEST_TMPDIR/super/.git/modules/sub/hooks/"
	git -C "$BATS_TEST_TMPDIR/super/sub" fetch -q origin '+refs/policy/*:refs/policy/*'
	at super git -C sub "${push[@]}"
	assert_rule name
	assert_said 'the server decides'
}

@test "the first push to an empty server by an admin" {
	policy_write <<-'POLICY'
		[branch "main"]
		push = @integrators
	POLICY
	sed -i 's/^version = 1$/version = 1\nbootstrap = oscar/' "$BATS_TEST_TMPDIR/policy.ini"
	repo_create
	cp "$BATS_TEST_TMPDIR/policy.ini" "$CLIENT/.git-policy.ini"
	cp "$BUILD/hooks/pre-push" "$CLIENT/.git/hooks/"
	git -C "$CLIENT" config remote.origin.receivepack "$(serve_command oscar)"
	git -C "$CLIENT" config policy.user oscar
	git -C "$CLIENT" tag v1 "$ROOT_COMMIT"
	at_ok client git push origin "$ROOT_COMMIT:refs/heads/anything"
	assert_said 'the repository was empty: accepted unjudged'
}
