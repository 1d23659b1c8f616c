"""The drawings that agents are measured with, as the text of their configuration."""

LINE_BYTES = 500


def agent(source, channel, sink, name="a"):
    """One source, channel and sink; every property on a line of its own, without its prefix."""
    properties = [f"{name}.sources = s", f"{name}.channels = c", f"{name}.sinks = k", f"{name}.sources.s.channels = c", f"{name}.sinks.k.channel = c"]
    for prefix, text in (("sources.s", source), ("channels.c", channel), ("sinks.k", sink)):
        properties += [f"{name}.{prefix}.{line.strip()}" for line in text.strip().splitlines()]
    return "\n".join(properties) + "\n"


def weblog_lines(count):
    """Lines of a web server, all of one length."""
    for i in range(count):
        line = (f"10.1.{i // 250 % 250}.{i % 250} - - [17/May/2026:08:{i // 60 % 60:02}:{i % 60:02} +0000] "
                f"\"GET /item/{i:09} HTTP/1.1\" 200 {i % 9000 + 1000} ")
        yield line + "x" * (LINE_BYTES - 1 - len(line)) + "\n"


MEMORY = """type = memory
    capacity = 100000
    byteCapacity = 0
    transactionCapacity = 1000"""
FILE = """type = file
    checkpointDir = state/checkpoint
    dataDirs = state/data
    capacity = 5000000
    transactionCapacity = 1000"""
JDBC = """type = jdbc
    maximum.capacity = 100000
    driver.url = jdbc:derby:state/derby;create=true
    create.schema = true"""
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


def stress(batch):
    return f"""type = org.apache.flume.source.StressSource
    size = {LINE_BYTES}
    batchSize = {batch}"""


def sequence(batch):
    """Every event with a body and a header of its own, which the stress source's are not."""
    return f"""type = seq
    batchSize = {batch}
    interceptors = t
    interceptors.t.type = timestamp"""


def kafka_sink(address):
    return f"""type = org.apache.flume.sink.kafka.KafkaSink
    kafka.bootstrap.servers = {address}
    kafka.topic = t
    flumeBatchSize = 1000"""


def avro_source(port):
    return f"""type = avro
    bind = 127.0.0.1
    port = {port}"""


def avro_sink(port, batch=100):
    return f"""type = avro
    hostname = 127.0.0.1
    port = {port}
    batch-size = {batch}"""
