#include "broker/broker.h"
#include "broker/support/in_process_broker.h"
#include "broker/support/raw_client.h"
#include "support/test_program.h"
#include "wire/messages/describe_cluster.h"
#include "wire/messages/describe_configs.h"
#include "wire/messages/find_coordinator.h"
#include "wire/messages/metadata.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker;

namespace {

const std::string kStores = MILLRACE_SOURCE_DIR "/tests/tls/data/";

net::Address addressOf(const std::string& listener) {
    return *net::parseAddress(listener.substr(listener.find("://") + 3));
}

QString message(const Result<std::unique_ptr<Broker>>& started) {
    return started ? QString("started") : QString::fromStdString(started.error().message);
}

Result<std::unique_ptr<Broker>> startIn(const QTemporaryDir& directory, std::map<std::string, std::string> configs) {
    BrokerConfig config;
    config.dataDir = directory.path().toStdString();
    config.configs = std::move(configs);
    return Broker::start(config, posixFileSystem(), silentLog());
}

std::map<std::string, wire::DescribeConfigsResponse::Result::Config> configsOf(RawClient& client) {
    wire::DescribeConfigsRequest request;
    request.resources.push_back({4, "0", std::nullopt});
    request.includeSynonyms = true;
    std::map<std::string, wire::DescribeConfigsResponse::Result::Config> configs;
    const auto response = client.ask<wire::DescribeConfigsResponse>(request, 2);
    for (const auto& config : response.results.at(0).configs)
        configs.emplace(config.name, config);
    return configs;
}

} // namespace

class TestListeners : public QObject {
    Q_OBJECT
private slots:
    void clientsAreToldTheListenerTheyHaveComeBy() {
        QTemporaryDir directory;
        const auto broker = startIn(
            directory, {{"listeners", "INSIDE://127.0.0.1:0,OUTSIDE://127.0.0.1:0,ELSEWHERE://127.0.0.1:0"},
                        {"listener.security.protocol.map", "INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT,ELSEWHERE:PLAINTEXT"},
                        {"advertised.listeners", "OUTSIDE://studio.example:19092,ELSEWHERE://localhost:0"}});
        QVERIFY2(broker, qPrintable(message(broker)));
        const auto listeners = (*broker)->listeners();
        QCOMPARE(listeners.size(), std::size_t(3));
        std::vector<net::Address> expected{
            addressOf(listeners[0]), {"studio.example", 19092}, {"localhost", addressOf(listeners[2]).port}};
        QCOMPARE((*broker)->address(), expected[0]);
        for (std::size_t i = 0; i < listeners.size(); ++i) {
            RawClient client(addressOf(listeners[i]));
            const auto metadata = client.ask<wire::MetadataResponse>(wire::MetadataRequest{}, 4);
            QCOMPARE(metadata.brokers.at(0).host, expected[i].host);
            QCOMPARE(metadata.brokers.at(0).port, std::int32_t(expected[i].port));
            const auto cluster = client.ask<wire::DescribeClusterResponse>(wire::DescribeClusterRequest{}, 0);
            QCOMPARE(cluster.brokers.at(0).host, expected[i].host);
            QCOMPARE(cluster.brokers.at(0).port, std::int32_t(expected[i].port));
            wire::FindCoordinatorRequest request;
            request.key = "group";
            const auto coordinator = client.ask<wire::FindCoordinatorResponse>(request, 2);
            QCOMPARE(coordinator.host, expected[i].host);
            QCOMPARE(coordinator.port, std::int32_t(expected[i].port));
        }
        RawClient client(addressOf(listeners[0]));
        const auto configs = configsOf(client);
        QCOMPARE(*configs.at("listeners").value, listeners[0] + "," + listeners[1] + "," + listeners[2]);
        QCOMPARE(*configs.at("advertised.listeners").value,
                 listeners[0] +
                     ",OUTSIDE://studio.example:19092,ELSEWHERE://localhost:" + std::to_string(expected[2].port));
        QTRY_COMPARE((*broker)->snapshot().connections, std::size_t(1));
    }

    void aListenerThatCannotBeHadEndsTheOthers() {
        InProcessBroker taken;
        QTemporaryDir directory;
        const auto port = net::freePort();
        QVERIFY(port);
        const std::string first = "PLAINTEXT://127.0.0.1:" + std::to_string(*port);
        const auto broker =
            startIn(directory, {{"listeners", first + ",OTHER://" + taken.address()},
                                {"listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,OTHER:PLAINTEXT"}});
        QVERIFY(!broker);
        QCOMPARE(broker.error().code, ErrorCode::addressInUse);
        QVERIFY2(message(broker).contains(taken.address().c_str()), qPrintable(message(broker)));
        QVERIFY(net::canBind({"127.0.0.1", *port}));
        const auto again = startIn(directory, {{"listeners", first}});
        QVERIFY2(again, qPrintable(message(again)));
    }

    void passwordsAreToldToNobody() {
        QTemporaryDir directory;
        const auto broker = startIn(directory, {{"listeners", "PLAINTEXT://127.0.0.1:0,SSL://127.0.0.1:0"},
                                                {"ssl.keystore.location", kStores + "server.jks"},
                                                {"listener.name.ssl.ssl.keystore.password", "changeit"},
                                                {"ssl.truststore.password", "also a secret"}});
        QVERIFY2(broker, qPrintable(message(broker)));
        RawClient client((*broker)->address());
        const auto configs = configsOf(client);
        QCOMPARE(*configs.at("ssl.keystore.location").value, kStores + "server.jks");
        for (const char* name :
             {"listener.name.ssl.ssl.keystore.password", "ssl.truststore.password", "ssl.keystore.password"}) {
            const auto& config = configs.at(name);
            QVERIFY2(config.isSensitive && config.readOnly && !config.value, name);
            for (const auto& synonym : config.synonyms)
                QVERIFY2(!synonym.value, name);
        }
    }

    void whatIsWrongWithAStoreIsToldWithItsListener_data() {
        using Configs = std::map<std::string, std::string>;
        QTest::addColumn<Configs>("configs");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* what, Configs configs, const char* says) {
            configs.emplace("listeners", "PLAINTEXT://127.0.0.1:0,SSL://127.0.0.1:0");
            QTest::newRow(what) << configs << says;
        };
        const std::string keys = kStores + "server.jks";
        row("no key store", {}, "listener SSL: TLS needs a key and its certificate: set ssl.keystore.location");
        row("no such file", {{"ssl.keystore.location", "/nowhere.jks"}}, "listener SSL: ssl.keystore.location: ");
        row("a wrong password", {{"ssl.keystore.location", keys}, {"ssl.keystore.password", "guess"}}, "password");
        row("clients are asked and nobody is trusted",
            {{"ssl.keystore.location", keys}, {"ssl.keystore.password", "changeit"}, {"ssl.client.auth", "required"}},
            "with ssl.client.auth = required no client could prove who it is: set ssl.truststore.location");
        row("no protocol is left",
            {{"ssl.keystore.location", keys},
             {"ssl.keystore.password", "changeit"},
             {"ssl.enabled.protocols", "SSLv3"}},
            "no protocol version is left");
        row("a rule that is none", {{"ssl.keystore.location", keys}, {"ssl.principal.mapping.rules", "RULE:^CN=(.*)$"}},
            "ssl.principal.mapping.rules: \"RULE:^CN=(.*)$\": a slash is missing");
    }
    void whatIsWrongWithAStoreIsToldWithItsListener() {
        using Configs = std::map<std::string, std::string>;
        QFETCH(Configs, configs);
        QFETCH(QString, says);
        QTemporaryDir directory;
        const auto broker = startIn(directory, configs);
        QVERIFY(!broker);
        QVERIFY2(message(broker).contains(says), qPrintable(message(broker)));
        QVERIFY2(!message(broker).contains("guess"), qPrintable(message(broker)));
    }
};

MILLRACE_TEST(TestListeners)
#include "tst_listeners.moc"
