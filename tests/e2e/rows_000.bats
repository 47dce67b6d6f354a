# rows_000: the table of the EdPsych git workflow, row by row, under the policy we ship for it.
load rows

HEYGEN='feat(avatar): add HeyGen API integration for video generation

This integrates the HeyGen API, so that avatar videos are generated inside the platform.
In contrast to the previous behavior, no manual upload is needed any more.

Closes #456'

TIMEOUT='fix(auth): resolve session timeout issue

Sessions ended after five minutes, whatever was set.

Fixes #789'

# main = M0, tagged v1.1.0; develop = D0 above it; F1 = D0 and one commit of erin's.
setup() {
	world_create
	policy edpsych-git-workflow
	M0=$ROOT_COMMIT
	D0=$(as carol commit_file 'feat(api): add sessions' "$M0" sessions one)
	F1=$(commit_file "$HEYGEN" "$D0" heygen api)
	push_ok oscar "$M0:main" "$D0:develop" "$M0:refs/tags/v1.1.0"
}

# feature: feature/feature-name = F1.
feature() {
	push_ok erin "$F1:feature/feature-name"
}

# approved USER...: F1 is approved for develop by these, and ci has passed.
approved() {
	feature
	approve heads/develop "$F1" "$@"
	report "$F1" ci pass
}

# next MESSAGE: erin's refspec for one more commit on the feature branch.
next() {
	printf '%s:refs/heads/feature/feature-name\n' "$(commit_file "$1" "$F1" more heygen)"
}

# release: release/v1.2.0 = R1, reviewed for main.
release() {
	R1=$(as oscar commit_file 'chore(release): bump version to 1.2.0' "$D0" VERSION 1.2.0)
	push_ok oscar "$R1:release/v1.2.0"
	approve heads/main "$R1" bob carol
	report "$R1" ci pass
}

# released: and landed on main by R2.
released() {
	release
	R2=$(merge "Merge branch 'release/v1.2.0'" "$M0" "$R1")
	accepted ivy "$R2:main"
}

@test "000-1: a feature branch with the workflow's own example" {
	accepted erin "$F1:feature/feature-name"
	assert_not_said error: warning:
}

@test "000-2: features/ is no prefix of the workflow" {
	rejected name erin "$F1:refs/heads/features/feature-name"
	assert_said 'refs/heads/features/feature-name: rejected' 'feature/{slug}' 'did you mean feature/'
}

@test "000-3: a feature branch that starts on main" {
	local m1
	m1=$(merge "Merge branch 'hotfix/sessions'" "$M0" "$(commit_file 'fix(api): repair sessions' "$M0" hotfix 1)")
	server_set refs/heads/main "$m1"
	rejected create-from erin "$(commit_file 'feat(ui): add dashboard' "$m1" ui 1):refs/heads/feature/feature-name"
	assert_said 'create-from = develop' "${m1:0:7}"
}

@test "000-4: a squash of an approved feature lands on develop" {
	approved bob carol
	accepted ivy "$(squash "$HEYGEN" "$D0" "$F1"):develop"
	assert_started deploy-development
}

@test "000-5: one approval of two" {
	approved bob
	rejected approvals ivy "$(squash "$HEYGEN" "$D0" "$F1"):develop"
	assert_said "1 of 2 for ${F1:0:7}" 'approvals = 2 @reviewers' "git policy approve ${F1:0:7} --for develop"
}

@test "000-6: the author's own approval" {
	policy_people_add reviewers erin
	approved bob erin
	rejected approvals ivy "$(squash "$HEYGEN" "$D0" "$F1"):develop"
	assert_said '1 of 2' 'erin does not count: author'
}

@test "000-7: ci has failed" {
	approved bob carol
	push_ok ci "+$(record_tag "$F1" fail):refs/checks/$F1/ci"
	rejected checks ivy "$(squash "$HEYGEN" "$D0" "$F1"):develop"
	assert_said "ci is fail for ${F1:0:7}" 'checks = ci'
}

@test "000-8: a merge where a squash is wanted" {
	approved bob carol
	rejected accept ivy "$(merge "Merge branch 'feature/feature-name' into develop" "$D0" "$F1"):develop"
	assert_said 'feature/feature-name lands by merge' 'squash'
}

@test "000-9: a commit made on develop itself" {
	rejected 'direct push' erin "$(commit_file "$TIMEOUT" "$D0" auth 1):develop"
}

@test "000-10: a subject that begins with a capital letter" {
	feature
	rejected subject-case erin "$(next 'feat(avatar): Add HeyGen API integration for video generation')"
	assert_said 'line 1, column 15' 'subject-case = lower'
}

@test "000-11: a subject that ends with a period" {
	feature
	rejected subject-end erin "$(next 'feat(avatar): add HeyGen API integration for video generation.')"
	assert_said 'line 1, column 62' 'subject-end = no-period'
}

@test "000-12: a subject in the past tense" {
	feature
	rejected subject-mood erin "$(next 'feat(avatar): added HeyGen API integration for video generation')"
	assert_said 'line 1, column 15' 'added'
}

@test "000-13: a type that is not one of the eight" {
	feature
	rejected types erin "$(next 'build(api): bump node image')"
	assert_said 'line 1, column 1' 'feat fix docs style refactor perf test chore'
}

@test "000-14: a body right below the header" {
	feature
	rejected format erin "$(next $'feat(avatar): add HeyGen API integration\nfor video generation inside the platform')"
	assert_said 'line 2'
}

@test "000-15: a release branch from develop" {
	R1=$(as oscar commit_file 'chore(release): bump version to 1.2.0' "$D0" VERSION 1.2.0)
	accepted oscar "$R1:release/v1.2.0"
	assert_started deploy-staging
}

@test "000-16: a feature on a release branch" {
	release
	rejected only-types erin "$(commit_file 'feat(ui): add session dashboard' "$R1" dashboard ui):release/v1.2.0"
}

@test "000-17: a release lands on main by a merge, and owes its way back" {
	released
	assert_not_said error: warning:
	run git_policy debt -C "$SERVER"
	assert_said 'release/v1.2.0' 'develop'
}

@test "000-18: and not by a fast-forward" {
	release
	rejected accept ivy "$R1:main"
	assert_said 'release/v1.2.0 lands by fast-forward' 'wanted: merge'
}

@test "000-19: a release whose debt is open is not deleted" {
	released
	rejected 'delete owes' oscar ':refs/heads/release/v1.2.0'
	assert_said 'release/v1.2.0 has landed on main and not on develop'
}

@test "000-20: the release is tagged on main, and notes can be written" {
	released
	accepted oscar "$R2:refs/tags/v1.2.0"
	assert_started release-notes
	run git_policy notes -C "$SERVER" v1.1.0..v1.2.0
	[ "$status" -eq 0 ] || fail 'no notes'
	assert_said 'add sessions'
}

# ---- what the document could be read in two ways, and how it is decided ----

# reviewed BRANCH HEAD: two approvals for that branch, and ci.
reviewed() {
	approve "heads/$1" "$2" bob carol
	report "$2" ci pass
}

@test "000-a: develop itself is no road to main" {
	reviewed main "$D0"
	rejected accept ivy "$(merge "Merge branch 'develop'" "$M0" "$D0"):main"
}

@test "000-b: a fix lands where it was made from" {
	local critical ordinary
	critical=$(commit_file 'fix(api): repair sessions' "$M0" fix 1)
	ordinary=$(commit_file 'fix(api): repair sessions' "$D0" fix 1)
	push_ok erin "$critical:fix/critical" "$ordinary:fix/ordinary"
	reviewed main "$ordinary"
	rejected accept ivy "$(squash 'fix(api): repair sessions' "$M0" "$ordinary"):main"
	reviewed main "$critical"
	accepted ivy "$(squash 'fix(api): repair sessions for all' "$M0" "$critical"):main"
}

@test "000-c: a commit is no merge for being called one" {
	rejected 'format subject-case' erin "$(commit_file "Merge branch 'x' into y" "$D0" x 1):refs/heads/feature/x"
}

@test "000-d, 000-e: should is must, and only these types" {
	rejected 'format subject-case' erin "$(commit_file 'Sessions' "$D0" x 1):refs/heads/feature/x"
	rejected types erin "$(commit_file 'ci: run twice' "$D0" x 1):refs/heads/feature/x"
}

@test "000-f: a subject begins with a lower-case letter, whatever its first word is" {
	rejected subject-case erin "$(commit_file 'fix(api): HTTP 500 on logout' "$D0" x 1):refs/heads/feature/x"
	accepted erin "$(commit_file 'fix(api): answer HTTP 500 on logout' "$D0" x 1):feature/x"
}

@test "000-g: words that only look like another mood" {
	local verb
	for verb in embed process speed address; do
		accepted erin "$(commit_file "feat(ui): $verb videos" "$D0" x 1):feature/$verb"
		assert_not_said error: warning:
	done
}

@test "000-h: what was squashed has landed: a release branch may go" {
	release
	accepted ivy "$(merge "Merge branch 'release/v1.2.0'" "$M0" "$R1"):main"
	approve heads/develop "$R1" bob carol
	accepted ivy "$(merge "Merge branch 'release/v1.2.0' into develop" "$D0" "$R1"):develop"
	accepted oscar ':refs/heads/release/v1.2.0'
}

@test "000-i: a squash is what merging gives, where develop has moved on" {
	approved bob carol
	local d1
	d1=$(as dan commit_file 'fix(api): repair sessions' "$D0" fix 1)
	server_set refs/heads/develop "$d1"
	rejected direct ivy "$(printf '%s\n' "$HEYGEN" | as ivy git -C "$CLIENT" commit-tree -p "$d1" "$F1^{tree}"):develop"
	accepted ivy "$(squash "$HEYGEN" "$d1" "$F1"):develop"
}

@test "000-j: no force push, though the document never says so" {
	rejected rewrite oscar "+$M0:refs/heads/develop"
}

@test "000-k: the placeholder is no name" {
	rejected name oscar "$(as oscar commit_file 'chore: prepare' "$D0" VERSION 1):refs/heads/release/vX.Y.Z"
}

@test "000-l: a tag comes after the merge" {
	release
	rejected on oscar "$R1:refs/tags/v1.2.0"
}
