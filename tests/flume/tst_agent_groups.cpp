#include "flume/agent.h"
#include "flume/support/agent_fixture.h"
#include "flume/support/scripted_sink.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using namespace std::chrono_literals;

class AgentGroupsTest : public QObject {
    Q_OBJECT
private slots:
    void init() { SinkScript::forgetAll(); }
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
};

void AgentGroupsTest::twoChannelsGetEveryEvent() {
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

void AgentGroupsTest::sinksOfOneChannelShareTheEvents() {
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

void AgentGroupsTest::aFailoverGroupChangesOver() {
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

void AgentGroupsTest::aGroupWhoseSinksAllFailIsChangedAndStopped() {
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

void AgentGroupsTest::aLoadBalancedGroupUsesAllSinks() {
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

void AgentGroupsTest::theSinksOfAGroupThatCannotRunSayWhy() {
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

void AgentGroupsTest::aSinkThatIsStoppedMayEndWhatItHasSent_data() {
    QTest::addColumn<QString>("stopped");
    QTest::newRow("a sink alone") << "a/sinks/k";
    QTest::newRow("a group") << "a/sinkgroups/g";
}
void AgentGroupsTest::aSinkThatIsStoppedMayEndWhatItHasSent() {
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

void AgentGroupsTest::aNodeCanBeStoppedAndStarted() {
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

void AgentGroupsTest::sinksThatWereStoppedAtRestLeaveTheEventsToTheOthers() {
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

MILLRACE_TEST(AgentGroupsTest)
#include "tst_agent_groups.moc"
