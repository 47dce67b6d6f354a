# rows_004: the table of the personal assistant's CI/CD guide, row by row, under the policy we ship for it.
load rows

# main = M0, develop = D0, X is what deploys are asked for; now it is noon.
setup() {
	world_create
	policy personal-assistant-cicd
	M0=$ROOT_COMMIT
	D0=$(commit_file 'Improve the reminders' "$M0" reminders 1)
	X=$(commit_file 'Improve reminder scheduling' "$D0" reminders 2)
	now 2025-03-07T12:00:00Z
	push_ok oscar "$M0:main" "$D0:develop"
}

# candidate: X is on develop.
candidate() {
	push_ok erin "$X:develop"
}

# green [CHECK]: every gate is open for X; what that check says, if one is named, was said before.
green() {
	local check checks=()
	for check in black isort flake8 mypy frontend dependency code container secret sast license policy unit integration e2e; do
		[ "$check" = "${1-}" ] || checks+=("$check" pass)
	done
	for check in vuln_critical vuln_high bandit_high semgrep_critical; do
		checks+=("$check" 0)
	done
	report "$X" "${checks[@]}" coverage_total 85 coverage_unit 90.1 coverage_integration 80.1 coverage_e2e 70.1 \
		api_s 1.2 db_ms 120 memory_mb 300 cpu 40
}

# but NAME RESULT: one of them says something else.
but() {
	push_ok ci "+$(record_tag "$X" "$2"):refs/checks/$X/$1"
}

# approved STAGE: by bob.
approved() {
	candidate
	green
	approve "deploy/$1" "$X" bob
}

staging() {
	request staging/live "$X"
}

production() {
	request production/live "$X"
}

@test "004-1: a push to develop is deployed to development" {
	accepted erin "$X:develop"
	assert_started ci security deploy-development
}

@test "004-2: a push to main is deployed nowhere" {
	accepted erin "$(commit_file 'Improve reminder scheduling' "$M0" reminders 2):main"
	assert_started ci security
}

@test "004-3: any other branch" {
	accepted erin "$X:topic/anything"
	assert_started
}

@test "004-4: an empty message earns a warning" {
	accepted erin "$(commit_file 'wip' "$D0" reminders 2):develop"
	assert_warned subject-min
	assert_not_said error:
}

@test "004-5: a private key" {
	local line='-----BEGIN'
	line+=' RSA PRIVATE KEY-----'
	rejected secrets erin "$(commit_file 'Add the deploy key' "$D0" deploy.pem "$line"):develop"
	assert_said 'deploy.pem' 'line 1'
}

@test "004-6: a private key that the next commit deletes" {
	local line='-----BEGIN' added
	line+=' RSA PRIVATE KEY-----'
	added=$(commit_file 'Add the deploy key' "$D0" deploy.pem "$line")
	rejected secrets erin "$(printf 'Delete the deploy key\n' | git -C "$CLIENT" commit-tree -p "$added" "$D0^{tree}"):develop"
	assert_said 'deploy.pem' "commit ${added:0:7}"
}

@test "004-7: an environment file without a secret" {
	accepted erin "$(commit_path 'Log what production does' "$D0" config/production.env 'LOG_LEVEL=INFO'):develop"
}

@test "004-8: an environment file with one" {
	local password=tR7mQ2vX9
	password+=kLp4wZs8HdN3yBf
	rejected secrets erin "$(commit_path 'Connect to the database' "$D0" config/production.env "DB_PASSWORD=$password"):develop"
	assert_said 'config/production.env' 'line 1'
	assert_not_said "$password"
}

@test "004-9: a request for staging" {
	approved staging/live
	accepted erin "$(staging)"
	assert_started deploy-staging
}

@test "004-10: total coverage below 85" {
	approved staging/live
	but coverage_total 84.9
	rejected checks erin "$(staging)"
	assert_said 'coverage_total is 84.9' 'coverage_total>=85'
}

@test "004-11: unit coverage of 90 is not above 90" {
	approved staging/live
	but coverage_unit 90.0
	rejected checks erin "$(staging)"
	assert_said 'coverage_unit is 90.0' 'coverage_unit>90'
}

@test "004-12: no approval" {
	candidate
	green
	rejected approvals erin "$(staging)"
	assert_said "0 of 1 for ${X:0:7}"
}

@test "004-13: the approval of who asks" {
	policy_people_add reviewers erin
	candidate
	green
	approve deploy/staging/live "$X" erin
	rejected approvals erin "$(staging)"
	assert_said "0 of 1 for ${X:0:7}" 'erin does not count'
}

@test "004-14: a critical vulnerability" {
	approved staging/live
	but vuln_critical 1
	rejected checks erin "$(staging)"
	assert_said 'vuln_critical is 1' 'vuln_critical=0'
}

@test "004-15: high vulnerabilities, which security has not approved" {
	approved staging/live
	but vuln_high 2
	rejected approvals erin "$(staging)"
	assert_said '1 @security unless vuln_high=0'
	approve deploy/staging/live "$X" sage
	accepted erin "$(staging)"
}

@test "004-16: a container that runs as root" {
	X=$(commit_file 'Run reminders in a container' "$D0" Dockerfile 'FROM debian:12')
	approved staging/live
	rejected container-user erin "$(staging)"
	assert_said 'Dockerfile' 'USER'
}

@test "004-16, mended: what is deployed counts, not the way there" {
	X=$(commit_file 'Run reminders in a container' "$D0" Dockerfile 'FROM debian:12')
	X=$(commit_file 'Run them as somebody' "$X" Dockerfile $'FROM debian:12\nUSER reminders')
	approved staging/live
	accepted erin "$(staging)"
}

@test "004-17: a dependency scan of yesterday" {
	now 2025-03-06T11:00:00Z
	candidate
	report "$X" dependency pass
	now 2025-03-07T12:00:00Z
	approve deploy/production/live "$X" bob
	green dependency
	rejected checks erin "$(production)"
	assert_said 'dependency is 25 h old'
}

@test "004-18: a request for production" {
	approved production/live
	accepted erin "$(production)"
	assert_started deploy-production
	audited verdict=accepted user=erin ref=refs/deploy/production/live transport=local
	local event
	event=$(sed -nE 's/^event ([0-9a-f]{16})$/\1/p' <<<"$output")
	[ "${#event}" -eq 16 ] || fail 'the pusher is shown no event'
	audited event="$event"
}

@test "004-19: of two gates that are closed the first is told first" {
	approved production/live
	but black fail
	but coverage_total 80
	rejected checks erin "$(production)"
	[[ $(grep -E '^error:   checks:' <<<"$output" | head -n 1) == *black* ]] || fail 'black is not told first'
}

@test "004-19, in another order: what the policy asks first is told first" {
	printf '%s\n' '[deploy "a/live"]' 'checks = black' 'approvals = 1 @reviewers' '[deploy "b/live"]' 'approvals = 1 @reviewers' \
		'checks = black' >>"$SERVER/policy/policy.ini"
	candidate
	rejected 'approvals checks' erin "$(request a/live "$X")"
	[ "$(grep -oE '^error:   [a-z]+:' <<<"$output" | xargs)" = 'error: checks: error: approvals:' ] || fail 'checks stand first'
	rejected 'approvals checks' erin "$(request b/live "$X")"
	[ "$(grep -oE '^error:   [a-z]+:' <<<"$output" | xargs)" = 'error: approvals: error: checks:' ] || fail 'approvals stand first'
}

@test "004-20: back to what never was there" {
	candidate
	rejected rollback oscar "$(request production/rollback "$X" 'it was better')"
}

# ---- what the guide could be read in two ways, and how it is decided ----

@test "004-a: a push waits for no gate" {
	accepted erin "$X:main"
}

@test "004-b, 004-c: a total of 85 passes, and does not make up for a level" {
	approved staging/live
	but coverage_total 99
	but coverage_e2e 70
	rejected checks erin "$(staging)"
	assert_said 'coverage_e2e is 70'
	but coverage_total 85
	but coverage_e2e 70.1
	accepted erin "$(staging)"
}

@test "004-e: one approval is enough, and one for staging is none for production" {
	approved staging/live
	rejected approvals erin "$(production)"
	accepted erin "$(staging)"
}

@test "004-h: only a request deploys to production" {
	accepted erin "$X:main"
	assert_started ci security
}

@test "004-i: what is no secret is allowed by its fingerprint" {
	local password=tR7mQ2vX9 fingerprint
	password+=kLp4wZs8HdN3yBf
	fingerprint=$(printf %s "$password" | git hash-object --stdin)
	printf '\n[content]\nsecret-allow = %s\n' "${fingerprint:0:16}" >>"$SERVER/policy/policy.ini"
	accepted erin "$(commit_path 'Connect to the test database' "$D0" config/test.env "DB_PASSWORD=$password"):develop"
}

@test "004-j: a rollback moves no branch" {
	approved production/live
	push_ok erin "$(production)"
	local next
	next=$(commit_file 'Improve it once more' "$X" reminders 3)
	push_ok erin "$next:develop"
	X=$next
	green
	approve deploy/production/live "$X" bob
	push_ok erin "$(production)"
	accepted oscar "$(request production/rollback "$(git -C "$CLIENT" rev-parse "$next^")" 'reminders come twice')"
	assert_started roll-back
	assert_ref refs/heads/develop "$next"
}

@test "a repository whose refs were all deleted is no new one: what comes then is judged" {
	local key
	key=$(commit_file 'add the key file' "$ROOT_COMMIT" id_rsa "-----BEGIN"" RSA PRIVATE KEY-----")
	git -C "$SERVER" symbolic-ref HEAD refs/heads/none
	push_ok erin :main :develop
	push_refused oscar "$key:main"
	assert_not_said 'the repository was empty'
	rm -r "$SERVER/policy/account"
	push_refused oscar "$key:main"
	assert_said 'policy/account/installed has gone' install/install
}
