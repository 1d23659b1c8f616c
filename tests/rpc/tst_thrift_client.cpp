#include "rpc/support/call_place.h"
#include "rpc/support/thrift_place.h"
#include "rpc/thrift_client.h"
#include "rpc/thrift_frames.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::rpc;
using namespace millrace::rpc::testing;

namespace {

using HeaderVector = std::vector<std::pair<std::string, std::string>>;

/// Answers each frame with the next of the prepared bytes.
class ScriptedThriftServer final : public net::StreamHandler {
public:
    ScriptedThriftServer(std::vector<std::string> answers, std::string& got)
        : answers_(std::move(answers)), got_(got) {}
    void opened(const std::shared_ptr<net::Connection>& connection) override { connection_ = connection; }
    Result<std::size_t> received(std::span<const std::uint8_t> data) override {
        const std::size_t size = data.size();
        while (!data.empty()) {
            const auto frame = frames_.next(data);
            if (!frame) return frame.error();
            if (!*frame) break;
            got_ += framed(toHex({reinterpret_cast<const char*>((*frame)->data()), (*frame)->size()}));
            if (at_ < answers_.size()) connection_->send(Bytes(fromHex(answers_[at_++])));
        }
        return size - data.size();
    }
    void closed(const Error*) override {}

private:
    std::vector<std::string> answers_;
    std::string& got_;
    std::size_t at_ = 0;
    ThriftFrames frames_{1 << 20};
    std::shared_ptr<net::Connection> connection_;
};

} // namespace

class TestThriftClient : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<net::EventLoop> loop_;
    std::unique_ptr<net::Listener> listener_;
    std::string got_;

    std::unique_ptr<ThriftClient> answeredWith(const std::vector<std::string>& answers,
                                               ThriftProtocol protocol = ThriftProtocol::compact) {
        auto listener = net::listenStream(*loop_, {"127.0.0.1", 0}, {}, [this, answers] {
            return std::make_unique<ScriptedThriftServer>(answers, got_);
        });
        if (!listener) return {};
        listener_ = std::move(*listener);
        options_ = {};
        options_.address = listener_->address();
        options_.connectTimeout = options_.requestTimeout = kPatience;
        options_.protocol = protocol;
        auto client = ThriftClient::connect(options_);
        return client ? std::move(*client) : nullptr;
    }
    ThriftClientOptions options_;

private slots:
    void init() {
        loop_ = std::make_unique<net::EventLoop>("thrift");
        got_.clear();
    }
    void cleanup() {
        listener_.reset();
        loop_.reset();
    }

    void batchesLookAsFlumesSinkSendsThem() {
        const auto client = answeredWith({captured::kCompactReply, captured::kSecondCompactReply});
        QVERIFY(client);
        ThriftBatch batch(options_);
        for (const char* first : {"0", "2"}) {
            batch.clear();
            batch.add(HeaderVector{{"dc", "par"}}, first);
            batch.addWithSameHeaders(std::string(1, static_cast<char>(first[0] + 1)));
            const auto status = client->appendBatch(batch);
            QVERIFY2(status, status ? "" : status.error().message.c_str());
            QCOMPARE(*status, CallStatus::ok);
        }
        QCOMPARE(got_, std::string(captured::kCompactBatch) + captured::kSecondCompactBatch);
    }

    void theBinaryProtocolIsThatOfFlumesClients() {
        // As captured, but for the sequence number, which was 7 there.
        const auto client = answeredWith({"0000001f800100020000000b617070656e644261746368"
                                          "00000001"
                                          "0800000000000000"},
                                         ThriftProtocol::binary);
        QVERIFY(client);
        ThriftBatch batch(options_);
        batch.add(HeaderVector{{"k", "v"}}, "hi");
        batch.add({}, "yo");
        const auto status = client->appendBatch(batch);
        QVERIFY2(status, status ? "" : status.error().message.c_str());
        QCOMPARE(*status, CallStatus::ok);
        std::string expected = captured::kBinaryBatch;
        expected.replace(2 * (4 + 4 + 4 + 11), 8, "00000001");
        QCOMPARE(got_, expected);
    }

    void aStatusOtherThanOkIsAValue_data() {
        QTest::addColumn<QString>("status");
        QTest::addColumn<CallStatus>("expected");
        QTest::newRow("FAILED") << "02" << CallStatus::failed;
        QTest::newRow("ERROR") << "04" << CallStatus::error;
        QTest::newRow("UNKNOWN") << "06" << CallStatus::unknown;
        QTest::newRow("one that does not exist") << "08" << CallStatus::unknown;
    }
    void aStatusOtherThanOkIsAValue() {
        QFETCH(QString, status);
        QFETCH(CallStatus, expected);
        const auto client =
            answeredWith({framed("8241010b" + toHex("appendBatch") + "0500" + status.toStdString() + "00")});
        QVERIFY(client);
        ThriftBatch batch(options_);
        batch.add({}, "x");
        const auto answer = client->appendBatch(batch);
        QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
        QCOMPARE(*answer, expected);
    }

    void badAnswersAreErrors_data() {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("says");
        const QString method = "0b" + QString::fromLatin1(QByteArray("appendBatch").toHex());
        QTest::newRow("an exception") << "826101" + method + "1805" + QByteArray("oh no").toHex() + "150200"
                                      << "answered with an error: oh no";
        QTest::newRow("another call's") << "824107" + method + "05000000"
                                        << "answered call 7, asked was 1";
        QTest::newRow("another protocol's") << "80010002"
                                            << "not the compact protocol";
        QTest::newRow("one that is cut short") << "824101" + method + "05"
                                               << "ends within";
        QTest::newRow("an answer of 2 GB") << ""
                                           << "the limit is 1048576";
    }
    void badAnswersAreErrors() {
        QFETCH(QString, answer);
        QFETCH(QString, says);
        const auto client = answeredWith({answer.isEmpty() ? "7fffffff" : framed(answer.toStdString())});
        QVERIFY(client);
        ThriftBatch batch(options_);
        batch.add({}, "x");
        const auto status = client->appendBatch(batch);
        QVERIFY(!status);
        QVERIFY2(QString::fromStdString(status.error().message).contains(says), status.error().message.c_str());
    }

    void aPeerThatIsGoneIsNoticedAfterASilence() {
        const auto client = answeredWith({});
        QVERIFY(client);
        QVERIFY(client->stillThere());
        listener_.reset();
        QVERIFY(!client->stillThere());
    }
};

MILLRACE_TEST(TestThriftClient)
#include "tst_thrift_client.moc"
