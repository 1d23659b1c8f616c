#include "flume/agent.h"
#include "flume/support/agent_fixture.h"
#include "flume/support/scripted_sink.h"
#include "support/test_program.h"

#include <QtTest>

#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using namespace std::chrono_literals;

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
    void relativeDirectoriesAreMade();
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
    QTRY_COMPARE(SinkScript::of("a/sinks/k").starts(), 1);
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

MILLRACE_TEST(AgentTest)
#include "tst_agent.moc"
