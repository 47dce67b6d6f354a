# usage: git policy keeps git's habits: how it is asked for its usage, what it answers to a slip, JSON, and colours.
load helper

setup() {
	world_create
	PATH=$BUILD/cli:$PATH
	cd "$BATS_TEST_TMPDIR"
}

# misused COMMAND...: it is not called like that: exit status 129, one line of error, nothing on standard output.
misused() {
	run --separate-stderr git policy "$@"
	[ "$status" -eq 129 ] || fail "should have ended with 129: $*"
	[ -z "$output" ] || fail "standard output: $*"
	output=$stderr
	[ "$(grep -c '^error: git-policy: ' <<<"$output")" -eq 1 ] || fail "not one line of error: $*"
}

# colours NAME=VALUE...: what a misspelt command is answered under this configuration of git's.
colours() {
	local settings=() setting
	for setting; do
		settings+=(-c "$setting")
	done
	run git "${settings[@]}" policy chekc
	[ "$status" -eq 129 ] || fail 'colours'
}

@test "how every command is called: -h as git's commands do, --help without an error" {
	local name
	while read -r name; do
		run --separate-stderr git-policy "$name" -h
		[ "$status" -eq 129 ] || fail "$name -h"
		[ -z "$stderr" ] || fail "$name -h: $stderr"
		assert_said "git-policy $name"
		run --separate-stderr git-policy "$name" --help
		[ "$status" -eq 0 ] || fail "$name --help"
		assert_said "git-policy $name"
	done < <(git-policy help | sed -n -e '/^  \(authorize\|hook\|install\|uninstall\) /d' -e 's/^  \([a-z-]*\) .*/\1/p')
	run --separate-stderr git-policy -h
	[ "$status" -eq 129 ] || fail '-h'
	assert_said check explain 'exit status'
	run --separate-stderr git-policy help
	[ "$status" -eq 0 ] || fail 'help'
	assert_said check explain
	run --separate-stderr git-policy
	[ "$status" -eq 129 ] || fail 'no command'
	[ -z "$output" ] || fail 'usage on standard output'
	run git-policy --version
	[ "$status" -eq 0 ] || fail 'version'
}

@test "-h: a line for each option" {
	run git-policy land -h
	assert_said 'usage: git-policy land [<option>...] --into <target> <branch>'
	grep -qE '^    --into <target> +[a-z]' <<<"$output" || fail 'no line of --into'
	grep -qE '^    --dry-run +[a-z]' <<<"$output" || fail 'no line of --dry-run'
	run awk 'length > 100' <<<"$(git-policy init -h; git-policy audit -h)"
	[ -z "$output" ] || fail 'long lines'
}

@test "a policy that is named is a file, and is there; a repository goes behind -C" {
	git init -q --bare p.git
	local command
	for command in check 'explain main --policy'; do
		# shellcheck disable=SC2086 # words
		run --separate-stderr git policy $command p.git
		[ "$status" -eq 2 ] || fail "$command p.git"
		[ "${stderr##*$'\n'}" = "hint: did you mean git policy ${command%% *} -C p.git?" ] || fail "$stderr"
		# shellcheck disable=SC2086 # words
		run --separate-stderr git policy $command /nope/x
		[ "$status" -eq 2 ] || fail "$command /nope/x"
		[ "$stderr" = 'error: git-policy: /nope/x: No such file or directory' ] || fail "$stderr"
	done
}

@test "JSON is on standard output, whatever it says" {
	git init -q nowhere
	printf '[policy]\nversion = 1\n[brnch "x"]\n' >broken.ini
	local command
	for command in 'check broken.ini' 'check -C nowhere' 'check-message -C nowhere' 'explain -C nowhere main' \
		'debt -C nowhere' 'prune -C nowhere' 'triggers -C nowhere' 'audit -C nowhere' 'audit verify -C nowhere'; do
		# shellcheck disable=SC2086 # words
		run --separate-stderr git policy $command --json </dev/null
		[ "$status" -eq 2 ] || fail "$command"
		[ -z "$stderr" ] || fail "$command: $stderr"
		[ "$(json_findings type=verdict verdict=undecided)" = "${lines[-1]}" ] || fail "$command: no last verdict"
	done
}

@test "somebody else's repository: whose it is, and how it is opened" {
	[ "$(id -u)" = 0 ] || skip 'only root can give a repository away'
	git init -q --bare p.git
	chown -R 65534 p.git
	local command path
	path=$(realpath p.git)
	for command in check audit prune triggers debt 'status --for main' 'approve --for main'; do
		# shellcheck disable=SC2086 # words
		run git policy $command -C p.git
		[ "$status" -eq 2 ] || fail "$command"
		assert_said "$path belongs to user 65534" "sudo -u '#65534'" "git config --global --add safe.directory $path"
		assert_not_said 'outside of a repository'
	done
	git config --global --add safe.directory "$path"
	# libgit2 knows no GIT_CONFIG_GLOBAL where it looks whose a repository is.
	run env -u GIT_CONFIG_GLOBAL git policy check -C p.git
	assert_not_said belongs
}

@test "git help policy opens the manual" {
	command -v man scdoc >/dev/null || skip 'no man, or no scdoc'
	mkdir -p man/man1
	scdoc <"$ROOT/docs/git-policy.1.scd" >man/man1/git-policy.1
	run env MANPATH="$PWD/man" MANPAGER=cat git help policy
	[ "$status" -eq 0 ] || fail 'git help policy'
	assert_said 'git-policy - '
}

@test "a slip is answered with what was probably meant, and is no verdict" {
	misused chekc
	assert_said "'chekc' is not a command; did you mean check?"
	misused zebra
	assert_said "'zebra' is not a command" 'git policy help lists the commands'
	misused check --jsn
	assert_said '--jsn: no such option; did you mean --json?'
	misused approve --offlin
	assert_not_said 'did you mean'
	misused check -xh
	assert_said '-x: no such option'
	misused check --json=x
	assert_said '--json has no value'
	misused grant --reason
	assert_said '--reason: the value behind it is missing: <text>'
	misused check --policy x
	assert_said '--policy is not for check' 'usage: git-policy check '
	misused approve HEAD
	assert_said '--for is missing for approve'
	misused explain
	assert_said 'too few arguments for explain'
	misused check a b
	assert_said 'too many arguments for check'
	misused explain a b
	assert_said '--push <old> <new> <ref>'
	misused help chekc
	assert_said 'did you mean check?'
}

@test "nothing that is typed or named reaches the terminal as it is, should it be for that" {
	local bad=$'x\e[31m\u202ey' said command
	git init -q clone
	git -C clone commit -q --allow-empty -m 'feat: x'
	git -C clone branch $'\u202emain'
	cp -r clone server
	git -C clone remote add origin "$PWD/server"
	for command in "$bad" "test -C clone --offline $bad" "status -C clone --offline --for main $bad" \
		"approve -C clone --offline --for main $bad" "approve -C clone --remote $bad --for main" "check -C $bad" \
		"check --policy $bad" "check-message $bad" "check --$bad" "install --$bad" "install --policy $bad server/.git" \
		"install --recursive $bad" "install --client --$bad" "install --client $bad" "authorize --file $bad erin" \
		"test -C clone HEAD:refs/heads/"$'\u202emain'; do
		IFS=' ' read -r -d '' -a said <<<"$command" || true
		run git policy "${said[@]}"
		[ "$status" -ne 0 ] || [[ $output == *'nothing to push'* ]] || fail "$command"
		[[ $output != *[$'\e\u202e']* ]] || fail "shown raw: $command"
	done
}

@test "options stand anywhere, and behind -- nothing is one" {
	local policy=$ROOT/policies/starter.ini
	git policy --policy "$policy" explain main >before
	git policy explain main --policy "$policy" >behind
	cmp before behind
	run git policy explain --policy "$policy" -- --main
	assert_said 'refs/heads/--main'
}

@test "rules: all of them, one by its name, and the nearest to a slip" {
	run git policy rules
	[ "$status" -eq 0 ] || fail 'rules'
	assert_said 'approvals (enforce)' 'Settings that belong to no rule'
	run git policy rules approvals
	[ "$status" -eq 0 ] || fail 'rules approvals'
	assert_said 'To mend it: ' 'git policy approve <commit> --for <branch>' 'For example: approvals = 2 @reviewers'
	run git policy rules aproval
	[ "$status" -eq 2 ] || fail 'rules aproval'
	assert_said 'error: git-policy: aproval: ' 'hint: did you mean approvals?'
}

@test "JSON: rules, keys, values, versions; and every place in the manual is there" {
	run git policy rules --json
	json_findings type=rule name=approvals scope=landing severity=enforce | grep -q . || fail 'no rule'
	json_findings type=key name=file-max rule=size example=10M | grep -q . || fail 'no key'
	[ "$(json_findings | wc -l)" -eq "$(wc -l <<<"$output")" ] || fail 'not only JSON'
	local anchor
	for anchor in $(grep -o 'policy.md#[a-z-]*' <<<"$output" | sort -u); do
		sed -n 's/^#* //p' "$ROOT/docs/policy.md" | tr A-Z a-z | tr -d ',/' | tr ' ' - |
			grep -qx -e "${anchor#*\#}" || fail "no heading: $anchor"
	done
	run git policy rules --json file-max
	[ "$(wc -l <<<"$output")" -eq 1 ] || fail 'more than one'
	run git policy explain --json --policy "$ROOT/policies/starter.ini" main
	[ "$status" -eq 0 ] || fail 'explain'
	json_findings type=section 'section=[branch "main"]' file=starter.ini line=26 | grep -q . || fail 'no section'
	json_findings type=value key=approvals 'value=1 @reviewers' file=starter.ini line=30 | grep -q '"users":\["bob",' ||
		fail 'no value'
	json_findings type=value key=grant value=nobody unset=1 | grep -q . || fail 'no default'
	run git policy explain --json --policy "$ROOT/policies/starter.ini" mian
	json_findings type=refused ref=refs/heads/mian nearest=main | grep -q '"accepted":\["main",' || fail 'not refused'
	run git policy version --json
	json_findings type=version | grep -q . || fail 'no version'
}

@test "colours: as git's configuration, the terminal and NO_COLOR say" {
	local red=$'\e[1;31m' yellow=$'\e[33m' end=$'\e[m'
	colours
	assert_not_said $'\e'
	colours color.ui=always
	assert_said "${red}error${end}: git-policy: 'chekc'"
	colours color.ui=always color.policy=never
	assert_not_said $'\e'
	NO_COLOR=1 colours color.ui=always
	assert_not_said $'\e'
	run git -c color.policy=always policy zebra
	assert_said "${yellow}hint${end}: "
	run script -qec 'git policy chekc' /dev/null
	assert_said "${red}error${end}: "
	NO_COLOR=1 run script -qec 'git policy chekc' /dev/null
	assert_not_said $'\e'
	run script -qec 'git -c color.ui=never policy chekc' /dev/null
	assert_not_said $'\e'
	# What no person reads has none, and neither has what is quoted.
	run git -c color.ui=always policy rules --json
	assert_not_said $'\e'
	run git -c color.ui=always policy check "$ROOT/policies/starter.ini"
	assert_said $'\e[36mnote'"$end: "
}
