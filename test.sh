#!/usr/bin/env bash
# Builds and runs the tests.
#   ./test.sh             every test that needs no JVM
#   ./test.sh --long      the same with the long versions (more kills, more random edits)
#   ./test.sh --interop   adds Apache Kafka and Flume (by Maven, needs Java 17) and clients of other languages
#   ./test.sh --asan      engine tests under the address and undefined behaviour sanitizers
#   ./test.sh --tsan      engine tests under the thread sanitizer
#   ./test.sh --fuzz      libFuzzer on everything that reads bytes from outside, 30 s each (needs clang)
#   ./test.sh --bench …   prints the tables of measurements (release build, with peers where Maven answers); what follows
#                         goes to tests/bench/compare.py (--only throughput,event; --against an earlier build)
#   ./test.sh -R PATTERN  only tests whose name matches
set -euo pipefail
cd "$(dirname "$0")"
. installer/dependencies.sh
millrace_dependencies test

preset=dev
mode=test
select=()
while [ $# -gt 0 ]; do
    case $1 in
    --asan) preset=asan ;;
    --tsan) preset=tsan ;;
    --long) export MILLRACE_LONG=1 ;;
    --interop) mode=interop ;;
    --bench) shift; exec tests/bench/run.sh "$@" ;;
    --fuzz) exec tests/fuzz/run.sh ;;
    -R) select=(-R "$2"); shift ;;
    *) sed -n '2,12p' "$0"; exit 2 ;;
    esac
    shift
done

# ctest runs the newest client where it is there.
. tests/interop/clients.sh
fetchConfluent || true
millrace_build "$preset"
# Two cores: two tests at a time. A hang is ended by ctest's timeout, the only wall-clock limit there is.
ctest --test-dir "build/$preset" --output-on-failure -j "$(nproc)" "${select[@]}"
if [ $mode = interop ]; then
    exec tests/interop/run.sh
fi
