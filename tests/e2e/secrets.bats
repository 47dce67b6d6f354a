#!/usr/bin/env bats
# Secrets: in files, messages, tags and paths, in what was deleted again, in binaries and UTF-16; never shown; allowed by
# their fingerprint. What stands for a secret is made when the test runs.

load helper

setup() {
	world_create
	policy_write <<-'END'
		[branch "main"]
		content = secrets
		[branch "{slug}"]
		content = secrets
		[branch "lax/{slug}"]
		[tag "v{semver}"]
		content = secrets
	END
	repo_create
	push_ok erin "$ROOT_COMMIT:main"
	TOKEN=ghp_$(characters 36)
	KEY_HEADER="-----BEGIN"" RSA PRIVATE KEY-----"
}

# characters COUNT: the same on every machine, and as random as they look.
characters() {
	local seed=${SEED:-1} out=
	while [ ${#out} -lt "$1" ]; do
		seed=$((seed + 1))
		out+=$(printf '%s' "$seed" | sha256sum | xxd -r -p | base64 -w 0 | tr -d '+/=')
	done
	printf '%s' "${out:0:$1}"
}

# commit_path MESSAGE PARENT PATH: a commit whose tree holds standard input at PATH.
commit_path() {
	local index=$BATS_TEST_TMPDIR/index blob
	blob=$(git -C "$CLIENT" hash-object -w --stdin)
	rm -f "$index"
	GIT_INDEX_FILE=$index git -C "$CLIENT" read-tree "$2"
	GIT_INDEX_FILE=$index git -C "$CLIENT" update-index --add --cacheinfo "100644,$blob,$3"
	printf '%s\n' "$1" | git -C "$CLIENT" commit-tree "$(GIT_INDEX_FILE=$index git -C "$CLIENT" write-tree)" -p "$2"
}

fingerprint() {
	printf %s "$1" | git hash-object --stdin | cut -c 1-16
}

assert_hidden() {
	assert_not_said "$1" "${1:4:12}"
}

@test "a token in a file is refused, with commit, path, line and fingerprint, and is not shown" {
	local c
	c=$(printf 'a\nb = %s\n' "$TOKEN" | commit_path 'feat: add client' "$ROOT_COMMIT" src/client.py)
	push_refused erin "$c:meta-client"
	assert_rule secrets
	assert_said "commit ${c:0:7}: src/client.py, line 2: a token of GitHub (github-token)" \
		"fingerprint $(fingerprint "$TOKEN")" "revoke" "git commit --amend"
	assert_hidden "$TOKEN"
}

@test "a key of AWS is refused" {
	local c key="AKIA""Q3EGRT5WYZ7KLMNP"
	c=$(commit_file 'feat: add meta client' "$ROOT_COMMIT" client.py "key = '$key'")
	push_refused erin "$c:meta-client"
	assert_rule secrets
	assert_said 'client.py, line 1: an access key of AWS'
	assert_hidden "$key"
}

@test "a header of a private key is refused, and so is a file that a later commit of the push deletes" {
	local added deleted
	added=$(commit_file 'add' "$ROOT_COMMIT" key.pem "$KEY_HEADER")
	push_refused erin "$added:main"
	assert_rule secrets
	deleted=$(printf 'remove\n' | git -C "$CLIENT" commit-tree "$ROOT_COMMIT^{tree}" -p "$added")
	push_refused erin "$deleted:main"
	assert_said "commit ${added:0:7}: key.pem, line 1: a private key"
	assert_not_said "commit ${deleted:0:7}"
}

@test "settings are accepted, a password among them is not" {
	local c
	c=$(printf 'LOG_LEVEL=INFO\nDB_PASSWORD=${DB_PASSWORD}\nAPI_TOKEN=changeme\n' |
		commit_path 'settings' "$ROOT_COMMIT" config/production.env)
	push_ok erin "$c:main"
	c=$(printf 'LOG_LEVEL=INFO\nDB_PASSWORD=%s\n' "$(characters 24)" | commit_path 'settings' "$c" config/production.env)
	push_refused erin "$c:main"
	assert_said 'config/production.env, line 2: a value beside the name of a secret (named-setting)'
	assert_hidden "$(characters 24)"
}

@test "what a real repository has is accepted: hashes, process.env, hosts" {
	local c
	c=$({
		printf '"integrity": "sha512-%s=="\n"resolved": "https://registry.npmjs.org/token/-/token-1.0.0.tgz"\n' "$(characters 86)"
		printf 'apiKey: process.env.DATADOG_API_KEY\npassword = os.environ["DB_PASSWORD"]\n'
		printf 'psql -h edpsych-db.cluster-xyz123abc.eu-west-1.rds.amazonaws.com -U app\n'
	} | commit_path 'feat: add it' "$ROOT_COMMIT" package.txt)
	push_ok erin "$c:main"
}

@test "commit messages, tag messages and paths are searched" {
	local c tag
	c=$(commit "fix: it

with $TOKEN" "$ROOT_COMMIT")
	push_refused erin "$c:main"
	assert_said "commit ${c:0:7}, line 3: a token of GitHub"
	assert_hidden "$TOKEN"
	tag=$(printf 'object %s\ntype commit\ntag v1.0.0\ntagger E <erin@example.org> 1740830400 +0000\n\nfirst\n%s\n' \
		"$ROOT_COMMIT" "$TOKEN" | git -C "$CLIENT" mktag)
	push_refused erin "$tag:refs/tags/v1.0.0"
	assert_rule secrets
	assert_said 'git tag -f -a v1.0.0'
	assert_hidden "$TOKEN"
	c=$(echo a | commit_path 'fix: it' "$ROOT_COMMIT" "logs/$TOKEN.txt")
	push_refused erin "$c:main"
	assert_said 'the name of logs/[...].txt: a token of GitHub'
	assert_hidden "$TOKEN"
}

@test "binaries, UTF-16 and links are searched" {
	local c blob tree
	c=$(printf '\177ELF\0\0%s\0' "$TOKEN" | commit_path 'add' "$ROOT_COMMIT" program)
	push_refused erin "$c:main"
	assert_said 'program, line 1: a token of GitHub'
	for order in UTF-16LE UTF-16BE; do
		c=$({ printf '\xef\xbb\xbf'; printf 'a\nPASSWORD=%s\n' "$(characters 24)"; } | iconv -f UTF-8 -t "$order" |
			commit_path 'add' "$ROOT_COMMIT" settings.txt)
		push_refused erin "$c:main"
		assert_said 'settings.txt, line 2: a value beside the name of a secret'
	done
	blob=$(printf '%s' "$TOKEN" | git -C "$CLIENT" hash-object -w --stdin)
	tree=$(printf '120000 blob %s\tlink\n' "$blob" | git -C "$CLIENT" mktree)
	c=$(git -C "$CLIENT" commit-tree "$tree" -p "$ROOT_COMMIT" -m add)
	push_refused erin "$c:main"
	assert_said 'link, line 1: a token of GitHub'
}

@test "a byte order mark before plain bytes hides nothing, nor does a NUL elsewhere in the file" {
	local c
	for mark in '\xff\xfe' '\xfe\xff' '\xff\xfe\0\0'; do
		c=$(printf "${mark}x=%s\n" "$TOKEN" | commit_path 'add' "$ROOT_COMMIT" a.txt)
		push_refused erin "$c:main"
		assert_said 'a.txt, line 1: a token of GitHub'
		c=$(printf "tree %s\nparent %s\nauthor E <erin@example.org> 1740830400 +0000\ncommitter E <erin@example.org> 1740830400 +0000\n\n${mark%%\\0*}x=%s\n" \
			"$(git -C "$CLIENT" rev-parse "$ROOT_COMMIT^{tree}")" "$ROOT_COMMIT" "$TOKEN" |
			git -C "$CLIENT" hash-object -t commit -w --stdin --literally)
		push_refused erin "$c:main"
		assert_said 'a token of GitHub'
	done
	c=$(printf 'LOG=1\0\nDB_PASSWORD=%s\n' "$(characters 24)" | commit_path 'add' "$ROOT_COMMIT" .env)
	push_refused erin "$c:main"
	assert_said '.env, line 2: a value beside the name of a secret'
}

@test "no other rule shows what is searched for, to the pusher or in the audit" {
	local c message
	policy_write <<-'END'
		[audit]
		file = policy/audit.jsonl
		[branch "main"]
		content = secrets container-user
		[commit]
		format = conventional
		subject-case = lower
		subject-end = no-period
		body-line-max = 60
	END
	rm -rf "$CLIENT" "$SERVER"
	repo_create
	push_ok erin "$ROOT_COMMIT:main"
	push_refused erin "$(commit "feat: Use $TOKEN." "$ROOT_COMMIT"):main"
	assert_rule subject-case subject-end
	assert_said 'Use [...].'
	assert_hidden "$TOKEN"
	for message in "feat($TOKEN): Add it" "$TOKEN(x): add it" "feat: Add it

Fixes: $TOKEN and more of this line, which is longer than a line may be here"; do
		c=$(commit "$message" "$ROOT_COMMIT")
		push_refused erin "$c:main"
		assert_said 'secrets: '
		assert_hidden "$TOKEN"
	done
	c=$(printf 'FROM a\nENV U=%s\nUSER root:%s\n' "$TOKEN" "$TOKEN" | commit_path 'feat: add it' "$ROOT_COMMIT" Dockerfile)
	push_refused erin "$c:main"
	assert_rule container-user
	assert_hidden "$TOKEN"
	run grep -cF "${TOKEN:4:12}" "$SERVER/policy/audit.jsonl"
	[ "$output" = 0 ]
}

@test "what records say is searched where any branch is" {
	local c tag
	policy_write <<-'END'
		[branch "main"]
		content = secrets
		approvals = 1 @all
		checks = tests
		[branch "{slug}"]
		[group "all"]
		members = bob erin
		[check "tests"]
		push = ci
		[user "ci"]
	END
	rm -rf "$CLIENT" "$SERVER"
	repo_create
	server_set refs/heads/main "$ROOT_COMMIT"
	c=$(commit_file 'feat: add it' "$ROOT_COMMIT" a a)
	push_ok erin "$c:topic"
	tag=$(record_tag "$c" "approve

$TOKEN")
	push_refused bob "$tag:refs/approvals/heads/main/$c/bob"
	assert_rule secrets
	assert_said 'git policy approve'
	assert_hidden "$TOKEN"
	push_refused ci "$(record_tag "$c" "pass

$TOKEN"):refs/checks/$c/tests"
	assert_rule secrets
	push_ok ci "$(record_tag "$c" "pass

all of them"):refs/checks/$c/tests"
}

@test "renaming a file with an old secret tells nothing, copying it does" {
	local a b blob tree
	a=$(printf 'x\n%s\n' "$TOKEN" | commit_path 'add' "$ROOT_COMMIT" old.txt)
	server_set refs/heads/main "$a"
	b=$(printf 'y\n%s\n' "$TOKEN" | commit_path 'copy' "$a" new.txt)
	push_refused erin "$b:main"
	assert_said 'new.txt, line 2'
	blob=$(printf 'y\n%s\n' "$TOKEN" | git -C "$CLIENT" hash-object -w --stdin)
	tree=$(printf '100644 blob %s\tnew.txt\n' "$blob" | git -C "$CLIENT" mktree)
	b=$(git -C "$CLIENT" commit-tree "$tree" -p "$a" -m rename)
	push_ok erin "$b:main"
}

@test "what a file had already is not told again, wherever it moves in it; another one is" {
	local a b other
	a=$(printf 'x\n%s\n' "$TOKEN" | commit_path 'add' "$ROOT_COMMIT" old.txt)
	server_set refs/heads/main "$a"
	b=$(printf '%s\nx\ny\n' "$TOKEN" | commit_path 'move the line' "$a" old.txt)
	push_ok erin "$b:main"
	other=ghp_$(SEED=100 characters 36)
	b=$(printf '%s\nx\n%s\n' "$TOKEN" "$other" | commit_path 'add another' "$b" old.txt)
	push_refused erin "$b:main"
	assert_said 'old.txt, line 3' "$(fingerprint "$other")"
	assert_not_said 'line 1:' "$(fingerprint "$TOKEN")"
}

@test "a merge brings its side's secrets, and is asked for what it adds itself" {
	local side clean merge blob tree
	side=$(commit_file 'add' "$ROOT_COMMIT" side.txt "$TOKEN")
	push_ok erin "$side:lax/side"
	clean=$(commit_file 'add' "$ROOT_COMMIT" clean.txt b)
	merge=$(merge 'merge' "$clean" "$side")
	push_refused erin "$merge:main"
	assert_said "commit ${side:0:7}: side.txt, line 1"
	assert_not_said "commit ${merge:0:7}:"
	side=$(commit_file 'add' "$ROOT_COMMIT" side.txt a)
	blob=$(echo "$TOKEN" | git -C "$CLIENT" hash-object -w --stdin)
	tree=$({ git -C "$CLIENT" ls-tree "$(merged_tree "$clean" "$side")"; printf '100644 blob %s\tslipped\n' "$blob"; } |
		git -C "$CLIENT" mktree)
	merge=$(echo merge | git -C "$CLIENT" commit-tree "$tree" -p "$clean" -p "$side")
	push_refused erin "$merge:main"
	assert_said "commit ${merge:0:7}: slipped, line 1"
}

@test "a fingerprint allows what is none" {
	local c
	c=$(commit_file 'add' "$ROOT_COMMIT" doc.txt "$TOKEN")
	push_refused erin "$c:main"
	policy_replace <<-END
		[content]
		secret-allow = $(fingerprint "$TOKEN")
		[branch "main"]
		content = secrets
	END
	push_ok erin "$c:main"
	push_refused erin "$(commit_file 'add' "$c" more.txt "ghp_$(SEED=100 characters 36)"):main"
}

@test "rules of one's own come with the policy, are installed and published with it, and must be right" {
	local c
	rm -rf "$SERVER"
	git init -q --bare "$SERVER"
	policy_write <<-'END'
		[content]
		secret-rules = ours.ini
		[branch "main"]
		content = secrets
	END
	printf '%s\n' '[rule "acme-token"]' 'what = a token of Acme' 'keywords = acme_' 'regex = \bacme_[0-9]{8}\b' \
		>"$BATS_TEST_TMPDIR/ours.ini"
	server_install
	push_ok erin "$ROOT_COMMIT:main"
	c=$(commit_file 'add' "$ROOT_COMMIT" a "acme_31415926")
	push_refused erin "$c:main"
	assert_said 'a, line 1: a token of Acme (acme-token)'
	git -C "$SERVER" show refs/policy/current:ours.ini | cmp - "$BATS_TEST_TMPDIR/ours.ini"
	echo 'regex = [' >>"$SERVER/policy/ours.ini"
	push_refused erin "$(commit 'fix: it' "$ROOT_COMMIT"):main"
	assert_said 'ours.ini:5' 'regex is set already'
	printf '%s\n' '[rule "a"]' 'what = a' 'keywords = abc' 'regex = (abc' >"$SERVER/policy/ours.ini"
	push_refused erin "$(commit 'fix: it' "$ROOT_COMMIT"):main"
	assert_said 'ours.ini:4:'
}

@test "case 46: where nobody says that they are searched for, they get by: names, signatures, broken lines, code" {
	local c
	c=$(GIT_AUTHOR_NAME=$TOKEN commit 'fix: it' "$ROOT_COMMIT")
	push_ok erin "$c:refs/heads/name"
	c=$({
		git -C "$CLIENT" cat-file commit "$ROOT_COMMIT" | sed '/^$/,$d'
		printf 'gpgsig %s\n\nfix: it\n' "$TOKEN"
	} | git -C "$CLIENT" hash-object -t commit -w --stdin --literally)
	push_ok erin "$c:refs/heads/signature"
	c=$(printf '%s\n%s\n' "${TOKEN:0:20}" "${TOKEN:20}" | commit_path 'fix: it' "$ROOT_COMMIT" broken)
	push_ok erin "$c:refs/heads/broken"
	c=$(base64 <<<"$TOKEN" | commit_path 'fix: it' "$ROOT_COMMIT" code)
	push_ok erin "$c:refs/heads/code"
	c=$(printf '%s\n' "$TOKEN" | commit_path 'fix: it' "$ROOT_COMMIT" plain)
	push_refused erin "$c:refs/heads/plain"
}
