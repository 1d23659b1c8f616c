# Sourced by run.sh: our jms source at Apache ActiveMQ Artemis, over AMQP 1.0, fed by Qpid's client of JMS.

artemis=$peersDirectory/artemis
jmsClient=$peersDirectory/jms_client
jmsReady() {
    fetchPeer artemis && fetchPeer jms_client &&
        javac -d "$artemis/classes" -cp "$artemis/lib/*" tests/interop/artemis/*.java &&
        javac -d "$jmsClient/classes" -cp "$jmsClient/lib/*" tests/interop/jms_client/*.java
}
# startArtemis DIR PORT : keeps its messages in DIR
startArtemis() {
    mkdir -p "$1"
    cat >"$1/broker.xml" <<XML
<configuration xmlns="urn:activemq"><core xmlns="urn:activemq:core">
  <journal-type>NIO</journal-type>
  <paging-directory>$1/paging</paging-directory><bindings-directory>$1/bindings</bindings-directory>
  <journal-directory>$1/journal</journal-directory><large-messages-directory>$1/large</large-messages-directory>
  <acceptors><acceptor name="amqp">tcp://127.0.0.1:$2?protocols=AMQP</acceptor></acceptors>
  <security-settings><security-setting match="#">
    <permission type="createNonDurableQueue" roles="all"/><permission type="deleteNonDurableQueue" roles="all"/>
    <permission type="createDurableQueue" roles="all"/><permission type="deleteDurableQueue" roles="all"/>
    <permission type="createAddress" roles="all"/><permission type="deleteAddress" roles="all"/>
    <permission type="consume" roles="all"/><permission type="browse" roles="all"/><permission type="send" roles="all"/>
  </security-setting></security-settings>
  <address-settings><address-setting match="#">
    <auto-create-queues>true</auto-create-queues><auto-create-addresses>true</auto-create-addresses>
    <auto-delete-queues>false</auto-delete-queues><auto-delete-addresses>false</auto-delete-addresses>
  </address-setting></address-settings>
</core></configuration>
XML
    java -Xmx256m -cp "$artemis/classes:$artemis/lib/*" StartBroker "$1/broker.xml" >"$1/artemis.log" 2>&1 & pids+=($!)
    waitForPort "$2"
}
# reader DIR LINE… : starts our agent, which files what the jms source with these properties reads; sets reader
reader() {
    local dir=$1 line
    shift
    mkdir -p "$dir/out"
    echo hush >"$dir/secret"
    {
        printf '%s\n' "c.sources = j" "c.channels = m" "c.sinks = f" c.channels.m.type=memory c.sinks.f.type=file_roll \
            c.sinks.f.sink.directory=out c.sinks.f.channel=m c.sinks.f.sink.serializer.appendNewline=false \
            c.sources.j.type=jms c.sources.j.channels=m c.sources.j.userName=etl c.sources.j.passwordFile=secret \
            c.sources.j.initialContextFactory=org.apache.qpid.jms.jndi.JmsInitialContextFactory \
            c.sources.j.providerURL=amqp://127.0.0.1:"$jmsPort"
        for line in "$@"; do echo "c.sources.j.$line"; done
    } >"$dir/c.conf"
    (cd "$dir" && exec "$millraced" agent -n c -f c.conf) 2>>"$dir/ours.log" & reader=$!
    pids+=($reader)
}
sent() { # sent queue|topic NAME FIRST LAST
    java -Xmx128m -cp "$jmsClient/classes:$jmsClient/lib/*" SendMessages "amqp://127.0.0.1:$jmsPort" "$@" >>"$work/jms.log" 2>&1
}
allOf() { waitFor atLeast "$1" "$2" && withoutGap "$1"; }
onlyEven() { waitFor atLeast "$1" 500 && ! grep -rqE 'seq=[0-9]*[13579]$' "$1"; }
readerStops() { kill -TERM $reader && wait $reader; }

echo "== Our jms source at Apache ActiveMQ Artemis"
check "broker and client are there" jmsReady
jmsPort=$(freePort)
check "the broker starts" startArtemis "$work/artemis" "$jmsPort"
dir=$work/jms-queue
reader "$dir" destinationName=lines destinationType=QUEUE
check "a client of JMS sends 2,000 messages" sent queue lines 1 2000
check "a queue's messages are filed" allOf "$dir/out" 2000
check "the reader stops" readerStops
check "what is sent meanwhile" sent queue lines 2001 3000
reader "$dir" destinationName=lines destinationType=QUEUE
check "  comes when it is back, and nothing is missing" allOf "$dir/out" 3000
readerStops
dir=$work/jms-topic
durable=(destinationName=news destinationType=TOPIC createDurableSubscription=true clientId=millrace
    durableSubscriptionName=lines)
reader "$dir" "${durable[@]}"
subscribed() { sent topic news 1 1 && atLeast "$dir/out" 1; }
check "a topic is subscribed to" waitFor subscribed
readerStops
check "what a durable subscriber misses" sent topic news 1 1000
reader "$dir" "${durable[@]}"
check "  comes when it is back" allOf "$dir/out" 1000
readerStops
dir=$work/jms-selector
check "messages of two kinds" sent queue numbers 1 1000
reader "$dir" destinationName=numbers destinationType=QUEUE "messageSelector=parity = 'even'"
check "  of which a selector takes one" onlyEven "$dir/out"
stopAll
