# Sourced by run.sh: transactions of Java clients, each with a broker of its own.
javaProgram() { # javaProgram PEER PROGRAM ADDRESS
    java -Xmx512m -cp "$peersDirectory/$1/lib/*" "tests/interop/kafka/$2.java" "$3" >>"$work/java-$1.log" 2>&1 && return 0
    tail -n 30 "$work/java-$1.log" >&2
    return 1
}
checkTransactions() {
    local peer
    echo "== Transactions of Java clients"
    for peer in kafka kafka-4; do
        fetchPeer $peer && check "records are copied exactly once by $peer" withBroker "$millraced" javaProgram $peer Transactions
    done
    fetchPeer kafka-streams &&
        check "Kafka Streams counts words exactly once" withBroker "$millraced" javaProgram kafka-streams WordCount
}
