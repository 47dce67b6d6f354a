# commits: commit objects as a hostile client may write them (cases 23 to 36 of the threat model).
load helper

setup() {
	world_create
}

# lenient: a server that leaves it all to us; every message and name will do.
lenient() {
	policy_write <<-'POLICY'
		[branch "**"]
		rewrite = allow
		[tag "**"]
	POLICY
	repo_create
	git -C "$SERVER" config receive.fsckObjects false
	M0=$ROOT_COMMIT
	server_set refs/heads/main "$M0"
	PERSON='Erin <erin@example.org> 1740830400 +0000'
}

# raw LINE...: a commit object of these lines, an empty line and a message.
raw() {
	{
		printf '%s\n' "$@"
		printf '\nfeat: raw\n'
	} | commit_raw
}

# raw_good: the lines every variation below varies.
raw_good() {
	raw "tree $TREE" "parent $M0" "author $PERSON" "committer $PERSON" "$@"
}

refused_raw() {
	push_refused erin "$1:refs/heads/raw"
	assert_rule object
	assert_said "commit ${1:0:7}"
}

@test "case 23: who pushes is told by the transport, never by a commit" {
	policy_write <<-'POLICY'
		[branch "main"]
		push = @integrators
		[branch "**"]
	POLICY
	repo_create
	local forged
	forged=$(GIT_AUTHOR_NAME=Ivy GIT_AUTHOR_EMAIL=ivy@example.org GIT_COMMITTER_NAME=Ivy \
		GIT_COMMITTER_EMAIL=ivy@example.org commit 'feat: as ivy' "$ROOT_COMMIT")
	push_refused erin "$forged:refs/heads/main"
	assert_rule push
	push_ok ivy "$forged:refs/heads/main"
}

@test "case 23: author and committer as the policy asks" {
	policy_write <<-'POLICY'
		[commit]
		author = known
		committer = pusher
		[branch "**"]
		rewrite = allow
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	local commit
	push_ok erin "$(commit 'feat: mine' "$ROOT_COMMIT"):refs/heads/a"
	commit=$(GIT_AUTHOR_EMAIL=Bob@Example.ORG commit 'feat: of bob' "$ROOT_COMMIT")
	push_ok erin "$commit:refs/heads/b"
	commit=$(GIT_AUTHOR_EMAIL=mallory@example.org commit 'feat: of a stranger' "$ROOT_COMMIT")
	push_refused erin "$commit:refs/heads/c"
	assert_rule author
	assert_said 'mallory@example.org'
	commit=$(GIT_COMMITTER_EMAIL=bob@example.org commit 'feat: committed by bob' "$ROOT_COMMIT")
	push_refused erin "$commit:refs/heads/c"
	assert_rule committer
	push_ok bob "$commit:refs/heads/c"
}

@test "case 24, twin: the raw commit all others vary is accepted" {
	lenient
	push_ok erin "$(raw_good):refs/heads/raw"
	push_ok erin "+$(raw_good 'encoding ISO-8859-1' 'x-header of' ' two lines'):refs/heads/raw"
}

@test "case 24: headers twice" {
	lenient
	local other='Ivy <ivy@example.org> 1740830400 +0000'
	refused_raw "$(raw "tree $TREE" "tree $TREE" "parent $M0" "author $PERSON" "committer $PERSON")"
	refused_raw "$(raw "tree $TREE" "parent $M0" "author $PERSON" "author $other" "committer $PERSON")"
	refused_raw "$(raw "tree $TREE" "parent $M0" "author $PERSON" "committer $PERSON" "committer $other")"
	refused_raw "$(raw_good 'encoding UTF-8' 'encoding ISO-8859-1')"
}

@test "case 24: a doubled committer passes git's own fsck, and not us" {
	lenient
	git -C "$SERVER" config receive.fsckObjects true
	refused_raw "$(raw "tree $TREE" "parent $M0" "author $PERSON" "committer $PERSON" "committer $PERSON")"
}

@test "case 24: headers out of order, missing or unended" {
	lenient
	refused_raw "$(raw "tree $TREE" "author $PERSON" "parent $M0" "committer $PERSON")"
	refused_raw "$(raw "tree $TREE" "author $PERSON" "committer $PERSON" "parent $M0")"
	refused_raw "$(raw "tree $TREE" "parent $M0" "committer $PERSON" "author $PERSON")"
	refused_raw "$(raw "tree $TREE" "parent $M0" "author $PERSON")"
	refused_raw "$(raw "tree $TREE" "parent $M0" "committer $PERSON")"
	refused_raw "$(raw_good "parent $M0")"
	refused_raw "$(printf 'tree %s\nparent %s\nauthor %s\ncommitter %s\n' "$TREE" "$M0" "$PERSON" "$PERSON" | commit_raw)"
	refused_raw "$(printf 'tree %s\nparent %s\nauthor %s\ncommitter %s' "$TREE" "$M0" "$PERSON" "$PERSON" | commit_raw)"
}

@test "case 24: a malformed commit is refused where messages are not judged, too, and below a good tip" {
	policy_write <<-'POLICY'
		[branch "lax"]
		commits = off
	POLICY
	repo_create
	git -C "$SERVER" config receive.fsckObjects false
	M0=$ROOT_COMMIT PERSON='Erin <erin@example.org> 1740830400 +0000'
	local bad
	bad=$(raw "tree $TREE" "parent $M0" "author $PERSON" "author $PERSON" "committer $PERSON")
	push_refused erin "$(commit 'feat: above' "$bad"):refs/heads/lax"
	assert_rule object
	assert_said "commit ${bad:0:7}"
}

@test "case 25: NUL in a message or a header" {
	lenient
	refused_raw "$(printf 'tree %s\nparent %s\nauthor %s\ncommitter %s\n\nfeat: seen\0unseen\n' \
		"$TREE" "$M0" "$PERSON" "$PERSON" | commit_raw)"
	refused_raw "$(printf 'tree %s\nparent %s\nauthor Er\0in <e@x> 1 +0000\ncommitter %s\n\nfeat: x\n' \
		"$TREE" "$M0" "$PERSON" | commit_raw)"
}

@test "case 26: identities that git and libgit2 read differently" {
	lenient
	local ident
	for ident in 'A <a@x> <admin@x> 1740830400 +0000' 'A 1740830400 +0000' 'A <a@x 1740830400 +0000' \
		'A a@x> 1740830400 +0000' 'A <<a@x>> 1740830400 +0000' 'A <a@x>1740830400 +0000' 'A <a@x>'; do
		refused_raw "$(raw "tree $TREE" "parent $M0" "author $ident" "committer $PERSON")"
		refused_raw "$(raw "tree $TREE" "parent $M0" "author $PERSON" "committer $ident")"
	done
}

@test "case 27: one signature header, not two; a signature in the body is text" {
	lenient
	local signature=$'gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQEz\n -----END PGP SIGNATURE-----'
	push_ok erin "$(raw_good "$signature"):refs/heads/one"
	push_ok erin "$(raw_good "$signature" "gpgsig-sha256 ${signature#gpgsig }"):refs/heads/both"
	refused_raw "$(raw_good "$signature" "$signature")"
	local text=$'feat: x\n\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----'
	push_ok erin "$(commit "$text" "$M0"):refs/heads/text"
}

@test "case 31: dates that are no dates" {
	lenient
	local date
	for date in '-5 +0000' '9223372036854775808 +0000' '99999999999999999999 +0000' '1740830400 +9999' \
		'1740830400 0000' '1740830400 +000' '1740830400 +00000' '1740830400' '0x10 +0000' ' 1740830400 +0000' \
		'1740830400 +0060' '9007199254740992 +0000'; do
		refused_raw "$(raw "tree $TREE" "parent $M0" "author Erin <e@x> $date" "committer $PERSON")"
		refused_raw "$(raw "tree $TREE" "parent $M0" "author $PERSON" "committer Erin <e@x> $date")"
	done
}

@test "case 32: a date far in the past or future is accepted, and decides nothing" {
	lenient
	local past future
	past=$(raw "tree $TREE" "parent $M0" "author E <e@x> 0 +0000" "committer E <e@x> 0 -1200")
	future=$(raw "tree $TREE" "parent $past" "author E <e@x> 9007199254740991 +1400" \
		"committer E <e@x> 9007199254740991 +1400")
	push_ok erin "$future:refs/heads/dates"
	push_ok erin "$(commit 'feat: now' "$future"):refs/heads/dates"
}

@test "case 33: a message of 16 MiB, a subject of 1 MiB, a million trailers: judged in linear time" {
	policy_write <<-'POLICY'
		[commit]
		format = conventional
		types = feat fix
		subject-case = lower
		subject-end = no-period
		subject-mood = imperative
		body-line-max = 100
		sign-off = required
		[branch "**"]
	POLICY
	repo_create
	local started=$SECONDS subject body trailers
	subject=$(perl -e 'print "feat: ", "a" x (1 << 20), "."' | git -C "$CLIENT" commit-tree "$TREE")
	body=$(perl -e 'print "feat: x\n\n", "word " x ((16 << 20) / 5), "\n"' | git -C "$CLIENT" commit-tree "$TREE")
	trailers=$(perl -e 'print "feat: x\n\nbody\n\n"; print "Token-$_: value\n" for 1 .. 1000000' |
		git -C "$CLIENT" commit-tree "$TREE")
	push_refused erin "$subject:refs/heads/subject" "$body:refs/heads/body" "$trailers:refs/heads/trailers"
	assert_rule subject-end body-line-max sign-off
	[ "${#output}" -lt 30000 ] || fail "said ${#output} bytes"
	[ $((SECONDS - started)) -lt 40 ] || fail "took $((SECONDS - started)) s"
}

# encoded MESSAGE ENCODING: a commit of MESSAGE, a printf format, that claims to be in ENCODING (empty: no claim).
encoded() {
	{
		printf 'tree %s\nparent %s\nauthor %s\ncommitter %s\n' "$TREE" "$M0" "$PERSON" "$PERSON"
		[ -z "$2" ] || printf 'encoding %s\n' "$2"
		# shellcheck disable=SC2059 # the bytes are meant
		printf "\n$1\n"
	} | commit_raw
}

@test "case 33: encodings, true, unknown or lying: bytes are kept, nothing crashes" {
	policy_write <<-'POLICY'
		[commit]
		format = conventional
		header-max = 100
		[branch "**"]
		rewrite = allow
	POLICY
	repo_create
	M0=$ROOT_COMMIT PERSON='Erin <erin@example.org> 1740830400 +0000'
	server_set refs/heads/main "$M0"
	local encoding
	for encoding in ISO-8859-1 no-such-encoding; do
		push_ok erin "$(encoded 'feat: gr\xf6\xdfer' "$encoding"):refs/heads/$encoding"
		push_refused erin "$(encoded 'Gr\xf6\xdfer' "$encoding"):refs/heads/bad"
		assert_rule format
		assert_said 'Gr\xF6\xDFer'
	done
	for encoding in UTF-8 ''; do
		push_refused erin "$(encoded 'feat: gr\xf6\xdfer' "$encoding"):refs/heads/bad"
		assert_rule format
		assert_said 'not valid UTF-8'
	done
}

@test "case 34: a mergetag is opaque, however broken or large" {
	lenient
	push_ok erin "$(raw_good 'mergetag object 1' ' type nonsense' ' author A' ' '):refs/heads/small"
	push_ok erin "$({
		printf 'tree %s\nparent %s\nauthor %s\ncommitter %s\nmergetag x\n' "$TREE" "$M0" "$PERSON" "$PERSON"
		perl -e 'print " ", "a" x 1000, "\n" for 1 .. 4000'
		printf '\nfeat: large\n'
	} | commit_raw):refs/heads/large"
}

@test "case 35: an unrelated history is not merged into a branch that keeps its own" {
	policy_write <<-'POLICY'
		[branch "main"]
		rewrite = deny
		[branch "**"]
		rewrite = allow
	POLICY
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	local alien merge
	alien=$(commit 'feat: second root')
	merge=$(commit 'Merge another project' "$ROOT_COMMIT" "$alien")
	push_refused erin "$merge:refs/heads/main"
	assert_rule rewrite
	assert_said "${alien:0:7}" 'unrelated'
	push_ok erin "$merge:refs/heads/topic"
	push_ok erin "$(commit 'Merge topic' "$ROOT_COMMIT" "$(commit 'feat: side' "$ROOT_COMMIT")"):refs/heads/main"
}

@test "case 36: an octopus and a criss-cross are merges; a parent twice is malformed" {
	policy_write <<-'POLICY'
		[commit]
		format = conventional
		[branch "**"]
	POLICY
	repo_create
	git -C "$SERVER" config receive.fsckObjects false
	M0=$ROOT_COMMIT PERSON='Erin <erin@example.org> 1740830400 +0000'
	server_set refs/heads/main "$M0"
	local a b c ab ba
	a=$(commit 'feat: a' "$M0")
	b=$(commit 'feat: b' "$M0")
	c=$(commit 'feat: c' "$M0")
	push_ok erin "$(commit 'Merge a, b and c' "$a" "$b" "$c"):refs/heads/octopus"
	ab=$(commit 'Merge b' "$a" "$b")
	ba=$(commit 'Merge a' "$b" "$a")
	push_ok erin "$(commit 'Merge both' "$ab" "$ba"):refs/heads/criss-cross"
	refused_raw "$(raw "tree $TREE" "parent $M0" "parent $M0" "author $PERSON" "committer $PERSON")"
}

@test "case 36: ten thousand parents end in an answer" {
	lenient
	local started=$SECONDS count commit
	{
		printf 'feature done\n'
		perl -e 'for (1 .. 10001) {
			print "commit refs/heads/p\nmark :$_\nauthor E <e\@x> $_ +0000\ncommitter E <e\@x> $_ +0000\n";
			print "data 4\np$_\n" =~ s/data 4/"data " . (1 + length $_)/er, "from '"$M0"'\n\n";
		}'
		printf 'reset refs/heads/p\nfrom %s\n\ndone\n' "$M0"
	} | git -C "$CLIENT" fast-import --quiet --force --export-marks="$BATS_TEST_TMPDIR/marks"
	for count in 10000 10001; do
		commit=$({
			printf 'tree %s\n' "$TREE"
			sed "s/^:[0-9]* /parent /" "$BATS_TEST_TMPDIR/marks" | head -n "$count"
			printf 'author %s\ncommitter %s\n\nfeat: many\n' "$PERSON" "$PERSON"
		} | commit_raw)
		push erin "$commit:refs/heads/parents-$count"
		[ "$count" -eq 10001 ] || [ "$status" -eq 0 ] || fail 'ten thousand parents were refused'
	done
	[ "$status" -ne 0 ] || fail 'more than ten thousand parents were accepted'
	assert_said 'parents'
	[ $((SECONDS - started)) -lt 30 ] || fail "took $((SECONDS - started)) s"
}
