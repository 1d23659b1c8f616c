"""The same lines to the syslog sources and netcatudp of Apache Flume and ours; the delivered events are compared.

lines.py MILLRACED LIB DIR: LIB holds Flume's jars; DIR is made for the two agents. Ends with 1 where the events differ.
What is knowingly different (docs/differences-from-flume.md) is not among the lines.
"""

import os
import socket
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../flume"))
from both import differences, start_both, wait_events

# Flume's strict parser knows the year only of what is at most a month from now.
NOW = time.strftime("%b %e %H:%M:%S", time.gmtime()).encode()
FIFTH = time.strftime("%b  5 %H:%M:%S", time.gmtime()).encode()

ALL = [
    # Without a header first: Flume's UDP source would give them what it has left of the message before.
    b"<13>no header here",
    b"plain",
    b"<>x",
    b"<1234>y",
    b"<13>33 " + NOW + b" h a version of two digits",
    b"<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - BOM'su root' failed",
    b"<34>" + NOW + b" mymachine su: 'su root' failed for lonvick on /dev/pts/8",
    b"<13>" + FIFTH + b" h one digit",
    b"<13>" + FIFTH + b" h ",
    b"<165>1 2003-08-24T05:14:15-07:00 192.0.2.1 myproc 8710 - - %% It's time",
    b"<0>2003-10-11T22:14:15+02:00 h no version",
    b"<13>1 2003-10-11T22:14:15Z user@my_host-1.org b",
    b"<999>" + NOW + b" h a priority beyond all facilities",
    b"<191>1 2003-10-11T22:14:15Z h \xe4\xb8\xad\xe6\x96\x87",
    b"<13>" + NOW + b" h sshd[4721]: Failed password for root from 203.0.113.7",
    b"<13>1 2003-10-11T22:14:15.100Z h  two blanks",
    b"<30>1 2003-10-11T22:14:15Z h [exampleSDID@32473 iut=\"3\"] text",
]
LENIENT = [
    b"<13>" + NOW + b" h " + b"x" * 78,
    b"<13>1 - - body",
    b"<13>1 2003-10-11T22:14:15Z - nobody",
    b"<13>3 " + NOW + b" h a version of 3",
    b"<13>Foo 12 22:14:15 h a month that is none",
    b"<13>Jan 32 25:14:15 h a day that does not exist",
    b"<13>1 2003-10-11T22:14:15 h no zone",
]
STRICT = [
    b"<13>" + NOW + b" h " + b"x" * 300,
    b"<13>3 " + NOW + b" h a version of 3",
    b"<13>1 2003-10-11T22:14:15 h no zone",
    b"<13>2003-10-11T22:14:15.5+02:00 h half a second",
    b"<13>1 2003-10-11T22:14:15.1234567Z h seven digits",
    b"<13>" + NOW + b" fe80::1 an address as host",
    b"<13>" + NOW + b" h \xff\xe4",
    b"<13>2003-10-11T22:14:15+02:00 h a carriage return\r",
]
DATAGRAMS = [b"one", b"two\nlines\n", b"", b"\n", b"carriage return\r\n", b"\xff\xe4"]

SOURCES = {
    "tcp": "type=syslogtcp\nhost=127.0.0.1\nport={port}\neventSize=100\nclientIPHeader=ip",
    "kept": "type=syslogtcp\nhost=127.0.0.1\nport={port}\nkeepFields=priority version timestamp hostname",
    "all": "type=syslogtcp\nhost=127.0.0.1\nport={port}\nkeepFields=all",
    "udp": "type=syslogudp\nhost=127.0.0.1\nport={port}\nclientIPHeader=ip\nclientHostnameHeader=name",
    "multi": "type=multiport_syslogtcp\nhost=127.0.0.1\nports={port}\neventSize=100\nclientIPHeader=ip",
    "multikept": "type=multiport_syslogtcp\nhost=127.0.0.1\nports={port}\nkeepFields=timestamp,hostname",
    "datagrams": "type=netcatudp\nbind=127.0.0.1\nport={port}\nremoteAddress=sender",
}
OF_DATAGRAMS = ("udp", "datagrams")


def sent_to(name):
    if name == "datagrams":
        return DATAGRAMS
    if name == "kept":  # where a field is missing Flume writes "null"
        return [line for line in ALL + LENIENT if b" - " not in line]
    return ALL + (STRICT if name.startswith("multi") else LENIENT)


def events_of(name):
    """Cut at 100 bytes, the line of 300 and its header are four."""
    return len(sent_to(name)) + (3 if name == "multi" else 0)


def send(name, line, agents):
    if name in OF_DATAGRAMS:
        for agent in agents:
            datagrams.sendto(line, ("127.0.0.1", agent.ports[name]))
    else:
        for agent in agents:  # a connection each: what is left of a message is no other's
            with socket.create_connection(("127.0.0.1", agent.ports[name])) as connection:
                connection.sendall(line + b"\n")
                connection.shutdown(socket.SHUT_WR)
                connection.recv(1)


millraced, lib, directory = sys.argv[1:]
datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
agents = start_both(millraced, lib, directory, SOURCES)
try:
    for agent in agents:
        for name in SOURCES:
            if name not in OF_DATAGRAMS:
                agent.wait_port(name)
    for name in SOURCES:
        for line in sent_to(name):
            send(name, line, agents)
            time.sleep(0.02)
    wait_events(agents, {name: events_of(name) for name in SOURCES})
finally:
    for agent in agents:
        agent.stop()
sys.exit(differences(agents, SOURCES) > 0)
