"""What is measured, as processes in directories of their own: brokers and agents, ours and Apache's, on loopback only."""
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

from table import OURS

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = {OURS: os.path.join(ROOT, "build/release/bin")}  # and of the build of --against
PEERS = os.environ.get("MILLRACE_PEERS", os.path.join(ROOT, "build/peers"))
TICK = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def rss_mib(pid):
    with open(f"/proc/{pid}/status") as f:
        for line in f:
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024


def wait_port(port, process):
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            if process.poll() is not None:
                raise RuntimeError("the server ended before it listened")
            time.sleep(0.005)


class Server:
    """One broker process in a directory of its own."""

    def __init__(self, name):
        self.name, self.port, self.dir = name, free_port(), tempfile.mkdtemp(prefix="millrace-bench-", dir=f"{ROOT}/build")
        self.process = None
        if name == "Kafka":
            self.prepare_kafka()

    def prepare_kafka(self):
        controller = free_port()
        with open(f"{self.dir}/server.properties", "w") as f:
            f.write("\n".join([
                "process.roles=broker,controller", "node.id=1", f"controller.quorum.voters=1@127.0.0.1:{controller}",
                f"listeners=PLAINTEXT://127.0.0.1:{self.port},CONTROLLER://127.0.0.1:{controller}",
                f"advertised.listeners=PLAINTEXT://127.0.0.1:{self.port}", "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
                "inter.broker.listener.name=PLAINTEXT", f"log.dirs={self.dir}/data",
                "offsets.topic.replication.factor=1", "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1", "group.initial.rebalance.delay.ms=0", ""]))
        subprocess.run(["java", "-cp", f"{PEERS}/kafka/lib/*", "kafka.tools.StorageTool", "format", "-t",
                        "AAAAAAAAAAAAAAAAAAAAAQ", "-c", f"{self.dir}/server.properties"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self):
        if self.name == "Kafka":
            command = ["java", "-Xmx1g", "-cp", f"{PEERS}/kafka/lib/*", "kafka.Kafka", f"{self.dir}/server.properties"]
        else:
            command = [f"{BIN[self.name]}/millraced", "broker", "--listen", f"127.0.0.1:{self.port}", "--dir", f"{self.dir}/data"]
        self.started_ns = time.time_ns()
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return self

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def topic(self, name, partitions=1, config=""):
        return raw("coordinators", "topics", self.address, name, "--partitions", partitions, "--config", config)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
        shutil.rmtree(self.dir, ignore_errors=True)


def client(*arguments):
    out = subprocess.run([f"{BIN[OURS]}/bench_kafka_client", *map(str, arguments)], check=True, capture_output=True, text=True)
    return float(out.stdout.strip().splitlines()[-1])


TAKEN = ("CHANNEL.c", "EventTakeSuccessCount")  # what leaves the channel called c


def raw(program, *arguments):
    """What one of the raw programs prints: names and figures."""
    out = subprocess.run([f"{BIN[OURS]}/bench_raw_{program}", *map(str, arguments)], capture_output=True, text=True)
    if out.returncode != 0:
        raise RuntimeError(out.stderr.strip())
    return {name: float(figure) for name, figure in (line.rsplit(" ", 1) for line in out.stdout.splitlines())}


class Agents:
    """Agents of one file, ours or Apache Flume's, in a directory of their own, with /metrics of one of them."""

    def __init__(self, name, text, agents, watched, prepare=lambda directory: None):
        self.name, self.agents, self.watched = name, agents, watched
        self.dir = tempfile.mkdtemp(prefix="millrace-bench-", dir=f"{ROOT}/build")  # on the disk of the project
        for directory in ("out", "state", "logs"):
            os.makedirs(f"{self.dir}/{directory}", exist_ok=True)
        prepare(self.dir)
        self.run_again(text)

    def run_again(self, text):
        self.processes, self.metrics = [], {}
        with open(f"{self.dir}/agent.conf", "w") as f:
            f.write(text)
        for agent in self.agents:
            self.start(agent)

    def start(self, agent):
        port = self.metrics[agent] = free_port()
        arguments = ["-n", agent, "-f", "agent.conf", "--no-reload-conf", "-Dflume.monitoring.type=http", f"-Dflume.monitoring.port={port}"]
        if self.name == "Flume":
            # What Java reads as its own has to stand before the class.
            command = ["java", "-Xmx2g", f"-Dlog4j.configurationFile={ROOT}/tests/interop/flume/log4j2.xml", *arguments[-2:],
                       "-cp", f"{PEERS}/flume/lib/*", "org.apache.flume.node.Application", *arguments[:-2]]
        else:
            command = [f"{BIN[self.name]}/millraced", "agent", *arguments]
        self.processes.append(subprocess.Popen(command, cwd=self.dir, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    def value(self, component, counter, agent=None):
        """Of "CHANNEL.c" or "SINK.k"; 0 while there is none."""
        if any(process.poll() is not None for process in self.processes):
            raise RuntimeError("the agent ended")
        url = f"http://127.0.0.1:{self.metrics[agent or self.watched]}/metrics"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return int(json.load(answer)[component][counter])
        except (OSError, KeyError, ValueError):
            return 0

    def until(self, events, counted, limit=600):
        start = time.monotonic()
        while (seen := self.value(*counted)) < events:
            if time.monotonic() - start > limit:
                raise RuntimeError(f"{seen} of {events} events came within {limit} s")
            time.sleep(0.02)
        return seen

    def rate(self, counted, warm=4, seconds=6):
        """Events a second, and microseconds of processor time each cost."""
        self.until(1, counted)
        time.sleep(warm)
        first, start, before = self.value(*counted), time.monotonic(), self.cpu_seconds()
        time.sleep(seconds)
        events = self.value(*counted) - first
        return events / (time.monotonic() - start), (self.cpu_seconds() - before) * 1e6 / max(events, 1)

    def cpu_seconds(self):
        return sum(cpu_seconds(process.pid) for process in self.processes)

    def kill(self):
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()

    def stop(self):
        self.kill()
        shutil.rmtree(self.dir, ignore_errors=True)
