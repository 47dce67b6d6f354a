# debt: what branches that landed still owe, and the grants that were used, from the account.
load commands

setup() {
	world_create
	PATH=$BUILD/cli:$PATH
	policy_write <<-'POLICY'
		[branch "main"]
		direct = deny
		accept = release/* hotfix/* by merge squash
		rewrite = grant
		grant = @admins

		[branch "develop"]
		direct = deny
		accept = release/* hotfix/* by merge squash

		[branch "release/v{semver}"]
		owes = develop
		delete = allow
		grant = @admins

		[branch "hotfix/{slug}"]
		owes = develop
		delete = merged main develop
		grant = @admins
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT" refs/heads/develop "$ROOT_COMMIT"
}

# landed NAME BASE: a branch of one commit that is merged into main, which is at BASE; sets $HEAD and $MAIN.
landed() {
	HEAD=$(commit_file 'fix: mend it' "$ROOT_COMMIT" "${1##*/}" one)
	push_ok oscar "$HEAD:$1"
	MAIN=$(merge "Merge branch '$1'" "$2" "$HEAD")
	push_ok ivy "$MAIN:main"
}

# granted BRANCH OLD NEW: oscar lets that move happen, until 2099.
granted() {
	local commit=$3
	[ "$3" != "$ZERO" ] || commit=$2
	push_ok oscar "$(record_tag "$commit" "the release
broke login

expires: 2099-01-01T00:00:00Z"):refs/grants/heads/$1/$2/$3/oscar"
}

debt() {
	run git_policy -C "$SERVER" debt "$@"
	[ "$status" -eq 0 ] || fail 'should have worked'
}

@test "nothing is owed, nothing was granted" {
	debt
	[ "$output" = $'nothing is owed\nnothing was granted' ]
	debt --json
	[ "$output" = '{"type":"verdict","verdict":"accepted","findings":0}' ]
}

@test "a release that landed on main owes its way back" {
	push_ok oscar "$(commit_file 'fix: other' "$ROOT_COMMIT" b one):hotfix/waiting"
	landed release/v1.2.0 "$ROOT_COMMIT"
	debt
	[ "$output" = "release/v1.2.0: ${HEAD:0:7} has landed on main and not on develop
  git policy land release/v1.2.0 --into develop
nothing was granted" ]
	push_refused oscar "$ROOT_COMMIT:refs/heads/release/v1.3.0"
	assert_rule owes
	debt --json
	[ "$(json_findings type=debt branch=refs/heads/release/v1.2.0 landed=refs/heads/main owed=refs/heads/develop \
		head="$HEAD" gone=0)" = "${lines[0]}" ]
	[ "$(json_findings type=verdict verdict=accepted)" = "${lines[1]}" ]
	push_ok ivy "$(merge "Merge branch 'release/v1.2.0'" "$ROOT_COMMIT" "$HEAD"):develop"
	debt
	assert_said 'nothing is owed'
	push_ok oscar "$ROOT_COMMIT:release/v1.3.0"
}

@test "a squash pays, too" {
	landed hotfix/a "$ROOT_COMMIT"
	debt
	assert_said "hotfix/a: ${HEAD:0:7} has landed on main and not on develop"
	push_ok ivy "$(squash 'fix: mend it' "$ROOT_COMMIT" "$HEAD"):develop"
	debt
	assert_said 'nothing is owed'
}

@test "a branch that asks nothing of what lands is paid too, by a squash" {
	policy_replace <<-'POLICY'
		[branch "main"]

		[branch "production"]
		direct = deny
		accept = hotfix/*

		[branch "hotfix/{slug}"]
		create-from = production
		delete = merged production
		owes = main
	POLICY
	server_set refs/heads/production "$ROOT_COMMIT"
	push_ok erin "$(commit_file 'feat: of its own' "$ROOT_COMMIT" other one):main"
	push_ok erin "$(commit_file 'fix: mend it' "$ROOT_COMMIT" y one):hotfix/y"
	person erin
	at_ok erin git policy land hotfix/y --into production
	debt
	assert_said 'hotfix/y: ' 'has landed on production and not on main'
	push_refused erin "$ROOT_COMMIT:refs/heads/hotfix/z"
	assert_rule owes
	at_ok erin git policy land hotfix/y --into main --squash -m 'fix: mend it'
	debt
	assert_said 'nothing is owed'
	push_ok erin "$ROOT_COMMIT:hotfix/z"
}

@test "a branch that is gone leaves its debt behind" {
	landed release/v1.2.0 "$ROOT_COMMIT"
	granted release/v1.2.0 "$HEAD" "$ZERO"
	push_ok erin :release/v1.2.0
	debt
	assert_said "release/v1.2.0 (gone): ${HEAD:0:7} has landed on main and not on develop" \
		"git push origin ${HEAD:0:7}:refs/heads/release/v1.2.0, and then"
	debt --json
	[ -n "$(json_findings type=debt head="$HEAD" gone=1)" ]
	push_ok oscar "$HEAD:release/v1.2.0"
	debt
	assert_said "release/v1.2.0: ${HEAD:0:7} has landed on main and not on develop"
	push_ok ivy "$(merge "Merge commit '$HEAD'" "$ROOT_COMMIT" "$HEAD"):develop"
	debt
	assert_said 'nothing is owed'
}

@test "every grant that was used is told: when, by whom, for what" {
	landed hotfix/a "$ROOT_COMMIT"
	granted main "$MAIN" "$ROOT_COMMIT"
	push_ok ivy "+$ROOT_COMMIT:main"
	granted hotfix/a "$HEAD" "$ZERO"
	push_ok erin :hotfix/a
	debt
	assert_said "hotfix/a ${HEAD:0:7} -> 0000000: granted by oscar, pushed by erin, passed delete" \
		"main ${MAIN:0:7} -> ${ROOT_COMMIT:0:7}: granted by oscar, pushed by ivy, passed rewrite" '  the release'
	[[ $output =~ [0-9-]{10}T[0-9:]{8}Z\ main ]]
	debt --json
	[ -n "$(json_findings type=grant granted=oscar pushed=ivy ref=refs/heads/main old="$MAIN" \
		new="$ROOT_COMMIT" reason='the release')" ]
	[[ $output == *'"passed":["rewrite"]'* ]]
}

@test "a grant that was not needed let nothing pass" {
	local next
	next=$(merge 'Merge' "$ROOT_COMMIT" "$(commit_file 'fix: a' "$ROOT_COMMIT" a one)")
	push_ok oscar "$(git -C "$CLIENT" rev-parse "$next^2"):hotfix/a"
	granted_create "$next"
	push_ok ivy "$next:main"
	debt
	assert_said 'nothing was granted'
}

# granted_create COMMIT: the commit has to be on the server before it can be granted; a branch brings it.
granted_create() {
	server_set refs/heads/hotfix/there "$1"
	granted main "$ROOT_COMMIT" "$1"
}

@test "what the account cannot tell is undecided" {
	landed hotfix/a "$ROOT_COMMIT"
	printf 'no account\n' >>"$SERVER/policy/account/refs/heads/main:log"
	run --separate-stderr git_policy -C "$SERVER" debt
	[ "$status" -eq 2 ]
	[ -z "$output" ]
	[[ $stderr == *'policy/account/refs/heads/main:log is damaged at line'* ]]
}

@test "only the server knows" {
	person bob
	at_no 2 bob git-policy debt
	assert_said 'only the server knows what has landed and what was granted' 'git policy -C <repo.git> debt'
}
