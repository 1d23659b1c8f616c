#include "broker/server/connection_counts.h"
#include "broker/support/raw_client.h"
#include "support/test_program.h"
#include "wire/messages/incremental_alter_configs.h"
#include "wire/messages/metadata.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker;

namespace {

using Ticket = std::shared_ptr<void>;

BrokerSettings settingsOf(ConfigMap configs) {
    configs.emplace("listeners", "PLAINTEXT://a:1,SSL://a:2");
    auto settings = BrokerSettings::from(std::move(configs), silentLog());
    if (!settings) qFatal("%s", settings.error().message.c_str());
    return std::move(*settings);
}

} // namespace

class TestConnectionCounts : public QObject {
    Q_OBJECT
private slots:
    void soManyMayComeAsTheSettingsSay_data() {
        QTest::addColumn<ConfigMap>("configs");
        QTest::addColumn<QStringList>("come"); ///< "listener host" each
        QTest::addColumn<QString>("refusal");  ///< of the last one; empty: it may
        const auto row = [](const char* what, ConfigMap configs, QStringList come, const char* refusal) {
            QTest::newRow(what) << configs << come << QString(refusal);
        };
        row("two of two", {{"max.connections", "2"}}, {"0 10.0.0.1", "1 10.0.0.2"}, "");
        row("three of two", {{"max.connections", "2"}}, {"0 10.0.0.1", "1 10.0.0.2", "0 10.0.0.3"},
            "the broker already has 2 connections, as many as max.connections allows");
        row("one of each address", {{"max.connections.per.ip", "1"}}, {"0 10.0.0.1", "1 10.0.0.2"}, "");
        row("two of one address", {{"max.connections.per.ip", "1"}}, {"0 10.0.0.1", "1 10.0.0.1"},
            "10.0.0.1 already has 1 connections, as many as max.connections.per.ip allows");
        const ConfigMap overridden{{"max.connections.per.ip", "0"},
                                   {"max.connections.per.ip.overrides", "10.0.0.1:2, [FE80:0:0:0:0:0:0:1]:1"}};
        row("an address with a number of its own", overridden, {"0 10.0.0.1", "0 10.0.0.1"}, "");
        row("one of IPv6", overridden, {"0 fe80::1"}, "");
        row("and one of no other", overridden, {"0 10.0.0.2"}, "10.0.0.2 already has 0 connections");
        row("one more by a listener", {{"listener.name.ssl.max.connections", "1"}},
            {"0 10.0.0.1", "0 10.0.0.1", "1 10.0.0.1", "1 10.0.0.1"},
            "listener SSL already has 1 connections, as many as listener.name.ssl.max.connections allows");
    }
    void soManyMayComeAsTheSettingsSay() {
        QFETCH(ConfigMap, configs);
        QFETCH(QStringList, come);
        QFETCH(QString, refusal);
        const BrokerSettings settings = settingsOf(configs);
        const auto counts = std::make_shared<ConnectionCounts>(settings);
        std::vector<Ticket> tickets;
        const auto admit = [&](const QString& who) {
            const auto& listener = settings.listeners.at(std::size_t(who.section(' ', 0, 0).toInt()));
            return counts->admit(listener, {who.section(' ', 1).toStdString(), 1});
        };
        for (const QString& who : come.mid(0, come.size() - 1)) {
            auto ticket = admit(who);
            QVERIFY2(ticket, ticket ? "" : ticket.error().message.c_str());
            tickets.push_back(std::move(*ticket));
        }
        const auto last = admit(come.last());
        QCOMPARE(last.has_value(), refusal.isEmpty());
        if (last) return;
        QVERIFY2(last.error().message.starts_with(refusal.toStdString()), last.error().message.c_str());
        // Who has gone makes room.
        if (tickets.empty()) return;
        tickets.pop_back();
        QVERIFY(admit(come.at(come.size() - 2)));
    }

    void theNumberIsChangedWhileTheBrokerRuns() {
        InProcessBroker broker(ConfigMap{{"max.connections", "1"}});
        RawClient first(broker);
        QCOMPARE(first.ask<wire::MetadataResponse>(wire::MetadataRequest{}, 4).brokers.size(), std::size_t(1));
        RawClient second(broker);
        QVERIFY(second.closedByBroker());
        wire::IncrementalAlterConfigsRequest request;
        auto& resource = request.resources.emplace_back();
        resource.resourceType = 4;
        resource.resourceName = "";
        resource.configs.push_back({"max.connections", 0, "2"});
        const auto answer = first.ask<wire::IncrementalAlterConfigsResponse>(request, 1);
        QCOMPARE(answer.responses.at(0).errorCode, std::int16_t(0));
        auto third = std::make_unique<RawClient>(broker);
        QCOMPARE(third->ask<wire::MetadataResponse>(wire::MetadataRequest{}, 4).brokers.size(), std::size_t(1));
        QVERIFY(RawClient(broker).closedByBroker());
        third.reset(); // who has gone makes room
        QTRY_COMPARE(broker->snapshot().connections, std::size_t(1));
        RawClient fourth(broker);
        QCOMPARE(fourth.ask<wire::MetadataResponse>(wire::MetadataRequest{}, 4).brokers.size(), std::size_t(1));
    }

    void limitsOfAddressesAreLookedAt_data() {
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("taken");
        const auto row = [](const char* value, bool taken) { QTest::newRow(value) << QString(value) << taken; };
        row("", true);
        row("10.0.0.1:0", true);
        row("10.0.0.1:5,[::1]:2147483647", true);
        row("localhost:5", false);
        row("10.0.0.1", false);
        row("10.0.0.1:", false);
        row("10.0.0.1:-1", false);
        row("10.0.0.1:+1", false);
        row("10.0.0.1:2147483648", false);
        row("10.0.0.1:5,", false);
        row("[]:5", false);
        row("::1:5", false);
    }
    void limitsOfAddressesAreLookedAt() {
        QFETCH(QString, value);
        QFETCH(bool, taken);
        ConfigMap configs{{"max.connections.per.ip.overrides", value.toStdString()}};
        QCOMPARE(settleDynamicConfigs(configs).has_value(), taken);
    }
};

MILLRACE_TEST(TestConnectionCounts)
#include "tst_connection_counts.moc"
