#include "broker/support/rdkafka_clients.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::broker;

namespace {

constexpr int kTimeoutMs = 60'000;

/// Empty when it worked.
QString result(rd_kafka_error_t* error) {
    if (!error) return {};
    const QString text = QString::fromUtf8(rd_kafka_error_string(error));
    const QString name = QString::fromUtf8(rd_kafka_error_name(error));
    rd_kafka_error_destroy(error);
    return name + ": " + text;
}

class TransactionalProducer : public Producer {
public:
    explicit TransactionalProducer(const InProcessBroker& broker, const std::string& id = "tx")
        : Producer(broker, {{"transactional.id", id}, {"reconnect.backoff.max.ms", "100"}, {"linger.ms", "1"}}) {}
    QString init() { return result(rd_kafka_init_transactions(handle(), kTimeoutMs)); }
    QString begin() { return result(rd_kafka_begin_transaction(handle())); }
    QString commit() { return result(rd_kafka_commit_transaction(handle(), kTimeoutMs)); }
    QString abort() { return result(rd_kafka_abort_transaction(handle(), kTimeoutMs)); }
    /// All that `consumer` was given so far.
    QString sendPositions(Consumer& consumer) {
        rd_kafka_topic_partition_list_t* list = nullptr;
        rd_kafka_assignment(consumer.handle(), &list);
        rd_kafka_position(consumer.handle(), list);
        rd_kafka_consumer_group_metadata_t* group = rd_kafka_consumer_group_metadata(consumer.handle());
        const QString sent = result(rd_kafka_send_offsets_to_transaction(handle(), list, group, kTimeoutMs));
        rd_kafka_consumer_group_metadata_destroy(group);
        rd_kafka_topic_partition_list_destroy(list);
        return sent;
    }
};

const Properties kCommitted{{"isolation.level", "read_committed"}};

} // namespace

class TestLibrdkafkaTransactions : public QObject {
    Q_OBJECT

private slots:
    void onlyWhatIsCommittedArrives() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("t", 3));
        TransactionalProducer producer(broker);
        QCOMPARE(producer.init(), QString());
        std::multiset<std::string> kept;
        for (int round = 0; round < 10; ++round) {
            QCOMPARE(producer.begin(), QString());
            for (int i = 0; i < 100; ++i) {
                const std::string value = std::to_string(round) + " " + std::to_string(i);
                producer.send("t", i % 3, value);
                if (round % 2 == 0) kept.insert(value);
            }
            producer.flush();
            QCOMPARE(round % 2 == 0 ? producer.commit() : producer.abort(), QString());
        }
        Consumer committed(broker, "committed", {"t"}, kCommitted);
        QTRY_COMPARE_WITH_TIMEOUT((committed.poll(), committed.received), 500, 120'000);
        QVERIFY(committed.values == kept);
        Consumer all(broker, "all", {"t"}, {{"isolation.level", "read_uncommitted"}});
        QTRY_COMPARE_WITH_TIMEOUT((all.poll(), all.received), 1000, 120'000);
    }

    void aProducerThatComesAnewFencesTheOld() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("t", 1));
        TransactionalProducer old(broker), fresh(broker);
        QCOMPARE(old.init(), QString());
        QCOMPARE(old.begin(), QString());
        old.send("t", 0, "old");
        old.flush();
        QCOMPARE(fresh.init(), QString());
        const QString fenced = old.commit();
        QVERIFY2(fenced.startsWith("_FENCED"), qPrintable(fenced));
        QCOMPARE(fresh.begin(), QString());
        fresh.send("t", 0, "new");
        QCOMPARE(fresh.commit(), QString());
        Consumer consumer(broker, "g", {"t"}, kCommitted);
        QTRY_COMPARE_WITH_TIMEOUT((consumer.poll(), consumer.received), 1, 120'000);
        QCOMPARE(*consumer.values.begin(), std::string("new"));
    }

    void whatIsReadIsCommittedWithWhatIsWrittenThoughTheBrokerRestarts() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("in", 1));
        QVERIFY(broker->createTopic("out", 1));
        Producer source(broker);
        for (int i = 0; i < 50; ++i)
            source.send("in", 0, std::to_string(i));
        source.flush();
        TransactionalProducer producer(broker);
        QCOMPARE(producer.init(), QString());
        Consumer in(broker, "copy", {"in"}, kCommitted);
        QTRY_COMPARE_WITH_TIMEOUT((in.poll(), in.received), 50, 120'000);
        QCOMPARE(producer.begin(), QString());
        for (const auto& value : in.values)
            producer.send("out", 0, value);
        producer.flush();
        QCOMPARE(producer.sendPositions(in), QString());
        broker.restart();
        QCOMPARE(producer.commit(), QString());
        QCOMPARE(broker->snapshot().groups.at(0).offsets.at(0).committed, 50);
        Consumer out(broker, "g", {"out"}, kCommitted);
        QTRY_COMPARE_WITH_TIMEOUT((out.poll(), out.received), 50, 120'000);
        QVERIFY(out.values == in.values);
    }
};

MILLRACE_TEST(TestLibrdkafkaTransactions)
#include "tst_librdkafka_transactions.moc"
