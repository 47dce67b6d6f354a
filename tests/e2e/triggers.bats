# triggers: programs started once a ref has moved: what they are told, how they run, and that no push waits for them.
load helper

setup() {
	world_create
	TOLD=$BATS_TEST_TMPDIR/told
	mkdir "$TOLD"
	# What every program of the tests begins with: its standard input, kept under its own name.
	program deploy "cat >>'$TOLD/deploy'"
	program mail "cat >>'$TOLD/mail'"
	policy_write <<-POLICY
		[branch "main"]
		trigger = deploy mail
		delete = allow
		rewrite = allow
		[branch "develop"]
		trigger = deploy
		accept = feature/* by squash merge
		         fix/* by squash merge
		[branch "base"]
		[branch "feature/*"]
		delete = merged develop
		rewrite = allow
		[branch "fix/*"]
		[branch "**"]
		delete = deny
		[tag "v{semver}"]
		trigger = mail
		[deploy "production/live"]
		trigger = deploy
		[deploy "production/rollback"]
		trigger = deploy
		[trigger "deploy"]
		run = $BATS_TEST_TMPDIR/bin/deploy
		[trigger "mail"]
		run = $BATS_TEST_TMPDIR/bin/mail
		timeout = 20s
		[audit]
		file = policy/audit.log
	POLICY
	repo_create
	git -C "$SERVER" config receive.denyDeleteCurrent ignore
	push_ok erin "$ROOT_COMMIT:base"
}

# release_tag NAME: prints the id of an annotated tag of the root commit.
release_tag() {
	printf 'object %s\ntype commit\ntag %s\ntagger E <e@example.org> 1740830400 +0000\n\n%s\n' "$ROOT_COMMIT" "$1" "$1" |
		git -C "$CLIENT" mktag
}

# program NAME COMMANDS: what the trigger NAME runs.
program() {
	mkdir -p "$BATS_TEST_TMPDIR/bin"
	printf '#!/bin/bash\n%s\n' "$2" >"$BATS_TEST_TMPDIR/bin/$1"
	chmod +x "$BATS_TEST_TMPDIR/bin/$1"
}

# settle: returns when no trigger waits or runs any more.
settle() {
	git_policy -C "$SERVER" triggers >/dev/null || fail 'git policy triggers'
}

# told NAME KEY=VALUE...: NAME was told of exactly one event with these values; its line is in $event.
told() {
	local name=$1
	shift
	event=$(events "$name" "$@")
	[ "$(grep -c . <<<"$event")" = 1 ] || fail "$name was told: $(cat "$TOLD/$name" 2>&1)"
}

# events NAME KEY=VALUE...: prints every event that NAME was told and that has these values.
events() {
	local name=$1
	shift
	touch "$TOLD/$name"
	perl -MJSON::PP -e '
		my %want = map { split /=/, $_, 2 } @ARGV;
		while (<STDIN>) {
			my $e = decode_json($_);
			print unless grep { ($e->{$_} // "") ne $want{$_} } keys %want;
		}' "$@" <"$TOLD/$name"
}

# field PATH: what the event has there ("landings.0.head"), as JSON unless it is a text.
field() {
	perl -MJSON::PP -e '
		my $at = decode_json(join "", <STDIN>);
		$at = ref $at eq "ARRAY" ? $at->[$_] : $at->{$_} for split /\./, $ARGV[0];
		print ref $at ? JSON::PP->new->canonical->encode($at) : $at // "none"' "$1" <<<"$event"
}

# spooled: every file of the spool that is no lock.
spooled() {
	find "$SERVER/policy/spool" -type f ! -name ':lock' 2>/dev/null | sort
}

audited() { # NAME PATTERN
	grep '"type":"trigger"' "$SERVER/policy/audit.log" | grep -F "\"trigger\":\"$1\"" | grep -E "$2" ||
		fail "not in the audit: $1 $2: $(cat "$SERVER/policy/audit.log")"
}

# without_hook COMMAND...: while post-receive cannot be run.
without_hook() {
	chmod -x "$SERVER/hooks/post-receive"
	"$@"
	chmod +x "$SERVER/hooks/post-receive"
}

@test "an event says what happened, when, where, by whom and how" {
	local first account
	first=$(commit 'feat: a' "$ROOT_COMMIT")
	SERVER_ENV=(SSH_CONNECTION='192.0.2.1 1 192.0.2.2 22')
	push_ok erin "$ROOT_COMMIT:main"
	push_ok erin "$first:main"
	settle
	told deploy kind=create
	told mail kind=forward
	[ "$(field ref) $(field name) $(field user)" = 'refs/heads/main main erin' ] || fail "$event"
	[ "$(field old) $(field new) $(field commit)" = "$ROOT_COMMIT $first $first" ] || fail "$event"
	[ "$(field trigger) $(field transport)" = 'mail ssh' ] || fail "$event"
	[ "$(field identity)" = '{"value":"erin","variable":"GIT_POLICY_USER"}' ] || fail "$event"
	[ "$(field repository)" = "$(cd "$SERVER" && pwd -P)" ] || fail "$event"
	account=$(tail -n 1 "$SERVER/policy/account/refs/heads/main:log")
	[ "$(field time) $(field event)" = "$(cut -d ' ' -f 1,6 <<<"$account" )" ] || fail "$event, not $account"
	audited mail "\"event\":\"$(field event)\".*\"ref\":\"refs/heads/main\",\"status\":0,\"duration_ms\":[0-9]"
	[ -z "$(spooled)" ] || fail "left: $(spooled)"
}

@test "one event a push, for all its refs; a rewrite and a deletion are told as such" {
	local other
	other=$(commit 'feat: a')
	push_ok erin "$ROOT_COMMIT:main" "$ROOT_COMMIT:develop"
	push_ok erin "+$other:main"
	push_ok erin :main
	settle
	[ "$(events deploy kind=create | sed 's/.*"event":"\([^"]*\)".*/\1/' | sort -u | wc -l)" = 1 ] ||
		fail "$(cat "$TOLD/deploy")"
	[ "$(events deploy kind=create | wc -l)" = 2 ] || fail "$(cat "$TOLD/deploy")"
	told mail kind=rewrite "old=$ROOT_COMMIT" "new=$other"
	told mail kind=delete "old=$other" "new=$ZERO" commit=
	[ "$(events deploy | sed 's/.*"kind":"\([a-z]*\)".*/\1/' | xargs)" = 'create create rewrite delete' ] ||
		fail "out of order: $(cat "$TOLD/deploy")"
}

@test "tags and deploys are told with the commit they come to" {
	local tag
	push_ok erin "$ROOT_COMMIT:main"
	tag=$(release_tag v1.0.0)
	push_ok erin "$tag:refs/tags/v1.0.0"
	push_ok erin "$(record_tag "$ROOT_COMMIT" 'it is ready'):refs/deploy/production/live"
	settle
	told mail ref=refs/tags/v1.0.0 name=v1.0.0 kind=create "new=$tag" "commit=$ROOT_COMMIT"
	told deploy ref=refs/deploy/production/live name=production/live kind=deploy "commit=$ROOT_COMMIT"
}

@test "what landed is told, with its head and where it came from; other branches tell nothing" {
	local head squash
	push_ok erin "$ROOT_COMMIT:develop"
	head=$(commit_file 'feat: a' "$ROOT_COMMIT" a one)
	push_ok erin "$head:feature/a"
	squash=$(squash 'feat: a' "$ROOT_COMMIT" "$head")
	push_ok ivy "$squash:develop"
	settle
	told deploy kind=forward
	[ "$(field landings)" = "[{\"approvers\":[],\"head\":\"$head\",\"method\":\"squash\",\"sources\":[\"refs/heads/feature/a\"]}]" ] ||
		fail "$event"
	[ "$(wc -l <"$TOLD/deploy")" = 2 ] || fail "$(cat "$TOLD/deploy")"
}

@test "no push waits for a trigger, nor one trigger for another" {
	mkfifo "$BATS_TEST_TMPDIR/gate"
	program deploy "cat '$BATS_TEST_TMPDIR/gate' >/dev/null; cat >>'$TOLD/deploy'"
	program mail "cat >>'$TOLD/mail'; echo done >'$BATS_TEST_TMPDIR/mailed'"
	mkfifo "$BATS_TEST_TMPDIR/mailed"
	push_ok erin "$ROOT_COMMIT:main"
	[ "$(timeout 60 cat "$BATS_TEST_TMPDIR/mailed")" = done ] || fail 'mail waits'
	[ ! -e "$TOLD/deploy" ] || fail 'deploy did not wait'
	push_ok erin "$(commit 'feat: a' "$ROOT_COMMIT"):main"
	[ "$(timeout 60 cat "$BATS_TEST_TMPDIR/mailed")" = done ] || fail 'mail waits'
	# the first of deploy's runs; and when that has left the gate, the second
	timeout 60 bash -c ": >'$BATS_TEST_TMPDIR/gate'; until [ -s '$TOLD/deploy' ]; do sleep 0.01; done"
	timeout 60 bash -c ": >'$BATS_TEST_TMPDIR/gate'"
	settle
	[ "$(events deploy | sed 's/.*"kind":"\([a-z]*\)".*/\1/' | xargs)" = 'create forward' ] || fail "$(cat "$TOLD/deploy")"
}

@test "a trigger has its standard streams and nothing else, and an environment of its own" {
	SERVER_ENV=(SECRET=1 GIT_CONFIG_COUNT=0 HOME="$HOME") # the same whoever gets to run it
	program deploy "cat >/dev/null
		ls -l /proc/self/fd >'$TOLD/fds'; env >'$TOLD/env'; pwd -P >'$TOLD/pwd'; ulimit -a >'$TOLD/limits'
		grep NoNewPrivs /proc/self/status >'$TOLD/privileges'; ps -o pid=,sid=,pgid= -p \$\$ >'$TOLD/session'"
	ulimit -a >"$TOLD/limits.here"
	push_ok erin "$ROOT_COMMIT:develop"
	settle
	# ls itself holds the folder that it lists
	[ "$(awk '/->/ { print $9 }' "$TOLD/fds" | sort -n | xargs)" = '0 1 2 3' ] || fail "$(cat "$TOLD/fds")"
	grep -q '2 -> /dev/null' "$TOLD/fds" || fail "$(cat "$TOLD/fds")"
	[ "$(cut -d = -f 1 "$TOLD/env" | grep -vE '^(_|SHLVL|PWD|OLDPWD)$' | sort | xargs)" = 'HOME LANG PATH' ] ||
		fail "$(cat "$TOLD/env")"
	grep -qxF HOME="$HOME" "$TOLD/env" || fail "$(cat "$TOLD/env")"
	[ "$(cat "$TOLD/pwd")" = "$(cd "$SERVER" && pwd -P)" ] || fail "$(cat "$TOLD/pwd")"
	grep -qE 'NoNewPrivs:\s*0' "$TOLD/privileges" || grep -qE 'NoNewPrivs:\s*1' /proc/self/status ||
		fail "$(cat "$TOLD/privileges")"
	diff "$TOLD/limits.here" "$TOLD/limits" || fail 'other limits'
}

@test "what fails is done with, and told to the audit: a status, a program that takes too long" {
	program deploy 'exit 7'
	push_ok erin "$ROOT_COMMIT:develop"
	settle
	audited deploy '"status":7'
	sed -i 's/^timeout = 20s/timeout = 1s/' "$SERVER/policy/policy.ini"
	mkfifo "$BATS_TEST_TMPDIR/open"
	program mail "sleep 1000 >'$BATS_TEST_TMPDIR/open' & wait"
	push_ok erin "$(release_tag v1.0.0):refs/tags/v1.0.0"
	# the pipe ends when the last of its family is gone
	timeout 60 cat "$BATS_TEST_TMPDIR/open"
	settle
	audited mail '"problem":"[^"]*took too long'
	[ -z "$(spooled)" ] || fail "left: $(spooled)"
}

# tries NAME: how often it is in the audit.
tries() {
	grep '"type":"trigger"' "$SERVER/policy/audit.log" | grep -cF "\"trigger\":\"$1\""
}

@test "what cannot be started waits, in its order, and is tried again by every run" {
	local first
	first=$(commit 'feat: a' "$ROOT_COMMIT")
	mv "$BATS_TEST_TMPDIR/bin/deploy" "$BATS_TEST_TMPDIR/gone"
	push_ok erin "$ROOT_COMMIT:develop"
	push_ok erin "$first:develop"
	settle
	audited deploy '"problem":"[^"]*No such file'
	[ "$(spooled | wc -l)" = 2 ] || fail "left: $(spooled)"
	before=$(tries deploy)
	settle
	[ "$(tries deploy)" = "$((before + 1))" ] || fail "not tried once: $(cat "$SERVER/policy/audit.log")"
	mv "$BATS_TEST_TMPDIR/gone" "$BATS_TEST_TMPDIR/bin/deploy"
	chmod -x "$BATS_TEST_TMPDIR/bin/deploy"
	settle
	audited deploy '"problem":"[^"]*Permission denied'
	chmod +x "$BATS_TEST_TMPDIR/bin/deploy"
	settle
	[ "$(events deploy | sed 's/.*"new":"\([0-9a-f]*\)".*/\1/' | xargs)" = "$ROOT_COMMIT $first" ] ||
		fail "$(cat "$TOLD/deploy")"
	[ -z "$(spooled)" ] || fail "left: $(spooled)"
}

@test "of what can never be started a thousand wait; the oldest are dropped, and told" {
	local i
	rm "$BATS_TEST_TMPDIR/bin/mail"
	mkdir -p "$SERVER/policy/spool/mail"
	for i in {1001..2002}; do
		printf '%s\n' "2025-03-01T12:00:00Z erin refs/heads/main $ZERO $ROOT_COMMIT 000000000000$i" \
			"{\"event\":\"000000000000$i\"}" >"$SERVER/policy/spool/mail/0000000000000000$i"
	done
	settle
	[ "$(spooled | wc -l)" = 1000 ] || fail "left: $(spooled | wc -l)"
	audited mail '"event":"0000000000001002".*"problem":"[^"]*No such file[^"]*; dropped: 1000 later ones wait'
	[ "$(tries mail)" = 3 ] || fail "$(tries mail) tries"
}

@test "a trigger that the policy has no more is dropped, and told" {
	push_ok erin "$ROOT_COMMIT:feature/a"
	chmod -x "$BATS_TEST_TMPDIR/bin/deploy"
	mkdir -p "$SERVER/policy/spool/gone"
	printf '%s\n' "2025-03-01T12:00:00Z erin refs/heads/main $ZERO $ROOT_COMMIT 0123456789abcdef" \
		'{"event":"0123456789abcdef"}' >"$SERVER/policy/spool/gone/00000000000000000001"
	run git_policy -C "$SERVER" triggers
	assert_said 'gone of refs/heads/main: the policy has no such trigger any more'
	audited gone '"event":"0123456789abcdef".*"problem":"the policy has no such trigger'
	[ -z "$(spooled)" ] || fail "left: $(spooled)"
}

@test "what post-receive missed gets its triggers from the next run about that ref, or from git policy triggers" {
	local first second
	first=$(commit 'feat: a' "$ROOT_COMMIT") second=$(commit 'feat: b' "$ROOT_COMMIT")
	push_ok erin "$ROOT_COMMIT:main"
	without_hook push_ok erin "$first:main"
	push_ok erin "$(commit 'feat: c' "$first"):main"
	without_hook push_ok erin "$second:develop"
	push_ok erin "$second:feature/other"
	settle
	told mail kind=forward "new=$first"
	[ "$(field user) $(field transport)" = 'none none' ] || fail "$event"
	[ "$(sed -n 2p "$SERVER/policy/account/refs/heads/main:log" | cut -d ' ' -f 2,6,7)" = "? $(field event) missed" ] ||
		fail "$(cat "$SERVER/policy/account/refs/heads/main:log")"
	told deploy ref=refs/heads/develop kind=create "new=$second"
	[ "$(cut -d ' ' -f 2,6,8- "$SERVER/policy/account/refs/heads/develop:log")" = "? $(field event) missed" ] ||
		fail "$(cat "$SERVER/policy/account/refs/heads/develop:log")"
	settle
	[ "$(wc -l <"$TOLD/deploy") $(wc -l <"$TOLD/mail")" = '4 3' ] || fail "$(cat "$TOLD/deploy" "$TOLD/mail")"
}

@test "a deletion that was missed is made good without another push" {
	push_ok erin "$ROOT_COMMIT:main"
	without_hook push_ok erin :main
	settle
	told mail kind=delete "old=$ROOT_COMMIT"
	settle
	[ "$(wc -l <"$TOLD/mail") $(wc -l <"$SERVER/policy/account/refs/heads/main:log")" = '2 2' ] || fail "$(cat "$TOLD/mail")"
}

# died EVENT REF OLD NEW: a run of post-receive has put down what triggers are to be told, and got no further.
died() {
	local pending=$SERVER/policy/spool/:pending
	mkdir -p "$pending"
	printf '%s\n' "$(date -u +%FT%TZ) erin $2 $3 $4 $1" "{\"event\":\"$1\",\"ref\":\"$2\",\"new\":\"$4\"}" \
		>"$pending/0000000000000000000$(find "$pending" -type f | wc -l)"
}

@test "a run that died is finished by the next one, under its own event id, whatever that is about" {
	local first second third
	first=$(commit 'feat: a' "$ROOT_COMMIT")
	second=$(commit 'feat: b' "$first") third=$(commit 'feat: c' "$second")
	push_ok erin "$ROOT_COMMIT:main"
	settle
	# before the account's line
	without_hook push_ok erin "$first:main"
	without_hook push_ok erin "$second:main"
	died 1111111111111111 refs/heads/main "$ROOT_COMMIT" "$first"
	died 2222222222222222 refs/heads/main "$first" "$second"
	push_ok bob "$third:feature/other"
	settle
	told mail "new=$first" event=1111111111111111
	told mail "new=$second" event=2222222222222222
	[ "$(cut -d ' ' -f 2,5- "$SERVER/policy/account/refs/heads/main:log" | tail -n 2)" = "erin $first 1111111111111111
erin $second 2222222222222222" ] || fail "$(cat "$SERVER/policy/account/refs/heads/main:log")"
	# behind it, and behind the first trigger: twice, but under one id
	died 2222222222222222 refs/heads/main "$first" "$second"
	run git_policy -C "$SERVER" triggers --dry-run
	assert_said "refs/heads/main: its move from ${first:0:7} to ${second:0:7}"
	settle
	[ "$(events mail event=2222222222222222 | wc -l)" = 2 ] || fail "$(cat "$TOLD/mail")"
	[ "$(grep -c . "$SERVER/policy/account/refs/heads/main:log")" = 3 ] || fail "$(cat "$SERVER/policy/account/refs/heads/main:log")"
	[ -z "$(spooled)" ] || fail "left: $(spooled)"
}

@test "git policy triggers --dry-run only says what it would do" {
	local before
	push_ok erin "$ROOT_COMMIT:main"
	settle
	without_hook push_ok erin "$(commit 'feat: a' "$ROOT_COMMIT"):main"
	before=$(cd "$SERVER/policy" && find . -type f ! -name ':lock' -exec sha1sum {} + | sort)
	run git_policy -C "$SERVER" triggers --dry-run
	[ "$status" = 0 ] || fail 'the dry run'
	assert_said "refs/heads/main: the account misses its move from ${ROOT_COMMIT:0:7} to"
	[ "$before" = "$(cd "$SERVER/policy" && find . -type f ! -name ':lock' -exec sha1sum {} + | sort)" ] || fail 'it did something'
	run git_policy -C "$CLIENT" triggers
	[ "$status" = 2 ] || fail 'in a clone'
	assert_said 'this is not where the repository is served'
}

@test "the good refs of a push get their triggers where refs stand alone" {
	"$ROOT/install/install" --build "$BUILD" --uninstall "$SERVER" >/dev/null
	server_install "$BATS_TEST_TMPDIR/policy.ini" --per-ref
	push erin "$ROOT_COMMIT:develop" "$ROOT_COMMIT:refs/tags/nonsense"
	assert_ref refs/heads/develop "$ROOT_COMMIT"
	settle
	told deploy ref=refs/heads/develop kind=create
}

@test "pushes at once: each is told once, in the order in which the ref moved" {
	local tips=("$ROOT_COMMIT") i
	push_ok erin "$ROOT_COMMIT:main"
	for i in 1 2 3 4 5 6; do
		tips+=("$(commit "feat: $i" "${tips[-1]}")")
	done
	for i in 1 2 3 4 5 6; do
		git -C "$CLIENT" push -q --receive-pack="$(serve_command erin)" "$SERVER" "${tips[i]}:refs/heads/main" \
			"${tips[i]}:refs/heads/feature/$i" &
		[ $((i % 2)) = 1 ] || wait
	done
	wait
	settle
	awk -F '"new":"' '{ print substr($2, 1, 40) }' "$TOLD/mail" >"$TOLD/order"
	git -C "$SERVER" reflog --format=%H refs/heads/main | tac | diff - "$TOLD/order" || fail 'out of order, or not once'
}

@test "a branch that has landed and may go is named to the pusher; nothing else is said" {
	local a b fix squash
	push_ok erin "$ROOT_COMMIT:develop"
	[ -z "$(sed '/^event /d; /->/d' <<<"$output")" ] || fail 'not silent'
	a=$(commit_file 'feat: a' "$ROOT_COMMIT" a one) b=$(commit_file 'feat: b' "$ROOT_COMMIT" b two)
	fix=$(commit_file 'fix: c' "$ROOT_COMMIT" c three)
	push_ok erin "$a:feature/a" "$b:feature/b" "$fix:fix/c"
	squash=$(squash 'feat: a' "$ROOT_COMMIT" "$a")
	push_ok ivy "$squash:develop"
	assert_said 'hint: feature/a has landed on develop; to delete it: git push origin --delete feature/a'
	# one that has gone on is not all there; what has no word on deletion is not spoken of
	push_ok erin "$(commit_file 'feat: more' "$b" d four):feature/b"
	squash=$(merge 'merge b' "$squash" "$b")
	push_ok ivy "$(merge 'merge c' "$squash" "$fix"):develop"
	assert_not_said 'has landed'
	push_ok erin :feature/a
	# its maker named it, and somebody else pastes the command
	# shellcheck disable=SC2016
	local odd='feature/a;touch${IFS}pwn'
	push_ok erin "$a:$odd"
	push_ok erin "$(commit_file 'feat: odd' "$a" e five):$odd"
	squash=$(squash 'feat: odd' "$(git -C "$SERVER" rev-parse develop)" "$(git -C "$SERVER" rev-parse "refs/heads/$odd")")
	push_ok ivy "$squash:develop"
	assert_said "to delete it: git push origin --delete '$odd'"
}

@test "what waits is listed, with since when, and told when it is done" {
	server_set refs/heads/main "$ROOT_COMMIT" # behind a push somebody else might be telling still
	settle
	mkdir -p "$SERVER/policy/spool/mail"
	for i in 1 2; do
		printf '%s\n' "2025-03-0${i}T12:00:00Z erin refs/heads/main $ZERO $ROOT_COMMIT 0123456789abcdef" \
			'{"event":"0123456789abcdef"}' >"$SERVER/policy/spool/mail/0000000000000000000$i"
	done
	run git_policy -C "$SERVER" triggers --dry-run
	assert_said 'mail: 2 wait, the first since 2025-03-01T12:00:00Z, of refs/heads/main'
	run git_policy -C "$SERVER" triggers --dry-run --json
	[ -n "$(json_findings 'found=mail: 2 wait, the first since 2025-03-01T12:00:00Z, of refs/heads/main')" ] || fail 'no line of JSON'
	run git_policy -C "$SERVER" triggers
	[ "$(grep -c 'mail of refs/heads/main: exit status 0, after ' <<<"$output")" = 2 ] || fail 'not told'
}

@test "a deploy is told with its reason" {
	push_ok erin "$ROOT_COMMIT:main" "$(record_tag "$ROOT_COMMIT" 'it is "ready"'):refs/deploy/production/live"
	settle
	told deploy kind=deploy 'reason=it is "ready"'
}

@test "check, on the server, looks for the programs and the audit; of a file it does not" {
	local bin=$BATS_TEST_TMPDIR/bin
	run git_policy check -C "$SERVER"
	assert_said ' 0 warnings'
	chmod -x "$bin/deploy"
	rm "$bin/mail"
	sed -i 's,^file = .*,file = policy/logs/audit.log,' "$SERVER/policy/policy.ini"
	run git_policy check -C "$SERVER"
	[ "$status" = 0 ] || fail 'check'
	assert_said "$bin/deploy may not be executed" "chmod +x $bin/deploy" "$bin/mail cannot be started: No such file" \
		"policy/logs/audit.log cannot be written: its folder is not there" \
		"mkdir -p $(cd "$SERVER" && pwd -P)/policy/logs && chown $(stat -c %u "$SERVER")" ' 3 warnings'
	mkdir "$bin/mail"
	run git_policy check -C "$SERVER"
	assert_said "$bin/mail is a folder"
	run git_policy check "$SERVER/policy/policy.ini"
	assert_not_said "$bin" 'its folder'
}

@test "why a script does not start is told" {
	printf '#!/bin/bash\r\ntrue\r\n' >"$BATS_TEST_TMPDIR/bin/deploy"
	push_ok erin "$ROOT_COMMIT:develop"
	settle
	audited deploy '"problem":"[^"]*ends in CRLF'
	echo true >"$BATS_TEST_TMPDIR/bin/deploy"
	push_ok erin "$(commit 'feat: a' "$ROOT_COMMIT"):develop"
	settle
	audited deploy '"problem":"[^"]*does not begin with #!'
}
