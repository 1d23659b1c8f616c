#include "flume/support/hop_ends.h"
#include "support/test_program.h"

#include <QTcpServer>
#include <QtTest>

#include <optional>
#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

Q_DECLARE_METATYPE(catalog::Properties)

namespace {

std::string store(const char* name) {
    return std::string(MILLRACE_SOURCE_DIR "/tests/tls/data/") + name;
}

const catalog::Properties kSecureSource{
    {"ssl", "true"}, {"keystore", store("server.jks")}, {"keystore-password", "changeit"}};
const catalog::Properties kSecureSink{
    {"ssl", "true"}, {"truststore", store("trust.jks")}, {"truststore-password", "changeit"}};

} // namespace

class TestSourceThriftAndSink : public QObject {
    Q_OBJECT

private slots:
    void aBatchGoesAcrossWithItsHeaders_data() {
        QTest::addColumn<catalog::Properties>("source");
        QTest::addColumn<catalog::Properties>("sink");
        const catalog::Properties binary{{"protocol", "binary"}};
        QTest::newRow("compact, as nobody says") << catalog::Properties{} << catalog::Properties{};
        QTest::newRow("binary") << binary << binary;
        QTest::newRow("TLS") << kSecureSource << kSecureSink;
        QTest::newRow("binary in TLS") << merged(binary, kSecureSource) << merged(binary, kSecureSink);
    }
    void aBatchGoesAcrossWithItsHeaders() {
        QFETCH(catalog::Properties, source);
        QFETCH(catalog::Properties, sink);
        ThriftIn in(source);
        QVERIFY2(in.error.empty(), in.error.c_str());
        in.serve();
        ThriftOut out(in.port(), sink);
        QVERIFY2(out.error.empty(), out.error.c_str());
        const std::string binary("\0\xff\n", 3);
        const std::string large(200'000, 'x');
        out.channel.add("one", {{"a", "1"}, {"b", "2"}});
        out.channel.add(binary, {{"a", "1"}});
        out.channel.add("");
        out.channel.add(large);
        for (int i = 0; i < 40; ++i)
            out.channel.add(std::to_string(i), {{"n", std::to_string(i)}});
        const auto cycle = out.sink->cycle(out.channel);
        QVERIFY2(cycle.has_value(), cycle ? "" : cycle.error().message.c_str());
        in.stopServing();
        QCOMPARE(out.channel.committed, 44u);
        QCOMPARE(in.events.batches, std::vector<std::size_t>{44});
        QCOMPARE(std::vector(in.events.bodies.begin(), in.events.bodies.begin() + 4),
                 (std::vector<std::string>{"one", binary, "", large}));
        QCOMPARE(in.events.headers[0], HeaderSet().with("b", "2").with("a", "1"));
        QCOMPARE(in.events.headers[1], HeaderSet().with("a", "1"));
        QVERIFY(in.events.headers[2].empty());
        QCOMPARE(in.events.headers[43], HeaderSet().with("n", "39"));
        QCOMPARE(in.count("EventAcceptedCount"), 44);
        QCOMPARE(in.count("AppendBatchAcceptedCount"), 1);
        QCOMPARE(in.count("AppendReceivedCount"), 0);
        QCOMPARE(in.count("OpenConnectionCount"), 1);
        QCOMPARE(out.count("EventDrainSuccessCount"), 44);
        QCOMPARE(out.count("ConnectionCreatedCount"), 1);
    }

    void aLongBatchGoesAsSeveralMessages() {
        ThriftIn in;
        in.serve();
        ThriftOut out(in.port());
        const std::string body(7 * 1024 * 1024, 'x');
        for (int i = 0; i < 3; ++i)
            out.channel.add(body, {{"a", "1"}});
        const auto cycle = out.sink->cycle(out.channel);
        QVERIFY2(cycle.has_value(), cycle ? "" : cycle.error().message.c_str());
        in.stopServing();
        QCOMPARE(out.channel.committed, std::size_t(3));
        QCOMPARE(in.events.batches, (std::vector<std::size_t>{2, 1}));
        QCOMPARE(in.events.headers[2], HeaderSet().with("a", "1"));
        QCOMPARE(out.count("EventDrainSuccessCount"), 3);
    }

    void anEventThatIsTooLongForTheSourceIsToldWithTheLimit() {
        ThriftIn in;
        in.serve();
        ThriftOut out(in.port());
        out.channel.add(std::string(rpc::kLongestMessage, 'x'));
        const auto cycle = out.sink->cycle(out.channel);
        QVERIFY(!cycle);
        QVERIFY2(cycle.error().message.find("takes at most 104857600") != std::string::npos,
                 cycle.error().message.c_str());
        QCOMPARE(out.channel.waiting(), std::size_t(1));
    }

    void aFullChannelBehindTheSourceRollsTheSinkBack() {
        ThriftIn in;
        in.events.refusals = 1;
        in.serve();
        ThriftOut out(in.port());
        out.channel.add("x");
        const auto refused = out.sink->cycle(out.channel);
        QVERIFY(!refused.has_value());
        QVERIFY(refused.error().message.find("thrift source") != std::string::npos);
        QVERIFY(refused.error().message.find("answered FAILED") != std::string::npos);
        QCOMPARE(out.channel.waiting(), 1u);
        QVERIFY(out.sink->cycle(out.channel).has_value());
        in.stopServing();
        QCOMPARE(in.events.bodies, std::vector<std::string>{"x"});
        QCOMPARE(in.count("ChannelWriteFail"), 1);
    }

    void theSinkComesBackToASourceThatWasAway() {
        std::uint16_t port = 0;
        std::optional<ThriftOut> out;
        {
            ThriftIn in;
            in.serve();
            port = in.port();
            out.emplace(port);
            out->channel.add("a");
            QVERIFY(out->sink->cycle(out->channel).has_value());
            in.stopServing();
            in.source->stop();
        }
        out->channel.add("b");
        QVERIFY(!out->sink->cycle(out->channel).has_value());
        QVERIFY(!out->sink->cycle(out->channel).has_value());
        QVERIFY(out->count("ConnectionFailedCount") >= 1);
        ThriftIn in({}, port);
        QVERIFY2(in.error.empty(), in.error.c_str());
        in.serve();
        QVERIFY(out->sink->cycle(out->channel).has_value());
        in.stopServing();
        QCOMPARE(in.events.bodies, std::vector<std::string>{"b"});
    }

    void theEndsOfAHopHaveToSpeakTheSameProtocol_data() {
        QTest::addColumn<catalog::Properties>("source");
        QTest::addColumn<catalog::Properties>("sink");
        QTest::newRow("another encoding") << catalog::Properties{{"protocol", "binary"}} << catalog::Properties{};
        QTest::newRow("a sink without TLS") << kSecureSource << catalog::Properties{};
        QTest::newRow("a source without TLS") << catalog::Properties{} << kSecureSink;
        QTest::newRow("a stranger's certificate")
            << merged(kSecureSource, {{"keystore", store("stranger.pem")}}) << kSecureSink;
    }
    void theEndsOfAHopHaveToSpeakTheSameProtocol() {
        QFETCH(catalog::Properties, source);
        QFETCH(catalog::Properties, sink);
        ThriftIn in(source);
        QVERIFY2(in.error.empty(), in.error.c_str());
        in.serve();
        ThriftOut out(in.port(), sink);
        out.channel.add("x");
        QVERIFY(!out.sink->cycle(out.channel));
        QCOMPARE(out.channel.waiting(), std::size_t(1));
        in.stopServing();
        QVERIFY(in.events.bodies.empty());
    }

    void anAnswerThatDoesNotComeIsWaitedForNoLongerThanTheTimeout() {
        QTcpServer silent; // accepts and says nothing
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        ThriftOut out(silent.serverPort(), {{"request-timeout", "1000"}});
        out.channel.add("x");
        const auto cycle = out.sink->cycle(out.channel);
        QVERIFY(!cycle);
        QCOMPARE(cycle.error().code, ErrorCode::timeout);
        QCOMPARE(out.channel.waiting(), std::size_t(1));
    }

    void aStopDoesNotWaitForAPeerThatIsSilent() {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        ThriftOut out(silent.serverPort(), {{"request-timeout", "3600000"}});
        QVERIFY(out.sink->start());
        out.channel.add("x");
        std::thread sender([&] { (void)out.sink->cycle(out.channel); });
        QTRY_VERIFY(silent.hasPendingConnections());
        out.sink->interrupt();
        sender.join();
        QCOMPARE(out.channel.waiting(), std::size_t(1));
    }

    void callsThatArrivedAreAnsweredAfterStop() {
        ThriftIn in;
        ThriftOut out(in.port());
        out.channel.add("x");
        bool told = false;
        std::thread sender([&] { told = out.sink->cycle(out.channel).has_value(); });
        in.wakeUp.wait({});
        in.source->stop();
        QVERIFY(!in.source->finished());
        (void)in.source->cycle(in.events);
        sender.join();
        QVERIFY(told);
        QCOMPARE(in.events.bodies, std::vector<std::string>{"x"});
        out.sink->stop();
        QTRY_VERIFY(in.source->finished());
    }

    void kerberosIsRefusedWithWhatToDo() {
        const ThriftIn in(catalog::Properties{{"kerberos", "true"}});
        QVERIFY2(in.error.find("kerberos = true does not run here; use ssl = true") != std::string::npos,
                 in.error.c_str());
        const ThriftOut out(1, {{"kerberos", "true"}});
        QVERIFY2(out.error.find("kerberos = true does not run here") != std::string::npos, out.error.c_str());
    }
};

MILLRACE_TEST(TestSourceThriftAndSink)
#include "tst_source_thrift_and_sink.moc"
