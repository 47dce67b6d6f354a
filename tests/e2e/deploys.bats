# deploys: stages that follow one another, each asked for with a reason, by real pushes under a clock that moves.
load helper

setup() {
	world_create
	policy_write <<-'POLICY'
		[branch "**"]
		rewrite = allow
		delete = allow
		[tag "**"]
		move = allow

		[deploy]
		push = devon oscar
		[deploy "production/migrations"]
		tag = v{semver}
		on = main
		checks = backup
		[deploy "production/canary"]
		after = migrations
		[deploy "production/half"]
		after = canary for 10m
		        migrations
		checks = error_rate<1
		[deploy "production/full"]
		after = half for 1h
		[deploy "production/rollback"]

		[deploy "staging/live"]
		push = erin bob devon
		approvals = 1 @reviewers
		            1 oscar unless vuln=0
		checks = quality tests
		[deploy "open/**"]
		push = anyone

		[commit]
		format = conventional

		[user "devon"]
		[user "robot"]
		[group "ci"]
		members = robot
		[group "reviewers"]
		members = bob carol erin
	POLICY
	repo_create
	T=$(commit_file 'feat: a form' "$ROOT_COMMIT" form.txt new)
	U=$(commit_file 'feat: another form' "$T" form.txt newer)
	server_set refs/heads/main "$U" refs/heads/dev/side "$(commit_file 'feat: aside' "$T" form.txt aside)"
	SIDE=$(git -C "$CLIENT" rev-parse "$(git -C "$SERVER" rev-parse dev/side)")
	at 12:00:00
}

clock_needed() {
	grep -A9 '"name": "clock"' "$BUILD/meson-info/intro-buildoptions.json" | grep -q '"value": "env"' ||
		skip 'a build with -Dclock=env'
}

# at TIME: the server's clock from here on.
at() {
	SERVER_ENV=(GIT_POLICY_NOW="2026-01-31T$1Z")
}

# tag_object TYPE OBJECT MESSAGE [NAME]: prints the id of a tag of it.
tag_object() {
	printf 'object %s\ntype %s\ntag %s\ntagger D <d@example.org> 1740830400 +0000\n\n%b\n' "$2" "$1" \
		"${4-deploy}" "$3" |
		git -C "$CLIENT" hash-object -t tag -w --stdin
}

# deploy USER STAGE COMMIT [REASON]: asked for, and taken. Every request is a tag of its own.
deploy() {
	push_ok "$1" "+$(tag_object commit "$3" "${4-as planned $RANDOM}"):refs/deploy/$2"
}

deploy_refused() {
	push_refused "$1" "+$(tag_object commit "$3" "${4-as planned $RANDOM}"):refs/deploy/$2"
}

# reported COMMIT NAME RESULT [NAME RESULT]...: what checks said just now, whatever they said before.
reported() {
	local commit=$1
	shift
	while [ $# -gt 0 ]; do
		push_ok robot "+$(record_tag "$commit" "$2

${SERVER_ENV[0]}"):refs/checks/$commit/$1"
		shift 2
	done
}

# account REF: the last line of its account.
account() {
	tail -n 1 "$SERVER/policy/account/$1:log"
}

# released: T carries its tag, and the migrations are at it.
released() {
	push_ok devon "$T:refs/tags/v1.0.0"
	reported "$T" backup pass
	deploy devon production/migrations "$T"
}

@test "a deploy is an annotated tag directly of a commit" {
	local tag blob
	deploy devon open/live "$T"
	push_refused devon "+$U:refs/deploy/open/live"
	assert_rule deploy
	assert_no_rule reason
	assert_said 'is no annotated tag' "git policy deploy open/live <commit> --reason '...'"
	tag=$(tag_object commit "$U" 'of a commit')
	push_refused devon "+$(tag_object tag "$tag" 'of a tag'):refs/deploy/open/live"
	assert_said 'is a tag of a tag'
	push_refused devon "+$(tag_object tree "$TREE" 'of a tree'):refs/deploy/open/live"
	assert_said 'is a tag of no commit'
	blob=$(git -C "$CLIENT" hash-object -w "$CLIENT/.git/config")
	push_refused devon "+$(tag_object blob "$blob" 'of a blob'):refs/deploy/open/live"
	push_refused devon "+$blob:refs/deploy/open/live"
	push_ok devon "+$tag:refs/deploy/open/live"
}

@test "a deploy has an environment and a stage" {
	push_refused devon "$(tag_object commit "$T" go):refs/deploy/production"
	assert_rule name
	policy_replace <<-'POLICY'
		[deploy "**/*"]
		[user "devon"]
	POLICY
	push_refused devon "$(tag_object commit "$T" go):refs/deploy/production"
	assert_rule name
	deploy devon production/eu/live "$T"
}

@test "a deploy is not deleted" {
	deploy devon open/live "$T"
	push_refused devon ':refs/deploy/open/live'
	assert_rule deploy
	assert_said "git policy deploy open/rollback <commit> --reason '...'"
}

@test "a deploy says why" {
	local text
	for text in '' '\n\n' '   \t' '# a comment' '\302\240\n\342\200\213' \
		'-----BEGIN SSH SIGNATURE-----\nabc\n-----END SSH SIGNATURE-----'; do
		deploy_refused devon open/live "$T" "$text"
		assert_rule reason
	done
	deploy devon open/live "$T" '#1\nbecause of #1'
	deploy devon open/live "$T" 'ö'
}

@test "only those the section lists ask for a deploy" {
	deploy_refused erin production/migrations "$T"
	assert_rule push
	deploy_refused '' staging/live "$T"
	assert_rule push
	deploy '' open/live "$T"
}

@test "what is deployed carries a tag, is on the branch, and has its results" {
	deploy_refused devon production/migrations "$SIDE"
	assert_rule on tag checks
	assert_said "${SIDE:0:7} is not on main" "${SIDE:0:7} carries no tag v{semver}"
	push_ok devon "$SIDE:refs/tags/v1.0.0" "$T:refs/tags/latest"
	deploy_refused devon production/migrations "$SIDE"
	assert_no_rule tag
	deploy_refused devon production/migrations "$T"
	assert_rule tag
	assert_no_rule on
	reported "$T" backup pass
	# with the same push it comes too late
	push_refused devon "$T:refs/tags/v1.1.0" "$(tag_object commit "$T" go):refs/deploy/production/migrations"
	assert_rule tag
	push_ok devon "$(tag_object commit "$T" 'annotated' v1.1.0):refs/tags/v1.1.0"
	deploy devon production/migrations "$T"
}

@test "stages follow one another, at the same commit, for as long as they must" {
	clock_needed
	released
	reported "$T" error_rate 0.4
	deploy_refused devon production/half "$T"
	assert_rule after
	assert_said 'canary was never asked for' "first: git policy deploy production/canary ${T:0:7} --reason '...'"
	deploy_refused devon production/canary "$U"
	assert_said "migrations is at ${T:0:7}, not at ${U:0:7}"
	deploy devon production/canary "$T"
	at 12:05:00
	reported "$T" error_rate 0.4
	deploy_refused devon production/half "$T"
	assert_rule after
	assert_no_rule checks
	assert_said "canary is at ${T:0:7} since 2026-01-31T12:00:00Z, 5 min left" 'push again at 2026-01-31T12:10:00Z' \
		'canary for 10m'
	at 12:09:59
	deploy_refused devon production/half "$T"
	at 12:10:00
	deploy devon production/half "$T"
	at 13:09:59
	deploy_refused devon production/full "$T"
	at 13:10:00
	deploy devon production/full "$T"
}

@test "a second request for the same commit does not begin anew" {
	clock_needed
	released
	deploy devon production/canary "$T"
	at 12:08:00
	reported "$T" error_rate 0.4
	deploy devon production/canary "$T"
	at 12:10:00
	deploy devon production/half "$T"
}

@test "a stage that moved on and came back begins anew" {
	local first
	clock_needed
	released
	push_ok devon "$U:refs/tags/v1.1.0"
	reported "$U" backup pass
	first=$(tag_object commit "$T" 'the first')
	push_ok devon "+$first:refs/deploy/production/canary"
	at 12:08:00
	deploy devon production/migrations "$U"
	deploy devon production/canary "$U"
	deploy devon production/migrations "$T"
	at 12:09:00
	push_ok devon "+$first:refs/deploy/production/canary"
	at 12:10:00
	reported "$T" error_rate 0.4
	deploy_refused devon production/half "$T"
	assert_said 'since 2026-01-31T12:09:00Z'
	at 12:19:00
	deploy devon production/half "$T"
}

@test "numbers are those since the stage before was reached" {
	clock_needed
	released
	reported "$T" error_rate 0.4
	at 12:01:00
	deploy devon production/canary "$T"
	at 12:11:00
	deploy_refused devon production/half "$T"
	assert_rule checks
	assert_no_rule after
	assert_said 'error_rate was not recorded after canary (2026-01-31T12:01:00Z)'
	reported "$T" error_rate 1
	deploy_refused devon production/half "$T"
	assert_said 'error_rate is 1'
	reported "$T" error_rate 0.99
	deploy devon production/half "$T"
}

@test "what comes with a push does not count for it" {
	released
	push_refused devon "$(tag_object commit "$T" one):refs/deploy/production/canary" \
		"$(tag_object commit "$T" two):refs/deploy/production/half"
	assert_rule after
	assert_said 'canary was never asked for'
}

# live COMMIT...: the environment was at each, one after another.
live() {
	local commit
	for commit; do
		server_set refs/deploy/production/full "$(tag_object commit "$commit" before)"
	done
}

@test "a rollback goes to what was deployed, needs a reason, and waits for nothing" {
	clock_needed
	live "$ROOT_COMMIT" "$T"
	deploy_refused devon production/rollback "$U"
	assert_rule rollback
	assert_said "production was never at ${U:0:7}" 'production/full'
	deploy_refused devon production/rollback "$T"
	assert_rule rollback
	assert_said "production is at ${T:0:7} already" \
		"it was at ${ROOT_COMMIT:0:7} before: git policy deploy production/rollback ${ROOT_COMMIT:0:7} --reason"
	deploy_refused devon production/rollback "$ROOT_COMMIT" ''
	assert_rule reason
	assert_no_rule rollback
	deploy_refused erin production/rollback "$ROOT_COMMIT"
	assert_rule push
	deploy devon production/rollback "$ROOT_COMMIT" 'error rate above 1%'
	[[ $(account refs/deploy/production/rollback) == *" deploy:$ROOT_COMMIT::" ]]
}

@test "a canary is rolled back to what is still there, once" {
	clock_needed
	live "$ROOT_COMMIT"
	deploy_refused devon production/rollback "$ROOT_COMMIT"
	at 12:01:00
	released
	deploy devon production/canary "$T"
	at 12:20:00
	deploy devon production/rollback "$ROOT_COMMIT"
	at 12:21:00
	deploy_refused devon production/rollback "$ROOT_COMMIT"
	# the canary is from before it
	deploy_refused devon production/half "$T"
	assert_rule after
	assert_said "canary is at ${T:0:7} only from before the last rollback"
	at 12:22:00
	deploy_refused devon production/canary "$T"
	assert_said "migrations is at ${T:0:7} only from before the last rollback"
	deploy devon production/migrations "$T"
	deploy devon production/canary "$T"
	at 12:31:00
	deploy_refused devon production/half "$T"
	assert_said '60 s left'
	reported "$T" error_rate 0.4
	at 12:32:00
	deploy devon production/half "$T"
	deploy devon production/rollback "$ROOT_COMMIT"
}

@test "a deploy takes approvals by others than who asks, whoever made the commit" {
	reported "$T" quality pass tests pass vuln 0
	deploy_refused erin staging/live "$T"
	assert_rule approvals
	assert_said "git policy approve ${T:0:7} --for deploy/staging/live"
	push_ok erin "$T:refs/approvals/deploy/staging/live/$T/erin"
	deploy_refused erin staging/live "$T"
	assert_said "erin does not count: deploys ${T:0:7}"
	push_refused erin "$T:refs/approvals/deploy/staging/live/$T/bob"
	# erin wrote it, and may approve that bob deploys it
	deploy bob staging/live "$T"
	assert_no_ref "refs/approvals/deploy/staging/live/$T/erin"
	[[ $(account refs/deploy/staging/live) == *" deploy:$T::erin" ]]
	deploy_refused bob staging/live "$T"
	assert_rule approvals
}

@test "an approval is used by one deploy, though nobody retired it" {
	local tag
	clock_needed
	reported "$T" quality pass tests pass vuln 0
	push_ok carol "$T:refs/approvals/deploy/staging/live/$T/carol"
	tag=$(tag_object commit "$T" 'the first')
	push_ok erin "$tag:refs/deploy/staging/live"
	server_set "refs/approvals/deploy/staging/live/$T/carol" "$T"
	at 12:01:00
	server_set refs/deploy/staging/live "$(tag_object commit "$U" 'by the admin')"
	# the very tag of then, once more: a replay
	push_refused erin "+$tag:refs/deploy/staging/live"
	assert_rule approvals
}

@test "changes requested, another's approval, a threshold that falls away" {
	reported "$T" quality pass tests pass vuln 2
	push_ok carol "$T:refs/approvals/deploy/staging/live/$T/carol"
	deploy_refused erin staging/live "$T"
	assert_rule approvals
	assert_said 'one of oscar runs'
	reported "$T" vuln 0
	push_ok bob "$(record_tag "$T" reject):refs/approvals/deploy/staging/live/$T/bob"
	deploy_refused erin staging/live "$T"
	assert_said 'changes requested by bob'
	push_ok bob "+$(record_tag "$T" approve):refs/approvals/deploy/staging/live/$T/bob"
	deploy erin staging/live "$T"
}

@test "approvals of a branch, and of another environment, are none of a deploy" {
	reported "$T" quality pass tests pass vuln 0
	server_set "refs/approvals/heads/main/$T/bob" "$T" "refs/approvals/deploy/production/live/$T/bob" "$T" \
		"refs/approvals/deploy/staging/live/$U/bob" "$U"
	deploy_refused erin staging/live "$T"
	assert_rule approvals
	push_refused carol "$T:refs/approvals/deploy/production/full/$T/carol"
	assert_rule record
}

@test "gates are told in the order of the policy" {
	local told
	push_ok carol "$T:refs/approvals/deploy/staging/live/$T/carol"
	reported "$T" vuln 0 tests fail
	deploy_refused erin staging/live "$T"
	told=$(sed -n 's/^error:   checks: \([a-z]*\) .*/\1/p' <<<"$output" | paste -s -d ' ')
	[ "$told" = 'quality tests' ] || fail "$told"
}

@test "the commits that a deploy brings are judged" {
	local bad
	bad=$(commit_file 'no type at all' "$T" form.txt bad)
	deploy_refused devon open/live "$bad"
	assert_rule format
	deploy devon open/live "$(commit_file 'feat: from nowhere' "$T" form.txt good)"
}

@test "a tag that must be on a branch, and the branch that comes with it" {
	policy_replace <<-'POLICY'
		[branch "**"]
		[tag "**"]
		on = main stable
	POLICY
	push_refused erin "$SIDE:refs/tags/v1.0.0"
	assert_rule on
	assert_said "${SIDE:0:7} is not on main, nor on stable"
	push_refused erin "$(tag_object commit "$SIDE" one v1.0.0):refs/tags/v1.0.0"
	push_refused erin "$SIDE:stable" "$SIDE:refs/tags/v1.0.0"
	assert_rule on
	push_refused erin "$(git -C "$CLIENT" rev-parse "$T^{tree}"):refs/tags/v1.0.0"
	assert_said 'is no commit, so no branch has it'
	push_ok erin "$SIDE:stable"
	push_ok erin "$(tag_object commit "$SIDE" one v1.0.0):refs/tags/v1.0.0" "$T:refs/tags/v0.9.0"
	push_ok erin ':refs/tags/v0.9.0'
}

@test "git policy deploy asks for it" {
	released
	cd "$CLIENT"
	git config "remote.origin.receivepack" "$(serve_command devon)"
	git update-ref refs/heads/topic "$T"
	run git_policy deploy production/canary topic --reason 'migrations are done'
	[ "$status" -eq 0 ] || fail 'deploy'
	assert_said "asked for: production/canary at ${T:0:7}"
	[ "$(git -C "$SERVER" rev-parse 'refs/deploy/production/canary^{commit}')" = "$T" ]
	git -C "$SERVER" cat-file tag refs/deploy/production/canary | grep -qx 'migrations are done'
	run git_policy deploy production/canary "$U" --reason 'the next'
	[ "$status" -eq 1 ] || fail 'refused'
	assert_said "migrations is at ${T:0:7}"
	run git_policy deploy production/canary
	assert_said '--reason is missing'
	[ -z "$(git tag --list 'git-policy/*')" ]
}

@test "git policy status tells what a deploy waits for" {
	reported "$T" quality pass tests fail vuln 0
	cd "$CLIENT"
	run git_policy status --for deploy/staging/live "$T"
	[ "$status" -eq 1 ] || fail 'status'
	assert_said "deploy of ${T:0:7}" 'no   approvals = 1 @reviewers' 'no   checks = quality tests' 'tests is fail' \
		'only the server knows who you are'
	push_ok bob "$T:refs/approvals/deploy/staging/live/$T/bob"
	reported "$T" tests pass
	run git_policy status --for deploy/staging/live "$T"
	[ "$status" -eq 0 ] || fail 'status'
	assert_said 'approved by bob'
	released
	run git_policy status --for deploy/production/half "$T"
	[ "$status" -eq 1 ] || fail 'status'
	assert_said 'canary was never asked for'
	deploy devon production/canary "$T"
	reported "$T" error_rate 0
	run git_policy status --for deploy/production/half "$T"
	[ "$status" -eq 0 ] || fail 'status'
	assert_said '?    after = canary for 10m; migrations' 'only the server knows since when canary is at' \
		'?    checks = error_rate<1' 'only the server knows how old error_rate is' \
		'may land, as far as can be told here'
	run git_policy status --for production/half "$T"
	[ "$status" -eq 2 ] || fail 'status'
	assert_said 'no branch production/half' 'deploy/production/half'
	run git_policy status --for deploy/production/rollback "$T"
	[ "$status" -eq 0 ] || fail 'status'
	run git_policy explain deploy/production/half
	[ "$status" -eq 0 ] || fail 'explain'
	assert_said 'after = canary for 10m'
	run git_policy land topic --into deploy/staging/live
	[ "$status" -eq 2 ] || fail 'land'
	assert_said 'git policy deploy asks for one'
	[ -z "$(git for-each-ref refs/tags/git-policy)" ]
}
