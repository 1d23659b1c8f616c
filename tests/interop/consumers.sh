# Sourced by run.sh: clients of the consumer protocol (group.protocol=consumer), each with a broker of its own.
runConfluentConsumers() {
    "$peersDirectory/confluent-$confluentVersion/bin/python" tests/interop/clients/confluent_consumers.py "$1"
}
checkConsumers() {
    echo "== The consumer protocol"
    fetchPeer kafka-4 &&
        check "Java consumers share, go, come back and subscribe by pattern" \
            withBroker "$millraced" javaProgram kafka-4 Consumers
    fetchConfluent && check "confluent-kafka's consumers share, go and come back" \
        withBroker "$millraced" runConfluentConsumers
}
