#include "storage/support/log_place.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::storage;
using namespace millrace::storage::testing;

class TestLogSegments : public QObject, LogPlace {
    Q_OBJECT

private slots:
    void init() { begin(); }

    void segmentsAreRolledBySizeAndReadThrough() {
        config_.segmentBytes = 500;
        const auto log = open();
        fill(*log, 60);
        const auto names = disk_->names(kDirectory);
        QVERIFY2(names.size() > 5, std::to_string(names.size()).c_str());
        QCOMPARE(names.front(), std::string("00000000000000000000.log"));
        QCOMPARE(readAll(*log, 0, From::disk), numbered(0, 60));
        QCOMPARE(readAll(*log, 31, From::disk), numbered(31, 60));
        QVERIFY(log->flush());
        QCOMPARE(readAll(*log, 0, From::disk), numbered(0, 60));
    }

    void aSegmentIsRolledWhenItsRecordsSpanTooMuchTime() {
        config_.segmentMs = 100;
        const auto log = open();
        QVERIFY(append(*log, batchOf({"a"}, 1000)));
        QVERIFY(append(*log, batchOf({"b"}, 1099)));
        QCOMPARE(disk_->names(kDirectory).size(), std::size_t(1));
        QVERIFY(append(*log, batchOf({"c"}, 1100)));
        QCOMPARE(disk_->names(kDirectory).size(), std::size_t(2));
    }

    void retentionBySizeRemovesWholeSegmentsFromTheFront() {
        config_.segmentBytes = 500;
        const auto log = open();
        fill(*log, 60);
        const auto before = log->sizeBytes();
        config_.retentionMs = -1;
        config_.retentionBytes = 1200;
        log->setConfig(config_);
        const auto removed = applyRetention(*log, 2000);
        QVERIFY(removed);
        QVERIFY(*removed > 0);
        QVERIFY(log->sizeBytes() >= 1200 && log->sizeBytes() < before && log->sizeBytes() < 1200 + 500);
        QVERIFY(log->logStart() > 0);
        QCOMPARE(readAll(*log, log->logStart()), numbered(log->logStart(), 60));
        QCOMPARE(int(log->read(log->logStart() - 1, 1).error().code), int(ErrorCode::outOfRange));
        QCOMPARE(*applyRetention(*log, 2000), 0);
    }

    void retentionByTimeCanEmptyTheLogAndOffsetsGoOn() {
        config_.retentionMs = 1000;
        {
            const auto log = open();
            fill(*log, 5, 10'000);
            QCOMPARE(*applyRetention(*log, 11'004), 0);
            QCOMPARE(*applyRetention(*log, 11'005), 1);
            QCOMPARE(log->logStart(), 5);
            QCOMPARE(log->nextOffset(), 5);
            QCOMPARE(log->sizeBytes(), std::uint64_t(0));
        }
        const auto log = open(); // not closed before: as after a crash
        QCOMPARE(log->logStart(), 5);
        QCOMPARE(log->nextOffset(), 5);
        fill(*log, 2);
        QCOMPARE(readAll(*log, 5), numbered(5, 7));
    }

    void recordsOfTheFutureAreKept() {
        config_.retentionMs = 1000;
        const auto log = open();
        fill(*log, 5, 1'000'000);
        QCOMPARE(*applyRetention(*log, 5000), 0);
    }

    void deletedRecordsStayDeletedAfterAStart() {
        config_.segmentBytes = 500;
        {
            const auto log = open();
            fill(*log, 30);
            QVERIFY(setLogStart(*log, 17));
            QVERIFY(setLogStart(*log, 12)); // never back
            QCOMPARE(log->logStart(), 17);
            QCOMPARE(int(setLogStart(*log, 31).error().code), int(ErrorCode::outOfRange));
        }
        const auto log = open();
        QCOMPARE(log->logStart(), 17);
        QCOMPARE(readAll(*log, 17), numbered(17, 30));
    }
};

MILLRACE_TEST(TestLogSegments)
#include "tst_log_segments.moc"
