# soak: what goes to production was on staging first, each commit for as long as it takes, by the server's clock.
load commands

# c0-c1-c2-c3 in line; production = c0. main has them all, staging c1 since the first of March, c2 since the second.
setup() {
	world_create
	PATH=$BUILD/cli:$PATH
	policy_write <<-'POLICY'
		[branch "main"]
		rewrite = allow

		[branch "staging"]
		accept = main hotfix/* feature/*
		rewrite = allow

		[branch "production"]
		accept = staging
		revert = allow
		soak = 3d..5d on staging
		soak-exempt = hotfix/*
		grant = dan

		[branch "hotfix/*"]
		[branch "feature/*"]

		[user "dan"]
	POLICY
	repo_create
	C1=$(commit_file 'feat: one' "$ROOT_COMMIT" one 1)
	C2=$(commit_file 'feat: two' "$C1" two 2)
	C3=$(commit_file 'feat: three' "$C2" three 3)
	clock_needed
	now 2025-02-01T12:00:00Z
	server_set refs/heads/production "$ROOT_COMMIT"
	push_ok ivy "$C3:main"
	now 2025-03-01T12:00:00Z
	push_ok ivy "$C1:staging"
	now 2025-03-02T12:00:00Z
	push_ok ivy "$C2:staging"
	now 2025-03-05T12:00:00Z
}

now() {
	SERVER_ENV=(GIT_POLICY_NOW="$1")
}

@test "a commit is promoted when its time has come, and not before" {
	now 2025-03-04T11:59:59Z
	push_refused ivy "$C1:production"
	assert_rule soak
	assert_said "commit ${C1:0:7}: on staging for 2 days" \
		'wanted: 3d on staging: from 2025-03-04T12:00:00Z on, in 1 s' 'soak = 3d..5d on staging'
	now 2025-03-04T12:00:00Z
	push_ok ivy "$C1:production"
	assert_not_said soak
}

@test "each commit has its own time" {
	now 2025-03-04T12:00:00Z
	push_refused ivy "$C2:production"
	assert_said "commit ${C2:0:7}: on staging for 2 days" 'from 2025-03-05T12:00:00Z on, in 24 h'
	assert_not_said 'more commit'
	now 2025-03-03T12:00:00Z
	push_refused ivy "$C2:production"
	assert_said "commit ${C2:0:7}: on staging for 24 h; 1 more commit is too young"
	now 2025-03-05T12:00:00Z
	push_ok ivy "$C2:production"
}

@test "dates in commits tell nothing" {
	local old
	old=$(GIT_COMMITTER_DATE='1577836800 +0000' GIT_AUTHOR_DATE='1577836800 +0000' commit_file 'feat: old' "$C2" old 1)
	push_ok ivy "$old:staging"
	push_refused ivy "$old:production"
	assert_said "commit ${old:0:7}: on staging for 0 s"
}

@test "what was never there was never tried" {
	push_refused ivy "$C3:production"
	assert_rule soak
	assert_said "commit ${C3:0:7}: never on staging" 'wanted: 3d on staging, each commit' \
		'land it on staging first, and wait'
	# nor is it by being there in the same push
	push_refused ivy --atomic "$C3:staging" "$C3:production"
	assert_said 'never on staging'
}

@test "what was dropped and came again starts anew" {
	push_ok ivy "+$C1:staging"
	now 2025-03-06T12:00:00Z
	push_ok ivy "$C2:staging"
	push_refused ivy "$C2:production"
	assert_said "commit ${C2:0:7}: on staging for 0 s" 'from 2025-03-09T12:00:00Z on, in 3 days'
	push_ok ivy "$C1:production"
}

@test "a past tip counts for as long as it was there" {
	push_ok ivy "+$C1:staging"
	now 2025-03-20T12:00:00Z
	push_ok ivy "$C2:production"
}

@test "and does not for having been there a long time ago" {
	local brief
	brief=$(commit_file 'feat: brief' "$C2" brief 1)
	push_ok ivy "$brief:staging"
	now 2025-03-05T14:00:00Z
	push_ok ivy "+$C2:staging"
	now 2025-03-30T12:00:00Z
	push_refused ivy "$brief:production"
	assert_said "commit ${brief:0:7}: on staging for 2 h only, and not any more"
}

@test "too long is worth a warning" {
	now 2025-03-07T12:00:01Z
	push_ok ivy "$C2:production"
	assert_warned soak
	assert_said '2 commits have been on staging for more than 5d'
}

@test "a hotfix need not wait, nor what lands it; what comes with it does" {
	local fix landed
	fix=$(commit_file 'fix: critical' "$C2" fix 1)
	push_ok erin "$fix:hotfix/login"
	landed=$(merge "Merge branch 'hotfix/login' into staging" "$C2" "$fix")
	push_ok ivy "$landed:staging"
	push_ok ivy "$landed:production"
	assert_no_rule soak

	# from main it brings what main has, which keeps its own time
	fix=$(commit_file 'fix: more' "$C3" more 1)
	push_ok erin "$fix:hotfix/more"
	landed=$(merge "Merge branch 'hotfix/more' into staging" "$landed" "$fix")
	push_ok ivy "$landed:staging"
	push_refused ivy "$landed:production"
	assert_said "commit ${C3:0:7}: on staging for 0 s"
	assert_not_said 'more commit'
}

@test "what somebody else made first is no hotfix, whatever branch it is put on" {
	local change
	change=$(commit_file 'feat: change' "$C2" change 1)
	push_ok erin "$change:feature/change"
	push_ok erin "$change:hotfix/change"
	push_ok ivy "$change:staging"
	push_refused ivy "$change:production"
	assert_said "commit ${change:0:7}: on staging for 0 s"
}

@test "what slips in beside a hotfix waits" {
	local fix direct landed
	fix=$(commit_file 'fix: critical' "$C2" fix 1)
	push_ok erin "$fix:hotfix/login"
	direct=$(commit_file 'feat: slipped in' "$C2" slipped 1)
	landed=$(merge "Merge branch 'hotfix/login' into staging" "$direct" "$fix")
	push_ok ivy "$landed:staging"
	push_refused ivy "$landed:production"
	assert_said 'on staging for 0 s; 1 more commit is too young'
}

@test "a proved revert lands at once" {
	push_ok ivy "$C2:production"
	push_ok ivy "$(git -C "$CLIENT" commit-tree -p "$C2" -m "Revert \"feat: two\"

This reverts commit $C2." "$C1^{tree}"):production"
	assert_no_rule soak
}

@test "a grant lets one promotion pass" {
	local change
	change=$(commit_file 'feat: change' "$C2" change 1)
	push_ok ivy "$change:staging"
	push_refused ivy "$change:production"
	assert_said "one of dan runs: git policy grant production ${ROOT_COMMIT:0:7} ${change:0:7}"
	push_ok dan "$(record_tag "$change" $'the fair is today\n\nexpires: 2025-03-05T13:00:00Z'):refs/grants/heads/production/$ROOT_COMMIT/$change/dan"
	push_ok ivy "$change:production"
	assert_said 'granted by dan: the fair is today; skipped: soak'
}

@test "an account that cannot be read lets nothing pass" {
	echo 'not a line' >>"$SERVER/policy/account/refs/heads/staging:log"
	push_refused ivy "$C1:production"
	assert_said 'could not decide'
}

@test "where the account begins, so does what was there" {
	rm -r "$SERVER/policy/account/refs" "$SERVER/logs"
	sed -i 's/^[^ ]*/2025-03-04T12:00:00Z/' "$SERVER/policy/account/installed"
	push_refused ivy "$C1:production"
	assert_said "commit ${C1:0:7}: on staging for 24 h" 'in 2 days'
	now 2025-03-07T12:00:00Z
	push_ok ivy "$C1:production"
}

@test "a clone does not know" {
	person ivy
	at ivy git policy status origin/staging --for production
	assert_said '?    soak = ' 'only the server knows how long commits have been on staging' \
		'may land, as far as can be told here'
}

# clock_needed: the server's clock can be set in a build with -Dclock=env only.
clock_needed() {
	grep -A9 '"name": "clock"' "$BUILD/meson-info/intro-buildoptions.json" | grep -q '"value": "env"' ||
		skip 'a build with -Dclock=env'
}

@test "case 88: a clock that goes back shortens a stay, and lets nothing through" {
	now 2025-02-20T12:00:00Z
	push_refused ivy "$C1:production"
	assert_rule soak
	push_ok ivy "$C3:staging"
	now 2025-03-05T12:00:00Z
	push_ok ivy "$C1:production"
}

@test "case 88: a clock that goes far ahead and comes back" {
	now 2035-01-01T00:00:00Z
	push_ok ivy "$C3:staging"
	now 2025-03-06T12:00:00Z
	push_refused ivy "$C3:production"
	assert_rule soak
	push_ok ivy "$C1:production"
}
