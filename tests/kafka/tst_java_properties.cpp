#include "kafka/java_properties.h"
#include "kafka/topic_pattern.h"
#include "support/test_program.h"

#include <librdkafka/rdkafka.h>

#include <set>

#include <QtTest>

using namespace millrace;
using namespace millrace::kafka;

namespace {
QString settingOf(const ConnectionConfig& config, const char* name) {
    const auto* value = config.find(name);
    return value ? QString::fromStdString(*value) : QStringLiteral("(absent)");
}
} // namespace

class TestJavaProperties : public QObject {
    Q_OBJECT

private slots:
    void everyTargetIsKnownToLibrdkafka() {
        rd_kafka_conf_t* conf = rd_kafka_conf_new();
        for (const auto& row : javaProperties()) {
            if (row.fate != JavaFate::same && row.fate != JavaFate::renamed) continue;
            const std::string name(row.fate == JavaFate::same ? row.name : row.target);
            char text[512] = {};
            const auto result = rd_kafka_conf_set(conf, name.c_str(), "x", text, sizeof text);
            QVERIFY2(result != RD_KAFKA_CONF_UNKNOWN, text);
        }
        rd_kafka_conf_destroy(conf);
    }

    void namesStandInTheTableOnce() {
        std::set<std::string_view> names;
        for (const auto& row : javaProperties())
            QVERIFY2(names.insert(row.name).second, std::string(row.name).c_str());
    }

    void defaultsAreThoseOfTheJavaClient() {
        const auto producer = connectionFromJava(ClientRole::producer, "h:9092", {});
        QVERIFY(producer.has_value());
        QCOMPARE(settingOf(*producer, "partitioner"), "murmur2_random");
        QCOMPARE(settingOf(*producer, "linger.ms"), "0");
        const auto consumer = connectionFromJava(ClientRole::consumer, "h:9092", {});
        QVERIFY(consumer.has_value());
        QCOMPARE(settingOf(*consumer, "allow.auto.create.topics"), "true");
        QCOMPARE(settingOf(*consumer, "isolation.level"), "read_uncommitted");
        QCOMPARE(settingOf(*consumer, "enable.auto.commit"), "false");
    }

    void valuesAreTranslated_data() {
        QTest::addColumn<int>("role");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("expected");
        const int producer = static_cast<int>(ClientRole::producer);
        const int consumer = static_cast<int>(ClientRole::consumer);
        QTest::newRow("longest fetch wait") << consumer << "fetch.max.wait.ms"
                                            << "250"
                                            << "fetch.wait.max.ms"
                                            << "250";
        QTest::newRow("no reset of offsets") << consumer << "auto.offset.reset"
                                             << "none"
                                             << "auto.offset.reset"
                                             << "error";
        QTest::newRow("reset in capitals") << consumer << "auto.offset.reset"
                                           << "EARLIEST"
                                           << "auto.offset.reset"
                                           << "earliest";
        QTest::newRow("assignor class") << consumer << "partition.assignment.strategy"
                                        << "org.apache.kafka.clients.consumer.RoundRobinAssignor"
                                        << "partition.assignment.strategy"
                                        << "roundrobin";
        QTest::newRow("Java's default pair of assignors")
            << consumer << "partition.assignment.strategy"
            << "org.apache.kafka.clients.consumer.RangeAssignor, "
               "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"
            << "partition.assignment.strategy"
            << "range";
        QTest::newRow("request timeout of a producer") << producer << "request.timeout.ms"
                                                       << "900"
                                                       << "request.timeout.ms"
                                                       << "900";
        QTest::newRow("request timeout of a consumer") << consumer << "request.timeout.ms"
                                                       << "900"
                                                       << "socket.timeout.ms"
                                                       << "900";
        QTest::newRow("largest request") << producer << "max.request.size"
                                         << "2000000"
                                         << "message.max.bytes"
                                         << "2000000";
        QTest::newRow("user of plain login") << producer << "sasl.jaas.config"
                                             << "org.apache.kafka.common.security.plain.PlainLoginModule required "
                                                "username=\"al\\\"ice\" password=\"s;e c\";"
                                             << "sasl.username"
                                             << "al\"ice";
        QTest::newRow("password of scram login")
            << producer << "sasl.jaas.config"
            << "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"a\" password=\"s;e c\";"
            << "sasl.password"
            << "s;e c";
        QTest::newRow("no host name check") << producer << "ssl.endpoint.identification.algorithm"
                                            << ""
                                            << "ssl.endpoint.identification.algorithm"
                                            << "none";
        QTest::newRow("PEM trust store") << producer << "ssl.truststore.location"
                                         << "/etc/ca.pem"
                                         << "ssl.ca.location"
                                         << "/etc/ca.pem";
        QTest::newRow("PKCS12 key store") << producer << "ssl.keystore.location"
                                          << "/etc/k.p12"
                                          << "ssl.keystore.location"
                                          << "/etc/k.p12";
    }
    void valuesAreTranslated() {
        QFETCH(int, role);
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QString, target);
        const auto config =
            connectionFromJava(static_cast<ClientRole>(role), "h:9092", {{name.toStdString(), value.toStdString()}});
        QVERIFY2(config.has_value(), config ? "" : config.error().message.c_str());
        QTEST(settingOf(*config, target.toUtf8().constData()), "expected");
    }

    void whatCannotBeHonouredIsRefusedWithAdvice_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("advice");
        QTest::newRow("own partitioner") << "partitioner.class"
                                         << "com.acme.P"
                                         << "partitionIdHeader";
        QTest::newRow("Java key store") << "ssl.keystore.location"
                                        << "/k.jks"
                                        << "PKCS12";
        QTest::newRow("Java trust store") << "ssl.truststore.location"
                                          << "/t.jks"
                                          << "PEM";
        QTest::newRow("interceptor") << "interceptor.classes"
                                     << "com.acme.I"
                                     << "leave it out";
        QTest::newRow("login without password") << "sasl.jaas.config"
                                                << "x.PlainLoginModule required username=\"a\";"
                                                << "password";
        QTest::newRow("unknown login module") << "sasl.jaas.config"
                                              << "com.acme.Module required;"
                                              << "PlainLoginModule";
    }
    void whatCannotBeHonouredIsRefusedWithAdvice() {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QString, advice);
        const auto config =
            connectionFromJava(ClientRole::producer, "h:9092", {{name.toStdString(), value.toStdString()}});
        QVERIFY(!config.has_value());
        const QString message = QString::fromStdString(config.error().message);
        QVERIFY2(message.contains(advice), qPrintable(message));
    }

    void whatHasNoEffectIsNamed() {
        const auto config = connectionFromJava(ClientRole::producer, "h:9092",
                                               {{"buffer.memory", "1"}, {"compresion.type", "lz4"}, {"group.id", "g"}});
        QVERIFY(config.has_value());
        QCOMPARE(config->notes.size(), 2u);
        QVERIFY(config->notes[0].starts_with("buffer.memory"));
        QVERIFY(config->notes[1].starts_with("compresion.type is not a property"));
    }

    void theTypeOfAStoreIsNotCalledWithoutEffect() {
        const auto config = connectionFromJava(ClientRole::producer, "h:9092",
                                               {{"ssl.keystore.location", "/etc/mine"},
                                                {"ssl.keystore.type", "PKCS12"},
                                                {"ssl.truststore.location", "/etc/theirs"},
                                                {"ssl.truststore.type", "pem"}});
        QVERIFY2(config.has_value(), config ? "" : config.error().message.c_str());
        QCOMPARE(settingOf(*config, "ssl.keystore.location"), QString("/etc/mine"));
        QCOMPARE(settingOf(*config, "ssl.ca.location"), QString("/etc/theirs"));
        QVERIFY(config->notes.empty());
    }

    void topicPatternsBecomePosix_data() {
        QTest::addColumn<QString>("java");
        QTest::addColumn<QString>("posix");
        QTest::newRow("plain prefix") << "web.*"
                                      << "^(web.*)$";
        QTest::newRow("digits") << "web-\\d+"
                                << "^(web-[0-9]+)$";
        QTest::newRow("digits in a class") << "[\\d_]+"
                                           << "^([0-9_]+)$";
        QTest::newRow("a dot itself") << "a\\.b"
                                      << "^(a\\.b)$";
        QTest::newRow("group without capture") << "(?:a|b)c"
                                               << "^((a|b)c)$";
        QTest::newRow("lazy repeat") << "a.*?b"
                                     << "^(a.*b)$";
    }
    void topicPatternsBecomePosix() {
        QFETCH(QString, java);
        const auto pattern = topicPattern(java.toStdString());
        QVERIFY(pattern.has_value());
        QTEST(QString::fromStdString(*pattern), "posix");
    }

    void topicPatternsThatPosixLacksAreRefused_data() {
        QTest::addColumn<QString>("java");
        QTest::newRow("look ahead") << "(?!x).*";
        QTest::newRow("unicode class") << "\\p{L}+";
        QTest::newRow("back reference") << "(a)\\1";
        QTest::newRow("open class") << "[abc";
        QTest::newRow("possessive repeat") << "a*+";
    }
    void topicPatternsThatPosixLacksAreRefused() {
        QFETCH(QString, java);
        QVERIFY(!topicPattern(java.toStdString()).has_value());
    }
};

MILLRACE_TEST(TestJavaProperties)
#include "tst_java_properties.moc"
