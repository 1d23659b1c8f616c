// What is told of segments, before and after a start.
#include "storage/support/log_place.h"
#include "support/test_program.h"

#include <tuple>

using namespace millrace;
using namespace millrace::storage;
using namespace millrace::storage::testing;

class TestSegmentSummaries : public QObject, LogPlace {
    Q_OBJECT

    static std::vector<std::tuple<std::int64_t, std::uint64_t, EpochMs, EpochMs>> summaries(const PartitionLog& log) {
        std::vector<std::tuple<std::int64_t, std::uint64_t, EpochMs, EpochMs>> all;
        for (const auto& one : log.segments())
            all.emplace_back(one.baseOffset, one.sizeBytes, one.oldest, one.newest);
        return all;
    }

private slots:
    void init() {
        begin();
        config_ = smallSegments();
    }

    void theyTellTheirAge() {
        auto log = open();
        fill(*log, 30, 5000);
        const auto before = summaries(*log);
        QVERIFY(before.size() > 4);
        QCOMPARE(std::get<0>(before.front()), 0);
        QCOMPARE(std::get<2>(before.front()), 5000);
        for (std::size_t i = 1; i < before.size(); ++i) {
            QCOMPARE(std::get<2>(before[i]), 5000 + std::get<0>(before[i]));
            QCOMPARE(std::get<3>(before[i - 1]), std::get<2>(before[i]) - 1);
        }
        std::uint64_t sum = 0;
        for (const auto& one : before)
            sum += std::get<1>(one);
        QCOMPARE(log->sizeBytes(), sum);
        QVERIFY(log->close());
        log = open();
        QVERIFY(summaries(*log) == before);
        const auto after = disk_->afterLoss(Loss::everything);
        QVERIFY(summaries(**openPartitionLog(*after, kDirectory, config_, lines_)) == before);
    }

    void oneWithoutTimestampsIsAsOldAsItsFile() {
        const auto log = open();
        for (int i = 0; i < 10; ++i)
            QVERIFY(append(*log, batchOf({"r"}, -1)));
        for (const auto& one : log->segments()) {
            QCOMPARE(one.newest, disk_->info(segmentPath(one.baseOffset))->modifiedMs);
            QCOMPARE(one.oldest, one.newest);
        }
    }

    void anEmptyLogHasOneWithoutAge() {
        const auto log = open();
        const auto all = log->segments();
        QCOMPARE(all.size(), std::size_t(1));
        QCOMPARE(all[0].newest, -1);
        QCOMPARE(all[0].sizeBytes, std::uint64_t(0));
    }
};

MILLRACE_TEST(TestSegmentSummaries)
#include "tst_segment_summaries.moc"
