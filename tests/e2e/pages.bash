# shellcheck shell=bash disable=SC2034,SC2154
# pages: the blocks of commands and of policy that a page shows, and the world in which they are run: a server with a
# policy, and people with clones of it.
load helper
. "$ROOT/tests/blocks"

# ---- what stands on a page ----

# recipe PAGE LINE: the policy that stands nearest above that line.
recipe() {
	local line='' at
	for at in $(blocks "$1" ini | cut -d ' ' -f 1); do
		[ "$at" -gt "$2" ] || line=$at
	done
	block "$1" "$line"
}

# headings: those of the policy on standard input.
headings() {
	grep '^\['
}

# complete: a policy with the sections on standard input in it, and beside them what a repository needs to be worked in.
complete() {
	local given
	given=$(cat)
	awk -v given="$(headings <<<"$given")" '
		BEGIN { n = split(given, lines, "\n"); for (i = 1; i <= n; i++) replaced[lines[i]] = 1 }
		/^\[/ { skipped = $0 in replaced }
		!skipped' <<-'POLICY'
			[policy]
			version = 1
			include = people.ini

			[identity]
			env = GIT_POLICY_USER

			[branch "main"]
			push = @integrators @admins

			[branch "develop"]

			[branch "staging"]

			[branch "production"]

			[branch "feature/{slug}"]
			rewrite = allow
			delete = allow

			[branch "fix/{slug}"]
			rewrite = allow
			delete = allow

			[tag "v{semver}"]

			[audit]
			file = policy/audit.jsonl

		POLICY
	# What a page says of [policy] is seldom all of it.
	if grep -q '^include' <<<"$given"; then
		printf '%s\n' "$given"
	else
		sed '/^\[policy\]$/a include = people.ini' <<<"$given"
	fi
}

# ---- the world ----

# pages_setup: an environment that knows the programs, and what a page's commands need beside them.
pages_setup() {
	world_create
	WORLD=$BATS_TEST_TMPDIR/world
	SERVER=$WORLD/srv/git/project.git
	mkdir -p "$BATS_TEST_TMPDIR/bin"
	printf '%s\n' '#!/bin/sh' 'while :; do case $1 in -u) shift 2 ;; -*) shift ;; *) exec "$@" ;; esac; done' \
		>"$BATS_TEST_TMPDIR/bin/sudo"
	chmod +x "$BATS_TEST_TMPDIR/bin/sudo"
	PATH=$BATS_TEST_TMPDIR/bin:$BUILD/cli:$PATH
	export GIT_POLICY_EXEC_PATH=$ROOT/install GIT_POLICY_STATE=$WORLD/state
}

# world_begin POLICY-FILE: a server under it, with the branches and versions every team has, and nobody's clone yet.
world_begin() {
	local second
	cd "$BATS_TEST_TMPDIR" || return
	rm -rf "${WORLD:?}/srv" "${WORLD:?}"/*/.git "$CLIENT" "$HOME/.config"
	mkdir -p "$WORLD/srv/git" "$WORLD/state" "$HOME/src"
	client_create
	second=$(commit_file 'feat(api): list users' "$ROOT_COMMIT" api.txt users)
	git init -q --bare "$SERVER"
	server_set refs/heads/main "$second" refs/heads/develop "$ROOT_COMMIT" refs/heads/staging "$second" \
		refs/heads/production "$ROOT_COMMIT" refs/tags/v1.0.0 "$ROOT_COMMIT" refs/tags/v1.2.0 "$second"
	cp "$ROOT/policies/people.ini" "$WORLD"
	cp "$1" "$WORLD/policy.ini"
	server_install "$WORLD/policy.ini"
}

# feature: a change by erin that waits to land.
feature() {
	HEAD=$(commit_file 'feat(login): add a form' "$ROOT_COMMIT" login.html '<form>')
	push_ok erin "$HEAD:feature/login-form"
}

# person NAME...: a clone for each, whose pushes the server takes for theirs.
person() {
	local name clone
	for name; do
		clone=$WORLD/$name
		rm -rf "$clone"
		git clone -q -b develop "$SERVER" "$clone" 2>/dev/null
		git -C "$clone" fetch -q origin 'refs/policy/*:refs/policy/*'
		git -C "$clone" config remote.origin.receivepack "$(serve_command "$name")"
		git -C "$clone" config policy.user "$name"
		git -C "$clone" config user.name "$name"
		git -C "$clone" config user.email "$name@example.org"
	done
}

# typed COMMANDS: as they are run here: below the world what a page has in the system's own folders.
typed() {
	sed -e "s#/srv/git#$WORLD/srv/git#g" -e "s#/etc/git-policy#$WORLD/etc/git-policy#g" \
		-e "s#/var/lib/git-policy#$WORLD/state#g" <<<"$1"
}

# in_place FOLDER COMMANDS: runs them there as a person would, stopping at the first that fails; sets $status, $output.
in_place() {
	run env -u GIT_AUTHOR_NAME -u GIT_AUTHOR_EMAIL -u GIT_COMMITTER_NAME -u GIT_COMMITTER_EMAIL \
		bash -euo pipefail -c "cd '$1'; $(typed "$2")" </dev/null
}

# ---- running a block ----

# Ids, times and the id of a push differ from run to run, and from what a page shows.
without_ids() {
	sed -e '/^\(remote: \)\{0,1\}event [0-9a-f]* *$/d' -e "s#$WORLD##g" -e 's/\<[0-9a-f]\{7,40\}\>/<id>/g' \
		-e 's/[0-9]\{4\}-[0-9][0-9]-[0-9][0-9]T[0-9:]*Z/<time>/g' -e 's/[[:space:]]*$//' <<<"$1"
}

# told_as SHOWN: $output is what the page shows; "..." stands for any lines.
told_as() {
	local line rest
	rest=$(without_ids "$output")
	if ! grep -q -x -F ... <<<"$1"; then
		[ "$rest" = "$(without_ids "$1")" ] || fail "the page shows:"$'\n'"$1"
		return
	fi
	while IFS= read -r line; do
		[ "$line" != ... ] || continue
		grep -q -x -F -e "$(without_ids "$line")" <<<"$rest" || fail "the page shows: $line"
	done <<<"$1"
}

# Whether what a page shows below a command is a refusal.
is_refusal() {
	grep -q -e '^error: ' -e '^remote: error: ' -e '^may not land yet' -e '^  no ' <<<"$1"
}

# told COMMAND SHOWN: what a person typed, and what the page shows below it.
told() {
	local name=${1%%\$ *}
	[ -d "$WORLD/$name/.git" ] || person "$name"
	in_place "$WORLD/$name" "${1#*\$ }"
	if is_refusal "$2"; then
		[ "$status" -ne 0 ] || fail "should have been refused: $1"
	else
		[ "$status" -eq 0 ] || fail "should have worked: $1"
	fi
	[ -z "$2" ] || told_as "$2"
}

# run_console: the block on standard input: what people type, and what they see.
run_console() {
	local line command='' shown=''
	while IFS= read -r line; do
		if [[ $line =~ ^[a-z]+\$\  || -z $line ]]; then
			[ -z "$command" ] || told "$command" "${shown%$'\n'}" || return
			command=$line shown=''
		else
			shown+=$line$'\n'
		fi
	done
	[ -z "$command" ] || told "$command" "${shown%$'\n'}"
}

# run_elsewhere PAGE FILE: what runs that file's commands: every line of the block on standard input stands there, or it
# runs what this page says is its.
run_elsewhere() {
	local line
	! grep -q -F -e "${1#"$ROOT/"}" "$ROOT/$2" || return 0
	while IFS= read -r line; do
		grep -q -F -e "$line" "$ROOT/$2" || fail "not in $2: $line"
	done
}

# ---- the places that a comment may name; each is a word of it ----

# What has to be there before the server is, and what is done there before the block is run.
before_signed() {
	mkdir -p "$HOME/.ssh" "$WORLD"
	rm -f "$HOME"/.ssh/id_ed25519*
	ssh-keygen -q -t ed25519 -N '' -C bob -f "$HOME/.ssh/id_ed25519"
	printf 'bob@example.org %s\n' "$(cut -d ' ' -f 1,2 "$HOME/.ssh/id_ed25519.pub")" >"$WORLD/allowed_signers"
}

# Of the manual's commands: approvals for main, and a deploy.
before_manual() {
	printf '%s\n' '[branch "main"]' 'approvals = 1 @reviewers' '[deploy "production/live"]' | complete >"$POLICY"
}

before_grants() {
	printf '%s\n' '[branch "staging"]' 'rewrite = grant' 'grant = @owners' | complete >"$POLICY"
}

# The stages before canary-10, an hour and half an hour ago.
after_deploys() {
	local head stage
	head=$(git -C "$SERVER" rev-parse v1.2.0)
	for stage in tests database-backup error_rate; do
		push_ok ci "$(record_tag "$head" "$([ $stage = error_rate ] && echo 0.5 || echo pass)"):refs/checks/$head/$stage"
	done
	SERVER_ENV=(GIT_POLICY_NOW="$(date -u -d '-1 hour' +%FT%TZ)")
	push_ok dora "$(record_tag "$head" 'as planned'):refs/deploy/production/migrations"
	SERVER_ENV=(GIT_POLICY_NOW="$(date -u -d '-30 minutes' +%FT%TZ)")
	push_ok devon "$(record_tag "$head" 'as planned'):refs/deploy/production/canary-5"
	SERVER_ENV=()
}

# The signed approval by plain git, as the page describes its message.
after_message() {
	person bob
	git -C "$WORLD/bob" config gpg.format ssh
	git -C "$WORLD/bob" config user.signingKey "$HOME/.ssh/id_ed25519"
	printf '%s\n' approve '' "repository: $(cut -d ' ' -f 2 "$SERVER/policy/account/installed")" \
		'target: refs/heads/main' "head: $HEAD" 'user: bob' >"$WORLD/bob/message"
	export head=$HEAD
}

# where PLACE LINE-OF-PAGE: makes the world of a block, and prints nothing; $PLACE is then the folder it is run in.
world_of() { # page, line, place
	local word person=erin
	POLICY=$BATS_TEST_TMPDIR/policy.ini PLACE=''
	cp "$ROOT/policies/edpsych-git-workflow.ini" "$POLICY"
	for word in $3; do
		case $word in
		recipe) recipe "$1" "$2" | complete >"$POLICY" ;;
		*) [ "$(type -t "before_$word")" != function ] || "before_$word" || return ;;
		esac
	done
	world_begin "$POLICY" || return
	case " $3 " in *' story '* | *' bare '*) ;; *) feature || return ;; esac
	for word in $3; do
		case $word in
		server) PLACE=$SERVER ;;
		tree) PLACE=$ROOT ;;
		bare) PLACE=$WORLD && rm -rf "$SERVER" && git init -q --bare "$SERVER" ;;
		policy) PLACE=$SERVER/policy ;;
		*) [ "$(type -t "after_$word")" != function ] || "after_$word" || return ;;
		esac
		! grep -q -F "[user \"$word\"]" "$ROOT/policies/people.ini" || person=$word
	done
	[ -n "$PLACE" ] || PLACE=$WORLD/$person
	[ "$PLACE" != "$WORLD" ] || return 0
	[ -d "$WORLD/$person/.git" ] || person "$person"
	cp -r "$WORLD/$person" "$HOME/src/project.$$" && rm -rf "$HOME/src/project" && mv "$HOME/src/project.$$" "$HOME/src/project"
}

# run_block PAGE LINE LANGUAGE PLACE
run_block() {
	local text
	text=$(block "$1" "$2")
	case $4 in
	-) fail "no comment says where this is run" && return 1 ;;
	'by '*)
		run_elsewhere "$1" "${4#by }" <<<"$text"
		return
		;;
	esac
	world_of "$1" "$2" "$4" || return
	if [ "$3" = console ]; then
		run_console <<<"$text"
		return
	fi
	in_place "$PLACE" "$text"
	[ "$status" -eq 0 ] || fail "should have worked"
}

# run_page PAGE: every command on it. A manual page's blocks have no language.
run_page() {
	local line language place ran=0 languages='sh console'
	[ "${1##*.}" != scd ] || languages=-
	for language in $languages; do
		while read -r line place; do
			run_block "$1" "$line" "$language" "$place" || fail "$1:$line ($place)" || return
			ran=$((ran + 1))
		done < <(blocks "$1" "${language#-}")
	done
	[ "$ran" -gt 0 ] || fail "no commands in $1"
}
