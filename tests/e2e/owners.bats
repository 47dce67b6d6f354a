# owners: changed paths wait for their owners, by the CODEOWNERS that the branch had before the push.
load helper

setup() {
	world_create
	policy_write <<-'END'
		[branch "main"]
		owners = CODEOWNERS
		[branch "feature/{slug}"]
		[user "dan"]
		email = dan@example.org
		[user "wil"]
		[group "web"]
		members = wil
	END
	repo_create
}

# change MESSAGE PARENT [MODE PATH CONTENT]...: prints a commit that sets these files; MODE "-" takes one away, of a
# gitlink (160000) the content is the commit.
change() {
	local message=$1 parent=$2 blob tree
	shift 2
	export GIT_INDEX_FILE=$BATS_TEST_TMPDIR/index
	git -C "$CLIENT" read-tree "$parent"
	while [ $# -gt 0 ]; do
		case $1 in
		-) git -C "$CLIENT" update-index --force-remove -- "$2" ;;
		160000) git -C "$CLIENT" update-index --add --cacheinfo "160000,$3,$2" ;;
		*)
			blob=$(printf '%b' "$3" | git -C "$CLIENT" hash-object -w --stdin)
			git -C "$CLIENT" update-index --add --cacheinfo "$1,$blob,$2"
			;;
		esac
		shift 3
	done
	tree=$(git -C "$CLIENT" write-tree)
	unset GIT_INDEX_FILE
	printf '%s\n' "$message" | git -C "$CLIENT" commit-tree "$tree" -p "$parent"
}

# owned CODEOWNERS [MODE PATH CONTENT]...: main has this CODEOWNERS and these files, at $BASE.
owned() {
	BASE=$(change 'chore: say who owns what' "$ROOT_COMMIT" 100644 CODEOWNERS "$1" "${@:2}")
	server_set refs/heads/main "$BASE"
}

# propose COMMIT [APPROVER]...: the commit is on a branch, and these have approved it.
propose() {
	local head=$1 user
	shift
	server_set refs/heads/feature/a "$head"
	for user; do
		push_ok "$user" "$head:refs/approvals/heads/main/$head/$user"
	done
}

@test "a path waits for its owner, and an approval by anybody else does not help" {
	owned '* @dan\n'
	local head
	head=$(change 'feat: a' "$BASE" 100644 src/a.c 'a\n')
	propose "$head" bob carol
	push_refused ivy "$head:main"
	assert_rule owners
	assert_said 'src/a.c waits for @dan' "git policy approve ${head:0:7} --for main" 'owners = CODEOWNERS'
	propose "$head" dan
	push_ok ivy "$head:main"
}

@test "paths with the same owners are one finding" {
	owned '* @dan\n*.md @web\n'
	local head
	head=$(change 'feat: many' "$BASE" 100644 a 1 100644 b 1 100644 c 1 100644 d/e 1 100644 d/f.md 1)
	propose "$head"
	push_refused ivy "$head:main"
	assert_said 'rejected, 2 problems' '4 paths wait for @dan: a, b, c and 1 more' 'd/f.md waits for one of @web'
	propose "$head" dan wil
	push_ok ivy "$head:main"
}

@test "a merge is judged by all it brings" {
	owned '/src/ @dan\n'
	local head merge other
	head=$(change 'feat: a' "$BASE" 100644 src/a.c 'a\n')
	other=$(change 'docs: b' "$BASE" 100644 docs/b 'b\n')
	server_set refs/heads/main "$other"
	merge=$(git -C "$CLIENT" commit-tree -p "$other" -p "$head" -m "Merge branch 'feature/a'" \
		"$(git -C "$CLIENT" merge-tree --write-tree "$other" "$head")")
	propose "$head"
	push_refused ivy "$merge:main"
	assert_rule owners
	assert_said 'src/a.c waits for @dan' "${head:0:7}"
	propose "$head" dan
	push_ok ivy "$merge:main"
}

@test "what nobody owns waits for nobody" {
	owned '/src/ @dan\n/src/open\n'
	local head
	head=$(change 'feat: a' "$BASE" 100644 docs/a 'a\n' 100644 src/open/b 'b\n')
	propose "$head"
	push_ok ivy "$head:main"
}

@test "names with blanks, quotes, and bytes beyond ASCII are paths like any other" {
	owned $'/b\303\244r/ @dan\n/my\\\\ dir/ @dan\n"q" @dan\n'
	local name
	for name in $'b\303\244r/x' 'my dir/x' '"q"' 'sub/"q"/x'; do
		local head
		head=$(change "feat: one" "$BASE" 100644 "$name" "1\n")
		propose "$head"
		push_refused ivy "$head:main"
		assert_rule owners
		assert_said 'waits for @dan'
	done
	head=$(change 'feat: decomposed' "$BASE" 100644 $'ba\314\210r/x' '1\n')
	propose "$head"
	push_ok ivy "$head:main"
}

@test "cases 40 and 41: a link, a submodule, and what is no longer there have owners too" {
	owned '/link @dan\n/sub @dan\n/lib/ @dan\n/gone @dan\n/run @dan\n' 100644 gone 'x\n' 100644 run 'x\n'
	local head
	for change in "120000 link target" "160000 sub $ROOT_COMMIT" "160000 lib $ROOT_COMMIT" "- gone -" "100755 run x\n"; do
		# shellcheck disable=SC2086 # three words
		head=$(change 'feat: one' "$BASE" $change)
		propose "$head"
		push_refused ivy "$head:main"
		assert_rule owners
		assert_said 'waits for @dan'
	done
}

@test "moving a file asks the owners of both places" {
	owned '/old/ @dan\n/new/ @web\n' 100644 old/a 'same\n'
	local head
	head=$(change 'refactor: move' "$BASE" - old/a - 100644 new/a 'same\n')
	propose "$head" wil
	push_refused ivy "$head:main"
	assert_said 'old/a waits for @dan'
	assert_not_said 'new/a waits'
	propose "$head" dan
	push_ok ivy "$head:main"
}

@test "case 45: a CODEOWNERS that comes with the push does not judge it" {
	owned '* @dan\n'
	local first second
	first=$(change 'chore: take over' "$BASE" 100644 CODEOWNERS '* @web\n')
	second=$(change 'feat: a' "$first" 100644 a 'a\n')
	propose "$second" wil
	push_refused ivy "$second:main"
	assert_rule owners
	propose "$first" wil
	push_refused ivy "$first:main" # nor does it when it comes first
	first=$(change 'chore: begone' "$BASE" - CODEOWNERS -)
	propose "$first" wil
	push_refused ivy "$first:main"
	propose "$first" dan
	push_ok ivy "$first:main"
	second=$(change 'feat: a' "$first" 100644 a 'a\n')
	propose "$second" dan wil
	push_refused ivy "$second:main"
	assert_said "there is no CODEOWNERS at ${first:0:7}: nobody owns anything"
	second=$(change 'chore: owners again' "$first" 100644 CODEOWNERS '* @dan\n')
	propose "$second"
	push_ok ivy "$second:main"
}

@test "a CODEOWNERS that is nobody's changes with the approval of any owner" {
	owned '/src/ @dan\n/web/ @web\n'
	local head
	head=$(change 'chore: more owners' "$BASE" 100644 CODEOWNERS '* @dan\n')
	propose "$head" bob
	push_refused ivy "$head:main"
	assert_said 'CODEOWNERS waits for @dan or one of @web'
	propose "$head" wil
	push_ok ivy "$head:main"
}

@test "a line whose owners nobody knows blocks its paths, and says so" {
	owned '* @dan\n/src/ @ghost\n'
	local head
	head=$(change 'feat: a' "$BASE" 100644 src/a.c 'a\n' 100644 b 'b\n')
	propose "$head" dan
	push_refused ivy "$head:main"
	assert_said "line 2 of CODEOWNERS at ${BASE:0:7} names nobody the policy knows" '/src/ @ghost' 'blocks src/a.c'
	assert_not_said 'waits for'
}

@test "a line that cannot be read does not land, and where it has, blocks what it may have meant" {
	owned '* @dan\n!secret @web\n*.c @dan\n'
	local head
	head=$(change 'feat: a' "$BASE" 100644 a 'a\n' 100644 a.c 'a\n')
	propose "$head" dan wil
	push_refused ivy "$head:main"
	assert_said "line 2 of CODEOWNERS at ${BASE:0:7} cannot be read" 'there is no "!" in CODEOWNERS' 'blocks a'
	head=$(change 'chore: mend' "$BASE" 100644 CODEOWNERS '* @dan\n[ab] @dan\n')
	propose "$head" dan
	push_refused ivy "$head:main"
	assert_said "line 2 of CODEOWNERS at ${head:0:7} cannot be read"
	head=$(change 'chore: mend' "$BASE" 100644 CODEOWNERS '* @dan\n')
	propose "$head" dan
	push_ok ivy "$head:main"
}

@test "an owner's own work waits for another owner" {
	owned '* dan@example.org @web\n'
	local head
	head=$(GIT_AUTHOR_EMAIL=dan@example.org change 'feat: a' "$BASE" 100644 a 'a\n')
	propose "$head" dan
	push_refused ivy "$head:main"
	assert_said 'a waits for dan@example.org or one of @web' 'dan does not count: author'
	propose "$head" wil
	push_ok ivy "$head:main"
}

@test "an owner who asks for changes holds the path up" {
	owned '* @dan @web\n'
	local head
	head=$(change 'feat: a' "$BASE" 100644 a 'a\n')
	propose "$head" wil
	git -C "$CLIENT" tag -f -a -m reject no "$head"
	push_ok dan "refs/tags/no:refs/approvals/heads/main/$head/dan"
	push_refused ivy "$head:main"
	assert_said 'a waits for dan, who asks for changes'
}
