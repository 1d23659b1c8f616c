#include "flume/agent.h"
#include "flume/channels/memory_channel.h"
#include "flume/support/agent_fixture.h"
#include "flume/support/endless_agent.h"
#include "flume/support/scripted_sink.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>
#include <atomic>
#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using namespace std::chrono_literals;

class AgentApplyTest : public QObject {
    Q_OBJECT
private slots:
    void init() { SinkScript::forgetAll(); }
    void theSameConfigurationChangesNothing();
    void aSecondChannelAndSinkJoinWithoutARestart();
    void aChannelGrowsInPlace();
    void aBatchSizeChangesInPlace();
    void interceptorsChangeInPlace();
    void aSinkMovesToAnotherChannel();
    void aRestartPropertyRebuildsOnlyItsComponent();
    void aRemovedChannelIsDrainedFirst();
    void whatCannotBeDrainedIsReported();
    void aRetypedChannelHandsOver();
    void sinksAreGroupedAndUngroupedWithoutARestart();
    void aProcessorChangesInPlace();
    void itIsWatchedWhileItChanges();
    void manyChangesLoseNothing();
};

void AgentApplyTest::theSameConfigurationChangesNothing() {
    AgentFixture fixture(simple(), scriptedRegistry());
    fixture->start();
    const ApplyReport report = fixture->apply(simple(), {});
    QVERIFY(report.live.empty() && report.restarted.empty() && report.started.empty() && report.stopped.empty());
    QCOMPARE(SinkScript::of("a/sinks/k").starts(), 1);
}

void AgentApplyTest::aSecondChannelAndSinkJoinWithoutARestart() {
    AgentFixture fixture(simple(), scriptedRegistry());
    fixture->start();
    QTRY_VERIFY(SinkScript::of("a/sinks/k").deliveredCount() > 100);
    const auto startedMs = fixture.node("a/sources/s").startedMs;

    AgentText both("a");
    endless(both, "c d").channel("c", {{"capacity", "5000"}}).channel("d", {{"capacity", "5000"}});
    both.sink("k", "logger", {{"channel", "c"}}).sink("l", "logger", {{"channel", "d"}});
    const ApplyReport report = fixture->apply(both, {});
    QCOMPARE(report.live, Ids{"a/sources/s"});
    QCOMPARE(report.started, (Ids{"a/channels/d", "a/sinks/l"}));
    QVERIFY(report.restarted.empty());
    QTRY_VERIFY(SinkScript::of("a/sinks/l").deliveredCount() > 100);
    QCOMPARE(fixture.node("a/sources/s").startedMs, startedMs);

    const ApplyReport undone = fixture->apply(simple(), {});
    QCOMPARE(undone.stopped, (Ids{"a/channels/d", "a/sinks/l"}));
    QVERIFY(undone.lost.empty());
    QCOMPARE(SinkScript::of("a/sinks/l").stops(), 1);
    const std::size_t before = SinkScript::of("a/sinks/k").deliveredCount();
    QTRY_VERIFY(SinkScript::of("a/sinks/k").deliveredCount() > before);
    QVERIFY(fixture->stop(60s).empty());
    QCOMPARE(SinkScript::of("a/sinks/k").starts(), 1);
    QVERIFY(isSequence(SinkScript::of("a/sinks/k").delivered()));
    const auto branch = SinkScript::of("a/sinks/l").delivered();
    QVERIFY(isSequence(branch, std::stoul(branch.front())));
}

void AgentApplyTest::aChannelGrowsInPlace() {
    AgentFixture fixture(simple({{"capacity", "100"}}), scriptedRegistry());
    SinkScript::of("a/sinks/k").hold(true);
    fixture->start();
    QTRY_COMPARE(fixture.node("a/channels/c").level.events, std::size_t(100));
    const ApplyReport report = fixture->apply(simple({{"capacity", "300"}}), {});
    QCOMPARE(report.live, Ids{"a/channels/c"});
    QTRY_COMPARE(fixture.node("a/channels/c").level.events, std::size_t(300));
    SinkScript::of("a/sinks/k").hold(false);
    QTRY_VERIFY(SinkScript::of("a/sinks/k").deliveredCount() > 1000);
    QVERIFY(fixture->stop(60s).empty());
    QVERIFY(isSequence(SinkScript::of("a/sinks/k").delivered()));
}

void AgentApplyTest::aBatchSizeChangesInPlace() {
    AgentFixture fixture(simple(), scriptedRegistry());
    fixture->start();
    QTRY_VERIFY(SinkScript::of("a/sinks/k").deliveredCount() > 0);
    AgentText other("a");
    endless(other, "c").channel("c", {{"capacity", "5000"}}).sink("k", "logger", {{"channel", "c"}});
    other.config().sources.front().properties["batchSize"] = "50";
    const ApplyReport report = fixture->apply(other, {});
    QCOMPARE(report.live, Ids{"a/sources/s"});
    QVERIFY(fixture->stop(60s).empty());
    QVERIFY(isSequence(SinkScript::of("a/sinks/k").delivered())); // a restart would count from 0 again
}

void AgentApplyTest::interceptorsChangeInPlace() {
    AgentFixture fixture(simple(), scriptedRegistry());
    fixture->start();
    QTRY_VERIFY(SinkScript::of("a/sinks/k").deliveredCount() > 0);
    AgentText filtering("a");
    endless(filtering, "c",
            {{"interceptors", "f"}, {"interceptors.f.type", "regex_filter"}, {"interceptors.f.regex", "7$"}})
        .channel("c", {{"capacity", "5000"}})
        .sink("k", "logger", {{"channel", "c"}});
    QCOMPARE(fixture->apply(filtering, {}).live, Ids{"a/sources/s"});
    const auto lastIsFiltered = [&] {
        const auto all = SinkScript::of("a/sinks/k").delivered();
        return all.size() > 20 &&
               std::all_of(all.end() - 20, all.end(), [](const auto& body) { return body.back() == '7'; });
    };
    QTRY_VERIFY(lastIsFiltered());
    QVERIFY(fixture->tap("a/sources/s", 0, 5, 10));
}

void AgentApplyTest::aSinkMovesToAnotherChannel() {
    const auto config = [](const char* channel) {
        AgentText text("a");
        return endless(text, "c d")
            .channel("c", {{"capacity", "200"}})
            .channel("d", {{"capacity", "200"}})
            .sink("k", "logger", {{"channel", channel}});
    };
    AgentFixture fixture(config("c"), scriptedRegistry());
    fixture->start();
    // Nothing empties d, so the source waits for it in the end.
    QTRY_COMPARE(fixture.state("a/sources/s"), toString(NodeState::waiting));
    QCOMPARE(fixture->apply(config("d"), {}).live, Ids{"a/sinks/k"});
    QTRY_VERIFY(fixture.counter("a/channels/d", "EventTakeSuccessCount") > 0);
    QCOMPARE(SinkScript::of("a/sinks/k").starts(), 1);
}

void AgentApplyTest::aRestartPropertyRebuildsOnlyItsComponent() {
    AgentFixture fixture(simple(), scriptedRegistry());
    fixture->start();
    QTRY_VERIFY(SinkScript::of("a/sinks/k").deliveredCount() > 0);
    AgentText other("a");
    other.source("s", kStress, {{"channels", "c"}, {"size", "3"}})
        .channel("c", {{"capacity", "5000"}})
        .sink("k", "logger", {{"channel", "c"}});
    const ApplyReport report = fixture->apply(other, {});
    QCOMPARE(report.restarted, Ids{"a/sources/s"});
    QVERIFY(report.live.empty());
    QTRY_COMPARE(SinkScript::of("a/sinks/k").delivered().back(), std::string(3, '\x7f'));
    QCOMPARE(SinkScript::of("a/sinks/k").starts(), 1);
    QCOMPARE(fixture.node("a/sources/s").type, std::string("stress"));
}

void AgentApplyTest::aRemovedChannelIsDrainedFirst() {
    AgentText text("a");
    endless(text, "c d").channel("c", {{"capacity", "5000"}}).channel("d", {{"capacity", "5000"}});
    text.sink("k", "logger", {{"channel", "c"}}).sink("l", "logger", {{"channel", "d"}});
    AgentFixture fixture(text, scriptedRegistry());
    SinkScript& sink = SinkScript::of("a/sinks/l");
    sink.hold(true);
    fixture->start();
    QTRY_VERIFY(fixture.node("a/channels/d").level.events >= 1000);
    sink.hold(false);
    const ApplyReport report = fixture->apply(simple(), {});
    QVERIFY(report.lost.empty());
    QVERIFY(sink.deliveredCount() >= 1000);
    QVERIFY(isSequence(sink.delivered()));
    QCOMPARE(report.stopped, (Ids{"a/channels/d", "a/sinks/l"}));
}

void AgentApplyTest::whatCannotBeDrainedIsReported() {
    AgentText text("a");
    endless(text, "c d").channel("c", {{"capacity", "5000"}}).channel("d", {{"capacity", "200"}});
    text.sink("k", "logger", {{"channel", "c"}});
    AgentFixture fixture(text, scriptedRegistry());
    fixture->start();
    QTRY_COMPARE(fixture.node("a/channels/d").level.events, std::size_t(200)); // no sink empties it
    const ApplyReport report = fixture->apply(simple(), {});
    QCOMPARE(report.lost.size(), std::size_t(1));
    QCOMPARE(report.lost.front().channel, std::string("a/channels/d"));
    QCOMPARE(report.lost.front().events, std::size_t(200));
    const std::size_t before = SinkScript::of("a/sinks/k").deliveredCount();
    QTRY_VERIFY(SinkScript::of("a/sinks/k").deliveredCount() > before + 1000);
}

void AgentApplyTest::aRetypedChannelHandsOver() {
    // A second class of channel that is memory all the same.
    Registry registry = scriptedRegistry();
    const catalog::ComponentSpec& pseudo =
        specOf(catalog::ComponentKind::channel, "org.apache.flume.channel.file.FileChannel");
    registry.add(pseudo.className, [](Settings&, const ComponentServices& context) {
        const auto config = makeConfig(catalog::ComponentKind::channel, "c", "memory", {{"capacity", "5000"}});
        Settings settings(config);
        return MemoryChannel::make(settings, context);
    });
    AgentFixture fixture(simple(), registry);
    fixture->start();
    QTRY_VERIFY(SinkScript::of("a/sinks/k").deliveredCount() > 100);
    AgentText retyped("a");
    endless(retyped, "c").channel("c", {}, std::string(pseudo.className)).sink("k", "logger", {{"channel", "c"}});
    const ApplyReport report = fixture->apply(retyped, {});
    QCOMPARE(report.restarted, Ids{"a/channels/c"});
    QVERIFY(report.lost.empty());
    const std::size_t before = SinkScript::of("a/sinks/k").deliveredCount();
    QTRY_VERIFY(SinkScript::of("a/sinks/k").deliveredCount() > before + 500);
    QVERIFY(fixture->stop(60s).empty());
    QVERIFY(isSequence(SinkScript::of("a/sinks/k").delivered()));
}

void AgentApplyTest::sinksAreGroupedAndUngroupedWithoutARestart() {
    const auto config = [](bool grouped) {
        AgentText text("a");
        endless(text, "c").channel("c", {{"capacity", "5000"}});
        text.sink("k", "logger", {{"channel", "c"}}).sink("l", "logger", {{"channel", "c"}});
        if (grouped) text.group("g", {"k", "l"}, {{"processor.type", "load_balance"}});
        return text;
    };
    AgentFixture fixture(config(false), scriptedRegistry());
    SinkScript &first = SinkScript::of("a/sinks/k"), &second = SinkScript::of("a/sinks/l");
    fixture->start();
    QTRY_VERIFY(first.deliveredCount() > 0 && second.deliveredCount() > 0);
    fixture->apply(config(true), {});
    QCOMPARE(fixture.state("a/sinkgroups/g"), toString(NodeState::running));
    std::size_t before = first.deliveredCount();
    QTRY_VERIFY(first.deliveredCount() > before + 100);
    fixture->apply(config(false), {});
    before = second.deliveredCount();
    QTRY_VERIFY(second.deliveredCount() > before);
    QVERIFY(fixture->stop(60s).empty());
    for (const SinkScript* sink : {&first, &second}) {
        QCOMPARE(sink->starts(), 1);
        QCOMPARE(sink->stops(), 1);
    }
    QCOMPARE(std::int64_t(first.deliveredCount() + second.deliveredCount()),
             fixture.counter("a/sources/s", "EventAcceptedCount"));
}

void AgentApplyTest::aProcessorChangesInPlace() {
    const auto config = [](const char* type) {
        AgentText text("a");
        endless(text, "c").channel("c", {{"capacity", "5000"}});
        return text.sink("k", "logger", {{"channel", "c"}})
            .sink("l", "logger", {{"channel", "c"}})
            .group("g", {"k", "l"},
                   {{"processor.type", type}, {"processor.priority.k", "9"}, {"processor.priority.l", "1"}});
    };
    AgentFixture fixture(config("failover"), scriptedRegistry());
    fixture->start();
    QTRY_VERIFY(SinkScript::of("a/sinks/k").deliveredCount() > 100);
    QCOMPARE(SinkScript::of("a/sinks/l").deliveredCount(), std::size_t(0));
    QCOMPARE(fixture->apply(config("load_balance"), {}).live, Ids{"a/sinkgroups/g"});
    QTRY_VERIFY(SinkScript::of("a/sinks/l").deliveredCount() > 100);
    QCOMPARE(SinkScript::of("a/sinks/k").starts(), 1);
}

void AgentApplyTest::itIsWatchedWhileItChanges() {
    const auto config = [](int variant) {
        AgentText text = simple();
        text.channel("d", {{"capacity", variant % 2 ? "10" : "1000"}}); // 10 is below its transactionCapacity
        text.sink("l", "logger", {{"channel", "d"}}).sink("m", "logger", {{"channel", "c"}});
        const bool both = variant % 3 != 0;
        if (both) text.group("g", {"k", "l"}, {{"processor.type", "failover"}});
        text.group("h", both ? Ids{"m"} : Ids{"m", "l"}, {{"processor.type", "failover"}});
        return text;
    };
    AgentFixture fixture(config(0), scriptedRegistry());
    fixture->start();
    std::atomic<bool> done{false};
    std::atomic<int> looks{0}, missing{0};
    std::thread watcher([&] {
        while (!done) {
            const std::vector<NodeStatus> all = fixture->status();
            for (const char* id : {"a/sources/s", "a/channels/c", "a/sinks/k", "a/sinkgroups/h"})
                if (std::none_of(all.begin(), all.end(), [&](const auto& node) { return node.id == id; })) ++missing;
            if (fixture->metricsJson().find("CHANNEL.c") == std::string::npos)
                ++missing; // logger sinks have no metrics
            if (!fixture->tap("a/sinks/k", 0, 1, 10)) ++missing;
            ++looks;
        }
    });
    for (int variant = 1; variant < 60; ++variant) {
        fixture->apply(config(variant), {});
        const int before = looks;
        QTRY_VERIFY(looks > before);
    }
    done = true;
    watcher.join();
    QCOMPARE(missing.load(), 0);
}

void AgentApplyTest::manyChangesLoseNothing() {
    const auto config = [](int variant) {
        AgentText text("a");
        endless(text, variant % 2 ? "c d" : "c").channel("c", {{"capacity", variant % 3 ? "5000" : "300"}});
        text.sink("k", "logger", {{"channel", "c"}}).sink("m", "logger", {{"channel", "c"}});
        if (variant % 2) text.channel("d", {}).sink("l", "logger", {{"channel", "d"}});
        if (variant % 4 >= 2)
            text.group("g", {"k", "m"}, {{"processor.type", variant % 8 >= 4 ? "failover" : "load_balance"}});
        return text;
    };
    AgentFixture fixture(config(0), scriptedRegistry());
    fixture->start();
    for (int variant = 1; variant < 40; ++variant) {
        const ApplyReport report = fixture->apply(config(variant), {});
        QVERIFY(report.lost.empty());
        const std::size_t before =
            SinkScript::of("a/sinks/k").deliveredCount() + SinkScript::of("a/sinks/m").deliveredCount();
        QTRY_VERIFY(SinkScript::of("a/sinks/k").deliveredCount() + SinkScript::of("a/sinks/m").deliveredCount() >
                    before);
    }
    QVERIFY(fixture->stop(60s).empty());
    auto all = SinkScript::of("a/sinks/k").delivered();
    for (const auto& body : SinkScript::of("a/sinks/m").delivered())
        all.push_back(body);
    std::sort(all.begin(), all.end());
    QVERIFY(std::adjacent_find(all.begin(), all.end()) == all.end());
    QCOMPARE(std::int64_t(all.size()), fixture.counter("a/sources/s", "EventAcceptedCount"));
    QCOMPARE(SinkScript::of("a/sinks/k").starts(), 1);
}

MILLRACE_TEST(AgentApplyTest)
#include "tst_agent_apply.moc"
