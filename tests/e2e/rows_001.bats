# rows_001: the table of the academic lab's deployment strategy, row by row, under the policy we ship for it.
load rows

# A0-A1-A2-A3 in line, each by oscar; main = A3, staging = A2, production = A1, whose CODEOWNERS says: * @dan. A2 came to
# staging on the third of March; now it is the seventh.
setup() {
	world_create
	policy academic-lab-deployment
	A0=$ROOT_COMMIT
	A1=$(as oscar commit_file 'feat: one' "$A0" CODEOWNERS '* @dan')
	A2=$(as oscar commit_file 'feat: two' "$A1" two 2)
	A3=$(as oscar commit_file 'feat: three' "$A2" three 3)
	now 2025-03-03T10:00:00Z
	push_ok oscar "$A3:main" "$A2:staging" "$A1:production"
	now 2025-03-07T10:00:00Z
}

# feature BASE: feature/p02-duplicates-detection = H, one commit of erin's on BASE.
feature() {
	H=$(commit_file 'feat: description' "$1" feature x)
	push_ok erin "$H:feature/p02-duplicates-detection"
}

merged() {
	printf '%s:main\n' "$(merge "Merge branch 'feature/p02-duplicates-detection'" "$A3" "$H")"
}

# ready USER...: A2 as it must be for production: approved by these, tested.
ready() {
	approve heads/production "$A2" "$@"
	report "$A2" tests pass tests_count 18
}

# promoted: production = A2.
promoted() {
	ready bob dan
	push_ok ivy "$A2:production"
}

@test "001-1: a feature branch with digits in its name" {
	accepted erin "$(commit_file 'feat: description' "$A3" feature x):feature/p02-duplicates-detection"
	assert_not_said error: warning:
}

@test "001-2: which may be rewritten" {
	feature "$A3"
	accepted erin "+$(commit_file 'feat: something else' "$A3" feature y):feature/p02-duplicates-detection"
}

@test "001-3: it lands on main with one approval and its tests" {
	feature "$A3"
	approve heads/main "$H" bob
	report "$H" tests pass
	accepted ivy "$(merged)"
}

@test "001-4: and not without the approval" {
	feature "$A3"
	report "$H" tests pass
	rejected approvals ivy "$(merged)"
	assert_said "0 of 1 for ${H:0:7}"
}

@test "001-5: and not when it lacks the tip of main" {
	feature "$A2"
	approve heads/main "$H" bob
	report "$H" tests pass
	rejected up-to-date ivy "$(merged)"
}

@test "001-6: a commit made on main itself" {
	rejected 'direct push' erin "$(commit_file 'fix: critical issue' "$A3" fix 1):main"
}

@test "001-7: main is not rewound" {
	rejected rewrite oscar "+$A2:refs/heads/main"
	assert_said "${A2:0:7}" "${A3:0:7}" 'rewrite = deny'
}

@test "001-8: staging follows main by a fast-forward" {
	approve heads/staging "$A3" bob
	report "$A3" tests pass
	accepted ivy "$A3:staging"
	assert_started deploy-staging announce
}

@test "001-9: an approval for main is none for staging" {
	approve heads/main "$A3" bob
	report "$A3" tests pass
	rejected approvals ivy "$A3:staging"
	assert_said "0 of 1 for ${A3:0:7}"
}

@test "001-10: staging is not rewritten without a grant" {
	local dropped
	dropped=$(commit_file 'fix: critical issue' "$A1" fix 1)
	push_ok erin "$dropped:hotfix/critical-issue" || true
	push_refused ivy "+$dropped:refs/heads/staging"
	assert_rule rewrite
}

@test "001-11: production takes what has been on staging for four days" {
	ready bob dan
	accepted ivy "$A2:production"
	assert_not_said error: warning:
	assert_started deploy-production announce
}

@test "001-12: and not after two" {
	now 2025-03-05T10:00:00Z
	ready bob dan
	rejected soak ivy "$A2:production"
	assert_said '24 h' '2025-03-06T10:00:00Z' "${A2:0:7}" 'soak = 3d..5d on staging'
}

@test "001-13: and not without an owner of its paths" {
	ready bob carol
	rejected owners ivy "$A2:production"
	assert_said '@dan' 'owners = CODEOWNERS'
}

@test "001-14: and not with one approval of two" {
	ready dan
	rejected approvals ivy "$A2:production"
	assert_said "1 of 2 for ${A2:0:7}"
}

@test "001-15: and not with 17 tests" {
	approve heads/production "$A2" bob dan
	report "$A2" tests pass tests_count 17
	rejected checks ivy "$A2:production"
	assert_said 'tests_count is 17' 'tests_count>=18'
}

@test "001-16: and nothing that never was on staging" {
	approve heads/production "$A3" bob dan
	report "$A3" tests pass tests_count 18
	rejected 'accept soak' ivy "$A3:production"
	assert_said 'accept = staging'
}

@test "001-17: production is not rewound" {
	promoted
	rejected rewrite oscar "+$A1:refs/heads/production"
}

@test "001-18: an exact revert rolls production back" {
	promoted
	local back
	back=$(printf 'Revert "feat: two"\n\nThis reverts commit %s.\n' "$A2" |
		as carol git -C "$CLIENT" commit-tree -p "$A2" "$A1^{tree}")
	push_ok oscar "$back:hotfix/roll-back"
	approve heads/production "$back" bob dan
	report "$back" tests pass tests_count 18
	accepted oscar "$back:production"
	assert_started deploy-production announce
	grep -q " revert:$back:" "$SERVER/policy/account/refs/heads/production:log" || fail 'the account tells of no revert'
}

@test "001-19: a grant lets production be reset to an earlier tip, once" {
	promoted
	grant production "$A2" "$A1" dan 2025-03-07T11:00:00Z
	accepted oscar "+$A1:production"
	assert_started deploy-production announce
	assert_said 'granted by dan'
	audited verdict=accepted user=oscar ref=refs/heads/production
	server_set refs/heads/production "$A2"
	push_refused oscar "+$A1:production"
	assert_rule rewrite
}

@test "001-20: a hotfix made on staging lands there" {
	local fix
	fix=$(commit_file 'fix: critical issue' "$A2" fix 1)
	accepted erin "$fix:hotfix/bug-description"
	approve heads/staging "$fix" bob
	report "$fix" tests pass
	accepted ivy "$fix:staging"
	assert_started deploy-staging announce
}

# ---- what the document could be read in two ways, and how it is decided ----

@test "001-a: a revert that brings in something else is none" {
	promoted
	local tree back
	tree=$(git -C "$CLIENT" rev-parse "$(commit_file x "$A1" other 1)^{tree}")
	back=$(printf 'Revert "feat: two"\n\nThis reverts commit %s.\n' "$A2" |
		as carol git -C "$CLIENT" commit-tree -p "$A2" "$tree")
	push_ok oscar "$back:hotfix/roll-back"
	approve heads/production "$back" bob dan
	report "$back" tests pass tests_count 18
	push_refused oscar "$back:production"
	assert_rule accept
}

@test "001-b: a grant resets production to no place it never was at" {
	promoted
	grant production "$A2" "$A0" dan 2025-03-07T11:00:00Z
	push_refused oscar "+$A0:production"
	assert_rule rewrite
}

@test "001-c: a feature goes to staging by the name of a hotfix" {
	feature "$A2"
	approve heads/staging "$H" bob
	report "$H" tests pass
	rejected accept ivy "$H:staging"
	push_ok erin "$H:hotfix/p02"
	accepted ivy "$H:staging"
}

# hot BASE: hotfix/bug = K on BASE, landed on staging, and reviewed for production.
hot() {
	K=$(commit_file 'fix: critical issue' "$1" fix 1)
	push_ok erin "$K:hotfix/bug"
	approve heads/staging "$K" bob
	report "$K" tests pass tests_count 18
	push_ok ivy "$K:staging"
	approve heads/production "$K" bob dan
}

@test "001-d: a hotfix from main brings what main has, and that waits its time" {
	hot "$A3"
	rejected soak ivy "$K:production"
	assert_said "commit ${A3:0:7}"
	assert_not_said "commit ${K:0:7}"
}

@test "001-e: a hotfix's own commits need not wait" {
	hot "$A2"
	accepted ivy "$K:production"
}

@test "001-f: what was dropped from staging and comes again waits anew" {
	now 2025-03-06T10:00:00Z
	grant staging "$A2" "$A1" dan 2025-03-06T11:00:00Z
	push_ok ivy "+$A1:staging"
	now 2025-03-06T12:00:00Z
	approve heads/staging "$A2" bob
	report "$A2" tests pass tests_count 18
	push_ok ivy "$A2:staging"
	now 2025-03-07T10:00:00Z
	approve heads/production "$A2" bob dan
	rejected soak ivy "$A2:production"
	now 2025-03-09T12:00:00Z
	accepted ivy "$A2:production"
}

@test "001-g: more than five days are said, not refused" {
	now 2025-03-08T10:00:01Z
	ready bob dan
	accepted ivy "$A2:production"
	warned soak
}

@test "001-i: what a revert has undone does not come back by promoting again, and that is said" {
	promoted
	local back again
	back=$(printf 'Revert "feat: two"\n\nThis reverts commit %s.\n' "$A2" |
		as carol git -C "$CLIENT" commit-tree -p "$A2" "$A1^{tree}")
	push_ok oscar "$back:hotfix/roll-back"
	approve heads/production "$back" bob dan
	report "$back" tests pass tests_count 18
	push_ok oscar "$back:production"
	approve heads/staging "$A3" bob
	report "$A3" tests pass tests_count 18
	push_ok ivy "$A3:staging"
	now 2025-03-10T11:00:00Z
	approve heads/production "$A3" bob dan
	again=$(merge "Merge branch 'staging' into production" "$back" "$A3")
	accepted ivy "$again:production"
	warned revert
}

@test "001-m: a message is advice" {
	accepted erin "$(commit_file 'Describe it' "$A3" feature x):feature/x"
	warned format
}
