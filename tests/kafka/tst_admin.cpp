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

    void aTopicGrowsAndGoes() {
        test::TestCluster cluster;
        const auto admin = adminFor(cluster.servers());
        QVERIFY(admin->makeTopic({"t", 1, 1, {}}, 20s));
        QCOMPARE(admin->makeTopic({"t", 1, 1, {}}, 20s).error().code, ErrorCode::alreadyExists);
        QVERIFY(admin->growTopic("t", 3, 20s));
        QVERIFY(!admin->growTopic("t", 2, 20s)); // nothing shrinks
        const auto partitions = admin->partitions("t", 20s);
        QVERIFY(partitions);
        QCOMPARE(partitions->size(), std::size_t(3));
        QCOMPARE(partitions->at(2).id, 2);
        QCOMPARE(partitions->at(2).inSync, partitions->at(2).replicas);
        QVERIFY(admin->deleteTopic("t", 20s));
        QCOMPARE(admin->partitions("t", 20s).error().code, ErrorCode::notFound);
        QCOMPARE(admin->deleteTopic("t", 20s).error().code, ErrorCode::notFound);
    }

    void aSettingIsChangedAndTheOthersStay() {
        test::TestCluster cluster;
        const auto admin = adminFor(cluster.servers());
        QVERIFY(admin->makeTopic({"t", 1, 1, {{"retention.ms", "5"}, {"cleanup.policy", "compact"}}}, 20s));
        const ConfigOwner owner{ConfigOwner::Kind::topic, "t"};
        QVERIFY(admin->changeConfigs(
            owner, {{"retention.ms", "7"}, {"segment.bytes", "1048576"}, {"cleanup.policy", {}}}, 20s));
        const auto values = admin->configs(owner, 20s);
        QVERIFY(values);
        std::map<std::string, std::string> own;
        for (const ConfigValue& value : *values)
            if (value.source == "topic") own[value.name] = value.value.value_or("");
        QCOMPARE(own, (std::map<std::string, std::string>{{"retention.ms", "7"}, {"segment.bytes", "1048576"}}));
        QVERIFY(!admin->changeConfigs(owner, {{"retention.ms", "many"}}, 20s));
        QVERIFY(!admin->configs({ConfigOwner::Kind::topic, "none"}, 20s));
    }

    void whatAGroupHasCommittedIsSetAndForgotten() {
        test::TestCluster cluster;
        cluster.createTopic("t", 1);
        const auto admin = adminFor(cluster.servers());
        QVERIFY(admin->commitFor("g", {{{"t", 0}, 0}}, 20s));
        const std::vector<TopicPartition> partitions{{"t", 0}};
        QCOMPARE(admin->committed("g", partitions, 20s)->at({"t", 0}), 0);
        const auto described = admin->group("g", 20s);
        QVERIFY(described);
        QCOMPARE(described->state, std::string("Empty"));
        QVERIFY(described->members.empty());
        QVERIFY(admin->deleteGroup("g", 20s));
        QVERIFY(admin->committed("g", partitions, 20s)->empty());
        QVERIFY(!admin->deleteGroup("g", 20s));
    }

    void offsetsAreFoundByTime() {
        test::TestCluster cluster;
        cluster.createTopic("t", 2);
        const auto config = connectionFromJava(ClientRole::producer, cluster.servers(), {});
        auto producer = Producer::make(*config, silentLog(), "test");
        std::vector<OutRecord> records(3);
        for (std::size_t i = 0; i < records.size(); ++i) {
            records[i].topic = "t";
            records[i].partition = 0;
            records[i].timestampMs = std::int64_t(1000 * (i + 1));
        }
        QVERIFY((*producer)->send(records));
        const auto admin = adminFor(cluster.servers());
        const std::vector<TopicPartition> both{{"t", 0}, {"t", 1}};
        QCOMPARE(*admin->offsetsAt(both, 1500, 20s), (Offsets{{{"t", 0}, 1}}));
        QVERIFY(admin->offsetsAt(both, 9000, 20s)->empty());
        QCOMPARE(*admin->beginnings(both, 20s), (Offsets{{{"t", 0}, 0}, {{"t", 1}, 0}}));
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
