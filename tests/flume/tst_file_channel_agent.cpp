// The file channel in an agent: what a stop leaves in it, and changes while it runs.
#include "base/manual_thread_clock.h"
#include "flume/support/agent_fixture.h"
#include "flume/support/endless_agent.h"
#include "flume/support/scripted_sink.h"
#include "support/test_program.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using namespace std::chrono_literals;

namespace {

/// seq → file → a scripted sink. The directories outlive an agent.
class Line {
public:
    AgentText with(const Pairs& more, const std::string& total = "500") const {
        Pairs channel{{"checkpointDir", path("checkpoint")}, {"dataDirs", path("data")}};
        channel.insert(channel.end(), more.begin(), more.end());
        AgentText text("a");
        if (!total.empty()) text.source("s", "seq", {{"channels", "c"}, {"totalEvents", total}, {"batchSize", "7"}});
        return text.channel("c", channel, "file").sink("k", "logger", {{"channel", "c"}});
    }
    std::string path(const char* name) const { return directory_.filePath(name).toStdString(); }

private:
    QTemporaryDir directory_;
};

} // namespace

class FileChannelAgentTest : public QObject {
    Q_OBJECT
private slots:
    void init() { SinkScript::forgetAll(); }

    void whatAStopLeavesIsKeptAndDelivered() {
        const Line line;
        SinkScript& sink = SinkScript::of("a/sinks/k");
        sink.hold(true);
        {
            AgentFixture fixture(line.with({}), scriptedRegistry());
            fixture->start();
            QTRY_COMPARE(fixture.node("a/channels/c").level.events, std::size_t(500));
            const auto left = fixture->stop(60s); // nothing waits for what is safe
            QCOMPARE(left.size(), std::size_t(1));
            QCOMPARE(left.front().events, std::size_t(500));
            QVERIFY(!left.front().lost);
            QCOMPARE(fixture.node("a/channels/c").level.events, std::size_t(500)); // still there to see
        }
        sink.hold(false);
        AgentFixture fixture(line.with({}, ""), scriptedRegistry());
        fixture->start();
        QTRY_COMPARE(sink.deliveredCount(), std::size_t(500));
        QCOMPARE(sink.delivered(), numbers(500));
        QVERIFY(fixture->stop(60s).empty());
    }

    void itsSettingsChangeWithoutARestart() {
        const Line line;
        AgentFixture fixture(line.with({}), scriptedRegistry());
        fixture->start();
        const auto report = fixture->apply(
            line.with({{"capacity", "20000"}, {"maxFileSize", "100000"}, {"checkpointInterval", "2000"}}), {});
        QCOMPARE(report.live, Ids{"a/channels/c"});
        QCOMPARE(fixture.node("a/channels/c").level.capacity, std::size_t(20'000));
        QTRY_COMPARE(SinkScript::of("a/sinks/k").delivered(), numbers(500));
    }

    void anotherDirectoryIsTakenUpOnceTheOldChannelHasLetGo() {
        const Line line;
        ManualThreadClock clock;
        AgentFixture fixture(line.with({}), scriptedRegistry(), clock);
        SinkScript& sink = SinkScript::of("a/sinks/k");
        sink.hold(true);
        fixture->start();
        clock.advance(1s);
        QCOMPARE(fixture.node("a/channels/c").level.events, std::size_t(500));
        const auto report =
            fixture->apply(line.with({{"dataDirs", line.path("data") + "," + line.path("more")}}, ""), {});
        QCOMPARE(report.restarted, Ids{"a/channels/c"});
        QVERIFY(report.lost.empty());
        sink.hold(false);
        clock.advance(10s);
        QCOMPARE(sink.delivered(), numbers(500));
    }

    void aChannelThatIsStoppedByHandGoesOnWhereItWas() {
        const Line line;
        ManualThreadClock clock;
        AgentFixture fixture(line.with({}), scriptedRegistry(), clock);
        SinkScript& sink = SinkScript::of("a/sinks/k");
        sink.hold(true);
        fixture->start();
        clock.advance(1s);
        QVERIFY(fixture->stopNode("a/channels/c"));
        QCOMPARE(fixture.state("a/channels/c"), toString(NodeState::stopped));
        sink.hold(false);
        clock.advance(1s);
        QCOMPARE(sink.deliveredCount(), std::size_t(0));
        QVERIFY(fixture->startNode("a/channels/c"));
        clock.advance(10s);
        QCOMPARE(sink.delivered(), numbers(500));
    }
};

MILLRACE_TEST(FileChannelAgentTest)
#include "tst_file_channel_agent.moc"
