# landing: the rows of the five workflows about what lands where, under the policies we ship.
load helper

HEYGEN='feat(avatar): add HeyGen API integration for video generation

This integrates the HeyGen API, so that avatar videos are generated inside the platform.
In contrast to the previous behavior, no manual upload is needed any more.

Closes #456'

setup() {
	world_create
}

# edpsych: main = M0, tagged v1.1.0; develop = D0 above it; feature/feature-name = F1 = D0 and one commit of erin's.
edpsych() {
	repo_create "$ROOT/policies/edpsych-git-workflow.ini"
	M0=$ROOT_COMMIT
	D0=$(as carol commit_file 'feat(api): add sessions' "$M0" sessions one)
	F1=$(commit_file "$HEYGEN" "$D0" heygen api)
	push_ok oscar "$M0:main" "$D0:develop" "$M0:refs/tags/v1.1.0"
	push_ok erin "$F1:feature/feature-name"
	DEVELOP=heads/develop
}

# edpsych_reviewed USER...: F1 with the approvals of these and a passing ci.
edpsych_reviewed() {
	edpsych
	approve "$DEVELOP" "$F1" "$@"
	report "$F1" ci pass
}

# edpsych_release: release/v1.2.0 = R1, made from develop, with the approvals it needs for main.
edpsych_release() {
	edpsych
	R1=$(as oscar commit_file 'chore(release): bump version to 1.2.0' "$D0" VERSION 1.2.0)
	push_ok oscar "$R1:release/v1.2.0"
	approve heads/main "$R1" bob dan
	report "$R1" ci pass
}

@test "000-4: a squash of an approved head lands on develop" {
	edpsych_reviewed bob carol
	push_ok ivy "$(squash "$HEYGEN" "$D0" "$F1"):develop"
}

@test "000-5: with one approval of two it does not" {
	edpsych_reviewed bob
	push_refused ivy "$(squash "$HEYGEN" "$D0" "$F1"):develop"
	assert_rule approvals
	assert_no_rule checks accept direct
	assert_said "approvals: 1 of 2 for ${F1:0:7}" 'approvals = 2 @reviewers' "git policy approve ${F1:0:7} --for develop"
}

@test "000-6: the author's own approval does not count" {
	edpsych_reviewed bob
	policy_people_add reviewers erin
	approve "$DEVELOP" "$F1" erin
	push_refused ivy "$(squash "$HEYGEN" "$D0" "$F1"):develop"
	assert_rule approvals
	assert_said '1 of 2' 'erin does not count: author'
}

@test "000-7: a failed check" {
	edpsych
	approve "$DEVELOP" "$F1" bob carol
	report "$F1" ci fail
	push_refused ivy "$(squash "$HEYGEN" "$D0" "$F1"):develop"
	assert_rule checks
	assert_no_rule approvals
	assert_said 'ci' 'checks = ci'
}

@test "000-8: a merge where a squash is wanted" {
	edpsych_reviewed bob carol
	push_refused ivy "$(merge "Merge branch 'feature/feature-name' into develop" "$D0" "$F1"):develop"
	assert_rule accept
	assert_no_rule direct approvals checks
	assert_said 'feature/feature-name lands by merge' 'squash' 'git policy land feature/feature-name --into develop --squash'
}

@test "000-9: a commit made on develop itself" {
	edpsych
	push_refused ivy "$(commit_file 'fix(auth): resolve session timeout issue

Sessions ended early.

Fixes #789' "$D0" auth fixed):develop"
	assert_rule direct
	assert_no_rule approvals checks accept
}

@test "000-15: a release branch from develop with a preparing commit" {
	edpsych
	push_ok oscar "$(as oscar commit_file 'chore(release): bump version to 1.2.0' "$D0" VERSION 1.2.0):release/v1.2.0"
}

@test "000-16: no feature on a release branch" {
	edpsych_release
	push_refused erin "$(commit_file 'feat(ui): add session dashboard' "$R1" dashboard ui):release/v1.2.0"
	assert_rule only-types
	push_ok erin "$(commit_file 'fix(ui): keep the dashboard' "$R1" dashboard ui):release/v1.2.0"
}

@test "000-17: a release lands on main by a merge" {
	edpsych_release
	push_ok ivy "$(merge "Merge branch 'release/v1.2.0'" "$M0" "$R1"):main"
}

@test "000-18: and not by a fast-forward" {
	edpsych_release
	push_refused ivy "$R1:main"
	assert_rule accept
	assert_said 'release/v1.2.0 lands by fast-forward' 'wanted: merge'
}

@test "000-19: a release that has landed on main owes its way back to develop" {
	edpsych_release
	push_ok ivy "$(merge "Merge branch 'release/v1.2.0'" "$M0" "$R1"):main"
	push_refused oscar ":refs/heads/release/v1.2.0"
	assert_rule owes
	push_refused oscar "$(as oscar commit_file 'chore(release): bump version to 1.3.0' "$D0" VERSION 1.3.0):refs/heads/release/v1.3.0"
	assert_rule owes
	approve "$DEVELOP" "$R1" bob dan
	push_ok ivy "$(merge "Merge branch 'release/v1.2.0' into develop" "$D0" "$R1"):develop"
	push_ok oscar ":refs/heads/release/v1.2.0"
}

# lab: A0-A1-A2-A3 in line, each by oscar; main = A3, staging = A2, production = A1, whose CODEOWNERS says: * @dan
lab() {
	repo_create "$ROOT/policies/academic-lab-deployment.ini"
	A0=$ROOT_COMMIT
	A1=$(as oscar commit_file 'feat: one' "$A0" CODEOWNERS '* @dan')
	A2=$(as oscar commit_file 'feat: two' "$A1" two 2)
	A3=$(as oscar commit_file 'feat: three' "$A2" three 3)
	push_ok oscar "$A3:main" "$A2:staging" "$A1:production"
}

# lab_feature BASE: feature/p02-duplicates-detection = H, one commit of erin's on BASE.
lab_feature() {
	H=$(commit_file 'feat: description' "$1" feature x)
	push_ok erin "$H:feature/p02-duplicates-detection"
}

# lab_ready USER...: A2 as it must be for production: approved by these, tested.
lab_ready() {
	approve heads/production "$A2" "$@"
	report "$A2" tests pass tests_count 18
}

@test "001-3: a feature lands on main with one approval and its tests" {
	lab
	lab_feature "$A3"
	approve heads/main "$H" bob
	report "$H" tests pass
	push_ok ivy "$(merge "Merge branch 'feature/p02-duplicates-detection'" "$A3" "$H"):main"
}

@test "001-4: and not without the approval" {
	lab
	lab_feature "$A3"
	report "$H" tests pass
	push_refused ivy "$(merge "Merge branch 'feature/p02-duplicates-detection'" "$A3" "$H"):main"
	assert_rule approvals
	assert_said '0 of 1'
}

@test "001-5: a head that lacks the tip of main" {
	lab
	lab_feature "$A2"
	approve heads/main "$H" bob
	report "$H" tests pass
	push_refused ivy "$(merge "Merge branch 'feature/p02-duplicates-detection'" "$A3" "$H"):main"
	assert_rule up-to-date
	assert_no_rule approvals checks accept direct
}

@test "001-6: a commit made on main itself" {
	lab
	push_refused ivy "$(commit_file 'fix: critical issue' "$A3" fix 1):main"
	assert_rule direct
}

@test "001-8: staging follows main by a fast-forward" {
	lab
	approve heads/staging "$A3" bob
	report "$A3" tests pass
	push_ok ivy "$A3:staging"
}

@test "001-9: an approval for main is none for staging" {
	lab
	approve heads/main "$A3" bob
	report "$A3" tests pass
	push_refused ivy "$A3:staging"
	assert_rule approvals
	assert_said '0 of 1'
}

@test "001-11: production takes what staging has, with two approvals, an owner's among them, and its tests" {
	lab
	lab_ready bob dan
	push_ok ivy "$A2:production"
}

@test "001-13: and not without the owner of the paths" {
	lab
	lab_ready bob carol
	push_refused ivy "$A2:production"
	assert_rule owners
	assert_no_rule approvals
	assert_said '@dan' 'owners = CODEOWNERS'
}

@test "001-14: and not with one approval of two" {
	lab
	lab_ready dan
	push_refused ivy "$A2:production"
	assert_rule approvals
	assert_no_rule owners
}

@test "001-15: and not with 17 tests" {
	lab
	approve heads/production "$A2" bob dan
	report "$A2" tests pass tests_count 17
	push_refused ivy "$A2:production"
	assert_rule checks
	assert_said 'tests_count' '17' 'tests_count>=18'
}

@test "001-16: and nothing that never was on staging" {
	lab
	approve heads/production "$A3" bob dan
	report "$A3" tests pass tests_count 18
	push_refused ivy "$A3:production"
	assert_rule accept
	assert_said 'accept = staging'
}

@test "001-18: an exact revert rolls production back, approved and tested like anything else" {
	lab
	server_set refs/heads/production "$A2"
	V=$(printf 'Revert "feat: two"\n\nThis reverts commit %s.\n' "$A2" |
		as carol git -C "$CLIENT" commit-tree -p "$A2" "$A1^{tree}")
	push_ok oscar "$V:hotfix/roll-back"
	approve heads/production "$V" bob dan
	report "$V" tests pass tests_count 18
	push_ok oscar "$V:production"
}

@test "001-18, changed: a revert that brings in something else is none" {
	lab
	server_set refs/heads/production "$A2"
	local tree
	tree=$(git -C "$CLIENT" rev-parse "$(commit_file x "$A1" other 1)^{tree}")
	V=$(printf 'Revert "feat: two"\n\nThis reverts commit %s.\n' "$A2" |
		as carol git -C "$CLIENT" commit-tree -p "$A2" "$tree")
	push_ok oscar "$V:hotfix/roll-back"
	approve heads/production "$V" bob dan
	report "$V" tests pass tests_count 18
	push_refused oscar "$V:production"
	assert_rule accept
}

@test "001-19: with an owner's grant production is reset to an earlier tip, once" {
	lab
	lab_ready bob dan
	push_ok ivy "$A2:production"
	push_ok dan "$(record_tag "$A1" 'two breaks the exports

expires: 2099-01-01T00:00:00Z'):refs/grants/heads/production/$A2/$A1/dan"
	push_ok oscar "+$A1:production"
	assert_said 'granted by dan' 'two breaks the exports'
	server_set refs/heads/production "$A2"
	push_refused oscar "+$A1:production"
	assert_rule rewrite
}

@test "001-17: and not without one" {
	lab
	server_set refs/heads/production "$A2"
	push_refused oscar "+$A1:production"
	assert_rule rewrite
}

@test "001-20: a hotfix made on staging lands there" {
	lab
	K=$(commit_file 'fix: critical issue' "$A2" fix 1)
	push_ok erin "$K:hotfix/bug-description"
	approve heads/staging "$K" bob
	report "$K" tests pass
	push_ok ivy "$K:staging"
}

@test "a merge that leaves the tree as it is brings its commits in like any other" {
	lab
	local added removed
	added=$(commit_file 'feat: key' "$A3" key SECRET)
	removed=$(printf 'feat: no key\n' | git -C "$CLIENT" commit-tree -p "$added" "$A3^{tree}")
	push_ok erin "$removed:feature/key"
	push_refused ivy "$(merge "Merge branch 'feature/key'" "$A3" "$removed"):main"
	assert_rule approvals checks
	approve heads/main "$removed" bob
	report "$removed" tests pass
	push_ok ivy "$(merge "Merge branch 'feature/key'" "$A3" "$removed"):main"
}

@test "a head amended without a change is asked for by its own name" {
	lab
	lab_feature "$A3"
	approve heads/main "$H" bob
	report "$H" tests pass
	local amended
	amended=$(printf 'feat: another description\n' | git -C "$CLIENT" commit-tree -p "$A3" "$H^{tree}")
	push_ok erin "+$amended:feature/p02-duplicates-detection"
	push_refused ivy "$(squash 'feat: description' "$A3" "$amended"):main"
	assert_rule approvals checks
	assert_no_rule accept direct
	assert_said "0 of 1 for ${amended:0:7}" "approval by bob was for ${H:0:7}; ${amended:0:7} lands instead: no file differs"
}
