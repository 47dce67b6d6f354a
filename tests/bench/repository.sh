# shellcheck shell=sh
# repository: makes what a benchmark pushes into, in $work, which goes away with the script; sourced.
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
		deadline = 10m
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

# policy_sections COUNT: so many branch patterns in one folder; policy_users COUNT: so many users, in ten groups.
policy_sections() {
	awk -v count="$1" 'BEGIN { for (i = 0; i < count; i++) printf "[branch \"team/%04d-*\"]\npush = alice\n", i }'
}
policy_users() {
	awk -v count="$1" 'BEGIN {
		for (i = 0; i < count; i++) printf "[user \"u%05d\"]\nemail = u%05d@example.org\n", i, i
		for (group = 0; group < 10 && group < count; group++) {
			printf "[group \"g%d\"]\nmembers =\n", group
			for (i = group; i < count; i += 10) printf " u%05d%s", i, i % 200 < 190 ? "" : "\n"
			print ""
		}
	}'
}

# server_make: an empty bare repository with that policy, which becomes the working directory.
server_make() {
	git init -q --bare "$work/server.git"
	cd "$work/server.git" || exit 2
	git symbolic-ref HEAD refs/heads/main
	mkdir -p policy
	policy_write policy/policy.ini
}

# main_make: one commit on main, $old.
main_make() {
	old=$(commit_make 'chore: begin')
	git update-ref refs/heads/main "$old"
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

# quarantine_begin: from here on, what is made arrives in a push of alice's, as receive-pack has it for its hook: the new
# objects in a folder of their own.
quarantine_begin() {
	quarantine=$PWD/objects/tmp_objdir-incoming-bench
	mkdir "$quarantine"
	export GIT_DIR=. GIT_POLICY_USER=alice
	export GIT_ALTERNATE_OBJECT_DIRECTORIES="$PWD/objects" GIT_OBJECT_DIRECTORY="$quarantine"
}

# quarantine_judge HOOK: the hook takes the push in the file "input"; from here on the measured commands stand where it
# stood.
quarantine_judge() {
	export GIT_QUARANTINE_PATH="$quarantine"
	"$1" <input 2>"$work/said" && return
	cat "$work/said" >&2
	exit 2
}

# grouped NUMBER: 100000 as 100,000.
grouped() {
	echo "$1" | sed -e ':again' -e 's/\([0-9]\)\([0-9]\{3\}\)\($\|,\)/\1,\2\3/' -e 't again'
}
