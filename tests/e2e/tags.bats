# tags: what a release tag is called and calls itself, and which version follows which.
load helper

setup() {
	world_create
	policy_write <<-'POLICY'
		[branch "main"]
		[branch "feature/{slug}"]
		[branch "release/v{semver}"]

		[tag "v{semver}"]
		bump = conventional
		move = deny
		delete = deny

		[tag "app/v{semver}"]
		bump = increasing
		annotated = required

		[tag "{slug}"]
		[tag "release/*"]
		[tag "origin/**"]
		[tag "deployed/*"]
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
}

# tag_object NAME COMMIT: prints the id of an annotated tag that calls itself NAME.
tag_object() {
	printf 'object %s\ntype commit\ntag %s\ntagger Erin <erin@example.org> 1740830400 +0000\n\nRelease %s.\n' \
		"$2" "$1" "$1" | git -C "$CLIENT" mktag
}

# release NAME COMMIT: a lightweight tag; main follows.
release() {
	push_ok erin "$2:main" "$2:refs/tags/$1"
}

@test "a tag object calls itself what its ref is called" {
	local tag
	tag=$(tag_object v1.0.0 "$ROOT_COMMIT")
	push_refused erin "$tag:refs/tags/v2.0.0"
	assert_rule annotated
	assert_said 'the tag object calls itself v1.0.0' 'wanted: a tag object that calls itself v2.0.0' \
		'git tag -a -f v2.0.0 v2.0.0^{}, then push it again'
	push_ok erin "$tag:refs/tags/v1.0.0"
}

@test "a component's tag calls itself by its whole name" {
	push_refused erin "$(tag_object v1.0.0 "$ROOT_COMMIT"):refs/tags/app/v1.0.0"
	assert_rule annotated
	push_ok erin "$(tag_object app/v1.0.0 "$ROOT_COMMIT"):refs/tags/app/v1.0.0"
}

@test "annotated = required refuses a lightweight tag; unset, it will do" {
	push_refused erin "$ROOT_COMMIT:refs/tags/app/v1.0.0"
	assert_rule annotated
	assert_said 'a lightweight tag says not who made it, or why' 'annotated = required'
	push_ok erin "$ROOT_COMMIT:refs/tags/v1.0.0"
}

@test "a tag does not take a branch's name, nor a branch a tag's" {
	push_ok erin "$ROOT_COMMIT:feature/a"
	push_ok erin "$ROOT_COMMIT:release/v1.0.0"
	push_refused erin "$ROOT_COMMIT:refs/tags/release/v1.0.0"
	assert_rule shadows
	assert_said 'refs/heads/release/v1.0.0 exists: one name would mean two things'
	push_ok erin "$ROOT_COMMIT:refs/tags/release/v1.1.0"
	push_refused erin "$ROOT_COMMIT:release/v1.1.0"
	assert_rule shadows
	assert_said 'refs/tags/release/v1.1.0 exists'
}

@test "a tag does not take a trunk's name, be the trunk there or not" {
	git -C "$SERVER" update-ref -d refs/heads/main
	push_refused erin "$ROOT_COMMIT:refs/tags/main"
	assert_rule shadows
	push_refused erin "$ROOT_COMMIT:refs/tags/MAIN"
	assert_rule shadows
	push_ok erin "$ROOT_COMMIT:refs/tags/maintenance"
}

@test "a tag does not take the name that a clone has for a branch" {
	push_refused erin "$ROOT_COMMIT:refs/tags/origin/main"
	assert_rule shadows
	assert_said 'refs/heads/main' 'one name would mean two things'
	push_refused erin "$ROOT_COMMIT:refs/heads/feature/a" "$ROOT_COMMIT:refs/tags/origin/feature/a"
	assert_said 'refs/heads/feature/a comes with it'
	push_ok erin "$ROOT_COMMIT:refs/tags/origin/none" "$ROOT_COMMIT:refs/tags/deployed/main"
}

@test "a tag and a branch of one name do not come together" {
	push_refused erin "$ROOT_COMMIT:refs/heads/release/v1.0.0" "$ROOT_COMMIT:refs/tags/release/v1.0.0"
	assert_rule shadows
	assert_said 'refs/tags/release/v1.0.0 comes with it' 'refs/heads/release/v1.0.0 comes with it'
}

@test "the first version may be any" {
	push_ok erin "$ROOT_COMMIT:refs/tags/v3.2.1"
}

@test "a version is the one that the commits since the last ask for" {
	local fix feature breaks
	release v1.0.0 "$ROOT_COMMIT"
	fix=$(commit 'fix: mend the form' "$ROOT_COMMIT")
	push_refused erin "$fix:refs/tags/v1.1.0"
	assert_rule bump
	assert_said 'is not the version after v1.0.0: commits since then ask for a patch one' 'wanted: v1.0.1' \
		"git tag -d v1.1.0 && git tag v1.0.1 ${fix:0:7} && git push origin v1.0.1" \
		"note:   bump: commit ${fix:0:7}: fix: mend the form"
	release v1.0.1 "$fix"
	feature=$(commit 'feat(ui): add a form' "$fix")
	push_refused erin "$(tag_object v1.0.2 "$feature"):refs/tags/v1.0.2"
	assert_said 'wanted: v1.1.0' "git tag -a v1.1.0 ${feature:0:7}" "commit ${feature:0:7}: feat(ui): add a form"
	release v1.1.0 "$feature"
	breaks=$(commit 'fix: mend it all' "$feature")
	breaks=$(commit $'perf: cut corners\n\nBREAKING CHANGE: the corners are gone' "$breaks")
	push_refused erin "$breaks:refs/tags/v1.2.0"
	assert_said 'wanted: v2.0.0' "commit ${breaks:0:7}: perf: cut corners"
	assert_not_said 'mend it all'
	release v2.0.0 "$breaks"
}

@test "before 1.0.0 what breaks asks for a minor version, and 1.0.0 is welcome" {
	local next
	release v0.3.1 "$ROOT_COMMIT"
	next=$(commit 'feat!: turn it round' "$ROOT_COMMIT")
	push_refused erin "$next:refs/tags/v2.0.0"
	assert_said 'wanted: v0.4.0'
	push_ok erin "$next:refs/tags/v0.4.0"
	next=$(commit 'docs: say so' "$next")
	push_ok erin "$next:refs/tags/v1.0.0"
}

@test "numbers may be of any length" {
	local next
	release v1.99999999999999999999.0 "$ROOT_COMMIT"
	next=$(commit 'feat: one more' "$ROOT_COMMIT")
	push_refused erin "$next:refs/tags/v1.99999999999999999999.1"
	assert_said 'wanted: v1.100000000000000000000.0'
	push_ok erin "$next:refs/tags/v1.100000000000000000000.0"
}

@test "one commit has one version" {
	release v1.0.0 "$ROOT_COMMIT"
	push_refused erin "$ROOT_COMMIT:refs/tags/v1.0.1"
	assert_said 'nothing has changed since v1.0.0'
}

@test "of two versions in one push the second follows the first" {
	local one two
	release v1.0.0 "$ROOT_COMMIT"
	one=$(commit 'feat: one' "$ROOT_COMMIT") two=$(commit 'fix: two' "$(commit 'feat: one' "$ROOT_COMMIT")")
	push_refused erin "$one:refs/tags/v1.1.0" "$two:refs/tags/v1.2.0"
	assert_said 'is not the version after v1.1.0: commits since then ask for a patch one'
	push_refused erin "$one:refs/tags/v1.1.0" "$one:refs/tags/v1.2.0"
	assert_said 'nothing has changed since v1.1.0'
	push_ok erin "$one:refs/tags/v1.1.0" "$two:refs/tags/v1.1.1"
}

@test "an older line has versions of its own" {
	local feature fix
	release v1.0.0 "$ROOT_COMMIT"
	feature=$(commit 'feat: a' "$ROOT_COMMIT")
	release v1.1.0 "$feature"
	fix=$(commit 'fix: b' "$ROOT_COMMIT")
	push_refused erin "$fix:refs/tags/v1.1.1"
	assert_said 'wanted: v1.0.1'
	push_ok erin "$fix:refs/tags/v1.0.1"
	push_ok erin "$(merge "Merge tag 'v1.0.1'" "$feature" "$fix"):refs/tags/v1.1.1"
}

@test "merges count as patches, and what came with them for itself" {
	local feature fix
	release v1.0.0 "$ROOT_COMMIT"
	fix=$(commit_file 'fix: a' "$ROOT_COMMIT" a a)
	push_ok erin "$(merge 'feat: merge it' "$ROOT_COMMIT" "$fix"):refs/tags/v1.0.1"
	feature=$(commit_file 'feat: b' "$ROOT_COMMIT" b b)
	push_ok erin "$(merge "Merge branch 'feature/b'" "$fix" "$feature"):refs/tags/v1.1.0"
}

@test "a feature that was reverted asks for nothing more" {
	local feature revert
	release v1.0.0 "$ROOT_COMMIT"
	feature=$(commit_file 'feat: a' "$ROOT_COMMIT" a a)
	revert=$(printf 'Revert "feat: a"\n\nThis reverts commit %s.\n' "$feature" |
		git -C "$CLIENT" commit-tree "$ROOT_COMMIT^{tree}" -p "$feature")
	push_refused erin "$revert:refs/tags/v1.1.0"
	assert_said 'wanted: v1.0.1'
	push_ok erin "$revert:refs/tags/v1.0.1"
}

@test "the list of commits ends somewhere" {
	local tip=$ROOT_COMMIT i
	release v1.0.0 "$ROOT_COMMIT"
	for i in {1..13}; do
		tip=$(commit "feat: number $i" "$tip")
	done
	push_refused erin "$tip:refs/tags/v1.0.1"
	assert_said 'feat: number 1' 'feat: number 10' 'and 3 more'
	assert_not_said 'feat: number 11'
}

@test "bump = increasing: above every version that the commit contains" {
	local next other
	push_ok erin "$(tag_object app/v1.9.0 "$ROOT_COMMIT"):refs/tags/app/v1.9.0"
	next=$(commit 'fix: a' "$ROOT_COMMIT") other=$(commit 'fix: b' "$ROOT_COMMIT")
	push_ok erin "$(tag_object app/v1.10.0 "$next"):refs/tags/app/v1.10.0"
	next=$(commit 'fix: c' "$next")
	push_refused erin "$(tag_object app/v1.9.1 "$next"):refs/tags/app/v1.9.1"
	assert_rule bump
	assert_said 'is not above app/v1.10.0, which its commit contains'
	push_ok erin "$(tag_object app/v1.9.1 "$other"):refs/tags/app/v1.9.1"
	push_ok erin "$(tag_object app/v7.0.0 "$next"):refs/tags/app/v7.0.0"
}

@test "a pre-release form is no version" {
	push_refused erin "$ROOT_COMMIT:refs/tags/v1.0.0-rc.1"
	assert_rule name
}

@test "what cannot be told is undecided: a version whose commit is missing" {
	local next
	release v1.0.0 "$ROOT_COMMIT"
	next=$(commit 'fix: a' "$ROOT_COMMIT")
	printf '%s\n' 0123456789012345678901234567890123456789 >"$SERVER/refs/tags/v1.0.1"
	push_failed erin "$next:refs/tags/v1.0.2"
	assert_said 'could not decide'
}

@test "many versions in one push: each follows from the one below it, whatever is beside it" {
	local i commits=("$ROOT_COMMIT") refs=() side
	for i in {1..20}; do
		commits+=("$(commit "fix: $i" "${commits[-1]}")")
		refs+=("${commits[i]}:refs/tags/v1.0.$i")
	done
	side=$(commit 'feat: more' "${commits[5]}")
	push_ok erin "${commits[20]}:main" "$ROOT_COMMIT:refs/tags/v1.0.0" "${refs[@]}" "$side:refs/tags/v1.1.0"
	# the same once more for the other way of counting, with one that stands too high, and all that are above it
	refs=()
	for i in {1..20}; do
		refs+=("$(tag_object "app/v1.0.$i" "${commits[i]}"):refs/tags/app/v1.0.$i")
	done
	push_refused erin "${refs[@]}" "$(tag_object app/v1.0.90 "${commits[18]}"):refs/tags/app/v1.0.90"
	[ "$(grep -c '^error: .*bump: ' <<<"$output")" = 2 ] || fail 'not two'
	assert_said 'is not above app/v1.0.90, which its commit contains'
	push_ok erin "${refs[@]}"
}

@test "bump wants a name that tells a version" {
	policy_write <<-'POLICY'
		[tag "*"]
		bump = increasing
	POLICY
	run git_policy check "$BATS_TEST_TMPDIR/policy.ini"
	[ "$status" -ne 0 ]
	assert_said 'the name * tells no version' 'one {semver}'
}
