# commands: git policy approve, reject, report, grant, status, land, explain --push, prune, as people type them.
load commands

@test "approve, reject and report are pushes of records" {
	world
	at_ok bob git policy approve origin/feature/x --for main
	assert_ref "refs/approvals/heads/main/$HEAD/bob" "$HEAD"
	at_ok bob git policy reject origin/feature/x --for main -m 'A label is missing.'
	[ "$(git -C "$SERVER" cat-file tag "refs/approvals/heads/main/$HEAD/bob" | sed '1,/^$/d')" = \
		$'reject\n\nA label is missing.' ] || fail 'not what was said'
	at_ok bob git policy approve origin/feature/x --for main -m 'Good now.'
	at_ok ci git policy report coverage 91.5 origin/feature/x
	[ "$(git -C "$SERVER" cat-file tag "refs/checks/$HEAD/coverage" | sed '1,/^$/d')" = 91.5 ] || fail 'not 91.5'
	[ -z "$(git -C "$BATS_TEST_TMPDIR/bob" tag --list)" ] || fail 'a tag stayed behind'
}

@test "what the server refuses is said in its words" {
	world
	at_no 1 bob git policy approve origin/feature/x --for main --as carol
	assert_rule push
	at_no 1 bob git policy report ci pass origin/feature/x
	assert_rule push
}

@test "a branch that the server does not have is said to be none, with the nearest" {
	world
	at_no 1 bob git policy approve origin/feature/x --for mian
	assert_said 'hint: origin has no branch mian; did you mean main?'
	assert_not_said 'this was in the name of'
}

@test "a grant has a reason and a time" {
	world
	at_ok oscar git policy grant main "$ROOT_COMMIT" "$HEAD" --reason 'the disk is full' --expires 24h
	assert_said 'expires: '
	git -C "$SERVER" cat-file tag "refs/grants/heads/main/$ROOT_COMMIT/$HEAD/oscar" | grep -qx 'the disk is full'
	at_no 2 oscar git policy grant main "$ROOT_COMMIT" "$HEAD" --reason 'x' --expires soon
	assert_said 'no time'
	at_no 2 oscar git policy grant main "$ROOT_COMMIT" "$HEAD" --reason 'x' --expires 2099-02-30
	assert_said 'no time'
	at_ok oscar git policy grant main "$ROOT_COMMIT" "$HEAD" --reason 'the disk is full' --expires 2099-12-31
	assert_said 'expires: 2100-01-01T00:00:00Z'
	at_ok ivy git push origin "$HEAD:main"
}

@test "a signed approval says what it is for, and counts where only signed ones do" {
	policy_write <<-POLICY
		signers = allowed_signers

		[branch "main"]
		direct = deny
		approvals = 1 bob carol
		signed = required

		[branch "feature/{slug}"]
		rewrite = allow
	POLICY
	ssh-keygen -q -t ed25519 -N '' -C bob -f "$HOME/bob"
	printf 'bob@example.org %s\n' "$(cut -d' ' -f1,2 "$HOME/bob.pub")" >"$BATS_TEST_TMPDIR/allowed_signers"
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	HEAD=$(commit_file 'feat: add a form' "$ROOT_COMMIT" login.html '<form>')
	push_ok erin "$HEAD:feature/x"
	person bob carol ivy
	at_ok carol git policy approve origin/feature/x --for main
	at_no 1 ivy git policy land feature/x --into main
	assert_said 'no   approvals'
	at_ok bob git config gpg.format ssh
	at_ok bob git config user.signingKey "$HOME/bob"
	at_ok bob git policy approve origin/feature/x --for main --sign
	git -C "$SERVER" cat-file tag "refs/approvals/heads/main/$HEAD/bob" | grep -qx 'target: refs/heads/main'
	at_ok ivy git policy land feature/x --into main
}

@test "status: every rule, met or not, before and after" {
	world
	at_no 1 erin git policy status origin/feature/x --for main
	assert_said 'ok   accept' 'no   approvals' 'no   checks' 'no   push' 'erin may not push here' 'may not land yet'
	approved
	at_no 1 erin git policy status origin/feature/x --for main
	assert_said 'ok   approvals' 'ok   checks' 'no   push' 'may land, but not by your push'
	at_ok erin git policy status origin/feature/x --for main --as ivy
	assert_said 'ok   approvals' 'ok   push = @integrators'
	at_ok erin git -c policy.user= policy status origin/feature/x --for main
	assert_said '?    push = @integrators: only the server knows who you are'
	at_ok ivy git policy status feature/x
	assert_said 'squash of' '(feature/x)'
	at_ok ivy git policy status feature/x --json
	json_findings verdict=accepted | grep -q . || fail 'no JSON'
}

@test "status: of several branches at one commit the one that was named counts, or any that may land" {
	policy_write <<-'POLICY'
		[branch "main"]
		[branch "staging"]
		[branch "production"]
		direct = deny
		accept = staging by merge
	POLICY
	repo_create
	local name
	server_set refs/heads/production "$ROOT_COMMIT"
	HEAD=$(commit_file 'feat: add a form' "$ROOT_COMMIT" login.html '<form>')
	push_ok erin "$HEAD:main" "$HEAD:staging"
	person erin
	for name in staging origin/staging refs/remotes/origin/staging main origin/main "$HEAD"; do
		at_ok erin git policy status "$name" --for production
		assert_said 'by merge: production accepts staging by merge' 'may land'
	done
	at_no 1 erin git policy status origin/staging --for production --squash
	assert_said 'staging lands by squash'
	server_set refs/heads/staging "$ROOT_COMMIT"
	at_no 1 erin git policy status origin/main --for production
	assert_said 'is the head of no branch that may land here'
}

@test "status leaves nothing behind" {
	world
	local before
	export TMPDIR=$BATS_TEST_TMPDIR/brief
	mkdir "$TMPDIR"
	at_ok erin git policy status --for main origin/main
	before=$(git -C "$BATS_TEST_TMPDIR/erin" count-objects)
	at_no 1 erin git policy status origin/feature/x --for main --merge --offline
	[ "$(git -C "$BATS_TEST_TMPDIR/erin" count-objects)" = "$before" ] || fail 'objects stayed'
	[ -z "$(ls -A "$TMPDIR")" ] || fail 'a folder stayed'
}

@test "land stops when something is missing" {
	world
	at_no 1 ivy git policy land feature/x --into main
	assert_said 'no   approvals' 'may not land yet'
	assert_ref refs/heads/main "$ROOT_COMMIT"
}

@test "land: a squash is one commit of the branch's author, with the message of its one commit" {
	world 'feature/* by squash'
	approved
	main_moves
	at_ok ivy git policy land feature/x --into main
	assert_said 'by squash: main accepts feature/x by squash' 'feature/x landed on main'
	[ "$(git -C "$SERVER" log -1 --format='%an %cn %s %P' main)" = "Erin ivy feat: add a form $OTHER" ]
}

@test "land: a squash of several commits has the oldest subject, the others as a list, and everybody's trailers" {
	world 'feature/* by squash'
	HEAD=$(commit_file $'fix: close the form\n\nSigned-off-by: Erin <erin@example.org>' "$HEAD" login.html '</form>')
	push_ok erin "$HEAD:feature/x"
	at_ok bob git fetch -q
	at_ok ci git fetch -q
	approved
	at_ok ivy git policy land feature/x --into main
	[ "$(git -C "$SERVER" log -1 --format=%B main)" = \
		$'feat: add a form\n\n* fix: close the form\n\nSigned-off-by: Erin <erin@example.org>' ]
}

@test "land: a merge has git's own message" {
	world 'feature/* by merge'
	approved
	main_moves
	at_ok ivy git policy land feature/x --into main
	[ "$(git -C "$SERVER" log -1 --format='%an %s %P' main)" = "ivy Merge branch 'feature/x' $OTHER $HEAD" ]
}

@test "land: a rebase applies each commit again" {
	world 'feature/* by rebase'
	HEAD=$(commit_file 'fix: close the form' "$HEAD" login.html '</form>')
	push_ok erin "$HEAD:feature/x"
	at_ok bob git fetch -q
	at_ok ci git fetch -q
	approved
	main_moves
	at_ok ivy git policy land feature/x --into main
	[ "$(git -C "$SERVER" log --format='%an %cn %s' "$OTHER..main")" = \
		$'Erin ivy fix: close the form\nErin ivy feat: add a form' ]
}

@test "land: a fast-forward when nothing else is accepted" {
	world 'feature/* by fast-forward'
	approved
	at_ok ivy git policy land feature/x --into main
	assert_ref refs/heads/main "$HEAD"
}

@test "land: a fast-forward that has become impossible is said" {
	world 'feature/* by fast-forward'
	approved
	main_moves
	at_no 1 ivy git policy land feature/x --into main
	assert_said 'main has moved on' 'git rebase origin/main'
}

@test "land: the method asked for, and a message" {
	world
	approved
	at_ok ivy git policy land feature/x --into main --merge -m 'chore: take the form'
	[ "$(git -C "$SERVER" log -1 --format='%s %P' main)" = "chore: take the form $ROOT_COMMIT $HEAD" ]
}

@test "land: what the target does not accept is said before anything is pushed" {
	world 'feature/* by squash'
	approved
	at_no 1 ivy git policy land feature/x --into main --merge
	assert_said 'no   accept'
	assert_ref refs/heads/main "$ROOT_COMMIT"
}

@test "land: conflicts are named, with the way out" {
	world
	approved
	main_moves login.html 'something else'
	for method in --squash --merge --rebase; do
		at_no 1 ivy git policy land feature/x --into main $method
		assert_said 'conflicts with main in login.html' 'git merge origin/main in feature/x'
	done
}

@test "land: --dry-run pushes nothing, and a second landing has nothing to do" {
	world
	approved
	at_ok ivy git policy land feature/x --into main --dry-run
	assert_said 'would land'
	assert_ref refs/heads/main "$ROOT_COMMIT"
	at_ok ivy git policy land feature/x --into main --merge
	at_ok ivy git policy land feature/x --into main
	assert_said 'nothing to land'
	at_ok ivy git policy status origin/feature/x --for main --json
	json_findings type=verdict verdict=accepted | grep -q . || fail 'no verdict'
	[ "$(json_findings | wc -l)" -eq "$(wc -l <<<"$output")" ] || fail 'not only JSON'
}

@test "land: a person's merge driver and attributes do not bend what lands" {
	world
	approved
	main_moves
	at_ok ivy git config merge.renames false
	git -C "$BATS_TEST_TMPDIR/ivy" config merge.bad.driver false
	printf '* merge=bad\n' >"$BATS_TEST_TMPDIR/ivy/.git/info/attributes"
	at_ok ivy git policy land feature/x --into main --squash
}

@test "land: a pusher whom the server does not let in gets its words" {
	world
	approved
	at_no 1 erin git policy land feature/x --into main
	assert_said 'erin may not push here' 'may land, but not by your push'
	at_no 1 erin git -c policy.user= policy land feature/x --into main
	assert_rule push
}

@test "land takes a branch by where git keeps it here, too; an approval of what has landed counts for nothing" {
	world
	approved
	assert_not_said warning:
	at_ok ivy git policy land origin/feature/x --into main --fast-forward
	assert_said 'feature/x landed on main'
	at_ok carol git policy approve origin/feature/x --for main
	assert_said "warning: this counts for nothing: main has ${HEAD:0:7} already"
	git clone -q "$SERVER" "$BATS_TEST_TMPDIR/unborn" 2>/dev/null
	git -C "$BATS_TEST_TMPDIR/unborn" checkout -q --orphan none
	at_no 2 unborn git policy approve HEAD --for main --as carol
	assert_said 'there is no commit here yet' 'name a commit'
}

@test "explain --push: which head landed, how, and from which branch" {
	world
	approved
	local squash
	squash=$(squash 'feat: add a form' "$ROOT_COMMIT" "$HEAD")
	git -C "$BATS_TEST_TMPDIR/ivy" fetch -q "$CLIENT" "$squash"
	at_ok ivy git policy status feature/x --for main
	at_ok ivy git policy explain --push "$ROOT_COMMIT" "$squash" main
	assert_said "squash of ${HEAD:0:7} (feature/x) onto ${ROOT_COMMIT:0:7}: ${squash:0:7}" 'ok   approvals'
	push_ok ivy "$squash:main"
	run git_policy explain -C "$SERVER" --push "$ROOT_COMMIT" "$squash" main
	[ "$status" -eq 0 ] || fail 'explain'
	assert_said 'this happened at' 'pushed by ivy' "squash of ${HEAD:0:7} from feature/x, approved by bob"
}

@test "prune: records of what is gone, and grants that are over" {
	world
	approved
	at_ok oscar git policy grant main "$ROOT_COMMIT" "$HEAD" --reason 'the disk is full' --expires 1s
	push_ok erin ":feature/x"
	sleep 1.1
	run git_policy prune -C "$SERVER"
	[ "$status" -eq 0 ] || fail 'prune'
	[ -z "$(git -C "$SERVER" for-each-ref refs/approvals refs/checks refs/grants)" ] || fail 'records are left'
	assert_ref refs/heads/main "$ROOT_COMMIT"
}

@test "one line says what is missing: names, remotes, a repository" {
	world
	at_no 2 bob git policy approve nothing --for main
	assert_said 'no such commit: nothing'
	at_no 2 bob git policy approve --remote nowhere --for main
	assert_said 'no remote named nowhere' 'git remote add'
	at_no 2 ivy git policy land feature/nothing --into main
	assert_said 'origin has no branch feature/nothing' 'git branch --all'
	at_no 2 ivy git policy land feature/x --into nothing
	assert_said 'origin has no branch nothing'
	at_no 2 bob git -c policy.user= policy approve origin/feature/x --for main
	assert_said 'git config policy.user'
	at_no 2 bob git policy approve origin/feature/x --for 'a..b'
	mkdir "$BATS_TEST_TMPDIR/none"
	GIT_CEILING_DIRECTORIES=$BATS_TEST_TMPDIR at_no 2 none git policy status --for main
	assert_said 'there is no repository to work in'
}

@test "one line says what is missing: an empty repository, a detached HEAD, no policy, an unreachable remote" {
	world
	git init -q "$BATS_TEST_TMPDIR/empty"
	at_no 2 empty git policy approve --for main
	assert_said 'no remote named origin'
	git -C "$BATS_TEST_TMPDIR/empty" remote add origin "$SERVER"
	at_no 2 empty git policy approve --for main --as bob
	assert_said 'no commit here yet'
	at_ok erin git switch -q --detach origin/feature/x
	at_no 1 erin git policy status --for main
	assert_said '(feature/x)'
	at_ok bob git config remote.origin.url "$BATS_TEST_TMPDIR/gone"
	at_no 2 bob git policy status --for main
	assert_said 'cannot fetch from origin' '--offline'
	git -C "$SERVER" update-ref -d refs/policy/current
	at_no 2 carol git policy status origin/feature/x --for main
	assert_said 'no policy'
}

@test "in the bare repository status speaks of what is there, and nothing is pushed" {
	world
	approved
	run git_policy status -C "$SERVER" feature/x --for main
	[ "$status" -eq 0 ] || fail 'status'
	assert_said 'may land'
	run git_policy land -C "$SERVER" feature/x --into main
	[ "$status" -eq 2 ] || fail 'land'
	assert_said 'run it in a clone'
	run git_policy approve -C "$SERVER" feature/x --for main --as bob
	[ "$status" -eq 2 ] || fail 'approve'
	assert_said 'run it in a clone'
}
