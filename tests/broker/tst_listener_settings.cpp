#include "broker/settings/broker_settings.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker;

namespace {

Result<BrokerSettings> settingsOf(ConfigMap configs, Log& log = silentLog()) {
    return BrokerSettings::from(std::move(configs), log);
}

/// "NAME PROTOCOL host:port" of each.
QStringList told(const BrokerSettings& settings) {
    QStringList all;
    for (const ListenerSettings& listener : settings.listeners)
        all << QString("%1 %2 %3")
                   .arg(listener.name.c_str(), toString(listener.protocol), listener.address.toString().c_str());
    return all;
}

struct KeptLog final : Log {
    QStringList lines;
    void write(LogLevel, std::string_view, std::string_view text) override {
        lines << QString::fromUtf8(text.data(), qsizetype(text.size()));
    }
};

} // namespace

class TestListenerSettings : public QObject {
    Q_OBJECT
private slots:
    void listenersAreReadAsKafkaReadsThem_data() {
        QTest::addColumn<QString>("listeners");
        QTest::addColumn<QString>("map");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char* what, const char* listeners, const char* map, QStringList expected) {
            QTest::newRow(what) << listeners << map << expected;
        };
        row("one", "PLAINTEXT://127.0.0.1:9092", "", {"PLAINTEXT PLAINTEXT 127.0.0.1:9092"});
        row("without a host", "PLAINTEXT://:9092", "", {"PLAINTEXT PLAINTEXT 0.0.0.0:9092"});
        row("several, with blanks", " SSL://a:1 ,\tSASL_SSL://b:2", "", {"SSL SSL a:1", "SASL_SSL SASL_SSL b:2"});
        row("small letters", "plaintext://a:1", "", {"PLAINTEXT PLAINTEXT a:1"});
        row("names of one's own", "IN_SIDE://a:1,out-side://a:2", "IN_SIDE:PLAINTEXT, Out-Side : ssl",
            {"IN_SIDE PLAINTEXT a:1", "OUT-SIDE SSL a:2"});
        row("a name that speaks another protocol", "SSL://a:1", "SSL:PLAINTEXT", {"SSL PLAINTEXT a:1"});
        row("two free ports", "PLAINTEXT://a:0,SSL://a:0", "", {"PLAINTEXT PLAINTEXT a:0", "SSL SSL a:0"});
        row("one port of both kinds of addresses", "PLAINTEXT://127.0.0.1:1,SSL://[::1]:1", "",
            {"PLAINTEXT PLAINTEXT 127.0.0.1:1", "SSL SSL [::1]:1"});
        row("one of controllers", "PLAINTEXT://a:1,CONTROLLER://a:2", "", {"PLAINTEXT PLAINTEXT a:1"});
    }
    void listenersAreReadAsKafkaReadsThem() {
        QFETCH(QString, listeners);
        QFETCH(QString, map);
        QFETCH(QStringList, expected);
        ConfigMap configs{{"listeners", listeners.toStdString()},
                          {"controller.listener.names", "CONTROLLER"},
                          {"sasl.enabled.mechanisms", "SCRAM-SHA-256"}};
        if (!map.isEmpty()) configs["listener.security.protocol.map"] = map.toStdString();
        const auto settings = settingsOf(configs);
        QVERIFY2(settings, settings ? "" : settings.error().message.c_str());
        QCOMPARE(told(*settings), expected);
    }

    void whatCannotBeListenedAtIsRefused_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* what, const char* name, const char* value, const char* says) {
            QTest::newRow(what) << name << value << says;
        };
        row("none", "listeners", "", "no address is left for clients");
        row("an empty one", "listeners", "PLAINTEXT://a:1,", "\"\" has no name in front");
        row("no name", "listeners", "a:9092", "write NAME://host:port");
        row("an odd name", "listeners", "MY LISTENER://a:1", "is no name of a listener");
        row("no port", "listeners", "PLAINTEXT://a", "the port is missing");
        row("a port beyond all", "listeners", "PLAINTEXT://a:65536", "at most 65535");
        row("a negative port", "listeners", "PLAINTEXT://a:-1", "the port is not a number");
        row("a name twice", "listeners", "SSL://a:1,ssl://a:2", "listener SSL is named twice");
        row("a port twice", "listeners", "PLAINTEXT://a:1,SSL://b:1", "PLAINTEXT and SSL have port 1");
        row("a port twice, once for all", "listeners", "PLAINTEXT://:1,SSL://[::1]:1", "have port 1");
        row("a name that the map does not know", "listeners", "INSIDE://a:1", "add INSIDE:PROTOCOL to");
        row("no such protocol", "listener.security.protocol.map", "A:TLS", "there is no protocol \"TLS\"");
        row("no protocol", "listener.security.protocol.map", "A", "write NAME:PROTOCOL");
        row("no name in the map", "listener.security.protocol.map", ":SSL", "write NAME:PROTOCOL");
        row("two protocols", "listener.security.protocol.map", "A:SSL,a:PLAINTEXT", "listener A has two entries");
        row("only controllers", "controller.listener.names", "PLAINTEXT", "no address is left for clients");
        row("a stranger", "advertised.listeners", "OTHER://a:1", "there is no listener OTHER; listeners names PLAIN");
        row("one advertised twice", "advertised.listeners", "PLAINTEXT://a:1,PLAINTEXT://a:2", "is named twice");
        row("every address", "advertised.listeners", "PLAINTEXT://0.0.0.0:9092", "a host is needed");
        row("every address of IPv6", "advertised.listeners", "PLAINTEXT://[::]:9092", "a host is needed");
        row("no host", "advertised.listeners", "PLAINTEXT://:9092", "a host is needed");
        row("no advertised port", "advertised.listeners", "PLAINTEXT://studio.example", "the port is missing");
    }
    void whatCannotBeListenedAtIsRefused() {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QString, says);
        const auto settings = settingsOf({{name.toStdString(), value.toStdString()}});
        QVERIFY(!settings);
        const QString message = QString::fromStdString(settings.error().message);
        QVERIFY2(message.contains(says), qPrintable(message));
        const QString setting = name == "controller.listener.names" ? QString("listeners") : name;
        QVERIFY2(message.startsWith(setting + " = "), qPrintable(message));
    }

    void anAdvertisedAddressIsWhatClientsAreTold_data() {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::newRow("as Kafka writes it") << "PLAINTEXT://studio.example:19092"
                                            << "studio.example" << 19092;
        QTest::newRow("an address alone") << "10.0.0.7:9092"
                                          << "10.0.0.7" << 9092;
        QTest::newRow("IPv6") << "PLAINTEXT://[fe80::1]:9092"
                              << "fe80::1" << 9092;
        QTest::newRow("the port that is listened on") << "PLAINTEXT://studio.example:0"
                                                      << "studio.example" << 0;
        QTest::newRow("none") << ""
                              << "" << 0;
    }
    void anAdvertisedAddressIsWhatClientsAreTold() {
        QFETCH(QString, value);
        QFETCH(QString, host);
        QFETCH(int, port);
        const auto settings = settingsOf({{"advertised.listeners", value.toStdString()}});
        QVERIFY2(settings, settings ? "" : settings.error().message.c_str());
        QCOMPARE(QString::fromStdString(settings->listeners.at(0).advertised.host), host);
        QCOMPARE(int(settings->listeners.at(0).advertised.port), port);
    }

    void whatIsSetForOneListenerCountsThereAlone() {
        KeptLog log;
        const auto settings =
            settingsOf({{"listeners", "PLAINTEXT://a:1,Inner://a:2,SASL_SSL://a:3"},
                        {"listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,INNER:SSL,SASL_SSL:SASL_SSL"},
                        {"sasl.enabled.mechanisms", "SCRAM-SHA-256"},
                        {"ssl.client.auth", "required"},
                        {"ssl.keystore.location", "of-all.jks"},
                        {"listener.name.inner.ssl.keystore.location", "of-inner.jks"},
                        {"listener.name.innner.ssl.keystore.location", "of-nobody.jks"},
                        {"listener.name.inner.ssl.keystore.colour", "blue"}},
                       log);
        QVERIFY2(settings, settings ? "" : settings.error().message.c_str());
        QCOMPARE(settings->listeners.at(0).tls.keyStore.file, std::string("of-all.jks"));
        QCOMPARE(settings->listeners.at(1).tls.keyStore.file, std::string("of-inner.jks"));
        QCOMPARE(settings->listeners.at(1).tls.clientAuth, std::string("required"));
        // Kafka's rule: who says his name by SASL is asked for a certificate only where that listener says so.
        QCOMPARE(settings->listeners.at(2).tls.clientAuth, std::string("none"));
        QCOMPARE(log.lines,
                 (QStringList{"broker config listener.name.inner.ssl.keystore.colour is unknown here and has no effect",
                              "broker config listener.name.innner.ssl.keystore.location has no effect: listeners names "
                              "no such listener"}));
    }
};

MILLRACE_TEST(TestListenerSettings)
#include "tst_listener_settings.moc"
