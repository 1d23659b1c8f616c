// A real client reads a compacted topic to its end, over what is no longer there.
#include "broker/support/rdkafka_clients.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::broker;

namespace {

using Values = std::multimap<std::string, std::string>;

void put(Producer& producer, const std::string& key, const std::string& value) {
    rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR__QUEUE_FULL;
    for (; error == RD_KAFKA_RESP_ERR__QUEUE_FULL; rd_kafka_poll(producer.handle(), 10))
        error = rd_kafka_producev(producer.handle(), RD_KAFKA_V_TOPIC("t"), RD_KAFKA_V_PARTITION(0),
                                  RD_KAFKA_V_KEY(key.data(), key.size()),
                                  RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()),
                                  RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
    QCOMPARE(error, RD_KAFKA_RESP_ERR_NO_ERROR);
}

/// From the beginning to the end, as the client is told that it is.
struct Read {
    Values values;
    std::int64_t end = -1;

    explicit Read(const InProcessBroker& broker) {
        rd_kafka_t* client = newClient(RD_KAFKA_CONSUMER, broker.address(),
                                       {{"group.id", "g"}, {"enable.partition.eof", "true"}, {"check.crcs", "true"}},
                                       rd_kafka_conf_new());
        rd_kafka_topic_partition_list_t* list = rd_kafka_topic_partition_list_new(1);
        rd_kafka_topic_partition_list_add(list, "t", 0)->offset = RD_KAFKA_OFFSET_BEGINNING;
        rd_kafka_assign(client, list);
        rd_kafka_topic_partition_list_destroy(list);
        while (end < 0) {
            rd_kafka_message_t* message = rd_kafka_consumer_poll(client, 60'000);
            if (!message) break;
            if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
                end = message->offset;
            else if (!message->err)
                values.emplace(std::string(static_cast<const char*>(message->key), message->key_len),
                               std::string(static_cast<const char*>(message->payload), message->len));
            rd_kafka_message_destroy(message);
        }
        rd_kafka_consumer_close(client);
        rd_kafka_destroy(client);
    }
};

} // namespace

class TestLibrdkafkaCompaction : public QObject {
    Q_OBJECT

private slots:
    void exactlyTheNewestValuesArrive_data() {
        QTest::addColumn<QString>("codec");
        for (const char* codec : {"none", "gzip", "snappy", "lz4", "zstd"})
            QTest::newRow(codec) << codec;
    }
    void exactlyTheNewestValuesArrive() {
        QFETCH(QString, codec);
        InProcessBroker broker({{"log.cleaner.backoff.ms", "50"},
                                {"log.cleanup.policy", "compact"},
                                {"log.cleaner.min.cleanable.ratio", "0"},
                                {"log.segment.bytes", "20000"}});
        QVERIFY(broker->createTopic("t", 1));
        Producer producer(broker, {{"compression.type", codec.toStdString()},
                                   {"linger.ms", "1"},
                                   {"enable.idempotence", "true"},
                                   {"batch.num.messages", "50"}});
        std::map<std::string, std::string> newest;
        for (int i = 0; i < 5000; ++i) {
            const std::string key = "key " + std::to_string(i % 40), value = std::to_string(i) + std::string(50, 'v');
            put(producer, key, value);
            newest[key] = value;
        }
        producer.flush();
        // So that all of them are in closed segments.
        const std::string large(20'000, 'x');
        for (int i = 0; i < 3; ++i) {
            put(producer, "large", large);
            producer.flush();
        }
        newest["large"] = large;
        std::optional<Read> read;
        // Of "large" the one under way is there, too.
        QTRY_VERIFY_WITH_TIMEOUT((read.emplace(broker), read->values.size() <= newest.size() + 1), 120'000);
        QCOMPARE(read->end, 5003);
        for (const auto& [key, value] : newest) {
            const auto last = std::prev(read->values.upper_bound(key));
            QCOMPARE(last->first, key);
            QCOMPARE(last->second, value);
        }
        broker.restart();
        const Read again(broker);
        QVERIFY(again.values == read->values);
        QCOMPARE(again.end, 5003);
    }
};

MILLRACE_TEST(TestLibrdkafkaCompaction)
#include "tst_librdkafka_compaction.moc"
