# cases_trees: commits and trees as only a hostile client writes them, where nobody else looks: git's checks are off.
load helper

setup() {
	world_create
	policy_write <<-'POLICY'
		[content]
		paths-deny = /vendor/ *.sql
		path-max = 4096
		[branch]
		content = paths case-collisions size
		rewrite = allow
		[branch "main"]
		[branch "**"]
	POLICY
	repo_create
	git -C "$SERVER" config receive.fsckObjects false
	M0=$ROOT_COMMIT
	server_set refs/heads/main "$M0"
	BLOB=$(git -C "$CLIENT" rev-parse "$M0:README")
	PERSON='Erin <erin@example.org> 1740830400 +0000'
}

# tree_raw [MODE NAME ID]...: prints the id of a tree with these entries, in this order, whatever git thinks of them.
tree_raw() {
	while [ $# -gt 0 ]; do
		printf '%s %s\0' "$1" "$2"
		perl -e 'print pack "H*", shift' "$3"
		shift 3
	done | git -C "$CLIENT" hash-object -t tree -w --stdin --literally
}

# with TREE: a commit of it on main.
with() {
	printf 'feat: with a tree\n' | git -C "$CLIENT" commit-tree "$1" -p "$M0"
}

refused_tree() { # [MODE NAME ID]...
	push_refused erin "$(with "$(tree_raw "$@")"):refs/heads/hostile"
}

@test "case 34: what follows a mergetag is read all the same" {
	local after
	for after in "committer $PERSON\n" "parent $M0\n" ' \0\n' 'mergetag' '\nfeat: \0\n'; do
		push_refused erin "$({
			printf '%s\n' "tree $TREE" "parent $M0" "author $PERSON" "committer $PERSON" 'mergetag x' ' y'
			printf '%b\nfeat: x\n' "$after"
		} | commit_raw):refs/heads/hostile"
		assert_rule object
	done
}

@test "case 40: a submodule where nothing may be is refused, and elsewhere takes any commit" {
	local unknown=1111111111111111111111111111111111111111
	refused_tree 160000 vendor "$unknown"
	assert_rule paths
	refused_tree 160000 schema.sql "$M0"
	assert_rule paths
	push_ok erin "$(with "$(tree_raw 100644 README "$BLOB" 160000 lib "$unknown")"):refs/heads/honest"
}

@test "case 43: a name of 5,000 bytes" {
	push_refused erin "$(with "$(tree_raw 100644 "$(printf 'a%.0s' {1..5000})" "$BLOB")"):refs/heads/hostile"
	assert_rule paths
	assert_said 'at most 4096 bytes'
}

@test "case 43: names that differ in their composition are two, and neither is taken for the other" {
	push_ok erin "$(with "$(tree_raw 100644 $'a\xcc\x88' "$BLOB" 100644 $'\xc3\xa4' "$BLOB")"):refs/heads/honest"
}

@test "case 44: entries twice and out of order are refused by git's own check, which install turns on" {
	local dir
	dir=$(tree_raw 100644 x "$BLOB")
	git -C "$SERVER" config receive.fsckObjects true
	push_failed erin "$(with "$(tree_raw 100644 b "$BLOB" 100644 a "$BLOB")"):refs/heads/hostile"
	push_failed erin "$(with "$(tree_raw 100644 a "$BLOB" 100644 a.b "$BLOB" 40000 a "$dir")"):refs/heads/hostile"
	push_ok erin "$(with "$(tree_raw 100644 a "$BLOB" 100755 a.b "$BLOB" 40000 b "$dir")"):refs/heads/honest"
}

@test "case 44: without it they hide nothing, and odd modes are read as git reads them" {
	local dir
	dir=$(tree_raw 100644 x.sql "$BLOB")
	refused_tree 100644 b "$BLOB" 100644 a.sql "$BLOB"
	refused_tree 100644 a "$BLOB" 100644 a.b "$BLOB" 40000 a "$dir"
	refused_tree 100666 a.sql "$BLOB"
	refused_tree 40755 a "$dir"
	refused_tree 0 vendor "$M0"
	refused_tree 160000 a "$ZERO"
	assert_rule paths
	assert_said 'a is of no object'
	push_failed erin "$(with "$(tree_raw 100644 a "$ZERO")"):refs/heads/hostile"
	push_failed erin "$(with "$(tree_raw 00100644 a "$BLOB")"):refs/heads/hostile"
	push_ok erin "$(with "$(tree_raw 100664 old "$BLOB")"):refs/heads/honest"
}
