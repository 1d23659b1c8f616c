#include "catalog/flume/components.h"
#include "flume/sinks/kafka_sink.h"
#include "flume/support/component_bench.h"
#include "kafka/consumer.h"
#include "kafka/support/mock_cluster.h"
#include "kafka/support/test_cluster.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using namespace std::chrono_literals;

namespace {

template <typename Cluster>
struct OutTo : ComponentBench {
    explicit OutTo(catalog::Properties extra = {}) : ComponentBench(catalog::kKafkaSink) {
        cluster.createTopic("t", 2);
        cluster.createTopic("other", 1);
        catalog::Properties values{
            {"kafka.bootstrap.servers", cluster.servers()}, {"kafka.topic", "t"}, {"channel", "c"}};
        for (const auto& [key, value] : extra)
            values.insert_or_assign(key, value);
        auto made = make(&makeKafkaSink, std::move(values));
        if (!made) {
            error = made.error().message;
            return;
        }
        sink = std::move(*made);
        const Status started = sink->start();
        if (!started) error = started.error().message;
    }
    /// The first `count` records of a topic.
    void read(const std::string& topic, std::size_t count, kafka::RecordBatch& records) {
        const auto config = kafka::connectionFromJava(kafka::ClientRole::consumer, cluster.servers(),
                                                      {{"auto.offset.reset", "earliest"}});
        auto consumer = kafka::Consumer::make(*config, {"reader", {topic}, {}}, {}, silentLog(), "test");
        while (records.size() < count)
            QVERIFY((*consumer)->poll(records, count, 100ms).has_value());
    }
    Cluster cluster;
    KeptTransaction channel;
    std::unique_ptr<Sink> sink;
    std::string error;
};
using KafkaOut = OutTo<millrace::test::TestCluster>;

} // namespace

class TestSinkKafka : public QObject {
    Q_OBJECT

private slots:
    void bodiesArriveWithKeyTimeAndHeaders() {
        KafkaOut out(catalog::Properties{{"timestampHeader", "when"}, {"header.site", "x-site"}});
        QVERIFY2(out.sink != nullptr, out.error.c_str());
        out.channel.add("body", {{"key", "k"}, {"when", "1234567890123"}, {"site", "paris"}});
        const auto cycle = out.sink->cycle(out.channel);
        QVERIFY2(cycle.has_value(), cycle ? "" : cycle.error().message.c_str());
        QVERIFY(cycle->outcome == Cycle::Outcome::ready);
        QCOMPARE(out.channel.committed, 1u);
        QCOMPARE(out.count("EventDrainSuccessCount"), 1);
        kafka::RecordBatch records;
        out.read("t", 1, records);
        QCOMPARE(records[0].value, std::string_view("body"));
        QCOMPARE(*records[0].key, std::string_view("k"));
        QCOMPARE(records[0].timestampMs, 1234567890123);
        QCOMPARE(*records.header(0, "x-site"), std::string_view("paris"));
    }

    void headersChooseTopicAndPartition() {
        KafkaOut out(catalog::Properties{{"partitionIdHeader", "p"}, {"defaultPartitionId", "0"}});
        out.channel.add("by header", {{"p", "1"}});
        out.channel.add("by default");
        out.channel.add("elsewhere", {{"topic", "other"}});
        QVERIFY(out.sink->cycle(out.channel).has_value());
        kafka::RecordBatch records, others;
        out.read("t", 2, records);
        for (std::size_t i = 0; i < 2; ++i)
            QCOMPARE(records[i].partition, records[i].value == "by header" ? 1 : 0);
        out.read("other", 1, others);
        QCOMPARE(others[0].value, std::string_view("elsewhere"));
    }

    void escapesInTheTopicNameAreReplaced() {
        KafkaOut out(catalog::Properties{{"kafka.topic", "%{where}"}});
        out.channel.add("x", {{"where", "other"}});
        QVERIFY(out.sink->cycle(out.channel).has_value());
        kafka::RecordBatch records;
        out.read("other", 1, records);
        QCOMPARE(records[0].value, std::string_view("x"));
    }

    void withoutOverrideTheHeaderIsIgnored() {
        KafkaOut out(catalog::Properties{{"allowTopicOverride", "false"}});
        out.channel.add("x", {{"topic", "other"}});
        QVERIFY(out.sink->cycle(out.channel).has_value());
        kafka::RecordBatch records;
        out.read("t", 1, records);
        QCOMPARE(records[0].value, std::string_view("x"));
    }

    void flumeEventsAreBareAvro() {
        KafkaOut out(catalog::Properties{{"useFlumeEventFormat", "true"}});
        out.channel.add("body", {{"k", "v"}});
        QVERIFY(out.sink->cycle(out.channel).has_value());
        kafka::RecordBatch records;
        out.read("t", 1, records);
        QCOMPARE(QByteArray(records[0].value.data(), static_cast<qsizetype>(records[0].value.size())).toHex(),
                 QByteArray("02026b02760008626f6479"));
    }

    void aPartitionThatIsNoneIsRolledBack_data() {
        QTest::addColumn<QString>("value");
        QTest::newRow("a word") << "first";
        QTest::newRow("a negative number") << "-1";
        QTest::newRow("too large a number") << "99999999999";
    }
    void aPartitionThatIsNoneIsRolledBack() {
        QFETCH(QString, value);
        KafkaOut out(catalog::Properties{{"partitionIdHeader", "p"}});
        out.channel.add("x", {{"p", value.toStdString()}});
        const auto cycle = out.sink->cycle(out.channel);
        QVERIFY(!cycle.has_value());
        QVERIFY(cycle.error().message.find(value.toStdString()) != std::string::npos);
        QCOMPARE(out.channel.rollbacks, 1);
        QCOMPARE(out.channel.waiting(), 1u);
    }

    void aRefusedBatchIsRolledBackAndSentAgain() {
        OutTo<millrace::test::MockCluster> out;
        out.channel.add("first");
        QVERIFY(out.sink->cycle(out.channel).has_value());
        rd_kafka_mock_push_request_errors(out.cluster.get(), 0 /* Produce */, 1, RD_KAFKA_RESP_ERR_INVALID_RECORD);
        out.channel.add("second");
        QVERIFY(!out.sink->cycle(out.channel).has_value());
        QCOMPARE(out.channel.waiting(), 1u);
        QCOMPARE(out.count("RollbackCount"), 1);
        const auto again = out.sink->cycle(out.channel);
        QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
        QCOMPARE(out.channel.committed, 2u);
    }

    void anEmptyChannelLetsTheSinkSleep() {
        KafkaOut out;
        const auto cycle = out.sink->cycle(out.channel);
        QVERIFY(cycle->outcome == Cycle::Outcome::idle);
        QVERIFY(!out.channel.open());
        QCOMPARE(out.count("BatchEmptyCount"), 1);
    }

    void stoppingEndsAWaitForAnUnreachableCluster() {
        KafkaOut out;
        out.cluster.goAway();
        out.stopping = true;
        out.channel.add("x");
        QVERIFY(!out.sink->cycle(out.channel).has_value());
        QCOMPARE(out.channel.waiting(), 1u);
        out.sink->stop();
    }

    void whatCannotBeHonouredIsRefusedByName() {
        KafkaOut out(catalog::Properties{{"kafka.producer.partitioner.class", "com.acme.Own"}});
        QVERIFY(out.sink == nullptr);
        QVERIFY2(out.error.find("com.acme.Own") != std::string::npos, out.error.c_str());
    }
};

MILLRACE_TEST(TestSinkKafka)
#include "tst_sink_kafka.moc"
