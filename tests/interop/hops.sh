# Sourced by run.sh: hops between our agents and Apache Flume's in both directions, and Flume's own clients into ours.

stores=$PWD/tests/tls/data
# carried FILE WORD… : how the hop's bytes travel, at both its ends
carried() {
    local file=$1 how
    shift
    for how in "$@"; do
        case $how in
        deflate) printf '%s\n' web.sinks.to-hub.compression-type=deflate hub.sources.from-web.compression-type=deflate ;;
        thrift | avro) printf '%s\n' web.sinks.to-hub.type="$how" hub.sources.from-web.type="$how" ;;
        binary) printf '%s\n' web.sinks.to-hub.protocol=binary hub.sources.from-web.protocol=binary ;;
        TLS) printf '%s\n' web.sinks.to-hub.ssl=true web.sinks.to-hub.truststore="$stores/trust.jks" \
            web.sinks.to-hub.truststore-password=changeit hub.sources.from-web.ssl=true \
            hub.sources.from-web.keystore="$stores/server.jks" hub.sources.from-web.keystore-password=changeit ;;
        esac
    done >>"$file"
}

echo "== A hop in both directions"
for how in avro "avro deflate" "avro TLS" "avro TLS deflate" thrift "thrift binary" "thrift TLS"; do
    for ours in web hub; do
        theirs=$([ $ours = web ] && echo hub || echo web)
        file=$(example chain "$work/hop-$ours-${how// /-}")
        # shellcheck disable=SC2086
        carried "$file" $how
        dir=$(dirname "$file")
        pids+=("$(startFlume "$dir" $theirs "$file")")
        sleep 2
        "$millraced" run "$file" --dir "$dir" --only $ours 2>"$dir/ours.log" & pids+=($!)
        startTraffic "$dir" "$file"
        check "our agent $ours with Flume's agent $theirs, $how" waitFor atLeast "$dir/out" 500
        check "  nothing missing" allThere "$dir/out"
        stopAll
    done
done

echo "== Flume's own clients into our sources"
# collector DIR TYPE LINE… : starts our agent with two sources of TYPE and files what comes; sets port and secondPort
collector() {
    local dir=$1 type=$2 name line
    shift 2
    mkdir -p "$dir/out"
    port=$(freePort)
    secondPort=$(freePort)
    {
        printf '%s\n' "c.sources = a b" "c.channels = m" "c.sinks = f" c.channels.m.type=memory \
            c.sinks.f.type=file_roll c.sinks.f.sink.directory=out c.sinks.f.channel=m c.sinks.f.sink.serializer.appendNewline=false
        for name in a b; do
            printf '%s\n' "c.sources.$name.type=$type" "c.sources.$name.channels=m" \
                "c.sources.$name.port=$([ $name = a ] && echo "$port" || echo "$secondPort")"
            for line in "$@"; do echo "c.sources.$name.$line"; done
        done
    } >"$dir/c.conf"
    (cd "$dir" && exec "$millraced" agent -n c -f c.conf) 2>"$dir/ours.log" & pids+=($!)
    waitForPort "$port" && waitForPort "$secondPort"
}
clients=$peersDirectory/flume_clients
clientsReady() {
    fetchPeer flume_clients && javac -d "$clients/classes" -cp "$clients/lib/*" tests/interop/flume_clients/*.java
}
fromClient() { # fromClient DIR CLASS ARGUMENT… : sends 1 to 1000, of which none may be missing
    local dir=$1
    shift
    java -Xmx128m -cp "$clients/classes:$clients/lib/*" "$@" >"$dir/client.log" 2>&1 &&
        waitFor atLeast "$dir/out" 1000 && withoutGap "$dir/out"
}
check "the clients are there" clientsReady
for client in default default_failover default_loadbalance thrift; do
    dir=$work/sdk-$client
    collector "$dir" "$([ $client = thrift ] && echo thrift || echo avro)" bind=127.0.0.1
    printf '%s\n' client.type=$client "hosts=h1 h2" hosts.h1=127.0.0.1:"$port" hosts.h2=127.0.0.1:"$secondPort" >"$dir/client.properties"
    [ $client = default_failover ] && sed -i "s/hosts.h1=.*/hosts.h1=127.0.0.1:$(freePort)/" "$dir/client.properties"
    [ $client = thrift ] && sed -i 's/hosts=h1 h2/hosts=h1/' "$dir/client.properties"
    check "the SDK's client $client" fromClient "$dir" SendEvents "$dir/client.properties" 1000
    stopAll
done
dir=$work/log4j
collector "$dir" avro bind=127.0.0.1
check "the appender for Log4j" fromClient "$dir" SendLines 127.0.0.1 "$port" 1000
stopAll
dir=$work/scribe
collector "$dir" org.apache.flume.source.scribe.ScribeSource
check "Scribe's client, as Flume generated it" fromClient "$dir" SendScribe 127.0.0.1 "$port" 1000
stopAll
dir=$work/old-thrift
collector "$dir" org.apache.flume.source.thriftLegacy.ThriftLegacySource host=127.0.0.1
check "the Thrift client of Flume 0.9" fromClient "$dir" SendOldThrift 127.0.0.1 "$port" 1000
stopAll
dir=$work/old-avro
collector "$dir" org.apache.flume.source.avroLegacy.AvroLegacySource host=127.0.0.1
check "the Avro client of Flume 0.9" fromClient "$dir" SendOldAvro 127.0.0.1 "$port" 1000
stopAll

echo "== Our client of lines into Apache Flume's avro source"
dir=$work/avro-client
port=$(freePort)
mkdir -p "$dir/out"
cat >"$dir/a.conf" <<CONF
a.sources = s
a.channels = c
a.sinks = k
a.sources.s.type = avro
a.sources.s.bind = 127.0.0.1
a.sources.s.port = $port
a.sources.s.channels = c
a.channels.c.type = memory
a.channels.c.capacity = 1000
a.sinks.k.type = file_roll
a.sinks.k.sink.directory = out
a.sinks.k.sink.serializer = header_and_text
a.sinks.k.channel = c
CONF
pids+=("$(startFlume "$dir" a "$dir/a.conf")")
waitForPort "$port"
echo 'node = web-1' >"$dir/headers"
seq 500 | "$millraced" avro-client -H 127.0.0.1 -p "$port" -R "$dir/headers" 2>"$dir/client.log"
filed() { seq 500 | sed 's/^/{node=web-1} /' | cmp -s - <(cat "$dir"/out/*); }
check "500 lines are filed with their header, in their order" waitFor filed
stopAll
