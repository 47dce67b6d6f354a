# shellcheck shell=bash
# rows: what the tables rows_000 to rows_004 share. A row is: who pushes what, after which records; whether it is accepted;
# and what is started by it. The policies are the shipped ones, unchanged.
load helper

# policy NAME: the repository under a shipped policy; its people.ini is the test's own.
policy() {
	repo_create "$ROOT/policies/$1.ini"
}

# now TIME: the server's clock from here on.
now() {
	SERVER_ENV=(GIT_POLICY_NOW="$1")
}

# accepted USER REFSPEC...: the push must be accepted, and its refs moved.
accepted() {
	seen=$(started_so_far)
	push_ok "$@"
}

# rejected "RULE..." USER REFSPEC...: it must be refused, by exactly these rules, and nothing is started.
rejected() {
	local rules=$1 found
	shift
	seen=$(started_so_far)
	push_refused "$@"
	# shellcheck disable=SC2154 # set by run
	found=$(sed -nE 's/^error: {3}([a-z-]+): .*/\1/p' <<<"$output" | sort -u | paste -s -d ' ')
	[ "$found" = "$(tr ' ' '\n' <<<"$rules" | sort | paste -s -d ' ')" ] || fail "refused by: $found, not: $rules"
	assert_said ': rejected, '
	assert_started
}

# warned RULE...: exactly these warned.
warned() {
	local rule
	assert_warned "$@"
	for rule in $(sed -nE 's/^warning: +([a-z-]+): .*/\1/p' <<<"$output" | sort -u); do
		[[ " $* " == *" $rule "* ]] || fail "a warning of $rule"
	done
}

# started_so_far: one line for each trigger that was started, or would be were its program there; those still at work are
# waited for.
started_so_far() {
	(cd "$SERVER" && env -i PATH="$PATH" HOME=/nonexistent GIT_CONFIG_NOSYSTEM=1 "${SANITIZE[@]}" "${SERVER_ENV[@]}" \
		"$BUILD/cli/git-policy" triggers -C "$SERVER") >"$BATS_TEST_TMPDIR/triggers.log" 2>&1 ||
		fail "git-policy triggers: $(cat "$BATS_TEST_TMPDIR/triggers.log")"
	{
		[ ! -e "$SERVER/policy/audit.jsonl" ] || perl -MJSON::PP -ne '
			my $line = decode_json($_);
			print "$line->{event} $line->{trigger} $line->{ref}\n" if $line->{type} eq "trigger";
		' "$SERVER/policy/audit.jsonl"
		find "$SERVER/policy/spool" -type f ! -name ':lock' ! -path '*/:pending/*' -printf '%h ' -exec head -n 1 {} \; 2>/dev/null |
			sed 's,^[^ ]*/,,' | awk '{ print $7, $1, $4 }'
	} | sort -u
}

# shellcheck disable=SC2120 # without arguments: nothing was started
# assert_started TRIGGER...: since the last accepted or rejected push these were started, once each, and nothing else.
assert_started() {
	local now found
	now=$(started_so_far)
	found=$(comm -13 <(printf '%s\n' "$seen") <(printf '%s\n' "$now") | awk '{ print $2 }' | sort | paste -s -d ' ')
	[ "$found" = "$(printf '%s\n' "$@" | sort | paste -s -d ' ')" ] || fail "started: ${found:-nothing}, not: ${*:-nothing}"
}

# grant BRANCH OLD NEW USER EXPIRES: recorded by that user.
grant() {
	push_ok "$4" "$(record_tag "$3" "roll back

expires: $5"):refs/grants/heads/$1/$2/$3/$4"
}

# request STAGE COMMIT [REASON]: prints the refspec of a request to deploy COMMIT.
request() {
	local tag
	tag=$(printf 'object %s\ntype commit\ntag request\ntagger R <r@example.org> 1740830400 +0000\n\n%s\n' "$2" \
		"${3-as planned}" | git -C "$CLIENT" hash-object -t tag -w --stdin)
	printf '+%s:refs/deploy/%s\n' "$tag" "$1"
}

# audited KEY=VALUE...: the last line about a verdict has these values.
audited() {
	perl -MJSON::PP -e '
		my ($last, %want) = (undef, map { split /=/, $_, 2 } @ARGV);
		while (<STDIN>) {
			my $line = decode_json($_);
			$last = $line if $line->{type} eq "verdict";
		}
		$last or die "no verdict\n";
		for my $key (keys %want) {
			my $found = $last->{$key} // "";
			$found eq $want{$key} or die "$key is \"$found\", not \"$want{$key}\"\n";
		}' "$@" <"$SERVER/policy/audit.jsonl" || fail "audit: $*"
}

# commit_path MESSAGE PARENT PATH CONTENT: commit_file, for a file in folders.
commit_path() {
	local index=$BATS_TEST_TMPDIR/index blob
	blob=$(printf '%s\n' "$4" | git -C "$CLIENT" hash-object -w --stdin)
	GIT_INDEX_FILE=$index git -C "$CLIENT" read-tree "$2"
	GIT_INDEX_FILE=$index git -C "$CLIENT" update-index --add --cacheinfo "100644,$blob,$3"
	printf '%s\n' "$1" | git -C "$CLIENT" commit-tree "$(GIT_INDEX_FILE=$index git -C "$CLIENT" write-tree)" -p "$2"
}
