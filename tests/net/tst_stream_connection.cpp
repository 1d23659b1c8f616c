#include "net/support/stream_bench.h"
#include "net/support/trickling_transport.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::net;
using namespace millrace::net::testing;
using namespace std::chrono_literals;

class TestStreamConnection : public QObject, StreamBench {
    Q_OBJECT
private:
    Address listen(Limits limits = {}) {
        QFETCH_GLOBAL(bool, trickling);
        if (trickling) limits.transport = TricklingTransport::factory();
        return StreamBench::listen(std::move(limits));
    }

private slots:
    /// All of it over the plain socket and over a transport that is nothing like it.
    void initTestCase_data() {
        QTest::addColumn<bool>("trickling");
        QTest::newRow("over the socket") << false;
        QTest::newRow("over a transport that trickles") << true;
    }
    void init() {
        begin();
    }
    void cleanup() {
        end();
    }

    void bytesComeAndGoUnchanged() {
        script_.received = [](const ConnectionPtr& connection, std::string_view data) -> Result<std::size_t> {
            connection->send(Bytes::copyOf(data));
            return data.size();
        };
        TestClient client(listen());
        QVERIFY(client.send("one two"));
        QCOMPARE(client.receive(7), std::string("one two"));
        client.hangUp();
        QTRY_COMPARE(seen_->closedCalls.load(), 1);
        QCOMPARE(seen_->reason(), std::string());
        QTRY_COMPARE(listener_->connectionCount(), std::size_t(0));
    }

    void whatIsNotConsumedComesAgainWithMoreBehindIt() {
        script_.received = [](const ConnectionPtr&, std::string_view data) -> Result<std::size_t> {
            const auto end = data.rfind('\n');
            return end == std::string_view::npos ? 0 : end + 1;
        };
        TestClient client(listen());
        for (const char byte : std::string("first line\nsecond"))
            QVERIFY(client.send({&byte, 1}));
        QVERIFY(client.send(" line\n"));
        QTRY_COMPARE(seen_->joined(), std::string("first line\nsecond line\n"));
    }

    void anUnfinishedMessageAboveTheLimitClosesWithAClearReason() {
        Limits limits;
        limits.streamBufferBytes = 1000;
        script_.received = [](const ConnectionPtr&, std::string_view) -> Result<std::size_t> { return 0; };
        TestClient client(listen(limits));
        client.send(std::string(5000, 'x'));
        QTRY_COMPARE(seen_->closedCalls.load(), 1);
        QVERIFY2(seen_->reason().find("without the end of a message, the limit is 1000") != std::string::npos,
                 seen_->reason().c_str());
    }

    void aHandlersErrorClosesAndIsLoggedWithThePeer() {
        script_.received = [](const ConnectionPtr&, std::string_view) -> Result<std::size_t> {
            return Error{ErrorCode::protocol, "not what was agreed"};
        };
        TestClient client(listen());
        QVERIFY(client.send("x"));
        QTRY_COMPARE(seen_->closedCalls.load(), 1);
        QCOMPARE(seen_->reason(), std::string("not what was agreed"));
        QTRY_VERIFY(logged("connection from 127.0.0.1:"));
        QVERIFY(logged(" closed: not what was agreed"));
    }

    void aPeerThatEndsItsDirectionStillGetsItsAnswer() {
        script_.received = [](const ConnectionPtr& connection, std::string_view data) -> Result<std::size_t> {
            if (data.size() < 3) return 0;
            connection->send(Bytes::copyOf("got " + std::string(data)));
            return data.size();
        };
        const Address address = listen();
        RawClient client(address);
        client.send("all");
        client.endSending();
        QCOMPARE(client.receiveAll(), std::string("got all"));
        QTRY_COMPARE(seen_->closedCalls.load(), 1);
        QCOMPARE(seen_->reason(), std::string());
    }

    void aHandlerThatOverridesPeerFinishedMayAnswerMuchLater() {
        ConnectionPtr kept;
        script_.peerFinished = [&](const ConnectionPtr& connection) { kept = connection; };
        RawClient client(listen());
        client.endSending();
        QTRY_COMPARE(seen_->peerFinishedCalls.load(), 1);
        loop_->post([&] {
            kept->send(Bytes::copyOf("late"));
            kept->closeAfterSending();
        });
        QCOMPARE(client.receiveAll(), std::string("late"));
        QTRY_COMPARE(seen_->closedCalls.load(), 1);
        loop_->stop();
    }

    void whilePausedNothingIsHandedOverAndNothingIsLost() {
        ConnectionPtr kept;
        std::atomic<int> calls = 0;
        script_.received = [&](const ConnectionPtr& connection, std::string_view data) -> Result<std::size_t> {
            if (data.size() < 3) return 0;
            ++calls;
            kept = connection;
            connection->pauseReading();
            return 3;
        };
        TestClient client(listen());
        QVERIFY(client.send("abcdef"));
        QTRY_COMPARE(calls.load(), 1);
        QVERIFY(client.send("ghi"));
        for (int expected = 2; expected <= 3; ++expected) {
            loop_->post([&] { kept->resumeReading(); });
            QTRY_COMPARE(calls.load(), expected);
        }
        QTRY_COMPARE(seen_->joined(), std::string("abcdefghi"));
        loop_->stop();
    }

    void aSlowReaderGetsAllAndTheQueueIsSeenToShrink() {
        const std::string big(16 * 1024 * 1024, 'b');
        std::atomic<std::size_t> queued = 0;
        ConnectionPtr kept;
        script_.opened = [&](const ConnectionPtr& connection) {
            for (int i = 0; i < 3; ++i)
                connection->send(Bytes::copyOf(big));
            connection->loop().post([&, connection] {
                kept = connection;
                queued = connection->queuedBytes();
            });
        };
        TestClient client(listen());
        QTRY_VERIFY(queued > 0);
        QVERIFY(queued <= 3 * big.size());
        QCOMPARE(seen_->drainedCalls.load(), 0);
        for (int i = 0; i < 3; ++i)
            QVERIFY(client.receive(big.size()) == big);
        QTRY_COMPARE(seen_->drainedCalls.load(), 1);
        loop_->stop();
        QCOMPARE(kept->queuedBytes(), std::size_t(0));
    }

    void piecesSentFromManyTurnsKeepTheirOrder() {
        std::string expected;
        script_.opened = [&](const ConnectionPtr& connection) {
            for (int i = 0; i < 2000; ++i) {
                const std::string text = std::to_string(i) + ",";
                expected += text;
                connection->loop().post([connection, text] {
                    connection->send({Bytes::copyOf(text.substr(0, 1)), Bytes(), Bytes::copyOf(text.substr(1))});
                });
            }
            connection->loop().post([connection] { connection->closeAfterSending(); });
        };
        TestClient client(listen());
        const std::string all = client.receiveAll();
        QCOMPARE(all, expected);
    }

    void theLastAnswerArrivesEvenWhenThePeerGoesOnSending() {
        script_.received = [](const ConnectionPtr& connection, std::string_view data) -> Result<std::size_t> {
            connection->send(Bytes::copyOf("bye"));
            connection->closeAfterSending();
            return data.size();
        };
        TestClient client(listen());
        QVERIFY(client.send("x"));
        QVERIFY(client.send(std::string(100'000, 'y')));
        QCOMPARE(client.receiveAll(), std::string("bye"));
        client.hangUp();
        QTRY_COMPARE(seen_->closedCalls.load(), 1);
    }

    void whatIsSentToAClosedConnectionIsIgnored() {
        ConnectionPtr kept;
        script_.opened = [&](const ConnectionPtr& connection) {
            kept = connection;
            connection->close();
            connection->send(Bytes::copyOf("x"));
        };
        TestClient client(listen());
        QCOMPARE(client.receiveAll(), std::string());
        QTRY_COMPARE(seen_->closedCalls.load(), 1);
        loop_->post([&] {
            kept->send(Bytes::copyOf("x"));
            kept->resumeReading();
            kept->closeAfterSending();
        });
        end();
        QCOMPARE(seen_->closedCalls.load(), 1);
        kept.reset(); // may outlive its loop
    }

    void destroyingTheListenerClosesItsConnectionsAndWaitsForThat() {
        TestClient first(listen());
        TestClient second(listener_->address());
        QTRY_COMPARE(seen_->opened.load(), 2);
        listener_.reset();
        QCOMPARE(seen_->closedCalls.load(), 2);
        QCOMPARE(first.receiveAll(), std::string());
    }

    void whatIsOwedWhenTheListenerFinishesIsStillAnswered() {
        ConnectionPtr kept;
        script_.peerFinished = [&](const ConnectionPtr& connection) { kept = connection; };
        TestClient client(listen());
        const Address address = listener_->address();
        QVERIFY(client.send("asked"));
        QTRY_COMPARE(seen_->joined(), std::string("asked"));
        listener_->finish();
        QCOMPARE(seen_->peerFinishedCalls.load(), 1);
        QCOMPARE(listener_->connectionCount(), std::size_t(1));
        QVERIFY(!TestClient(address).connected());
        QVERIFY(client.send("too late"));
        loop_->post([&] {
            kept->send(Bytes::copyOf("answer"));
            kept->closeAfterSending();
        });
        QCOMPARE(client.receiveAll(), std::string("answer"));
        client.hangUp();
        QTRY_COMPARE(listener_->connectionCount(), std::size_t(0));
        QCOMPARE(seen_->joined(), std::string("asked"));
        loop_->stop();
    }

    void aFinishedListenerClosesWhoIsOwedNothing() {
        TestClient client(listen());
        QTRY_COMPARE(seen_->opened.load(), 1);
        listener_->finish();
        QCOMPARE(client.receiveAll(), std::string());
        client.hangUp();
        QTRY_COMPARE(listener_->connectionCount(), std::size_t(0));
        QCOMPARE(seen_->reason(), std::string());
    }

    void endingTheLoopClosesWhatStillLives() {
        TestClient client(listen());
        QTRY_COMPARE(seen_->opened.load(), 1);
        loop_->stop();
        QCOMPARE(seen_->closedCalls.load(), 1);
        QCOMPARE(client.receiveAll(), std::string());
    }

    void connectionsAboveTheLimitAreClosedAtOnceAndLoggedOnce() {
        Limits limits;
        limits.connections = 2;
        TestClient first(listen(limits));
        TestClient second(listener_->address());
        QTRY_COMPARE(seen_->opened.load(), 2);
        for (int i = 0; i < 5; ++i) {
            TestClient refused(listener_->address());
            QCOMPARE(refused.receiveAll(), std::string());
        }
        QCOMPARE(seen_->opened.load(), 2);
        QCOMPARE(log_->lines().size(), std::size_t(1));
        QVERIFY(logged("already has 2 connections, its limit"));
        first.hangUp();
        QTRY_COMPARE(listener_->connectionCount(), std::size_t(1));
        TestClient third(listener_->address());
        QTRY_COMPARE(seen_->opened.load(), 3);
    }

    void aSilentConnectionIsClosedWithTheLimitAsReason() {
        Limits limits;
        limits.idle = 400ms;
        TestClient silent(listen(limits));
        QCOMPARE(silent.receiveAll(), std::string());
        QTRY_COMPARE(seen_->closedCalls.load(), 1);
        QVERIFY(seen_->reason().find("silent for more than 400 ms") != std::string::npos);
    }

    void aTakenPortIsNamedAsSuch() {
        const Address address = listen();
        const auto second =
            listenStream(*loop_, address, {}, [this] { return std::make_unique<ScriptedStream>(*seen_, script_); });
        QVERIFY(!second);
        QCOMPARE(int(second.error().code), int(ErrorCode::addressInUse));
        QVERIFY(second.error().message.starts_with(address.toString() + " is taken by another program"));
    }

    void anUnknownHostIsRefused() {
        const auto listener = listenStream(*loop_, {"no.such.host.invalid", 0}, {},
                                           [this] { return std::make_unique<ScriptedStream>(*seen_, script_); });
        QVERIFY(!listener);
        QVERIFY2(listener.error().message.starts_with("unknown host \"no.such.host.invalid\""),
                 listener.error().message.c_str());
    }
};

MILLRACE_TEST(TestStreamConnection)
#include "tst_stream_connection.moc"
