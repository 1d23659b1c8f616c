#include "flume/support/agent_fixture.h"
#include "flume/support/temporary_file.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
namespace fs = std::filesystem;

namespace {

constexpr int kEvents = 500;

AgentText::Pairs hdfs(AgentText::Pairs more) {
    AgentText::Pairs all{{"channel", "c"},
                         {"hdfs.fileType", "DataStream"},
                         {"hdfs.rollCount", "70"},
                         {"hdfs.rollSize", "0"},
                         {"hdfs.rollInterval", "0"}};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

/// Of all files below, sorted as numbers; -1 for one that has not got its name.
QList<int> numbersBelow(const fs::path& directory) {
    QList<int> all;
    for (const auto& entry : fs::recursive_directory_iterator(directory)) {
        if (!entry.is_regular_file()) continue;
        if (entry.path().extension() == ".tmp") all << -1;
        const QString text = QString::fromStdString(contentOf(entry.path()));
        for (const QString& line : text.split('\n', Qt::SkipEmptyParts))
            all << line.toInt();
    }
    std::sort(all.begin(), all.end());
    return all;
}

QList<int> eachOnce() {
    QList<int> all;
    for (int i = 0; i < kEvents; ++i)
        all << i;
    return all;
}

AgentText counting() {
    return AgentText("a")
        .source("s", "seq", {{"channels", "c"}, {"totalEvents", std::to_string(kEvents)}, {"batchSize", "20"}})
        .channel("c", {});
}

} // namespace

class TestSinkHdfsAgent : public QObject {
    Q_OBJECT

private slots:
    void aStopGivesAllFilesTheirNames() {
        AgentFixture fixture(counting().sink("k", "hdfs", hdfs({{"hdfs.path", "out"}})));
        fixture->start();
        QTRY_COMPARE(fixture.counter("a/sinks/k", "EventDrainSuccessCount"), kEvents);
        const fs::path out = fixture.directory() / "out";
        (void)fixture->stop(std::chrono::seconds(10));
        QCOMPARE(numbersBelow(out), eachOnce());
    }

    void aGroupGoesOnWithAnotherSink() {
        AgentText text =
            counting()
                .sink("k", "hdfs", hdfs({{"hdfs.path", "taken/out"}}))
                .sink("l", "hdfs", hdfs({{"hdfs.path", "out"}}))
                .group("g", {"k", "l"},
                       {{"processor.type", "failover"}, {"processor.priority.k", "10"}, {"processor.priority.l", "5"}});
        AgentFixture fixture(text);
        appendTo(fixture.directory() / "taken", "a file where a directory should be");
        fixture->start();
        QTRY_COMPARE(fixture.counter("a/sinks/l", "EventDrainSuccessCount"), kEvents);
        QCOMPARE(fixture.state("a/sinks/k"), toString(NodeState::failing));
        (void)fixture->stop(std::chrono::seconds(10));
        QCOMPARE(numbersBelow(fixture.directory() / "out"), eachOnce());
    }

    void twoSinksOfOneChannelShareADirectory() {
        AgentFixture fixture(
            counting().sink("k", "hdfs", hdfs({{"hdfs.path", "out"}})).sink("l", "hdfs", hdfs({{"hdfs.path", "out"}})));
        fixture->start();
        QTRY_COMPARE(fixture.counter("a/sinks/k", "EventDrainSuccessCount") +
                         fixture.counter("a/sinks/l", "EventDrainSuccessCount"),
                     kEvents);
        (void)fixture->stop(std::chrono::seconds(10));
        QCOMPARE(numbersBelow(fixture.directory() / "out"), eachOnce());
    }
};

MILLRACE_TEST(TestSinkHdfsAgent)
#include "tst_sink_hdfs_agent.moc"
