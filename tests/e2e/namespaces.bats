# namespaces: pushes whose names are not those of the refs that move, and refs that git hides (cases 13, 14 and 21 of the
# threat model).
load helper

setup() {
	world_create
}

open() {
	policy_write <<-'POLICY'
		[branch "main"]
		push = @integrators
		direct = deny
		accept = feature/*
		approvals = 1 @reviewers

		[ref "x/**"]
		push = erin

		[ref "for/**"]
		push = erin

		[branch "feature/{slug}"]
		rewrite = deny

		[group "reviewers"]
		members = bob
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	HEAD=$(commit_file 'feat: a form' "$ROOT_COMMIT" a b)
}

@test "case 13: a push into a namespace is undecided, whoever makes it and whatever it moves" {
	open
	local options namespace
	for options in '' --per-ref; do
		# shellcheck disable=SC2086 # none or one
		server_install "$BATS_TEST_TMPDIR/policy.ini" $options
		for namespace in x x/y /; do
			SERVER_ENV=("GIT_NAMESPACE=$namespace")
			push_failed ivy "$HEAD:main"
			[ $namespace = / ] || assert_said 'could not decide: cannot judge a push into a namespace (GIT_NAMESPACE)'
		done
		SERVER_ENV=(GIT_NAMESPACE=)
		push_ok erin "$HEAD:feature/a${options:+b}"
	done
	# Had it been accepted by another, nothing would be written down of the wrong refs.
	# shellcheck disable=SC2034 # for serve_command
	SERVER_ENV=(GIT_NAMESPACE=x)
	rm "$SERVER/hooks/update"
	push erin "$HEAD:main"
	assert_said 'cannot judge a push into a namespace'
	[ ! -e "$SERVER/policy/account/refs/heads/main:log" ]
}

@test "case 13: a ref below refs/namespaces is one like any other, and nobody's unless a section says so" {
	open
	push_refused ivy "$HEAD:refs/namespaces/x/refs/heads/main"
	assert_rule name
	printf '[ref "namespaces/x/**"]\npush = erin\n' >>"$SERVER/policy/policy.ini"
	push_ok erin "$HEAD:refs/namespaces/x/refs/heads/main"
	push_refused ivy ":refs/namespaces/x/refs/heads/main"
	assert_ref refs/heads/main "$ROOT_COMMIT"
}

# settings NAME VALUE...: the server's values of a setting that may have several.
settings() {
	local value
	git -C "$SERVER" config --unset-all "$1" || true
	for value in "${@:2}"; do
		git -C "$SERVER" config --add "$1" "$value"
	done
}

@test "case 14: git refuses hidden refs itself, the last setting first, and what it lets through is judged" {
	open
	local name
	for name in transfer.hideRefs receive.hideRefs; do
		settings $name refs/x '!refs/x/open'
		push_failed erin "$HEAD:refs/x/a"
		assert_said 'deny updating a hidden ref'
		push_ok erin "$HEAD:refs/x/open/$name"
		push_refused ivy "$HEAD:refs/x/open/b"
		assert_rule push
		settings $name '!refs/x/open' refs/x
		push_failed erin "$HEAD:refs/x/open/b"
		assert_said 'deny updating a hidden ref'
		settings $name ^refs/x '!^refs/x/open'
		push_failed erin "$HEAD:refs/x/a"
		assert_said 'deny updating a hidden ref'
		settings $name
	done
	# What is left of a push that git refuses in part is a push.
	settings receive.hideRefs refs/x
	push erin "$HEAD:refs/x/a" "$HEAD:feature/a"
	assert_said 'deny updating a hidden ref'
	assert_no_ref refs/x/a
	assert_ref refs/heads/feature/a "$HEAD"
	push_refused erin "$HEAD:refs/x/a" "$HEAD:feature/b" "$HEAD:main"
	assert_rule push
	assert_no_ref refs/heads/feature/b
}

@test "case 14: hidden records count like any other, and nobody pushes one" {
	open
	push_ok erin "$HEAD:feature/a"
	settings receive.hideRefs refs/approvals
	push_failed bob "$HEAD:refs/approvals/heads/main/$HEAD/bob"
	assert_said 'deny updating a hidden ref'
	push_refused ivy "$HEAD:main"
	assert_rule approvals
	settings receive.hideRefs
	approve heads/main "$HEAD" bob
	settings transfer.hideRefs refs/approvals refs/heads/feature
	push_ok ivy "$HEAD:main"
}

@test "case 21: what hooks/proc-receive would move is undecided, though the ref it is asked by is open" {
	open
	local prefix
	printf '#!/bin/sh\ntouch ran\n' >"$SERVER/hooks/proc-receive"
	chmod +x "$SERVER/hooks/proc-receive"
	for prefix in refs/for refs/for/ a:refs/for '!:refs/heads' 'am!:refs/heads/'; do
		settings receive.procReceiveRefs refs/other "$prefix"
		push_refused erin "$HEAD:refs/for/main"
		assert_said 'undecided' 'refs/for/main' 'goes to hooks/proc-receive (receive.procReceiveRefs)'
	done
	push_ok erin "$HEAD:feature/a"
	settings receive.procReceiveRefs refs/for refs/heads/feat
	push_ok erin "$HEAD:feature/b"
	push_failed erin "$HEAD:refs/for"
	[ ! -e "$SERVER/ran" ]
}
