#include "broker/settings/broker_settings.h"
#include "broker/settings/topic_settings.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker;
using catalog::KafkaSetting;
using catalog::KafkaType;

namespace {

/// Another value than the default; empty when the broker takes no other.
std::string anotherValue(const KafkaSetting& setting) {
    if (setting.name() == "broker.id") return "1"; // 0 is what a broker has that is told none
    if (setting.type == KafkaType::boolean && setting.choices.empty())
        return setting.fallback == "true" ? "false" : "true";
    for (const std::string_view choice : setting.choices)
        if (choice != setting.fallback) return std::string(choice);
    if (!setting.choices.empty()) return {};
    if (setting.name() == "controller.listener.names") return "PLAINTEXT"; // the one that there is
    switch (setting.type) {
    case KafkaType::integer:
    case KafkaType::shortInteger:
    case KafkaType::longInteger: {
        for (auto number = setting.range.minimum; number <= setting.range.maximum; ++number) {
            const std::string text = std::to_string(number);
            if (text != setting.fallback && catalog::settledKafkaValue(setting, text)) return text;
        }
        return {};
    }
    case KafkaType::real:
        return "0.25";
    default:
        if (!setting.rule.holds) return "0:0";
        for (const char* text : {"2.8", "ES256"}) // of versions, of algorithms
            if (catalog::settledKafkaValue(setting, text)) return text;
        return {};
    }
}

void row(const KafkaSetting& setting) {
    QTest::newRow(setting.name().data()) << QString::fromUtf8(setting.name().data(), qsizetype(setting.name().size()));
}

/// Nothing when the value is refused.
std::optional<BrokerSettings> brokerWith(ConfigMap configs) {
    auto settings = BrokerSettings::from(std::move(configs), silentLog());
    if (!settings) return std::nullopt;
    settings->configs.clear(); // what is made of them counts
    settings->layers = {};
    return std::move(*settings);
}

} // namespace

/// A setting that the table calls effective is one that the broker reads, and no other is.
class TestSettings : public QObject {
    Q_OBJECT
private slots:
    void aSettingOfATopicIsUsedOrSaidToHaveNoEffect_data() {
        QTest::addColumn<QString>("name");
        for (const KafkaSetting& setting : catalog::kafkaTopicSettings())
            if (!anotherValue(setting).empty()) row(setting);
    }
    void aSettingOfATopicIsUsedOrSaidToHaveNoEffect() {
        QFETCH(QString, name);
        const auto& setting = *catalog::findKafkaSetting(catalog::kafkaTopicSettings(), name.toStdString());
        // A level counts for topics that are stored in its compression.
        ConfigMap before;
        if (name.endsWith(".level")) before["compression.type"] = name.section('.', 1, 1).toStdString();
        ConfigMap after = before;
        after[name.toStdString()] = anotherValue(setting);
        QVERIFY2(settleTopicConfigs(after), anotherValue(setting).c_str());
        const bool differs = !(TopicSettings::from(before, {}) == TopicSettings::from(after, {}));
        QCOMPARE(differs, setting.effective);
        if (setting.brokerName.empty()) return;
        const ConfigMap broker{{std::string(setting.brokerName), anotherValue(setting)}};
        QCOMPARE(!(TopicSettings::from(before, {}) == TopicSettings::from(before, broker)), setting.effective);
    }

    void aSettingOfTheBrokerIsUsedOrSaidToHaveNoEffect_data() {
        QTest::addColumn<QString>("name");
        // Who starts a broker tells it where it is; a coarser unit becomes the setting that it stands for.
        const auto byStarter = [](std::string_view name) {
            return name == "log.dir" || name == "log.dirs" || name == "listeners" || name == "controller.listener.names";
        };
        for (const KafkaSetting& setting : catalog::kafkaBrokerSettings())
            if (!anotherValue(setting).empty() && !byStarter(setting.name()) && setting.coarser.of.empty()) row(setting);
    }
    void aSettingOfTheBrokerIsUsedOrSaidToHaveNoEffect() {
        QFETCH(QString, name);
        const auto& setting = *catalog::findKafkaSetting(catalog::kafkaBrokerSettings(), name.toStdString());
        const auto with = brokerWith({{name.toStdString(), anotherValue(setting)}});
        QCOMPARE(!(with == brokerWith({})), setting.effective);
    }

    void valuesOfTheBrokerAreReadAsKafkaReadsThem() {
        const auto settings = BrokerSettings::from(
            {{"delete.topic.enable", " FALSE "}, {"num.partitions", " 7 "}, {"log.retention.hours", "2"}}, silentLog());
        QVERIFY(settings);
        QVERIFY(!settings->deleteTopics);
        QCOMPARE(settings->defaultPartitions, 7);
        QCOMPARE(settings->configs.at("log.retention.ms"), std::string("7200000"));
        QVERIFY(!BrokerSettings::from({{"num.partitions", "0"}}, silentLog()));
    }

    void theFinestUnitThatIsSetCounts_data() {
        QTest::addColumn<QString>("set");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("hours") << "log.retention.hours=2" << "log.retention.ms" << "7200000";
        QTest::newRow("minutes before hours") << "log.retention.hours=2 log.retention.minutes=3" << "log.retention.ms" << "180000";
        QTest::newRow("milliseconds before all") << "log.retention.hours=2 log.retention.minutes=3 log.retention.ms=4" << "log.retention.ms" << "4";
        QTest::newRow("no limit") << "log.retention.hours=-1" << "log.retention.ms" << "-1";
        QTest::newRow("the most hours") << "log.roll.hours=2147483647" << "log.roll.ms" << "7730941129200000";
        QTest::newRow("jitter") << "log.roll.jitter.hours=1" << "log.roll.jitter.ms" << "3600000";
    }
    void theFinestUnitThatIsSetCounts() {
        QFETCH(QString, set);
        QFETCH(QString, name);
        QFETCH(QString, value);
        ConfigMap configs;
        for (const QString& one : set.split(' '))
            configs[one.section('=', 0, 0).toStdString()] = one.section('=', 1).toStdString();
        const auto settings = BrokerSettings::from(configs, silentLog());
        QVERIFY(settings);
        QCOMPARE(QString::fromStdString(settings->configs.at(name.toStdString())), value);
        for (const auto& [each, given] : configs)
            QCOMPARE(settings->configs.at(each), given); // and is told as it was written
    }

    void theNumberOfABrokerHasTwoNames_data() {
        QTest::addColumn<QString>("older");
        QTest::addColumn<QString>("newer");
        QTest::addColumn<int>("number"); ///< -1: refused
        QTest::newRow("none") << QString() << QString() << 0;
        QTest::newRow("the older") << "4" << QString() << 4;
        QTest::newRow("the newer") << QString() << "5" << 5;
        QTest::newRow("both alike") << "6" << "6" << 6;
        QTest::newRow("two numbers") << "6" << "7" << -1;
        QTest::newRow("the older says that there is none") << "-1" << "7" << 7;
        QTest::newRow("no number") << QString() << "-1" << -1;
    }
    void theNumberOfABrokerHasTwoNames() {
        QFETCH(QString, older);
        QFETCH(QString, newer);
        QFETCH(int, number);
        ConfigMap configs;
        if (!older.isNull()) configs["broker.id"] = older.toStdString();
        if (!newer.isNull()) configs["node.id"] = newer.toStdString();
        const auto settings = BrokerSettings::from(configs, silentLog());
        QCOMPARE(settings ? settings->nodeId : -1, number);
    }
};

MILLRACE_TEST(TestSettings)
#include "tst_settings.moc"
