# report: what the pusher gets to read, and what a program does.
load helper

setup() {
	world_create
}

judged() {
	policy_write <<-'POLICY'
		[commit]
		format = conventional
		types = feat fix docs
		subject-case = lower
		subject-end = no-period
		subject-mood = imperative

		[branch "main"]
		push = @integrators
		rewrite = deny

		[branch "topic/*"]
		rewrite = allow
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
}

@test "every problem at once: all rules, all commits, all refs" {
	judged
	local one two
	one=$(commit 'build: Added things.' "$ROOT_COMMIT")
	two=$(commit 'No type' "$one")
	push_refused erin "$two:refs/heads/topic/a" "$ROOT_COMMIT:refs/heads/strange" "$one:refs/heads/main"
	assert_rule types subject-case subject-end format name push
	assert_warned subject-mood
	assert_said "commit ${one:0:7}" "commit ${two:0:7}" 'refs/heads/topic/a: rejected' 'refs/heads/strange: rejected' \
		'refs/heads/main: rejected'
}

@test "the heading counts the problems, and findings stand below their ref" {
	judged
	push_refused erin "$(commit 'feat: Added things.' "$ROOT_COMMIT"):refs/heads/topic/a"
	assert_said 'error: refs/heads/topic/a: rejected, 2 problems'
	grep -A 100 'rejected, 2' <<<"$output" | grep -q 'subject-case:' || fail 'the heading comes after its findings'
}

@test "the caret stands below the character that is meant" {
	judged
	local source caret
	push_refused erin "$(commit 'fix(auth): resolve session timeout.' "$ROOT_COMMIT"):refs/heads/topic/a"
	assert_said 'line 1, column 35: '
	source=$(grep -nF 'fix(auth): resolve session timeout.' <<<"$output" | head -n 1)
	caret=$(sed -n "$((${source%%:*} + 1))p" <<<"$output")
	source=${source#*:}
	[ "${caret##* }" = '^' ] || fail "no caret: $caret"
	[ "${#caret}" -eq "${#source}" ] || fail 'the caret is not below the period'
}

@test "the caret counts characters, not bytes" {
	judged
	local source caret
	push_refused erin "$(commit 'fix: größe der Bücher.' "$ROOT_COMMIT"):refs/heads/topic/a"
	source=$(grep -nF 'fix: größe der Bücher.' <<<"$output" | head -n 1)
	caret=$(sed -n "$((${source%%:*} + 1))p" <<<"$output")
	source=${source#*:}
	[ "${#caret}" -eq "${#source}" ] || fail 'the caret is not below the period'
}

@test "the policy line is told with its number, and each hint once" {
	judged
	local one
	one=$(commit 'fix: one.' "$ROOT_COMMIT")
	push_refused erin "$(commit 'fix: two.' "$one"):refs/heads/topic/a"
	local line
	line=$(grep -n '^subject-end' "$SERVER/policy/policy.ini" | cut -d: -f1)
	assert_said "policy.ini:$line  subject-end = no-period"
	[ "$(grep -c "policy.ini:$line" <<<"$output")" -eq 1 ] || fail 'the hint is repeated'
	[ "$(grep -c 'subject-end: commit' <<<"$output")" -eq 2 ] || fail 'not both commits'
}

@test "every line begins with a word git colours, and nothing else is said" {
	judged
	push_refused erin "$(commit 'build: Added things.' "$ROOT_COMMIT"):refs/heads/topic/a"
	! grep '^remote' <<<"$output" || true
	run git -C "$CLIENT" push --receive-pack="$(serve_command erin)" "$SERVER" \
		"$(commit 'build: Added things.' "$ROOT_COMMIT"):refs/heads/topic/a"
	! grep '^remote: ' <<<"$output" | grep -qvE '^remote: (error|warning|hint|note):' || fail 'a line without such a word'
}

@test "an accepted push without warnings is silent" {
	judged
	push_ok erin "$(commit 'fix: one' "$ROOT_COMMIT"):refs/heads/topic/a"
	assert_not_said error: warning: hint: note:
}

@test "at most a hundred lines, and the last one says how to see all" {
	judged
	local tip=$ROOT_COMMIT number
	for number in {1..60}; do
		tip=$(commit "Bad: Number $number." "$tip")
	done
	push erin "$tip:refs/heads/topic/a"
	[ "$status" -ne 0 ] || fail 'accepted'
	run bash -c "grep -cE '^(error|warning|hint|note):' <<<\"\$1\"" - "$output"
	[ "$output" -le 100 ] || fail "$output lines"
	push erin "$tip:refs/heads/topic/a"
	assert_said 'not shown' 'policy.format=json'
}

@test "JSON on request of the pusher: complete, valid, the same verdict" {
	judged
	local tip=$ROOT_COMMIT number
	for number in {1..60}; do
		tip=$(commit "Bad: Number $number." "$tip")
	done
	push_refused erin -o policy.format=json "$tip:refs/heads/topic/a"
	[ "$(json_findings rule=types | wc -l)" -eq 60 ] || fail 'not all'
	[ "$(json_findings rule=types commit="$tip" ref=refs/heads/topic/a severity=error line=1 column=1 | wc -l)" -eq 1 ] ||
		fail 'not the last'
	[ "$(json_findings type=verdict verdict=rejected | wc -l)" -eq 1 ] || fail 'no verdict'
	assert_not_said 'error: '
	push_ok erin -o policy.format=json "$(commit 'fix: one' "$ROOT_COMMIT"):refs/heads/topic/b"
	[ "$(json_findings type=verdict verdict=accepted | wc -l)" -eq 1 ] || fail 'no verdict'
}

@test "JSON by the server's environment, and other push options are no business of ours" {
	judged
	SERVER_ENV=(GIT_POLICY_FORMAT=json)
	push_refused erin "$(commit 'Bad' "$ROOT_COMMIT"):refs/heads/topic/a"
	[ "$(json_findings rule=format | wc -l)" -ge 1 ] || fail 'no JSON'
	SERVER_ENV=()
	push_refused erin -o ci.skip -o policy.format=jsonx -o $'policy.format=\x1b' \
		"$(commit 'Bad' "$ROOT_COMMIT"):refs/heads/topic/a"
	assert_rule format
	push_refused erin -o a -o b -o policy.format=json "$(commit 'Bad' "$ROOT_COMMIT"):refs/heads/topic/a"
	[ "$(json_findings rule=format | wc -l)" -ge 1 ] || fail 'no JSON'
}

# headers: those of a commit on the root commit, up to the message.
headers() {
	printf 'tree %s\nparent %s\n' "$TREE" "$ROOT_COMMIT"
	printf '%s Erin <erin@example.org> 1740830400 +0000\n' author committer
	printf '\n'
}

@test "what a terminal could act on is shown, never sent: text" {
	judged
	local commit
	commit=$({
		headers
		printf 'Bad \x1b]0;title\x07\x1b[31m \x08\x7f \xc2\x9b \xe2\x80\xae \xff "quoted"\n'
	} | commit_raw)
	push_refused erin "$commit:refs/heads/topic/a"
	assert_rule format
	assert_said '\x1B' '\x07' '\x08' '\x7F' '\xFF'
	! grep -qP '[\x00-\x08\x0b-\x1f\x7f]' <<<"$output" || fail 'a control character came through'
	! grep -q $'\u202e\|\u009b' <<<"$output" || fail 'a direction control came through'
}

@test "what a terminal could act on is shown, never sent: JSON" {
	judged
	local commit
	commit=$({
		headers
		printf 'Bad \x1b]0;title\x07 \xff "quoted" \\ \xe2\x80\xa8 x\n'
	} | commit_raw)
	push_refused erin -o policy.format=json "$commit:refs/heads/topic/a"
	[ "$(json_findings rule=format commit="$commit" | wc -l)" -ge 1 ] || fail 'not valid JSON'
	! grep -qP '[\x00-\x08\x0b-\x1f\x7f]' <<<"$output" || fail 'a control character came through'
}

@test "mode = evaluate: told as it would be, and nothing is rejected" {
	{
		printf '%s\n' '[policy]' 'version = 1' 'mode = evaluate' '[identity]' 'env = GIT_POLICY_USER' \
			'[commit]' 'format = conventional' '[branch "main"]' 'rewrite = deny' 'push = @integrators'
		people
	} >"$BATS_TEST_TMPDIR/policy.ini"
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	push_ok erin "+$(commit 'Bad'):refs/heads/main" "$ROOT_COMMIT:refs/heads/strange"
	assert_said 'refs/heads/main: would be rejected' 'refs/heads/strange: would be rejected' 'mode = evaluate'
	assert_warned rewrite format push name
	assert_not_said error:
	push_ok '' "$ROOT_COMMIT:refs/heads/other"
	push_raw_refused erin "$ZERO $ROOT_COMMIT refs/heads/a\x1bb"
}

@test "mode = evaluate: a policy that does not load still rejects" {
	printf '%s\n' '[policy]' 'version = 1' 'mode = evaluate' '[branch "main"]' >"$BATS_TEST_TMPDIR/policy.ini"
	repo_create
	printf 'rewrit = deny\n' >>"$SERVER/policy/policy.ini"
	push_refused erin "$ROOT_COMMIT:refs/heads/main"
	assert_said rewrit
	[ "$(grep -m1 '^error:' <<<"$output" | sed 's/ *$//')" = \
		"error: the server's policy does not load, so nothing is accepted until its admin mends it" ] || fail 'whose fault is it?'
	SERVER_ENV+=(GIT_POLICY_FORMAT=json)
	run hook pre-receive <<<"$ZERO $ROOT_COMMIT refs/heads/main"
	[ "$status" -eq 2 ]
	assert_said '"rule":"policy"' "the server's policy does not load"
	run git_policy check "$SERVER/policy/policy.ini"
	assert_not_said "the server's policy"
}

@test "[severity] lowers a rule to a warning, silences it, or raises it" {
	policy_write <<-'POLICY'
		[commit]
		format = conventional
		subject-end = no-period
		subject-case = lower
		subject-mood = imperative

		[severity]
		subject-end = warn
		subject-case = off
		subject-mood = enforce

		[branch "**"]
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	push_ok erin "$(commit 'fix: Mend it.' "$ROOT_COMMIT"):refs/heads/a"
	assert_warned subject-end
	assert_no_rule subject-case
	push_refused erin "$(commit 'fix: mended it' "$ROOT_COMMIT"):refs/heads/b"
	assert_rule subject-mood
}

@test "[severity] cannot lower what keeps the repository sound" {
	local rule
	for rule in object stale target; do
		policy_write <<-POLICY
			[severity]
			$rule = off
			[branch "**"]
		POLICY
		run git_policy check "$BATS_TEST_TMPDIR/policy.ini"
		[ "$status" -eq 2 ] || fail "$rule may be switched off"
	done
}
