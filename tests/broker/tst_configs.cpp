#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "broker/support/topic_requests.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/alter_configs.h"
#include "wire/messages/describe_configs.h"
#include "wire/messages/incremental_alter_configs.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

namespace {

std::string configOf(CoreFixture& broker, const std::string& topic, const std::string& name) {
    wire::DescribeConfigsRequest request;
    request.resources.push_back({2, topic, std::vector<std::string>{name}});
    return broker.get(describeConfigs, request, 2)->results.at(0).configs.at(0).value.value();
}

} // namespace

class TestConfigs : public QObject {
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

private slots:
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
        QCOMPARE(alter(broker, "retention.ms", kAppend, "1"), kInvalidConfig);
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
        request.resources.push_back({99, "0", {}});
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
        QCOMPARE(told["log.dirs"], broker.directory.path().toStdString());
        QCOMPARE(told["node.id"], std::string("0"));
        QVERIFY(told.contains("replica.fetch.max.bytes"));
        QVERIFY(!told.contains("zookeeper.connect")); // gone in Kafka 4.0, and nobody has set it
        QCOMPARE(asked->results.at(1).errorCode, kInvalidRequest);
    }

    void aPasswordAndWhatHasNoValueAreToldWithoutOne_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("sensitive");
        QTest::addColumn<int>("sources"); ///< that are named
        QTest::newRow("a password") << "delegation.token.secret.key" << true << 1;
        QTest::newRow("no value") << "broker.rack" << false << 0;
    }
    void aPasswordAndWhatHasNoValueAreToldWithoutOne() {
        QFETCH(QString, name);
        QFETCH(bool, sensitive);
        QFETCH(int, sources);
        CoreFixture broker(ConfigMap{{"delegation.token.secret.key", "hush"}});
        wire::DescribeConfigsRequest request;
        request.resources.push_back({4, "0", std::vector{name.toStdString()}});
        request.includeSynonyms = true;
        const auto asked = broker.get(describeConfigs, request, 3);
        const auto& config = asked->results.at(0).configs.at(0);
        QVERIFY(!config.value);
        QCOMPARE(config.isSensitive, sensitive);
        QCOMPARE(config.synonyms.size(), std::size_t(sources));
        for (const auto& synonym : config.synonyms)
            QVERIFY(!synonym.value);
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
};

MILLRACE_TEST(TestConfigs)
#include "tst_configs.moc"
