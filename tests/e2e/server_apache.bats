# server_apache: Apache as install/servers/apache sets it up.
load http

setup_file() {
	http_world
	mkdir "$HTTP/cgi"
	cp "$ROOT/install/servers/apache/git-http-backend" "$HTTP/cgi"
	http_recipe apache/git-policy.conf "s|/usr/local/lib/git-policy|$HTTP/cgi|"
	server_start apache_serve
}

teardown_file() {
	server_stop
}

# What surrounds the recipe says the opposite of it wherever it can.
apache_serve() {
	local run=$HTTP/run name
	{
		for name in $(sed -n 's/^# *a2enmod \(.*\) ssl &&.*/\1/p' "$ROOT/install/servers/apache/git-policy.conf") \
			mpm_event authn_core authz_core; do
			printf 'LoadModule %s_module /usr/lib/apache2/modules/mod_%s.so\n' "$name" "$name"
		done
		cat <<-CONF
			ServerRoot $run
			ServerName localhost
			DefaultRuntimeDir $run
			PidFile $run/pid
			ErrorLog $run/log
			ScriptSock $run/cgid
			LimitRequestBody 1000
			CGIDScriptTimeout 1s
			Listen 127.0.0.1:$PORT
			Listen 127.0.0.2:$PORT
			StartServers 1
			PassEnv PATH ${SANITIZE[*]%%=*}
			<VirtualHost 127.0.0.1:$PORT>
				Include $HTTP/closed.conf
			</VirtualHost>
			<VirtualHost 127.0.0.2:$PORT>
				Include $HTTP/open.conf
			</VirtualHost>
		CONF
	} >"$HTTP/apache.conf"
	http_environment
	server_exec "${ENVIRONMENT[@]}" /usr/sbin/apache2 -DFOREGROUND -f "$HTTP/apache.conf"
}

@test "Apache: what the policy allows gets in; a refusal is told in full, and leaves nothing behind" {
	http_judges
}

@test "Apache: who pushes is whose password was given" {
	http_identifies
}

@test "Apache: without the right password nothing is read or changed, and nothing but git is served" {
	http_asks_for_passwords
}

@test "Apache: nothing else that a client sends makes it somebody" {
	http_believes_nobody
}

@test "Apache: a password under a name that the policy does not know is nobody's" {
	http_knows_nobody_else
}

@test "Apache: a large push, sent in pieces" {
	http_takes_much
}

@test "Apache: a deadline that passes is told" {
	http_waits
}

@test "Apache: where everybody may read, a claimed name still is nobody" {
	http_lets_everybody_read
}
