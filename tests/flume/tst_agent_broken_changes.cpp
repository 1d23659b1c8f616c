#include "flume/agent.h"
#include "flume/support/agent_fixture.h"
#include "flume/support/endless_agent.h"
#include "flume/support/scripted_sink.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

class AgentBrokenChangesTest : public QObject {
    Q_OBJECT
private slots:
    void init() { SinkScript::forgetAll(); }
    void aRemovedSourceDeliversWhatItHad();
    void aBrokenChangeLeavesTheOldOneRunning();
    void aBrokenInterceptorLeavesTheOldOneRunning();
    void aSourceThatLostItsChannelInABrokenChangeComesBack();
    void aLeftOutComponentIsBuiltOnceItsConfigurationIsMended();
};

void AgentBrokenChangesTest::aRemovedSourceDeliversWhatItHad() {
    AgentFixture fixture(simple(), scriptedRegistry());
    fixture->start();
    QTRY_VERIFY(SinkScript::of("a/sinks/k").deliveredCount() > 100);
    AgentText without("a");
    without.channel("c", {{"capacity", "5000"}}).sink("k", "logger", {{"channel", "c"}});
    QCOMPARE(fixture->apply(without, {}).stopped, Ids{"a/sources/s"});
    QTRY_COMPARE(fixture.node("a/channels/c").level.events, std::size_t(0));
    QVERIFY(isSequence(SinkScript::of("a/sinks/k").delivered()));
    QVERIFY(fixture.node("a/sources/s").id.empty());
}

void AgentBrokenChangesTest::aBrokenChangeLeavesTheOldOneRunning() {
    AgentFixture fixture(simple(), scriptedRegistry());
    fixture->start();
    fixture->apply(simple({{"capacity", "10"}, {"transactionCapacity", "50"}}), {});
    QVERIFY(fixture.log().contains("transactionCapacity 50 is above capacity 10"));
    QCOMPARE(fixture.node("a/channels/c").level.capacity, std::size_t(5000));
    const std::size_t before = SinkScript::of("a/sinks/k").deliveredCount();
    QTRY_VERIFY(SinkScript::of("a/sinks/k").deliveredCount() > before);
}

void AgentBrokenChangesTest::aBrokenInterceptorLeavesTheOldOneRunning() {
    const auto config = [](const char* regex) {
        AgentText text("a");
        return endless(
                   text, "c",
                   {{"interceptors", "f"}, {"interceptors.f.type", "regex_filter"}, {"interceptors.f.regex", regex}})
            .channel("c", {{"capacity", "5000"}})
            .sink("k", "logger", {{"channel", "c"}});
    };
    const SinkScript& sink = SinkScript::of("a/sinks/k");
    const auto lastEndWith = [&](char digit) {
        const auto all = sink.delivered();
        return all.size() > 20 &&
               std::all_of(all.end() - 20, all.end(), [&](const auto& body) { return body.back() == digit; });
    };
    AgentFixture fixture(config("7$"), scriptedRegistry());
    fixture->start();
    QTRY_VERIFY(lastEndWith('7'));
    QVERIFY(fixture->apply(config("[0-9&&[^7]]$"), {}).live.empty());
    QVERIFY(fixture.log().contains("error a/sources/s: not changed: interceptor f"));
    const std::size_t before = sink.deliveredCount();
    QTRY_VERIFY(sink.deliveredCount() > before + 20);
    QVERIFY(lastEndWith('7'));
    QCOMPARE(fixture->apply(config("3$"), {}).live, Ids{"a/sources/s"});
    QTRY_VERIFY(lastEndWith('3'));
}

void AgentBrokenChangesTest::aSourceThatLostItsChannelInABrokenChangeComesBack() {
    const auto config = [](const char* channel, const char* regex) {
        AgentText text("a");
        return endless(
                   text, channel,
                   {{"interceptors", "f"}, {"interceptors.f.type", "regex_filter"}, {"interceptors.f.regex", regex}})
            .channel(channel, {{"capacity", "5000"}})
            .sink("k", "logger", {{"channel", channel}});
    };
    const SinkScript& sink = SinkScript::of("a/sinks/k");
    AgentFixture fixture(config("c", ".*"), scriptedRegistry());
    fixture->start();
    QTRY_VERIFY(sink.deliveredCount() > 100);
    QVERIFY(fixture->apply(config("d", "("), {}).lost.empty());
    QCOMPARE(fixture.state("a/sources/s"), toString(NodeState::failing));
    QVERIFY(fixture->startNode("a/sources/s")); // nothing that could start
    QCOMPARE(fixture.state("a/sources/s"), toString(NodeState::failing));
    QCOMPARE(fixture->apply(config("d", ".*"), {}).restarted, Ids{"a/sources/s"});
    const std::size_t before = sink.deliveredCount();
    QTRY_VERIFY(sink.deliveredCount() > before + 100);
}

void AgentBrokenChangesTest::aLeftOutComponentIsBuiltOnceItsConfigurationIsMended() {
    AgentFixture fixture(simple({{"capacity", "10"}}), scriptedRegistry()); // below the default transactionCapacity
    fixture->start();
    QCOMPARE(fixture.state("a/channels/c"), toString(NodeState::failing));
    QCOMPARE(fixture.state("a/sources/s"), toString(NodeState::failing));
    fixture->apply(simple(), {});
    QTRY_VERIFY(SinkScript::of("a/sinks/k").deliveredCount() > 100);
    QVERIFY(fixture.node("a/sources/s").failure.message.empty());
}

MILLRACE_TEST(AgentBrokenChangesTest)
#include "tst_agent_broken_changes.moc"
