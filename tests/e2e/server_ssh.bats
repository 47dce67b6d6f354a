# server_ssh: plain ssh, with OpenSSH's own sshd: who pushes is who the key's line in authorized_keys names (install/serve,
# install/authorize), whatever the client says.
load helper
load ssh

setup_file() {
	ssh_keys erin bob bob-laptop carol ivy
	for name in erin bob carol ivy; do
		cat "$SSH/keys/$name"*.pub | "$ROOT/install/authorize" --file "$SSH/authorized_keys" $name >/dev/null
	done
	ssh_start "SetEnv HOME=$BATS_FILE_TMPDIR"
}

teardown_file() {
	server_stop
}

setup() {
	world_create
}

transport() {
	GIT_SSH_COMMAND=$(ssh_command "$1" "${SSH_OPTIONS[@]}") git -C "$CLIENT" push "ssh://server$SERVER" "${@:2}"
}

serve_world() {
	policy_write <<-'POLICY'
		[group "reviewers"]
		members = bob carol

		[commit]
		format = conventional

		[branch "main"]
		push = @integrators
		direct = deny
		accept = feature/* by fast-forward
		approvals = 2 @reviewers

		[branch "feature/{slug}"]
	POLICY
	repo_create
	hooks_sanitized
	server_set refs/heads/main "$ROOT_COMMIT"
	HEAD=$(commit_file 'feat: add a form' "$ROOT_COMMIT" login.html '<form>')
	SSH_OPTIONS=()
}

# Nothing of a server's environment gets past install/serve: what sanitizers need, a hook in front of ours says again.
hooks_sanitized() {
	local name
	for name in pre-receive post-receive; do
		mv "$SERVER/hooks/$name" "$SERVER/hooks/$name.policy"
		printf '#!/bin/sh\nexec %s hooks/%s.policy\n' "$(printf '%q ' env "${SANITIZE[@]}")" $name >"$SERVER/hooks/$name"
		chmod +x "$SERVER/hooks/$name"
	done
}

@test "what is right gets in, and what is not is explained in full" {
	serve_world
	push_ok erin "$HEAD:feature/form"
	grep -q " erin refs/heads/feature/form " "$SERVER"/policy/account/refs/heads/feature/form:log
	local bad
	bad=$(commit 'feat add it' "$HEAD")
	run transport erin "$HEAD:refs/heads/main" "$bad:refs/heads/feature/form"
	[ "$status" -ne 0 ]
	diff - <(grep '^remote: ' <<<"$output" | sed 's/ *$//') <<-SAID
		remote: error: refs/heads/main: rejected, 2 problems
		remote: error:   push: erin may not push here
		remote: hint:      wanted: one of: @integrators
		remote: hint:      ask one of them to push it
		remote: hint:      policy.ini:14  push = @integrators
		remote: error:   approvals: 0 of 2 for ${HEAD:0:7}
		remote: hint:      one of @reviewers runs: git policy approve ${HEAD:0:7} --for main
		remote: hint:      policy.ini:17  approvals = 2 @reviewers
		remote: error: refs/heads/feature/form: rejected, 1 problem
		remote: error:   format: commit ${bad:0:7}, line 1, column 5: no colon follows the type (Conventional Commits, item 1)
		remote: error:     feat add it
		remote: error:         ^
		remote: hint:      wanted: type: description, or type(scope): description
		remote: hint:      git commit --amend
		remote: hint:      policy.ini:11  format = conventional
	SAID
	assert_ref refs/heads/main "$ROOT_COMMIT"
	assert_ref refs/heads/feature/form "$HEAD"
	# Who reads gets all of git's protocol.
	export GIT_SSH_COMMAND
	GIT_SSH_COMMAND=$(ssh_command erin)
	GIT_TRACE_PACKET=1 run git ls-remote "ssh://server$SERVER"
	assert_said "$HEAD	refs/heads/feature/form" '< version 2'
	git archive --remote="ssh://server$SERVER" "feature/form" | tar -t | grep -q login.html
}

@test "an approval is that of whoever's key brought it, and two keys of one person are one person" {
	serve_world
	push_ok erin "$HEAD:feature/form"
	push_refused bob "$HEAD:refs/approvals/heads/main/$HEAD/carol"
	assert_said 'push: bob does not speak for carol'
	push_ok bob "$HEAD:refs/approvals/heads/main/$HEAD/bob"
	push_refused bob-laptop "$HEAD:refs/approvals/heads/main/$HEAD/bob-laptop"
	push_refused ivy "$HEAD:main"
	assert_said "approvals: 1 of 2 for ${HEAD:0:7} (bob)"
	push_ok carol "$HEAD:refs/approvals/heads/main/$HEAD/carol"
	push_ok ivy "$HEAD:main"
}

@test "nothing that a client says makes it somebody else" {
	serve_world
	local variables=(GIT_POLICY_USER=ivy GL_USER=ivy LC_GIT_POLICY_USER=ivy GIT_CONFIG_COUNT=1
		GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0=/dev/null GIT_CONFIG_PARAMETERS="'core.hooksPath'='/dev/null'"
		GIT_NAMESPACE=x GIT_QUARANTINE_PATH=/ GIT_EXEC_PATH=/nonexistent GIT_DIR=/nonexistent GIT_POLICY_FORMAT=json
		SSH_ORIGINAL_COMMAND=id HOME=/nonexistent PATH=/nonexistent ENV=/nonexistent)
	export GIT_POLICY_USER=ivy GIT_PROTOCOL=version=1
	SSH_OPTIONS=(-o "SetEnv=${variables[*]}" -o SendEnv=GIT_POLICY_USER -o SendEnv=GIT_PROTOCOL)
	push_refused erin "$HEAD:main" -o GIT_POLICY_USER=ivy -o policy.user=ivy
	assert_rule push
	assert_said 'erin may not push here'
	push_ok erin "$HEAD:feature/form"
	SSH_OPTIONS=()
	push_failed erin --receive-pack='GIT_POLICY_USER=ivy git-receive-pack' "$HEAD:main"
	assert_said 'git only, erin'
	push_failed erin --receive-pack='git -c core.hooksPath=/dev/null receive-pack' "$HEAD:main"
	assert_said 'git only, erin'
}

@test "there is no shell, no tunnel and nothing else behind a key" {
	local command pwned=$BATS_TEST_TMPDIR/pwned
	run ssh_as erin server
	[ "$status" -eq 128 ]
	[ "$output" = 'Hi erin, git only: you are known here, and there is no shell.' ]
	run ssh_as erin server "git-receive-pack '$SERVER'; touch $pwned" </dev/null
	[ "$status" -ne 0 ]
	run ssh_as erin -W "127.0.0.1:$PORT" server </dev/null
	assert_said 'forwarding failed'
	run ssh_as erin -s server sftp </dev/null
	[ "$status" -eq 128 ]
	# The same by what sshd starts.
	for command in id sh "git-upload-pack '\$(touch $pwned)'" "git-upload-pack '$SERVER' | touch $pwned" \
		"git-upload-archive '--exec=touch $pwned'" "git-receive-pack '$SERVER'"$'\n'"touch $pwned" 'cvs server' \
		"git-receive-pack '' 'x'" "env git-receive-pack '$SERVER'" "/usr/bin/git-receive-pack '$SERVER'"; do
		SSH_ORIGINAL_COMMAND=$command run "$ROOT/install/serve" erin </dev/null
		[ "$status" -ne 0 ] || fail "it did $command"
	done
	[ ! -e "$pwned" ]
	# A line that names nobody serves nobody; a login shell that is git-shell would never have come to it.
	SSH_ORIGINAL_COMMAND="git-receive-pack '$SERVER'" run "$ROOT/install/serve"
	assert_said 'names nobody'
	run git-shell -c "$ROOT/install/serve erin"
	assert_said 'unrecognized command'
}

@test "the recipe for sshd is one that it understands" {
	run /usr/sbin/sshd -T -h "$SSH/keys/host" -f "$ROOT/install/servers/ssh/sshd_config" -C user=git,host=x,addr=::1
	assert_said 'disableforwarding yes' 'permittty no' 'acceptenv GIT_PROTOCOL'
	assert_not_said 'acceptenv LANG'
}

@test "authorize: one line a key, whole or not at all" {
	local keys=$SSH/keys file=$BATS_TEST_TMPDIR/authorized_keys
	authorize() {
		run "$ROOT/install/authorize" "$@"
	}
	authorize erin <"$keys/erin.pub"
	[ "$output" = "restrict,command=\"$ROOT/install/serve erin\" $(cut -d' ' -f1,2 "$keys/erin.pub") erin_s__key_" ]
	# The command is the same, wherever the scripts are.
	GIT_POLICY_EXEC_PATH=$ROOT/install run git_policy authorize erin <"$keys/erin.pub"
	assert_said "restrict,command=\"$ROOT/install/serve erin\""
	# Neither a name, nor a program, nor a key brings anything along.
	local name
	# shellcheck disable=SC2016 # nothing is to be expanded
	for name in '' ' ' -x 'erin"' "e'n" 'e$n' 'e\n' 'e;id' $'erin\nx' 'e n' '`id`' é; do
		authorize -- "$name" <"$keys/erin.pub"
		[ "$status" -ne 0 ]
	done
	authorize --serve /bin/true erin <"$keys/erin.pub"
	assert_said 'restrict,command="/bin/true erin" ssh-ed25519 '
	authorize --serve '/bin/sh -c' erin <"$keys/erin.pub"
	[ "$status" -eq 2 ]
	local key
	key=$(cat "$keys/erin.pub")
	for key in "no-pty $key" "command=\"id\" $key" 'ssh-ed25519 AAAA' 'ssh-ed25519' "ssh-rsa ${key#* }" '' '# none' \
		"$key"$'\n'"restrict $key"; do
		authorize erin <<<"$key"
		[ "$status" -eq 2 ]
		assert_not_said 'restrict,command'
	done
	printf '# ours\nssh-rsa AAAA somebody' >"$file"
	authorize --file "$file" bob < <(sed 's/$/\r/' "$keys/bob.pub" "$keys/bob-laptop.pub")
	[ "$output" = '2 keys of bob added' ]
	authorize --file "$file" bob <"$keys/bob.pub"
	[ "$output" = 'a key of bob: there already' ]
	[ "$(stat -c %a "$file")" = 600 ]
	[ "$(grep -c 'serve bob" ssh-ed25519' "$file")" = 2 ]
	# A key is one person's.
	authorize --file "$file" carol <"$keys/bob.pub"
	assert_said "this key is bob's already: line 4 of $file"
	for name in a b c d e f; do
		"$ROOT/install/authorize" --file "$file" $name <"$keys/carol.pub" >/dev/null 2>&1 &
	done
	wait
	[ "$(wc -l <"$file")" = 5 ]
	authorize --file "$file" --remove bbo
	[ "$status" -eq 1 ]
	assert_said "no key of bbo in $file"
	authorize --file "$file" --remove bob
	[ "$status" -eq 0 ] && [ "$output" = '2 keys of bob taken out' ]
	run cat "$file"
	assert_said '# ours' 'ssh-rsa AAAA somebody'
	assert_not_said 'serve bob' $'\r'
	[ "$(echo "$file"*)" = "$file" ]
}

@test "authorize: a key that is there without our command is found, however it is written; a link is refused" {
	local key file=$BATS_TEST_TMPDIR/authorized_keys line
	key=$(cut -d' ' -f2 "$SSH/keys/erin.pub")
	for line in "ssh-ed25519"$'\t'"$key"$'\t'"x" "  no-pty,environment=\"A=b c\" ssh-ed25519"$'\t'"$key" "ssh-ed25519 $key"$'\r'; do
		printf '%s\n' "$line" >"$file"
		run "$ROOT/install/authorize" --file "$file" erin <"$SSH/keys/erin.pub"
		[ "$status" -eq 2 ] || fail "beside: $line"
		assert_said "in line 1 of $file already, and not by us"
		[ "$(cat "$file")" = "$line" ] || fail 'it changed'
	done
	echo "# ssh-ed25519 $key" >"$file"
	"$ROOT/install/authorize" --file "$file" erin <"$SSH/keys/erin.pub"
	mv "$file" "$file.real"
	ln -s "$file.real" "$file"
	run "$ROOT/install/authorize" --file "$file" bob <"$SSH/keys/bob.pub"
	[ "$status" -eq 2 ] || fail 'followed'
	assert_said "$file is a link"
}

@test "authorize: root acts as whoever owns the folder" {
	[ "$(id -u)" = 0 ] || skip 'only root can give a folder away'
	local folder=$BATS_TEST_TMPDIR/ssh
	chmod 0755 "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR/.." "$BATS_TEST_TMPDIR/../.."
	mkdir "$folder"
	chown 65534:65534 "$folder"
	run "$ROOT/install/authorize" --file "$folder/authorized_keys" erin <"$SSH/keys/erin.pub"
	[ "$status" -eq 0 ] || fail 'refused'
	assert_said 'a key of erin added'
	[ "$(stat -c %u:%a "$folder/authorized_keys")" = 65534:600 ] || fail 'whose?'
	# What only root can read is not brought there.
	install -m 0600 /dev/null "$folder/authorized_keys"
	run "$ROOT/install/authorize" --file "$folder/authorized_keys" erin <"$SSH/keys/erin.pub"
	[ "$status" -ne 0 ] || fail 'root read it'
	chown 0:0 "$folder"
	chmod 0777 "$folder"
	run "$ROOT/install/authorize" --file "$folder/authorized_keys" erin <"$SSH/keys/erin.pub"
	assert_said "others than root may write in $folder"
}
