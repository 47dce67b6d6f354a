# shellcheck shell=bash
# helper: a server with a policy, a client, and what its pusher gets to see. Every test has them to itself.
bats_require_minimum_version 1.5.0

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BUILD=${POLICY_BUILD:-$ROOT/build-test}
TOOLS=$ROOT/tests/e2e/tools
ZERO=0000000000000000000000000000000000000000

# world_create: an environment in which the same input gives the same ids on every machine; no repository yet.
world_create() {
	local name
	for name in $(compgen -e GIT_) GL_USER; do
		unset "$name"
	done
	export HOME=$BATS_TEST_TMPDIR/home LC_ALL=C.UTF-8 TZ=UTC GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0
	export GIT_CONFIG_GLOBAL=$HOME/.gitconfig GIT_EDITOR=true GIT_POLICY_STATE=$BATS_TEST_TMPDIR/state
	export GIT_AUTHOR_NAME=Erin GIT_AUTHOR_EMAIL=erin@example.org GIT_AUTHOR_DATE='1740830400 +0000'
	export GIT_COMMITTER_NAME=Erin GIT_COMMITTER_EMAIL=erin@example.org GIT_COMMITTER_DATE='1740830400 +0000'
	mkdir -p "$HOME"
	printf '%s\n' '[init]' 'defaultBranch = main' '[maintenance]' 'auto = false' '[advice]' 'detachedHead = false' \
		'pushUpdateRejected = false' '[protocol]' 'version = 2' >"$GIT_CONFIG_GLOBAL"
	SERVER=$BATS_TEST_TMPDIR/server.git
	CLIENT=$BATS_TEST_TMPDIR/client
	# Hooks run in an environment of their own; this much of ours they need when they are built with sanitizers.
	SANITIZE=(ASAN_OPTIONS="${ASAN_OPTIONS-}" UBSAN_OPTIONS="${UBSAN_OPTIONS-}"
		LSAN_OPTIONS="suppressions=$TOOLS/leaks print_suppressions=0")
	export LSAN_OPTIONS="suppressions=$TOOLS/leaks print_suppressions=0"
	SERVER_ENV=()
}

# repo_create [POLICY-FILE [INSTALL-OPTION]...]: $SERVER, empty, with the hooks and the policy; $CLIENT, with one root
# commit in $ROOT_COMMIT. Without a file: the policy of policy_write.
repo_create() {
	local made
	client_create
	made=$BATS_RUN_TMPDIR/servers/$(repo_key "$@")
	if [ -d "$made" ]; then
		cp -a "$made" "$SERVER"
		return
	fi
	git init -q --bare "$SERVER"
	git -C "$SERVER" config receive.autogc false # a process after each push
	server_install "$@"
	# Installing takes longer than most tests: the next one with the same policy gets a copy.
	mkdir -p "${made%/*}"
	cp -a "$SERVER" "$made.$BASHPID"
	mv -T "$made.$BASHPID" "$made" 2>/dev/null || rm -rf "$made.$BASHPID"
}

repo_key() { # like repo_create: all that what it makes depends on
	local policy=${1:-$BATS_TEST_TMPDIR/policy.ini}
	{
		printf '%s\n' "$BUILD" "${policy##*/}" "${@:2}"
		cat "$GIT_CONFIG_GLOBAL"
		cd "${policy%/*}" && sha1sum -- * 2>/dev/null
	} | sha1sum | cut -c1-40
}

server_install() {
	local policy=${1:-$BATS_TEST_TMPDIR/policy.ini}
	[ $# -eq 0 ] || shift
	"$ROOT/install/install" --build "$BUILD" --policy "$policy" "$@" "$SERVER" >"$BATS_TEST_TMPDIR/install.log" 2>&1 ||
		fail "install/install: $(cat "$BATS_TEST_TMPDIR/install.log")"
}

client_create() {
	git init -q "$CLIENT"
	git -C "$CLIENT" remote add origin "$SERVER"
	TREE=$(printf '100644 blob %s\tREADME\n' "$(echo base | git -C "$CLIENT" hash-object -w --stdin)" |
		git -C "$CLIENT" mktree)
	ROOT_COMMIT=$(commit 'chore: begin')
}

# policy_write: the policy on standard input, after its version, and before the people the tests know.
policy_write() {
	{
		printf '%s\n' '[policy]' 'version = 1' '' '[identity]' 'env = GIT_POLICY_USER' ''
		cat
		people
	} >"$BATS_TEST_TMPDIR/policy.ini"
}

# policy_replace: the same, for a repository that has one already.
policy_replace() {
	policy_write
	cat "$BATS_TEST_TMPDIR/policy.ini" >"$SERVER/policy/policy.ini"
}

# policy_people_add GROUP USER: on the server, from now on.
policy_people_add() {
	sed -i "/^\[group \"$1\"\]/,/^members/s/^members = /&$2 /" "$SERVER/policy/people.ini"
}

people() {
	local name
	printf '\n'
	for name in erin bob carol ivy oscar; do
		printf '[user "%s"]\nemail = %s@example.org\n' "$name" "$name"
	done
	printf '[group "integrators"]\nmembers = ivy\n[group "admins"]\nmembers = oscar\n'
}

# commit MESSAGE [PARENT...]: prints the id of a new commit with the tree of its first parent.
commit() {
	local message=$1 tree=$TREE parents=() parent
	shift
	[ $# -eq 0 ] || tree=$1^{tree}
	for parent; do
		parents+=(-p "$parent")
	done
	printf '%s\n' "$message" | git -C "$CLIENT" commit-tree "$tree" "${parents[@]}"
}

# commit_file MESSAGE PARENT PATH CONTENT: a commit that sets a file at the top of the tree.
commit_file() {
	local blob tree
	blob=$(printf '%s\n' "$4" | git -C "$CLIENT" hash-object -w --stdin)
	tree=$({ git -C "$CLIENT" ls-tree "$2" | grep -v "	$3\$"; printf '100644 blob %s\t%s\n' "$blob" "$3"; } |
		git -C "$CLIENT" mktree)
	printf '%s\n' "$1" | git -C "$CLIENT" commit-tree "$tree" -p "$2"
}

# as NAME COMMAND...: what is committed is NAME's.
as() {
	local name=$1
	shift
	GIT_AUTHOR_NAME=$name GIT_AUTHOR_EMAIL=$name@example.org GIT_COMMITTER_NAME=$name \
		GIT_COMMITTER_EMAIL=$name@example.org "$@"
}

# merged_tree OURS THEIRS: prints the tree that git's own merge of the two gives.
merged_tree() {
	git -C "$CLIENT" merge-tree --write-tree "$1" "$2" || fail "$1 and $2 do not merge"
}

# squash MESSAGE BASE HEAD, merge MESSAGE BASE HEAD: print the id of the commit that lands HEAD on BASE.
squash() {
	printf '%s\n' "$1" | as ivy git -C "$CLIENT" commit-tree -p "$2" "$(merged_tree "$2" "$3")"
}

merge() {
	printf '%s\n' "$1" | as ivy git -C "$CLIENT" commit-tree -p "$2" -p "$3" "$(merged_tree "$2" "$3")"
}

# record_tag COMMIT MESSAGE: prints the id of an annotated tag that is a record's value.
record_tag() {
	printf 'object %s\ntype commit\ntag record\ntagger R <r@example.org> 1740830400 +0000\n\n%s\n' "$1" "$2" |
		git -C "$CLIENT" mktag
}

# approve TARGET HEAD USER...: each records, by a push, that HEAD may land on TARGET (heads/main).
approve() {
	local target=$1 head=$2 user
	shift 2
	for user; do
		push_ok "$user" "$head:refs/approvals/$target/$head/$user"
	done
}

# report COMMIT NAME RESULT [NAME RESULT]...: ci records, by one push, what checks said of COMMIT.
report() {
	local commit=$1 refspecs=()
	shift
	while [ $# -gt 0 ]; do
		refspecs+=("$(record_tag "$commit" "$2"):refs/checks/$commit/$1")
		shift 2
	done
	push_ok ci "${refspecs[@]}"
}

# commit_raw: writes standard input as a commit object, whatever it says, and prints its id.
commit_raw() {
	git -C "$CLIENT" hash-object -t commit -w --stdin --literally
}

# server_set REF COMMIT [REF COMMIT]...: how things were on the server before the test begins; no hook is asked.
server_set() {
	local specs=()
	while [ $# -gt 0 ]; do
		specs+=("+$2:$1")
		shift 2
	done
	git -C "$SERVER" fetch -q --no-write-fetch-head "$CLIENT" "${specs[@]}"
}

# serve_command USER: the command that runs receive-pack as a server does for a USER its transport has authenticated
# (empty: nobody), in an environment of the server's own, to which $SERVER_ENV adds.
serve_command() {
	printf '%q ' env -i PATH="$PATH" HOME=/nonexistent GIT_CONFIG_NOSYSTEM=1 ${1:+GIT_POLICY_USER="$1"} \
		"${SANITIZE[@]}" "${SERVER_ENV[@]}" git receive-pack
}

# transport USER ARGUMENT...: git push as USER, as plainly as can be; the test of a real server has one of its own.
transport() {
	git -C "$CLIENT" push --receive-pack="$(serve_command "$1")" "$SERVER" "${@:2}"
}

# push USER ARGUMENT...: git push as USER, a short name on the right of a refspec being a branch; sets $status and
# $output, what the user sees, without "remote: " and git's own frame.
push() {
	local user=$1 argument arguments=()
	shift
	for argument; do
		case $argument in
		*:refs/* | -*) ;;
		*:*) argument=${argument%%:*}:refs/heads/${argument#*:} ;;
		esac
		arguments+=("$argument")
	done
	run transport "$user" "${arguments[@]}"
	output=$(sed -e '/^To /d; /^error: failed to push some refs/d' -e 's/^remote: //' -e 's/ *$//' <<<"$output")
}

# push_ok USER ARGUMENT...: it must succeed, and every ref must then be where the push put it.
push_ok() {
	local argument
	push "$@"
	[ "$status" -eq 0 ] || fail "the push should have been accepted: ${*:2}"
	for argument in "${@:2}"; do
		case $argument in
		*:*) assert_landed "${argument#+}" ;;
		esac
	done
}

assert_landed() {
	local source=${1%%:*} ref=${1#*:}
	[ "${ref#refs/}" != "$ref" ] || ref=refs/heads/$ref
	if [ -z "$source" ]; then
		assert_no_ref "$ref"
	else
		assert_ref "$ref" "$(git -C "$CLIENT" rev-parse "$source")"
	fi
}

# push_refused USER ARGUMENT...: the hook must refuse it, and no ref may have moved.
push_refused() {
	push_failed "$@"
	assert_said 'hook declined'
}

# push_failed USER ARGUMENT...: the same when git itself may refuse, before or after the hook.
push_failed() {
	local before
	before=$(server_refs)
	push "$@"
	[ "$status" -ne 0 ] || fail "the push should have been refused: ${*:2}"
	[ "$(server_refs)" = "$before" ] || fail "a refused push moved a ref: ${*:2}"
}

# push_raw USER COMMAND...: commands as bytes on the wire (tools/push-raw); $stderr is what the hook said.
push_raw() {
	local user=$1 before
	shift
	before=$(server_refs)
	run --separate-stderr "$TOOLS/push-raw" "$CLIENT" "$SERVER" "$(serve_command "$user")" "$@"
	# shellcheck disable=SC2154 # set by run
	output=$stderr$'\n'$output
	[ "$status" -eq 0 ] || [ "$(server_refs)" = "$before" ] || fail "a refused push moved a ref: $*"
}

push_raw_refused() {
	push_raw "$@"
	[ "$status" -ne 0 ] || fail "the push should have been refused: ${*:2}"
	assert_said 'hook declined'
}

# hook NAME [ARGUMENT]...: runs a hook of $SERVER as receive-pack would, for $HOOK_USER; standard input is the caller's.
hook() {
	local name=$1
	shift
	(cd "$SERVER" && env -i PATH="$PATH" HOME=/nonexistent GIT_DIR=. GIT_POLICY_USER="${HOOK_USER-erin}" \
		"${SANITIZE[@]}" "${SERVER_ENV[@]}" "$BUILD/hooks/$name" "$@")
}

git_policy() {
	"$BUILD/cli/git-policy" "$@"
}

server_refs() {
	git -C "$SERVER" for-each-ref --format='%(refname) %(objectname) %(symref)' 2>/dev/null
}

assert_ref() {
	local value
	value=$(git -C "$SERVER" rev-parse -q --verify "$1") || fail "there is no $1"
	[ "$value" = "$2" ] || fail "$1 is at $value, not at $2"
}

assert_no_ref() {
	! git -C "$SERVER" show-ref -q --verify "$1" || fail "there is a $1"
}

# assert_said TEXT...: each must occur in a line of $output.
assert_said() {
	local text
	for text; do
		grep -qF -e "$text" <<<"$output" || fail "not said: $text"
	done
}

assert_not_said() {
	local text
	for text; do
		! grep -qF -e "$text" <<<"$output" || fail "said: $text"
	done
}

# assert_rule RULE...: a finding of each was told, as an error.
assert_rule() {
	local rule
	for rule; do
		grep -qE "^error: +$rule:" <<<"$output" || fail "no error of rule $rule"
	done
}

assert_warned() {
	local rule
	for rule; do
		grep -qE "^warning: +$rule:" <<<"$output" || fail "no warning of rule $rule"
	done
}

assert_no_rule() {
	local rule
	for rule; do
		! grep -qE "^(error|warning): +$rule:" <<<"$output" || fail "a finding of rule $rule"
	done
}

# json_findings KEY=VALUE...: prints every JSON finding in $output that has these values.
json_findings() {
	perl -MJSON::PP -e '
		my %want = map { split /=/, $_, 2 } @ARGV;
		while (<STDIN>) {
			s/^remote: //;
			next unless /^\{/;
			my $f = decode_json($_);
			print unless grep { ($f->{$_} // "") ne $want{$_} } keys %want;
		}' "$@" <<<"$output"
}

fail() {
	printf '%s\n' "$*" "status: ${status-}" "--- output" "${output-}" "---" >&2
	return 1
}
