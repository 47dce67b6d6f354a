# proofs: what the scripts of tests/proof and tests/bench say where something is missing, and that they end when told to.
load helper

setup() {
	world_create
	export TMPDIR=$BATS_TEST_TMPDIR
	cd "$ROOT"
}

@test "a proof without its build says how it is made" {
	local proof
	for proof in differential kills landing log ranges rehearsal storm torture window; do
		run -2 env POLICY_BUILD="$BATS_TEST_TMPDIR/none" "tests/proof/$proof"
		[[ $output == "$proof: no build in $BATS_TEST_TMPDIR/none/: meson setup "* ]]
	done
}

@test "rehearsal wants a clock of its own" {
	install -D /bin/true "$TMPDIR/build/cli/git-policy"
	run -2 env POLICY_BUILD="$TMPDIR/build" tests/proof/rehearsal 1
	[[ $output == *'has no clock of its own: meson setup build-clock -Dclock=env '* ]]
}

@test "a storm that is told to end says how far it came, and leaves nothing" {
	local storm status=0
	env POLICY_BUILD="${POLICY_STATIC:-$BUILD}" tests/proof/storm 100000 2 >"$TMPDIR/said" 2>&1 &
	storm=$!
	until compgen -G "$TMPDIR/git-policy-storm-*" >/dev/null; do
		kill -0 "$storm"
	done
	kill -TERM "$storm"
	wait "$storm" || status=$?
	[ "$status" = 130 ]
	[[ $(<"$TMPDIR/said") == 'seed '*' 0 wrong; '*'; interrupted' ]]
	run ! compgen -G "$TMPDIR/git-policy-storm-*"
}

@test "a table has measured something, or fails" {
	run -2 tests/bench/table "$BUILD" bogus
	[ "$output" = 'Usage: tests/bench/table BUILD [ratio|instructions]' ]
	mkdir "$TMPDIR/bin"
	ln -s "$(command -v bash)" "$TMPDIR/bin"
	run -2 env PATH="$TMPDIR/bin" tests/bench/table "$BUILD" instructions
	[ "$output" = 'table: needs valgrind, which is not on the PATH' ]
}
