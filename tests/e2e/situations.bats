# situations: what every command answers where something is missing: one line that says what, and what to do about it.
load commands

# Places: a folder without a repository; clones of an empty server, of one without a policy, of one that is gone, one
# without a remote, one whose policy does not load; an empty server; the server as it is, without its policy, and with
# one that does not load.
setup_file() {
	export BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR
	setup
	policy_write <<-'POLICY'
		[branch "main"]
		push = @integrators
		direct = deny
		approvals = 1 carol
		[branch "feature/{slug}"]
		[tag "v{semver}"]
		[deploy "production/live"]
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	push_ok erin "$(commit_file 'feat: add a form' "$ROOT_COMMIT" login.html '<form>'):feature/x"
	person clone
	cd "$BATS_FILE_TMPDIR"
	echo 'feat: x' >message
	printf '[policy]\nversion = 1\n[brnch "x"]\n' >broken.ini
	mkdir nowhere
	git init -q --bare void.git
	git clone -q void.git empty 2>/dev/null
	git -C empty config policy.user erin
	cp -r "$SERVER" unpublished.git
	git -C unpublished.git update-ref -d refs/policy/current
	cp -r clone unpublished
	git -C unpublished config remote.origin.url "$PWD/unpublished.git"
	cp -r clone gone
	git -C gone config remote.origin.url "$PWD/gone.git"
	cp -r clone alone
	git -C alone remote remove origin
	cp -r clone broken
	git -C broken config policy.file "$PWD/broken.ini"
	git -C broken switch -q feature/x
	cp -r "$SERVER" unpoliced.git
	rm unpoliced.git/policy/policy.ini
	cp -r "$SERVER" broken.git
	cp broken.ini broken.git/policy/policy.ini
}

setup() {
	world_create
	export GIT_CEILING_DIRECTORIES=$BATS_FILE_TMPDIR
	PATH=$BUILD/cli:$PATH
}

# answers PLACE: for each line "command | what is said" on standard input, the command fails there, saying that; and in
# one line, with what to do in another, without a word of git's own.
answers() {
	local command said
	cd "$BATS_FILE_TMPDIR/$1"
	while IFS='|' read -r command said; do
		# shellcheck disable=SC2086 # words
		run git policy $command </dev/null
		[ "$status" -eq 2 ] || fail "in $1: $command"
		assert_said "${said# }"
		assert_not_said 'fatal:' 'usage:'
		[ "$(grep -c '^error: [^ ]' <<<"$output")" -eq 1 ] || fail "not one error in $1: $command"
		[ "$(grep -c '^hint: ' <<<"$output")" -le 2 ] || fail "more than two hints in $1: $command"
		grep -q '^hint: ' <<<"$output" || fail "nothing to do in $1: $command"
	done
}

@test "no repository" {
	answers nowhere <<-'CALLS'
		approve --for main | there is no repository to work in
		reject --for main -m no | there is no repository to work in
		report ci pass | there is no repository to work in
		grant main HEAD HEAD --reason x --expires 1h | there is no repository to work in
		deploy production/live --reason x | there is no repository to work in
		status --for main | there is no repository to work in
		land feature/x --into main | there is no repository to work in
		explain main | there is no repository to work in
		explain --push HEAD HEAD main | there is no repository to work in
		check | there is no repository to work in
		check-message ../message | there is no repository to work in
		notes | there is no repository to work in
		notes v1.0.0 | there is no repository to work in
		debt | there is no repository to work in
		prune | there is no repository to work in
		triggers | there is no repository to work in
		audit | there is no repository to work in
		audit verify | there is no repository to work in
		test HEAD:main | there is no repository to work in
		doctor | there is no repository
		init | there is no git repository
	CALLS
}

@test "an empty repository, here and on the server" {
	answers empty <<-'CALLS'
		approve --for main | there is no commit here yet
		report ci pass | there is no commit here yet
		deploy production/live --reason x | there is no commit here yet
		status --for main | there is no commit here yet
		land feature/x --into main | origin has no branch feature/x
		grant main HEAD HEAD --reason x --expires 1h | there is no commit here yet
		notes | there is no commit here yet
		explain main | no policy
		check | no policy
		test HEAD:main | there is no HEAD here to push
	CALLS
	answers void.git <<-'CALLS'
		status --for main | there is no commit here yet
		notes | there is no commit here yet
		check | policy.ini does not exist
		debt | policy.ini does not exist
		audit | policy.ini does not exist
	CALLS
}

@test "no policy, in a clone and on the server" {
	answers unpublished <<-'CALLS'
		check | git config policy.file <file>
		explain main | git fetch origin refs/policy/current
		check-message ../message | no policy
		notes | no policy
		land feature/x --into main | no policy
	CALLS
	answers unpoliced.git <<-'CALLS'
		check | a first policy: git policy install
		explain main | policy.ini does not exist
		check-message ../message | policy.ini does not exist
		notes | policy.ini does not exist
		debt | policy.ini does not exist
		prune | policy.ini does not exist
		triggers | policy.ini does not exist
		audit | policy.ini does not exist
		audit verify | policy.ini does not exist
	CALLS
}

@test "a policy that does not load, in a clone and on the server" {
	answers broken <<-'CALLS'
		check | broken.ini:3:2: unknown section [brnch]
		explain main | did you mean [branch]?
		check-message ../message | unknown section
		notes | unknown section
		status --for main --offline | unknown section
		land feature/x --into main --offline | unknown section
	CALLS
	answers broken.git <<-'CALLS'
		check | policy.ini:3:2: unknown section [brnch]
		debt | unknown section
		prune | unknown section
		triggers | unknown section
		audit | unknown section
	CALLS
}

@test "a server that cannot be reached, and no remote at all" {
	answers gone <<-'CALLS'
		approve --for main | cannot push to origin: '
		reject --for main -m no | git remote get-url origin
		report ci pass | cannot push to origin: '
		deploy production/live --reason x | cannot push to origin: '
		grant main HEAD origin/feature/x --reason x --expires 1h | cannot push to origin: '
		status --for main | cannot fetch from origin: '
		land feature/x --into main | --offline goes by what was fetched before
		explain --push HEAD HEAD main | cannot fetch from origin: '
		test HEAD:main | cannot fetch from origin: '
	CALLS
	answers alone <<-'CALLS'
		approve --for main | there is no remote named origin
		status --for main | git remote add origin <url>
		land feature/x --into main | there is no remote named origin
		approve --for main --remote backup | there is no remote named backup
	CALLS
}

@test "what wants a clone in the server's repository, and the other way round" {
	answers server.git <<-'CALLS'
		approve --for main --as erin | run it in a clone
		approve --for main | records are pushed, and this is the server
		reject --for main -m no | records are pushed
		report ci pass | records are pushed
		deploy production/live --reason x | records are pushed
		grant main HEAD HEAD --reason x --expires 1h | records are pushed
		land feature/x --into main | run it in a clone
	CALLS
	answers clone <<-'CALLS'
		debt | on the server, as its owner: git policy -C <repo.git> debt
		prune | this is not where the repository is served
		triggers | this is not where the repository is served
		audit | this is not where the repository is served
		audit verify | this is not where the repository is served
	CALLS
}

@test "a detached HEAD is a commit like any other" {
	cd "$BATS_FILE_TMPDIR"
	cp -r clone detached
	cd detached
	git switch -q --detach origin/feature/x
	run git policy status --for main
	[ "$status" -eq 1 ] || fail 'status'
	assert_said '(feature/x) onto' 'may not land yet'
	run git policy notes
	[ "$status" -eq 0 ] || fail 'notes'
	assert_said 'add a form'
}
