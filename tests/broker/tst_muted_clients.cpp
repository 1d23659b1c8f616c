// Who has used more than its quota is answered, and then not read from until the time is up (KIP-219).
#include "broker/handlers/handlers.h"
#include "broker/server/client_connection.h"
#include "broker/server/served_listener.h"
#include "broker/support/core_fixture.h"
#include "broker/support/produce_requests.h"
#include "broker/support/request_frame.h"
#include "support/test_program.h"
#include "wire/messages/alter_client_quotas.h"
#include "wire/messages/list_groups.h"

using namespace millrace;
using namespace millrace::broker;
using namespace std::chrono_literals;

namespace {

class FakeConnection final : public net::Connection {
public:
    int sent = 0;
    bool reading = true;
    bool closed = false;

    using net::Connection::send;
    void send(std::vector<Bytes>) override { ++sent; }
    std::size_t queuedBytes() const override { return 0; }
    void pauseReading() override { reading = false; }
    void resumeReading() override { reading = true; }
    void closeAfterSending() override { closed = true; }
    void close() override { closed = true; }
    const net::Address& peer() const override { return address_; }
    const std::string& peerIdentity() const override { return identity_; }
    const net::Address& local() const override { return address_; }
    net::EventLoop& loop() override { qFatal("nobody asks for it"); }

private:
    net::Address address_{"127.0.0.1", 9092};
    std::string identity_;
};

/// A client that may write a hundred bytes a second.
struct Fixture {
    CoreFixture broker;
    std::shared_ptr<FakeConnection> socket = std::make_shared<FakeConnection>();
    ListenerSettings settings = listenersFrom({}).value().at(0);
    std::unique_ptr<ServedListener> listener = served();
    ClientConnection connection{broker.core().context(), *listener};

    Fixture() {
        broker.makeTopic("t");
        wire::AlterClientQuotasRequest request;
        request.entries.push_back({{{"user", std::nullopt}}, {{kProducerRate, wire::Float64::of(100), false}}});
        broker.get(alterClientQuotas, request, 1);
        connection.opened(socket);
    }
    std::unique_ptr<ServedListener> served() {
        auto opened = ServedListener::open(settings, broker.core().context(), {});
        if (!opened) qFatal("%s", opened.error().message.c_str());
        return std::move(*opened);
    }
    void receive(std::vector<std::uint8_t> frame) {
        const Status status = connection.received(Bytes(std::move(frame)));
        if (!status) qFatal("%s", status.error().message.c_str());
        broker.settle();
    }
    void send(std::size_t bytes, std::int16_t acks = 1) {
        receive(frameOf(requestOf("t", {{0, batchOf(1, std::string(bytes, 'x'))}}, acks), 8, "app"));
    }
};

} // namespace

class TestMutedClients : public QObject {
    Q_OBJECT

private slots:
    void areReadFromWhenTheTimeIsUp_data() {
        QTest::addColumn<int>("acks");
        QTest::addColumn<int>("answers");
        QTest::newRow("with an answer") << 1 << 1;
        QTest::newRow("without one") << 0 << 0;
    }
    void areReadFromWhenTheTimeIsUp() {
        QFETCH(int, acks);
        Fixture client;
        client.send(1900, std::int16_t(acks)); // about twice what ten seconds allow
        QTEST(client.socket->sent, "answers");
        QVERIFY(!client.socket->reading);
        client.broker.advance(8s);
        QVERIFY(!client.socket->reading);
        client.broker.advance(4s);
        QVERIFY(client.socket->reading);
    }

    void whoKeepsTheLimitIsReadFromOn() {
        Fixture client;
        client.send(500);
        QCOMPARE(client.socket->sent, 1);
        QVERIFY(client.socket->reading);
    }

    void theLongerOfTwoTimesCounts() {
        Fixture client;
        client.send(1900);
        client.send(8000); // had been read already
        QCOMPARE(client.socket->sent, 2);
        client.broker.advance(12s);
        QVERIFY(!client.socket->reading);
        client.broker.advance(100s);
        QVERIFY(client.socket->reading);
    }

    void whatHadBeenReadIsAnswered() {
        Fixture client;
        client.send(1900);
        client.receive(frameOf(wire::ListGroupsRequest{}, 4, "app"));
        QCOMPARE(client.socket->sent, 2);
        QVERIFY(!client.socket->reading);
    }

    void aClientThatGoesMeanwhileIsForgotten() {
        Fixture client;
        client.send(1900);
        client.connection.closed(nullptr);
        client.broker.advance(100s);
        QVERIFY(!client.socket->reading);
    }

    /// That it has left its socket is not seen while nothing is read from it.
    void isNotHeldLongerThanASilentOne() {
        Fixture client;
        const auto idle = client.broker.core().context().settings.connectionIdle;
        client.send(1'000'000); // for hours
        client.broker.advance(idle - 1s);
        QVERIFY(!client.socket->closed);
        client.broker.advance(2s);
        QVERIFY(client.socket->closed);
    }

    void anAnswerMeanwhileIsNoSilence() {
        Fixture client;
        const auto idle = client.broker.core().context().settings.connectionIdle;
        client.send(1'000'000);
        client.broker.advance(idle - 1s);
        client.receive(frameOf(wire::ListGroupsRequest{}, 4, "app")); // had been read already
        client.broker.advance(2s);
        QVERIFY(!client.socket->closed);
        client.broker.advance(idle);
        QVERIFY(client.socket->closed);
    }
};

MILLRACE_TEST(TestMutedClients)
#include "tst_muted_clients.moc"
