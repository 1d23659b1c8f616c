#pragma once

#include "base/bytes.h"
#include "base/file_system.h"
#include "base/result.h"
#include "storage/directory_claim.h"
#include "storage/partition_log.h"
#include "storage/segment_swap.h"
#include "wire/record_batch.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace millrace::storage {

/// Neighbouring segments of a log that are written anew, with less in them: PartitionLog::rewriteSegments() gives it,
/// replaceSegments() takes it. One thread at a time, any; all calls and the destructor may wait for the disk.
class SegmentRewrite {
public:
    using Segments = SegmentSwap::Segments;
    /// `old` end at `end`, where the next begins. `before`: what has to be settled first, or null.
    SegmentRewrite(FileSystem& disk, std::filesystem::path directory, const LogConfig& config,
                   std::shared_ptr<DirectoryClaim> claim, Segments old, std::int64_t end,
                   std::shared_ptr<SegmentSwap> before);
    /// Removes what was written and not taken.
    ~SegmentRewrite();
    SegmentRewrite(const SegmentRewrite&) = delete;
    SegmentRewrite& operator=(const SegmentRewrite&) = delete;

    /// The offsets that the old segments stand for: what is kept of the records from begin() to before end() is to be
    /// appended. Any thread.
    std::int64_t begin() const { return old_.front()->baseOffset(); }
    std::int64_t end() const { return end_; }

    /// Batches that keep their offsets and leader epochs, each behind the one before; gaps are borne. `corrupt` and
    /// `invalidArgument` as PartitionLog::appendAsFollower(), also for what lies outside. After another error it can
    /// only be dropped. Segments are as large as the log's config wants them.
    Status append(const Bytes& batches);
    /// No more batches: all is on stable storage under names of its own. None at all makes one empty segment.
    Status finish();

    // For the log.
    const Segments& replaced() const { return old_; }
    /// The new segments, once, after finish(); invalidArgument otherwise. Does not wait.
    Result<Segments> take();

private:
    struct Part {
        std::int64_t base = 0;
        std::unique_ptr<File> file;
        SegmentIndex index;
        Segment::Extent extent;
    };
    enum class State { writing, broken, finished, taken };
    Status usable() const;
    Status put(std::span<const std::uint8_t> batch, const wire::BatchHeader& header);
    bool fits(const wire::BatchHeader& header) const;
    Status startPart(std::int64_t base);
    Status endPart();
    Status close();

    FileSystem& disk_;
    std::filesystem::path directory_;
    LogConfig config_;
    std::shared_ptr<DirectoryClaim> claim_;
    Segments old_;
    std::int64_t end_;
    std::shared_ptr<SegmentSwap> before_;
    std::int64_t next_; ///< the first offset that the next batch may have
    std::vector<Part> parts_;
    State state_ = State::writing;
};

} // namespace millrace::storage
