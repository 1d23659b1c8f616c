// Who waits for a journal that is synced at the moment waits for the next sync, together with all others who wait.
#include "base/manual_executor.h"
#include "broker/common/live_journal.h"
#include "support/power_cut_disk.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker;

namespace {

constexpr const char* kPath = "/data/some.journal";

std::vector<std::uint8_t> entry(int number) {
    const std::string text = "entry " + std::to_string(number);
    return {text.begin(), text.end()};
}

class Journalled {
public:
    Journalled() {
        (void)disk.makeDirectoriesForGood("/data").has_value();
        journal = std::move(*LiveJournal::open(disk, kPath, "all", "entries", silentLog(), [](auto) { return ok(); }));
        disk.countAnew();
    }
    /// `count` changes, each of which somebody waits for.
    void change(int count) {
        for (int i = 0; i < count; ++i) {
            QVERIFY(journal->append({entry(++written)}));
            journal->sync(loop, lanes, [this](const Status& synced) { ++(synced ? done : failed); });
        }
    }
    void settle() {
        while (loop.drain() + syncs.drain() + slow.drain() > 0) {
        }
    }
    static int entriesAfter(test::PowerCutDisk& disk) {
        int count = 0;
        (void)LiveJournal::open(disk, kPath, "all", "entries", silentLog(), [&](auto) {
            ++count;
            return ok();
        }).has_value();
        return count;
    }

    test::PowerCutDisk disk;
    ManualExecutor loop, syncs, slow;
    Lanes lanes{syncs, syncs, slow};
    std::unique_ptr<LiveJournal> journal;
    int written = 0, done = 0, failed = 0;
};

} // namespace

class TestLiveJournal : public QObject {
    Q_OBJECT

private slots:
    void oneSyncIsForAllWhoWait() {
        Journalled some;
        some.change(100);
        some.loop.drain();
        QCOMPARE(some.done, 0);
        some.change(50); // while that sync is under way
        some.settle();
        QCOMPARE(some.done, 150);
        QCOMPARE(some.disk.syncs(), 2);
        qInfo("150 changes, %d syncs", some.disk.syncs());
        some.change(1);
        some.settle();
        QCOMPARE(some.disk.syncs(), 3);
        QCOMPARE(Journalled::entriesAfter(*some.disk.afterLoss(test::Loss::everything)), 151);
    }

    void nobodyIsAnsweredBeforeItsChangeIsDurable() {
        for (int turns = 0; turns < 6; ++turns) {
            Journalled some;
            some.change(3);
            for (int i = 0; i < turns; ++i) {
                some.loop.drain();
                if (i == 1) some.change(3);
                some.syncs.drain();
            }
            some.loop.drain();
            const auto after = some.disk.afterLoss(test::Loss::everything);
            QVERIFY(Journalled::entriesAfter(*after) >= some.done);
        }
    }

    void aSyncThatFailsIsToldToThoseOfItsRound() {
        Journalled some;
        some.disk.failSync(0);
        some.change(2);
        some.loop.drain();
        some.change(3);
        some.settle();
        QVERIFY(some.failed >= 2);
        QCOMPARE(some.failed + some.done, 5);
        QVERIFY(some.journal->shouldCompact()); // what the file holds is not to be trusted
    }

    void whoComesDuringACompactionWaitsForItsEnd() {
        Journalled some;
        some.change(2);
        some.loop.drain(); // its sync is on the way
        some.journal->compact({entry(1), entry(2)}, some.loop, some.lanes);
        some.change(2);
        some.syncs.drain();
        some.loop.drain();
        QCOMPARE(some.done, 2);
        some.settle();
        QCOMPARE(some.done, 4);
        QCOMPARE(Journalled::entriesAfter(*some.disk.afterLoss(test::Loss::everything)), 4);
        some.change(1);
        some.settle();
        QCOMPARE(some.done, 5);
    }
};

MILLRACE_TEST(TestLiveJournal)
#include "tst_live_journal.moc"
