"""Writes messages.txt beside itself: bytes of every message and version that is spoken here, made from Apache Kafka's
own message definitions and from nothing of ours but the names and version ranges.

    make_golden.py DEFINITIONS…     folders of *.json (clients/src/main/resources/common/message), the newest first

One line each: API, Request or Response, version, "filled" or "bare", bytes. In a filled message every field differs
from its default and from its neighbours; in a bare one what may be null is null and arrays are empty. Run it again
when an API or a version is added.
"""
import json
import pathlib
import re
import struct
import sys

HERE = pathlib.Path(__file__).resolve().parent
MESSAGES = HERE.parents[2] / "engine" / "wire" / "messages"
# Tagged fields of brokers that are not spoken of here: read over, never written.
NOT_KEPT = {("ApiVersions", "FinalizedFeaturesEpoch")}
NUMBERS = {"int8": ">b", "int16": ">h", "uint16": ">H", "int32": ">i", "uint32": ">I", "int64": ">q", "float64": ">d"}


def covers(versions, version):
    if not versions or versions == "none":
        return False
    low, _, high = versions.rstrip("+").partition("-")
    return int(low) <= version <= (int(high) if high else int(low) if not versions.endswith("+") else 1 << 15)


def varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out + bytes([value]))


class Maker:
    def __init__(self, definition, version, bare):
        self.api = re.sub("(Request|Response)$", "", definition["name"])
        self.structs = {entry["name"]: entry["fields"] for entry in definition.get("commonStructs", [])}
        self.version, self.bare, self.count = version, bare, 0
        self.flexible = covers(definition.get("flexibleVersions"), version)

    def length(self, value, classic):
        """Of a string, bytes or array; None for null."""
        if self.flexible:
            return varint(0 if value is None else value + 1)
        return struct.pack(classic, -1 if value is None else value)

    def number(self, kind, default):
        self.count += 1
        value = self.count % 100 + 1
        if kind not in ("int8", "int16"):
            value += 1000 * self.count
        if str(value) == str(default):
            value += 1
        return struct.pack(NUMBERS[kind], value)

    def scalar(self, kind, default, null):
        if kind == "bool":
            return b"\0" if str(default).lower() == "true" else b"\1"
        if kind in NUMBERS:
            return self.number(kind, default)
        self.count += 1
        if kind == "uuid":
            return bytes((self.count + at) % 255 + 1 for at in range(16))
        content = None if null else f"{kind} {self.count}".encode()
        return self.length(None if null else len(content), ">h" if kind == "string" else ">i") + (content or b"")

    def value(self, field):
        kind, fields = field["type"], field.get("fields")
        null = self.bare and covers(field.get("nullableVersions"), self.version)
        if kind.startswith("[]"):
            if null:
                return self.length(None, ">i")
            element = {"type": kind[2:], "fields": fields}
            return self.length(0 if self.bare else 2, ">i") + b"".join(
                self.value(element) for _ in range(0 if self.bare else 2))
        if kind in NUMBERS or kind in ("bool", "string", "bytes", "records", "uuid"):
            return self.scalar(kind, field.get("default"), null)
        mark = b""
        if covers(field.get("nullableVersions"), self.version):
            mark = b"\xff" if null else b"\1"
        return mark + (b"" if null else self.struct(fields or self.structs[kind]))

    def struct(self, fields):
        out, tagged = b"", {}
        for field in fields:
            if not covers(field["versions"], self.version):
                continue
            if self.flexible and covers(field.get("taggedVersions"), self.version):
                # A tagged field that has its default value is not written; null and the empty array are defaults.
                bare = self.bare and (field["type"].startswith("[]") or "nullableVersions" in field)
                if not bare and (self.api, field["name"]) not in NOT_KEPT:
                    tagged[field["tag"]] = self.value(field)
            else:
                out += self.value(field)
        if self.flexible:
            out += varint(len(tagged))
            for tag, content in sorted(tagged.items()):
                out += varint(tag) + varint(len(content)) + content
        return out


def definition(name, version, folders):
    for folder in folders:
        path = pathlib.Path(folder) / f"{name}.json"
        if path.exists():
            text = "\n".join(line for line in path.read_text().splitlines() if not line.lstrip().startswith("//"))
            found = json.loads(text)
            if covers(found["validVersions"], version):
                return found
    raise SystemExit(f"no definition of {name} v{version}")


def main(folders):
    lines = []
    for header in sorted(MESSAGES.glob("*.h")):
        spec = re.search(r'ApiSpec k\w+\{\s*\d+,\s*(\d+),\s*(\d+),\s*\w+,\s*"(\w+)"\}', header.read_text())
        if not spec:
            continue  # what all messages have in front
        for direction in ("Request", "Response"):
            for version in range(int(spec[1]), int(spec[2]) + 1):
                found = definition(spec[3] + direction, version, folders)
                for bare in (False, True):
                    content = Maker(found, version, bare).struct(found["fields"])
                    lines.append(f"{spec[3]} {direction} {version} {'bare' if bare else 'filled'} {content.hex()}\n")
    (HERE / "messages.txt").write_text("".join(lines))
    print(len(lines), "messages")


if __name__ == "__main__":
    main(sys.argv[1:])
