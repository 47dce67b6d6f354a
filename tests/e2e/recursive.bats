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
	[ "$(stat -c %i "$HOST/one.git/hooks/pre-receive")" = "$(stat -c %i "$HOST/team/two.git/hooks/pre-receive")" ] ||
		fail 'a copy for each'
	recursive "$HOST"
	[ "$status" -eq 0 ] || fail 'refused'
	assert_said "$HOST/one.git: nothing to change" '3 repositories: 3 nothing to change'
	echo >>"$HOST/one.git/hooks/post-receive"
	recursive --dry-run "$HOST/one.git" "$HOST/team"
	[ "$(wc -l <"$GIT_POLICY_STATE/repositories")" = 3 ] || fail 'not all are known'
	run "$ROOT/install/install" --build "$BUILD" --uninstall --recursive "$HOST"
	assert_said '3 repositories: 3 uninstalled'
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
