# server_gitolite: gitolite3 behind OpenSSH's sshd: its access rules and the policy, each with a word of its own; who
# pushes is whom gitolite knows by the key (GL_USER); and repositories are guarded from their first push.
load helper
load ssh

setup_file() {
	export BATS_NO_PARALLELIZE_WITHIN_FILE=true # gitolite setup rewrites what all of them go through
	# shellcheck disable=SC2034 # what is made here is for all tests
	local BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR
	world_create
	export GITOLITE=$BATS_FILE_TMPDIR/gitolite POLICY=$BATS_FILE_TMPDIR/policy.ini
	ssh_keys admin erin bob carol ivy dan
	write_policy
	set_up_gitolite
	ssh_start "SetEnv HOME=$GITOLITE GIT_POLICY_STATE=$GITOLITE/state $(printf '"%s" ' "${SANITIZE[@]}")"
	configure_gitolite
}

teardown_file() {
	server_stop
}

write_policy() {
	policy_write <<-'POLICY'
		[group "reviewers"]
		members = bob carol

		[audit]
		file = policy/audit.jsonl

		[commit]
		format = conventional

		[branch "main"]
		direct = deny
		accept = feature/* by fast-forward
		approvals = 1 @reviewers

		[branch "feature/{slug}"]
	POLICY
	sed -i -e 's/^env = .*/env = GL_USER/' -e 's/^version = 1/&\nbootstrap = ivy/' "$POLICY"
}

# gitolite COMMAND...: as its own user, on the server.
gitolite() {
	env -u GIT_CONFIG_GLOBAL USER=git HOME="$GITOLITE" gitolite "$@"
}

set_up_gitolite() {
	mkdir -p "$GITOLITE"
	(
		cd "$ROOT"
		HOME=$GITOLITE
		install -D -m 0755 install/servers/gitolite/git-policy ~/local/triggers/git-policy
	)
	gitolite setup -pk "$SSH/keys/admin.pub"
	ln -s "$GITOLITE/.ssh/authorized_keys" "$SSH/authorized_keys"
	cat >>"$GITOLITE/.gitolite.rc" <<-RC
		\$RC{LOCAL_CODE} = '$GITOLITE/local';
		\$RC{PRE_GIT} = [ 'git-policy $POLICY' ];
		\$ENV{PATH} = '$BUILD/cli:' . \$ENV{PATH};
		1;
	RC
}

# By the one way there is: a push to gitolite-admin, which no policy is asked about.
configure_gitolite() {
	local admin=$BATS_FILE_TMPDIR/admin name
	GIT_SSH_COMMAND=$(ssh_command admin)
	export GIT_SSH_COMMAND
	git clone -q ssh://server/gitolite-admin "$admin"
	for name in erin bob carol ivy dan; do
		cp "$SSH/keys/$name.pub" "$admin/keydir"
	done
	cat >"$admin/conf/gitolite.conf" <<-'CONF'
		@people = erin bob carol ivy

		repo gitolite-admin
		    RW+ = admin

		repo t/..* twins
		    C = @people
		    RW+ feature/ refs/approvals/ = @people
		    RW main$ = ivy
		    R = @all

		repo free
		    RW+ = @people
		    option ENV.POLICY = off
	CONF
	git -C "$admin" add -A
	git -C "$admin" commit -q -m 'No message of ours'
	git -C "$admin" push -q origin master
	unset GIT_SSH_COMMAND
}

# repo NAME: what is pushed to from here on.
repo() {
	REPO=$1 SERVER=$GITOLITE/repositories/$1.git
}

setup() {
	world_create
	SSH_OPTIONS=()
	repo "t/$BATS_TEST_NUMBER"
	client_create
	HEAD=$(commit_file 'feat: add a form' "$ROOT_COMMIT" login.html '<form>')
}

transport() {
	GIT_SSH_COMMAND=$(ssh_command "$1" "${SSH_OPTIONS[@]}") git -C "$CLIENT" push "ssh://server/$REPO" "${@:2}"
}

@test "a repository is guarded from the push that creates it, and gitolite's own is left alone" {
	push erin "$(commit 'Bad message' "$ROOT_COMMIT"):feature/form"
	[ "$status" -ne 0 ]
	assert_rule format
	assert_no_ref refs/heads/feature/form
	push_ok ivy "$ROOT_COMMIT:main"
	push_ok erin "$HEAD:feature/form"
	grep -q ' erin refs/heads/feature/form ' "$SERVER"/policy/account/refs/heads/feature/form:log
	[ ! -e "$GITOLITE/repositories/gitolite-admin.git/policy" ]
	repo free
	push_ok erin "$(commit 'Bad message'):any-branch"
	[ ! -e "$SERVER/policy" ]
}

@test "gitolite's rules and the policy's: both must say yes, each in its own words" {
	push dan "$HEAD:feature/form"
	assert_said 'FATAL' "W any $REPO dan DENIED by fallthru"
	push_ok ivy "$ROOT_COMMIT:main"
	push_ok erin "$HEAD:feature/form"
	run transport ivy "$HEAD:refs/heads/main"
	diff - <(grep '^remote: ' <<<"$output" | sed '/: event /d; s/ *$//') <<-SAID
		remote: error: refs/heads/main: rejected, 1 problem
		remote: error:   approvals: 0 of 1 for ${HEAD:0:7}
		remote: hint:      one of @reviewers runs: git policy approve ${HEAD:0:7} --for main
		remote: hint:      policy.ini:20  approvals = 1 @reviewers
	SAID
	push_ok bob "$HEAD:refs/approvals/heads/main/$HEAD/bob"
	push_refused erin "$HEAD:main"
	assert_said "FATAL: W refs/heads/main $REPO erin DENIED by fallthru"
	push_ok ivy "$HEAD:main"
}

@test "who pushes is whom gitolite knows by the key, whatever the client says" {
	push_ok ivy "$ROOT_COMMIT:main"
	push_ok erin "$HEAD:feature/form"
	push_refused bob "$HEAD:refs/approvals/heads/main/$HEAD/carol"
	assert_said 'push: bob does not speak for carol'
	SSH_OPTIONS=(-o 'SetEnv=GL_USER=bob GIT_POLICY_USER=bob GL_OPTION_POLICY=off GL_REPO=free GL_REPO_BASE=/nonexistent')
	push_refused erin "$HEAD:refs/approvals/heads/main/$HEAD/bob"
	assert_said 'push: erin does not speak for bob'
	# gitolite takes this one from whom sshd takes it; its own rules are all that it opens.
	SSH_OPTIONS=(-o 'SetEnv=GL_BYPASS_ACCESS_CHECKS=1')
	push_refused dan "$HEAD:feature/other"
	assert_said 'push: '
	push_refused erin "$HEAD:main"
	assert_rule approvals
}

@test "what gitolite does to its hooks leaves ours; one that was lost comes back, or nothing is accepted" {
	local pid
	# Made by a line in gitolite.conf; two at once are the first to push to it.
	repo twins
	transport erin "$HEAD:refs/heads/feature/one" &
	pid=$!
	transport bob "$HEAD:refs/heads/feature/two"
	wait $pid
	gitolite setup
	[ "$(readlink "$SERVER/hooks/update")" = "$GITOLITE/.gitolite/hooks/common/update" ]
	push_refused erin "$(commit 'Bad message' "$ROOT_COMMIT"):feature/form"
	! grep -r git-policy-trigger "$SERVER/policy" || fail 'what was tried is in the audit'
	# Others are kept out of all of it by the umask that gitolite made the repository with.
	[ "$(stat -c %a "$SERVER" "$SERVER/policy" | xargs)" = '700 755' ]
	# The link is to nothing, as after a folder was moved: git would pass over it.
	ln -sf /nonexistent "$SERVER/hooks/pre-receive"
	push erin "$HEAD:feature/form"
	[ "$status" -ne 0 ]
	assert_said "error: git-policy: $REPO is not guarded, and cannot be; nothing is accepted"
	rm "$SERVER/hooks/pre-receive"
	push_refused erin "$(commit 'Bad message' "$ROOT_COMMIT"):feature/form"
	assert_rule format
	# Neither the words in a file nor the file count, but what git runs.
	printf '#!/bin/sh\n# runs the git-policy hook, pre-receive.policy\nexit 0\n' >"$BATS_TEST_TMPDIR/pre-receive"
	chmod +x "$BATS_TEST_TMPDIR/pre-receive"
	git -C "$SERVER" config core.hooksPath "$BATS_TEST_TMPDIR"
	push erin "$HEAD:feature/form"
	[ "$status" -ne 0 ]
	assert_said 'nothing is accepted' "git looks for hooks in $BATS_TEST_TMPDIR"
	git -C "$SERVER" config --unset core.hooksPath
	rm "$SERVER/hooks/pre-receive"
	echo '[nonsense]' >>"$SERVER/policy/policy.ini"
	push erin "$HEAD:feature/form"
	[ "$status" -ne 0 ]
	assert_said 'nothing is accepted' 'nonsense'
	assert_no_ref refs/heads/feature/form
}
