#!/usr/bin/env python3
"""Measures Millrace beside Apache Kafka and Apache Flume, interleaved, and prints one table.

Called by ./test.sh --bench. Absolute figures are this machine's; read the ratios. Peers that could not be fetched are
left out and said to be. With --against the peer is another build of Millrace, mostly an earlier one. Every process
listens on loopback only.
"""
import argparse
import os
import subprocess
import sys
import tempfile

from agent_measures import at_rest, avro_hop, file_channel, jdbc_channel, lines_over_tcp, memory_channel, single_event, steady
from broker_measures import idle_memory, many_connections, start_to_first_ack, throughput
import raw_measures
from flow_measures import back_pressure, flows, restart, to_kafka
from processes import BIN, PEERS
from table import OURS, Table


def own(name):
    """What has no peer: a measuring program of ours, which prints its figures."""
    program = f"{BIN[OURS]}/bench_{name}"
    if not os.path.exists(program):
        return
    with tempfile.TemporaryDirectory(dir=".") as place:  # on the disk of the project, which a memory file system is not
        out = subprocess.run([os.path.abspath(program)], cwd=place, capture_output=True, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    print(out.stdout, end="")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=3, help="interleaved pairs of each measurement")
    parser.add_argument("--against", help="the bin directory of another release build of Millrace, instead of the Apache peers")
    parser.add_argument("--silence", type=int, default=60, help="seconds before the single event")
    parser.add_argument("--only", default="", help="comma list of: start, idle, connections, throughput, raw, durable, transactions, consume, groups, partitions, latency, killed, memory, file, jdbc, avro, lines, rest, steady, flows, kafka, pressure, restart, event, changes, canvas")
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
        "raw": lambda: raw_measures.produce_raw(table, brokers, arguments.pairs),
        "durable": lambda: raw_measures.durable(table, brokers, arguments.pairs),
        "transactions": lambda: raw_measures.transactions(table, brokers, arguments.pairs),
        "consume": lambda: raw_measures.consume_raw(table, brokers, arguments.pairs),
        "groups": lambda: raw_measures.many_groups(table, brokers),
        "partitions": lambda: raw_measures.many_partitions(table, brokers),
        "latency": lambda: raw_measures.latency(table, brokers),
        "killed": lambda: raw_measures.killed(table, brokers),
        "memory": lambda: memory_channel(table, agents, arguments.pairs),
        "file": lambda: file_channel(table, agents, arguments.pairs),
        "jdbc": lambda: jdbc_channel(table, agents, arguments.pairs),
        "avro": lambda: avro_hop(table, agents, arguments.pairs),
        "lines": lambda: lines_over_tcp(table, agents, arguments.pairs),
        "rest": lambda: at_rest(table, agents),
        "steady": lambda: steady(table, agents),
        "flows": lambda: flows(table, agents, arguments.pairs),
        "kafka": lambda: to_kafka(table, agents, arguments.pairs),
        "pressure": lambda: back_pressure(table, agents),
        "restart": lambda: restart(table, agents),
        "event": lambda: single_event(table, agents if len(brokers) > 1 else agents[:1], arguments.silence),
        "changes": lambda: own("hot_change"),
        "canvas": lambda: own("canvas_frame"),
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
