#include "net/support/recording_handlers.h"
#include "net/support/trickling_transport.h"
#include "support/test_program.h"

#include <QtTest>

#include <thread>

using namespace millrace;
using namespace millrace::net;
using namespace millrace::net::testing;
using namespace std::chrono_literals;

class TestClientSocket : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<EventLoop> loop_;
    std::unique_ptr<Seen> seen_;
    StreamScript script_;
    std::unique_ptr<Listener> listener_;

private slots:
    void init() {
        loop_ = std::make_unique<EventLoop>("test");
        seen_ = std::make_unique<Seen>();
        script_ = {};
        auto listener = listenStream(*loop_, {"127.0.0.1", 0}, {},
                                     [this] { return std::make_unique<ScriptedStream>(*seen_, script_); });
        QVERIFY(listener);
        listener_ = std::move(*listener);
    }
    void cleanup() {
        listener_.reset();
        loop_.reset();
    }

    void aClientIsServedOverATransportThatTrickles() {
        script_.received = [](const ConnectionPtr& connection, std::string_view data) -> Result<std::size_t> {
            connection->send(Bytes::copyOf(data));
            return data.size();
        };
        auto socket = connectTo(listener_->address(), TestClient::kPatience, nullptr, TricklingTransport::factory());
        QVERIFY2(socket, socket ? "" : socket.error().message.c_str());
        const std::string text(20'000, 'x');
        QVERIFY((*socket)->sendAll(bytesOf(text), TestClient::kPatience));
        std::vector<std::uint8_t> echo(text.size());
        QVERIFY((*socket)->receiveExactly(echo, TestClient::kPatience));
        QVERIFY(std::string(echo.begin(), echo.end()) == text);
    }

    void aHandshakeThatTheServerNeverAnswersIsATimeout() {
        const auto socket = connectTo(listener_->address(), 20ms, nullptr, AskingTransport::factory());
        QVERIFY(!socket);
        QCOMPARE(int(socket.error().code), int(ErrorCode::timeout));
    }

    void aNameIsLookedUp() {
        auto socket = connectTo({"localhost", listener_->address().port}, TestClient::kPatience);
        QVERIFY2(socket, socket ? "" : socket.error().message.c_str());
        QVERIFY((*socket)->sendAll(bytesOf("hello"), TestClient::kPatience));
        QTRY_COMPARE(seen_->joined(), std::string("hello"));
    }

    void aSilentPeerIsATimeoutThatMayBeTriedAgain() {
        auto socket = connectTo(listener_->address(), TestClient::kPatience);
        QVERIFY(socket);
        std::uint8_t byte[1];
        const auto got = (*socket)->receiveSome(byte, 1ms);
        QVERIFY(!got);
        QCOMPARE(int(got.error().code), int(ErrorCode::timeout));
        QVERIFY(got.error().retriable);
        QCOMPARE(int((*socket)->receiveExactly(byte, 1ms).error().code), int(ErrorCode::timeout));
    }

    void aPeerThatNeverReadsIsATimeout() {
        script_.opened = [](const ConnectionPtr& connection) { connection->pauseReading(); };
        auto socket = connectTo(listener_->address(), TestClient::kPatience);
        QVERIFY(socket);
        const std::vector<std::uint8_t> much(64 * 1024 * 1024);
        const Status sent = (*socket)->sendAll(much, 50ms);
        QVERIFY(!sent);
        QCOMPARE(int(sent.error().code), int(ErrorCode::timeout));
    }

    void aPeerThatEndsIsToldApartFromAnError() {
        script_.received = [](const ConnectionPtr& connection, std::string_view data) -> Result<std::size_t> {
            connection->send(Bytes::copyOf("ab"));
            connection->closeAfterSending();
            return data.size();
        };
        auto socket = connectTo(listener_->address(), TestClient::kPatience);
        QVERIFY(socket);
        QVERIFY((*socket)->sendAll(bytesOf("x"), TestClient::kPatience));
        std::uint8_t bytes[3];
        const Status exact = (*socket)->receiveExactly(bytes, TestClient::kPatience);
        QVERIFY(!exact);
        QCOMPARE(int(exact.error().code), int(ErrorCode::closed));
        const auto some = (*socket)->receiveSome(bytes, TestClient::kPatience);
        QVERIFY(some);
        QCOMPARE(*some, std::size_t(0));
    }

    void nobodyListensIsSaidAtOnceWithTheAddress() {
        const Address gone = listener_->address();
        listener_.reset();
        const auto socket = connectTo(gone, TestClient::kPatience);
        QVERIFY(!socket);
        QCOMPARE(socket.error().message, "connect to " + gone.toString() + ": Connection refused");
        QVERIFY(socket.error().retriable);
    }

    void anUnknownNameIsRefused() {
        const auto socket = connectTo({"no.such.host.invalid", 1}, TestClient::kPatience);
        QVERIFY(!socket);
        QVERIFY2(socket.error().message.starts_with("unknown host"), socket.error().message.c_str());
    }

    void anInterruptEndsAWaitFromAnotherThread() {
        auto socket = connectTo(listener_->address(), TestClient::kPatience);
        QVERIFY(socket);
        std::thread other([&] { (*socket)->interrupt(); });
        std::uint8_t byte[1];
        const auto got = (*socket)->receiveSome(byte, 1h);
        other.join();
        QVERIFY(!got);
        QCOMPARE(int(got.error().code), int(ErrorCode::cancelled));
        QCOMPARE(int((*socket)->receiveSome(byte, 1h).error().code), int(ErrorCode::cancelled));
    }

    void aSharedInterruptHoldsUntilItIsCleared() {
        const auto interrupt = makeInterrupt();
        interrupt->raise();
        const auto first = connectTo(listener_->address(), TestClient::kPatience, interrupt);
        // The kernel may finish a loopback connect before there is anything to wait for.
        if (!first) QCOMPARE(int(first.error().code), int(ErrorCode::cancelled));
        interrupt->clear();
        auto second = connectTo(listener_->address(), TestClient::kPatience, interrupt);
        QVERIFY(second);
        std::uint8_t byte[1];
        QCOMPARE(int((*second)->receiveSome(byte, 1ms).error().code), int(ErrorCode::timeout));
        interrupt->raise();
        QCOMPARE(int((*second)->receiveSome(byte, 1h).error().code), int(ErrorCode::cancelled));
    }

    void aFreePortCanBeBound() {
        const auto port = freePort();
        QVERIFY(port);
        auto listener = listenStream(*loop_, {"127.0.0.1", *port}, {},
                                     [this] { return std::make_unique<ScriptedStream>(*seen_, script_); });
        QVERIFY(listener);
        QCOMPARE((*listener)->address().port, *port);
    }
};

MILLRACE_TEST(TestClientSocket)
#include "tst_client_socket.moc"
