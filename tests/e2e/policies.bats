# policies: a policy file that is missing, not to be trusted, broken or hostile (cases 73 to 80 of the threat model).
load helper

setup() {
	world_create
	policy_write <<-'POLICY'
		[branch "**"]
	POLICY
	repo_create
	FILE=$SERVER/policy/policy.ini
}

# nothing_passes TEXT...: every push is refused, as undecided, with these words, and says nothing about the server's disk.
nothing_passes() {
	push_refused erin "$ROOT_COMMIT:refs/heads/x"
	assert_said "$@"
	assert_not_said "$BATS_TEST_TMPDIR"
	run hook pre-receive <<<"$ZERO $ZERO refs/heads/x"
	[ "$status" -eq 2 ] || fail 'not undecided'
}

# broken LINE TEXT... < POLICY: this policy is refused with that line (-: about the whole file), by a push and by git
# policy check alike.
broken() {
	local line=${1#-}
	shift
	cat >"$FILE"
	push_refused erin "$ROOT_COMMIT:refs/heads/x"
	assert_said "policy.ini:$line" "$@"
	run git_policy check "$FILE"
	[ "$status" -eq 2 ] || fail 'check does not say undecided'
	assert_said "policy.ini:$line" "$@"
}

# section TEXT: a whole policy whose fifth line begins with TEXT.
section() {
	printf '%s\n' '[policy]' 'version = 1' '[identity]' 'env = GIT_POLICY_USER' "$@"
}

@test "the policy these tests break accepts a push" {
	push_ok erin "$ROOT_COMMIT:refs/heads/x"
}

@test "case 73: missing" {
	rm "$FILE"
	nothing_passes policy
	rmdir "$SERVER/policy" 2>/dev/null || rm -r "$SERVER/policy"
	nothing_passes policy
}

@test "case 73: empty, blank, or only comments" {
	: >"$FILE"
	nothing_passes policy
	printf '\n\n' >"$FILE"
	nothing_passes policy
	printf '# version = 1\n' >"$FILE"
	nothing_passes policy
}

@test "case 73: unreadable" {
	[ "$(id -u)" -ne 0 ] || skip 'root reads everything'
	chmod 000 "$FILE"
	nothing_passes policy
}

@test "case 73: a directory, a FIFO, a device" {
	rm "$FILE"
	mkdir "$FILE"
	nothing_passes policy
	rmdir "$FILE"
	mkfifo "$FILE"
	nothing_passes policy
	rm "$FILE"
	git -C "$SERVER" config policy.file /dev/zero
	nothing_passes 'is a device'
	git -C "$SERVER" config policy.file /dev/null
	nothing_passes 'is a device'
	git -C "$SERVER" config policy.file ''
	nothing_passes policy
}

@test "case 73: larger than a policy may be" {
	perl -e 'print "# comment\n" x 110000' >>"$FILE"
	nothing_passes policy
}

@test "case 74: writable by group or others" {
	chmod 0664 "$FILE"
	nothing_passes policy.ini
	chmod 0646 "$FILE"
	nothing_passes policy.ini
	chmod 0644 "$FILE"
	push_ok erin "$ROOT_COMMIT:refs/heads/x"
}

@test "case 74: a folder in which others may replace it" {
	chmod 0777 "$SERVER/policy"
	nothing_passes policy
}

@test "case 74: owned by somebody else" {
	[ "$(id -u)" -eq 0 ] || skip 'only root gives files away'
	chown 12345 "$FILE"
	nothing_passes policy.ini
}

@test "case 74: a symbolic link" {
	mv "$FILE" "$SERVER/policy/other.ini"
	ln -s other.ini "$FILE"
	nothing_passes policy.ini
	rm "$FILE"
	git -C "$SERVER" config policy.file "$SERVER/policy/other.ini"
	push_ok erin "$ROOT_COMMIT:refs/heads/x"
}

@test "case 74: an included file is held to the same" {
	cp "$FILE" "$BATS_TEST_TMPDIR/people.part"
	section 'include = people.ini' '[branch "**"]' | sed '/^include/d; s/^version = 1/&\ninclude = people.ini/' >"$FILE"
	printf '[user "erin"]\nemail = erin@example.org\n' >"$SERVER/policy/people.ini"
	chmod 0644 "$SERVER/policy/people.ini"
	push_ok erin "$ROOT_COMMIT:refs/heads/x"
	chmod 0666 "$SERVER/policy/people.ini"
	push_refused erin "$ROOT_COMMIT:refs/heads/y"
	assert_said people.ini
}

@test "case 75: unknown keys, sections and values name the nearest known one" {
	section '[branch "main"]' 'rewrit = deny' | broken 6 rewrit 'rewrite'
	section '[brunch "main"]' 'rewrite = deny' | broken 5 brunch 'branch'
	section '[branch "main"]' 'rewrite = denied' | broken 6 denied deny
	section '[branch "main"]' 'push = @nobody-knows' | broken 6 nobody-knows
	section '[commit]' 'format = conventionel' | broken 6 conventionel conventional
	section '[commit]' 'header-max = many' | broken 6 many
	section '[commit]' 'header-max = -1' | broken 6 -1
	section '[severity]' 'subject-moood = warn' | broken 6 subject-moood subject-mood
}

@test "case 75: what is said twice, or not said" {
	section '[branch "main"]' 'rewrite = deny' 'rewrite = allow' | broken 7 rewrite
	section '[branch "main"]' '[branch "main"]' | broken 6 main
	section '[branch ""]' | broken 5
	section '[branch "main"]' 'rewrite =' | broken 6 rewrite
	printf '%s\n' '[policy]' '[branch "main"]' | broken 1 version
	printf '%s\n' '[policy]' 'version = 2' '[branch "main"]' | broken 2 version
	printf '%s\n' '[branch "main"]' 'rewrite = deny' | broken - version
}

@test "case 75: a key of a later version is an error, never ignored" {
	section '[branch "main"]' 'cert = required' | broken 6 cert
}

@test "case 75: what content looks for, triggers and deploys are named as they are" {
	section '[branch "main"]' 'content = secret' | broken 6 secret secrets
	section '[branch "main"]' 'trigger = mial' '[trigger "mail"]' 'run = /bin/true' | broken 6 mial mail
	section '[trigger "mail"]' 'run = mail' | broken 6 mail
	section '[trigger "mail"]' | broken 5 run
	section '[deploy "production"]' | broken 5 production production/live
	section '[ref "deploy/production/live"]' | broken 5 deploy
	section '[audit]' 'required = yes' | broken 6 file
}

@test "case 75: all errors of a file are told, not the first alone" {
	section '[branch "main"]' 'rewrit = deny' '[brunch "x"]' '[tag "v*"]' 'move = never' >"$FILE"
	push_refused erin "$ROOT_COMMIT:refs/heads/x"
	assert_said policy.ini:6 policy.ini:7 policy.ini:9
}

@test "case 75: a group in a circle, a member nobody knows" {
	section '[group "a"]' 'members = @b' '[group "b"]' 'members = @a' | broken 8 @a @b
	section '[group "a"]' 'members = whoever' | broken 6 whoever
}

@test "case 76: what inih would bend in silence" {
	section "[branch \"main\"]" "push = $(printf 'a%.0s' {1..200})" | broken 6
	section "# $(printf 'a%.0s' {1..200})" | broken 5
	section "[branch \"$(printf 'a%.0s' {1..60})\"]" | broken 5 match
	section '[branch "a]b"]' | broken 5 ']'
	section '[branch "main"] rewrite = deny' | broken 5 ']'
	section '[branch "main"' | broken 5 ']'
	section '[branch "main"]' 'name = ^a ;b$' | broken 6 ';'
	section '[branch "main"]' 'rewrite: deny' | broken 6 '='
	section '[branch "main"]' '= deny' | broken 6
	section '[branch "main"]' 'rewrite' | broken 6 '='
	section '[branch "main"]' 'rewrite = deny' '  [branch "x"]' | broken 7
	section '[branch "main"]' 'rewrite = deny' '  delete = deny' | broken 7
	printf '%s\n' 'version = 1' '[policy]' | broken 1
	section $'[branch "main"]\001' | broken 5
}

@test "case 76: NUL, BOM, a lone CR, invalid UTF-8" {
	section '[branch "main"]' 'push = a@b' | tr @ '\000' | broken 6
	printf '\xef\xbb\xbf[policy]\nversion = 1\n' | broken 1
	printf '[policy]\nversion = 1\r\r\n' | broken 2
	section '[branch "main"]' $'name = \xff' | broken 6
}

@test "case 76: CRLF, no final newline and indented clauses are no faults" {
	sed 's/$/\r/' "$FILE" >"$FILE.crlf"
	cat "$FILE.crlf" >"$FILE"
	push_ok erin "$ROOT_COMMIT:refs/heads/x"
	section '[user "erin"]' 'email = erin@example.org' '        e@example.org' '[branch "**"]' >"$FILE"
	printf 'rewrite = allow' >>"$FILE"
	push_ok erin "$ROOT_COMMIT:refs/heads/y"
}

@test "case 77: includes that circle, nest, lead out or lead nowhere" {
	local name
	for name in policy.ini missing.ini ../config ../people.ini /etc/passwd sub/people.ini . .. ''; do
		printf '%s\n' '[policy]' 'version = 1' "include = $name" '[branch "**"]' | broken 3 include
	done
	printf '%s\n' '[policy]' 'version = 1' 'include = people.ini' '[branch "**"]' >"$FILE"
	printf '%s\n' '[policy]' 'include = more.ini' >"$SERVER/policy/people.ini"
	printf '%s\n' '[user "erin"]' >"$SERVER/policy/more.ini"
	push_refused erin "$ROOT_COMMIT:refs/heads/x"
	assert_said people.ini
	rm "$SERVER/policy/people.ini"
	ln -s /etc/passwd "$SERVER/policy/people.ini"
	push_refused erin "$ROOT_COMMIT:refs/heads/x"
	assert_not_said root:
}

@test "case 77: errors in an included file name that file" {
	printf '%s\n' '[policy]' 'version = 1' 'include = people.ini' '[branch "**"]' >"$FILE"
	printf '%s\n' '[user "erin"]' 'emial = erin@example.org' >"$SERVER/policy/people.ini"
	push_refused erin "$ROOT_COMMIT:refs/heads/x"
	assert_said people.ini:2 emial email
}

@test "case 78: expressions that are invalid or could do more than match" {
	local expression
	for expression in '(' '[a' 'a{2,1}' '*a' '(?<n' '\C' 'a\Cb'; do
		section '[branch "**"]' "name = $expression" | broken 6
	done
}

@test "case 78: expressions that would run for ever are cut off, and then nothing is decided" {
	local expression started=$SECONDS
	for expression in '(a+)+b' '(a|a)*b' '(?:a|(?R))+b'; do
		section '[branch "**"]' 'push = anyone' "name = $expression" >"$FILE"
		push_refused erin "$ROOT_COMMIT:refs/heads/$(printf 'a%.0s' {1..200})"
		assert_said name
	done
	[ $((SECONDS - started)) -lt 20 ] || fail "took $((SECONDS - started)) s"
}

@test "case 78: a callout is refused or calls nobody" {
	section '[branch "**"]' 'push = anyone' 'name = (?C1)feature(?C)' >"$FILE"
	push erin "$ROOT_COMMIT:refs/heads/feature"
	[ "$status" -eq 0 ] || assert_said callout
}

@test "case 78: expressions match whole names, and a lookbehind is no fault" {
	section '[branch "**"]' 'push = anyone' 'name = feature/[a-z]+(?<!wip)' >"$FILE"
	push_ok erin "$ROOT_COMMIT:refs/heads/feature/done"
	push_refused erin "$ROOT_COMMIT:refs/heads/feature/wip"
	assert_rule name
	push_refused erin "$ROOT_COMMIT:refs/heads/my-feature/done"
	assert_rule name
	push_refused erin "$ROOT_COMMIT:refs/heads/feature/done1"
	assert_rule name
}

@test "cases 79 and 80: no push changes the policy that judges it, nor the next one" {
	cat "$FILE" >"$BATS_TEST_TMPDIR/before"
	policy_replace <<-'POLICY'
		[branch "main"]
		push = @integrators
		[branch "**"]
	POLICY
	local weak
	weak=$(commit_file 'chore: weaken' "$ROOT_COMMIT" .git-policy.ini '[policy]')
	weak=$(commit_file 'chore: weaken' "$weak" policy.ini "$(cat "$BATS_TEST_TMPDIR/before")")
	push_refused erin "$weak:refs/heads/topic" "$weak:refs/heads/main"
	assert_rule push
	push_refused erin "$weak:refs/policy/current" "$weak:refs/heads/main"
	push_refused oscar "+$weak:refs/policy/current"
	push_ok erin "$weak:refs/heads/topic"
	push_refused erin "$weak:refs/heads/main"
	assert_rule push
}
