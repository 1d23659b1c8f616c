# Sourced by run.sh: our elasticsearch and solr sinks into the real servers, each with one event that they refuse.
echo "== Events into Elasticsearch, OpenSearch and Solr"

# startSearch NAME DIR PORT : prints the pid
startSearch() {
    local name=$1 dir=$2 port=$3 lib=$peersDirectory/$1/lib
    mkdir -p "$dir/home/config" "$dir/home/plugins" "$dir/home/modules"
    case $name in
    elasticsearch)
        printf '%s\n' "network.host: 127.0.0.1" "http.port: $port" "transport.tcp.port: $(freePort)" \
            "index.number_of_shards: 1" "index.number_of_replicas: 0" \
            "discovery.zen.ping.multicast.enabled: false" >"$dir/home/config/elasticsearch.yml"
        printf '%s\n' "rootLogger: INFO, console" "appender:" "  console:" "    type: console" "    layout:" \
            "      type: consolePattern" >"$dir/home/config/logging.yml"
        java -Xmx256m -Djava.security.manager=allow -Des.insecure.allow.root=true -Des.path.home="$dir/home" \
            -cp "$lib/*" org.elasticsearch.bootstrap.Elasticsearch start >"$dir/server.log" 2>&1 &
        ;;
    opensearch)
        javac -cp "$lib/*" -d "$dir/classes" tests/interop/opensearch/Server.java >&2
        java -Xmx512m -Dopensearch.set.netty.runtime.available.processors=false -cp "$dir/classes:$lib/*" \
            Server "$dir/home" "$port" "$(freePort)" >"$dir/server.log" 2>&1 &
        ;;
    solr)
        cp -r tests/interop/solr/home "$dir/"
        javac -cp "$lib/*" -d "$dir/classes" tests/interop/solr/Server.java >&2
        java -Xmx512m -Djetty.testMode=true -cp "$dir/classes:$lib/*" Server "$dir/home" "$port" >"$dir/server.log" 2>&1 &
        ;;
    esac
    echo $!
}
answers() { curl -sf "$1" >/dev/null; } # answers URL
# documents URL PATTERN : how many the server counts
documents() { curl -s "$1" | grep -oE "$2" | grep -oE '[0-9]+$'; }

# searchAgent NAME DIR : 300 lines with a number each, and one whose number is none, into the sink of searchSinks
searchAgent() {
    seq 1 300 | sed 's/.*/{"number":&}/' >"$2/lines"
    echo '{"number":"none"}' >>"$2/lines"
    cat >"$2/agent.conf" <<CONF
a.sources = lines
a.channels = c
a.sinks = k
a.sources.lines.type = exec
a.sources.lines.command = cat lines
a.sources.lines.channels = c
a.channels.c.type = memory
a.channels.c.capacity = 1000
a.channels.c.transactionCapacity = 100
a.sinks.k.channel = c
CONF
    if [ "$1" = solr ]; then
        printf 'a.sinks.k.%s\n' "type = solr" "url = http://127.0.0.1:$3/solr/c1" "format = json" "commitWithin = 100"
    else
        printf 'a.sinks.k.%s\n' "type = elasticsearch" "hostNames = 127.0.0.1:$3" "client = rest" \
            "indexNameBuilder = org.apache.flume.sink.elasticsearch.SimpleIndexNameBuilder" "indexName = lines"
    fi >>"$2/agent.conf"
}

for name in elasticsearch opensearch solr; do
    fetchPeer $name || { check "$name can be fetched" false; continue; }
    dir=$work/$name
    port=$(freePort)
    mkdir -p "$dir"
    pids+=("$(startSearch $name "$dir" "$port")")
    if [ $name = solr ]; then
        probe="http://127.0.0.1:$port/solr/c1/select?q=*:*" count=$probe pattern='"numFound":[0-9]+'
    else
        probe="http://127.0.0.1:$port/_cluster/health?wait_for_status=yellow"
        count="http://127.0.0.1:$port/lines/_count" pattern='"count":[0-9]+'
    fi
    check "$name answers" waitFor answers "$probe"
    searchAgent $name "$dir" "$port"
    if [ $name != solr ]; then # the field is a number before the first line comes
        curl -s -X PUT -H 'Content-Type: application/json' "http://127.0.0.1:$port/lines" -d "$(
            fields='{"properties":{"@message":{"properties":{"number":{"type":"long"}}}}}'
            [ $name = opensearch ] && echo "{\"mappings\":$fields}" || echo "{\"mappings\":{\"log\":$fields}}"
        )" >>"$dir/server.log"
    fi
    "$millraced" run "$dir/agent.conf" --dir "$dir" 2>"$dir/ours.log" & pids+=($!)
    allIndexed() { [ "$(documents "$count" "$pattern")" = 300 ]; }
    check "$name has the 300 lines" waitFor allIndexed
    setAside() { [ "$(wc -l <"$dir/rejected/a.k.json")" = 1 ] && grep -q none "$dir/rejected/a.k.json"; }
    check "  and the one that it refuses stands aside" waitFor setAside
    stopAll
done
