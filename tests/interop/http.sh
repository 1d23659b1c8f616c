# Sourced by run.sh: our http sink into the http source of a real Flume.
echo "== Events over HTTP into Apache Flume"
dir=$work/http
port=$(freePort)
mkdir -p "$dir/out"
seq 1 300 | sed 's/.*/[{"headers":{},"body":"seq=&"}]/' >"$dir/lines"
cat >"$dir/agents.conf" <<CONF
ours.sources = lines
ours.channels = c
ours.sinks = k
ours.sources.lines.type = exec
ours.sources.lines.command = cat lines
ours.sources.lines.channels = c
ours.channels.c.type = memory
ours.channels.c.capacity = 1000
ours.sinks.k.type = http
ours.sinks.k.endpoint = http://127.0.0.1:$port/
ours.sinks.k.contentTypeHeader = application/json
ours.sinks.k.rollback.2XX = false
ours.sinks.k.channel = c
theirs.sources = in
theirs.channels = c
theirs.sinks = files
theirs.sources.in.type = http
theirs.sources.in.bind = 127.0.0.1
theirs.sources.in.port = $port
theirs.sources.in.channels = c
theirs.channels.c.type = memory
theirs.channels.c.capacity = 1000
theirs.sinks.files.type = file_roll
theirs.sinks.files.sink.directory = out
theirs.sinks.files.sink.batchSize = 1
theirs.sinks.files.channel = c
CONF
# Ours comes first: what nobody answers stays.
"$millraced" run "$dir/agents.conf" --dir "$dir" --only ours 2>"$dir/ours.log" & pids+=($!)
pids+=("$(startFlume "$dir" theirs "$dir/agents.conf")")
check "Flume's http source has what our http sink was given" waitFor atLeast "$dir/out" 300
onceEach() { [ "$(find "$dir/out" -type f -exec cat {} + | wc -l)" = 300 ]; }
check "  each once" onceEach
stopAll
