# Sourced: clients of others, in the versions pinned here, fetched once into build/peers. Raise the versions now and then.
confluentVersion=2.16.1
peersDirectory=${MILLRACE_PEERS:-$PWD/build/peers}

# fetchConfluent : fails, and says why, where PyPI does not answer
fetchConfluent() {
    local directory=$peersDirectory/confluent-$confluentVersion
    [ -f "$directory/.complete" ] && return 0
    mkdir -p "$peersDirectory"
    { python3 -m venv "$directory" &&
        "$directory/bin/pip" install -q --disable-pip-version-check --retries 1 "confluent-kafka==$confluentVersion"; } >&2 &&
        touch "$directory/.complete" && return 0
    echo "Skipped: confluent-kafka $confluentVersion, since it could not be fetched from PyPI" >&2
    return 1
}
runConfluent() { "$peersDirectory/confluent-$confluentVersion/bin/python" tests/interop/clients/confluent.py "$1"; }

# The other clients are programs of this folder in their ecosystem's way; fetchClient copies NAME out of it and runs
# COMMAND… there. Fails, and says so, where its registry does not answer.
fetchClient() {
    local name=$1 registry=$2 directory=$peersDirectory/clients/$1
    shift 2
    mkdir -p "$directory"
    cp -r "tests/interop/clients/$name/." "$directory"
    (cd "$directory" && "$@") >"$directory/fetch.log" 2>&1 && return 0
    tail -n 5 "$directory/fetch.log" >&2
    echo "Skipped: $name, since it could not be fetched from $registry or built" >&2
    return 1
}
# Debian 12's Go is older than what the modules ask for; the proxy serves the toolchain as well.
fetchKafkajs() { fetchClient kafkajs "the npm registry" npm install --silent --no-audit --no-fund; }
fetchSarama() { fetchClient sarama "the Go proxy" go build -o client .; }
fetchFranz() { fetchClient franz "the Go proxy" go build -o client .; }
# With the librdkafka that the crate brings, which is newer than the system's; it asks for no OpenSSL that way.
fetchRdkafka() { fetchClient rdkafka "crates.io" cargo build --quiet --locked; }
runKafkajs() { node "$peersDirectory/clients/kafkajs/client.js" "$1"; }
runSarama() { "$peersDirectory/clients/sarama/client" "$1"; }
runFranz() { "$peersDirectory/clients/franz/client" "$1"; }
runRdkafka() { "$peersDirectory/clients/rdkafka/target/debug/millrace-rdkafka" "$1"; }

# withBroker MILLRACED COMMAND… : runs the command with the address of a new broker behind it
withBroker() (
    work=$(mktemp -d)
    mkfifo "$work/address"
    "$1" broker --listen 127.0.0.1:0 --dir "$work/data" >"$work/address" 2>"$work/log" &
    broker=$!
    trap 'kill $broker 2>/dev/null; wait $broker 2>/dev/null; rm -rf "$work"' EXIT
    read -r address <"$work/address"
    shift
    "$@" "$address" || { sed 's/^/broker: /' "$work/log" >&2; exit 1; }
)
