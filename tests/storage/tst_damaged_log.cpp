// What is torn is cut, what is damaged is set aside, and what is good stays.
#include "storage/support/log_fixture.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::storage;
using namespace millrace::storage::testing;

using Lines = std::vector<std::string>;

class TestDamagedLog : public QObject {
    Q_OBJECT
private:
    MemoryLog lines_;

    std::unique_ptr<PartitionLog> open(PowerCutDisk& disk, const LogConfig& config = {}) {
        auto log = openPartitionLog(disk, kDirectory, config, lines_);
        return log ? std::move(*log) : nullptr;
    }

private slots:
    void aFlippedByteAnywhereEndsTheLogThereAndSaysSo() {
        LogDisk disk;
        for (const auto& log = open(disk); log->nextOffset() < 5;)
            QVERIFY(append(*log, batchOf({"r" + std::to_string(log->nextOffset())})));
        const auto good = disk.content(segmentPath(0));
        const std::size_t each = good.size() / 5;
        for (std::size_t at = 0; at < good.size(); ++at) {
            if (at % each >= wire::kLeaderEpochAt && at % each < wire::kMagicAt) continue; // not covered by the CRC
            auto bad = good;
            bad[at] ^= 0x40;
            LogDisk damaged;
            damaged.setContent(segmentPath(0), bad);
            MemoryLog lines;
            auto log = openPartitionLog(damaged, kDirectory, {}, lines);
            QVERIFY(log);
            const auto whole = static_cast<std::int64_t>(at / each);
            // A base offset is not covered either: it may leave a gap, as in a compacted log, but never go back.
            if (at % each < wire::kBatchLengthAt) continue;
            QCOMPARE((*log)->nextOffset(), whole);
            QVERIFY(readAll(**log, 0) == numbered(0, whole));
            QCOMPARE(lines.lines().size(), std::size_t(1));
            // Only what nothing good lies behind is a torn tail.
            const bool last = whole == 4;
            QVERIFY2(lines.lines()[0].find(last ? "bytes removed: " : "set aside in ") != std::string::npos,
                     lines.lines()[0].c_str());
            auto aside = segmentPath(0);
            aside += ".damaged";
            const auto place = static_cast<std::ptrdiff_t>(static_cast<std::size_t>(whole) * each);
            QVERIFY(damaged.content(aside) ==
                    (last ? std::vector<std::uint8_t>() : std::vector<std::uint8_t>(bad.begin() + place, bad.end())));
        }
    }

    void whatIsSetAsideNeverTakesThePlaceOfWhatWasBefore() {
        LogDisk disk;
        for (int round = 0; round < 3; ++round) {
            const auto log = open(disk);
            while (log->nextOffset() < 5)
                QVERIFY(append(*log, batchOf({"r" + std::to_string(log->nextOffset())})));
            auto data = disk.content(segmentPath(0));
            data[data.size() / 2] ^= 1;
            disk.setContent(segmentPath(0), data);
        }
        QCOMPARE(open(disk)->nextOffset(), 2);
        QCOMPARE(disk.names(kDirectory),
                 (Lines{"00000000000000000000.log", "00000000000000000000.log.damaged",
                        "00000000000000000000.log.damaged-2", "00000000000000000000.log.damaged-3"}));
    }

    void aTailCutAnywhereLeavesTheWholeBatches() {
        LogDisk disk;
        for (const auto& log = open(disk); log->nextOffset() < 4;)
            QVERIFY(append(*log, batchOf({"r" + std::to_string(log->nextOffset())})));
        const auto good = disk.content(segmentPath(0));
        const std::size_t each = good.size() / 4;
        for (std::size_t size = 0; size < good.size(); ++size) {
            LogDisk torn;
            torn.setContent(segmentPath(0), {good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)});
            const auto log = open(torn);
            const auto whole = static_cast<std::int64_t>(size / each);
            QCOMPARE(log->nextOffset(), whole);
            QVERIFY(readAll(*log, 0) == numbered(0, whole));
            QCOMPARE(torn.content(segmentPath(0)).size(), size / each * each);
        }
    }

    void theLineAboutACutNamesFilePlaceAmountAndReason() {
        LogDisk disk;
        QVERIFY(append(*open(disk), batchOf({"r0"})));
        auto data = disk.content(segmentPath(0));
        const std::size_t whole = data.size();
        data.resize(whole + 7, 'x');
        disk.setContent(segmentPath(0), data);
        MemoryLog lines;
        QVERIFY(openPartitionLog(disk, kDirectory, {}, lines));
        QCOMPARE(
            lines.lines(),
            Lines{fmt::format("{}: cut at byte {}, 7 bytes removed: 7 bytes are less than the start of a record batch",
                              segmentPath(0).string(), whole)});
    }

    void damageInWhatWasNeverSyncedSetsAsideWhatLiesBehind() {
        LogDisk disk;
        {
            const auto log = open(disk, smallSegments());
            for (int i = 0; i < 20; ++i)
                QVERIFY(append(*log, batchOf({"r" + std::to_string(i)})));
        }
        const auto names = disk.names(kDirectory); // nothing was flushed: no index files
        QVERIFY(names.size() >= 4);
        const std::int64_t second = std::stoll(names[1]);
        auto data = disk.content(segmentPath(second));
        data[data.size() - 1] ^= 1;
        disk.setContent(segmentPath(second), data);
        const auto log = open(disk, smallSegments());
        QVERIFY(log->nextOffset() > second && log->nextOffset() < std::stoll(names[2]));
        QCOMPARE(readAll(*log, 0), numbered(0, log->nextOffset()));
        Lines kept = {names[0], names[1]};
        for (std::size_t i = 2; i < names.size(); ++i)
            kept.push_back(names[i] + ".damaged");
        QCOMPARE(disk.names(kDirectory), kept);
        // A crash does not bring them back across what is appended now.
        QCOMPARE(disk.afterLoss(Loss::everything)->names(kDirectory), kept);
        const auto before = log->nextOffset();
        QCOMPARE(work(*log, 10).appended, before + 10);
        QCOMPARE(readAll(*log, 0, From::disk), numbered(0, before + 10));
    }

    void aSegmentThatLostItsEndEndsTheLogThere() {
        LogDisk disk;
        QVERIFY(appendNumbered(*open(disk, smallSegments()), 13)); // never flushed
        auto data = disk.content(segmentPath(5));
        data.resize(data.size() / 5 * 2);
        disk.setContent(segmentPath(5), data);
        MemoryLog lines;
        const auto log = std::move(*openPartitionLog(disk, kDirectory, smallSegments(), lines));
        QCOMPARE(log->nextOffset(), 7);
        QVERIFY2(lines.lines()[0].find("ends at offset 7 where 10 was to follow") != std::string::npos,
                 lines.lines()[0].c_str());
        QVERIFY(!disk.content(segmentPath(10).concat(".damaged")).empty());
        QVERIFY(appendNumbered(*log, 20));
        QCOMPARE(readAll(*log, 0, From::disk), numbered(0, 20));
        QCOMPARE(readAll(*open(disk, smallSegments()), 0), numbered(0, 20));
    }

    void damageInWhatWasSyncedLeavesAGapAndKeepsWhatLiesBehind() {
        LogDisk disk;
        work(*open(disk, smallSegments()), 24);
        const auto names = disk.names(kDirectory);
        const auto second = std::stoll(names[3]); // behind the three files of the first
        auto data = disk.content(segmentPath(second));
        QVERIFY(second > 0 && !data.empty());
        data[data.size() / 2] ^= 1;
        disk.setContent(segmentPath(second), data);
        auto index = segmentPath(second);
        disk.setContent(index.replace_extension(".index"), {1}); // a reason to look inside
        for (int starts = 0; starts < 2; ++starts) {
            const auto log = open(disk, smallSegments());
            QCOMPARE(log->nextOffset(), 24);
            const auto records = readAll(*log, 0, From::disk);
            QCOMPARE(records.front(), std::string("0:r0"));
            QCOMPARE(records.back(), std::string("23:r23"));
            QVERIFY(records.size() < 24 && records.size() > 20);
            QVERIFY(log->flush());
        }
        auto aside = segmentPath(second);
        aside += ".damaged";
        QVERIFY(!disk.content(aside).empty());
    }

    void onlySealedSegmentsAreTrustedWithoutAScan() {
        LogDisk disk;
        {
            const auto log = open(disk, smallSegments());
            for (int i = 0; i < 20; ++i)
                QVERIFY(append(*log, batchOf({"r" + std::to_string(i)})));
            QVERIFY(log->flush());
        }
        // The first segment is sealed: a value changed inside it is not looked at when starting.
        auto data = disk.content(segmentPath(0));
        data[data.size() - 2] ^= 1;
        disk.setContent(segmentPath(0), data);
        MemoryLog lines;
        const auto log = openPartitionLog(disk, kDirectory, smallSegments(), lines);
        QCOMPARE((*log)->nextOffset(), 20);
        QCOMPARE(lines.lines(), Lines());
    }
};

MILLRACE_TEST(TestDamagedLog)
#include "tst_damaged_log.moc"
