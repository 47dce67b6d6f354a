#!/usr/bin/env bats
# records: approvals, check results and grants as refs: who may write which, and what they must hold.
load helper

setup() {
	world_create
	policy_write <<-'POLICY'
		[branch "main"]
		direct = deny
		approvals = 1 @reviewers
		grant = @admins

		[branch "feature/{slug}"]

		[check "scan"]
		push = carol

		[user "dave"]
		aliases = david d.x
		email = dave@example.org
		[user "Jürgen"]
		[user "robot"]
		[group "reviewers"]
		members = bob carol dave
		[group "ci"]
		members = robot
	POLICY
	repo_create
	HEAD=$(commit 'feat: one' "$ROOT_COMMIT")
	NEXT=$(commit 'feat: two' "$HEAD")
	server_set refs/heads/main "$ROOT_COMMIT" refs/heads/feature/x "$HEAD"
	APPROVALS=refs/approvals/heads/main/$HEAD
	GRANTS=refs/grants/heads/main/$ROOT_COMMIT/$HEAD
	CHECKS=refs/checks/$HEAD
}

# tag_raw: a tag object from standard input, whatever it says; prints its id.
tag_raw() {
	git -C "$CLIENT" hash-object -t tag -w --stdin --literally
}

@test "an approval is the head itself, or a tag of it; it may be replaced by its owner" {
	push_ok bob "$HEAD:$APPROVALS/bob"
	push_ok bob "+$(record_tag "$HEAD" reject):$APPROVALS/bob"
	push_ok bob "+$(record_tag "$HEAD" $'approve\n\nthank you'):$APPROVALS/bob"
	push_ok bob "+$HEAD:$APPROVALS/bob"
}

@test "by plain git, from a clone" {
	git clone -q "$SERVER" "$BATS_TEST_TMPDIR/clone"
	cd "$BATS_TEST_TMPDIR/clone"
	git push --receive-pack="$(serve_command bob)" origin "origin/feature/x:$APPROVALS/bob"
	assert_ref "$APPROVALS/bob" "$HEAD"
}

@test "nobody speaks for another, and the unknown for nobody" {
	push_refused bob "$HEAD:$APPROVALS/carol"
	assert_rule push
	assert_said 'bob does not speak for carol' "push to $APPROVALS/bob"
	push_refused bob "$HEAD:$APPROVALS/mallory"
	assert_said 'bob does not speak for mallory'
	push_refused '' "$HEAD:$APPROVALS/bob"
	assert_said 'the server was not told who is pushing'
	push_refused mallory "$HEAD:$APPROVALS/mallory"
	assert_said 'the policy knows nobody named "mallory"'
	push_ok bob "$HEAD:$APPROVALS/bob"
	push_refused carol "+$(record_tag "$HEAD" reject):$APPROVALS/bob"
	assert_rule push
}

@test "an alias is the same person" {
	push_ok dave "$HEAD:$APPROVALS/david"
	push_ok david "$HEAD:$APPROVALS/dave"
	push_ok david "$HEAD:$APPROVALS/d.x"
	push_refused bob "+$(record_tag "$HEAD" reject):$APPROVALS/david"
}

@test "a name has one spelling" {
	push_ok 'Jürgen' "$HEAD:$APPROVALS/J%C3%BCrgen"
	push_refused 'Jürgen' "$HEAD:$APPROVALS/J%c3%bcrgen"
	assert_rule record
	push_refused bob "$HEAD:$APPROVALS/b%6Fb"
	assert_rule record
	push_refused david "$HEAD:$APPROVALS/d%2Ex"
	assert_rule record
}

@test "what is not exactly the name of a record is refused" {
	for ref in refs/approvals/bob "refs/approvals/$HEAD/bob" "refs/approvals/main/$HEAD/bob" \
		"refs/approvals/heads/main/${HEAD:0:12}/bob" "refs/approvals/heads/main/${HEAD^^}/bob" \
		"refs/approvals/heads/main/$ZERO/bob" "$APPROVALS/bob/x" \
		"refs/checks/$HEAD" "$CHECKS/ci/unit" refs/checks/heads/main/ci "refs/grants/heads/main/$HEAD/bob" \
		"refs/grants/heads/main/$HEAD/$HEAD/oscar" "refs/grants/heads/main/$ZERO/$ZERO/oscar"; do
		push_refused bob "$HEAD:$ref"
		assert_rule record
		assert_said 'not the name of a record'
	done
}

@test "what is not exactly the value of a record is refused" {
	for message in '' $'\napprove' approved 'approve ' $'approve\r' Approve pass 'approve it'; do
		push_refused bob "$(printf 'object %s\ntype commit\ntag record\ntagger R <r@example.org> 1740830400 +0000\n\n%s\n' \
			"$HEAD" "$message" | tag_raw):$APPROVALS/bob"
		assert_rule record
	done
	push_refused bob "$ROOT_COMMIT:$APPROVALS/bob"
	assert_rule record
	push_refused bob "$(record_tag "$ROOT_COMMIT" approve):$APPROVALS/bob"
	assert_said 'its tag is of another object than its name says'
	push_refused bob "$TREE:$APPROVALS/bob"
	assert_rule record
	blob=$(echo approve | git -C "$CLIENT" hash-object -w --stdin)
	push_refused bob "$blob:$APPROVALS/bob"
	assert_rule record
	# a tag of a tag, and a tag without a tagger
	inner=$(record_tag "$HEAD" approve)
	push_refused bob "$(printf 'object %s\ntype tag\ntag record\ntagger R <r@example.org> 1740830400 +0000\n\napprove\n' \
		"$inner" | tag_raw):$APPROVALS/bob"
	assert_rule record
	push_failed bob "$(printf 'object %s\ntype commit\ntag record\n\napprove\n' "$HEAD" | tag_raw):$APPROVALS/bob"
	push_ok bob "$inner:$APPROVALS/bob"
}

@test "a check says pass, fail or a whole number, by its reporters only" {
	for result in pass fail 0 84.9 -1 100; do
		push_ok robot "+$(record_tag "$HEAD" "$result"):$CHECKS/ci"
	done
	for result in '90,0' NaN 1e9 '' 90% +1 .5 5. passed 'pass ' approve 0x10 1.2.3; do
		push_refused robot "+$(record_tag "$HEAD" "$result"):$CHECKS/ci"
		assert_rule record
	done
	push_refused robot "+$HEAD:$CHECKS/ci"
	assert_said 'it is no annotated tag'
	push_refused bob "$(record_tag "$HEAD" pass):$CHECKS/lint"
	assert_rule push
	assert_said 'one of: @ci'
	push_refused robot "$(record_tag "$HEAD" pass):$CHECKS/scan"
	assert_said 'robot may not report this check' 'one of: carol'
	push_ok carol "$(record_tag "$HEAD" pass):$CHECKS/scan"
	push_refused '' "$(record_tag "$HEAD" pass):$CHECKS/ci"
}

@test "a result stands on its own commit only" {
	push_refused robot "$(record_tag "$ROOT_COMMIT" pass):$CHECKS/ci"
	assert_rule record
	push_ok robot "$(record_tag "$ROOT_COMMIT" pass):refs/checks/$ROOT_COMMIT/ci"
}

@test "a grant has a reason and an end, and is given by those who may" {
	push_ok oscar "$(record_tag "$HEAD" $'the branch was cut wrong\n\nexpires: 2036-01-31T12:00:00Z'):$GRANTS/oscar"
	for message in 'the branch was cut wrong' 'expires: 2036-01-31T12:00:00Z' $'why\nexpires: never' \
		$'why\nexpires: 2036-01-31' $'why\nexpires: 2036-01-31T12:00:00Z\nexpires: 2036-01-31T12:00:00Z'; do
		push_refused oscar "+$(record_tag "$HEAD" "$message"):$GRANTS/oscar"
		assert_rule record
	done
	push_refused bob "$(record_tag "$HEAD" $'why\nexpires: 2036-01-31T12:00:00Z'):$GRANTS/bob"
	assert_rule push
	assert_said 'bob may not grant this' 'one of: @admins'
	push_refused bob "$(record_tag "$HEAD" $'why\nexpires: 2036-01-31T12:00:00Z'):$GRANTS/oscar"
	assert_said 'bob does not speak for oscar'
	push_refused oscar "$(record_tag "$HEAD" $'why\nexpires: 2036-01-31T12:00:00Z'):refs/grants/heads/feature/x/$ROOT_COMMIT/$HEAD/oscar"
	assert_said 'nothing asks for grants of refs/heads/feature/x'
}

@test "an approval is of a branch that asks for it" {
	push_refused bob "$HEAD:refs/approvals/heads/mian/$HEAD/bob"
	assert_rule record
	assert_said 'nothing asks for approvals of refs/heads/mian' 'did you mean main?'
	push_refused bob "$HEAD:refs/approvals/heads/feature/x/$HEAD/bob"
	assert_said 'nothing asks for approvals of refs/heads/feature/x'
	push_refused bob "$HEAD:refs/approvals/approvals/heads/main/$HEAD/bob"
	assert_rule record
	push_refused bob "$HEAD:refs/approvals/deploy/production/live/$HEAD/bob"
	assert_rule record
}

@test "the head is on the server first" {
	approval=refs/approvals/heads/main/$NEXT/bob
	push_refused bob "$NEXT:$approval"
	assert_rule record
	assert_said "the server does not have ${NEXT:0:7} yet" 'push the branch first'
	push_refused bob "$NEXT:feature/y" "$NEXT:$approval"
	assert_rule record
	push_ok bob "$NEXT:feature/y"
	push_ok bob "$NEXT:$approval"
}

@test "nobody deletes a record" {
	push_ok bob "$HEAD:$APPROVALS/bob"
	push_ok robot "$(record_tag "$HEAD" pass):$CHECKS/ci"
	push_refused bob ":$APPROVALS/bob"
	assert_rule record
	assert_said 'records are not deleted' "git policy reject ${HEAD:0:7} --for main"
	push_refused oscar ":$APPROVALS/bob"
	push_refused robot ":$CHECKS/ci"
	assert_rule record
	push_refused bob --mirror
	assert_ref "$APPROVALS/bob" "$HEAD"
}

@test "records are governed by no section and vouch for nothing" {
	policy_replace <<-'POLICY'
		[branch "main"]
		approvals = 1 @reviewers
		[branch "lax"]
		commits = off
		[branch "strict"]
		[ref "**"]
		push = anyone
		commits = off
		[commit]
		format = conventional
		[group "reviewers"]
		members = bob
	POLICY
	bad=$(commit 'this is not conventional' "$ROOT_COMMIT")
	push_ok erin "$bad:lax"
	push_ok bob "$bad:refs/approvals/heads/main/$bad/bob"
	push_refused '' "$bad:refs/approvals/heads/main/$bad/erin"
	push_refused erin "$bad:strict"
	assert_rule format
}

@test "a malformed record does not pass where a policy only evaluates" {
	sed -i 's/^version = 1$/version = 1\nmode = evaluate/' "$SERVER/policy/policy.ini"
	push_refused bob "$HEAD:refs/approvals/bob"
	push_refused bob "$(record_tag "$HEAD" pass):$APPROVALS/bob"
	push_ok bob "$HEAD:$APPROVALS/bob"
}
