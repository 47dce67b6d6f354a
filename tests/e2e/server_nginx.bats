# server_nginx: nginx and fcgiwrap as install/servers/nginx sets them up.
load http

setup_file() {
	http_world
	http_recipe nginx/git-policy.conf "s|/run/git-http.sock|$HTTP/run/http.sock|"
	server_start nginx_serve
}

teardown_file() {
	server_stop
}

# What systemd makes of git-http.socket and git-http.service. fcgiwrap's own processes would outlive it, so there are
# three with one each.
runner_serve() {
	local runner
	read -ra runner < <(sed -n 's/^ExecStart=//p' "$ROOT/install/servers/nginx/git-http.service")
	http_environment
	server_exec "${ENVIRONMENT[@]}" perl -MIO::Socket::UNIX -e '
		my $mask = umask 0177;
		my $socket = IO::Socket::UNIX->new(Listen => 16, Local => shift) or die "no socket: $!";
		umask $mask;
		open STDIN, "<&", $socket or die "$!";
		my @all = map { fork || exec qw(setpriv --pdeathsig KILL), @ARGV } 1 .. 3;
		$SIG{TERM} = sub { kill KILL => @all };
		1 while wait > 0' "$HTTP/run/http.sock" "${runner[@]}" -c 1
}

# What surrounds the recipe says the opposite of it wherever it can.
nginx_serve() {
	local run=$HTTP/run
	runner_serve &
	echo $! >>"$BATS_FILE_TMPDIR/server.pids"
	cat >"$HTTP/nginx.conf" <<-CONF
		daemon off;
		pid $run/nginx.pid;
		worker_processes 1;
		events {}
		http {
			access_log off;
			client_body_temp_path $run/body;
			fastcgi_temp_path $run/fastcgi;
			proxy_temp_path $run/proxy;
			scgi_temp_path $run/scgi;
			uwsgi_temp_path $run/uwsgi;
			underscores_in_headers on;
			client_max_body_size 1k;
			fastcgi_read_timeout 1s;
			server {
				listen 127.0.0.1:$PORT;
				include $HTTP/closed.conf;
			}
			server {
				listen 127.0.0.2:$PORT;
				include $HTTP/open.conf;
			}
		}
	CONF
	server_exec nginx -e stderr -p "$run" -c "$HTTP/nginx.conf"
}

@test "nginx: what the policy allows gets in; a refusal is told in full, and leaves nothing behind" {
	http_judges
}

@test "nginx: who pushes is whose password was given" {
	http_identifies
}

@test "nginx: without the right password nothing is read or changed, and nothing but git is served" {
	http_asks_for_passwords
}

@test "nginx: nothing else that a client sends makes it somebody" {
	http_believes_nobody
}

@test "nginx: a password under a name that the policy does not know is nobody's" {
	http_knows_nobody_else
}

@test "nginx: a large push, sent in pieces" {
	http_takes_much
}

@test "nginx: a deadline that passes is told" {
	http_waits
}

@test "nginx: where everybody may read, a claimed name still is nobody" {
	http_lets_everybody_read
}
