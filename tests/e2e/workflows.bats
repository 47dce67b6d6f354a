# workflows: what holds under every policy we ship; the tables of the workflows are in rows_*.bats.
load helper

setup() {
	world_create
}

# edpsych: main = M0, tagged v1.1.0; develop = D0 above it.
edpsych() {
	repo_create "$ROOT/policies/edpsych-git-workflow.ini"
	M0=$ROOT_COMMIT
	D0=$(commit 'feat(api): add sessions' "$M0")
	push_ok oscar "$M0:main" "$D0:develop" "$M0:refs/tags/v1.1.0"
}

# marketing: main = M0, tagged v1.0.0; develop = D0 with a feat above it.
marketing() {
	repo_create "$ROOT/policies/marketing-development.ini"
	M0=$ROOT_COMMIT
	D0=$(commit 'feat(campaign): add budgets' "$M0")
	push_ok oscar "$M0:main" "$D0:develop" "$D0:staging" "$M0:refs/tags/v1.0.0"
}

@test "000: every message rule that is broken is told at once, and nothing twice" {
	edpsych
	push_refused erin "$(commit $'build(api): Added node image.\nno blank line' "$D0"):refs/heads/feature/feature-name"
	assert_rule types subject-case subject-end format
	[ "$(grep -c 'types:' <<<"$output")" -eq 1 ] || fail 'types told twice'
	assert_said 'refs/heads/feature/feature-name: rejected'
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
		case $policy in */people.ini | */secrets.ini) continue ;; esac
		run git_policy check "$policy"
		[ "$status" -eq 0 ] || fail "$policy"
		assert_not_said error: warning:
	done
}
