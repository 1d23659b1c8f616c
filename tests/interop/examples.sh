# Sourced by run.sh: files as users of Flume have them, run by both.
echo "== Files as users of Flume have them, with the same inputs to both"
for peer in examples hadoop-client; do
    fetchPeer $peer || { echo "Maven does not answer: $peer could not be fetched" >&2; exit 1; }
done
sameExamples() {
    python3 tests/interop/examples/examples.py "$millraced" \
        "$peersDirectory/flume/lib/*:$peersDirectory/examples/lib/*:$peersDirectory/hadoop-client/lib/*" "$work/examples"
}
check "$(ls tests/interop/examples/*.conf | wc -l) files deliver the same events in the same order" sameExamples
