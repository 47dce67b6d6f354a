# account: what post-receive writes down, what it makes good, and that no crash and no file breaks it.
load helper

setup() {
	world_create
	policy_write <<-'POLICY'
		[branch "main"]
		direct = deny
		accept = feature/* by squash merge
		approvals = 1 @integrators
		[branch "develop"]
		[branch "**"]
		rewrite = allow
		delete = allow
		[tag "**"]
		push = anyone
		delete = allow
	POLICY
	repo_create
}

# account REF: its lines, times and events as words.
account() {
	sed -E -e 's/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z /TIME /' -e 's/ [0-9a-f]{16}( |$)/ EVENT\1/' "$(account_file "$1")"
}

account_file() {
	printf '%s/policy/account/%s:log' "$SERVER" "$1"
}

# assert_account REF LINE...: these lines and no others.
assert_account() {
	local ref=$1 expected
	shift
	expected=$(printf '%s\n' "$@")
	output=$(account "$ref")
	[ "$output" = "$expected" ] || fail "the account of $ref is not"$'\n'"$expected"
}

# without_hook COMMAND...: while post-receive cannot be run.
without_hook() {
	chmod -x "$SERVER/hooks/post-receive"
	"$@"
	chmod +x "$SERVER/hooks/post-receive"
}

server_id() {
	git -C "$SERVER" rev-parse "$1"
}

@test "a line for each update: who, from where, to where, one event a push" {
	local first second
	first=$(commit 'feat: a' "$ROOT_COMMIT") second=$(commit 'feat: b' "$ROOT_COMMIT")
	push_ok erin "$ROOT_COMMIT:develop" "$first:topic" "$first:refs/tags/v1"
	push_ok bob "+$second:topic" "$first:develop"
	push_ok '' :refs/tags/v1
	push_ok carol :topic
	assert_account refs/heads/develop \
		"TIME erin refs/heads/develop $ZERO $ROOT_COMMIT EVENT" \
		"TIME bob refs/heads/develop $ROOT_COMMIT $first EVENT"
	assert_account refs/heads/topic \
		"TIME erin refs/heads/topic $ZERO $first EVENT" \
		"TIME bob refs/heads/topic $first $second EVENT from:develop" \
		"TIME carol refs/heads/topic $second $ZERO EVENT"
	assert_account refs/tags/v1 \
		"TIME erin refs/tags/v1 $ZERO $first EVENT" \
		"TIME ? refs/tags/v1 $first $ZERO EVENT"
	local events
	events=$(grep -rhoE ' [0-9a-f]{16}( |$)' "$SERVER/policy/account/refs/heads" "$SERVER/policy/account/refs/tags" |
		tr -d ' ' | sort | uniq -c | awk '{ print $1 }' | sort -n | xargs)
	[ "$events" = '1 1 2 3' ] || fail "lines of one event: $events"
}

@test "a branch remembers the trunks it was created from, whatever they become" {
	local tip
	tip=$(commit 'feat: a' "$ROOT_COMMIT")
	server_set refs/heads/main "$ROOT_COMMIT" refs/heads/develop "$tip"
	push_ok erin "$(commit 'feat: b' "$tip"):feature/late" "$(commit 'feat: c' "$ROOT_COMMIT"):feature/early"
	assert_account refs/heads/feature/late \
		"TIME erin refs/heads/feature/late $ZERO $(server_id feature/late) EVENT from:develop"
	account refs/heads/feature/early | grep -qE ' from:(main,develop|develop,main)$' || fail 'from neither trunk'
}

@test "a squash: what landed, how, from where and who approved it; the approval is retired, others are not" {
	local head squash
	push_ok erin "$ROOT_COMMIT:develop"
	server_set refs/heads/main "$ROOT_COMMIT"
	head=$(commit_file 'feat: a' "$ROOT_COMMIT" a one)
	push_ok erin "$head:feature/a"
	approve heads/main "$head" ivy
	approve heads/main "$ROOT_COMMIT" ivy
	squash=$(squash 'feat: a' "$ROOT_COMMIT" "$head")
	push_ok erin "$squash:main"
	assert_account refs/heads/main "TIME ? refs/heads/main $ZERO $ROOT_COMMIT -" \
		"TIME erin refs/heads/main $ROOT_COMMIT $squash EVENT squash:$head:feature/a:ivy"
	assert_no_ref "refs/approvals/heads/main/$head/ivy"
	assert_ref "refs/approvals/heads/main/$ROOT_COMMIT/ivy" "$ROOT_COMMIT"
	assert_account "refs/approvals/heads/main/$head/ivy" \
		"TIME ivy refs/approvals/heads/main/$head/ivy $ZERO $head EVENT" \
		"TIME erin refs/approvals/heads/main/$head/ivy $head $ZERO EVENT"
}

@test "only approvals that counted are told: not those of who wrote or pushed it" {
	local head squash
	server_set refs/heads/main "$ROOT_COMMIT"
	head=$(commit_file 'feat: a' "$ROOT_COMMIT" a one)
	push_ok bob "$head:feature/a"
	approve heads/main "$head" ivy erin bob
	squash=$(squash 'feat: a' "$ROOT_COMMIT" "$head")
	push_ok erin "$squash:main"
	account refs/heads/main | grep -q " squash:$head:feature/a:ivy$" || fail 'erin wrote it, bob pushed it'
	assert_no_ref "refs/approvals/heads/main/$head/erin"
}

@test "a grant is spent by its move, and retired" {
	local tip other grant tag
	policy_replace <<-'POLICY'
		[branch "develop"]
		rewrite = grant
		grant = @integrators
		[branch "feature/*"]
	POLICY
	tip=$(commit 'feat: a' "$ROOT_COMMIT") other=$(commit 'feat: b' "$ROOT_COMMIT")
	server_set refs/heads/develop "$tip"
	push_ok erin "$other:feature/b"
	grant=refs/grants/heads/develop/$tip/$other/ivy
	tag=$(record_tag "$other" "wrong branch

expires: 2099-01-01T00:00:00Z")
	push_ok ivy "$tag:$grant"
	push_ok erin "+$other:develop"
	assert_no_ref "$grant"
	assert_account "$grant" "TIME ivy $grant $ZERO $tag EVENT" "TIME erin $grant $tag $ZERO EVENT"
	assert_account refs/heads/develop "TIME ? refs/heads/develop $ZERO $tip -" \
		"TIME erin refs/heads/develop $tip $other EVENT from: grant:ivy:wrong%20branch passed:rewrite"
	push_refused erin "+$tip:refs/heads/develop"
}

# granted OLD NEW: ivy lets that move of develop happen, until 2099.
granted() {
	push_ok ivy "$(record_tag "$2" "wrong branch

expires: 2099-01-01T00:00:00Z"):refs/grants/heads/develop/$1/$2/ivy"
}

@test "a grant is told where it was needed, and by the next run too, whoever pushes then" {
	local old tip next last
	policy_replace <<-'POLICY'
		[branch "develop"]
		rewrite = grant
		grant = @integrators
		[branch "feature/*"]
	POLICY
	old=$(commit 'feat: a' "$ROOT_COMMIT") tip=$(commit 'feat: b' "$ROOT_COMMIT")
	next=$(commit 'feat: c' "$tip")
	last=$(commit 'feat: d' "$next")
	server_set refs/heads/develop "$old"
	push_ok erin "$last:feature/d"
	granted "$old" "$tip"
	granted "$next" "$last"
	without_hook push_ok erin "+$tip:develop"
	push_ok ivy "$next:develop"
	push_ok erin "$last:develop"
	assert_account refs/heads/develop "TIME ? refs/heads/develop $ZERO $old -" \
		"TIME ? refs/heads/develop $old $tip - from: grant:ivy:wrong%20branch passed:rewrite" \
		"TIME ivy refs/heads/develop $tip $next EVENT" "TIME erin refs/heads/develop $next $last EVENT"
}

@test "what post-receive could not tell is told by the next run: time and values, what landed, nobody's name" {
	local head squash again=$ROOT_COMMIT
	server_set refs/heads/main "$ROOT_COMMIT"
	head=$(commit_file 'feat: a' "$ROOT_COMMIT" a one)
	push_ok erin "$head:feature/a" "$ROOT_COMMIT:develop"
	approve heads/main "$head" ivy
	squash=$(squash 'feat: a' "$ROOT_COMMIT" "$head")
	without_hook push_ok erin "$squash:main" "$head:develop"
	[ ! -e "$(account_file refs/heads/main)" ] || fail 'written without a hook'
	head=$(commit_file 'feat: b' "$squash" b two)
	push_ok erin "$head:feature/b"
	approve heads/main "$head" ivy
	again=$(squash 'feat: b' "$squash" "$head")
	push_ok bob "$again:main"
	output=$(account refs/heads/main)
	[ "$(sed -n 2p <<<"$output")" = "TIME ? refs/heads/main $ROOT_COMMIT $squash - squash:$(
		server_id feature/a):feature/a:ivy" ] || fail 'the missed one'
	[ "$(sed -n 3p <<<"$output")" = "TIME bob refs/heads/main $squash $again EVENT squash:$head:feature/b:ivy" ] ||
		fail 'its own'
	assert_no_ref "refs/approvals/heads/main/$(server_id feature/a)/ivy"
	push_ok carol "$(commit 'feat: c' "$(server_id feature/a)"):develop"
	assert_account refs/heads/develop "TIME erin refs/heads/develop $ZERO $ROOT_COMMIT EVENT from:main" \
		"TIME ? refs/heads/develop $ROOT_COMMIT $(server_id feature/a) -" \
		"TIME carol refs/heads/develop $(server_id feature/a) $(server_id develop) EVENT"
}

@test "a deletion that was missed, with the reflog it took along, is made good too" {
	local tip
	tip=$(commit 'feat: a' "$ROOT_COMMIT")
	push_ok erin "$ROOT_COMMIT:topic"
	without_hook push_ok erin "$tip:topic"
	without_hook push_ok erin :topic
	without_hook push_ok erin "$tip:topic"
	push_ok bob :topic
	assert_account refs/heads/topic "TIME erin refs/heads/topic $ZERO $ROOT_COMMIT EVENT" \
		"TIME ? refs/heads/topic $ROOT_COMMIT $tip -" "TIME bob refs/heads/topic $tip $ZERO EVENT"
}

@test "the second run of a hook adds nothing" {
	push_ok erin "$ROOT_COMMIT:topic"
	hook post-receive <<<"$ZERO $ROOT_COMMIT refs/heads/topic"
	assert_account refs/heads/topic "TIME erin refs/heads/topic $ZERO $ROOT_COMMIT EVENT"
}

@test "a run that comes late still says who it was" {
	local first second
	first=$(commit 'feat: a' "$ROOT_COMMIT") second=$(commit 'feat: b' "$ROOT_COMMIT")
	push_ok erin "$ROOT_COMMIT:topic"
	without_hook push_ok bob "+$first:topic"
	push_ok carol "+$second:topic"
	HOOK_USER=bob hook post-receive <<<"$ROOT_COMMIT $first refs/heads/topic"
	assert_account refs/heads/topic "TIME erin refs/heads/topic $ZERO $ROOT_COMMIT EVENT" \
		"TIME ? refs/heads/topic $ROOT_COMMIT $first -" "TIME carol refs/heads/topic $first $second EVENT from:" \
		"TIME bob refs/heads/topic $ROOT_COMMIT $first EVENT late"
	push_ok erin "+$first:topic"
	[ "$(account refs/heads/topic | tail -n 1)" = "TIME erin refs/heads/topic $second $first EVENT from:" ] ||
		fail 'the next run lost its way'
}

@test "killed at any moment it leaves whole lines, and the next run completes them" {
	local i old=$ROOT_COMMIT tip line='^TIME (erin|\?) refs/heads/topic [0-9a-f]{40} [0-9a-f]{40} (EVENT|-)$'
	push_ok erin "$ROOT_COMMIT:topic"
	mv "$SERVER/hooks/post-receive" "$SERVER/hooks/real"
	printf '#!/bin/sh\nexec timeout -s KILL "$(cat delay)" hooks/real\n' >"$SERVER/hooks/post-receive"
	chmod +x "$SERVER/hooks/post-receive"
	for i in $(seq 1 40); do
		printf '0.%04d\n' $((RANDOM % 400)) >"$SERVER/delay"
		tip=$(commit "feat: a$i" "$old")
		push_ok erin "$tip:topic"
		old=$tip
	done
	mv "$SERVER/hooks/real" "$SERVER/hooks/post-receive"
	push_ok erin "$(commit 'feat: last' "$old"):topic"
	output=$(account refs/heads/topic)
	! grep -vE "$line" <<<"$output" || fail 'a line that is none'
	[ "$(wc -l <<<"$output")" = 42 ] || fail "$(wc -l <<<"$output") lines for 42 updates"
	awk '$4 != at && NR > 1 { exit 1 } { at = $5 }' <<<"$output" || fail 'one does not follow another'
}

@test "a torn line is cut off; what it told is told again" {
	local tip
	tip=$(commit 'feat: a' "$ROOT_COMMIT")
	push_ok erin "$ROOT_COMMIT:topic"
	push_ok erin "$tip:topic"
	truncate -s -5 "$(account_file refs/heads/topic)"
	push_ok bob "$(commit 'feat: b' "$tip"):topic"
	assert_account refs/heads/topic "TIME erin refs/heads/topic $ZERO $ROOT_COMMIT EVENT" \
		"TIME ? refs/heads/topic $ROOT_COMMIT $tip -" "TIME bob refs/heads/topic $tip $(server_id topic) EVENT"
}

@test "names as odd as git allows, and a ref below a deleted one" {
	local name
	for name in 'a,b:c' 'é/ü' "it's" 'x=1%20' 'log' 'long-'"$(printf '%0200d' 7)"; do
		[ "$name" != 'a,b:c' ] || name='a,b'
		push_ok erin "$ROOT_COMMIT:refs/heads/$name"
		assert_account "refs/heads/$name" "TIME erin refs/heads/$name $ZERO $ROOT_COMMIT EVENT"
	done
	push_ok erin "$ROOT_COMMIT:refs/heads/a"
	push_ok erin :refs/heads/a
	push_ok erin "$ROOT_COMMIT:refs/heads/a/b"
	push_ok erin :refs/heads/a/b
	push_ok erin "$ROOT_COMMIT:refs/heads/a"
	[ "$(account refs/heads/a | wc -l)" = 3 ] || fail 'not three lines of a'
	[ "$(account refs/heads/a/b | wc -l)" = 2 ] || fail 'not two lines of a/b'
}

@test "an account that is none: nothing is appended, and whoever needs it cannot tell" {
	local head
	server_set refs/heads/main "$ROOT_COMMIT"
	head=$(commit_file 'feat: a' "$ROOT_COMMIT" a one)
	push_ok erin "$ROOT_COMMIT:develop" "$head:feature/a"
	approve heads/main "$head" ivy
	echo 'whatever' >>"$(account_file refs/heads/feature/a)"
	push erin "$(squash 'feat: a' "$ROOT_COMMIT" "$head"):main"
	[ "$status" -ne 0 ] || fail 'accepted by an account that is none'
	assert_said undecided 'policy/account/refs/heads/feature/a:log is damaged at line 2' 'restores this file from a backup'
	assert_not_said 'the refs have moved'
	push erin "$(commit 'feat: b' "$head"):feature/a"
	[ "$status" -eq 0 ] || fail 'a push that needs no account'
	assert_said 'policy/account/refs/heads/feature/a:log is damaged at line 2' 'restores this file from a backup'
	assert_said 'the refs have moved, and the next run completes their account' 'git policy -C <repo.git> triggers'
	[ "$(tail -n 1 "$(account_file refs/heads/feature/a)")" = whatever ] || fail 'appended'
}

@test "what stops every update after the push is said once, and what is left to do by the command that does it" {
	local once
	push_ok erin "$ROOT_COMMIT:one"
	echo nonsense >"$SERVER/policy/baseline"
	HOOK_USER=erin output=$(printf '%s\n' "$ZERO $ROOT_COMMIT refs/heads/two" "$ZERO $ROOT_COMMIT refs/heads/three" |
		hook post-receive 2>&1) && fail 'all well?'
	once=$(grep -c 'not a list of ids' <<<"$output")
	[ "$once" = 1 ] || fail "said $once times"
	assert_said 'the admin restores it from a backup' 'the refs have moved, and the next run completes their account'
}

@test "an account behind a symbolic link is not followed" {
	push_ok erin "$ROOT_COMMIT:topic"
	echo precious >"$BATS_TEST_TMPDIR/precious"
	ln -sf "$BATS_TEST_TMPDIR/precious" "$(account_file refs/heads/topic)"
	push erin "$(commit 'feat: a' "$ROOT_COMMIT"):topic"
	assert_said 'symbolic link'
	[ "$(cat "$BATS_TEST_TMPDIR/precious")" = precious ] || fail 'written through the link'
}

@test "an empty repository that is filled unjudged is told of as well" {
	printf '%s\n' '[policy]' 'version = 1' 'bootstrap = oscar' '[identity]' 'env = GIT_POLICY_USER' \
		'[user "oscar"]' 'email = oscar@example.org' '[branch "main"]' 'direct = deny' >"$SERVER/policy/policy.ini"
	push_ok oscar "$ROOT_COMMIT:main"
	assert_account refs/heads/main "TIME oscar refs/heads/main $ZERO $ROOT_COMMIT EVENT"
}

@test "the policy in force is published when it has changed, and only then" {
	push_ok erin "$ROOT_COMMIT:topic"
	local published name
	published=$(server_id refs/policy/current)
	cmp <(git -C "$SERVER" cat-file blob "$published:policy.ini") "$SERVER/policy/policy.ini"
	read -r _ name <"$SERVER/policy/account/installed"
	[ "$(git -C "$SERVER" cat-file blob "$published:repository")" = "$name" ] || fail 'another name'
	[ "$(git -C "$SERVER" log -1 --format='%an %ae %cn' "$published")" = 'git-policy git-policy@localhost git-policy' ]
	push_ok erin "$(commit 'feat: a' "$ROOT_COMMIT"):topic"
	assert_ref refs/policy/current "$published"
	sed -i 's/^version = 1/&\ninclude = more.ini/' "$SERVER/policy/policy.ini"
	printf '[user "dora"]\nemail = dora@example.org\n' >"$SERVER/policy/more.ini"
	push_ok erin "$ROOT_COMMIT:other"
	cmp <(git -C "$SERVER" cat-file blob refs/policy/current:more.ini) "$SERVER/policy/more.ini"
	[ "$(server_id refs/policy/current^)" = "$published" ] || fail 'no history'
	git -C "$SERVER" fsck --strict >/dev/null || fail 'what was written is not sound'
	git -C "$CLIENT" fetch -q origin refs/policy/current:refs/policy/current
	run git_policy explain -C "$CLIENT" main
	[ "$status" -eq 0 ] || fail 'a client cannot use it'
}

@test "publish = no" {
	sed -i 's/^version = 1/&\npublish = no/' "$SERVER/policy/policy.ini"
	git -C "$SERVER" update-ref -d refs/policy/current
	push_ok erin "$ROOT_COMMIT:topic"
	assert_no_ref refs/policy/current
}

@test "a full disk takes nothing half, and says so" {
	local i tip=$ROOT_COMMIT file before
	file=$(account_file refs/heads/topic)
	for i in 1 2 3 4 5 6 7; do
		push_ok erin "$tip:topic"
		tip=$(commit "feat: a$i" "$tip")
	done
	without_hook push_ok erin "$tip:topic"
	before=$(cat "$file")
	# A limit of 1024 bytes on every file stands for a disk on which a part of the line still fits.
	output=$(trap '' XFSZ && ulimit -f 1 && hook post-receive <<<"$(server_id topic^) $tip refs/heads/topic" 2>&1) &&
		fail 'all well?'
	assert_said 'cannot be written: File too large'
	[ "$(cat "$file")" = "$before" ] || fail 'half a line stays'
}

@test "the release build has no door for the time; the test build has one" {
	local release=${POLICY_STATIC:-$ROOT/build} program
	[ -x "$release/hooks/post-receive" ] || skip 'no static build'
	for program in hooks/pre-receive hooks/update hooks/post-receive hooks/commit-msg cli/git-policy; do
		! grep -q -a GIT_POLICY_NOW "$release/$program" || fail "$program reads GIT_POLICY_NOW"
	done
	SERVER_ENV=(GIT_POLICY_NOW=2030-01-02T03:04:05Z)
	push_ok erin "$ROOT_COMMIT:topic"
	grep -q '^2030-01-02T03:04:05Z ' "$(account_file refs/heads/topic)" || fail 'the test build has no door'
	BUILD=$release server_install
	push_ok erin "$(commit 'feat: a' "$ROOT_COMMIT"):topic"
	[ "$(grep -c '^2030' "$(account_file refs/heads/topic)")" = 1 ] || fail 'the release build took the time from it'
}
