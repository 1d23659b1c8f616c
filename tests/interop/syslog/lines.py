"""The same lines to the syslog sources and netcatudp of Apache Flume and ours; the delivered events are compared.

lines.py MILLRACED LIB DIR: LIB holds Flume's jars; DIR is made for the two agents. Ends with 1 where the events differ.
What is knowingly different (docs/differences-from-flume.md) is not among the lines.
"""

import collections
import os
import re
import signal
import socket
import subprocess
import sys
import time

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
    "tcp": ("syslogtcp", "host", "eventSize=100\nclientIPHeader=ip\n"),
    "kept": ("syslogtcp", "host", "keepFields=priority version timestamp hostname\n"),
    "all": ("syslogtcp", "host", "keepFields=all\n"),
    "udp": ("syslogudp", "host", "clientIPHeader=ip\nclientHostnameHeader=name\n"),
    "multi": ("multiport_syslogtcp", "host", "eventSize=100\nclientIPHeader=ip\n"),
    "multikept": ("multiport_syslogtcp", "host", "keepFields=timestamp,hostname\n"),
    "datagrams": ("netcatudp", "bind", "remoteAddress=sender\n"),
}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def sent_to(name):
    kind = SOURCES[name][0]
    if kind == "netcatudp":
        return DATAGRAMS
    if name == "kept":  # where a field is missing Flume writes "null"
        return [line for line in ALL + LENIENT if b" - " not in line]
    return ALL + (STRICT if kind.startswith("multiport") else LENIENT)


class Agent:
    def __init__(self, directory, command):
        self.dir, self.ports = directory, {name: free_port() for name in SOURCES}
        text = "a.sources=" + " ".join(SOURCES) + "\na.channels=" + " ".join(SOURCES) + "\na.sinks=" + " ".join(SOURCES) + "\n"
        for name, (kind, host, more) in SOURCES.items():
            port = "ports" if kind.startswith("multiport") else "port"
            own = f"type={kind}\nchannels={name}\n{host}=127.0.0.1\n{port}={self.ports[name]}\n{more}"
            text += "".join(f"a.sources.{name}.{line}\n" for line in own.splitlines())
            text += f"a.channels.{name}.type=memory\na.channels.{name}.capacity=1000\n"
            sink = f"type=file_roll\nchannel={name}\nsink.directory={directory}/{name}\nsink.rollInterval=0\n"
            sink += "sink.serializer=header_and_text\n"
            text += "".join(f"a.sinks.{name}.{line}\n" for line in sink.splitlines())
            os.makedirs(f"{directory}/{name}")
        with open(f"{directory}/a.conf", "w") as file:
            file.write(text)
        with open(f"{directory}/log", "w") as log:
            self.process = subprocess.Popen([*command, "-n", "a", "-f", f"{directory}/a.conf", "--no-reload-conf"], cwd=directory,
                                            stdout=log, stderr=log, env=dict(os.environ, TZ="UTC"))

    def listens(self):
        for name, port in self.ports.items():
            if SOURCES[name][0] not in ("syslogudp", "netcatudp"):
                wait_for(lambda: not socket.socket().connect_ex(("127.0.0.1", port)), f"{self.dir}: {name} listens")

    def written(self, name):
        folder = f"{self.dir}/{name}"
        return b"".join(open(os.path.join(folder, file), "rb").read() for file in sorted(os.listdir(folder)))

    def events(self, name):
        """(headers, body) and how often; a header's value has neither comma nor brace here."""
        found = collections.Counter()
        for headers, body in re.findall(rb"^\{([^}]*)\} ([^\n]*)\n", self.written(name), re.M):
            found[frozenset(headers.split(b", ")), body] += 1
        return found


def wait_for(condition, what):
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    sys.exit(f"{what}: not within a minute")


def send(name, line, agents):
    if SOURCES[name][0] in ("syslogudp", "netcatudp"):
        for agent in agents:
            datagrams.sendto(line, ("127.0.0.1", agent.ports[name]))
    else:
        for agent in agents:  # a connection each: what is left of a message is no other's
            with socket.create_connection(("127.0.0.1", agent.ports[name])) as connection:
                connection.sendall(line + b"\n")
                connection.shutdown(socket.SHUT_WR)
                connection.recv(1)


millraced, lib, directory = sys.argv[1:]
log4j = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../flume/log4j2.xml")
theirs = ["java", "-Xmx256m", f"-Dlog4j.configurationFile={log4j}", "-cp", f"{lib}/*", "org.apache.flume.node.Application"]
datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for side in ("ours", "flume"):
    os.makedirs(f"{directory}/{side}")
agents = [Agent(f"{directory}/flume", theirs), Agent(f"{directory}/ours", [millraced, "agent"])]
try:
    for agent in agents:
        agent.listens()
    for name in SOURCES:
        for line in sent_to(name):
            send(name, line, agents)
            time.sleep(0.02)
    for name in SOURCES:
        for agent in agents:
            wait_for(lambda: sum(agent.events(name).values()) >= len(sent_to(name)), f"{agent.dir}: events of {name}")
finally:
    for agent in agents:
        agent.process.send_signal(signal.SIGTERM)
        agent.process.wait()

different = 0
for name in SOURCES:
    flume, ours = (agent.events(name) for agent in agents)
    for side, more in (("Flume", flume - ours), ("ours", ours - flume)):
        for (headers, body), count in more.items():
            different += count
            print(f"{name}: {side} only: {{{b', '.join(sorted(headers))!r}}} {body!r}")
print(f"{sum(sum(agent.events(name).values()) for name in SOURCES for agent in agents[1:])} events, {different} different")
sys.exit(different > 0)
