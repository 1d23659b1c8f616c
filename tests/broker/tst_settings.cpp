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
    if (setting.type == KafkaType::boolean && setting.choices.empty())
        return setting.fallback == "true" ? "false" : "true";
    for (const std::string_view choice : setting.choices)
        if (choice != setting.fallback) return std::string(choice);
    if (!setting.choices.empty()) return {};
    if (setting.name() == "controller.listener.names") return "PLAINTEXT"; // the one that there is
    switch (setting.type) {
    case KafkaType::integer:
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
        return setting.rule.holds ? "2.8" : "0:0";
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
        for (const KafkaSetting& setting : catalog::kafkaBrokerSettings())
            if (!anotherValue(setting).empty()) row(setting);
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
};

MILLRACE_TEST(TestSettings)
#include "tst_settings.moc"
