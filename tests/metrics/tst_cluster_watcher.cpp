#include "kafka/consumer.h"
#include "kafka/producer.h"
#include "kafka/support/test_cluster.h"
#include "metrics/cluster_watcher.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::metrics;
using namespace std::chrono_literals;

namespace {

void produce(const std::string& servers, const std::string& topic, int count) {
    const auto config = kafka::connectionFromJava(kafka::ClientRole::producer, servers, {});
    auto producer = kafka::Producer::make(*config, silentLog(), "test");
    std::vector<kafka::OutRecord> records(static_cast<std::size_t>(count));
    for (auto& record : records)
        record.topic = topic;
    QVERIFY((*producer)->send(records).has_value());
}

/// Reads `count` records as the group and says so to the cluster.
void readAndCommit(const std::string& servers, const std::string& group, const std::string& topic, std::size_t count) {
    const auto config =
        kafka::connectionFromJava(kafka::ClientRole::consumer, servers, {{"auto.offset.reset", "earliest"}});
    auto consumer = kafka::Consumer::make(*config, {group, {topic}, {}}, {}, silentLog(), "test");
    kafka::RecordBatch batch;
    while (batch.size() < count)
        QVERIFY((*consumer)->poll(batch, count, 100ms).has_value());
    (*consumer)->commit(batch.progress());
}

/// How many records the group has still to read; -1 when it is not seen.
std::int64_t lagOf(const ClusterView& view, const std::string& group) {
    for (const auto& seen : view.groups) {
        if (seen.name != group || seen.offsets.empty()) continue;
        std::int64_t lag = 0;
        for (const auto& offset : seen.offsets)
            lag += offset.logEnd - offset.committed;
        return lag;
    }
    return -1;
}

} // namespace

class ClusterWatcherTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { MILLRACE_SKIP_KAFKA_UNDER_TSAN(); }

    void theLagOfAGroupFollowsProducerAndConsumer() {
        test::TestCluster cluster;
        cluster.createTopic("t", 1);
        produce(cluster.servers(), "t", 5);
        readAndCommit(cluster.servers(), "readers", "t", 2);
        const auto watcher = watchCluster(cluster.servers(), silentLog(), "cluster/x");
        QVERIFY(watcher);
        QTRY_COMPARE_WITH_TIMEOUT(lagOf((*watcher)->view(), "readers"), 3, 60'000);
        const ClusterView view = (*watcher)->view();
        QVERIFY(view.reached);
        QVERIFY(view.error.empty());
        QCOMPARE(std::count(view.topics.begin(), view.topics.end(), "t"), 1);
        QCOMPARE(view.groups.front().offsets.front().topic, std::string("t"));
        produce(cluster.servers(), "t", 4);
        QTRY_COMPARE_WITH_TIMEOUT(lagOf((*watcher)->view(), "readers"), 7, 60'000);
    }

    void aClusterThatGoesAwayIsKnownAsItWasUntilItReturns() {
        test::TestCluster cluster;
        cluster.createTopic("t", 1);
        produce(cluster.servers(), "t", 3);
        readAndCommit(cluster.servers(), "readers", "t", 1);
        const auto watcher = watchCluster(cluster.servers(), silentLog(), "cluster/x");
        QTRY_COMPARE_WITH_TIMEOUT(lagOf((*watcher)->view(), "readers"), 2, 60'000);

        cluster.goAway();
        QTRY_VERIFY_WITH_TIMEOUT(!(*watcher)->view().error.empty(), 60'000);
        const ClusterView away = (*watcher)->view();
        QVERIFY(away.reached);
        QCOMPARE(lagOf(away, "readers"), 2); // the last that was seen
        QVERIFY2(away.error.find(cluster.servers()) != std::string::npos, away.error.c_str());

        cluster.comeBack();
        QTRY_VERIFY_WITH_TIMEOUT((*watcher)->view().error.empty(), 60'000);
        produce(cluster.servers(), "t", 1);
        QTRY_COMPARE_WITH_TIMEOUT(lagOf((*watcher)->view(), "readers"), 3, 60'000);
    }

    void oneThatNeverAnsweredSaysSo() {
        const auto watcher = watchCluster("127.0.0.1:1", silentLog(), "cluster/x");
        QVERIFY(watcher);
        QTRY_VERIFY_WITH_TIMEOUT(!(*watcher)->view().error.empty(), 60'000);
        QVERIFY(!(*watcher)->view().reached);
        QVERIFY((*watcher)->view().topics.empty());
    }
};

MILLRACE_TEST(ClusterWatcherTest)
#include "tst_cluster_watcher.moc"
