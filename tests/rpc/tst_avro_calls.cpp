#include "rpc/deflate_transport.h"
#include "rpc/support/avro_place.h"
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
    void add(Reply reply) {
        const std::lock_guard lock(mutex_);
        replies_.push_back(std::move(reply));
        changed_.notify_one();
    }
    /// Waits for one.
    Reply takeFirst() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !replies_.empty(); });
        Reply first = std::move(replies_.front());
        replies_.pop_front();
        return first;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Reply> replies_;
};

} // namespace

class TestAvroCalls : public QObject, AvroPlace {
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void pipelinedCallsAreAnsweredInTheirOrderWhateverTheOrderOfTheAnswers() {
        std::mutex mutex;
        std::vector<Reply> waiting;
        inbox_->onCall = [&](Reply reply) {
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
                waiting[index].answer(CallStatus::ok);
        });
        runner.join();
        QCOMPARE(client.receiveLike(expected), expected);
    }

    void unansweredCallsAreBoundedAndReadingGoesOnLater() {
        std::mutex mutex;
        std::vector<Reply> waiting;
        inbox_->onCall = [&](Reply reply) {
            const std::lock_guard lock(mutex);
            waiting.push_back(std::move(reply));
        };
        CallServerOptions options;
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
                Reply next = [&] {
                    for (;;) {
                        const std::lock_guard lock(mutex);
                        if (waiting.empty()) continue;
                        Reply taken = std::move(waiting.front());
                        waiting.erase(waiting.begin());
                        return taken;
                    }
                }();
                QVERIFY(inbox_->calls() - before - answered <= 4);
                next.answer(CallStatus::ok);
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
        inbox_->onCall = [&](Reply reply) { waiting.add(std::move(reply)); };
        CallServerOptions options;
        options.bytesInFlight = 1000;
        constexpr int kCalls = 40, kClients = 3;
        constexpr int kMost = 10; // of 100 bytes each, "{}" included
        const net::Address address = listen(options);
        std::vector<ByteClient> clients;
        for (int i = 0; i < kClients; ++i) {
            clients.emplace_back(address);
            QVERIFY(clients.back().send(captured::kFirstBatch));
            waiting.takeFirst().answer(CallStatus::ok);
            QCOMPARE(clients.back().receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
        }
        const int before = inbox_->calls();
        for (auto& client : clients)
            for (int serial = 2; serial < 2 + kCalls; ++serial)
                QVERIFY(client.send(callHex(serial, "append", "00c401" + std::string(2 * 98, '7'))));
        QTRY_VERIFY(inbox_->calls() - before >= kMost);
        for (int answered = 0; answered < kCalls * kClients; ++answered) {
            Reply next = waiting.takeFirst();
            QVERIFY(inbox_->calls() - before - answered <= kMost);
            next.answer(CallStatus::ok);
        }
        std::string replies;
        for (int serial = 2; serial < 2 + kCalls; ++serial)
            replies += okReply(serial);
        for (auto& client : clients)
            QCOMPARE(client.receiveLike(replies), replies);
    }

    void callsOfAConnectionThatIsGoneTakeUpRoomUntilTheyAreAnswered() {
        Waiting waiting;
        inbox_->onCall = [&](Reply reply) { waiting.add(std::move(reply)); };
        CallServerOptions options;
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
        waiting.takeFirst().answer(CallStatus::ok);
        waiting.takeFirst().answer(CallStatus::ok);
        QCOMPARE(second.receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
    }

    void aForgottenReplyIsAFailure() {
        inbox_->onCall = [](Reply) {};
        ByteClient client(listen());
        QVERIFY(client.send(captured::kFirstBatch));
        QVERIFY(client.receiveLike(captured::kFirstReply).ends_with("0002"));
    }

    void anAnswerAfterTheConnectionIsGoneIsDropped() {
        std::vector<Reply> waiting;
        inbox_->onCall = [&](Reply reply) { waiting.push_back(std::move(reply)); };
        ByteClient client(listen());
        QVERIFY(client.send(captured::kFirstBatch));
        QTRY_COMPARE(inbox_->calls(), 1);
        listener_.reset();
        loop_.reset();
        waiting[0].answer(CallStatus::ok);
        QVERIFY(client.closedByPeer());
    }
};

MILLRACE_TEST(TestAvroCalls)
#include "tst_avro_calls.moc"
