# shellcheck shell=bash
# http: git-http-backend for users with passwords; which server asks for these, the file says that loads this. Each test
# has a repository and a clone to itself, and one server serves them all: on 127.0.0.1 as the recipe is, on 127.0.0.2
# with reading for everybody.
load helper
load server

# Names that policies do not know, each almost somebody's.
ODD=(mallory Oscar 'oscar ' "oscar'" 'oscar,ivy' '$oscar' 'oscar\' $'osc\xc3\xa4r')

# http_world: what each test gets a copy of, and the passwords, in $HTTP; for setup_file.
http_world() {
	export HTTP=$BATS_FILE_TMPDIR
	local BATS_TEST_TMPDIR=$HTTP
	world_create
	server_account
	mkdir "$HTTP/git" "$HTTP/run"
	cp "$TOOLS/leaks" "$HTTP/leaks"
	policy_write <<-'POLICY'
		[branch "main"]
		push = @integrators
		direct = deny
		accept = feature/*
		approvals = 1 @reviewers

		[branch "feature/{slug}"]
		[branch "oscar/{slug}"]
		push = oscar

		[group "reviewers"]
		members = bob carol

		[audit]
		file = policy/audit.jsonl
	POLICY
	sed -i 's/^version = 1$/&\ndeadline = 2s/' "$HTTP/policy.ini"
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT" refs/heads/oscar/old "$ROOT_COMMIT"
	git -C "$CLIENT" update-ref refs/heads/base "$ROOT_COMMIT"
	git -C "$CLIENT" update-ref refs/heads/head "$(commit_file 'feat: add a form' "$ROOT_COMMIT" login.html '<form>')"
	printf '%s\n' erin bob carol ivy oscar "${ODD[@]}" |
		perl -lne 'print "$_:", crypt("$_ knows", "\$5\$salt")' >"$HTTP/htpasswd"
	[ "$(id -u)" != 0 ] || chown -R "$SERVER_USER" "$SERVER" "$HTTP/run"
}

# http_recipe NAME [SED-EXPRESSION]...: install/servers/NAME with the places of this test, as $HTTP/closed.conf; and as
# $HTTP/open.conf with its lines in force that let everybody read.
http_recipe() {
	local name=$1 expression expressions=()
	shift
	for expression; do
		expressions+=(-e "$expression")
	done
	sed -e "s|/etc/git-policy/htpasswd|$HTTP/htpasswd|" -e "s|/srv/git\([\";]\)|$HTTP/git\1|" "${expressions[@]}" \
		"$ROOT/install/servers/$name" >"$HTTP/closed.conf"
	sed -E 's/^(\t*)#([^ ])/\1\2/' "$HTTP/closed.conf" >"$HTTP/open.conf"
}

# What a server is started in: none of the test's own environment.
http_environment() {
	ENVIRONMENT=(env -i PATH="$PATH" GIT_CONFIG_NOSYSTEM=1 "${SANITIZE[@]}"
		LSAN_OPTIONS="suppressions=$HTTP/leaks print_suppressions=0")
}

setup() {
	world_create
	git config --global safe.directory '*' # as root, we look into a repository of the server's
	SERVER=$HTTP/git/$BATS_TEST_NUMBER.git
	cp -a "$HTTP/server.git" "$SERVER"
	cp -a "$HTTP/client" "$CLIENT"
	REPO=/git/$BATS_TEST_NUMBER.git HOST=127.0.0.1 OPTIONS=()
	BASE=$(git -C "$CLIENT" rev-parse base)
	HEAD=$(git -C "$CLIENT" rev-parse head)
}

# transport USER ARGUMENT...: git push with USER's password; empty: without any.
transport() {
	git -C "$CLIENT" "${OPTIONS[@]}" push "http://${1:+$1:$1%20knows@}$HOST:$PORT$REPO" "${@:2}"
}

# credentials USER [PASSWORD]: a header.
credentials() {
	printf 'Authorization: Basic %s' "$(printf '%s:%s' "$1" "${2-$1 knows}" | base64 -w0)"
}

# request METHOD PATH [HEADER]... <body: sets $output to the answer, header and all.
request() {
	local method=$1 path=$2 connection
	shift 2
	cat >"$BATS_TEST_TMPDIR/body"
	{
		printf '%s\r\n' "$method $REPO$path HTTP/1.1" "Host: $HOST" 'Connection: close' \
			"Content-Length: $(stat -c %s "$BATS_TEST_TMPDIR/body")" "$@" ''
		cat "$BATS_TEST_TMPDIR/body"
	} >"$BATS_TEST_TMPDIR/request"
	exec {connection}<>"/dev/tcp/$HOST/$PORT"
	cat "$BATS_TEST_TMPDIR/request" >&"$connection"
	output=$(tr -d '\0' <&"$connection")
	exec {connection}>&-
}

# post QUERY HEADER...: asks, past git's own client, that a branch of oscar's go away; sets $output.
post() {
	local command="$BASE $ZERO refs/heads/oscar/old"
	request POST "/git-receive-pack$1" 'Content-Type: application/x-git-receive-pack-request' "${@:2}" \
		< <(printf '%04x%s\0 report-status0000' $((4 + ${#command} + 15)) "$command")
}

# unchanged COMMAND...: neither a ref nor an object of the server may come or go by it.
unchanged() {
	local before
	before=$(server_contents)
	"$@"
	[ "$(server_contents)" = "$before" ] || fail "something changed: $*"
}

server_contents() {
	server_refs
	find "$SERVER/objects" "$SERVER/refs" | sort
}

# assert_answer PATTERN: how the answer to request or post begins.
assert_answer() {
	grep -qE "^HTTP/1.1 ($1) " <<<"${output%%$'\r'*}" || fail "answered otherwise than $1"
}

# ---- what holds of every such server ----

http_judges() {
	local said
	push_ok erin head:feature/x
	unchanged push_refused erin head:main
	assert_rule push
	said=$(grep -v '^event ' <<<"$output")
	push erin -o policy.format=json head:main
	[ -n "$(json_findings rule=push)" ] || fail 'no JSON'
	# The whole of it: what is said where no server stands between.
	load helper
	server_account
	SERVER_ENV=("${SERVER_AS[@]}")
	push_refused erin head:main
	[ "$(grep -v '^event ' <<<"$output")" = "$said" ] || fail "over http instead: $said"
}

http_identifies() {
	push_ok erin head:feature/x
	unchanged push_refused bob "head:refs/approvals/heads/main/$HEAD/carol"
	assert_said bob carol
	unchanged push_refused erin :oscar/old
	unchanged push_refused ivy head:main
	assert_rule approvals
	approve heads/main "$HEAD" bob
	push_ok ivy head:main
	grep '"ref":"refs/heads/main"' "$SERVER/policy/audit.jsonl" | tail -1 |
		grep '"user":"ivy"' | grep -q '"transport":"http"' || fail 'the audit says otherwise'
}

http_asks_for_passwords() {
	local path
	unchanged push_failed '' head:feature/x
	assert_said 'could not read Username'
	for path in '/info/refs?service=git-receive-pack' '/info/refs?service=git-upload-pack' /git-upload-pack; do
		request GET "$path" </dev/null
		assert_answer 401
	done
	unchanged post ''
	assert_answer 401
	unchanged post '' "$(credentials oscar guessed)"
	assert_answer 401
	unchanged post '' "$(credentials '' '')"
	assert_answer 401
	for path in /config /HEAD /policy/policy.ini /hooks/pre-receive /objects/info/packs /../htpasswd; do
		request GET "$path" "$(credentials oscar)" </dev/null
		assert_answer '40[034]'
	done
}

http_believes_nobody() {
	local erin guessed
	erin=$(credentials erin) guessed=$(credentials oscar guessed)
	# All at once; and that it was judged shows that nothing else was in the way.
	unchanged post '?GIT_POLICY_USER=oscar&REMOTE_USER=oscar' "$erin" 'GIT_POLICY_USER: oscar' 'Git-Policy-User: oscar' \
		'REMOTE_USER: oscar' 'Remote-User: oscar' 'X-Remote-User: oscar' 'X-Forwarded-User: oscar' 'From: oscar' \
		'X-Webauth-User: oscar' 'Cookie: REMOTE_USER=oscar' 'Proxy-Authorization: Basic b3NjYXI6'
	assert_said 'ng refs/heads/oscar/old'
	# Words without "=" become arguments of a CGI program.
	unchanged post '?GIT_POLICY_USER+oscar+--help' "$erin"
	assert_said 'ng refs/heads/oscar/old'
	unchanged post '' "$guessed" "$erin"
	assert_not_said 'ok refs/heads/oscar/old'
	unchanged post '' "$erin" "$guessed"
	assert_not_said 'ok refs/heads/oscar/old'
	unchanged push_refused erin -o GIT_POLICY_USER=oscar -o policy.user=oscar :oscar/old
	assert_rule push
	post '' "$(credentials oscar)"
	assert_said 'ok refs/heads/oscar/old'
}

http_knows_nobody_else() {
	local name
	for name in "${ODD[@]}"; do
		unchanged post '' "$(credentials "$name")"
		assert_answer 200
		assert_said 'ng refs/heads/oscar/old'
	done
	unchanged push_refused mallory head:feature/x
	assert_rule push
}

http_takes_much() {
	head -c 3000000 /dev/urandom >"$BATS_TEST_TMPDIR/much"
	local blob tree commit
	blob=$(git -C "$CLIENT" hash-object -w "$BATS_TEST_TMPDIR/much")
	tree=$(printf '100644 blob %s\tmuch\n' "$blob" | git -C "$CLIENT" mktree)
	commit=$(git -C "$CLIENT" commit-tree -m 'feat: much' -p base "$tree")
	OPTIONS=(-c http.postBuffer=65536)
	GIT_TRACE_CURL=$BATS_TEST_TMPDIR/trace GIT_TRACE_CURL_NO_DATA=1 push_ok erin "$commit:feature/much"
	grep -q 'Transfer-Encoding: chunked' "$BATS_TEST_TMPDIR/trace" || fail 'it went in one piece'
	git clone -q --bare "http://bob:bob%20knows@$HOST:$PORT$REPO" "$BATS_TEST_TMPDIR/clone"
	[ "$(git -C "$BATS_TEST_TMPDIR/clone" rev-parse feature/much)" = "$commit" ]
}

# The server's own patience is shorter than the deadline, but for what the recipe says.
http_waits() {
	local lock
	push_ok erin head:feature/x
	exec {lock}>>"$SERVER/policy/audit.jsonl"
	flock "$lock"
	unchanged push_refused erin head:feature/y
	exec {lock}>&-
	assert_said 'undecided: the deadline of 2 s passed, waiting for the audit file, which another process keeps locked; nothing was accepted'
}

http_lets_everybody_read() {
	HOST=127.0.0.2
	local query guessed
	git ls-remote "http://$HOST:$PORT$REPO" main | grep -q "$BASE" || fail 'cannot be read'
	unchanged push_failed '' head:feature/x
	assert_said 'could not read Username'
	guessed=$(credentials oscar guessed)
	for query in '' '?service=git-upload-pack' '?/git-upload-pack' '?x=/info/refs?service=git-upload-pack' \
		'/../git-upload-pack' '%3f/git-upload-pack' '/%2e%2e/git-receive-pack?service=git-upload-pack'; do
		unchanged post "$query" "$guessed"
		assert_not_said 'refs/heads/oscar/old'
	done
	unchanged post '#.git/git-upload-pack' # what a server takes for a fragment is no part of what it serves
	assert_answer '40[01]'
	request GET '/info/refs?service=git-upload-pack&service=git-receive-pack' "$guessed" </dev/null
	assert_answer '40[13]'
	push_ok oscar :oscar/old
}
