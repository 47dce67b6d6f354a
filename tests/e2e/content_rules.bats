# content_rules: paths, sizes, names that differ in case alone and containers that run as root, pushed for real; trees as
# a hostile client may write them (cases 40 to 43 of the threat model).
load helper

setup() {
	world_create
}

# world WORD [LINE...]: a server that looks for WORD, with these lines in [content]; main = M0. git's own checks are off,
# so that what is refused is refused by us.
world() {
	local word=$1
	shift
	{
		printf '%s\n' '[content]' "$@" '[branch]' "content = $word" 'rewrite = allow' '[branch "main"]' '[branch "**"]'
	} | policy_write
	repo_create
	git -C "$SERVER" config receive.fsckObjects false
	M0=$ROOT_COMMIT
	server_set refs/heads/main "$M0"
}

# blob [CONTENT]: prints its id.
blob() {
	printf '%s' "${1-x}" | git -C "$CLIENT" hash-object -w --stdin
}

# entry PATH [MODE [ID]]: prints the tree that has one entry there, whatever the names.
entry() {
	local path=$1 mode=${2:-100644} id=${3:-$(blob)}
	while :; do
		id=$({ printf '%s %s\0' "$mode" "${path##*/}"; perl -e 'print pack "H*", shift' "$id"; } |
			git -C "$CLIENT" hash-object -t tree -w --stdin --literally)
		mode=40000
		case $path in
		*/*) path=${path%/*} ;;
		*) break ;;
		esac
	done
	printf '%s\n' "$id"
}

# tree PATH: the same for a name that git knows as one, by one process however deep.
tree() {
	(
		export GIT_INDEX_FILE=$BATS_TEST_TMPDIR/index
		rm -f "$GIT_INDEX_FILE"
		printf '100644 %s\t%s\n' "$(blob)" "$1" | git -C "$CLIENT" update-index --index-info
		git -C "$CLIENT" write-tree
	)
}

# with TREE [PARENT...]: a commit with this tree.
with() {
	local tree=$1 parents=() parent
	shift
	for parent in "${@:-$M0}"; do
		parents+=(-p "$parent")
	done
	echo 'feat: add something' | git -C "$CLIENT" commit-tree "$tree" "${parents[@]}"
}

# refused RULE PATH [MODE [ID]]: a commit that adds this is refused by the rule.
refused() {
	local rule=$1
	shift
	push_refused erin "$(with "$(entry "$@")"):refs/heads/hostile"
	assert_rule "$rule"
}

accepted() {
	push_ok erin "+$(with "$(entry "$@")"):refs/heads/friendly"
}

@test "paths: what the policy denies, wherever it is" {
	world paths 'paths-deny = *.sql **/*.pem /build' '  node_modules/'
	refused paths dump.sql
	assert_said 'dump.sql may not be here' 'no file that *.sql matches' \
		"git rm --cached dump.sql && git commit --amend" 'paths-deny = *.sql **/*.pem /build'
	refused paths db/backup/dump.sql
	refused paths key.pem
	refused paths a/key.pem
	refused paths web/node_modules/x/index.js
	refused paths build/out
	accepted src/build/out
	accepted dump.sql.md
}

@test "paths: a file that was added and removed again is there for all to read" {
	world paths 'paths-deny = *.sql'
	local bad
	bad=$(commit_file 'feat: add a dump' "$M0" dump.sql x)
	push_refused erin "$(with "$TREE" "$bad"):refs/heads/feature"
	assert_rule paths
	assert_said "commit ${bad:0:7}" "git rebase -i ${bad:0:7}^"
}

@test "paths: what was there before may stay, but not be changed" {
	world paths 'paths-deny = *.sql'
	local old
	old=$(commit_file 'feat: add a dump' "$M0" dump.sql x)
	server_set refs/heads/main "$old"
	push_ok erin "$(commit_file 'feat: another file' "$old" a x):refs/heads/feature"
	push_refused erin "$(commit_file 'feat: another dump' "$old" dump.sql y):refs/heads/other"
	assert_rule paths
	push_ok erin "$(with "$TREE" "$old"):refs/heads/without"
}

@test "paths: how long one may be" {
	world paths 'path-max = 20'
	accepted 12345678901234567890
	refused paths 1234567890/1234567890
	assert_said 'a path of 21 bytes' 'at most 20 bytes'
}

@test "case 41: links that lead out of the tree" {
	world paths
	accepted a/link 120000 "$(blob ../b)"
	refused paths link 120000 "$(blob /etc/passwd)"
	assert_said 'its target "/etc/passwd" is absolute'
	refused paths a/link 120000 "$(blob ../../b)"
	refused paths link 120000 "$(blob a/../../b)"
	refused paths link 120000 "$(blob .git/hooks/post-checkout)"
	refused paths link 120000 "$(head -c 5000 /dev/zero | tr '\0' a | git -C "$CLIENT" hash-object -w --stdin)"
}

@test "case 42: names that some file system takes for .git" {
	world paths
	refused paths .GIT/config
	refused paths a/.git/config
	refused paths .git
	refused paths git~1/config
	refused paths '.git .../config'
	refused paths '.git::$INDEX_ALLOCATION/config'
	refused paths $'.g\u200cit/config'
	accepted .github/workflows/ci.yml
	accepted a.git
}

@test "case 42: .gitmodules" {
	world paths
	local good bad
	good=$(blob $'[submodule "x"]\n\tpath = lib/x\n\turl = ../x.git\n')
	accepted .gitmodules 100644 "$good"
	refused paths .gitmodules 120000 "$(blob x)"
	assert_said 'must be a regular one'
	refused paths .GitModules 100644 "$good"
	refused paths gitmod~1 100644 "$good"
	for bad in 'url = -oProxyCommand=x' 'path = ../x' 'path = -x' 'update = !sh' 'url = "a'; do
		refused paths .gitmodules 100644 "$(blob $'[submodule "x"]\n'"$bad"$'\n')"
		assert_said '.gitmodules, line 2:'
	done
	refused paths .gitmodules 100644 "$(blob $'[submodule "../x"]\n\turl = y\n')"
	refused paths .gitattributes 120000 "$(blob x)"
}

@test "case 43: names that file systems would bend" {
	world paths
	refused paths 'a.'
	refused paths 'a /b'
	refused paths 'a\b'
	refused paths $'a\nb'
	refused paths $'a\u202eb'
	refused paths $'\xff'
	accepted $'Gr\u00fcn/\u65e5\u672c'
}

@test "case 43: a path of 2000 folders" {
	world 'paths case-collisions size' 'path-max = 4096'
	local deep
	deep=$(printf 'a/%.0s' {1..2000})
	push_ok erin "$(with "$(tree "${deep}b")"):refs/heads/friendly"
	push_refused erin "$(with "$(tree "$deep$(printf 'c%.0s' {1..200})")"):refs/heads/hostile"
	assert_rule paths
}

@test "size: by the header of the object" {
	world size 'file-max = 10k'
	local exactly
	exactly=$(head -c 10240 /dev/zero | git -C "$CLIENT" hash-object -w --stdin)
	accepted a 100644 "$exactly"
	refused size a 100644 "$(head -c 10241 /dev/zero | git -C "$CLIENT" hash-object -w --stdin)"
	assert_said 'a has 10.1 KiB' 'at most 10k in one file' 'git rm --cached a' 'file-max = 10k'
	refused size lib/large.bin 100644 "$(head -c 3000000 /dev/zero | git -C "$CLIENT" hash-object -w --stdin)"
	assert_said 'lib/large.bin has 2.9 MiB'
	accepted module 160000 "$M0"
}

@test "case-collisions: in files, in folders, beyond ASCII" {
	world case-collisions
	local both
	both=$({ printf '100644 blob %s\tReadme\n' "$(blob)"; git -C "$CLIENT" ls-tree "$M0"; } | git -C "$CLIENT" mktree)
	push_refused erin "$(with "$both"):refs/heads/feature"
	assert_rule case-collisions
	assert_said 'README and Readme differ in case alone'
	both=$(printf '40000 tree %s\t%s\n' "$(entry a)" $'Gr\u00dcn' "$(entry b)" $'gr\u00fcn' |
		sed 's/^40000/040000/' | git -C "$CLIENT" mktree)
	push_refused erin "$(with "$both"):refs/heads/feature"
	assert_rule case-collisions
	# the same names in other folders
	both=$(printf '040000 tree %s\t%s\n' "$(entry A)" x "$(entry a)" y | git -C "$CLIENT" mktree)
	push_ok erin "$(with "$both"):refs/heads/feature"
	# a name that changes its case
	push_ok erin "$(with "$(entry Readme)"):refs/heads/renamed"
}

@test "case-collisions: a merge of two branches that have one each" {
	world case-collisions
	local upper lower
	upper=$(with "$(entry docs/README)")
	lower=$(with "$(entry docs/Readme)")
	push_ok erin "$upper:refs/heads/upper" "$lower:refs/heads/lower"
	push_refused erin "$(with "$(merged_tree "$upper" "$lower")" "$upper" "$lower"):refs/heads/merged"
	assert_rule case-collisions
	assert_said 'docs/README and docs/Readme differ in case alone'
}

@test "case-collisions: what collided before blocks nobody" {
	world case-collisions
	local both old
	both=$(printf '100644 blob %s\t%s\n' "$(blob)" A "$(blob)" a | git -C "$CLIENT" mktree)
	old=$(with "$both")
	server_set refs/heads/main "$old"
	push_ok erin "$(commit_file 'feat: another file' "$old" b x):refs/heads/feature"
	push_refused erin "$(commit_file 'feat: another file' "$old" B x):refs/heads/twins" \
		"$(commit_file 'feat: b' "$(commit_file 'feat: B' "$old" B x)" b y):refs/heads/third"
	assert_said 'B and b differ in case alone'
}

@test "case 44: one name twice" {
	world case-collisions
	push_refused erin "$(with "$({ printf '100644 a\0'; perl -e 'print pack "H*", shift' "$(blob)"
		printf '100644 a\0'; perl -e 'print pack "H*", shift' "$(blob y)"; } |
		git -C "$CLIENT" hash-object -t tree -w --stdin --literally)"):refs/heads/feature"
	assert_rule case-collisions
	assert_said 'a is there twice'
}

@test "container-user: the last stage" {
	world container-user
	accepted Dockerfile 100644 "$(blob $'FROM alpine\nUSER 10001\n')"
	accepted docker/README 100644 "$(blob $'FROM alpine\nUSER root\n')"
	refused container-user Dockerfile 100644 "$(blob $'FROM alpine AS build\nUSER app\nFROM alpine\nRUN x\n')"
	assert_said 'Dockerfile, line 3: the last stage has no USER' 'FROM alpine' \
		"add the line USER 10001 at the end, git add Dockerfile && git commit --amend" 'content = container-user'
	refused container-user docker/api.Dockerfile 100644 "$(blob $'FROM alpine\nUSER app\nUSER 0:0\n')"
	assert_said 'docker/api.Dockerfile, line 3: the container runs as root' 'make line 3 USER 10001'
	refused container-user Containerfile 100644 "$(blob $'FROM alpine\nARG WHO\nUSER $WHO\n')"
	assert_said 'Containerfile, line 3: nobody can tell who that is'
	accepted Dockerfile 100644 "$(blob $'FROM a AS base\nENV WHO=app\nUSER ${WHO}\nFROM base\nRUN x \\\n # y\n USER root\n')"
}

@test "container-user: the whole of what is deployed, whoever added it" {
	policy_write <<-'POLICY'
		[branch "**"]
		content = container-user
		[deploy "production/live"]
		content = container-user
	POLICY
	repo_create
	M0=$ROOT_COMMIT
	local old new
	old=$(commit_file 'feat: add an image' "$M0" Dockerfile 'FROM alpine')
	new=$(commit_file 'fix: run as app' "$old" Dockerfile $'FROM alpine\nUSER app')
	server_set refs/heads/main "$new"
	push_refused erin "$(record_tag "$old" 'try it'):refs/deploy/production/live"
	assert_rule container-user
	assert_said "commit ${old:0:7}" 'commit, and deploy that'
	push_ok erin "$(record_tag "$new" 'try it'):refs/deploy/production/live"
}

@test "content: [severity] lowers a rule, commits = warn does not" {
	policy_write <<-'POLICY'
		[content]
		paths-deny = *.sql
		[severity]
		paths = warn
		[branch "**"]
		commits = warn
		content = paths case-collisions
	POLICY
	repo_create
	git -C "$SERVER" config receive.fsckObjects false
	M0=$ROOT_COMMIT
	push_ok erin "$(with "$(entry dump.sql)"):main"
	assert_warned paths
	push_refused erin "$(with "$(printf '100644 blob %s\t%s\n' "$(blob)" A "$(blob)" a | git -C "$CLIENT" mktree)"):feature"
	assert_rule case-collisions
}
