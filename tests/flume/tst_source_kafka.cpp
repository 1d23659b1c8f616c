#include "catalog/flume/components.h"
#include "flume/sources/kafka_source.h"
#include "flume/support/component_bench.h"
#include "kafka/producer.h"
#include "kafka/support/test_cluster.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

struct KafkaIn : ComponentBench {
    KafkaIn() : ComponentBench(catalog::kKafkaSource) {
        cluster.createTopic("t", 1);
        const auto config = kafka::connectionFromJava(kafka::ClientRole::producer, cluster.servers(), {});
        producer = std::move(*kafka::Producer::make(*config, silentLog(), "test"));
    }
    void start(catalog::Properties extra = {}) {
        catalog::Properties values{{"kafka.bootstrap.servers", cluster.servers()},
                                   {"kafka.topics", "t"},
                                   {"kafka.consumer.auto.offset.reset", "earliest"},
                                   {"kafka.consumer.heartbeat.interval.ms", "100"},
                                   {"channels", "c"}};
        for (const auto& [key, value] : extra)
            values.insert_or_assign(key, value);
        auto made = make(&makeKafkaSource, std::move(values));
        QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
        source = std::move(*made);
        QVERIFY(source->start().has_value());
    }
    void send(const std::string& value, std::optional<std::string_view> key = {},
              std::vector<std::pair<std::string, std::string>> headers = {}) {
        kafka::OutRecord record;
        record.topic = "t";
        record.value = value;
        record.key = key;
        record.timestampMs = 1234567890123;
        record.headers = headers;
        QVERIFY(producer->send(std::vector{record}).has_value());
    }
    const std::vector<std::string>& bodies(std::size_t count) {
        runUntil(*source, events, wakeUp, [&] { return events.bodies.size() >= count; });
        return events.bodies;
    }
    millrace::test::TestCluster cluster;
    std::unique_ptr<kafka::Producer> producer;
    KeptEvents events;
    std::unique_ptr<Source> source;
};

} // namespace

class TestSourceKafka : public QObject {
    Q_OBJECT

private slots:
    void aRecordIsAnEventWithItsOriginInTheHeaders() {
        KafkaIn in;
        in.send("body", "k", {{"x-site", "paris"}});
        in.start(catalog::Properties{{"header.site", "x-site"}});
        QCOMPARE(in.bodies(1)[0], "body");
        const HeaderSet& headers = in.events.headers[0];
        QCOMPARE(*headers.find("topic"), "t");
        QCOMPARE(*headers.find("partition"), "0");
        QCOMPARE(*headers.find("offset"), "0");
        QCOMPARE(*headers.find("timestamp"), "1234567890123");
        QCOMPARE(*headers.find("key"), "k");
        QCOMPARE(*headers.find("site"), "paris");
        QCOMPARE(in.count("EventAcceptedCount"), 1);
    }

    void theTopicHeaderCanBeNamedOrLeftOut() {
        KafkaIn in;
        in.send("x");
        in.start(catalog::Properties{{"setTopicHeader", "false"}});
        in.bodies(1);
        QVERIFY(in.events.headers[0].find("topic") == nullptr);
    }

    void aSleepingSourceIsWokenByRecords() {
        KafkaIn in;
        in.send("first");
        in.start();
        in.bodies(1);
        for (int i = 0; i < 10; ++i) {
            in.send(std::to_string(i));
            QCOMPARE(in.bodies(static_cast<std::size_t>(i) + 2).back(), std::to_string(i));
        }
    }

    void aRefusedBatchIsKeptAndNotCommitted() {
        KafkaIn in;
        in.send("a");
        in.send("b");
        in.start();
        in.events.refusals = 3;
        in.bodies(2);
        QCOMPARE(in.events.bodies, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(in.count("ChannelWriteFail"), 3);
    }

    void theGroupGoesOnWhereTheChannelsGotTo() {
        KafkaIn in;
        in.send("a");
        in.start();
        in.bodies(1);
        in.source->stop();
        QVERIFY(in.source->finished());
        in.source.reset();
        in.send("b");
        in.start();
        QCOMPARE(in.bodies(2), (std::vector<std::string>{"a", "b"}));
    }

    void whatNoChannelTookComesAgainAfterARestart() {
        KafkaIn in;
        in.send("a");
        in.start();
        in.events.refusals = 1;
        runUntil(*in.source, in.events, in.wakeUp, [&] { return in.events.calls == 1; });
        in.source->stop();
        QVERIFY(in.source->finished());
        in.source.reset();
        in.start();
        QCOMPARE(in.bodies(1), std::vector<std::string>{"a"});
    }

    void aSourceThatIsStoppedBeforeAFullChannelLeavesItsPartitionsToTheNext() {
        KafkaIn stopped;
        stopped.send("a");
        stopped.start();
        stopped.events.refusals = 1;
        runUntil(*stopped.source, stopped.events, stopped.wakeUp, [&] { return stopped.events.calls == 1; });
        stopped.source->stop();

        // Another member of the group, while the stopped source is still there.
        ComponentBench bench(catalog::kKafkaSource);
        auto next = bench.make(&makeKafkaSource, {{"kafka.bootstrap.servers", stopped.cluster.servers()},
                                                  {"kafka.topics", "t"},
                                                  {"kafka.consumer.auto.offset.reset", "earliest"},
                                                  {"kafka.consumer.heartbeat.interval.ms", "100"},
                                                  {"channels", "c"}});
        QVERIFY(next.has_value());
        QVERIFY((*next)->start().has_value());
        KeptEvents events;
        runUntil(**next, events, bench.wakeUp, [&] { return !events.bodies.empty(); });
        QCOMPARE(events.bodies, std::vector<std::string>{"a"});
        QVERIFY(stopped.events.bodies.empty());
    }

    void anAbortedSourceStartsAgainWithNothingPending() {
        KafkaIn in;
        in.send("a");
        in.start();
        in.events.refusals = 1;
        runUntil(*in.source, in.events, in.wakeUp, [&] { return in.events.calls == 1; });
        in.source->stop();
        QVERIFY(in.source->start().has_value());
        QVERIFY(in.source->finished());
        in.bodies(1);
        in.send("b");
        QCOMPARE(in.bodies(2), (std::vector<std::string>{"a", "b"}));
    }

    void flumeEventsBringTheirHeaders() {
        KafkaIn in;
        const auto datum = QByteArray::fromHex("02026b02760008626f6479");
        in.send("no Avro at all, just text");
        in.send(std::string(datum.constData(), static_cast<std::size_t>(datum.size())));
        in.start(catalog::Properties{{"useFlumeEventFormat", "true"}});
        QCOMPARE(in.bodies(1), std::vector<std::string>{"body"});
        QCOMPARE(*in.events.headers[0].find("k"), "v");
        QVERIFY(in.log.holds("were skipped"));
    }

    void topicsCanBeGivenByPattern() {
        KafkaIn in;
        in.send("x");
        in.start(catalog::Properties{{"kafka.topics.regex", "[st]"}});
        QCOMPARE(in.bodies(1)[0], "x");
    }

    void anUnreachableClusterIsABackoffWithAReason() {
        KafkaIn in;
        in.cluster.goAway();
        in.start();
        std::string reason;
        while (reason.empty()) {
            const auto cycle = in.source->cycle(in.events);
            if (cycle->outcome == Cycle::Outcome::backoff)
                reason = cycle->failure->message;
            else
                in.wakeUp.wait(systemNow() + std::chrono::milliseconds(50));
        }
        QVERIFY2(reason.find("no Kafka broker answers") != std::string::npos, reason.c_str());
        in.source->stop();
    }

    void aTopicThatIsMissingIsAFailureUntilItIsThere() {
        KafkaIn in;
        in.start(catalog::Properties{{"kafka.topics", "nosuch"}, {"kafka.consumer.allow.auto.create.topics", "false"}});
        const auto failure = [&]() -> std::string {
            const auto cycle = in.source->cycle(in.events);
            return cycle && cycle->failure ? cycle->failure->message : std::string();
        };
        QTRY_VERIFY(failure().find("no topic nosuch") != std::string::npos);
        QVERIFY(failure().find("no topic nosuch") != std::string::npos);
        in.cluster.createTopic("nosuch", 1);
        QTRY_VERIFY(failure().empty());
        in.source->stop();
    }

    void aTopicThatIsMissingBesideOthersIsToldOnceAndHoldsNobodyBack() {
        KafkaIn in;
        in.send("first");
        in.start(
            catalog::Properties{{"kafka.topics", "t, nosuch"}, {"kafka.consumer.allow.auto.create.topics", "false"}});
        int told = 0;
        const auto cycle = [&] {
            const auto cycle = in.source->cycle(in.events);
            if (cycle && cycle->failure) ++told;
        };
        QTRY_VERIFY((cycle(), told > 0 && !in.events.bodies.empty()));
        told = 0;
        in.send("second");
        QTRY_VERIFY((cycle(), in.events.bodies.size() == 2));
        cycle();
        QCOMPARE(told, 0);
        in.source->stop();
    }

    void wrongPropertiesAreRefused_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("pattern that topics cannot have") << "kafka.topics.regex"
                                                         << "(?!x).*";
        QTest::newRow("unknown assignor") << "kafka.consumer.partition.assignment.strategy"
                                          << "com.acme.Assignor";
        QTest::newRow("unknown reset") << "kafka.consumer.auto.offset.reset"
                                       << "sometimes";
    }
    void wrongPropertiesAreRefused() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        ComponentBench bench(catalog::kKafkaSource);
        auto made = bench.make(&makeKafkaSource, {{"kafka.bootstrap.servers", "127.0.0.1:1"},
                                                  {"kafka.topics", "t"},
                                                  {key.toStdString(), value.toStdString()},
                                                  {"channels", "c"}});
        Status status = made ? (*made)->start() : Status(made.error());
        QVERIFY(!status.has_value());
        QVERIFY(!status.error().message.empty());
    }
};

MILLRACE_TEST(TestSourceKafka)
#include "tst_source_kafka.moc"
