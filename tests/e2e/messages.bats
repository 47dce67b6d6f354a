# messages: commit-msg in a developer's clone: the message git will store gets the verdict the server will give.
load helper

setup() {
	world_create
	policy_write <<-'POLICY'
		[commit]
		format = conventional
		types = feat fix docs chore
		subject-end = no-period

		[branch "main"]

		[branch "warn/*"]
		commits = warn

		[branch "lax/*"]
		commits = off

		[branch "**"]
	POLICY
	POLICY_FILE=$BATS_TEST_TMPDIR/policy.ini
	client_create
	git -C "$CLIENT" reset -q --hard "$ROOT_COMMIT"
	git -C "$CLIENT" config policy.file "$POLICY_FILE"
	mkdir -p "$CLIENT/.git/hooks"
	cp "$BUILD/hooks/commit-msg" "$CLIENT/.git/hooks/commit-msg"
}

# git_commit ARGUMENT...: a real commit, empty unless something is staged.
git_commit() {
	run git -C "$CLIENT" commit --allow-empty "$@"
}

commit_ok() {
	git_commit "$@"
	[ "$status" -eq 0 ] || fail "the commit should have been accepted: $*"
}

commit_refused() {
	local before
	before=$(git -C "$CLIENT" rev-parse HEAD)
	git_commit "$@"
	[ "$status" -eq 1 ] || fail "the commit should have been refused: $*"
	[ "$(git -C "$CLIENT" rev-parse HEAD)" = "$before" ] || fail 'HEAD moved'
}

# editor TEXT: from now on the editor puts TEXT before what git wrote into the file.
editor() {
	printf '%s\n' "$1" >"$BATS_TEST_TMPDIR/typed"
	printf '#!/bin/sh\ncat "%s" "$1" >"$1.new" && mv "$1.new" "$1"\n' "$BATS_TEST_TMPDIR/typed" \
		>"$BATS_TEST_TMPDIR/editor"
	chmod +x "$BATS_TEST_TMPDIR/editor"
	export GIT_EDITOR=$BATS_TEST_TMPDIR/editor
}

assert_stored() {
	[ "$(git -C "$CLIENT" log -1 --format=%B)" = "$1" ] || fail "stored: $(git -C "$CLIENT" log -1 --format=%B)"
}

@test "a good message is stored, a bad one refused with the words of the server" {
	commit_ok -m 'feat: good'
	assert_not_said error: warning:
	commit_refused -m 'build: bad.'
	assert_rule types subject-end
	assert_said 'line 1, column 1' 'policy.ini' 'build: bad.'
}

@test "the same message, the same words, on the server" {
	commit_refused -m 'build: bad.'
	local here=$output
	git init -q --bare "$SERVER"
	server_install
	push_refused erin "$(commit 'build: bad.' "$ROOT_COMMIT"):refs/heads/main"
	local there=$output pattern='^error: +(types|subject-end|format|subject-case):'
	[ "$(grep -E "$pattern" <<<"$here" | sed 's/^error: *//; s/commit [0-9a-f]*, //')" = \
		"$(grep -E "$pattern" <<<"$there" | sed 's/^error: *//; s/commit [0-9a-f]*, //')" ] || fail "here: $here"
}

@test "with an editor git's comments are no part of the message" {
	editor 'feat: typed'
	commit_ok
	assert_stored 'feat: typed'
	editor $'# a comment of mine\n\n\nfix: typed   \n# another\n\nBody.\n\n\n\nMore.  \n\n'
	commit_ok
	assert_stored $'fix: typed\n\nBody.\n\nMore.'
	editor $'# only comments'
	commit_refused
	editor $'typed\n# fix: typed'
	commit_refused
	assert_rule format
}

@test "without an editor a line that begins with # stays, and is judged" {
	commit_refused -m '# feat: good'
	assert_rule format
	commit_ok -m $'feat: good\n\n# a heading in the body'
	assert_stored $'feat: good\n\n# a heading in the body'
}

@test "another comment character, and one that git chooses" {
	git -C "$CLIENT" config core.commentChar ';'
	editor $'; no comment to others\nfeat: typed\n\n#12 is mended'
	commit_ok
	assert_stored $'feat: typed\n\n#12 is mended'
	editor $'# feat: typed'
	commit_refused
	git -C "$CLIENT" config core.commentChar auto
	editor 'fix: automatic'
	commit_ok
	assert_stored 'fix: automatic'
	editor ''
	commit_ok -e -F - <<<$'fix: chosen\n\n#12 begins a line'
	assert_stored $'fix: chosen\n\n#12 begins a line'
}

@test "below the scissors nothing is judged" {
	editor 'feat: typed'
	echo 'Bad line.' >"$CLIENT/file"
	git -C "$CLIENT" add file
	commit_ok -v
	assert_stored 'feat: typed'
	git -C "$CLIENT" config commit.cleanup scissors
	editor $'fix: typed\n\n# stays'
	commit_ok
	assert_stored $'fix: typed\n\n# stays'
	editor $'Typed.\n# ------------------------ >8 ------------------------\nfeat: cut off'
	commit_refused
	assert_rule format
}

@test "scissors with another comment character" {
	git -C "$CLIENT" config core.commentChar ';'
	echo 'Bad line.' >"$CLIENT/file"
	git -C "$CLIENT" add file
	editor 'feat: typed'
	commit_ok -v
	assert_stored 'feat: typed'
}

@test "commit.cleanup: verbatim, whitespace, strip" {
	git -C "$CLIENT" config commit.cleanup verbatim
	commit_refused -m $'\nfeat: good'
	commit_ok -m 'feat: good'
	git -C "$CLIENT" config commit.cleanup whitespace
	commit_ok -m $'\n\nfeat: good\n\n\n\n# stays\n'
	assert_stored $'feat: good\n\n# stays'
	editor '# feat: typed'
	commit_refused
	git -C "$CLIENT" config commit.cleanup strip
	unset GIT_EDITOR
	commit_ok -m $'# goes\nfeat: good'
	assert_stored 'feat: good'
}

@test "CRLF, trailing blanks, no line end" {
	printf 'feat: good\r\n\r\nBody of it.\r\n' >"$BATS_TEST_TMPDIR/message"
	commit_ok -F "$BATS_TEST_TMPDIR/message"
	printf 'feat: good.\r\n' >"$BATS_TEST_TMPDIR/message"
	commit_refused -F "$BATS_TEST_TMPDIR/message"
	assert_rule subject-end
	printf 'feat: good' >"$BATS_TEST_TMPDIR/message"
	commit_ok -F "$BATS_TEST_TMPDIR/message"
}

@test "the branch decides how seriously: enforced, warned, off, and on a detached HEAD enforced" {
	git -C "$CLIENT" switch -q -c warn/x
	commit_ok -m 'Bad'
	assert_warned format
	git -C "$CLIENT" switch -q -c lax/x
	commit_ok -m 'Bad'
	assert_not_said error: warning:
	git -C "$CLIENT" switch -q -c other
	commit_refused -m 'Bad'
	git -C "$CLIENT" switch -q --detach
	commit_refused -m 'Bad'
	commit_ok -m 'feat: good'
}

@test "amending, a file, a template" {
	commit_ok -m 'feat: good'
	commit_refused --amend -m 'Bad'
	commit_ok --amend -m 'fix: better'
	commit_ok --amend --no-edit
	echo 'feat: from a file' >"$BATS_TEST_TMPDIR/message"
	commit_ok -F "$BATS_TEST_TMPDIR/message"
	echo 'docs: from a template' >"$BATS_TEST_TMPDIR/message"
	editor $'docs: written above it\n'
	commit_ok -t "$BATS_TEST_TMPDIR/message"
}

@test "a merge in progress may keep git's message; the same words alone pass with a note" {
	git -C "$CLIENT" switch -q -c side
	commit_ok -m 'feat: side'
	git -C "$CLIENT" switch -q main
	commit_ok -m 'feat: main'
	run git -C "$CLIENT" merge --no-ff side
	[ "$status" -eq 0 ] || fail 'the merge was refused'
	[ "$(git -C "$CLIENT" log -1 --format=%P | wc -w)" -eq 2 ]
	run git -C "$CLIENT" commit --amend --no-edit
	[ "$status" -eq 0 ] || fail 'the amended merge was refused'
	commit_ok -m "Merge branch 'side'"
	assert_said note:
	commit_refused -m 'Merge the two parsers into one'
}

@test "a merge that stopped at a conflict, and is committed by hand" {
	git -C "$CLIENT" switch -q -c side
	echo side >"$CLIENT/README"
	commit_ok -a -m 'feat: side'
	git -C "$CLIENT" switch -q main
	echo main >"$CLIENT/README"
	commit_ok -a -m 'feat: main'
	run git -C "$CLIENT" merge side
	[ "$status" -ne 0 ]
	echo both >"$CLIENT/README"
	export GIT_EDITOR=true
	git -C "$CLIENT" add README
	run git -C "$CLIENT" commit
	[ "$status" -eq 0 ] || fail 'the merge was refused'
}

@test "a revert in progress may keep git's message; the same words alone pass with a note" {
	echo change >"$CLIENT/README"
	commit_ok -a -m 'feat: change'
	GIT_EDITOR=true run git -C "$CLIENT" revert --edit HEAD
	[ "$status" -eq 0 ] || fail 'the revert was refused'
	git -C "$CLIENT" revert --no-commit HEAD
	GIT_EDITOR=true run git -C "$CLIENT" commit
	[ "$status" -eq 0 ] || fail 'the second revert was refused'
	commit_ok -m "$(printf 'Revert "feat: change"\n\nThis reverts commit %s.' "$ROOT_COMMIT")"
	assert_said note:
	commit_refused -m 'Revert everything'
}

@test "the policy: git config policy.file, else refs/policy/current, else .git-policy.ini" {
	git -C "$CLIENT" config --unset policy.file
	commit_refused -m 'feat: nobody says what is right'
	assert_said policy.file refs/policy/current .git-policy.ini
	sed 's/^types = .*/types = root/' "$POLICY_FILE" >"$CLIENT/.git-policy.ini"
	chmod 0644 "$CLIENT/.git-policy.ini"
	commit_ok -m 'root: by the work tree'
	commit_refused -m 'feat: by the work tree'
	assert_said .git-policy.ini
	local current
	current=$(commit_file 'policy' "$ROOT_COMMIT" policy.ini "$(sed 's/^types = .*/types = current/' "$POLICY_FILE")")
	git -C "$CLIENT" update-ref refs/policy/current "$current"
	commit_ok -m 'current: by the fetched policy'
	commit_refused -m 'root: by the work tree'
	git -C "$CLIENT" config policy.file "$POLICY_FILE"
	commit_ok -m 'feat: by the file'
	commit_refused -m 'current: by the fetched policy'
}

@test "the fetched policy brings its people along" {
	git -C "$CLIENT" config --unset policy.file
	local current
	current=$(commit_file 'policy' "$ROOT_COMMIT" people.ini "$(people)")
	current=$(commit_file 'policy' "$current" policy.ini "$(printf '%s\n' '[policy]' 'version = 1' 'include = people.ini' \
		'[commit]' 'author = known' '[branch "**"]')")
	git -C "$CLIENT" update-ref refs/policy/current "$current"
	commit_ok -m 'by erin'
	GIT_AUTHOR_EMAIL=mallory@example.org commit_refused -m 'by mallory'
	assert_rule author
}

@test "a policy that does not load lets nothing be committed" {
	echo '[brunch "x"]' >>"$POLICY_FILE"
	commit_refused -m 'feat: good'
	assert_said brunch
}

@test "what only the server knows is left to the server" {
	policy_write <<-'POLICY'
		[commit]
		author = pusher
		committer = known
		[branch "main"]
		push = @integrators
	POLICY
	commit_ok -m 'feat: good'
	GIT_COMMITTER_EMAIL=mallory@example.org commit_refused -m 'feat: good'
	assert_rule committer
}

@test "from a subfolder, another work tree, and with the work tree named" {
	mkdir "$CLIENT/sub"
	run git -C "$CLIENT/sub" commit --allow-empty -m 'Bad'
	[ "$status" -eq 1 ] || fail 'subfolder'
	git -C "$CLIENT" worktree add -q "$BATS_TEST_TMPDIR/second" -b second
	run git -C "$BATS_TEST_TMPDIR/second" commit --allow-empty -m 'Bad'
	[ "$status" -eq 1 ] || fail 'linked work tree'
	run git -C "$BATS_TEST_TMPDIR/second" commit --allow-empty -m 'feat: good'
	[ "$status" -eq 0 ] || fail 'linked work tree, good'
	run git --git-dir="$CLIENT/.git" --work-tree="$CLIENT" commit --allow-empty -m 'Bad'
	[ "$status" -eq 1 ] || fail '--work-tree'
	run git --git-dir="$CLIENT/.git" --work-tree="$CLIENT" commit --allow-empty -m 'feat: good'
	[ "$status" -eq 0 ] || fail '--work-tree, good'
}

@test "in a shallow clone, and with the git directory elsewhere" {
	git clone -q --depth 1 "file://$CLIENT" "$BATS_TEST_TMPDIR/shallow"
	git clone -q --separate-git-dir "$BATS_TEST_TMPDIR/apart.git" "$CLIENT" "$BATS_TEST_TMPDIR/apart"
	local place
	for place in shallow apart; do
		CLIENT=$BATS_TEST_TMPDIR/$place
		git -C "$CLIENT" config policy.file "$POLICY_FILE"
		cp "$BUILD/hooks/commit-msg" "$(git -C "$CLIENT" rev-parse --path-format=absolute --git-path hooks)/commit-msg"
		commit_ok -m 'feat: good'
		commit_refused -m 'Bad'
	done
}

@test "the installer puts commit-msg into a clone, and takes it out again" {
	rm "$CLIENT/.git/hooks/commit-msg"
	commit_ok -m 'Bad'
	run "$ROOT/install/install" --build "$BUILD" --client "$CLIENT"
	[ "$status" -eq 0 ] || fail 'not installed'
	commit_refused -m 'Bad'
}

@test "the hook by hand: no file, no argument, a folder" {
	local hook=$BUILD/hooks/commit-msg
	cd "$CLIENT"
	run "$hook"
	[ "$status" -eq 2 ] || fail 'no argument'
	run "$hook" missing
	[ "$status" -eq 2 ] || fail 'a missing file'
	run "$hook" "$BATS_TEST_TMPDIR"
	[ "$status" -eq 2 ] || fail 'a folder'
	: >empty
	run "$hook" empty
	[ "$status" -ne 0 ] || fail 'an empty message'
}

@test "the rebase of a commit keeps its verdict: fixup! and squash! as the policy says" {
	policy_write <<-'POLICY'
		[commit]
		format = conventional
		fixup = deny
		[branch "**"]
	POLICY
	commit_ok -m 'feat: good'
	commit_refused --fixup HEAD
	assert_rule fixup
	policy_write <<-'POLICY'
		[commit]
		fixup = allow
		format = free
		[branch "**"]
	POLICY
	commit_ok --fixup HEAD
}

@test "a commit to be folded into another is told how, not what a type is" {
	commit_ok -m 'feat: good'
	commit_refused --fixup HEAD
	assert_rule format
	assert_said 'to be folded into another one' 'fold it in before pushing: git rebase -i --autosquash --keep-base origin/main'
	assert_not_said 'must stand' 'git commit -e'
}

@test "another try after git commit -v leaves the diff out, and the options given are not forgotten" {
	local again
	editor 'Typed.'
	echo 'a line' >"$CLIENT/file"
	git -C "$CLIENT" add file
	commit_refused -v
	assert_said 'with the options you gave (--amend, -a): git commit -v -e -F'
	again=$(sed -n 's/^hint: .*(--amend, -a): //p' <<<"$output" | head -n 1)
	cd "$CLIENT"
	run env GIT_EDITOR="sed -i '1s/.*/feat: typed/'" bash -c "$again"
	[ "$status" -eq 0 ] || fail "$again"
	assert_stored 'feat: typed'
	commit_refused -m 'Typed.'
	assert_said 'git commit -e -F'
}

@test "on a terminal the words have git's colours, as its configuration and NO_COLOR say" {
	local red=$'error\e[m:' commit="git -C $CLIENT commit --allow-empty -m Typed."
	export TERM=xterm
	run script -qec "$commit" /dev/null
	assert_said $'\e[1;31m'"$red" $'\e[33mhint\e[m:'
	NO_COLOR=1 run script -qec "$commit" /dev/null
	assert_said 'error: '
	assert_not_said $'\e['
	git -C "$CLIENT" config color.ui always
	run script -qec "git -c color.policy=never ${commit#git }" /dev/null
	assert_said 'error: '
	assert_not_said $'\e['
	git_commit -m Typed.
	assert_said 'error: '
	assert_not_said $'\e['
}

@test "git policy check-message gives the same verdict" {
	cd "$CLIENT"
	run git_policy check-message - <<<'feat: good'
	[ "$status" -eq 0 ] || fail 'good'
	run git_policy check-message - <<<'Bad.'
	[ "$status" -eq 1 ] || fail 'bad'
	assert_rule format
	cd "$BATS_TEST_TMPDIR"
	run git_policy check-message --policy "$POLICY_FILE" - <<<'feat: good'
	[ "$status" -eq 2 ] || fail 'without a repository'
	assert_rule check-message
	assert_said '-C'
	git init -q --bare "$SERVER"
	server_install
	run git_policy check-message -C "$SERVER" - <<<'feat: good'
	[ "$status" -eq 0 ] || fail 'good, by the policy of a server'
	run git_policy check-message -C "$SERVER" - <<<'Bad.'
	[ "$status" -eq 1 ] || fail 'bad, by the policy of a server'
	assert_rule format
}
