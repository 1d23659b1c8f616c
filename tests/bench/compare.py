#!/usr/bin/env python3
"""Measures Millrace beside Apache Kafka and Apache Flume, interleaved, and prints one table.

Called by ./test.sh --bench. Absolute figures are this machine's; read the ratios. Peers that could not be fetched are
left out and said to be. With --against the peer is another build of Millrace, mostly an earlier one. Every process
listens on loopback only.
"""
import argparse
import json
import os
import resource
import shutil
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OURS = "Millrace"
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
        self.name, self.port, self.dir = name, free_port(), tempfile.mkdtemp(prefix="millrace-bench-")
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

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
        shutil.rmtree(self.dir, ignore_errors=True)


def client(*arguments):
    out = subprocess.run([f"{BIN[OURS]}/bench_kafka_client", *map(str, arguments)], check=True, capture_output=True, text=True)
    return float(out.stdout.strip().splitlines()[-1])


class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, unit, figures, better="more", bar=None):
        """`figures` are the interleaved runs of Millrace and of its peer, if there is one; the ratio is the median of the
        pairs."""
        ours, peer = figures[OURS], next((runs for name, runs in figures.items() if name != OURS), None)
        ratio = None
        if peer:
            pairs = [(a / b if better == "more" else b / a) for a, b in zip(ours, peer) if a and b]
            ratio = statistics.median(pairs) if pairs else None
        row = (what, unit, statistics.median(ours), statistics.median(peer) if peer else None, ratio, bar)
        self.rows.append(row)
        print(self.line(row), flush=True)

    @staticmethod
    def number(value):
        if value is None:
            return "–"
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"

    def line(self, row):
        what, unit, ours, peer, ratio, bar = row
        return f"| {what} | {unit} | {self.number(ours)} | {self.number(peer)} | {'–' if ratio is None else f'{ratio:.2f}x better'} | {bar or '–'} |"

    HEAD = "| What | Unit | Millrace | Peer | Ratio (median of pairs) | Bar |\n|---|---|---:|---:|---:|---|"


def start_to_first_ack(table, names, pairs):
    times = {name: [] for name in names}
    for _ in range(pairs):
        for name in names:
            server = Server(name).start()
            # A client that is refused once sleeps for up to a second: that would be measured instead of the broker.
            wait_port(server.port, server.process)
            times[name].append(client("first-ack", server.address, "fresh", server.started_ns))
            server.stop()
    table.add("exec → first acknowledged record on a new topic", "ms", times, "less", "≥ 20x")


def idle_memory(table, names):
    rss, cpu = {}, {}
    for name in names:
        server = Server(name).start()
        wait_port(server.port, server.process)
        client("first-ack", server.address, "fresh", server.started_ns)
        time.sleep(15)
        before = cpu_seconds(server.process.pid)
        rss[name] = [rss_mib(server.process.pid)]
        time.sleep(5)
        cpu[name] = [(cpu_seconds(server.process.pid) - before) / 5 * 100]
        server.stop()
    table.add("idle broker, resident memory after 15 s", "MiB", rss, "less", "≥ 10x")
    table.add("idle broker, processor", "% of a core", cpu, "less")


def api_versions(connection):
    """One request and its answer: what every client says first."""
    connection.sendall(struct.pack(">ihhih", 10, 18, 0, 1, -1))
    left = struct.unpack(">i", connection.recv(4, socket.MSG_WAITALL))[0]
    return len(connection.recv(left, socket.MSG_WAITALL)) == left


def many_connections(table, names, wanted=12_000):
    """As many as the limit of open files lets this process open; each has spoken once and stays silent."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    count = min(wanted, most - 100)
    served, each, after = {}, {}, {}
    for name in names:
        server = Server(name).start()
        wait_port(server.port, server.process)
        client("first-ack", server.address, "fresh", server.started_ns)
        empty = rss_mib(server.process.pid)
        opened, answered = [], 0
        for _ in range(count):
            connection = socket.create_connection(("127.0.0.1", server.port), 30)
            opened.append(connection)
            try:
                answered += api_versions(connection)
            except (OSError, struct.error):
                connection.close()  # refused: it frees no place, but whoever holds one is still served below
        served[name] = [answered]
        each[name] = [(rss_mib(server.process.pid) - empty) * 1024 / max(answered, 1)]
        still = sum(api_versions(connection) for connection in opened[:answered:97])
        after[name] = [still / len(opened[:answered:97]) * 100]
        for connection in opened:
            connection.close()
        server.stop()
    resource.setrlimit(resource.RLIMIT_NOFILE, before)
    table.add(f"connections served at once, {count:,} opened", "connections", served)
    table.add("  memory of each while it is silent", "KiB", each, "less")
    table.add("  of them still answered in the end", "%", after)


def throughput(table, names, pairs):
    for size, records in ((100, 3_000_000), (1024, 600_000)):
        gigabytes = size * records / 1e9
        figures = {name: {"produce": [], "produce-cpu": [], "consume": [], "consume-cpu": []} for name in names}
        servers = {name: Server(name).start() for name in names}
        for name, server in servers.items():
            wait_port(server.port, server.process)
            client("produce", server.address, "warm", records // 3, size, 1)  # the JVM needs it, ours gets the same
        for pair in range(pairs):
            for name, server in servers.items():
                figure, topic, pid = figures[name], f"t{pair}", server.process.pid
                before = cpu_seconds(pid)
                figure["produce"].append(client("produce", server.address, topic, records, size, 1))
                between = cpu_seconds(pid)
                figure["consume"].append(client("consume", server.address, topic, records))
                figure["produce-cpu"].append((between - before) / gigabytes)
                figure["consume-cpu"].append((cpu_seconds(pid) - between) / gigabytes)
        for server in servers.values():
            server.stop()
        of = lambda what: {name: figure[what] for name, figure in figures.items()}
        table.add(f"produce {size} B, acks=1 (page cache both)", "rec/s", of("produce"), bar="≥ 1.0x")
        table.add(f"  broker processor time, produce {size} B", "s/GB", of("produce-cpu"), "less", "≥ 2x")
        table.add(f"consume {size} B from cache", "rec/s", of("consume"), bar="≥ 1.0x")
        table.add(f"  broker processor time, consume {size} B", "s/GB", of("consume-cpu"), "less", "≥ 1.43x")


class Agents:
    """Agents of one file, ours or Apache Flume's, in a directory of their own, with /metrics of one of them."""

    def __init__(self, name, text, agents, watched):
        self.dir = tempfile.mkdtemp(prefix="millrace-bench-")
        self.processes, self.metrics = [], {agent: free_port() for agent in agents}
        self.watched = watched
        with open(f"{self.dir}/agent.conf", "w") as f:
            f.write(text)
        for directory in ("out", "state", "logs"):
            os.makedirs(f"{self.dir}/{directory}", exist_ok=True)
        for agent in agents:
            monitoring = ["-Dflume.monitoring.type=http", f"-Dflume.monitoring.port={self.metrics[agent]}"]
            rest = ["-n", agent, "-f", "agent.conf", "--no-reload-conf"]
            if name == "Flume":
                command = ["java", "-Xmx2g", f"-Dlog4j.configurationFile={ROOT}/tests/interop/flume/log4j2.xml", *monitoring,
                           "-cp", f"{PEERS}/flume/lib/*", "org.apache.flume.node.Application", *rest]
            else:
                command = [f"{BIN[name]}/millraced", "agent", *rest, *monitoring]
            self.processes.append(subprocess.Popen(command, cwd=self.dir, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    def taken(self, channel):
        url = f"http://127.0.0.1:{self.metrics[self.watched]}/metrics"
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(json.load(answer)[f"CHANNEL.{channel}"]["EventTakeSuccessCount"])

    def rate(self, channel, warm=4, seconds=6):
        while True:
            try:
                if self.taken(channel) > 0:
                    break
            except (OSError, KeyError, ValueError):
                if self.processes[0].poll() is not None:
                    raise RuntimeError("the agent ended")
            time.sleep(0.1)
        time.sleep(warm)
        first, start = self.taken(channel), time.monotonic()
        time.sleep(seconds)
        return (self.taken(channel) - first) / (time.monotonic() - start)

    def stop(self):
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()
        shutil.rmtree(self.dir, ignore_errors=True)


def memory_path(table, names, pairs):
    for batch in (1, 100, 1000):
        text = f"""
a.sources = s
a.channels = c
a.sinks = k
a.sources.s.type = org.apache.flume.source.StressSource
a.sources.s.size = 500
a.sources.s.batchSize = {batch}
a.sources.s.channels = c
a.channels.c.type = memory
a.channels.c.capacity = 100000
a.channels.c.transactionCapacity = {max(batch, 100)}
a.channels.c.byteCapacity = 0
a.sinks.k.type = null
a.sinks.k.batchSize = {batch}
a.sinks.k.channel = c
"""
        rates = {name: [] for name in names}
        for _ in range(pairs):
            for name in names:
                agents = Agents(name, text, ["a"], "a")
                rates[name].append(agents.rate("c"))
                agents.stop()
        bar = {1: "≥ 5x", 100: "≥ 2x", 1000: None}[batch]
        table.add(f"stress → memory → null, batch {batch}", "events/s", rates, bar=bar)


def avro_hop(table, names, pairs):
    rates = {name: [] for name in names}
    for _ in range(pairs):
        for name in names:
            port = free_port()
            text = f"""
a.sources = s
a.channels = c
a.sinks = k
a.sources.s.type = org.apache.flume.source.StressSource
a.sources.s.size = 500
a.sources.s.batchSize = 100
a.sources.s.channels = c
a.channels.c.type = memory
a.channels.c.capacity = 10000
a.sinks.k.type = avro
a.sinks.k.hostname = 127.0.0.1
a.sinks.k.port = {port}
a.sinks.k.batch-size = 100
a.sinks.k.channel = c
b.sources = s
b.channels = c
b.sinks = k
b.sources.s.type = avro
b.sources.s.bind = 127.0.0.1
b.sources.s.port = {port}
b.sources.s.channels = c
b.channels.c.type = memory
b.channels.c.capacity = 10000
b.sinks.k.type = null
b.sinks.k.channel = c
"""
            agents = Agents(name, text, ["b", "a"], "b")
            rates[name].append(agents.rate("c"))
            agents.stop()
    table.add("one Avro hop, batch 100, two agents", "events/s", rates, bar="≥ 2x")


class EventPath:
    """netcat → memory → Kafka sink → topic → Kafka source → memory → file_roll: ours in one process, or Apache Flume's
    two agents round an Apache Kafka."""

    def __init__(self, name):
        self.netcat, self.broker = free_port(), Server("Kafka") if name == "Flume" else None
        kafka = self.broker.port if self.broker else free_port()
        text = f"""#@ cluster.local.kind = embedded
#@ cluster.local.listen = 127.0.0.1:{kafka}
#@ topic.t.cluster = local
a.sources = s
a.channels = c
a.sinks = k
a.sources.s.type = netcat
a.sources.s.bind = 127.0.0.1
a.sources.s.port = {self.netcat}
a.sources.s.channels = c
a.channels.c.type = memory
a.sinks.k.type = org.apache.flume.sink.kafka.KafkaSink
a.sinks.k.kafka.bootstrap.servers = 127.0.0.1:{kafka}
a.sinks.k.kafka.topic = t
a.sinks.k.channel = c
b.sources = s
b.channels = c
b.sinks = k
b.sources.s.type = org.apache.flume.source.kafka.KafkaSource
b.sources.s.kafka.bootstrap.servers = 127.0.0.1:{kafka}
b.sources.s.kafka.topics = t
b.sources.s.kafka.consumer.auto.offset.reset = earliest
b.sources.s.batchSize = 100
b.sources.s.channels = c
b.channels.c.type = memory
b.sinks.k.type = file_roll
b.sinks.k.sink.directory = out
b.sinks.k.sink.rollInterval = 0
b.sinks.k.channel = c
"""
        if self.broker:
            wait_port(kafka, self.broker.start().process)
            self.agents = Agents(name, text, ["b", "a"], "b")
            self.dir = self.agents.dir
            process = self.agents.processes[-1]
        else:
            self.dir = tempfile.mkdtemp(prefix="millrace-bench-")
            with open(f"{self.dir}/event.conf", "w") as conf:
                conf.write(text)
            process = self.process = subprocess.Popen([f"{BIN[name]}/millraced", "run", "event.conf"], cwd=self.dir,
                                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_port(self.netcat, process)
        self.connection = socket.create_connection(("127.0.0.1", self.netcat))
        self.send("warm up", 120)

    def filed(self):
        out = f"{self.dir}/out"
        return sum(os.path.getsize(f"{out}/{name}") for name in os.listdir(out)) if os.path.isdir(out) else 0

    def send(self, line, limit=60):
        """Milliseconds until the line is in a file."""
        before, start = self.filed(), time.monotonic()
        self.connection.sendall(f"{line}\n".encode())
        while self.filed() == before:
            if time.monotonic() - start > limit:
                raise RuntimeError(f"an event did not arrive within {limit} s")
            time.sleep(0.0005)
        return (time.monotonic() - start) * 1000

    def stop(self):
        self.connection.close()
        if self.broker:
            self.agents.stop()
            self.broker.stop()
            return
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        shutil.rmtree(self.dir, ignore_errors=True)


def single_event(table, names, silence):
    first, every = {}, {}
    for name in names:
        path = EventPath(name)
        time.sleep(silence)
        first[name] = [path.send("one single event")]
        every[name] = []
        for _ in range(9):
            time.sleep(2)
            every[name].append(path.send("one single event"))
        path.stop()
    table.add(f"one event after {silence} s of silence: netcat → … topic … → file", "ms", first, "less", bar="≤ 50 ms")
    table.add("the same every 2 s, median of nine", "ms", every, "less", bar="≤ 50 ms")


def canvas(table):
    program = f"{BIN[OURS]}/bench_canvas_frame"
    if not os.path.exists(program):
        return
    out = subprocess.run([program], capture_output=True, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    print(out.stdout, end="")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=3, help="interleaved pairs of each measurement")
    parser.add_argument("--against", help="the bin directory of another release build of Millrace, instead of the Apache peers")
    parser.add_argument("--silence", type=int, default=60, help="seconds before the single event")
    parser.add_argument("--only", default="", help="comma list of: start, idle, connections, throughput, memory, avro, event, canvas")
    arguments = parser.parse_args()
    wanted = set(filter(None, arguments.only.split(",")))
    have = lambda peer: os.path.exists(f"{PEERS}/{peer}/lib/.complete")
    if arguments.against:
        BIN["earlier"] = os.path.abspath(arguments.against)
        brokers = agents = [OURS, "earlier"]
    else:
        brokers = [OURS] + (["Kafka"] if have("kafka") else [])
        agents = [OURS] + (["Flume"] if have("flume") else [])
        for peer in ("kafka", "flume"):
            if not have(peer):
                print(f"(Apache {peer.capitalize()} could not be fetched: its column is empty)")
    table = Table()
    print(f"load before: {os.getloadavg()[0]:.2f}; {os.cpu_count()} cores\n\n{Table.HEAD}", flush=True)
    measurements = {
        "start": lambda: start_to_first_ack(table, brokers, arguments.pairs),
        "idle": lambda: idle_memory(table, brokers),
        "connections": lambda: many_connections(table, brokers),
        "throughput": lambda: throughput(table, brokers, arguments.pairs),
        "memory": lambda: memory_path(table, agents, arguments.pairs),
        "avro": lambda: avro_hop(table, agents, arguments.pairs),
        "event": lambda: single_event(table, agents if len(brokers) > 1 else agents[:1], arguments.silence),
        "canvas": lambda: canvas(table),
    }
    for name, measure in measurements.items():
        if wanted and name not in wanted:
            continue
        try:
            measure()
        except (RuntimeError, subprocess.SubprocessError, OSError) as error:
            print(f"| {name}: could not be measured: {error} |", flush=True)
    print(f"\nload after: {os.getloadavg()[0]:.2f}")


if __name__ == "__main__":
    sys.exit(main())
