"""Apache Flume and our agent side by side: the same sources, each with a memory channel and a file_roll sink of its own,
whose events are compared."""

import collections
import os
import re
import signal
import socket
import subprocess
import sys
import time

LOG4J = os.path.join(os.path.dirname(os.path.abspath(__file__)), "log4j2.xml")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(condition, what):
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    sys.exit(f"{what}: not within a minute")


class Agent:
    """`sources`: name → its properties, one a line, with {dir} and {port} to be filled in; `more`: lines of
    the file besides."""

    def __init__(self, directory, command, sources, more):
        self.dir, self.ports = directory, {name: free_port() for name in sources}
        names = " ".join(sources)
        text = f"a.sources={names}\na.channels={names}\na.sinks={names}\n"
        for name, properties in sources.items():
            filled = properties.replace("{dir}", directory).replace("{port}", str(self.ports[name]))
            text += "".join(f"a.sources.{name}.{line}\n" for line in filled.splitlines())
            text += f"a.sources.{name}.channels={name}\na.channels.{name}.type=memory\na.channels.{name}.capacity=1000\n"
            sink = f"type=file_roll\nchannel={name}\nsink.directory={directory}/{name}\nsink.rollInterval=0\n"
            text += "".join(f"a.sinks.{name}.{line}\n" for line in (sink + "sink.serializer=header_and_text").splitlines())
            os.makedirs(f"{directory}/{name}")
        with open(f"{directory}/a.conf", "w") as file:
            file.write(text + more)
        with open(f"{directory}/log", "w") as log:
            self.process = subprocess.Popen([*command, "-n", "a", "-f", f"{directory}/a.conf", "--no-reload-conf"], cwd=directory,
                                            stdout=log, stderr=log, env=dict(os.environ, TZ="UTC"))

    def wait_port(self, name):
        wait_for(lambda: not socket.socket().connect_ex(("127.0.0.1", self.ports[name])), f"{self.dir}: {name} listens")

    def events(self, name):
        """(headers, body) and how often; a header has no ", " in it here, a body neither "} " nor a line end."""
        folder = f"{self.dir}/{name}"
        written = b"".join(open(os.path.join(folder, file), "rb").read() for file in sorted(os.listdir(folder)))
        found = collections.Counter()
        for headers, body in re.findall(rb"^\{(.*)\} ([^\n]*)\n", written.replace(self.dir.encode(), b"DIR"), re.M):
            found[frozenset(headers.split(b", ")), body] += 1
        return found

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def start_both(millraced, lib, directory, sources, more=""):
    """[Flume, ours]; `directory` is made."""
    flume = ["java", "-Xmx256m", f"-Dlog4j.configurationFile={LOG4J}", "-cp", f"{lib}/*", "org.apache.flume.node.Application"]
    agents = []
    for side, command in (("flume", flume), ("ours", [millraced, "agent"])):
        os.makedirs(f"{directory}/{side}", exist_ok=True)
        agents.append(Agent(f"{directory}/{side}", command, sources, more))
    return agents


def wait_events(agents, expected):
    """`expected`: name → how many events."""
    for name, count in expected.items():
        for agent in agents:
            wait_for(lambda: sum(agent.events(name).values()) >= count, f"{agent.dir}: {count} events of {name}")


def differences(agents, names):
    """How many events differ, which are printed."""
    different = 0
    for name in names:
        flume, ours = (agent.events(name) for agent in agents)
        for side, more in (("Flume", flume - ours), ("ours", ours - flume)):
            for (headers, body), count in more.items():
                different += count
                print(f"{name}: {side} only: {{{b', '.join(sorted(headers))!r}}} {body!r}")
    total = sum(sum(agents[1].events(name).values()) for name in names)
    print(f"{total} events, {different} different")
    return different
