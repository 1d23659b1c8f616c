#include "storage/support/log_fixture.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::storage;
using namespace millrace::storage::testing;

using Lines = std::vector<std::string>;

using Entries = std::vector<LeaderEpochs::Entry>;

namespace {

Bytes allOf(const PartitionLog& log) {
    return joined(batchesOf(log, log.logStart(), log.nextOffset()));
}

std::string checkpointIn(PowerCutDisk& disk) {
    const auto data = disk.content(kDirectory / kLeaderEpochsName);
    return {data.begin(), data.end()};
}

} // namespace

class TestReplicaLog : public QObject {
    Q_OBJECT

    MemoryLog lines_;
    std::unique_ptr<PartitionLog> open(PowerCutDisk& disk, const LogConfig& config = smallSegments()) {
        auto log = openPartitionLog(disk, kDirectory, config, lines_);
        return log ? std::move(*log) : nullptr;
    }

private slots:
    void aLogIsCutBackTo_data() {
        QTest::addColumn<int>("offset");
        QTest::addColumn<bool>("flushed");
        for (int offset = 0; offset <= 21; ++offset)
            for (const bool flushed : {false, true})
                QTest::addRow("%d, %s", offset, flushed ? "flushed" : "never flushed") << offset << flushed;
    }
    void aLogIsCutBackTo() {
        QFETCH(int, offset);
        QFETCH(bool, flushed);
        LogDisk disk;
        const auto log = open(disk);
        QVERIFY(appendNumbered(*log, 20, 1));
        if (flushed) QVERIFY(log->flush());
        QVERIFY(log->truncateTo(offset));
        const std::int64_t end = std::min(offset, 20);
        QCOMPARE(log->nextOffset(), end);
        QCOMPARE(readAll(*log, 0), numbered(0, end));
        QVERIFY(appendNumbered(*log, 24, 2));
        QCOMPARE(readAll(*log, 0, From::disk), numbered(0, 24));
        QVERIFY(log->flush());
        const auto after = disk.afterLoss(Loss::everything);
        const auto again = open(*after);
        QCOMPARE(readAll(*again, 0, From::disk), numbered(0, 24));
        QCOMPARE(again->leaderEpochs().entries(), end == 0 ? (Entries{{2, 0}}) : (Entries{{1, 0}, {2, end}}));
    }

    void aBatchThatHoldsTheOffsetGoesAsAWhole() {
        LogDisk disk;
        const auto log = open(disk);
        QVERIFY(append(*log, batchOf({"r0", "r1"})));
        QVERIFY(append(*log, batchOf({"r2", "r3", "r4"})));
        QVERIFY(log->truncateTo(4));
        QCOMPARE(log->nextOffset(), 2);
        QCOMPARE(readAll(*log, 0), numbered(0, 2));
    }

    void whatLiesBeforeTheLogsStartIsNoPlaceToCut() {
        LogDisk disk;
        const auto log = open(disk);
        QVERIFY(append(*log, batchOf({"r0", "r1", "r2", "r3"})));
        QVERIFY(setLogStart(*log, 2));
        const auto refused = log->truncateTo(1);
        QVERIFY(!refused);
        QCOMPARE(int(refused.error().code), int(ErrorCode::outOfRange));
        QVERIFY(!log->failed());
        QVERIFY(log->truncateTo(3)); // the batch begins before the start: nothing is left, and the start stays
        QCOMPARE(log->logStart(), 2);
        QCOMPARE(log->nextOffset(), 2);
        QVERIFY(append(*log, batchOf({"r2"})));
        QVERIFY(log->flush());
        QCOMPARE(readAll(*open(disk), 2), numbered(2, 3));
    }

    void aPowerCutWhileALogIsCutBackLosesNothingBefore_data() {
        QTest::addColumn<bool>("goesOn");
        QTest::newRow("and nothing more") << false;
        QTest::newRow("and written again") << true;
    }
    void aPowerCutWhileALogIsCutBackLosesNothingBefore() {
        QFETCH(bool, goesOn);
        int steps = 0, starts = 0;
        for (bool cutShort = true; cutShort; ++steps) {
            for (const auto loss : test::kLosses) {
                LogDisk disk;
                const auto log = open(disk);
                QVERIFY(appendNumbered(*log, 20, 1));
                QVERIFY(log->flush());
                disk.countAnew();
                disk.cutAt(steps);
                const bool cut = log->truncateTo(5).has_value();
                const bool whole = cut && goesOn && appendNumbered(*log, 12, 2) && log->flush();
                cutShort = !disk.hasPower();
                const auto after = disk.afterLoss(loss);
                const auto again = open(*after);
                QVERIFY(again);
                QVERIFY(again->nextOffset() >= (whole ? 12 : 5));
                QVERIFY(isNumbered(readAll(*again, 0, From::disk), whole ? 12 : 5));
                if (whole) QCOMPARE(again->leaderEpochs().entries(), (Entries{{1, 0}, {2, 5}}));
                ++starts;
            }
        }
        QVERIFY(steps >= 8);
        qInfo("%d steps, %d starts after a power cut, all passed", steps, starts);
    }

    void aFailedCutTakesTheLogOff() {
        LogDisk disk;
        const auto log = open(disk);
        QVERIFY(appendNumbered(*log, 20, 1));
        QVERIFY(log->flush());
        disk.failTruncates(true);
        QVERIFY(!log->truncateTo(5));
        QVERIFY(log->failed());
        QVERIFY(!append(*log, batchOf({"x"})));
        disk.heal();
        const auto again = open(disk);
        QCOMPARE(readAll(*again, 0), numbered(0, again->nextOffset()));
        QVERIFY(again->nextOffset() >= 5);
    }

    void aFollowerKeepsOffsetsAndEpochs() {
        LogDisk leaderDisk, disk;
        const auto leader = open(leaderDisk, {});
        QVERIFY(appendNumbered(*leader, 5, 3));
        QVERIFY(appendNumbered(*leader, 9, 4));
        const auto follower = open(disk);
        const auto appended = follower->appendAsFollower(allOf(*leader));
        QVERIFY(appended);
        QCOMPARE(appended->baseOffset, 0);
        QCOMPARE(appended->lastOffset, 8);
        QVERIFY(allOf(*follower) == allOf(*leader));
        QCOMPARE(follower->leaderEpochs().entries(), (Entries{{3, 0}, {4, 5}}));
        QVERIFY(follower->flush());
        const auto after = disk.afterLoss(Loss::everything);
        const auto again = open(*after);
        QVERIFY(allOf(*again) == allOf(*leader));
        QCOMPARE(again->leaderEpochs().entries(), (Entries{{3, 0}, {4, 5}}));
    }

    void aFollowerBearsGapsButNothingThatGoesBack() {
        LogDisk leaderDisk, disk;
        const auto leader = open(leaderDisk, {});
        QVERIFY(appendNumbered(*leader, 6, 1));
        const Bytes all = allOf(*leader);
        const std::size_t each = all.size() / 6;
        const auto follower = open(disk);
        QVERIFY(follower->appendAsFollower(all.slice(each, each)));         // 1
        QVERIFY(follower->appendAsFollower(all.slice(3 * each, 2 * each))); // 3, 4
        QCOMPARE(follower->nextOffset(), 5);
        QVERIFY(!follower->appendAsFollower(all.slice(4 * each, 2 * each)));
        auto bad = std::vector<std::uint8_t>(all.data() + 5 * each, all.data() + 6 * each);
        bad.back() ^= 1;
        QVERIFY(!follower->appendAsFollower(Bytes(bad)));
        QVERIFY(!follower->appendAsFollower(all.slice(5 * each, each - 1)));
        QVERIFY(!follower->appendAsFollower(Bytes()));
        QCOMPARE(follower->nextOffset(), 5);
        const Lines kept{"1:r1", "3:r3", "4:r4"};
        QCOMPARE(readAll(*follower, 0), kept);
        QCOMPARE(readAll(*follower, 2), (Lines{"3:r3", "4:r4"}));
        QCOMPARE(readAll(*follower, 0, From::disk), kept);
        QCOMPARE(readAll(*open(disk), 0), kept);
    }

    void aFollowerSurvivesAPowerCutAtAnyStep() {
        LogDisk leaderDisk;
        const auto leader = open(leaderDisk, {});
        for (int epoch = 1; epoch <= 4; ++epoch)
            QVERIFY(appendNumbered(*leader, 5 * epoch, epoch));
        const std::vector<Bytes> all = batchesOf(*leader, 0, 20);
        QCOMPARE(all.size(), std::size_t(20));
        int steps = 0, starts = 0;
        for (bool cutShort = true; cutShort; ++steps) {
            for (const auto loss : test::kLosses) {
                LogDisk disk;
                const auto log = open(disk);
                disk.countAnew();
                disk.cutAt(steps);
                std::int64_t flushed = 0;
                for (std::size_t i = 0; i < 20; ++i) {
                    if (!log->appendAsFollower(all[i])) break;
                    if (i % 3 != 2) continue;
                    const auto done = log->flush();
                    if (!done) break;
                    flushed = *done;
                }
                cutShort = !disk.hasPower();
                const auto after = disk.afterLoss(loss);
                const auto again = open(*after);
                QVERIFY(again && again->nextOffset() >= flushed);
                QVERIFY(isNumbered(readAll(*again, 0, From::disk), flushed));
                LeaderEpochs expected = leader->leaderEpochs();
                expected.cutFrom(again->nextOffset());
                QCOMPARE(again->leaderEpochs().entries(), expected.entries());
                ++starts;
            }
        }
        QVERIFY(steps >= 60);
        qInfo("%d steps, %d starts after a power cut, all passed", steps, starts);
    }

    void epochsAreKeptInKafkasFile() {
        LogDisk disk;
        const auto log = open(disk);
        QVERIFY(appendNumbered(*log, 3, 2));
        QVERIFY(appendNumbered(*log, 7, 5));
        QVERIFY(log->flush());
        QCOMPARE(checkpointIn(disk), std::string("0\n2\n2 0\n5 3\n"));
    }

    void epochsComeFromTheBatchesWhereTheFileSaysNothing_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("there is none") << QByteArray();
        QTest::newRow("it is of another version") << QByteArray("1\n1\n2 0\n");
        QTest::newRow("it is cut short") << QByteArray("0\n2\n2 0\n");
        QTest::newRow("it has more than it says") << QByteArray("0\n1\n2 0\n5 3\n");
        QTest::newRow("it goes back") << QByteArray("0\n2\n5 3\n2 0\n");
        QTest::newRow("it is noise") << QByteArray("\xff\x00\x13", 3);
    }
    void epochsComeFromTheBatchesWhereTheFileSaysNothing() {
        QFETCH(QByteArray, content);
        LogDisk disk;
        const auto log = open(disk);
        QVERIFY(appendNumbered(*log, 8, 2));
        QVERIFY(appendNumbered(*log, 20, 5));
        QVERIFY(log->close());
        if (content.isEmpty())
            QVERIFY(disk.remove(kDirectory / kLeaderEpochsName));
        else
            disk.setContent(kDirectory / kLeaderEpochsName, {content.begin(), content.end()});
        const auto again = open(disk);
        QCOMPARE(again->leaderEpochs().entries(), (Entries{{2, 0}, {5, 8}}));
        QVERIFY(again->flush());
        QCOMPARE(checkpointIn(disk), std::string("0\n2\n2 0\n5 8\n"));
    }

    void whereAnEpochEnds_data() {
        QTest::addColumn<int>("epoch");
        QTest::addColumn<int>("answered");
        QTest::addColumn<qint64>("end");
        QTest::newRow("none") << -1 << -1 << qint64(-1);
        QTest::newRow("before the first") << 1 << 1 << qint64(0);
        QTest::newRow("the first") << 2 << 2 << qint64(10);
        QTest::newRow("one that wrote nothing") << 4 << 2 << qint64(10);
        QTest::newRow("the last") << 5 << 5 << qint64(30);
        QTest::newRow("one to come") << 6 << -1 << qint64(-1);
    }
    void whereAnEpochEnds() {
        QFETCH(int, epoch);
        QFETCH(int, answered);
        QFETCH(qint64, end);
        LeaderEpochs epochs;
        QVERIFY(epochs.assign(2, 0));
        QVERIFY(!epochs.assign(2, 5));
        QVERIFY(epochs.assign(5, 10));
        QCOMPARE(epochs.endOf(epoch, 30), (LeaderEpochs::End{answered, end}));
    }

    void epochsFollowTheLogsBothEnds() {
        LeaderEpochs epochs;
        epochs.assign(1, 0);
        epochs.assign(3, 10);
        epochs.assign(4, 20);
        QVERIFY(!epochs.cutBefore(0));
        QVERIFY(epochs.cutBefore(15));
        QCOMPARE(epochs.entries(), (Entries{{3, 15}, {4, 20}}));
        QVERIFY(epochs.cutFrom(20));
        QVERIFY(!epochs.cutFrom(20));
        QCOMPARE(epochs.entries(), (Entries{{3, 15}}));
        QVERIFY(epochs.assign(6, 15)); // 3 wrote nothing that is still there
        QCOMPARE(epochs.entries(), (Entries{{6, 15}}));
        QVERIFY(!epochs.assign(-1, 30));
    }
};

MILLRACE_TEST(TestReplicaLog)
#include "tst_replica_log.moc"
