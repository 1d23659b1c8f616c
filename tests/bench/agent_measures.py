"""What agents carry when nothing holds them back, what they cost at rest, and how soon an event passes all of a drawing."""
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from drawings import FILE, FILE_ROLL, JDBC, MEMORY, NULL, TAILDIR, agent, avro_sink, avro_source, sequence, stress, weblog_lines
from processes import BIN, TAKEN, Agents, Server, free_port, rss_mib, wait_port

SENDER = """
import socket, sys
port, connections, kind = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
start = b"<134>1 2026-05-17T08:30:%02d.%03dZ host%d.example.com app 4711 - - " if kind == "syslog" else b"%02d.%03d host%d "
lines = [start % (i // 1000 % 60, i % 1000, i % 7) for i in range(4000)]
block = b"".join(line + b"x" * (249 - len(line)) + b"\\n" for line in lines)
sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(connections)]
while True:
    for connection in sockets:
        connection.sendall(block)
"""


def carried(table, names, pairs, title, text, agents=("a",), counted=TAKEN, unit="events/s", bar=None, during=lambda agents: contextlib.nullcontext()):
    """The rate at the last of `agents`, and what an event costs all of them."""
    rates, costs = {name: [] for name in names}, {name: [] for name in names}
    for _ in range(pairs):
        for name in names:
            running = Agents(name, text, [*reversed(agents)], agents[-1])
            with during(running):
                rate, cost = running.rate(counted)
            running.stop()
            rates[name].append(rate)
            costs[name].append(cost)
    table.add(title, unit, rates, bar=bar)
    table.add("  processor time of each", "µs", costs, "less")


def memory_channel(table, names, pairs):
    for batch, bar in ((1, "≥ 5x"), (100, None), (1000, None)):
        carried(table, names, pairs, f"stress (ranges of one slab) → memory → null, batch {batch}", agent(stress(batch), MEMORY, NULL), bar=bar)
    for batch in (100, 1000):
        carried(table, names, pairs, f"seq with timestamps (own body and header each) → memory → null, batch {batch}", agent(sequence(batch), MEMORY, NULL))


def file_channel(table, names, pairs):
    """Each commit of puts and of takes is on stable storage, with both."""
    for batch, bar in ((100, "≥ 6x"), (1000, "≥ 15x")):
        sink = f"type = null\nbatchSize = {batch}"
        carried(table, names, pairs, f"stress → file → null, batch {batch}", agent(stress(batch), FILE, sink), bar=bar)
        carried(table, names, pairs, f"seq with timestamps → file → null, batch {batch}", agent(sequence(batch), FILE, sink))


def jdbc_channel(table, names, pairs):
    """SQLite here, Derby there. Flume counts nothing at this channel; its sinks count."""
    carried(table, names, pairs, "seq → jdbc → file_roll, batch 1000", agent("type = seq\nbatchSize = 1000", JDBC, FILE_ROLL),
            counted=("SINK.k", "EventDrainSuccessCount"), bar="≥ 5x")


def avro_hop(table, names, pairs):
    for channel, text in (("memory", MEMORY), ("file", FILE)):
        port = free_port()
        second = agent(avro_source(port), text.replace("state/", "state/b-"), NULL, "b")
        carried(table, names, pairs, f"stress → {channel} → Avro → {channel} → null, batch 100", agent(stress(100), text, avro_sink(port)) + second,
                agents=("a", "b"), bar="≥ 5x")


@contextlib.contextmanager
def sender(agents, port, connections, kind):
    wait_port(port, agents.processes[0])
    process = subprocess.Popen([sys.executable, "-c", SENDER, str(port), str(connections), kind])
    try:
        yield
    finally:
        process.kill()
        process.wait()


def lines_over_tcp(table, names, pairs):
    kinds = {"syslog": "type = syslogtcp\nhost = 127.0.0.1", "netcat": "type = netcat\nbind = 127.0.0.1\nack-every-event = false"}
    for kind, connections, bar in (("syslog", 1, "≥ 5x"), ("syslog", 10, None), ("syslog", 100, None), ("netcat", 1, None)):
        port = free_port()
        carried(table, names, pairs, f"{kind}, 250 bytes, {connections} connection(s) → memory → null", agent(f"{kinds[kind]}\nport = {port}", MEMORY, NULL),
                unit="messages/s", bar=bar, during=lambda agents: sender(agents, port, connections, kind))


def at_rest(table, names):
    """What a waiting agent costs: one that listens, and one that watches ten thousand files."""
    def write(directory):
        for number in range(10_000):
            with open(f"{directory}/logs/{number}.log", "w") as out:
                out.write("one line\n")
    waiting = agent(f"type = netcat\nbind = 127.0.0.1\nport = {free_port()}", MEMORY, NULL)
    for title, text, prepare, bar in (("netcat → memory → null", waiting, lambda directory: None, "≥ 20x and ≤ 12 MiB"),
                                      ("TAILDIR of 10,000 quiet files → memory → null", agent(TAILDIR, MEMORY, NULL), write, None)):
        memory, processor = {}, {}
        for name in names:
            agents = Agents(name, text, ["a"], "a", prepare)
            pid = agents.processes[0].pid
            time.sleep(15)
            before = agents.cpu_seconds()
            memory[name] = [rss_mib(pid)]
            time.sleep(10)
            processor[name] = [(agents.cpu_seconds() - before) * 10]
            agents.stop()
        table.add(f"an agent at rest ({title}), resident memory after 15 s", "MiB", memory, "less", bar)
        table.add("  its processor time", "% of a core", processor, "less")


def steady(table, names, seconds=12, rate=20_000):
    """A file that grows by ten megabytes a second, as the collectors of logs are compared."""
    memory, processor = {}, {}
    for name in names:
        agents = Agents(name, agent(TAILDIR, MEMORY, NULL), ["a"], "a")
        lines, block = iter(weblog_lines(rate * seconds)), rate // 20
        with open(f"{agents.dir}/logs/in.log", "w") as out:
            start = time.monotonic()
            for turn in range(seconds * 20):
                if turn == 80:  # the JVM has compiled by then
                    before, since = agents.cpu_seconds(), time.monotonic()
                out.write("".join(next(lines) for _ in range(block)))
                out.flush()
                time.sleep(max(0, start + (turn + 1) / 20 - time.monotonic()))
            processor[name] = [(agents.cpu_seconds() - before) / (time.monotonic() - since) * 100]
        memory[name] = [rss_mib(agents.processes[0].pid)]
        agents.stop()
    table.add("TAILDIR of a file that grows by 10 MB/s → memory → null, processor", "% of a core", processor, "less")
    table.add("  resident memory", "MiB", memory, "less")


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
