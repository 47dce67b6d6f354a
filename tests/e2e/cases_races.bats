# cases_races: what changes while a push is judged: other pushes, the policy, the refs and how objects are stored; and a
# server whose clock or file modes are not what they should be.
load helper

setup() {
	world_create
	policy_write <<-'POLICY'
		[audit]
		file = policy/audit.jsonl
		[branch "main"]
		push = @integrators
		[branch "**"]
		rewrite = allow
		delete = allow
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	ONE=$(commit 'feat: one' "$ROOT_COMMIT")
}

audited() { # verdict
	grep -c "\"verdict\":\"$1\"" "$SERVER/policy/audit.jsonl"
}

# policies: by which one each update was judged, as its hash.
policies() {
	grep -oE '"policy":"[0-9a-f]{40}"' "$SERVER/policy/audit.jsonl"
}

@test "case 68: of twelve pushes at once to one ref one wins, and only that one has an account" {
	local i commits=() won
	for i in {1..12}; do
		commits+=("$(commit "feat: $i" "$ROOT_COMMIT")")
	done
	for i in {1..12}; do
		{ transport ivy "${commits[i - 1]}:refs/heads/main" && echo "${commits[i - 1]}" >&3; } >/dev/null 2>&1 &
	done 3>"$BATS_TEST_TMPDIR/won"
	wait
	won=$(cat "$BATS_TEST_TMPDIR/won")
	[ "$(wc -w <<<"$won")" -eq 1 ] || fail "won: $won"
	assert_ref refs/heads/main "$won"
	[ "$(grep -c " ivy " "$SERVER/policy/account/refs/heads/main:log")" -eq 1 ] || fail 'not one line'
}

@test "case 69: what was judged by is in the audit, whatever comes between the verdict and the move" {
	push_ok erin "$ONE:topic"
	echo '# later' >>"$SERVER/policy/policy.ini"
	push_ok erin "+$ROOT_COMMIT:topic"
	[ "$(policies | sort -u | wc -l)" -eq 2 ] || fail 'the same policy'
}

@test "case 70: a policy that is replaced while pushes are judged: each is judged by one of the two" {
	local open=$BATS_TEST_TMPDIR/open closed=$BATS_TEST_TMPDIR/closed i yes=0 no=0
	cd "$BATS_TEST_TMPDIR"
	cp "$SERVER/policy/policy.ini" "$closed"
	sed '/^push = @integrators/d' "$closed" >"$open"
	git -C "$SERVER" fetch -q "$CLIENT" "$ONE"
	while [ ! -e "$BATS_TEST_TMPDIR/done" ]; do
		for i in "$open" "$closed"; do
			cp "$i" "$SERVER/policy/next" && mv "$SERVER/policy/next" "$SERVER/policy/policy.ini"
			sleep 0.01
		done
	done &
	for i in {1..20}; do
		run hook pre-receive <<<"$ROOT_COMMIT $ONE refs/heads/main"
		case $status in
		0) yes=$((yes + 1)) ;;
		1) no=$((no + 1)) && assert_said 'policy.ini:' ;;
		*) fail "neither of the two" ;;
		esac
	done
	touch "$BATS_TEST_TMPDIR/done"
	wait
	[ "$(audited accepted) $(audited rejected)" = "$yes $no" ] || fail "$yes and $no"
	grep -o '"verdict":"[a-z]*"' "$SERVER/policy/audit.jsonl" | paste - <(policies) | sort -u >by
	[ "$(wc -l <by)" -le 2 ] || fail "$(cat by)"
}

@test "case 70: one that is written over in place is whole, or does not load" {
	local whole=$BATS_TEST_TMPDIR/whole i
	cp "$SERVER/policy/policy.ini" "$whole"
	git -C "$SERVER" fetch -q "$CLIENT" "$ONE"
	while [ ! -e "$BATS_TEST_TMPDIR/done" ]; do
		cat "$whole" >"$SERVER/policy/policy.ini"
		sleep 0.001
	done &
	for i in {1..20}; do
		run hook pre-receive <<<"$ROOT_COMMIT $ONE refs/heads/main"
		[ "$status" -ne 0 ] || fail 'accepted'
	done
	touch "$BATS_TEST_TMPDIR/done"
	wait
	HOOK_USER=ivy run hook pre-receive <<<"$ROOT_COMMIT $ONE refs/heads/main"
	[ "$status" -eq 0 ] || fail 'refused when it is whole'
}

@test "case 71: objects are packed, and what is loose goes, while pushes are judged" {
	local i at=$ROOT_COMMIT
	while [ ! -e "$BATS_TEST_TMPDIR/done" ]; do
		git -C "$SERVER" repack -adq
		git -C "$SERVER" pack-refs --all
		sleep 0.1
	done &
	for i in {1..5}; do
		at=$(commit "feat: $i" "$at")
		push erin "$at:topic"
		[ "$status" -eq 0 ] || assert_said undecided
		push_refused erin "$at:main"
	done
	touch "$BATS_TEST_TMPDIR/done"
	wait
	push_ok erin "$at:last"
	git -C "$SERVER" fsck --no-dangling
}

@test "case 71: a branch that becomes symbolic is judged as what it has become" {
	push_ok erin "$ONE:topic"
	git -C "$SERVER" symbolic-ref refs/heads/topic refs/heads/main
	push_raw_refused erin "$ONE $(commit 'feat: two' "$ONE") refs/heads/topic"
	assert_said 'refs/heads/main'
	git -C "$SERVER" symbolic-ref -d refs/heads/topic
	push_ok erin "$ONE:topic"
}

@test "case 82: whatever is closed, no word of ours gets into the audit" {
	local closed verdict
	git -C "$SERVER" fetch -q "$CLIENT" "$ONE"
	for closed in '' '1' '2' '1 2'; do
		for verdict in "0 $ZERO $ONE refs/heads/topic" "1 $ROOT_COMMIT $ONE refs/heads/main"; do
			status=0
			case $closed in
			'') hook pre-receive <<<"${verdict#* }" 2>/dev/null || status=$? ;;
			1) hook pre-receive <<<"${verdict#* }" >&- 2>/dev/null || status=$? ;;
			2) hook pre-receive <<<"${verdict#* }" 2>&- || status=$? ;;
			*) hook pre-receive <<<"${verdict#* }" >&- 2>&- || status=$? ;;
			esac
			[ "$status" -eq "${verdict%% *}" ] || fail "closed: $closed"
		done
	done
	[ "$(audited accepted) $(audited rejected)" = '4 4' ]
	hook pre-receive <&- >&- 2>&- || true
	! grep -v '^{"time":.*}$' "$SERVER/policy/audit.jsonl" || fail 'no line of an audit'
}

@test "case 89: whatever the umask, nobody else may write what the hooks write" {
	local mask
	for mask in 000 777; do
		(
			umask "$mask"
			transport erin "$ONE:refs/heads/topic/$mask"
		)
		assert_ref "refs/heads/topic/$mask" "$ONE"
		push_refused erin "$ONE:main"
	done
	output=$(find "$SERVER/policy" -newer "$SERVER/policy/policy.ini" ! -type l -perm /002)
	[ -z "$output" ] || fail 'others may write it'
}

@test "case 89: a repository that is another's is not served" {
	[ "$(id -u)" = 0 ] || skip 'only root can give it away'
	chown -R 12345 "$SERVER"
	push ivy "$ONE:main"
	[ "$status" -ne 0 ] || fail 'accepted'
	assert_said 'dubious ownership'
	chown -R 0 "$SERVER"
	assert_ref refs/heads/main "$ROOT_COMMIT"
	push_ok ivy "$ONE:main"
}
