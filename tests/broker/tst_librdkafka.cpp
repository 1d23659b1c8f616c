#include "broker/support/rdkafka_clients.h"
#include "net/support/trickling_transport.h"
#include "support/test_program.h"
#include "tls/support/stores.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker;

class TestLibrdkafka : public QObject {
    Q_OBJECT
private slots:
    void everyCodecArrives_data() {
        QTest::addColumn<QString>("codec");
        for (const char* codec : {"none", "gzip", "snappy", "lz4", "zstd"})
            QTest::newRow(codec) << codec;
    }
    void everyCodecArrives() {
        QFETCH(QString, codec);
        InProcessBroker broker;
        Producer producer(broker, {{"compression.type", codec.toStdString()}, {"linger.ms", "5"}});
        std::multiset<std::string> sent;
        for (int i = 0; i < 2000; ++i) {
            const std::string value = "line " + std::to_string(i) + std::string(100, 'x');
            producer.send("auto-created", RD_KAFKA_PARTITION_UA, value);
            sent.insert(value);
        }
        producer.flush();
        QCOMPARE(producer.delivered.load(), 2000);
        Consumer consumer(broker, "g", {"auto-created"});
        QTRY_COMPARE_WITH_TIMEOUT((consumer.poll(), consumer.received), 2000, 120'000);
        QVERIFY(consumer.values == sent);
        const auto records = broker->peek("auto-created", 0, 1990, 100, 1'000'000);
        QVERIFY2(records, records ? "" : records.error().message.c_str());
        QCOMPARE(records->size(), std::size_t(10));
        QCOMPARE(records->at(0).headers.at(0).key, std::string("header"));
    }

    void clientsAreServedOverATransportThatTrickles() {
        InProcessBroker broker({}, net::testing::TricklingTransport::factory());
        Producer producer(broker, {{"linger.ms", "5"}});
        for (int i = 0; i < 200; ++i)
            producer.send("t", 0, std::to_string(i));
        producer.flush();
        QCOMPARE(producer.delivered.load(), 200);
        Consumer consumer(broker, "g", {"t"});
        QTRY_COMPARE_WITH_TIMEOUT((consumer.poll(), consumer.received), 200, 120'000);
        consumer.commit();
    }

    void clientsAreServedOverTls() {
        auto tls = tls::serverTransport(tls::testing::server());
        QVERIFY2(tls, tls ? "" : tls.error().message.c_str());
        InProcessBroker broker({}, std::move(*tls));
        const Properties secure{{"security.protocol", "ssl"}, {"ssl.ca.location", MILLRACE_SOURCE_DIR "/tests/tls/data/ca.pem"}};
        Producer producer(broker, secure);
        const std::string large(10'000, 'x');
        for (int i = 0; i < 2000; ++i)
            producer.send("t", 0, large);
        producer.flush();
        QCOMPARE(producer.delivered.load(), 2000);
        Consumer consumer(broker, "g", {"t"}, secure);
        QTRY_COMPARE_WITH_TIMEOUT((consumer.poll(), consumer.received), 2000, 120'000);
        consumer.commit();
    }

    void anIdempotentProducerWritesEachRecordOnce() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("t", 3));
        Producer producer(broker, {{"enable.idempotence", "true"}, {"linger.ms", "1"}, {"batch.num.messages", "10"}});
        for (int i = 0; i < 3000; ++i)
            producer.send("t", i % 3, std::to_string(i));
        producer.flush();
        QCOMPARE(producer.delivered.load(), 3000);
        const auto snapshot = broker->snapshot();
        for (const auto& partition : snapshot.topics.at(0).partitions)
            QCOMPARE(partition.nextOffset, 1000);
    }

    void twoConsumersShareTheTopicAndTheRestFollowsWhenOneLeaves() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("t", 4));
        Consumer first(broker, "g", {"t"});
        QTRY_COMPARE_WITH_TIMEOUT((first.poll(), first.assigned()), 4, 120'000);
        {
            Consumer second(broker, "g", {"t"});
            QTRY_VERIFY_WITH_TIMEOUT((first.poll(), second.poll(), first.assigned() == 2 && second.assigned() == 2),
                                     120'000);
            const auto group = broker->snapshot().groups.at(0);
            QCOMPARE(group.state, std::string("Stable"));
            QCOMPARE(group.members.size(), std::size_t(2));
            QCOMPARE(group.members[0].assignment.at(0).partitions.size(), std::size_t(2));
            QCOMPARE(group.members[0].host, std::string("127.0.0.1"));
        }
        QTRY_COMPARE_WITH_TIMEOUT((first.poll(), first.assigned()), 4, 120'000);
    }

    void cooperativeConsumersKeepWhatTheyHave() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("t", 4));
        const Properties cooperative{{"partition.assignment.strategy", "cooperative-sticky"}};
        Consumer first(broker, "g", {"t"}, cooperative);
        QTRY_COMPARE_WITH_TIMEOUT((first.poll(), first.assigned()), 4, 120'000);
        Consumer second(broker, "g", {"t"}, cooperative);
        QTRY_VERIFY_WITH_TIMEOUT((first.poll(), second.poll(), first.assigned() == 2 && second.assigned() == 2),
                                 120'000);
    }

    void aConsumerDoesNotNoticeARestart_data() {
        QTest::addColumn<QString>("instance");
        QTest::newRow("a member") << QString();
        QTest::newRow("a static member") << "instance";
    }
    void aConsumerDoesNotNoticeARestart() {
        QFETCH(QString, instance);
        InProcessBroker broker;
        QVERIFY(broker->createTopic("t", 1));
        Producer producer(broker);
        const auto send = [&](int from, int end) {
            for (int i = from; i < end; ++i)
                producer.send("t", 0, std::to_string(i));
            producer.flush();
        };
        Consumer consumer(broker, "g", {"t"},
                          instance.isEmpty() ? Properties{}
                                             : Properties{{"group.instance.id", instance.toStdString()}});
        send(0, 20);
        QTRY_COMPARE_WITH_TIMEOUT((consumer.poll(), consumer.received), 20, 120'000);
        const std::string member = broker->snapshot().groups.at(0).members.at(0).id;
        broker.restart();
        send(20, 40);
        // Nothing comes twice, though nothing was committed: it is where it was.
        QTRY_COMPARE_WITH_TIMEOUT((consumer.poll(), consumer.values.count("39")), std::size_t(1), 120'000);
        QCOMPARE(consumer.received, 40);
        consumer.commit();
        QCOMPARE(broker->snapshot().groups.at(0).members.at(0).id, member);
        QCOMPARE(broker->snapshot().groups.at(0).offsets.at(0).committed, 40);
    }

    void aRestartKeepsRecordsAndOffsets() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("t", 1));
        {
            Producer producer(broker);
            for (int i = 0; i < 100; ++i)
                producer.send("t", 0, std::to_string(i));
            producer.flush();
            Consumer consumer(broker, "g", {"t"});
            QTRY_COMPARE_WITH_TIMEOUT((consumer.poll(), consumer.received), 100, 120'000);
            consumer.commit();
        }
        broker.restart();
        QCOMPARE(broker->snapshot().groups.at(0).offsets.at(0).committed, 100);
        Producer producer(broker);
        producer.send("t", 0, "after the restart");
        producer.flush();
        Consumer consumer(broker, "g", {"t"});
        QTRY_COMPARE_WITH_TIMEOUT((consumer.poll(), consumer.received), 1, 120'000);
        QCOMPARE(*consumer.values.begin(), std::string("after the restart"));
    }

    void clientsComeBackByThemselvesAfterARestart() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("t", 1));
        Producer producer(broker, {{"enable.idempotence", "true"}, {"reconnect.backoff.max.ms", "100"}});
        Consumer consumer(broker, "g", {"t"}, {{"reconnect.backoff.max.ms", "100"}});
        producer.send("t", 0, "before");
        producer.flush();
        QTRY_COMPARE_WITH_TIMEOUT((consumer.poll(), consumer.received), 1, 120'000);
        broker.restart();
        producer.send("t", 0, "after");
        producer.flush();
        QCOMPARE(producer.delivered.load(), 2);
        QTRY_VERIFY_WITH_TIMEOUT((consumer.poll(), consumer.values.contains("after")), 120'000);
        QCOMPARE(broker->snapshot().topics.at(0).partitions.at(0).nextOffset, 2);
    }

    void longPollsAreAnsweredWhenSomethingComes() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("t", 1));
        // A minute of waiting at the broker: only being woken gets the record across within the test's time.
        Consumer consumer(broker, "g", {"t"}, {{"fetch.wait.max.ms", "60000"}, {"socket.timeout.ms", "90000"}});
        QTRY_COMPARE_WITH_TIMEOUT((consumer.poll(), consumer.assigned()), 1, 120'000);
        QTRY_VERIFY_WITH_TIMEOUT((consumer.poll(), broker->snapshot().fetchRequests > 0), 120'000);
        Producer producer(broker);
        producer.send("t", 0, "x");
        producer.flush();
        QTRY_COMPARE_WITH_TIMEOUT((consumer.poll(), consumer.received), 1, 30'000);
    }
};

MILLRACE_TEST(TestLibrdkafka)
#include "tst_librdkafka.moc"
