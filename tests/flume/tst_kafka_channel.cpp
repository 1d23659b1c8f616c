#include "catalog/flume/components.h"
#include "flume/channels/kafka/kafka_channel.h"
#include "flume/support/channel_bench.h"
#include "flume/support/component_bench.h"
#include "kafka/support/test_cluster.h"
#include "support/test_program.h"

#include <QtTest>

#include <set>
#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

/// A channel over the topic "t" and a transaction for each of its two sides.
struct KafkaBench : ComponentBench {
    explicit KafkaBench(catalog::Properties extra = {}, int partitions = 1) : ComponentBench(catalog::kKafkaChannel) {
        cluster.createTopic("t", partitions);
        more = std::move(extra);
        open();
    }
    ~KafkaBench() { close(); }

    void open() {
        catalog::Properties values{{"kafka.bootstrap.servers", cluster.servers()},
                                   {"kafka.topic", "t"},
                                   {"kafka.consumer.heartbeat.interval.ms", "100"}};
        for (const auto& [key, value] : more)
            values.insert_or_assign(key, value);
        auto made = make(&KafkaChannel::make, std::move(values));
        if (!made) qFatal("%s", made.error().message.c_str());
        channel = std::move(*made);
        if (!channel->start()) qFatal("the channel does not start");
        put = channel->newTransaction(source);
        take = channel->newTransaction(sink);
    }
    void close() {
        if (channel) channel->stop();
        put.reset();
        take.reset();
        channel.reset();
    }
    Status add(const EventBatchPtr& batch) { return putAll(*put, batch); }
    /// Takes until so many have come, and leaves the transaction open.
    std::vector<std::string> begin(std::size_t count) { return takeFrom(*take, sink, count, 100); }
    static std::vector<std::string> takeFrom(Transaction& transaction, WakeUp& waker, std::size_t count,
                                             std::size_t atOnce) {
        std::vector<std::string> bodies;
        transaction.begin();
        while (bodies.size() < count) {
            const auto ranges = transaction.take(atOnce);
            if (!ranges) qFatal("%s", ranges.error().message.c_str());
            for (std::string& body : bodiesOf(*ranges))
                bodies.push_back(std::move(body));
            if (ranges->empty()) waker.wait(std::nullopt);
        }
        return bodies;
    }
    std::vector<std::string> takeForGood(std::size_t count) {
        auto bodies = begin(count);
        if (!take->commit()) qFatal("a commit of takes failed");
        return bodies;
    }
    /// What another program writes.
    void write(std::string_view value, std::optional<std::string_view> key = {}) {
        const auto config = kafka::connectionFromJava(kafka::ClientRole::producer, cluster.servers(), {});
        const auto producer = std::move(*kafka::Producer::make(*config, silentLog(), "test"));
        kafka::OutRecord record;
        record.topic = "t";
        record.value = value;
        record.key = key;
        if (!producer->send(std::vector{record})) qFatal("the other program cannot write");
    }

    millrace::test::TestCluster cluster;
    catalog::Properties more;
    WakeUp source, sink;
    std::unique_ptr<Channel> channel;
    std::unique_ptr<Transaction> put, take;
};

using Strings = std::vector<std::string>;

} // namespace

class KafkaChannelTest : public QObject {
    Q_OBJECT
private slots:
    void eventsComeBackAsTheyWere();
    void withoutTheFlumeFormOnlyBodyAndKeyCome();
    void rolledBackPutsAreNotInTheTopic();
    void rolledBackTakesComeAgainInTheirOrder();
    void whatIsCommittedDoesNotComeAgainAfterARestart();
    void whatIsNotCommittedComesAgainAfterARestart();
    void recordsThatAreNoEventsArePassedOver();
    void recordsThatWerePassedOverAreNotReadAgain();
    void aSourceOnlyChannelWritesAndASinkOnlyChannelReads();
    void eventsGoToThePartitionTheyName();
    void aHeaderThatIsNoPartitionIsRefused_data();
    void aHeaderThatIsNoPartitionIsRefused();
    void aSleepingSinkIsWokenByEachPut();
    void twoSinksShareTheEvents();
    void aCommitThatFindsNoBrokerEndsWhenTheSourceIsStopped();
    void afterTheBrokerIsBackTheSamePutIsDone();
    void afterStopNothingIsTakenOrPut();
    void oldNamesStandForTheNewOnes_data();
    void oldNamesStandForTheNewOnes();
    void countersAreFlumes();
};

void KafkaChannelTest::eventsComeBackAsTheyWere() {
    KafkaBench bench;
    EventBatchBuilder builder;
    builder.setHeaders(makeHeaders({{"host", "web1"}, {"key", "k"}}));
    const std::string bytes("\0\x01\xfe line\n", 9);
    builder.add(bytes);
    builder.setHeaders(nullptr);
    builder.add("");
    QVERIFY(bench.add(builder.finish()));
    QCOMPARE(bench.begin(2), (Strings{bytes, ""}));
    bench.take->rollback();
    bench.take->begin();
    Result<std::span<const EventRange>> ranges = std::span<const EventRange>();
    while (ranges && ranges->empty()) {
        ranges = bench.take->take(2);
        if (ranges && ranges->empty()) bench.sink.wait(std::nullopt);
    }
    QVERIFY(ranges.has_value());
    const HeaderSet& headers = ranges->front().batch->headers(0);
    QCOMPARE(headers.size(), std::size_t(2));
    QCOMPARE(*headers.find("host"), std::string("web1"));
    QCOMPARE(*headers.find("key"), std::string("k"));
}

void KafkaChannelTest::withoutTheFlumeFormOnlyBodyAndKeyCome() {
    KafkaBench bench(catalog::Properties{{"parseAsFlumeEvent", "false"}});
    EventBatchBuilder builder;
    builder.setHeaders(makeHeaders({{"host", "web1"}, {"key", "k"}}));
    builder.add("body");
    QVERIFY(bench.add(builder.finish()));
    bench.write("foreign");
    QCOMPARE(bench.takeForGood(2), (Strings{"body", "foreign"}));
}

void KafkaChannelTest::rolledBackPutsAreNotInTheTopic() {
    KafkaBench bench;
    bench.put->begin();
    QVERIFY(bench.put->put({numbered(0, 3), 0, 3}));
    bench.put->rollback();
    QVERIFY(bench.add(numbered(3, 1)));
    QCOMPARE(bench.takeForGood(1), Strings{"3"});
}

void KafkaChannelTest::rolledBackTakesComeAgainInTheirOrder() {
    KafkaBench bench;
    QVERIFY(bench.add(numbered(0, 4)));
    QVERIFY(bench.add(numbered(4, 4)));
    for (int failures = 0; failures < 3; ++failures) {
        QCOMPARE(KafkaBench::takeFrom(*bench.take, bench.sink, 6, 3).size(), std::size_t(6));
        bench.take->rollback();
    }
    QCOMPARE(bench.takeForGood(8), bodiesOf(EventRanges{{numbered(0, 8), 0, 8}}));
}

void KafkaChannelTest::whatIsCommittedDoesNotComeAgainAfterARestart() {
    KafkaBench bench;
    QVERIFY(bench.add(numbered(0, 3)));
    QCOMPARE(bench.takeForGood(3).size(), std::size_t(3));
    QVERIFY(bench.add(numbered(3, 1)));
    bench.close();
    bench.open();
    QCOMPARE(bench.takeForGood(1), Strings{"3"});
}

void KafkaChannelTest::whatIsNotCommittedComesAgainAfterARestart() {
    KafkaBench bench;
    QVERIFY(bench.add(numbered(0, 2)));
    QCOMPARE(bench.begin(2).size(), std::size_t(2));
    bench.close();
    bench.open();
    QCOMPARE(bench.takeForGood(2), (Strings{"0", "1"}));
}

void KafkaChannelTest::recordsThatAreNoEventsArePassedOver() {
    KafkaBench bench;
    bench.write("no event");
    QVERIFY(bench.add(numbered(0, 1)));
    QCOMPARE(bench.takeForGood(1), Strings{"0"});
    QVERIFY(bench.log.holds("1 record(s) of topic t are no Flume events in Avro form and were skipped"));
}

void KafkaChannelTest::recordsThatWerePassedOverAreNotReadAgain() {
    KafkaBench bench;
    bench.write("no event");
    bench.take->begin();
    while (!bench.log.holds("1 record(s) of topic t are no Flume events")) {
        QVERIFY(bench.take->take(10));
        bench.sink.wait(bench.sink.clock().now() + std::chrono::milliseconds(50));
    }
    bench.take->rollback();
    bench.close(); // leaves the group, which sends what is to be committed
    bench.open();
    QVERIFY(bench.add(numbered(0, 1)));
    QCOMPARE(bench.takeForGood(1), Strings{"0"});
    QCOMPARE(std::ranges::count_if(bench.log.lines(),
                                   [](const std::string& line) { return line.starts_with("1 record(s)"); }),
             1);
}

void KafkaChannelTest::aSourceOnlyChannelWritesAndASinkOnlyChannelReads() {
    KafkaBench reader(catalog::Properties{{"parseAsFlumeEvent", "false"}});
    reader.write("from elsewhere", "k");
    reader.begin(1);
    reader.take->rollback();
    reader.take->begin();
    Result<std::span<const EventRange>> ranges = std::span<const EventRange>();
    while (ranges && ranges->empty()) {
        ranges = reader.take->take(2);
        if (ranges && ranges->empty()) reader.sink.wait(std::nullopt);
    }
    QCOMPARE(*ranges->front().batch->headers(0).find("key"), std::string("k"));
    QVERIFY(reader.take->commit());
}

void KafkaChannelTest::eventsGoToThePartitionTheyName() {
    KafkaBench bench(catalog::Properties{{"partitionIdHeader", "p"}, {"defaultPartitionId", "2"}}, 3);
    for (const char* partition : {"0", "1", "0", ""}) {
        EventBatchBuilder builder;
        if (*partition) builder.setHeaders(makeHeaders({{"p", partition}}));
        builder.add(*partition ? partition : "2");
        QVERIFY(bench.add(builder.finish()));
    }
    catalog::Properties values{{"kafka.bootstrap.servers", bench.cluster.servers()}};
    const auto config = kafka::connectionFromJava(kafka::ClientRole::consumer, bench.cluster.servers(),
                                                  {{"auto.offset.reset", "earliest"}});
    WakeUp waker;
    auto reader = kafka::Consumer::make(
        *config, {"g", {"t"}, ""}, [&] { waker.notify(); }, silentLog(), "reader");
    QVERIFY(reader.has_value());
    std::multiset<std::pair<int, std::string>> seen;
    while (seen.size() < 4) {
        kafka::RecordBatch batch;
        QVERIFY((*reader)->poll(batch, 10, std::chrono::milliseconds(100)));
        for (std::size_t i = 0; i < batch.size(); ++i)
            seen.emplace(batch[i].partition, std::string(batch[i].value.substr(batch[i].value.size() - 1)));
    }
    QCOMPARE(seen, (std::multiset<std::pair<int, std::string>>{{0, "0"}, {0, "0"}, {1, "1"}, {2, "2"}}));
}

void KafkaChannelTest::aHeaderThatIsNoPartitionIsRefused_data() {
    QTest::addColumn<QString>("text");
    for (const char* text : {"one", "", "-1", "1 ", "2147483648"})
        QTest::addRow("\"%s\"", text) << QString(text);
}
void KafkaChannelTest::aHeaderThatIsNoPartitionIsRefused() {
    QFETCH(QString, text);
    KafkaBench bench(catalog::Properties{{"partitionIdHeader", "p"}});
    EventBatchBuilder builder;
    builder.setHeaders(makeHeaders({{"p", text.toStdString()}}));
    builder.add("x");
    const Status refused = bench.add(builder.finish());
    QVERIFY(!refused);
    QVERIFY(refused.error().message.find("the header p is") != std::string::npos);
}

void KafkaChannelTest::aSleepingSinkIsWokenByEachPut() {
    KafkaBench bench;
    for (std::size_t i = 0; i < 10; ++i) {
        QVERIFY(bench.add(numbered(i, 1)));
        QCOMPARE(bench.takeForGood(1), Strings{std::to_string(i)});
    }
}

void KafkaChannelTest::twoSinksShareTheEvents() {
    KafkaBench bench({}, 4);
    WakeUp otherWaker;
    const auto other = bench.channel->newTransaction(otherWaker);
    std::set<std::string> seen;
    std::mutex mutex;
    std::atomic<bool> done{false};
    const auto work = [&](Transaction& transaction, WakeUp& waker) {
        while (!done.load()) {
            transaction.begin();
            const auto ranges = transaction.take(5);
            if (!ranges) qFatal("%s", ranges.error().message.c_str());
            const auto bodies = bodiesOf(*ranges);
            if (!transaction.commit()) qFatal("a commit of takes failed");
            {
                const std::lock_guard lock(mutex);
                seen.insert(bodies.begin(), bodies.end());
                done.store(seen.size() == 200);
            }
            if (bodies.empty() && !done.load()) waker.wait(waker.clock().now() + std::chrono::milliseconds(100));
        }
    };
    std::thread first([&] { work(*bench.take, bench.sink); });
    std::thread second([&] { work(*other, otherWaker); });
    for (std::size_t i = 0; i < 200; i += 20)
        QVERIFY(bench.add(numbered(i, 20)));
    first.join();
    second.join();
    QCOMPARE(seen.size(), std::size_t(200));
}

void KafkaChannelTest::aCommitThatFindsNoBrokerEndsWhenTheSourceIsStopped() {
    KafkaBench bench;
    bench.cluster.goAway();
    Status status = ok();
    std::atomic<bool> begun{false};
    std::thread source([&] {
        begun.store(true);
        status = bench.add(numbered(0, 1));
    });
    QTRY_VERIFY(begun.load());
    bench.source.endWaits();
    source.join();
    QVERIFY(!status);
    bench.cluster.comeBack();
}

void KafkaChannelTest::afterTheBrokerIsBackTheSamePutIsDone() {
    KafkaBench bench;
    QVERIFY(bench.add(numbered(0, 1)));
    bench.cluster.goAway();
    std::thread broker([&] { bench.cluster.comeBack(); });
    while (!bench.add(numbered(1, 1))) {
    }
    broker.join();
    const auto bodies = bench.takeForGood(2);
    QCOMPARE(std::set<std::string>(bodies.begin(), bodies.end()), (std::set<std::string>{"0", "1"}));
}

void KafkaChannelTest::afterStopNothingIsTakenOrPut() {
    KafkaBench bench;
    bench.channel->stop();
    const Status put = bench.add(numbered(0, 1));
    QVERIFY(!put);
    QCOMPARE(toString(put.error().code), toString(ErrorCode::closed));
    bench.take->begin();
    QVERIFY(!bench.take->take(1));
    bench.take->rollback();
}

void KafkaChannelTest::oldNamesStandForTheNewOnes_data() {
    QTest::addColumn<bool>("alsoNew");
    QTest::addColumn<QString>("topic");
    QTest::addColumn<QString>("group");
    QTest::newRow("alone") << false << "old"
                           << "oldgroup";
    QTest::newRow("beside the new ones, which win") << true << "new"
                                                    << "newgroup";
}
void KafkaChannelTest::oldNamesStandForTheNewOnes() {
    QFETCH(bool, alsoNew);
    catalog::ComponentConfig config =
        makeConfig(catalog::ComponentKind::channel, "c", "org.apache.flume.channel.kafka.KafkaChannel",
                   {{"brokerList", "b:1"}, {"topic", "old"}, {"groupId", "oldgroup"}, {"readSmallestOffset", "false"}});
    if (alsoNew)
        for (const auto& [key, value] :
             {std::pair("kafka.topic", "new"), std::pair("kafka.consumer.group.id", "newgroup"),
              std::pair("kafka.consumer.auto.offset.reset", "earliest")})
            config.properties.emplace(key, value);
    Settings settings(config);
    const auto options = KafkaChannel::readOptions(settings);
    QVERIFY2(options.has_value(), options ? "" : options.error().message.c_str());
    QTEST(QString::fromStdString(options->subscription.topics.front()), "topic");
    QTEST(QString::fromStdString(options->subscription.group), "group");
    QCOMPARE(options->producer.servers, std::string("b:1"));
    QCOMPARE(*options->consumer.find("auto.offset.reset"), std::string(alsoNew ? "earliest" : "latest"));
    QCOMPARE(*options->producer.find("acks"), std::string("all"));
}

void KafkaChannelTest::countersAreFlumes() {
    KafkaBench bench;
    QVERIFY(bench.add(numbered(0, 3)));
    QCOMPARE(bench.begin(3).size(), std::size_t(3));
    bench.take->rollback();
    QCOMPARE(bench.takeForGood(3).size(), std::size_t(3));
    QCOMPARE(bench.count("EventPutAttemptCount"), 3);
    QCOMPARE(bench.count("EventPutSuccessCount"), 3);
    QCOMPARE(bench.count("EventTakeSuccessCount"), 3);
    QCOMPARE(bench.count("RollbackCount"), 3);
    QCOMPARE(bench.count("ChannelSize"), 0);
}

MILLRACE_TEST(KafkaChannelTest)
#include "tst_kafka_channel.moc"
