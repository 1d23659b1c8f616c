#include "flume/support/agent_fixture.h"
#include "flume/support/hop_ends.h"
#include "flume/support/ip_filter.h"
#include "rpc/avro_client.h"
#include "support/test_program.h"

#include <QTcpServer>
#include <QtTest>

#include <atomic>
#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

class TestSourceAvroAndSink : public QObject {
    Q_OBJECT

private slots:
    void aStopDoesNotWaitForAPeerThatIsSilent_data() {
        QTest::addColumn<bool>("agent");
        QTest::newRow("the agent") << true;
        QTest::newRow("the sink alone") << false;
    }
    void aStopDoesNotWaitForAPeerThatIsSilent() {
        QFETCH(bool, agent);
        QTcpServer silent; // accepts and says nothing
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        AgentText text("a");
        text.source("s", "seq", {{"channels", "c"}, {"totalEvents", "10"}}).channel("c", {});
        text.sink("k", "avro",
                  {{"channel", "c"},
                   {"hostname", "127.0.0.1"},
                   {"port", std::to_string(silent.serverPort())},
                   {"connect-timeout", "3600000"},
                   {"request-timeout", "3600000"}});
        AgentFixture fixture(text);
        fixture->start();
        QTRY_COMPARE(fixture.node("a/channels/c").level.events, std::size_t(10));
        QTRY_VERIFY(silent.hasPendingConnections());
        if (!agent) {
            QVERIFY(fixture->stopNode("a/sinks/k"));
            QCOMPARE(fixture.state("a/sinks/k"), "stopped");
        }
        const auto left = fixture->stop(std::chrono::milliseconds(0));
        QCOMPARE(left.size(), std::size_t(1));
        QCOMPARE(left.front().events, std::size_t(10));
    }

    void aSinkThatJoinsAGroupGoesOnSending() {
        AvroIn in;
        in.serve();
        const std::string port = std::to_string(in.port());
        const auto config = [&](bool grouped) {
            AgentText text("a");
            text.source("s", "seq", {{"channels", "c"}, {"batchSize", "10"}}).channel("c", {{"capacity", "100"}});
            for (const char* name : {"k", "l"})
                text.sink(name, "avro", {{"channel", "c"}, {"hostname", "127.0.0.1"}, {"port", port}});
            if (grouped) text.group("g", {"k", "l"}, {{"processor.type", "load_balance"}});
            return text;
        };
        AgentFixture fixture(config(false));
        fixture->start();
        const auto sent = [&](const char* sink) { return fixture.counter(sink, "EventDrainSuccessCount"); };
        QTRY_VERIFY(sent("a/sinks/k") > 0 && sent("a/sinks/l") > 0);
        fixture->apply(config(true), {});
        const auto first = sent("a/sinks/k"), second = sent("a/sinks/l");
        QTRY_VERIFY(sent("a/sinks/k") > first && sent("a/sinks/l") > second);
        QCOMPARE(fixture.node("a/sinks/k").failure.message, std::string());
        fixture.destroy();
    }

    void aSinkThatWasInterruptedSendsAgainAfterItsStart() {
        AvroIn in;
        in.serve();
        AvroOut out(in.port());
        QVERIFY(out.sink->start());
        out.sink->interrupt();
        out.channel.add("one");
        QVERIFY(!out.sink->cycle(out.channel));
        QCOMPARE(out.channel.rollbacks, 1);
        out.sink->stop();
        QVERIFY(out.sink->start());
        QVERIFY(out.sink->cycle(out.channel));
        QCOMPARE(out.channel.committed, std::size_t(1));
    }

    void aBatchGoesAcrossWithItsHeaders_data() {
        QTest::addColumn<QString>("compression");
        QTest::newRow("plain") << "none";
        QTest::newRow("deflated") << "deflate";
    }
    void aBatchGoesAcrossWithItsHeaders() {
        QFETCH(QString, compression);
        const catalog::Properties extra{{"compression-type", compression.toStdString()}};
        AvroIn in(extra);
        QVERIFY2(in.error.empty(), in.error.c_str());
        in.serve();
        AvroOut out(in.port(), extra);
        const std::string binary("\0\xff\n", 3);
        out.channel.add("one", {{"a", "1"}, {"b", "2"}});
        out.channel.add(binary, {{"a", "1"}});
        out.channel.add("");
        const auto cycle = out.sink->cycle(out.channel);
        QVERIFY2(cycle.has_value(), cycle ? "" : cycle.error().message.c_str());
        in.stopServing();
        QCOMPARE(out.channel.committed, 3u);
        QCOMPARE(in.events.bodies, (std::vector<std::string>{"one", binary, ""}));
        QCOMPARE(in.events.batches, std::vector<std::size_t>{3});
        QCOMPARE(in.events.headers[0], HeaderSet().with("b", "2").with("a", "1"));
        QCOMPARE(in.events.headers[1], HeaderSet().with("a", "1"));
        QVERIFY(in.events.headers[2].empty());
        QCOMPARE(in.count("EventAcceptedCount"), 3);
        QCOMPARE(in.count("OpenConnectionCount"), 1);
        QCOMPARE(out.count("EventDrainSuccessCount"), 3);
        QCOMPARE(out.count("ConnectionCreatedCount"), 1);
    }

    void singleEventsAndBatchesAreCountedApart() {
        AvroIn in;
        in.serve();
        rpc::ClientOptions options;
        options.address = {"127.0.0.1", in.port()};
        auto client = rpc::AvroClient::connect(options);
        QVERIFY(client);
        rpc::AvroBatch batch;
        batch.add({}, "one");
        batch.add({}, "two");
        QCOMPARE(*(*client)->appendBatch(batch), rpc::CallStatus::ok);
        QCOMPARE(*(*client)->append({}, "three"), rpc::CallStatus::ok);
        in.stopServing();
        QCOMPARE(in.count("AppendBatchReceivedCount"), 1);
        QCOMPARE(in.count("AppendBatchAcceptedCount"), 1);
        QCOMPARE(in.count("AppendReceivedCount"), 1);
        QCOMPARE(in.count("AppendAcceptedCount"), 1);
        QCOMPARE(in.count("EventAcceptedCount"), 3);
    }

    void aLongBatchGoesAsSeveralMessages() {
        AvroIn in;
        in.serve();
        AvroOut out(in.port());
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
        AvroIn in;
        in.serve();
        AvroOut out(in.port());
        out.channel.add(std::string(rpc::kLongestMessage, 'x'));
        const auto cycle = out.sink->cycle(out.channel);
        QVERIFY(!cycle);
        QVERIFY2(cycle.error().message.find("takes at most 104857600") != std::string::npos,
                 cycle.error().message.c_str());
        QCOMPARE(out.channel.waiting(), std::size_t(1));
    }

    void aFullChannelBehindTheSourceRollsTheSinkBack() {
        AvroIn in;
        in.events.refusals = 1;
        in.serve();
        AvroOut out(in.port());
        out.channel.add("x");
        const auto refused = out.sink->cycle(out.channel);
        QVERIFY(!refused.has_value());
        QVERIFY(refused.error().message.find("FAILED") != std::string::npos);
        QCOMPARE(out.channel.waiting(), 1u);
        QVERIFY(out.sink->cycle(out.channel).has_value());
        in.stopServing();
        QCOMPARE(in.events.bodies, std::vector<std::string>{"x"});
    }

    void theSinkComesBackToASourceThatWasAway() {
        std::uint16_t port = 0;
        std::optional<AvroOut> out;
        {
            AvroIn in;
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
        AvroIn in({}, port);
        QVERIFY2(in.error.empty(), in.error.c_str());
        in.serve();
        QVERIFY(out->sink->cycle(out->channel).has_value());
        in.stopServing();
        QCOMPARE(in.events.bodies, std::vector<std::string>{"b"});
    }

    void anEmptyChannelOpensNoConnection() {
        AvroOut out(1);
        const auto cycle = out.sink->cycle(out.channel);
        QVERIFY(cycle->outcome == Cycle::Outcome::idle);
        QCOMPARE(out.count("ConnectionFailedCount"), 0);
    }

    void peersThatTheFilterDeniesAreCutOff() {
        AvroIn in(catalog::Properties{{"ipFilter", "true"}, {"ipFilterRules", "deny:ip:127.*,allow:ip:*"}});
        QVERIFY2(in.error.empty(), in.error.c_str());
        in.serve();
        AvroOut out(in.port());
        out.channel.add("x");
        QVERIFY(!out.sink->cycle(out.channel).has_value());
        in.stopServing();
        QVERIFY(in.events.bodies.empty());
    }

    void filterRulesAreReadAsWritten_data() {
        QTest::addColumn<QStringList>("rules");
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("admitted");
        QTest::newRow("no rule fits") << QStringList{"deny:ip:10.*"} << "192.168.0.1" << true;
        QTest::newRow("the first that fits decides")
            << QStringList{"allow:ip:10.1.*", "deny:ip:10.*"} << "10.1.2.3" << true;
        QTest::newRow("a later one") << QStringList{"allow:ip:10.1.*", "deny:ip:10.*"} << "10.2.2.3" << false;
        QTest::newRow("one character") << QStringList{"deny:ip:10.0.0.?"} << "10.0.0.12" << true;
        QTest::newRow("this computer by name") << QStringList{"deny:name:localhost"} << "127.0.0.1" << false;
        QTest::newRow("many stars") << QStringList{"deny:ip:*1*1*1*1*2"} << "11111111111111111111111" << true;
    }
    void filterRulesAreReadAsWritten() {
        QFETCH(QStringList, rules);
        QFETCH(QString, address);
        std::vector<std::string> list;
        for (const auto& rule : rules)
            list.push_back(rule.toStdString());
        const auto filter = IpFilter::parse(list);
        QVERIFY(filter.has_value());
        QTEST(filter->admits(address.toStdString()), "admitted");
    }

    void brokenFilterRulesAreRefused_data() {
        QTest::addColumn<QString>("rule");
        QTest::newRow("no pattern") << "deny:ip:";
        QTest::newRow("unknown action") << "maybe:ip:*";
        QTest::newRow("unknown kind") << "deny:mac:*";
        QTest::newRow("too short") << "deny";
        QTest::newRow("a name that must be looked up") << "allow:name:*.example.com";
    }
    void brokenFilterRulesAreRefused() {
        QFETCH(QString, rule);
        QVERIFY(!IpFilter::parse({rule.toStdString()}).has_value());
    }

    void callsThatArrivedAreAnsweredAfterStop() {
        AvroIn in;
        AvroOut out(in.port());
        out.channel.add("x");
        bool told = false;
        std::thread sender([&] { told = out.sink->cycle(out.channel).has_value(); });
        in.wakeUp.wait({});
        in.source->stop();
        QVERIFY(!in.source->finished());
        (void)in.source->cycle(in.events);
        sender.join();
        QVERIFY(told);
        QCOMPARE(out.channel.rollbacks, 0);
        QCOMPARE(out.channel.committed, std::size_t(1));
        QCOMPARE(in.events.bodies, std::vector<std::string>{"x"});
        out.sink->stop();
        QTRY_VERIFY(in.source->finished());
    }

    void aStoppedSourceTakesNothingMore() {
        AvroIn in;
        in.serve();
        AvroOut out(in.port());
        out.channel.add("before");
        QVERIFY(out.sink->cycle(out.channel));
        in.stopServing();
        in.source->stop();
        out.channel.add("after");
        QVERIFY(!out.sink->cycle(out.channel));
        QCOMPARE(out.channel.waiting(), std::size_t(1));
        QCOMPARE(in.source->cycle(in.events)->outcome, Cycle::Outcome::idle);
        QCOMPARE(in.events.bodies, std::vector<std::string>{"before"});
    }

    void aCallThatNobodyAnsweredIsNotKeptWhenItsSenderIsCutOff() {
        AvroIn in;
        AvroOut out(in.port());
        out.channel.add("x");
        std::thread sender([&] { (void)out.sink->cycle(out.channel); });
        in.wakeUp.wait({});
        in.source->stop();
        in.source->close();
        sender.join();
        QCOMPARE(out.channel.waiting(), std::size_t(1));
        QVERIFY(in.source->start());
        QCOMPARE(in.source->cycle(in.events)->outcome, Cycle::Outcome::idle);
        QVERIFY(in.events.bodies.empty());
    }
};

MILLRACE_TEST(TestSourceAvroAndSink)
#include "tst_source_avro_and_sink.moc"
