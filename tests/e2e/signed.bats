#!/usr/bin/env bats
# signed: commits and tags that count only when somebody the policy knows has signed them, by ssh and by OpenPGP.

load helper

setup() {
	world_create
	export GIT_POLICY_NOW=2026-01-31T12:00:00Z
	SERVER_ENV=(GIT_POLICY_NOW="$GIT_POLICY_NOW")
	key erin
	key mallory
	allow erin@example.org erin
}

teardown() {
	[ -z "${GNUPGHOME-}" ] || { gpgconf --kill all && rm -rf "$GNUPGHOME"; }
}

key() { # name
	ssh-keygen -q -t ed25519 -N '' -C "$1" -f "$HOME/$1"
}

# allow PRINCIPALS KEY [OPTIONS]: one more line of allowed_signers.
allow() {
	printf '%s %s%s\n' "$1" "${3:+$3 }" "$(cut -d' ' -f1,2 "$HOME/$2.pub")" >>"$BATS_TEST_TMPDIR/allowed_signers"
}

# The same, as it is on the server now.
allow_now() {
	cat "$BATS_TEST_TMPDIR/allowed_signers" >"$SERVER/policy/allowed_signers"
}

signed_commits() {
	policy_write <<-'END'
		signers = allowed_signers
		[commit]
		signed = required
		[branch "main"]
		[branch "lax"]
		commits = off
	END
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
}

signed_tags() {
	policy_write <<-'END'
		signers = allowed_signers
		[branch "main"]
		[tag "v{semver}"]
		signed = required
	END
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
}

ssh_git() { # key, arguments of git
	git -C "$CLIENT" -c gpg.format=ssh -c user.signingKey="$HOME/$1" "${@:2}"
}

# commit_signed KEY [MESSAGE]: on top of the root commit.
commit_signed() {
	ssh_git "$1" commit-tree -S -m "${2:-fix: it}" -p "$ROOT_COMMIT" "$TREE"
}

# commit_with HEADER FILE COMMIT: the commit with one more header, made of the lines of a file.
commit_with() {
	{
		git -C "$CLIENT" cat-file commit "$3" | sed '/^$/,$d'
		sed -e "1s/^/$1 /" -e '2,$s/^/ /' "$2"
		git -C "$CLIENT" cat-file commit "$3" | sed -n '/^$/,$p'
	} | commit_raw
}

# signature KEY NAMESPACE COMMIT: the signature of its bytes as they are, in $BATS_TEST_TMPDIR/signature.
signature() {
	git -C "$CLIENT" cat-file commit "$3" | ssh-keygen -q -Y sign -f "$HOME/$1" -n "$2" >"$BATS_TEST_TMPDIR/signature" \
		2>/dev/null
}

tag_signed() { # key, name, commit
	ssh_git "$1" tag -s -m 'first' "$2" "$3"
}

# gpg_home: an empty GnuPG, whose sockets have short names.
gpg_home() {
	GNUPGHOME=$(mktemp -d /tmp/gpg.XXXXXX)
	export GNUPGHOME
}

gpg_key() { # address, expiry, options
	gpg --batch -q --passphrase '' "${@:3}" --quick-gen-key "Somebody <$1>" ed25519 sign "${2:-never}"
}

# gpg_policy ADDRESS...: the keyring of these.
gpg_policy() {
	gpg --batch -q --export "$@" >"$BATS_TEST_TMPDIR/people.gpg"
	policy_write <<-'END'
		signers = allowed_signers people.gpg
		[commit]
		signed = required
		[branch "main"]
	END
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
}

commit_gpg() { # address
	git -C "$CLIENT" -c user.signingKey="$1" commit-tree -S -m 'fix: it' -p "$ROOT_COMMIT" "$TREE"
}

@test "a commit signed with a signer's ssh key is accepted, one not signed is refused" {
	signed_commits
	push_refused erin "$(commit 'fix: it' "$ROOT_COMMIT"):main"
	assert_rule signed
	assert_said 'the commit is not signed' 'git commit --amend --no-edit -S' 'git config gpg.format ssh'
	push_ok erin "$(commit_signed erin):main"
}

@test "every commit that is introduced has to be signed" {
	signed_commits
	local below
	below=$(commit 'fix: one' "$ROOT_COMMIT")
	push_refused erin "$(ssh_git erin commit-tree -S -m 'fix: two' -p "$below" "$TREE"):main"
	assert_said "${below:0:7}: the commit is not signed" "git rebase --force-rebase -S ${below:0:7}^"
	push_ok erin "$below:lax"
	push_refused erin "$(ssh_git erin commit-tree -S -m 'fix: two' -p "$below" "$TREE"):main"
}

@test "a key that is not among the signers counts for nobody" {
	signed_commits
	push_refused erin "$(commit_signed mallory):main"
	assert_rule signed
	assert_said "the signature does not count: its key is not among the policy's signers" \
		"$(ssh-keygen -l -f "$HOME/mallory.pub" | cut -d' ' -f2); an admin adds a line for it to allowed_signers"
}

@test "a signer who is no user of the policy is refused, and named" {
	allow mallory@example.org mallory
	signed_commits
	push_refused erin "$(commit_signed mallory):main"
	assert_said 'it is by mallory@example.org, who is no user of the policy'
}

@test "a signer is found by name, and by any of several principals" {
	: >"$BATS_TEST_TMPDIR/allowed_signers"
	allow 'work@example.net,erin' erin
	signed_commits
	push_ok erin "$(commit_signed erin):main"
}

@test "a key that is two users' is nobody's" {
	: >"$BATS_TEST_TMPDIR/allowed_signers"
	allow 'erin@example.org,bob@example.org' erin
	signed_commits
	push_refused erin "$(commit_signed erin):main"
	assert_said 'its key is that of several users'
}

@test "a signature for another namespace, or of another commit, does not count" {
	signed_commits
	local plain other
	plain=$(commit 'fix: it' "$ROOT_COMMIT")
	other=$(commit 'fix: something else' "$ROOT_COMMIT")
	signature erin git "$plain"
	push_ok erin "$(commit_with gpgsig "$BATS_TEST_TMPDIR/signature" "$plain"):main"
	server_set refs/heads/main "$ROOT_COMMIT"
	push_refused erin "$(commit_with gpgsig "$BATS_TEST_TMPDIR/signature" "$other"):main"
	assert_said 'the signature does not count: it is of something else'
	signature erin file "$plain"
	push_refused erin "$(commit_with gpgsig "$BATS_TEST_TMPDIR/signature" "$plain"):main"
	assert_said 'the signature does not count: it is of something else, or not made for git'
}

@test "a signature counts only as the one header of a commit" {
	signed_commits
	local plain twice
	plain=$(commit 'fix: it' "$ROOT_COMMIT")
	signature erin git "$plain"
	local file=$BATS_TEST_TMPDIR/signature
	push_refused erin "$(commit "fix: it"$'\n\n'"$(cat "$file")" "$ROOT_COMMIT"):main"
	assert_said 'the commit is not signed'
	push_refused erin "$(commit_with mergetag "$file" "$plain"):main"
	assert_said 'the commit is not signed'
	twice=$(commit_with gpgsig "$file" "$(commit_with gpgsig "$file" "$plain")")
	push_refused erin "$twice:main"
	assert_rule object
	push_refused erin "$(commit_with gpgsig-sha256 "$file" "$(commit_with gpgsig "$file" "$plain")"):main"
	assert_said 'the commit has two signatures'
	cat "$file" "$file" >"$file.twice"
	push_refused erin "$(commit_with gpgsig "$file.twice" "$plain"):main"
	assert_said 'it is more than one signature'
	{ cat "$file" && echo 'and more'; } >"$file.more"
	push_refused erin "$(commit_with gpgsig "$file.more" "$plain"):main"
	assert_said 'it is more than one signature'
}

@test "a key counts by the server's clock, whatever the commit says" {
	: >"$BATS_TEST_TMPDIR/allowed_signers"
	allow erin@example.org erin 'valid-after="20260101Z",valid-before="20260201Z"'
	signed_commits
	local commit
	commit=$(commit_signed erin)
	SERVER_ENV=(GIT_POLICY_NOW=2026-02-01T00:00:01Z)
	push_refused erin "$commit:main"
	assert_said 'or not at this time'
	SERVER_ENV=(GIT_POLICY_NOW=2025-12-31T23:59:59Z)
	push_refused erin "$commit:main"
	SERVER_ENV=(GIT_POLICY_NOW=2026-01-31T23:59:59Z)
	push_ok erin "$commit:main"
}

@test "a key that was taken out counts no more" {
	signed_commits
	push_ok erin "$(commit_signed erin 'fix: one'):main"
	: >"$BATS_TEST_TMPDIR/allowed_signers"
	allow_now
	push_refused erin "$(ssh_git erin commit-tree -S -m 'fix: two' -p "$(git -C "$SERVER" rev-parse main)" "$TREE"):main"
	assert_rule signed
}

@test "what the server's environment says does not reach the verifier" {
	signed_commits
	mkdir "$BATS_TEST_TMPDIR/bin"
	printf '%s\n' '#!/bin/sh' 'echo "Good \"git\" signature for erin@example.org with ED25519 key"; echo erin' \
		>"$BATS_TEST_TMPDIR/bin/ssh-keygen"
	chmod +x "$BATS_TEST_TMPDIR/bin/ssh-keygen"
	cp "$BATS_TEST_TMPDIR/bin/ssh-keygen" "$BATS_TEST_TMPDIR/bin/gpgv"
	SERVER_ENV+=(PATH="$BATS_TEST_TMPDIR/bin:$PATH" GNUPGHOME="$HOME" TMPDIR=/nonexistent)
	push_refused erin "$(commit_signed mallory):main"
	push_ok erin "$(commit_signed erin):main"
}

@test "without signers nobody can sign" {
	policy_write <<-'END'
		[commit]
		signed = required
		[branch "main"]
	END
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	push_refused erin "$(commit_signed erin):main"
	assert_said 'the signature does not count: the policy has no signers'
}

@test "a policy whose signers cannot be read, or be trusted, does not load" {
	signed_commits
	local commit
	commit=$(commit_signed erin)
	chmod g+w "$SERVER/policy/allowed_signers"
	push_refused erin "$commit:main"
	assert_said 'allowed_signers may be written by others than its owner'
	mv "$SERVER/policy/allowed_signers" "$SERVER/policy/real"
	chmod go-w "$SERVER/policy/real"
	ln -s real "$SERVER/policy/allowed_signers"
	push_refused erin "$commit:main"
	assert_said 'allowed_signers is a symbolic link'
	rm "$SERVER/policy/allowed_signers"
	push_refused erin "$commit:main"
	assert_said 'allowed_signers does not exist' 'policy.ini:7'
}

@test "a message being made is judged before git signs it" {
	signed_commits
	cp "$BATS_TEST_TMPDIR/policy.ini" "$CLIENT/.git-policy.ini"
	cp "$BATS_TEST_TMPDIR/allowed_signers" "$CLIENT"
	echo 'fix: it' >"$BATS_TEST_TMPDIR/message"
	run git_policy -C "$CLIENT" check-message "$BATS_TEST_TMPDIR/message"
	[ "$status" -eq 0 ] || fail 'the message is fine'
}

@test "OpenPGP: a commit signed with a key of the keyring is accepted, with another refused" {
	gpg_home
	gpg_key erin@example.org
	gpg_key mallory@example.org
	gpg_policy erin@example.org
	push_refused erin "$(commit_gpg mallory@example.org):main"
	assert_said "its key is not among the policy's signers" "$(gpg --list-keys --with-colons mallory@example.org |
		sed -n 's/^pub:\([^:]*:\)\{3\}\([^:]*\).*/\2/p'); an admin adds it to a keyring of them"
	push_ok erin "$(commit_gpg erin@example.org):main"
}

@test "OpenPGP: a keyring and ssh keys stand beside one another" {
	gpg_home
	gpg_key bob@example.org
	gpg_policy bob@example.org
	push_ok erin "$(commit_signed erin):main"
	server_set refs/heads/main "$ROOT_COMMIT"
	push_ok erin "$(commit_gpg bob@example.org):main"
}

@test "OpenPGP: a signature of something else, two of them, and an expired key do not count" {
	gpg_home
	gpg_key erin@example.org
	gpg_key bob@example.org 1d --faked-system-time 20200101T000000
	gpg_policy erin@example.org bob@example.org
	local plain other file=$BATS_TEST_TMPDIR/signature
	plain=$(commit 'fix: it' "$ROOT_COMMIT")
	other=$(commit 'fix: something else' "$ROOT_COMMIT")
	git -C "$CLIENT" cat-file commit "$plain" | gpg --batch -q -u erin@example.org -b -o "$file.one"
	gpg --batch -q --enarmor <"$file.one" 2>/dev/null | sed 's/ARMORED FILE/SIGNATURE/' >"$file"
	push_refused erin "$(commit_with gpgsig "$file" "$other"):main"
	assert_said 'it is of something else'
	cat "$file.one" "$file.one" | gpg --batch -q --enarmor 2>/dev/null | sed 's/ARMORED FILE/SIGNATURE/' >"$file.two"
	push_refused erin "$(commit_with gpgsig "$file.two" "$plain"):main"
	assert_said 'it is more than one signature'
	git -C "$CLIENT" cat-file commit "$plain" |
		gpg --batch -q --faked-system-time 20200101T010000 -u bob@example.org -a -b -o "$file.old"
	push_refused erin "$(commit_with gpgsig "$file.old" "$plain"):main"
	assert_said 'its key has expired'
	push_ok erin "$(commit_with gpgsig "$file" "$plain"):main"
}

@test "a signed tag is accepted, an unsigned, a lightweight and a renamed one are refused" {
	signed_tags
	git -C "$CLIENT" tag v1.0.0 "$ROOT_COMMIT"
	push_refused erin refs/tags/v1.0.0:refs/tags/v1.0.0
	assert_rule signed
	assert_said 'a lightweight tag cannot be signed' 'git tag -s -f v1.0.0 v1.0.0^{}'
	git -C "$CLIENT" tag -f -a -m first v1.0.0 "$ROOT_COMMIT"
	push_refused erin refs/tags/v1.0.0:refs/tags/v1.0.0
	assert_said 'the tag is not signed'
	git -C "$CLIENT" tag -d v1.0.0
	tag_signed mallory v1.0.0 "$ROOT_COMMIT"
	push_refused erin refs/tags/v1.0.0:refs/tags/v1.0.0
	assert_said "its key is not among the policy's signers"
	git -C "$CLIENT" tag -d v1.0.0
	tag_signed erin v1.0.0 "$ROOT_COMMIT"
	push_refused erin refs/tags/v1.0.0:refs/tags/v1.0.1
	assert_said 'what is signed is the tag v1.0.0'
	push_ok erin refs/tags/v1.0.0:refs/tags/v1.0.0
	push_ok erin :refs/tags/v1.0.0
}

@test "the tag's command works when it is typed" {
	signed_tags
	git -C "$CLIENT" tag -a -m first v1.0.0 "$ROOT_COMMIT"
	ssh_git erin tag -s -f -m first v1.0.0 'v1.0.0^{}'
	push_ok erin refs/tags/v1.0.0:refs/tags/v1.0.0
}

@test "severity lowers both rules of this name" {
	policy_write <<-'END'
		signers = allowed_signers
		[severity]
		signed = warn
		[commit]
		signed = required
		[branch "main"]
		[tag "*"]
		signed = required
	END
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	push_ok erin "$(commit 'fix: it' "$ROOT_COMMIT"):main"
	assert_warned signed
	push_ok erin "$ROOT_COMMIT:refs/tags/v1"
	assert_warned signed
}

# signed_approvals: bob and carol review; main and staging want it signed.
signed_approvals() {
	key bob
	key carol
	allow bob@example.org bob
	allow carol@example.org carol
	policy_write <<-'END'
		signers = allowed_signers
		[branch "main"]
		approvals = 1 @reviewers
		signed = required
		[branch "staging"]
		approvals = 1 @reviewers
		signed = required
		[branch "feature/{slug}"]
		[group "reviewers"]
		members = bob carol
	END
	repo_create
	HEAD=$(commit_file 'feat: one' "$ROOT_COMMIT" a 1)
	server_set refs/heads/main "$ROOT_COMMIT" refs/heads/staging "$ROOT_COMMIT" refs/heads/feature/x "$HEAD"
	REPOSITORY=$(printf '%032x' 42)
	name_repository "$REPOSITORY"
}

# name_repository NAME: what signed records have to call the server's repository.
name_repository() {
	mkdir -p "$SERVER/policy/account"
	printf '2026-01-01T00:00:00Z %s\n' "$1" >"$SERVER/policy/account/installed"
}

# approval KEY TARGET HEAD USER [REPOSITORY]: a signed tag of the head that says what it is for; prints its id.
approval() {
	printf 'approve\n\nrepository: %s\ntarget: refs/%s\nhead: %s\nuser: %s\n' "${5:-$REPOSITORY}" "$2" "$3" "$4" |
		ssh_git "$1" tag -s -f -F - "approval-$4" "$3" >/dev/null 2>&1
	git -C "$CLIENT" rev-parse "refs/tags/approval-$4"
}

@test "an approval counts when it is signed, for this repository, target, head and user" {
	signed_approvals
	push_refused ivy "$HEAD:main"
	assert_rule approvals
	push_ok bob "$(approval bob heads/main "$HEAD" bob):refs/approvals/heads/main/$HEAD/bob"
	push_ok ivy "$HEAD:main"
}

@test "an approval that is not signed does not count" {
	signed_approvals
	push_ok bob "$HEAD:refs/approvals/heads/main/$HEAD/bob"
	push_refused ivy "$HEAD:main"
	assert_said 'bob does not count: not signed'
}

@test "a signed approval is worth nothing for another target" {
	signed_approvals
	local tag
	tag=$(approval bob heads/main "$HEAD" bob)
	push_ok bob "$tag:refs/approvals/heads/staging/$HEAD/bob"
	push_refused ivy "$HEAD:staging"
	assert_said 'what is signed is not for this target'
}

@test "a signed approval is worth nothing for another head" {
	signed_approvals
	local next tag
	next=$(commit_file 'feat: two' "$HEAD" a 2)
	server_set refs/heads/feature/y "$next"
	tag=$(approval bob heads/main "$HEAD" bob)
	push_refused bob "$tag:refs/approvals/heads/main/$next/bob"
	assert_rule record
	# One of the head that states another.
	printf 'approve\n\nrepository: %s\ntarget: refs/heads/main\nhead: %s\nuser: bob\n' "$REPOSITORY" "$HEAD" |
		ssh_git bob tag -s -f -F - other "$next"
	push_ok bob "refs/tags/other:refs/approvals/heads/main/$next/bob"
	push_refused ivy "$next:main"
	assert_said 'what is signed is not for this head'
}

@test "a signed approval is worth nothing in another repository" {
	signed_approvals
	push_ok bob "$(approval bob heads/main "$HEAD" bob):refs/approvals/heads/main/$HEAD/bob"
	name_repository "$(printf '%032x' 43)"
	push_refused ivy "$HEAD:main"
	assert_said 'what is signed is not for this repository'
	name_repository "$REPOSITORY"
	push_ok ivy "$HEAD:main"
}

@test "a signed approval is worth nothing in another's name" {
	signed_approvals
	push_ok carol "$(approval bob heads/main "$HEAD" bob):refs/approvals/heads/main/$HEAD/carol"
	push_refused ivy "$HEAD:main"
	assert_said 'carol does not count: signed by somebody else'
	push_ok carol "+$(approval carol heads/main "$HEAD" bob):refs/approvals/heads/main/$HEAD/carol"
	push_refused ivy "$HEAD:main"
	assert_said "what is signed is not in this user's name"
	push_ok carol "+$(approval carol heads/main "$HEAD" carol):refs/approvals/heads/main/$HEAD/carol"
	push_ok ivy "$HEAD:main"
}

@test "a signed approval with one signature too many is refused" {
	signed_approvals
	local tag
	tag=$(approval bob heads/main "$HEAD" bob)
	tag=$({ git -C "$CLIENT" cat-file tag "$tag" && git -C "$CLIENT" cat-file tag "$tag" | sed -n '/^-----BEGIN/,$p'; } |
		git -C "$CLIENT" hash-object -t tag -w --stdin)
	push_refused bob "$tag:refs/approvals/heads/main/$HEAD/bob"
	assert_rule record
}

@test "a private key is no signer, and never published" {
	signed_commits
	server_install
	push_ok erin "$(commit_signed erin):main"
	local before key
	before=$(git -C "$SERVER" rev-parse refs/policy/current)
	ssh-keygen -q -t rsa -b 2048 -m PEM -N '' -f "$HOME/pem"
	for key in erin pem; do
		cat "$HOME/$key" >>"$SERVER/policy/allowed_signers"
		run git_policy -C "$SERVER" check
		[ "$status" -ne 0 ] || fail 'check should have refused it'
		assert_said 'allowed_signers:2' 'allowed_signers holds a private key' 'put the public key in its place'
		push_refused erin "$(commit_signed erin 'fix: more'):lax"
		assert_ref refs/policy/current "$before"
		allow_now
	done
	cp "$HOME/erin" "$BATS_TEST_TMPDIR/allowed_signers"
	SERVER=$BATS_TEST_TMPDIR/another.git
	git init -q --bare "$SERVER"
	run "$ROOT/install/install" --build "$BUILD" --policy "$BATS_TEST_TMPDIR/policy.ini" "$SERVER"
	[ "$status" -ne 0 ] || fail 'install should have refused it'
	assert_said 'holds a private key'
}

@test "check tells which lines of signers count for nobody" {
	cat "$HOME/mallory.pub" >>"$BATS_TEST_TMPDIR/allowed_signers"
	allow nobody@example.org mallory
	signed_commits
	run git_policy check "$BATS_TEST_TMPDIR/policy.ini"
	assert_said 'allowed_signers:2' 'ssh-keygen passes over this line' 'ALLOWED SIGNERS' 'allowed_signers:3' \
		'nobody@example.org is no user'
	assert_not_said 'allowed_signers:1'
}
