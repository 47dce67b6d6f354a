# workflows: the rows of the five workflows that the gate alone decides, under the policies we ship.
load helper

HEYGEN='feat(avatar): add HeyGen API integration for video generation

This integrates the HeyGen API, so that avatar videos are generated inside the platform.
In contrast to the previous behavior, no manual upload is needed any more.

Closes #456'

setup() {
	world_create
}

# edpsych: main = M0, tagged v1.1.0; develop = D0 above it; F1 = D0 and one commit of erin's.
edpsych() {
	repo_create "$ROOT/policies/edpsych-git-workflow.ini"
	M0=$ROOT_COMMIT
	D0=$(commit 'feat(api): add sessions' "$M0")
	F1=$(commit "$HEYGEN" "$D0")
	push_ok oscar "$M0:main" "$D0:develop" "$M0:refs/tags/v1.1.0"
}

# Rows 10 to 14 are one more commit on the feature branch of row 1.
edpsych_feature() {
	edpsych
	server_set refs/heads/feature/feature-name "$F1"
	NEXT=$(commit "$1" "$F1")
}

# lab: A0-A1-A2-A3 in line; main = A3, staging = A2, production = A1.
lab() {
	repo_create "$ROOT/policies/academic-lab-deployment.ini"
	A0=$ROOT_COMMIT
	A1=$(commit 'feat: one' "$A0")
	A2=$(commit 'feat: two' "$A1")
	A3=$(commit 'feat: three' "$A2")
	push_ok oscar "$A3:main" "$A2:staging" "$A1:production"
}

# marketing: main = M0, tagged v1.0.0; develop = D0 with a feat above it.
marketing() {
	repo_create "$ROOT/policies/marketing-development.ini"
	M0=$ROOT_COMMIT
	D0=$(commit 'feat(campaign): add budgets' "$M0")
	push_ok oscar "$M0:main" "$D0:develop" "$D0:staging" "$M0:refs/tags/v1.0.0"
}

@test "000-1: a feature branch from develop with the workflow's own example is accepted" {
	edpsych
	push_ok erin "$F1:feature/feature-name"
	assert_not_said error: warning:
}

@test "000-2: features/ is no prefix of the workflow, and feature/ is what was meant" {
	edpsych
	push_refused erin "$F1:refs/heads/features/feature-name"
	assert_rule name
	assert_said 'refs/heads/features/feature-name: rejected' 'feature/{slug}' 'did you mean feature/'
}

@test "000-3: a feature branch that starts on main is told to start on develop" {
	edpsych
	local side m1
	side=$(commit 'fix(api): repair sessions' "$M0")
	m1=$(commit "Merge branch 'hotfix/sessions'" "$M0" "$side")
	server_set refs/heads/main "$m1"
	push_refused erin "$(commit 'feat(ui): add dashboard' "$m1"):refs/heads/feature/feature-name"
	assert_rule create-from
	assert_said 'create-from = develop' "${m1:0:7}"
}

@test "000-10: a subject that begins with a capital letter" {
	edpsych_feature 'feat(avatar): Add HeyGen API integration for video generation'
	push_refused erin "$NEXT:feature/feature-name"
	assert_rule subject-case
	assert_no_rule format types subject-end
	assert_said "commit ${NEXT:0:7}, line 1, column 15" 'subject-case = lower' \
		'feat(avatar): Add HeyGen API integration for video generation'
}

@test "000-11: a subject that ends with a period" {
	edpsych_feature 'feat(avatar): add HeyGen API integration for video generation.'
	push_refused erin "$NEXT:feature/feature-name"
	assert_rule subject-end
	assert_no_rule format types subject-case
	assert_said "commit ${NEXT:0:7}, line 1, column 62" 'subject-end = no-period'
}

@test "000-12: a subject in the past tense" {
	edpsych_feature 'feat(avatar): added HeyGen API integration for video generation'
	push_refused erin "$NEXT:feature/feature-name"
	assert_rule subject-mood
	assert_said "commit ${NEXT:0:7}, line 1, column 15" 'added'
}

@test "000-13: a type that is not one of the eight" {
	edpsych_feature 'build(api): bump node image'
	push_refused erin "$NEXT:feature/feature-name"
	assert_rule types
	assert_said "commit ${NEXT:0:7}, line 1, column 1" 'build' 'feat fix docs style refactor perf test chore'
}

@test "000-14: a body right below the header" {
	edpsych_feature $'feat(avatar): add HeyGen API integration\nfor video generation inside the platform'
	push_refused erin "$NEXT:feature/feature-name"
	assert_rule format
	assert_said "commit ${NEXT:0:7}, line 2"
}

@test "000: every message rule that is broken is told at once, and nothing twice" {
	edpsych_feature $'build(api): Added node image.\nno blank line'
	push_refused erin "$NEXT:feature/feature-name"
	assert_rule types subject-case subject-end format
	[ "$(grep -c 'types:' <<<"$output")" -eq 1 ] || fail 'types told twice'
	assert_said 'refs/heads/feature/feature-name: rejected'
}

@test "001-1: a feature branch with digits in its name, from main" {
	lab
	push_ok erin "$(commit 'feat: description' "$A3"):feature/p02-duplicates-detection"
}

@test "001-2: a feature branch has no protection: it may be rewritten" {
	lab
	local first
	first=$(commit 'feat: description' "$A3")
	push_ok erin "$first:feature/p02-duplicates-detection"
	push_ok erin "+$(commit 'feat: something else' "$A3"):feature/p02-duplicates-detection"
}

@test "001-7: main is not rewound, not even by an admin" {
	lab
	push_refused oscar "+$A2:refs/heads/main"
	assert_rule rewrite
	assert_said 'refs/heads/main: rejected' "${A2:0:7}" "${A3:0:7}" 'rewrite = deny'
}

@test "001-10: staging is not rewritten without a grant" {
	lab
	push_refused ivy "+$(commit 'fix: critical issue' "$A1"):refs/heads/staging"
	assert_rule rewrite
	assert_said 'refs/heads/staging: rejected'
}

@test "001-17: production is not rewound" {
	lab
	server_set refs/heads/production "$A2"
	push_refused oscar "+$A1:refs/heads/production"
	assert_rule rewrite
	assert_said 'refs/heads/production: rejected'
}

@test "002-1: an unconventional message on a feature branch is accepted with a warning" {
	marketing
	push_ok erin "$(commit 'Add budget optimization algorithm' "$D0"):feature/campaign-optimization"
	assert_warned format
	assert_not_said error:
}

@test "002-9: a bugfix branch from develop" {
	marketing
	push_ok erin "$(commit 'fix(campaign): resolve budget calculation error' "$D0"):bugfix/campaign-creation-error"
	assert_not_said error: warning:
}

@test "002-10: fix/ is not this workflow's word, and the hint is bugfix/" {
	marketing
	push_refused erin \
		"$(commit 'fix(campaign): resolve budget calculation error' "$D0"):refs/heads/fix/campaign-creation-error"
	assert_rule name
	assert_said 'bugfix/{slug}' 'did you mean bugfix/' \
		'git branch -m fix/campaign-creation-error bugfix/campaign-creation-error'
}

@test "002-11: a hotfix branch from main" {
	marketing
	push_ok erin "$(commit 'fix: correct payment rounding' "$M0"):hotfix/payment-processing-fix"
}

@test "002-12: a release branch from develop" {
	marketing
	push_ok oscar "$(commit 'chore: bump version to 1.1.0' "$D0"):release/v1.1.0"
}

@test "002-13: a release branch without its v" {
	marketing
	push_refused oscar "$(commit 'chore: bump version to 1.1.0' "$D0"):refs/heads/release/1.1.0"
	assert_rule name
	assert_said 'release/v{semver}'
}

@test "002-19: security is no commit type, even on a hotfix branch" {
	marketing
	local commit
	commit=$(commit 'security(auth): patch token check' "$M0")
	push_refused erin "$commit:refs/heads/hotfix/security-patch-auth"
	assert_rule types
	assert_said "commit ${commit:0:7}, line 1, column 1" 'security'
}

@test "003-20: the deployment plan has no rule for branches and messages, and says nothing about them" {
	repo_create "$ROOT/policies/edpsych-deployment-plan.ini"
	push_ok oscar "$ROOT_COMMIT:main"
	push_ok erin "$(commit 'WIP' "$ROOT_COMMIT"):Any/Thing"
	assert_not_said error: warning: hint:
}

@test "every workflow: a branch name outside it is refused with the names it knows, by anybody" {
	marketing
	push_refused oscar "$D0:refs/heads/anything"
	assert_rule name
	assert_said 'main' 'develop' 'feature/{slug}'
}

@test "every workflow: nobody the policy does not know may push" {
	marketing
	push_refused mallory "$D0:refs/heads/feature/x"
	assert_rule push
	assert_said 'mallory'
	push_refused '' "$D0:refs/heads/feature/x"
	assert_rule push
}

@test "every shipped policy loads without a word of warning" {
	local policy
	for policy in "$ROOT"/policies/*.ini; do
		[ "${policy##*/}" != people.ini ] || continue
		run git_policy check "$policy"
		[ "$status" -eq 0 ] || fail "$policy"
		assert_not_said error: warning:
	done
}
