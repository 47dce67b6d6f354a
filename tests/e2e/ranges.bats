# ranges: which commits a push is asked about: the new ones of design and policy, neither more nor fewer.
load helper

setup() {
	world_create
}

# strict_and_lax: main and strict/* judge messages in earnest, warn/* warns, lax/* does not look.
strict_and_lax() {
	policy_write <<-'POLICY'
		[commit]
		format = conventional

		[branch "main"]
		rewrite = allow

		[branch "strict/*"]
		rewrite = allow
		delete = allow

		[branch "warn/*"]
		commits = warn
		rewrite = allow

		[branch "lax/*"]
		commits = off
		rewrite = allow

		[tag "*"]
	POLICY
	repo_create
	M0=$ROOT_COMMIT
	server_set refs/heads/main "$M0"
	BAD=$(commit 'Bad message' "$M0")
	GOOD=$(commit 'fix: good again' "$BAD")
}

@test "a bad commit is refused, named by its short id" {
	strict_and_lax
	push_refused erin "$BAD:refs/heads/main"
	assert_rule format
	assert_said "commit ${BAD:0:7}, line 1, column 4" 'Bad message' 'format = conventional'
}

@test "a bad commit below a good tip is refused all the same" {
	strict_and_lax
	push_refused erin "$GOOD:refs/heads/strict/x"
	assert_rule format
	assert_said "commit ${BAD:0:7}"
	assert_not_said "commit ${GOOD:0:7}"
}

@test "a new branch is judged by what is new on it" {
	strict_and_lax
	server_set refs/heads/main "$GOOD"
	push_ok erin "$GOOD:refs/heads/strict/same"
	push_ok erin "$(commit 'feat: more' "$GOOD"):refs/heads/strict/more"
	push_ok erin "$(commit 'feat: beside' "$BAD"):refs/heads/strict/below"
}

@test "a rewind introduces nothing" {
	strict_and_lax
	server_set refs/heads/main "$GOOD"
	push_ok erin "+$BAD:refs/heads/main"
}

@test "parked on a lax branch, judged when it enters a strict one" {
	strict_and_lax
	push_ok erin "$GOOD:refs/heads/lax/park"
	assert_not_said warning: error:
	push_refused erin "$GOOD:refs/heads/strict/x"
	assert_rule format
	push_refused erin "$GOOD:refs/heads/main"
	assert_rule format
}

@test "parked on a warning branch, told there, judged when it enters a strict one" {
	strict_and_lax
	push_ok erin "$GOOD:refs/heads/warn/park"
	assert_warned format
	assert_not_said error:
	push_refused erin "$GOOD:refs/heads/main"
	assert_rule format
}

@test "a warning branch vouches for another and for a lax one, not for a strict one" {
	strict_and_lax
	server_set refs/heads/warn/park "$GOOD"
	push_ok erin "$GOOD:refs/heads/warn/other"
	assert_not_said warning:
	push_ok erin "$GOOD:refs/heads/lax/other"
	push_refused erin "$GOOD:refs/heads/strict/other"
}

@test "a lax branch does not vouch for a warning one" {
	strict_and_lax
	server_set refs/heads/lax/park "$GOOD"
	push_ok erin "$GOOD:refs/heads/warn/x"
	assert_warned format
}

@test "parking and entering in one push do not help each other" {
	strict_and_lax
	push_refused erin "$GOOD:refs/heads/lax/park" "$GOOD:refs/heads/main"
	assert_rule format
	push_refused erin "$BAD:refs/heads/lax/park" "$GOOD:refs/heads/strict/x"
	assert_rule format
	assert_said "commit ${BAD:0:7}"
}

@test "what a deleted strict branch vouched for is judged anew" {
	strict_and_lax
	server_set refs/heads/strict/x "$GOOD"
	push_ok erin ':refs/heads/strict/x'
	push_refused erin "$GOOD:refs/heads/strict/y"
	assert_rule format
}

@test "a bad commit that comes in by a merge is judged" {
	strict_and_lax
	server_set refs/heads/lax/park "$GOOD"
	local merge
	merge=$(commit "Merge branch 'lax/park'" "$M0" "$GOOD")
	push_refused erin "$merge:refs/heads/main"
	assert_rule format
	assert_said "commit ${BAD:0:7}"
	assert_not_said "commit ${merge:0:7}"
}

@test "tags introduce commits like branches do" {
	strict_and_lax
	push_refused erin "$GOOD:refs/tags/parked"
	assert_rule format
	local tag
	tag=$(printf 'object %s\ntype commit\ntag t\ntagger Erin <erin@example.org> 1740830400 +0000\n\nx\n' "$GOOD" |
		git -C "$CLIENT" mktag)
	push_refused erin "$tag:refs/tags/annotated"
	assert_rule format
	assert_said "commit ${BAD:0:7}"
	push_ok erin "$M0:refs/tags/fine"
}

@test "the history of before the policy never blocks anyone" {
	policy_write <<-'POLICY'
		[commit]
		format = conventional
		[branch "**"]
		rewrite = allow
	POLICY
	client_create
	local old
	old=$(commit 'Old times' "$(commit 'Older times' "$ROOT_COMMIT")")
	git init -q --bare "$SERVER"
	server_set refs/heads/main "$old"
	server_install
	push_ok erin "$(commit 'feat: new times' "$old"):refs/heads/main"
	# Not even when the branch that held it is gone from the server.
	server_set refs/heads/main "$ROOT_COMMIT"
	push_ok erin "$old:refs/heads/again"
	assert_not_said error: warning:
	push_refused erin "$(commit 'New but bad' "$old"):refs/heads/other"
	assert_rule format
}

@test "dates that run backwards hide no commit" {
	strict_and_lax
	local late early tip
	late=$(GIT_COMMITTER_DATE='@4000000000 +0000' commit 'Bad and from the future' "$M0")
	early=$(GIT_COMMITTER_DATE='@100000000 +0000' commit 'feat: from the past' "$late")
	server_set refs/heads/main "$(commit 'fix: main goes on' "$M0")"
	tip=$(GIT_COMMITTER_DATE='@5000000000 +0000' commit 'feat: tip' "$early")
	push_refused erin "$tip:refs/heads/strict/x"
	assert_said "commit ${late:0:7}"
	server_set refs/heads/main "$early"
	push_ok erin "$tip:refs/heads/strict/x"
}

@test "several refs in one push: one bad one refuses all, and is the one that is named" {
	strict_and_lax
	push_refused erin "$M0:refs/heads/strict/fine" "$BAD:refs/heads/strict/bad" "$M0:refs/heads/strict/also-fine"
	assert_said 'refs/heads/strict/bad: rejected'
	assert_not_said 'refs/heads/strict/fine: rejected' 'refs/heads/strict/also-fine: rejected'
	push_refused erin "$BAD:refs/heads/strict/bad" "$BAD:refs/heads/unheard-of"
	assert_rule format name
}

@test "several refs in one push, all good" {
	strict_and_lax
	local specs=() number
	for number in {1..60}; do
		specs+=("$(commit "feat: number $number" "$M0"):refs/heads/strict/n$number")
	done
	push_ok erin "${specs[@]}" "$M0:refs/tags/all"
}

@test "an allowed ref first and a forbidden one second, and the other way round" {
	policy_write <<-'POLICY'
		[branch "main"]
		push = @integrators
		[branch "topic/*"]
	POLICY
	repo_create
	push_refused erin "$ROOT_COMMIT:refs/heads/topic/a" "$ROOT_COMMIT:refs/heads/main"
	assert_rule push
	push_refused erin "$ROOT_COMMIT:refs/heads/main" "$ROOT_COMMIT:refs/heads/topic/a"
	assert_rule push
	push_ok ivy "$ROOT_COMMIT:refs/heads/main" "$ROOT_COMMIT:refs/heads/topic/a"
}

@test "a merge is exempt by its parents, not by its words" {
	strict_and_lax
	local side
	side=$(commit 'feat: side' "$M0")
	push_ok erin "$(commit "Merge branch 'side'" "$(commit 'feat: ours' "$M0")" "$side"):refs/heads/main"
	server_set refs/heads/main "$M0"
	push_refused erin "$(commit "Merge branch 'side'" "$M0"):refs/heads/main"
	assert_rule format
	# Its second parent is an ancestor of the first: nothing is merged.
	push_refused erin "$(commit "Merge branch 'side'" "$side" "$M0"):refs/heads/main"
	assert_rule format
}

@test "a merge of what only adds to its first parent has the tree that git merge --no-ff leaves" {
	strict_and_lax
	local change
	change=$(commit_file 'feat: change' "$M0" README changed)
	push_refused erin "$(commit "Merge branch 'change'" "$M0" "$change"):refs/heads/main"
	assert_rule format
	git -C "$CLIENT" reset -q --hard "$M0"
	git -C "$CLIENT" merge -q --no-ff -m "Merge branch 'change'" "$change"
	push_ok erin HEAD:refs/heads/main
}

@test "another name of a lax branch launders nothing, in one push or as a trunk" {
	strict_and_lax
	server_set refs/heads/lax/park "$BAD"
	git -C "$SERVER" symbolic-ref refs/heads/strict/alias refs/heads/lax/park
	push_refused erin "$GOOD:refs/heads/strict/alias" "$BAD:refs/heads/main"
	assert_rule format
	assert_said "commit ${BAD:0:7}" 'refs/heads/main'
	git -C "$SERVER" update-ref -d refs/heads/main
	git -C "$SERVER" symbolic-ref refs/heads/main refs/heads/lax/park
	push_refused erin "$GOOD:refs/heads/strict/x"
	assert_rule format
	assert_said "commit ${BAD:0:7}"
}

@test "a commit whose clock was wrong makes none before it new" {
	policy_write <<-'POLICY'
		[commit]
		format = conventional
		[branch "main"]
		rewrite = deny
		[branch "topic/*"]
	POLICY
	repo_create
	local old main topic
	old=$(GIT_COMMITTER_DATE='1577836800 +0000' commit 'Root of old')
	main=$(GIT_COMMITTER_DATE='1574208000 +0000' commit 'Clock was wrong' "$old")
	main=$(GIT_COMMITTER_DATE='1577923200 +0000' commit 'Third' "$main")
	server_set refs/heads/main "$main"
	topic=$(commit 'feat: topic' "$old")
	push_ok erin "$(commit "Merge branch 'topic'" "$main" "$topic"):refs/heads/main"
	push_ok erin "$old:refs/heads/topic/old"
	assert_not_said error: warning:
}

@test "a revert is exempt by proof, not by its words" {
	strict_and_lax
	local change words
	change=$(commit_file 'feat: change' "$M0" README changed)
	words=$(printf 'Revert "feat: change"\n\nThis reverts commit %s.' "$change")
	server_set refs/heads/main "$change"
	push_ok erin "$(commit_file "$words" "$change" README base):refs/heads/main"
	server_set refs/heads/main "$change"
	push_refused erin "$(commit_file "$words" "$change" README else):refs/heads/main"
	assert_rule format
	push_refused erin "$(commit 'Revert "feat: change"' "$change"):refs/heads/main"
	assert_rule format
}

@test "reverts that git makes itself: with later changes beside, of a merge, of a revert" {
	strict_and_lax
	git -C "$CLIENT" reset -q --hard "$(commit_file 'feat: change' "$M0" README changed)"
	local change first side
	change=$(git -C "$CLIENT" rev-parse HEAD)
	git -C "$CLIENT" reset -q --hard "$(commit_file 'feat: beside' "$change" OTHER beside)"
	git -C "$CLIENT" revert --no-edit "$change" >/dev/null
	push_ok erin HEAD:refs/heads/strict/late
	first=$(git -C "$CLIENT" rev-parse HEAD)
	push_ok erin "$(commit_file "$(printf 'Reapply "feat: change"\n\nThis reverts commit %s.' "$first")" "$first" README \
		changed):refs/heads/strict/late"
	side=$(commit_file 'feat: side' "$M0" SIDE side)
	git -C "$CLIENT" reset -q --hard "$change"
	git -C "$CLIENT" merge -q --no-edit "$side"
	git -C "$CLIENT" revert --no-edit -m 1 HEAD >/dev/null
	push_ok erin HEAD:refs/heads/strict/merge
	git -C "$CLIENT" reset -q --hard HEAD^
	git -C "$CLIENT" revert --no-edit -m 2 HEAD >/dev/null
	push_ok erin HEAD:refs/heads/strict/mainline
	assert_not_said error: warning:
}

@test "a revert names a commit whose change it does not undo: its words do not spare it" {
	strict_and_lax
	local change
	change=$(commit_file 'feat: change' "$M0" README changed)
	server_set refs/heads/main "$change"
	push_refused erin "$(commit_file "$(printf 'Revert "x"\n\nThis reverts commit %s.' "$M0")" "$change" README \
		base):refs/heads/main"
	assert_rule format
	push_refused erin "$(commit_file "$(printf 'Revert "x"\n\nThis reverts commit %040d.' 1)" "$change" README \
		base):refs/heads/main"
	assert_rule format
	local nothing
	nothing=$(commit 'chore: nothing' "$change")
	push_refused erin "$(commit "$(printf 'Revert "x"\n\nThis reverts commit %s.' "$nothing")" "$nothing"):refs/heads/main"
	assert_rule format
}

@test "create-from: judged when a branch is made and when it is rewritten" {
	policy_write <<-'POLICY'
		[branch "main"]
		[branch "develop"]
		[branch "feature/*"]
		create-from = develop
		rewrite = allow
	POLICY
	repo_create
	local main develop
	main=$(commit 'feat: on main' "$ROOT_COMMIT")
	develop=$(commit 'feat: on develop' "$ROOT_COMMIT")
	server_set refs/heads/main "$main" refs/heads/develop "$develop"
	push_refused erin "$(commit 'feat: x' "$main"):refs/heads/feature/x"
	assert_rule create-from
	push_ok erin "$(commit 'feat: x' "$develop"):refs/heads/feature/x"
	push_refused erin "+$(commit 'feat: x' "$main"):refs/heads/feature/x"
	assert_rule create-from
	# What both trunks have is on develop, too; and merging main in later is no new start.
	push_ok erin "$ROOT_COMMIT:refs/heads/feature/y"
	push_ok erin "$(commit 'Merge main' "$(commit 'feat: x' "$develop")" "$main"):refs/heads/feature/x"
	push_refused erin "$(commit 'feat: no relation'):refs/heads/feature/z"
	assert_rule create-from
	push_refused erin "$(commit 'feat: x' "$main"):refs/heads/feature/o'r\$(id)"
	assert_said "${main:0:7} 'feature/o'\''r\$(id)'"
}

@test "delete = merged: contained in every branch it names" {
	policy_write <<-'POLICY'
		[branch "main"]
		[branch "develop"]
		[branch "release/*"]
		delete = merged main develop
	POLICY
	repo_create
	local release
	release=$(commit 'fix: release' "$ROOT_COMMIT")
	server_set refs/heads/main "$release" refs/heads/develop "$ROOT_COMMIT" refs/heads/release/1 "$release"
	push_refused erin ':refs/heads/release/1'
	assert_rule delete
	assert_said develop
	server_set refs/heads/develop "$(commit 'Merge release' "$ROOT_COMMIT" "$release")"
	push_ok erin ':refs/heads/release/1'
}

@test "case 49: a protected branch is not deleted and made again in one push, nor renamed away" {
	policy_write <<-'POLICY'
		[branch "main"]
		delete = deny
		rewrite = deny
		[branch "**"]
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	git -C "$SERVER" symbolic-ref HEAD refs/heads/elsewhere
	push_refused erin ':refs/heads/main' "$ROOT_COMMIT:refs/heads/renamed"
	assert_rule delete
}
