# shellcheck shell=bash
# server: a real server program on a port of loopback for the tests of one file, and its end whatever happens.

port_free() {
	perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport'
}

# server_start COMMAND...: starts it in the background and returns when it answers on $PORT, which was free; for
# setup_file. COMMAND (a function, as a rule) stays in the foreground; what it says is in $BATS_FILE_TMPDIR/server.log.
server_start() {
	local pid
	for _ in 1 2 3; do
		PORT=$(port_free)
		export PORT
		"$@" >>"$BATS_FILE_TMPDIR/server.log" 2>&1 3>&- 4>&- &
		pid=$!
		echo $pid >>"$BATS_FILE_TMPDIR/server.pids"
		! server_answers $pid || return 0
	done
	cat "$BATS_FILE_TMPDIR/server.log" >&2
	return 1
}

server_answers() { # the process that should
	local i
	for ((i = 0; i < 500; i++)); do
		kill -0 "$1" 2>/dev/null || return 1
		! (: <>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null || return 0
		sleep 0.02
	done
	return 1
}

# server_stop: ends all that server_start began; for teardown_file.
server_stop() {
	local pid i
	[ -f "$BATS_FILE_TMPDIR/server.pids" ] || return 0
	while read -r pid; do
		kill "$pid" 2>/dev/null || continue
		for ((i = 0; i < 100; i++)); do
			kill -0 "$pid" 2>/dev/null || continue 2
			sleep 0.02
		done
		kill -KILL "$pid" 2>/dev/null || true
	done <"$BATS_FILE_TMPDIR/server.pids"
}

# server_account: as root a server gets an account of its own, as it has anywhere; sets SERVER_USER, and SERVER_AS,
# which goes before a command, and opens the way to $BATS_FILE_TMPDIR for it.
server_account() {
	SERVER_USER=$(id -un) SERVER_AS=()
	[ "$(id -u)" = 0 ] || return 0
	SERVER_USER=www-data
	SERVER_AS=(setpriv --reuid="$SERVER_USER" --regid="$SERVER_USER" --clear-groups)
	chmod a+x "$BATS_RUN_TMPDIR" "${BATS_FILE_TMPDIR%/*}" "$BATS_FILE_TMPDIR"
}

# server_exec COMMAND...: becomes a server, under that account, and ends with the tests of its file even when these are
# killed.
server_exec() {
	exec "${SERVER_AS[@]}" setpriv --pdeathsig TERM "$@"
}
