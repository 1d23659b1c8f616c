#include "kafka/admin.h"
#include "kafka/consumer.h"
#include "kafka/producer.h"
#include "kafka/support/test_cluster.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>

using namespace millrace;
using namespace millrace::kafka;
using namespace std::chrono_literals;

namespace {

std::unique_ptr<Admin> adminFor(const std::string& servers) {
    auto config = connectionFromJava(ClientRole::admin, servers, {});
    auto admin = Admin::make(*config, silentLog(), "test");
    return admin ? std::move(*admin) : nullptr;
}

} // namespace

class TestAdmin : public QObject {
    Q_OBJECT

private slots:
    void topicsAreListed() {
        test::TestCluster cluster;
        cluster.createTopic("a", 3);
        const auto topics = adminFor(cluster.servers())->topics(20s);
        QVERIFY(topics.has_value());
        const auto found =
            std::find_if(topics->begin(), topics->end(), [](const auto& topic) { return topic.name == "a"; });
        QVERIFY(found != topics->end());
        QCOMPARE(found->partitions, 3);
    }

    void endsAndCommitsGiveTheLag() {
        test::TestCluster cluster;
        cluster.createTopic("t", 1);
        const auto config = connectionFromJava(ClientRole::producer, cluster.servers(), {});
        auto producer = Producer::make(*config, silentLog(), "test");
        std::vector<OutRecord> records(5);
        for (auto& record : records)
            record.topic = "t";
        QVERIFY((*producer)->send(records).has_value());
        {
            const auto reading =
                connectionFromJava(ClientRole::consumer, cluster.servers(), {{"auto.offset.reset", "earliest"}});
            auto consumer = Consumer::make(*reading, {"g", {"t"}, {}}, {}, silentLog(), "test");
            RecordBatch batch;
            while (batch.size() < 2)
                QVERIFY((*consumer)->poll(batch, 2, 100ms).has_value());
            (*consumer)->commit(batch.progress());
        }
        const auto admin = adminFor(cluster.servers());
        const std::vector<TopicPartition> partitions{{"t", 0}};
        const auto ends = admin->ends(partitions, 20s);
        QVERIFY2(ends.has_value(), ends ? "" : ends.error().message.c_str());
        QCOMPARE(ends->at({"t", 0}), 5);
        const auto committed = admin->committed("g", partitions, 20s);
        QVERIFY2(committed.has_value(), committed ? "" : committed.error().message.c_str());
        QCOMPARE(committed->at({"t", 0}), 2);
        QVERIFY(admin->committed("nobody", partitions, 20s)->empty());
    }

    void groupsAreListedWithTheirMembers() {
        test::TestCluster cluster;
        cluster.createTopic("t", 1);
        const auto admin = adminFor(cluster.servers());
        const auto none = admin->groups(20s);
        QVERIFY2(none.has_value(), none ? "" : none.error().message.c_str());
        QVERIFY(none->empty());
        const auto config = connectionFromJava(ClientRole::consumer, cluster.servers(), {});
        auto consumer = Consumer::make(*config, {"readers", {"t"}, {}}, {}, silentLog(), "test");
        RecordBatch batch;
        while ((*consumer)->assignedPartitions() < 1)
            QVERIFY((*consumer)->poll(batch, 1, 50ms).has_value());

        const auto groups = admin->groups(20s);
        QVERIFY2(groups.has_value(), groups ? "" : groups.error().message.c_str());
        QCOMPARE(groups->size(), std::size_t(1));
        QCOMPARE(groups->front().name, std::string("readers"));
        QCOMPARE(groups->front().state, std::string("Stable"));
        QCOMPARE(groups->front().members, std::size_t(1));
        // It leaves with its only member; what it committed is nothing, so nothing of it stays.
        consumer->reset();
        const auto after = admin->groups(20s);
        QVERIFY(after.has_value());
        QVERIFY(after->empty() || (after->front().members == 0 && after->front().state == "Empty"));
    }

    void aTopicIsMadeOnce() {
        test::TestCluster cluster;
        const auto admin = adminFor(cluster.servers());
        QVERIFY(admin->createTopic({"made", 2, 1, {}}, 20s).has_value());
        QVERIFY(admin->createTopic({"made", 5, 1, {}}, 20s).has_value()); // it is there already
        const auto topics = admin->topics(20s);
        QCOMPARE(topics->size(), std::size_t(1));
        QCOMPARE(topics->front().partitions, 2);
    }

    void nothingAskedIsNothingAnswered() {
        const auto admin = adminFor("127.0.0.1:1");
        QVERIFY(admin->ends({}, 1ms)->empty());
        QVERIFY(admin->committed("g", {}, 1ms)->empty());
    }

    void anUnreachableClusterIsAnErrorInTime() {
        const auto admin = adminFor("127.0.0.1:1");
        const auto topics = admin->topics(50ms);
        QVERIFY(!topics.has_value());
        QVERIFY(topics.error().retriable);
        QVERIFY(topics.error().message.find("127.0.0.1:1") != std::string::npos);
        QVERIFY(!admin->groups(50ms).has_value());
        QVERIFY(!admin->createTopic({"t", 1, 1, {}}, 50ms).has_value());
    }

    void anImpossibleTopicIsRefusedBeforeItIsSent() {
        const auto admin = adminFor("127.0.0.1:1");
        const auto created = admin->createTopic({"", 1, 1, {}}, 50ms);
        QVERIFY(!created.has_value());
        QCOMPARE(created.error().code, ErrorCode::invalidArgument);
    }
};

MILLRACE_TEST(TestAdmin)
#include "tst_admin.moc"
