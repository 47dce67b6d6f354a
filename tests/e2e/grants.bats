# grants: leave for exactly one move, given by a second person, with a reason, for a time, once.
load helper

NOON=2026-01-31T12:00:00Z
SOON=2026-01-31T13:00:00Z

setup() {
	world_create
	policy_write <<-'POLICY'
		[branch "main"]
		rewrite = grant
		grant = @admins dan
		checks = ci

		[branch "stable"]
		rewrite = grant
		grant = dan
		delete = merged develop

		[branch "develop"]
		rewrite = deny
		delete = deny
		grant = dan

		[branch "production"]
		rewrite = grant earlier-tip
		grant = dan

		[branch "dev/*"]

		[user "dan"]
		[user "robot"]
		[group "ci"]
		members = robot
		[commit]
		format = conventional
	POLICY
	repo_create
	OLD=$(commit_file 'feat: bad idea' "$ROOT_COMMIT" idea.txt bad)
	NEW=$(commit_file 'feat: better idea' "$ROOT_COMMIT" idea.txt better)
	OTHER=$(commit_file 'feat: third idea' "$ROOT_COMMIT" idea.txt third)
	server_set refs/heads/main "$OLD" refs/heads/develop "$ROOT_COMMIT" refs/heads/stable "$OLD" refs/heads/production "$ROOT_COMMIT" \
		refs/heads/dev/new "$NEW" refs/heads/dev/other "$OTHER"
	now "$NOON"
}

now() {
	SERVER_ENV=(GIT_POLICY_NOW="$1")
}

# tag_of COMMIT TEXT: an annotated tag of COMMIT with that message.
tag_of() {
	printf 'object %s\ntype commit\ntag grant\ntagger Dan <dan@example.org> 1740830400 +0000\n\n%b\n' "$1" "$2" |
		git -C "$CLIENT" hash-object -t tag -w --stdin
}

# grant USER BRANCH OLD NEW [EXPIRES]: pushed by that user.
grant() {
	local commit=$4
	[ "$commit" != "$ZERO" ] || commit=$3
	push_ok "$1" "+$(tag_of "$commit" "roll back\n\nexpires: ${5-$SOON}"):refs/grants/heads/$2/$3/$4/$1"
}

@test "a rewrite needs a grant, and passes with one" {
	push_refused erin "+$NEW:main"
	assert_rule rewrite checks
	assert_said "one of @admins dan runs: git policy grant main ${OLD:0:7} ${NEW:0:7} --reason '...' --expires 1h"
	grant dan main "$OLD" "$NEW"
	push_ok erin "+$NEW:main"
	assert_said 'granted by dan: roll back; skipped: rewrite, checks'
}

@test "members of a group give grants" {
	grant oscar main "$OLD" "$NEW"
	push_ok erin "+$NEW:main"
	assert_said 'granted by oscar'
}

@test "a grant takes a second person" {
	grant dan main "$OLD" "$NEW"
	push_refused dan "+$NEW:main"
	assert_said 'the grant by dan does not count: it takes a second person'
	push_ok erin "+$NEW:main"
}

@test "an anonymous pusher has no grant" {
	grant dan main "$OLD" "$NEW"
	push_refused '' "+$NEW:main"
	assert_rule push rewrite
	push_ok erin "+$NEW:main"
}

@test "a grant is for exactly one move" {
	grant dan main "$OLD" "$NEW"
	push_refused erin "+$OTHER:main"
	assert_rule rewrite
	grant dan main "$NEW" "$OTHER"
	push_refused erin "+$OTHER:main"
	push_refused erin "+$NEW:stable"
	assert_rule rewrite
	grant dan main "$OLD" "$OTHER"
	push_ok erin "+$OTHER:main"
}

@test "a grant is for one time" {
	clock_needed
	grant dan main "$OLD" "$NEW"
	now 2026-01-31T12:00:10Z
	push_ok erin "+$NEW:main"
	now 2026-01-31T12:00:20Z
	grant dan main "$NEW" "$OLD"
	push_ok erin "+$OLD:main"
	now 2026-01-31T12:00:30Z
	push_refused erin "+$NEW:main"
	assert_rule rewrite
	grant dan main "$OLD" "$NEW"
	push_ok erin "+$NEW:main"
}

@test "a grant is spent by its move, though nobody retired it" {
	rm "$SERVER/hooks/post-receive"
	grant dan main "$OLD" "$NEW"
	push_ok erin "+$NEW:main"
	server_set refs/heads/main "$OLD"
	push_refused erin "+$NEW:main"
	assert_said 'the grant by dan is spent'
}

@test "a grant expires" {
	clock_needed
	grant dan main "$OLD" "$NEW"
	now "$SOON"
	push_refused erin "+$NEW:main"
	assert_said "the grant by dan has expired ($SOON)"
	now 2026-01-31T12:59:59Z
	push_ok erin "+$NEW:main"
}

@test "only those the section lists give grants, each in their own name" {
	local tag
	tag=$(tag_of "$NEW" "roll back\n\nexpires: $SOON")
	push_refused bob "$tag:refs/grants/heads/main/$OLD/$NEW/bob"
	push_refused bob "$tag:refs/grants/heads/main/$OLD/$NEW/dan"
	push_refused '' "$tag:refs/grants/heads/main/$OLD/$NEW/dan"
	server_set "refs/grants/heads/main/$OLD/$NEW/bob" "$tag"
	push_refused erin "+$NEW:main"
	assert_said 'the grant by bob does not count: the section does not list them'
	grant dan main "$OLD" "$NEW"
	push_ok erin "+$NEW:main"
}

@test "a grant says why, and until when" {
	local text
	for text in '' 'roll back' "\nexpires: $SOON" "expires: $SOON" 'roll back\n\nexpires: tomorrow' \
		'roll back\n\nexpires: 2026-02-30T12:00:00Z' "roll back\n\nexpires: $SOON\nexpires: $SOON"; do
		push_refused dan "$(tag_of "$NEW" "$text"):refs/grants/heads/main/$OLD/$NEW/dan"
		assert_rule record
	done
	push_refused dan "$NEW:refs/grants/heads/main/$OLD/$NEW/dan"
	push_refused dan "$(tag_of "$OTHER" "roll back\n\nexpires: $SOON"):refs/grants/heads/main/$OLD/$NEW/dan"
	server_set "refs/grants/heads/main/$OLD/$NEW/dan" "$(tag_of "$NEW" 'roll back')"
	push_refused erin "+$NEW:main"
	assert_said 'the grant by dan is malformed'
	grant dan main "$OLD" "$NEW"
	push_ok erin "+$NEW:main"
}

@test "a grant that comes in the same push does not count for it" {
	push_refused dan "$(tag_of "$NEW" "roll back\n\nexpires: $SOON"):refs/grants/heads/main/$OLD/$NEW/dan" "+$NEW:main"
	assert_rule rewrite
}

@test "a deletion passes under a grant" {
	push_refused erin :stable
	assert_rule delete
	grant dan stable "$OLD" "$ZERO"
	push_refused erin "+$NEW:stable"
	assert_rule rewrite
	push_ok erin :stable
	assert_said 'granted by dan: roll back; skipped: delete'
}

@test "deny is deny, whatever is granted" {
	server_set refs/heads/develop "$OLD"
	grant dan develop "$OLD" "$NEW"
	grant dan develop "$OLD" "$ZERO"
	push_refused erin "+$NEW:develop"
	assert_rule rewrite
	push_refused erin ":develop"
	assert_rule delete
}

@test "a grant lets no message pass" {
	local bad
	bad=$(commit 'no such type' "$ROOT_COMMIT")
	policy_replace <<-'POLICY'
		[branch "main"]
		rewrite = grant
		grant = dan
		[branch "dev/*"]
		commits = off
		[user "dan"]
		[commit]
		format = conventional
	POLICY
	push_ok erin "$bad:dev/bad"
	grant dan main "$OLD" "$bad"
	push_refused erin "+$bad:main"
	assert_rule format
	assert_no_rule rewrite
	grant dan main "$OLD" "$NEW"
	push_ok erin "+$NEW:main"
}

@test "earlier-tip: only back to what the branch was at" {
	clock_needed
	push_ok erin "$OLD:production"
	grant dan production "$OLD" "$NEW"
	push_refused erin "+$NEW:production"
	assert_rule rewrite
	assert_said "${NEW:0:7} was never the tip of this branch"
	push_refused erin "+$ROOT_COMMIT:production"
	grant dan production "$OLD" "$ROOT_COMMIT"
	push_ok erin "+$ROOT_COMMIT:production"
	assert_said 'granted by dan'
}

# clock_needed: the server's clock can be set in a build with -Dclock=env only.
clock_needed() {
	grep -A9 '"name": "clock"' "$BUILD/meson-info/intro-buildoptions.json" | grep -q '"value": "env"' ||
		skip 'a build with -Dclock=env'
}
