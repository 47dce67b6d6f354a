# limits: a run that cannot go on is undecided and says why; whatever is short, nothing is accepted for it. And who waits
# is told that it goes on. The hooks are run by hand where git would not start them so.
load helper

setup() {
	world_create
	policy_write <<-'POLICY'
		[branch "main"]
		push = @integrators
		[branch "**"]
	POLICY
	repo_create
	server_set refs/heads/base "$ROOT_COMMIT"
	GOOD="$ZERO $ROOT_COMMIT refs/heads/good"
	BAD="$ZERO $ROOT_COMMIT refs/heads/main"
}

# hook_under COMMAND...: pre-receive, started by a command that takes something from it; standard input is the caller's.
hook_under() {
	(cd "$SERVER" && env -i PATH="$PATH" HOME=/nonexistent GIT_DIR=. GIT_POLICY_USER="${HOOK_USER-erin}" \
		"${SANITIZE[@]}" "$@" "$BUILD/hooks/pre-receive")
}

# A sanitizer wants more memory than any limit leaves.
release_build() {
	[ -n "${POLICY_STATIC-}" ] || skip 'POLICY_STATIC names no release build'
	BUILD=$POLICY_STATIC
}

# harmless COMMAND...: under it the good push may be refused, the bad one is never accepted; $status and $output are the
# good one's.
harmless() {
	status=0
	output=$(hook_under "$@" <<<"$BAD" 2>&1) || status=$?
	[ "$status" -ne 0 ] || fail "accepted: $*"
	status=0
	output=$(hook_under "$@" <<<"$GOOD" 2>&1) || status=$?
	[ "$status" -ne 1 ] || fail "rejected: $*"
	# What has no room to start at all cannot be run, or is killed; git takes either for a no.
	[ "$status" -eq 0 ] || [ "$status" -ge 127 ] || grep -q -e undecided -e 'could not decide' <<<"$output" ||
		fail "no reason: $*"
}

# starves OPTION LOW STEP ENOUGH TEXT: from the least that lets it say anything up to what is enough, which is found.
starves() {
	local option=$1 at said=
	for ((at = $2; at <= $4; at += $3)); do
		harmless prlimit "--$option=$at"
		! grep -qF -e "$5" <<<"$output" || said=1
	done
	[ "$status" -eq 0 ] || fail "--$option=$4 is not enough"
	[ -n "$said" ] || fail "not said under any --$option: $5"
}

@test "case 87: too little memory" {
	release_build
	starves data 200000 120000 1400000 'undecided: out of memory; nothing was accepted'
	starves as 3200000 200000 6400000 'undecided: out of memory; nothing was accepted'
}

@test "case 87: too little stack" {
	release_build
	starves stack 12288 16384 143360 'undecided: the limit on the stack was hit; nothing was accepted'
}

@test "case 87: too few open files" {
	release_build
	starves nofile 0 2 24 'undecided: the limit on open files was hit; nothing was accepted'
}

@test "case 87: no file may grow, no process may be made, nothing may be locked" {
	harmless prlimit --fsize=0
	[ "$status" -eq 0 ]
	harmless prlimit --nproc=0
	[ "$status" -eq 0 ]
	harmless prlimit --memlock=0
	[ "$status" -eq 0 ]
}

@test "case 87: no processor time" {
	# The system kills without a word; and it need not, for a run that takes next to none.
	harmless prlimit --cpu=0
	harmless prlimit --cpu=1
	harmless prlimit --cpu=2:2
	[ "$status" -eq 0 ]
}

@test "case 87: killed in the middle, as by the system that runs out of memory" {
	local pipe=$BATS_TEST_TMPDIR/updates
	mkfifo "$pipe"
	hook_under env <"$pipe" &
	exec 8>"$pipe"
	sleep 0.1
	kill -KILL "$(hook_waiting)"
	status=0
	wait $! || status=$?
	exec 8>&-
	[ "$status" -eq 137 ]
}

# hook_waiting: the process of the hook that waits for its updates.
hook_waiting() {
	local folder
	for folder in /proc/[0-9]*; do
		if [ "$(readlink "$folder/cwd")" = "$(realpath "$SERVER")" ] &&
			[ "$(readlink "$folder/exe")" = "$(realpath "$BUILD/hooks/pre-receive")" ]; then
			printf '%s\n' "${folder#/proc/}"
		fi
	done
}

@test "a hook limits itself before it reads anything" {
	release_build
	local pipe=$BATS_TEST_TMPDIR/updates process
	mkfifo "$pipe"
	hook_under env <"$pipe" &
	exec 8>"$pipe"
	until process=$(hook_waiting) && [ -n "$process" ] && grep -q 'NoNewPrivs:.*1' "/proc/$process/status"; do
		sleep 0.05
	done
	sleep 0.1
	output=$(cat "/proc/$process/limits")
	assert_said 'Max cpu time              60 ' 'Max data size             1073741824 ' 'Max core file size        0 '
	printf '%s\n' "$GOOD" >&8
	exec 8>&-
	wait $!
}

@test "case 82: each of the standard descriptors closed, in every combination" {
	local closed verdict
	for verdict in "0 $GOOD" "1 $BAD"; do
		for closed in '' '0<&-' '1>&-' '2>&-' '0<&- 1>&-' '0<&- 2>&-' '1>&- 2>&-' '0<&- 1>&- 2>&-'; do
			status=0
			(eval "hook_under $closed") <<<"${verdict#* }" || status=$?
			case $closed in
			0*) [ "$status" -eq 1 ] ;; # there are no updates
			*) [ "$status" -eq "${verdict%% *}" ] ;;
			esac || fail "exit code $status with: ${closed:-none closed}, $verdict"
		done
	done
}

@test "the deadline of a policy ends a run that takes longer" {
	local lock
	printf '\n[audit]\nfile = policy/audit.jsonl\n' >>"$SERVER/policy/policy.ini"
	sed -i 's/^version = 1$/&\ndeadline = 1s/' "$SERVER/policy/policy.ini"
	exec {lock}>>"$SERVER/policy/audit.jsonl"
	flock "$lock"
	run hook pre-receive <<<"$GOOD"
	exec {lock}>&-
	[ "$status" -eq 2 ]
	assert_said 'undecided: the deadline of 1 s passed, waiting for the audit file, which another process keeps locked; nothing was accepted'
}

# cut_short STORE: an object comes to be there, and its file is cut short in one place after another.
cut_short() {
	local next file at size begun=$SECONDS
	policy_replace <<-'POLICY'
		[commit]
		format = conventional
		[branch "**"]
	POLICY
	next=$(commit "feat: $(printf 'word %.0s' {1..90})" "$ROOT_COMMIT")
	git -C "$1" -c fetch.unpackLimit=1000 fetch -q "$CLIENT" "$next"
	file=$1/objects/${next:0:2}/${next:2}
	chmod u+w "$file"
	cp "$file" "$BATS_TEST_TMPDIR/whole"
	size=$(stat -c %s "$file")
	run hook pre-receive <<<"$ZERO $next refs/heads/topic"
	[ "$status" -eq 0 ]
	for at in 0 1 2 20 40 60 100 $((size - 20)) $((size - 4)) $((size - 1)); do
		head -c "$at" "$BATS_TEST_TMPDIR/whole" >"$file"
		run hook pre-receive <<<"$ZERO $next refs/heads/topic"
		[ "$status" -eq 2 ] || fail "exit code $status with the first $at bytes"
		assert_said 'its file is cut short'
	done
	[ $((SECONDS - begun)) -lt 30 ] || fail 'it took its time'
}

@test "an object whose file was cut short is told at once" {
	cut_short "$SERVER"
}

@test "so it is in a store that is borrowed from" {
	git init -q --bare "$BATS_TEST_TMPDIR/lender.git"
	realpath --relative-to="$SERVER/objects" "$BATS_TEST_TMPDIR/lender.git/objects" >"$SERVER/objects/info/alternates"
	cut_short "$BATS_TEST_TMPDIR/lender.git"
}

@test "what git finds in a damaged repository is asked of git fsck; the object is named once" {
	local pack at
	echo rubbish >"$SERVER/refs/heads/base"
	run hook pre-receive <<<"$ROOT_COMMIT $ZERO refs/heads/base"
	[ "$status" -eq 2 ] || fail "exit code $status"
	assert_said 'corrupted loose reference file: refs/heads/base; git fsck tells what is damaged'
	echo "$ROOT_COMMIT" >"$SERVER/refs/heads/base"
	git -C "$SERVER" repack -adq
	pack=$(find "$SERVER/objects/pack" -name '*.pack')
	at=$(git verify-pack -v "$pack" | awk -v id="$ROOT_COMMIT" '$1 == id { print $5 }')
	chmod u+w "$pack"
	head -c 8 /dev/zero | tr '\0' '\377' | dd of="$pack" bs=1 seek=$((at + 4)) conv=notrunc status=none
	run hook pre-receive <<<"$GOOD"
	[ "$status" -eq 2 ] || fail "exit code $status"
	assert_said "could not decide: cannot read object $ROOT_COMMIT: " '; git fsck tells what is damaged'
}

# mounted MOUNT-COMMAND: pre-receive, where something is mounted that nobody else sees; standard input is the caller's.
mounted() {
	unshare -m true 2>/dev/null || skip 'this user may not mount'
	run hook_under unshare -m bash -c "cd / && { $1; } && cd \"\$1\" && shift && exec \"\$@\"" - "$SERVER"
}

@test "case 89: a repository that nobody may write to is judged all the same" {
	local readonly="mount --bind '$SERVER' '$SERVER' && mount -o remount,bind,ro '$SERVER'"
	mounted "$readonly" <<<"$GOOD"
	[ "$status" -eq 0 ]
	mounted "$readonly" <<<"$BAD"
	[ "$status" -eq 1 ]
}

@test "case 86: a disk that is full stops what has to be written down, and nothing else" {
	local disk=$BATS_TEST_TMPDIR/disk full
	mkdir "$disk"
	full="mount -t tmpfs -o size=64k none '$disk'; touch '$disk/audit.jsonl'; cat /dev/zero >'$disk/filler' 2>/dev/null; true"
	printf '\n[audit]\nfile = %s/audit.jsonl\n' "$disk" >>"$SERVER/policy/policy.ini"
	mounted "$full" <<<"$BAD"
	[ "$status" -eq 1 ]
	mounted "$full" <<<"$GOOD"
	[ "$status" -eq 0 ]
	assert_said 'warning: audit: ' 'No space left on device'
	echo 'required = yes' >>"$SERVER/policy/policy.ini"
	mounted "$full" <<<"$GOOD"
	[ "$status" -eq 2 ]
	assert_said 'No space left on device'
}

@test "where git finds no place to merge in, it is said why, and nothing is asked of the merge" {
	policy_replace <<-'POLICY'
		[branch "main"]
		push = anyone
		direct = deny
		[branch "**"]
	POLICY
	local ours theirs merge place='cannot make a repository to merge in, below /tmp: ' bytes
	ours=$(commit_file 'feat: ours' "$ROOT_COMMIT" a ours)
	theirs=$(commit_file 'feat: theirs' "$ROOT_COMMIT" a theirs)
	merge=$(commit 'a merge by hand' "$ours" "$theirs")
	server_set refs/heads/main "$ours" refs/heads/topic "$theirs" refs/heads/fresh "$merge"
	git -C "$SERVER" update-ref -d refs/heads/fresh
	run hook pre-receive <<<"$ours $merge refs/heads/main"
	assert_said 'gives a conflict in a' 'wanted: a merge that git makes by itself'
	# Of what the repository needs the first file, then its first object, is more than a file may have.
	for bytes in 0 70; do
		run hook_under prlimit --fsize=$bytes <<<"$ours $merge refs/heads/main"
		[ "$status" -eq 2 ] || fail "exit code $status"
		assert_said "$place" 'File too large'
		assert_not_said wanted
	done
	mounted 'mount --bind /tmp /tmp && mount -o remount,bind,ro /tmp' <<<"$ours $merge refs/heads/main"
	[ "$status" -eq 2 ]
	assert_said "${place}Read-only file system"
	assert_not_said wanted
}

# slow_hook SECONDS: pre-receive gets its updates that late.
slow_hook() {
	mv "$SERVER/hooks/pre-receive" "$SERVER/hooks/judge"
	printf '%s\n' '#!/bin/sh' "(sleep $1; cat) | exec \"\${0%/*}/judge\"" >"$SERVER/hooks/pre-receive"
	chmod 755 "$SERVER/hooks/pre-receive"
}

@test "work that takes longer than a second shows that it goes on, on one line" {
	push_ok erin "$ROOT_COMMIT:quick"
	assert_not_said 'objects read'
	slow_hook 1.1
	push_ok erin "$ROOT_COMMIT:slow"
	grep -q $'git-policy: objects read: [0-9]*, 1 s *\r' <<<"$output" || fail 'no line of progress'
	# What is found has lines of its own.
	push_refused erin "$ROOT_COMMIT:main"
	assert_rule push
	push_refused erin -o policy.format=json "$ROOT_COMMIT:main"
	assert_not_said 'objects read'
}

@test "nobody is shown progress by a command whose errors go to no terminal" {
	output=$( (sleep 1.1; echo 'feat: a message') | git_policy -C "$SERVER" check-message - 2>&1)
	assert_not_said 'objects read'
}
