// The directory of a deleted topic may be made again under the same name: what was still to be done for the old log
// touches nothing in it.
#include "storage/segment_rewrite.h"
#include "storage/support/log_fixture.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::storage;
using namespace millrace::storage::testing;

namespace {

/// All files of the log's directory, with what is in them.
std::map<std::string, std::vector<std::uint8_t>> filesOf(const PowerCutDisk& disk) {
    std::map<std::string, std::vector<std::uint8_t>> files;
    for (const auto& name : disk.names(kDirectory))
        files[name] = disk.content(kDirectory / name);
    return files;
}

} // namespace

class TestRetiredLog : public QObject {
    Q_OBJECT

    MemoryLog lines_;
    LogDisk disk_;
    std::unique_ptr<PartitionLog> old_;
    std::unique_ptr<PartitionLog> new_;
    std::map<std::string, std::vector<std::uint8_t>> before_;

    std::unique_ptr<PartitionLog> open() {
        auto log = openPartitionLog(disk_, kDirectory, smallSegments(), lines_);
        return log ? std::move(*log) : nullptr;
    }
    /// What the deletion of a topic does with a directory, and the creation of the next one of that name.
    void makeAnew() {
        old_->retire();
        QVERIFY(disk_.rename(kDirectory, kDirectory.parent_path() / "gone"));
        QVERIFY(disk_.remove(kDirectory.parent_path() / "gone"));
        new_ = open();
        QVERIFY(new_);
        QVERIFY(appendNumbered(*new_, 9));
        QVERIFY(new_->flush());
        before_ = filesOf(disk_);
        QVERIFY(before_.size() > 3);
    }
    void verifyUntouched() {
        QVERIFY(filesOf(disk_) == before_);
        QCOMPARE(readAll(*new_, 0, From::disk), numbered(0, 9));
    }

private slots:
    void init() {
        QVERIFY(disk_.remove(kDirectory));
        QVERIFY(disk_.makeDirectoriesForGood(kDirectory));
        old_ = open();
        QVERIFY(appendNumbered(*old_, 20, 3));
    }

    void aFlushWritesNothing() {
        makeAnew();
        QVERIFY(!old_->flush());
        verifyUntouched();
    }

    void theEndOfALogWritesNothing() {
        makeAnew();
        QVERIFY(old_->close());
        verifyUntouched();
    }

    void noRecordIsTakenOrGiven() {
        QVERIFY(old_->flush());
        makeAnew();
        QVERIFY(old_->failed());
        QVERIFY(!append(*old_, batchOf({std::string(500, 'x')})));
        QVERIFY(!old_->read(0, 1000));
        const auto read = old_->readCold(0, 1000);
        QVERIFY(!read);
        QCOMPARE(int(read.error().code), int(ErrorCode::closed));
        QVERIFY(!old_->offsetForTime(0));
        QVERIFY(!old_->maxTimestamp());
        QVERIFY(!old_->truncateTo(1));
        QVERIFY(!old_->setLogStart(1));
        QVERIFY(!old_->rewriteSegments(0, 20));
        QCOMPARE(old_->applyRetention(1'000'000'000'000)->segments, 0);
        verifyUntouched();
    }

    void aDeletionThatWasHandedOutRemovesNothing() {
        QVERIFY(old_->flush());
        const auto removal = old_->setLogStart(15);
        QVERIFY(removal && removal->onDisk && removal->segments > 0);
        makeAnew();
        QVERIFY(removal->onDisk());
        verifyUntouched();
    }

    void segmentsThatWereWrittenAnewTakeNobodysPlace() {
        QVERIFY(old_->flush() && old_->flush());
        const auto rewrite = *old_->rewriteSegments(0, 20);
        QVERIFY(rewrite->finish());
        const auto work = old_->replaceSegments(*rewrite);
        QVERIFY(work);
        makeAnew();
        QVERIFY((*work)());
        verifyUntouched();
    }

    void segmentsThatAreWrittenAnewLeaveNothing() {
        QVERIFY(old_->flush() && old_->flush());
        {
            const auto rewrite = *old_->rewriteSegments(0, 20);
            const auto batches = batchesOf(*old_, 0, 20);
            makeAnew();
            QVERIFY(!rewrite->append(batches[0]));
            QVERIFY(!rewrite->finish());
        }
        verifyUntouched();
    }

    void aFileBesideIsNotWritten() {
        QVERIFY(old_->writeBeside("producers.snapshot", std::vector<std::uint8_t>{1, 2, 3}));
        QCOMPARE(disk_.content(kDirectory / "producers.snapshot"), (std::vector<std::uint8_t>{1, 2, 3}));
        makeAnew();
        QVERIFY(!old_->writeBeside("producers.snapshot", std::vector<std::uint8_t>{4}));
        verifyUntouched();
    }
};

MILLRACE_TEST(TestRetiredLog)
#include "tst_retired_log.moc"
