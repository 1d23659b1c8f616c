#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "broker/support/topic_requests.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/delete_topics.h"
#include "wire/messages/describe_configs.h"
#include "wire/messages/describe_log_dirs.h"
#include "wire/messages/metadata.h"
#include "wire/messages/produce.h"

#include <algorithm>

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

class TestTopics : public QObject {
    Q_OBJECT

    static void append(CoreFixture& broker, const Bytes& batch) {
        wire::ProduceRequest request;
        request.acks = 1;
        request.topicData.push_back({"t", {{0, batch}}});
        QCOMPARE(broker.ask(produce, request, 9)->responses.at(0).partitionResponses.at(0).errorCode, kNone);
    }

private slots:
    void aTopicIsMadeWhenMetadataAsksForIt() {
        CoreFixture broker(ConfigMap{{"num.partitions", "4"}});
        const auto asked = broker.get(metadata, metadataOf("fresh"), 12);
        QVERIFY(asked.answered());
        QCOMPARE(asked->topics.at(0).errorCode, kNone);
        QCOMPARE(asked->topics.at(0).partitions.size(), std::size_t(4));
        QCOMPARE(asked->topics.at(0).partitions.at(3).leaderId, 0);
        QVERIFY(!asked->topics.at(0).topicId.isNone());
        QCOMPARE(asked->brokers.at(0).port, 9092);
        QVERIFY(!asked->clusterId->empty());
    }

    void whatIsNamedAgainAndAgainIsAnsweredOnce() {
        CoreFixture broker;
        broker.makeTopic("t", 3);
        const auto id = broker.metadata().find("t")->id;
        wire::MetadataRequest request;
        request.topics.emplace();
        for (int i = 0; i < 3; ++i)
            for (const char* name : {"t", "fresh", "a/b"})
                request.topics->push_back({{}, name});
        const auto asked = broker.get(metadata, request, 12);
        QCOMPARE(asked->topics.size(), std::size_t(3));
        QCOMPARE(*asked->topics[0].name, std::string("t"));
        QCOMPARE(*asked->topics[1].name, std::string("fresh"));
        QCOMPARE(asked->topics[1].errorCode, kNone);
        QCOMPARE(asked->topics[2].errorCode, kInvalidTopic);
        wire::MetadataRequest byId;
        byId.topics.emplace(2, wire::MetadataRequest::Topic{id, std::nullopt});
        QCOMPARE(broker.get(metadata, byId, 12)->topics.size(), std::size_t(1));

        wire::DescribeConfigsRequest configs;
        configs.resources = {{2, "t", std::nullopt}, {4, "0", std::nullopt}, {2, "t", std::nullopt}};
        QCOMPARE(broker.get(describeConfigs, configs, 2)->results.size(), std::size_t(2));
        wire::DescribeLogDirsRequest directories;
        directories.topics.emplace() = {{"t", {0, 2, 0, 7}}, {"t", {1}}};
        const auto described = broker.get(describeLogDirs, directories, 4);
        QCOMPARE(described->results.at(0).topics.size(), std::size_t(1));
        QCOMPARE(described->results.at(0).topics[0].partitions.size(), std::size_t(2));
    }

    void topicsAreMadeOnlyWhenAllowed() {
        auto forbidding = metadataOf("fresh");
        forbidding.allowAutoTopicCreation = false;
        CoreFixture broker;
        QCOMPARE(broker.get(metadata, forbidding, 9)->topics.at(0).errorCode, kUnknownTopicOrPartition);
        QCOMPARE(broker.get(metadata, forbidding, 3)->topics.at(0).errorCode, kNone); // v3 cannot forbid it
        CoreFixture strict(ConfigMap{{"auto.create.topics.enable", "false"}});
        QCOMPARE(strict.get(metadata, metadataOf("fresh"), 9)->topics.at(0).errorCode, kUnknownTopicOrPartition);
    }

    void twoClientsThatAskAtOnceGetTheSameTopic() {
        CoreFixture broker;
        const auto first = broker.ask(metadata, metadataOf("fresh"), 12);
        const auto second = broker.ask(metadata, metadataOf("fresh"), 12);
        broker.settle();
        QCOMPARE(second->topics.at(0).errorCode, kNone);
        QVERIFY(first->topics.at(0).topicId == second->topics.at(0).topicId);
    }

    void allTopicsAreMeantByTheFormOfTheVersion() {
        CoreFixture broker;
        broker.makeTopic("a");
        broker.makeTopic("b");
        wire::MetadataRequest null, empty;
        empty.topics.emplace();
        QCOMPARE(broker.get(metadata, null, 4)->topics.size(), std::size_t(2));
        QCOMPARE(broker.get(metadata, empty, 4)->topics.size(), std::size_t(0));
        QCOMPARE(broker.get(metadata, empty, 0)->topics.size(), std::size_t(2));
    }

    void changesThatNeedNoDiskAreToldInOrderHoweverManyWait() {
        constexpr int kWaiting = 50'000; // would not fit a stack, one inside the other
        CoreFixture broker;
        broker.makeTopic("t");
        std::vector<int> told;
        const auto make = [&](const std::string& name, int number) {
            broker.topics().change({{CreateTopic{name, 1}}}, [&told, number](const auto&) { told.push_back(number); });
        };
        make("slow", 0);
        for (int i = 1; i < kWaiting; ++i)
            make(i == kWaiting / 2 ? "another" : "t", i);
        QVERIFY(told.empty());
        broker.settle();
        QCOMPARE(told.size(), std::size_t(kWaiting));
        QVERIFY(std::is_sorted(told.begin(), told.end()));
        QVERIFY(broker.metadata().find("another"));
    }

    void whoIsToldMayChangeMore() {
        CoreFixture broker;
        QStringList told;
        const auto make = [&](const std::string& name, Topics::Done done) {
            broker.topics().change({{CreateTopic{name, 1}}}, std::move(done));
        };
        make("", [&](const auto&) {
            told << "refused";
            make("..", [&](const auto&) { told << "refused, too"; });
            make("t", [&](const auto& outcomes) { told << QString::fromStdString(outcomes.at(0).topic->name); });
        });
        broker.settle();
        QCOMPARE(told, (QStringList{"refused", "refused, too", "t"}));
    }

    void topicsSurvive_data() {
        QTest::addColumn<bool>("clean");
        QTest::newRow("a clean restart") << true;
        QTest::newRow("the death of the process") << false;
    }
    void topicsSurvive() {
        QFETCH(bool, clean);
        CoreFixture broker;
        broker.makeTopic("t", 3, {{"retention.bytes", "1234"}});
        broker.makeTopic("gone");
        append(broker, batchOf(5));
        const auto id = broker.metadata().find("t")->id;
        const auto cluster = broker.core().context().settings.clusterId;
        broker.topics().change({{RemoveTopic{"gone"}}, {GrowTopic{"t", 4}}}, [](const auto&) {});
        broker.settle();
        if (clean)
            broker.restart();
        else
            broker.die();
        QVERIFY(!broker.metadata().find("gone"));
        const auto topic = broker.metadata().find("t");
        QVERIFY(topic && topic->id == id);
        QCOMPARE(topic->partitions.size(), std::size_t(4));
        QCOMPARE(topic->configs.at("retention.bytes"), std::string("1234"));
        QCOMPARE(broker.replica("t")->log().nextOffset(), 5);
        QCOMPARE(broker.core().context().settings.clusterId, cluster);
    }

    void aDeletedTopicTakesItsDataWithIt() {
        CoreFixture broker;
        broker.makeTopic("t");
        append(broker, batchOf(5));
        const auto before = broker.metadata().find("t")->id;
        wire::DeleteTopicsRequest request;
        request.topicNames = {"t", "unknown"};
        const auto asked = broker.get(deleteTopics, request, 4);
        QCOMPARE(asked->responses.at(0).errorCode, kNone);
        QCOMPARE(asked->responses.at(1).errorCode, kUnknownTopicOrPartition);
        QVERIFY(QDir(broker.directory.path()).entryList({"t-*"}, QDir::Dirs).isEmpty());
        broker.makeTopic("t");
        QVERIFY(broker.metadata().find("t")->id != before);
        QCOMPARE(broker.replica("t")->log().nextOffset(), 0);
        wire::DeleteTopicsRequest byId;
        byId.topics.push_back({std::nullopt, broker.metadata().find("t")->id});
        QCOMPARE(*broker.get(deleteTopics, byId, 6)->responses.at(0).name, std::string("t"));
        QVERIFY(!broker.metadata().find("t"));
    }

    void theLongestNameIsMadeSetAsideAndDeleted() {
        const std::string name(249, 'x');
        CoreFixture broker;
        QDir(broker.directory.path()).mkdir(QString::fromStdString(name) + "-0");
        broker.makeTopic(name, 2);
        QVERIFY(broker.metadata().find(name));
        wire::DeleteTopicsRequest request;
        request.topicNames = {name};
        QCOMPARE(broker.get(deleteTopics, request, 4)->responses.at(0).errorCode, kNone);
        broker.settle();
        const auto left = QDir(broker.directory.path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QCOMPARE(left, QStringList{QString(200, 'x') + ".stray.1"});
    }

    void aDirectoryThatBelongsToNoTopicIsSetAside() {
        CoreFixture broker;
        QDir(broker.directory.path()).mkdir("t-0");
        QFile stray(broker.directory.filePath("t-0/precious"));
        QVERIFY(stray.open(QIODevice::WriteOnly));
        broker.makeTopic("t");
        QVERIFY(broker.metadata().find("t"));
        QVERIFY(QFileInfo::exists(broker.directory.filePath("t-0.stray.1/precious")));
        QVERIFY(!QFileInfo::exists(broker.directory.filePath("t-0/precious")));
    }

    void everyPartitionHasAPlace() {
        CoreFixture broker;
        const auto placesOf = [&](const std::string& name) {
            wire::MetadataRequest request;
            request.topics.emplace().push_back({{}, name});
            std::vector<std::vector<std::int32_t>> places;
            const auto asked = broker.get(metadata, request, 12);
            for (const auto& partition : asked->topics.at(0).partitions) {
                if (partition.leaderId != 0 || partition.isrNodes != partition.replicaNodes) return places;
                places.push_back(partition.replicaNodes);
            }
            return places;
        };
        const std::vector<std::int32_t> onlyBroker{0};
        broker.makeTopic("t", 2);
        QCOMPARE(placesOf("t"), std::vector(2, onlyBroker));
        broker.topics().change({{GrowTopic{"t", 5}}}, [](const auto&) {});
        broker.settle();
        QCOMPARE(placesOf("t"), std::vector(5, onlyBroker));
        broker.restart();
        QCOMPARE(placesOf("t"), std::vector(5, onlyBroker));
    }

    void theDataDirectoryIsDescribed() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        append(broker, batchOf(5));
        const auto asked = broker.ask(describeLogDirs, wire::DescribeLogDirsRequest{}, 4);
        broker.loop.drain();
        QVERIFY(!asked.answered()); // how much is free the disk is asked on a lane
        broker.settle();
        QVERIFY(asked->results.at(0).usableBytes > 0);
        QCOMPARE(asked->results.at(0).logDir, broker.directory.path().toStdString());
        QCOMPARE(asked->results.at(0).topics.at(0).partitions.at(0).partitionSize, qint64(batchOf(5).size()));
        QCOMPARE(asked->results.at(0).topics.at(0).partitions.at(1).partitionSize, 0);
    }
};

MILLRACE_TEST(TestTopics)
#include "tst_topics.moc"
