#pragma once

#include "storage/directory_claim.h"
#include "storage/partition_log.h"
#include "storage/recovery.h"
#include "storage/segment.h"
#include "storage/segment_swap.h"
#include "storage/tail_cache.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace millrace::storage {

/// PartitionLog over segments. The owner alone changes the list of segments, under `listMutex_`, so that flush() and
/// cold reads can take a copy of it from other threads.
class DiskLog final : public PartitionLog {
public:
    DiskLog(FileSystem& disk, std::filesystem::path directory, const LogConfig& config, Log& log,
            RecoveredLog recovered);

    Result<AppendResult> append(const Bytes& batches, std::span<const BatchInfo> infos,
                                std::int32_t leaderEpoch) override;
    Result<AppendResult> appendAsFollower(const Bytes& batches) override;
    Status truncateTo(std::int64_t offset) override;
    std::vector<SegmentSummary> segments() const override;
    Result<std::shared_ptr<SegmentRewrite>> rewriteSegments(std::int64_t from, std::int64_t upTo) override;
    Result<DiskWork> replaceSegments(SegmentRewrite& rewrite) override;
    const LeaderEpochs& leaderEpochs() const override { return epochs_; }
    Result<ReadResult> read(std::int64_t offset, std::size_t maxBytes) const override;
    Result<ReadResult> readCold(std::int64_t offset, std::size_t maxBytes) const override;
    std::int64_t logStart() const override { return logStart_; }
    std::int64_t nextOffset() const override { return nextOffset_; }
    std::uint64_t sizeBytes() const override;
    bool failed() const override { return failed_ || claim_->givenUp(); }
    Result<std::optional<TimestampOffset>> offsetForTime(std::int64_t timestamp) const override;
    Result<std::optional<TimestampOffset>> maxTimestamp() const override;
    Result<std::int64_t> flush() override;
    Result<Removal> applyRetention(EpochMs now) override;
    Result<Removal> setLogStart(std::int64_t offset) override;
    void setConfig(const LogConfig& config) override { config_ = config; }
    Status writeBeside(std::string_view name, std::span<const std::uint8_t> content) override;
    void retire() override { claim_->giveUp(); }
    Status close() override;

private:
    using Segments = SegmentSwap::Segments;
    Segments listed() const;
    Segment& active() { return *segments_.back(); }
    Status usable() const;
    Error removedError() const;
    Status rangeError(std::int64_t offset) const;
    /// A batch with the place in the log that it gets, or has.
    struct Placed {
        std::int64_t baseOffset = 0;
        std::int32_t leaderEpoch = -1;
        Segment::Batch batch;
    };
    bool mustRoll(std::size_t bytes, std::span<const Placed> placed) const;
    Result<AppendResult> appendPlaced(const Bytes& batches, std::span<const Placed> placed);
    Status roll(bool createNow);
    Status write(const Bytes& batches, std::span<const Placed> placed);
    void noteEpochs(std::span<const Placed> placed);
    Status saveEpochs();
    Status dropFrom(std::int64_t offset);
    Result<Removal> letGoOfFirst(std::size_t count);
    Status syncAll(const Segments& segments);
    Status sealAll(const Segments& segments);

    FileSystem& disk_;
    std::filesystem::path directory_;
    LogConfig config_;
    Log& log_;
    TailCache tail_;
    std::int64_t quietSince_ = -1; ///< next offset at the last retention: unchanged since means nobody writes
    bool closedCleanly_;
    bool closed_ = false;

    std::atomic<bool> failed_ = false; ///< by a sync, after which the kernel may have dropped what it could not write
    std::atomic<std::int64_t> logStart_;
    std::atomic<std::int64_t> nextOffset_;
    /// What the mark on the disk says, as far as is known: only moved by the work that setLogStart() hands out.
    std::shared_ptr<std::atomic<std::int64_t>> markedStart_;

    /// Held by all that reaches files by their names, but what the owner does, who learns of a removal in time.
    std::shared_ptr<DirectoryClaim> claim_ = std::make_shared<DirectoryClaim>();
    std::weak_ptr<SegmentRewrite> rewriting_;
    std::shared_ptr<SegmentSwap> swap_; ///< the last one, or null

    mutable std::mutex epochsMutex_; ///< the owner changes them under it, flush() copies them
    LeaderEpochs epochs_;
    bool epochsSaved_;

    mutable std::mutex listMutex_;
    Segments segments_;

    std::mutex flushMutex_; ///< one flush at a time; guards what follows
    bool sealWarned_ = false;
};

} // namespace millrace::storage
