#include "flume/agent.h"
#include "flume/runtime/metrics_server.h"
#include "flume/support/agent_fixture.h"
#include "flume/support/scripted_sink.h"
#include "net/client_socket.h"
#include "support/test_program.h"

#include <boost/json.hpp>

#include <QtTest>

#include <algorithm>
#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* kStress = "org.apache.flume.source.StressSource";

std::vector<std::string> numbers(std::size_t count) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < count; ++i)
        all.push_back(std::to_string(i));
    return all;
}

AgentText oneLine(const std::string& total) {
    return AgentText("a")
        .source("s", "seq", {{"channels", "c"}, {"totalEvents", total}, {"batchSize", "7"}})
        .channel("c", {{"capacity", "1000"}})
        .sink("k", "logger", {{"channel", "c"}});
}

} // namespace

class AgentTest : public QObject {
    Q_OBJECT
private slots:
    void init() { SinkScript::forgetAll(); }
    void eventsFlowFromSourceToSink();
    void stopDrainsWhatIsInChannels();
    void stopNamesWhatIsLeft();
    void abortCutsTheDrainShort();
    void destroyingARunningAgentEndsIt();
    void anAgentStartsAgainAfterAStop();
    void aFullChannelMakesItsSourceWait();
    void aSilentNodeIsIdle();
    void aFailedStartIsTriedAgainWhileSiblingsRun();
    void aFailingSinkKeepsItsEvents();
    void aComponentThatCannotBeBuiltIsLeftOut();
    void twoChannelsGetEveryEvent();
    void sinksOfOneChannelShareTheEvents();
    void aFailoverGroupChangesOver();
    void aGroupWhoseSinksAllFailIsChangedAndStopped();
    void aLoadBalancedGroupUsesAllSinks();
    void theSinksOfAGroupThatCannotRunSayWhy();
    void aSinkThatIsStoppedMayEndWhatItHasSent_data();
    void aSinkThatIsStoppedMayEndWhatItHasSent();
    void aNodeCanBeStoppedAndStarted();
    void sinksThatWereStoppedAtRestLeaveTheEventsToTheOthers();
    void tapsShowWhatPasses();
    void relativeDirectoriesAreMade();
    void whatIsCountedDuringTheStartCounts();
    void metricsAreFlumes();
    void metricsAreServedOverHttp();
};

void AgentTest::eventsFlowFromSourceToSink() {
    AgentFixture fixture(oneLine("100"), scriptedRegistry());
    QCOMPARE(fixture.state("a/sources/s"), toString(NodeState::stopped));
    fixture->start();
    SinkScript& sink = SinkScript::of("a/sinks/k");
    QTRY_COMPARE(sink.deliveredCount(), std::size_t(100));
    QCOMPARE(sink.delivered(), numbers(100));
    QCOMPARE(fixture.counter("a/sources/s", "EventAcceptedCount"), 100);
    QCOMPARE(fixture.counter("a/channels/c", "EventTakeSuccessCount"), 100);
    QTRY_COMPARE(fixture.counter("a/sinks/k", "EventDrainSuccessCount"), 100);
    QVERIFY(fixture.node("a/sources/s").startedMs > 0);
    QVERIFY(fixture->stop(10s).empty());
    QCOMPARE(fixture.state("a/sources/s"), toString(NodeState::stopped));
    QCOMPARE(fixture.state("a/sinks/k"), toString(NodeState::stopped));
    QCOMPARE(sink.stops(), 1);
}

void AgentTest::stopDrainsWhatIsInChannels() {
    AgentFixture fixture(oneLine("500"), scriptedRegistry());
    SinkScript& sink = SinkScript::of("a/sinks/k");
    sink.hold(true);
    fixture->start();
    QTRY_COMPARE(fixture.node("a/channels/c").level.events, std::size_t(500));
    sink.hold(false);
    QVERIFY(fixture->stop(60s).empty());
    QCOMPARE(sink.delivered(), numbers(500));
}

void AgentTest::stopNamesWhatIsLeft() {
    AgentFixture fixture(oneLine("500"), scriptedRegistry());
    SinkScript::of("a/sinks/k").failCycles(true);
    fixture->start();
    QTRY_COMPARE(fixture.node("a/channels/c").level.events, std::size_t(500));
    const auto left = fixture->stop(10ms);
    QCOMPARE(left.size(), std::size_t(1));
    QCOMPARE(left.front().channel, std::string("a/channels/c"));
    QCOMPARE(left.front().events, std::size_t(500));
    QVERIFY(left.front().lost);
}

void AgentTest::abortCutsTheDrainShort() {
    AgentFixture fixture(oneLine("500"), scriptedRegistry());
    SinkScript::of("a/sinks/k").hold(true);
    fixture->start();
    QTRY_COMPARE(fixture.node("a/channels/c").level.events, std::size_t(500));
    std::vector<Leftover> left;
    std::thread stopping([&] { left = fixture->stop(3600s); });
    QTRY_COMPARE(fixture.state("a/sources/s"), toString(NodeState::stopped));
    fixture->abort();
    stopping.join();
    QCOMPARE(left.size(), std::size_t(1));
    QCOMPARE(left.front().events, std::size_t(500));
}

void AgentTest::destroyingARunningAgentEndsIt() {
    AgentFixture fixture(AgentText("a")
                             .source("s", kStress, {{"channels", "c"}, {"batchSize", "10"}})
                             .channel("c", {{"keep-alive", "3600"}})
                             .sink("k", "logger", {{"channel", "c"}}),
                         scriptedRegistry());
    SinkScript::of("a/sinks/k").hold(true);
    fixture->start();
    QTRY_COMPARE(fixture.state("a/sources/s"), toString(NodeState::waiting)); // inside a commit that would wait an hour
    fixture.destroy();
    QCOMPARE(SinkScript::of("a/sinks/k").stops(), 1);
}

void AgentTest::anAgentStartsAgainAfterAStop() {
    AgentFixture fixture(oneLine("50"), scriptedRegistry());
    SinkScript& sink = SinkScript::of("a/sinks/k");
    for (std::size_t round = 1; round <= 3; ++round) {
        fixture->start();
        QTRY_COMPARE(sink.deliveredCount(), 50 * round);
        QVERIFY(fixture->stop(60s).empty());
    }
    QCOMPARE(sink.starts(), 3);
}

void AgentTest::aFullChannelMakesItsSourceWait() {
    AgentFixture fixture(AgentText("a")
                             .source("s", "seq", {{"channels", "c"}, {"totalEvents", "30"}, {"batchSize", "10"}})
                             .channel("c", {{"capacity", "10"}, {"transactionCapacity", "10"}, {"keep-alive", "0"}})
                             .sink("k", "logger", {{"channel", "c"}}),
                         scriptedRegistry());
    SinkScript& sink = SinkScript::of("a/sinks/k");
    sink.hold(true);
    fixture->start();
    QTRY_COMPARE(fixture.state("a/sources/s"), toString(NodeState::waiting));
    // The wait begins before the refusal has come back: the two are told at different moments.
    QTRY_VERIFY(fixture.node("a/sources/s").failure.message.find("channel c: no room for 10 events") !=
                std::string::npos);
    // It can be said in the user's language.
    QCOMPARE(fixture.node("a/sources/s").failure.sentence, std::string("channel-full"));
    QCOMPARE(fixture.node("a/sources/s").failure.arguments, (std::vector<std::string>{"10", "0", "10"}));
    sink.hold(false);
    QTRY_COMPARE(sink.deliveredCount(), std::size_t(30));
    QCOMPARE(sink.delivered(), numbers(30));
    QTRY_VERIFY(fixture.node("a/sources/s").failure.message.empty());
}

void AgentTest::aSilentNodeIsIdle() {
    AgentFixture fixture(oneLine("10"), scriptedRegistry());
    fixture->start();
    for (const char* id : {"a/sources/s", "a/channels/c", "a/sinks/k"})
        QTRY_COMPARE(fixture.state(id), toString(NodeState::idle));
}

void AgentTest::aFailedStartIsTriedAgainWhileSiblingsRun() {
    AgentFixture fixture(AgentText("a")
                             .source("s", "seq", {{"channels", "c d"}, {"totalEvents", "20"}})
                             .channel("c", {})
                             .channel("d", {})
                             .sink("k", "logger", {{"channel", "c"}})
                             .sink("l", "logger", {{"channel", "d"}}),
                         scriptedRegistry());
    SinkScript& broken = SinkScript::of("a/sinks/l");
    broken.failStarts(true);
    fixture->start();
    QTRY_COMPARE(SinkScript::of("a/sinks/k").deliveredCount(), std::size_t(20));
    QTRY_COMPARE(fixture.state("a/sinks/l"), toString(NodeState::failing));
    QCOMPARE(fixture.node("a/sinks/l").failure.message, std::string("told not to start"));
    broken.failStarts(false);
    QTRY_COMPARE_WITH_TIMEOUT(broken.deliveredCount(), std::size_t(20), 60'000);
    QVERIFY(fixture.node("a/sinks/l").failure.message.empty());
}

void AgentTest::aFailingSinkKeepsItsEvents() {
    AgentFixture fixture(oneLine("20"), scriptedRegistry());
    SinkScript& sink = SinkScript::of("a/sinks/k");
    sink.failCycles(true);
    fixture->start();
    QTRY_COMPARE(fixture.state("a/sinks/k"), toString(NodeState::failing));
    QVERIFY(fixture.node("a/sinks/k").failuresInRow >= 1);
    QTRY_COMPARE(fixture.node("a/channels/c").level.events, std::size_t(20));
    sink.failCycles(false);
    QTRY_COMPARE_WITH_TIMEOUT(sink.deliveredCount(), std::size_t(20), 60'000);
    QCOMPARE(sink.delivered(), numbers(20));
}

void AgentTest::aComponentThatCannotBeBuiltIsLeftOut() {
    AgentFixture fixture(AgentText("a")
                             .source("s", "seq", {{"channels", "c"}, {"totalEvents", "20"}})
                             .source("bad", "seq", {{"channels", "c"}, {"batchSize", "many"}})
                             .source("foreign", "org.apache.flume.source.twitter.TwitterSource", {{"channels", "c"}})
                             .channel("c", {})
                             .channel("small", {{"capacity", "5"}})
                             .sink("k", "logger", {{"channel", "c"}})
                             .sink("dry", "logger", {{"channel", "small"}}),
                         scriptedRegistry());
    fixture->start();
    QTRY_COMPARE(SinkScript::of("a/sinks/k").deliveredCount(), std::size_t(20));
    QCOMPARE(fixture.state("a/sources/bad"), toString(NodeState::failing));
    QCOMPARE(fixture.node("a/sources/bad").failure.message, std::string("bad: batchSize = many is not a whole number"));
    QVERIFY(fixture.node("a/sources/foreign").failure.message.find("does not run") != std::string::npos);
    QCOMPARE(fixture.state("a/channels/small"), toString(NodeState::failing));
    QTRY_COMPARE(fixture.state("a/sinks/dry"), toString(NodeState::failing));
    QVERIFY(fixture.log().contains("error a/sources/bad"));
}

void AgentTest::twoChannelsGetEveryEvent() {
    AgentFixture fixture(AgentText("a")
                             .source("s", "seq", {{"channels", "c d"}, {"totalEvents", "200"}, {"batchSize", "9"}})
                             .channel("c", {})
                             .channel("d", {})
                             .sink("k", "logger", {{"channel", "c"}})
                             .sink("l", "logger", {{"channel", "d"}}),
                         scriptedRegistry());
    fixture->start();
    for (const char* id : {"a/sinks/k", "a/sinks/l"}) {
        QTRY_COMPARE(SinkScript::of(id).deliveredCount(), std::size_t(200));
        QCOMPARE(SinkScript::of(id).delivered(), numbers(200));
    }
}

void AgentTest::sinksOfOneChannelShareTheEvents() {
    AgentFixture fixture(AgentText("a")
                             .source("s", "seq", {{"channels", "c"}, {"totalEvents", "2000"}, {"batchSize", "3"}})
                             .channel("c", {})
                             .sink("k", "logger", {{"channel", "c"}})
                             .sink("l", "logger", {{"channel", "c"}}),
                         scriptedRegistry());
    fixture->start();
    SinkScript &first = SinkScript::of("a/sinks/k"), &second = SinkScript::of("a/sinks/l");
    QTRY_COMPARE(first.deliveredCount() + second.deliveredCount(), std::size_t(2000));
    auto all = first.delivered();
    for (const auto& body : second.delivered())
        all.push_back(body);
    auto expected = numbers(2000);
    std::sort(all.begin(), all.end());
    std::sort(expected.begin(), expected.end());
    QCOMPARE(all, expected);
}

void AgentTest::aFailoverGroupChangesOver() {
    AgentFixture fixture(
        AgentText("a")
            .source("s", "seq", {{"channels", "c"}, {"totalEvents", "100"}})
            .channel("c", {})
            .sink("k", "logger", {{"channel", "c"}})
            .sink("l", "logger", {{"channel", "c"}})
            .group("g", {"k", "l"},
                   {{"processor.type", "failover"}, {"processor.priority.k", "10"}, {"processor.priority.l", "5"}}),
        scriptedRegistry());
    SinkScript::of("a/sinks/k").failCycles(true);
    fixture->start();
    QTRY_COMPARE(SinkScript::of("a/sinks/l").deliveredCount(), std::size_t(100));
    QCOMPARE(SinkScript::of("a/sinks/k").deliveredCount(), std::size_t(0));
    QCOMPARE(fixture.state("a/sinks/k"), toString(NodeState::failing));
    QCOMPARE(fixture.state("a/sinkgroups/g"), toString(NodeState::running));
    QCOMPARE(fixture.node("a/sinkgroups/g").type, std::string("failover"));
}

void AgentTest::aGroupWhoseSinksAllFailIsChangedAndStopped() {
    // With maxpenalty 0 each failed sink may be asked again at once.
    const auto config = [](const char* priority) {
        return AgentText("a")
            .source("s", "seq", {{"channels", "c"}, {"totalEvents", "20"}})
            .channel("c", {})
            .sink("k", "logger", {{"channel", "c"}})
            .sink("l", "logger", {{"channel", "c"}})
            .group("g", {"k", "l"},
                   {{"processor.type", "failover"}, {"processor.maxpenalty", "0"}, {"processor.priority.k", priority}});
    };
    AgentFixture fixture(config("1"), scriptedRegistry());
    SinkScript::of("a/sinks/k").failCycles(true);
    SinkScript::of("a/sinks/l").failCycles(true);
    fixture->start();
    QTRY_VERIFY(fixture.log().contains("sink l failed and rests"));
    QTRY_COMPARE(fixture.counter("a/channels/c", "EventPutSuccessCount"), 20);
    QCOMPARE(fixture->apply(config("7"), {}).live, std::vector<std::string>{"a/sinkgroups/g"});
    const auto left = fixture->stop(10ms);
    QCOMPARE(left.size(), std::size_t(1));
    QCOMPARE(left.front().events, std::size_t(20));
}

void AgentTest::aLoadBalancedGroupUsesAllSinks() {
    AgentFixture fixture(AgentText("a")
                             .source("s", "seq", {{"channels", "c"}, {"totalEvents", "1000"}, {"batchSize", "50"}})
                             .channel("c", {{"capacity", "1000"}})
                             .sink("k", "logger", {{"channel", "c"}})
                             .sink("l", "logger", {{"channel", "c"}})
                             .group("g", {"k", "l"}, {{"processor.type", "load_balance"}}),
                         scriptedRegistry());
    fixture->start();
    SinkScript &first = SinkScript::of("a/sinks/k"), &second = SinkScript::of("a/sinks/l");
    QTRY_COMPARE(first.deliveredCount() + second.deliveredCount(), std::size_t(1000));
    QVERIFY(first.deliveredCount() > 0);
    QVERIFY(second.deliveredCount() > 0);
}

void AgentTest::theSinksOfAGroupThatCannotRunSayWhy() {
    AgentFixture fixture(AgentText("a")
                             .source("s", "seq", {{"channels", "c"}})
                             .channel("c", {})
                             .sink("k", "logger", {{"channel", "c"}})
                             .group("g", {"k"}, {{"processor.type", "no.such.Processor"}}),
                         scriptedRegistry());
    const Error own = fixture.node("a/sinkgroups/g").failure, failure = fixture.node("a/sinks/k").failure;
    QVERIFY(!own.message.empty());
    QCOMPARE(failure.message, "its group cannot run: " + own.message);
    QCOMPARE(failure.sentence, std::string("group-cannot-run"));
    QCOMPARE(failure.arguments, std::vector<std::string>{own.message});
}

void AgentTest::aSinkThatIsStoppedMayEndWhatItHasSent_data() {
    QTest::addColumn<QString>("stopped");
    QTest::newRow("a sink alone") << "a/sinks/k";
    QTest::newRow("a group") << "a/sinkgroups/g";
}
void AgentTest::aSinkThatIsStoppedMayEndWhatItHasSent() {
    QFETCH(QString, stopped);
    AgentText text("a");
    text.source("s", "seq", {{"channels", "c"}, {"totalEvents", "10"}, {"batchSize", "10"}}).channel("c", {});
    text.sink("k", "logger", {{"channel", "c"}});
    if (stopped == "a/sinkgroups/g")
        text.group("g", {"k"}, {{"processor.type", "failover"}, {"processor.priority.k", "1"}});
    AgentFixture fixture(text, scriptedRegistry());
    SinkScript& sink = SinkScript::of("a/sinks/k");
    sink.answerAtStop(true);
    fixture->start();
    QTRY_VERIFY(sink.sending());
    QVERIFY(fixture->stopNode(stopped.toStdString()));
    QCOMPARE(sink.interrupts(), 0);
    QCOMPARE(sink.deliveredCount(), std::size_t(10));
    QCOMPARE(fixture.node("a/channels/c").level.events, std::size_t(0));
}

void AgentTest::aNodeCanBeStoppedAndStarted() {
    AgentFixture fixture(AgentText("a")
                             .source("s", kStress, {{"channels", "c"}, {"maxEventsPerSecond", "1000"}, {"size", "1"}})
                             .channel("c", {{"capacity", "100000"}})
                             .sink("k", "logger", {{"channel", "c"}}),
                         scriptedRegistry());
    SinkScript& sink = SinkScript::of("a/sinks/k");
    fixture->start();
    QTRY_VERIFY(sink.deliveredCount() > 0);
    QVERIFY(fixture->stopNode("a/sinks/k"));
    QCOMPARE(fixture.state("a/sinks/k"), toString(NodeState::stopped));
    const std::size_t before = sink.deliveredCount();
    QTRY_VERIFY(fixture.node("a/channels/c").level.events > 10);
    QCOMPARE(sink.deliveredCount(), before);
    QVERIFY(fixture->startNode("a/sinks/k"));
    QTRY_VERIFY(sink.deliveredCount() > before);
    QVERIFY(fixture->stopNode("a/sources/s"));
    QCOMPARE(fixture.state("a/sources/s"), toString(NodeState::stopped));
    QVERIFY(fixture->startNode("a/sources/s"));
    QTRY_VERIFY(fixture.counter("a/sources/s", "EventAcceptedCount") > 0);
    QVERIFY(!fixture->stopNode("a/sinks/none"));
}

void AgentTest::sinksThatWereStoppedAtRestLeaveTheEventsToTheOthers() {
    AgentText text("a");
    text.source("s", "seq", {{"channels", "c"}, {"totalEvents", "5"}, {"batchSize", "5"}}).channel("c", {});
    for (const char* sink : {"k", "l", "m"})
        text.sink(sink, "logger", {{"channel", "c"}});
    AgentFixture fixture(text, scriptedRegistry());
    QVERIFY(fixture->stopNode("a/sources/s"));
    fixture->start();
    for (const char* sink : {"a/sinks/k", "a/sinks/l", "a/sinks/m"})
        QTRY_COMPARE(fixture.state(sink), toString(NodeState::idle)); // they wait for the channel
    QVERIFY(fixture->stopNode("a/sinks/k"));
    QVERIFY(fixture->stopNode("a/sinks/l"));
    QVERIFY(fixture->startNode("a/sources/s"));
    QTRY_COMPARE(SinkScript::of("a/sinks/m").delivered(), numbers(5)); // one commit wakes one sink
}

void AgentTest::tapsShowWhatPasses() {
    AgentFixture fixture(AgentText("a")
                             .source("s", kStress, {{"channels", "c"}, {"maxEventsPerSecond", "500"}, {"size", "40"}})
                             .channel("c", {})
                             .sink("k", "logger", {{"channel", "c"}}),
                         scriptedRegistry());
    fixture->start();
    for (const char* id : {"a/sources/s", "a/channels/c", "a/sinks/k"}) {
        QVERIFY(fixture->tap(id, 0, 5, 10)); // opens it
        std::vector<TappedEvent> seen;
        QTRY_VERIFY((seen = fixture->tap(id, 0, 5, 10).value().events).size() == 5);
        QCOMPARE(seen.front().body, std::string(10, '\x7f'));
        QCOMPARE(seen.front().bodySize, std::size_t(40));
        QCOMPARE(seen.back().sequence, seen.front().sequence + 4);
        const auto last = seen.back().sequence;
        QTRY_VERIFY(!(seen = fixture->tap(id, last, 5, 10).value().events).empty());
        QVERIFY(seen.front().sequence > last);
    }
    QVERIFY(!fixture->tap("a/sinks/none", 0, 5, 10));
}

void AgentTest::relativeDirectoriesAreMade() {
    AgentFixture fixture(AgentText("a")
                             .source("tail", "TAILDIR",
                                     {{"channels", "c"},
                                      {"filegroups", "g"},
                                      {"filegroups.g", "logs/web/.*log"},
                                      {"positionFile", "state/deep/tail.json"}})
                             .channel("c", {})
                             .sink("k", "file_roll", {{"channel", "c"}, {"sink.directory", "out/rolled"}}));
    fixture->start();
    for (const char* path : {"logs/web", "state/deep", "out/rolled"})
        QVERIFY2(std::filesystem::is_directory(fixture.directory() / path), path);
    QVERIFY(!std::filesystem::exists(fixture.directory() / "state/deep/tail.json/x"));
}

void AgentTest::whatIsCountedDuringTheStartCounts() {
    /// A peer connects as soon as the port is open.
    class Greeted final : public Source {
    public:
        explicit Greeted(const ComponentServices& context) : open_((*context.counters)[FlumeCounter::openConnections]) {}
        Status start() override {
            open_.add(1);
            return ok();
        }
        void stop() override {}
        Result<Cycle> cycle(ChannelProcessor&) override { return Cycle::idle(); }

    private:
        Counter& open_;
    };
    Registry registry = scriptedRegistry();
    registry.add("org.apache.flume.source.AvroSource",
                 [](Settings&, const ComponentServices& context) -> Result<std::unique_ptr<Source>> {
                     return std::unique_ptr<Source>(std::make_unique<Greeted>(context));
                 });
    AgentText text("a");
    text.source("s", "avro", {{"channels", "c"}, {"bind", "127.0.0.1"}, {"port", "1"}}).channel("c", {});
    AgentFixture fixture(text, registry);
    fixture->start();
    QTRY_COMPARE(fixture.state("a/sources/s"), toString(NodeState::idle));
    QCOMPARE(fixture.counter("a/sources/s", "OpenConnectionCount"), 1);
}

void AgentTest::metricsAreFlumes() {
    AgentFixture fixture(AgentText("a")
                             .source("s", "seq", {{"channels", "c"}, {"totalEvents", "30"}})
                             .channel("c", {{"capacity", "1000"}})
                             .sink("k", "logger", {{"channel", "c"}})
                             .sink("n", "null", {{"channel", "c"}}),
                         scriptedRegistry());
    SinkScript::of("a/sinks/k").hold(true);
    fixture->start();
    QTRY_COMPARE(fixture.counter("a/sinks/n", "EventDrainSuccessCount"), 30);
    const auto all = boost::json::parse(fixture->metricsJson()).as_object();
    QCOMPARE(all.size(), std::size_t(2)); // Flume shows neither logger nor null
    const auto& source = all.at("SOURCE.s").as_object();
    QCOMPARE(source.at("Type").as_string(), "SOURCE");
    QCOMPARE(source.at("EventAcceptedCount").as_string(), "30");
    QCOMPARE(source.at("EventReceivedCount").as_string(), "0"); // as Flume's seq
    QCOMPARE(source.at("StopTime").as_string(), "0");
    QVERIFY(source.at("StartTime").as_string().size() == 13);
    const auto& channel = all.at("CHANNEL.c").as_object();
    QCOMPARE(channel.at("ChannelCapacity").as_string(), "1000");
    QCOMPARE(channel.at("ChannelFillPercentage").as_string(), "0.0");
    QCOMPARE(channel.at("EventPutSuccessCount").as_string(), "30");
}

void AgentTest::metricsAreServedOverHttp() {
    AgentFixture fixture(oneLine("5"), scriptedRegistry());
    fixture->start();
    const auto server = serveMetrics(fixture.agent(), 0);
    QVERIFY(server.has_value());
    const auto get = [&](const std::string& what) {
        auto socket = net::connectTo({"127.0.0.1", (*server)->port()}, 5s);
        const std::string request = what + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        std::string answer;
        if (!socket || !(*socket)->sendAll({reinterpret_cast<const std::uint8_t*>(request.data()), request.size()}, 5s))
            return answer;
        std::array<std::uint8_t, 4096> part;
        for (;;) {
            const auto got = (*socket)->receiveSome(part, 5s);
            if (!got || *got == 0) return answer;
            answer.append(reinterpret_cast<const char*>(part.data()), *got);
        }
    };
    const std::string metrics = get("GET /Metrics");
    QVERIFY(metrics.starts_with("HTTP/1.1 200"));
    QVERIFY(metrics.find("application/json;charset=utf-8") != std::string::npos);
    QVERIFY(metrics.find("\"SOURCE.s\":{\"EventReceivedCount\":") != std::string::npos);
    QVERIFY(get("GET /").starts_with("HTTP/1.1 200"));
    QVERIFY(get("GET /other").starts_with("HTTP/1.1 404"));
    QVERIFY(get("OPTIONS /metrics").starts_with("HTTP/1.1 403"));
}

MILLRACE_TEST(AgentTest)
#include "tst_agent.moc"
