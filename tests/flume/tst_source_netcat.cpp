#include "catalog/flume/components.h"
#include "flume/sources/netcat_source.h"
#include "flume/support/component_bench.h"
#include "net/client_socket.h"
#include "net/event_loop.h"
#include "support/test_program.h"

#include <QTcpSocket>
#include <QtTest>

#include <array>
#include <atomic>
#include <future>
#include <sys/socket.h>
#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using namespace std::chrono_literals;

namespace {

/// A netcat source on a free port, driven by hand.
struct Netcat : ComponentBench {
    explicit Netcat(catalog::Properties extra = {}) : ComponentBench(catalog::kNetcatSource) {
        context.loop = [this]() -> net::EventLoop& { return loop; };
        catalog::Properties values{{"bind", "127.0.0.1"}, {"port", "0"}, {"channels", "c"}};
        for (const auto& [key, value] : extra)
            values.insert_or_assign(key, value);
        auto made = make(&makeNetcatSource, std::move(values));
        if (!made) {
            error = made.error().message;
            return;
        }
        source = std::move(*made);
        const Status started = source->start();
        if (!started) error = started.error().message;
    }
    std::unique_ptr<net::ClientSocket> connect() {
        auto made = net::connectTo(static_cast<NetcatSource&>(*source).address(), 10s);
        return made ? std::move(*made) : nullptr;
    }
    void run(std::size_t events_) {
        runUntil(*source, events, wakeUp, [&] { return events.bodies.size() >= events_; });
    }
    /// Returns when the loop has looked at its sockets at least once more.
    void loopHasLooked() {
        for (int turn = 0; turn < 3; ++turn) {
            std::promise<void> done;
            loop.post([&] { done.set_value(); });
            done.get_future().wait();
        }
    }
    net::EventLoop loop{"netcat test"};
    KeptEvents events;
    std::unique_ptr<Source> source;
    std::string error;
};

void sendText(net::ClientSocket& socket, std::string_view text) {
    QVERIFY(socket.sendAll({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, 10s).has_value());
}

std::string receiveText(net::ClientSocket& socket, std::size_t size) {
    std::string text(size, '\0');
    if (!socket.receiveExactly({reinterpret_cast<std::uint8_t*>(text.data()), size}, 20s)) return {};
    return text;
}

} // namespace

class TestSourceNetcat : public QObject {
    Q_OBJECT

private slots:
    void linesAreEventsAndAreAnswered() {
        Netcat netcat;
        QVERIFY2(netcat.source != nullptr, netcat.error.c_str());
        const auto client = netcat.connect();
        sendText(*client, "one\ntwo\r\n\nunfinished");
        netcat.run(3);
        QCOMPARE(netcat.events.bodies, (std::vector<std::string>{"one", "two\r", ""}));
        QCOMPARE(receiveText(*client, 9), "OK\nOK\nOK\n");
        sendText(*client, " line\n");
        netcat.run(4);
        QCOMPARE(netcat.events.bodies.back(), "unfinished line");
    }

    void withoutAcksOnlyFailuresAreTold() {
        Netcat netcat(catalog::Properties{{"ack-every-event", "false"}});
        const auto client = netcat.connect();
        netcat.events.refusals = 2;
        sendText(*client, "a\n");
        runUntil(*netcat.source, netcat.events, netcat.wakeUp, [&] { return netcat.events.calls == 1; });
        QCOMPARE(receiveText(*client, 28), "FAILED: the channel is full\n");
    }

    void whoeverHasFinishedSendingStillGetsAllAnswers_data() {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArray>("answers");
        QTest::newRow("whole lines") << QByteArray("a\nb\n") << QByteArray("OK\nOK\n");
        QTest::newRow("more batches than one") << QByteArray("a\n").repeated(250) << QByteArray("OK\n").repeated(250);
        QTest::newRow("an unfinished line behind") << QByteArray("a\nb") << QByteArray("OK\n");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
    }
    void whoeverHasFinishedSendingStillGetsAllAnswers() {
        QFETCH(QByteArray, sent);
        QFETCH(QByteArray, answers);
        Netcat netcat;
        QTcpSocket client;
        client.connectToHost(QHostAddress::LocalHost, static_cast<NetcatSource&>(*netcat.source).address().port);
        QVERIFY(client.waitForConnected());
        client.write(sent);
        QTRY_COMPARE(client.bytesToWrite(), 0);
        QCOMPARE(::shutdown(static_cast<int>(client.socketDescriptor()), SHUT_WR), 0);
        // Answers are given only now that the end of the lines has been seen.
        netcat.loopHasLooked();
        netcat.run(static_cast<std::size_t>(sent.count('\n')));
        QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(client.readAll(), answers);
    }

    void withoutAcksAConnectionThatHasFinishedSendingIsClosedAfterTheLastLine() {
        Netcat netcat(catalog::Properties{{"ack-every-event", "false"}});
        QTcpSocket client;
        client.connectToHost(QHostAddress::LocalHost, static_cast<NetcatSource&>(*netcat.source).address().port);
        QVERIFY(client.waitForConnected());
        netcat.events.refusals = 1;
        client.write("a\n");
        QTRY_COMPARE(client.bytesToWrite(), 0);
        QCOMPARE(::shutdown(static_cast<int>(client.socketDescriptor()), SHUT_WR), 0);
        runUntil(*netcat.source, netcat.events, netcat.wakeUp, [&] { return netcat.events.calls == 1; });
        QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(client.readAll(), "FAILED: the channel is full\n");
    }

    void eachLineOfARefusedLotIsTriedByItself() {
        Netcat netcat;
        const auto client = netcat.connect();
        netcat.events.refusals = 2; // the three together, then the first
        sendText(*client, "a\nb\nc\n");
        netcat.run(2);
        QCOMPARE(netcat.events.bodies, (std::vector<std::string>{"b", "c"}));
        QCOMPARE(receiveText(*client, 34), "FAILED: the channel is full\nOK\nOK\n");
    }

    void lineLengthCountsTheLineFeed_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<bool>("accepted");
        QTest::newRow("exactly as long as allowed") << QByteArray(9, 'x') << true;
        QTest::newRow("one character more") << QByteArray(10, 'x') << false;
        QTest::newRow("characters of several bytes count once") << QByteArray("\xc3\xa4").repeated(9) << true;
        QTest::newRow("characters beyond the first plane count twice")
            << QByteArray("\xf0\x9f\x98\x80").repeated(5) << false;
        QTest::newRow("far too long") << QByteArray(100'000, 'x') << false;
    }
    void lineLengthCountsTheLineFeed() {
        QFETCH(QByteArray, line);
        QFETCH(bool, accepted);
        Netcat netcat(catalog::Properties{{"max-line-length", "10"}});
        const auto client = netcat.connect();
        sendText(*client, "a\n" + line.toStdString() + "\n");
        const std::string failed = "FAILED: Event exceeds the maximum length (10 chars, including newline)\n";
        const std::string expected = accepted ? "OK\nOK\n" : "OK\n" + failed;
        std::atomic<bool> answered = false;
        std::string answer;
        std::thread reader([&] {
            answer = receiveText(*client, expected.size());
            if (!accepted) { // and then it is over
                std::array<std::uint8_t, 1> more;
                const auto rest = client->receiveSome(more, 20s);
                answer += rest && *rest == 0 ? "" : rest ? "more" : "";
            }
            answered = true;
            netcat.wakeUp.notify();
        });
        runUntil(*netcat.source, netcat.events, netcat.wakeUp, [&] { return answered.load(); });
        reader.join();
        QCOMPARE(answer, expected);
    }

    void manyConnectionsAreServedSideBySide() {
        Netcat netcat;
        std::vector<std::unique_ptr<net::ClientSocket>> clients;
        for (int i = 0; i < 50; ++i) {
            clients.push_back(netcat.connect());
            QVERIFY(clients.back() != nullptr);
        }
        for (std::size_t i = 0; i < clients.size(); ++i)
            sendText(*clients[i], std::to_string(i) + "\n");
        netcat.run(clients.size());
        for (const auto& client : clients)
            QCOMPARE(receiveText(*client, 3), "OK\n");
    }

    void aFullQueueHoldsThePeerBackAndLosesNothing() {
        Netcat netcat(catalog::Properties{{"max-line-length", "100000"}, {"ack-every-event", "false"}});
        const auto client = netcat.connect();
        constexpr std::size_t kLines = 600; // 30 MB, several times the queue
        std::thread sender([&] {
            const std::string line(50'000, 'x');
            for (std::size_t i = 0; i < kLines; ++i)
                sendText(*client, line + "\n");
        });
        netcat.run(kLines);
        sender.join();
        QCOMPARE(netcat.events.bodies.size(), kLines);
    }

    void whatWasReceivedIsDeliveredAndAnsweredAfterStop() {
        Netcat netcat;
        auto client = netcat.connect();
        sendText(*client, "a\n");
        netcat.wakeUp.wait({});
        netcat.source->stop();
        QVERIFY(!netcat.source->finished());
        (void)netcat.source->cycle(netcat.events);
        QCOMPARE(netcat.events.bodies, std::vector<std::string>{"a"});
        QCOMPARE(receiveText(*client, 3), "OK\n");
        client.reset();
        QTRY_VERIFY(netcat.source->finished());
    }

    void otherCharsetsBecomeUtf8_data() {
        QTest::addColumn<QByteArray>("charset");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("Latin-1") << QByteArray("ISO-8859-1") << QByteArray("\xe4") << QByteArray("\xc3\xa4");
        QTest::newRow("GBK") << QByteArray("GBK") << QByteArray("\xc4\xe3") << QByteArray("\xe4\xbd\xa0");
        QTest::newRow("half a character") << QByteArray("GBK") << QByteArray("\xc4") << QByteArray("\xef\xbf\xbd");
    }
    void otherCharsetsBecomeUtf8() {
        QFETCH(QByteArray, charset);
        QFETCH(QByteArray, line);
        Netcat netcat(catalog::Properties{{"encoding", charset.toStdString()}});
        const auto client = netcat.connect();
        sendText(*client, (line + "\n").toStdString());
        netcat.run(1);
        QTEST(QByteArray::fromStdString(netcat.events.bodies[0]), "body");
    }

    void aCharsetThatCannotBeReadIsRefused_data() {
        QTest::addColumn<QByteArray>("charset");
        QTest::newRow("Java has none of this name") << QByteArray("EBCDIC");
        QTest::newRow("lines do not end in ASCII") << QByteArray("UTF-16");
    }
    void aCharsetThatCannotBeReadIsRefused() {
        QFETCH(QByteArray, charset);
        Netcat netcat(catalog::Properties{{"encoding", charset.toStdString()}});
        QVERIFY2(netcat.error.find(charset.toStdString()) != std::string::npos, netcat.error.c_str());
    }

    void aTakenPortFailsTheStart() {
        Netcat first;
        const auto port = static_cast<NetcatSource&>(*first.source).address().port;
        Netcat second(catalog::Properties{{"port", std::to_string(port)}});
        QVERIFY(second.error.find(std::to_string(port)) != std::string::npos);
    }
};

MILLRACE_TEST(TestSourceNetcat)
#include "tst_source_netcat.moc"
