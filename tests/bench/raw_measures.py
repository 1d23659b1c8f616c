"""What a broker carries when its client costs next to nothing: requests encoded beforehand, over plain sockets."""
import contextlib
import subprocess
import time

from processes import BIN, OURS, Server, cpu_seconds, raw, rss_mib, wait_port


@contextlib.contextmanager
def running(names):
    servers = {name: Server(name).start() for name in names}
    for server in servers.values():
        wait_port(server.port, server.process)
    try:
        yield servers
    finally:
        for server in servers.values():
            server.stop()


def compared(table, servers, pairs, title, unit, measure, better="more", bar=None):
    """`measure(server, number of the pair)`, interleaved; pair 0 warms up and is not counted."""
    figures = {name: [] for name in servers}
    for pair in range(pairs + 1):
        for name, server in servers.items():
            figure = measure(server, pair)
            if pair > 0:
                figures[name].append(figure)
    table.add(title, unit, figures, better, bar)


# Title, options, topic's partitions, bar of the rate, bar of the processor time.
LOADS = [
    ("B1 64 KiB batches of 100 B, five in flight, acks=1 (D0 both)", [], 1, "≥ 2.5x", "≥ 3.3x"),
    ("B2 the same, lz4", ["--codec", "lz4"], 1, "≥ 2.0x", "≥ 3.3x"),
    ("B3 one record, one in flight, acks=1 (D0 both)", ["--batch", 1, "--in-flight", 1], 1, "≥ 3x", None),
    ("B4 16 connections, 16 partitions, 16 KiB batches, acks=1 (D0 both)", ["--batch", 16384, "--connections", 16, "--partitions", 16], 16, "≥ 2x", None),
]


def produce_raw(table, names, pairs):
    with running(names) as servers:
        for number, (title, options, partitions, bar, cost_bar) in enumerate(LOADS):
            costs = {name: [] for name in names}

            def measure(server, pair):
                topic = f"raw{number}-{pair}"
                server.topic(topic, partitions)
                before = cpu_seconds(server.process.pid)
                figures = raw("produce", server.address, topic, *options)
                if pair > 0:
                    costs[server.name].append((cpu_seconds(server.process.pid) - before) / (figures["bytes"] / 1e9))
                return figures["records/s"]
            compared(table, servers, pairs, title, "rec/s", measure, bar=bar)
            table.add("  broker processor time", "s/GB", costs, "less", cost_bar)


def durable(table, names, pairs):
    """acks=all is answered here once it is on stable storage (D1); Kafka does that only where flush.messages is 1."""
    ours = lambda server: server.name == OURS or server.name == "earlier"
    with running(names) as servers:
        def against_cache(server, pair):
            server.topic(f"d{pair}")
            return raw("produce", server.address, f"d{pair}", "--acks", -1 if ours(server) else 1)["records/s"]
        compared(table, servers, pairs, "B7 64 KiB batches: D1 here (acks=all), D0 there (acks=1)", "rec/s", against_cache, bar="≥ 1.0x")
        for producers, bar in ((1, "≥ 1.2x"), (16, "≥ 5x")):
            def synced(server, pair):
                server.topic(f"s{producers}-{pair}", config="flush.messages=1")
                return raw("produce", server.address, f"s{producers}-{pair}", "--acks", -1, "--batch", 1, "--in-flight", 1, "--connections", producers)["records/s"]
            compared(table, servers, pairs, f"B8 one record on stable storage before its answer, both; {producers} producer(s)", "rec/s", synced, bar=bar)


def transactions(table, names, pairs):
    with running(names) as servers:
        def commits(server, pair):
            server.topic(f"x{pair}")
            return raw("coordinators", "transactions", server.address, f"x{pair}")["commits/s"]
        compared(table, servers, pairs, "B9 transactions of 100 records, one producer (D1 here, D0 there)", "commits/s", commits, bar="≥ 3x")


def consume_raw(table, names, pairs, gigabytes=1):
    with running(names) as servers:
        records = {}
        for server in servers.values():
            server.topic("c")
            made = raw("produce", server.address, "c", "--bytes", gigabytes * 10**9, "--record", 1024)
            records[server.name] = int(made["bytes"] // 1090)
        costs = {name: [] for name in names}

        def measure(server, pair):
            before = cpu_seconds(server.process.pid)
            rate = raw("consume", server.address, "c", "--records", records[server.name])["MB/s"]
            costs[server.name].append((cpu_seconds(server.process.pid) - before) / gigabytes)
            return rate
        compared(table, servers, pairs, "C1 consume 1 KiB from cache, every record walked", "MB/s", measure, bar="≥ 1.5x")
        table.add("  broker processor time", "s/GB", costs, "less", "≥ 2x")

        def cold(server, pair):
            subprocess.run(["sync"], check=True)
            with contextlib.suppress(OSError), open("/proc/sys/vm/drop_caches", "w") as caches:
                caches.write("1")
            return raw("consume", server.address, "c", "--records", records[server.name])["MB/s"]
        compared(table, servers, pairs, "C2 the same after the page cache was dropped", "MB/s", cold, bar="≥ 1.0x")

        def fan_out(server, pair):
            server.topic(f"f{pair}")
            count = 2_000_000
            readers = [subprocess.Popen([f"{BIN[OURS]}/bench_raw_consume", server.address, f"f{pair}", "--records", str(count)], stdout=subprocess.DEVNULL)
                       for _ in range(3)]
            start = time.monotonic()
            raw("produce", server.address, f"f{pair}", "--bytes", count * 115)
            for reader in readers:
                reader.wait()
            return 3 * count / (time.monotonic() - start)
        compared(table, servers, pairs, "C3 one producer and three tailing consumers, records read in all", "rec/s", fan_out, bar="≥ 2x")


def many_groups(table, names):
    with running(names) as servers:
        for server in servers.values():
            server.topic("bench")
        figures = {name: [raw("coordinators", "groups", server.address)] for name, server in servers.items()}
    table.add("C4 500 groups of one member each have joined", "s", {name: [f[0]["joined"]] for name, f in figures.items()}, "less", "≥ 3.3x")
    table.add("  commit of an offset, 500 a second, p99", "ms", {name: [f[0]["p99"]] for name, f in figures.items()}, "less", "≤ 5 ms")


def many_partitions(table, names):
    made, each, kept = {}, {}, {}
    with running(names) as servers:
        for name, server in servers.items():
            server.topic("one")
            raw("produce", server.address, "one", "--seconds", 3)
            one = raw("produce", server.address, "one", "--batch", 16384)["records/s"]
            before = rss_mib(server.process.pid)
            figures = server.topic("many", 1000)
            made[name] = [figures["written"]]
            each[name] = [(rss_mib(server.process.pid) - before) * 1024 / 1000]
            kept[name] = [raw("produce", server.address, "many", "--batch", 16384, "--partitions", 1000)["records/s"] / one * 100]
    table.add("S1 a topic of 1,000 partitions is made and each of them written to", "ms", made, "less", "≤ 1,000 ms")
    table.add("  memory of each, once written to", "KiB", each, "less", "≤ 16")
    table.add("  rate over all of them, of the rate with one", "%", kept, bar="≥ 90")


def latency(table, names):
    for title, options, bars in (("L1 1,000 rec/s of 1 KiB, linger 0 (D0 both)", ["--rate", 1000], ("≥ 2x", "≥ 3.3x", "≥ 5x")),
                                 ("L3 50 MB/s of 1 KiB, linger 5 (D0 both)", ["--rate", 50000, "--linger", 5], (None, "≥ 2x", "≥ 3.3x"))):
        figures = {}
        for name in names:
            with running([name]) as servers:
                servers[name].topic("l")
                figures[name] = raw("latency", servers[name].address, "l", *options)
        for quantile, bar in zip(("p50", "p99", "p99.9"), bars):
            table.add(f"{title}, {quantile}", "ms", {name: [f[quantile]] for name, f in figures.items()}, "less", bar)


def killed(table, names, gigabytes=10):
    """kill -9 with so much in one partition, then how soon somebody is served again: a fetch and a produce."""
    times = {}
    for name in names:
        server = Server(name).start()
        wait_port(server.port, server.process)
        server.topic("k")
        raw("produce", server.address, "k", "--bytes", gigabytes * 10**9, "--record", 1024, "--batch", 500_000)
        server.kill()
        start = time.monotonic()
        server.start()
        wait_port(server.port, server.process)
        while True:
            try:
                raw("consume", server.address, "k", "--records", 1)
                raw("produce", server.address, "k", "--bytes", 1200, "--batch", 1)
                break
            except RuntimeError:
                time.sleep(0.05)  # not yet led
        times[name] = [time.monotonic() - start]
        server.stop()
    table.add(f"T4 kill -9 with {gigabytes} GB in a partition, to the first fetch and produce", "s", times, "less", "≥ 20x and ≤ 1 s")
