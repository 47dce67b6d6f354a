# names: what a push says about refs, against what is there: names, old values, targets, kinds of object
# (cases 1 to 12 and 15 to 22 of the threat model).
load helper

setup() {
	world_create
}

# open: everything is open to everyone known, but main and its tags belong to the integrators.
open() {
	policy_write <<-'POLICY'
		[branch "main"]
		push = @integrators
		rewrite = deny
		delete = deny

		[branch "**"]
		rewrite = allow
		delete = allow

		[tag "v{semver}"]
		push = @integrators
		move = deny
		delete = deny

		[tag "**"]
		move = allow
		delete = allow
	POLICY
	repo_create
	M0=$ROOT_COMMIT
	M1=$(commit 'feat: one' "$M0")
	server_set refs/heads/main "$M0"
}

# closed: main, and feature branches; nothing else has a section.
closed() {
	policy_write <<-'POLICY'
		[branch "main"]
		push = @integrators

		[branch "feature/**"]
		delete = allow

		[ref "notes/*"]
		push = @admins
	POLICY
	repo_create
	M0=$ROOT_COMMIT
	M1=$(commit 'feat: one' "$M0")
	server_set refs/heads/main "$M0"
}

@test "case 1: a symbolic ref is judged as the branch it points to" {
	open
	git -C "$SERVER" symbolic-ref refs/heads/alias refs/heads/main
	push_refused erin "$M1:refs/heads/alias"
	assert_rule push
	assert_said 'refs/heads/main'
}

@test "case 1, twin: who may push to the branch may push to its other name" {
	open
	git -C "$SERVER" symbolic-ref refs/heads/alias refs/heads/main
	push_ok ivy "$M1:refs/heads/alias"
	assert_ref refs/heads/main "$M1"
}

@test "case 1: and as its own name, the stricter answer counts" {
	closed
	git -C "$SERVER" symbolic-ref refs/heads/alias refs/heads/main
	push_refused ivy "$M1:refs/heads/alias"
	assert_rule name
	assert_said 'refs/heads/alias'
}

@test "case 2: a chain of symbolic refs is followed to its end" {
	open
	git -C "$SERVER" symbolic-ref refs/heads/alias refs/heads/main
	git -C "$SERVER" symbolic-ref refs/heads/second refs/heads/alias
	push_refused erin "$M1:refs/heads/second"
	assert_rule push
	assert_said 'refs/heads/main'
	push_ok ivy "$M1:refs/heads/second"
	assert_ref refs/heads/main "$M1"
}

@test "case 2: a symbolic ref to itself ends, refused" {
	open
	git -C "$SERVER" symbolic-ref refs/heads/a refs/heads/b
	git -C "$SERVER" symbolic-ref refs/heads/b refs/heads/a
	push_failed ivy "$M1:refs/heads/a"
	git -C "$SERVER" fetch -q "$CLIENT" "$M1"
	run hook pre-receive <<<"$ZERO $M1 refs/heads/a"
	[ "$status" -ne 0 ] || fail 'the hook says yes'
}

@test "case 2: a dangling symbolic ref does not create the branch it names" {
	open
	git -C "$SERVER" symbolic-ref refs/heads/alias refs/heads/gone
	push_failed erin "$M1:refs/heads/alias"
	assert_no_ref refs/heads/gone
}

# undecided LINK REFSPEC...: neither pusher gets it in, and is told which link is to blame.
undecided() {
	local user
	for user in erin ivy; do
		push_refused "$user" "${@:2}"
		assert_said "$1 is a symbolic link of the file system"
	done
}

@test "case 2: a symbolic link of the file system is no way to another branch: as a folder" {
	closed
	ln -s . "$SERVER/refs/heads/feature"
	undecided refs/heads/feature "$M1:refs/heads/feature/main"
	undecided refs/heads/feature "$M1:refs/heads/feature/x"
	undecided refs/heads/feature "$M1:refs/heads/feature"
	assert_ref refs/heads/main "$M0"
	push_ok ivy "$M1:refs/heads/main"
	rm "$SERVER/refs/heads/feature"
	push_ok erin "$M1:refs/heads/feature/main"
	assert_ref refs/heads/main "$M1"
}

@test "case 2: as a branch, whether or not what it leads to is there" {
	closed
	push_ok erin "$M1:refs/heads/feature/y"
	ln -s refs/heads/release "$SERVER/refs/heads/feature/rel"
	ln -s ../main "$SERVER/refs/heads/feature/file"
	undecided refs/heads/feature/rel "$M1:refs/heads/feature/rel"
	undecided refs/heads/feature/file "$M1:refs/heads/feature/file"
	undecided refs/heads/feature/file ":refs/heads/feature/file"
	assert_no_ref refs/heads/release
	assert_ref refs/heads/main "$M0"
	rm "$SERVER/refs/heads/feature/rel"
	push_ok erin "$M1:refs/heads/feature/rel"
	assert_no_ref refs/heads/release
}

@test "case 2: as what a symbolic ref leads to, and beside what is well in one push" {
	open
	ln -s . "$SERVER/refs/heads/feature"
	git -C "$SERVER" symbolic-ref refs/heads/alias refs/heads/feature/main
	git -C "$SERVER" symbolic-ref refs/heads/other refs/heads/topic
	server_set refs/heads/topic "$M0"
	undecided refs/heads/feature "$M1:refs/heads/alias"
	undecided refs/heads/feature "$M1:refs/heads/y" "$M1:refs/heads/feature/main"
	push_ok erin "$M1:refs/heads/other" "$M1:refs/heads/y"
	assert_ref refs/heads/topic "$M1"
}

@test "case 2: as a tag, as a folder of tags or of records, as refs/ itself" {
	open
	ln -s ../heads "$SERVER/refs/tags/topic"
	ln -s v1.0.0 "$SERVER/refs/tags/x"
	ln -s heads "$SERVER/refs/approvals"
	undecided refs/tags/topic "+$M1:refs/tags/topic/main"
	undecided refs/tags/x "$M1:refs/tags/x"
	undecided refs/approvals "$M1:refs/approvals/heads/main/$M1/erin"
	push_ok erin "$M1:refs/tags/y"
	mv "$SERVER/refs" "$SERVER/elsewhere"
	ln -s elsewhere "$SERVER/refs"
	undecided refs "$M1:refs/heads/y"
}

@test "case 2, twin: a repository may be reached by a symbolic link" {
	open
	mv "$SERVER" "$BATS_TEST_TMPDIR/elsewhere"
	ln -s elsewhere "$SERVER"
	push_ok ivy "$M1:refs/heads/main"
}

@test "case 3: two names of one branch in one push" {
	open
	git -C "$SERVER" symbolic-ref refs/heads/alias refs/heads/main
	push_refused ivy "$M1:refs/heads/main" "$M1:refs/heads/alias"
	assert_said 'refs/heads/main' 'refs/heads/alias'
}

@test "case 3: two commands for one name" {
	open
	push_raw_refused ivy "$M0 $M1 refs/heads/main" "$M0 $M1 refs/heads/main"
	assert_rule push
}

@test "case 3, twin: the hand-made client can push, too" {
	open
	push_raw ivy "$M0 $M1 refs/heads/main" "$ZERO $M1 refs/heads/topic"
	[ "$status" -eq 0 ] || fail 'refused'
	assert_ref refs/heads/main "$M1"
	assert_ref refs/heads/topic "$M1"
}

@test "case 4: a newline in a name does not forge a second line" {
	open
	# The hook cannot tell it from two lines, so it judges both; git then refuses the one name they really are.
	push_raw erin "$ZERO $M1 refs/heads/x\x0a$ZERO $M1 refs/heads/forged"
	[ "$status" -ne 0 ] || fail 'accepted'
	push_raw_refused erin "$ZERO $M1 refs/heads/x\x0a$M0 $M1 refs/heads/main"
	assert_rule push
	push_raw_refused erin "$ZERO $M1 refs/heads/x\x0a"
	push_raw_refused erin "$ZERO $M1 refs/heads/x\x0a\x0a"
}

@test "case 5: control characters in a name are refused and never shown raw" {
	open
	local byte
	for byte in 01 07 08 09 0d 1b 7f; do
		push_raw_refused erin "$ZERO $M1 refs/heads/a\\x${byte}b"
		! grep -q "$(printf "\\x$byte")" <<<"$stderr" || fail "byte $byte came through raw"
	done
}

@test "case 5: bytes over 0x7f are refused or matched as they are" {
	open
	push_raw_refused erin "$ZERO $M1 refs/heads/a\x80b"
	push_raw_refused erin "$ZERO $M1 refs/heads/a\xffb"
	push_raw_refused erin "$ZERO $M1 refs/heads/a\xc2\x9bb"
	assert_said '\x'
	push_ok erin "$M1:refs/heads/größe"
}

@test "case 5: a name of 64 KiB, a space, and a name cut by NUL" {
	open
	push_raw_refused erin "$ZERO $M1 refs/heads/$(printf 'a%.0s' {1..65000})"
	[ "${#stderr}" -lt 8000 ] || fail 'the whole name was echoed'
	push_raw_refused erin "$ZERO $M1 refs/heads/a b"
	# The second command: in the first one NUL starts the capabilities.
	push_raw erin "$ZERO $M1 refs/heads/topic" "$ZERO $M1 refs/heads/ma\x00in"
	assert_ref refs/heads/main "$M0"
}

@test "case 6: names that are no UTF-8, or turn the reading direction" {
	open
	push_refused erin "$M1:refs/heads/"$'a\xffb'
	push_refused erin "$M1:refs/heads/"$'\u202emain'
	push_refused erin "$M1:refs/heads/"$'ma\u200bin'
	assert_said '\x'
	! grep -q $'\u200b' <<<"$(grep -v '\[remote rejected\]' <<<"$output")" || fail 'shown raw'
}

@test "case 7: letters that look like main have none of its rights, and are not main" {
	closed
	local name
	for name in $'m\u0430in' $'\uff4dain' $'mai\u0307n'; do
		push_refused ivy "$M1:refs/heads/$name"
		assert_rule name
	done
}

@test "case 7: where such a name is allowed, it earns a warning" {
	open
	push_ok erin "$M1:refs/heads/"$'m\u0430in'
	assert_warned name
	assert_ref refs/heads/main "$M0"
}

@test "case 8: a name that differs from a protected one only in case" {
	open
	push_refused erin "$M1:refs/heads/Main"
	assert_rule name
	assert_said 'refs/heads/main' 'case'
	push_refused erin "$M1:refs/heads/MAIN"
	push_refused erin "$M1:refs/heads/MAIN/x"
	assert_rule name
	push_failed erin "$M1:refs/Heads/main"
	push_ok erin "$M1:refs/heads/mainly"
}

@test "case 9: a branch below a branch" {
	open
	push_failed erin "$M1:refs/heads/main/x"
	push_failed erin --atomic "$M1:refs/heads/topic" "$M1:refs/heads/topic/x"
}

@test "case 10: what is no ref name is refused by the hook itself" {
	open
	local name
	for name in HEAD FETCH_HEAD config refs/x refs/heads 'refs/heads/../x' 'refs/heads/a/../../x' 'refs/heads/x.lock' \
		'refs/heads/x.lock/y' refs/heads/.x 'refs/heads/x..y' 'refs/heads/x~1' 'refs/heads/x^' 'refs/heads/x:y' \
		'refs/heads/x?' 'refs/heads/x*' 'refs/heads/x[' 'refs/heads/x\y' 'refs/heads/x//y' 'refs/heads/x/' \
		'refs/heads/x.' 'refs/heads/x@{y' '/refs/heads/x' refs/heads/-x refs/heads/a/--help; do
		push_raw_refused oscar "$ZERO $M1 $name"
	done
}

@test "case 10: a leading dash, sent by git itself" {
	open
	push_refused erin "$M1:refs/heads/--upload-pack=x"
}

@test "case 11: refs/replace is closed" {
	open
	push_refused oscar "$M1:refs/replace/$M0"
	assert_rule reserved
}

@test "case 12: refs that speak of other refs are closed unless a section opens them" {
	closed
	local name
	for name in meta/config policy/current policies/x approvals/heads/main/"$M1"/erin checks/"$M1"/ci audit/log \
		grants/heads/main/x/y/erin deploy/production/live stash internal/x keep-around/x; do
		push_refused oscar "+$M1:refs/$name"
	done
}

@test "what a heading takes is said, and the name that it would take" {
	policy_write <<-'POLICY'
		[branch "feature/{slug}"]
	POLICY
	repo_create
	push_refused erin "$ROOT_COMMIT:refs/heads/feature/My_Login"
	assert_said '{slug}: lower-case words with hyphens, as in login-form' 'git branch -m feature/My_Login feature/my-login'
	run git_policy explain --policy "$BATS_TEST_TMPDIR/policy.ini" feature/Login
	assert_said 'nearest:  feature/login' '{slug}: lower-case words with hyphens, as in login-form'
}

@test "case 12: [ref] opens notes to those it names, and to nobody else" {
	closed
	push_refused erin "$M1:refs/notes/commits"
	assert_rule push
	push_ok oscar "$M1:refs/notes/commits"
}

@test "case 12: no section opens the refs that are kept for records" {
	policy_write <<-'POLICY'
		[branch "**"]
		[ref "**"]
		push = anyone
	POLICY
	run git_policy check "$BATS_TEST_TMPDIR/policy.ini"
	[ "$status" -ne 0 ] || {
		repo_create
		push_refused erin "+$ROOT_COMMIT:refs/policy/current"
		push_refused erin "$ROOT_COMMIT:refs/approvals/heads/main/$ROOT_COMMIT/erin"
	}
}

@test "case 15: a tag that would hide a branch of the same name, and the reverse" {
	open
	push_refused erin "$M0:refs/tags/main"
	assert_rule shadows
	push_ok erin "$M0:refs/tags/mainline"
	push_refused erin "$M0:refs/heads/mainline"
	assert_rule shadows
}

@test "case 16: a deletion is a deletion whatever old value it claims" {
	open
	local old
	for old in "$ZERO" 1111111111111111111111111111111111111111 "$M1"; do
		push_raw_refused ivy "$old $ZERO refs/heads/main"
		assert_rule delete
	done
	push_raw_refused ivy "$M0 $ZERO refs/heads/main"
	assert_rule delete
	assert_no_rule stale
}

@test "case 16: a stale claim is refused where deleting is allowed, a true one is not" {
	open
	server_set refs/heads/topic "$M1"
	push_raw_refused erin "$ZERO $ZERO refs/heads/topic"
	assert_rule stale
	push_raw_refused erin "$M0 $ZERO refs/heads/topic"
	assert_rule stale
	push_ok erin ':refs/heads/topic'
}

@test "case 16: what does not exist cannot be deleted" {
	open
	push_raw_refused erin "$ZERO $ZERO refs/heads/gone"
	assert_rule stale
	push_raw_refused erin "$M0 $ZERO refs/heads/gone"
	assert_rule stale
}

@test "case 17: a creation of what exists, and a wrong old value" {
	open
	server_set refs/heads/topic "$M1"
	push_raw_refused erin "$ZERO $M0 refs/heads/topic"
	assert_rule stale
	push_raw_refused erin "$M0 $M0 refs/heads/topic"
	assert_rule stale
	push_raw_refused erin "$M0 $M1 refs/heads/new"
	assert_rule stale
	push_raw erin "$M1 $M0 refs/heads/topic"
	[ "$status" -eq 0 ] || fail 'the true old value was refused'
}

@test "case 18: a branch or tag names a commit, neither tree nor blob" {
	open
	local blob
	blob=$(git -C "$CLIENT" rev-parse "$M0:README")
	push_failed erin "$TREE:refs/heads/tree"
	push_refused erin "$blob:refs/tags/blob"
	assert_rule target
	push_refused erin "$TREE:refs/tags/tree"
	assert_rule target
	assert_said 'a tree'
	push_raw_refused erin "$ZERO $TREE refs/heads/tree"
	assert_rule target
}

# tag_of OBJECT TYPE [NAME]: prints the id of an annotated tag.
tag_of() {
	printf 'object %s\ntype %s\ntag %s\ntagger Erin <erin@example.org> 1740830400 +0000\n\na tag\n' "$1" "$2" "${3-t}" |
		git -C "$CLIENT" mktag
}

@test "case 18: a branch names the commit itself, not a tag of it" {
	open
	push_raw_refused erin "$ZERO $(tag_of "$M0" commit) refs/heads/tagged"
	assert_rule target
}

@test "case 19: a tag of a tag is a tag, a tag of a blob is none, and forty deep is too deep" {
	open
	local tag depth
	tag=$(tag_of "$M0" commit one)
	push_ok erin "$tag:refs/tags/one"
	push_ok erin "$(tag_of "$tag" tag two):refs/tags/two"
	push_refused erin "$(tag_of "$(git -C "$CLIENT" rev-parse "$M0:README")" blob):refs/tags/blob"
	assert_rule target
	for depth in {2..40}; do
		tag=$(tag_of "$tag" tag)
	done
	push_refused erin "$tag:refs/tags/deep"
	assert_rule target
	assert_said 'deep'
}

@test "case 20: a protected tag stays where it is; another may move" {
	open
	server_set refs/tags/v1.0.0 "$M0" refs/tags/nightly "$M0"
	push_refused ivy "+$M1:refs/tags/v1.0.0"
	assert_rule move
	push_refused ivy ':refs/tags/v1.0.0'
	assert_rule delete
	push_refused erin "$M1:refs/tags/v1.1.0"
	assert_rule push
	push_ok ivy "$M1:refs/tags/v1.1.0"
	push_ok erin "+$M1:refs/tags/nightly"
	push_ok erin ':refs/tags/nightly'
}

@test "case 21: refs/for is no way around, configured for proc-receive or not" {
	open
	push_refused erin "$M1:refs/for/main"
	git -C "$SERVER" config receive.procReceiveRefs refs/for
	push_failed erin "$M1:refs/for/main"
}

@test "case 22: ids are forty lower-case digits, one blank apart" {
	open
	local line
	for line in "$ZERO ${M1^^} refs/heads/x" "$ZERO ${M1:0:39} refs/heads/x" "$ZERO ${M1}0 refs/heads/x" \
		"$ZERO $M1  refs/heads/x" " $ZERO $M1 refs/heads/x" "$ZERO $M1 refs/heads/x " "$ZERO	$M1 refs/heads/x" \
		"$ZERO $M1" "$ZERO $M1 " "0000 $M1 refs/heads/x" "$ZERO$ZERO $M1$M1 refs/heads/x" 'x' ''; do
		run hook pre-receive <<<"$line"
		[ "$status" -eq 1 ] || [ "$status" -eq 2 ] || fail "accepted: $line"
		assert_said 'push'
	done
	git -C "$SERVER" fetch -q "$CLIENT" "$M1"
	run hook pre-receive <<<"$ZERO $M1 refs/heads/x"
	[ "$status" -eq 0 ] || fail 'the well-formed line was refused'
}
