#include "storage/support/log_place.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::storage;
using namespace millrace::storage::testing;

class TestLogIndex : public QObject, LogPlace {
    Q_OBJECT

private slots:
    void init() { begin(); }

    void theIndexFindsEveryOffset_data() {
        QTest::addColumn<int>("interval");
        QTest::newRow("an entry for nearly every batch") << 0;
        QTest::newRow("entries far apart") << 2000;
        QTest::newRow("no entry at all") << 1'000'000;
    }
    void theIndexFindsEveryOffset() {
        QFETCH(int, interval);
        config_.indexIntervalBytes = static_cast<std::uint32_t>(interval);
        config_.segmentBytes = 8000;
        const auto log = open();
        for (int i = 0; i < 200; ++i)
            QVERIFY(append(*log, batchOf({"a", "b", "c"})));
        const auto firstOf = [&](std::int64_t offset) {
            const auto read = log->readCold(offset, 1);
            return read ? wire::readBatchHeader(joined(read->pieces).span())->baseOffset : -1;
        };
        for (const bool sealed : {false, true}) {
            for (std::int64_t offset = 0; offset < 600; ++offset)
                QCOMPARE(firstOf(offset), offset / 3 * 3);
            if (!sealed) QVERIFY(log->flush());
        }
    }

    void timesAreFoundToTheRecord_data() {
        QTest::addColumn<int>("codec");
        QTest::addColumn<bool>("sealed");
        for (const bool sealed : {false, true})
            for (int codec = 0; codec <= 4; ++codec)
                QTest::addRow("codec %d, index %s", codec, sealed ? "on disk" : "in memory") << codec << sealed;
    }
    void timesAreFoundToTheRecord() {
        QFETCH(int, codec);
        QFETCH(bool, sealed);
        config_.indexIntervalBytes = 100;
        config_.segmentBytes = 1500;
        const auto log = open();
        for (int i = 0; i < 50; ++i) // 0: 1000…1002, 3: 1010…1012, …
            QVERIFY(append(*log, batchOf({"a", "b", "c"}, 1000 + 10 * i, static_cast<wire::Codec>(codec))));
        if (sealed) QVERIFY(log->flush());
        const auto find = [&](std::int64_t timestamp) {
            const auto found = log->offsetForTime(timestamp);
            if (!found || !*found) return std::string("none");
            return std::to_string((*found)->offset) + "@" + std::to_string((*found)->timestamp);
        };
        QCOMPARE(find(0), std::string("0@1000"));
        QCOMPARE(find(1001), std::string("1@1001"));
        QCOMPARE(find(1003), std::string("3@1010"));
        QCOMPARE(find(1251), std::string("76@1251"));
        QCOMPARE(find(1492), std::string("149@1492"));
        QCOMPARE(find(1493), std::string("none"));
        QCOMPARE((*log->maxTimestamp())->timestamp, 1492);
        QCOMPARE((*log->maxTimestamp())->offset, 149);
        QVERIFY(setLogStart(*log, 77));
        QCOMPARE(find(0), std::string("77@1252"));
    }

    void timesThatGoBackAreFoundByTheLargestBefore() {
        const auto log = open();
        for (const std::int64_t timestamp : {5000, 1000, 3000, 6000})
            QVERIFY(append(*log, batchOf({"x"}, timestamp)));
        QCOMPARE((*log->offsetForTime(2000))->offset, 0);
        QCOMPARE((*log->offsetForTime(5001))->offset, 3);
    }

    void theLargestTimestampIsThatOfARecordThatIsStillThere_data() {
        QTest::addColumn<int>("segmentBytes");
        QTest::newRow("in one segment") << (1 << 20);
        QTest::newRow("in a segment for each batch") << 1;
    }
    void theLargestTimestampIsThatOfARecordThatIsStillThere() {
        QFETCH(int, segmentBytes);
        config_.segmentBytes = static_cast<std::uint64_t>(segmentBytes);
        const auto log = open();
        const auto largest = [&](std::int64_t logStart) {
            if (!setLogStart(*log, logStart)) return std::string("not set");
            const auto found = log->maxTimestamp();
            if (!found) return found.error().message;
            return *found ? std::to_string((*found)->offset) + "@" + std::to_string((*found)->timestamp) : "none";
        };
        for (const auto& timestamps : std::vector<std::vector<std::int64_t>>{
                 {1000, 9000, 2000, 1500}, {3000, 8000, 8000}, {7000, 6000}, {5000}}) {
            std::vector<wire::Record> records(timestamps.size());
            for (std::size_t i = 0; i < records.size(); ++i)
                records[i].timestamp = timestamps[i];
            QVERIFY(append(*log, *wire::buildBatch(records)));
        }
        QCOMPARE(largest(0), std::string("1@9000"));
        QCOMPARE(largest(1), std::string("1@9000"));
        QCOMPARE(largest(2), std::string("5@8000"));
        QCOMPARE(largest(6), std::string("6@8000"));
        QCOMPARE(largest(7), std::string("7@7000"));
        QCOMPARE(largest(8), std::string("8@6000"));
        QCOMPARE(largest(9), std::string("9@5000"));
        QCOMPARE(largest(10), std::string("none"));
    }

    void theLargestTimestampLeftMayStandInTheBatchThatWasCut() {
        const auto log = open();
        std::vector<wire::Record> records(3);
        records[0].timestamp = 9000;
        records[1].timestamp = 4000;
        records[2].timestamp = 3000;
        QVERIFY(append(*log, *wire::buildBatch(records, {})));
        QVERIFY(append(*log, batchOf({"x"}, 2000)));
        QVERIFY(setLogStart(*log, 1));
        QCOMPARE((*log->maxTimestamp())->offset, 1);
        QCOMPARE((*log->maxTimestamp())->timestamp, 4000);
    }

    void aTimeIsFoundInABatchOfMoreHeadersThanMayBeOpened() {
        const auto log = open();
        wire::Record record;
        record.timestamp = 5000;
        record.headers.resize(wire::Reader::kMaxDecodedBytes / sizeof(wire::RecordHeader) + 1);
        wire::BatchOptions options;
        options.codec = wire::Codec::gzip;
        QVERIFY(append(*log, *wire::buildBatch({&record, 1}, options)));
        const auto found = log->offsetForTime(4000);
        QVERIFY2(found, found ? "" : found.error().message.c_str());
        QVERIFY(*found);
        QCOMPARE((*found)->offset, 0);
    }
};

MILLRACE_TEST(TestLogIndex)
#include "tst_log_index.moc"
