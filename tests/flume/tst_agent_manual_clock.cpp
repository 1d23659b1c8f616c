#include "base/manual_thread_clock.h"
#include "flume/support/agent_fixture.h"
#include "flume/support/scripted_sink.h"
#include "support/test_program.h"

#include <QDir>
#include <QDirIterator>
#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using namespace std::chrono_literals;

namespace {

/// A whole agent whose threads and time are the test's.
struct Simulated {
    explicit Simulated(const catalog::AgentConfig& config) : fixture(config, scriptedRegistry(), clock) {}
    void advance(std::chrono::milliseconds time) { clock.advance(time); }
    std::int64_t drained(const std::string& sink) { return fixture.counter(sink, "EventDrainSuccessCount"); }
    ManualThreadClock clock;
    AgentFixture fixture;
};

AgentText stress(int perSecond) {
    return AgentText("a")
        .source("s", "org.apache.flume.source.StressSource",
                {{"channels", "c"}, {"size", "3"}, {"maxEventsPerSecond", std::to_string(perSecond)}})
        .channel("c", {{"capacity", "100"}, {"transactionCapacity", "100"}, {"keep-alive", "2"}});
}

AgentText numbers(int count) {
    return AgentText("a")
        .source("s", "seq", {{"channels", "c"}, {"batchSize", "10"}, {"totalEvents", std::to_string(count)}})
        .channel("c", {{"capacity", "1000"}});
}

} // namespace

class AgentManualClockTest : public QObject {
    Q_OBJECT
private slots:
    void init() { SinkScript::forgetAll(); }

    void aRateIsKeptToTheEvent() {
        Simulated agent(stress(10).sink("k", "null", {{"channel", "c"}}));
        agent.fixture->start();
        agent.advance(0ms);
        QCOMPARE(agent.drained("a/sinks/k"), 0);
        agent.advance(1s);
        QCOMPARE(agent.drained("a/sinks/k"), 10);
        agent.advance(1h);
        QCOMPARE(agent.drained("a/sinks/k"), 36'010);
    }

    void aFileRollsAtItsInterval() {
        Simulated agent(stress(1).sink(
            "k", "file_roll",
            {{"channel", "c"}, {"sink.directory", "out"}, {"sink.rollInterval", "5"}, {"sink.batchSize", "1"}}));
        agent.fixture->start();
        agent.advance(17s);
        // One from the start on, then at 5, 10 and 15 s; nothing sleeps between.
        const QDir out(QString::fromStdString((agent.fixture.directory() / "out").string()));
        QCOMPARE(out.entryList(QDir::Files).size(), 4);
        QCOMPARE(agent.drained("a/sinks/k"), 17);
    }

    void aFailingSinkRestsLongerEachTimeAndGoesOn() {
        Simulated agent(numbers(10).sink("k", "logger", {{"channel", "c"}}));
        SinkScript& script = SinkScript::of("a/sinks/k");
        script.failCycles(true);
        agent.fixture->start();
        agent.advance(1min);
        // Flume: an error of a sink rests for 5 s, so that a minute has 13 tries.
        QCOMPARE(agent.fixture.node("a/sinks/k").failuresInRow, 13);
        QVERIFY(script.delivered().empty());
        script.failCycles(false);
        agent.advance(4s);
        QVERIFY(script.delivered().empty());
        agent.advance(1s);
        QCOMPARE(script.deliveredCount(), std::size_t(10));
        QCOMPARE(agent.fixture.node("a/sinks/k").failuresInRow, 0);
    }

    void aSinkThatDoesNotStartIsTriedEveryThreeSeconds() {
        Simulated agent(numbers(10).sink("k", "logger", {{"channel", "c"}}));
        SinkScript& script = SinkScript::of("a/sinks/k");
        script.failStarts(true);
        agent.fixture->start();
        agent.advance(29s);
        QCOMPARE(agent.fixture.node("a/sinks/k").failuresInRow, 10);
        script.failStarts(false);
        agent.advance(1s);
        QCOMPARE(script.starts(), 1);
        QCOMPARE(script.deliveredCount(), std::size_t(10));
    }

    void aFullChannelHoldsItsSourceForKeepAlive() {
        Simulated agent(stress(1000).sink("k", "logger", {{"channel", "c"}}));
        SinkScript::of("a/sinks/k").hold(true);
        agent.fixture->start();
        agent.advance(1s);
        QCOMPARE(agent.fixture.state("a/sources/s"), "waiting");
        QCOMPARE(agent.fixture.node("a/sources/s").failuresInRow, 0);
        agent.advance(1200ms); // full after 100 ms, and then two seconds
        QCOMPARE(agent.fixture.node("a/sources/s").failuresInRow, 1);
        QCOMPARE(agent.fixture.node("a/channels/c").level.events, std::size_t(100));
    }

    void stoppingDrainsInNoTimeAtAll() {
        Simulated agent(numbers(500).sink("k", "logger", {{"channel", "c"}}));
        agent.fixture->start();
        SinkScript::of("a/sinks/k").hold(true);
        agent.advance(1s);
        QCOMPARE(agent.fixture.node("a/channels/c").level.events, std::size_t(500));
        const auto left = agent.fixture->stop(10s);
        QCOMPARE(left.size(), std::size_t(1)); // its sink was held all the ten seconds
        QCOMPARE(left.front().events, std::size_t(500));
        QVERIFY(agent.clock.now() >= MonotonicTime(1h + 11s));
    }

    void theSameRunTwiceIsTheSame() {
        const auto run = [] {
            SinkScript::forgetAll();
            Simulated agent(
                stress(1000)
                    .sink("k", "logger", {{"channel", "c"}})
                    .sink("l", "logger", {{"channel", "c"}})
                    .group("g", {"k", "l"}, {{"processor.type", "load_balance"}, {"processor.selector", "random"}}));
            agent.fixture->start();
            for (int i = 0; i < 20; ++i) {
                SinkScript::of("a/sinks/k").failCycles(i % 3 == 0);
                agent.advance(250ms);
            }
            return std::pair(SinkScript::of("a/sinks/k").deliveredCount(),
                             SinkScript::of("a/sinks/l").deliveredCount());
        };
        const auto first = run();
        QVERIFY(first.first > 0 && first.second > 0);
        QVERIFY(run() == first);
    }

    void nothingInFlumeAsksTheSystemForTime_data() {
        QTest::addColumn<QString>("call");
        for (const char* call : {"systemNow(", "systemEpochMs(", "sleep_for", "sleep_until", "steady_clock::now",
                                 "system_clock::now", "wait_for(", "gettimeofday", "clock_gettime", "std::time("})
            QTest::newRow(call) << call;
    }
    void nothingInFlumeAsksTheSystemForTime() {
        QFETCH(QString, call);
        QStringList found;
        int files = 0;
        QDirIterator all(MILLRACE_SOURCE_DIR "/engine/flume", {"*.h", "*.cpp"}, QDir::Files,
                         QDirIterator::Subdirectories);
        while (all.hasNext()) {
            QFile file(all.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            ++files;
            if (file.readAll().contains(call.toUtf8())) found << file.fileName();
        }
        QVERIFY(files > 50);
        QCOMPARE(found, QStringList());
    }
};

MILLRACE_TEST(AgentManualClockTest)
#include "tst_agent_manual_clock.moc"
