#!/usr/bin/env bash
# The table of measurements; ./test.sh --bench. Arguments go to compare.py (--pairs N, --only start,idle,…, --against BUILD/bin).
set -euo pipefail
cd "$(dirname "$0")/../.."
. installer/dependencies.sh
millrace_install python3 maven default-jdk-headless
. tests/interop/peers.sh
for peer in kafka flume; do fetchPeer $peer || echo "Maven does not answer for $peer" >&2; done
millrace_build release millraced benchmarks >&2
exec python3 tests/bench/compare.py "$@"
