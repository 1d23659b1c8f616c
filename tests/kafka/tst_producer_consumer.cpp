#include "kafka/consumer.h"
#include "kafka/producer.h"
#include "kafka/support/mock_cluster.h"
#include "kafka/support/test_cluster.h"
#include "support/test_program.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include <QtTest>

using namespace millrace;
using namespace millrace::kafka;
using namespace std::chrono_literals;

namespace {

std::unique_ptr<Producer> producerFor(const std::string& servers, const JavaProperties& extra = {}) {
    auto config = connectionFromJava(ClientRole::producer, servers, extra);
    auto producer = Producer::make(*config, silentLog(), "test");
    return producer ? std::move(*producer) : nullptr;
}

std::unique_ptr<Consumer> consumerFor(const std::string& servers, Subscription subscription,
                                      std::function<void()> onReady = {}) {
    auto config = connectionFromJava(ClientRole::consumer, servers,
                                     {{"auto.offset.reset", "earliest"}, {"heartbeat.interval.ms", "100"}});
    auto consumer = Consumer::make(*config, subscription, std::move(onReady), silentLog(), "test");
    return consumer ? std::move(*consumer) : nullptr;
}

std::vector<OutRecord> recordsOf(std::string_view topic, const std::vector<std::string>& values) {
    std::vector<OutRecord> records;
    for (const auto& value : values) {
        OutRecord record;
        record.topic = topic;
        record.value = value;
        records.push_back(record);
    }
    return records;
}

/// Polls until `count` records came; the global watchdog ends a hang.
void pollUntil(Consumer& consumer, RecordBatch& batch, std::size_t count) {
    while (batch.size() < count)
        QVERIFY(consumer.poll(batch, count, 100ms).has_value());
}

} // namespace

class TestProducerConsumer : public QObject {
    Q_OBJECT

private slots:
    void aSentBatchIsRead() {
        test::TestCluster cluster;
        cluster.createTopic("t", 1);
        const auto producer = producerFor(cluster.servers());
        const std::vector<std::pair<std::string, std::string>> headers{{"h1", "v1"}, {"h1", "v2"}};
        OutRecord record;
        record.topic = "t";
        record.key = "k";
        record.value = "body";
        record.timestampMs = 1234567890123;
        record.headers = headers;
        QVERIFY(producer->send(std::vector{record}).has_value());

        const auto consumer = consumerFor(cluster.servers(), {"g", {"t"}, {}});
        RecordBatch batch;
        pollUntil(*consumer, batch, 1);
        const InRecord got = batch[0];
        QCOMPARE(got.topic, std::string_view("t"));
        QCOMPARE(*got.key, std::string_view("k"));
        QCOMPARE(got.value, std::string_view("body"));
        QCOMPARE(got.timestampMs, 1234567890123);
        QCOMPARE(got.offset, 0);
        QCOMPARE(batch.headers(0).size(), 2u);
        QCOMPARE(*batch.header(0, "h1"), std::string_view("v2"));
        QVERIFY(!batch.header(0, "other"));
        QCOMPARE(batch.progress(), (std::vector<PartitionProgress>{{"t", 0, 0, 1}}));
    }

    void anEmptyBatchIsSentAtOnce() {
        const auto producer = producerFor("127.0.0.1:1");
        QVERIFY(producer->send({}).has_value());
    }

    void emptyBodiesAndKeysAreNoTombstones() {
        test::TestCluster cluster;
        cluster.createTopic("t", 1);
        OutRecord record;
        record.topic = "t";
        record.key = "";
        QVERIFY(producerFor(cluster.servers())->send(std::vector{record}).has_value());
        const auto consumer = consumerFor(cluster.servers(), {"g", {"t"}, {}});
        RecordBatch batch;
        pollUntil(*consumer, batch, 1);
        QVERIFY(batch[0].key.has_value());
        QCOMPARE(batch[0].value.size(), 0u);
    }

    void recordsOutliveTheirConsumer() {
        test::TestCluster cluster;
        cluster.createTopic("t", 1);
        QVERIFY(producerFor(cluster.servers())->send(recordsOf("t", {"a"})).has_value());
        auto consumer = consumerFor(cluster.servers(), {"g", {"t"}, {}});
        RecordBatch batch;
        pollUntil(*consumer, batch, 1);
        consumer.reset();
        QCOMPARE(batch[0].value, std::string_view("a"));
    }

    void theGroupGoesOnFromItsCommit() {
        test::TestCluster cluster;
        cluster.createTopic("t", 1);
        QVERIFY(producerFor(cluster.servers())->send(recordsOf("t", {"a", "b", "c"})).has_value());
        {
            const auto first = consumerFor(cluster.servers(), {"g", {"t"}, {}});
            RecordBatch batch;
            pollUntil(*first, batch, 2);
            QCOMPARE(batch.size(), 2u);
            first->commit(batch.progress());
        }
        const auto second = consumerFor(cluster.servers(), {"g", {"t"}, {}});
        RecordBatch batch;
        pollUntil(*second, batch, 1);
        QCOMPARE(batch[0].value, std::string_view("c"));
    }

    void rewindBringsRecordsAgain() {
        test::TestCluster cluster;
        cluster.createTopic("t", 1);
        QVERIFY(producerFor(cluster.servers())->send(recordsOf("t", {"a", "b", "c"})).has_value());
        const auto consumer = consumerFor(cluster.servers(), {"g", {"t"}, {}});
        RecordBatch batch;
        pollUntil(*consumer, batch, 3);
        auto progress = batch.progress();
        progress[0].first = 1;
        consumer->rewind(progress);
        RecordBatch again;
        pollUntil(*consumer, again, 2);
        QCOMPARE(again[0].value, std::string_view("b"));
    }

    void keepAliveSkipsNothing() {
        test::TestCluster cluster;
        cluster.createTopic("t", 1);
        const auto producer = producerFor(cluster.servers());
        QVERIFY(producer->send(recordsOf("t", {"a"})).has_value());
        const auto consumer = consumerFor(cluster.servers(), {"g", {"t"}, {}});
        RecordBatch batch;
        pollUntil(*consumer, batch, 1);
        QVERIFY(producer->send(recordsOf("t", {"b", "c"})).has_value());
        for (int i = 0; i < 5; ++i)
            consumer->keepAlive();
        batch.clear();
        pollUntil(*consumer, batch, 2);
        QCOMPARE(batch[0].value, std::string_view("b"));
    }

    void aWaitingConsumerIsWokenByARecord() {
        test::TestCluster cluster;
        cluster.createTopic("t", 1);
        std::mutex mutex;
        std::condition_variable changed;
        bool ready = false;
        const auto consumer = consumerFor(cluster.servers(), {"g", {"t"}, {}}, [&] {
            const std::lock_guard lock(mutex);
            ready = true;
            changed.notify_one();
        });
        const auto producer = producerFor(cluster.servers());
        std::thread sender([&] {
            for (int i = 0; i < 20; ++i)
                QVERIFY(producer->send(recordsOf("t", {std::to_string(i)})).has_value());
        });
        std::size_t seen = 0;
        while (seen < 20) {
            RecordBatch batch;
            QVERIFY(consumer->poll(batch, 100, 0ms).has_value());
            seen += batch.size();
            if (!batch.empty()) continue;
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] { return ready; });
            ready = false;
        }
        sender.join();
        QCOMPARE(seen, 20u);
    }

    void aSecondMemberTakesPartitionsAway() {
        test::TestCluster cluster;
        cluster.createTopic("t", 2);
        const auto first = consumerFor(cluster.servers(), {"g", {"t"}, {}});
        RecordBatch batch;
        while (first->assignedPartitions() < 2)
            QVERIFY(first->poll(batch, 1, 50ms).has_value());
        const auto second = consumerFor(cluster.servers(), {"g", {"t"}, {}});
        RecordBatch other;
        while (second->assignedPartitions() != 1 || first->assignedPartitions() != 1) {
            (void)first->poll(batch, 1, 20ms);
            (void)second->poll(other, 1, 20ms);
        }
        QVERIFY(first->revocations() >= 1);
    }

    void topicsAreFoundByPattern() {
        test::TestCluster cluster;
        cluster.createTopic("web-1", 1);
        cluster.createTopic("other", 1);
        const auto producer = producerFor(cluster.servers());
        QVERIFY(producer->send(recordsOf("other", {"no"})).has_value());
        QVERIFY(producer->send(recordsOf("web-1", {"yes"})).has_value());
        const auto consumer = consumerFor(cluster.servers(), {"g", {}, "web-\\d"});
        RecordBatch batch;
        pollUntil(*consumer, batch, 1);
        QCOMPARE(batch[0].value, std::string_view("yes"));
        QCOMPARE(consumer->assignedPartitions(), 1u);
    }

    void anUnreachableClusterIsReportedByBoth() {
        test::TestCluster cluster;
        const std::string servers = cluster.servers();
        cluster.goAway();
        const auto producer = producerFor(servers);
        producer->setUnreachableLimit(300ms);
        const auto sent = producer->send(recordsOf("t", {"a"}));
        QVERIFY(!sent.has_value());
        QCOMPARE(sent.error().code, ErrorCode::closed);
        QVERIFY(sent.error().retriable);
        QVERIFY(sent.error().message.find(servers) != std::string::npos);

        const auto consumer = consumerFor(servers, {"g", {"t"}, {}});
        Status polled;
        while (polled) {
            RecordBatch batch;
            polled = consumer->poll(batch, 1, 50ms);
        }
        QCOMPARE(polled.error().code, ErrorCode::closed);

        cluster.comeBack();
        cluster.createTopic("t", 1);
        while (!producer->send(recordsOf("t", {"b"}))) {
        }
        RecordBatch batch;
        while (batch.empty())
            (void)consumer->poll(batch, 1, 50ms);
        QCOMPARE(batch[0].value, std::string_view("b"));
    }

    void aRecordAsLargeAsTheJavaClientSendsIsSent() {
        test::TestCluster cluster;
        cluster.createTopic("t", 1);
        const auto producer = producerFor(cluster.servers());
        const Status sent = producer->send(recordsOf("t", {std::string(1'048'000, 'x')}));
        QVERIFY2(sent.has_value(), sent ? "" : sent.error().message.c_str());
    }

    void aRefusedRecordNamesItself() {
        test::TestCluster cluster;
        cluster.createTopic("t", 1);
        const auto producer = producerFor(cluster.servers(), {{"max.request.size", "2000"}});
        const std::string large(5000, 'x');
        const auto sent = producer->send(recordsOf("t", {"small", large}));
        QVERIFY(!sent.has_value());
        QCOMPARE(sent.error().code, ErrorCode::outOfRange);
        QVERIFY(!sent.error().retriable);
        QVERIFY(!producer->refusals().empty());
        QCOMPARE(producer->refusals()[0].index, 1u);
        QVERIFY(producer->send(recordsOf("t", {"next"})).has_value());
    }

    void aBrokersRefusalNamesTheTopic() {
        test::MockCluster cluster;
        cluster.createTopic("closed", 1);
        const auto producer = producerFor(cluster.servers());
        QVERIFY(producer->send(recordsOf("closed", {"a"})).has_value());
        rd_kafka_mock_push_request_errors(cluster.get(), 0 /* Produce */, 1,
                                          RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
        const auto sent = producer->send(recordsOf("closed", {"b"}));
        QVERIFY(!sent.has_value());
        QCOMPARE(sent.error().code, ErrorCode::denied);
        QVERIFY(sent.error().message.find("closed") != std::string::npos);
    }

    void stoppingEndsTheWaitForAcknowledgements() {
        test::TestCluster cluster;
        const std::string servers = cluster.servers();
        cluster.goAway();
        const auto producer = producerFor(servers);
        producer->setUnreachableLimit(1h);
        std::atomic<bool> stopping = false;
        std::thread stopper([&] { stopping = true; });
        const auto sent = producer->send(recordsOf("t", {"a"}), &stopping);
        stopper.join();
        QVERIFY(!sent.has_value());
        QCOMPARE(sent.error().code, ErrorCode::cancelled);
    }

    void aWrongPropertyValueIsNamed() {
        const auto config = connectionFromJava(ClientRole::producer, "h:1", {{"acks", "most"}});
        const auto producer = Producer::make(*config, silentLog(), "test");
        QVERIFY(!producer.has_value());
        QVERIFY(producer.error().message.find("acks") != std::string::npos);
    }
};

MILLRACE_TEST(TestProducerConsumer)
#include "tst_producer_consumer.moc"
