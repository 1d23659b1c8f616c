#include "net/support/stream_bench.h"
#include "net/support/trickling_transport.h"
#include "support/test_program.h"

#include <QtTest>

#include <future>

using namespace millrace;
using namespace millrace::net;
using namespace millrace::net::testing;
using namespace std::chrono_literals;

class TestTransport : public QObject, StreamBench {
    Q_OBJECT
private:
    static Limits asking() {
        Limits limits;
        limits.transport = AskingTransport::factory();
        return limits;
    }

private slots:
    void init() {
        begin();
    }
    void cleanup() {
        end();
    }

    void aHandlerSeesNothingBeforeTheHandshakeAndThenKnowsThePeer() {
        std::string identity;
        script_.opened = [&](const ConnectionPtr& connection) { identity = connection->peerIdentity(); };
        TestClient client(listen(asking()));
        QVERIFY(client.send("ali"));
        QTRY_COMPARE(listener_->connectionCount(), std::size_t(1));
        QCOMPARE(seen_->opened.load(), 0);
        QVERIFY(client.send("ce\nfirst words"));
        QTRY_COMPARE(seen_->joined(), std::string("first words"));
        QCOMPARE(identity, std::string("alice"));
    }

    void aPeerOverThePlainSocketIsNobodyInParticular() {
        std::string identity = "unset";
        script_.opened = [&](const ConnectionPtr& connection) { identity = connection->peerIdentity(); };
        TestClient client(listen({}));
        QTRY_COMPARE(seen_->opened.load(), 1);
        QCOMPARE(identity, std::string());
    }

    void aHandshakeThatFailsIsLoggedWithThePeerAndNoHandlerIsTroubled() {
        TestClient client(listen(asking()));
        QVERIFY(client.send("#"));
        QCOMPARE(client.receiveAll(), std::string());
        QTRY_VERIFY(logged(" closed: this name is not let in"));
        QTRY_COMPARE(listener_->connectionCount(), std::size_t(0));
        QCOMPARE(seen_->opened.load() + seen_->closedCalls.load(), 0);
    }

    void aHandshakeThatNeverEndsIsGivenUp() {
        Limits limits = asking();
        limits.handshake = 20ms;
        TestClient client(listen(limits));
        QVERIFY(client.send("no newline"));
        QCOMPARE(client.receiveAll(), std::string());
        QTRY_VERIFY(logged("not ready to carry bytes after 20 ms"));
        QCOMPARE(seen_->opened.load() + seen_->closedCalls.load(), 0);
    }

    void theListenerMayGoInTheMiddleOfAHandshake() {
        TestClient client(listen(asking()));
        QTRY_COMPARE(listener_->connectionCount(), std::size_t(1));
        listener_.reset();
        QCOMPARE(client.receiveAll(), std::string());
        QCOMPARE(seen_->opened.load() + seen_->closedCalls.load(), 0);
    }

    void aWriteMayHaveToReadFirst_data() {
        QTest::addColumn<bool>("paused");
        QTest::newRow("while the handler reads") << false;
        QTest::newRow("while the handler has paused reading") << true;
    }
    void aWriteMayHaveToReadFirst() {
        QFETCH(bool, paused);
        ConnectionPtr kept;
        script_.opened = [&](const ConnectionPtr& connection) {
            kept = connection;
            if (paused) connection->pauseReading();
            connection->send(Bytes::copyOf("the answer"));
        };
        TestClient client(listen(asking()));
        QVERIFY(client.send("bob\n"));
        QCOMPARE(client.receive(1), std::string("?"));
        QVERIFY(client.send("in between"));
        QVERIFY(client.send("!"));
        QCOMPARE(client.receive(10), std::string("the answer"));
        if (paused) {
            QCOMPARE(seen_->joined(), std::string());
            loop_->post([&] { kept->resumeReading(); });
        }
        QTRY_COMPARE(QByteArray::fromStdString(seen_->joined()), QByteArray("in between"));
        loop_->stop();
    }

    void whatAWriteHadToReadIsHandedOverThoughAllCameBeforeTheConnectionOpened() {
        script_.opened = [](const ConnectionPtr& connection) { connection->send(Bytes::copyOf("the answer")); };
        const auto endpoint = listen(asking());
        std::promise<void> sent;
        loop_->post([&] { sent.get_future().wait(); });
        TestClient client(endpoint);
        QVERIFY(client.send("bob\nin between!"));
        sent.set_value();
        QCOMPARE(client.receive(11), std::string("?the answer"));
        QTRY_COMPARE(QByteArray::fromStdString(seen_->joined()), QByteArray("in between"));
        loop_->stop();
    }

    void whatTheTransportHoldsIsHandedOverThoughTheSocketIsSilent() {
        std::atomic<int> calls = 0;
        ConnectionPtr kept;
        script_.received = [&](const ConnectionPtr& connection, std::string_view data) -> Result<std::size_t> {
            kept = connection;
            if (calls++ == 0) connection->pauseReading();
            return data.size();
        };
        Limits limits;
        limits.transport = TricklingTransport::factory();
        TestClient client(listen(limits));
        QVERIFY(client.send("all in one"));
        QTRY_COMPARE(calls.load(), 1);
        loop_->post([&] { kept->resumeReading(); });
        QTRY_COMPARE(seen_->joined(), std::string("all in one"));
        loop_->stop();
    }
};

MILLRACE_TEST(TestTransport)
#include "tst_transport.moc"
