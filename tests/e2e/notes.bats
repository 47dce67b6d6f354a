# notes: release notes from conventional commits, on the server and in a clone.
load commands

# history: on main, from v1.0.0 to v1.1.0, a commit of every kind; each $name is its id.
history() {
	local revert squash
	FEATURE=$(commit_file 'feat(ui): add a form' "$ROOT_COMMIT" form one)
	FIX=$(commit_file $'fix(auth): resolve session timeout issue\n\nIt was long.\n\nFixes #789\nCloses: #790' "$FEATURE" auth one)
	DOCS=$(commit_file 'docs: say how' "$FIX" how one)
	SIDE=$(commit_file 'perf: read each file once' "$FIX" cache one)
	MERGE=$(merge "Merge branch 'feature/cache'" "$DOCS" "$SIDE")
	BREAKS=$(commit_file $'feat(api)!: drop the old form\n\nBREAKING CHANGE: callers of the old form\n have to use the new one' "$MERGE" api one)
	BAD=$(commit_file 'feat: add what nobody wants' "$BREAKS" bad one)
	revert=$(printf 'Revert "feat: add what nobody wants"\n\nThis reverts commit %s.\n' "$BAD" |
		git -C "$CLIENT" commit-tree "$BREAKS^{tree}" -p "$BAD")
	CHORE=$(commit 'chore(release): bump version' "$revert")
	FREE=$(commit 'Whatever it was' "$CHORE")
	SECURITY=$(commit $'fix(security): check \e[31mtokens\e[0m for *all* <users>' "$FREE")
}

# released [NOTES]: a server with that history, and a policy with these sections of notes.
released() {
	policy_write <<-POLICY
		[commit]
		types = feat fix docs perf chore
		${1:+notes = $1}
		[branch "main"]
		[tag "v{semver}"]
		[tag "nightly-{number}"]
	POLICY
	repo_create
	history
	server_set refs/heads/main "$SECURITY" refs/tags/v1.0.0 "$ROOT_COMMIT" refs/tags/v1.1.0 "$BREAKS" \
		refs/tags/nightly-7 "$SECURITY"
}

# noted TEXT...: the notes are these lines, nothing else.
noted() {
	[ "$status" -eq 0 ] || fail 'should have worked'
	diff <(printf '%s\n' "$@") - <<<"$output" || fail 'other notes'
}

notes() {
	run git_policy -C "$SERVER" notes "$@"
}

@test "the notes of a version begin after the one before it" {
	released
	notes v1.1.0
	noted '# v1.1.0' '' 'Changes since v1.0.0.' \
		'' '## Breaking Changes' '' \
		"- **api:** callers of the old form have to use the new one (${BREAKS:0:7})" \
		'' '## Features' '' \
		"- **ui:** add a form (${FEATURE:0:7})" \
		"- **api:** drop the old form (${BREAKS:0:7})" \
		'' '## Bug Fixes' '' \
		"- **auth:** resolve session timeout issue (${FIX:0:7}, Fixes #789, Closes #790)" \
		'' '## Performance' '' \
		"- read each file once (${SIDE:0:7})"
}

@test "without an argument they tell what is not released yet" {
	released
	notes
	noted '# Unreleased' '' 'Changes since v1.1.0.' \
		'' '## Bug Fixes' '' \
		"- **security:** check \\x1B\\[31mtokens\\x1B\\[0m for \\*all\\* \\<users> (${SECURITY:0:7})"
}

@test "as JSON: a line for each change in each section" {
	released
	notes --json v1.1.0
	[ "$status" -eq 0 ] || fail 'notes'
	json_findings type=notes of=v1.1.0 since=v1.0.0 | grep -q . || fail 'not said of what'
	[ "$(json_findings type=change "commit=$BREAKS" kind=feat scope=api breaking=1 | wc -l)" -eq 2 ] || fail 'not told twice'
	json_findings type=change "commit=$SIDE" section=Performance 'subject=read each file once' breaking=0 |
		grep -q . || fail 'no change'
}

@test "a range may be any" {
	released
	notes "$FEATURE..main"
	noted "# main" '' "Changes since $FEATURE." \
		'' '## Breaking Changes' '' \
		"- **api:** callers of the old form have to use the new one (${BREAKS:0:7})" \
		'' '## Features' '' \
		"- **api:** drop the old form (${BREAKS:0:7})" \
		'' '## Bug Fixes' '' \
		"- **auth:** resolve session timeout issue (${FIX:0:7}, Fixes #789, Closes #790)" \
		"- **security:** check \\x1B\\[31mtokens\\x1B\\[0m for \\*all\\* \\<users> (${SECURITY:0:7})" \
		'' '## Performance' '' \
		"- read each file once (${SIDE:0:7})"
	notes "main..main"
	noted '# main' '' 'Changes since main.' '' 'Nothing to tell.'
	notes "v1.1.0.."
	assert_said '# HEAD' 'Changes since v1.1.0.'
}

@test "the sections are the policy's, empty ones are told, and so is what broke" {
	released 'Security: *(security)
	        What is new: feat
	        Fixes and more: fix perf docs
	        Migration Guide: !
	        Chores: chore(deps)'
	notes v1.0.0..main
	noted '# main' '' 'Changes since v1.0.0.' \
		'' '## Security' '' \
		"- **security:** check \\x1B\\[31mtokens\\x1B\\[0m for \\*all\\* \\<users> (${SECURITY:0:7})" \
		'' '## What is new' '' \
		"- **ui:** add a form (${FEATURE:0:7})" \
		"- **api:** drop the old form (${BREAKS:0:7})" \
		'' '## Fixes and more' '' \
		"- **auth:** resolve session timeout issue (${FIX:0:7}, Fixes #789, Closes #790)" \
		"- say how (${DOCS:0:7})" \
		"- read each file once (${SIDE:0:7})" \
		'' '## Migration Guide' '' \
		"- **api:** callers of the old form have to use the new one (${BREAKS:0:7})" \
		'' '## Chores' '' 'None.'
}

@test "what a revert of a merge takes out" {
	local revert
	released
	revert=$(printf "Revert \"Merge branch 'feature/cache'\"\n\nThis reverts commit %s, reversing\nchanges made to %s.\n" \
		"$MERGE" "$DOCS" | git -C "$CLIENT" commit-tree "$DOCS^{tree}" -p "$MERGE")
	server_set refs/heads/main "$revert"
	notes v1.0.0..main
	assert_said 'add a form'
	assert_not_said 'read each file once' 'Revert'
}

@test "the first version is told from the beginning" {
	released
	notes v1.0.0
	noted '# v1.0.0' '' 'Nothing to tell.'
}

@test "what is not there, or no version, has no notes" {
	released
	notes v9.9.9
	[ "$status" -eq 2 ]
	assert_said 'there is no tag v9.9.9'
	notes nightly-7
	[ "$status" -eq 2 ]
	assert_said 'nightly-7: the policy knows no version of that name'
	notes nothing..main
	[ "$status" -eq 2 ]
	assert_said 'no such commit: nothing'
	notes v1.1.0 v1.0.0
	[ "$status" -eq 129 ]
	assert_said 'too many arguments'
}

@test "what is missing is undecided, on standard error" {
	released
	rm "$SERVER/objects/${FIX:0:2}/${FIX:2}"
	run --separate-stderr git_policy -C "$SERVER" notes v1.1.0
	[ "$status" -eq 2 ]
	[ -z "$output" ]
}

@test "in a clone they are the same, by the policy that the server publishes" {
	released 'New: feat'
	push_ok erin "$SECURITY:refs/tags/v2.0.0"
	person bob
	at_no 2 bob git-policy notes v1.1.0
	assert_said 'no policy'
	at_ok bob git fetch -q origin refs/policy/current:refs/policy/current
	at_ok bob git-policy notes v1.1.0
	noted '# v1.1.0' '' 'Changes since v1.0.0.' '' '## New' '' "- **ui:** add a form (${FEATURE:0:7})" \
		"- **api:** drop the old form (${BREAKS:0:7})"
	at_ok bob git-policy notes
	noted '# Unreleased' '' 'Changes since v2.0.0.' '' '## New' '' 'None.'
}

@test "a section that is not understood does not load" {
	policy_write <<-'POLICY'
		[commit]
		notes = Features: feat
		        Fixes fix
		[branch "main"]
	POLICY
	run git_policy check "$BATS_TEST_TMPDIR/policy.ini"
	[ "$status" -ne 0 ]
	assert_said 'a section is written "Title: words"'
}
