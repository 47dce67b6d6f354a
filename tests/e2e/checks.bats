# checks: results that a landing waits for: who may report them, of which commit, how old, which number.
load helper

NOON=2026-01-31T12:00:00Z

setup() {
	world_create
	policy_write <<-'POLICY'
		[branch "main"]
		checks = ci coverage>=90
		  scan

		[branch "dev/*"]

		[check "scan"]
		max-age = 24h

		[user "robot"]
		email = robot@example.org
		[group "ci"]
		members = robot
	POLICY
	repo_create
	HEAD=$(commit_file 'feat: add a form' "$ROOT_COMMIT" form.txt one)
	server_set refs/heads/main "$ROOT_COMMIT" refs/heads/dev/form "$HEAD"
	now "$NOON"
}

# now TIME: what the server's clock says from here on.
now() {
	SERVER_ENV=(GIT_POLICY_NOW="$1")
}

# result COMMIT WORD: an annotated tag of COMMIT whose message is WORD.
result() {
	printf 'object %s\ntype commit\ntag result\ntagger Robot <robot@example.org> 1740830400 +0000\n\n%s\n' "$1" "$2" |
		git -C "$CLIENT" hash-object -t tag -w --stdin
}

# report NAME WORD [COMMIT]: pushed by the robot.
report() {
	push_ok robot "+$(result "${3-$HEAD}" "$2"):refs/checks/${3-$HEAD}/$1"
}

all_good() {
	report ci pass
	report coverage 90
	report scan pass
}

@test "a head with every result lands" {
	all_good
	push_ok erin "$HEAD:main"
}

@test "what is missing is told in the policy's order, with the command that reports it" {
	push_refused erin "$HEAD:main"
	assert_rule checks
	assert_said "ci is missing for ${HEAD:0:7}" "coverage is missing" "scan is missing" \
		"one of @ci reports: git policy report ci pass ${HEAD:0:7}" "policy.ini:8  checks = ci coverage>=90"
	[ "$(grep -o '[a-z]* is missing' <<<"$output" | tr '\n' ' ')" = 'ci is missing coverage is missing scan is missing ' ]
}

@test "a failed check does not count, and counts when it has passed since" {
	all_good
	report ci fail
	push_refused erin "$HEAD:main"
	assert_said "ci is fail for ${HEAD:0:7}"
	report ci pass
	push_ok erin "$HEAD:main"
}

@test "a number is compared exactly" {
	all_good
	report coverage 89.999999999999999999999
	push_refused erin "$HEAD:main"
	assert_said "coverage is 89.999999999999999999999 for ${HEAD:0:7}" 'coverage>=90'
	report coverage 90.000
	push_ok erin "$HEAD:main"
}

@test "only the check's reporters report it" {
	push_refused erin "$(result "$HEAD" pass):refs/checks/$HEAD/ci"
	push_refused '' "$(result "$HEAD" pass):refs/checks/$HEAD/ci"
	push_ok robot "$(result "$HEAD" pass):refs/checks/$HEAD/ci"
	push_refused erin "+$(result "$HEAD" fail):refs/checks/$HEAD/ci"
}

@test "a check's own section says who reports it" {
	policy_replace <<-'POLICY'
		[branch "main"]
		checks = ci
		[branch "dev/*"]
		[check "ci"]
		push = bob
		[user "robot"]
		[group "ci"]
		members = robot
	POLICY
	push_refused robot "$(result "$HEAD" pass):refs/checks/$HEAD/ci"
	push_ok bob "$(result "$HEAD" pass):refs/checks/$HEAD/ci"
	push_ok erin "$HEAD:main"
}

@test "a result of another commit does not count" {
	local other
	other=$(commit_file 'feat: something else' "$HEAD" form.txt two)
	push_ok erin "$other:dev/other"
	report ci pass "$other"
	report coverage 90
	report scan pass
	push_refused erin "$HEAD:main"
	assert_said "ci is missing for ${HEAD:0:7}"
	push_refused robot "$(result "$other" pass):refs/checks/$HEAD/ci"
	report ci pass
	push_ok erin "$HEAD:main"
}

@test "a result that comes in the same push does not count for it" {
	report coverage 90
	report scan pass
	push_refused robot "$(result "$HEAD" pass):refs/checks/$HEAD/ci" "$HEAD:main"
	assert_said 'ci is missing'
	report ci pass
	push_ok robot "$HEAD:main"
}

@test "what is no number is no result" {
	local word
	for word in '90,0' NaN 1e9 '' inf +90 .9 9. 0x5a '90 ' 'pass fail' PASS; do
		push_refused robot "$(result "$HEAD" "$word"):refs/checks/$HEAD/coverage"
		assert_rule record
	done
	for word in 90 90.0 -1 0 pass fail; do
		push_ok robot "+$(result "$HEAD" "$word"):refs/checks/$HEAD/coverage"
	done
	push_refused robot "+$HEAD:refs/checks/$HEAD/coverage"
	assert_rule record
}

@test "what was slipped in malformed does not count" {
	all_good
	server_set "refs/checks/$HEAD/ci" "$HEAD"
	push_refused erin "$HEAD:main"
	assert_said 'ci is malformed'
}

@test "a result may be too old" {
	clock_needed
	all_good
	now 2026-02-01T12:00:01Z
	push_refused erin "$HEAD:main"
	assert_said 'scan is ' 'old, max-age is 24h'
	assert_not_said 'ci is'
	now 2026-02-01T12:00:00Z
	push_ok erin "$HEAD:main"
}

@test "a result reported again is as old as the newest report" {
	clock_needed
	all_good
	now 2026-02-02T12:00:00Z
	push_refused erin "$HEAD:main"
	report scan fail
	report scan pass
	push_ok erin "$HEAD:main"
}

@test "a result whose time the account does not know is stale" {
	report ci pass
	report coverage 90
	server_set "refs/checks/$HEAD/scan" "$(result "$HEAD" pass)"
	rm -rf "$SERVER/logs/refs/checks" "$SERVER/policy/account/refs/checks"
	push_refused erin "$HEAD:main"
	assert_said 'scan was recorded at a time that the account does not tell'
}

@test "the head's own result wins over that of the commit that lands it" {
	local merge
	policy_replace <<-'POLICY'
		[branch "main"]
		direct = deny
		accept = dev/form by merge
		checks = ci coverage>=90
		[branch "dev/*"]
		[user "robot"]
		[group "ci"]
		members = robot
	POLICY
	merge=$(commit_merge 'Merge dev/form' "$ROOT_COMMIT" "$HEAD")
	push_ok erin "$merge:dev/merged"
	report coverage 90 "$merge"
	report ci pass "$merge"
	report ci fail
	push_refused erin "$merge:main"
	assert_said "ci is fail for ${HEAD:0:7}"
	report ci pass
	push_ok erin "$merge:main"
}

# commit_merge MESSAGE X HEAD: git's own merge of HEAD into X, with the tree of HEAD, which descends from X.
commit_merge() {
	printf '%s\n' "$1" | git -C "$CLIENT" commit-tree "$3^{tree}" -p "$2" -p "$3"
}

# clock_needed: the server's clock can be set in a build with -Dclock=env only.
clock_needed() {
	grep -A9 '"name": "clock"' "$BUILD/meson-info/intro-buildoptions.json" | grep -q '"value": "env"' ||
		skip 'a build with -Dclock=env'
}
