#include "broker/server/api_table.h"
#include "broker/support/core_fixture.h"
#include "support/test_program.h"
#include "wire/messages/header.h"
#include "wire/messages/heartbeat.h"
#include "wire/messages/list_groups.h"
#include "wire/messages/metadata.h"
#include "wire/reader.h"
#include "wire/writer.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker;

namespace {

std::vector<std::uint8_t> bytesOf(const std::vector<Bytes>& pieces) {
    std::vector<std::uint8_t> all;
    for (const Bytes& piece : pieces)
        all.insert(all.end(), piece.data(), piece.data() + piece.size());
    return all;
}

template <typename Request>
std::vector<std::uint8_t> frameOf(const Request& request, wire::Version version) {
    wire::Writer writer(0, false);
    const bool flexible = Request::kApi.flexible(version);
    wire::writeRequestHeader(writer, {Request::kApi.key, version, 7, "rdkafka"}, flexible);
    writer.continueAs(version, flexible);
    writer.field(request);
    return bytesOf(writer.finish());
}

} // namespace

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
        const auto served = serveRequest(Bytes(std::move(frame)), {}, broker.core().context(),
                                         [&](Outcome outcome) { outcomes.push_back(std::move(outcome)); });
        QVERIFY2(served, served ? "" : served.error().message.c_str());
        QCOMPARE(outcomes.size(), std::size_t(1));
        QCOMPARE(int(outcomes.front().kind), int(Outcome::Kind::answer));
    }
};

MILLRACE_TEST(TestRequests)
#include "tst_requests.moc"
