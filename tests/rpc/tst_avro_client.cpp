#include "rpc/avro_client.h"
#include "rpc/avro_frames.h"
#include "rpc/avro_protocol.h"
#include "rpc/avro_server.h"
#include "rpc/deflate_transport.h"
#include "rpc/support/recording_receiver.h"
#include "rpc/support/wire_captures.h"
#include "support/test_program.h"

#include <QtTest>

#include <thread>

using namespace millrace;
using namespace millrace::rpc;
using namespace millrace::rpc::testing;
using namespace std::chrono_literals;

namespace {

using HeaderVector = std::vector<std::pair<std::string, std::string>>;

/// Answers whatever comes with prepared bytes, one portion for each message.
class ScriptedServer final : public net::StreamHandler {
public:
    ScriptedServer(std::vector<std::string> answers, std::string& got) : answers_(std::move(answers)), got_(got) {}
    void opened(const std::shared_ptr<net::Connection>& connection) override { connection_ = connection; }
    Result<std::size_t> received(std::span<const std::uint8_t> data) override {
        const std::size_t size = data.size();
        while (!data.empty()) {
            const auto before = data;
            auto message = assembler_.next(data);
            if (!message) return message.error();
            got_ += toHex({reinterpret_cast<const char*>(before.data()), before.size() - data.size()});
            if (*message && at_ < answers_.size()) connection_->send(Bytes(fromHex(answers_[at_++])));
        }
        return size;
    }
    void closed(const Error*) override {}

private:
    std::vector<std::string> answers_;
    std::string& got_;
    std::size_t at_ = 0;
    AvroMessageAssembler assembler_{1 << 20};
    std::shared_ptr<net::Connection> connection_;
};

constexpr const char* kShaken = "00000001000000010000000400000000";

} // namespace

class TestAvroClient : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<net::EventLoop> loop_;
    std::unique_ptr<Inbox> inbox_;
    std::unique_ptr<net::Listener> listener_;
    std::string got_;

    ClientOptions optionsFor(const net::Address& address) {
        ClientOptions options;
        options.address = address;
        options.connectTimeout = options.requestTimeout = 60s;
        return options;
    }
    ClientOptions listen(CallServerOptions server = {}) {
        server.limits.log = &silentLog();
        auto listener = listenAvro(*loop_, {"127.0.0.1", 0}, server,
                                   [this] { return std::make_unique<RecordingReceiver>(*inbox_); });
        if (!listener) return {};
        listener_ = std::move(*listener);
        auto options = optionsFor(listener_->address());
        options.transport = server.limits.transport;
        return options;
    }
    ClientOptions answerWith(const std::vector<std::string>& answers) {
        auto listener = net::listenStream(*loop_, {"127.0.0.1", 0}, {},
                                          [this, answers] { return std::make_unique<ScriptedServer>(answers, got_); });
        if (!listener) return {};
        listener_ = std::move(*listener);
        return optionsFor(listener_->address());
    }

private slots:
    void init() {
        loop_ = std::make_unique<net::EventLoop>("avro");
        inbox_ = std::make_unique<Inbox>();
        got_.clear();
    }
    void cleanup() {
        listener_.reset();
        loop_.reset();
    }

    void batchesAndSingleEventsArrive_data() {
        QTest::addColumn<bool>("deflate");
        QTest::newRow("plain") << false;
        QTest::newRow("deflate") << true;
    }
    void batchesAndSingleEventsArrive() {
        QFETCH(bool, deflate);
        CallServerOptions server;
        if (deflate) server.limits.transport = deflateTransport();
        auto client = AvroClient::connect(listen(server));
        QVERIFY2(client, client ? "" : client.error().message.c_str());
        AvroBatch batch;
        std::vector<std::string> expected;
        for (int round = 0; round < 3; ++round) {
            batch.clear();
            batch.add(HeaderVector{{"host", "a"}, {"n", std::to_string(round)}}, "first");
            batch.addWithSameHeaders("second");
            batch.add({}, "");
            batch.addWithSameHeaders(std::string(200'000, 'b'));
            const auto status = (*client)->appendBatch(batch);
            QVERIFY2(status, status ? "" : status.error().message.c_str());
            QCOMPARE(int(*status), int(CallStatus::ok));
            const std::string headers = "{host=a,n=" + std::to_string(round) + "}";
            expected.insert(expected.end(),
                            {headers + "first", headers + "second", "{}", "{}" + std::string(200'000, 'b')});
        }
        QCOMPARE(int(*(*client)->append(HeaderVector{{"k", "v"}}, "one")), int(CallStatus::ok));
        expected.push_back("{k=v}one");
        QVERIFY((*client)->ping());
        QVERIFY(inbox_->events() == expected);
    }

    void aBatchLooksAsFlumesSinkSendsIt() {
        auto client = AvroClient::connect(answerWith({kShaken, captured::kSecondReply}));
        QVERIFY(client);
        QTRY_COMPARE(got_.size(), std::size_t(2 * (12 + 16 + 1 + 16 + 1 + 2)));
        got_.clear();
        AvroBatch batch;
        batch.add(HeaderVector{{"dc", "par"}}, "2");
        batch.addWithSameHeaders("3");
        QVERIFY((*client)->appendBatch(batch));
        // The same message in one part, where Flume makes two.
        const std::string call = "0016617070656e644261746368"
                                 "040204646306706172000232020464630670617200023300";
        QCOMPARE(got_, fmt::format("0000000200000001{:08x}{}", call.size() / 2, call));
    }

    void aStatusOtherThanOkIsAValue() {
        inbox_->onCall = [](Reply reply) { reply.answer(CallStatus::failed); };
        auto client = AvroClient::connect(listen());
        QVERIFY(client);
        AvroBatch batch;
        batch.add({}, "x");
        const auto status = (*client)->appendBatch(batch);
        QVERIFY(status);
        QCOMPARE(int(*status), int(CallStatus::failed));
        QCOMPARE(int(*(*client)->append({}, "y")), int(CallStatus::failed)); // the connection is still good
    }

    void aServerThatDoesNotKnowUsGetsOurProtocol() {
        std::vector<std::uint8_t> none;
        AvroHandshakeResponse{AvroMatch::none, std::string("{}"), avro::flumeHash()}.write(none);
        const std::string answer = fmt::format("0000000100000001{:08x}", none.size()) +
                                   toHex({reinterpret_cast<const char*>(none.data()), none.size()});
        auto client = AvroClient::connect(answerWith({answer, "00000002000000010000000400000000"}));
        QVERIFY2(client, client ? "" : client.error().message.c_str());
        QVERIFY(got_.find(toHex(avro::protocolText())) != std::string::npos);
        const auto refused = AvroClient::connect(answerWith({answer, "0000000200000001" + answer.substr(16)}));
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.ends_with("does not accept the protocol of Flume's avro source"),
                 refused.error().message.c_str());
    }

    void badAnswersAreErrors_data() {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("says");
        QTest::newRow("an error of the server") << "00000002"
                                                   "00000003"
                                                   "00000000"
                                                   "0000000100"
                                                   "0000000b"
                                                   "01001062726f6b656e2121"
                                                << "answered with an error: broken!!";
        QTest::newRow("another serial") << "0000000700000003000000000000000100000000020000"
                                        << "answered call 7, asked was 2";
        QTest::newRow("an answer cut short") << "0000000200000002000000000000000100"
                                             << "ends within";
        QTest::newRow("an answer of 2 GB") << "00000002000000017fffffff"
                                           << "the limit is 1048576";
    }
    void badAnswersAreErrors() {
        QFETCH(QString, answer);
        QFETCH(QString, says);
        auto client = AvroClient::connect(answerWith({kShaken, answer.toStdString()}));
        QVERIFY(client);
        const auto status = (*client)->append({}, "x");
        QVERIFY(!status);
        QVERIFY2(QString::fromStdString(status.error().message).contains(says), status.error().message.c_str());
    }

    void noAnswerIsATimeout() {
        auto options = answerWith({kShaken});
        options.requestTimeout = 1ms;
        auto client = AvroClient::connect(options);
        QVERIFY(client);
        const auto status = (*client)->append({}, "x");
        QVERIFY(!status);
        QCOMPARE(int(status.error().code), int(ErrorCode::timeout));
    }

    void aServerThatNeverShakesHandsIsATimeoutOfConnecting() {
        auto options = answerWith({});
        options.connectTimeout = 50ms;
        const auto client = AvroClient::connect(options);
        QVERIFY(!client);
        QCOMPARE(int(client.error().code), int(ErrorCode::timeout));
    }

    void aWaitForAnAnswerCanBeInterrupted() {
        const auto interrupt = net::makeInterrupt();
        auto client = AvroClient::connect(answerWith({kShaken}), interrupt);
        QVERIFY(client);
        std::thread other([&] { interrupt->raise(); });
        const auto status = (*client)->append({}, "x");
        other.join();
        QVERIFY(!status);
        QCOMPARE(int(status.error().code), int(ErrorCode::cancelled));
    }
};

MILLRACE_TEST(TestAvroClient)
#include "tst_avro_client.moc"
