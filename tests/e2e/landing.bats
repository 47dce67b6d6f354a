# landing: ways to land that no table of a workflow has, under a policy we ship.
load helper

setup() {
	world_create
}

# lab: A0-A1-A2-A3 in line, each by oscar; main = A3, staging = A2, production = A1, whose CODEOWNERS says: * @dan
lab() {
	repo_create "$ROOT/policies/academic-lab-deployment.ini"
	A0=$ROOT_COMMIT
	A1=$(as oscar commit_file 'feat: one' "$A0" CODEOWNERS '* @dan')
	A2=$(as oscar commit_file 'feat: two' "$A1" two 2)
	A3=$(as oscar commit_file 'feat: three' "$A2" three 3)
	push_ok oscar "$A3:main" "$A2:staging" "$A1:production"
}

# lab_feature BASE: feature/p02-duplicates-detection = H, one commit of erin's on BASE.
lab_feature() {
	H=$(commit_file 'feat: description' "$1" feature x)
	push_ok erin "$H:feature/p02-duplicates-detection"
}

@test "a merge that leaves the tree as it is brings its commits in like any other" {
	lab
	local added removed
	added=$(commit_file 'feat: key' "$A3" key SECRET)
	removed=$(printf 'feat: no key\n' | git -C "$CLIENT" commit-tree -p "$added" "$A3^{tree}")
	push_ok erin "$removed:feature/key"
	push_refused ivy "$(merge "Merge branch 'feature/key'" "$A3" "$removed"):main"
	assert_rule approvals checks
	approve heads/main "$removed" bob
	report "$removed" tests pass
	push_ok ivy "$(merge "Merge branch 'feature/key'" "$A3" "$removed"):main"
}

@test "a head amended without a change is asked for by its own name" {
	lab
	lab_feature "$A3"
	approve heads/main "$H" bob
	report "$H" tests pass
	local amended
	amended=$(printf 'feat: another description\n' | git -C "$CLIENT" commit-tree -p "$A3" "$H^{tree}")
	push_ok erin "+$amended:feature/p02-duplicates-detection"
	push_refused ivy "$(squash 'feat: description' "$A3" "$amended"):main"
	assert_rule approvals checks
	assert_no_rule accept direct
	assert_said "0 of 1 for ${amended:0:7}" "approval by bob was for ${H:0:7}; ${amended:0:7} lands instead: no file differs"
}
