# rows_002: the table of the marketing team's development workflow, row by row, under the policy we ship for it.
load rows

SUBJECT='feat(campaign): add budget optimization algorithm'

# main = M0, tagged v1.0.0; develop = D0 with a feature above it; G = D0 and a commit of erin's whose message is not
# conventional.
setup() {
	world_create
	policy marketing-development
	M0=$ROOT_COMMIT
	D0=$(as dan commit_file 'feat(campaign): add budgets' "$M0" budgets one)
	G=$(commit_file 'Add budget optimization algorithm' "$D0" optimization one)
	push_ok oscar "$M0:main" "$D0:develop" "$D0:staging" "$M0:refs/tags/v1.0.0"
}

# feature: feature/campaign-optimization = G.
feature() {
	push_ok erin "$G:feature/campaign-optimization"
}

facts() {
	report "$1" tests pass lint pass security pass coverage 90
}

# reviewed: G is ready for develop.
reviewed() {
	feature
	approve heads/develop "$G" bob carol
	facts "$G"
}

squashed() {
	printf '%s:develop\n' "$(squash "$SUBJECT" "${1-$D0}" "$G")"
}

# moved: develop = D1.
moved() {
	D1=$(as dan commit_file 'fix(api): repair budgets' "$D0" budgets two)
	server_set refs/heads/develop "$D1"
}

# released: main = R, which is release/v1.1.0.
released() {
	R=$(as oscar commit_file 'chore: bump version to 1.1.0' "$D0" VERSION 1.1.0)
	push_ok oscar "$R:release/v1.1.0"
	approve heads/main "$R" bob carol
	facts "$R"
	accepted ivy "$R:main"
}

@test "002-1: an unconventional message on a feature branch" {
	accepted erin "$G:feature/campaign-optimization"
	warned format
}

@test "002-2: a rebased feature branch takes its approvals nowhere" {
	reviewed
	moved
	local rebased
	rebased=$(commit_file 'Add budget optimization algorithm' "$D1" optimization one)
	accepted erin "+$rebased:feature/campaign-optimization"
	facts "$rebased"
	rejected approvals ivy "$(squash "$SUBJECT" "$D1" "$rebased"):develop"
	assert_said "0 of 2 for ${rebased:0:7}" "${G:0:7}"
}

@test "002-3: a merge brings in a message that develop does not take" {
	reviewed
	rejected format ivy "$(merge "Merge branch 'feature/campaign-optimization' into develop" "$D0" "$G"):develop"
	assert_said "${G:0:7}"
}

@test "002-4: a squash with a message of its own" {
	reviewed
	accepted ivy "$(squashed)"
	assert_started ci deploy-staging notify-team
}

@test "002-5: and not when develop has moved on" {
	reviewed
	moved
	rejected up-to-date ivy "$(squashed "$D1")"
}

@test "002-6: and not with a coverage of 89.9" {
	reviewed
	push_ok ci "+$(record_tag "$G" 89.9):refs/checks/$G/coverage"
	rejected checks ivy "$(squashed)"
	assert_said 'coverage is 89.9' 'coverage>=90'
}

@test "002-7: and not with one approval of two" {
	feature
	approve heads/develop "$G" bob
	facts "$G"
	rejected approvals ivy "$(squashed)"
	assert_said "1 of 2 for ${G:0:7}"
}

@test "002-8: and not when lint has not reported" {
	feature
	approve heads/develop "$G" bob carol
	report "$G" tests pass security pass coverage 90
	rejected checks ivy "$(squashed)"
	assert_said 'lint is missing' 'git policy report lint'
}

@test "002-9: a bugfix branch" {
	accepted erin "$(commit_file 'fix(campaign): resolve budget calculation error' "$D0" bug 1):bugfix/campaign-creation-error"
	assert_not_said error: warning:
}

@test "002-10: fix/ is not this workflow's word" {
	local fix
	fix=$(commit_file 'fix(campaign): resolve budget calculation error' "$D0" bug 1)
	rejected name erin "$fix:refs/heads/fix/campaign-creation-error"
	assert_said 'bugfix/{slug}' 'did you mean bugfix/'
}

@test "002-11: a hotfix branch from main" {
	accepted erin "$(commit_file 'fix: correct payment rounding' "$M0" pay 1):hotfix/payment-processing-fix"
}

@test "002-12: a release branch from develop" {
	accepted oscar "$(as oscar commit_file 'chore: bump version to 1.1.0' "$D0" VERSION 1.1.0):release/v1.1.0"
}

@test "002-13: a release branch without its v" {
	rejected name oscar "$(as oscar commit_file 'chore: bump version to 1.1.0' "$D0" VERSION 1.1.0):refs/heads/release/1.1.0"
	assert_said 'release/v{semver}'
}

@test "002-14: a release lands on main, and production waits for its tag" {
	released
	assert_started ci
}

@test "002-15: a commit made on main itself" {
	rejected 'direct push' erin "$(commit_file 'fix(campaign): resolve budget calculation error' "$M0" fix 1):main"
}

@test "002-16: a lightweight tag on the release" {
	released
	accepted oscar "$R:refs/tags/v1.1.0"
	assert_started deploy-production notify-stakeholders release-notes
	run git_policy notes -C "$SERVER" v1.0.0..v1.1.0
	[ "$status" -eq 0 ] || fail 'no notes'
	assert_said 'New Features' 'add budgets'
}

@test "002-17: a tag on what is not on main" {
	rejected on oscar "$D0:refs/tags/v1.1.0"
	assert_said 'on = main' "${D0:0:7}"
}

@test "002-18: a tag stays where it is" {
	released
	rejected move oscar "+$R:refs/tags/v1.0.0"
}

@test "002-19: security is no commit type" {
	rejected types erin "$(commit_file 'security(auth): patch token check' "$M0" auth 1):refs/heads/hotfix/security-patch-auth"
	assert_said 'line 1, column 1' 'security'
}

@test "002-20: a key in a file" {
	local key=AKIA
	key+=Q3EGRT5WYZ7KLMNP
	rejected secrets erin "$(commit_file 'feat: add meta client' "$D0" client.py "key = '$key'"):refs/heads/feature/meta-api-integration"
	assert_said 'client.py' 'line 1'
	assert_not_said "$key"
}

# ---- what the document could be read in two ways, and how it is decided ----

@test "002-a: develop lands on main without a release branch, too" {
	approve heads/main "$D0" bob carol
	facts "$D0"
	accepted ivy "$(merge "Merge branch 'develop'" "$M0" "$D0"):main"
}

@test "002-b: staging follows develop, and starts nothing" {
	moved
	approve heads/staging "$D1" bob carol
	facts "$D1"
	rejected accept ivy "$(merge "Merge branch 'develop' into staging" "$D0" "$D1"):staging"
	accepted ivy "$D1:staging"
	assert_started
}

@test "002-e: staging asks for two approvals as well" {
	moved
	approve heads/staging "$D1" bob
	facts "$D1"
	rejected approvals ivy "$D1:staging"
}

@test "002-f: 90 percent are enough" {
	reviewed
	push_ok ci "+$(record_tag "$G" 90.0):refs/checks/$G/coverage"
	accepted ivy "$(squashed)"
}

@test "002-h: security is a section of the notes, by its scope" {
	local fix
	fix=$(commit_file 'fix(security): check tokens' "$D0" auth 1)
	push_ok erin "$fix:bugfix/tokens"
	run git_policy notes -C "$SERVER" "v1.0.0..$fix"
	assert_said 'Security' 'check tokens'
}

@test "002-i: a release branch may go once main and develop have it" {
	released
	push_refused oscar ':refs/heads/release/v1.1.0'
	assert_rule delete
	approve heads/develop "$R" bob carol
	accepted ivy "$R:develop"
	accepted oscar ':refs/heads/release/v1.1.0'
}

@test "002-j: a hotfix goes to main and to develop" {
	local fix
	fix=$(commit_file 'fix: correct payment rounding' "$M0" pay 1)
	push_ok erin "$fix:hotfix/payment-processing-fix"
	approve heads/main "$fix" bob carol
	facts "$fix"
	accepted ivy "$fix:main"
}

@test "002-l: a merge made at home needs what everything needs" {
	feature
	rejected 'approvals checks format' ivy "$(merge "Merge branch 'feature/campaign-optimization' into develop" "$D0" "$G"):develop"
}

@test "002-m: case and period are nobody's business" {
	accepted erin "$(commit_file 'docs(api): Update endpoint documentation.' "$D0" docs 1):feature/docs"
	assert_not_said error: warning:
}

# ---- bumps: the number is the one that the commits ask for ----

@test "002, semver: a fix asks for a patch, and a feature for more than that" {
	released
	rejected bump oscar "$R:refs/tags/v1.0.1"
	assert_said 'v1.1.0' "${D0:0:7}" 'add budgets'
	rejected bump oscar "$R:refs/tags/v2.0.0"
	accepted oscar "$R:refs/tags/v1.1.0"
}
