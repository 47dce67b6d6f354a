# doctor: a repository broken in each way there is: found, named, and healed by the command that is printed.
load helper

# A server without a fault, on a machine whose accounts and sshd are the test's.
setup() {
	world_create
	export PATH=$BATS_TEST_TMPDIR/bin:$BUILD/cli:$PATH TMPDIR=$BATS_TEST_TMPDIR/tmp
	mkdir -p "$BATS_TEST_TMPDIR/bin" "$TMPDIR"
	account "$(id -un)" "$(id -u)" /usr/bin/git-shell
	write_program "$BATS_TEST_TMPDIR/bin/getent" \
		"[ \$1 = passwd ] && grep -E \"^\$2:|^[^:]*:x:\$2:\" $BATS_TEST_TMPDIR/passwd ||" \
		"{ [ \$1 = group ] && cat $BATS_TEST_TMPDIR/group; }"
	printf 'AcceptEnv LANG LC_* GIT_PROTOCOL\nAuthorizedKeysFile %s\n' "$BATS_TEST_TMPDIR/keys" \
		>"$BATS_TEST_TMPDIR/sshd_config"
	policy_write <<-'POLICY'
		[branch "main"]
		push = @integrators
		[branch "**"]
	POLICY
}

served() {
	repo_create
	git -C "$SERVER" config policy.sshdConfig "$BATS_TEST_TMPDIR/sshd_config"
	git -C "$SERVER" config policy.url "$SERVER"
	rm -f "$BATS_TEST_TMPDIR/install.log"
}

account() { # name, number, shell
	printf '%s:x:%s:%s:a user:%s:%s\n' "$1" "$2" "$2" "$HOME" "$3" >>"$BATS_TEST_TMPDIR/passwd"
}

write_program() { # file, lines
	printf '%s\n' '#!/bin/sh' "${@:2}" >"$1"
	chmod +x "$1"
}

doctor() {
	run git policy doctor -C "$SERVER" "$@"
	[ -z "$(ls -A "$TMPDIR")" ] || fail 'something was left behind'
	[ -z "$(git -C "$SERVER" for-each-ref 'refs/heads/git-policy-doctor-*')" ] || fail 'a ref was left behind'
}

doctor_well() {
	doctor "$@"
	[ "$status" -eq 0 ] || fail 'should be well'
	assert_said 'all is well'
}

# found MARK LOOK WORDS...: it was told so.
found() {
	grep -F -e "$3" <<<"$output" | grep -qE "^  $1 +$2: " || fail "not found: $1 $2: $3"
}

# healed: every command printed, run as it stands, and all is well.
healed() {
	local fix
	while read -r fix; do
		bash -ec "$fix" >"$BATS_TEST_TMPDIR/healed" 2>&1 || fail "$fix: $(cat "$BATS_TEST_TMPDIR/healed")"
	done < <(awk '/^  [^ ]/ { wrong = /^  no / } /^   / && wrong && !seen[$0]++' <<<"$output")
	doctor_well
}

@test "a sound server: all is well, in words and as JSON, and nothing is left behind" {
	served
	local before
	before=$(cd "$SERVER" && find . -type f ! -path './objects/*' -exec sha1sum {} + | sort)
	doctor_well
	found ok proof "$SERVER: a forbidden push was refused"
	found ok hooks 'pre-receive is git-policy'
	found ok identity 'GIT_POLICY_USER names the pusher'
	found ok shells 'has no shell'
	! grep -vE '^  ok  |^all is well$|^ {9}' <<<"$output" || fail 'not all of it is well'
	doctor_well "file://$SERVER"
	found ok proof "file://$SERVER: a forbidden push was refused"
	run git policy doctor -C "$SERVER" --json
	[ "$status" -eq 0 ]
	[ "$(json_findings type=finding rule=proof severity=note | wc -l)" -eq 1 ] || fail 'no proof as JSON'
	[ "$(json_findings type=verdict verdict=accepted | wc -l)" -eq 1 ] || fail 'no verdict'
	[ "$(cd "$SERVER" && find . -type f ! -path './objects/*' -exec sha1sum {} + | sort)" = "$before" ] ||
		fail 'something changed'
	git -C "$SERVER" config --unset policy.url
	doctor_well
	found warn proof 'only the local path was tried'
	assert_said "config --add policy.url ssh://$(id -un)@"
	cd "$BATS_TEST_TMPDIR"
	run git policy doctor server.git
	[ "$status" -eq 0 ] || fail 'outside of a repository a folder is not taken as one'
	found ok published 'clients are given no policy but the one'
}

@test "begun by init: its placeholders are nobody, and no group should have nobody else" {
	git init -q --bare "$SERVER"
	git policy init -C "$SERVER" --yes --workflow trunk --approvals 2 </dev/null
	"$ROOT/install/install" --build "$BUILD" "$SERVER" >/dev/null
	doctor
	found warn people 'reviewer-2 is a placeholder of git policy init, and nobody of yours: no person is in @reviewers'
	found warn people 'admin is a placeholder of git policy init'
	found warn policy 'says mode = evaluate'
	assert_said 'write mode = enforce in policy.ini' 'edit people.ini'
	sed -i -e 's/reviewer-2/erin/' -e 's/admin\b/ivy/' "$SERVER/policy/people.ini"
	doctor
	found warn people 'reviewer-1 is a placeholder of git policy init, and nobody of yours'
	assert_not_said 'no person is in'
	sed -i 's/reviewer-1/carol/' "$SERVER/policy/people.ini"
	doctor
	found ok people 'nobody is a placeholder'
}

@test "published: another policy than the one in force, or none" {
	served
	sed -i 's/^members = ivy/& erin/' "$SERVER/policy/policy.ini"
	doctor_well
	found warn published 'clients still go by the policy of 20'
	git policy triggers -C "$SERVER"
	doctor_well
	found ok published 'clients are given no policy but the one'
	echo '# nothing' >"$SERVER/policy/more.ini"
	sed -i 's/^version = 1/&\ninclude = more.ini/' "$SERVER/policy/policy.ini"
	git policy triggers -C "$SERVER"
	sed -i '/^include/d' "$SERVER/policy/policy.ini"
	doctor_well
	found warn published 'clients still go by the policy of 20'
	git -C "$SERVER" update-ref -d refs/policy/current
	doctor_well
	found warn published 'no policy is published'
	sed -i 's/^version = 1/&\npublish = no/' "$SERVER/policy/policy.ini"
	doctor_well
	found ok published 'clients are given no policy'
}

@test "unguarded: found by the push itself, which is taken back" {
	served
	chmod -x "$SERVER/hooks/pre-receive"
	doctor
	[ "$status" -eq 1 ]
	found no proof 'was accepted (and taken back)'
	found no hooks 'hooks/pre-receive is not executable'
	healed
	rm "$SERVER/hooks/pre-receive" "$SERVER/hooks/post-receive"
	doctor
	found no proof 'was accepted (and taken back)'
	found no hooks 'there is no pre-receive hook'
	found no hooks 'there is no post-receive hook'
	healed
	mkdir "$BATS_TEST_TMPDIR/elsewhere"
	git config --global core.hooksPath "$BATS_TEST_TMPDIR/elsewhere"
	doctor
	found no proof 'was accepted (and taken back)'
	found no hooks-path ".gitconfig), not in its own"
	healed
	ln -sf /nonexistent "$SERVER/hooks/pre-receive"
	doctor
	found no hooks 'is a link to nowhere'
	healed
}

@test "what stays behind is said, and how to take it away" {
	served
	rm "$SERVER/hooks/pre-receive"
	git -C "$SERVER" config receive.denyDeletes true
	run git policy doctor -C "$SERVER"
	[ "$status" -eq 1 ]
	found no proof 'could not be deleted again'
	[ -n "$(git -C "$SERVER" for-each-ref 'refs/heads/git-policy-doctor-*')" ] || fail 'it was deleted'
	healed
}

@test "whoever is not us may refuse: that proves nothing" {
	served
	write_program "$SERVER/hooks/pre-receive" 'echo no; exit 1'
	doctor
	[ "$status" -eq 2 ]
	found '\?' proof 'refused, but not by git-policy: ! [remote rejected]'
	found no hooks "is somebody else's, and does not call ours"
	write_program "$SERVER/hooks/pre-receive" 'exit 0'
	healed
	found ok hooks 'called by hooks/pre-receive'
	doctor "$BATS_TEST_TMPDIR/nowhere.git"
	[ "$status" -eq 2 ]
	found '\?' proof 'nothing could be pushed: fatal:'
	run env TMPDIR=/nonexistent git-policy doctor -C "$SERVER"
	[ "$status" -eq 2 ]
	found '\?' proof 'no repository could be made in /nonexistent'
}

@test "interrupted, it leaves nothing behind" {
	served
	rm "$SERVER/hooks/pre-receive"
	write_program "$SERVER/hooks/pre-receive" "[ ! -e $BATS_TEST_TMPDIR/begun ] || exit 1" "touch $BATS_TEST_TMPDIR/begun; sleep 20"
	git policy doctor -C "$SERVER" >/dev/null 2>&1 &
	local doctor=$! tries=0 code=0
	until [ -e "$BATS_TEST_TMPDIR/begun" ] || [ $((tries += 1)) -gt 200 ]; do read -rt 0.05 <> <(:) || true; done
	kill -TERM $doctor
	wait $doctor || code=$?
	[ $code -eq 143 ] || fail "ended with $code"
	[ -z "$(ls -A "$TMPDIR")" ] || fail 'a folder was left behind'
	! server_refs | grep -qv '^refs/policy/' || fail 'a ref was left behind'
}

@test "hooks: another release, two at once, open to others, a hook for refs that bypass" {
	served
	cp "$SERVER/hooks/pre-receive" "$SERVER/hooks/update"
	chmod 775 "$SERVER/hooks" "$SERVER/hooks/post-receive"
	git -C "$SERVER" config receive.procReceiveRefs refs/for
	doctor
	[ "$status" -eq 1 ]
	found no hooks 'every push is judged twice'
	found no modes "$SERVER/hooks may be written by others"
	found no proc-receive 'hands refs/for to another hook'
	healed
	"$ROOT/install/install" --build "$BUILD" --per-ref "$SERVER" >/dev/null
	: >"$SERVER/hooks/post-receive"
	doctor
	found ok proof 'a forbidden push was refused'
	found ok hooks 'update is git-policy'
	found no hooks 'hooks/post-receive is empty'
	rm "$SERVER/hooks/update"
	healed
	local version
	version=$(git policy version)
	LC_ALL=C sed -i "s/$version/git-policy 0.0.9/" "$SERVER/hooks/pre-receive"
	doctor
	found no hooks 'is git-policy 0.0.9'
	healed
}

@test "hooks of a chain: each part is missed, wherever git looks for them" {
	served
	local name
	for name in pre-receive post-receive; do
		write_program "$SERVER/hooks/$name" 'exit 0'
	done
	git policy install --chain "$SERVER" >/dev/null
	mv "$SERVER/hooks/pre-receive.policy" "$BATS_TEST_TMPDIR/kept"
	rm "$SERVER/hooks/post-receive.local"
	doctor
	found no hooks 'pre-receive.policy has gone, and hooks/pre-receive, which calls it, fails'
	found no hooks 'post-receive.local has gone, and hooks/post-receive, which calls it, fails'
	healed
	chmod -x "$SERVER/hooks/pre-receive.local"
	doctor
	found no hooks 'pre-receive.local is not executable'
	healed
	found ok hooks 'called by hooks/pre-receive'
	assert_not_said "somebody's own script"
	cp "$SERVER/hooks/pre-receive" "$BATS_TEST_TMPDIR/chain"
	# shellcheck disable=SC2016 # the hook's
	write_program "$SERVER/hooks/pre-receive" 'case $GIT_POLICY_USER in bot) exit 0 ;; esac' \
		'exec hooks/pre-receive.policy'
	doctor_well
	found warn hooks "hooks/pre-receive is somebody's own script: only what was tried is proven"
	cp "$BATS_TEST_TMPDIR/chain" "$SERVER/hooks/pre-receive"
	mv "$SERVER/hooks" "$SERVER/elsewhere"
	rm "$SERVER/elsewhere/pre-receive.policy"
	git -C "$SERVER" config core.hooksPath "$SERVER/elsewhere"
	doctor
	found warn hooks-path 'whoever may write there guards this repository'
	found no hooks 'elsewhere/pre-receive.policy has gone'
}

@test "settings: unset, changed, overruled by a pattern; hidden refs" {
	served
	git -C "$SERVER" config --unset receive.fsckObjects
	git -C "$SERVER" config receive.shallowUpdate true
	git config --global 'gc.refs/heads/*.reflogExpire' 90.days
	git config --global core.logAllRefUpdates false
	git -C "$SERVER" config --unset core.logAllRefUpdates
	git -C "$SERVER" config transfer.hideRefs refs/approvals
	doctor
	[ "$status" -eq 1 ]
	found no settings 'receive.fsckObjects is not set'
	found no settings 'receive.shallowUpdate is true (file:'
	found no settings "core.logAllRefUpdates is false (file:$HOME/.gitconfig)"
	found no settings 'has reflogs forgotten'
	found warn hidden-refs 'transfer.hideRefs = refs/approvals'
	git -C "$SERVER" config --unset transfer.hideRefs
	healed
}

@test "files: whose they are, who may write them, what is missing" {
	served
	push_ok erin "$ROOT_COMMIT:x"
	chmod g+w "$SERVER/policy/policy.ini" "$SERVER/policy/account/installed" "$SERVER/config"
	chmod g+w "$SERVER"
	rm "$SERVER/policy/baseline"
	doctor
	[ "$status" -eq 1 ]
	found no modes 'policy/policy.ini may be written'
	found no modes 'policy/account/installed may be written'
	found no modes "$SERVER/config may be written"
	found no shared 'its group may write it'
	found no policy 'policy.ini may be written by others'
	healed
	git -C "$SERVER" config core.sharedRepository group
	doctor
	found no shared 'the group cannot write'
	healed
	git -C "$SERVER" config --unset core.sharedRepository
	rm "$SERVER/policy/baseline"
	doctor
	found no modes 'policy/account may be written'
	found no installed 'policy/baseline is not there'
	healed
	mkdir "$SERVER/its own"
	mv "$SERVER/policy/policy.ini" "$SERVER/its own/"
	git -C "$SERVER" config policy.file 'its own/policy.ini'
	chmod g+w "$SERVER/its own/policy.ini"
	doctor
	found no policy 'policy.ini may be written by others'
	healed
	chmod g+w "$SERVER/its own"
	doctor
	found no policy 'is in a folder that others may write'
	healed
	echo garbage >>"$SERVER/policy/account/refs/heads/x:log"
	doctor
	found no account refs/heads/x
}

@test "files: nobody else may write any of the repository, nor the settings it includes" {
	served
	git -C "$SERVER" pack-refs --all
	local name
	for name in HEAD config packed-refs refs/heads objects/info hooks/post-receive; do
		chmod o+w "$SERVER/$name"
	done
	chmod o+w "$SERVER"
	doctor
	[ "$status" -eq 1 ]
	found no modes "$SERVER may be written by others"
	for name in HEAD config packed-refs refs/heads objects/info hooks/post-receive; do
		found no modes "$SERVER/$name may be written by others"
	done
	healed
	chmod g+w "$SERVER/HEAD" "$SERVER/refs"
	doctor
	found no modes "$SERVER/HEAD may be written by others"
	found no modes "$SERVER/refs may be written by others"
	git -C "$SERVER" config core.sharedRepository group
	doctor
	assert_not_said "$SERVER/HEAD may be written"
	git -C "$SERVER" config --unset core.sharedRepository
	doctor
	healed
	mkdir "$BATS_TEST_TMPDIR/open"
	echo '[a]b = c' >"$BATS_TEST_TMPDIR/included"
	chmod o+w "$BATS_TEST_TMPDIR/open" "$BATS_TEST_TMPDIR/included"
	git -C "$SERVER" config include.path "$BATS_TEST_TMPDIR/included"
	git -C "$SERVER" config includeIf.onbranch:x.path "$BATS_TEST_TMPDIR/open/missing"
	doctor
	[ "$status" -eq 1 ]
	found no settings-files "$BATS_TEST_TMPDIR/included may be written by others"
	found no settings-files "$BATS_TEST_TMPDIR/open may be written by others"
	healed
}

@test "files: nobody else may own any of the repository, nor the settings it includes" {
	[ "$(id -u)" -eq 0 ] || skip 'only root gives files away'
	served
	echo '[a]b = c' >"$BATS_TEST_TMPDIR/included"
	git -C "$SERVER" config include.path "$BATS_TEST_TMPDIR/included"
	local name
	for name in hooks config HEAD refs objects policy; do
		chown 65534 "$SERVER/$name"
	done
	chown 65534 "$BATS_TEST_TMPDIR/included"
	doctor
	[ "$status" -eq 1 ]
	for name in hooks config HEAD refs objects policy; do
		found no modes "$SERVER/$name belongs to 65534"
	done
	found no settings-files "$BATS_TEST_TMPDIR/included belongs to 65534"
	healed
	chown 65534 "$SERVER/hooks/pre-receive"
	doctor
	found no modes "$SERVER/hooks/pre-receive belongs to 65534"
	healed
}

@test "objects and refs: borrowed, replaced, symbolic" {
	served
	server_set refs/heads/main "$ROOT_COMMIT" refs/heads/y "$(commit other)"
	mkdir -p "$SERVER/objects/info"
	echo /nonexistent/objects >"$SERVER/objects/info/alternates"
	echo "$ROOT_COMMIT" >"$SERVER/info/grafts"
	git -C "$SERVER" symbolic-ref refs/heads/a refs/heads/nowhere
	git -C "$SERVER" symbolic-ref refs/heads/b refs/heads/main
	git -C "$SERVER" symbolic-ref refs/heads/c refs/heads/b
	git -C "$SERVER" update-ref "refs/replace/$ROOT_COMMIT" "$(commit other)"
	git -C "$SERVER" symbolic-ref HEAD refs/heads/gone
	ln -s ../tags "$SERVER/refs/heads/d"
	ln -s refs/heads/nowhere "$SERVER/refs/tags/e"
	doctor
	[ "$status" -eq 1 ]
	found no objects 'borrowed from /nonexistent/objects'
	found no objects info/grafts
	found no objects refs/replace
	found no symbolic-refs 'refs/heads/a stands for refs/heads/nowhere, which is not there'
	found no symbolic-refs 'refs/heads/c stands for refs/heads/b, which stands for another'
	found warn symbolic-refs 'refs/heads/b stands for refs/heads/main'
	found no symbolic-refs 'refs/heads/d is a symbolic link of the file system'
	found no symbolic-refs 'refs/tags/e is a symbolic link of the file system'
	found warn head 'HEAD is refs/heads/gone, which is not there'
	rm "$SERVER/objects/info/alternates"
	git -C "$SERVER" symbolic-ref -d refs/heads/b
	git -C "$SERVER" symbolic-ref HEAD refs/heads/main
	doctor
	healed
}

@test "formats that cannot be judged, a work tree, another's repository" {
	served
	git -C "$SERVER" config core.repositoryFormatVersion 1
	git -C "$SERVER" config extensions.partialClone origin
	echo "$ROOT_COMMIT" >"$SERVER/shallow"
	doctor
	found no format 'a partial clone'
	found no objects 'it is shallow'
	rm "$SERVER/shallow"
	git init -q --bare --object-format=sha256 "$BATS_TEST_TMPDIR/sha256.git"
	run git policy doctor -C "$BATS_TEST_TMPDIR/sha256.git"
	found no format 'its object format is sha256'
	git -C "$CLIENT" remote remove origin
	run "$ROOT/install/install" --build "$BUILD" --policy "$BATS_TEST_TMPDIR/policy.ini" "$CLIENT"
	[ "$status" -eq 0 ] || fail 'not installed'
	git -C "$CLIENT" config receive.denyCurrentBranch ignore
	run git policy doctor -C "$CLIENT"
	[ "$status" -eq 1 ]
	found no work-tree 'receive.denyCurrentBranch is ignore'
	found ok proof 'a forbidden push was refused'
	git -C "$SERVER" config extensions.fromTheFuture true
	run git policy doctor -C "$SERVER"
	[ "$status" -eq 2 ]
	assert_said 'git does not open the repository: fatal: unknown repository extension'
	git config --file "$SERVER/config" --unset extensions.fromTheFuture
	run env GIT_TEST_ASSUME_DIFFERENT_OWNER=1 git-policy doctor -C "$SERVER"
	[ "$status" -eq 2 ]
	assert_said 'git does not open a repository of another account' 'sudo -u <account> git policy doctor'
	run git policy doctor -C "$BATS_TEST_TMPDIR"
	[ "$status" -eq 2 ]
	assert_said 'there is no repository to look at'
}

@test "the policy: broken, in vain, only reporting, naming what is not there" {
	served
	cp "$SERVER/policy/policy.ini" "$BATS_TEST_TMPDIR/kept.ini"
	echo nonsense >>"$SERVER/policy/policy.ini"
	doctor
	[ "$status" -eq 1 ]
	found ok proof 'a forbidden push was refused'
	found no policy 'a line without ='
	{
		sed -e 's/^version = 1/&\nmode = evaluate/' "$BATS_TEST_TMPDIR/kept.ini"
		printf '%s\n' '[group "empty"]' '[trigger "t"]' 'run = /nonexistent/t' '[audit]' 'file = missing/audit.jsonl' \
			'[branch "x"]' 'trigger = t'
	} >"$SERVER/policy/policy.ini"
	sed -i '/branch "\*\*"/d' "$SERVER/policy/policy.ini"
	git -C "$SERVER" symbolic-ref HEAD refs/heads/other
	GIT_POLICY_USER=ivy doctor
	[ "$status" -eq 1 ]
	found warn policy 'says mode = evaluate: it rejects nothing'
	found warn policy 'nobody is in this group'
	found no places '/nonexistent/t cannot be started'
	found no places 'missing/audit.jsonl cannot be written'
	found no head 'HEAD is refs/heads/other, which no section governs'
	found warn identity 'GIT_POLICY_USER is set in this very shell'
	assert_said "git -C $SERVER symbolic-ref HEAD refs/heads/main"
	sed -e 's/^version = 1/&\nmode = evaluate/' "$BATS_TEST_TMPDIR/kept.ini" >"$SERVER/policy/policy.ini"
	printf '%s\n' '[audit]' 'file = policy/audit.jsonl' >>"$SERVER/policy/policy.ini"
	truncate -s 300M "$SERVER/policy/audit.jsonl"
	doctor_well
	found warn policy 'says mode = evaluate'
	found warn places 'nobody rotates it'
}

@test "ways around: shells, keys, variables from clients" {
	served
	sed -i 's/git-shell$/bash/' "$BATS_TEST_TMPDIR/passwd"
	account bob 9999 /bin/bash
	account carol 9998 /usr/sbin/nologin
	echo 'staff:x:0:bob,carol' >"$BATS_TEST_TMPDIR/group"
	doctor_well
	found warn shells 'has the shell'
	assert_not_said bob
	printf '%s\n' '# keys' 'command="x, \"y\"",restrict ssh-ed25519 AAAA erin' >"$BATS_TEST_TMPDIR/keys"
	doctor_well
	found ok shells 'runs one command'
	echo 'environment="A=B" ssh-ed25519 AAAA bob' >>"$BATS_TEST_TMPDIR/keys"
	doctor_well
	found warn shells 'keys:3: a key that gives a shell'
	sed -i 's/^environment/command="x",environment/' "$BATS_TEST_TMPDIR/keys"
	git -C "$SERVER" config core.sharedRepository group
	chmod g+ws "$SERVER" "$SERVER/policy/account"
	printf 'Include %s\n' "$BATS_TEST_TMPDIR/sshd.d/*.conf" >>"$BATS_TEST_TMPDIR/sshd_config"
	mkdir "$BATS_TEST_TMPDIR/sshd.d"
	echo 'AcceptEnv GIT_*' >"$BATS_TEST_TMPDIR/sshd.d/a.conf"
	doctor
	[ "$status" -eq 1 ]
	found warn shells 'keys:3: a key without restrict'
	found warn shells 'bob is in the group that writes it'
	assert_not_said carol
	found no sshd 'sshd takes GIT_* from clients'
	echo 'AcceptEnv GIT_POLICY_*' >"$BATS_TEST_TMPDIR/sshd.d/a.conf"
	doctor
	found no sshd 'sshd takes GIT_POLICY_* from clients'
	git -C "$SERVER" config policy.sshdConfig "$BATS_TEST_TMPDIR/keys/sshd_config"
	doctor
	[ "$status" -eq 2 ]
	found '\?' sshd 'cannot be read'
}

@test "a clone: the server proven through its remote, the hooks, the policy, who you are" {
	served
	push_ok ivy "$ROOT_COMMIT:main"
	git clone -q "$SERVER" "$BATS_TEST_TMPDIR/clone"
	cd "$BATS_TEST_TMPDIR/clone"
	run git policy doctor
	[ "$status" -eq 1 ] || fail 'nothing was set up'
	found ok proof "$SERVER: a forbidden push was refused"
	found warn commit-msg 'nothing here calls it'
	found warn pre-push 'nothing here calls it'
	found no published 'which was not fetched'
	found warn refspecs 'does not bring the policy along'
	git policy install --client --user ivy .
	run git policy doctor
	[ "$status" -eq 0 ] || fail 'should be well'
	assert_not_said warn
	found ok commit-msg 'is git-policy'
	found ok user 'you are ivy'
	git config policy.user nobody
	chmod -x .git/hooks/commit-msg
	sed -i "s/^members = ivy/& erin/" "$SERVER/policy/policy.ini"
	push_ok ivy "$ROOT_COMMIT:y"
	rm .git/hooks/pre-push
	mkdir .husky .git/husky
	printf '%s\n' 'git policy hook pre-push "$@"' >.husky/pre-push
	run git policy doctor
	[ "$status" -eq 1 ]
	found no user 'policy.user is nobody, whom the policy does not know'
	found no commit-msg 'is not executable'
	found no published 'has another'
	found no pre-push 'husky has it called in .husky/pre-push, but git does not call that'
	write_program .git/hooks/pre-push '. .husky/pre-push'
	run git policy doctor
	found ok pre-push 'called by husky (.husky/pre-push)'
	rm "$SERVER/hooks/pre-receive"
	run git policy doctor
	found no proof 'was accepted (and taken back)'
	git remote rename origin other
	run git policy doctor
	[ "$status" -eq 2 ]
	found '\?' remote 'there is no remote named origin'
	found '\?' proof 'nothing was tried'
	git update-ref -d refs/policy/current
	run git policy doctor
	found '\?' published 'nobody to ask'
}
