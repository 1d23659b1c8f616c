// A broker that loses its power at every step of a compaction, with every kind of loss: what readers know is what they
// knew, and the next compaction does what this one did not.
#include "broker/support/keyed_records.h"
#include "faults/support/broker_life.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::broker::testing;

namespace {

const ConfigMap kCompacted{{"cleanup.policy", "compact"},
                           {"min.cleanable.dirty.ratio", "0"},
                           {"delete.retention.ms", "0"},
                           {"segment.bytes", "300"}};

void compact(Life& life) {
    life.core().startTimers();
    for (int i = 0; i < 20; ++i)
        life.advance(1s);
    life.core().stopTimers();
}

/// Two passes are done, and a third will find deleted keys and a marker that may go.
void fill(Life& life) {
    life.makeTopic("t", 1, kCompacted);
    KeyedRecords records;
    const auto write = [&](const char* batches) { records.appendAll(*life.partition(), batches); };
    write("a=1|b=1|T7: c=1 d=1|A7|a|c=2|d=2|P8: e=1|f=1|a=3|f=2|T7: g=1|C7");
    compact(life);
    write("b|f=3|h=1|h=2|h=3|h=4");
    compact(life);
    write("e=2|h=5|a=4|f=4|h=6|h=7|a=5");
    (void)life.partition()->log().flush().has_value();
}

const std::map<std::string, std::string> kNewest{{"a", "5"}, {"c", "2"}, {"d", "2"}, {"e", "2"},
                                                 {"f", "4"}, {"g", "1"}, {"h", "7"}};

/// Without what was aborted, of which a reader of committed records is told.
QString wrongIn(Life& life, QStringList& left) {
    if (!life.partition() || life.partition()->offline()) return "the partition is not there";
    left = KeyedRecords::in(*life.partition());
    auto newest = KeyedRecords::newestIn(*life.partition());
    for (const char* marker : {"commit", "abort", "-"})
        newest.erase(marker);
    if (newest != kNewest) return "a reader knows something else: " + left.join(' ');
    return {};
}

} // namespace

class TestCompactionPowerCut : public QObject {
    Q_OBJECT

private slots:
    void aPowerCutAtAnyStepLosesNothing() {
        int steps = 0, starts = 0;
        QStringList whole;
        for (bool cutShort = true; cutShort; ++steps) {
            for (const auto loss : test::kLosses) {
                PowerCutDisk disk;
                Told told;
                {
                    Life life(disk, told);
                    QVERIFY(life.open());
                    fill(life);
                    disk.countAnew();
                    disk.cutAt(steps);
                    compact(life);
                    cutShort = !disk.hasPower();
                    if (!cutShort) whole = KeyedRecords::in(*life.partition());
                }
                const auto after = disk.afterLoss(loss);
                Life again(*after, told);
                QVERIFY(again.open());
                QStringList left;
                const QString wrong = wrongIn(again, left);
                QVERIFY2(wrong.isEmpty(),
                         qPrintable(QString("step %1, loss %2: %3").arg(steps).arg(int(loss)).arg(wrong)));
                for (const auto& name : after->names("/data/t-0"))
                    QVERIFY2(name != "segments.journal" && name.find(".cleaned") == std::string::npos, name.c_str());
                KeyedRecords().appendAll(*again.partition(), "i=1|i=2");
                compact(again);
                left = KeyedRecords::in(*again.partition());
                QVERIFY2(left.filter(":h=").size() <= 2, qPrintable(left.join(' ')));
                ++starts;
            }
        }
        QVERIFY(whole.filter(":h=").size() <= 2);
        QVERIFY2(steps >= 20, qPrintable(QString::number(steps)));
        qInfo("%d steps, %d starts after a power cut, all passed; left: %s", steps, starts,
              qPrintable(whole.join(' ')));
    }
};

MILLRACE_TEST(TestCompactionPowerCut)
#include "tst_compaction_power_cut.moc"
