# version: files that say the version which the name of a tag or of a release says.
load helper

setup() {
	world_create
	policy_write <<-'POLICY'
		[branch "main"]
		direct = deny
		accept = release/* hotfix/* by merge fast-forward
		[branch "develop"]
		direct = deny
		accept = release/* by merge
		[branch "release/v{semver}"]
		version-file = package.json "version": "(.*)",?
		               VERSION [0-9.]+
		[branch "**"]
		[tag "v{semver}"]
		version-file = VERSION (.*)
		[tag "nightly-*"]
	POLICY
	repo_create
	M0=$ROOT_COMMIT
	server_set refs/heads/main "$M0" refs/heads/develop "$M0"
	R1=$(commit_file 'fix: last things' "$M0" a x)
	R2=$(commit_file 'chore: bump' "$R1" VERSION 1.2.0)
	R3=$(commit_file 'chore: bump' "$R2" package.json $'{\n  "name": "x",\n  "version": "1.2.0",\n  "y": "1.3.0"\n}')
}

@test "a release may be made before its version is set, and lands once it is" {
	push_ok erin "$M0:refs/heads/release/v1.2.0"
	push_ok erin "$R1:refs/heads/release/v1.2.0"
	push_refused ivy "$(merge 'chore: release' "$M0" "$R1"):main"
	assert_rule version-file
	assert_said 'there is no package.json' 'there is no VERSION' '1.2.0, as the name says' \
		'set it in VERSION, commit on release/v1.2.0, push it, and land that' 'VERSION [0-9.]+'
	push_ok erin "$R2:refs/heads/release/v1.2.0"
	push_refused ivy "$(merge 'chore: release' "$M0" "$R2"):main"
	assert_said 'there is no package.json'
	assert_not_said 'there is no VERSION'
	push_ok erin "$R3:refs/heads/release/v1.2.0"
	push_ok ivy "$(merge 'chore: release' "$M0" "$R3"):main"
	push_ok ivy "$(merge 'chore: release back' "$M0" "$R3"):develop"
}

@test "another version than the branch's does not land, however it lands" {
	push_ok erin "$R3:refs/heads/release/v1.3.0"
	push_refused ivy "$(merge 'chore: release' "$M0" "$R3"):main"
	assert_rule version-file
	assert_said 'package.json says "1.2.0"' 'VERSION says "1.2.0"' '1.3.0, as the name says'
	push_refused ivy "$R3:main"
	assert_rule version-file
}

@test "other branches say what they like" {
	push_ok erin "$R2:refs/heads/hotfix/a"
	push_ok ivy "$(merge 'fix: land' "$M0" "$R2"):main"
}

@test "a tag is of a commit that says its version" {
	push_refused erin "$R1:refs/tags/v1.2.0"
	assert_rule version-file
	assert_said 'there is no VERSION' 'set it in VERSION, commit, and tag that commit'
	push_refused erin "$R2:refs/tags/v1.2.1"
	assert_said 'VERSION says "1.2.0"' '1.2.1, as the name says' 'VERSION (.*)'
	push_ok erin "$R2:refs/tags/v1.2.0"
	push_ok erin "$M0:refs/tags/nightly-1"
}

@test "an annotated tag says the version of its commit" {
	local tag
	tag=$(printf 'object %s\ntype commit\ntag v1.2.0\ntagger R <r@example.org> 1740830400 +0000\n\nx\n' "$R2" |
		git -C "$CLIENT" mktag)
	push_refused erin "$tag:refs/tags/v1.2.1"
	assert_rule version-file
	push_ok erin "$tag:refs/tags/v1.2.0"
	push_ok erin :refs/tags/v1.2.0
}

@test "a file that is none is not guessed at" {
	local tree
	tree=$(printf '120000 blob %s\tVERSION\n' "$(printf a | git -C "$CLIENT" hash-object -w --stdin)" |
		git -C "$CLIENT" mktree)
	push_refused erin "$(echo 'feat: x' | git -C "$CLIENT" commit-tree "$tree" -p "$M0"):refs/tags/v1.2.0"
	assert_said 'version-file: could not decide: VERSION is not a regular file'
}

@test "a name that tells no version is a fault" {
	policy_write <<-'POLICY'
		[branch "release/*"]
		version-file = VERSION (.*)
	POLICY
	run git_policy check "$BATS_TEST_TMPDIR/policy.ini"
	[ "$status" -ne 0 ]
	assert_said 'the name release/* tells no version'
}

@test "explain and rules know the keys" {
	run git_policy rules
	assert_said 'file-max = 500k, 10M, 1G or bytes' 'version-file = <path> <expression>, one a line'
	policy_write <<-'POLICY'
		[content]
		file-max = 10M
		[branch "release/v{semver}"]
		version-file = VERSION (.*)
		content = size
	POLICY
	cd "$BATS_TEST_TMPDIR"
	run git_policy explain --policy policy.ini release/v1.0.0
	assert_said 'file-max = 10M' 'version-file = VERSION (.*)'
}
