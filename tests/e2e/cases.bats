# cases: every case of tests/cases/messages.txt, through commit-msg and through a push: the verdict it expects, by both,
# in the same words.
load helper

setup_file() {
	CASES=$BATS_FILE_TMPDIR/cases
	"$BATS_TEST_DIRNAME/../cases/split" "$CASES"
	export CASES
}

setup() {
	world_create
	policy_write <<-'POLICY'
		[commit]
		format = conventional

		[branch "main"]
		[branch "case/*"]
	POLICY
	client_create
}

# expected: "<case> <verdict>" for each case that is not ok.
expected() {
	local file verdict rest
	for file in "$CASES"/*.expect; do
		read -r verdict rest <"$file"
		[ "$verdict" = ok ] || printf '%s %s\n' "$(basename "$file" .expect)" "$verdict"
	done
}

# commit_msg CASE: what commit-msg says of it, in JSON. A raw message is judged as it stands, others as git cleans them.
commit_msg() {
	local cleanup=default
	[ "$(cut -d' ' -f3 "$CASES/$1.expect")" = stored ] || cleanup=verbatim
	cp "$CASES/$1.msg" .git/COMMIT_EDITMSG
	GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=commit.cleanup GIT_CONFIG_VALUE_0=$cleanup GIT_EDITOR=: GIT_POLICY_FORMAT=json \
		"$BUILD/hooks/commit-msg" .git/COMMIT_EDITMSG 2>&1
}

all_commit_msg() {
	local file name status
	cd "$CLIENT"
	git config policy.file "$BATS_TEST_TMPDIR/policy.ini"
	for file in "$CASES"/*.msg; do
		name=$(basename "$file" .msg)
		status=0
		commit_msg "$name" >"$BATS_TEST_TMPDIR/$name.json" || status=$?
		# The exit code and the report must tell the same.
		"$TOOLS/verdicts" <"$BATS_TEST_TMPDIR/$name.json" | sed "s/^-/$name/" >"$BATS_TEST_TMPDIR/$name.verdict"
		[ "$status" -eq "$(grep -c ' bad$' "$BATS_TEST_TMPDIR/$name.verdict")" ] || fail "$name: exit code $status"
	done
}

# all_pushed: one push with one branch for each case; its report in $output.
all_pushed() {
	local file name specs=()
	git init -q --bare "$SERVER"
	server_install
	git -C "$SERVER" config receive.fsckObjects false
	server_set refs/heads/main "$ROOT_COMMIT"
	for file in "$CASES"/*.msg; do
		name=$(basename "$file" .msg)
		{
			printf 'tree %s\nparent %s\n' "$TREE" "$ROOT_COMMIT"
			printf '%s Erin <erin@example.org> 1740830400 +0000\n' author committer
			printf '\n'
			cat "$file"
		} >"$BATS_TEST_TMPDIR/$name.commit"
	done
	while read -r name file; do
		specs+=("$file:refs/heads/case/$name")
	done < <(paste -d' ' <(basename -s .commit -a "$BATS_TEST_TMPDIR"/*.commit) \
		<(printf '%s\n' "$BATS_TEST_TMPDIR"/*.commit |
			git -C "$CLIENT" hash-object -t commit -w --literally --stdin-paths))
	push_refused erin -o policy.format=json "${specs[@]}"
}

@test "there are at least 120 cases, all different" {
	local count
	count=$(printf '%s\n' "$CASES"/*.msg | wc -l)
	[ "$count" -ge 120 ] || fail "$count"
	[ -z "$(sha1sum "$CASES"/*.msg | cut -d' ' -f1 | sort | uniq -d)" ] || fail 'two cases are the same'
}

@test "each gets the expected verdict from commit-msg" {
	all_commit_msg
	diff <(expected) <(cat "$BATS_TEST_TMPDIR"/*.verdict)
}

@test "each gets the expected verdict from a push" {
	all_pushed
	diff <(expected) <("$TOOLS/verdicts" <<<"$output" | sed 's|^refs/heads/case/||')
}

@test "both say it in the same words" {
	local name
	all_commit_msg
	for name in "$BATS_TEST_TMPDIR"/*.json; do
		"$TOOLS/verdicts" --findings <"$name" | sed "s/^-/$(basename "$name" .json)/"
	done | sort >"$BATS_TEST_TMPDIR/here"
	all_pushed
	"$TOOLS/verdicts" --findings <<<"$output" | sed 's|^refs/heads/case/||' | sort >"$BATS_TEST_TMPDIR/there"
	diff "$BATS_TEST_TMPDIR/here" "$BATS_TEST_TMPDIR/there"
}
