#!/usr/bin/env bash
# Real Apache Flume and real Apache Kafka against ours, on loopback. Called by ./test.sh --interop from the repository.
set -uo pipefail
cd "$(dirname "$0")/../.."
. installer/dependencies.sh
millrace_install python3 python3-venv maven default-jdk-headless kcat
. tests/interop/peers.sh
fetchPeer kafka && fetchPeer flume || { echo "Maven does not answer: the peers could not be fetched" >&2; exit 1; }

. tests/interop/checks.sh
millraced=$PWD/build/dev/bin/millraced
# example NAME DIR : a copy of the example with ports of its own, and the directories that Flume expects to exist
example() {
    local from=resources/examples/$1.conf to=$2/$1.conf port
    mkdir -p "$2"
    cp "$from" "$to"
    for port in $(grep -oE '\b(9092|4[14][0-9]{3})\b' "$from" | sort -u); do
        sed -i -E "s/\b$port\b/$(freePort)/g" "$to"
    done
    (cd "$2" && mkdir -p logs state $(grep -oE 'directory = \S+' "$1.conf" | cut -d' ' -f3 | sort -u))
    echo "$to"
}
# countIn DIR : how many different events are in the files below
countIn() { find "$1" -type f -exec cat {} + 2>/dev/null | grep -oE 'seq"?[=:] ?[0-9]+' | sort -u | wc -l; }
atLeast() { [ "$(countIn "$1")" -ge "$2" ]; }
withoutGap() { # every number from the first to the last is there
    find "$1" -type f -exec cat {} + | grep -oE 'seq"?[=:] ?[0-9]+' | grep -oE '[0-9]+' | sort -un |
        awk 'NR > 1 && $1 != last + 1 { gaps++ } { last = $1 } END { exit gaps > 0 || NR == 0 }'
}
# allThere DIR : stops the traffic and, once nothing comes any more, asks for gaps. Records under way are not missing yet.
allThere() {
    local count=-1
    kill "$traffic"
    wait "$traffic" 2>/dev/null
    while [ "$count" != "$(countIn "$1")" ]; do count=$(countIn "$1"); sleep 3; done
    withoutGap "$1"
}
startTraffic() { # startTraffic DIR FILE : a process of its own, which may end before the others
    "$millraced" run "$2" --dir "$1" --only visitors 2>"$1/traffic.log" & traffic=$!
    pids+=("$traffic")
}

echo "== Apache Flume runs weblog.conf unchanged, our broker and our traffic beside it"
file=$(example weblog "$work/flume-weblog")
dir=$(dirname "$file")
"$millraced" run "$file" --dir "$dir" --only local 2>"$dir/ours.log" & pids+=($!)
for agent in web store; do pids+=("$(startFlume "$dir" $agent "$file")"); done
startTraffic "$dir" "$file"
check "lines from Flume's TAILDIR reach Flume's file_roll through our topic" waitFor atLeast "$dir/out" 500
check "none is missing in between" allThere "$dir/out"
stopAll

for name in one-agent chain fan-out failover load-balance aggregation peak-shaving durable; do
    file=$(example $name "$work/flume-$name")
    dir=$(dirname "$file")
    beside=$(grep -oE '^#@ (cluster|traffic)\.[^. ]+' "$file" | sed -E 's/.*\.//' | sort -u | paste -sd,)
    for agent in $(grep -oE '^[A-Za-z0-9]+\.sources ' "$file" | cut -d. -f1); do pids+=("$(startFlume "$dir" "$agent" "$file")"); done
    sleep 3 # Flume's listeners come up
    "$millraced" run "$file" --dir "$dir" --only "$beside" 2>"$dir/ours.log" & pids+=($!)
    if [ $name = one-agent ]; then
        logged() { grep -q 'LoggerSink Event' "$dir/flume-edge.log"; }
        check "Apache Flume runs $name.conf and logs events" waitFor logged
    else
        check "Apache Flume runs $name.conf and files events" waitFor atLeast "$dir/out" 200
    fi
    stopAll
done

echo "== What check says that Apache Flume keeps, and what it does keep"
sameVerdicts() { python3 tests/interop/flume/verdicts.py "$millraced" "$peersDirectory/flume/lib" "$work/verdicts"; }
check "the same parts of 37 agents" sameVerdicts

. tests/interop/sources.sh
. tests/interop/examples.sh
. tests/interop/hops.sh
. tests/interop/jms.sh
. tests/interop/irc.sh

echo "== Our agents against Apache Kafka"
file=$(example weblog "$work/kafka-weblog")
dir=$(dirname "$file")
port=$(sed -nE 's/.*local.listen = 127.0.0.1:([0-9]+)/\1/p' "$file")
pids+=("$(startKafka "$work/kafka" "$port")")
waitForPort "$port"
"$millraced" run "$file" --dir "$dir" --only web,store 2>"$dir/ours.log" & pids+=($!)
startTraffic "$dir" "$file"
check "lines go through Apache Kafka and come back" waitFor atLeast "$dir/out" 500
check "  nothing missing" allThere "$dir/out"
stopAll

echo "== Java clients against our broker"
dir=$work/java
mkdir -p "$dir"
"$millraced" broker --listen 127.0.0.1:0 --dir "$dir/data" >"$dir/address" 2>"$dir/ours.log" & pids+=($!)
waitFor test -s "$dir/address"
address=$(cat "$dir/address")
kafkaTool() { java -Xmx256m -cp "$peersDirectory/kafka/lib/*" "$@" 2>>"$dir/java.log"; }
created() { kafkaTool org.apache.kafka.tools.TopicCommand --bootstrap-server "$address" --create --topic java --partitions 3 --replication-factor 1 >>"$dir/java.log"; }
check "TopicCommand creates a topic" created
produced() { kafkaTool org.apache.kafka.tools.ProducerPerformance --topic java --num-records 20000 --record-size 100 --throughput -1 --producer-props bootstrap.servers="$address" enable.idempotence=true acks=all compression.type=zstd | grep -q '^20000 records sent'; }
check "the Java producer (idempotent, zstd) sends 20,000 records" produced
consumed() { [ "$(kafkaTool org.apache.kafka.tools.consumer.ConsoleConsumer --bootstrap-server "$address" --topic java --from-beginning --group java --max-messages 20000 --timeout-ms 60000 | wc -l)" = 20000 ]; }
check "the Java consumer reads them all in a group" consumed
described() { kafkaTool org.apache.kafka.tools.consumer.group.ConsumerGroupCommand --bootstrap-server "$address" --describe --group java | grep -q java; }
check "ConsumerGroupCommand describes the group" described

echo "== kcat and kafka-python against the same broker"
counted() { [ "$(kcat -q -b "$address" -C -t java -e -o beginning 2>>"$dir/kcat.log" | wc -l)" = 20000 ]; }
check "kcat reads what Java wrote" counted
python=$peersDirectory/python
pythonReady() { [ -x "$python/bin/python" ] || { python3 -m venv "$python" && "$python/bin/pip" install -q kafka-python==2.0.2; } >>"$dir/pip.log" 2>&1; }
check "kafka-python 2.0.2 is there" pythonReady
pythonGroup() { "$python/bin/python" tests/interop/group.py "$address" >>"$dir/python.log" 2>&1; }
check "kafka-python produces, and two members of a group share the topic" pythonGroup
stopAll

. tests/interop/http.sh
. tests/interop/search.sh

echo "== Today's clients of other languages, each with a broker of its own"
. tests/interop/clients.sh
client() { # client NAME TEXT
    "fetch$1" && check "$2" withBroker "$millraced" "run$1"
}
client Confluent "confluent-kafka $confluentVersion"
client Kafkajs "kafkajs"
client Sarama "sarama"
client Franz "franz-go"
client Rdkafka "rdkafka"

check "our hdfs sink and Flume's in a real HDFS" tests/interop/hdfs.sh
. tests/interop/transactions.sh
checkTransactions
. tests/interop/consumers.sh
checkConsumers
. tests/interop/companions.sh
. tests/interop/rights.sh
checkRights
. tests/interop/secure.sh
checkSecure

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
