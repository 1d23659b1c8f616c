"""The same requests to the http source of Apache Flume and ours; answers and delivered events are compared.

requests.py MILLRACED LIB DIR: LIB holds Flume's jars; DIR is made for the two agents. Ends with 1 where something differs.
What is knowingly different (docs/differences-from-flume.md) is not among the requests.
"""

import http.client
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../flume"))
from both import differences, start_both, wait_events

JSON = "application/json"
REQUESTS = [
    ("json", "POST", "/", JSON, b'[{"headers":{"a":"1","b":"2"},"body":"one"},{"body":"two"},{"headers":{}}]'),
    ("json", "GET", "/any/path?x=1", JSON, b'[{"body":"three"}]'),
    ("json", "POST", "/", JSON, b"[]"),
    ("json", "POST", "/", JSON, b'[{"headers":{"n":1.50,"t":true,"e":-1e3},"body":12345678901234567890123}]'),
    ("json", "POST", "/", JSON, b'[{"id":7,"more":{"body":[1]},"body":"yes","list":[[]]}]'),
    ("json", "POST", "/", JSON, '[{"body":"\\u00e4\\ud83d\\ude00 äöü"}]'.encode()),
    ("json", "POST", "/", "text/plain; charset=utf-8", '[{"body":"你好"}]'.encode()),
    ("json", "POST", "/", "text/plain; charset=UTF-16", '[{"body":"abc"}]'.encode("utf-16-be")),
    ("json", "POST", "/", JSON, b'{"body":"an event alone"}'),
    ("json", "POST", "/", JSON, b'[{"body":{"nested":1}}]'),
    ("json", "POST", "/", JSON, b'[{"body":"cut"'),
    ("json", "PUT", "/", JSON, b'[{"body":"put"}]'),
    ("json", "DELETE", "/", JSON, b""),
    ("small", "POST", "/", JSON, b'[{"body":"a"},{"body":"b"},{"body":"c"}]'),
    ("small", "POST", "/", JSON, b'[{"body":"fits"}]'),
    ("blob", "POST", "/?basename=b&x=y%20z", "text/plain", b"a blob"),
]
HTTP = "type=http\nbind=127.0.0.1\nport={port}\n"
SOURCES = {
    "json": HTTP,
    "small": HTTP,
    "blob": HTTP + "handler=org.apache.flume.source.http.BLOBHandler\nhandler.mandatoryParameters=basename",
}
EVENTS = {"json": 8, "small": 1, "blob": 1}


def status(agent, name, method, path, kind, body):
    connection = http.client.HTTPConnection("127.0.0.1", agent.ports[name], timeout=30)
    connection.request(method, path, body, {"Content-Type": kind})
    return connection.getresponse().status


millraced, lib, directory = sys.argv[1:]
agents = start_both(millraced, lib, directory, SOURCES, "a.channels.small.transactionCapacity=2\na.sinks.small.sink.batchSize=2\n")
different = 0
try:
    for agent in agents:
        for name in SOURCES:
            agent.wait_port(name)
    for name, method, path, kind, body in REQUESTS:
        flume, ours = (status(agent, name, method, path, kind, body) for agent in agents)
        if flume != ours:
            different += 1
            print(f"{method} {path} {body!r}: Flume answers {flume}, ours {ours}")
    wait_events(agents, EVENTS)
finally:
    for agent in agents:
        agent.stop()
sys.exit(different + differences(agents, SOURCES) > 0)
