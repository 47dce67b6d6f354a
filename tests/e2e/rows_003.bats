# rows_003: the table of the EdPsych deployment plan, row by row, under the policy we ship for it.
load rows

# L was live once; v1.0.0 = T is what the night is about; U comes after it. Everything is signed off for T.
setup() {
	world_create
	policy edpsych-deployment-plan
	L=$ROOT_COMMIT
	T=$(commit_file 'the release' "$L" app 1)
	U=$(commit_file 'the next one' "$T" app 2)
	now 2025-06-14T20:00:00Z
	push_ok oscar "$U:main" "$T:refs/tags/v1.0.0"
	signed_off "$T"
}

signed_off() {
	report "$1" database-backup pass tests pass validation pass rollback-tested pass dry-run-staging pass
}

# steps [TIME STAGE]...: these were taken before, of T.
steps() {
	while [ $# -gt 0 ]; do
		now "2025-06-15T$1:00Z"
		case $2 in
		migrations) push_ok dora "$(request production/migrations "$T")" ;;
		canary-5)
			push_ok quinn "$(record_tag "$T" pass):refs/checks/$T/smoke"
			push_ok devon "$(request production/canary-5 "$T")"
			;;
		canary-*)
			numbers 0.4
			push_ok devon "$(request "production/$2" "$T")"
			;;
		*) push_ok devon "$(request "production/$2" "$T")" ;;
		esac
		shift 2
	done
}

# measured COMMIT NUMBER: record_tag, of now: the same number measured again is another record.
measured() {
	printf 'object %s\ntype commit\ntag record\ntagger R <r@example.org> %s +0000\n\n%s\n' "$1" \
		"$(date -d "${SERVER_ENV[0]#*=}" +%s)" "$2" | git -C "$CLIENT" mktag
}

# numbers ERROR-RATE: what ci has measured of T since the step before.
numbers() {
	local name value refspecs=()
	for name in "error_rate $1" 'response_ms 300' 'cpu 50' 'memory 50'; do
		read -r name value <<<"$name"
		refspecs+=("+$(measured "$T" "$value"):refs/checks/$T/$name")
	done
	push_ok ci "${refspecs[@]}"
}

# live: L was live before the night; the reflog tells since when.
live() {
	local refspec
	refspec=$(request production/canary-100 "$L")
	server_set refs/deploy/production/canary-100 "$(sed 's/^+//; s/:.*//' <<<"$refspec")"
}

@test "003-1: a tag" {
	accepted devon "$U:refs/tags/v1.1.0"
}

@test "003-2: migrations, as the window opens" {
	now 2025-06-15T02:15:00Z
	accepted dora "$(request production/migrations "$T")"
}

@test "003-3: and not a second before" {
	now 2025-06-15T02:14:59Z
	rejected window dora "$(request production/migrations "$T")"
	assert_said '2025-06-15T02:15' '1 s' 'window = 2025-06-15T02:15/03:50'
}

@test "003-4: and not of a commit without a tag" {
	now 2025-06-15T02:16:00Z
	signed_off "$U"
	rejected tag dora "$(request production/migrations "$U")"
	assert_said 'tag = v{semver}' "${U:0:7}"
}

@test "003-5: and not without a backup" {
	push_ok ci "+$(record_tag "$T" fail):refs/checks/$T/database-backup"
	now 2025-06-15T02:16:00Z
	rejected checks dora "$(request production/migrations "$T")"
	assert_said 'database-backup'
}

@test "003-6: quality assurance does not go to green" {
	steps 02:16 migrations
	now 2025-06-15T02:30:00Z
	rejected push quinn "$(request production/green "$T")"
	assert_said 'quinn may not' '@devops'
}

@test "003-7: and nobody before the migrations" {
	now 2025-06-15T02:30:00Z
	rejected after devon "$(request production/green "$T")"
	assert_said 'after = migrations'
}

@test "003-8: green after the migrations" {
	steps 02:16 migrations
	now 2025-06-15T02:30:00Z
	accepted devon "$(request production/green "$T")"
}

@test "003-9: no users before the smoke tests" {
	steps 02:16 migrations 02:30 green
	now 2025-06-15T03:00:00Z
	rejected checks devon "$(request production/canary-5 "$T")"
	assert_said 'smoke is missing'
}

@test "003-10: five percent after them" {
	steps 02:16 migrations 02:30 green
	now 2025-06-15T03:00:00Z
	push_ok quinn "$(record_tag "$T" pass):refs/checks/$T/smoke"
	accepted devon "$(request production/canary-5 "$T")"
}

@test "003-11: no step is left out" {
	steps 02:16 migrations 02:30 green 03:00 canary-5
	now 2025-06-15T03:10:00Z
	numbers 0.4
	rejected after devon "$(request production/canary-25 "$T")"
	assert_said 'canary-10'
}

@test "003-12: none comes before ten minutes" {
	steps 02:16 migrations 02:30 green 03:00 canary-5
	now 2025-06-15T03:05:00Z
	numbers 0.4
	rejected after devon "$(request production/canary-10 "$T")"
	assert_said 'after = canary-5 for 10m' '5 min' '2025-06-15T03:10:00Z'
}

@test "003-13: one percent of errors is not below one percent" {
	steps 02:16 migrations 02:30 green 03:00 canary-5
	now 2025-06-15T03:10:00Z
	numbers 1.0
	rejected checks devon "$(request production/canary-10 "$T")"
	assert_said 'error_rate is 1.0' 'error_rate<1'
}

@test "003-14: ten percent after ten minutes" {
	steps 02:16 migrations 02:30 green 03:00 canary-5
	now 2025-06-15T03:10:00Z
	numbers 0.4
	accepted devon "$(request production/canary-10 "$T")"
}

@test "003-15: all of it, and success is told" {
	steps 02:16 migrations 02:30 green 03:00 canary-5 03:10 canary-10 03:20 canary-25 03:30 canary-50
	now 2025-06-15T03:40:00Z
	numbers 0.4
	accepted devon "$(request production/canary-100 "$T")"
	assert_started notify-success
}

@test "003-16: and not as the window closes" {
	steps 02:16 migrations 02:30 green 03:00 canary-5 03:10 canary-10 03:20 canary-25 03:30 canary-50
	now 2025-06-15T03:50:00Z
	numbers 0.4
	rejected window devon "$(request production/canary-100 "$T")"
}

@test "003-17: back to what was live, at any hour, with a reason" {
	live
	steps 02:16 migrations 02:30 green 03:00 canary-5 03:10 canary-10 03:20 canary-25 03:30 canary-50 03:40 canary-100
	now 2025-06-15T05:00:00Z
	accepted devon "$(request production/rollback "$L" 'error rate above 1% for 5 minutes')"
	assert_started notify-rollback
}

@test "003-18: and not without a reason" {
	live
	steps 02:16 migrations 02:30 green 03:00 canary-5 03:10 canary-10 03:20 canary-25 03:30 canary-50 03:40 canary-100
	now 2025-06-15T05:00:00Z
	rejected reason devon "$(request production/rollback "$L" '')"
}

@test "003-19: a tag stays where it is" {
	rejected move devon "+$U:refs/tags/v1.0.0"
}

@test "003-20: no rule about branches and messages, and no word" {
	accepted erin "$(commit_file 'WIP' "$U" app 3):Any/Thing"
	assert_not_said error: warning: hint:
}

# ---- what the plan could be read in two ways, and how it is decided ----

@test "003-a, 003-b: a window without a zone, and a date in another order, load nowhere" {
	local plan=$BATS_TEST_TMPDIR/plan
	mkdir "$plan"
	cp "$ROOT/policies/people.ini" "$plan"
	sed '/^timezone/d' "$ROOT/policies/edpsych-deployment-plan.ini" >"$plan/plan.ini"
	run git_policy check "$plan/plan.ini"
	[ "$status" -eq 2 ] || fail 'loads without a zone'
	assert_said 'timezone'
	sed 's|2025-06-15T02:15/03:50|15/06/2025 02:15-03:50|' "$ROOT/policies/edpsych-deployment-plan.ini" >"$plan/plan.ini"
	run git_policy check "$plan/plan.ini"
	[ "$status" -eq 2 ] || fail 'loads with a date in another order'
	assert_said 'window'
}

@test "003-g: response time, processor and memory are as strict" {
	steps 02:16 migrations 02:30 green 03:00 canary-5
	now 2025-06-15T03:10:00Z
	numbers 0.4
	push_ok ci "+$(record_tag "$T" 500):refs/checks/$T/response_ms" "+$(record_tag "$T" 80):refs/checks/$T/cpu"
	rejected checks devon "$(request production/canary-10 "$T")"
	assert_said 'response_ms is 500' 'cpu is 80'
}

@test "003-h: numbers of before the step before do not count" {
	steps 02:16 migrations 02:30 green 03:00 canary-5 03:10 canary-10
	now 2025-06-15T03:20:00Z
	rejected checks devon "$(request production/canary-25 "$T")"
}

@test "003-i: a canary is rolled back in the window as well" {
	live
	steps 02:16 migrations 02:30 green 03:00 canary-5
	now 2025-06-15T03:05:00Z
	accepted lea "$(request production/rollback "$L" 'error rate above 1% for 5 minutes')"
	now 2025-06-15T03:15:00Z
	numbers 0.4
	rejected after devon "$(request production/canary-10 "$T")"
}
