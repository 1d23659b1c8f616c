#include "storage/support/log_fixture.h"
#include "support/test_program.h"

#include <QTemporaryDir>
#include <QtTest>

#include <thread>

using namespace millrace;
using namespace millrace::storage;
using namespace millrace::storage::testing;

using Lines = std::vector<std::string>;

class TestPartitionLog : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<PowerCutDisk> disk_;
    LinesLog lines_;
    LogConfig config_;

    std::unique_ptr<PartitionLog> open() {
        auto log = openPartitionLog(*disk_, kDirectory, config_, lines_);
        return log ? std::move(*log) : nullptr;
    }
    /// `count` batches of one record each, named by their number.
    void fill(PartitionLog& log, int count, std::int64_t firstTimestamp = 1000) {
        for (int i = 0; i < count; ++i) {
            const auto number = log.nextOffset();
            QVERIFY(append(log, batchOf({"r" + std::to_string(number)}, firstTimestamp + i)));
        }
    }

private slots:
    void init() {
        disk_ = std::make_unique<LogDisk>();
        config_ = {};
    }

    void anEmptyLogHasNothingAndNoFiles() {
        const auto log = open();
        QVERIFY(log);
        QCOMPARE(log->logStart(), 0);
        QCOMPARE(log->nextOffset(), 0);
        QCOMPARE(log->sizeBytes(), std::uint64_t(0));
        const auto read = log->read(0, 100);
        QVERIFY(read);
        QVERIFY(read->pieces.empty() && !read->cold);
        QVERIFY(!*log->maxTimestamp());
        QVERIFY(!*log->offsetForTime(0));
        QCOMPARE(*log->flush(), 0);
        QVERIFY(log->close());
        QCOMPARE(disk_->names(kDirectory), Lines());
    }

    void batchesGetTheirOffsetsAndAreReadBack() {
        const auto log = open();
        const auto first = append(*log, batchOf({"a", "b", "c"}));
        QVERIFY(first);
        QCOMPARE(first->baseOffset, 0);
        QCOMPARE(first->lastOffset, 2);
        const auto second = append(*log, batchOf({"d"}));
        QCOMPARE(second->baseOffset, 3);
        QCOMPARE(log->nextOffset(), 4);
        const Lines all{"0:a", "1:b", "2:c", "3:d"};
        QCOMPARE(readAll(*log, 0), all);
        QCOMPARE(readAll(*log, 0, From::disk), all);
        QCOMPARE(readAll(*log, 2), (Lines{"2:c", "3:d"}));
    }

    void onlyOffsetAndEpochOfABatchAreChanged() {
        const auto log = open();
        fill(*log, 5);
        for (const std::size_t valueBytes : {std::size_t(10), std::size_t(100'000)}) {
            const Bytes sent = batchOf({std::string(valueBytes, 'v')});
            const auto at = append(*log, sent, 3);
            QVERIFY(at);
            for (const auto& read : {log->read(at->baseOffset, 1), log->readCold(at->baseOffset, 1)}) {
                QVERIFY(read);
                const Bytes stored = joined(read->pieces);
                QCOMPARE(stored.size(), sent.size());
                const auto header = wire::readBatchHeader(stored.span());
                QCOMPARE(header->baseOffset, at->baseOffset);
                QCOMPARE(header->leaderEpoch, 3);
                QVERIFY(stored.slice(wire::kMagicAt) == sent.slice(wire::kMagicAt));
            }
        }
    }

    void severalBatchesOfOneAppendGoTogether() {
        const auto log = open();
        std::vector<std::uint8_t> bytes;
        std::vector<BatchInfo> infos;
        for (const std::size_t size : {10, 60'000, 20, 15'000, 14'000, 13'000, 12'000, 11'000, 9'000}) {
            const Bytes batch = batchOf({std::string(size, 'x'), "y"});
            bytes.insert(bytes.end(), batch.data(), batch.data() + batch.size());
            infos.push_back(infoOf(batch));
        }
        const auto result = log->append(Bytes(std::move(bytes)), infos, 0);
        QVERIFY(result);
        QCOMPARE(result->lastOffset, 17);
        const auto fromMemory = readAll(*log, 0);
        QCOMPARE(fromMemory.size(), std::size_t(18));
        QVERIFY(fromMemory == readAll(*log, 0, From::disk));
        QCOMPARE(fromMemory[17], std::string("17:y"));
    }

    void wrongDescriptionsAreRefused() {
        const auto log = open();
        const Bytes batch = batchOf({"a"});
        BatchInfo info = infoOf(batch);
        info.sizeBytes += 1;
        QCOMPARE(int(log->append(batch, {&info, 1}, 0).error().code), int(ErrorCode::invalidArgument));
        info = infoOf(batch);
        info.recordCount = 0;
        QCOMPARE(int(log->append(batch, {&info, 1}, 0).error().code), int(ErrorCode::invalidArgument));
        QCOMPARE(int(log->append(batch, {}, 0).error().code), int(ErrorCode::invalidArgument));
        QCOMPARE(log->nextOffset(), 0);
    }

    void aReadTakesWholeBatchesUpToItsLimitButAtLeastOne_data() {
        QTest::addColumn<int>("valueBytes");
        QTest::newRow("small batches") << 20;
        QTest::newRow("large batches") << 40'000;
    }
    void aReadTakesWholeBatchesUpToItsLimitButAtLeastOne() {
        QFETCH(int, valueBytes);
        const auto log = open();
        const Bytes batch = batchOf({std::string(static_cast<std::size_t>(valueBytes), 'v')});
        for (int i = 0; i < 10; ++i)
            QVERIFY(append(*log, batch));
        for (const bool cold : {false, true}) {
            const auto sizeOf = [&](std::int64_t offset, std::size_t most) {
                const auto read = cold ? log->readCold(offset, most) : log->read(offset, most);
                return read ? read->sizeBytes : 0;
            };
            QCOMPARE(sizeOf(4, 0), batch.size());
            QCOMPARE(sizeOf(4, batch.size() - 1), batch.size());
            QCOMPARE(sizeOf(4, 2 * batch.size()), 2 * batch.size());
            QCOMPARE(sizeOf(4, 3 * batch.size() - 1), 2 * batch.size());
            QCOMPARE(sizeOf(4, 1 << 30), 6 * batch.size());
        }
    }

    void offsetsOutsideAreRefusedAndTheEndIsEmpty() {
        const auto log = open();
        fill(*log, 3);
        QVERIFY(setLogStart(*log, 1));
        for (const std::int64_t outside : {std::int64_t(-1), std::int64_t(0), std::int64_t(4)}) {
            QCOMPARE(int(log->read(outside, 10).error().code), int(ErrorCode::outOfRange));
            QCOMPARE(int(log->readCold(outside, 10).error().code), int(ErrorCode::outOfRange));
        }
        QVERIFY(log->read(3, 10)->pieces.empty());
        QVERIFY(log->readCold(3, 10)->pieces.empty());
    }

    void whatIsNoLongerInMemoryIsSaidToBeCold() {
        const auto log = open();
        const Bytes batch = batchOf({std::string(500'000, 'v')});
        for (int i = 0; i < 20; ++i)
            QVERIFY(append(*log, batch));
        QVERIFY(log->read(0, 100)->cold);
        QVERIFY(!log->read(19, 100)->cold);
        QCOMPARE(readAll(*log, 0).size(), std::size_t(20));
    }

    void aQuietLogGivesItsMemoryBack() {
        const auto log = open();
        fill(*log, 3);
        QVERIFY(applyRetention(*log, 2000));
        QVERIFY(!log->read(0, 100)->cold);
        QVERIFY(applyRetention(*log, 2000));
        QVERIFY(log->read(0, 100)->cold);
        QCOMPARE(readAll(*log, 0), numbered(0, 3));
    }

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

    void aClosedLogComesBackWithoutAScan() {
        config_.segmentBytes = 700;
        config_.indexIntervalBytes = 50;
        {
            const auto log = open();
            fill(*log, 40);
            QVERIFY(log->close());
            QCOMPARE(int(append(*log, batchOf({"x"})).error().code), int(ErrorCode::closed));
        }
        const auto names = disk_->names(kDirectory);
        {
            const auto log = open();
            QCOMPARE(log->nextOffset(), 40);
            QCOMPARE((*log->maxTimestamp())->timestamp, 1039);
            QCOMPARE(readAll(*log, 0), numbered(0, 40));
            const auto written = disk_->bytesWritten();
            QVERIFY(log->close());
            QCOMPARE(disk_->bytesWritten(), written); // nothing had changed
        }
        QCOMPARE(disk_->names(kDirectory), names);
        const auto log = open();
        fill(*log, 20);
        QCOMPARE(readAll(*log, 0), numbered(0, 60));
        QCOMPARE(lines_.lines(), Lines());
    }

    void aFlushCoversWhatWasAppendedBefore() {
        const auto log = open();
        fill(*log, 3);
        const int before = disk_->syncs();
        QCOMPARE(*log->flush(), 3);
        QVERIFY(disk_->syncs() > before);
        const int after = disk_->syncs();
        QCOMPARE(*log->flush(), 3);
        QCOMPARE(disk_->syncs(), after); // nothing new, no sync
    }

    void flushAndColdReadsMayRunBesideAppends() {
        config_.segmentBytes = 4000;
        config_.indexIntervalBytes = 200;
        config_.retentionMs = -1;
        config_.retentionBytes = 20'000;
        const auto log = open();
        std::atomic<bool> done = false;
        std::atomic<int> wrong = 0;
        std::thread io([&] {
            while (!done) {
                if (!log->flush()) ++wrong;
                const auto from = log->logStart();
                const auto read = log->readCold(from, 3000);
                if (!read && read.error().code != ErrorCode::outOfRange) ++wrong;
                if (read && !recordsIn(joined(read->pieces)).empty() &&
                    recordsIn(joined(read->pieces))[0].starts_with("broken"))
                    ++wrong;
                if (!log->offsetForTime(1500) || !log->maxTimestamp()) ++wrong;
            }
        });
        for (int i = 0; i < 3000; ++i) {
            if (!append(*log, batchOf({"r" + std::to_string(i)}, 1000 + i))) ++wrong;
            if (i % 100 == 0 && !applyRetention(*log, 5000)) ++wrong;
        }
        done = true;
        io.join();
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(log->nextOffset(), 3000);
        QCOMPARE(readAll(*log, log->logStart()), numbered(log->logStart(), 3000));
    }

    void theRealDiskWorksAlike() {
        QTemporaryDir dir;
        const std::filesystem::path path = dir.filePath("topic-0").toStdString();
        config_.segmentBytes = 3000;
        for (int round = 0; round < 3; ++round) {
            auto log = openPartitionLog(posixFileSystem(), path, config_, lines_);
            QVERIFY2(log, log ? "" : log.error().message.c_str());
            QCOMPARE((*log)->nextOffset(), round * 50);
            fill(**log, 50);
            QCOMPARE(*(*log)->flush(), (round + 1) * 50);
            QCOMPARE(readAll(**log, 0, From::disk), numbered(0, (round + 1) * 50));
            if (round == 1) QVERIFY((*log)->close());
        }
        QCOMPARE(lines_.lines(), Lines());
    }
};

MILLRACE_TEST(TestPartitionLog)
#include "tst_partition_log.moc"
