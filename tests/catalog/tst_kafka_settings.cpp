#include "catalog/component_spec.h"
#include "catalog/kafka/kafka_setting.h"
#include "catalog/millrace/document_parts.h"
#include "support/test_program.h"

#include <QtTest>

#include <set>

using namespace millrace;
using namespace millrace::catalog;

namespace {

std::vector<const KafkaSetting*> allSettings() {
    std::vector<const KafkaSetting*> all;
    for (const auto& table : {kafkaTopicSettings(), kafkaBrokerSettings()})
        for (const KafkaSetting& setting : table)
            all.push_back(&setting);
    return all;
}

bool checkFindsNothing(const std::string& key, const std::string& value) {
    return checkProperties(kTopicPart, {{"cluster", "c"}, {key, value}}).empty();
}

} // namespace

class TestKafkaSettings : public QObject {
    Q_OBJECT
private slots:
    void everyDefaultIsInSettledForm() {
        for (const KafkaSetting* setting : allSettings()) {
            if (setting->none) continue;
            const auto settled = settledKafkaValue(*setting, setting->fallback);
            QVERIFY2(settled, setting->key.data());
            QCOMPARE(*settled, std::string(setting->fallback));
        }
    }

    void everySettingStandsOnceInOrderAndIsExplained() {
        std::set<std::string_view> brokers;
        for (const auto& table : {kafkaTopicSettings(), kafkaBrokerSettings()}) {
            QVERIFY(std::ranges::is_sorted(table, {}, &KafkaSetting::key));
            QCOMPARE(std::ranges::adjacent_find(table, {}, &KafkaSetting::key), table.end());
        }
        for (const KafkaSetting* setting : allSettings()) {
            QVERIFY2(setting->help.ends_with('.'), setting->key.data());
            const bool topic = setting->key.starts_with(KafkaSetting::kTopicPrefix);
            const std::string_view broker = topic ? setting->brokerName : setting->name();
            QVERIFY2(broker.empty() || brokers.insert(broker).second, setting->key.data());
        }
    }

    void whatHasNoDefaultHasNone() {
        for (const KafkaSetting* setting : allSettings())
            QVERIFY2(!setting->none || setting->fallback.empty(), setting->key.data());
    }

    void aCoarserUnitIsOneOfASettingThatTopicsHaveToo() {
        for (const KafkaSetting& setting : kafkaBrokerSettings()) {
            if (setting.coarser.of.empty()) continue;
            QVERIFY2(std::ranges::count(kafkaTopicSettings(), setting.coarser.of, &KafkaSetting::brokerName) == 1,
                     setting.key.data());
            QVERIFY2(setting.range.maximum <= INT64_MAX / setting.coarser.factor, setting.key.data());
        }
    }

    void valuesAreSettled_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("settled"); // "refused" for what is not taken
        const auto row = [](const char* what, const char* name, const char* written, const char* settled) {
            QTest::newRow(what) << name << written << settled;
        };
        row("a number", "retention.ms", "5", "5");
        row("a number with blanks and a sign", "retention.ms", " +5\t", "5");
        row("the least", "retention.ms", "-1", "-1");
        row("less than the least", "retention.ms", "-2", "refused");
        row("more than an int", "segment.bytes", "2147483648", "refused");
        row("more than a long", "retention.ms", "9223372036854775808", "refused");
        row("no number", "retention.ms", "1h", "refused");
        row("nothing for a number", "retention.ms", "", "refused");
        row("the level of the library", "compression.gzip.level", "-1", "-1");
        row("a level that Kafka has not", "compression.gzip.level", " 0", "refused");
        row("a release of Kafka", "message.format.version", "2.8", "2.8");
        row("a release of before 1.0", "message.format.version", "0.10.2", "0.10.2");
        row("a release with its fixes", "message.format.version", "2.8.1", "2.8.1");
        row("a step on the way to a release", "message.format.version", " 0.11.0-IV2 ", "0.11.0-IV2");
        row("a step that there is not", "message.format.version", "0.11.0-IV3", "refused");
        row("a release that there is not", "message.format.version", "2.9", "refused");
        row("no release", "message.format.version", "0.10", "refused");
        row("nothing for a release", "message.format.version", "", "refused");
        row("a share", "min.cleanable.dirty.ratio", " 0.75", "0.75");
        row("a share above one", "min.cleanable.dirty.ratio", "1.5", "refused");
        row("a boolean", "preallocate", " TrUe ", "true");
        row("no boolean", "preallocate", "yes", "refused");
        row("a boolean that the broker cannot do", "remote.storage.enable", "true", "refused");
        row("a word", "compression.type", " zstd ", "zstd");
        row("a word in capitals, which Kafka refuses", "compression.type", "ZSTD", "refused");
        row("a list", "cleanup.policy", " compact ,delete", "compact,delete");
        row("an empty list", "cleanup.policy", " ", "");
        row("a list with an empty end", "cleanup.policy", "compact,", "refused");
        row("a list with what there is not", "cleanup.policy", "delete,archive", "refused");
        row("a class that is known", "authorizer.class.name", " kafka.security.authorizer.AclAuthorizer",
            "kafka.security.authorizer.AclAuthorizer");
        row("no class", "authorizer.class.name", " ", "");
        row("a class of one's own", "authorizer.class.name", "com.example.Authorizer", "refused");
        row("a name that Kafka takes in any case", "sasl.oauthbearer.assertion.algorithm", "es256", "es256");
        row("none of two names", "sasl.oauthbearer.assertion.algorithm", "HS256", "refused");
        row("a list of anything", "follower.replication.throttled.replicas", "0:1, 1:2", "0:1,1:2");
    }
    void valuesAreSettled() {
        QFETCH(QString, name);
        QFETCH(QString, written);
        QFETCH(QString, settled);
        const auto* ofTopics = findKafkaSetting(kafkaTopicSettings(), name.toStdString());
        const auto& setting = ofTopics ? *ofTopics : *findKafkaSetting(kafkaBrokerSettings(), name.toStdString());
        const auto value = settledKafkaValue(setting, written.toStdString());
        QCOMPARE(value ? QString::fromStdString(*value) : QString("refused"), settled);
        if (!value) QVERIFY(value.error().message.starts_with(name.toStdString() + " = "));
    }

    void whatTheFormOffersIsTaken() {
        for (const PropertySpec& property : kTopicPart.properties) {
            if (property.isPattern() || !property.name.starts_with(KafkaSetting::kTopicPrefix)) continue;
            const auto& setting =
                *findKafkaSetting(kafkaTopicSettings(), property.name.substr(KafkaSetting::kTopicPrefix.size()));
            for (const std::string_view choice : property.choices)
                QVERIFY2(settledKafkaValue(setting, choice), property.name.data());
        }
    }

    void aDocumentIsToldOfSettingsThatKafkaDoesNotTake_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("taken");
        QTest::newRow("one of the form") << "config.retention.ms"
                                         << "5" << true;
        QTest::newRow("one of the form that is no number") << "config.retention.ms"
                                                           << "5m" << false;
        QTest::newRow("another") << "config.flush.ms"
                                 << "5" << true;
        QTest::newRow("another that is too small") << "config.flush.ms"
                                                   << "-1" << false;
        QTest::newRow("another that is no boolean") << "config.preallocate"
                                                    << "perhaps" << false;
        QTest::newRow("one of before Kafka 4") << "config.message.format.version"
                                               << "2.8" << true;
        QTest::newRow("none of Kafka's") << "config.retention.hours"
                                         << "1" << false;
    }
    void aDocumentIsToldOfSettingsThatKafkaDoesNotTake() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(bool, taken);
        QCOMPARE(checkFindsNothing(key.toStdString(), value.toStdString()), taken);
    }

    void partitionsOfATopicAreLimitedAsThoseOfTheBroker() {
        const auto* partitions = findKafkaSetting(kafkaBrokerSettings(), "num.partitions");
        QCOMPARE(kTopicPart.property("partitions")->range.maximum, partitions->range.maximum);
    }
};

MILLRACE_TEST(TestKafkaSettings)
#include "tst_kafka_settings.moc"
