// What a client sees and may do that has some rights: each topic, group and transactional id is asked for by itself.
#include "broker/support/acl_requests.h"
#include "broker/support/group_client.h"
#include "broker/support/topic_requests.h"
#include "broker/support/transactional_client.h"
#include "support/memory_log.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/delete_topics.h"
#include "wire/messages/describe_cluster.h"
#include "wire/messages/describe_topic_partitions.h"
#include "wire/messages/list_groups.h"
#include "wire/messages/offset_delete.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using Operation = Access::Operation;
using Resource = Access::Resource;

namespace {

/// A broker with the topics "open", on which Alice may do what is said, and "secret"; the rest is asked for as Alice.
struct Fixture : CoreFixture {
    explicit Fixture(std::vector<Operation> onOpen, Log& log = silentLog())
        : CoreFixture(kWithAuthorizer, posixFileSystem(), log) {
        makeTopic("open");
        makeTopic("secret");
        for (const Operation operation : onOpen)
            allow(operation, "open");
        connection->principal = "User:alice";
    }
    void allow(Operation operation, const std::string& name, Resource resource = Resource::topic) {
        createAclsOf(*this, {aclFor("User:alice", operation, name, resource)});
    }
};

QStringList namesIn(const auto& topics) {
    QStringList names;
    for (const auto& topic : topics)
        names << QString("%1 %2").arg(QString::fromStdString(topic.name.value_or("?"))).arg(topic.errorCode);
    return names;
}

wire::MetadataRequest metadataOfAll(std::vector<std::string> names) {
    wire::MetadataRequest request;
    request.topics.emplace();
    for (auto& name : names)
        request.topics->push_back({{}, std::move(name)});
    return request;
}

} // namespace

class TestRights : public QObject {
    Q_OBJECT

private slots:
    void topicsAreWrittenAndReadOneByOne() {
        Fixture broker({Operation::write, Operation::read});
        auto sent = requestOf("open", {{0, batchOf(1)}});
        sent.topicData.push_back(requestOf("secret", {{0, batchOf(1)}}).topicData[0]);
        const auto produced = broker.get(produce, sent, 9);
        QCOMPARE(produced->responses[0].partitionResponses[0].errorCode, kNone);
        QCOMPARE(produced->responses[1].partitionResponses[0].errorCode, kTopicAuthorizationFailed);
        QCOMPARE(broker.replica("secret")->logEndOffset(), 0);
        wire::FetchRequest request;
        request.maxBytes = 1000;
        for (const char* name : {"open", "secret", "none"}) {
            auto& topic = request.topics.emplace_back();
            topic.topic = name;
            topic.partitions.emplace_back().partitionMaxBytes = 1000;
        }
        const auto fetched = broker.get(fetch, request, 12);
        QCOMPARE(fetched->responses[0].partitions[0].errorCode, kNone);
        QVERIFY(!fetched->responses[0].partitions[0].records.pieces.empty());
        QCOMPARE(fetched->responses[1].partitions[0].errorCode, kTopicAuthorizationFailed);
        QVERIFY(fetched->responses[1].partitions[0].records.pieces.empty());
        QCOMPARE(fetched->responses[2].partitions[0].errorCode,
                 kTopicAuthorizationFailed); // whether it is there or not
    }

    void byIdIsNotAWayAround() {
        Fixture broker({Operation::read});
        const wire::Uuid secret = broker.metadata().find("secret")->id;
        wire::FetchRequest fetched;
        fetched.topics.emplace_back().topicId = secret;
        fetched.topics[0].partitions.emplace_back();
        QCOMPARE(broker.get(fetch, fetched, 17)->responses[0].partitions[0].errorCode, kTopicAuthorizationFailed);
        wire::MetadataRequest asked;
        asked.topics.emplace().push_back({secret, std::nullopt});
        QCOMPARE(namesIn(broker.get(metadata, asked, 12)->topics), QStringList{"? 29"});
        wire::DeleteTopicsRequest deleted;
        deleted.topics.push_back({std::nullopt, secret});
        QCOMPARE(namesIn(broker.get(deleteTopics, deleted, 6)->responses), QStringList{"? 29"});
        QVERIFY(broker.metadata().find("secret"));
    }

    void onlyWhatMayBeDescribedIsListed() {
        Fixture broker({Operation::write});
        QCOMPARE(namesIn(broker.get(metadata, wire::MetadataRequest{}, 12)->topics), QStringList{"open 0"});
        QCOMPARE(namesIn(broker.get(metadata, metadataOfAll({"open", "secret", "none"}), 12)->topics),
                 (QStringList{"open 0", "secret 29", "none 29"}));
        wire::DescribeTopicPartitionsRequest all;
        QCOMPARE(namesIn(broker.get(describeTopicPartitions, all, 0)->topics), QStringList{"open 0"});
        all.topics = {{"secret"}, {"open"}, {"none"}};
        QCOMPARE(namesIn(broker.get(describeTopicPartitions, all, 0)->topics),
                 (QStringList{"open 0", "none 29", "secret 29"}));
    }

    void aTopicIsMadeOnTheWayByWhoMayMakeIt() {
        Fixture broker({Operation::read});
        broker.allow(Operation::describe, "new");
        QCOMPARE(namesIn(broker.get(metadata, metadataOfAll({"new"}), 12)->topics), QStringList{"new 29"});
        QVERIFY(!broker.metadata().find("new"));
        broker.allow(Operation::create, "new");
        QCOMPARE(namesIn(broker.get(metadata, metadataOfAll({"new"}), 12)->topics), QStringList{"new 0"});
        broker.allow(Operation::create, kClusterName, Resource::cluster);
        broker.allow(Operation::describe, "newer");
        QCOMPARE(namesIn(broker.get(metadata, metadataOfAll({"newer"}), 12)->topics), QStringList{"newer 0"});
    }

    void whoMayNotSeeConfigsIsNotToldThemByCreation() {
        Fixture broker({});
        broker.allow(Operation::create, "a");
        auto request = creation("a");
        request.topics.push_back(creation("b").topics[0]);
        const auto made = broker.get(createTopics, request, 7);
        QCOMPARE(made->topics[0].errorCode, kNone);
        QCOMPARE(made->topics[0].topicConfigErrorCode, kTopicAuthorizationFailed);
        QVERIFY(!made->topics[0].configs && made->topics[0].numPartitions == -1);
        QCOMPARE(made->topics[1].errorCode, kTopicAuthorizationFailed);
        broker.allow(Operation::describeConfigs, "c");
        broker.allow(Operation::create, kClusterName, Resource::cluster);
        QVERIFY(broker.get(createTopics, creation("c"), 7)->topics[0].configs->size() > 10);
    }

    void whatMayBeDoneIsTold() {
        Fixture broker({Operation::write, Operation::alterConfigs});
        wire::MetadataRequest request = metadataOf("open");
        request.includeTopicAuthorizedOperations = request.includeClusterAuthorizedOperations = true;
        const auto answer = broker.get(metadata, request, 10);
        QCOMPARE(answer->topics[0].topicAuthorizedOperations, 1 << 4 | 1 << 8 | 1 << 10 | 1 << 11);
        QCOMPARE(answer->clusterAuthorizedOperations, 0);
        broker.allow(Operation::create, kClusterName, Resource::cluster);
        wire::DescribeClusterRequest cluster;
        cluster.includeClusterAuthorizedOperations = true;
        QCOMPARE(broker.get(describeCluster, cluster, 1)->clusterAuthorizedOperations, 0);
        broker.allow(Operation::describe, kClusterName, Resource::cluster);
        QCOMPARE(broker.get(describeCluster, cluster, 1)->clusterAuthorizedOperations, 1 << 5 | 1 << 8);
    }

    void offsetsAreKeptAndToldTopicByTopic() {
        Fixture broker({Operation::read});
        broker.allow(Operation::read, "g", Resource::group);
        GroupClient client{broker, "a"};
        QCOMPARE(client.commit(5, "open"), kNone);
        QCOMPARE(client.commit(6, "secret"), kTopicAuthorizationFailed);
        broker.connection->principal = "User:root";
        QCOMPARE(client.commit(7, "secret"), kNone);
        broker.connection->principal = "User:alice";
        wire::OffsetFetchRequest request;
        request.groups.emplace_back().groupId = "g";
        request.groups.emplace_back().groupId = "other";
        const auto all = broker.get(offsetFetch, request, 8);
        QCOMPARE(all->groups[0].topics.size(), std::size_t(1));
        QCOMPARE(all->groups[1].errorCode, kGroupAuthorizationFailed);
        request.groups[0].topics.emplace().push_back({"secret", {0}});
        const auto named = broker.get(offsetFetch, request, 8);
        QCOMPARE(named->groups[0].topics[0].partitions[0].errorCode, kTopicAuthorizationFailed);
        QCOMPARE(named->groups[0].topics[0].partitions[0].committedOffset, -1);
    }

    void offsetsAreDeletedTopicByTopic() {
        Fixture broker({Operation::read});
        broker.connection->principal = "User:root";
        GroupClient client{broker, "a"};
        for (const char* topic : {"open", "secret"})
            QCOMPARE(client.commit(5, topic), kNone);
        broker.allow(Operation::remove, "g", Resource::group);
        broker.connection->principal = "User:alice";
        wire::OffsetDeleteRequest request;
        request.groupId = "g";
        request.topics = {{"secret", {{0}}}, {"open", {{0}}}};
        const auto deleted = broker.get(offsetDelete, request, 0);
        QCOMPARE(deleted->topics[0].partitions[0].errorCode, kTopicAuthorizationFailed);
        QCOMPARE(deleted->topics[1].partitions[0].errorCode, kNone);
        QCOMPARE(broker.groups().find("g")->offsets.size(), std::size_t(1));
    }

    void groupsThatMayBeDescribedAreListed() {
        Fixture broker({});
        broker.connection->principal = "User:root";
        for (const char* name : {"g1", "g2"}) {
            wire::OffsetCommitRequest commit;
            commit.groupId = name;
            commit.topics.push_back({"open", {{0, 1}}});
            broker.get(offsetCommit, commit, 5);
        }
        broker.allow(Operation::read, "g2", Resource::group);
        broker.connection->principal = "User:alice";
        const auto some = broker.get(listGroups, wire::ListGroupsRequest{}, 3);
        QCOMPARE(some->groups.size(), std::size_t(1));
        QCOMPARE(some->groups[0].groupId, "g2");
        broker.allow(Operation::describe, kClusterName, Resource::cluster);
        QCOMPARE(broker.get(listGroups, wire::ListGroupsRequest{}, 3)->groups.size(), std::size_t(2));
    }

    void whoMayWriteAnythingMayDoSoOnce() {
        Fixture broker({});
        QCOMPARE(broker.get(initProducerId, wire::InitProducerIdRequest{}, 4)->errorCode, kClusterAuthorizationFailed);
        broker.allow(Operation::write, "whatever");
        QCOMPARE(broker.get(initProducerId, wire::InitProducerIdRequest{}, 4)->errorCode, kNone);
    }

    void aTransactionHasOnlyTopicsThatMayBeWritten_data() {
        QTest::addColumn<bool>("bumps");
        QTest::newRow("added before") << false;
        QTest::newRow("added by the first batch") << true;
    }
    void aTransactionHasOnlyTopicsThatMayBeWritten() {
        QFETCH(bool, bumps);
        Fixture broker({Operation::write});
        TransactionalClient client{broker, bumps};
        QCOMPARE(client.init(), kTransactionalIdAuthorizationFailed);
        broker.allow(Operation::write, "tx", Resource::transactionalId);
        QCOMPARE(client.init(), kNone);
        QCOMPARE(client.add("secret"), kTopicAuthorizationFailed);
        if (!bumps) QCOMPARE(client.add("open"), kNone);
        QCOMPARE(client.send("v", 1, "open").error, kNone);
        QCOMPARE(client.send("v", 1, "secret").error, kTopicAuthorizationFailed);
        QCOMPARE(client.end(true), kNone);
        QCOMPARE(broker.replica("secret")->logEndOffset(), 0);
    }

    void aRuleCountsFromTheNextRequestOn() {
        Fixture broker({Operation::write});
        const auto error = [&] {
            return onlyPartition(*broker.get(produce, requestOf("open", {{0, batchOf(1)}}), 9)).errorCode;
        };
        QCOMPARE(error(), kNone);
        auto denied = aclFor("User:*", Operation::write, "*");
        denied.permissionType = 2;
        createAclsOf(broker, {denied});
        QCOMPARE(error(), kTopicAuthorizationFailed);
    }

    void theLogSaysOnceWhatIsDenied() {
        test::MemoryLog log;
        Fixture broker({}, log);
        broker.connection->principal = "User:mallory\nUser:root";
        for (int i = 0; i < 3; ++i)
            broker.get(metadata, metadataOf("secret"), 9);
        QStringList denied;
        for (const std::string& line : log.lines())
            if (line.find("denied") != std::string::npos) denied << QString::fromStdString(line);
        QCOMPARE(denied.size(), 1);
        QVERIFY2(
            denied[0].contains("\"User:mallory\\nUser:root\" from 127.0.0.1 is denied Describe on Topic \"secret\""),
            qPrintable(denied[0]));
        for (int i = 0; i < 1000; ++i)
            broker.get(metadata, metadataOf("t" + std::to_string(i)), 9);
        QVERIFY(log.lines().size() < 150);
    }
};

MILLRACE_TEST(TestRights)
#include "tst_rights.moc"
