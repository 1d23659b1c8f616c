#include "net/event_loop.h"
#include "net/support/recording_handlers.h"
#include "net/udp_socket.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::net;
using namespace millrace::net::testing;

class TestUdpSocket : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<EventLoop> loop_;
    std::unique_ptr<Seen> seen_;
    std::atomic<std::size_t> cut_ = 0;
    std::atomic<std::size_t> largestBatch_ = 0;
    Address from_;

    std::unique_ptr<UdpSocket> bind(const UdpOptions& options = {}, const std::string& host = "127.0.0.1") {
        auto socket = bindUdp(*loop_, {host, 0}, options, [this](std::span<const Datagram> batch) {
            largestBatch_ = std::max(largestBatch_.load(), batch.size());
            for (const Datagram& datagram : batch) {
                from_ = datagram.from;
                if (datagram.cut) ++cut_;
                seen_->add(std::string(datagram.data.begin(), datagram.data.end()));
            }
        });
        return socket ? std::move(*socket) : nullptr;
    }

private slots:
    void init() {
        loop_ = std::make_unique<EventLoop>("udp");
        seen_ = std::make_unique<Seen>();
        cut_ = largestBatch_ = 0;
    }
    void cleanup() { loop_.reset(); }

    void datagramsComeWholeAndWithTheirSender_data() {
        QTest::addColumn<QString>("host");
        QTest::newRow("the short address") << "127.0.0.1";
        QTest::newRow("the long address") << "::1";
    }
    void datagramsComeWholeAndWithTheirSender() {
        QFETCH(QString, host);
        if (!canBind({host.toStdString(), 0})) QSKIP("this computer has no such address");
        const auto server = bind({}, host.toStdString());
        const auto client = bind({}, host.toStdString());
        QVERIFY(server && client);
        for (const std::string text : {"first", "", "third"})
            QVERIFY(client->send(server->address(), bytesOf(text)));
        QTRY_COMPARE(seen_->received(), (std::vector<std::string>{"first", "", "third"}));
        QCOMPARE(from_.toString(), client->address().toString());
        QCOMPARE(cut_.load(), std::size_t(0));
    }

    void whatCameTogetherIsHandedOverTogether() {
        UdpOptions options;
        options.batch = 8;
        const auto server = bind(options);
        const auto client = bind();
        server->pauseReading();
        for (int i = 0; i < 20; ++i)
            QVERIFY(client->send(server->address(), bytesOf(std::to_string(i))));
        server->resumeReading();
        QTRY_COMPARE(seen_->received().size(), std::size_t(20));
        QCOMPARE(seen_->received().back(), std::string("19"));
        QVERIFY(largestBatch_ <= 8);
    }

    void whilePausedNothingIsHandedOver() {
        const auto server = bind();
        const auto client = bind();
        server->pauseReading();
        QVERIFY(client->send(server->address(), bytesOf("later")));
        std::atomic<bool> turned = false;
        loop_->post([&] { turned = true; });
        QTRY_VERIFY(turned);
        QCOMPARE(seen_->received().size(), std::size_t(0));
        server->resumeReading();
        QTRY_COMPARE(seen_->joined(), std::string("later"));
    }

    void whatIsLongerThanTheLimitIsCutAndSaysSo() {
        UdpOptions options;
        options.datagramBytes = 10;
        const auto server = bind(options);
        const auto client = bind();
        QVERIFY(client->send(server->address(), bytesOf("exactly 10")));
        QVERIFY(client->send(server->address(), bytesOf("this is longer")));
        QTRY_COMPARE(seen_->received(), (std::vector<std::string>{"exactly 10", "this is lo"}));
        QCOMPARE(cut_.load(), std::size_t(1));
    }

    void aTakenPortIsNamedAsSuch() {
        const auto server = bind();
        const auto second = bindUdp(*loop_, server->address(), {}, [](std::span<const Datagram>) {});
        QVERIFY(!second);
        QCOMPARE(int(second.error().code), int(ErrorCode::addressInUse));
        QVERIFY(second.error().message.starts_with(server->address().toString() + " is taken by another program"));
    }

    void aPortWhereNobodyListensDoesNotEndTheSocket() {
        const auto client = bind();
        const auto gone = bind()->address(); // closed at once
        QVERIFY(client->send(gone, bytesOf("to nobody")));
        QVERIFY(client->send(gone, bytesOf("to nobody")));
        const auto server = bind();
        QVERIFY(client->send(server->address(), bytesOf("to somebody")));
        QTRY_COMPARE(seen_->joined(), std::string("to somebody"));
    }

    void aNameIsNoAddressToSendTo() {
        const auto client = bind();
        const Status sent = client->send({"localhost", 9}, bytesOf("x"));
        QVERIFY(!sent);
        QCOMPARE(int(sent.error().code), int(ErrorCode::invalidArgument));
    }

    void aSocketMayOutliveItsLoopsEnd() {
        const auto server = bind();
        const auto client = bind();
        loop_->stop();
        QVERIFY(client->send(server->address(), bytesOf("too late")));
        QCOMPARE(seen_->received().size(), std::size_t(0));
    }
};

MILLRACE_TEST(TestUdpSocket)
#include "tst_udp_socket.moc"
