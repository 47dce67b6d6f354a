# landing_cases: how content gets onto a protected branch unreviewed, by number; each refused, and its honest twin accepted.
load helper

# main and stable = M0; feature/x = F, one commit of erin's on it, approved by bob for main.
setup() {
	world_create
	policy_write <<-'POLICY'
		[branch "main"]
		push = ivy
		direct = deny
		approvals = 1 bob carol
		rewrite = deny
		delete = deny
		[branch "stable"]
		push = ivy
		direct = deny
		accept = main
		approvals = 1 bob carol
		rewrite = deny
		[branch "feature/*"]
		rewrite = allow
		delete = allow
	POLICY
	repo_create
	M0=$(as ivy commit_file 'feat: begin' "$ROOT_COMMIT" base 1)
	server_set refs/heads/main "$M0"
	F=$(commit_file 'feat: one' "$M0" one 1)
	push_ok erin "$F:feature/x"
	approve heads/main "$F" bob
}

@test "case 37: a merge that holds what is in neither parent" {
	local evil
	evil=$(commit_file x "$(merge 'Merge x' "$M0" "$F")" evil 1)
	evil=$(printf 'Merge x\n' | as ivy git -C "$CLIENT" commit-tree -p "$M0" -p "$F" "$evil^{tree}")
	push_refused ivy "$evil:main"
	assert_rule direct
	assert_said "direct: commit " ": not what landing ${F:0:7} gives"
	push_ok ivy "$(merge 'Merge x' "$M0" "$F"):main"
}

@test "case 38: a commit that is taken back before the tip, with no trace in the net change" {
	local bad back
	bad=$(as carol commit_file 'feat: bad' "$F" bad 1)
	back=$(printf 'feat: back\n' | git -C "$CLIENT" commit-tree -p "$bad" "$F^{tree}")
	push_ok carol "$back:feature/x"
	push_refused ivy "$(merge 'Merge x' "$M0" "$back"):main"
	assert_rule approvals
	assert_said "approval by bob was for ${F:0:7}; ${back:0:7} lands instead: no file differs"
	approve heads/main "$back" carol
	push_refused ivy "$(merge 'Merge x' "$M0" "$back"):main"
	assert_said 'carol does not count: author'
	approve heads/main "$back" bob
	push_ok ivy "$(merge 'Merge x' "$M0" "$back"):main"
}

@test "case 44: a tree that holds a name twice" {
	local blob tree
	blob=$(echo 1 | git -C "$CLIENT" hash-object -w --stdin)
	tree=$({ for _ in 1 2; do printf '100644 twice\0' && printf '%s' "$blob" | perl -ne 'print pack "H*", $_'; done; } |
		git -C "$CLIENT" hash-object -t tree -w --stdin --literally)
	push_failed erin "$(printf 'feat: twice\n' | git -C "$CLIENT" commit-tree -p "$M0" "$tree"):refs/heads/feature/twice"
	push_ok erin "$(commit_file 'feat: once' "$M0" once 1):feature/once"
}

@test "case 48: what lies on a free branch is judged when it enters a protected one" {
	local loose
	loose=$(commit_file 'feat: loose' "$M0" loose 1)
	push_ok erin "$loose:feature/loose"
	push_refused ivy "$loose:main"
	assert_rule approvals
	push_ok ivy "$F:main"
}

@test "case 50: a protected branch that begins with what nobody has reviewed" {
	push_refused ivy "$F:stable"
	assert_rule direct
	push_ok ivy "$M0:stable"
}

@test "case 52: the same tree by force, a rewind, and a rewind to what was approved once" {
	push_ok ivy "$F:main"
	local again
	again=$(printf 'feat: one, again\n' | as ivy git -C "$CLIENT" commit-tree -p "$M0" "$F^{tree}")
	push_ok ivy "$again:feature/again"
	approve heads/main "$again" bob
	push_refused ivy "+$again:main"
	assert_rule rewrite
	push_refused ivy "+$M0:main"
	assert_rule rewrite
	local next
	next=$(commit_file 'feat: two' "$F" two 2)
	push_ok erin "$next:feature/two"
	approve heads/main "$next" bob
	push_ok ivy "$next:main"
	push_refused ivy "+$F:main"
	assert_rule rewrite
}

@test "case 53: a mirror of everything is judged ref by ref" {
	local other
	other=$(commit_file 'feat: other' "$M0" other 1)
	git -C "$CLIENT" update-ref refs/heads/main "$other"
	git -C "$CLIENT" update-ref refs/heads/feature/new "$other"
	git -C "$CLIENT" update-ref refs/heads/surprise "$other"
	push_refused ivy --mirror
	assert_rule direct name record reserved
	push_ok ivy "$other:feature/new"
}
