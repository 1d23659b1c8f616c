#include "flume/agent.h"
#include "flume/support/agent_fixture.h"
#include "flume/support/endless_agent.h"
#include "flume/support/scripted_sink.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using namespace std::chrono_literals;

class AgentRenamesTest : public QObject {
    Q_OBJECT
private slots:
    void init() { SinkScript::forgetAll(); }
    void aRenameKeepsQueueAndCounters();
    void whatIsRenamedLogsUnderItsNewName();
    void twoComponentsSwapNames();
    void aNameThatARemovedChannelHeldLosesNothing();
};

void AgentRenamesTest::aRenameKeepsQueueAndCounters() {
    AgentFixture fixture(simple({{"capacity", "100"}}), scriptedRegistry());
    SinkScript& sink = SinkScript::of("a/sinks/k");
    sink.hold(true);
    fixture->start();
    QTRY_COMPARE(fixture.node("a/channels/c").level.events, std::size_t(100));
    AgentText renamed("a");
    endless(renamed, "pool").channel("pool", {{"capacity", "100"}}).sink("out", "logger", {{"channel", "pool"}});
    renamed.config().sources.front().name = "numbers";
    const ApplyReport report = fixture->apply(
        renamed,
        {{"a/sources/s", "a/sources/numbers"}, {"a/channels/c", "a/channels/pool"}, {"a/sinks/k", "a/sinks/out"}});
    QVERIFY(report.restarted.empty() && report.started.empty() && report.stopped.empty() && report.lost.empty());
    QCOMPARE(fixture.node("a/channels/pool").level.events, std::size_t(100));
    QCOMPARE(fixture.counter("a/channels/pool", "EventPutSuccessCount"), 100);
    QCOMPARE(fixture.counter("a/sources/numbers", "EventAcceptedCount"), 100);
    sink.hold(false);
    QTRY_VERIFY(sink.deliveredCount() > 500);
    QVERIFY(fixture->stop(60s).empty());
    QVERIFY(isSequence(sink.delivered()));
    QCOMPARE(sink.starts(), 1);
}

void AgentRenamesTest::whatIsRenamedLogsUnderItsNewName() {
    const auto config = [](const char* source, const char* sink, const char* group) {
        return AgentText("a")
            .source(source, "seq",
                    {{"channels", "c d"}, {"selector.optional", "d"}, {"batchSize", "5"}, {"totalEvents", "500"}})
            .channel("c", {{"capacity", "1000"}})
            .channel("d", {{"keep-alive", "0"}}) // nothing empties it
            .sink(sink, "null", {{"channel", "c"}, {"logEveryNEvents", "10"}})
            .sink("k", "logger", {{"channel", "c"}})
            .group(group, {"k"}, {{"processor.type", "failover"}});
    };
    AgentFixture fixture(config("s", "n", "g"), scriptedRegistry());
    SinkScript::of("a/sinks/k").hold(true);
    QVERIFY(fixture->stopNode("a/sources/s"));
    fixture->start();
    const ApplyReport report = fixture->apply(
        config("numbers", "nothing", "h"),
        {{"a/sources/s", "a/sources/numbers"}, {"a/sinks/n", "a/sinks/nothing"}, {"a/sinkgroups/g", "a/sinkgroups/h"}});
    QVERIFY(report.restarted.empty() && report.started.empty() && report.stopped.empty());
    SinkScript::of("a/sinks/k").failCycles(true);
    SinkScript::of("a/sinks/k").hold(false);
    QVERIFY(fixture->startNode("a/sources/numbers"));
    QTRY_VERIFY(fixture.log().contains("warning a/sources/numbers: optional channel d: no room"));
    QTRY_VERIFY(fixture.log().contains("info a/sinks/nothing: "));
    QTRY_VERIFY(fixture.log().contains("warning a/sinkgroups/h: sink k failed"));
    for (const char* before : {"a/sources/s:", "a/sinks/n:", "a/sinkgroups/g:"})
        QVERIFY(!fixture.log().contains(before));
}

void AgentRenamesTest::twoComponentsSwapNames() {
    AgentText text("a");
    endless(text, "c").channel("c", {}).channel("d", {{"capacity", "777"}}).sink("k", "logger", {{"channel", "c"}});
    AgentFixture fixture(text, scriptedRegistry());
    SinkScript::of("a/sinks/k").hold(true);
    fixture->start();
    QTRY_COMPARE(fixture.node("a/channels/c").level.events, std::size_t(100));
    AgentText swapped("a");
    endless(swapped, "d").channel("d", {}).channel("c", {{"capacity", "777"}}).sink("k", "logger", {{"channel", "d"}});
    fixture->apply(swapped, {{"a/channels/c", "a/channels/d"}, {"a/channels/d", "a/channels/c"}});
    QCOMPARE(fixture.node("a/channels/d").level.events, std::size_t(100));
    QCOMPARE(fixture.node("a/channels/c").level.capacity, std::size_t(777));
}

void AgentRenamesTest::aNameThatARemovedChannelHeldLosesNothing() {
    AgentText both("a");
    both.source("s", "seq", {{"channels", "c d"}, {"batchSize", "5"}, {"totalEvents", "100"}});
    both.channel("c", {})
        .channel("d", {})
        .sink("k", "logger", {{"channel", "c"}})
        .sink("l", "logger", {{"channel", "d"}});
    AgentFixture fixture(both, scriptedRegistry());
    SinkScript &first = SinkScript::of("a/sinks/k"), &second = SinkScript::of("a/sinks/l");
    first.hold(true);
    second.hold(true);
    fixture->start();
    QTRY_COMPARE(fixture.counter("a/channels/c", "EventPutSuccessCount"), 100);
    QTRY_COMPARE(fixture.counter("a/channels/d", "EventPutSuccessCount"), 100);
    first.hold(false);
    second.hold(false);
    AgentText one("a");
    one.source("s", "seq", {{"channels", "d"}, {"batchSize", "5"}, {"totalEvents", "100"}});
    one.channel("d", {}).sink("k", "logger", {{"channel", "d"}});
    const ApplyReport report = fixture->apply(one, {{"a/channels/c", "a/channels/d"}});
    QVERIFY(report.lost.empty());
    QVERIFY(fixture->stop(60s).empty());
    QCOMPARE(first.deliveredCount() + second.deliveredCount(), std::size_t(200));
}

MILLRACE_TEST(AgentRenamesTest)
#include "tst_agent_renames.moc"
