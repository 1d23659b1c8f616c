// Segments that are written anew with less in them take the place of the old ones at once: for readers, and on the disk
// whatever happens.
#include "storage/segment_reader.h"
#include "storage/support/swap_fixture.h"
#include "support/test_program.h"

#include <QtTest>

#include <thread>

using namespace millrace;
using namespace millrace::storage;
using namespace millrace::storage::testing;

using Lines = std::vector<std::string>;

Q_DECLARE_METATYPE(Keeps)

class TestSegmentSwap : public QObject {
    Q_OBJECT

    MemoryLog lines_;
    std::unique_ptr<PartitionLog> open(PowerCutDisk& disk) {
        auto log = openPartitionLog(disk, kDirectory, smallSegments(), lines_);
        return log ? std::move(*log) : nullptr;
    }

private slots:
    void segmentsAreReplacedBy_data() {
        QTest::addColumn<Keeps>("keeps");
        QTest::addColumn<quint64>("segmentBytes");
        QTest::addColumn<int>("fewest");
        QTest::addColumn<int>("most");
        QTest::newRow("one with half of it") << Keeps(isOdd) << quint64(1000) << 1 << 1;
        QTest::newRow("as many with all of it") << Keeps(always) << quint64(400) << 3 << 3;
        QTest::newRow("more, each with one record") << Keeps(always) << quint64(80) << 9 << 20;
        QTest::newRow("an empty one") << Keeps(never) << quint64(400) << 1 << 1;
    }
    void segmentsAreReplacedBy() {
        QFETCH(Keeps, keeps);
        QFETCH(quint64, segmentBytes);
        QFETCH(int, fewest);
        QFETCH(int, most);
        LogDisk disk;
        const auto log = makeLog(disk, lines_);
        const auto bases = basesIn(disk);
        QVERIFY(bases.size() > 4);
        const std::int64_t end = bases[3];
        auto config = smallSegments();
        config.segmentBytes = segmentBytes;
        log->setConfig(config);
        const auto epochs = log->leaderEpochs();
        QVERIFY(compact(*log, 0, end, keeps));

        Lines expected = kept(keeps, 0, end);
        for (const auto& line : numbered(end, kEnd))
            expected.push_back(line);
        QCOMPARE(readAll(*log, 0), expected);
        QCOMPARE(readAll(*log, 0, From::disk, 1), expected);
        QCOMPARE(log->logStart(), 0);
        QCOMPARE(log->nextOffset(), kEnd);
        QVERIFY(log->leaderEpochs() == epochs);
        const auto count = int(basesIn(disk).size()) - int(bases.size()) + 3;
        QVERIFY2(count >= fewest && count <= most, qPrintable(QString("%1 segments").arg(count)));
        QCOMPARE(basesIn(disk).front(), 0);

        QVERIFY(log->flush()); // closes the new ones: they are read by their names now
        QCOMPARE(readAll(*log, 0, From::disk, 1), expected);
        QVERIFY(appendNumbered(*log, kEnd + 2, 2));
        for (const auto& line : numbered(kEnd, kEnd + 2))
            expected.push_back(line);
        QVERIFY(log->flush());
        MemoryLog lines;
        const auto again = openPartitionLog(disk, kDirectory, smallSegments(), lines);
        QVERIFY(again);
        QCOMPARE(readAll(**again, 0, From::disk), expected);
        QCOMPARE((*again)->logStart(), 0);
        QVERIFY((*again)->leaderEpochs() == epochs);
        QCOMPARE(lines.lines(), Lines());
        for (const auto& name : disk.names(kDirectory))
            QVERIFY2(name != kSwapJournalName && name.find(kCleanedSuffix) == std::string::npos, name.c_str());
    }

    void onlyWholeSealedSegmentsAreWrittenAnew() {
        LogDisk disk;
        const auto log = makeLog(disk, lines_);
        const auto bases = basesIn(disk);
        {
            const auto some = log->rewriteSegments(1, bases[3] + 1);
            QVERIFY(some);
            QCOMPARE((*some)->begin(), bases[1]);
            QCOMPARE((*some)->end(), bases[3]);
            const auto second = log->rewriteSegments(bases[4], kEnd);
            QVERIFY(!second);
            QCOMPARE(int(second.error().code), int(ErrorCode::alreadyExists));
        }
        {
            const auto all = log->rewriteSegments(0, 1'000'000);
            QVERIFY(all);
            QCOMPARE((*all)->end(), bases.back()); // the one under way stays
        }
        QVERIFY(!log->rewriteSegments(bases.back(), 1'000'000));
        QVERIFY(!log->rewriteSegments(1, bases[1]));
    }

    void whatDoesNotBelongIsRefused() {
        LogDisk disk;
        const auto log = makeLog(disk, lines_);
        const auto bases = basesIn(disk);
        const auto rewrite = *log->rewriteSegments(bases[1], bases[3]);
        const auto batches = batchesOf(*log, 0, kEnd);
        QVERIFY(!rewrite->append(batches[0]));                     // before
        QVERIFY(!rewrite->append(batches[std::size_t(bases[3])])); // behind
        QVERIFY(!rewrite->append(Bytes()));
        std::vector<std::uint8_t> bad(batches[std::size_t(bases[1])].data(),
                                      batches[std::size_t(bases[1])].data() + batches[std::size_t(bases[1])].size());
        bad.back() ^= 1;
        QVERIFY(!rewrite->append(Bytes(bad)));
        QVERIFY(rewrite->append(batches[std::size_t(bases[1]) + 1]));
        QVERIFY(!rewrite->append(batches[std::size_t(bases[1])])); // goes back
        QVERIFY(!log->replaceSegments(*rewrite));                  // not finished
        QVERIFY(rewrite->finish());
        QVERIFY(!rewrite->append(batches[std::size_t(bases[2])]));
        QVERIFY(log->replaceSegments(*rewrite));
        QVERIFY(!log->replaceSegments(*rewrite));
    }

    void whatIsNotTakenLeavesNothing() {
        LogDisk disk;
        const auto log = makeLog(disk, lines_);
        const auto names = disk.names(kDirectory);
        {
            const auto rewrite = *log->rewriteSegments(0, kEnd);
            QVERIFY(fill(*rewrite, *log, isOdd));
            QVERIFY(disk.names(kDirectory) != names);
        }
        QCOMPARE(disk.names(kDirectory), names);
        QCOMPARE(readAll(*log, 0, From::disk), numbered(0, kEnd));
    }

    void segmentsThatHaveChangedMeanwhileAreNotReplaced_data() {
        QTest::addColumn<bool>("cut");
        QTest::newRow("some were deleted") << false;
        QTest::newRow("some were cut off") << true;
    }
    void segmentsThatHaveChangedMeanwhileAreNotReplaced() {
        QFETCH(bool, cut);
        LogDisk disk;
        const auto log = makeLog(disk, lines_);
        const auto bases = basesIn(disk);
        const auto rewrite = *log->rewriteSegments(0, bases[3]);
        QVERIFY(fill(*rewrite, *log, isOdd));
        if (cut)
            QVERIFY(log->truncateTo(bases[2]));
        else
            QVERIFY(setLogStart(*log, bases[2]));
        const auto replaced = log->replaceSegments(*rewrite);
        QVERIFY(!replaced);
        QCOMPARE(int(replaced.error().code), int(ErrorCode::cancelled));
        QCOMPARE(readAll(*log, log->logStart(), From::disk), numbered(log->logStart(), log->nextOffset()));
    }

    void aSegmentThatIsReplacedIsReadOnByWhoHasIt() {
        LogDisk disk;
        const auto log = makeLog(disk, lines_);
        const auto bases = basesIn(disk);
        const auto bytes = disk.content(segmentPath(0)).size();
        const auto old = Segment::makeSealed(disk, kDirectory, 0, {bytes, bases[1], -1, {1000, bases[1] - 1}});
        QVERIFY(old->handOver());
        QVERIFY(compact(*log, 0, bases[1], isOdd));
        QVERIFY(disk.content(segmentPath(0)).size() < bytes);
        for (std::int64_t offset = 0; offset < bases[1]; ++offset) {
            const auto read = readSegment(*old, offset, 1);
            QVERIFY2(read, read ? "" : read.error().message.c_str());
            QCOMPARE(recordsIn(joined(read->pieces)), numbered(offset, offset + 1));
        }
        QVERIFY(findTimestamp(*old, 1000, 0));
        QVERIFY(old->sync() && old->seal()); // and a flush that began before changes nothing
        QVERIFY(readSegment(*old, 0, 1));
    }

    void readersSeeWholeBatchesWhileSegmentsAreReplaced() {
        LogDisk disk;
        const auto log = makeLog(disk, lines_);
        const auto bases = basesIn(disk);
        std::atomic<bool> stop = false;
        std::atomic<int> wrong = 0, reads = 0;
        std::thread reader([&] {
            while (!stop || reads < 50) {
                const auto records = readAll(*log, 0, From::disk, 100);
                wrong += records.empty() || records.back() != numbered(kEnd - 1, kEnd)[0];
                ++reads;
            }
        });
        for (int round = 0; round < 20; ++round) {
            QVERIFY(compact(*log, 0, bases[3], round == 0 ? isOdd : always));
            QVERIFY(log->flush());
        }
        stop = true;
        reader.join();
        QCOMPARE(wrong.load(), 0);
    }

    void whatIsDoneBeforeTheWorkHasRunDoesNotBringTheOldOnesBack_data() {
        QTest::addColumn<bool>("cut");
        QTest::newRow("the new one is deleted") << false;
        QTest::newRow("the new one is cut") << true;
    }
    void whatIsDoneBeforeTheWorkHasRunDoesNotBringTheOldOnesBack() {
        QFETCH(bool, cut);
        LogDisk disk;
        const auto log = makeLog(disk, lines_);
        const std::int64_t end = basesIn(disk)[3];
        const auto rewrite = *log->rewriteSegments(0, end);
        QVERIFY(fill(*rewrite, *log, isOdd));
        const auto work = log->replaceSegments(*rewrite);
        QVERIFY(work);
        if (cut)
            QVERIFY(log->truncateTo(4));
        else
            QVERIFY(setLogStart(*log, end));
        QVERIFY((*work)()); // finds nothing to do
        QVERIFY(log->flush());
        const auto after = disk.afterLoss(test::Loss::nothing);
        const auto again = open(*after);
        if (cut) {
            QCOMPARE(readAll(*again, 0, From::disk), kept(isOdd, 0, 4));
        } else {
            QCOMPARE(again->logStart(), end);
            QCOMPARE(basesIn(*after).front(), end);
            QCOMPARE(readAll(*again, end, From::disk), numbered(end, kEnd));
        }
    }

    void aStartWithinAGapStaysWhereItWasAskedFor() {
        LogDisk disk;
        const auto log = makeLog(disk, lines_);
        const std::int64_t end = basesIn(disk)[3];
        QVERIFY(compact(*log, 0, end, [](std::int64_t offset) { return offset < 2; }));
        QVERIFY(setLogStart(*log, 3)); // the new segment ends before it, and the next begins behind it
        QCOMPARE(log->logStart(), 3);
        QCOMPARE(readAll(*log, 3, From::disk), numbered(end, kEnd));
        QCOMPARE(open(disk)->logStart(), 3);
    }

    void segmentsAreReplacedAgainAndAgain() {
        LogDisk disk;
        const auto log = makeLog(disk, lines_);
        const std::int64_t end = basesIn(disk)[4];
        QVERIFY(compact(*log, 0, end, isOdd));
        QVERIFY(log->flush());
        QVERIFY(compact(*log, 0, end, [](std::int64_t offset) { return offset % 3 == 0; }));
        QCOMPARE(readAll(*log, 0, From::disk).front(), std::string("3:r3"));
        QVERIFY(log->flush());
        const auto after = disk.afterLoss(test::Loss::everything);
        QCOMPARE(readAll(*open(*after), 0, From::disk), readAll(*log, 0, From::disk));
    }
};

MILLRACE_TEST(TestSegmentSwap)
#include "tst_segment_swap.moc"
