"""What whole flows carry: a file of lines from its source to where it goes, and how soon a full channel is there again."""
import time

from processes import Agents, Server, wait_port

LINE_BYTES = 500


def weblog_lines(count):
    """Lines of a web server, all of one length."""
    for i in range(count):
        line = (f"10.1.{i // 250 % 250}.{i % 250} - - [17/May/2026:08:{i // 60 % 60:02}:{i % 60:02} +0000] "
                f"\"GET /item/{i:09} HTTP/1.1\" 200 {i % 9000 + 1000} ")
        yield line + "x" * (LINE_BYTES - 1 - len(line)) + "\n"


def agent(source, channel, sink):
    properties = ["a.sources = s", "a.channels = c", "a.sinks = k", "a.sources.s.channels = c", "a.sinks.k.channel = c"]
    for prefix, text in (("a.sources.s", source), ("a.channels.c", channel), ("a.sinks.k", sink)):
        properties += [f"{prefix}.{line.strip()}" for line in text.strip().splitlines()]
    return "\n".join(properties) + "\n"


MEMORY = """type = memory
    capacity = 100000
    byteCapacity = 0
    transactionCapacity = 1000"""
FILE = """type = file
    checkpointDir = state/checkpoint
    dataDirs = state/data
    capacity = 5000000
    transactionCapacity = 1000"""
TAILDIR = """type = TAILDIR
    filegroups = g
    filegroups.g = logs/.*log
    positionFile = state/positions.json
    batchSize = 1000"""
SPOOLDIR = """type = spooldir
    spoolDir = logs
    batchSize = 1000
    deserializer.maxLineLength = 4096"""
EXEC = """type = exec
    command = cat logs/in.log
    batchSize = 1000"""
NULL = """type = null
    batchSize = 1000"""
FILE_ROLL = """type = file_roll
    sink.directory = out
    sink.rollInterval = 0
    sink.batchSize = 1000"""


def events_per_second(name, text, lines, files=1):
    """From the first event to the last."""
    def write(directory):
        rows = weblog_lines(lines)
        for number in range(files):
            path = f"{directory}/logs/in{number if files > 1 else ''}.log"
            with open(path, "w") as out:
                out.writelines(next(rows) for _ in range(lines // files))
    agents = Agents(name, text, ["a"], "a", prepare=write)
    first = agents.until_taken("c", 1)
    start = time.monotonic()
    agents.until_taken("c", lines // files * files)
    took = time.monotonic() - start
    agents.stop()
    return (lines - first) / max(took, 1e-3)


def rows(table, names, pairs, title, text, lines, files=1, bar=None):
    rates = {name: [] for name in names}
    for _ in range(pairs):
        for name in names:
            rates[name].append(events_per_second(name, text, lines, files))
    table.add(title, "events/s", rates, bar=bar)


def flows(table, names, pairs):
    rows(table, names, pairs, "exec (cat) → memory → file_roll", agent(EXEC, MEMORY, FILE_ROLL), 800_000, bar="≥ 5x")
    rows(table, names, pairs, "spooldir, 200 files of 1 MB → file → null", agent(SPOOLDIR, FILE, NULL), 400_000, 200, "≥ 5x")
    rows(table, names, pairs, "TAILDIR → memory → null", agent(TAILDIR, MEMORY, NULL), 800_000, bar="≥ 3x")
    extract = EXEC + """
    interceptors = r
    interceptors.r.type = regex_extractor
    interceptors.r.regex = ^(\\\\S+) .* "(GET|POST) (\\\\S+) HTTP
    interceptors.r.serializers = host method path
    interceptors.r.serializers.host.name = host
    interceptors.r.serializers.method.name = method
    interceptors.r.serializers.path.name = path"""
    rows(table, names, pairs, "exec (cat) → regex_extractor on web log lines → null", agent(extract, MEMORY, NULL), 400_000, bar="≥ 3x")


def to_kafka(table, names, pairs):
    """TAILDIR → file → Kafka sink: our agent into our broker, Apache's agent into Apache's."""
    rates = {name: [] for name in names}
    for _ in range(pairs):
        for name in names:
            server = Server("Kafka" if name == "Flume" else name).start()
            wait_port(server.port, server.process)
            sink = f"""type = org.apache.flume.sink.kafka.KafkaSink
                kafka.bootstrap.servers = {server.address}
                kafka.topic = t
                flumeBatchSize = 1000"""
            rates[name].append(events_per_second(name, agent(TAILDIR, FILE, sink), 400_000))
            server.stop()
    table.add("TAILDIR → file → Kafka sink → topic", "events/s", rates, bar="≥ 4x")


def restart(table, names, events=2_000_000):
    """A file channel that is full of events: killed, started again, until its sink has the first one."""
    source = f"""type = org.apache.flume.source.StressSource
        size = {LINE_BYTES}
        batchSize = 1000
        maxTotalEvents = {events}"""
    text = agent(source, FILE, NULL)
    filling = "\n".join(line for line in text.splitlines() if not line.startswith("a.sinks")) + "\n"
    draining = "\n".join(line for line in text.splitlines() if not line.startswith("a.sources")) + "\n"
    times = {}
    for name in names:
        agents = Agents(name, filling, ["a"], "a")
        while agents.value("c", "EventPutSuccessCount") < events - 1000:
            time.sleep(0.2)
        agents.kill()
        start = time.monotonic()
        agents.run_again(draining)
        agents.until_taken("c", 1)
        times[name] = [time.monotonic() - start]
        agents.stop()
    table.add(f"kill -9 with {events:,} events in the file channel, to the first take", "s", times, "less", bar="≤ 1/10")
