# init: a first policy from what a repository looks like: what it asks, what it writes, and that it then judges.
load helper

setup() {
	world_create
	PATH=$BUILD/cli:$PATH
	client_create
}

# history COUNT [MESSAGE]: COUNT commits by Erin, Bob and Carol in turn, the last in $TIP.
history() {
	local who i
	TIP=$ROOT_COMMIT
	for ((i = 0; i < $1; i++)); do
		who=(erin bob carol)
		TIP=$(as "${who[i % 3]}" commit "${2-feat: number} $i" "$TIP")
	done
}

# server BRANCH-OR-TAG...: a bare repository that has them, all at $TIP.
server() {
	local name specs=()
	git init -q --bare "$SERVER"
	for name; do
		case $name in tags/*) ;; *) name=heads/$name ;; esac
		specs+=("refs/$name" "$TIP")
	done
	[ $# -eq 0 ] || server_set "${specs[@]}"
}

# init STATUS [OPTION]...: for the server, without a terminal.
init() {
	local wanted=$1
	shift
	run git policy init -C "$SERVER" "$@" </dev/null
	[ "$status" -eq "$wanted" ] || fail "init should have ended with $wanted: $*"
}

# policy_says TEXT...: each must be a line of the policy.
policy_says() {
	local text
	for text; do
		grep -qxF -e "$text" "$SERVER/policy/policy.ini" ||
			fail "no such line: $text"$'\n'"$(cat "$SERVER/policy/policy.ini")"
	done
}

# section HEADING: prints it without its comments.
section() {
	sed -n "/^\[$1\]/,/^\$/p" "$SERVER/policy/policy.ini" | grep -v -e '^#' -e '^$'
}

# assert_governed: check finds nothing, and every branch and tag has a section.
assert_governed() {
	local ref
	run git policy check "$SERVER/policy/policy.ini"
	[ "$status" -eq 0 ] || fail 'it does not pass check'
	assert_said '0 warnings'
	while read -r ref; do
		run git policy explain --policy "$SERVER/policy/policy.ini" "$ref"
		assert_not_said 'refused'
		[ "$status" -eq 0 ] || fail "not explained: $ref"
	done < <(git -C "$SERVER" for-each-ref --format='%(refname)')
}

enforce() {
	sed -i 's/^mode = evaluate/mode = enforce/' "$SERVER/policy/policy.ini"
}

@test 'an empty repository: the starter, placeholders for people, bootstrap' {
	server
	init 0 --yes
	assert_said $'an empty repository\n' 'placeholders' 'mode = enforce' 'who is who: add your people'
	assert_not_said 'guessed'
	run ! grep guessed "$SERVER/policy/people.ini"
	assert_governed
	policy_says 'mode = evaluate' 'bootstrap = @admins' 'env = GIT_POLICY_USER' '[branch "feature/{slug}"]' \
		'approvals = 1 @reviewers' 'format = conventional' '[tag "v{semver}"]'
	grep -qx 'members = reviewer-1' "$SERVER/policy/people.ini"
	[ "$(stat -c '%a %a' "$SERVER"/policy/p*.ini)" = $'644 644\n644 644' ]
	git -C "$SERVER" config user.email ivy@example.org
	init 0 --yes --force --enforce
	assert_said 'only one person may approve, and nobody approves their own: add a reviewer'
	"$ROOT/install/install" --build "$BUILD" "$SERVER" >"$BATS_TEST_TMPDIR/install.log"
	push_refused bob "$ROOT_COMMIT:main" "$ROOT_COMMIT:feature/one"
	assert_rule direct create-from
	assert_said 'the repository is empty: no trunk is there yet' 'ivy, of bootstrap = @admins, pushes the first branch'
	assert_not_said 'git fetch'
	push_ok ivy "$ROOT_COMMIT:main"
}

@test 'gitflow is seen by develop, people by their commits, a style by most messages' {
	history 24
	TIP=$(commit_file 'ci: add jobs' "$(commit_file 'docs: name owners' "$TIP" CODEOWNERS '* @erin')" .gitlab-ci.yml 'x: y')
	server main develop feature/login feature/12-oops bugfix/JIRA-1_x release/v1.0.0 tags/v0.9.0 tags/v1.0.0-rc1
	init 0 --yes
	assert_said 'feature/{slug} (2)' 'bugfix/* (1)' 'release/v{semver} (1)' '27 of the last 27' 'owners    CODEOWNERS' '.gitlab-ci.yml is there'
	assert_governed
	policy_says '#   feature/* bugfix/*  ->  develop  ->  release/vX.Y.Z  ->  main' 'accept = feature/{slug} bugfix/* by squash rebase fast-forward' \
		'types = feat fix docs style refactor perf test chore' 'header-max = 72' 'owners = CODEOWNERS' 'checks = ci' '[branch "bugfix/*"]' '[tag "v{semver}-*"]'
	[ "$(section 'branch "release\/v{semver}"')" = '[branch "release/v{semver}"]
create-from = develop
only-types = fix docs test chore
delete = merged main develop
owes = develop' ]
	[ "$(grep -A1 '^\[user' "$SERVER/policy/people.ini" | grep -c '@example.org$')" = 3 ]
	grep -qx 'members = erin bob carol' "$SERVER/policy/people.ini"
}

@test 'a trunk with lines, users, strays and robots: every name stays governed' {
	history 4 'something'
	git -C "$CLIENT" update-ref refs/heads/odd "$TIP"
	# shellcheck disable=SC2016 # a branch is called so
	server main erin/try bob/idea fix/1-a fix/2-b fix/3-c 1.x 2.x stable-3.1 gh-pages old dependabot/npm/x-1 \
		Main $'caf\xc3\xa9' 'a"b' 'x]y' '$(id)' 'semi;colon' 'q#r' tags/v1.0 tags/nightly
	init 0 --yes --approvals 0
	assert_said '{user}/* (2)' 'fix/{number}-{slug} (3)' '{number}.x (2)' 'with more than ASCII' 'free messages'
	assert_governed
	policy_says '[branch "{user}/*"]' '[branch "*"]' '[branch "gh-pages"]' '[branch "dependabot/**"]' '[tag "**"]'
	run ! grep '[^ -~	]' "$SERVER"/policy/*.ini
	grep -q 'a name that none of them matches is refused' "$SERVER/policy/policy.ini"
	[ "$(section 'branch "main"')" = '[branch "main"]' ]
}

@test 'promotion, with the options for everything' {
	history 3
	server main staging production feature/x
	init 0 --approvals 2 --checks 'ci coverage>=90' --messages free --identity REMOTE_USER --enforce
	assert_governed
	policy_says 'mode = enforce' 'env = REMOTE_USER'
	[ "$(section 'branch "production"')" = '[branch "production"]
push = @integrators @admins
direct = deny
accept = staging
approvals = 2 @reviewers
checks = ci coverage>=90' ]
	grep -qx 'members = ci' "$SERVER/policy/people.ini"
	init 0 --force --workflow gitflow --yes
	policy_says '[branch "develop"]' 'mode = evaluate'
}

@test 'branches that were merged name the convention; merges and their authors count' {
	local i
	history 2
	for i in 1 2 3 4 5 6 7 8; do
		TIP=$(GIT_AUTHOR_NAME=Ivy GIT_AUTHOR_EMAIL='7+ivy@users.noreply.github.com' commit "Merge pull request #$i from x/topic/n-$i" "$TIP" \
			"$(as bob commit "fix: $i" "$TIP")")
	done
	server master tags/1.0.0
	init 0 --yes
	assert_said 'branches are merged'
	policy_says '[branch "topic/{slug}"]' 'accept = topic/{slug} by merge' '[tag "{semver}"]'
	grep -qx 'email = 7+ivy@users.noreply.github.com' "$SERVER/policy/people.ini"
	[ "$(grep -A1 'group "integrators"' "$SERVER/policy/people.ini")" = $'[group "integrators"]\nmembers = ivy' ]
}

@test 'two addresses of one name are one user; what no policy could hold is left out' {
	TIP=$(GIT_AUTHOR_EMAIL=Erin.W@example.net commit 'feat: a' "$ROOT_COMMIT")
	TIP=$(GIT_AUTHOR_NAME='x[bot]' GIT_AUTHOR_EMAIL='1+x[bot]@users.noreply.github.com' commit 'feat: b' "$TIP")
	TIP=$(GIT_AUTHOR_NAME='Odd' GIT_AUTHOR_EMAIL='o"dd ;x' commit 'feat: c' "$TIP")
	TIP=$(GIT_AUTHOR_NAME='Other Erin' GIT_AUTHOR_EMAIL='erin@example.com' commit 'feat: d' "$TIP")
	server main
	init 0 --yes
	assert_governed
	[ "$(grep -c '^\[user' "$SERVER/policy/people.ini")" = 2 ]
	grep -qi 'erin.w@example.net' "$SERVER/policy/people.ini"
	run ! grep -e bot -e odd "$SERVER/policy/people.ini"
}

@test 'what is there is kept, unless by force; a dry run writes nothing; wrong words are told' {
	history 1
	server main
	init 0 --dry-run
	assert_said '# ---- policy.ini ----' '# ---- people.ini ----' '[branch "main"]'
	[ ! -e "$SERVER/policy" ]
	init 129 --workflow waterfall
	assert_said 'one of gitflow, trunk, promotion'
	init 129 --approvals many
	init 129 --checks 'a,b'
	init 129 --identity 'lower'
	assert_said "--identity: a variable's name is made of A-Z, 0-9 and _"
	init 129 --identity HTTP_USER
	assert_said '--identity: it is written by whoever connects'
	init 2 --remote nope
	assert_said 'there is no remote named nope'
	[ ! -e "$SERVER/policy" ]
	init 0 --yes
	echo '# mine' >>"$SERVER/policy/people.ini"
	cp -r "$SERVER/policy" "$BATS_TEST_TMPDIR/before"
	init 2 --yes
	assert_said 'is there already' '--force'
	init 129 --force --identity HTTP_USER
	diff -r "$SERVER/policy" "$BATS_TEST_TMPDIR/before"
	rm "$SERVER/policy/policy.ini"
	mkdir "$SERVER/policy/policy.ini"
	init 2 --force
	assert_said 'nothing was changed'
	[ "$(tail -1 "$SERVER/policy/people.ini")" = '# mine' ] && [ "$(ls -A "$SERVER/policy")" = $'people.ini\npolicy.ini' ]
	rmdir "$SERVER/policy/policy.ini"
	init 0 --force
	run ! grep '# mine' "$SERVER/policy/people.ini"
	[ "$(ls -A "$SERVER/policy")" = $'people.ini\npolicy.ini' ]
	git -C "$SERVER" config policy.file elsewhere.ini
	init 2 --force
	assert_said 'policy.file'
	mkdir "$BATS_TEST_TMPDIR/nothing"
	run git policy init -C "$BATS_TEST_TMPDIR/nothing"
	[ "$status" -eq 2 ] && [ "${#lines[@]}" = 2 ]
	assert_said 'no git repository'
}

@test 'a clone: the branches of its server, a folder of its own, and the way to the server' {
	history 3
	server main develop feature/a
	git clone -q "$SERVER" "$BATS_TEST_TMPDIR/clone"
	cd "$BATS_TEST_TMPDIR/clone"
	git switch -q --detach
	git branch -q mine-alone
	umask 002
	run git policy init </dev/null
	[ "$status" -eq 0 ]
	run git policy init --remote nope </dev/null
	[ "$status" -eq 2 ] && [[ $output == *'there is no remote named nope'* ]]
	run git policy init --force </dev/null
	assert_said 'as it is at origin' 'git policy install --policy git-policy/policy.ini <repo.git>' 'feature/{slug} (1)'
	assert_not_said 'mine'
	[ "$(stat -c %a git-policy git-policy/policy.ini | paste -sd' ')" = '755 644' ]
	run git policy init --output elsewhere </dev/null
	[ -f elsewhere/policy.ini ]
	server_install git-policy/policy.ini
	cmp git-policy/people.ini "$SERVER/policy/people.ini"
}

@test 'at a terminal it asks; Enter takes what it saw; what is no answer is asked again' {
	history 2
	server main develop
	run script -qec "git policy init -C $SERVER" /dev/null <<<$'\nlots\n2\nci\nfree\nLANG\n\n'
	[ "$status" -eq 0 ] || fail 'it should have worked'
	assert_said 'ssh takes it from whoever connects' '[gitflow]' 'wanted: a number from 0 to 99' '[none]' '[conventional]' '[GIT_POLICY_USER]' 'wrote'
	policy_says 'approvals = 2 @reviewers' 'checks = ci' '[branch "develop"]'
	rm -r "$SERVER/policy"
	run script -qec "git policy init -C $SERVER" /dev/null <<<$'trunk\n'
	[ "$status" -eq 2 ]
	assert_said 'nothing was written'
	[ ! -e "$SERVER/policy" ]
	run script -qec "git policy init -C $SERVER --yes" /dev/null </dev/null
	[ "$status" -eq 0 ]
	assert_not_said '?'
}

@test 'installed, it tells and refuses nothing; with mode = enforce it refuses, and lets the good way through' {
	history 12
	server main
	init 0 --yes --workflow gitflow
	"$ROOT/install/install" --build "$BUILD" "$SERVER" >"$BATS_TEST_TMPDIR/install.log"
	policy_people_add admins oscar
	printf '\n[user "oscar"]\nemail = oscar@example.org\n' >>"$SERVER/policy/people.ini"
	push_ok oscar "$TIP:develop"
	one=$(commit_file 'feat: one' "$TIP" one 1)
	push_ok erin "$one:Wild_name"
	assert_said 'would be rejected' 'name:'
	run git policy audit -C "$SERVER" --verdict would-be-rejected
	assert_said 'Wild_name'

	enforce
	push_refused erin "$one:other_Name"
	assert_rule name
	push_refused erin "$one:main"
	push_ok erin "$one:feature/one"
	push_refused bob "$one:develop"
	assert_rule approvals
	push_ok carol "$one:refs/approvals/heads/develop/$one/carol"
	push_ok oscar "$(squash 'feat: one' "$TIP" "$one"):develop"
	push_refused erin "$(commit_file 'Bad message.' "$TIP" two 2):feature/two"
	assert_rule format
}

@test 'a branch below its own user lands, and nobody writes another one' {
	history 12
	server main erin/old bob/old
	init 0 --yes --enforce
	"$ROOT/install/install" --build "$BUILD" "$SERVER" >"$BATS_TEST_TMPDIR/install.log"
	one=$(commit_file 'feat: one' "$TIP" one 1)
	push_refused bob "$one:erin/one"
	assert_rule name
	push_ok erin "$one:erin/one"
	push_ok carol "$one:refs/approvals/heads/main/$one/carol"
	push_ok bob "$one:main"
}

@test 'trunks that a workflow needs and that are not there can be made' {
	history 12
	server main
	init 0 --yes --workflow promotion --enforce
	"$ROOT/install/install" --build "$BUILD" "$SERVER" >"$BATS_TEST_TMPDIR/install.log"
	push_ok bob "$TIP:staging"
	push_ok bob "$TIP:production"
	push_ok bob "$(commit_file 'feat: one' "$TIP" one 1):fix/one"
}

@test 'thousands of branches and tags are looked at in a moment' {
	history 1
	server main
	seq 5000 | sed "s|.*|$TIP refs/heads/feature/n-&\n$TIP refs/heads/p&/x\n$TIP refs/tags/v1.&.0|" >"$SERVER/packed-refs"
	run timeout 20 git policy init -C "$SERVER" --yes
	[ "$status" -eq 0 ]
	assert_said 'feature/{slug} (5000)' '** (5000)' 'v{semver} (5000)'
	policy_says '[branch "feature/{slug}"]' '[branch "**"]'
	run ! grep 'none of them' "$SERVER/policy/policy.ini"
	init 0 --force --workflow gitflow
	policy_says '# accept = ** takes every branch in, a trunk, too, since names follow no one convention.' \
		'# Those that follow one: accept = feature/{slug}'
}
