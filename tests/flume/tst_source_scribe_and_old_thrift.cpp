#include "flume/support/hop_ends.h"
#include "net/client_socket.h"
#include "rpc/thrift_frames.h"
#include "rpc/thrift_writer.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using rpc::ThriftMessageType;
using rpc::ThriftProtocol;
using rpc::ThriftType;
using rpc::ThriftWriter;

namespace {

constexpr std::chrono::milliseconds kPatience{60'000};

using ByteVector = std::vector<std::uint8_t>;

/// A peer that speaks the binary protocol.
class Peer {
public:
    explicit Peer(std::uint16_t port) : socket_(std::move(*net::connectTo({"127.0.0.1", port}, kPatience))) {}
    bool send(const ByteVector& bytes) { return static_cast<bool>(socket_->sendAll(bytes, kPatience)); }
    ByteVector receive(std::size_t bytes) {
        ByteVector got(bytes);
        return socket_->receiveExactly(got, kPatience) ? got : ByteVector{};
    }

private:
    std::unique_ptr<net::ClientSocket> socket_;
};

ByteVector framed(const ByteVector& message) {
    ByteVector frame(rpc::kThriftFrameHeaderBytes);
    rpc::putThriftFrameHeader(frame.data(), message.size());
    frame.insert(frame.end(), message.begin(), message.end());
    return frame;
}

ByteVector logCall(const std::vector<std::pair<std::string, std::string>>& entries) {
    ByteVector call;
    ThriftWriter writer(call, ThriftProtocol::binary);
    writer.writeMessage({ThriftMessageType::call, "Log", 1});
    writer.writeField(ThriftType::list, 1);
    writer.writeList(ThriftType::structure, entries.size());
    for (const auto& [category, message] : entries) {
        writer.writeField(ThriftType::binary, 1);
        writer.writeBinary(category);
        writer.writeField(ThriftType::binary, 2, 1);
        writer.writeBinary(message);
        writer.writeStop();
    }
    writer.writeStop();
    return framed(call);
}

ByteVector logAnswer(std::int32_t code) {
    ByteVector answer;
    ThriftWriter writer(answer, ThriftProtocol::binary);
    writer.writeMessage({ThriftMessageType::reply, "Log", 1});
    writer.writeField(ThriftType::int32, 0);
    writer.writeInt32(code);
    writer.writeStop();
    return framed(answer);
}

ByteVector oldAppend(const std::string& body, std::int32_t priority) {
    ByteVector call;
    ThriftWriter writer(call, ThriftProtocol::binary);
    writer.writeMessage({ThriftMessageType::oneway, "append", 1});
    writer.writeField(ThriftType::structure, 1);
    writer.writeField(ThriftType::int64, 1);
    writer.writeInt64(1'700'000'000'000);
    writer.writeField(ThriftType::int32, 2, 1);
    writer.writeInt32(priority);
    writer.writeField(ThriftType::binary, 3, 2);
    writer.writeBinary(body);
    writer.writeField(ThriftType::int64, 4, 3);
    writer.writeInt64(7);
    writer.writeField(ThriftType::binary, 5, 4);
    writer.writeBinary("web-1");
    writer.writeField(ThriftType::map, 6, 5);
    writer.writeMap(ThriftType::binary, ThriftType::binary, 1);
    writer.writeBinary("service");
    writer.writeBinary("shop");
    writer.writeStop();
    writer.writeStop();
    return call;
}

} // namespace

class TestSourceScribeAndOldThrift : public QObject {
    Q_OBJECT

private slots:
    void scribesEntriesAreEventsOfTheirCategory() {
        HopIn in(catalog::kScribeSource, {{"port", "0"}});
        QVERIFY2(in.error.empty(), in.error.c_str());
        in.serve();
        Peer peer(in.port());
        QVERIFY(peer.send(logCall({{"web", "one"}, {"web", ""}, {"db", "three\n"}})));
        QCOMPARE(peer.receive(logAnswer(0).size()), logAnswer(0));
        in.stopServing();
        QCOMPARE(in.events.bodies, (std::vector<std::string>{"one", "", "three\n"}));
        QCOMPARE(in.events.headers[1], HeaderSet().with("category", "web"));
        QCOMPARE(in.events.headers[2], HeaderSet().with("category", "db"));
        QCOMPARE(in.count("EventAcceptedCount"), 3);
        QCOMPARE(in.count("AppendBatchReceivedCount"), 0);
    }

    void scribeIsToldToTryLaterWhileTheChannelRefuses() {
        HopIn in(catalog::kScribeSource, {{"port", "0"}});
        in.events.refusals = 1;
        in.serve();
        Peer peer(in.port());
        QVERIFY(peer.send(logCall({{"web", "one"}})));
        QCOMPARE(peer.receive(logAnswer(1).size()), logAnswer(1));
        QVERIFY(peer.send(logCall({{"web", "one"}})));
        QCOMPARE(peer.receive(logAnswer(0).size()), logAnswer(0));
        in.stopServing();
        QCOMPARE(in.events.bodies, std::vector<std::string>{"one"});
    }

    void aRequestOfScribeLongerThanAllowedEndsTheConnection() {
        HopIn in(catalog::kScribeSource, {{"port", "0"}, {"maxReadBufferBytes", "100"}});
        in.serve();
        Peer peer(in.port());
        QVERIFY(peer.send(logCall({{"web", std::string(100, 'x')}})));
        QCOMPARE(peer.receive(1), ByteVector{});
        in.stopServing();
        QVERIFY(in.events.bodies.empty());
    }

    void eventsOfFlume09KeepWhatTheyCarryAsHeaders_data() {
        QTest::addColumn<int>("priority");
        QTest::addColumn<QString>("name");
        QTest::newRow("the highest") << 0 << "FATAL";
        QTest::newRow("the lowest") << 5 << "TRACE";
        QTest::newRow("one that does not exist") << 17 << "17";
    }
    void eventsOfFlume09KeepWhatTheyCarryAsHeaders() {
        QFETCH(int, priority);
        QFETCH(QString, name);
        HopIn in(catalog::kThriftLegacySource, {{"host", "127.0.0.1"}, {"port", "0"}});
        QVERIFY2(in.error.empty(), in.error.c_str());
        Peer peer(in.port());
        QVERIFY(peer.send(oldAppend("hello", priority)));
        runUntil(*in.source, in.events, in.wakeUp, [&] { return !in.events.bodies.empty(); });
        QCOMPARE(in.events.bodies, std::vector<std::string>{"hello"});
        QCOMPARE(in.events.headers[0], HeaderSet()
                                           .with("host", "web-1")
                                           .with("timestamp", "1700000000000")
                                           .with("pri", name.toStdString())
                                           .with("nanos", "7")
                                           .with("service", "shop")
                                           .with("FlumeOG", "yes"));
    }

    void whatAChannelRefusesOfPeersThatWaitForNoAnswerIsTriedAgain() {
        HopIn in(catalog::kThriftLegacySource, {{"host", "127.0.0.1"}, {"port", "0"}});
        in.events.refusals = 2;
        Peer peer(in.port());
        ByteVector both = oldAppend("one", 3); // arrive together: a stop takes nothing more from anyone
        const ByteVector second = oldAppend("two", 3);
        both.insert(both.end(), second.begin(), second.end());
        QVERIFY(peer.send(both));
        int refused = 0;
        runUntil(*in.source, in.events, in.wakeUp, [&] { return in.events.calls == 1; });
        in.source->stop();
        QVERIFY(!in.source->finished());
        while (in.events.bodies.size() < 2) {
            const auto cycle = in.source->cycle(in.events);
            QVERIFY(cycle);
            refused += cycle->outcome == Cycle::Outcome::backoff;
            if (cycle->outcome == Cycle::Outcome::idle) in.wakeUp.wait({});
        }
        QCOMPARE(refused, 1); // the first of the two came before
        QCOMPARE(in.events.bodies, (std::vector<std::string>{"one", "two"}));
    }

    void whatIsLeftAtAStopWaitsForTheNextStart_data() {
        QTest::addColumn<bool>("again");
        QTest::newRow("started again") << true;
        QTest::newRow("destroyed") << false;
    }
    void whatIsLeftAtAStopWaitsForTheNextStart() {
        QFETCH(bool, again);
        HopIn in(catalog::kThriftLegacySource, {{"host", "127.0.0.1"}, {"port", "0"}});
        in.events.refusals = 1;
        Peer peer(in.port());
        ByteVector both = oldAppend("one", 3);
        const ByteVector second = oldAppend("two", 3);
        both.insert(both.end(), second.begin(), second.end());
        QVERIFY(peer.send(both));
        runUntil(*in.source, in.events, in.wakeUp, [&] { return in.events.calls == 1; });
        in.source->stop();
        in.source->close();
        if (again) {
            QVERIFY(in.source->start());
            runUntil(*in.source, in.events, in.wakeUp, [&] { return in.events.bodies.size() == 2; });
            QCOMPARE(in.events.bodies, (std::vector<std::string>{"one", "two"}));
        }
        const auto before = in.count("ChannelWriteFail");
        in.source.reset();
        QCOMPARE(in.count("ChannelWriteFail") - before, again ? 0 : 2);
        QCOMPARE(in.log.holds("2 events"), !again);
    }
};

MILLRACE_TEST(TestSourceScribeAndOldThrift)
#include "tst_source_scribe_and_old_thrift.moc"
