# Sourced by run.sh: sources beside Apache Flume's, which get the same.
echo "== The same lines, files and requests to the sources of both"
sameOf() { python3 "tests/interop/$1" "$millraced" "$peersDirectory/flume/lib" "$work/${1%/*}"; }
check "syslogtcp, syslogudp, multiport_syslogtcp and netcatudp deliver the same events" sameOf syslog/lines.py
check "spooldir delivers the same events and leaves the same files" sameOf spooldir/files.py
check "http delivers the same events and gives the same answers" sameOf http/requests.py
