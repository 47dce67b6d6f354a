# cases_refs: what a push does to several refs at once, and to refs whose history somebody lies about.
load helper

setup() {
	world_create
	policy_write <<-'POLICY'
		[audit]
		file = policy/audit.jsonl
		[branch "main"]
		push = @integrators
		rewrite = deny
		delete = deny
		[branch "**"]
		rewrite = allow
		delete = allow
	POLICY
	repo_create
	M1=$(commit 'feat: one' "$ROOT_COMMIT")
	M2=$(commit 'feat: two' "$M1")
	server_set refs/heads/main "$M2"
	echo "$M2 refs/heads/main" >>"$SERVER/policy/refs"
}

# verified: what was accepted and what happened agree, so far as anybody is to blame.
verified() {
	run git_policy audit -C "$SERVER" verify
	[ "$status" -eq 0 ] || fail 'the audit is not sound'
}

@test "case 4: what a forged line was told leaves no trace but the line" {
	push_raw erin "$ZERO $M1 refs/heads/x\x0a$ZERO $M1 refs/heads/forged"
	[ "$status" -ne 0 ] || fail 'accepted'
	assert_no_ref refs/heads/forged
	[ ! -e "$SERVER/policy/account/refs/heads/forged" ] || fail 'the account knows it'
	push_ok erin "$M1:refs/heads/forged"
	verified
}

@test "case 9: of two branches, one below the other, git takes one, and only that one is told" {
	push erin "$M1:topic" "$M1:topic/x"
	[ "$status" -ne 0 ] || fail 'both'
	[ "$(server_refs | grep -c refs/heads/topic)" -eq 1 ] || fail 'not one of them'
	[ "$(grep -c '"verdict":"accepted"' "$SERVER/policy/audit.jsonl")" -eq 2 ]
	verified
	push_ok erin "$M1:other/x" "$M2:other/y"
	verified
}

# graph_lie COMMIT PARENT: the server's commit-graph says that this is its parent, and that it is a late one.
graph_lie() {
	local graph=$SERVER/objects/info/commit-graph
	git -C "$SERVER" -c commitGraph.generationVersion=1 commit-graph write --reachable 2>/dev/null
	chmod u+w "$graph"
	perl -MDigest::SHA=sha1 -0777 -e '
		my ($path, $commit, $parent) = @ARGV;
		open my $file, "+<", $path or die;
		binmode $file;
		my $graph = <$file>;
		my %chunk = map { unpack "A4 Q>", substr $graph, 8 + 12 * $_, 12 } 0 .. ord substr $graph, 6, 1;
		my %place;
		for (my $at = $chunk{OIDL}; $at < $chunk{CDAT}; $at += 20) {
			$place{unpack "H*", substr $graph, $at, 20} = ($at - $chunk{OIDL}) / 20;
		}
		my $data = $chunk{CDAT} + 36 * $place{$commit};
		substr($graph, $data + 20, 4) = pack "N", $place{$parent};
		substr($graph, $data + 28, 4) = pack "N", 100 << 2;
		substr($graph, -20) = sha1(substr $graph, 0, -20);
		seek $file, 0, 0;
		print {$file} $graph;' "$graph" "$1" "$2"
}

@test "case 39: a commit-graph that lies, or is none, changes no verdict" {
	local side next
	side=$(commit 'feat: side' "$ROOT_COMMIT")
	next=$(commit 'feat: three' "$M2")
	server_set refs/heads/side "$side"
	graph_lie "$side" "$M2"
	git -C "$SERVER" rev-list side | grep -q "$M2" || fail 'git does not believe it'
	push_refused ivy "+$side:main"
	assert_rule rewrite
	push_ok ivy "$next:main"
	printf 'CGPH\1\1' >"$SERVER/objects/info/commit-graph"
	push_refused ivy "+$M1:main"
	push ivy "$(commit 'feat: four' "$next"):main"
	[ "$status" -eq 0 ] || assert_said undecided
}

@test "case 49: deleted and made again by two commands or two pushes; a branch of one's own may be renamed" {
	push_raw_refused ivy "$M2 $ZERO refs/heads/main" "$ZERO $M1 refs/heads/main"
	push_refused ivy ':main'
	assert_rule delete
	push_ok erin "$M1:mine"
	push_ok erin ':mine' "$M1:yours"
}

@test "case 53: all branches at once, those that are gone taken away" {
	push_ok erin "$M1:old"
	git -C "$CLIENT" update-ref refs/heads/main "$M2"
	git -C "$CLIENT" update-ref refs/heads/new "$M1"
	push erin --prune 'refs/heads/*:refs/heads/*'
	[ "$status" -eq 0 ] || fail 'refused'
	assert_no_ref refs/heads/old
	assert_ref refs/heads/new "$M1"
	git -C "$CLIENT" update-ref -d refs/heads/main
	push_refused erin --prune '+refs/heads/*:refs/heads/*'
	assert_rule push delete
}

@test "case 67: one ref among a thousand, be it the first, in the middle or the last" {
	local at i
	git -C "$SERVER" fetch -q "$CLIENT" "$M2"
	for at in 1 500 1000 none; do
		run hook pre-receive < <(for i in {1..1000}; do
			[ "$i" = "$at" ] && echo "$M2 $M1 refs/heads/main" || echo "$ZERO $M1 refs/heads/b$i"
		done)
		[ "$status" -eq $((${at/none/0} > 0)) ] || fail "$at: $status"
		[ "$at" = none ] || assert_said 'refs/heads/main: rejected'
	done
}

@test "case 93: two thousand sections, two thousand refs: each is judged by its own" {
	local i
	seq -f '[branch "b%.0f"]' 2000 >"$BATS_TEST_TMPDIR/sections"
	sed -i -e '/"b7"/s/$/\npush = @integrators/' -e '/"b1999"/s/$/\npush = @admins/' "$BATS_TEST_TMPDIR/sections"
	policy_replace <"$BATS_TEST_TMPDIR/sections"
	git -C "$SERVER" fetch -q "$CLIENT" "$M1"
	seq -f "$ZERO $M1 refs/heads/b%.0f" 2000 >"$BATS_TEST_TMPDIR/refs"
	run hook pre-receive <"$BATS_TEST_TMPDIR/refs"
	[ "$status" -eq 1 ] || fail 'accepted'
	[ "$(grep -c ': rejected' <<<"$output")" -eq 2 ] || fail 'not two of them'
	assert_said 'refs/heads/b7: rejected' 'refs/heads/b1999: rejected'
	run hook pre-receive < <(sed -e 7d -e 1999d "$BATS_TEST_TMPDIR/refs")
	[ "$status" -eq 0 ] || fail 'refused'
}
