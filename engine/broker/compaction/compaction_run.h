#pragma once

#include "base/clock.h"
#include "base/executor.h"
#include "base/log.h"
#include "broker/compaction/compaction_pass.h"
#include "broker/partitions/partition.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

namespace millrace::broker {

/// One compaction of a partition, driven from the loop: what waits for the disk is done on a lane in portions, between
/// which others have their turn, and which keep to a number of bytes a second. Loop thread only.
class CompactionRun : public std::enable_shared_from_this<CompactionRun> {
public:
    struct Doors {
        Executor& loop;
        Executor& lane;
        Clock& clock; ///< of the loop
        Log& log;
    };
    struct Limits {
        std::size_t portionBytes = 0;   ///< log.cleaner.io.buffer.size
        double bytesPerSecond = 0;      ///< log.cleaner.io.max.bytes.per.second
        std::uint64_t segmentBytes = 0; ///< segment.bytes
    };
    /// Ok with how far the partition is compacted; cancelled when the log has changed in a way that ends the pass.
    using Done = std::function<void(Result<std::int64_t>)>;

    CompactionRun(std::shared_ptr<Partition> partition, CompactionTask task, const Limits& limits, const Doors& doors,
                  Done done);
    void start();
    /// `done` is not called any more.
    void stop();

private:
    using Work = std::function<Result<CompactionPass::Portion>()>;
    using Next = void (CompactionRun::*)();
    void onLane(Work work, Next next);
    void rest(std::uint64_t bytes, std::function<void()> next);
    static Work once(std::function<Status()> work);

    void learnKeys();
    void writeNextGroup();
    void groupWritten();
    void exchange();
    void dropGroup();
    void saveMark();
    void finish();
    void end(Result<std::int64_t> result);

    std::shared_ptr<Partition> partition_;
    std::shared_ptr<storage::PartitionLog> log_;
    std::optional<CompactionTask> task_; ///< until the pass is made of it
    Limits limits_;
    Doors doors_;
    Done done_;
    std::shared_ptr<CompactionPass> pass_;
    int groupSegments_ = 0;
    std::int64_t at_ = 0; ///< behind the last group
    double owedMs_ = 0;   ///< of rest
    Clock::TimerId resting_ = 0;
};

} // namespace millrace::broker
