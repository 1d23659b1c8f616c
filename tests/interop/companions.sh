# Sourced by run.sh: millraced topics, groups, configs, produce and consume at Apache Kafka, and a server.properties of its.

echo "== millraced as a client of Apache Kafka"
dir=$work/companions
mkdir -p "$dir"
port=$(freePort)
kafka=$(startKafka "$dir/kafka" "$port")
pids+=("$kafka")
waitForPort "$port"
ask() { "$millraced" "$@" -b "127.0.0.1:$port" 2>>"$dir/ask.log"; }
waitFor ask topics list >>"$dir/ask.log"
check "a topic is made" ask topics create orders --partitions 3 --set retention.ms=86400000
check "and listed" grep -qE '^orders +3$' <(ask topics list)
written() { seq 5000 | sed 's/.*/key&:value&/' | ask produce -t orders -K : -z zstd -H from=millrace; }
check "5,000 lines are written" written
readAll() { [ "$(ask consume orders -e -f '%k=%s %h\n' | sort -V | uniq | paste -sd, | md5sum)" = \
    "$(seq 5000 | sed 's/.*/key&=value& from=millrace/' | sort -V | paste -sd, | md5sum)" ]; }
check "and read, each once" readAll
check "the last one of each partition" test "$(ask consume orders -e -o -1 -J | wc -l)" = 3
ask consume orders -g billing -c 2000 >/dev/null
sum() { [ "$(ask groups describe billing --json | grep -oE "\"$1\":[0-9]+" | cut -d: -f2 | awk '{ n += $1 } END { print n + 0 }')" = "$2" ]; }
check "a group has read 2,000 of them" sum committed 2000
setBack() { ask groups reset billing -t orders --to earliest --execute >>"$dir/ask.log"; }
check "it is set back" setBack
check "and has all before it" sum lag 5000
check "a setting is changed" ask configs set -t orders cleanup.policy=compact
bothSet() { [ "$(ask configs describe -t orders | grep -cE '^(cleanup.policy +compact|retention.ms +86400000) ')" = 2 ]; }
check "and the other one stays" bothSet
check "a setting of the broker is changed" ask configs set --broker 1 log.retention.ms=1000000
check "the topic grows" ask topics alter orders -p 5
check "the group is forgotten" ask groups delete billing
check "the topic is deleted" ask topics delete orders
stopAll

echo "== the server.properties of that Kafka in our broker"
ended() { ! kill -0 "$kafka" 2>/dev/null; }
waitFor ended
sed -i "s#^log.dirs=.*#log.dirs=$dir/ours#" "$dir/kafka/server.properties"
"$millraced" broker --config "$dir/kafka/server.properties" 2>"$dir/ours.log" >"$dir/address" & pids+=($!)
check "it listens where Kafka did" waitFor grep -qx "127.0.0.1:$port" "$dir/address"
check "and answers" waitFor ask topics list
stopAll
