# Sourced by the interop tests: counts what passes, waits, cleans up. `work` is a directory that goes at the end.
work=$(mktemp -d)
passed=0
failed=0
pids=()
trap '[ -z "${KEEP:-}" ] || cp -r "$work" "$KEEP"; kill "${pids[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT

check() { # check TEXT COMMAND… : counts and says
    local text=$1
    shift
    if "$@"; then passed=$((passed + 1)); echo "ok    $text"; else failed=$((failed + 1)); echo "FAIL  $text"; fi
}
stopAll() {
    [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null
    wait 2>/dev/null
    pids=()
}
freePort() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }
waitFor() { # waitFor COMMAND… : until it succeeds, at most two minutes
    local try
    for try in $(seq 240); do "$@" && return 0; sleep 0.5; done
    return 1
}
