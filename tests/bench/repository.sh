# shellcheck shell=sh
# repository: a bare repository with a policy and N refs, in $work, which goes away with the script; sourced.
for name in $(env | sed -n 's/^\(GIT_[A-Z_]*\)=.*/\1/p'); do
	unset "$name"
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work" GIT_CONFIG_NOSYSTEM=1 LC_ALL=C
export GIT_AUTHOR_NAME=Alice GIT_AUTHOR_EMAIL=alice@example.org GIT_AUTHOR_DATE='1740830400 +0000'
export GIT_COMMITTER_NAME=Alice GIT_COMMITTER_EMAIL=alice@example.org GIT_COMMITTER_DATE='1740830400 +0000'

# policy_write FILE: asks of a push what a usual project asks.
policy_write() {
	cat >"$1" <<-'POLICY'
		[policy]
		version = 1
		[identity]
		env = GIT_POLICY_USER
		[user "alice"]
		email = alice@example.org
		[commit]
		format = conventional
		types = feat fix docs chore
		header-max = 72
		subject-end = no-period
		[branch]
		rewrite = deny
		delete = deny
		[branch "main"]
		push = alice
		[branch "feature/**"]
		rewrite = allow
		delete = allow
	POLICY
	chmod 600 "$1"
}

# commit_make SUBJECT [PARENT]: a commit of the empty tree.
commit_make() {
	git commit-tree ${2:+-p "$2"} -m "$1" "$(git hash-object -w -t tree /dev/null)"
}

# refs_make COUNT COMMIT: packed, each below refs/heads/feature/.
refs_make() {
	awk -v count="$1" -v id="$2" 'BEGIN {
		print "# pack-refs with: peeled fully-peeled sorted "
		for (i = 0; i < count; i++) printf "%s refs/heads/feature/%06d\n", id, i
	}' >packed-refs
}
