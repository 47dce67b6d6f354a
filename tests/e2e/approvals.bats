#!/usr/bin/env bats
# approvals: whose count for what lands. The numbers are those of the cases in the catalogue of attacks; every one that
# is refused has its accepted twin beside it.
load helper

setup() {
	world_create
	world_policy '1 @reviewers'
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT" refs/heads/develop "$ROOT_COMMIT"
	HEAD=$(commit_file 'feat: one' "$ROOT_COMMIT" one 1)
	ASIDE=$(commit_file 'feat: aside' "$ROOT_COMMIT" aside 1)
}

# world_policy APPROVALS [REVIEWER...]: the policy, with who are reviewers.
world_policy() {
	local approvals=$1
	shift
	policy_write <<-POLICY
		[branch "main"]
		direct = deny
		approvals = $approvals
		[branch "develop"]
		direct = deny
		approvals = 1 @reviewers
		[branch "feature/{slug}"]
		rewrite = allow
		[user "dave"]
		aliases = david
		email = dave@example.org
		[user "robot"]
		[group "reviewers"]
		members = ${*:-bob carol dave erin ivy}
		[group "ci"]
		members = robot
	POLICY
}

# world_change APPROVALS [REVIEWER...]: the same on the server, now.
world_change() {
	world_policy "$@"
	cat "$BATS_TEST_TMPDIR/policy.ini" >"$SERVER/policy/policy.ini"
}

# lands HEAD, not_landed HEAD: ivy squashes it onto main, with success or without.
lands() {
	push_ok ivy "$(squash 'feat: landed' "$(git -C "$SERVER" rev-parse main)" "$1"):main"
}

not_landed() {
	push_refused ivy "$(squash 'feat: landed' "$(git -C "$SERVER" rev-parse main)" "$1"):main"
	assert_rule approvals
}

@test "55: who wrote, committed, pushed or helped to write it does not approve it" {
	local committed pushed helped
	push_ok ivy "$HEAD:feature/author"
	approve heads/main "$HEAD" erin
	not_landed "$HEAD"
	assert_said "approvals: 0 of 1 for ${HEAD:0:7} (erin does not count: author of ${HEAD:0:7})" \
		"one of @reviewers runs: git policy approve ${HEAD:0:7} --for main" 'approvals = 1 @reviewers'
	committed=$(GIT_COMMITTER_NAME=Carol GIT_COMMITTER_EMAIL=CAROL@example.org commit 'feat: two' "$HEAD")
	push_ok ivy "$committed:feature/author"
	approve heads/main "$committed" carol
	not_landed "$committed"
	assert_said "carol does not count: committer of ${committed:0:7}"
	helped=$(commit $'feat: three\n\nCo-authored-by: Dave <dave@example.org>' "$committed")
	push_ok ivy "$helped:feature/author"
	approve heads/main "$helped" dave
	not_landed "$helped"
	assert_said "dave does not count: co-author of ${helped:0:7}"
	pushed=$(commit 'feat: four' "$helped")
	push_ok bob "$pushed:feature/author"
	approve heads/main "$pushed" bob ivy
	not_landed "$pushed"
	assert_said 'bob does not count: pushed' 'ivy does not count: pushed'
}

@test "55, twin: somebody else, and whoever only makes the landing, do" {
	push_ok erin "$HEAD:feature/a" "$ASIDE:feature/b"
	approve heads/main "$HEAD" bob
	lands "$HEAD"
	approve heads/main "$ASIDE" ivy
	push_ok ivy "$(merge 'feat: landed' "$(git -C "$SERVER" rev-parse main)" "$ASIDE"):main"
}

@test "55: an unknown pusher excludes nobody, which is said" {
	server_set refs/heads/feature/x "$HEAD"
	not_landed "$HEAD"
	assert_said "0 of 1 for ${HEAD:0:7} (who pushed it is not known)"
	approve heads/main "$HEAD" bob
	lands "$HEAD"
}

@test "55: what a branch with approvals had before counts nobody out" {
	local old new
	old=$(as bob commit_file 'feat: reviewed' "$ROOT_COMMIT" reviewed 1)
	server_set refs/heads/develop "$old"
	new=$(commit_file 'feat: new' "$old" new 1)
	push_ok erin "$new:feature/x"
	approve heads/main "$new" bob
	lands "$new"
}

@test "56: one person with two names has one voice" {
	world_change '2 @reviewers'
	push_ok erin "$HEAD:feature/x"
	push_ok david "$HEAD:refs/approvals/heads/main/$HEAD/dave" "$HEAD:refs/approvals/heads/main/$HEAD/david"
	not_landed "$HEAD"
	assert_said "1 of 2 for ${HEAD:0:7} (dave)" 'another of @reviewers'
	approve heads/main "$HEAD" bob
	lands "$HEAD"
}

@test "57: who is in the group is asked when it lands" {
	push_ok erin "$HEAD:feature/x"
	approve heads/main "$HEAD" bob
	world_change '1 @reviewers' carol dave
	not_landed "$HEAD"
	assert_said 'bob does not count: not one of @reviewers'
	world_change '1 @reviewers' bob
	lands "$HEAD"
}

@test "57: whom the policy does not know any more does not count" {
	push_ok erin "$HEAD:feature/x"
	approve heads/main "$HEAD" dave
	world_policy '1 @reviewers' bob
	sed -e '/^\[user "dave"\]/,/^email/d' "$BATS_TEST_TMPDIR/policy.ini" >"$SERVER/policy/policy.ini"
	not_landed "$HEAD"
	assert_said 'dave does not count: unknown to the policy'
	world_change '1 @reviewers' dave
	lands "$HEAD"
}

@test "58: an amended, rebased or extended head needs its own approval" {
	local amended more
	amended=$(commit_file 'feat: one' "$ROOT_COMMIT" one 2)
	more=$(commit_file 'feat: more' "$HEAD" more 1)
	push_ok erin "$HEAD:feature/x"
	approve heads/main "$HEAD" bob
	push_ok erin "+$amended:feature/x"
	not_landed "$amended"
	assert_said "approval by bob was for ${HEAD:0:7}; ${amended:0:7} lands instead: 1 file differs"
	push_ok erin "+$more:feature/x"
	not_landed "$more"
	approve heads/main "$more" bob
	lands "$more"
}

@test "59: an approval is of one target" {
	push_ok erin "$HEAD:feature/x"
	approve heads/develop "$HEAD" bob
	not_landed "$HEAD"
	approve heads/main "$HEAD" bob
	lands "$HEAD"
}

@test "60: an approval is of one head, however that lands, and of no parent" {
	local child
	child=$(commit_file 'feat: child' "$HEAD" child 1)
	push_ok erin "$child:feature/x"
	approve heads/main "$HEAD" bob
	not_landed "$child"
	approve heads/main "$child" bob
	push_ok ivy "$child:main"
}

@test "61: a signed approval is one person's, of one head, for one target" {
	local repository tag
	ssh-keygen -q -t ed25519 -N '' -C bob -f "$HOME/bob"
	world_policy '2 @reviewers'
	sed -i -e 's/^env = .*/&\nsigners = allowed_signers/' -e 's/^approvals = 2.*/&\nsigned = required/' \
		"$BATS_TEST_TMPDIR/policy.ini"
	printf 'bob@example.org %s\n' "$(cut -d' ' -f1,2 "$HOME/bob.pub")" >"$SERVER/policy/allowed_signers"
	cat "$BATS_TEST_TMPDIR/policy.ini" >"$SERVER/policy/policy.ini"
	read -r _ repository <"$SERVER/policy/account/installed"
	push_ok erin "$HEAD:feature/x"
	tag=$(cd "$CLIENT" && git -c gpg.format=ssh -c user.signingKey="$HOME/bob" -c user.name=B -c user.email=b@example.org \
		tag -s -m "approve

repository: $repository
target: refs/heads/main
head: $HEAD
user: bob" approval "$HEAD" && git rev-parse approval)
	git -C "$CLIENT" tag -d approval >/dev/null
	push_ok bob "$tag:refs/approvals/heads/main/$HEAD/bob"
	push_ok carol "$tag:refs/approvals/heads/main/$HEAD/carol"
	approve heads/main "$HEAD" dave
	not_landed "$HEAD"
	assert_said "1 of 2 for ${HEAD:0:7} (bob; carol does not count: signed by somebody else; dave does not count: not signed)"
	sed -i 's/^approvals = 2/approvals = 1/' "$SERVER/policy/policy.ini"
	lands "$HEAD"
}

@test "62: who asks for changes blocks until the same person approves" {
	push_ok erin "$HEAD:feature/x"
	approve heads/main "$HEAD" bob carol
	push_ok bob "+$(record_tag "$HEAD" $'reject\n\nthe lock is taken twice'):refs/approvals/heads/main/$HEAD/bob"
	not_landed "$HEAD"
	assert_said "changes requested by bob, of ${HEAD:0:7}"
	approve heads/main "$HEAD" dave
	not_landed "$HEAD"
	push_refused carol "+$HEAD:refs/approvals/heads/main/$HEAD/bob"
	push_ok bob "+$HEAD:refs/approvals/heads/main/$HEAD/bob"
	lands "$HEAD"
}

@test "62: an objection by somebody who could not approve does not block, and a new head leaves the old one's behind" {
	push_ok erin "$HEAD:feature/x"
	push_ok oscar "$(record_tag "$HEAD" reject):refs/approvals/heads/main/$HEAD/oscar"
	push_ok bob "$(record_tag "$HEAD" reject):refs/approvals/heads/main/$HEAD/bob"
	approve heads/main "$HEAD" carol
	not_landed "$HEAD"
	assert_not_said oscar
	local better
	better=$(commit_file 'fix: better' "$HEAD" one 2)
	push_ok erin "$better:feature/x"
	approve heads/main "$better" carol
	lands "$better"
}

@test "63: what has landed keeps its history, and to land again it is approved again" {
	push_ok erin "$HEAD:feature/x"
	approve heads/main "$HEAD" bob
	lands "$HEAD"
	[ -z "$(git -C "$SERVER" for-each-ref "refs/approvals/heads/main/$HEAD")" ] || fail 'the approval was not retired'
	grep -q "squash:$HEAD:feature/x:bob" "$SERVER/policy/account/refs/heads/main:log" ||
		fail "$(cat "$SERVER/policy/account/refs/heads/main:log")"
	local undone
	undone=$(git -C "$SERVER" rev-parse main)
	undone=$(printf 'revert: it\n' | git -C "$CLIENT" commit-tree -p "$undone" "$ROOT_COMMIT^{tree}")
	server_set refs/heads/main "$undone"
	push_refused ivy "$(printf 'feat: again\n' | git -C "$CLIENT" commit-tree -p "$undone" "$HEAD^{tree}"):main"
	assert_rule approvals
}

@test "64: who reports checks approves nothing by that" {
	push_ok erin "$HEAD:feature/x"
	approve heads/main "$HEAD" robot
	not_landed "$HEAD"
	assert_said 'robot does not count: not one of @reviewers'
	push_refused bob "$(record_tag "$HEAD" pass):refs/checks/$HEAD/ci"
	push_ok robot "$(record_tag "$HEAD" pass):refs/checks/$HEAD/ci"
	world_change '1 @reviewers' bob robot
	lands "$HEAD"
}

@test "65: an approval in the same push does not count, nor one that the pusher writes for somebody" {
	local landed
	landed=$(squash 'feat: landed' "$ROOT_COMMIT" "$HEAD")
	push_ok erin "$HEAD:feature/x"
	push_refused bob "$HEAD:refs/approvals/heads/main/$HEAD/bob" "$landed:main"
	assert_rule approvals
	push_refused bob "$landed:main" "$HEAD:refs/approvals/heads/main/$HEAD/bob"
	assert_rule approvals
	push_refused ivy "$HEAD:refs/approvals/heads/main/$HEAD/bob"
	assert_rule push
	push_ok bob "$HEAD:refs/approvals/heads/main/$HEAD/bob"
	push_ok bob "$landed:main"
}

@test "66: thresholds that ask for nobody are no policy" {
	local approvals
	push_ok erin "$HEAD:feature/x"
	for approvals in '0 @reviewers' '-1 @reviewers' '4294967297 @reviewers' '1 @unknown' '1 mallory' 1 '1 anyone' '@reviewers'; do
		world_change "$approvals"
		push_refused ivy "$(squash 'feat: landed' "$ROOT_COMMIT" "$HEAD"):main"
		assert_said 'policy.ini'
		[ "$(git_policy check --git-dir "$SERVER" >/dev/null 2>&1; echo $?)" -ne 0 ] || fail "loads: $approvals"
	done
	world_change '6 @reviewers'
	run git_policy check "$SERVER/policy/policy.ini"
	assert_said 'asks for 6 of 5 people'
	not_landed "$HEAD"
	world_change '1 @reviewers'
	approve heads/main "$HEAD" bob
	lands "$HEAD"
}

@test "67: every ref of a push is judged by itself, in any order" {
	local allowed=() i
	push_ok erin "$HEAD:feature/x"
	for i in $(seq 100); do
		allowed+=("$HEAD:feature/a-$i")
	done
	push_refused bob "${allowed[@]}" "$HEAD:main"
	assert_rule approvals
	push_refused bob "$HEAD:main" "${allowed[@]}"
	assert_rule approvals
	push_refused bob "$HEAD:refs/approvals/heads/main/$HEAD/bob" "$HEAD:refs/approvals/heads/main/$HEAD/carol"
	push_refused bob "$HEAD:refs/approvals/heads/main/$HEAD/carol" "$HEAD:refs/approvals/heads/main/$HEAD/bob"
	approve heads/main "$HEAD" carol
	push_ok bob "${allowed[@]}" "$HEAD:main"
}

@test "several thresholds are each asked, unless their check says otherwise" {
	world_change $'1 bob\n  1 carol unless vuln_high=0'
	push_ok erin "$HEAD:feature/x"
	not_landed "$HEAD"
	assert_said '0 of 1' 'one of bob runs' 'one of carol runs'
	approve heads/main "$HEAD" bob
	not_landed "$HEAD"
	push_ok robot "$(record_tag "$HEAD" 2):refs/checks/$HEAD/vuln_high"
	not_landed "$HEAD"
	push_ok robot "+$(record_tag "$HEAD" 0):refs/checks/$HEAD/vuln_high"
	lands "$HEAD"
}

@test "without landings that others made, a direct commit needs its own approval" {
	sed -i 's/^direct = deny/direct = allow/' "$SERVER/policy/policy.ini"
	push_refused bob "$HEAD:main"
	assert_rule approvals
	push_ok erin "$HEAD:feature/x"
	approve heads/main "$HEAD" carol
	push_ok bob "$HEAD:main"
}

# forged NAME PARENT: a commit that says it is nobody's whom the policy knows.
forged() {
	as mal commit_file "feat: $1" "$2" "$1" 1
}

@test "who brought a commit stays its pusher, whatever becomes of the branch" {
	local head
	head=$(forged deleted "$ROOT_COMMIT")
	sed -i 's/^rewrite = allow/&\ndelete = allow/' "$SERVER/policy/policy.ini"
	push_ok erin "$head:feature/x"
	approve heads/main "$head" erin
	push_ok erin :feature/x
	push_ok ivy "$head:feature/y"
	not_landed "$head"
	assert_said "erin does not count: pushed ${head:0:7}"
	push_ok ivy :feature/y
	not_landed "$head"
	assert_said "erin does not count: pushed ${head:0:7}"
	approve heads/main "$head" bob
	lands "$head"
}

@test "who brought a commit stays its pusher: moved away, by another's branch, by a tag" {
	local head tagged
	printf '[tag "**"]\npush = anyone\ndelete = allow\n' >>"$SERVER/policy/policy.ini"
	head=$(forged moved "$ROOT_COMMIT") tagged=$(forged tagged "$ROOT_COMMIT")
	push_ok erin "$head:feature/x" "$tagged:refs/tags/v1"
	push_ok erin "+$ASIDE:feature/x" :refs/tags/v1
	push_ok ivy "$head:feature/y" "$tagged:feature/z"
	approve heads/main "$head" erin
	approve heads/main "$tagged" erin
	not_landed "$head"
	assert_said "erin does not count: pushed ${head:0:7}"
	not_landed "$tagged"
	assert_said "erin does not count: pushed ${tagged:0:7}"
	approve heads/main "$head" bob
	lands "$head"
	grep -qE "^$head [0-9TZ:-]{20} erin refs/heads/feature/x\$" "$SERVER/policy/account/arrived/${head:0:2}" ||
		fail 'no line of its arrival'
	[ "$(cat "$SERVER"/policy/account/arrived/* | cut -d' ' -f1 | sort | uniq -d)" = '' ] || fail 'told twice'
}

@test "what a missed push brought has no pusher; who says so late is known" {
	local head more
	head=$(forged missed "$ROOT_COMMIT") more=$(forged more "$head")
	push_ok erin "$ROOT_COMMIT:feature/x"
	mv "$SERVER/hooks/post-receive" "$SERVER/hooks/away"
	push_ok erin "$head:feature/x"
	mv "$SERVER/hooks/away" "$SERVER/hooks/post-receive"
	push_ok bob "$more:feature/x"
	grep -qE "^$head [^ ]+ \? refs/heads/feature/x\$" "$SERVER/policy/account/arrived/${head:0:2}" || fail 'not told'
	HOOK_USER=erin hook post-receive <<<"$ROOT_COMMIT $head refs/heads/feature/x"
	push_ok erin "+$ASIDE:feature/x"
	approve heads/main "$more" erin
	not_landed "$more"
	assert_said "erin does not count: pushed ${head:0:7}"
}

@test "an index of arrivals that is none: nothing is appended, and who needs it cannot tell" {
	local file
	push_ok erin "$HEAD:feature/x"
	approve heads/main "$HEAD" bob
	file=$SERVER/policy/account/arrived/${HEAD:0:2}
	printf 'torn' >>"$file"
	lands "$HEAD"
	push_ok erin "$ASIDE:feature/y"
	approve heads/main "$ASIDE" bob
	file=$SERVER/policy/account/arrived/${ASIDE:0:2}
	echo whatever >>"$file"
	push_refused ivy "$(squash 'feat: landed' "$(git -C "$SERVER" rev-parse main)" "$ASIDE"):main"
	assert_said undecided "arrived/${ASIDE:0:2} has a line that tells of no commit's arrival"
	[ "$(tail -n 1 "$file")" = whatever ] || fail 'appended'
}

@test "what came with the push hides nobody who made it" {
	local first second none
	first=$(as bob commit_file 'feat: first' "$ROOT_COMMIT" first 1)
	second=$(as carol commit_file 'feat: second' "$first" second 1)
	push_ok ivy "$second:feature/x"
	approve heads/main "$second" bob
	none=$(printf 'feat: nothing\n' | as ivy git -C "$CLIENT" commit-tree -p "$ROOT_COMMIT" -p "$first" "$ROOT_COMMIT^{tree}")
	push_refused ivy "$(merge 'feat: landed' "$none" "$second"):main"
	assert_said "bob does not count: author of ${first:0:7}"
	approve heads/main "$second" dave
	lands "$second"
}

@test "an approval is used up by its landing, whatever becomes of its record" {
	local undone
	push_ok erin "$HEAD:feature/x"
	approve heads/main "$HEAD" bob
	lands "$HEAD"
	undone=$(git -C "$SERVER" rev-parse main)
	undone=$(printf 'revert: it\n' | git -C "$CLIENT" commit-tree -p "$undone" "$ROOT_COMMIT^{tree}")
	server_set refs/heads/main "$undone" "refs/approvals/heads/main/$HEAD/bob" "$HEAD"
	undone=$(printf 'feat: again\n' | git -C "$CLIENT" commit-tree -p "$undone" "$HEAD^{tree}")
	push_refused ivy "$undone:main"
	assert_rule approvals
	assert_said "bob does not count: it was used when ${HEAD:0:7} landed at "
	SERVER_ENV=(GIT_POLICY_NOW=2099-01-01T00:00:00Z)
	push_ok bob "+$(record_tag "$HEAD" reject):refs/approvals/heads/main/$HEAD/bob"
	push_ok bob "+$HEAD:refs/approvals/heads/main/$HEAD/bob"
	push_ok ivy "$undone:main"
}

@test "an approval is for one landing in a push" {
	local once undone
	sed -i 's/^direct = deny/direct = allow/' "$SERVER/policy/policy.ini"
	push_ok erin "$HEAD:feature/x"
	approve heads/main "$HEAD" bob
	once=$(squash 'feat: landed' "$ROOT_COMMIT" "$HEAD")
	undone=$(printf 'fix: undone\n' | git -C "$CLIENT" commit-tree -p "$once" "$ROOT_COMMIT^{tree}")
	push_ok erin "$undone:feature/undone"
	approve heads/main "$undone" dave
	push_refused ivy "$(printf 'feat: again\n' | as ivy git -C "$CLIENT" commit-tree -p "$undone" "$HEAD^{tree}"):main"
	assert_rule approvals
	push_ok ivy "$once:main"
}

@test "a branch that was rewritten onto no trunk came from none" {
	local orphan head
	sed -i '0,/^direct = deny/s//&\naccept = feature\/* from main by squash/' "$SERVER/policy/policy.ini"
	push_ok erin "$HEAD:feature/x"
	orphan=$(printf 'feat: orphan\n' | git -C "$CLIENT" commit-tree "$HEAD^{tree}")
	push_ok erin "+$orphan:feature/x"
	grep -q "$orphan [0-9a-f]* from:\$" "$SERVER/policy/account/refs/heads/feature/x:log" ||
		fail "$(cat "$SERVER/policy/account/refs/heads/feature/x:log")"
	head=$(merge 'feat: joined' "$orphan" "$ASIDE" 2>/dev/null) || head=$(printf 'feat: joined\n' |
		git -C "$CLIENT" commit-tree -p "$orphan" -p "$ASIDE" "$ASIDE^{tree}")
	push_ok erin "$head:feature/x"
	approve heads/main "$head" bob
	push_refused ivy "$(squash 'feat: landed' "$ROOT_COMMIT" "$head"):main"
	assert_rule accept
	push_ok erin "+$ASIDE:feature/x"
	approve heads/main "$ASIDE" bob
	push_ok ivy "$(squash 'feat: landed' "$ROOT_COMMIT" "$ASIDE"):main"
}
