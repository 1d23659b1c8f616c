#include "broker/settings/topic_config_check.h"
#include "catalog/millrace/document_parts.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;

namespace {

/// The declared settings, by Kafka's name.
std::vector<std::pair<std::string, const catalog::PropertySpec*>> declaredSettings() {
    std::vector<std::pair<std::string, const catalog::PropertySpec*>> out;
    for (const catalog::PropertySpec& property : catalog::kTopicPart.properties) {
        if (property.name.starts_with("config.") && !property.isPattern())
            out.emplace_back(property.name.substr(7), &property);
    }
    return out;
}

bool brokerTakes(const std::string& name, const std::string& value) {
    return broker::checkTopicConfigs({{name, value}}).has_value();
}

bool checkFindsNothing(const std::string& key, const std::string& value) {
    return catalog::checkProperties(catalog::kTopicPart, {{"cluster", "c"}, {key, value}}).empty();
}

} // namespace

/// What a form offers and a check lets pass is what the embedded broker makes a topic of.
class TestTopicSettings : public QObject {
    Q_OBJECT
private slots:
    void everySettingOfTheBrokerIsKnown() {
        for (const broker::ConfigDefinition& definition : broker::topicConfigDefinitions()) {
            const std::string key = "config." + std::string(definition.name);
            QVERIFY2(checkFindsNothing(key, std::string(definition.fallback)), key.c_str());
        }
        QVERIFY(!checkFindsNothing("config.retention.hours", "1"));
        QVERIFY(!brokerTakes("retention.hours", "1"));
    }

    void defaultsAreTheBrokers() {
        for (const auto& [name, property] : declaredSettings()) {
            const auto* definition = broker::findDefinition(broker::topicConfigDefinitions(), name);
            QVERIFY2(definition != nullptr, name.c_str());
            QCOMPARE(std::string(property->defaultValue), std::string(definition->fallback));
        }
    }

    void choicesAreTakenByTheBroker() {
        for (const auto& [name, property] : declaredSettings()) {
            for (const std::string_view choice : property->choices)
                QVERIFY2(brokerTakes(name, std::string(choice)), (name + " = " + std::string(choice)).c_str());
        }
    }

    void limitsAreTheBrokers() {
        for (const auto& [name, property] : declaredSettings()) {
            if (property->range.minimum == std::numeric_limits<std::int64_t>::min()) continue;
            QVERIFY2(brokerTakes(name, std::to_string(property->range.minimum)), name.c_str());
            QVERIFY2(!brokerTakes(name, std::to_string(property->range.minimum - 1)), name.c_str());
            if (property->range.maximum == std::numeric_limits<std::int64_t>::max()) continue;
            QVERIFY2(brokerTakes(name, std::to_string(property->range.maximum)), name.c_str());
            QVERIFY2(!brokerTakes(name, std::to_string(property->range.maximum + 1)), name.c_str());
        }
        const auto* partitions = broker::findDefinition(broker::brokerConfigDefinitions(), "num.partitions");
        QCOMPARE(catalog::kTopicPart.property("partitions")->range.maximum, partitions->max);
    }
};

MILLRACE_TEST(TestTopicSettings)
#include "tst_topic_settings.moc"
