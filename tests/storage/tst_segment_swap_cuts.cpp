// A swap of segments is power-cut at every step, and each of its syncs fails once: the old ones or the new ones are
// there.
#include "storage/support/swap_fixture.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::storage;
using namespace millrace::storage::testing;

using Lines = std::vector<std::string>;

class TestSegmentSwapCuts : public QObject {
    Q_OBJECT

    MemoryLog lines_;
    std::unique_ptr<PartitionLog> open(PowerCutDisk& disk) {
        auto log = openPartitionLog(disk, kDirectory, smallSegments(), lines_);
        return log ? std::move(*log) : nullptr;
    }

private slots:
    void aPowerCutAtAnyStepLeavesTheOldOrTheNewOnes() {
        int steps = 0, starts = 0;
        for (bool cutShort = true; cutShort; ++steps) {
            for (const auto loss : test::kLosses) {
                LogDisk disk;
                const auto log = makeLog(disk, lines_);
                const std::int64_t end = basesIn(disk)[3];
                disk.countAnew();
                disk.cutAt(steps);
                const bool replaced = compact(*log, 0, end, isOdd).has_value();
                const bool more = replaced && appendNumbered(*log, kEnd + 4) && log->flush();
                cutShort = !disk.hasPower();
                auto after = disk.afterLoss(loss);
                auto again = open(*after);
                QVERIFY(again);
                const auto records = readAll(*again, 0, From::disk);
                const Lines fewer = kept(isOdd, 0, end);
                const bool isNew = std::equal(fewer.begin(), fewer.end(), records.begin());
                Lines expected = isNew ? fewer : numbered(0, end);
                for (const auto& line : numbered(end, again->nextOffset()))
                    expected.push_back(line);
                QCOMPARE(records, expected);
                QVERIFY(isNew || !replaced);
                QVERIFY(again->nextOffset() >= (more ? kEnd + 4 : kEnd));
                for (const auto& name : after->names(kDirectory))
                    QVERIFY2(name != kSwapJournalName && name.find(kCleanedSuffix) == std::string::npos, name.c_str());
                // It can be done (again), and what the recovery did lasts.
                QVERIFY(again->flush() && again->flush());
                QVERIFY(compact(*again, 0, end, isOdd));
                after = after->afterLoss(test::Loss::everything);
                again = open(*after);
                expected = fewer;
                for (const auto& line : numbered(end, again->nextOffset()))
                    expected.push_back(line);
                QCOMPARE(readAll(*again, 0, From::disk), expected);
                ++starts;
            }
        }
        QVERIFY(steps >= 20);
        qInfo("%d steps, %d starts after a power cut, all passed", steps, starts);
    }

    void aPowerCutWhileACutSwapIsFinishedIsBorneToo() {
        int starts = 0;
        LogDisk reference;
        (void)makeLog(reference, lines_);
        const std::int64_t end = basesIn(reference)[3];
        for (int first = 0;; ++first) {
            LogDisk fresh;
            const auto victim = makeLog(fresh, lines_);
            fresh.countAnew();
            fresh.cutAt(first);
            if (compact(*victim, 0, end, isOdd)) break;
            for (const auto loss : {test::Loss::content, test::Loss::nothing}) {
                for (int second = 0, more = 1; more; ++second) {
                    const auto once = fresh.afterLoss(loss);
                    once->cutAt(second);
                    (void)openPartitionLog(*once, kDirectory, smallSegments(), lines_).has_value();
                    more = !once->hasPower();
                    const auto twice = once->afterLoss(test::Loss::half);
                    const auto again = open(*twice);
                    QVERIFY(again);
                    const auto records = readAll(*again, 0, From::disk);
                    const bool isNew = records.front() == "1:r1";
                    Lines expected = isNew ? kept(isOdd, 0, end) : numbered(0, end);
                    for (const auto& line : numbered(end, kEnd))
                        expected.push_back(line);
                    QCOMPARE(records, expected);
                    ++starts;
                }
            }
        }
        QVERIFY(starts > 40);
        qInfo("%d starts after a power cut while an interrupted swap was finished, all passed", starts);
    }

    void aSyncThatFailsIsNoLossAndTheWorkCanBeTriedAgain() {
        int syncs = 0;
        for (bool failed = true; failed; ++syncs) {
            LogDisk disk;
            const auto log = makeLog(disk, lines_);
            const std::int64_t end = basesIn(disk)[3];
            disk.countAnew();
            disk.failSync(syncs);
            const auto rewrite = *log->rewriteSegments(0, end);
            if (!fill(*rewrite, *log, isOdd)) {
                QCOMPARE(readAll(*log, 0, From::disk), numbered(0, kEnd));
                continue;
            }
            const auto work = log->replaceSegments(*rewrite);
            QVERIFY(work);
            failed = !(*work)();
            Lines expected = kept(isOdd, 0, end);
            for (const auto& line : numbered(end, kEnd))
                expected.push_back(line);
            QCOMPARE(readAll(*log, 0, From::disk), expected);
            QVERIFY(log->flush());
            QCOMPARE(readAll(*log, 0, From::disk), expected);
            for (const auto loss : test::kLosses) {
                const auto after = disk.afterLoss(loss);
                const auto records = readAll(*open(*after), 0, From::disk);
                QVERIFY(records == expected || (failed && records == numbered(0, kEnd)));
            }
            QVERIFY((*work)());
            const auto after = disk.afterLoss(test::Loss::everything);
            QCOMPARE(readAll(*open(*after), 0, From::disk), expected);
        }
        QVERIFY(syncs >= 3);
    }
};

MILLRACE_TEST(TestSegmentSwapCuts)
#include "tst_segment_swap_cuts.moc"
