"""kafka-python against listeners with TLS and SASL: secure.py SASL_PLAINTEXT SASL_SSL SSL CA"""
import sys

from kafka import KafkaConsumer, KafkaProducer
from kafka.errors import KafkaError, NoBrokersAvailable

PLAINTEXT, ENCRYPTED, SSL, CA = sys.argv[1:5]
RECORDS = 200


def settings(address, protocol, mechanism=None, password=None):
    all_ = {"bootstrap_servers": address, "security_protocol": protocol}
    if protocol.endswith("SSL"):
        all_["ssl_cafile"] = CA
    if mechanism:
        all_.update(sasl_mechanism=mechanism, sasl_plain_username="alice", sasl_plain_password=password)
    return all_


def both_ways(topic, **how):
    producer = KafkaProducer(acks="all", **how)
    for number in range(RECORDS):
        producer.send(topic, value=str(number).encode())
    producer.flush()
    producer.close()
    consumer = KafkaConsumer(topic, group_id=topic, auto_offset_reset="earliest", consumer_timeout_ms=10000, **how)
    seen = set()
    for record in consumer:
        seen.add(int(record.value))
        if len(seen) == RECORDS:
            break
    consumer.close()
    assert seen == set(range(RECORDS)), f"{topic}: {len(seen)} of {RECORDS}"


for protocol, address in (("SASL_PLAINTEXT", PLAINTEXT), ("SASL_SSL", ENCRYPTED)):
    for mechanism in ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"):
        both_ways(f"snake-{protocol}-{mechanism}", **settings(address, protocol, mechanism, "alice-secret"))
both_ways("snake-SSL", **settings(SSL, "SSL"))
try:
    KafkaProducer(**settings(PLAINTEXT, "SASL_PLAINTEXT", "PLAIN", "guess"))
except (NoBrokersAvailable, KafkaError):
    print("all of it")
else:
    sys.exit("a wrong password was taken")
