# content: what new commits add is looked at, commit by commit, wherever they come in and whatever became of it.
load helper

# with_content [LINE...]: $SERVER with a main and lax branches, where no file of more than 100 bytes may come to a branch
# that has `content = size`; and what is there from before the policy.
with_content() {
	policy_write <<-POLICY
		[content]
		file-max = 100
		[branch "main"]
		content = size
		[branch "also/*"]
		content = size
		[branch "warn/*"]
		content = size
		commits = warn
		[branch "off/*"]
		content = size
		commits = off
		[branch "lax/*"]
		[tag "v*"]
		content = size
		[tag "lax-*"]
		[deploy "production/live"]
		content = size
		$(printf '%s\n' "$@")
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
}

setup() {
	world_create
	BIG=$(head -c 200 /dev/zero | tr '\0' x)
}

# deploy_tag COMMIT REASON: prints the id of the tag object that asks to deploy COMMIT.
deploy_tag() {
	printf 'object %s\ntype commit\ntag live\ntagger E <erin@example.org> 1740830400 +0000\n\n%s\n' "$1" "$2" |
		git -C "$CLIENT" mktag
}

@test "what a commit adds is refused, and names the commit and the path" {
	with_content
	big=$(commit_file 'feat: big' "$ROOT_COMMIT" big "$BIG")
	push_refused erin "$big:main"
	assert_rule size
	assert_said "${big:0:7}" big
	push_ok erin "$(commit_file 'feat: small' "$ROOT_COMMIT" small x):main"
}

@test "added and deleted in one push, it is in the history all the same" {
	with_content
	big=$(commit_file 'feat: big' "$ROOT_COMMIT" big "$BIG")
	gone=$(git -C "$CLIENT" commit-tree -p "$big" -m 'fix: away with it' "$ROOT_COMMIT^{tree}")
	push_refused erin "$gone:main"
	assert_rule size
	assert_said "commit ${big:0:7}"
	assert_not_said "commit ${gone:0:7}"
}

@test "a merge adds only what no parent has: a clean one nothing, an evil one what it slipped in" {
	with_content
	left=$(commit_file 'feat: left' "$ROOT_COMMIT" left x) right=$(commit_file 'feat: right' "$ROOT_COMMIT" right x)
	push_ok erin "$left:main"
	push_ok erin "$(merge 'Merge right' "$left" "$right"):main"
	clean=$(merge 'Merge again' "$left" "$right")
	tree=$(git -C "$CLIENT" rev-parse "$(commit_file x "$clean" slipped "$BIG")^{tree}")
	evil=$(git -C "$CLIENT" commit-tree -p "$left" -p "$right" -m 'Merge evil' "$tree")
	push_refused erin "$evil:also/evil"
	assert_rule size
	assert_said slipped
}

@test "parked where nobody looks, it is looked at when it enters a branch that looks" {
	with_content
	big=$(commit_file 'feat: big' "$ROOT_COMMIT" big "$BIG")
	push_ok erin "$big:lax/parked"
	push_refused erin "$big:main"
	assert_rule size
	merged=$(merge 'Merge it' "$ROOT_COMMIT" "$big")
	push_refused erin "$merged:also/x"
	assert_said "${big:0:7}"
	push_refused erin "$big:refs/tags/v1"
	assert_rule size
	push_ok erin "$big:refs/tags/lax-1"
	push_refused erin "$big:main"
}

@test "what came by a branch that looks is not looked at again" {
	with_content
	push_ok erin "$(commit_file 'feat: small' "$ROOT_COMMIT" small x):also/x"
	server_set refs/heads/also/old "$(commit_file 'feat: old' "$ROOT_COMMIT" big "$BIG")"
	push_ok erin "$(commit 'feat: more' "$(git -C "$SERVER" rev-parse also/old)"):main"
}

@test "it weighs the same where messages only warn, or do not count" {
	with_content
	big=$(commit_file 'feat: big' "$ROOT_COMMIT" big "$BIG")
	push_refused erin "$big:warn/x"
	assert_rule size
	push_refused erin "$big:off/x"
	assert_rule size
}

@test "[severity] says what it weighs" {
	with_content '[severity]' 'size = warn'
	push_ok erin "$(commit_file 'feat: big' "$ROOT_COMMIT" big "$BIG"):main"
	assert_warned size
}

@test "a commit that comes to several refs at once is told once" {
	with_content
	big=$(commit_file 'feat: big' "$ROOT_COMMIT" big "$BIG")
	push_refused erin "$big:main" "$big:lax/x" "$big:also/x" "$big:refs/tags/v1"
	[ "$(grep -c 'size:' <<<"$output")" -eq 1 ] || fail "not told once"
}

@test "a deploy is asked about all that is in it, whoever added it" {
	with_content
	old=$(commit_file 'feat: old' "$ROOT_COMMIT" big "$BIG")
	server_set refs/heads/main "$old"
	push_refused erin "$(deploy_tag "$old" 'because'):refs/deploy/production/live"
	assert_rule size
	assert_said big
	gone=$(git -C "$CLIENT" commit-tree -p "$old" -m 'fix: away with it' "$ROOT_COMMIT^{tree}")
	push_ok erin "$gone:main"
	push_ok erin "$(deploy_tag "$gone" 'because'):refs/deploy/production/live"
}

@test "what was there before is nothing new, but another name for it is" {
	with_content
	server_set refs/heads/main "$(commit_file 'feat: old' "$ROOT_COMMIT" big "$BIG")"
	old=$(git -C "$SERVER" rev-parse main)
	push_ok erin "$(commit_file 'feat: small' "$old" small x):main"
	push_refused erin "$(commit_file 'feat: copy' "$old" copy "$BIG"):also/copy"
	assert_said copy
}

# with_secrets: the same where secrets are looked for, and a token in $TOKEN that nobody ever had.
with_secrets() {
	policy_write <<-'POLICY'
		[branch "**"]
		content = secrets
		[tag "**"]
		content = secrets
		[tag "lax/*"]
		content = paths
		[deploy "production/live"]
		content = secrets
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	TOKEN=ghp_$(printf 'nobody' | sha1sum | cut -c 1-36)
}

# tag_object TARGET TYPE NAME TEXT: prints the id of a tag object.
tag_object() {
	printf 'object %s\ntype %s\ntag %s\ntagger E <erin@example.org> 1740830400 +0000\n\n%s\n' "$1" "$2" "$3" "$4" |
		git -C "$CLIENT" hash-object -t tag -w --stdin
}

@test "messages of commits and of tags are looked into, a tag's behind a tag too, and what is deployed" {
	with_secrets
	push_refused erin "$(commit "feat: use $TOKEN" "$ROOT_COMMIT"):main"
	assert_rule secrets
	assert_not_said "$TOKEN"
	inner=$(tag_object "$ROOT_COMMIT" commit v1 "uses $TOKEN")
	push_refused erin "$inner:refs/tags/v1"
	assert_rule secrets
	push_refused erin "$(tag_object "$inner" tag v1 'of a tag'):refs/tags/v1"
	assert_rule secrets
	push_refused erin "$(tag_object "$ROOT_COMMIT" commit live "because $TOKEN"):refs/deploy/production/live"
	assert_rule secrets
	push_ok erin "$(tag_object "$ROOT_COMMIT" commit v1 'nothing'):refs/tags/v1"
}

@test "commit-msg and check-message look into the message as the server does" {
	with_secrets
	cp "$BATS_TEST_TMPDIR/policy.ini" "$BATS_TEST_TMPDIR/other.ini"
	printf 'feat: use %s\n' "$TOKEN" >"$BATS_TEST_TMPDIR/message"
	run git_policy -C "$CLIENT" check-message --policy "$BATS_TEST_TMPDIR/other.ini" "$BATS_TEST_TMPDIR/message"
	[ "$status" -eq 1 ]
	assert_said secrets
	assert_not_said "$TOKEN"
}
