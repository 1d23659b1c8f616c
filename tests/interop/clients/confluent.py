"""confluent-kafka (librdkafka) against a broker: everything an application of today does. Ends with an AssertionError
or an exception where the broker lets it down."""
import sys

from confluent_kafka import Consumer, ConsumerGroupTopicPartitions, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import (AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, NewPartitions, NewTopic,
                                   OffsetSpec, ResourceType)

ADDRESS, RECORDS = sys.argv[1], 600
TOPICS = {"shop-orders": 3, "shop-returns": 2, "other": 1}
admin = AdminClient({"bootstrap.servers": ADDRESS})


def done(futures):
    return {key: future.result(30) for key, future in futures.items()}


def refused(futures):
    try:
        done(futures)
    except KafkaException as error:
        return error.args[0].name()
    raise AssertionError("this should have been refused")


def produce(codec, topic, first):
    sent = []
    producer = Producer({"bootstrap.servers": ADDRESS, "enable.idempotence": True, "compression.type": codec})
    for number in range(first, first + RECORDS):
        producer.produce(topic, key=str(number % 7), value=str(number), headers={"codec": codec},
                         on_delivery=lambda error, message: sent.append(error))
    assert producer.flush(60) == 0 and sent == [None] * RECORDS, sent[:3]


def consume(group, subscription, count):
    consumer = Consumer({"bootstrap.servers": ADDRESS, "group.id": group, "auto.offset.reset": "earliest",
                         "enable.auto.commit": False})
    consumer.subscribe(subscription)
    seen = []
    while len(seen) < count:
        message = consumer.poll(60)
        assert message is not None, f"{len(seen)} of {count} records came"
        assert message.error() is None, message.error()
        seen.append((message.topic(), int(message.value())))
    consumer.commit(asynchronous=False)
    consumer.close()
    return seen


def topics():
    done(admin.create_topics([NewTopic(name, count, 1) for name, count in TOPICS.items()]))
    listed = admin.list_topics(timeout=30).topics
    assert {name: len(listed[name].partitions) for name in TOPICS} == TOPICS, listed
    assert refused(admin.create_topics([NewTopic("other", 1, 1)])) == "TOPIC_ALREADY_EXISTS"
    done(admin.create_partitions([NewPartitions("other", 2)]))
    assert len(admin.list_topics("other", timeout=30).topics["other"].partitions) == 2


def records():
    for round_, codec in enumerate(["none", "gzip", "snappy", "lz4", "zstd"]):
        produce(codec, "shop-orders", round_ * RECORDS)
    produce("none", "shop-returns", 0)
    seen = consume("by-name", ["shop-orders"], 5 * RECORDS)
    assert sorted(number for _, number in seen) == list(range(5 * RECORDS))
    # A subscription by regular expression asks for the metadata of all topics.
    seen = consume("by-pattern", ["^shop-.*"], 6 * RECORDS)
    assert {topic for topic, _ in seen} == {"shop-orders", "shop-returns"}


def groups():
    produce("none", "shop-orders", 5 * RECORDS)
    seen = consume("by-name", ["shop-orders"], RECORDS)
    assert {number for _, number in seen} == set(range(5 * RECORDS, 6 * RECORDS)), "committed records came again"
    listed = {group.group_id for group in admin.list_consumer_groups().result(30).valid}
    assert {"by-name", "by-pattern"} <= listed, listed
    assert done(admin.describe_consumer_groups(["by-name"]))["by-name"].state.name == "EMPTY"
    committed = done(admin.list_consumer_group_offsets([ConsumerGroupTopicPartitions("by-name")]))["by-name"]
    assert sum(place.offset for place in committed.topic_partitions) == 6 * RECORDS, committed.topic_partitions
    done(admin.delete_consumer_groups(["by-pattern"]))


def settings():
    topic = ConfigResource(ResourceType.TOPIC, "shop-orders")
    changed = ConfigResource(ResourceType.TOPIC, "shop-orders", incremental_configs=[
        ConfigEntry("retention.ms", "7200000", incremental_operation=AlterConfigOpType.SET)])
    done(admin.incremental_alter_configs([changed]))
    described = done(admin.describe_configs([topic]))[topic]
    assert described["retention.ms"].value == "7200000" and not described["retention.ms"].is_default


def offsets():
    place = TopicPartition("shop-returns", 0)
    latest = done(admin.list_offsets({place: OffsetSpec.latest()}))[place].offset
    done(admin.delete_records([TopicPartition("shop-returns", 0, latest)]))
    assert done(admin.list_offsets({place: OffsetSpec.earliest()}))[place].offset == latest


def transactions():
    """Copies every second record, exactly once: what is aborted comes again and is committed once."""
    reader = Consumer({"bootstrap.servers": ADDRESS, "group.id": "copies", "auto.offset.reset": "earliest",
                       "enable.auto.commit": False, "isolation.level": "read_committed"})
    reader.subscribe(["shop-orders"])
    producer = Producer({"bootstrap.servers": ADDRESS, "transactional.id": "copies"})
    producer.init_transactions(60)
    copied = 0
    for round_ in range(6):
        batch = reader.consume(100, 60)
        assert len(batch) == 100, len(batch)
        producer.begin_transaction()
        for message in batch:
            producer.produce("other", value=message.value(), partition=0)
        producer.flush(60)
        if round_ % 2 == 0:
            producer.abort_transaction(60)
            continue
        producer.send_offsets_to_transaction(reader.position(reader.assignment()), reader.consumer_group_metadata(), 60)
        producer.commit_transaction(60)
        copied += len(batch)
    reader.close()
    place = TopicPartition("other", 0)
    markers = 6
    assert done(admin.list_offsets({place: OffsetSpec.latest()}))[place].offset == 2 * copied + markers
    checker = Consumer({"bootstrap.servers": ADDRESS, "group.id": "checker", "auto.offset.reset": "earliest",
                        "isolation.level": "read_committed"})
    checker.assign([TopicPartition("other", 0, 0)])
    assert len(checker.consume(copied, 60)) == copied
    assert not checker.consume(1, 1), "an aborted record was seen"
    checker.close()


for part in (topics, records, groups, transactions, settings, offsets):
    part()
    print("ok", part.__name__, flush=True)
done(admin.delete_topics(list(TOPICS)))
assert not set(TOPICS) & set(admin.list_topics(timeout=30).topics)
print("ok deletion")
