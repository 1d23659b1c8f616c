#include "base/big_endian.h"
#include "catalog/flume/components.h"
#include "flume/support/component_bench.h"
#include "net/event_loop.h"
#include "net/http_client.h"
#include "rpc/avro_protocol.h"
#include "rpc/avro_writer.h"
#include "rpc/old_flume_avro.h"
#include "support/test_program.h"

#include <QtTest>

#include <future>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

using ByteVector = std::vector<std::uint8_t>;

/// A request's body in buffers of `piece` bytes.
std::string inBuffers(const ByteVector& message, std::size_t piece) {
    std::string body;
    const auto length = [&](std::size_t size) {
        std::uint8_t bytes[4];
        storeBigEndian(bytes, static_cast<std::uint32_t>(size));
        body.append(reinterpret_cast<const char*>(bytes), 4);
    };
    for (std::size_t at = 0; at < message.size(); at += piece) {
        const std::size_t size = std::min(piece, message.size() - at);
        length(size);
        body.append(reinterpret_cast<const char*>(message.data()) + at, size);
    }
    length(0);
    return body;
}

/// Handshake of a client whose hash is `hash`, and a call.
ByteVector call(rpc::AvroHash hash, const std::string& method, const std::string& body = "hello") {
    ByteVector message;
    rpc::AvroHandshakeRequest{hash, std::nullopt, rpc::avro::oldFlumeHash()}.write(message);
    rpc::AvroWriter writer(message);
    writer.writeLong(0);
    writer.writeBytes(method);
    writer.writeLong(1'700'000'000'000);
    writer.writeLong(2);
    writer.writeBytes(body);
    writer.writeLong(7);
    writer.writeBytes("web-1");
    writer.writeLong(1);
    writer.writeBytes("service");
    writer.writeBytes("shop");
    writer.writeLong(0);
    return message;
}
ByteVector append(const std::string& body = "hello") {
    return call(rpc::avro::oldFlumeHash(), "append", body);
}

/// BOTH without a text, then `rest`.
std::string answer(std::initializer_list<std::uint8_t> rest) {
    ByteVector message{0, 0, 0, 0};
    message.insert(message.end(), rest);
    return inBuffers(message, 1000);
}

struct OldAvro : ComponentBench {
    OldAvro() : ComponentBench(catalog::kAvroLegacySource) {
        context.loop = [this]() -> net::EventLoop& { return loop; };
        port = *net::freePort();
        auto made = make(builtinRegistry().find<SourceFactory>(spec),
                         {{"host", "127.0.0.1"}, {"port", std::to_string(port)}, {"channels", "c"}});
        if (!made) {
            error = made.error().message;
            return;
        }
        source = std::move(*made);
        if (Status started = source->start(); !started) error = started.error().message;
    }
    ~OldAvro() {
        client.reset();
        if (source) source->close();
    }
    /// Posts, cycles until there is an answer, and returns it; status 0 for an error on the way.
    net::HttpAnswer post(const std::string& body, const std::string& method = "POST") {
        std::promise<Result<net::HttpAnswer>> promise;
        auto future = promise.get_future();
        net::HttpCall request{method, {"127.0.0.1", port}, "/", {{"Content-Type", "avro/binary"}}, body};
        client->send(std::move(request), [&](Result<net::HttpAnswer> got) {
            promise.set_value(std::move(got));
            wakeUp.notify();
        });
        runUntil(*source, events, wakeUp,
                 [&] { return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready; });
        auto got = future.get();
        return got ? *got : net::HttpAnswer{0, {}, got.error().message};
    }
    net::EventLoop loop{"old avro test"};
    std::unique_ptr<net::HttpClient> client = std::make_unique<net::HttpClient>(loop, net::HttpClientOptions{});
    KeptEvents events;
    std::unique_ptr<Source> source;
    std::uint16_t port = 0;
    std::string error;
};

} // namespace

class TestSourceOldAvro : public QObject {
    Q_OBJECT

private slots:
    void eventsKeepWhatTheyCarryAsHeaders_data() {
        QTest::addColumn<int>("piece");
        QTest::newRow("in one buffer") << 10'000;
        QTest::newRow("in many") << 3;
    }
    void eventsKeepWhatTheyCarryAsHeaders() {
        QFETCH(int, piece);
        OldAvro avro;
        QVERIFY2(avro.error.empty(), avro.error.c_str());
        const auto got = avro.post(inBuffers(append(), static_cast<std::size_t>(piece)));
        QCOMPARE(got.status, 200);
        QCOMPARE(got.header("Content-Type"), std::string("avro/binary"));
        QCOMPARE(got.body, answer({0, 0}));
        QCOMPARE(avro.events.bodies, std::vector<std::string>{"hello"});
        QCOMPARE(avro.events.headers[0], HeaderSet()
                                             .with("host", "web-1")
                                             .with("timestamp", "1700000000000")
                                             .with("pri", "WARN")
                                             .with("nanos", "7")
                                             .with("service", "shop")
                                             .with("FlumeOG", "yes"));
    }

    void aClientThatIsNotKnownIsShownTheProtocol() {
        OldAvro avro;
        const auto got = avro.post(inBuffers(call(rpc::AvroHash{1}, "append"), 10'000));
        QCOMPARE(got.status, 200);
        QVERIFY(got.body.find(rpc::avro::oldFlumeText()) != std::string::npos);
        QVERIFY(avro.events.bodies.empty());
    }

    void whatAChannelRefusesIsAnsweredByAnError() {
        OldAvro avro;
        avro.events.refusals = 1;
        const std::string text = "the channel took no event; send it again";
        const auto got = avro.post(inBuffers(append(), 10'000));
        QVERIFY(got.body.find(text) != std::string::npos);
        QCOMPARE(got.body[4 + 4 + 1], '\1'); // behind length, handshake and metadata
        QCOMPARE(avro.post(inBuffers(append(), 10'000)).body, answer({0, 0}));
        QCOMPARE(avro.events.bodies, std::vector<std::string>{"hello"});
    }

    void whatIsNoCallIsRefused_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const auto bytes = [](const std::string& text) { return QByteArray(text.data(), qsizetype(text.size())); };
        const ByteVector event = append();
        const std::string whole = inBuffers(event, 10'000);
        QTest::newRow("nothing") << QByteArray() << 400;
        QTest::newRow("text") << QByteArray("hello, is anybody there?") << 400;
        QTest::newRow("a buffer of 2 GB") << QByteArray("\x7f\xff\xff\xff", 4) << 400;
        QTest::newRow("without its end") << bytes(whole.substr(0, whole.size() - 4)) << 400;
        QTest::newRow("an event that is cut short")
            << bytes(inBuffers(ByteVector(event.begin(), event.end() - 12), 10'000)) << 400;
        QTest::newRow("too long") << QByteArray(2 << 20, 'x') << 413;
    }
    void whatIsNoCallIsRefused() {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        OldAvro avro;
        QCOMPARE(avro.post(body.toStdString()).status, status);
        QVERIFY(avro.events.bodies.empty());
    }

    void anotherMethodIsAnErrorOfTheCall() {
        OldAvro avro;
        const auto got = avro.post(inBuffers(call(rpc::avro::oldFlumeHash(), "nope"), 10'000));
        QCOMPARE(got.status, 200);
        QVERIFY(got.body.find("No such remote message: nope") != std::string::npos);
        QCOMPARE(avro.post("", "GET").status, 405);
    }

    /// An answer that is lost after the commit would bring the event a second time.
    void whatWaitsIsAnsweredWhenItStops() {
        OldAvro avro;
        std::promise<Result<net::HttpAnswer>> promise;
        avro.client->send({"POST", {"127.0.0.1", avro.port}, "/", {}, inBuffers(append(), 10'000)},
                          [&](Result<net::HttpAnswer> got) { promise.set_value(std::move(got)); });
        avro.wakeUp.wait({});
        avro.source->stop();
        while (!avro.source->finished())
            QVERIFY(avro.source->cycle(avro.events));
        avro.source->close();
        const auto got = promise.get_future().get();
        QVERIFY(got.has_value());
        QCOMPARE(got->body, answer({0, 0}));
        QCOMPARE(avro.events.bodies, std::vector<std::string>{"hello"});
    }

    void aStoppedSourceTakesNothingMore() {
        OldAvro avro;
        QCOMPARE(avro.post(inBuffers(append("before"), 10'000)).status, 200);
        avro.source->stop();
        QCOMPARE(avro.post(inBuffers(append("after"), 10'000)).status, 0);
        QTRY_VERIFY(avro.source->finished());
        QCOMPARE(avro.events.bodies, std::vector<std::string>{"before"});
    }
};

MILLRACE_TEST(TestSourceOldAvro)
#include "tst_source_old_avro.moc"
