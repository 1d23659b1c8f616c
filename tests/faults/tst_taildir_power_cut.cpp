// TAILDIR loses its power at every step that it asks of the disk for its positions, with every kind of loss, and is
// started again: no line is lost, and none comes twice that a stop or a power cut in time had saved.
#include "base/manual_thread_clock.h"
#include "catalog/flume/components.h"
#include "flume/sources/taildir/taildir_source.h"
#include "flume/support/component_bench.h"
#include "support/power_cut_disk.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using millrace::test::Loss;
using millrace::test::PowerCutDisk;
using namespace std::chrono_literals;

using Lines = std::vector<std::string>;

namespace {

const std::filesystem::path kRun = "/taildir-under-power-cuts"; // nowhere but on the disk in memory
const std::filesystem::path kLogs = kRun / "logs";

/// One life of the source, which follows two files. What it has delivered is in channels that forget nothing.
class Life : ComponentBench {
public:
    explicit Life(PowerCutDisk& disk) : ComponentBench(catalog::kTaildirSource, disk), disk_(disk) {
        context.runDirectory = kRun;
        context.clock = &clock_;
        auto made = make(&makeTaildirSource, {{"filegroups", "g"},
                                              {"filegroups.g", "logs/.*\\.log"},
                                              {"positionFile", "state/positions.json"},
                                              {"batchSize", "3"},
                                              {"channels", "c"}});
        if (!made) qFatal("%s", made.error().message.c_str());
        source_ = std::move(*made);
    }
    bool start() { return source_->start().has_value(); }
    /// Until it wants to sleep, or there is no power.
    void settle() {
        while (disk_.hasPower()) {
            const auto cycle = source_->cycle(events_);
            if (cycle && cycle->outcome == Cycle::Outcome::idle) return;
        }
    }
    void passTime() {
        settle();
        clock_.advance(2s);
        settle();
    }
    void stop() {
        if (!disk_.hasPower()) return;
        source_->stop();
        while (disk_.hasPower() && !source_->finished())
            (void)source_->cycle(events_);
        if (disk_.hasPower()) source_->stop();
    }
    const Lines& delivered() const { return events_.bodies; }

private:
    PowerCutDisk& disk_;
    ManualThreadClock clock_;
    KeptEvents events_;
    std::unique_ptr<Source> source_;
};

/// Another program, which writes its lines for good.
class Writer {
public:
    explicit Writer(PowerCutDisk& disk) : disk_(disk) {}
    void write(const std::string& file, int count) {
        for (int i = 0; i < count && disk_.hasPower(); ++i) {
            lines_.push_back(file + " " + std::to_string(lines_.size()));
            disk_.appendForGood(kLogs / file, lines_.back() + "\n");
        }
    }
    /// As logrotate does it; the name that the file gets matches no pattern.
    void rotate(const std::string& file) {
        if (disk_.hasPower() && disk_.rename(kLogs / file, kLogs / (file + ".1")))
            (void)disk_.syncDirectory(kLogs).has_value();
    }
    const Lines& lines() const { return lines_; }

private:
    PowerCutDisk& disk_;
    Lines lines_;
};

struct Run {
    std::unique_ptr<PowerCutDisk> disk = std::make_unique<PowerCutDisk>();
    Lines written;
    Lines delivered;
};

/// Writes and follows; `prepare` sets what goes wrong once there is something to follow.
Run follow(bool rotates, const std::function<void(PowerCutDisk&)>& prepare) {
    Run run;
    PowerCutDisk& disk = *run.disk;
    Writer writer(disk);
    writer.write("a.log", 4);
    disk.countAnew();
    prepare(disk);
    Life life(disk);
    if (life.start()) {
        for (int round = 0; round < 4; ++round) {
            life.passTime();
            writer.write("a.log", 2);
            writer.write("b.log", round);
            life.passTime();
            if (rotates && round == 1) writer.rotate("a.log");
        }
        life.stop();
    }
    run.written = writer.lines();
    run.delivered = life.delivered();
    return run;
}

/// What a source delivers that starts on this disk, once it has seen everything.
Lines deliveredBy(PowerCutDisk& disk) {
    Life life(disk);
    if (!life.start()) return {"it does not start"};
    life.passTime();
    life.stop();
    return life.delivered();
}

int timesIn(const Lines& lines, const std::string& line) {
    return int(std::count(lines.begin(), lines.end(), line));
}

/// What is wrong with the two lives; empty when nothing is.
QString wrongWith(const Run& run, const Lines& second) {
    for (const auto& line : run.written) {
        if (timesIn(run.delivered, line) + timesIn(second, line) == 0)
            return QString("%1 is lost").arg(QString::fromStdString(line));
        if (timesIn(run.delivered, line) > 1 || timesIn(second, line) > 1)
            return QString("%1 comes twice in one life").arg(QString::fromStdString(line));
    }
    for (const auto& line : second)
        if (timesIn(run.written, line) == 0) return QString("%1 was never written").arg(QString::fromStdString(line));
    return {};
}

} // namespace

class TestTaildirPowerCut : public QObject {
    Q_OBJECT

    static void rows() {
        QTest::addColumn<bool>("rotates");
        QTest::newRow("two files that grow") << false;
        QTest::newRow("and one of them is rotated away") << true;
    }

private slots:
    void noLineIsLostAfterEveryCut_data() { rows(); }
    void noLineIsLostAfterEveryCut() {
        QFETCH(bool, rotates);
        const int steps = follow(rotates, [](PowerCutDisk&) {}).disk->steps();
        QVERIFY2(steps >= 15, qPrintable(QString("only %1 steps").arg(steps)));
        int starts = 0;
        for (int step = 0; step <= steps; ++step) {
            for (const auto loss : millrace::test::kLosses) {
                const Run run = follow(rotates, [&](PowerCutDisk& disk) { disk.cutAt(step); });
                const auto after = run.disk->afterLoss(loss);
                const Lines second = deliveredBy(*after);
                QString wrong = wrongWith(run, second);
                if (wrong.isEmpty() && step == steps && loss == Loss::nothing && !second.empty())
                    wrong = "lines come again that a clean stop has saved";
                QVERIFY2(
                    wrong.isEmpty(),
                    qPrintable(
                        QString("cut at step %1 of %2, loss %3: %4").arg(step).arg(steps).arg(int(loss)).arg(wrong)));
                QCOMPARE(deliveredBy(*after), Lines()); // the second life has saved what it did
                ++starts;
            }
        }
        qInfo("%d steps, %d starts after a power cut, all passed", steps, starts);
    }

    void noLineIsLostThoughASyncHasFailed_data() { rows(); }
    void noLineIsLostThoughASyncHasFailed() {
        QFETCH(bool, rotates);
        const int syncs = follow(rotates, [](PowerCutDisk&) {}).disk->syncs();
        QVERIFY(syncs >= 3);
        int starts = 0;
        for (int number = 0; number < syncs; ++number) {
            for (const auto reached : {PowerCutDisk::kNone, PowerCutDisk::kAll}) {
                for (const auto loss : millrace::test::kLosses) {
                    const Run run = follow(rotates, [&](PowerCutDisk& disk) { disk.failSync(number, reached); });
                    const auto after = run.disk->afterLoss(loss);
                    const QString wrong = wrongWith(run, deliveredBy(*after));
                    QVERIFY2(wrong.isEmpty(),
                             qPrintable(QString("sync %1 failed, loss %2: %3").arg(number).arg(int(loss)).arg(wrong)));
                    ++starts;
                }
            }
        }
        qInfo("%d syncs that fail, %d starts, all passed", syncs, starts);
    }
};

MILLRACE_TEST(TestTaildirPowerCut)
#include "tst_taildir_power_cut.moc"
