# shellcheck shell=bash
# ssh: OpenSSH's own server and client for the tests of one file, with keys for whoever is named.
load server

# ssh_keys NAME...: a key for each, in $SSH/keys.
ssh_keys() {
	local name
	export SSH=$BATS_FILE_TMPDIR/ssh
	mkdir -p "$SSH/keys"
	for name in host "$@"; do
		ssh-keygen -q -t ed25519 -N '' -C "$name's \"key\"" -f "$SSH/keys/$name"
	done
}

# ssh_start [LINE...]: sshd, as whoever runs the tests, for the keys in $SSH/authorized_keys; it accepts any variable of
# its clients. LINE: further lines of its configuration.
ssh_start() {
	[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
	server_start ssh_serve "$@"
	printf '%s\n' 'Host server' 'HostName 127.0.0.1' "Port $PORT" "User $(id -un)" "UserKnownHostsFile $SSH/known_hosts" \
		'IdentitiesOnly yes' 'IdentityAgent none' 'BatchMode yes' 'LogLevel ERROR' >"$SSH/config"
	printf '[127.0.0.1]:%s %s\n' "$PORT" "$(cut -d' ' -f1,2 "$SSH/keys/host.pub")" >"$SSH/known_hosts"
}

ssh_serve() {
	printf '%s\n' "Port $PORT" 'ListenAddress 127.0.0.1' "HostKey $SSH/keys/host" 'PidFile none' 'StrictModes no' \
		"AuthorizedKeysFile $SSH/authorized_keys" 'UsePAM no' 'PasswordAuthentication no' \
		'PermitRootLogin forced-commands-only' 'AcceptEnv *' 'Subsystem sftp internal-sftp' "$@" >"$SSH/sshd_config"
	server_exec /usr/sbin/sshd -D -e -f "$SSH/sshd_config"
}

# ssh_as NAME [ARGUMENT...]: ssh with NAME's key; git's own calls come through here as well.
ssh_as() {
	ssh -F "$SSH/config" -i "$SSH/keys/$1" "${@:2}"
}

# ssh_command NAME [OPTION...]: what GIT_SSH_COMMAND is to be.
ssh_command() {
	printf '%q ' ssh -F "$SSH/config" -i "$SSH/keys/$1" "${@:2}"
}
