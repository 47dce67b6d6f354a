# audit: every judgement is a line, whole and unforgeable by what is pushed; and the lines are held against what happened.
load helper

setup() {
	world_create
	AUDIT=$SERVER/policy/audit.jsonl
	policy_audited <<-'POLICY'
		[audit]
		file = policy/audit.jsonl
	POLICY
	repo_create
	FIRST=$(commit_file 'feat: first' "$ROOT_COMMIT" a.txt first)
	SECOND=$(commit_file 'feat: second' "$FIRST" a.txt second)
}

# policy_audited: the policy of these tests, with the [audit] on standard input.
policy_audited() {
	{
		sed 's/^	*//' <<-'POLICY'
			[branch "locked/*"]
			push = @admins
			[branch "strict"]
			rewrite = grant
			grant = @admins
			[branch "main"]
			rewrite = deny
			[branch "reviewed"]
			direct = deny
			accept = topic by fast-forward
			approvals = 1 bob
			checks = ci tests
			[branch "**"]
			rewrite = allow
			delete = allow
			[user "robot"]
			[group "ci"]
			members = robot
		POLICY
		cat
	} | policy_write
}

# audit_change SCRIPT: the policy on the server, edited by sed.
audit_change() {
	sed -i "$@" "$SERVER/policy/policy.ini"
}

# lines [KEY=VALUE]...: the audit's lines that have these values, checked to be JSON objects of one line each.
lines() {
	perl -MJSON::PP -e '
		my %want = map { split /=/, $_, 2 } @ARGV;
		while (<STDIN>) {
			my $line = decode_json($_);
			die "too long\n" if length > 16384;
			print unless grep { ($line->{$_} // "") ne $want{$_} } keys %want;
		}' "$@" <"${FILE-$AUDIT}"
}

# value KEY...: of standard input, one line of an audit: a member, an element or a member of that, and so on.
value() {
	perl -MJSON::PP -e '
		my $at = decode_json(scalar <STDIN>);
		$at = ref $at eq "ARRAY" ? $at->[$_] : $at->{$_} for @ARGV;
		print ref $at ? JSON::PP->new->canonical->encode($at) : $at // "", "\n"' "$@"
}

# assert_count N [KEY=VALUE]...: so many lines have these values.
assert_count() {
	local count=$1
	shift
	[ "$(lines "$@" | wc -l)" -eq "$count" ] || fail "not $count lines: $*"$'\n'"$(cat "$AUDIT")"
}

event_shown() {
	sed -nE 's/^event ([0-9a-f]{16})$/\1/p' <<<"$output"
}

# server_now TIME: what the clock of the server says, ours and that of git; what libgit2 writes has another.
server_now() {
	grep -q 'publish = no' "$SERVER/policy/policy.ini" || audit_change 's/^version = 1/&\npublish = no/'
	SERVER_ENV=(GIT_POLICY_NOW="$1" GIT_COMMITTER_DATE="$1" GIT_COMMITTER_NAME=server GIT_COMMITTER_EMAIL=server)
}

# server_had [REF COMMIT]...: what the installer found, beside what server_set put there in its absence.
server_had() {
	[ $# -eq 0 ] || server_set "$@"
	{
		git -C "$SERVER" for-each-ref --format='%(objectname) %(refname) %(symref)' |
			sed -e '/ refs\/policy\//d' -e 's/ $//'
		grep ' HEAD ' "$SERVER/policy/refs"
	} >"$BATS_TEST_TMPDIR/refs"
	cat "$BATS_TEST_TMPDIR/refs" >"$SERVER/policy/refs"
}

# verify STATUS TEXT...: git policy audit verify exits so, and says these.
verify() {
	local expected=$1
	shift
	run git_policy audit -C "$SERVER" verify "${FILES[@]}"
	[ "$status" -eq "$expected" ] || fail "verify: not $expected"
	assert_said "$@"
}

@test "an accepted push is a line for each ref, with all there is to know" {
	local line key
	push_ok erin "$FIRST:main" "$FIRST:topic"
	assert_count 2 verdict=accepted
	assert_count 1 ref=refs/heads/main old="$ZERO" new="$FIRST" user=erin hook=pre-receive mode=enforce \
		type=verdict transport=local repository="$(realpath "$SERVER")" event="$(event_shown)"
	line=$(lines ref=refs/heads/main)
	[ "$(value identity <<<"$line")" = '{"value":"erin","variable":"GIT_POLICY_USER"}' ]
	for key in time policy duration_ms repository_id; do
		[ -n "$(value "$key" <<<"$line")" ] || fail "no $key"
	done
	[ "$(stat -c %a "$AUDIT")" = 600 ]
}

@test "a rejected push is a line for each ref, with what was found of it" {
	local line
	push_refused erin "$FIRST:locked/a" "$FIRST:main"
	assert_count 2 verdict=rejected event="$(event_shown)"
	line=$(lines ref=refs/heads/locked/a)
	[ "$(value findings 0 rule <<<"$line")" = push ]
	[ "$(value findings 0 severity <<<"$line")" = error ]
	[ "$(value findings 0 policy <<<"$line")" = policy.ini:"$(grep -n 'push = @admins' "$SERVER/policy/policy.ini" | cut -d : -f 1)" ]
	[ "$(value findings 0 found <<<"$line")" = 'erin may not push here' ]
	[ "$(lines ref=refs/heads/main | value findings)" = '' ]
}

@test "what would have been rejected says so" {
	audit_change 's/^version = 1/&\nmode = evaluate/'
	push_ok erin "$FIRST:locked/a"
	assert_count 1 verdict=accepted would=rejected mode=evaluate
	[ "$(lines | value findings 0 evaluated)" = true ]
	push_ok erin "$FIRST:topic"
	assert_count 1 verdict=accepted would=accepted ref=refs/heads/topic
}

@test "a policy that does not load still says where the audit is" {
	audit_change '$a [branch "broken"]\nnonsense = 1'
	push_refused erin "$FIRST:main"
	assert_count 1 verdict=undecided ref=refs/heads/main new="$FIRST"
	[ "$(lines | value findings 0 rule)" = policy ]
	run git_policy audit -C "$SERVER"
	[ "$status" -eq 2 ] || fail 'audit'
	assert_said "git policy audit $AUDIT"
	run git_policy audit "$AUDIT"
	[ "$status" -eq 0 ] || fail 'audit of a file'
	assert_said undecided
}

@test "updates that cannot be read are one line" {
	run hook pre-receive <<<'nonsense'
	[ "$status" -ne 0 ]
	assert_count 1 verdict=rejected ref=
	run hook pre-receive </dev/null
	assert_count 2 ref=
}

@test "all hooks of a push share its event, whatever stands between them and receive-pack" {
	local name event
	for name in pre-receive post-receive; do
		mv "$SERVER/hooks/$name" "$SERVER/hooks/$name.real"
		printf '#!/bin/sh\nsh -c "exec \\"\\$0\\".real" "$0"; exit $?\n' >"$SERVER/hooks/$name"
		chmod +x "$SERVER/hooks/$name"
	done
	push_ok erin "$FIRST:main" "$FIRST:topic"
	event=$(event_shown)
	assert_count 2 event="$event"
	grep -q " $event" "$SERVER/policy/account/refs/heads/main:log" || fail "not in the account: $event"
	grep -q " $event" "$SERVER/policy/account/refs/heads/topic:log"
	push_ok erin "$SECOND:main"
	[ "$(event_shown)" != "$event" ]
}

@test "update has the event of the push for every ref" {
	rm -rf "$SERVER"
	git init -q --bare "$SERVER"
	server_install "$BATS_TEST_TMPDIR/policy.ini" --per-ref
	rm -f "$AUDIT"
	push erin "$FIRST:refs/heads/main" "$FIRST:refs/heads/locked/a"
	[ "$(event_shown | sort -u | wc -l)" -eq 1 ]
	assert_count 1 hook=update verdict=accepted ref=refs/heads/main event="$(event_shown | head -n 1)"
	assert_count 1 hook=update verdict=rejected ref=refs/heads/locked/a event="$(event_shown | head -n 1)"
	grep -q " $(event_shown | head -n 1)" "$SERVER/policy/account/refs/heads/main:log"
}

@test "machines are told the event too" {
	push erin -o policy.format=json "$FIRST:main"
	[ "$(json_findings type=verdict | sed 's/^remote: //' | value event)" = "$(lines | value event)" ]
}

@test "without [audit] nobody is shown an event" {
	audit_change '/^\[audit\]/,+1d'
	push_ok erin "$FIRST:main"
	[ -z "$(event_shown)" ]
	[ ! -e "$AUDIT" ]
}

@test "a grant that let a move pass is an override" {
	local line
	server_set refs/heads/strict "$SECOND" refs/heads/topic "$FIRST"
	push_ok oscar "$(record_tag "$FIRST" $'back to before\n\nexpires: 2999-01-01T00:00:00Z'):refs/grants/heads/strict/$SECOND/$FIRST/oscar"
	push_ok erin "+$FIRST:strict"
	line=$(lines ref=refs/heads/strict)
	[ "$(value override <<<"$line")" = '{"by":"oscar","reason":"back to before","skipped":["rewrite"]}' ]
	[ "$(value records 0 ref <<<"$line")" = "refs/grants/heads/strict/$SECOND/$FIRST/oscar" ]
}

@test "the records that were asked are told, with what they said" {
	local line
	server_set refs/heads/reviewed "$ROOT_COMMIT" refs/heads/topic "$FIRST"
	push_ok bob "$FIRST:refs/approvals/heads/reviewed/$FIRST/bob"
	push_ok robot "$(record_tag "$FIRST" pass):refs/checks/$FIRST/ci" "$(record_tag "$FIRST" fail):refs/checks/$FIRST/tests"
	push_refused carol "$FIRST:reviewed"
	line=$(lines ref=refs/heads/reviewed)
	[ "$(value records <<<"$line" | tr '{' '\n' | sed -nE 's/.*"ref":"([^"]*)","says":"([^"]*)".*/\2 \1/p' | sort)" = "approve refs/approvals/heads/reviewed/$FIRST/bob
fail refs/checks/$FIRST/tests
pass refs/checks/$FIRST/ci" ] || fail "$line"
}

@test "the policy's hash changes with any of its files" {
	local before
	push_ok erin "$FIRST:a"
	before=$(lines ref=refs/heads/a | value policy)
	push_ok erin "$FIRST:b"
	[ "$(lines ref=refs/heads/b | value policy)" = "$before" ]
	printf '\n# hired today\n[user "zoe"]\n' >"$SERVER/policy/more.ini"
	audit_change 's/^version = 1/&\ninclude = more.ini/'
	push_ok erin "$FIRST:c"
	[ "$(lines ref=refs/heads/c | value policy)" != "$before" ]
	before=$(lines ref=refs/heads/c | value policy)
	printf '# left today\n' >>"$SERVER/policy/more.ini"
	push_ok erin "$FIRST:d"
	[ "$(lines ref=refs/heads/d | value policy)" != "$before" ]
	[ "$(lines ref=refs/heads/d | value policy)" = "$(for file in policy.ini more.ini; do
		printf '%s %s\n' "$(git hash-object "$SERVER/policy/$file")" $file
	done | git hash-object --stdin)" ]
}

@test "nothing that is pushed breaks a line or reaches a terminal" {
	local bad
	bad=$(printf 'tree %s\nauthor Erin <erin@example.org> 1740830400 +0000\ncommitter Erin <erin@example.org> 1740830400 +0000\n\n"}\\\033[31m\342\200\250\377{"ref":"x\n' \
		"$(git -C "$CLIENT" rev-parse "$FIRST^{tree}")" | commit_raw)
	audit_change 's/^\[branch "\*\*"\]/[commit]\nformat = conventional\n&/'
	push_refused erin "$bad:refs/heads/a\"b"
	assert_count 1 verdict=rejected
	push_raw_refused $'er"in\\\e[0m' "$ZERO $FIRST refs/heads/x"$'\e[31m\nrefs/heads/y'
	push erin -o $'"}\e]52;c;\a\n{' "$FIRST:z"
	[ "$(lines | wc -l)" -eq "$(wc -l <"$AUDIT")" ]
	! LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80\xa8' "$AUDIT" || fail 'raw bytes'
}

@test "a line has a bound, and what it leaves out is counted" {
	local at=$FIRST i
	audit_change 's/^\[branch "\*\*"\]/[commit]\nformat = conventional\n&/'
	for ((i = 0; i < 150; i++)); do
		at=$(commit "Bad $i $(printf 'x%.0s' {1..200})" "$at")
	done
	push_refused erin "$at:bad"
	[ "$(wc -c <"$AUDIT")" -le 16384 ]
	[ "$(lines | value findings_cut)" -gt 50 ]
	[ "$(lines | value findings 0 rule)" = format ]
}

@test "eight pushers at once leave eight lines" {
	local i
	for i in {1..8}; do
		git -C "$CLIENT" push -q --receive-pack="$(serve_command erin)" "$SERVER" "$FIRST:refs/heads/a$i" 2>/dev/null &
	done
	wait
	assert_count 8 verdict=accepted
	[ "$(lines | sed -E 's/.*"event":"([0-9a-f]+)".*/\1/' | sort -u | wc -l)" -eq 8 ]
	verify 0
}

# writers COUNT TIMES: so many at once judge a push of 10 refs, again and again.
writers() {
	local i
	for ((i = 0; i < $1; i++)); do
		(
			for ((k = 0; k < $2; k++)); do
				for n in {0..9}; do
					echo "$ZERO $FIRST refs/heads/w$i/$k/$n"
				done | hook pre-receive 2>/dev/null
			done
		) &
	done
}

@test "no line is torn or lost by many writers while the file is moved away" {
	local i
	server_set refs/heads/main "$FIRST"
	writers 16 4
	for i in {1..20}; do
		sleep 0.05
		[ ! -e "$AUDIT" ] || mv "$AUDIT" "$AUDIT.$i"
	done
	wait
	cat "$AUDIT"* >"$BATS_TEST_TMPDIR/all"
	[ "$(FILE=$BATS_TEST_TMPDIR/all lines | wc -l)" -eq 640 ]
	[ "$(sed -E 's/.*"ref":"([^"]*)".*/\1/' "$BATS_TEST_TMPDIR/all" | sort -u | wc -l)" -eq 640 ]
	ls "$AUDIT".* >/dev/null
}

@test "no line is torn where the file is copied and cut, and none is lost under its lock" {
	local i
	server_set refs/heads/main "$FIRST"
	writers 8 4
	for i in {1..20}; do
		sleep 0.05
		[ ! -e "$AUDIT" ] || flock "$AUDIT" sh -c 'cat "$1" >>"$2"; : >"$1"' sh "$AUDIT" "$BATS_TEST_TMPDIR/all"
	done
	wait
	cat "$AUDIT" >>"$BATS_TEST_TMPDIR/all"
	[ "$(FILE=$BATS_TEST_TMPDIR/all lines | wc -l)" -eq 320 ]
}

@test "a torn line is ended before the next one" {
	push_ok erin "$FIRST:a"
	printf '{"time":"2026-01' >>"$AUDIT"
	push_ok erin "$FIRST:b"
	[ "$(wc -l <"$AUDIT")" -eq 3 ]
	run git_policy audit -C "$SERVER"
	[ "$status" -eq 0 ]
	assert_said 'audit.jsonl:2 is no line of an audit' refs/heads/b
}

# assert_unwritten REASON: a push is accepted with a warning; and undecided once the audit is required.
assert_unwritten() {
	push_ok erin "+$FIRST:topic"
	assert_warned audit
	assert_said "the audit file cannot be written: $1"
	audit_change 's/^file = .*/&\nrequired = yes/'
	push_refused erin "+$SECOND:topic"
	assert_rule audit
	assert_said "the audit file cannot be written: $1" 'event '
}

@test "a symbolic link is no audit file" {
	ln -s "$BATS_TEST_TMPDIR/elsewhere" "$AUDIT"
	assert_unwritten 'it is a symbolic link'
	[ ! -e "$BATS_TEST_TMPDIR/elsewhere" ]
}

@test "a FIFO is no audit file" {
	mkfifo "$AUDIT"
	assert_unwritten 'it is no regular file'
}

@test "a folder is no audit file" {
	mkdir "$AUDIT"
	assert_unwritten 'it is a folder'
}

@test "a folder that is not there is not made" {
	audit_change 's,^file = .*,file = policy/missing/audit.jsonl,'
	assert_unwritten 'No such file or directory'
	assert_said "mkdir -p $(realpath "$SERVER")/policy/missing && chown "
}

@test "a file that nobody may write stops what requires it" {
	[ "$(id -u)" -ne 0 ] || skip 'root may write all files'
	touch "$AUDIT"
	chmod 400 "$AUDIT"
	assert_unwritten 'Permission denied'
}

hook_on_a_full_disk() {
	ulimit -f 1
	hook "$@"
}

@test "a disk that is full loses whole pushes, never a part of one" {
	local before
	head -c 1000 /dev/zero | tr '\0' x | sed 's/^/{/; s/$/\n/' >"$AUDIT"
	before=$(cksum <"$AUDIT")
	for _ in no yes; do
		run hook_on_a_full_disk pre-receive <<<"$ZERO $FIRST refs/heads/a"
		[ "$(cksum <"$AUDIT")" = "$before" ] || fail 'something was left'
		assert_said 'the audit file cannot be written'
		audit_change 's/^file = .*/&\nrequired = yes/'
	done
	[ "$status" -eq 2 ]
}

@test "in evaluate mode a required audit that cannot be written is told only" {
	audit_change -e 's/^version = 1/&\nmode = evaluate/' -e 's/^file = .*/&\nrequired = yes/'
	mkdir "$AUDIT"
	push_ok erin "$FIRST:topic"
	assert_said 'the audit file cannot be written'
}

@test "lines are asked for by ref, user, event, verdict and time" {
	local all
	SERVER_ENV=(GIT_POLICY_NOW=2026-01-31T12:00:00Z)
	push_ok erin "$FIRST:main"
	SERVER_ENV=(GIT_POLICY_NOW=2026-02-01T12:00:00Z)
	push_refused bob "$FIRST:locked/a"
	SERVER_ENV=(GIT_POLICY_NOW=2026-02-02T12:00:00Z)
	push_ok bob "$SECOND:main"
	all="$(lines)"
	asked() {
		local expected=$1
		shift
		output=$(git_policy audit -C "$SERVER" --json "$@" 2>&1)
		[ "${output##*$'\n'}" = '{"type":"verdict","verdict":"accepted","findings":0}' ] || fail "no verdict: $*"
		output=$(sed '$d' <<<"$output")
		[ "$(grep -c . <<<"$output")" -eq "$expected" ] || fail "not $expected: $*"
	}
	asked 3
	[ "$output" = "$all" ]
	asked 2 --ref main
	asked 2 --ref refs/heads/main
	asked 1 --ref locked/a
	asked 2 --user bob
	asked 1 --event "$(head -n 1 <<<"$all" | value event)"
	asked 2 --verdict accepted
	asked 1 --verdict rejected
	asked 2 --since 2026-02-01T00:00:00Z
	asked 1 --since 2026-02-01T00:00:00Z --until 2026-02-02T00:00:00Z
	asked 1 --since 2026-02-01 --until 2026-02-02
	asked 1 --user bob --ref main "$AUDIT"
	GIT_POLICY_NOW=2026-02-02T13:00:00Z asked 2 --since 2d
	run git_policy audit -C "$SERVER" --ref locked/a
	assert_said '2026-02-01T12:00:00Z ' ' rejected bob refs/heads/locked/a 0000000..' 'error: push: bob may not push here'
	run git_policy audit -C "$SERVER" --since yesterday
	[ "$status" -eq 2 ]
	assert_said 'yesterday: no time'
	assert_not_said 'could not decide'
	run git_policy audit -C "$SERVER" --verdict fine
	[ "$status" -eq 2 ]
}

@test "verify: what the server does itself needs no verdict" {
	server_had refs/heads/reviewed "$ROOT_COMMIT" refs/heads/topic "$FIRST"
	push_ok bob "$FIRST:refs/approvals/heads/reviewed/$FIRST/bob"
	push_ok robot "$(record_tag "$FIRST" pass):refs/checks/$FIRST/ci" "$(record_tag "$FIRST" pass):refs/checks/$FIRST/tests"
	push_ok carol "$FIRST:reviewed"
	assert_no_ref "refs/approvals/heads/reviewed/$FIRST/bob"
	push_ok erin "$FIRST:main" "$FIRST:a"
	push_ok erin :a "$SECOND:main"
	push_refused erin "$FIRST:locked/a"
	FILES=("$AUDIT")
	verify 0
	assert_not_said error:
}

@test "verify: a ref that is moved locally is named" {
	push_ok erin "$FIRST:main"
	git -C "$SERVER" update-ref refs/heads/main "$ROOT_COMMIT"
	verify 1 "error: refs/heads/main: moved from ${FIRST:0:7} to ${ROOT_COMMIT:0:7} at " 'by nobody knows whom, which no verdict accepted'
	push_ok erin "$FIRST:main"
	verify 1 "error: refs/heads/main: moved from ${FIRST:0:7} to ${ROOT_COMMIT:0:7} at "
}

@test "verify: a ref that is moved behind git's back is named" {
	push_ok erin "$FIRST:main" "$SECOND:topic"
	echo "$SECOND" >"$SERVER/refs/heads/main"
	verify 1 "error: refs/heads/main: is at ${SECOND:0:7}, and neither its account nor its reflog go further than ${FIRST:0:7}"
	rm "$SERVER/refs/heads/main"
	verify 1 'error: refs/heads/main: is at nothing, '
}

@test "verify: a ref that is made locally, and leaves no trace, is named" {
	push_ok erin "$FIRST:main"
	git -C "$SERVER" -c core.logAllRefUpdates=false update-ref refs/heads/evil "$FIRST"
	verify 1 "error: refs/heads/evil: nothing says how it came to ${FIRST:0:7}"
}

@test "verify: an account that misses a line is named" {
	push_ok erin "$ROOT_COMMIT:main"
	push_ok erin "$FIRST:main"
	push_ok erin "$SECOND:main"
	sed -i 2d "$SERVER/policy/account/refs/heads/main:log"
	verify 1 "error: refs/heads/main: its account has nothing between ${ROOT_COMMIT:0:7} and ${FIRST:0:7}, before "
}

@test "verify: a verdict that was taken out or changed is missed" {
	push_ok erin "$ROOT_COMMIT:main"
	push_ok erin "$FIRST:main"
	push_ok erin "$SECOND:main"
	cp "$AUDIT" "$BATS_TEST_TMPDIR/whole"
	sed -i 2d "$AUDIT"
	verify 1 "moved from ${ROOT_COMMIT:0:7} to ${FIRST:0:7} at" 'by erin, event'
	sed "2s/accepted/rejected/" "$BATS_TEST_TMPDIR/whole" >"$AUDIT"
	verify 1 "moved from ${ROOT_COMMIT:0:7} to ${FIRST:0:7} at"
	sed "2s/\"ref\"/\"reff\"/; 2s/}\$//" "$BATS_TEST_TMPDIR/whole" >"$AUDIT"
	verify 1 "moved from ${ROOT_COMMIT:0:7} to ${FIRST:0:7} at" 'audit.jsonl:2 is no line of an audit'
}

@test "verify: lines that do not follow one another are named" {
	server_now 2026-01-31T12:00:00Z
	push_ok erin "$ROOT_COMMIT:main"
	server_now 2026-02-01T12:00:00Z
	push_ok erin "$FIRST:main"
	sed -i '1h; 1d; $G' "$AUDIT"
	verify 0 'warning: audit: ' 'audit.jsonl:2 is of 2026-01-31T12:00:00Z and comes after one of 2026-02-01T12:00:00Z'
}

@test "verify: a crash before the account is a note, one after the verdict too" {
	push_ok erin "$ROOT_COMMIT:main"
	chmod -x "$SERVER/hooks/post-receive"
	push_ok erin "$FIRST:main" "$SECOND:topic"
	chmod +x "$SERVER/hooks/post-receive"
	hook pre-receive <<<"$FIRST $SECOND refs/heads/main"
	verify 0 "note: refs/heads/main: moved from ${ROOT_COMMIT:0:7} to ${FIRST:0:7} at" 'nobody wrote down who pushed it' \
		"not moved from ${FIRST:0:7} to ${SECOND:0:7}"
}

@test "verify: files may be given in any order, and what is older than all of them is not asked about" {
	push_ok erin "$ROOT_COMMIT:main"
	mv "$AUDIT" "$AUDIT.2"
	push_ok erin "$FIRST:main"
	mv "$AUDIT" "$AUDIT.1"
	push_ok erin "$SECOND:main"
	FILES=("$AUDIT" "$AUDIT.2" "$AUDIT.1")
	verify 0
	FILES=("$AUDIT" "$AUDIT.2")
	verify 1 "moved from ${ROOT_COMMIT:0:7} to ${FIRST:0:7}"
}

@test "verify: without a line about this repository nothing can be told" {
	server_had refs/heads/main "$FIRST"
	: >"$AUDIT"
	verify 2 'there is no line of an audit about this repository'
	git init -q --bare "$BATS_TEST_TMPDIR/other.git"
	FILES=("$BATS_TEST_TMPDIR/nowhere")
	run git_policy audit -C "$SERVER" verify "${FILES[@]}"
	[ "$status" -eq 2 ]
}

@test "verify: a ref pushed by another name has moved by its own" {
	server_had refs/heads/main "$ROOT_COMMIT"
	git -C "$SERVER" symbolic-ref refs/heads/alias refs/heads/main
	server_had
	push erin "$FIRST:refs/heads/alias"
	[ "$status" -eq 0 ]
	verify 0
	assert_not_said note:\ refs/
}

@test "verify: a repository that was moved knows its lines" {
	push_ok erin "$FIRST:main"
	mv "$SERVER" "$BATS_TEST_TMPDIR/moved.git"
	run git_policy audit -C "$BATS_TEST_TMPDIR/moved.git" verify
	[ "$status" -eq 0 ]
}

@test "a commit that is made is not audited" {
	push_ok erin "$FIRST:main"
	printf 'feat: x\n' >"$BATS_TEST_TMPDIR/message"
	(cd "$SERVER" && "$BUILD/hooks/commit-msg" "$BATS_TEST_TMPDIR/message") || true
	git_policy explain -C "$SERVER" main >/dev/null
	assert_count 1
}

@test "verify: a local move that calls itself older than the audit is named all the same" {
	server_had refs/heads/quiet "$FIRST"
	push_ok erin "$FIRST:main"
	GIT_COMMITTER_DATE='1000000000 +0000' git -C "$SERVER" update-ref refs/heads/main "$ROOT_COMMIT"
	GIT_COMMITTER_DATE='1000000000 +0000' git -C "$SERVER" update-ref refs/heads/quiet "$ROOT_COMMIT"
	verify 1 "error: refs/heads/quiet: moved from ${FIRST:0:7} to ${ROOT_COMMIT:0:7} by nobody knows whom, by its reflog at 2001" \
		"but it was at ${FIRST:0:7} when the policy was installed"
	rm "$SERVER/policy/refs"
	verify 1 "error: refs/heads/main: moved from ${FIRST:0:7} to ${ROOT_COMMIT:0:7} at 2001-09-09T01:46:40Z by nobody knows whom" \
		"warning: refs/heads/quiet: moved from ${FIRST:0:7} to ${ROOT_COMMIT:0:7} by nobody knows whom, by its reflog at 2001"
}

@test "what is no audit is never written to" {
	audit_change 's,^file = .*,file = config,'
	cp "$SERVER/config" "$BATS_TEST_TMPDIR/config"
	assert_unwritten 'it is no audit'
	cmp "$SERVER/config" "$BATS_TEST_TMPDIR/config"
}

@test "the installer's trial of the hooks is in no audit" {
	[ ! -e "$AUDIT" ] || fail "$(cat "$AUDIT")"
}

@test "an audit that is not there is no fault; one that is compressed says how to read it" {
	run git_policy audit -C "$SERVER"
	[ "$status" -eq 0 ]
	assert_said 'note: ' 'audit.jsonl is not there'
	push_ok erin "$FIRST:main"
	mv "$AUDIT" "$AUDIT.1"
	FILES=("$AUDIT" "$AUDIT.1")
	verify 0 'audit.jsonl is not there'
	gzip "$AUDIT.1"
	run git_policy audit "$AUDIT.1.gz"
	[ "$status" -eq 2 ]
	assert_said 'audit.jsonl.1.gz is compressed' "zcat $AUDIT.1.gz | git policy audit -"
	run git_policy audit - < <(zcat "$AUDIT.1.gz")
	[ "$status" -eq 0 ]
	assert_said refs/heads/main
}

@test "verify: what is later than the lines given waits for the current file, and is no accusation" {
	server_now 2026-01-31T12:00:00Z
	push_ok erin "$ROOT_COMMIT:main"
	mv "$AUDIT" "$AUDIT.1"
	server_now 2026-02-01T12:00:00Z
	push_ok erin "$FIRST:main"
	FILES=("$AUDIT.1")
	verify 2 'later than the last line given, of 2026-01-31T12:00:00Z: give the current file as well'
	assert_not_said 'which no verdict accepted'
	FILES=("$AUDIT.1" "$AUDIT")
	verify 0
	rm "$AUDIT"
	FILES=("$AUDIT.1")
	verify 1 'which no verdict accepted'
}

# installed_with REF COMMIT...: a server that had these when the policy was installed, and has had a push since.
installed_with() {
	rm -rf "$SERVER"
	git init -q --bare "$SERVER"
	server_set "$@"
	server_install
	push_ok erin "$SECOND:pushed"
	verify 0
}

@test "verify: what was there when the policy was installed is followed from there" {
	installed_with refs/heads/main "$FIRST" refs/heads/old "$ROOT_COMMIT" refs/heads/quiet "$FIRST"
	git -C "$SERVER" update-ref -d refs/heads/old
	git -C "$SERVER" -c core.logAllRefUpdates=false update-ref refs/heads/main "$ROOT_COMMIT"
	git -C "$SERVER" update-ref refs/heads/quiet "$ROOT_COMMIT"
	git -C "$SERVER" update-ref refs/heads/evil "$ROOT_COMMIT"
	verify 1 "error: refs/heads/old: nothing says how it came to nothing: it was at ${ROOT_COMMIT:0:7} when the policy was installed" \
		"error: refs/heads/main: nothing says how it came to ${ROOT_COMMIT:0:7}: it was at ${FIRST:0:7} when" \
		"error: refs/heads/quiet: moved from ${FIRST:0:7} to ${ROOT_COMMIT:0:7} by nobody knows whom, by its reflog at 2025" \
		"error: refs/heads/evil: moved from nothing to ${ROOT_COMMIT:0:7} by nobody knows whom, by its reflog at 2025"
	rm "$SERVER/policy/refs"
	verify 0 'note: audit: policy/refs is not there'
	echo nonsense >"$SERVER/policy/refs"
	verify 2 'policy/refs has a line that is no ref'
}

@test "verify: moves from before the policy, and pushes since of what was there, are in order" {
	rm -rf "$SERVER"
	git init -q --bare "$SERVER"
	git -C "$SERVER" config core.logAllRefUpdates always
	server_set refs/heads/main "$ROOT_COMMIT" refs/heads/old "$ROOT_COMMIT" refs/heads/pushed "$ROOT_COMMIT"
	server_set refs/heads/main "$FIRST"
	server_set refs/heads/main "$ROOT_COMMIT"
	server_install
	push_ok erin "$SECOND:main" :old "$FIRST:pushed"
	verify 0
	assert_not_said warning: error:
}

@test "verify: a ref that became symbolic, or leads elsewhere, is named; HEAD is a note" {
	rm -rf "$SERVER"
	git init -q --bare "$SERVER"
	server_set refs/heads/main "$FIRST" refs/heads/bad "$SECOND"
	git -C "$SERVER" symbolic-ref refs/heads/alias refs/heads/main
	server_install
	push_ok erin "$FIRST:topic"
	verify 0
	git -C "$SERVER" symbolic-ref refs/heads/topic refs/heads/bad
	git -C "$SERVER" symbolic-ref refs/heads/alias refs/heads/bad
	git -C "$SERVER" symbolic-ref HEAD refs/heads/bad
	verify 1 'error: refs/heads/topic: has become a symbolic ref, to refs/heads/bad: no push makes one' \
		'error: refs/heads/alias: was a symbolic ref to refs/heads/main when the policy was installed, and is one to refs/heads/bad now' \
		'note: HEAD: led to refs/heads/main when the policy was installed, and no longer does'
	rm "$SERVER/policy/refs"
	verify 1 'error: refs/heads/topic: has become a symbolic ref'
}

@test "verify: when the policy was published is the server's own affair" {
	local published
	push_ok erin "$FIRST:main"
	published=$(git -C "$SERVER" rev-parse refs/policy/current)
	git -C "$SERVER" update-ref -d refs/policy/current
	GIT_COMMITTER_DATE='2099-01-01T00:00:00Z' git -C "$SERVER" update-ref refs/policy/current "$published"
	verify 0
}

@test "verify: a ref that is deleted locally and made again is named, be it where it was" {
	push_ok erin "$FIRST:main"
	git -C "$SERVER" update-ref -d refs/heads/main
	GIT_COMMITTER_DATE='2099-01-01T00:00:00Z' git -C "$SERVER" update-ref refs/heads/main "$FIRST"
	verify 1 'error: refs/heads/main: its reflog begins anew at 2099-01-01T00:00:00Z, and its account has it made at'
}
