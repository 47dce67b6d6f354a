# cases: every case of tests/cases/messages.txt, through commit-msg and through a push: the verdict it expects, by both,
# in the same words.
load helper

setup_file() {
	export BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR
	CASES=$BATS_FILE_TMPDIR/cases
	"$ROOT/tests/cases/split" "$CASES"
	world_create
	policy_write <<-'POLICY'
		[commit]
		format = conventional

		[branch "main"]
		[branch "case/*"]
	POLICY
	client_create
	judge_by_commit_msg
	judge_by_push
}

# Each message as a file for commit-msg: a raw one is judged as it stands, others as git cleans them. What is said, and
# the exit code, goes to <case>.json and <case>.status.
judge_by_commit_msg() {
	local file cleanup
	cd "$CLIENT"
	git config policy.file "$BATS_FILE_TMPDIR/policy.ini"
	export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=commit.cleanup GIT_EDITOR=: GIT_POLICY_FORMAT=json
	for file in "$CASES"/*.msg; do
		cleanup=default
		! grep -q ' raw ' "${file%.msg}.expect" || cleanup=verbatim
		cp "$file" .git/COMMIT_EDITMSG
		GIT_CONFIG_VALUE_0=$cleanup "$BUILD/hooks/commit-msg" .git/COMMIT_EDITMSG 2>"${file%.msg}.json" &&
			echo 0 >"${file%.msg}.status" || echo $? >"${file%.msg}.status"
	done
	unset GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_EDITOR GIT_POLICY_FORMAT
}

# Each message as a commit, all in one push, a branch for each; what is said goes to push.json.
judge_by_push() {
	local file name commit specs=()
	git init -q --bare "$SERVER"
	server_install
	git -C "$SERVER" config receive.fsckObjects false
	server_set refs/heads/main "$ROOT_COMMIT"
	for file in "$CASES"/*.msg; do
		{
			printf 'tree %s\nparent %s\n' "$TREE" "$ROOT_COMMIT"
			printf '%s Erin <erin@example.org> 1740830400 +0000\n' author committer
			printf '\n'
			cat "$file"
		} >"${file%.msg}.commit"
	done
	while read -r name commit; do
		specs+=("$commit:case/$name")
	done < <(paste -d' ' <(basename -s .commit -a "$CASES"/*.commit) <(printf '%s\n' "$CASES"/*.commit |
		git -C "$CLIENT" hash-object -t commit -w --literally --stdin-paths))
	push_refused erin -o policy.format=json "${specs[@]}"
	sed 's|"ref":"refs/heads/case/|"ref":"|' <<<"$output" >"$CASES/push.json"
}

setup() {
	CASES=$BATS_FILE_TMPDIR/cases
}

# expected: "<case> <verdict>" for each case that is not ok.
expected() {
	local file verdict rest
	for file in "$CASES"/*.expect; do
		read -r verdict rest <"$file"
		[ "$verdict" = ok ] || printf '%s %s\n' "$(basename "$file" .expect)" "$verdict"
	done
}

# by_commit_msg [--findings]: tools/verdicts of all cases.
by_commit_msg() {
	local file
	for file in "$CASES"/[0-9]*.json; do
		sed "s|^{\"type\":\"finding\"|&,\"ref\":\"$(basename "$file" .json)\"|" "$file"
	done | "$TOOLS/verdicts" "$@"
}

@test "there are at least 120 cases, all different" {
	local count
	count=$(printf '%s\n' "$CASES"/*.msg | wc -l)
	[ "$count" -ge 120 ] || fail "$count"
	[ -z "$(sha1sum "$CASES"/*.msg | cut -d' ' -f1 | sort | uniq -d)" ] || fail 'two cases are the same'
}

@test "each gets the expected verdict from commit-msg" {
	diff <(expected) <(by_commit_msg)
}

@test "and the exit code that goes with it" {
	diff <(expected | sed -n 's/ bad$//p') <(grep -l '^1$' "$CASES"/*.status | xargs basename -s .status -a)
	! grep -Lx '[01]' "$CASES"/*.status | grep . || fail 'neither accepted nor rejected'
}

@test "each gets the expected verdict from a push" {
	diff <(expected) <("$TOOLS/verdicts" <"$CASES/push.json")
}

@test "both say it in the same words" {
	diff <(by_commit_msg --findings) <("$TOOLS/verdicts" --findings <"$CASES/push.json")
}
