#include "net/support/recording_handlers.h"
#include "net/support/trickling_transport.h"
#include "support/test_program.h"

#include <QtTest>

#include <fstream>

using namespace millrace;
using namespace millrace::net;
using namespace millrace::net::testing;

namespace {

/// Bytes of this process that lie in memory.
std::size_t residentBytes() {
    std::ifstream file("/proc/self/statm");
    std::size_t total = 0;
    std::size_t resident = 0;
    file >> total >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::string noise(std::size_t size) {
    std::string text(size, '\0');
    std::uint32_t state = 1;
    for (char& c : text) {
        state = state * 1664525 + 1013904223;
        c = static_cast<char>(state >> 24);
    }
    return text;
}

} // namespace

class TestFrameConnection : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<EventLoop> loop_;
    std::unique_ptr<Seen> seen_;
    std::unique_ptr<MemoryLog> log_;
    ScriptedFrames::OnFrame onFrame_;
    std::unique_ptr<Listener> listener_;

    Address listen(std::size_t frameBytes = Limits().frameBytes, std::size_t unfinished = Limits().unfinishedBytes,
                   std::size_t unread = Limits().unreadBytes) {
        Limits limits;
        limits.unfinishedBytes = unfinished;
        limits.unreadBytes = unread;
        limits.log = log_.get();
        QFETCH_GLOBAL(bool, trickling);
        if (trickling) limits.transport = TricklingTransport::factory();
        limits.frameBytes = frameBytes;
        auto listener = listenFrames(*loop_, {"127.0.0.1", 0}, limits,
                                     [this] { return std::make_unique<ScriptedFrames>(*seen_, onFrame_); });
        if (!listener) return {};
        listener_ = std::move(*listener);
        return listener_->address();
    }

private slots:
    /// All of it over the plain socket and over a transport that is nothing like it.
    void initTestCase_data() {
        QTest::addColumn<bool>("trickling");
        QTest::newRow("over the socket") << false;
        QTest::newRow("over a transport that trickles") << true;
    }
    void init() {
        loop_ = std::make_unique<EventLoop>("test");
        seen_ = std::make_unique<Seen>();
        log_ = std::make_unique<MemoryLog>();
        onFrame_ = [](const ConnectionPtr&, const Bytes&) { return ok(); };
    }
    void cleanup() {
        listener_.reset();
        loop_.reset();
    }

    void framesArriveWholeHoweverTheyAreCut_data() {
        QTest::addColumn<int>("pieceBytes");
        QTest::newRow("byte by byte") << 1;
        QTest::newRow("inside the length") << 3;
        QTest::newRow("at odd places") << 1013;
        QTest::newRow("all at once") << (1 << 30);
    }
    void framesArriveWholeHoweverTheyAreCut() {
        QFETCH(int, pieceBytes);
        const std::vector<std::string> expected{"first", "", "third", pieceBytes < 10 ? "4" : noise(300'000), "last"};
        std::string sent;
        for (const auto& body : expected)
            sent += framed(body);
        TestClient client(listen());
        for (std::size_t at = 0; at < sent.size(); at += static_cast<std::size_t>(pieceBytes))
            QVERIFY(client.send(std::string_view(sent).substr(at, static_cast<std::size_t>(pieceBytes))));
        QTRY_COMPARE(seen_->received().size(), expected.size());
        QVERIFY(seen_->received() == expected);
    }

    void aFrameOfTheLargestSizeArrivesUnchanged() {
        const std::string body = noise(9 * 1024 * 1024 + 7);
        TestClient client(listen(body.size()));
        QVERIFY(client.send(framed(body) + framed("behind it")));
        QTRY_COMPARE(seen_->received().size(), std::size_t(2));
        QVERIFY(seen_->received()[0] == body);
        QCOMPARE(seen_->received()[1], std::string("behind it"));
    }

    void aFrameMayBeKeptAfterTheConnectionIsGone() {
        Bytes kept;
        onFrame_ = [&](const ConnectionPtr&, const Bytes& frame) {
            kept = frame;
            return ok();
        };
        TestClient client(listen());
        QVERIFY(client.send(framed("keep me") + framed("keep me")));
        QTRY_COMPARE(seen_->received().size(), std::size_t(2));
        listener_.reset();
        loop_.reset();
        QCOMPARE(std::string(kept.text()), std::string("keep me"));
    }

    void badLengthsAreRefusedBeforeAnythingIsAllocated_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("two gigabytes") << QByteArray("\x7f\xff\xff\xff", 4)
                                       << "a frame of 2147483647 bytes, the limit is 1000";
        QTest::newRow("one above the limit")
            << QByteArray("\x00\x00\x03\xe9", 4) << "a frame of 1001 bytes, the limit is 1000";
        QTest::newRow("a negative length")
            << QByteArray("\xff\xff\xff\xfe", 4) << "a frame of -2 bytes, the limit is 1000";
        QTest::newRow("a browser") << QByteArray("GET / HTTP/1.1\r\n") << "the client seems to speak HTTP";
        QTest::newRow("a TLS client") << QByteArray("\x16\x03\x01\x02\x00\x01", 6) << "the client seems to speak TLS";
        QTest::newRow("garbage") << QByteArray("\xde\xad\xbe\xef", 4) << "the limit is 1000";
    }
    void badLengthsAreRefusedBeforeAnythingIsAllocated() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        TestClient client(listen(1000));
        QVERIFY(client.send(framed("good before") + bytes.toStdString()));
        QTRY_COMPARE(seen_->closedCalls.load(), 1);
        const QString reason = QString::fromStdString(seen_->reason());
        QVERIFY2(reason.contains(says), qPrintable(reason));
        QCOMPARE(seen_->received(), std::vector<std::string>{"good before"});
        QTRY_COMPARE(log_->lines().size(), std::size_t(1));
        QVERIFY(log_->lines()[0].find(seen_->reason()) != std::string::npos);
    }

    void linesAboutHostilePeersStayFew() {
        const Address address = listen(1000);
        for (int i = 1; i <= 30; ++i) {
            TestClient client(address);
            QVERIFY(client.send("\x7f\xff\xff\xff"));
            QTRY_COMPARE(seen_->closedCalls.load(), i);
        }
        QCOMPARE(log_->lines().size(), std::size_t(10));
    }

    void clientsThatClaimMuchAndSendLittleCostLittle() {
        const Address address = listen();
        std::vector<RawClient> clients;
        for (int i = 0; i < 200; ++i) {
            clients.emplace_back(address);
            QVERIFY(clients.back().send(std::string("\x06\x00\x00\x00", 4) + "only this")); // 96 MiB claimed
        }
        QTRY_COMPARE(seen_->opened.load(), 200);
        QVERIFY(residentBytes() < 1024u * 1024 * 1024); // 200 * 96 MiB would be 19 GB
    }

    void unfinishedFramesOfAllConnectionsTogetherAreBounded() {
        constexpr std::size_t kFrame = 100'000;
        const Address address = listen(kFrame, 5 * kFrame);
        const std::string half = framed(std::string(kFrame, 'x')).substr(0, kFrame / 2);
        std::vector<RawClient> silent;
        for (int i = 0; i < 20; ++i) {
            silent.emplace_back(address);
            QVERIFY(silent.back().send(half));
            QTRY_COMPARE(seen_->opened.load(), i + 1);
        }
        QTRY_COMPARE(seen_->closedCalls.load(), 10);
        QVERIFY2(seen_->reason().find("waited for longest") != std::string::npos, seen_->reason().c_str());
        QVERIFY(log_->lines()[0].find("unfinished frames of all connections") != std::string::npos);

        // Whoever goes on is served, and what was whole counts no more.
        TestClient honest(address);
        for (int i = 0; i < 20; ++i)
            QVERIFY(honest.send(framed(noise(kFrame))));
        QTRY_COMPARE(seen_->received().size(), std::size_t(20));
        QVERIFY(silent.back().send(std::string(kFrame / 2 + 4, 'x')));
        QTRY_COMPARE(seen_->received().size(), std::size_t(21));
        // The clients that are half through are the longest under way, so making room may have ended one more of them.
        QVERIFY(seen_->closedCalls.load() <= 12);
    }

    void answersThatNobodyTakesAreBounded() {
        const Bytes answer = Bytes::copyOf(noise(8 * 1024 * 1024)); // more than the kernel takes for a peer that sleeps
        onFrame_ = [&](const ConnectionPtr& connection, const Bytes&) {
            connection->send(answer);
            return ok();
        };
        const Address address = listen(1000, Limits().unfinishedBytes, 4 * answer.size());
        std::vector<RawClient> sleeping;
        for (int i = 0; i < 12; ++i) {
            sleeping.emplace_back(address);
            QVERIFY(sleeping.back().send(framed("give")));
            QTRY_COMPARE(seen_->received().size(), static_cast<std::size_t>(i + 1));
        }
        QTRY_VERIFY(seen_->closedCalls.load() >= 5);
        QVERIFY2(seen_->reason().find("unread answers of all connections hold") != std::string::npos,
                 seen_->reason().c_str());
        QVERIFY(seen_->closedCalls.load() <= 11); // the newest stays
        TestClient honest(address);
        QVERIFY(honest.send(framed("give")));
        QVERIFY(honest.receive(answer.size()) == answer.text());
    }

    void answersBehindOneThatNobodyTakesAreBounded() {
        const Bytes answer = Bytes::copyOf(noise(8 * 1024 * 1024));
        onFrame_ = [&](const ConnectionPtr& connection, const Bytes&) {
            connection->send(answer);
            return ok();
        };
        RawClient sleeping(listen(1000, Limits().unfinishedBytes, 4 * answer.size()));
        for (std::size_t i = 0; i < 12 && seen_->closedCalls == 0; ++i) {
            (void)sleeping.send(framed("give")); // one by one: the first must be waiting before the next is asked for
            QTRY_VERIFY(seen_->received().size() > i || seen_->closedCalls > 0);
        }
        QTRY_COMPARE(seen_->closedCalls.load(), 1);
        QVERIFY2(seen_->reason().find("unread answers of all connections hold") != std::string::npos,
                 seen_->reason().c_str());
    }

    void aPeerThatEndsInTheMiddleOfAFrameIsNamed() {
        TestClient client(listen());
        QVERIFY(client.send(framed("whole") + std::string("\x00\x00\x00\x09"
                                                          "half",
                                                          8)));
        client.hangUp();
        QTRY_COMPARE(seen_->closedCalls.load(), 1);
        QCOMPARE(seen_->reason(), std::string("ended in the middle of a frame of 9 bytes, 4 had come"));
    }

    void aPauseHoldsTheNextFrameOfTheSameRead() {
        ConnectionPtr kept;
        onFrame_ = [&](const ConnectionPtr& connection, const Bytes&) {
            kept = connection;
            connection->pauseReading();
            return ok();
        };
        TestClient client(listen());
        std::string sent;
        for (int i = 1; i <= 4; ++i)
            sent += framed(std::to_string(i));
        QVERIFY(client.send(sent));
        for (std::size_t frames = 1; frames <= 4; ++frames) {
            QTRY_COMPARE(seen_->received().size(), frames);
            QTest::qWait(0);
            QCOMPARE(seen_->received().size(), frames);
            loop_->post([&] { kept->resumeReading(); });
        }
        QCOMPARE(seen_->joined(), std::string("1234"));
        loop_->stop();
    }

    void noFrameIsHandedOverOnceTheHandlerHasClosed() {
        onFrame_ = [](const ConnectionPtr& connection, const Bytes&) {
            connection->close();
            return ok();
        };
        TestClient client(listen());
        QVERIFY(client.send(framed("1") + framed("2")));
        QTRY_COMPARE(seen_->closedCalls.load(), 1);
        QCOMPARE(seen_->joined(), std::string("1"));
    }

    void manyConnectionsTalkAtOnce() {
        onFrame_ = [](const ConnectionPtr& connection, const Bytes& frame) {
            connection->send(frame);
            return ok();
        };
        const Address address = listen();
        std::vector<std::unique_ptr<TestClient>> clients;
        for (int i = 0; i < 200; ++i)
            clients.push_back(std::make_unique<TestClient>(address));
        for (std::size_t i = 0; i < clients.size(); ++i)
            QVERIFY(clients[i]->send(framed("I am " + std::to_string(1000 + i))));
        for (std::size_t i = 0; i < clients.size(); ++i)
            QCOMPARE(clients[i]->receive(9), "I am " + std::to_string(1000 + i));
    }
};

MILLRACE_TEST(TestFrameConnection)
#include "tst_frame_connection.moc"
