# landing_marketing: the rows of the marketing team's workflow about what lands where, under the policy we ship.
load helper

SUBJECT='feat(campaign): add budget optimization algorithm'

setup() {
	world_create
}

# marketing: main = M0, tagged v1.0.0; develop = D0 with a feature above it; feature/campaign-optimization = G, whose message is
# not conventional.
marketing() {
	repo_create "$ROOT/policies/marketing-development.ini"
	M0=$ROOT_COMMIT
	D0=$(as dan commit_file 'feat(campaign): add budgets' "$M0" budgets one)
	G=$(commit_file 'Add budget optimization algorithm' "$D0" optimization one)
	push_ok oscar "$M0:main" "$D0:develop" "$D0:staging" "$M0:refs/tags/v1.0.0"
	push_ok erin "$G:feature/campaign-optimization"
	assert_warned format
}

# reviewed HEAD TARGET: two approvals, and every check.
reviewed() {
	approve "heads/$2" "$1" bob carol
	full_facts "$1"
}

full_facts() {
	report "$1" tests pass lint pass security pass coverage 90
}

@test "002-2: a rebased feature branch takes its approvals nowhere" {
	marketing
	approve heads/develop "$G" bob carol
	local d1 g2
	d1=$(as dan commit_file 'fix(api): repair budgets' "$D0" budgets two)
	server_set refs/heads/develop "$d1"
	g2=$(commit_file 'Add budget optimization algorithm' "$d1" optimization one)
	push_ok erin "+$g2:feature/campaign-optimization"
	full_facts "$g2"
	push_refused ivy "$(squash "$SUBJECT" "$d1" "$g2"):develop"
	assert_rule approvals
	assert_said "0 of 2 for ${g2:0:7}" "${G:0:7}"
}

@test "002-3: a merge brings in a message that develop does not take" {
	marketing
	reviewed "$G" develop
	push_refused ivy "$(merge "Merge branch 'feature/campaign-optimization' into develop" "$D0" "$G"):develop"
	assert_rule format
	assert_no_rule direct accept approvals checks up-to-date
	assert_said "${G:0:7}"
}

@test "002-4: a squash with a message of its own lands" {
	marketing
	reviewed "$G" develop
	push_ok ivy "$(squash "$SUBJECT" "$D0" "$G"):develop"
}

@test "002-5: and not when develop has moved on" {
	marketing
	reviewed "$G" develop
	local d1
	d1=$(as dan commit_file 'fix(api): repair budgets' "$D0" budgets two)
	server_set refs/heads/develop "$d1"
	push_refused ivy "$(squash "$SUBJECT" "$d1" "$G"):develop"
	assert_rule up-to-date
	assert_no_rule approvals checks direct accept
}

@test "002-6: and not with a coverage of 89.9" {
	marketing
	approve heads/develop "$G" bob carol
	report "$G" tests pass lint pass security pass coverage 89.9
	push_refused ivy "$(squash "$SUBJECT" "$D0" "$G"):develop"
	assert_rule checks
	assert_said 'coverage' '89.9' 'coverage>=90'
}

@test "002-7: and not with one approval of two" {
	marketing
	approve heads/develop "$G" bob
	full_facts "$G"
	push_refused ivy "$(squash "$SUBJECT" "$D0" "$G"):develop"
	assert_rule approvals
	assert_said '1 of 2'
}

@test "002-8: and not when a check has not reported" {
	marketing
	approve heads/develop "$G" bob carol
	report "$G" tests pass security pass coverage 90
	push_refused ivy "$(squash "$SUBJECT" "$D0" "$G"):develop"
	assert_rule checks
	assert_said 'lint is missing' 'git policy report lint'
}

@test "002-14: a release lands on main by a fast-forward" {
	marketing
	local release
	release=$(as oscar commit_file 'chore: bump version to 1.1.0' "$D0" VERSION 1.1.0)
	push_ok oscar "$release:release/v1.1.0"
	approve heads/main "$release" bob carol
	full_facts "$release"
	push_ok ivy "$release:main"
}

@test "002-15: a commit made on main itself" {
	marketing
	push_refused ivy "$(commit_file 'fix(campaign): resolve budget calculation error' "$M0" fix 1):main"
	assert_rule direct
}
