"""kafka-python against a broker: two members share a topic; their commits are found again by a third."""
import sys
import threading

from kafka import KafkaConsumer, KafkaProducer
from kafka.admin import KafkaAdminClient, NewTopic

ADDRESS, TOPIC, GROUP, RECORDS = sys.argv[1], "python", "snakes", 2000

KafkaAdminClient(bootstrap_servers=ADDRESS).create_topics([NewTopic(TOPIC, 4, 1)])
producer = KafkaProducer(bootstrap_servers=ADDRESS, acks="all", compression_type="gzip")
for number in range(RECORDS):
    producer.send(TOPIC, key=str(number % 7).encode(), value=str(number).encode())
producer.flush()

seen, lock, partitions = set(), threading.Lock(), {}


def member(name):
    consumer = KafkaConsumer(TOPIC, bootstrap_servers=ADDRESS, group_id=GROUP, auto_offset_reset="earliest",
                             enable_auto_commit=False, consumer_timeout_ms=8000, max_poll_records=50)
    for record in consumer:
        with lock:
            seen.add(int(record.value))
            partitions.setdefault(name, set()).add(record.partition)
    consumer.commit()
    consumer.close()


members = [threading.Thread(target=member, args=(name,)) for name in "ab"]
for thread in members:
    thread.start()
for thread in members:
    thread.join()
assert seen == set(range(RECORDS)), f"{len(seen)} of {RECORDS} records seen"
assert set().union(*partitions.values()) == {0, 1, 2, 3}, partitions

after = KafkaConsumer(TOPIC, bootstrap_servers=ADDRESS, group_id=GROUP, auto_offset_reset="earliest",
                      consumer_timeout_ms=3000)
again = sum(1 for _ in after)
assert again == 0, f"{again} records came again after their commit"
groups = dict(KafkaAdminClient(bootstrap_servers=ADDRESS).list_consumer_groups())
assert GROUP in groups, groups
print("members took", {name: sorted(taken) for name, taken in partitions.items()})
