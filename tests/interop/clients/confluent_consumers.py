"""confluent-kafka (librdkafka) with group.protocol=consumer against a broker: two share, one goes, a static one comes
back, commits count. Ends with an AssertionError or an exception where the broker lets it down."""
import sys
import time

from confluent_kafka import Consumer, ConsumerGroupType, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

ADDRESS, RECORDS, PARTITIONS = sys.argv[1], 600, 4
admin = AdminClient({"bootstrap.servers": ADDRESS})
opened, seen = [], set()


def consumer(group, **more):
    one = Consumer({"bootstrap.servers": ADDRESS, "group.id": group, "group.protocol": "consumer",
                    "auto.offset.reset": "earliest", "enable.auto.commit": False,
                    **{name.replace("_", "."): value for name, value in more.items()}})
    one.subscribe(["t"])
    opened.append(one)
    return one


def close(one):
    opened.remove(one)
    one.close()


def until(what, done):
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end, f"{what} does not come: {[one.assignment() for one in opened]}"
        for one in opened:
            message = one.poll(0.1)
            while message is not None:
                assert message.error() is None, message.error()
                seen.add((message.partition(), message.offset()))
                message = one.poll(0)


def has(one):
    return {place.partition for place in one.assignment()}


admin.create_topics([NewTopic("t", PARTITIONS, 1)])["t"].result(30)
a = consumer("g")
until("all for the first", lambda: len(has(a)) == 4)
b = consumer("g")
until("half for each", lambda: len(has(a)) == 2 and len(has(b)) == 2 and not has(a) & has(b))
producer = Producer({"bootstrap.servers": ADDRESS})
for number in range(RECORDS):
    producer.produce("t", value=str(number), partition=number % PARTITIONS)
assert producer.flush(60) == 0
until("all records", lambda: len(seen) == RECORDS)
a.commit(asynchronous=False)
b.commit(asynchronous=False)
groups = admin.list_consumer_groups(types={ConsumerGroupType.CONSUMER}).result(30).valid
assert [group.group_id for group in groups] == ["g"], groups
close(a)
until("all for who is left", lambda: len(has(b)) == 4)
committed = b.committed([TopicPartition("t", partition) for partition in range(PARTITIONS)], timeout=30)
assert sum(place.offset for place in committed) == RECORDS, committed
close(b)

other, one = consumer("static"), consumer("static", group_instance_id="one")
until("half for each", lambda: len(has(other)) == 2 and len(has(one)) == 2)
had = has(one)
close(one)
again = consumer("static", group_instance_id="one")
until("what it had", lambda: has(again) == had)
close(again)
close(other)
print("all is well")
