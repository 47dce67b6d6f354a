# readme: the story the README tells, run as it stands there.
load helper

# story: the README's lines of that section which somebody types, "erin$ git ..." one a line.
story() {
	sed -n '/^## The whole story/,/^## /s/^\([a-z]\{1,\}\)\$ \{1,\}/\1$ /p' "$ROOT/README.md" | grep '^[a-z]*\$ '
}

# told LINE: what the README shows below that line.
told() {
	awk -v line="$1" '
		/^(## |```|$)/ { shown = 0 }
		/^[a-z]+\$ / { shown = $0 == line; next }
		shown { print }' "$ROOT/README.md"
}

# Ids differ from run to run; the one of the push stands under what each one says, and not in the README.
without_ids() {
	sed -e '/^remote: event /d' -e 's/\<[0-9a-f]\{7,40\}\>/<id>/g' -e 's/[[:space:]]*$//'
}

person() {
	git clone -q "$SERVER" "$BATS_TEST_TMPDIR/$1" 2>/dev/null
	git -C "$BATS_TEST_TMPDIR/$1" config remote.origin.receivepack "$(serve_command "$1")"
	git -C "$BATS_TEST_TMPDIR/$1" config policy.user "$1"
}

setup() {
	local name
	world_create
	PATH=$BUILD/cli:$PATH
	client_create
	git init -q --bare "$SERVER"
	server_install "$ROOT/policies/edpsych-git-workflow.ini"
	push_ok oscar "$ROOT_COMMIT:main" "$ROOT_COMMIT:develop"
	for name in erin bob carol ci ivy; do
		person "$name"
	done
}

@test "the whole story takes fewer than fifteen commands" {
	local count
	count=$(story | wc -l)
	[ "$count" -gt 5 ] || fail "no story: $count commands"
	[ "$count" -lt 15 ] || fail "$count commands"
}

@test "the whole story goes as the README tells it" {
	local name command
	while IFS= read -r line; do
		name=${line%%\$*} command=${line#*\$ }
		cd "$BATS_TEST_TMPDIR/$name"
		export GIT_AUTHOR_NAME=$name GIT_AUTHOR_EMAIL=$name@example.org GIT_COMMITTER_NAME=$name \
			GIT_COMMITTER_EMAIL=$name@example.org
		run bash -c "$command" </dev/null
		case $command in
		'git policy status'*) [ "$status" -eq 1 ] || fail "$line" ;;
		*) [ "$status" -eq 0 ] || fail "$line" ;;
		esac
		case $command in
		'git policy status'* | 'git policy approve'* | 'git policy report'*)
			diff <(told "$line" | without_ids) <(without_ids <<<"$output") || fail "told otherwise: $line"
			;;
		esac
	done < <(story)
	assert_said 'feature/login-form landed on develop'
	[ "$(git -C "$SERVER" log -1 --format='%an %cn %s' develop)" = 'erin ivy feat(login): add a form' ]
	[ "$(git -C "$SERVER" show develop:login.html)" = '<form>' ]
}
