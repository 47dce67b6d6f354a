# layers: the host's policy and the repository's, both to be satisfied. The build under test reads the host's from
# host-policy.ini in its build folder, for every repository: so no other test may run at the same time
# (bats --no-parallelize-across-files).
load helper

setup_file() {
	export BATS_NO_PARALLELIZE_WITHIN_FILE=true
}

setup() {
	world_create
	HOST=$BUILD/host-policy.ini
	[ ! -e "$HOST" ] || fail "$HOST is there already"
	policy_write <<-'POLICY'
		[branch "main"]
		push = @integrators
		[branch "**"]
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	GOOD=$(commit 'feat: good' "$ROOT_COMMIT")
	BAD=$(commit 'Bad' "$ROOT_COMMIT")
}

teardown() {
	rm -rf "$HOST"
}

# host_write: the host's policy from standard input, after its version.
host_write() {
	{
		printf '[policy]\nversion = 1\n'
		cat
	} >"$HOST"
	chmod 0644 "$HOST"
}

@test "without a host policy the repository's is alone" {
	push_ok erin "$BAD:refs/heads/topic"
}

@test "a host policy without refs judges content and messages, in every repository" {
	host_write <<-'POLICY'
		[commit]
		format = conventional
	POLICY
	push_refused erin "$BAD:refs/heads/topic"
	assert_rule format
	assert_said host-policy.ini
	push_ok erin "$GOOD:refs/heads/topic"
	push_refused erin "$GOOD:refs/heads/main"
	assert_rule push
}

@test "neither policy relaxes the other" {
	host_write <<-'POLICY'
		[branch "release/*"]
		push = @integrators
		[branch "**"]
		push = anyone
	POLICY
	push_refused erin "$GOOD:refs/heads/main"
	assert_rule push
	push_refused erin "$GOOD:refs/heads/release/1"
	assert_rule push
	assert_said host-policy.ini
	push_ok ivy "$GOOD:refs/heads/main" "$GOOD:refs/heads/release/1"
	push_refused '' "$GOOD:refs/heads/topic"
}

@test "what both refuse is told by both" {
	host_write <<-'POLICY'
		[commit]
		format = conventional
	POLICY
	push_refused erin "$BAD:refs/heads/main"
	assert_rule format push
	assert_said host-policy.ini: ' policy.ini:'
}

@test "a host policy in mode = evaluate reports, and the repository's still decides" {
	host_write <<-'POLICY'
		mode = evaluate
		[commit]
		format = conventional
	POLICY
	push_ok erin "$BAD:refs/heads/topic"
	assert_said 'mode = evaluate'
	push_refused erin "$BAD:refs/heads/main"
	assert_rule push
}

@test "a repository in mode = evaluate is no way around the host's" {
	host_write <<-'POLICY'
		[commit]
		format = conventional
	POLICY
	sed -i 's/^version = 1/&\nmode = evaluate/' "$SERVER/policy/policy.ini"
	push_refused erin "$BAD:refs/heads/topic"
	push_ok erin "$GOOD:refs/heads/main"
}

@test "people in both layers are an error" {
	host_write <<-'POLICY'
		[user "erin"]
		email = erin@example.org
	POLICY
	push_refused erin "$GOOD:refs/heads/topic"
	assert_said host-policy.ini
}

@test "people of the host's serve the repository" {
	{
		printf '[identity]\nenv = GIT_POLICY_USER\n'
		people
	} | host_write
	printf '%s\n' '[policy]' 'version = 1' '[branch "main"]' 'push = @integrators' '[branch "**"]' \
		>"$SERVER/policy/policy.ini"
	push_refused erin "$GOOD:refs/heads/main"
	assert_rule push
	push_ok ivy "$GOOD:refs/heads/main"
	push_ok erin "$GOOD:refs/heads/topic"
}

@test "a host policy that is broken, a folder or writable by others: nothing is accepted anywhere" {
	printf '[policy]\nversion = 1\n[brunch "x"]\n' >"$HOST"
	push_refused erin "$GOOD:refs/heads/topic"
	assert_said host-policy.ini brunch
	host_write </dev/null
	chmod 0666 "$HOST"
	push_refused erin "$GOOD:refs/heads/topic"
	rm "$HOST"
	mkdir "$HOST"
	push_refused erin "$GOOD:refs/heads/topic"
	rmdir "$HOST"
	ln -s /nonexistent "$HOST"
	push_refused erin "$GOOD:refs/heads/topic"
}

@test "the host's bootstrap is not the repository's" {
	SERVER=$BATS_TEST_TMPDIR/empty.git
	git init -q --bare "$SERVER"
	sed -i 's/^version = 1/&\nbootstrap = @admins/' "$BATS_TEST_TMPDIR/policy.ini"
	server_install
	host_write <<-'POLICY'
		[commit]
		format = conventional
	POLICY
	push_refused oscar "$BAD:refs/heads/main"
	assert_rule format
	push_ok oscar "$GOOD:main"
}

@test "git policy check tells of both" {
	host_write <<-'POLICY'
		[commit]
		format = conventional
	POLICY
	run git_policy check -C "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	assert_said host-policy.ini
}

@test "an approval is for what some policy asks, and not every one has to" {
	policy_replace <<-'POLICY'
		[branch "main"]
		direct = deny
		approvals = 1 bob
		[branch "**"]
	POLICY
	host_write <<-'POLICY'
		[branch "**"]
		push = anyone
	POLICY
	GOOD=$(commit_file 'feat: good' "$ROOT_COMMIT" good 1)
	push_ok erin "$GOOD:refs/heads/topic"
	push_refused bob "$GOOD:refs/approvals/heads/topic/$GOOD/bob"
	assert_rule record
	push_refused oscar "$GOOD:refs/heads/main"
	push_ok bob "$GOOD:refs/approvals/heads/main/$GOOD/bob"
	push_ok oscar "$GOOD:refs/heads/main"
}

@test "a host policy looks into what every repository's branches add, and asks no more than that" {
	host_write <<-'POLICY'
		[content]
		file-max = 100
		[branch]
		content = size
		commits = off
	POLICY
	big=$(commit_file 'Big' "$ROOT_COMMIT" big "$(head -c 200 /dev/zero | tr '\0' x)")
	push_refused erin "$big:refs/heads/topic"
	assert_rule size
	assert_said host-policy.ini
	push_ok erin "$BAD:refs/heads/topic"
	policy_replace <<-'POLICY'
		[branch "**"]
		[tag "**"]
	POLICY
	push_ok erin "$big:refs/tags/v1"
	push_refused erin "$big:refs/heads/other"
	assert_rule size
}

@test "each policy has its audit, and either may require it" {
	local host=$BATS_TEST_TMPDIR/host.jsonl
	host_write <<-POLICY
		[audit]
		file = $host
		required = yes
	POLICY
	policy_replace <<-'POLICY'
		[branch "**"]
		[audit]
		file = policy/audit.jsonl
	POLICY
	push_ok erin "$GOOD:refs/heads/topic"
	cmp "$host" "$SERVER/policy/audit.jsonl"
	echo "$ROOT_COMMIT refs/heads/main" >>"$SERVER/policy/refs"
	git_policy audit -C "$SERVER" verify
	rm "$host"
	mkdir "$host"
	push_refused erin "$GOOD:refs/heads/other"
	assert_rule audit
}

@test "where the host governs refs, install leaves it to the host; without the host's policy nothing is accepted then" {
	SERVER=$BATS_TEST_TMPDIR/hosted.git
	git init -q --bare "$SERVER"
	{
		printf '%s\n' '[identity]' 'env = GIT_POLICY_USER' '[branch "main"]' 'push = @integrators' '[branch "**"]'
		people
	} | host_write
	run "$ROOT/install/install" --build "$BUILD" --recursive "$SERVER"
	[ "$status" -eq 0 ] || fail 'refused'
	cmp "$ROOT/policies/hosted.ini" "$SERVER/policy/policy.ini"
	[ ! -e "$SERVER/policy/people.ini" ] || fail 'people twice'
	push_refused erin "$GOOD:refs/heads/main"
	assert_rule push
	assert_said host-policy.ini
	push_ok ivy "$GOOD:main"
	run git_policy check -C "$SERVER"
	[ "$status" -eq 0 ] || fail 'it does not load'
	assert_not_said warning:
	printf '[commit]\nformat = conventional\n' | host_write
	push_refused ivy "$GOOD:refs/heads/topic"
	assert_said 'has no section for refs, and this policy leaves refs to it' 'policy.ini:7'
	rm "$HOST"
	push_refused ivy "$GOOD:refs/heads/topic"
	assert_said 'host-policy.ini does not exist, and this policy leaves refs to it'
}

@test "where the host has no word on refs, install brings the starter policy" {
	printf '[commit]\nformat = conventional\n' | host_write
	git init -q --bare "$BATS_TEST_TMPDIR/new.git"
	run "$ROOT/install/install" --build "$BUILD" "$BATS_TEST_TMPDIR/new.git"
	[ "$status" -eq 0 ] || fail 'refused'
	cmp "$ROOT/policies/starter.ini" "$BATS_TEST_TMPDIR/new.git/policy/policy.ini"
}

@test "clients get the host's policy too, and judge by both; unless it is nobody's business" {
	local words
	host_write <<-'POLICY'
		[commit]
		format = conventional
	POLICY
	push_ok erin "$GOOD:refs/heads/topic"
	cmp <(git -C "$SERVER" cat-file blob refs/policy/current:host/policy.ini) "$HOST"
	push_refused erin "$BAD:refs/heads/topic2"
	words=$(grep '^error:' <<<"$output")
	git -C "$CLIENT" fetch -q origin '+refs/policy/*:refs/policy/*' '+refs/heads/*:refs/remotes/origin/*'
	run git_policy test -C "$CLIENT" --offline --as erin "$BAD:refs/heads/topic2"
	[ "$status" -eq 1 ] || fail 'another verdict'
	[ "$(sed 's/ *$//' <<<"$output" | grep '^error:')" = "$words" ] || fail "other words than $words"

	printf '%s\n' 'publish = no' '[commit]' 'format = conventional' | host_write
	push_ok erin "$(commit 'feat: more' "$GOOD"):refs/heads/topic"
	run git -C "$SERVER" cat-file -e refs/policy/current:host/policy.ini
	[ "$status" -ne 0 ] || fail 'published'
	git -C "$SERVER" cat-file -e refs/policy/current:policy.ini
}
