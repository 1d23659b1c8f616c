#!/usr/bin/env bash
# Builds Millrace if needed and opens the studio with the first example running.
#   ./run.sh                  the studio
#   ./run.sh FILE             the studio with FILE
#   ./run.sh --headless FILE  no display: runs FILE until Ctrl-C
# The programs are build/run/bin/millrace and build/run/bin/millraced.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
calledFrom=$PWD
cd "$here"
. installer/dependencies.sh
millrace_dependencies

if [ "${1:-}" = --headless ]; then
    shift
    millrace_build run millraced >&2
    file=${1:-$here/resources/examples/weblog.conf}
    [ $# -eq 0 ] || shift
    case $file in /*) ;; *) file=$calledFrom/$file ;; esac
    cd "$calledFrom"
    exec "$here/build/run/bin/millraced" run "$file" "$@"
fi

millrace_build run millrace millraced >&2
cd "$calledFrom"
if [ $# -gt 0 ]; then
    exec "$here/build/run/bin/millrace" "$@"
fi
exec "$here/build/run/bin/millrace" --example weblog --run
