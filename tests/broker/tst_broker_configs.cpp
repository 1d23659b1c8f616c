// Configs of the broker that clients change while it runs.
#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "support/full_disk.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/alter_configs.h"
#include "wire/messages/describe_configs.h"
#include "wire/messages/incremental_alter_configs.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

namespace {

enum Operation : std::int8_t { kSet = 0, kDelete = 1, kAppend = 2 };
constexpr std::int8_t kTopic = 2, kBroker = 4;

std::int16_t alter(CoreFixture& broker, const std::string& resource, const std::string& name, const std::string& value,
                   std::int8_t operation = kSet, bool validateOnly = false) {
    wire::IncrementalAlterConfigsRequest request;
    request.resources.push_back({kBroker, resource, {{name, operation, value}}});
    request.validateOnly = validateOnly;
    return broker.get(incrementalAlterConfigs, request, 1)->responses.at(0).errorCode;
}

wire::DescribeConfigsResponse::Result described(CoreFixture& broker, std::int8_t type, const std::string& resource) {
    wire::DescribeConfigsRequest request;
    request.resources.push_back({type, resource, std::nullopt});
    request.includeSynonyms = request.includeDocumentation = true;
    return broker.get(describeConfigs, request, 3)->results.at(0);
}

/// "value source", and each synonym's name, value and source behind it.
QString told(CoreFixture& broker, std::int8_t type, const std::string& resource, const std::string& name) {
    for (const auto& config : described(broker, type, resource).configs) {
        if (config.name != name) continue;
        QString text = QString("%1 %2").arg(QString::fromStdString(*config.value)).arg(config.configSource);
        for (const auto& synonym : config.synonyms)
            text += QString(", %1=%2 %3")
                        .arg(QString::fromStdString(synonym.name), QString::fromStdString(*synonym.value))
                        .arg(synonym.source);
        return text;
    }
    return "nothing";
}

} // namespace

class TestBrokerConfigs : public QObject {
    Q_OBJECT

private slots:
    void theOneThatIsClosestCounts() {
        CoreFixture broker(ConfigMap{{"log.retention.ms", "4000"}});
        broker.makeTopic("t");
        const auto retention = [&] { return broker.metadata().find("t")->settings.log.retentionMs; };
        QCOMPARE(retention(), 4000);
        QCOMPARE(alter(broker, "", "log.retention.ms", "3000"), kNone);
        QCOMPARE(retention(), 3000);
        QCOMPARE(alter(broker, "0", "log.retention.ms", " 2000 "), kNone);
        QCOMPARE(retention(), 2000);
        QCOMPARE(told(broker, kBroker, "0", "log.retention.ms"),
                 "2000 2, log.retention.ms=2000 2, log.retention.ms=3000 3, log.retention.ms=4000 4, "
                 "log.retention.ms=604800000 5");
        QCOMPARE(told(broker, kTopic, "t", "retention.ms"),
                 "2000 2, log.retention.ms=2000 2, log.retention.ms=3000 3, log.retention.ms=4000 4, "
                 "log.retention.ms=604800000 5");
        QCOMPARE(told(broker, kBroker, "", "log.retention.ms"), QString("3000 3, log.retention.ms=3000 3, "
                                                                        "log.retention.ms=604800000 5"));
        QCOMPARE(described(broker, kBroker, "").configs.size(), std::size_t(1));
        QCOMPARE(alter(broker, "0", "log.retention.ms", "", kDelete), kNone);
        QCOMPARE(retention(), 3000);
        broker.makeTopic("u");
        QCOMPARE(broker.metadata().find("u")->settings.log.retentionMs, 3000);
    }

    void theySurvive_data() {
        QTest::addColumn<bool>("clean");
        QTest::newRow("a clean restart") << true;
        QTest::newRow("the death of the process") << false;
    }
    void theySurvive() {
        QFETCH(bool, clean);
        CoreFixture broker;
        broker.makeTopic("t");
        QCOMPARE(alter(broker, "0", "message.max.bytes", "7000"), kNone);
        QCOMPARE(alter(broker, "", "log.cleaner.threads", "2"), kNone);
        // The journal is written anew in between.
        for (int i = 0; i < 120; ++i)
            QCOMPARE(alter(broker, "0", "num.io.threads", std::to_string(i + 1)), kNone);
        for (int i = 0; i < 2; ++i)
            clean ? broker.restart() : broker.die();
        QCOMPARE(broker.metadata().find("t")->settings.maxMessageBytes, std::size_t(7000));
        QCOMPARE(told(broker, kBroker, "0", "num.io.threads").section(',', 0, 0), QString("120 2"));
        QCOMPARE(told(broker, kBroker, "0", "log.cleaner.threads").section(',', 0, 0), QString("2 3"));
    }

    void whatCannotBeIsRefused_data() {
        QTest::addColumn<QString>("resource");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("operation");
        QTest::newRow("what only a start can change") << "0"
                                                      << "num.partitions"
                                                      << "3" << int(kSet);
        QTest::newRow("what a broker does not have") << "0"
                                                     << "retention.ms"
                                                     << "3" << int(kSet);
        QTest::newRow("a value that is none") << "0"
                                              << "log.retention.ms"
                                              << "often" << int(kSet);
        QTest::newRow("an addition to what is no list") << "0"
                                                        << "log.retention.ms"
                                                        << "1" << int(kAppend);
        QTest::newRow("another broker") << "7"
                                        << "log.retention.ms"
                                        << "1" << int(kSet);
        QTest::newRow("no broker") << "all"
                                   << "log.retention.ms"
                                   << "1" << int(kSet);
    }
    void whatCannotBeIsRefused() {
        QFETCH(QString, resource);
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(int, operation);
        CoreFixture broker;
        const std::int16_t expected = operation == kAppend ? kInvalidConfig : kInvalidRequest;
        QCOMPARE(alter(broker, resource.toStdString(), name.toStdString(), value.toStdString(), std::int8_t(operation)),
                 expected);
        QVERIFY(broker.core().context().settings.layers.own.empty());
    }

    void whatIsOnlyTriedChangesNothing() {
        CoreFixture broker;
        QCOMPARE(alter(broker, "0", "log.retention.ms", "5", kSet, true), kNone);
        QVERIFY(broker.core().context().settings.layers.own.empty());
    }

    void theOlderAlterationReplacesAllOfThem() {
        CoreFixture broker;
        QCOMPARE(alter(broker, "0", "log.retention.ms", "5"), kNone);
        QCOMPARE(alter(broker, "0", "log.cleanup.policy", "compact", kAppend), kNone);
        wire::AlterConfigsRequest request;
        request.resources.push_back({kBroker, "0", {{"message.max.bytes", "9000"}}});
        request.resources.push_back({16, "0", {}});
        const auto asked = broker.get(alterConfigs, request, 1);
        QCOMPARE(asked->responses.at(0).errorCode, kNone);
        QCOMPARE(asked->responses.at(1).errorCode, kInvalidRequest);
        QCOMPARE(broker.core().context().settings.layers.own, (ConfigMap{{"message.max.bytes", "9000"}}));
    }

    void changesOfTopicsAndBrokerAreDoneInTheirOrder() {
        CoreFixture broker;
        wire::IncrementalAlterConfigsRequest first;
        first.resources.push_back({kBroker, "0", {{"log.retention.ms", kSet, "5"}}});
        const auto one = broker.ask(incrementalAlterConfigs, first, 1);
        int told = 0;
        broker.topics().change({{CreateTopic{"t", 1}}}, [&](const auto&) { ++told; });
        first.resources[0].configs[0].value = "6";
        const auto two = broker.ask(incrementalAlterConfigs, first, 1);
        broker.settle();
        QCOMPARE(told, 1);
        QVERIFY(one.answered() && two.answered());
        QCOMPARE(broker.metadata().find("t")->settings.log.retentionMs, 6);
    }

    void whatCannotBeKeptIsNotChanged() {
        test::FullDisk disk;
        CoreFixture broker({}, disk);
        disk.room = 10;
        QCOMPARE(alter(broker, "0", "log.retention.ms", "5"), kStorageError);
        QVERIFY(broker.core().context().settings.layers.own.empty());
        disk.room = std::numeric_limits<std::uint64_t>::max();
        QCOMPARE(alter(broker, "0", "log.retention.ms", "5"), kNone);
    }

    void whatCanBeChangedIsToldAndExplained() {
        CoreFixture broker;
        for (const auto& config : described(broker, kBroker, "0").configs) {
            QVERIFY2(config.documentation && !config.documentation->empty(), config.name.c_str());
            if (config.name == "num.partitions") QVERIFY(config.readOnly);
            if (config.name == "log.retention.ms") QVERIFY(!config.readOnly);
        }
        QCOMPARE(described(broker, kTopic, "").errorCode, kInvalidTopic);
        QCOMPARE(described(broker, kTopic, "none").errorCode, kUnknownTopicOrPartition);
    }
};

MILLRACE_TEST(TestBrokerConfigs)
#include "tst_broker_configs.moc"
