"""Files as users of Flume have them, run by Apache Flume and by us with the same inputs; what is delivered is compared.

examples.py MILLRACED LIBS DIR [NAME…]: LIBS are Java's class path of Flume; DIR is made. Ends with 1 where something differs. What a
file gets and gives stands in its comments:

    # file PATH:         lines that are there before the start
    # tcp PORT:          lines that are sent to the port once it listens; # udp PORT: a datagram each
    # http PORT:         a request each
    #| …                 the lines themselves
    # out DIRECTORY COUNT  so many events come into files below it, in this order
    # out DIRECTORY COUNT any  in any order
    # broker PORT        a broker of ours listens there

Ports from 41000 to 41999 are replaced by free ones. Times in milliseconds count as equal. What is knowingly different
(docs/differences-from-flume.md) is not among the inputs.
"""

import glob
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../flume"))
from both import LOG4J, free_port

HERE = os.path.dirname(os.path.abspath(__file__))
PATIENCE = 120


def until(condition):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def inputs_of(text):
    """[(kind, where, lines)]"""
    found = []
    for line in text.splitlines():
        if head := re.match(r"# (file|tcp|udp|http) (\S+):$", line):
            found.append((*head.groups(), []))
        elif line.startswith("#|"):
            found[-1][2].append(line[3:])
    return found


def udp_is_bound(port):
    with open("/proc/net/udp") as ipv4, open("/proc/net/udp6") as ipv6:
        return any(f":{port:04X} " in line.split(": ", 1)[1][:60] for line in [*ipv4, *ipv6] if ": " in line)


class Side:
    def __init__(self, name, directory, text, commands):
        self.name, self.dir, self.processes = name, directory, []
        os.makedirs(directory)
        ports = {}
        self.text = re.sub(r"\b41\d{3}\b", lambda port: str(ports.setdefault(port[0], free_port())), text)
        self.outs = re.findall(r"^# out (\S+) (\d+)( any)?$", self.text, re.M)
        for out, _, _ in self.outs:
            os.makedirs(f"{directory}/{out}")
        with open(f"{directory}/flume.conf", "w") as file:
            file.write(self.text)
        for port in re.findall(r"^# broker (\d+)$", self.text, re.M):
            self.start([commands["ours"][0], "broker", "--listen", f"127.0.0.1:{port}", "--dir", f"{directory}/broker"], "broker")
            until(lambda: not socket.socket().connect_ex(("127.0.0.1", int(port))))
        for kind, where, lines in inputs_of(self.text):
            if kind == "file":
                os.makedirs(os.path.dirname(f"{directory}/{where}"), exist_ok=True)
                with open(f"{directory}/{where}", "w") as file:
                    file.writelines(line + "\n" for line in lines)
        for agent in sorted(set(re.findall(r"^(\w+)\.channels\b", self.text, re.M))):
            self.start([*commands[name], "-n", agent, "-f", "flume.conf", "--no-reload-conf"], agent)

    def start(self, command, log):
        with open(f"{self.dir}/{log}.log", "w") as out:
            environment = dict(os.environ, TZ="UTC", PWD=self.dir, EXAMPLE_REGION="eu-west")
            self.processes.append(subprocess.Popen(command, cwd=self.dir, stdout=out, stderr=out, env=environment))

    def feed(self):
        for kind, where, lines in inputs_of(self.text):
            if kind == "tcp":
                until(lambda: not socket.socket().connect_ex(("127.0.0.1", int(where))))
                with socket.create_connection(("127.0.0.1", int(where))) as peer:
                    peer.sendall("".join(line + "\n" for line in lines).encode())
                    peer.shutdown(socket.SHUT_WR)
                    peer.settimeout(5)
                    try:
                        while peer.recv(4096):
                            pass
                    except OSError:
                        pass
            elif kind == "udp":
                until(lambda: udp_is_bound(int(where)))
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
                    for line in lines:
                        peer.sendto(line.encode(), ("127.0.0.1", int(where)))
            elif kind == "http":
                until(lambda: not socket.socket().connect_ex(("127.0.0.1", int(where))))
                for line in lines:
                    connection = http.client.HTTPConnection("127.0.0.1", int(where), timeout=60)
                    connection.request("POST", "/", line.encode(), {"Content-Type": "application/json"})
                    connection.getresponse().read()

    def delivered(self, out):
        paths = [os.path.join(at, file) for at, _, files in os.walk(f"{self.dir}/{out}") for file in files if not file.startswith(".")]
        written = b"".join(open(path, "rb").read() for path in sorted(paths, key=lambda path: (os.path.dirname(path), os.stat(path).st_ctime_ns)))
        text = written.replace(self.dir.encode(), b"DIR").decode("utf-8", "backslashreplace")
        events = []
        for line in re.sub(r"\b1[67]\d{11}\b", "MS", text).splitlines():
            headers = re.match(r"\{(.*?)\} (.*)", line)
            events.append((*sorted(headers[1].split(", ")), headers[2]) if headers else line)
        return events

    def wait(self):
        for out, count, _ in self.outs:
            if not until(lambda: len(self.delivered(out)) >= int(count)):
                print(f"  {self.name}: {len(self.delivered(out))} of {count} events came into {out}")

    def stop(self):
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait()


def differs(name, sides):
    different = False
    for out, count, order in sides[0].outs:
        flume, ours = (side.delivered(out) for side in sides)
        if order:
            flume, ours = sorted(flume, key=str), sorted(ours, key=str)
        if flume == ours and len(ours) == int(count):
            continue
        different = True
        print(f"{name}: {out}: {count} are due, Flume delivers {len(flume)}, ours {len(ours)}")
        for one, other in zip(flume + [None] * len(ours), ours + [None] * len(flume)):
            if one != other:
                print(f"  Flume {one!r}\n  ours  {other!r}")
                break
    return different


def main():
    millraced, libs, directory, *names = sys.argv[1:]
    java = ["java", "-Xmx256m", f"-Dlog4j.configurationFile={LOG4J}", "-cp", libs, "org.apache.flume.node.Application"]
    # Hadoop is older than the Java that runs it.
    java.insert(1, "--add-opens=java.base/java.lang=ALL-UNNAMED")
    commands = {"flume": java, "ours": [millraced, "agent"]}
    different = 0
    for path in sorted(glob.glob(f"{HERE}/*.conf")):
        name = os.path.basename(path)[:-5]
        if names and name not in names:
            continue
        with open(path) as file:
            text = file.read()
        sides = [Side(side, f"{directory}/{name}/{side}", text, commands) for side in commands]
        try:
            feeders = [threading.Thread(target=side.feed) for side in sides]
            for feeder in feeders:
                feeder.start()
            for feeder in feeders:
                feeder.join()
            for side in sides:
                side.wait()
        finally:
            for side in sides:
                side.stop()
        different += differs(name, sides)
        print(f"{name}: done", flush=True)
    print(f"{different} files differ")
    return different > 0


if __name__ == "__main__":
    sys.exit(main())
