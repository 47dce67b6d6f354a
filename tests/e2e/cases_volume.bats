# cases_volume: pushes that are large in one way or another (cases 92 and 94 of the threat model) end in an answer, and it
# is the right one. The full sizes are tests/bench's; the hook is run by hand where git would take longer than it.
load helper

setup() {
	world_create
	policy_write <<-'POLICY'
		[commit]
		format = conventional
		[content]
		file-max = 1M
		paths-deny = *.key
		[branch "main"]
		push = @integrators
		[branch "**"]
		content = paths size case-collisions
	POLICY
	repo_create
	git -C "$SERVER" fetch -q "$CLIENT" "$ROOT_COMMIT"
}

# judged STATUS NEW...: the hook's exit code when branches are made of these.
judged() {
	local want=$1 new lines='' number=0
	shift
	for new; do
		lines+="$ZERO $new refs/heads/topic-$((++number))"$'\n'
	done
	status=0
	output=$(hook pre-receive <<<"${lines%$'\n'}" 2>&1) || status=$?
	[ "$status" -eq "$want" ] || fail "exit code $status"
}

server_commit() { # message, tree
	printf '%s\n' "$1" | git -C "$SERVER" commit-tree "$2" -p "$ROOT_COMMIT"
}

# pack_made: writes the objects that a Perl program on standard input makes (add: type, content; it returns the id), and
# prints what that program prints.
pack_made() {
	perl -MDigest::SHA=sha1 -MCompress::Zlib -e '
		my (@objects, %number); @number{qw(commit tree blob tag delta)} = (1 .. 4, 7);
		sub header {
			my ($type, $size) = @_;
			my $header = chr($number{$type} << 4 | $size & 15 | ($size > 15 ? 128 : 0));
			for ($size >>= 4; $size; $size >>= 7) { $header .= chr($size & 127 | ($size > 127 ? 128 : 0)) }
			return $header;
		}
		sub add {
			my ($type, $content, $base) = @_;
			push @objects, header($type, length $content) . ($base // "") . compress($content);
			return sha1("$type " . length($content) . "\0$content");
		}
		my $file = shift @ARGV;
		eval do { local $/; <STDIN> } . "; 1" or die $@;
		my $pack = "PACK" . pack("NN", 2, scalar @objects) . join "", @objects;
		open my $out, ">:raw", $file or die; print $out $pack, sha1($pack);' "$BATS_TEST_TMPDIR/pack" "$@"
	git -C "$SERVER" index-pack --fix-thin --stdin <"$BATS_TEST_TMPDIR/pack" >"$BATS_TEST_TMPDIR/index-pack"
}

# tree_nested DEPTH NAME...: prints the id of so many folders in one another, files of these names in the last.
tree_nested() {
	pack_made "$@" <<-'PERL'
		my ($depth, @names) = @ARGV;
		my $blob = add("blob", "content\n");
		my $id = add("tree", join "", map { "100644 $_\0$blob" } @names);
		$id = add("tree", "40000 d\0$id") while $depth--;
		print unpack("H*", $id), "\n";
	PERL
}

@test "case 92: a file in ten thousand folders" {
	judged 0 "$(server_commit 'feat: go deep' "$(tree_nested 10000 fine)")"
	judged 1 "$(server_commit 'feat: go deep' "$(tree_nested 10000 a.key)")"
	assert_rule paths
	[ "${#output}" -lt 4000 ] || fail 'the whole path was told'
	judged 1 "$(server_commit 'feat: go deep' "$(tree_nested 10000 NAME name)")"
	assert_rule case-collisions
	[ "${#output}" -lt 4000 ] || fail 'the whole path was told'
}

# tree_wide COUNT LINE...: prints the id of a folder of so many names, and these entries.
tree_wide() {
	local blob
	blob=$(echo content | git -C "$SERVER" hash-object -w --stdin)
	{ seq -f "100644 blob $blob	name-%07.0f" "$1" && [ $# -eq 1 ] || printf '%s\n' "${@:2}"; } | git -C "$SERVER" mktree --missing
}

@test "case 92: a folder of thirty thousand names" {
	local blob
	blob=$(echo content | git -C "$SERVER" hash-object -w --stdin)
	judged 0 "$(server_commit 'feat: go wide' "$(tree_wide 30000)")"
	judged 1 "$(server_commit 'feat: go wide' "$(tree_wide 30000 "100644 blob $blob	NAME-0017777")")"
	assert_rule case-collisions
}

@test "case 92: a large file is judged by its size, without having room for it" {
	local blob tree
	blob=$(head -c 100000000 /dev/zero | git -C "$SERVER" hash-object -w --stdin)
	tree=$(printf '100644 blob %s\tlarge\n' "$blob" | git -C "$SERVER" mktree)
	judged 1 "$(server_commit 'feat: add a film' "$tree")"
	assert_rule size
	[ -n "${POLICY_STATIC-}" ] || return 0 # sanitizers want room
	BUILD=$POLICY_STATIC
	(ulimit -d 32768 && judged 1 "$(server_commit 'feat: add a film' "$tree")") || fail 'it wanted room'
	sed -i 's/^file-max = .*/file-max = 200M/' "$SERVER/policy/policy.ini"
	(ulimit -d 32768 && judged 0 "$(server_commit 'feat: add a film' "$tree")") || fail 'it wanted room'
}

# bombed COUNT: prints the id of a blob of so many times 16 MiB, which is a delta of a few bytes in a pack.
bombed() {
	head -c 16777215 /dev/zero | git -C "$SERVER" hash-object -w --stdin >"$BATS_TEST_TMPDIR/base"
	pack_made "$1" "$(cat "$BATS_TEST_TMPDIR/base")" <<-'PERL'
		my ($count, $base) = @ARGV;
		my $size = 16777215;
		sub number {
			my ($n, $out) = (shift, "");
			do { my $low = $n & 127; $n >>= 7; $out .= chr($low | ($n ? 128 : 0)) } while $n;
			return $out;
		}
		add("delta", number($size) . number($size * $count) . "\xf0\xff\xff\xff" x $count, pack("H*", $base));
	PERL
	head -c $((16777215 * $1)) /dev/zero | git -C "$SERVER" hash-object --stdin
}

@test "case 92: a delta that becomes eighty megabytes is judged by what it becomes" {
	local tree
	tree=$(printf '100644 blob %s\tlarge\n' "$(bombed 5)" | git -C "$SERVER" mktree)
	judged 1 "$(server_commit 'feat: add a bomb' "$tree")"
	assert_rule size
}

# line_of COUNT BAD: prints the tip of so many commits; the message of commit BAD is none (0: of none is).
line_of() {
	awk -v count="$1" -v bad="$2" 'BEGIN {
		for (i = 1; i <= count; i++) {
			message = (i == bad ? "Nothing conventional " : "feat: add number ") i "\n"
			printf "commit refs/heads/line\ncommitter E <erin@example.org> %d +0000\ndata %d\n%s\n", 1740830400 + i, length(message), message
		}
	}' | git -C "$SERVER" fast-import --quiet --force
	git -C "$SERVER" rev-parse refs/heads/line
	git -C "$SERVER" update-ref -d refs/heads/line
}

@test "case 92: five thousand commits, and the one of them that is not as it should be" {
	judged 0 "$(line_of 5000 0)"
	judged 1 "$(line_of 5000 1234)"
	assert_rule format
	assert_said 'Nothing conventional 1234'
	assert_said '1 problem'
}

@test "case 92: ten thousand refs, and the one of them that may not be" {
	local lines
	lines=$(seq -f "$ZERO $ROOT_COMMIT refs/heads/topic-%.0f" 10000)
	judges() {
		status=0
		output=$(hook pre-receive <<<"$1" 2>&1) || status=$?
	}
	judges "$lines"
	[ "$status" -eq 0 ]
	judges "${lines/topic-9999$'\n'/main$'\n'}"
	[ "$status" -eq 1 ]
	assert_said 'refs/heads/main: rejected, 1 problem'
}

@test "case 94: a push that stalls keeps nobody waiting, and ends by itself" {
	local pipe=$BATS_TEST_TMPDIR/updates process stalled
	mkfifo "$pipe"
	(
		cd "$SERVER"
		exec env -i GIT_DIR=. GIT_POLICY_USER=erin "${SANITIZE[@]}" "$BUILD/hooks/pre-receive" <"$pipe" 2>"$pipe.said"
	) &
	stalled=$!
	exec {process}>"$pipe"
	printf '%s' "$ZERO" >&"$process"
	push_ok erin "$ROOT_COMMIT:topic"
	push_refused erin "$ROOT_COMMIT:main"
	# Its deadline, a minute from now.
	kill -ALRM "$stalled"
	status=0
	wait "$stalled" || status=$?
	exec {process}>&-
	[ "$status" -eq 2 ]
	output=$(<"$pipe.said")
	assert_said 'undecided: the deadline of 60 s passed; nothing was accepted'
}

@test "case 94: two hundred at once" {
	local i BUILD=${POLICY_STATIC:-$BUILD}
	for ((i = 0; i < 200; i++)); do
		(
			status=0
			hook pre-receive <<<"$ZERO $ROOT_COMMIT refs/heads/$([ $((i % 2)) -eq 0 ] && echo "topic-$i" || echo main)" \
				>/dev/null 2>&1 || status=$?
			[ "$status" -eq $((i % 2)) ] || echo "$i: $status" >>"$BATS_TEST_TMPDIR/wrong"
		) &
	done
	wait
	[ ! -e "$BATS_TEST_TMPDIR/wrong" ] || fail "$(cat "$BATS_TEST_TMPDIR/wrong")"
}

@test "case 92: merges crossed over and over, on two branches of which different things are asked" {
	policy_write <<-'POLICY'
		[commit]
		format = conventional
		[branch "main"]
		push = @integrators
		[branch "warn/*"]
		commits = warn
		[branch "**"]
	POLICY
	git -C "$SERVER" fetch -q "$CLIENT" "$ROOT_COMMIT:refs/heads/warn/root"
	{
		printf 'reset refs/heads/left\nfrom %s\n\nreset refs/heads/right\nfrom %s\n\n' "$ROOT_COMMIT" "$ROOT_COMMIT"
		for ((i = 2; i <= 120; i++)); do
			printf 'commit refs/heads/%s\nmark :%d\ncommitter E <erin@example.org> %d +0000\ndata 7\nfeat: x\n' \
				"$( ((i % 2)) && echo right || echo left)" $i $((1740830400 + i))
			[ "$i" -lt 4 ] || printf 'from :%d\nmerge :%d\n' $((i - 2)) $((i % 2 ? i - 3 : i - 1))
		done
	} | git -C "$CLIENT" fast-import --quiet --force
	push_ok ivy left:refs/heads/main right:refs/heads/warn/other
}
