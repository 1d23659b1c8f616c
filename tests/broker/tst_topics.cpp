#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/alter_configs.h"
#include "wire/messages/create_partitions.h"
#include "wire/messages/create_topics.h"
#include "wire/messages/delete_records.h"
#include "wire/messages/delete_topics.h"
#include "wire/messages/describe_configs.h"
#include "wire/messages/describe_log_dirs.h"
#include "wire/messages/fetch.h"
#include "wire/messages/incremental_alter_configs.h"
#include "wire/messages/init_producer_id.h"
#include "wire/messages/metadata.h"
#include "wire/messages/produce.h"

#include <algorithm>
#include <set>

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

namespace {

wire::CreateTopicsRequest creation(const std::string& name, std::int32_t partitions = 1,
                                   std::map<std::string, std::string> configs = {}) {
    wire::CreateTopicsRequest request;
    auto& topic = request.topics.emplace_back();
    topic.name = name;
    topic.numPartitions = partitions;
    topic.replicationFactor = 1;
    for (auto& [key, value] : configs)
        topic.configs.push_back({key, value});
    return request;
}

wire::MetadataRequest metadataOf(const std::string& name) {
    wire::MetadataRequest request;
    request.topics.emplace().push_back({{}, name});
    return request;
}

std::string configOf(CoreFixture& broker, const std::string& topic, const std::string& name) {
    wire::DescribeConfigsRequest request;
    request.resources.push_back({2, topic, std::vector<std::string>{name}});
    return broker.get(describeConfigs, request, 2)->results.at(0).configs.at(0).value.value();
}

/// Settings that only those topics tell of which have them: Kafka 4 has none of them.
const auto kOutdated =
    static_cast<std::size_t>(std::ranges::count(catalog::kafkaTopicSettings(), true, &catalog::KafkaSetting::outdated));

} // namespace

class TestTopics : public QObject {
    Q_OBJECT

    static wire::IncrementalAlterConfigsRequest alteration(const std::string& name, std::int8_t operation,
                                                           const std::string& value, bool validateOnly = false) {
        wire::IncrementalAlterConfigsRequest request;
        auto& resource = request.resources.emplace_back();
        resource.resourceType = 2;
        resource.resourceName = "t";
        resource.configs.push_back({name, operation, value});
        request.validateOnly = validateOnly;
        return request;
    }
    static std::int16_t alter(CoreFixture& broker, const std::string& name, std::int8_t operation,
                              const std::string& value, bool validateOnly = false) {
        const auto request = alteration(name, operation, value, validateOnly);
        return broker.get(incrementalAlterConfigs, request, 1)->responses.at(0).errorCode;
    }
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

    void namesThatKafkaRefusesAreRefused_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"", ".", "..", "a/b", "../../etc/passwd", "with blank", "ümlaut", "a:b", "tab\there",
                                 "__consumer_offsets"})
            QTest::addRow("\"%s\"", name) << QString::fromUtf8(name);
        QTest::newRow("250 characters") << QString(250, 'x');
        QTest::newRow("a zero byte") << QString(QLatin1String("a\0b", 3));
    }
    void namesThatKafkaRefusesAreRefused() {
        QFETCH(QString, name);
        CoreFixture broker;
        QCOMPARE(broker.get(createTopics, creation(name.toStdString()), 5)->topics.at(0).errorCode, kInvalidTopic);
        const auto asked = broker.get(metadata, metadataOf(name.toStdString()), 9);
        QVERIFY(asked->topics.at(0).errorCode == kInvalidTopic ||
                asked->topics.at(0).errorCode == kUnknownTopicOrPartition);
        QVERIFY(broker.metadata().all().empty());
    }

    void creationsThatCannotBeAreRefused_data() {
        QTest::addColumn<int>("partitions");
        QTest::addColumn<int>("replicas");
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("error");
        QTest::newRow("no partitions") << 0 << 1 << ""
                                       << "" << int(kInvalidPartitions);
        QTest::newRow("a hundred thousand and one partitions") << 100'001 << 1 << ""
                                                               << "" << int(kInvalidPartitions);
        QTest::newRow("three replicas on one broker") << 1 << 3 << ""
                                                      << "" << int(kInvalidReplicationFactor);
        QTest::newRow("an unknown config") << 1 << 1 << "no.such.config"
                                           << "1" << int(kInvalidConfig);
        QTest::newRow("a config that is no number") << 1 << 1 << "retention.ms"
                                                    << "soon" << int(kInvalidConfig);
        QTest::newRow("a config out of range") << 1 << 1 << "retention.ms"
                                               << "-2" << int(kInvalidConfig);
        QTest::newRow("a compression that Kafka has not") << 1 << 1 << "compression.type"
                                                          << "brotli" << int(kInvalidConfig);
    }
    void creationsThatCannotBeAreRefused() {
        QFETCH(int, partitions);
        QFETCH(int, replicas);
        QFETCH(QString, config);
        QFETCH(QString, value);
        QFETCH(int, error);
        CoreFixture broker;
        auto request = creation("t", partitions);
        request.topics[0].replicationFactor = std::int16_t(replicas);
        if (!config.isEmpty()) request.topics[0].configs.push_back({config.toStdString(), value.toStdString()});
        const auto asked = broker.get(createTopics, request, 5);
        QCOMPARE(int(asked->topics.at(0).errorCode), error);
        QVERIFY(asked->topics.at(0).errorMessage.has_value());
        QVERIFY(broker.metadata().all().empty());
    }

    void creationTellsEverythingAboutTheTopic() {
        CoreFixture broker(ConfigMap{{"num.partitions", "3"}});
        auto request = creation("t", -1, {{"retention.ms", "1000"}});
        request.topics[0].replicationFactor = -1;
        const auto asked = broker.get(createTopics, request, 7);
        const auto& topic = asked->topics.at(0);
        QCOMPARE(topic.errorCode, kNone);
        QCOMPARE(topic.numPartitions, 3);
        QCOMPARE(topic.replicationFactor, std::int16_t(1));
        QVERIFY(topic.topicId == broker.metadata().find("t")->id);
        QCOMPARE(topic.configs->size(), catalog::kafkaTopicSettings().size() - kOutdated);
        QCOMPARE(broker.get(createTopics, request, 7)->topics.at(0).errorCode, kTopicAlreadyExists);
        request.topics[0].name = "only-tried";
        request.validateOnly = true;
        QCOMPARE(broker.get(createTopics, request, 7)->topics.at(0).errorCode, kNone);
        QVERIFY(!broker.metadata().find("only-tried"));
    }

    void aNameTwiceInOneRequestIsRefused() {
        CoreFixture broker;
        auto request = creation("t");
        request.topics.push_back(request.topics[0]);
        const auto asked = broker.get(createTopics, request, 5);
        QCOMPARE(asked->topics.at(0).errorCode, kInvalidRequest);
        QCOMPARE(asked->topics.at(1).errorCode, kInvalidRequest);
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

    void namesThatDifferOnlyInDotsAndUnderscoresAreOneTooMany_data() {
        QTest::addColumn<QString>("there");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("refused");
        QTest::newRow("a dot for an underscore") << "a_b"
                                                 << "a.b" << true;
        QTest::newRow("an underscore for a dot") << "a.b"
                                                 << "a_b" << true;
        QTest::newRow("both, the other way round") << "a.b_c"
                                                   << "a_b.c" << true;
        QTest::newRow("another letter") << "a.b"
                                        << "a.c" << false;
        QTest::newRow("a longer name") << "a.b"
                                       << "a.b.c" << false;
        QTest::newRow("a shorter name") << "a.b"
                                        << "a." << false;
        QTest::newRow("a hyphen") << "a.b"
                                  << "a-b" << false;
    }
    void namesThatDifferOnlyInDotsAndUnderscoresAreOneTooMany() {
        QFETCH(QString, there);
        QFETCH(QString, name);
        QFETCH(bool, refused);
        const std::int16_t error = refused ? kInvalidTopic : kNone;
        const auto first = creation(there.toStdString()), second = creation(name.toStdString());
        {
            CoreFixture broker;
            broker.makeTopic(there.toStdString());
            const auto asked = broker.get(createTopics, second, 5)->topics.at(0);
            QCOMPARE(asked.errorCode, error);
            QVERIFY(!refused || asked.errorMessage->find("topic " + there.toStdString()) != std::string::npos);
            // Also for a client that would ask for metadata again and again.
            QCOMPARE(broker.get(metadata, metadataOf(name.toStdString()), 9)->topics.at(0).errorCode, error);
            QCOMPARE(broker.get(createTopics, first, 5)->topics.at(0).errorCode, kTopicAlreadyExists);
            wire::DeleteTopicsRequest removal;
            removal.topicNames = {there.toStdString()};
            QCOMPARE(broker.get(deleteTopics, removal, 4)->responses.at(0).errorCode, kNone);
            const std::int16_t now = refused ? kNone : kTopicAlreadyExists;
            QCOMPARE(broker.get(createTopics, second, 5)->topics.at(0).errorCode, now);
        }
        CoreFixture broker;
        auto both = first;
        both.topics.push_back(second.topics.at(0));
        const auto asked = broker.get(createTopics, both, 5);
        QCOMPARE(asked->topics.at(0).errorCode, kNone);
        QCOMPARE(asked->topics.at(1).errorCode, error);
        broker.restart();
        QCOMPARE(broker.get(createTopics, second, 5)->topics.at(0).errorCode,
                 refused ? kInvalidTopic : kTopicAlreadyExists);
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

    void producerIdsNeverRepeat() {
        CoreFixture broker;
        std::set<std::int64_t> seen;
        for (int round = 0; round < 3; ++round) {
            for (int i = 0; i < 1200; ++i) {
                const auto asked = broker.get(initProducerId, wire::InitProducerIdRequest{}, 4);
                QCOMPARE(asked->errorCode, kNone);
                QCOMPARE(asked->producerEpoch, std::int16_t(0));
                QVERIFY(seen.insert(asked->producerId).second);
            }
            broker.die();
        }
    }

    void producersAreAskedToComeBackWhileABlockIsReserved() {
        CoreFixture broker;
        int refused = 0;
        for (int i = 0; i < 1500; ++i) // the I/O thread does not run
            if (broker.ask(initProducerId, wire::InitProducerIdRequest{}, 4)->errorCode == kCoordinatorLoadInProgress)
                ++refused;
        QCOMPARE(refused, 500);
        broker.settle();
        QCOMPARE(broker.ask(initProducerId, wire::InitProducerIdRequest{}, 4)->errorCode, kNone);
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

    void partitionsOnlyGrow() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        wire::CreatePartitionsRequest request;
        request.topics.push_back({"t", 5, std::nullopt});
        QCOMPARE(broker.get(createPartitions, request, 1)->results.at(0).errorCode, kNone);
        QCOMPARE(broker.metadata().find("t")->partitions.size(), std::size_t(5));
        request.topics[0].count = 5;
        QCOMPARE(broker.get(createPartitions, request, 1)->results.at(0).errorCode, kInvalidPartitions);
        request.topics[0].name = "unknown";
        QCOMPARE(broker.get(createPartitions, request, 1)->results.at(0).errorCode, kUnknownTopicOrPartition);
    }

    void configsAreAltered() {
        constexpr std::int8_t kSet = 0, kDelete = 1, kAppend = 2, kSubtract = 3;
        CoreFixture broker(ConfigMap{{"log.retention.hours", "2"}});
        broker.makeTopic("t");
        QCOMPARE(configOf(broker, "t", "retention.ms"), std::string("7200000"));
        QCOMPARE(alter(broker, "retention.ms", kSet, "5000", true), kNone);
        QCOMPARE(configOf(broker, "t", "retention.ms"), std::string("7200000"));
        QCOMPARE(alter(broker, "retention.ms", kSet, "5000"), kNone);
        QCOMPARE(configOf(broker, "t", "retention.ms"), std::string("5000"));
        QCOMPARE(broker.metadata().find("t")->settings.log.retentionMs, 5000);
        QCOMPARE(alter(broker, "retention.ms", kDelete, ""), kNone);
        QCOMPARE(configOf(broker, "t", "retention.ms"), std::string("7200000"));
        QCOMPARE(alter(broker, "cleanup.policy", kAppend, "compact"), kNone);
        QCOMPARE(configOf(broker, "t", "cleanup.policy"), std::string("delete,compact"));
        QCOMPARE(alter(broker, "cleanup.policy", kSubtract, "delete"), kNone);
        QCOMPARE(configOf(broker, "t", "cleanup.policy"), std::string("compact"));
        QCOMPARE(broker.metadata().find("t")->settings.log.retentionMs, -1); // a compacted topic loses nothing by age
        QCOMPARE(alter(broker, "retention.ms", kAppend, "1"), kInvalidRequest);
        QCOMPARE(alter(broker, "retention.ms", kSet, "never"), kInvalidConfig);
        QCOMPARE(alter(broker, "unknown", kSet, "1"), kInvalidConfig);
    }

    void alterationsThatWaitAreAddedToEachOther() {
        constexpr std::int8_t kSet = 0, kDelete = 1, kAppend = 2;
        CoreFixture broker;
        broker.makeTopic("t");
        QCOMPARE(alter(broker, "retention.ms", kSet, "1"), kNone);
        // Nothing of this comes to the disk before all of it was asked for.
        std::vector<Asked<wire::IncrementalAlterConfigsResponse>> asked;
        for (const auto& request :
             {alteration("segment.bytes", kSet, "5000"), alteration("max.message.bytes", kSet, "777"),
              alteration("cleanup.policy", kAppend, "compact"), alteration("retention.ms", kDelete, "")})
            asked.push_back(broker.ask(incrementalAlterConfigs, request, 1));
        broker.settle();
        for (const auto& answer : asked)
            QCOMPARE(answer->responses.at(0).errorCode, kNone);
        const ConfigMap all{
            {"cleanup.policy", "delete,compact"}, {"max.message.bytes", "777"}, {"segment.bytes", "5000"}};
        QCOMPARE(broker.metadata().find("t")->configs, all);
        broker.die();
        QCOMPARE(broker.metadata().find("t")->configs, all);
    }

    void anAlterationMeetsTheTopicOfItsTurn() {
        CoreFixture broker;
        broker.topics().change({{CreateTopic{"t", 1}}}, [](const auto&) {});
        const auto asked = broker.ask(incrementalAlterConfigs, alteration("retention.ms", 0, "5"), 1);
        broker.settle();
        QCOMPARE(asked->responses.at(0).errorCode, kNone); // there when its turn came
        QCOMPARE(configOf(broker, "t", "retention.ms"), std::string("5"));
    }

    void theOlderAlterationReplacesAllConfigs() {
        CoreFixture broker;
        broker.makeTopic("t", 1, {{"retention.ms", "1"}});
        wire::AlterConfigsRequest request;
        request.resources.push_back({2, "t", {{"segment.bytes", "5000"}}});
        request.resources.push_back({2, "unknown", {}});
        request.resources.push_back({4, "0", {}});
        const auto asked = broker.get(alterConfigs, request, 1);
        QCOMPARE(asked->responses.at(0).errorCode, kNone);
        QCOMPARE(asked->responses.at(1).errorCode, kUnknownTopicOrPartition);
        QCOMPARE(asked->responses.at(2).errorCode, kInvalidRequest);
        QCOMPARE(broker.metadata().find("t")->configs, (ConfigMap{{"segment.bytes", "5000"}}));
        request.resources[0].configs.push_back({"segment.bytes", "6000"});
        QCOMPARE(broker.get(alterConfigs, request, 1)->responses.at(0).errorCode, kInvalidRequest);
        request.resources[0].configs = {{"segment.bytes", "few"}};
        QCOMPARE(broker.get(alterConfigs, request, 1)->responses.at(0).errorCode, kInvalidConfig);
        QCOMPARE(broker.metadata().find("t")->configs, (ConfigMap{{"segment.bytes", "5000"}}));
    }

    void brokerConfigsAreShown() {
        CoreFixture broker(ConfigMap{{"message.max.bytes", "5000"}});
        wire::DescribeConfigsRequest request;
        request.resources.push_back({4, "0", std::nullopt});
        request.resources.push_back({4, "9", std::nullopt});
        const auto asked = broker.get(describeConfigs, request, 3);
        std::map<std::string, std::string> told;
        for (const auto& config : asked->results.at(0).configs)
            told[config.name] = config.value.value_or("");
        QCOMPARE(told.size(), asked->results.at(0).configs.size()); // each once
        QCOMPARE(told["message.max.bytes"], std::string("5000"));   // the default of topics, by its name here
        QCOMPARE(told["num.partitions"], std::string("1"));
        QVERIFY(!told.contains("max.message.bytes"));
        QVERIFY(!told.contains("remote.storage.enable")); // there is no default for the broker to give
        QCOMPARE(asked->results.at(1).errorCode, kInvalidRequest);
    }

    void aValueIsKeptAsKafkaKeepsIt_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("kept");
        QTest::newRow("blanks around a number") << "retention.ms"
                                                << " 1000 "
                                                << "1000";
        QTest::newRow("a boolean in capitals") << "preallocate"
                                               << "TRUE"
                                               << "true";
        QTest::newRow("blanks in a list") << "cleanup.policy"
                                          << "compact , delete"
                                          << "compact,delete";
        QTest::newRow("no policy at all") << "cleanup.policy"
                                          << ""
                                          << "";
        QTest::newRow("what Kafka 4 does not have any more") << "message.downconversion.enable"
                                                             << "false"
                                                             << "false";
    }
    void aValueIsKeptAsKafkaKeepsIt() {
        QFETCH(QString, name);
        QFETCH(QString, written);
        QFETCH(QString, kept);
        CoreFixture broker;
        auto request = creation("t");
        request.topics[0].configs.push_back({name.toStdString(), written.toStdString()});
        QCOMPARE(broker.get(createTopics, request, 5)->topics.at(0).errorCode, kNone);
        QCOMPARE(configOf(broker, "t", name.toStdString()), kept.toStdString());
        broker.makeTopic("u");
        wire::IncrementalAlterConfigsRequest alteration;
        alteration.resources.push_back({2, "u", {{name.toStdString(), 0, written.toStdString()}}});
        QCOMPARE(broker.get(incrementalAlterConfigs, alteration, 1)->responses.at(0).errorCode, kNone);
        QCOMPARE(configOf(broker, "u", name.toStdString()), kept.toStdString());
        broker.restart();
        QCOMPARE(configOf(broker, "u", name.toStdString()), kept.toStdString());
    }

    void recordsOfATopicThatDeletesNothingAreNotDeleted_data() {
        QTest::addColumn<QString>("policy");
        QTest::newRow("it compacts") << "compact";
        QTest::newRow("it keeps all") << "";
    }
    void recordsOfATopicThatDeletesNothingAreNotDeleted() {
        QFETCH(QString, policy);
        CoreFixture broker;
        broker.makeTopic("t", 1, {{"cleanup.policy", policy.toStdString()}});
        QCOMPARE(broker.metadata().find("t")->settings.log.retentionMs, -1);
        wire::DeleteRecordsRequest request;
        request.topics.push_back({"t", {{0, -1}}});
        QCOMPARE(broker.get(deleteRecords, request, 1)->topics[0].partitions[0].errorCode, kPolicyViolation);
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

    void recordsAreDeletedUpToAnOffset() {
        CoreFixture broker;
        broker.makeTopic("t");
        append(broker, batchOf(5));
        append(broker, batchOf(5));
        wire::DeleteRecordsRequest request;
        request.topics.push_back({"t", {{0, 7}, {3, 1}}});
        const auto asked = broker.get(deleteRecords, request, 1);
        QCOMPARE(asked->topics[0].partitions[0].errorCode, kNone);
        QCOMPARE(asked->topics[0].partitions[0].lowWatermark, 7);
        QCOMPARE(asked->topics[0].partitions[1].errorCode, kUnknownTopicOrPartition);
        request.topics[0].partitions = {{0, 11}};
        QCOMPARE(broker.get(deleteRecords, request, 1)->topics[0].partitions[0].errorCode, kOffsetOutOfRange);
        request.topics[0].partitions = {{0, -1}};
        QCOMPARE(broker.get(deleteRecords, request, 1)->topics[0].partitions[0].lowWatermark, 10);
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
