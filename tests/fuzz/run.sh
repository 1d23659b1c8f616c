#!/usr/bin/env bash
# Every fuzz target for SECONDS (30) beginning with its kept corpus; ./test.sh --fuzz. What is found is left in
# build/fuzz/found and ends the run with 1. With MILLRACE_KEEP=1 the corpora are replaced by the smallest ones that reach
# as much as was reached.
set -euo pipefail
cd "$(dirname "$0")/../.."
. installer/dependencies.sh
millrace_install clang-16 libclang-rt-16-dev
millrace_build fuzz fuzz_targets >&2
seconds=${1:-30}
found=build/fuzz/found
mkdir -p "$found"
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=0 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1

passed=0 failed=0
for source in tests/fuzz/targets/*.cpp; do
    name=$(basename "$source" .cpp)
    kept=tests/fuzz/corpus/$name
    grown=build/fuzz/corpus/$name
    mkdir -p "$grown" "$kept"
    if build/fuzz/bin/fuzz_"$name" -max_total_time="$seconds" -rss_limit_mb=1024 -timeout=20 -max_len=8192 \
        -artifact_prefix="$found/$name-" "$grown" "$kept" >"build/fuzz/$name.log" 2>&1; then
        passed=$((passed + 1))
        echo "$name: $(grep -Eo 'Done [0-9]+ runs in [0-9]+ second' "build/fuzz/$name.log")s, nothing found"
    else
        failed=$((failed + 1))
        echo "$name: FOUND something, see build/fuzz/$name.log and $found:"
        tail -n 30 "build/fuzz/$name.log"
    fi
    if [ -n "${MILLRACE_KEEP:-}" ]; then
        rm -rf "$kept.small" && mkdir "$kept.small"
        build/fuzz/bin/fuzz_"$name" -merge=1 -max_len=2048 "$kept.small" "$kept" "$grown" >/dev/null 2>&1
        rm -rf "$kept" && mv "$kept.small" "$kept"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
