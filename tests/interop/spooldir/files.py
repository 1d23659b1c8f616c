"""The same files to the spooldir source of Apache Flume and ours; the delivered events are compared, and what is left.

files.py MILLRACED LIB DIR: LIB holds Flume's jars; DIR is made for the two agents. Ends with 1 where something differs.
What is knowingly different (docs/differences-from-flume.md) is not among the files.
"""

import json
import os
import sys
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../flume"))
from both import differences, start_both, wait_events, wait_for

SCHEMA = {
    "type": "record", "name": "Sale", "namespace": "org.example", "doc": "not in the canonical form",
    "fields": [
        {"name": "id", "type": "long"},
        {"name": "note", "type": ["null", "string"], "default": None},
        {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"]}},
        {"name": "last", "type": ["null", "Kind"]},
        {"name": "tags", "type": {"type": "array", "items": "string"}},
        {"name": "more", "type": {"type": "map", "values": {"type": "fixed", "name": "F", "size": 2}}},
    ],
}


def number(value):
    value = (value << 1) ^ (value >> 63)
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def text(value):
    return number(len(value)) + value


def sale(i):
    """Of bytes that end no line and that file_roll shows as they are."""
    return (number(1000 + i) + number(1) + text(b"note %d" % i) + number(1) + number(1) + number(1)
            + number(2) + text(b"x") + text(b"y") + number(0) + number(1) + text(b"k") + b"zz" + number(0))


def avro(blocks, codec=b"null"):
    sync = b"0123456789abcdef"
    out = b"Obj\x01" + number(2) + text(b"avro.schema") + text(json.dumps(SCHEMA, separators=(",", ":")).encode())
    out += text(b"avro.codec") + text(codec) + number(0) + sync
    for block in blocks:
        data = b"".join(map(sale, block))
        if codec == b"deflate":
            packer = zlib.compressobj(wbits=-15)
            data = packer.compress(data) + packer.flush()
        out += number(len(block)) + text(data) + sync
    return out


FILES = {
    "lines": {
        "a.log": b"one\n\ntwo\r\nthree",
        "b.log": b"",
        "c.log": b"x" * 5000 + b"\nshort\n",
        "d.log": "äöü 你好 😀\n".encode() * 3,
        "skipped.tmp": b"not read\n",
        "sub/e.log": b"below\n",
    },
    "latin": {"a.log": b"\xe4\xf6\xfc\n\xff\n"},
    "replaced": {"a.log": b"a\xffb\nc\xe4\xbd\n"},
    "ignored": {"a.log": b"a\xffb\nc\xe4\xbd\n"},
    "marked": {"a.log": b"one\n", "b.log": b"two\n"},
    "hash": {"a.avro": avro([[0, 1, 2], [3]]), "b.avro": avro([[4, 5]], b"deflate")},
    "literal": {"a.avro": avro([[6]])},
}
SPOOL = "type=spooldir\nspoolDir={dir}/in-NAME\nfileHeader=true\nbasenameHeader=true\n"
SOURCES = {
    "lines": "recursiveDirectorySearch=true\nignorePattern=.*tmp\ndeserializer.maxLineLength=2000",
    "latin": "inputCharset=ISO-8859-1\ndeletePolicy=immediate",
    "replaced": "decodeErrorPolicy=REPLACE",
    "ignored": "decodeErrorPolicy=IGNORE\nconsumeOrder=youngest",
    "marked": "trackingPolicy=tracker_dir\nfileSuffix=.done",
    "hash": "deserializer=AVRO",
    "literal": "deserializer=AVRO\ndeserializer.schemaType=LITERAL\nfileHeader=false",
}
EVENTS = {"lines": 13, "latin": 2, "replaced": 2, "ignored": 2, "marked": 2, "hash": 6, "literal": 1}


def left(agent, name):
    """The files of the spooling directory, without what is only there while a source runs."""
    top = f"{agent.dir}/in-{name}"
    found = (os.path.relpath(os.path.join(at, file), top) for at, _, files in os.walk(top) for file in files)
    return sorted(file for file in found if not file.endswith("-main.meta"))


millraced, lib, directory = sys.argv[1:]
for side in ("flume", "ours"):
    for name, files in FILES.items():
        for age, (file, content) in enumerate(files.items()):
            path = f"{directory}/{side}/in-{name}/{file}"
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as out:
                out.write(content)
            os.utime(path, (1_700_000_000 + age, 1_700_000_000 + age))
agents = start_both(millraced, lib, directory, {name: SPOOL.replace("NAME", name) + SOURCES[name] for name in FILES})
try:
    wait_events(agents, EVENTS)
    for name in FILES:
        wait_for(lambda: left(agents[0], name) == left(agents[1], name), f"{name}: {left(agents[0], name)} is left by Flume, "
                 f"{left(agents[1], name)} by ours")
finally:
    for agent in agents:
        agent.stop()
sys.exit(differences(agents, FILES) > 0)
