"""Asks a fresh Apache Kafka for what tst_recorded_answers.cpp compares our answers with, and writes answers.txt beside
itself.

    record_answers.py HOST PORT DEFINITIONS…     folders of *.json (clients/src/main/resources/common/message)

The broker is number 0, has StandardAuthorizer with super.users=User:ANONYMOUS, and no topics. One line each, in the
order in which they are to be asked: a name, the API, its version, the bytes of the request's body and of the answer's.
"""
import json
import pathlib
import socket
import struct
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "wire" / "golden"))
from make_golden import NUMBERS, covers, definition, varint  # noqa: E402


class Writer:
    """A request from a dict; what it does not name has its default."""

    def __init__(self, found, version):
        self.structs = {entry["name"]: entry["fields"] for entry in found.get("commonStructs", [])}
        self.version = version
        self.flexible = covers(found.get("flexibleVersions"), version)

    def length(self, value, classic):
        if self.flexible:
            return varint(0 if value is None else value + 1)
        return struct.pack(classic, -1 if value is None else value)

    def value(self, kind, value, fields, nullable):
        if kind.startswith("[]"):
            items = b"".join(self.value(kind[2:], item, fields, False) for item in value or [])
            return self.length(None if value is None else len(value), ">i") + items
        if kind in NUMBERS:
            return struct.pack(NUMBERS[kind], value)
        if kind == "bool":
            return b"\1" if value else b"\0"
        if kind == "string":
            content = None if value is None else value.encode()
            return self.length(None if value is None else len(content), ">h") + (content or b"")
        mark = (b"\xff" if value is None else b"\1") if nullable else b""
        return mark + (b"" if value is None else self.struct(fields or self.structs[kind], value))

    def default(self, field):
        if "default" in field:
            return json.loads(str(field["default"]).lower()) if field["type"] != "string" else field["default"]
        kind = field["type"]
        return [] if kind.startswith("[]") else "" if kind == "string" else 0

    def struct(self, fields, values):
        out = b""
        for field in fields:
            if covers(field["versions"], self.version):
                value = values.get(field["name"], self.default(field))
                nullable = covers(field.get("nullableVersions"), self.version)
                out += self.value(field["type"], value, field.get("fields"), nullable)
        return out + (b"\0" if self.flexible else b"")


class Client:
    def __init__(self, host, port, folders):
        self.socket = socket.create_connection((host, port))
        self.folders, self.lines = folders, []

    def read(self, count):
        data = b""
        while len(data) < count:
            data += self.socket.recv(count - len(data)) or sys.exit("the broker has closed the connection")
        return data

    def ask(self, name, api, version, **values):
        found = definition(api + "Request", version, self.folders)
        writer = Writer(found, version)
        body = writer.struct(found["fields"], values)
        header = struct.pack(">hhih", found["apiKey"], version, 1, 4) + b"test" + (b"\0" if writer.flexible else b"")
        self.socket.sendall(struct.pack(">i", len(header + body)) + header + body)
        answer = self.read(struct.unpack(">i", self.read(4))[0])[5 if writer.flexible else 4:]
        self.lines.append(f"{name}|{api}|{version}|{body.hex()}|{answer.hex()}\n")


def partitions(client):
    topics = [{"Name": name, "NumPartitions": count, "ReplicationFactor": 1} for name, count in (("one", 1), ("two", 3))]
    client.ask("two topics are made", "CreateTopics", 4, Topics=topics, timeoutMs=30000)

    def describe(name, *topics, **more):
        client.ask(name, "DescribeTopicPartitions", 0, Topics=[{"Name": topic} for topic in topics], **more)

    def cursor(topic, index):
        return {"TopicName": topic, "PartitionIndex": index}
    describe("all topics")
    describe("all that fit", ResponsePartitionLimit=2)
    describe("all that fit where one topic ends", ResponsePartitionLimit=1)
    describe("a limit of none", ResponsePartitionLimit=-5)
    describe("the rest", Cursor=cursor("two", 1))
    describe("the rest of what is named", "one", "two", Cursor=cursor("two", 1), ResponsePartitionLimit=1)
    describe("behind the last partition", "two", Cursor=cursor("two", 3))
    describe("from a name that is not there on", Cursor=cursor("p", 0))
    describe("a cursor at a topic that is not named", "one", Cursor=cursor("two", 0))
    describe("a cursor below the first partition", "one", "two", Cursor=cursor("two", -1))
    describe("unknown and illegal names", "two", "three", "a b", "two")

    def moves(name, version, *topics, **more):
        client.ask(name, "AlterPartitionReassignments", version, Topics=[
            {"Name": topic, "Partitions": [{"PartitionIndex": index, "Replicas": replicas}]}
            for topic, index, replicas in topics], **more)
    moves("to where it is", 0, ("one", 0, [0]))
    moves("to a broker that is not there", 0, ("one", 0, [7]))
    moves("to another one, too", 0, ("one", 0, [0, 7]))
    moves("to none", 0, ("one", 0, []))
    moves("twice to the same", 0, ("one", 0, [0, 0]))
    moves("given up", 0, ("one", 0, None))
    moves("a topic and a partition that are not there", 1, ("none", 0, [0]), ("one", 9, None))
    moves("with as many replicas as before", 1, ("one", 0, [0]), AllowReplicationFactorChange=False)
    client.ask("all moves", "ListPartitionReassignments", 0)
    client.ask("moves of some", "ListPartitionReassignments", 0, Topics=[
        {"Name": name, "PartitionIndexes": [0, 9]} for name in ("one", "none")])

    def elect(name, version, topics, **more):
        asked = topics and [{"Topic": topic, "Partitions": indexes} for topic, indexes in topics]
        client.ask(name, "ElectLeaders", version, TopicPartitions=asked, **more)
    elect("the first version knows one kind", 0, [("one", [0])])
    elect("preferred", 1, [("one", [0]), ("two", [2, 3])], ElectionType=0)
    elect("unclean", 2, [("one", [0]), ("none", [0])], ElectionType=1)
    elect("of all", 2, None, ElectionType=0)
    elect("an unknown kind", 2, [("one", [0])], ElectionType=3)
    elect("an unknown kind of all", 2, None, ElectionType=3)

    client.ask("of client metrics", "ListConfigResources", 0)
    client.ask("of topics", "ListConfigResources", 1, ResourceTypes=[2])
    client.ask("of topics and brokers", "ListConfigResources", 1, ResourceTypes=[4, 2, 4])
    client.ask("of what has none", "ListConfigResources", 1, ResourceTypes=[2, 3])


TOPIC, GROUP, CLUSTER, LITERAL, PREFIXED = 2, 3, 4, 3, 4
ANY, MATCH, ALL, READ, WRITE, DESCRIBE, DENY, ALLOW = 1, 2, 2, 3, 4, 8, 2, 3


def rules(client):
    def rule(kind, name, pattern=LITERAL, principal="User:alice", host="*", operation=READ, permission=ALLOW):
        return {"ResourceType": kind, "ResourceName": name, "ResourcePatternType": pattern, "Principal": principal,
                "Host": host, "Operation": operation, "PermissionType": permission}

    def create(name, *creations, version=3):
        client.ask(name, "CreateAcls", version, Creations=creations)
    good = (rule(TOPIC, "orders"), rule(TOPIC, "ord", PREFIXED, "User:bob", "10.0.0.7", ALL, DENY),
            rule(TOPIC, "*", operation=DESCRIBE), rule(GROUP, "orders", principal="User:*"),
            rule(CLUSTER, "kafka-cluster", operation=ALL))
    create("rules of all kinds", *good)
    create("what is there already, and one twice", good[0], rule(TOPIC, "x y"), rule(TOPIC, "x y"))
    create("none", version=1)
    # What stands for any is no rule: Kafka 4.1 has an unknown server error for all of such a request, or hangs up.
    for name, wrong in (
            ("the cluster by another name", rule(CLUSTER, "mine")), ("no name", rule(TOPIC, "")),
            ("an unknown kind of resource", rule(99, "orders")),
            ("an unknown pattern", rule(TOPIC, "orders", 9)),
            ("an unknown operation", rule(TOPIC, "orders", operation=99)),
            ("an unknown permission", rule(TOPIC, "orders", permission=9)),
            ("a principal without a kind", rule(TOPIC, "orders", principal="alice")),
            ("no principal", rule(TOPIC, "orders", principal="")), ("no host", rule(TOPIC, "orders", host="")),
            ("an operation that such resources do not have", rule(GROUP, "orders", operation=WRITE)),
            ("a delegation token", rule(6, "token", operation=DESCRIBE)), ("a user", rule(7, "alice", operation=13))):
        create("creating " + name, wrong, rule(TOPIC, "beside"))

    def what(kind=ANY, name=None, pattern=ANY, principal=None, host=None, operation=ANY, permission=ANY):
        return {"ResourceTypeFilter": kind, "ResourceNameFilter": name, "PatternTypeFilter": pattern,
                "PrincipalFilter": principal, "HostFilter": host, "Operation": operation, "PermissionType": permission}
    filters = (
        ("all", what()), ("those of topics", what(TOPIC)), ("those of a name", what(TOPIC, "orders")),
        ("those that apply to a name", what(TOPIC, "orders", MATCH)), ("literal ones", what(TOPIC, "orders", LITERAL)),
        ("prefixed ones", what(TOPIC, "ord", PREFIXED)), ("those of a longer name", what(TOPIC, "orders", PREFIXED)),
        ("those for all names", what(TOPIC, "*", LITERAL)), ("matches of the star", what(TOPIC, "*", MATCH)),
        ("those of somebody", what(principal="User:bob")), ("those of all", what(principal="User:*")),
        ("those from somewhere", what(host="10.0.0.7")), ("those of an operation", what(operation=ALL)),
        ("those that deny", what(permission=DENY)), ("those of nobody", what(principal="User:nobody")),
        ("an unknown kind", what(99)), ("an unknown pattern", what(TOPIC, "x", 9)),
        ("an unknown operation", what(operation=99)), ("an unknown permission", what(permission=9)))
    for name, asked in filters:
        client.ask("told: " + name, "DescribeAcls", 3, **asked)
    client.ask("told in the first version", "DescribeAcls", 1, **what())

    def delete(name, *which, version=3):
        client.ask("deleted: " + name, "DeleteAcls", version, Filters=which)
    delete("those of nobody, and an unknown kind", what(principal="User:nobody"), what(99))
    delete("an unknown kind alone", what(99))
    delete("an unknown operation", what(TOPIC, operation=99))
    delete("by two filters that meet", what(TOPIC, "orders"), what(TOPIC, "orders", MATCH), version=2)
    delete("all that are left", what(), version=1)
    client.ask("told: nothing is left", "DescribeAcls", 2, **what())


def quotas(client):
    def entity(**parts):
        return [{"EntityType": kind.replace("_", "-"), "EntityName": name} for kind, name in parts.items()]

    def op(key="producer_byte_rate", value=1000.0, remove=False):
        return {"Key": key, "Value": value, "Remove": remove}

    def alter(name, *entries, version=1, validateOnly=False):
        client.ask("quotas: " + name, "AlterClientQuotas", version, ValidateOnly=validateOnly, Entries=[
            {"Entity": who, "Ops": operations} for who, operations in entries])
    alter("of a user", (entity(user="alice"), [op(), op("consumer_byte_rate", 0.5)]))
    alter("of all kinds", (entity(user=None), [op()]), (entity(client_id="app"), [op()]),
          (entity(client_id=None), [op()]), (entity(user="alice", client_id="app"), [op(value=2e9)]),
          (entity(user=None, client_id=None), [op()]), (entity(user="alice", client_id=None), [op()]), version=0)
    alter("only tried", (entity(user="carol"), [op()]), validateOnly=True)
    alter("taken away that is not there", (entity(user="bob"), [op(remove=True)]))
    alter("none", version=0)
    alter("nothing of a user", (entity(user="dora"), []))
    for name, who, operations in (
            ("of nobody", [], [op()]), ("of an unknown kind", entity(group="g"), [op()]),
            ("of an address and a user", entity(user="alice", ip="10.0.0.7"), [op()]),
            ("of a user without a name", entity(user=""), [op()]),
            ("by an unknown key", entity(user="alice"), [op("bytes")]),
            ("by a key of addresses", entity(user="alice"), [op("connection_creation_rate", 5.0)]),
            ("by a key of users", entity(ip="10.0.0.7"), [op()]),
            ("of no bytes", entity(user="erin"), [op(value=0.0)]),
            ("of fewer than none", entity(user="alice"), [op(value=-1.0)]),
            ("of endless bytes", entity(user="alice"), [op(value=float("inf"))]),
            ("said twice", entity(user="alice"), [op(value=5.0), op(value=6.0)]),
            ("set and taken away", entity(user="alice"), [op(value=5.0), op(remove=True)])):
        alter(name, (who, operations), (entity(user="frank"), [op()]))

    EXACT, DEFAULT, ANY_NAME = 0, 1, 2

    def describe(name, *components, strict=False, version=1):
        client.ask("quotas told: " + name, "DescribeClientQuotas", version, Strict=strict, Components=[
            {"EntityType": kind, "MatchType": match, "Match": text} for kind, match, text in components])
    describe("all")
    describe("all, strictly", strict=True)
    describe("of a user", ("user", EXACT, "alice"))
    describe("of a user alone", ("user", EXACT, "alice"), strict=True, version=0)
    describe("of the default user", ("user", DEFAULT, None))
    describe("of any user", ("user", ANY_NAME, None))
    describe("of any user alone", ("user", ANY_NAME, None), strict=True)
    describe("of a user and any client", ("user", EXACT, "alice"), ("client-id", ANY_NAME, None), strict=True)
    describe("of clients alone", ("client-id", ANY_NAME, None), strict=True)
    describe("of a user that has none", ("user", EXACT, "nobody"))
    describe("of addresses", ("ip", ANY_NAME, None))
    describe("of an unknown kind", ("group", ANY_NAME, None))
    describe("of a user and a user", ("user", EXACT, "alice"), ("user", ANY_NAME, None))
    describe("of an unknown match", ("user", 7, None))
    describe("of exactly nobody", ("user", EXACT, None))
    describe("of no kind", ("", ANY_NAME, None))
    describe("of an address and a user", ("ip", ANY_NAME, None), ("user", ANY_NAME, None))


def main(host, port, *folders):
    client = Client(host, int(port), folders)
    partitions(client)
    rules(client)
    quotas(client)
    (HERE / "answers.txt").write_text("".join(client.lines))
    print(len(client.lines), "answers")


main(*sys.argv[1:])
