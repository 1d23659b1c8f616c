# Sourced by the interop tests and the benchmarks: fetches Apache Kafka and Apache Flume with Maven, once, and starts
# them on loopback.
peersDirectory=${MILLRACE_PEERS:-$PWD/build/peers}

# fetchPeer NAME : the jars of tests/interop/NAME/pom.xml into build/peers/NAME/lib
fetchPeer() {
    local lib=$peersDirectory/$1/lib
    [ -f "$lib/.complete" ] && return 0
    mkdir -p "$lib"
    mvn -q -B -f "tests/interop/$1/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$lib" >&2 &&
        touch "$lib/.complete"
}

# startKafka DIR PORT : prints the pid; DIR is made, the controller listens on PORT + 1
startKafka() {
    local dir=$1 port=$2 lib=$peersDirectory/kafka/lib
    mkdir -p "$dir"
    cat >"$dir/server.properties" <<PROPERTIES
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$((port + 1))
listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$((port + 1))
advertised.listeners=PLAINTEXT://127.0.0.1:$port
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
log.dirs=$dir/data
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=true
PROPERTIES
    [ -d "$dir/data" ] || java -cp "$lib/*" kafka.tools.StorageTool format -t AAAAAAAAAAAAAAAAAAAAAQ \
        -c "$dir/server.properties" >"$dir/format.log" 2>&1
    java ${KAFKA_HEAP:--Xmx1g} -cp "$lib/*" kafka.Kafka "$dir/server.properties" >"$dir/kafka.log" 2>&1 &
    echo $!
}

# startFlume DIR AGENT FILE [MONITORING_PORT] : prints the pid; runs in DIR
startFlume() {
    local lib=$peersDirectory/flume/lib log4j=$PWD/tests/interop/flume/log4j2.xml
    (
        cd "$1" || exit 1
        exec java ${FLUME_HEAP:--Xmx512m} -Dlog4j.configurationFile="$log4j" \
            ${4:+-Dflume.monitoring.type=http -Dflume.monitoring.port=$4} \
            -cp "$lib/*" org.apache.flume.node.Application -n "$2" -f "$3" --no-reload-conf >"$1/flume-$2.log" 2>&1
    ) &
    echo $!
}

# waitForPort PORT : until something listens there, at most a minute
waitForPort() {
    local try
    for try in $(seq 600); do
        (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
        sleep 0.1
    done
    echo "nothing listens on port $1" >&2
    return 1
}
