#include "broker/server/principal_rules.h"
#include "broker/support/raw_client.h"
#include "broker/support/rdkafka_clients.h"
#include "support/test_program.h"
#include "tls/support/stores.h"
#include "wire/messages/metadata.h"

#include <QtTest>

#include <mutex>

using namespace millrace;
using namespace millrace::broker;
using tls::testing::client;
using tls::testing::storeFile;

namespace {

using Configs = std::map<std::string, std::string>;
const std::string kStores = MILLRACE_SOURCE_DIR "/tests/tls/data/";

std::string textOf(const char* name) {
    const auto store = storeFile(name);
    return {store.bytes.begin(), store.bytes.end()};
}

Configs withKeys(Configs more = {}) {
    more.emplace("listeners", "SSL://127.0.0.1:0");
    more.emplace("ssl.keystore.location", kStores + "server.jks");
    more.emplace("ssl.keystore.password", "changeit");
    return more;
}

Configs askingWho(Configs more = {}) {
    more.emplace("ssl.truststore.location", kStores + "trust.jks");
    more.emplace("ssl.truststore.password", "changeit");
    more.emplace("ssl.client.auth", "required");
    return withKeys(std::move(more));
}

net::TransportFactory transportOf(const tls::ClientOptions& options) {
    auto transport = tls::clientTransport(options);
    if (!transport) qFatal("%s", transport.error().message.c_str());
    return std::move(*transport);
}

struct SharedLog final : Log {
    void write(LogLevel, std::string_view, std::string_view text) override {
        const std::lock_guard lock(mutex);
        all += std::string(text) + "\n";
    }
    bool has(const std::string& text) {
        const std::lock_guard lock(mutex);
        return all.find(text) != std::string::npos;
    }
    std::mutex mutex;
    std::string all;
};

} // namespace

class TestTlsListener : public QObject {
    Q_OBJECT
private slots:
    void clientsTalkOverTls_data() {
        QTest::addColumn<Configs>("configs");
        QTest::newRow("a key store of Java's") << withKeys();
        QTest::newRow("PKCS #12") << withKeys(
            {{"ssl.keystore.location", kStores + "server.p12"}, {"ssl.keystore.type", "PKCS12"}});
        QTest::newRow("a file in PEM") << withKeys(
            {{"ssl.keystore.location", kStores + "server-with-chain.pem"}, {"ssl.keystore.type", "PEM"}});
        const std::string pem = textOf("server-with-chain.pem");
        const auto chain = pem.find("-----BEGIN CERTIFICATE-----");
        QVERIFY(chain != std::string::npos);
        QTest::newRow("PEM in the configs") << Configs{{"listeners", "SSL://127.0.0.1:0"},
                                                       {"ssl.keystore.type", "PEM"},
                                                       {"ssl.keystore.certificate.chain", pem},
                                                       {"ssl.keystore.key", ""}};
        QTest::newRow("a name of one's own and a key of its own")
            << Configs{{"listeners", "OUTSIDE://127.0.0.1:0"},
                       {"listener.security.protocol.map", "OUTSIDE:SSL"},
                       {"listener.name.outside.ssl.keystore.location", kStores + "server.jks"},
                       {"listener.name.outside.ssl.keystore.password", "changeit"}};
        QTest::newRow("TLS 1.2 alone with one suite") << withKeys(
            {{"ssl.enabled.protocols", "TLSv1.2"}, {"ssl.cipher.suites", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}});
    }
    void clientsTalkOverTls() {
        QFETCH(Configs, configs);
        InProcessBroker broker(configs);
        RawClient raw(broker->address(), transportOf(client()));
        QVERIFY2(raw.refusal().empty(), raw.refusal().c_str());
        const auto metadata = raw.ask<wire::MetadataResponse>(wire::MetadataRequest{}, 4);
        QCOMPARE(metadata.brokers.at(0).port, std::int32_t(broker.port()));
    }

    void whoDoesNotSpeakTlsIsSentAway() {
        InProcessBroker broker(withKeys());
        RawClient plain(broker);
        plain.request(wire::MetadataRequest{}, 4, 1);
        QVERIFY(plain.closedByBroker());
    }

    void whoHasNoCertificateThatIsTrustedIsSentAway_data() {
        QTest::addColumn<QString>("store");
        QTest::newRow("none") << QString();
        QTest::newRow("one that somebody else has made") << "stranger.pem";
    }
    void whoHasNoCertificateThatIsTrustedIsSentAway() {
        QFETCH(QString, store);
        InProcessBroker broker(askingWho());
        auto options = client();
        options.allowed.includedProtocols = {"TLSv1.2"}; // with which both hear of it at once
        if (!store.isEmpty()) options.keyStore = storeFile(store);
        RawClient refused(broker->address(), transportOf(options));
        QVERIFY(!refused.refusal().empty());
    }

    void aCertificateTellsWhoItIs_data() {
        QTest::addColumn<QString>("store");
        QTest::addColumn<QString>("name");
        QTest::newRow("by its subject") << "client.pem"
                                        << "\"CN=etl,OU=Data\\\\, big,O=Example\"";
        QTest::newRow("that has none") << "nameless.pem"
                                       << "\"\"";
    }
    void aCertificateTellsWhoItIs() {
        QFETCH(QString, store);
        QFETCH(QString, name);
        SharedLog log;
        BrokerConfig config;
        QTemporaryDir directory;
        config.dataDir = directory.path().toStdString();
        config.configs = askingWho({{"ssl.principal.mapping.rules", "RULE:^CN=nobody$/nobody/"}});
        if (store == "nameless.pem") config.configs["ssl.truststore.location"] = kStores + "names.pem";
        const auto broker = Broker::start(config, posixFileSystem(), log);
        QVERIFY2(broker, broker ? "" : broker.error().message.c_str());
        auto options = client();
        options.keyStore = storeFile(store);
        RawClient known((*broker)->address(), transportOf(options));
        QVERIFY2(known.refusal().empty(), known.refusal().c_str());
        QVERIFY(known.closedByBroker());
        QVERIFY2(log.has("no rule of ssl.principal.mapping.rules matches " + name.toStdString()), log.all.c_str());
    }

    void librdkafkaProducesAndConsumesOverTls() {
        InProcessBroker broker(askingWho());
        const Properties secure{{"security.protocol", "ssl"},
                                {"ssl.ca.location", kStores + "ca.pem"},
                                {"ssl.certificate.location", kStores + "client.pem"},
                                {"ssl.key.location", kStores + "client.pem"}};
        Producer producer(broker, secure);
        for (int i = 0; i < 100; ++i)
            producer.send("t", RD_KAFKA_PARTITION_UA, "value " + std::to_string(i));
        producer.flush();
        QCOMPARE(producer.delivered.load(), 100);
        Consumer consumer(broker, "group", {"t"}, secure);
        QTRY_VERIFY_WITH_TIMEOUT(consumer.poll() >= 0 && consumer.received == 100, 60'000);
    }

    void rulesMakeNamesOfClients_data() {
        QTest::addColumn<QString>("rules");
        QTest::addColumn<QString>("name"); ///< "none": no rule matches; "refused"
        const auto row = [](const char* what, const char* rules, const char* name) {
            QTest::newRow(what) << rules << name;
        };
        const char* whole = "CN=Etl,OU=Data,O=Example";
        row("the whole name", "DEFAULT", whole);
        row("a part of it", "RULE:^CN=(.*?),OU=(.*?),.*$/$2-$1/", "Data-Etl");
        row("in small letters", " RULE:^CN=(.*?),.*$/$1/L ", "etl");
        row("in capitals", "RULE:^CN=(.*?),.*$/$1/U", "ETL");
        row("the first that matches", "RULE:^C=(.*)$/$1/,RULE:^CN=(.*?),.*$/$1/,DEFAULT", "Etl");
        row("the whole name if none does", "RULE:^C=(.*)$/$1/, DEFAULT", whole);
        row("none does", "RULE:^C=(.*)$/$1/", "none");
        row("a slash within", "RULE:^CN=(.*?),.*$/a\\/$1/", "a/Etl");
        row("a group that there is not", "RULE:^CN=(.*?),.*$/$1$2/", "Etl$2");
        row("no rule", "CN", "refused");
        row("nothing", "", "refused");
        row("a half one", "RULE:^CN=(.*)$/$1", "refused");
        row("something behind one", "RULE:^CN=(.*)$/$1/X", "refused");
        row("no expression", "RULE:^CN=(.*$/$1/", "refused");
    }
    void rulesMakeNamesOfClients() {
        QFETCH(QString, rules);
        QFETCH(QString, name);
        auto parsed = PrincipalRules::parse(rules.toStdString());
        const std::string made =
            parsed ? parsed->nameOf("CN=Etl,OU=Data,O=Example").value_or("none") : std::string("refused");
        QCOMPARE(QString::fromStdString(made), name);
    }
};

MILLRACE_TEST(TestTlsListener)
#include "tst_tls_listener.moc"
