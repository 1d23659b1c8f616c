#!/usr/bin/env bash
# A real HDFS (NameNode, DataNode, HttpFS) under our hdfs sink and under Apache Flume's: what both write of the same input
# is compared, as Hadoop reads it; then nodes die and come back. Called by run.sh; from the repository it runs alone too.
set -uo pipefail
cd "$(dirname "$0")/../.."
. tests/interop/peers.sh
for peer in flume hadoop hadoop-client; do
    fetchPeer $peer || { echo "Maven does not answer: $peer could not be fetched" >&2; exit 1; }
done
. tests/interop/checks.sh
millraced=${MILLRACED:-$PWD/build/dev/bin/millraced}
lines=5000
open=--add-opens=java.base/java.lang=ALL-UNNAMED

# --- The cluster. The jars bring no webapps folders.
cluster=$work/cluster
mkdir -p "$cluster"/conf/webapps/{hdfs,datanode,static} "$cluster"/hf/{conf,log,temp}
for port in rpc http data dataIpc dataHttp httpfs; do declare "$port=$(freePort)"; done
property() { echo "<property><name>$1</name><value>$2</value></property>"; }
# shellcheck disable=SC2154
{
    { echo '<configuration>'
      property fs.defaultFS "hdfs://127.0.0.1:$rpc"
      property hadoop.tmp.dir "$cluster/data"
      property "hadoop.proxyuser.$(id -un).hosts" '*'
      property "hadoop.proxyuser.$(id -un).groups" '*'
      echo '</configuration>'; } >"$cluster/conf/core-site.xml"
    { echo '<configuration>'
      property dfs.replication 1
      property dfs.namenode.rpc-address "127.0.0.1:$rpc"
      property dfs.namenode.http-address "127.0.0.1:$http"
      property dfs.namenode.name.dir "$cluster/data/nn"
      property dfs.datanode.data.dir "$cluster/data/dn"
      property dfs.datanode.address "127.0.0.1:$data"
      property dfs.datanode.ipc.address "127.0.0.1:$dataIpc"
      property dfs.datanode.http.address "127.0.0.1:$dataHttp"
      property dfs.datanode.hostname 127.0.0.1
      property dfs.namenode.safemode.extension 0
      property dfs.permissions.enabled false
      echo '</configuration>'; } >"$cluster/conf/hdfs-site.xml"
    { echo '<configuration>'
      property httpfs.http.hostname 127.0.0.1
      property httpfs.http.port "$httpfs"
      property httpfs.hadoop.config.dir "$cluster/conf"
      echo '</configuration>'; } >"$cluster/hf/conf/httpfs-site.xml"
}
cp "$cluster/conf/core-site.xml" "$cluster/hf/conf/"
cp "$cluster/hf/conf/httpfs-site.xml" "$cluster/conf/" # where the class path finds it
hadoop() { # hadoop NAME CLASS… : a daemon, whose pid it prints
    local name=$1
    shift
    java -Xmx256m $open -cp "$cluster/conf:$peersDirectory/hadoop/lib/*" "$@" >>"$cluster/$name.log" 2>&1 &
    echo $!
}
startNameNode() { nameNode=$(hadoop namenode org.apache.hadoop.hdfs.server.namenode.NameNode); pids+=("$nameNode"); }
startDataNode() { dataNode=$(hadoop datanode org.apache.hadoop.hdfs.server.datanode.DataNode); pids+=("$dataNode"); }
startHttpFs() {
    pids+=("$(hadoop httpfs -Dhttpfs.home.dir="$cluster/hf" -Dhttpfs.config.dir="$cluster/hf/conf" -Dhttpfs.log.dir="$cluster/hf/log" \
        -Dhttpfs.temp.dir="$cluster/hf/temp" org.apache.hadoop.fs.http.server.HttpFSServerWebServer)")
}
live() {
    curl -s "http://127.0.0.1:$http/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState" | grep -q '"NumLiveDataNodes" : 1' &&
        ! curl -s "http://127.0.0.1:$http/jmx?qry=Hadoop:service=NameNode,name=NameNodeInfo" | grep -q 'Safe mode is ON'
}
java -cp "$cluster/conf:$peersDirectory/hadoop/lib/*" org.apache.hadoop.hdfs.server.namenode.NameNode \
    -format -nonInteractive -force >"$cluster/format.log" 2>&1
startNameNode
startDataNode
startHttpFs
check "HDFS is up" waitFor live
listens() { (exec 3<>"/dev/tcp/127.0.0.1/$httpfs") 2>/dev/null; }
check "HttpFS is up" waitFor listens

# --- The same input for our sink and for Flume's.
hdfs=hdfs://127.0.0.1:$rpc
web=webhdfs://127.0.0.1:$http
clientPath="$cluster/conf:$peersDirectory/hadoop-client/lib/*:$peersDirectory/flume/lib/*"
javac -cp "$clientPath" -d "$work" tests/interop/hadoop/ReadBack.java 2>>"$work/read.log"
readBack() { java -cp "$work:$clientPath" ReadBack "$1" 2>>"$work/read.log"; }
# agent DIR PATH ADDRESS SETTING… : a TAILDIR source of what is in DIR/logs, a channel, an hdfs sink
agent() {
    local dir=$1 path=$2 address=$3 setting
    shift 3
    mkdir -p "$dir"/{logs,state}
    {
        printf '%s\n' a.sources=s a.channels=c a.sinks=k a.sources.s.type=TAILDIR a.sources.s.channels=c \
            a.sources.s.filegroups=f "a.sources.s.filegroups.f=$dir/logs/.*\\\\.log" a.sources.s.positionFile=$dir/state/p.json \
            a.sources.s.batchSize=500 a.sources.s.headers.f.kind=web a.channels.c.type=memory a.channels.c.capacity=10000 \
            a.channels.c.transactionCapacity=1000 a.sinks.k.type=hdfs a.sinks.k.channel=c "a.sinks.k.hdfs.path=$path" \
            a.sinks.k.hdfs.rollInterval=0 a.sinks.k.hdfs.rollSize=0 a.sinks.k.hdfs.rollCount=1500 \
            a.sinks.k.hdfs.batchSize=500 a.sinks.k.hdfs.minBlockReplicas=1 a.sinks.k.hdfs.filePrefix='log-%{kind}'
        [ -z "$address" ] || echo "a.sinks.k.hdfs.webAddress=$address"
        for setting in "$@"; do echo "a.sinks.k.$setting"; done
    } >"$dir/a.conf"
}
# ours DIR, theirs DIR : starts the agent; its metrics are at the port in DIR/port
metrics() { echo "-Dflume.monitoring.type=http -Dflume.monitoring.port=$(freePort | tee "$1/port")"; }
ours() {
    # shellcheck disable=SC2046
    (cd "$1" && exec "$millraced" agent -n a -f "$1/a.conf" --no-reload-conf $(metrics "$1") 2>"$1/ours.log") &
    pids+=("$!")
    echo $! >"$1/pid"
}
theirs() { # as startFlume, with Hadoop on the class path
    local log4j=$PWD/tests/interop/flume/log4j2.xml
    # shellcheck disable=SC2046
    (cd "$1" && exec java -Xmx512m -Dlog4j.configurationFile="$log4j" $(metrics "$1") -cp "$clientPath" \
        org.apache.flume.node.Application -n a -f "$1/a.conf" --no-reload-conf >"$1/theirs.log" 2>&1) &
    pids+=("$!")
    echo $! >"$1/pid"
}
stop() { # stop DIR : by TERM, so that its files end
    kill "$(cat "$1/pid")"
    wait "$(cat "$1/pid")" 2>/dev/null
}
# drained DIR COUNT : its sink has committed so many events
drained() {
    local count
    count=$(curl -s "http://127.0.0.1:$(cat "$1/port" 2>/dev/null)/metrics" | grep -oE '"EventDrainSuccessCount":"[0-9]+"' | grep -oE '[0-9]+')
    [ "${count:-0}" -ge "$2" ]
}
write() { seq -f 'line seq=%g of some length, as logs have it' "$2" "$3" >>"$1/logs/in.log"; }
# same NAME PLACE ADDRESS SETTING… : ours below PLACE/NAME and Flume's beside it write the same; each is stopped, so that
# all files end
same() {
    local name=$1 dir=$work/$1 place=$2 address=$3 who
    shift 3
    agent "$dir/ours" "$place/$name/ours" "$address" hdfs.callTimeout=120000 "$@"
    agent "$dir/theirs" "$hdfs/$name/theirs" "" hdfs.callTimeout=120000 "$@"
    for who in ours theirs; do
        write "$dir/$who" 1 "$lines"
        $who "$dir/$who"
    done
    for who in ours theirs; do
        waitFor drained "$dir/$who" "$lines" || return 1
        stop "$dir/$who"
        readBack "$hdfs/$name/$who" >"$dir/$who.read"
    done
    grep -q 'seq=' "$dir/ours.read" || return 1
    diff "$dir/ours.read" "$dir/theirs.read" >"$dir/diff" || { head -5 "$dir/diff"; return 1; }
}
overWeb() { check "$1, over WebHDFS" same "$2" "$web" "" "${@:3}"; }
overWeb "text" text hdfs.fileType=DataStream
overWeb "headers and text" headers hdfs.fileType=DataStream serializer=HEADER_AND_TEXT
overWeb "a sequence file of bytes" bytes hdfs.fileType=SequenceFile
overWeb "a sequence file of text" texts hdfs.fileType=SequenceFile hdfs.writeFormat=Text
overWeb "a sequence file in compressed blocks" blocks hdfs.fileType=SequenceFile hdfs.codeC=DefaultCodec
overWeb "a sequence file in blocks of bzip2" blocks-bzip2 hdfs.fileType=SequenceFile hdfs.codeC=bzip2
overWeb "gzip" gzip hdfs.fileType=CompressedStream hdfs.codeC=gzip
overWeb "bzip2" bzip2 hdfs.fileType=CompressedStream hdfs.codeC=bzip2
overWeb "deflate" deflate hdfs.fileType=CompressedStream hdfs.codeC=deflate
check "text, over HttpFS" same gate "$hdfs" "http://127.0.0.1:$httpfs" hdfs.fileType=DataStream

# --- Nodes die and come back.
# survives NAME COMMAND… : lines are written before, while and after the command runs; all are there at the end
survives() {
    local dir=$work/$1 url=$hdfs/$1
    agent "$dir" "$web/$1" "" hdfs.fileType=DataStream hdfs.callTimeout=10000 hdfs.retryInterval=5
    write "$dir" 1 2000
    ours "$dir"
    waitFor drained "$dir" 1000 || return 1
    shift
    "$@" "$dir"
    write "$dir" 4001 "$lines"
    waitFor drained "$dir" "$lines" || return 1
    sleep 6 # what could not be renamed is tried again
    stop "$dir"
    readBack "$url" >"$dir/read"
    twice=$(($(grep -c 'seq=' "$dir/read") - lines))
    left=$(grep -c '^file .*\.tmp' "$dir/read")
    [ "$(grep -oE 'seq=[0-9]+' "$dir/read" | sort -u | wc -l)" = "$lines" ]
}
dataNodeDies() {
    kill -9 "$dataNode"
    write "$1" 2001 4000
    sleep 5
    startDataNode
    waitFor live
}
nameNodeDies() {
    kill -9 "$nameNode"
    write "$1" 2001 4000
    sleep 10
    startNameNode
    waitFor live
}
check "a DataNode is killed and comes back: nothing is lost" survives datanode dataNodeDies
echo "      ${twice:-?} of $lines lines twice, ${left:-?} files without their names"
check "the NameNode is killed and comes back after 10 s: nothing is lost" survives namenode nameNodeDies
echo "      ${twice:-?} of $lines lines twice, ${left:-?} files without their names"

echo "HDFS: $passed passed, $failed failed"
[ $failed -eq 0 ]
