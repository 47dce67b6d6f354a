# recursive: installing into every repository below a folder: which are found, what is said, and going on after an end
# that came too early.
load helper

setup() {
	world_create
	BUILD=${POLICY_STATIC:-$BUILD}
	HOST=$BATS_TEST_TMPDIR/srv
	mkdir -p "$HOST/team/deep"
	git init -q --bare "$HOST/one.git"
	git init -q --bare "$HOST/team/two.git"
	git init -q --bare "$HOST/team/deep/with blanks"
}

recursive() {
	run "$ROOT/install/install" --build "$BUILD" --recursive "$@"
}

hooks() {
	find "$HOST" -name pre-receive | sort
}

@test "every bare repository below, and nothing else; a second time there is nothing to change" {
	git init -q "$HOST/tree"
	git -C "$HOST/tree" commit -q --allow-empty -m x
	git -C "$HOST/tree" worktree add -q "$HOST/linked"
	git init -q --bare "$HOST/tree/fixture.git"
	git init -q --bare "$HOST/one.git/inner.git"
	git init -q --bare "$BATS_TEST_TMPDIR/outside.git"
	ln -s "$BATS_TEST_TMPDIR/outside.git" "$HOST/link.git"
	ln -s .. "$HOST/team/up"
	recursive "$HOST"
	[ "$status" -eq 0 ] || fail 'refused'
	[ "$(hooks)" = "$(printf "$HOST/%s/hooks/pre-receive\n" one.git 'team/deep/with blanks' team/two.git)" ] ||
		fail "$(hooks)"
	assert_said "$HOST/one.git: installed" '3 repositories: 3 installed'
	[ ! -e "$BATS_TEST_TMPDIR/outside.git/policy" ] || fail 'a link was followed'
	[ -z "$(find "$HOST" -path '*/hooks/*' -type f -links +1)" ] || fail 'what changes one hook changes another'
	recursive "$HOST"
	[ "$status" -eq 0 ] || fail 'refused'
	assert_said "$HOST/one.git: nothing to change" '3 repositories: 3 nothing to change'
	echo >>"$HOST/one.git/hooks/post-receive"
	recursive --dry-run "$HOST/one.git" "$HOST/team"
	[ "$(wc -l <"$GIT_POLICY_STATE/repositories")" = 3 ] || fail 'not all are known'
	run "$ROOT/install/install" --build "$BUILD" --uninstall --recursive "$HOST"
	assert_said '3 repositories: 3 uninstalled' "$HOST/one.git: uninstalled; pushes to it are judged by nobody" \
		'note: pushes to the 3 uninstalled are judged by nobody from now on'
	[ -z "$(hooks)" ] && [ ! -s "$GIT_POLICY_STATE/repositories" ] || fail 'something stays'
}

@test "one that cannot be served is told, at the end again, and the others are served" {
	printf '#!/bin/sh\nexit 0\n' >"$HOST/team/two.git/hooks/pre-receive"
	git -C "$HOST/one.git" config core.hooksPath "$BATS_TEST_TMPDIR/elsewhere"
	recursive "$HOST"
	[ "$status" -eq 1 ] || fail 'all well?'
	assert_said '3 repositories: 1 installed 2 failed' "  $HOST/team/two.git: hooks/pre-receive is there already" \
		"  $HOST/one.git: git looks for hooks in $BATS_TEST_TMPDIR/elsewhere" 'with blanks: installed'
	[ ! -e "$HOST/one.git/policy" ] && [ ! -e "$HOST/team/two.git/policy" ] || fail 'something changed'
}

@test "refs that nobody can push any more are named on their repository's line, and counted at the end" {
	local tree commit
	recursive --dry-run "$HOST/one.git"
	assert_said '1 repository: 1 installed'
	tree=$(git -C "$HOST/one.git" mktree </dev/null)
	commit=$(git -C "$HOST/one.git" commit-tree "$tree" -m x)
	git -C "$HOST/one.git" update-ref refs/heads/users/erin/x "$commit"
	recursive "$HOST"
	[ "$status" -eq 0 ] || fail 'refused'
	assert_said "$HOST/one.git: installed; 1 ref that no section governs can no longer be pushed: refs/heads/users/erin/x" \
		'3 repositories: 3 installed' 'note: 1 repository has refs that nobody can push now' 'git policy init'
	run "$ROOT/install/install" --build "$BUILD" "$HOST/one.git"
	assert_not_said 'git policy init'
	rm -r "$HOST/one.git/policy"
	run "$ROOT/install/install" --build "$BUILD" "$HOST/one.git"
	assert_said "git policy init --force -C $HOST/one.git"
	run "$BUILD/cli/git-policy" init --force -C "$HOST/one.git" </dev/null
	[ "$status" -eq 0 ] || fail 'not that way'
	run "$ROOT/install/install" --build "$BUILD" "$HOST/one.git"
	assert_not_said 'no section governs'
}

@test "killed in the middle: some are guarded, the others as they were; run again, it goes on" {
	local i names=()
	for i in 1 2 3 4 5 6; do
		git init -q --bare "$HOST/more$i.git"
	done
	mkdir "$BATS_TEST_TMPDIR/stubs"
	printf '%s\n' '#!/bin/sh' "case \$* in *more3.git/hooks/post-receive) kill -9 0 ;; esac" \
		"exec $(command -v mv) \"\$@\"" >"$BATS_TEST_TMPDIR/stubs/mv"
	chmod +x "$BATS_TEST_TMPDIR/stubs/mv"
	run env PATH="$BATS_TEST_TMPDIR/stubs:$PATH" setsid -w "$ROOT/install/install" --build "$BUILD" --recursive "$HOST"
	[ "$status" -eq 137 ] || fail 'not killed'
	[ -x "$HOST/more2.git/hooks/post-receive" ] && [ ! -e "$HOST/more4.git/policy" ] || fail 'not in the middle'
	recursive "$HOST"
	[ "$status" -eq 0 ] || fail 'refused'
	assert_said "$HOST/more2.git: nothing to change" "$HOST/more3.git: refreshed" "$HOST/more4.git: installed"
	cmp "$BUILD/hooks/post-receive" "$HOST/more3.git/hooks/post-receive"
	[ -z "$(find "$HOST" -name '*git-policy-*')" ] || fail 'something is left'
}

@test "on a terminal: a counter, and only what went wrong besides" {
	git -C "$HOST/one.git" config core.hooksPath "$BATS_TEST_TMPDIR/elsewhere"
	run script -q -e -c "$(printf '%q ' "$ROOT/install/install" --build "$BUILD" --recursive "$HOST")" /dev/null
	[ "$status" -eq 1 ] || fail 'all well?'
	assert_said $'\r2 of 3 repositories' $'\r3 of 3 repositories' "error: $HOST/one.git" \
		'3 repositories: 2 installed 1 failed'
	assert_not_said 'two.git: installed'
}

# given_away REPOSITORY...: they are nobody's, and the folders above are open to all.
given_away() {
	[ "$(id -u)" = 0 ] || skip 'only root can give a repository away'
	chmod 0755 "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR/.." "$BATS_TEST_TMPDIR/../.."
	chown -R 65534:65534 "$@"
}

@test "root and others' repositories: nothing of theirs runs but as them, without a terminal, files or words of root's" {
	local one=$HOST/one.git two=$HOST/team/two.git mark=$BATS_TEST_TMPDIR/mark/ran
	mkdir -m 0777 "${mark%/*}"
	chmod 0777 "${mark%/*}"
	printf '%s\n' '#!/bin/sh' '{ id -u; env; ls -l /proc/$$/fd; (: </dev/tty) 2>/dev/null && echo terminal; } >'"$mark" \
		'printf "\033[31mred\n" >&2' 'exec hooks/pre-receive.policy' >"$one/hooks/pre-receive"
	chmod +x "$one/hooks/pre-receive"
	git -C "$two" config core.hooksPath $'/\033[31mred'
	given_away "$HOST"
	SECRET=of-root run script -q -e -c "$(printf '%q ' "$ROOT/install/install" --build "$BUILD" --recursive "$HOST")" \
		/dev/null 7<"$BATS_TEST_FILENAME"
	[ "$status" -eq 1 ] || fail 'all well?'
	assert_said '3 repositories: 2 installed 1 failed' 'hooks in /^[[31mred'
	assert_not_said $'\033[31m'
	[ "$(head -n 1 "$mark")" = 65534 ] || fail 'it did not run, or as root'
	run cat "$mark"
	assert_not_said of-root terminal "$HOME" "$BATS_TEST_FILENAME" /dev/pts /answer
}

@test "what would be fetched when it is looked at is refused, and nothing is run for it" {
	local one=$HOST/one.git mark=$BATS_TEST_TMPDIR/mark
	printf '#!/bin/sh\necho >%s\nexit 1\n' "$mark" >"$BATS_TEST_TMPDIR/upload-pack"
	chmod +x "$BATS_TEST_TMPDIR/upload-pack"
	git -C "$one" config remote.o.url "$HOST/team/two.git"
	git -C "$one" config remote.o.uploadpack "$BATS_TEST_TMPDIR/upload-pack"
	echo 1111111111111111111111111111111111111111 >"$one/refs/heads/main"
	git -C "$one" config core.repositoryFormatVersion 1
	git -C "$one" config extensions.partialClone o
	recursive "$HOST"
	assert_said "$one: its objects are partly elsewhere: it cannot be judged" '2 installed 1 failed'
	git -C "$one" config --unset extensions.partialClone
	git -C "$one" config remote.o.promisor true
	recursive "$one"
	assert_said 'partly elsewhere'
	# Said where we do not look.
	git -C "$one" config --unset remote.o.promisor
	git config --global remote.o.promisor true
	recursive "$one"
	[ "$status" -eq 1 ] || fail 'all well?'
	[ ! -e "$mark" ] || fail 'it ran'
}

@test "a repository that keeps git waiting is given up, and the others are served" {
	mkfifo "$HOST/pipe"
	git -C "$HOST/one.git" config include.path "$HOST/pipe"
	rm "$HOST/team/two.git/config"
	mkfifo "$HOST/team/two.git/config"
	GIT_POLICY_INSTALL_LIMIT=3 recursive "$HOST"
	[ "$status" -eq 1 ] || fail 'all well?'
	assert_said "$HOST/one.git: took longer than 3 s" 'two.git: its config is no file' '1 installed 2 failed'
	given_away "$HOST"
	GIT_POLICY_INSTALL_LIMIT=3 recursive "$HOST"
	assert_said "$HOST/one.git: took longer than 3 s" 'two.git: its config is no file' '2 failed'
}

@test "root refuses what is its own and open to others" {
	[ "$(id -u)" = 0 ] || skip 'only for root'
	chmod o+w "$HOST/one.git/config"
	chown 65534 "$HOST/team"
	recursive "$HOST"
	[ "$status" -eq 1 ] || fail 'all well?'
	assert_said "others may write $HOST/one.git/config" "others may write $HOST/team" '3 failed'
	[ -z "$(hooks)" ] || fail 'something changed'
}
