// spooldir loses its power at every step that it asks of the disk, with every kind of loss, and is started again: no
// line is lost, every file ends up marked as done, and what is done is not read once more.
#include "base/manual_thread_clock.h"
#include "catalog/flume/components.h"
#include "flume/sources/spooldir/spooldir_source.h"
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

using Lines = std::vector<std::string>;

namespace {

const std::filesystem::path kRunDirectory = "/spooldir-under-power-cuts"; // nowhere but on the disk in memory
const std::filesystem::path kSpool = kRunDirectory / "spool";
constexpr std::size_t kBatch = 2;

/// One life of the source. What it has delivered is in channels that forget nothing.
class SpoolLife : ComponentBench {
public:
    SpoolLife(PowerCutDisk& disk, const catalog::Properties& policy)
        : ComponentBench(catalog::kSpooldirSource, disk), disk_(disk) {
        context.runDirectory = kRunDirectory;
        context.clock = &clock_;
        catalog::Properties values{{"spoolDir", "spool"}, {"batchSize", std::to_string(kBatch)}, {"channels", "c"}};
        for (const auto& [key, value] : policy)
            values.insert_or_assign(key, value);
        auto made = make(&makeSpooldirSource, values);
        if (!made) qFatal("%s", made.error().message.c_str());
        source_ = std::move(*made);
    }
    bool start() { return source_->start().has_value(); }
    /// Until it wants to sleep, or there is no power, or so many events are delivered. The failure, if it has one.
    std::string settle(std::size_t most = SIZE_MAX) {
        while (disk_.hasPower() && events_.bodies.size() < most) {
            const auto cycle = source_->cycle(events_);
            if (cycle && cycle->outcome == Cycle::Outcome::idle) return {};
            if (cycle && cycle->outcome == Cycle::Outcome::backoff) return cycle->failure->message;
        }
        return {};
    }
    void stop() {
        if (!disk_.hasPower()) return;
        source_->stop();
        while (disk_.hasPower() && !source_->finished())
            (void)source_->cycle(events_);
        if (disk_.hasPower()) source_->close();
    }
    const Lines& delivered() const { return events_.bodies; }

private:
    PowerCutDisk& disk_;
    ManualThreadClock clock_;
    KeptEvents events_;
    std::unique_ptr<Source> source_;
};

Lines fill(PowerCutDisk& disk) {
    Lines lines;
    for (const auto& [name, count] : {std::pair{"a", 7}, {"b", 1}, {"c", 4}, {"d", 2}}) {
        std::string text;
        for (int i = 0; i < count; ++i) {
            lines.push_back(name + std::to_string(i));
            text += lines.back() + "\n";
        }
        disk.setContent(kSpool / name, {text.begin(), text.end()});
    }
    return lines;
}

/// Reads some, stops, goes on: as far as the power reaches.
Lines live(PowerCutDisk& disk, const catalog::Properties& policy) {
    Lines delivered;
    for (const std::size_t most : {std::size_t(4), SIZE_MAX}) {
        SpoolLife life(disk, policy);
        if (!life.start()) continue;
        (void)life.settle(most);
        life.stop();
        delivered.insert(delivered.end(), life.delivered().begin(), life.delivered().end());
    }
    return delivered;
}

} // namespace

class TestSpooldirPowerCut : public QObject {
    Q_OBJECT

private slots:
    void noLineIsLostWhereverThePowerGoes_data() {
        QTest::addColumn<QByteArray>("deletePolicy");
        QTest::addColumn<QByteArray>("trackingPolicy");
        QTest::newRow("renamed") << QByteArray("never") << QByteArray("rename");
        QTest::newRow("deleted") << QByteArray("immediate") << QByteArray("rename");
        QTest::newRow("marked in the tracker directory") << QByteArray("never") << QByteArray("tracker_dir");
    }
    void noLineIsLostWhereverThePowerGoes() {
        QFETCH(QByteArray, deletePolicy);
        QFETCH(QByteArray, trackingPolicy);
        const catalog::Properties policy{{"deletePolicy", deletePolicy.toStdString()},
                                         {"trackingPolicy", trackingPolicy.toStdString()}};
        PowerCutDisk whole;
        const Lines lines = fill(whole);
        whole.countAnew();
        QCOMPARE(live(whole, policy), lines); // none twice, though it stopped in between
        const int steps = whole.steps();
        QVERIFY(steps > 10);
        for (int step = 0; step < steps; ++step) {
            PowerCutDisk disk;
            fill(disk);
            disk.countAnew();
            disk.cutAt(step);
            const Lines before = live(disk, policy);
            for (const Loss loss : millrace::test::kLosses) {
                const auto after = disk.afterLoss(loss);
                const Lines second = live(*after, policy);
                for (const std::string& line : lines)
                    QVERIFY2(std::count(before.begin(), before.end(), line) +
                                     std::count(second.begin(), second.end(), line) >
                                 0,
                             qPrintable(QString("step %1, loss %2: %3 is lost")
                                            .arg(step)
                                            .arg(int(loss))
                                            .arg(QString::fromStdString(line))));
                SpoolLife third(*after, policy);
                QVERIFY(third.start());
                QCOMPARE(third.settle(), "");
                QCOMPARE(third.delivered(), Lines());
            }
        }
        qInfo("%d steps, all passed", steps);
    }

    void whatCannotBeStoredIsReadAgainAndNotLost() {
        PowerCutDisk disk;
        const Lines lines = fill(disk);
        disk.failWritesAfter(0);
        SpoolLife full(disk, {});
        QVERIFY(full.start());
        QCOMPARE(full.settle(), ""); // names change, though nothing can be written
        QCOMPARE(full.delivered(), lines);
    }
};

MILLRACE_TEST(TestSpooldirPowerCut)
#include "tst_spooldir_power_cut.moc"
