# traps: where the five workflows differ from one another, the policy alone decides; and every place that could be read in
# two ways is decided somewhere.
load rows

setup() {
	world_create
}

# under NAME TRUNK...: the repository under a shipped policy, every trunk at the root commit.
under() {
	policy "$1"
	shift
	push_ok oscar "${@/#/$ROOT_COMMIT:}"
	NEXT=$(commit_file 'fix: repair it' "$ROOT_COMMIT" fix 1)
}

@test "X-a: fix/ here is bugfix/ there, and each says which" {
	under edpsych-git-workflow main develop
	rejected name erin "$NEXT:refs/heads/bugfix/x"
	assert_said 'fix/{slug}'
}

@test "X-b, X-c: a feature starts on develop, or on main; a hotfix on main, or on staging too" {
	under academic-lab-deployment main staging production
	server_set refs/heads/main "$NEXT"
	accepted erin "$(commit_file 'feat: more' "$NEXT" more 1):feature/x"
	accepted erin "$(commit_file 'fix: less' "$ROOT_COMMIT" less 1):hotfix/x"
}

@test "X-d, X-e, X-f, X-g: approvals, methods and rewrites are what each policy says" {
	under personal-assistant-cicd main develop
	accepted erin "$NEXT:main"
	accepted erin "+$(commit_file 'Repair it otherwise' "$ROOT_COMMIT" fix 2):main"
}

@test "X-h, X-i, X-j, X-k: staging is a branch or a stage, as the policy says" {
	under personal-assistant-cicd main develop
	accepted erin "$NEXT:staging"
	assert_started
}

@test "X-l: a message is refused, warned of or passed over" {
	under edpsych-deployment-plan main
	accepted erin "$(commit_file 'WIP' "$ROOT_COMMIT" fix 2):main"
	assert_not_said warning:
}

@test "X-m: no policy is read from what is pushed" {
	under edpsych-git-workflow main develop
	local tree
	tree=$(commit_path 'feat: open the door' "$ROOT_COMMIT" .git-policy.ini $'[policy]\nversion = 1\n[branch "**"]')
	rejected name erin "$tree:refs/heads/anything"
}

@test "every place that could be read in two ways is decided in a policy or by a test" {
	local letter
	for letter in 000-{a..m} 001-{a..m} 002-{a..m} 003-{a..i} 004-{a..j} X-{a..m}; do
		grep -qE "(\(|\"|, )$letter[:,)]" "$ROOT"/policies/*.ini "$ROOT"/tests/e2e/*.bats || fail "nowhere: $letter"
	done
}
