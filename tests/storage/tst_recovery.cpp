#include "storage/support/log_fixture.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::storage;
using namespace millrace::storage::testing;

using Lines = std::vector<std::string>;

Q_DECLARE_METATYPE(Loss)

class TestRecovery : public QObject {
    Q_OBJECT
private:
    MemoryLog lines_;

    std::unique_ptr<PartitionLog> open(PowerCutDisk& disk, const LogConfig& config = {}) {
        auto log = openPartitionLog(disk, kDirectory, config, lines_);
        return log ? std::move(*log) : nullptr;
    }

private slots:
    void afterAPowerCutAtAnyByteAllThatWasFlushedIsThere_data() {
        QTest::addColumn<Loss>("unsynced");
        QTest::newRow("what was not synced is lost") << Loss::everything;
        QTest::newRow("half of it is there") << Loss::half;
        QTest::newRow("half of it is there, and all names") << Loss::torn;
        QTest::newRow("it has become zeros") << Loss::noise;
        QTest::newRow("only the process died") << Loss::nothing;
    }
    void afterAPowerCutAtAnyByteAllThatWasFlushedIsThere() {
        QFETCH(Loss, unsynced);
        LogDisk reference;
        work(*open(reference, smallSegments()), 24);
        const std::uint64_t total = reference.bytesWritten();
        QVERIFY(total > 1500);
        for (std::uint64_t at = 0; at <= total; ++at) {
            LogDisk disk;
            auto log = open(disk, smallSegments());
            disk.cutAfter(at);
            const Confirmed confirmed = work(*log, 24);
            const auto after = disk.afterLoss(unsynced);
            log = open(*after, smallSegments());
            QVERIFY(log);
            QVERIFY2(log->nextOffset() >= confirmed.flushed, qPrintable(QString("cut at byte %1").arg(at)));
            if (unsynced == Loss::nothing) QVERIFY(log->nextOffset() >= confirmed.appended);
            auto records = readAll(*log, 0);
            QVERIFY(isNumbered(records, confirmed.flushed));
            // And it goes on; where a segment was just begun, behind the offsets that its name has kept.
            const std::int64_t before = log->nextOffset();
            QCOMPARE(work(*log, 6).appended, before + 6);
            for (const auto& line : numbered(before, before + 6))
                records.push_back(line);
            QVERIFY(readAll(*log, 0) == records);
        }
    }

    void aFullDiskAtAnyByteLosesNothingAndEndsWhenThereIsRoom() {
        LogDisk reference;
        auto config = smallSegments();
        for (int i = 0; i < 12; ++i)
            QVERIFY(append(*open(reference, config), batchOf({"r" + std::to_string(i)})));
        const std::uint64_t total = reference.bytesWritten();
        for (std::uint64_t at = 0; at <= total; ++at) {
            LogDisk disk;
            const auto log = open(disk, config);
            disk.failWritesAfter(at, ErrorCode::noSpace);
            if (at % 2 == 1) disk.failTruncates(true); // the cut is then owed until later
            std::int64_t appended = 0;
            for (int i = 0; i < 12; ++i) {
                const auto result = append(*log, batchOf({"r" + std::to_string(log->nextOffset())}));
                if (!result)
                    QVERIFY(result.error().code == ErrorCode::noSpace || result.error().code == ErrorCode::io);
                else
                    appended = result->lastOffset + 1;
            }
            QCOMPARE(log->nextOffset(), appended);
            QVERIFY(readAll(*log, 0) == numbered(0, appended));
            QVERIFY(readAll(*log, 0, From::disk) == numbered(0, appended));
            disk.heal();
            QCOMPARE(work(*log, 4).appended, appended + 4);
            QVERIFY(readAll(*log, 0, From::disk) == numbered(0, appended + 4));
            const auto again = open(disk, config);
            QVERIFY(readAll(*again, 0) == numbered(0, appended + 4));
        }
    }

    void theRestOfAFailedAppendIsCutBeforeTheNextSegmentBegins() {
        LogDisk disk;
        const auto config = smallSegments();
        const auto log = open(disk, config);
        for (int i = 0; i < 3; ++i)
            QVERIFY(append(*log, batchOf({"r" + std::to_string(i)})));
        disk.failWritesAfter(20, ErrorCode::noSpace);
        disk.failTruncates(true);
        QVERIFY(!append(*log, batchOf({"r3"})));
        const Bytes large = batchOf({"r3", std::string(300, 'x')}); // does not fit into this segment
        QVERIFY(!append(*log, large));
        disk.heal();
        QVERIFY(append(*log, large));
        QVERIFY(log->flush());
        MemoryLog lines;
        auto again = openPartitionLog(disk, kDirectory, config, lines);
        QCOMPARE((*again)->nextOffset(), 5);
        QCOMPARE(lines.lines(), Lines());
    }

    void aBadIndexIsMadeAnew_data() {
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<QByteArray>("content");
        for (const char* suffix : {".index", ".timeindex"}) {
            // An offset index without entries is only slow.
            if (suffix == std::string(".timeindex"))
                QTest::addRow("%s without content", suffix) << suffix << QByteArray();
            QTest::addRow("%s cut within an entry", suffix) << suffix << QByteArray(5, '\1');
            QTest::addRow("%s of zeros", suffix) << suffix << QByteArray(240, '\0');
            QTest::addRow("%s of noise", suffix) << suffix << QByteArray(240, '\x5a');
        }
    }
    void aBadIndexIsMadeAnew() {
        QFETCH(QString, suffix);
        QFETCH(QByteArray, content);
        LogDisk disk;
        work(*open(disk, smallSegments()), 20);
        auto path = segmentPath(0);
        path.replace_extension(suffix.toStdString());
        const auto good = disk.content(path);
        QVERIFY(!good.empty());
        disk.setContent(path, {content.begin(), content.end()});
        const auto log = open(disk, smallSegments());
        QCOMPARE(log->nextOffset(), 20);
        QCOMPARE(readAll(*log, 0, From::disk), numbered(0, 20));
        QVERIFY((*log->offsetForTime(0)).has_value());
        QVERIFY(log->flush());
        QVERIFY(disk.content(path) == good);
    }

    void aCleanStopIsOnlyBelievedForTheFileItWasWrittenFor() {
        LogDisk disk;
        {
            const auto log = open(disk);
            work(*log, 5);
            QVERIFY(log->close());
        }
        work(*open(disk), 3); // not closed
        auto data = disk.content(segmentPath(0));
        data.resize(data.size() - 3);
        disk.setContent(segmentPath(0), data);
        const auto log = open(disk);
        QCOMPARE(log->nextOffset(), 7);
        QCOMPARE(readAll(*log, 0), numbered(0, 7));
    }

    void leftoversOfAWorkThatWasCutShortAreCleared() {
        LogDisk disk;
        work(*open(disk), 3);
        disk.setContent(kDirectory / "00000000000000000000.index.new", {1, 2, 3});
        disk.setContent(kDirectory / "00000000000000000099.index", {1, 2, 3});
        disk.setContent(kDirectory / "notes.txt", {1});
        QCOMPARE(open(disk)->nextOffset(), 3);
        QCOMPARE(disk.names(kDirectory), (Lines{"00000000000000000000.log", "notes.txt"}));
    }

    void aLogThatEndsBeforeItsStartGoesOnAtItsStart() {
        LogDisk disk;
        {
            const auto log = open(disk);
            work(*log, 8);
            QVERIFY(setLogStart(*log, 6));
        }
        auto data = disk.content(segmentPath(0));
        data.resize(data.size() / 2);
        disk.setContent(segmentPath(0), data);
        const auto log = open(disk);
        QCOMPARE(log->logStart(), 6);
        QCOMPARE(log->nextOffset(), 6);
        QCOMPARE(work(*log, 2).appended, 8);
        QCOMPARE(readAll(*log, 6), numbered(6, 8));
    }

    void aDyingDiskIsAnErrorNotADamagedLog() {
        LogDisk disk;
        work(*open(disk), 8);
        const auto before = disk.content(segmentPath(0));
        disk.failReads(true);
        auto log = openPartitionLog(disk, kDirectory, {}, lines_);
        QVERIFY(!log);
        QCOMPARE(int(log.error().code), int(ErrorCode::io));
        disk.heal();
        QVERIFY(disk.content(segmentPath(0)) == before);
    }

    void afterAFailedSyncTheLogIsOffUntilTheNextStart() {
        LogDisk disk;
        MemoryLog lines;
        const auto log = std::move(*openPartitionLog(disk, kDirectory, {}, lines));
        work(*log, 4);
        QVERIFY(append(*log, batchOf({"r4"})));
        QVERIFY(!log->failed());
        disk.failNextSync();
        QVERIFY(!log->flush());
        QVERIFY(log->failed());
        const int syncs = disk.syncs();
        const auto again = log->flush(); // the kernel may say yes now, without the bytes
        QVERIFY(!again);
        QVERIFY(again.error().message.find("not durable") != std::string::npos);
        QVERIFY(!append(*log, batchOf({"x"})));
        QVERIFY(!log->read(0, 1000));
        QVERIFY(!log->readCold(0, 1000));
        QVERIFY(!log->offsetForTime(0));
        QVERIFY(!log->maxTimestamp());
        QVERIFY(!log->setLogStart(1));
        QCOMPARE(log->applyRetention(1'000'000'000'000)->segments, 0);
        QVERIFY(!log->close());
        QCOMPARE(disk.syncs(), syncs); // nobody asks it again
        QCOMPARE(lines.lines().size(), std::size_t(1));
        QVERIFY2(lines.lines()[0].find("taken offline") != std::string::npos, lines.lines()[0].c_str());
        const auto after = disk.afterLoss(Loss::everything);
        QCOMPARE(readAll(*open(*after), 0), numbered(0, 4));
    }

    void aFullDiskThatOnlyHinderedAnIndexFailsNoFlush() {
        LogDisk disk;
        MemoryLog lines;
        auto log = openPartitionLog(disk, kDirectory, smallSegments(), lines);
        for (int i = 0; i < 12; ++i)
            QVERIFY(append(**log, batchOf({"r" + std::to_string(i)})));
        disk.failWritesAfter(0, ErrorCode::noSpace);
        QCOMPARE(*(*log)->flush(), 12);
        QCOMPARE(*(*log)->flush(), 12);
        disk.heal();
        QCOMPARE(*(*log)->flush(), 12);
        QCOMPARE(lines.lines().size(), std::size_t(1));
        QVERIFY2(lines.lines()[0].find("index not written: ") != std::string::npos, lines.lines()[0].c_str());
        QVERIFY(!disk.content(kDirectory / "00000000000000000000.index").empty());
        QCOMPARE(readAll(**log, 0, From::disk), numbered(0, 12));
    }

    void offsetsNeverStartAgainWhenRetentionTookAllThatWasSynced() {
        LogDisk disk;
        auto config = smallSegments();
        config.retentionMs = -1;
        config.retentionBytes = 0;
        std::int64_t start = 0;
        {
            const auto log = open(disk, config);
            work(*log, 12);
            disk.failWritesAfter(400, ErrorCode::noSpace); // until a segment is full and the next has nothing
            while (append(*log, batchOf({"x"}))) {
            }
            QVERIFY(*applyRetention(*log, 0) > 0);
            start = log->logStart();
        }
        QVERIFY(start > 0);
        for (const auto unsynced : {Loss::everything, Loss::nothing}) {
            const auto after = disk.afterLoss(unsynced);
            QVERIFY(open(*after, config)->nextOffset() >= start);
        }
    }

    void aBigLogComesBackWhole() {
        LogDisk disk;
        LogConfig config;
        config.segmentBytes = 3 * 1024 * 1024;
        const Bytes large = batchOf({std::string(700'000, 'L')});
        const Bytes small = batchOf({"small"});
        {
            const auto log = open(disk, config);
            for (int i = 0; i < 30; ++i) {
                QVERIFY(append(*log, large));
                for (int j = 0; j < 50; ++j)
                    QVERIFY(append(*log, small));
            }
        }
        const auto log = open(disk, config);
        QCOMPARE(log->nextOffset(), 30 * 51);
        QCOMPARE(readAll(*log, 0).size(), std::size_t(30 * 51));
        QCOMPARE(readAll(*log, 77, From::disk, 100).front(), std::string("77:small"));
    }
};

MILLRACE_TEST(TestRecovery)
#include "tst_recovery.moc"
