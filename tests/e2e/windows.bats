# windows: when branches and deploys may move, in the policy's time zone, and what is said at another time.
load commands

setup() {
	world_create
	PATH=$BUILD/cli:$PATH
	policy_write <<-'POLICY'
		[branch "main"]
		window = Mon-Thu 09:00-16:00
		freeze = 2025-12-20/2026-01-06
		grant = dan

		[branch "develop"]
		freeze = Fri 12:00-24:00
		         Sat Sun

		[branch "once"]
		window = 2025-06-15T02:15/03:50

		[branch "night"]
		window = Sun 01:00-02:30

		[branch "open"]

		[deploy]
		window = 2025-06-15T02:15Z/03:50Z

		[deploy "production/live"]
		[deploy "production/rollback"]

		[user "dan"]
	POLICY
	zone Europe/Berlin
	repo_create
	NEXT=$(commit_file 'feat: next' "$ROOT_COMMIT" next 1)
	server_set refs/heads/main "$ROOT_COMMIT" refs/heads/develop "$ROOT_COMMIT" refs/heads/once "$ROOT_COMMIT"
	clock_needed
}

# zone NAME: of the policy's local times.
zone() {
	sed -i "s,^version = 1\$,&\ntimezone = $1," "$BATS_TEST_TMPDIR/policy.ini"
}

now() {
	SERVER_ENV=(GIT_POLICY_NOW="$1")
}

# deploy STAGE: prints a refspec that asks for $NEXT there.
deploy() {
	printf '+%s:refs/deploy/%s\n' "$(record_tag "$NEXT" 'as planned')" "$1"
}

@test "a window is open from its first second up to its last" {
	now 2025-06-16T06:59:59Z
	push_refused erin "$NEXT:main"
	assert_rule window
	assert_said 'window: 2025-06-16T08:59:59+02:00 (2025-06-16T06:59:59Z) is outside the window' \
		'wanted: from 2025-06-16T09:00:00+02:00 (2025-06-16T07:00:00Z) on, in 1 s' \
		'window = Mon-Thu 09:00-16:00'
	now 2025-06-16T14:00:00Z
	push_refused erin "$NEXT:main"
	assert_said 'from 2025-06-17T09:00:00+02:00 (2025-06-17T07:00:00Z) on, in 17 h'
	now 2025-06-16T13:59:59Z
	push_ok erin "$NEXT:main"
	assert_not_said window
}

@test "it is for whatever the ref does" {
	now 2025-06-14T12:00:00Z
	push_refused erin "+$(commit 'feat: another' "$ROOT_COMMIT"):main"
	assert_rule window
	push_refused erin :main
	assert_rule window
	git -C "$SERVER" update-ref -d refs/heads/main
	push_refused erin "$NEXT:main"
	assert_rule window
	push_ok erin "$NEXT:open"
}

@test "a freeze is told by the line that holds, and when it ends" {
	now 2025-06-13T10:00:00Z
	push_refused erin "$NEXT:develop"
	assert_rule freeze
	assert_said '2025-06-13T12:00:00+02:00 (2025-06-13T10:00:00Z) is in a freeze' \
		'from 2025-06-16T00:00:00+02:00 (2025-06-15T22:00:00Z) on, in 2 days' 'freeze = Fri 12:00-24:00'
	now 2025-06-14T10:00:00Z
	push_refused erin "$NEXT:develop"
	assert_said 'policy.ini:15  Sat Sun'
	now 2025-06-15T22:00:00Z
	push_ok erin "$NEXT:develop"
}

@test "window and freeze open together" {
	now 2025-12-24T12:00:00Z
	push_refused erin "$NEXT:main"
	assert_rule freeze
	assert_no_rule window
	assert_said 'from 2026-01-07T09:00:00+01:00 (2026-01-07T08:00:00Z) on, in 13 days'
	now 2025-12-24T20:00:00Z
	push_refused erin "$NEXT:main"
	assert_rule freeze window
	now 2026-01-07T08:00:00Z
	push_ok erin "$NEXT:main"
}

@test "what is over never opens again" {
	now 2025-06-15T01:50:00Z
	push_refused erin "$NEXT:once"
	assert_said 'wanted: never again, as the policy stands'
	now 2025-06-15T01:49:59Z
	push_ok erin "$NEXT:once"
}

@test "where clocks change" {
	# 02:00 to 03:00: the second half of the window is skipped
	now 2025-03-30T01:00:00Z
	push_refused erin "$NEXT:night"
	assert_said '2025-03-30T03:00:00+02:00' 'from 2025-04-06T01:00:00+02:00 (2025-04-05T23:00:00Z) on'
	now 2025-03-30T00:59:59Z
	push_ok erin "$NEXT:night"
	# 03:00 to 02:00: it comes twice
	now 2025-10-26T01:30:00Z
	push_refused erin ":night"
	now 2025-10-26T01:29:59Z
	push_ok erin ":night"
}

@test "a grant lets one move pass" {
	now 2025-12-24T20:00:00Z
	push_ok erin "$NEXT:open"
	push_refused erin "$NEXT:main"
	assert_said "one of dan runs: git policy grant main ${ROOT_COMMIT:0:7} ${NEXT:0:7} --reason '...' --expires 1h"
	push_ok dan "$(record_tag "$NEXT" $'the site is down\n\nexpires: 2025-12-24T21:00:00Z'):refs/grants/heads/main/$ROOT_COMMIT/$NEXT/dan"
	push_ok erin "$NEXT:main"
	assert_said 'granted by dan: the site is down; skipped: window, freeze'
}

@test "a deploy has its window, and goes back at any hour" {
	server_set refs/heads/main "$NEXT"
	now 2025-06-15T02:14:59Z
	push_refused erin "$(deploy production/live)"
	assert_rule window
	assert_said 'in 1 s' 'window = 2025-06-15T02:15Z/03:50Z'
	push erin "$(deploy production/rollback)"
	assert_no_rule window
	now 2025-06-15T02:15:00Z
	push_ok erin "$(deploy production/live)"
}

@test "the zone is the policy's, whatever the server's is" {
	now 2025-06-16T07:00:00Z
	SERVER_ENV+=(TZ=America/New_York TZDIR=/nowhere)
	push_ok erin "$NEXT:main"
}

@test "a local time without a zone is no policy" {
	now 2025-06-16T07:00:00Z
	sed -i /^timezone/d "$SERVER/policy/policy.ini"
	push_refused erin "$NEXT:open"
	assert_said 'a local time, and [policy] does not say where' 'timezone = UTC' 'window = Mon-Thu 09:00-16:00'
	sed -i 's/^version = 1$/&\ntimezone = Mitteleuropa/' "$SERVER/policy/policy.ini"
	push_refused erin "$NEXT:open"
	assert_said 'has no zone "Mitteleuropa"'
}

@test "a date that begins with its day is no date" {
	sed -i 's,^window = 2025-06-15T02:15/03:50$,window = 08/06/2025 - 14/06/2025,' "$SERVER/policy/policy.ini"
	run git_policy check "$SERVER/policy/policy.ini"
	[ "$status" -eq 2 ]
	assert_said '"08/06/2025": a date is year, month and day: 2025-06-15' 'write 2025-06-08 or 2025-08-06'
}

@test "a clone judges by its own clock, and says so" {
	now 2025-06-16T07:00:00Z
	push_ok erin "$NEXT:open"
	person erin
	GIT_POLICY_NOW=2025-06-14T12:00:00Z at_no 1 erin git policy status origin/open --for main
	assert_said 'outside the window' 'judged by the clock of this machine' \
		'wanted: from 2025-06-16T09:00:00+02:00 (2025-06-16T07:00:00Z) on' 'push again then'
}

# clock_needed: the server's clock can be set in a build with -Dclock=env only.
clock_needed() {
	grep -A9 '"name": "clock"' "$BUILD/meson-info/intro-buildoptions.json" | grep -q '"value": "env"' ||
		skip 'a build with -Dclock=env'
}
