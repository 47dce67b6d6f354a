# pages: every command that a page shows is run as it stands there, and every policy on one loads.
load pages

setup() {
	pages_setup
}

@test "the cookbook's commands" {
	run_page "$ROOT/docs/cookbook.md"
}

@test "the commands of the reference" {
	run_page "$ROOT/docs/policy.md"
}

@test "the README's commands" {
	run_page "$ROOT/README.md"
}

@test "the commands of the installer's page" {
	run_page "$ROOT/install/README.md"
}

@test "the commands of the manual" {
	run_page "$ROOT/docs/git-policy.1.scd"
}

@test "the commands of troubleshooting" {
	run_page "$ROOT/docs/troubleshooting.md"
}

# policies_of PAGE: every policy on it loads.
policies_of() {
	local line place
	mkdir -p "$BATS_TEST_TMPDIR/load"
	cp "$ROOT/policies/people.ini" "$BATS_TEST_TMPDIR/load"
	printf 'erin@example.org %s\n' 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl' \
		>"$BATS_TEST_TMPDIR/load/allowed_signers"
	while read -r line place; do
		block "$1" "$line" | complete >"$BATS_TEST_TMPDIR/load/policy.ini"
		run git-policy check "$BATS_TEST_TMPDIR/load/policy.ini"
		[ "$status" -eq 0 ] || fail "$1:$line" || return
	done < <(blocks "$1" ini)
}

@test "the cookbook's policies, the reference's and the README's" {
	policies_of "$ROOT/docs/cookbook.md"
	policies_of "$ROOT/README.md"
	policies_of "$ROOT/install/README.md"
}

@test "the example of the manual is a policy" {
	sed -n '/^# EXAMPLE/,/^# SEE/{/^```/,/^```/{/^```/!p}}' "$ROOT/docs/git-policy.ini.5.scd" >"$BATS_TEST_TMPDIR/policy.ini"
	cp "$ROOT/policies/people.ini" "$BATS_TEST_TMPDIR"
	run git-policy check "$BATS_TEST_TMPDIR/policy.ini"
	[ "$status" -eq 0 ] || fail 'does not load'
}

@test "every page with commands on it is run" {
	local page
	for page in "$ROOT"/*.md "$ROOT"/docs/*.md "$ROOT"/docs/*.scd "$ROOT"/install/*.md; do
		[ -n "$(blocks "$page" sh)$(blocks "$page" console)" ] || continue
		grep -q -F "run_page \"\$ROOT${page#"$ROOT"}\"" "$BATS_TEST_FILENAME" || fail "nobody runs $page"
	done
}
