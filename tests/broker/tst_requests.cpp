#include "broker/handlers/api_table.h"
#include "broker/server/serve_request.h"
#include "broker/support/core_fixture.h"
#include "broker/support/request_frame.h"
#include "support/test_program.h"
#include "wire/messages/api_versions.h"
#include "wire/messages/header.h"
#include "wire/messages/heartbeat.h"
#include "wire/messages/list_groups.h"
#include "wire/messages/metadata.h"
#include "wire/messages/sasl_authenticate.h"
#include "wire/messages/sasl_handshake.h"
#include "wire/reader.h"
#include "wire/writer.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker;

/// Whole request frames, as they come from a connection.
class TestRequests : public QObject {
    Q_OBJECT
private slots:
    void bytesBehindARequestAreIgnored_data() {
        QTest::addColumn<QByteArray>("request");
        const auto row = [](const char* name, const std::vector<std::uint8_t>& frame) {
            QTest::newRow(name) << QByteArray(reinterpret_cast<const char*>(frame.data()), qsizetype(frame.size()));
        };
        row("Metadata, as librdkafka 2.16 sends it", frameOf(wire::MetadataRequest{}, 13));
        row("Metadata of the first version", frameOf(wire::MetadataRequest{}, 0));
        row("Heartbeat", frameOf(wire::HeartbeatRequest{}, 4));
        row("ListGroups", frameOf(wire::ListGroupsRequest{}, 5));
    }
    void bytesBehindARequestAreIgnored() {
        QFETCH(QByteArray, request);
        CoreFixture broker;
        std::vector<Outcome> outcomes;
        std::vector<std::uint8_t> frame(request.begin(), request.end());
        frame.insert(frame.end(), {0, 0, 0});
        const auto served = serveRequest(Bytes(std::move(frame)), {0, {}, broker.connection}, broker.core().context(),
                                         [&](Outcome outcome) { outcomes.push_back(std::move(outcome)); });
        QVERIFY2(served, served ? "" : served.error().message.c_str());
        QCOMPARE(outcomes.size(), std::size_t(1));
        QCOMPARE(int(outcomes.front().kind), int(Outcome::Kind::answer));
    }

    void beforeAuthenticationOnlyWhatLeadsToItIsServed_data() {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<bool>("served");
        const auto row = [](const char* name, const std::vector<std::uint8_t>& frame, bool served) {
            QTest::newRow(name) << QByteArray(reinterpret_cast<const char*>(frame.data()), qsizetype(frame.size()))
                                << served;
        };
        row("ApiVersions", frameOf(wire::ApiVersionsRequest{}, 3), true);
        row("SaslHandshake", frameOf(wire::SaslHandshakeRequest{}, 1), true);
        row("SaslAuthenticate", frameOf(wire::SaslAuthenticateRequest{}, 2), true);
        row("Metadata", frameOf(wire::MetadataRequest{}, 13), false);
        row("ListGroups", frameOf(wire::ListGroupsRequest{}, 5), false);
    }
    void beforeAuthenticationOnlyWhatLeadsToItIsServed() {
        QFETCH(QByteArray, request);
        QFETCH(bool, served);
        CoreFixture broker;
        broker.connection->authentication = ConnectionState::Authentication::awaited;
        int answers = 0;
        const std::vector<std::uint8_t> frame(request.begin(), request.end());
        const auto result = serveRequest(Bytes(frame), {0, {}, broker.connection}, broker.core().context(),
                                         [&](Outcome) { ++answers; });
        QCOMPARE(result.has_value(), served);
        QCOMPARE(answers, served ? 1 : 0);
    }

    void aProofCountsUntilItsTimeIsOver() {
        CoreFixture broker;
        broker.connection->provenTill = broker.loop.now() + std::chrono::seconds(1);
        const auto ask = [&](const std::vector<std::uint8_t>& frame) {
            return serveRequest(Bytes(frame), {0, {}, broker.connection}, broker.core().context(), [](Outcome) {});
        };
        broker.advance(std::chrono::seconds(1));
        QVERIFY(ask(frameOf(wire::ListGroupsRequest{}, 5)));
        broker.advance(std::chrono::milliseconds(1));
        const auto late = ask(frameOf(wire::ListGroupsRequest{}, 5));
        QVERIFY(!late);
        QCOMPARE(
            late.error().message,
            std::string("client \"rdkafka\": ListGroups after the time for which the client has proven who it is"));
        QVERIFY(ask(frameOf(wire::SaslHandshakeRequest{}, 1)));
    }

    void whatIsRefusedNamesTheClient_data() {
        QTest::addColumn<std::string>("clientId");
        QTest::addColumn<wire::Version>("version");
        QTest::addColumn<std::string>("message");
        const std::string unsupported = "ListGroups version 99 is not supported";
        QTest::newRow("a version that is not spoken")
            << std::string("sarama") << wire::Version(99) << "client \"sarama\": " + unsupported;
        QTest::newRow("a client without a name") << std::string() << wire::Version(99) << "client \"\": " + unsupported;
        QTest::newRow("a name that would begin a line of its own")
            << std::string("x\nerror") << wire::Version(99) << "client \"x\\nerror\": " + unsupported;
        QTest::newRow("a name that would fill the log") << std::string(30'000, 'x') << wire::Version(99)
                                                        << "client \"" + std::string(200, 'x') + "…\": " + unsupported;
    }
    void whatIsRefusedNamesTheClient() {
        QFETCH(std::string, clientId);
        QFETCH(wire::Version, version);
        QFETCH(std::string, message);
        CoreFixture broker;
        const auto served = serveRequest(Bytes(frameOf(wire::ListGroupsRequest{}, version, clientId)),
                                         {0, {}, broker.connection}, broker.core().context(), [](Outcome) {});
        QVERIFY(!served);
        QCOMPARE(served.error().message, message);
    }

    void rowsStandInOrderOfTheirKeys() {
        for (std::size_t at = 1; at < apiTable().size(); ++at)
            QVERIFY(apiTable()[at - 1].api->key < apiTable()[at].api->key);
        QCOMPARE(findApi(wire::kMetadata.key)->api, &wire::kMetadata);
        QVERIFY(!findApi(9999));
    }

    void everyRowSaysWhatItNeeds() {
        for (const ApiRow& row : apiTable())
            QVERIFY2((row.access == Access{}) == row.beforeAuthentication, row.api->name);
        QCOMPARE(int(findApi(wire::kHeartbeat.key)->access.resource), int(Access::Resource::group));
        QCOMPARE(int(findApi(wire::kHeartbeat.key)->access.operation), int(Access::Operation::read));
    }
};

MILLRACE_TEST(TestRequests)
#include "tst_requests.moc"
