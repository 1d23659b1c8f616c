"""What agents carry, and how soon an event passes all of a drawing."""
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from processes import BIN, Agents, Server, cpu_seconds, free_port, rss_mib, wait_port


CHANNELS = {
    "memory": """a.channels.c.type = memory
a.channels.c.capacity = 100000
a.channels.c.byteCapacity = 0""",
    "file": """a.channels.c.type = file
a.channels.c.checkpointDir = state/checkpoint
a.channels.c.dataDirs = state/data
a.channels.c.capacity = 100000""",
}
SYSLOG_SENDER = """
import socket, sys
line = b"<134>1 2026-05-17T08:30:%02d.%03dZ host%d.example.com app 4711 - - "
lines = [line % (i // 1000 % 60, i % 1000, i % 7) for i in range(4000)]
block = b"".join(line + b"x" * (249 - len(line)) + b"\\n" for line in lines)
connection = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
while True:
    connection.sendall(block)
"""
BARS = {"memory": {1: "≥ 5x", 100: "≥ 2x", 1000: None}, "file": {100: "≥ 6x", 1000: "≥ 15x"}}


def idle_memory(table, names):
    rss, cpu = {}, {}
    for name in names:
        port = free_port()
        text = f"""
a.sources = s
a.channels = c
a.sinks = k
a.sources.s.type = netcat
a.sources.s.bind = 127.0.0.1
a.sources.s.port = {port}
a.sources.s.channels = c
{CHANNELS["memory"]}
a.sinks.k.type = null
a.sinks.k.channel = c
"""
        agents = Agents(name, text, ["a"], "a")
        process = agents.processes[0]
        wait_port(port, process)
        time.sleep(15)
        before = cpu_seconds(process.pid)
        rss[name] = [rss_mib(process.pid)]
        time.sleep(5)
        cpu[name] = [(cpu_seconds(process.pid) - before) / 5 * 100]
        agents.stop()
    table.add("idle agent, resident memory after 15 s", "MiB", rss, "less", "≥ 20x")
    table.add("idle agent, processor", "% of a core", cpu, "less")


def stress(table, names, pairs, channel):
    """stress → channel → null; with the file channel each commit of puts and of takes is on stable storage."""
    for batch, bar in BARS[channel].items():
        text = f"""
a.sources = s
a.channels = c
a.sinks = k
a.sources.s.type = org.apache.flume.source.StressSource
a.sources.s.size = 500
a.sources.s.batchSize = {batch}
a.sources.s.channels = c
{CHANNELS[channel]}
a.channels.c.transactionCapacity = {max(batch, 100)}
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
        table.add(f"stress → {channel} → null, batch {batch}", "events/s", rates, bar=bar)


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


def syslog(table, names, pairs):
    """One connection of messages of 250 bytes → syslogtcp → memory → null."""
    rates = {name: [] for name in names}
    for _ in range(pairs):
        for name in names:
            port = free_port()
            text = f"""
a.sources = s
a.channels = c
a.sinks = k
a.sources.s.type = syslogtcp
a.sources.s.host = 127.0.0.1
a.sources.s.port = {port}
a.sources.s.channels = c
{CHANNELS["memory"]}
a.channels.c.transactionCapacity = 1000
a.sinks.k.type = null
a.sinks.k.batchSize = 1000
a.sinks.k.channel = c
"""
            agents = Agents(name, text, ["a"], "a")
            wait_port(port, agents.processes[0])
            sender = subprocess.Popen([sys.executable, "-c", SYSLOG_SENDER, str(port)])
            rates[name].append(agents.rate("c"))
            sender.kill()
            sender.wait()
            agents.stop()
    table.add("syslogtcp, 250 bytes, one connection → memory → null", "messages/s", rates, bar="≥ 5x")


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
