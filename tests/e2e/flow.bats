# flow: what a branch takes since it left its trunk, and what it owes after it has landed.
load helper

setup() {
	world_create
	policy_write <<-'END'
		[branch]
		commits = off
		[branch "main"]
		direct = deny
		[branch "develop"]
		[branch "release/v{semver}"]
		create-from = develop
		only-types = fix docs test chore
		owes = develop
		[branch "hotfix/{slug}"]
		owes = develop
	END
	repo_create
	M0=$ROOT_COMMIT
	D0=$(commit_file 'feat(api): add sessions' "$M0" api sessions)
	R1=$(commit_file 'chore(release): bump version to 1.2.0' "$D0" version 1.2.0)
	server_set refs/heads/main "$M0" refs/heads/develop "$D0"
}

# merge MESSAGE FIRST SECOND: prints git's own merge of two commits.
merge() {
	git -C "$CLIENT" commit-tree -p "$2" -p "$3" -m "$1" "$(git -C "$CLIENT" merge-tree --write-tree "$2" "$3")"
}

# now TIME: what the server's clock says from here on.
now() {
	SERVER_ENV=(GIT_POLICY_NOW="$1")
}

# clock_needed: the server's clock can be set in a build with -Dclock=env only.
clock_needed() {
	grep -A9 '"name": "clock"' "$BUILD/meson-info/intro-buildoptions.json" | grep -q '"value": "env"' ||
		skip 'a build with -Dclock=env'
}

@test "000-15: a release begins with a chore" {
	push_ok oscar "$R1:release/v1.2.0"
}

@test "000-16: a feature does not get into a release" {
	push_ok oscar "$R1:release/v1.2.0"
	local feature
	feature=$(commit 'feat(ui): add session dashboard' "$R1")
	push_refused erin "$feature:release/v1.2.0"
	assert_rule only-types
	assert_said "${feature:0:7}" 'feat is none of the types' 'one of fix docs test chore' \
		'feat(ui): add session dashboard'
	assert_not_said "${D0:0:7}, line" # that was on develop
}

@test "a feature that a release begins with is one too many as well" {
	push_refused oscar "$(commit 'feat(ui): add session dashboard' "$D0"):release/v1.2.0"
	assert_rule only-types
}

@test "every commit since the trunk is named, and what has no type too" {
	local one two
	one=$(commit 'feat: one' "$D0")
	two=$(commit 'two' "$one")
	push_refused oscar "$(commit 'fix: three' "$two"):release/v1.2.0"
	assert_said 'rejected, 2 problems' "${one:0:7}" "${two:0:7}" 'has no type'
}

@test "merges and proved reverts are no type of their own" {
	local fix revert
	fix=$(commit_file 'fix: repair' "$R1" api broken)
	revert=$(git -C "$CLIENT" commit-tree -p "$fix" -m "Revert \"fix: repair\"

This reverts commit $fix." "$R1^{tree}")
	push_ok oscar "$R1:release/v1.2.0"
	push_ok oscar "$revert:release/v1.2.0"
	push_ok oscar "$(merge "Merge branch 'fix/x'" "$revert" "$(commit_file 'docs: x' "$R1" x x)"):release/v1.2.0"
	push_refused oscar "$(commit 'Revert "nothing"' "$revert"):refs/heads/release/v1.3.0"
	assert_rule only-types
}

@test "000-19: a release that landed on main is not deleted before develop has it" {
	push_ok oscar "$R1:release/v1.2.0"
	push_ok ivy "$(merge "Merge branch 'release/v1.2.0'" "$M0" "$R1"):main"
	push_refused oscar ":release/v1.2.0"
	assert_rule owes
	assert_said 'release/v1.2.0 has landed on main and not on develop' \
		'git policy land release/v1.2.0 --into develop'
	push_ok ivy "$(merge "Merge branch 'release/v1.2.0'" "$D0" "$R1"):develop"
	push_ok oscar ":release/v1.2.0"
}

@test "an open debt blocks the next branch of its kind, and no other" {
	push_ok oscar "$R1:release/v1.2.0"
	push_ok ivy "$(merge "Merge branch 'release/v1.2.0'" "$M0" "$R1"):main"
	push_refused oscar "$D0:release/v1.3.0"
	assert_rule owes
	assert_said 'release/v1.2.0 has landed on main and not on develop'
	push_ok oscar "$M0:hotfix/urgent"
	push_ok ivy "$(merge "Merge branch 'release/v1.2.0'" "$D0" "$R1"):develop"
	push_ok oscar "$D0:release/v1.3.0"
}

@test "a branch that never landed owes nothing" {
	push_ok oscar "$R1:release/v1.2.0"
	push_ok oscar "$D0:release/v1.3.0"
	push_ok oscar ":release/v1.2.0"
}

@test "a branch without commits of its own owes nothing, wherever its trunk is" {
	local main
	main=$(merge "Merge branch 'release/v1.2.0'" "$M0" "$R1")
	clock_needed
	now 2026-01-31T12:00:00Z
	push_ok oscar "$R1:release/v1.2.0"
	push_ok ivy "$main:main"
	now 2026-01-31T13:00:00Z
	push_ok oscar "$main:hotfix/empty"
	push_ok oscar "$(commit_file 'fix: urgent' "$main" fix urgent):hotfix/next"
	push_ok oscar ":hotfix/empty"
}

@test "a squashed release owes as much as a merged one, with more commits on it or without" {
	local squash
	squash=$(git -C "$CLIENT" commit-tree -p "$M0" -m 'chore: release' "$R1^{tree}")
	push_ok oscar "$R1:release/v1.2.0"
	push_ok ivy "$squash:main"
	push_refused oscar ":release/v1.2.0"
	assert_rule owes
	push_ok oscar "$(commit_file 'fix: late' "$R1" late fix):release/v1.2.0"
	push_refused oscar "$D0:release/v1.3.0"
	assert_rule owes
}
