# packing: refs that are packed while the server retires records: what it deletes stays gone, and nothing else goes.
load helper

setup() {
	world_create
	policy_write <<-'POLICY'
		[branch "main"]
		direct = deny
		accept = topic by merge
		approvals = 1 bob
		[branch "topic"]
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	HEAD_COMMIT=$(commit_file 'feat: change' "$ROOT_COMMIT" a.txt changed)
	LANDED=$(merge 'merge: topic' "$ROOT_COMMIT" "$HEAD_COMMIT")
	APPROVAL=refs/approvals/heads/main/$HEAD_COMMIT/bob
}

# pack_begin: what git pack-refs does until it lets go of its lock: it has read every ref. pack_end: the rest.
pack_begin() {
	{
		echo '# pack-refs with: peeled fully-peeled sorted '
		git -C "$SERVER" for-each-ref --format='%(objectname) %(refname)'
	} >"$SERVER/packed-refs.lock"
}

pack_end() {
	mv "$SERVER/packed-refs.lock" "$SERVER/packed-refs"
}

# When the account has the move, its records are next.
pack_end_later() {
	until grep -qs "$LANDED" "$SERVER/policy/account/refs/heads/main:log"; do
		sleep 0.02
	done
	sleep 0.3
	pack_end
}

@test "an approval that is retired while the refs are being packed does not come back" {
	push_ok erin "$HEAD_COMMIT:topic"
	approve heads/main "$HEAD_COMMIT" bob
	pack_begin
	pack_end_later &
	push_ok ivy "$LANDED:main"
	wait
	assert_no_ref "$APPROVAL"
	assert_ref refs/heads/topic "$HEAD_COMMIT"
	grep -q "$APPROVAL $HEAD_COMMIT $ZERO" "$SERVER/policy/account/$APPROVAL:log"
}

@test "a record that cannot be retired is told of, and stays in the account as it is" {
	push_ok erin "$HEAD_COMMIT:topic"
	approve heads/main "$HEAD_COMMIT" bob
	: >"$SERVER/$APPROVAL.lock"
	push_ok ivy "$LANDED:main"
	assert_said "cannot delete $APPROVAL"
	assert_ref "$APPROVAL" "$HEAD_COMMIT"
	! grep -q "$HEAD_COMMIT $ZERO" "$SERVER/policy/account/$APPROVAL:log"
}
