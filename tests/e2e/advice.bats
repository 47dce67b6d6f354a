# advice: what git policy says to somebody who is about to do what cannot work, or has done what does not count.
load commands

# signed_world: feature/x waits under the policy on standard input, and bob signs with a key of his.
signed_world() {
	{
		printf 'signers = allowed_signers\n\n'
		cat
	} | policy_write
	ssh-keygen -q -t ed25519 -N '' -C bob -f "$HOME/bob"
	printf 'bob@example.org %s\n' "$(cut -d' ' -f1,2 "$HOME/bob.pub")" >"$BATS_TEST_TMPDIR/allowed_signers"
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	HEAD=$(commit_file 'feat: add a form' "$ROOT_COMMIT" login.html '<form>')
	push_ok erin "$HEAD:feature/x"
	person bob carol
	git -C "$BATS_TEST_TMPDIR/bob" config gpg.format ssh
	git -C "$BATS_TEST_TMPDIR/bob" config user.signingKey "$HOME/bob"
}

signed_policy() {
	cat <<-POLICY
		[branch "main"]
		direct = deny
		approvals = 1 bob carol
		signed = required

		[branch "feature/{slug}"]
		rewrite = allow
	POLICY
}

# no_identity NAME: git does not know who NAME is.
no_identity() {
	git -C "$BATS_TEST_TMPDIR/$1" config --unset user.name
	git -C "$BATS_TEST_TMPDIR/$1" config --unset user.email
	git -C "$BATS_TEST_TMPDIR/$1" config user.useConfigOnly true
}

@test "--sign without a signature pushes nothing" {
	signed_world < <(signed_policy)
	at_ok bob git config user.signingKey "$BATS_TEST_TMPDIR/nobody"
	at_no 2 bob git policy approve origin/feature/x --for main --sign
	assert_said 'user.signingkey say how to sign'
	assert_no_ref "refs/approvals/heads/main/$HEAD/bob"
	# A signer that fails without a word of it, as some versions of git take for success.
	printf '#!/bin/sh\nshift; for file; do :; done; : >"$file.sig"\n' >"$HOME/mute"
	chmod +x "$HOME/mute"
	at_ok bob git config user.signingKey "$HOME/bob"
	at_ok bob git config gpg.ssh.program "$HOME/mute"
	at_no 2 bob git policy approve origin/feature/x --for main --sign
	assert_no_ref "refs/approvals/heads/main/$HEAD/bob"
}

@test "an approval that does not count is said to be none: unsigned, by another's key, by the author, by nobody asked" {
	signed_world < <(signed_policy)
	at_ok bob git policy approve origin/feature/x --for main
	assert_said 'warning: approvals: bob does not count: not signed'
	at_ok carol git config gpg.format ssh
	at_ok carol git config user.signingKey "$HOME/bob"
	at_ok carol git policy approve origin/feature/x --for main --sign
	assert_said 'carol does not count: signed by somebody else'
	at_ok bob git policy approve origin/feature/x --for main --sign
	assert_not_said warning
}

@test "an approval of one's own work, and one that nothing asks for, are said to count for nothing" {
	world
	at_ok erin git policy approve origin/feature/x --for refs/heads/main
	assert_said 'approved' 'for main' "erin does not count: author of ${HEAD:0:7}"
	at_ok oscar git policy approve origin/feature/x --for main
	assert_said 'nothing asks for the approval of oscar'
	at_ok bob git policy approve origin/feature/x --for main
	assert_not_said warning
	at_ok oscar git policy reject origin/feature/x --for main -m 'No.'
	assert_not_said warning
}

@test "a result that nothing asks for, or of another kind, is said to count for nothing" {
	world
	policy_replace <<-POLICY
		[branch "main"]
		checks = ci coverage>=90

		[branch "feature/{slug}"]
		rewrite = allow

		[check]
		push = erin
	POLICY
	push_ok erin "$HEAD:feature/y"
	at_ok erin git policy report cii pass origin/feature/x
	assert_said 'warning: checks: no branch asks for cii'
	at_ok erin git policy report coverage pass origin/feature/x
	assert_said 'what is asked for is coverage>=90'
	at_ok erin git policy report coverage 12 origin/feature/x
	assert_not_said warning
	at_ok erin git policy report ci fail origin/feature/x
	assert_not_said warning
	at_no 2 erin git policy report coverage 79,5 origin/feature/x
	assert_said 'error: git-policy: 79,5: no result of a check' 'pass, fail, or a number'
	assert_not_said 'annotated tag'
}

@test "a grant that is over, or of a move from elsewhere, is said to count for nothing" {
	world
	at_ok oscar git policy grant main "$ROOT_COMMIT" "$HEAD" --reason 'the disk is full' --expires 2020-01-01T00:00:00Z
	assert_said 'warning: grant: the grant by oscar has expired'
	at_ok oscar git policy grant main "$HEAD" "$ROOT_COMMIT" --reason 'the disk is full' --expires 1h
	assert_said "refs/heads/main is at ${ROOT_COMMIT:0:7} now, not at ${HEAD:0:7}"
	at_ok oscar git policy grant main "$ROOT_COMMIT" "$HEAD" --reason 'the disk is full' --expires 1h
	assert_not_said warning
}

@test "a record in another's name: how one says who one is" {
	world
	at_no 1 bob git policy approve origin/feature/x --for main --as carol
	assert_said 'this was in the name of carol' '--as <name>' 'policy.user'
	assert_not_said 'has no branch'
}

@test "whom git does not know asks all the same, and is told what a record needs" {
	world 'feature/* by squash'
	approved
	no_identity erin
	at_no 1 erin git policy status origin/feature/x --for main
	assert_said 'may land, but not by your push'
	assert_not_said 'tell me who you are'
	at_no 2 erin git policy land feature/x --into main
	assert_said 'git does not know who commits here' 'git config user.name'
	assert_not_said 'tell me who you are'
	at_no 2 erin git policy report ci pass origin/feature/x
	assert_said 'git does not know who commits here'
	assert_not_said 'tell me who you are'
	HOME=/nonexistent at_ok erin env -u GIT_COMMITTER_NAME git policy status -C "$SERVER" feature/x --for main
}

@test "status of what was not pushed says so, and nothing else" {
	world
	at_ok erin git switch -q feature/x
	at_ok erin git commit -q --allow-empty -m 'fix: a slip'
	at_no 1 erin git policy status --for main
	assert_said "feature/x is at ${HEAD:0:7} on origin" 'git push origin feature/x' 'git policy status origin/feature/x'
	assert_not_said 'directly' 'squash of'
	at_ok erin git switch -q -c feature/new
	at_no 1 erin git policy status --for main
	assert_said 'origin has no branch feature/new yet' 'git push origin feature/new'
	at_ok erin git branch -m "feature/o'r\$(id)"
	at_no 1 erin git policy status --for main
	assert_said "git push origin 'feature/o'\\''r\$(id)'"
}

@test "status without --for: the branch that the server calls its own, or how git learns it" {
	world
	at_no 1 erin git policy status origin/feature/x
	assert_said 'main accepts feature/x'
	at_ok erin git remote set-head origin --delete
	at_no 2 erin git policy status origin/feature/x
	assert_said 'where is it to land?' 'git remote set-head origin --auto'
}

@test "status of a commit on the target itself claims no branch" {
	world
	at_ok erin sh -c 'echo slip >slip && git add slip && git commit -q -m "fix: a slip"'
	at_no 1 erin git policy status --for main
	assert_said 'by fast-forward' 'no   direct'
	assert_not_said 'main accepts' 'accepts main' 'accepts it'
}

@test "land judges what it made as the server will, before it pushes" {
	world 'feature/* by squash'
	printf '[commit]\nheader-max = 20\n' >>"$SERVER/policy/policy.ini"
	approved
	at_no 1 ivy git policy land feature/x --into main -m 'chore: what has a longer first line than that'
	assert_said 'header-max' 'hint: -m <text>'
	assert_ref refs/heads/main "$ROOT_COMMIT"
	at_no 1 ivy git policy land feature/x --into main --dry-run -m 'chore: what has a longer first line than that'
	at_ok ivy git policy land feature/x --into main -m 'chore: brief'
}

@test "a branch that the target does not accept: said under accept, and nothing is made" {
	world 'release/* hotfix/*'
	approved
	at_no 1 ivy git policy land feature/x --into main
	assert_said 'no   accept = release/* hotfix/*' 'may not land yet'
	assert_not_said 'directly' 'squash of'
	at_no 1 ivy git policy land feature/x --into main --merge
	assert_said 'no   accept = release/* hotfix/*'
	at_no 1 ivy git policy status feature/x --json --for main
	json_findings rule=accept | grep -q . || fail 'no finding of accept'
}

@test "a single commit lands by a squash or a rebase alike: no method is claimed twice" {
	world
	approved
	main_moves
	at_ok ivy git policy land feature/x --into main --rebase
	assert_said 'feature/x landed on main: '
	assert_not_said 'landed on main by'
}

@test "land by a merge where HEAD is a branch without a commit" {
	world 'feature/* by merge'
	approved
	git -C "$BATS_TEST_TMPDIR/ivy" symbolic-ref HEAD refs/heads/unborn
	at_ok ivy git policy land feature/x --into main
	[ "$(git -C "$SERVER" log -1 --format=%s main)" = "Merge branch 'feature/x'" ]
}

@test "status names as approving only those who count" {
	world
	at_ok erin git policy approve origin/feature/x --for main
	approved
	at_ok ivy git policy status feature/x --for main
	assert_said 'approved by bob'
	assert_not_said 'approved by erin' 'bob, erin' 'erin, bob'
}

@test "explain --push in a clone goes by the records there are now, and says what only the server knows" {
	world
	local squash
	squash=$(squash 'feat: add a form' "$ROOT_COMMIT" "$HEAD")
	git -C "$BATS_TEST_TMPDIR/ivy" fetch -q "$CLIENT" "$squash"
	approved
	at_ok ivy git policy explain --push "$ROOT_COMMIT" "$squash" main
	assert_said 'ok   approvals'
	assert_not_said 'the server knows more'
	push_ok ivy "$squash:main"
	at ivy git policy explain --push "$ROOT_COMMIT" "$squash" main
	assert_said "main is at ${squash:0:7} now, not at ${ROOT_COMMIT:0:7}" 'the server knows more'
	at_ok ivy git config remote.origin.url "$BATS_TEST_TMPDIR/gone"
	at_no 2 ivy git policy explain --push "$ROOT_COMMIT" "$squash" main
	at ivy git policy explain --offline --push "$ROOT_COMMIT" "$squash" main
	assert_said 'the server knows more'
}

@test "explain of a record says what it is, and what its target asks" {
	world
	run git_policy explain -C "$SERVER" "refs/approvals/heads/main/$HEAD/bob"
	[ "$status" -eq 0 ] || fail 'an approval'
	assert_said 'an approval' 'approvals = 1 @reviewers'
	assert_not_said refused
	run git_policy explain -C "$SERVER" "refs/checks/$HEAD/ci"
	[ "$status" -eq 0 ] || fail 'a check'
	assert_said 'what a check said'
	run git_policy explain -C "$SERVER" refs/approvals/heads/main/bob
	[ "$status" -eq 1 ] || fail 'a malformed name'
}

@test "a named file that others may write is judged, and warned of" {
	printf '[policy]\nversion = 1\n[branch "main"]\npush = anyone\n' >"$BATS_TEST_TMPDIR/open.ini"
	chmod g+w "$BATS_TEST_TMPDIR/open.ini"
	run git_policy check "$BATS_TEST_TMPDIR/open.ini"
	[ "$status" -eq 0 ] || fail 'refused'
	assert_said 'warning: check:' 'may be written by others' "chmod go-w $BATS_TEST_TMPDIR/open.ini"
}

@test "prune says which records, and can say so first" {
	world
	approved
	push_ok erin ":feature/x"
	run git_policy prune -C "$SERVER" --dry-run
	[ "$status" -eq 0 ] || fail 'prune --dry-run'
	assert_said "refs/approvals/heads/main/$HEAD/bob would be deleted" '2 records would be deleted'
	assert_ref "refs/approvals/heads/main/$HEAD/bob" "$HEAD"
	run git_policy prune -C "$SERVER"
	assert_said "refs/approvals/heads/main/$HEAD/bob deleted" '2 records deleted'
	assert_no_ref "refs/approvals/heads/main/$HEAD/bob"
}

@test "what is misspelt is refused in one form: options, times, folders; and help is for one command, too" {
	world
	at_no 129 bob git policy approve --foo
	assert_said 'error: git-policy: --foo: no such option; did you mean --for?'
	at_no 129 bob git policy status --for
	assert_said 'error: git-policy: --for: the value behind it is missing: <branch>'
	at_no 2 oscar git policy grant main "$ROOT_COMMIT" "$HEAD" --reason x --expires 1hour
	assert_said 'error: git-policy: 1hour: no time'
	assert_not_said 'could not decide'
	mkdir "$BATS_TEST_TMPDIR/none"
	GIT_CEILING_DIRECTORIES=$BATS_TEST_TMPDIR at_no 2 none git policy land feature/x --into main
	assert_said 'error: git-policy: there is no repository to work in' '-C <dir> names one'
	at_ok bob git policy help approve
	assert_said 'git-policy approve' '--for <branch>'
	assert_not_said 'git-policy land'
	at_no 129 bob git policy help approval
	assert_said "error: git-policy: 'approval' is not a command; did you mean approve?"
}

@test "the manual calls every command as the command itself does" {
	local page=$ROOT/docs/git-policy.1.scd line name
	while read -r name line; do
		line=$(grep -F "*git-policy $name*" "$page") || fail "git-policy $name is not in the synopsis"
		for option in $(git_policy "$name" -h | grep -oE '(^|[][ |])--?[A-Za-z-]+' | grep -oE -- '--?[A-Za-z-]+'); do
			grep -qF -e "$option" <<<"$line" || fail "$option is not in the synopsis of $name"
		done
	done < <(git_policy help | sed -n 's/^  \([a-z-]*\) .*/\1 -/p')
}
