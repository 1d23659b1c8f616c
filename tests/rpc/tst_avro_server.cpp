#include "net/client_socket.h"
#include "rpc/avro_frames.h"
#include "rpc/avro_server.h"
#include "rpc/avro_writer.h"
#include "rpc/support/recording_receiver.h"
#include "rpc/support/wire_captures.h"
#include "rpc/deflate_transport.h"
#include "rpc/zlib_stream.h"
#include "support/test_program.h"

#include <QtTest>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace millrace;
using namespace millrace::rpc;
using namespace millrace::rpc::testing;

namespace {

constexpr std::chrono::milliseconds kPatience{60'000};

/// Speaks in captured bytes.
class ByteClient {
public:
    explicit ByteClient(const net::Address& address) {
        auto socket = net::connectTo(address, kPatience);
        if (socket) socket_ = std::move(*socket);
    }
    bool send(const std::vector<std::uint8_t>& bytes) { return static_cast<bool>(socket_->sendAll(bytes, kPatience)); }
    bool send(const std::string& hex) { return send(fromHex(hex)); }
    /// As many bytes as `expected` has, in hex; or the error.
    std::string receiveLike(const std::string& expected) { return receive(expected.size() / 2); }
    std::string receive(std::size_t bytes) {
        std::string data(bytes, '\0');
        const Status status =
            socket_->receiveExactly({reinterpret_cast<std::uint8_t*>(data.data()), data.size()}, kPatience);
        return status ? toHex(data) : status.error().message;
    }
    bool closedByPeer() {
        std::uint8_t byte[1];
        const auto got = socket_->receiveSome(byte, kPatience);
        return !got ? got.error().code == ErrorCode::closed : *got == 0;
    }
    void hangUp() { socket_.reset(); }

private:
    std::unique_ptr<net::ClientSocket> socket_;
};

/// A client that can break off, which is more than to end its direction.
class RawSocket {
public:
    explicit RawSocket(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~RawSocket() { reset(); }
    bool send(const std::vector<std::uint8_t>& bytes) {
        return connected_ && ::send(fd_, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size());
    }
    void reset() {
        if (fd_ < 0) return;
        const linger atOnce{1, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
        ::close(std::exchange(fd_, -1));
    }

private:
    int fd_;
    bool connected_ = false;
};

/// Calls that wait for their answer.
class Waiting {
public:
    void add(AvroReply reply) {
        const std::lock_guard lock(mutex_);
        replies_.push_back(std::move(reply));
        changed_.notify_one();
    }
    /// Waits for one.
    AvroReply takeFirst() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !replies_.empty(); });
        AvroReply first = std::move(replies_.front());
        replies_.pop_front();
        return first;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<AvroReply> replies_;
};

std::string callHex(int serial, const std::string& method, const std::string& argsHex) {
    std::vector<std::uint8_t> body{0};
    AvroWriter(body).writeBytes(method);
    const auto args = fromHex(argsHex);
    body.insert(body.end(), args.begin(), args.end());
    const std::span<const std::uint8_t> part = body;
    std::vector<std::uint8_t> frame;
    appendAvroFrame(serial, {&part, 1}, frame);
    return toHex({reinterpret_cast<const char*>(frame.data()), frame.size()});
}

std::string okReply(int serial) {
    return fmt::format("{:08x}00000003000000000000000100000000020000", serial);
}

} // namespace

class TestAvroServer : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<net::EventLoop> loop_;
    std::unique_ptr<Inbox> inbox_;
    std::unique_ptr<net::Listener> listener_;

    net::Address listen(AvroServerOptions options = {}) {
        options.limits.log = &silentLog();
        auto listener = listenAvro(*loop_, {"127.0.0.1", 0}, options,
                                   [this] { return std::make_unique<RecordingReceiver>(*inbox_); });
        if (!listener) return {};
        listener_ = std::move(*listener);
        return listener_->address();
    }

private slots:
    void init() {
        loop_ = std::make_unique<net::EventLoop>("avro");
        inbox_ = std::make_unique<Inbox>();
    }
    void cleanup() {
        listener_.reset();
        loop_.reset();
    }

    void whatFlumesSinkSendsIsAnsweredAsFlumesSourceDoes() {
        ByteClient client(listen());
        QVERIFY(client.send(captured::kFirstBatch));
        QCOMPARE(client.receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
        QVERIFY(client.send(captured::kSecondBatch));
        QCOMPARE(client.receiveLike(captured::kSecondReply), std::string(captured::kSecondReply));
        QVERIFY(client.send(captured::kSingleAppend));
        QCOMPARE(client.receiveLike(captured::kSingleReply), std::string(captured::kSingleReply));
        QCOMPARE(inbox_->events(),
                 (std::vector<std::string>{"{dc=par}0", "{dc=par}1", "{dc=par}2", "{dc=par}3", "{}no headers"}));
        QCOMPARE(inbox_->calls(), 3);
    }

    void aFullChannelIsAnsweredFailed() {
        ByteClient client(listen());
        QVERIFY(client.send(captured::kFirstBatch));
        QCOMPARE(client.receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
        inbox_->onCall = [](AvroReply reply) { reply.answer(AvroStatus::failed); };
        QVERIFY(client.send(captured::kFullBatch));
        QCOMPARE(client.receiveLike(captured::kFullReply), std::string(captured::kFullReply));
    }

    void aPingIsAnsweredByTheHandshakeAlone() {
        ByteClient client(listen());
        QVERIFY(client.send(captured::kPing));
        QCOMPARE(client.receiveLike(captured::kPingReply), std::string(captured::kPingReply));
        QCOMPARE(inbox_->calls(), 0);
    }

    void anUnknownClientIsAskedForItsProtocolAndKnownToAllFromThenOn() {
        const std::string unknownHash(32, 'a');
        const std::string flumeHash = "86aadae2c45474c0fe93ffd0f2350a65";
        const std::string args = "02026b02760008626f6479"; // {k=v} body
        const auto request = [&](int serial, const std::string& protocol, const std::string& serverHash) {
            std::vector<std::uint8_t> body =
                fromHex(unknownHash + protocol + serverHash + "00" + "00" + "0c617070656e64" + args);
            const std::span<const std::uint8_t> part = body;
            std::vector<std::uint8_t> frame;
            appendAvroFrame(serial, {&part, 1}, frame);
            return frame;
        };
        const net::Address address = listen();
        ByteClient client(address);
        QVERIFY(client.send(request(1, "00", std::string(32, '0'))));
        std::vector<std::uint8_t> none;
        AvroHandshakeResponse{AvroMatch::none, std::string(avro::protocolText()), avro::protocolHash()}.write(none);
        const std::string body = toHex({reinterpret_cast<const char*>(none.data()), none.size()});
        const std::string expected = fmt::format("0000000100000001{:08x}{}", none.size(), body);
        QCOMPARE(client.receiveLike(expected), expected);
        QCOMPARE(inbox_->calls(), 0); // not run

        QVERIFY(client.send(request(2, "02047b7d", flumeHash))); // with a text, "{}"
        const std::string both = "000000020000000300000004000000000000000100000000020000";
        QCOMPARE(client.receiveLike(both), both);
        QCOMPARE(inbox_->calls(), 1);

        ByteClient another(address);
        QVERIFY(another.send(request(1, "00", flumeHash)));
        QCOMPARE(another.receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
        QCOMPARE(inbox_->calls(), 2);

        ByteClient mistaken(address); // known, but with a wrong idea of the server: CLIENT, and the call is run
        QVERIFY(mistaken.send(request(1, "00", std::string(32, '0'))));
        QVERIFY(mistaken.receive(13).ends_with("02")); // frame of three parts, the first begins with CLIENT
        QTRY_COMPARE(inbox_->calls(), 3);
    }

    void anUnknownMethodIsAnErrorAndTheConnectionStays() {
        ByteClient client(listen());
        QVERIFY(client.send(captured::kFirstBatch));
        QCOMPARE(client.receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
        QVERIFY(client.send(callHex(2, "nosuch", "")));
        const std::string text = "No such remote message: nosuch";
        const std::string expected = fmt::format("0000000200000003000000000000000100{:08x}0100{:02x}{}",
                                                 3 + text.size(), 2 * text.size(), toHex(text));
        QCOMPARE(client.receiveLike(expected), expected);
        QVERIFY(client.send(captured::kSingleAppend));
        QCOMPARE(client.receiveLike(captured::kSingleReply), std::string(captured::kSingleReply));
    }

    void pipelinedCallsAreAnsweredInTheirOrderWhateverTheOrderOfTheAnswers() {
        std::mutex mutex;
        std::vector<AvroReply> waiting;
        inbox_->onCall = [&](AvroReply reply) {
            const std::lock_guard lock(mutex);
            waiting.push_back(std::move(reply));
        };
        ByteClient client(listen());
        std::string expected = captured::kFirstReply;
        std::string sent = captured::kFirstBatch;
        for (int serial = 2; serial <= 9; ++serial) {
            sent += callHex(serial, "append", "000278");
            expected += okReply(serial);
        }
        QVERIFY(client.send(sent));
        QTRY_COMPARE(inbox_->calls(), 9);
        std::thread runner([&] {
            const std::lock_guard lock(mutex);
            for (const std::size_t index : {8, 3, 5, 0, 1, 7, 2, 6, 4})
                waiting[index].answer(AvroStatus::ok);
        });
        runner.join();
        QCOMPARE(client.receiveLike(expected), expected);
    }

    void unansweredCallsAreBoundedAndReadingGoesOnLater() {
        std::mutex mutex;
        std::vector<AvroReply> waiting;
        inbox_->onCall = [&](AvroReply reply) {
            const std::lock_guard lock(mutex);
            waiting.push_back(std::move(reply));
        };
        AvroServerOptions options;
        options.callsInFlight = 4;
        for (const bool deflate : {false, true}) {
            waiting.clear();
            if (deflate) options.limits.transport = deflateTransport();
            ByteClient client(listen(options));
            std::string calls = captured::kFirstBatch;
            for (int serial = 2; serial <= 3000; ++serial)
                calls += callHex(serial, "append", "000278");
            auto bytes = fromHex(calls);
            if (deflate) {
                std::vector<std::uint8_t> compressed;
                Deflater deflater;
                deflater.compress(bytes, compressed);
                deflater.flush(compressed);
                bytes = std::move(compressed);
            }
            const int before = inbox_->calls();
            QVERIFY(client.send(bytes));
            int answered = 0;
            while (answered < 3000) {
                AvroReply next = [&] {
                    for (;;) {
                        const std::lock_guard lock(mutex);
                        if (waiting.empty()) continue;
                        AvroReply taken = std::move(waiting.front());
                        waiting.erase(waiting.begin());
                        return taken;
                    }
                }();
                QVERIFY(inbox_->calls() - before - answered <= 4);
                next.answer(AvroStatus::ok);
                ++answered;
            }
            if (!deflate)
                QVERIFY(client.receive(3000 * okReply(1).size() / 2).find(okReply(3000).substr(0, 8)) !=
                        std::string::npos);
            QCOMPARE(inbox_->calls() - before, 3000);
        }
    }

    void unansweredCallsOfAllConnectionsTogetherAreBoundedInBytes() {
        Waiting waiting;
        inbox_->onCall = [&](AvroReply reply) { waiting.add(std::move(reply)); };
        AvroServerOptions options;
        options.bytesInFlight = 1000;
        constexpr int kCalls = 40, kClients = 3;
        constexpr int kMost = 10; // of 100 bytes each, "{}" included
        const net::Address address = listen(options);
        std::vector<ByteClient> clients;
        for (int i = 0; i < kClients; ++i) {
            clients.emplace_back(address);
            QVERIFY(clients.back().send(captured::kFirstBatch));
            waiting.takeFirst().answer(AvroStatus::ok);
            QCOMPARE(clients.back().receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
        }
        const int before = inbox_->calls();
        for (auto& client : clients)
            for (int serial = 2; serial < 2 + kCalls; ++serial)
                QVERIFY(client.send(callHex(serial, "append", "00c401" + std::string(2 * 98, '7'))));
        QTRY_VERIFY(inbox_->calls() - before >= kMost);
        for (int answered = 0; answered < kCalls * kClients; ++answered) {
            AvroReply next = waiting.takeFirst();
            QVERIFY(inbox_->calls() - before - answered <= kMost);
            next.answer(AvroStatus::ok);
        }
        std::string replies;
        for (int serial = 2; serial < 2 + kCalls; ++serial)
            replies += okReply(serial);
        for (auto& client : clients)
            QCOMPARE(client.receiveLike(replies), replies);
    }

    void callsOfAConnectionThatIsGoneTakeUpRoomUntilTheyAreAnswered() {
        Waiting waiting;
        inbox_->onCall = [&](AvroReply reply) { waiting.add(std::move(reply)); };
        AvroServerOptions options;
        options.bytesInFlight = 1; // one call at a time
        const net::Address address = listen(options);
        RawSocket first(address.port);
        QVERIFY(first.send(fromHex(captured::kFirstBatch)));
        QTRY_COMPARE(inbox_->calls(), 1);
        ByteClient second(address);
        QVERIFY(second.send(captured::kFirstBatch));
        first.reset();
        QTRY_COMPARE(listener_->connectionCount(), std::size_t(1));
        QCOMPARE(inbox_->calls(), 1);
        waiting.takeFirst().answer(AvroStatus::ok);
        waiting.takeFirst().answer(AvroStatus::ok);
        QCOMPARE(second.receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
    }

    void aForgottenReplyIsAFailure() {
        inbox_->onCall = [](AvroReply) {};
        ByteClient client(listen());
        QVERIFY(client.send(captured::kFirstBatch));
        QVERIFY(client.receiveLike(captured::kFirstReply).ends_with("0002"));
    }

    void anAnswerAfterTheConnectionIsGoneIsDropped() {
        std::vector<AvroReply> waiting;
        inbox_->onCall = [&](AvroReply reply) { waiting.push_back(std::move(reply)); };
        ByteClient client(listen());
        QVERIFY(client.send(captured::kFirstBatch));
        QTRY_COMPARE(inbox_->calls(), 1);
        listener_.reset();
        loop_.reset();
        waiting[0].answer(AvroStatus::ok);
        QVERIFY(client.closedByPeer());
    }

    void anEmptyBatchIsOkAndNobodyIsAsked() {
        ByteClient client(listen());
        QVERIFY(client.send(captured::kFirstBatch));
        QCOMPARE(client.receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
        QVERIFY(client.send(callHex(2, "appendBatch", "00")));
        QCOMPARE(client.receiveLike(okReply(2)), okReply(2));
        QCOMPARE(inbox_->calls(), 1);
    }

    void brokenCallsCloseTheConnectionAndTheirEventsAreForgotten_data() {
        QTest::addColumn<QString>("args");
        QTest::newRow("a batch of more events than it can hold") << "fe010000";
        QTest::newRow("a batch that ends in the middle") << "040002780004";
        QTest::newRow("a body longer than the message") << "0200fe7f78";
    }
    void brokenCallsCloseTheConnectionAndTheirEventsAreForgotten() {
        QFETCH(QString, args);
        ByteClient client(listen());
        QVERIFY(client.send(captured::kFirstBatch));
        QCOMPARE(client.receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
        QVERIFY(client.send(callHex(2, "appendBatch", args.toStdString())));
        QVERIFY(client.closedByPeer());
        QCOMPARE(inbox_->calls(), 1);
        QCOMPARE(inbox_->abandoned(), 1);
    }

    void garbageClosesTheConnection_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("a browser") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        QTest::newRow("a message of 2 GB") << QByteArray("\0\0\0\1\0\0\0\1\x7f\xff\xff\xff", 12);
        QTest::newRow("a handshake of garbage") << QByteArray("\0\0\0\1\0\0\0\1\0\0\0\4abcd", 16);
    }
    void garbageClosesTheConnection() {
        QFETCH(QByteArray, bytes);
        ByteClient client(listen());
        QVERIFY(client.send(std::vector<std::uint8_t>(bytes.begin(), bytes.end())));
        if (bytes.startsWith("GET"))
            client.hangUp(); // "/ HT" parts: more is waited for, until the limit or the end
        else
            QVERIFY(client.closedByPeer());
        QTRY_COMPARE(listener_->connectionCount(), std::size_t(0));
        QCOMPARE(inbox_->calls(), 0);
    }
};

MILLRACE_TEST(TestAvroServer)
#include "tst_avro_server.moc"
