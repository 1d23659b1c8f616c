# Sourced by run.sh: our irc sink at a real server of IRC, ngIRCd.

echo "== Our irc sink at ngIRCd"
millrace_install ngircd
dir=$work/irc
mkdir -p "$dir"
port=$(freePort)
cat >"$dir/ngircd.conf" <<CONF
[Global]
Name = irc.example
Listen = 127.0.0.1
Ports = $port
ServerUID = $(id -u)
[Options]
Ident = no
DNS = no
PAM = no
CONF
/usr/sbin/ngircd --nodaemon --config "$dir/ngircd.conf" >"$dir/ngircd.log" 2>&1 & pids+=($!)
waitForPort "$port"
python3 tests/interop/irc_listener.py 127.0.0.1 "$port" "#logs" >"$dir/heard" 2>"$dir/listener.log" & pids+=($!)
waitFor grep -q joined "$dir/heard"
printf '%s\n' "c.sources = s" "c.channels = m" "c.sinks = i" c.sources.s.type=seq c.sources.s.totalEvents=20 \
    c.sources.s.channels=m c.channels.m.type=memory c.sinks.i.type=irc c.sinks.i.channel=m c.sinks.i.hostname=127.0.0.1 \
    c.sinks.i.port="$port" c.sinks.i.nick=listener c.sinks.i.chan=logs >"$dir/c.conf"
(cd "$dir" && exec "$millraced" agent -n c -f c.conf) 2>"$dir/ours.log" & pids+=($!)
inOrder() { [ "$(grep -E '^[0-9]+$' "$dir/heard" | paste -sd' ')" = "$(seq -s' ' 0 19)" ]; }
check "twenty events are said, each once and in their order" waitFor inOrder
check "a taken nickname got an underscore" grep -q 'listener_ is used' "$dir/ours.log"
stopAll
