# client: the hooks of a developer's clone, wherever that is laid out and whatever else keeps hooks there.
load commands

setup() {
	world_create
	PATH=$BUILD/cli:$PATH
	unset XDG_CONFIG_HOME
	policy_write <<-POLICY
		[commit]
		format = conventional

		[branch "main"]

		[branch "release"]
		approvals = 1 @reviewers

		[branch "feature/{slug}"]

		[group "reviewers"]
		members = bob
	POLICY
	repo_create
	push_ok erin "$ROOT_COMMIT:main"
	person erin
	WORK=$BATS_TEST_TMPDIR/erin
	git -C "$WORK" config --unset policy.user
	cd "$BATS_TEST_TMPDIR"
}

# client ARGUMENT...: in erin's clone; must work.
client() {
	at_ok erin git policy install --client "$@"
}

# snapshot FOLDER: every file with its mode, link and content.
snapshot() {
	(cd "$1" && find . \( -type l -printf '%l %p\n' \) -o -type f -printf '%m %p ' -exec sha1sum {} \; | sort)
}

# judged FOLDER: a commit there is judged, and so is a push.
judged() {
	local before
	before=$(git -C "$1" rev-parse HEAD)
	run git -C "$1" commit -q --allow-empty -m 'no type'
	[ "$status" -eq 1 ] || fail "a bad message is committed in $1"
	assert_rule format
	[ "$(git -C "$1" rev-parse HEAD)" = "$before" ] || fail 'committed all the same'
	run git -C "$1" commit -q --allow-empty -m 'feat: x'
	[ "$status" -eq 0 ] || fail "a good message is not committed in $1"
	run git -C "$1" push -q origin HEAD:nowhere
	[ "$status" -ne 0 ] || fail "a push is not judged in $1"
	assert_said 'nowhere: rejected'
	assert_not_said 'remote: '
	run git -C "$1" push -q origin HEAD:feature/x
	[ "$status" -eq 0 ] || fail "a good push is refused in $1"
}

# unjudged FOLDER: nothing of ours runs, or says anything.
unjudged() {
	run git -C "$1" commit -q --allow-empty -m 'no type'
	[ "$status" -eq 0 ] && [ -z "$output" ] || fail "something is judged in $1"
}

# script FILE: an executable one, from standard input.
script() {
	mkdir -p "$(dirname "$1")"
	cat >"$1"
	chmod +x "$1"
}

@test "a clone is set up: hooks, the server's policy, and who is asking; every git fetch brings what is new" {
	client --user erin
	assert_said 'write hooks/commit-msg' 'write hooks/pre-push' 'policy: what origin publishes'
	assert_not_said note:
	[ "$(git -C "$WORK" config policy.user)" = erin ] && [ "$(git -C "$WORK" config policy.remote)" = origin ]
	judged "$WORK"
	approve heads/release "$ROOT_COMMIT" bob
	policy_replace <<-POLICY
		[branch "**"]
	POLICY
	push_ok erin "$ROOT_COMMIT:feature/y"
	git -C "$WORK" fetch -q
	[ -n "$(git -C "$WORK" for-each-ref "refs/approvals/heads/release/$ROOT_COMMIT/bob")" ] || fail 'the approval was not fetched'
	at_ok erin git commit -q --allow-empty -m 'no type'
	# Where nothing is published, records are gone, or another remote has none, a fetch goes well and takes only those.
	git -C "$SERVER" update-ref -d refs/policy/current
	git -C "$SERVER" update-ref -d "refs/approvals/heads/release/$ROOT_COMMIT/bob"
	git init -q --bare "$BATS_TEST_TMPDIR/fork.git"
	git -C "$WORK" remote add fork "$BATS_TEST_TMPDIR/fork.git"
	git -C "$WORK" config fetch.prune true
	git -C "$WORK" branch keep
	git -C "$WORK" tag keep
	git -C "$WORK" fetch -q fork
	git -C "$WORK" rev-parse -q --verify refs/policy/current || fail 'another remote took the policy'
	git -C "$WORK" fetch -q
	[ -z "$(git -C "$WORK" for-each-ref refs/approvals refs/policy)" ] || fail 'stale records'
	git -C "$WORK" rev-parse -q --verify refs/heads/keep && git -C "$WORK" rev-parse -q --verify refs/tags/keep
}

@test "installed twice, older, dry, failed half-way, and taken out: nothing too much, nothing left" {
	local before hooks
	before=$(snapshot "$WORK/.git")
	client --dry-run
	assert_said 'would write hooks/commit-msg' 'would set policy.remote' 'would fetch from origin' \
		'policy: what origin publishes'
	client --dry-run --user erin
	assert_not_said note:
	[ "$(snapshot "$WORK/.git")" = "$before" ] || fail 'a dry run did something'
	touch "$WORK/.git/policy"
	at_no 1 erin git policy install --client
	assert_said 'it is as it was'
	rm "$WORK/.git/policy"
	[ "$(snapshot "$WORK/.git")" = "$before" ] || fail 'something is left of what failed'

	cp "$WORK/.git/config" config
	hooks=$(snapshot "$WORK/.git/hooks")
	client
	assert_said 'note: who you are to the server is not known' 'git config policy.user'
	client --user erin
	cp "$WORK/.git/config" later
	client --user erin
	assert_said 'nothing to change'
	cmp "$WORK/.git/config" later
	echo more >>"$WORK/.git/hooks/pre-push"
	client
	assert_said 'refresh hooks/pre-push'
	cmp "$WORK/.git/hooks/pre-push" "$BUILD/hooks/pre-push"
	git -C "$WORK" config --add remote.origin.fetch '+refs/notes/*:refs/notes/*'
	at_ok erin git policy uninstall --client
	assert_said 'the policy that was fetched stays; without it:  git update-ref -d refs/policy/current'
	git -C "$WORK" config --unset-all remote.origin.fetch refs/notes
	cmp "$WORK/.git/config" config || fail "$(diff "$WORK/.git/config" config)"
	[ "$(snapshot "$WORK/.git/hooks")" = "$hooks" ] && [ ! -e "$WORK/.git/policy" ] || fail 'something is left'
	unjudged "$WORK"
}

@test "what was set before is kept, and comes back; another remote takes the refspecs with it" {
	git -C "$WORK" config policy.user somebody
	git -C "$WORK" config --add remote.origin.fetch '+refs/policy/*:refs/policy/*'
	cp "$WORK/.git/config" config
	client --user erin
	git -C "$WORK" remote add up "$SERVER"
	client --remote up
	[ "$(git -C "$WORK" config policy.remote)" = up ]
	[ "$(git -C "$WORK" config --get-all remote.origin.fetch | wc -l)" -eq 2 ] || fail 'refspecs of ours are left'
	[ "$(git -C "$WORK" config --get-all remote.up.fetch | wc -l)" -eq 6 ] || fail 'not fetched from there'
	at_no 1 erin git policy install --client --remote down
	assert_said 'there is no remote named down'
	at_ok erin git policy uninstall --client
	git -C "$WORK" remote remove up
	cmp "$WORK/.git/config" config || fail "$(diff "$WORK/.git/config" config)"
}

@test "who you are is somebody the policy knows, and set back in one line" {
	cp "$WORK/.git/config" config
	run git policy install --client --user 'a b' "$WORK"
	[ "$status" -eq 129 ] || fail 'a name with a blank'
	client --user nobodyhere
	assert_said 'the policy has no user nobodyhere'
	client --user erin
	assert_not_said note:
	at_ok erin git policy uninstall --client
	[ "$(grep -c policy.user <<<"$output")" = 1 ] || fail 'not one line'
	assert_said 'remove policy.user=erin'
	cmp "$WORK/.git/config" config || fail "$(diff "$WORK/.git/config" config)"
}

@test "git remote rename: said at every push, mended by installing again, and taken out from where it is" {
	git -C "$WORK" config user.name Erin
	client --user erin
	git -C "$WORK" remote rename origin up 2>/dev/null
	git -C "$WORK" config remote.up.receivepack "$(serve_command erin)"
	at_no 1 erin git push -q up HEAD:nowhere
	assert_said 'warning: ' 'the policy is from origin, which is no remote any more' \
		'git policy install --client --remote up'
	[ "$(grep -c 'no remote any more' <<<"$output")" = 1 ] || fail 'not once'
	client
	assert_said 'set policy.remote=up' 'policy: what up publishes'
	at_no 1 erin git push -q up HEAD:nowhere
	assert_said 'nowhere: rejected'
	assert_not_said 'remote: ' 'hook declined'
	git -C "$WORK" remote rename up upper 2>/dev/null
	at_ok erin git policy uninstall --client
	[ "$(git -C "$WORK" config --get-all remote.upper.fetch)" = '+refs/heads/*:refs/remotes/upper/*' ] || fail 'refspecs are left'
	[ -z "$(git -C "$WORK" config --get-regexp '^policy')" ] || fail 'settings are left'
}

@test "a folder of hooks in the work tree: scripts that everybody can have, unless git ignores it" {
	local name
	git -C "$WORK" config core.hooksPath .githooks
	at_no 1 erin git policy install --client --chain
	assert_said 'part of the work tree' .githooks/commit-msg .githooks/pre-push '#!/bin/sh'
	[ ! -e "$WORK/.githooks" ] || fail 'something was put there'
	for name in commit-msg pre-push; do
		sed -n "s/^hint:    \(#!.*\|.*git policy hook $name .*\)\$/\1/p" <<<"$output" | sort -u | script "$WORK/.githooks/$name"
	done
	client
	assert_said "$WORK/.githooks/commit-msg calls it"
	judged "$WORK"
	# Whoever has no git-policy is not stopped.
	mkdir bin
	ln -s "$(command -v git)" bin/
	run env PATH="$PWD/bin:/usr/bin:/bin" git -C "$WORK" commit -q --allow-empty -m 'no type'
	[ "$status" -eq 0 ] || fail 'stopped'
	rm -r "$WORK/.githooks"
	echo .githooks >"$WORK/.git/info/exclude"
	client
	assert_said 'write .githooks/commit-msg'
	assert_not_said 'part of the work tree'
}

@test "a clone without a policy is told how to get one, and that is how" {
	git -C "$SERVER" update-ref -d refs/policy/current
	run "$ROOT/install/install" --build "$BUILD" --client "$WORK"
	[ "$status" -eq 0 ] || fail 'refused'
	assert_said 'has no policy yet: origin publishes none so far' 'git config policy.file' .git-policy.ini \
		'git fetch origin refs/policy/current:refs/policy/current'
	printf '%s\n' '[policy]' 'version = 1' 'include = people.ini' '[commit]' 'author = known' >"$WORK/.git-policy.ini"
	people >"$WORK/people.ini"
	client
	assert_said 'policy: .git-policy.ini'
	at_ok erin git commit -q --allow-empty -m 'feat: x'
	at_no 1 erin git -c user.email=x@example.org commit -q --allow-empty -m 'feat: x'
}

@test "linked work trees share the hooks, a submodule has its own; git -C, a work tree elsewhere, a bare PATH" {
	git -C "$WORK" worktree add -q "$BATS_TEST_TMPDIR/linked" 2>/dev/null
	run git -C "$BATS_TEST_TMPDIR/linked" policy install --client
	[ "$status" -eq 0 ] || fail 'not installed'
	[ -x "$WORK/.git/hooks/pre-push" ] || fail 'not where git looks'
	judged "$BATS_TEST_TMPDIR/linked"
	judged "$WORK"

	git init -q "$BATS_TEST_TMPDIR/super"
	git -C "$BATS_TEST_TMPDIR/super" -c protocol.file.allow=always submodule add -q "$SERVER" sub 2>/dev/null
	mkdir "$BATS_TEST_TMPDIR/super/sub/deep"
	run git -C "$BATS_TEST_TMPDIR/super/sub/deep" policy install --client
	[ "$status" -eq 0 ] || fail 'not installed'
	[ -x "$BATS_TEST_TMPDIR/super/.git/modules/sub/hooks/pre-push" ] || fail 'not where git looks'
	[ ! -e "$BATS_TEST_TMPDIR/super/.git/hooks/pre-push" ] || fail 'the superproject is not meant'
	git -C "$BATS_TEST_TMPDIR/super/sub" config remote.origin.receivepack "$(serve_command erin)"
	judged "$BATS_TEST_TMPDIR/super/sub"
	unjudged "$BATS_TEST_TMPDIR/super"

	git clone -q --bare "$SERVER" "$BATS_TEST_TMPDIR/dots.git"
	mkdir "$BATS_TEST_TMPDIR/home.d"
	cd "$BATS_TEST_TMPDIR"
	run env GIT_DIR=dots.git GIT_WORK_TREE=home.d git policy install --client
	[ "$status" -eq 0 ] || fail 'not installed'
	[ -x dots.git/hooks/commit-msg ] || fail 'not where git looks'
	run env GIT_DIR=dots.git GIT_WORK_TREE=home.d git commit -q --allow-empty -m 'no type'
	[ "$status" -eq 1 ] || fail 'not judged'

	run env -i PATH=/usr/bin HOME="$HOME" "${SANITIZE[@]}" git -C "$WORK" -c user.name=Erin -c user.email=erin@example.org \
		commit -q --allow-empty -m 'no type'
	[ "$status" -eq 1 ] || fail 'not judged'
	assert_rule format
	cd "$BATS_TEST_TMPDIR/home.d"
	git clone -q "$SERVER" one 2>/dev/null
	git clone -q "$SERVER" 'two of them' 2>/dev/null
	run git policy install --client one none 'two of them'
	[ "$status" -eq 1 ] || fail 'one of them is none'
	assert_said 'none: no such folder'
	[ -x one/.git/hooks/commit-msg ] && [ -x 'two of them/.git/hooks/commit-msg' ] || fail 'the others are some'
}

@test "somebody's hooks: refused with the entry, or --chain: theirs, which may edit, then ours; and back" {
	local before hooks
	script "$WORK/.git/hooks/commit-msg" <<-'HOOK'
		#!/bin/sh
		[ ! -s veto ] || exit 3
		printf '\nChange-Id: I1\n' >>"$1"
	HOOK
	ln -s ../../push "$WORK/.git/hooks/pre-push"
	script "$WORK/push" <<-'HOOK'
		#!/usr/bin/perl
		print "theirs: $0 @ARGV: ", <STDIN>;
	HOOK
	before=$(snapshot "$WORK/.git")
	hooks=$(snapshot "$WORK/.git/hooks")
	at_no 1 erin git policy install --client
	assert_said 'not ours:' 'git policy hook commit-msg "$@" || exit' '--chain'
	[ "$(snapshot "$WORK/.git")" = "$before" ] || fail 'something changed'
	client --chain --user erin
	at_no 1 erin git commit -q --allow-empty -m 'no type'
	assert_rule format
	at_ok erin git commit -q --allow-empty -m 'feat: x'
	[ "$(git -C "$WORK" log -1 --format=%b)" = 'Change-Id: I1' ] || fail 'theirs did not run'
	at_ok erin git push -q origin HEAD:feature/x
	assert_said "theirs: .git/hooks/pre-push.local origin $SERVER: HEAD $(git -C "$WORK" rev-parse HEAD) refs/heads/feature/x $ZERO"
	at_no 1 erin git push -q origin HEAD:nowhere
	assert_said theirs: 'nowhere: rejected'
	echo veto >"$WORK/veto"
	at_no 1 erin git commit -q --allow-empty -m 'feat: x'
	client --user erin
	assert_said 'nothing to change'
	at_ok erin git policy uninstall --client
	git -C "$WORK" reset -q --hard origin/main
	[ "$(snapshot "$WORK/.git/hooks")" = "$hooks" ] || fail 'not as it was'

	printf '#!/bin/sh\ngit policy hook commit-msg "$1"\n' | script "$WORK/.git/hooks/commit-msg"
	rm "$WORK/.git/hooks/pre-push" "$WORK/veto"
	client
	assert_said 'commit-msg: ' 'calls it'
	at_no 1 erin git commit -q --allow-empty -m 'no type'
	assert_rule format
}

@test "husky: the entries it wants, then nothing but settings; CRLF in them" {
	local name
	git -C "$WORK" config core.hooksPath .husky/_
	# As husky 9 lays it out.
	for name in commit-msg pre-commit pre-push; do
		printf '#!/usr/bin/env sh\n. "$(dirname "$0")/h"' | script "$WORK/.husky/_/$name"
	done
	cat >"$WORK/.husky/_/h" <<-'HUSKY'
		#!/usr/bin/env sh
		n=$(basename "$0")
		s=$(dirname "$(dirname "$0")")/$n
		[ ! -f "$s" ] && exit 0
		export PATH="node_modules/.bin:$PATH"
		sh -e "$s" "$@"
		c=$?
		[ $c != 0 ] && echo "husky - $n script failed (code $c)"
		exit $c
	HUSKY
	echo 'cat >seen' >"$WORK/.husky/pre-push"
	at_no 1 erin git policy install --client --chain
	assert_said 'in .husky/commit-msg' '  ! command -v git-policy >/dev/null || git policy hook commit-msg "$@"' \
		'in .husky/pre-push' '  updates=$(cat && echo .)' '| git policy hook pre-push "$@" || exit' \
		'where there is no git-policy on the PATH'
	sed -n 's/^hint:    \(! .*git policy hook commit.*\)/\1/p' <<<"$output" >"$WORK/.husky/commit-msg"
	sed -n 's/^hint:    \(updates=\|! .*printf.*git policy\)/\1/p' <<<"$output" >"$WORK/.husky/pre-push"
	printf '%s cat >seen\n' "$(sed -n 's/^hint:    \(printf.*|\)$/\1/p' <<<"$output")" >>"$WORK/.husky/pre-push"
	client
	assert_said '.husky/commit-msg calls it' '.husky/pre-push calls it'
	[ ! -e "$WORK/.git/hooks/commit-msg" ] || fail 'a hook that nobody runs'
	judged "$WORK"
	[ "$(cat "$WORK/seen")" = "HEAD $(git -C "$WORK" rev-parse HEAD) refs/heads/feature/x $ZERO" ] || fail 'theirs got nothing'
	mkdir bin
	ln -s "$(command -v git)" bin/
	run env PATH="$PWD/bin:/usr/bin:/bin" git -C "$WORK" commit -q --allow-empty -m 'no type'
	[ "$status" -eq 0 ] || fail 'who has no git-policy is stopped'
	run env PATH="$PWD/bin:/usr/bin:/bin" git -C "$WORK" push -q --dry-run origin HEAD:nowhere
	[ "$status" -eq 0 ] || fail 'who has no git-policy is stopped'
	git -C "$WORK" reset -q --hard HEAD~
	printf 'git policy hook pre-push "$@"\r\n' >"$WORK/.husky/pre-push"
	git -C "$SERVER" update-ref -d refs/heads/feature/x
	judged "$WORK"
	# Set up in the project, and not yet here.
	git -C "$WORK" config --unset core.hooksPath
	echo true >"$WORK/.husky/pre-push"
	client
	assert_said 'once husky puts its hooks here, pre-push is run no more'
	assert_not_said 'commit-msg is run no more'
}

@test "lefthook: its own file calls ours" {
	local name
	for name in commit-msg pre-push; do
		printf '#!/bin/sh\ncall_lefthook()\n{\n\tsh lefthook.sh "$@"\n}\ncall_lefthook run "%s" "$@"\n' $name |
			script "$WORK/.git/hooks/$name"
	done
	at_no 1 erin git policy install --client --chain
	assert_said 'in lefthook.yml' 'run: command -v git-policy >/dev/null || exit 0; git policy hook commit-msg {0}' \
		'git policy hook pre-push {0}' 'use_stdin: true'
	grep '^hint:    ' <<<"$output" | sed 's/^hint:    //' >"$WORK/lefthook-local.yml"
	client
	assert_said 'commit-msg: lefthook-local.yml calls it'
	# What lefthook makes of it.
	printf 'shift; name=$1; shift\nexec git policy hook "$name" $*\n' >"$WORK/lefthook.sh"
	judged "$WORK"
}

@test "pre-commit: its entries, with what it says of a push; or the place it has for hooks of before" {
	local name
	for name in commit-msg pre-push; do
		script "$WORK/.git/hooks/$name" <<-HOOK
			#!/usr/bin/env bash
			# File generated by pre-commit: https://pre-commit.com
			input=\$(cat && echo .)
			[ ! -x "\$0.legacy" ] || printf %s "\${input%.}" | "\$0.legacy" "\$@" || exit 1
			. ./generated
		HOOK
	done
	touch "$WORK/generated"
	at_no 1 erin git policy install --client
	assert_said 'in .pre-commit-config.yaml' 'exec git policy hook commit-msg "$@"' 'exec git policy hook pre-push "$@"' \
		'stages: [commit-msg]' 'pass_filenames: false' '--chain'
	sed -n 's/^hint:  //p' <<<"$output" >"$WORK/.pre-commit-config.yaml"
	client --chain
	assert_said 'commit-msg: .pre-commit-config.yaml calls it'
	rm "$WORK/.pre-commit-config.yaml"
	client --chain
	assert_said 'write hooks/commit-msg.legacy' 'write hooks/pre-push.legacy'
	judged "$WORK"
	at_ok erin git policy uninstall --client
	[ ! -e "$WORK/.git/hooks/pre-push.legacy" ] && [ -e "$WORK/.git/hooks/pre-push" ] || fail 'not as it was'

	cat >"$WORK/generated" <<-'HOOK'
		name=${0##*/}
		[ "$name" = pre-push ] || exec git policy hook commit-msg "$1"
		read -r local new remote old <<<"${input%.}"
		export PRE_COMMIT_LOCAL_BRANCH=$local PRE_COMMIT_REMOTE_BRANCH=$remote PRE_COMMIT_REMOTE_NAME=$1 PRE_COMMIT_REMOTE_URL=$2
		[ "$old" = 0000000000000000000000000000000000000000 ] || export PRE_COMMIT_FROM_REF=$old PRE_COMMIT_TO_REF=$new
		exec git policy hook pre-push </dev/null
	HOOK
	judged "$WORK"
	git -C "$WORK" fetch -q
	judged "$WORK"
	[ "$(git -C "$WORK" config policy.user)" = '' ] || fail 'settings are left'
}

@test "git policy hook: what it takes, and hands through" {
	at_no 129 erin git policy hook
	at_no 129 erin git policy hook pre-receive
	assert_said 'commit-msg and pre-push'
	at_no 129 erin git policy hook pre-push
	printf 'no type\n' >"$WORK/message"
	at_no 2 erin git policy hook commit-msg message
	assert_said 'no policy'
	at_ok erin git policy hook --if-policy commit-msg message
	[ -z "$output" ] || fail 'it says something'
	client
	at_no 1 erin git policy hook --if-policy commit-msg message
	at_no 1 erin git -C .git/.. policy hook commit-msg message
	at_ok erin sh -c "echo \"refs/heads/main $ROOT_COMMIT refs/heads/feature/x $ZERO\" | git policy hook pre-push origin x"
	at_no 1 erin sh -c "echo \"refs/heads/main $ROOT_COMMIT refs/heads/x $ZERO\" | git policy hook pre-push origin x"
}

@test "messages that end their lines as Windows does" {
	client
	printf 'feat: x\r\n\r\nWhat it does.\r\n\r\nRefs: 1\r\n' >"$WORK/message"
	at_ok erin git commit -q --allow-empty -F message
	at_ok erin git commit -q --allow-empty --cleanup=verbatim -F message
	at_ok erin git -c commit.cleanup=verbatim commit -q --allow-empty -F message
	at_ok erin git push -q origin HEAD:feature/x
	printf 'no type\r\n' >"$WORK/message"
	at_no 1 erin git commit -q --allow-empty -F message
}

@test "for every clone: silent without a policy, strict with one; each clone's own hooks run, under every name" {
	local folder=$HOME/.config/git-policy/hooks plain=$BATS_TEST_TMPDIR/plain name
	cp "$GIT_CONFIG_GLOBAL" global
	git policy install --client --global --dry-run
	[ ! -e "$folder" ] && cmp "$GIT_CONFIG_GLOBAL" global || fail 'a dry run did something'
	run git policy install --client --global --user erin
	[ "$status" -eq 0 ] || fail 'not installed'
	assert_said 'git policy install --client' husky GIT_CONFIG_GLOBAL=/dev/null
	run git policy install --client --global
	assert_said 'nothing to change'

	git init -q "$plain"
	unjudged "$plain"
	git -C "$plain" worktree add -q "$BATS_TEST_TMPDIR/linked" 2>/dev/null
	for name in pre-commit prepare-commit-msg post-commit post-checkout reference-transaction post-rewrite; do
		printf '#!/bin/sh\necho "%s $0 $#" >>%s/ran\n' $name "$BATS_TEST_TMPDIR" | script "$plain/.git/hooks/$name"
	done
	printf '#!/bin/sh\nprintf "\\nChange-Id: I1\\n" >>"$1"\n' | script "$plain/.git/hooks/commit-msg"
	git -C "$plain" commit -q --allow-empty -m 'no type'
	git -C "$BATS_TEST_TMPDIR/linked" commit -q --allow-empty --amend -m 'no type'
	grep -qx 'pre-commit .git/hooks/pre-commit 0' ran || fail 'not run as git does'
	for name in pre-commit prepare-commit-msg post-commit reference-transaction post-rewrite; do
		grep -q "^$name $plain" ran || fail "no $name in the linked work tree"
	done
	[ "$(git -C "$plain" log -1 --format=%b)" = 'Change-Id: I1' ] || fail 'its own commit-msg did not run'

	printf '#!/bin/sh\necho "theirs: $*: $(cat)"\n' | script "$WORK/.git/hooks/pre-push"
	unjudged "$WORK"
	git -C "$WORK" reset -q --hard origin/main
	git -C "$WORK" fetch -q origin refs/policy/current:refs/policy/current
	judged "$WORK"
	assert_said "theirs: origin $SERVER: HEAD $(git -C "$WORK" rev-parse HEAD) refs/heads/feature/x"
	client
	assert_said 'for all clones' 'policy: what origin publishes'
	[ ! -e "$WORK/.git/hooks/commit-msg" ] || fail 'installed twice'
	printf '#!/bin/sh\ngit policy hook pre-push "$@" || true\n' | script "$WORK/.git/hooks/pre-push"
	run git -C "$WORK" push -q --dry-run origin HEAD:nowhere
	[ "$(grep -c 'nowhere: rejected' <<<"$output")" = 1 ] || fail 'judged twice'

	# What a server does here is as it was: ours guards, and a push to what is checked out arrives there.
	git -C "$WORK" config --unset remote.origin.receivepack
	run git -C "$WORK" push -q --no-verify origin HEAD:feature/z
	assert_said 'remote: error'
	git -C "$plain" config receive.denyCurrentBranch updateInstead
	rm "$plain/.git/hooks/"*
	git clone -q "$plain" "$BATS_TEST_TMPDIR/copy"
	echo new >"$BATS_TEST_TMPDIR/copy/new"
	git -C "$BATS_TEST_TMPDIR/copy" add new
	git -C "$BATS_TEST_TMPDIR/copy" commit -q -m new
	git -C "$BATS_TEST_TMPDIR/copy" push -q origin HEAD:main
	[ "$(cat "$plain/new")" = new ] && [ -z "$(git -C "$plain" status --porcelain)" ] || fail 'the work tree is not updated'
	echo changed >"$plain/new"
	git -C "$BATS_TEST_TMPDIR/copy" commit -q --allow-empty -m more
	run git -C "$BATS_TEST_TMPDIR/copy" push -q origin HEAD:main
	[ "$status" -ne 0 ] || fail 'a changed work tree is overwritten'

	git -C "$WORK" config core.hooksPath .husky/_
	mkdir "$WORK/.husky"
	at_no 1 erin git policy install --client
	assert_said 'in .husky/commit-msg'
	git policy uninstall --client --global
	cmp "$GIT_CONFIG_GLOBAL" global || fail 'not as it was'
	[ ! -e "$HOME/.config/git-policy" ] || fail 'something is left'
}

@test "for every clone, in front of a folder of hooks that is there: refused, by hand, or --chain" {
	local theirs=$HOME/my-hooks
	printf '#!/bin/sh\necho "theirs: $1"\n' | script "$theirs/commit-msg"
	printf '#!/bin/sh\necho "theirs: pre-commit"\n' | script "$theirs/pre-commit"
	git config --global core.hooksPath '~/my-hooks'
	cp "$GIT_CONFIG_GLOBAL" global
	run git policy install --client --global
	[ "$status" -eq 1 ] || fail 'not refused'
	assert_said "in $theirs/commit-msg" 'git policy hook --if-policy commit-msg "$@" || exit' --chain
	at_no 1 erin git policy install --client
	assert_said 'outside of this clone' 'git policy install --client --global --chain'
	cmp "$GIT_CONFIG_GLOBAL" global && [ ! -e "$HOME/.config/git-policy" ] || fail 'something changed'

	run git policy install --client --global --chain
	[ "$status" -eq 0 ] || fail 'not installed'
	run git policy install --client --global
	assert_said 'nothing to change'
	git -C "$WORK" fetch -q origin refs/policy/current:refs/policy/current
	at_no 1 erin git commit --allow-empty -m 'no type'
	assert_rule format
	assert_said 'theirs: .git/COMMIT_EDITMSG' 'theirs: pre-commit'
	git policy uninstall --client --global
	cmp "$GIT_CONFIG_GLOBAL" global || fail 'not as it was'

	for name in commit-msg pre-push; do
		printf '#!/bin/sh\ngit policy hook --if-policy %s "$@" || exit\n' $name | script "$theirs/$name"
	done
	client
	judged "$WORK"
}

@test "what is missing is one line, and what to do" {
	cd "$BATS_TEST_TMPDIR"
	run git policy install --client
	[ "$status" -eq 1 ] || fail 'no clone'
	[ "$(grep -c ^error: <<<"$output")" = 1 ] || fail 'not one line'
	assert_said 'git clone <url>'
	run git policy install --client "$SERVER"
	[ "$status" -eq 1 ] || fail 'a bare one'
	assert_said '--client wants a work tree'
	run git policy install --client --usr erin
	[ "$status" -eq 129 ] || fail 'an unknown option'
	run git policy install --client --user
	[ "$status" -eq 129 ] || fail 'no value'
	git init -q alone
	run git policy install --client alone
	[ "$status" -eq 0 ] || fail 'no remote is no hindrance'
	assert_said 'there is no remote yet' 'has no policy yet'
	git -C alone remote add origin "$BATS_TEST_TMPDIR/gone.git"
	run git policy install --client alone
	[ "$status" -eq 0 ] || fail 'no connection is no hindrance'
	assert_said 'origin cannot be reached now'
	run git policy install --client "$WORK" --remote down
	[ "$status" -eq 1 ] || fail 'an unknown remote'
}
