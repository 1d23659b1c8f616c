# Sourced by run.sh: clients nobody here wrote over TLS and SASL, against one broker with a listener of each protocol.
secureBroker() { # secureBroker DIR : prints its addresses in the order of the listeners
    local data=$PWD/tests/tls/data
    "$millraced" broker --dir "$1/data" \
        --config listeners=PLAINTEXT://127.0.0.1:0,SASL_PLAINTEXT://127.0.0.1:0,SASL_SSL://127.0.0.1:0,SSL://127.0.0.1:0 \
        --config sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512 \
        --config 'sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_alice="alice-secret";' \
        --config ssl.keystore.location="$data/server.jks" --config ssl.keystore.password=changeit \
        --add-scram 'SCRAM-SHA-256=[name=alice,password=alice-secret]' \
        --add-scram 'SCRAM-SHA-512=[name=alice,password=alice-secret]' >"$1/address" 2>"$1/ours.log" &
    pids+=($!)
    fourListeners() { [ "$(grep -c :// "$1" 2>/dev/null)" = 4 ]; }
    waitFor fourListeners "$1/address"
    mapfile -t listeners < <(sed -nE 's/.*:\/\///p' "$1/address")
}
checkSecure() {
    local dir=$work/secure peer ca=$PWD/tests/tls/data/ca.pem trust=$PWD/tests/tls/data/trust.jks
    mkdir -p "$dir"
    echo "== TLS and SASL"
    secureBroker "$dir"
    javaSecure() { java -Xmx512m -cp "$peersDirectory/$1/lib/*" tests/interop/kafka/Secure.java "${listeners[@]}" "$trust" "$1" >>"$dir/$1.log" 2>&1; }
    for peer in kafka kafka-4; do
        fetchPeer $peer && check "$peer makes users of SCRAM and goes by every protocol and mechanism" javaSecure $peer
    done
    configured() {
        java -Xmx256m -cp "$peersDirectory/kafka/lib/*" kafka.admin.ConfigCommand --bootstrap-server "${listeners[0]}" --alter \
            --add-config 'SCRAM-SHA-512=[iterations=8192,password=eve-secret]' --entity-type users --entity-name eve >>"$dir/java.log" 2>&1
    }
    check "kafka-configs.sh makes a user" configured
    withKcat() { # withKcat ADDRESS TOPIC OPTION…
        local address=$1 topic=$2
        shift 2
        seq 200 | kcat -q -b "$address" "$@" -P -t "$topic" 2>>"$dir/kcat.log" &&
            [ "$(kcat -q -b "$address" "$@" -C -t "$topic" -e -o beginning 2>>"$dir/kcat.log" | wc -l)" = 200 ]
    }
    check "who comes in by SASL_SSL in kcat" withKcat "${listeners[2]}" kcat-1 -X security.protocol=sasl_ssl \
        -X ssl.ca.location="$ca" -X sasl.mechanism=SCRAM-SHA-512 -X sasl.username=eve -X sasl.password=eve-secret
    check "kcat over TLS" withKcat "${listeners[3]}" kcat-2 -X security.protocol=ssl -X ssl.ca.location="$ca"
    refused() { ! timeout 20 kcat -q -b "${listeners[1]}" -L -m 10 -X security.protocol=sasl_plaintext -X sasl.mechanism=PLAIN -X sasl.username=alice -X sasl.password=guess >>"$dir/kcat.log" 2>&1; }
    check "kcat with a wrong password is refused" refused
    pythonSecure() { "$peersDirectory/python/bin/python" tests/interop/secure.py "${listeners[@]:1}" "$ca" >>"$dir/python.log" 2>&1; }
    check "kafka-python 2.0.2, whose tokens come alone" pythonSecure
    silent() { ! grep -qE 'alice-secret|eve-secret|changeit' "$dir/ours.log"; }
    check "no password in the log" silent
    stopAll
}
