"""What whole flows carry: a file of lines from its source to where it goes, and how soon a full channel is there again."""
import time

from drawings import EXEC, FILE, FILE_ROLL, MEMORY, NULL, SPOOLDIR, TAILDIR, agent, avro_sink, avro_source, kafka_sink, stress, weblog_lines
from processes import TAKEN, Agents, Server, free_port, wait_port


def events_per_second(name, text, lines, files=1):
    """From the first event to the last."""
    def write(directory):
        rows = weblog_lines(lines)
        for number in range(files):
            path = f"{directory}/logs/in{number if files > 1 else ''}.log"
            with open(path, "w") as out:
                out.writelines(next(rows) for _ in range(lines // files))
    agents = Agents(name, text, ["a"], "a", prepare=write)
    first = agents.until(1, TAKEN)
    start = time.monotonic()
    agents.until(lines // files * files, TAKEN)
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
    rows(table, names, pairs, "TAILDIR → file → null", agent(TAILDIR, FILE, NULL), 800_000, bar="≥ 300,000")
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
    """Our agent into our broker, Apache's agent into Apache's."""
    for channel, text, bar in (("memory", MEMORY, "≥ 3x"), ("file", FILE, "≥ 4x")):
        rates = {name: [] for name in names}
        for _ in range(pairs):
            for name in names:
                server = Server("Kafka" if name == "Flume" else name).start()
                wait_port(server.port, server.process)
                rates[name].append(events_per_second(name, agent(TAILDIR, text, kafka_sink(server.address)), 400_000))
                server.stop()
        table.add(f"TAILDIR → {channel} → Kafka sink → topic", "events/s", rates, bar=bar)


def back_pressure(table, names, lines=1_000_000, rate=100_000):
    """Fifty megabytes a second into an agent whose next hop starts only after half of it: how fast it catches up, and
    whether all of it arrives."""
    drained, lost = {}, {}
    for name in names:
        port = free_port()
        text = agent(TAILDIR, FILE, avro_sink(port, 1000)) + agent(avro_source(port), MEMORY, NULL, "b")
        agents = Agents(name, text, ["a"], "a")
        rows, start = weblog_lines(lines), time.monotonic()
        with open(f"{agents.dir}/logs/in.log", "w") as out:
            for turn in range(lines * 20 // rate):
                out.write("".join(next(rows) for _ in range(rate // 20)))
                out.flush()
                time.sleep(max(0, start + (turn + 1) / 20 - time.monotonic()))
                if turn == lines * 10 // rate:
                    agents.start("b")
        first, since = agents.value(*TAKEN), time.monotonic()
        agents.until(lines, TAKEN)
        drained[name] = [(lines - first) / (time.monotonic() - since)]
        lost[name] = [max(0, lines - agents.value("SOURCE.s", "EventAcceptedCount", "b"))]
        agents.stop()
    table.add("next hop down for half of 500 MB at 50 MB/s, then catching up", "events/s", drained, bar="≥ 300,000")
    table.add("  of them lost", "events", lost, "less", "0")


def restart(table, names, events=2_000_000):
    """A file channel that is full of events: killed, started again, until its sink has the first one."""
    text = agent(stress(1000) + f"\nmaxTotalEvents = {events}", FILE, NULL)
    filling = "\n".join(line for line in text.splitlines() if not line.startswith("a.sinks")) + "\n"
    draining = "\n".join(line for line in text.splitlines() if not line.startswith("a.sources")) + "\n"
    times = {}
    for name in names:
        agents = Agents(name, filling, ["a"], "a")
        while agents.value("CHANNEL.c", "EventPutSuccessCount") < events - 1000:
            time.sleep(0.2)
        agents.kill()
        start = time.monotonic()
        agents.run_again(draining)
        agents.until(1, TAKEN)
        times[name] = [time.monotonic() - start]
        agents.stop()
    table.add(f"kill -9 with {events:,} events in the file channel, to the first take", "s", times, "less", bar="≤ 1/10")
