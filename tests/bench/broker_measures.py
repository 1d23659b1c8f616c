"""What a broker costs and carries."""
import resource
import socket
import struct
import time

from processes import Server, client, cpu_seconds, rss_mib, wait_port


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
