// The hdfs sink, writing to a disk, loses its power at every step that it asks of the disk, with every kind of loss,
// and fails to sync at every one: an event that has left the channel is in a file, and under its last name a file holds
// whole events only.
#include "base/manual_thread_clock.h"
#include "flume/support/hdfs_bench.h"
#include "support/power_cut_disk.h"
#include "support/test_program.h"

#include <QtTest>

#include <set>
#include <sstream>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using millrace::test::Loss;
using millrace::test::PowerCutDisk;
using namespace std::chrono_literals;
using catalog::Properties;

namespace {

const std::filesystem::path kOut = "/hdfs-under-power-cuts/out"; // nowhere but on the disk in memory

struct Run {
    std::unique_ptr<PowerCutDisk> disk = std::make_unique<PowerCutDisk>();
    std::set<std::string> given;
    std::set<std::string> committed;
};

class Life {
public:
    explicit Life(Run& run)
        : run_(run),
          bench_(Properties{{"hdfs.path", kOut.string() + "/%{day}/%{kind}"},
                            {"hdfs.rollCount", "4"},
                            {"hdfs.rollInterval", "30"},
                            {"hdfs.batchSize", "5"}},
                 *run.disk) {
        if (!bench_.start()) qFatal("it does not start");
    }
    /// A batch for several files; it comes again until it is committed or there is no power.
    void write(int events, const char* day) {
        std::vector<std::string> batch;
        for (int i = 0; i < events; ++i) {
            batch.push_back("event " + std::to_string(run_.given.size()) + std::string(std::size_t(i) * 3, '.'));
            run_.given.insert(batch.back());
            bench_.channel.add(batch.back(), {{"day", day}, {"kind", i % 2 == 0 ? "even" : "odd"}});
        }
        for (int tries = 0; tries < 3 && run_.disk->hasPower() && bench_.channel.waiting() > 0; ++tries)
            if (bench_.drain()) run_.committed.insert(batch.begin(), batch.end());
    }
    void passTime() { bench_.clock.advance(31s); }
    void stop() { bench_.sink->stop(); }

private:
    Run& run_;
    HdfsBench bench_;
};

Run live(const std::function<void(PowerCutDisk&)>& prepare) {
    Run run;
    prepare(*run.disk);
    for (const char* day : {"monday", "tuesday"}) {
        Life life(run);
        life.write(5, day);
        life.write(5, day);
        life.passTime();
        life.write(3, day);
        life.stop();
    }
    return run;
}

struct Found {
    std::map<std::string, int> events; ///< how often each is there
    QString wrong;
};

void look(PowerCutDisk& disk, const std::filesystem::path& directory, const Run& run, Found& found) {
    for (const auto& name : disk.directoriesIn(directory))
        look(disk, directory / name, run, found);
    for (const auto& name : disk.names(directory)) {
        const auto bytes = disk.content(directory / name);
        std::istringstream lines(std::string(bytes.begin(), bytes.end()));
        for (std::string line; std::getline(lines, line);) {
            const bool whole = !lines.eof() && run.given.count(line) > 0;
            if (whole) ++found.events[line];
            if (!whole && !name.ends_with(".tmp"))
                found.wrong = QString::fromStdString(name + " holds \"" + line + "\"");
        }
    }
}

/// What is wrong with what is on the disk; empty when nothing is.
QString wrongWith(PowerCutDisk& disk, const Run& run, bool once) {
    Found found;
    look(disk, kOut, run, found);
    for (const auto& event : run.committed) {
        const int times = found.events[event];
        if (times == 0) return QString::fromStdString(event + " is lost");
        if (once && times > 1) return QString::fromStdString(event + " is there twice");
    }
    return found.wrong;
}

} // namespace

class TestHdfsPowerCut : public QObject {
    Q_OBJECT

private slots:
    void whatWasCommittedIsInAFileAfterEveryCut() {
        const Run whole = live([](PowerCutDisk&) {});
        QCOMPARE(whole.committed.size(), std::size_t(26));
        QCOMPARE(wrongWith(*whole.disk, whole, true), "");
        const int steps = whole.disk->steps();
        QVERIFY2(steps >= 80, qPrintable(QString("only %1 steps").arg(steps)));
        for (int step = 0; step <= steps; ++step)
            for (const auto loss : millrace::test::kLosses) {
                const Run run = live([&](PowerCutDisk& disk) { disk.cutAt(step); });
                const QString wrong = wrongWith(*run.disk->afterLoss(loss), run, false);
                QVERIFY2(
                    wrong.isEmpty(),
                    qPrintable(
                        QString("cut at step %1 of %2, loss %3: %4").arg(step).arg(steps).arg(int(loss)).arg(wrong)));
            }
        qInfo("%d steps, %d losses each, all passed", steps, int(std::size(millrace::test::kLosses)));
    }

    void aSyncThatFailsLosesAndDoublesNothing() {
        const int syncs = live([](PowerCutDisk&) {}).disk->syncs();
        QVERIFY(syncs >= 10);
        for (int number = 0; number < syncs; ++number)
            for (const auto reached : {PowerCutDisk::kNone, PowerCutDisk::kAll})
                for (const auto loss : {Loss::everything, Loss::nothing}) {
                    const Run run = live([&](PowerCutDisk& disk) { disk.failSync(number, reached); });
                    QCOMPARE(run.committed.size(), run.given.size());
                    const QString wrong = wrongWith(*run.disk->afterLoss(loss), run, true);
                    QVERIFY2(wrong.isEmpty(), qPrintable(QString("sync %1 failed: %2").arg(number).arg(wrong)));
                }
        qInfo("%d syncs that fail, all passed", syncs);
    }
};

MILLRACE_TEST(TestHdfsPowerCut)
#include "tst_hdfs_power_cut.moc"
