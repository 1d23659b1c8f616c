# Sourced by run.sh: Kafka 4.1's own tools make rules and quotas on our broker, meet them, and find them after a start.
tool() { # tool CLASS ARGUMENT… : asks the broker at $rightsAddress
    local class=$1
    shift
    java -Xmx256m -cp "$peersDirectory/kafka-4-tools/lib/*" "$class" --bootstrap-server "$rightsAddress" "$@" 2>>"$work/rights.log"
}
acls() { tool org.apache.kafka.tools.AclCommand "$@"; }
configs() { tool kafka.admin.ConfigCommand "$@"; }
topics() { tool org.apache.kafka.tools.TopicCommand "$@"; }
startWithRights() {
    rm -f "$work/rights-address"
    mkfifo "$work/rights-address"
    "$millraced" broker --listen "127.0.0.1:$rightsPort" --dir "$work/rights" \
        --config authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer \
        --config allow.everyone.if.no.acl.found=true >"$work/rights-address" 2>>"$work/rights-broker.log" &
    pids+=($!)
    read -r rightsAddress <"$work/rights-address"
}
rulesAreMade() {
    topics --create --topic open && topics --create --topic secret || return 1
    # What a rule is about is closed to all whom none lets in, so records come first.
    printf 'hello\n' | kcat -b "$rightsAddress" -P -t open && printf 'hello\n' | kcat -b "$rightsAddress" -P -t secret || return 1
    acls --add --deny-principal User:ANONYMOUS --operation Read --topic secret >/dev/null &&
        acls --add --allow-principal User:alice --producer --topic orders- --resource-pattern-type prefixed >/dev/null &&
        acls --list --topic orders-7 --resource-pattern-type match | grep -q 'name=orders-, patternType=PREFIXED'
}
read1() { # read1 TOPIC
    timeout 60 java -Xmx256m -cp "$peersDirectory/kafka-4-tools/lib/*" org.apache.kafka.tools.consumer.ConsoleConsumer \
        --bootstrap-server "$rightsAddress" --topic "$1" --from-beginning --max-messages 1 --timeout-ms 10000 2>&1
}
rulesAreMet() {
    read1 open | grep -q hello && read1 secret | grep -q TopicAuthorizationException
}
rulesGo() {
    acls --remove --force --deny-principal User:ANONYMOUS --operation Read --topic secret >/dev/null &&
        read1 secret | grep -q hello
}
quotasAreKept() {
    configs --alter --add-config producer_byte_rate=1048576 --entity-type clients --entity-name app >/dev/null &&
        configs --alter --add-config consumer_byte_rate=2048 --entity-type clients --entity-default >/dev/null &&
        configs --describe --entity-type clients --entity-name app | grep -q 'producer_byte_rate=1048576'
}
foundAgain() {
    stopAll
    startWithRights
    acls --list | grep -q orders- && configs --describe --entity-type clients --entity-default | grep -q 'consumer_byte_rate=2048'
}
described() { topics --describe --topic open | grep -q 'PartitionCount: 1'; }
notMoved() {
    tool org.apache.kafka.tools.reassign.ReassignPartitionsCommand --list | grep -q 'No partition reassignments' &&
        tool org.apache.kafka.tools.LeaderElectionCommand --election-type preferred --topic open --partition 0 |
        grep -q 'Valid replica already elected'
}
pythonRules() { "$peersDirectory/python/bin/python" tests/interop/rights.py "$rightsAddress" >>"$work/rights.log" 2>&1; }

checkRights() {
    echo "== Rules and quotas by the tools of Kafka 4.1"
    fetchPeer kafka-4-tools || return 0
    rightsPort=$(freePort)
    startWithRights
    check "kafka-acls makes rules" rulesAreMade
    check "who is denied a topic is told so, and gets the others" rulesAreMet
    check "a rule that is taken away is gone" rulesGo
    check "kafka-configs sets quotas" quotasAreKept
    check "rules and quotas are found after a start" foundAgain
    check "kafka-topics describes topics page by page" described
    check "kafka-reassign-partitions and kafka-leader-election find nothing to do" notMoved
    check "kafka-python makes rules and takes them away" pythonRules
    stopAll
}
