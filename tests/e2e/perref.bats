# perref: the update hook, which lets the good refs of a push in though another is refused.
load helper

setup() {
	world_create
	policy_write <<-'POLICY'
		[commit]
		format = conventional

		[branch "main"]
		push = @integrators
		rewrite = deny
		delete = deny

		[branch "topic/*"]
		delete = allow

		[branch "lax/*"]
		commits = off

		[tag "v{semver}"]
	POLICY
	repo_create "$BATS_TEST_TMPDIR/policy.ini" --per-ref
	server_set refs/heads/main "$ROOT_COMMIT"
	GOOD=$(commit 'feat: good' "$ROOT_COMMIT")
	BAD=$(commit 'Bad' "$ROOT_COMMIT")
}

@test "a good ref lands though another one is refused" {
	push erin "$GOOD:refs/heads/topic/good" "$BAD:refs/heads/topic/bad" "$GOOD:refs/heads/main" "$GOOD:refs/tags/v1.0.0"
	[ "$status" -eq 1 ] || fail 'accepted whole'
	assert_ref refs/heads/topic/good "$GOOD"
	assert_ref refs/tags/v1.0.0 "$GOOD"
	assert_no_ref refs/heads/topic/bad
	assert_ref refs/heads/main "$ROOT_COMMIT"
	assert_said 'refs/heads/topic/bad: rejected' 'refs/heads/main: rejected' 'hook declined'
	assert_rule format push
	assert_not_said 'refs/heads/topic/good: rejected'
}

@test "the same words as pre-receive, one ref at a time" {
	push_refused erin "$BAD:refs/heads/topic/bad"
	assert_said "commit ${BAD:0:7}, line 1, column 4" 'format = conventional'
	push_refused erin "$GOOD:refs/heads/strange"
	assert_rule name
	push_refused ivy "+$(commit 'feat: other root'):refs/heads/main"
	assert_rule rewrite
	git -C "$SERVER" symbolic-ref HEAD refs/heads/elsewhere
	push_refused ivy ':refs/heads/main'
	assert_rule delete
	push_ok erin "$GOOD:refs/heads/topic/x"
	push_ok erin ':refs/heads/topic/x'
}

@test "without a quarantine the range is the same: parked, then judged when it enters" {
	push_ok erin "$BAD:refs/heads/lax/park"
	push_refused erin "$BAD:refs/heads/topic/x"
	assert_rule format
	push_refused erin "$(commit 'feat: above' "$BAD"):refs/heads/topic/x"
	assert_rule format
	push_ok ivy "$GOOD:refs/heads/main"
	push_ok erin "$(commit 'feat: above' "$GOOD"):refs/heads/topic/y"
}

@test "all or nothing on request of the pusher" {
	push_refused erin --atomic "$GOOD:refs/heads/topic/good" "$BAD:refs/heads/topic/bad"
}

@test "a symbolic ref is judged as the branch it points to, here too" {
	git -C "$SERVER" symbolic-ref refs/heads/topic/alias refs/heads/main
	push_refused erin "$GOOD:refs/heads/topic/alias"
	assert_rule push
	assert_ref refs/heads/main "$ROOT_COMMIT"
}

@test "a symbolic link of the file system is no way to another branch, here too" {
	ln -s .. "$SERVER/refs/heads/topic"
	push_refused erin "$GOOD:refs/heads/topic/heads/main"
	assert_said 'refs/heads/topic is a symbolic link of the file system'
	assert_ref refs/heads/main "$ROOT_COMMIT"
}

@test "the hook by hand: arguments missing, too many, malformed" {
	run hook update
	[ "$status" -eq 2 ] || fail 'no arguments'
	run hook update refs/heads/topic/x "$ZERO"
	[ "$status" -eq 2 ] || fail 'two arguments'
	run hook update refs/heads/topic/x "$ZERO" "$ROOT_COMMIT" more
	[ "$status" -eq 2 ] || fail 'four arguments'
	run hook update refs/heads/topic/x "$ZERO" "${ROOT_COMMIT:0:39}"
	[ "$status" -ne 0 ] || fail 'a short id'
	run hook update $'refs/heads/topic/x\ny' "$ZERO" "$ROOT_COMMIT"
	[ "$status" -ne 0 ] || fail 'a newline'
	run hook update '' '' ''
	[ "$status" -ne 0 ] || fail 'empty'
	run hook update refs/heads/topic/x "$ZERO" "$ROOT_COMMIT"
	[ "$status" -eq 0 ] || fail 'the good one'
}
