#include "storage/support/log_place.h"
#include "support/test_program.h"

#include <QTemporaryDir>
#include <thread>

using namespace millrace;
using namespace millrace::storage;
using namespace millrace::storage::testing;

using Lines = std::vector<std::string>;

class TestPartitionLog : public QObject, LogPlace {
    Q_OBJECT

private slots:
    void init() { begin(); }

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
