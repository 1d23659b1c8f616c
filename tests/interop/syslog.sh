# Sourced by run.sh: the syslog sources and netcatudp beside Apache Flume's.
echo "== The same lines to the syslog sources of both"
sameEvents() { python3 tests/interop/syslog/lines.py "$millraced" "$peersDirectory/flume/lib" "$work/syslog"; }
check "syslogtcp, syslogudp, multiport_syslogtcp and netcatudp deliver the same events" sameEvents
