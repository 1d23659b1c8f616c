#pragma once

#include "broker/compaction/batch_sieve.h"
#include "broker/compaction/key_offsets.h"
#include "broker/compaction/transaction_trace.h"
#include "storage/partition_log.h"
#include "storage/segment_rewrite.h"

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace millrace::broker {

/// The last that a partition knows of a producer: the batch that says so stays, if only its header.
struct LastOfProducer {
    std::int64_t lastOffset = -1; ///< of its last batch of records; -1: it has none in its epoch, a marker began that
    std::int16_t epoch = -1;
};

/// What a pass goes by, as it was when the pass began.
struct CompactionTask {
    std::shared_ptr<storage::PartitionLog> log;
    std::int64_t from = 0; ///< whose keys count, up to `end`
    std::int64_t end = 0;
    EpochMs now = 0;
    EpochMs horizon = 0; ///< until when deleted keys are told that were not told as such before
    std::vector<AbortedTransaction> aborted;
    std::unordered_map<std::int64_t, LastOfProducer> producers;
    KeyOffsets::Limits memory;
    KeySecret secret{};
};

/// One compaction of a partition, in portions: first the last offset of each key is learnt from the new part of the
/// log, then the segments are written anew from the first on, group by group, without what is outdated. Decides as
/// Kafka's Cleaner. One thread at a time, any; all calls wait for the disk. An error ends the pass: `corrupt` for
/// damage in the log, outOfRange when its start has overtaken the pass.
class CompactionPass {
public:
    explicit CompactionPass(CompactionTask task);

    struct Portion {
        std::uint64_t bytes = 0; ///< read and written
        bool more = false;
    };
    Result<Portion> learnKeys(std::size_t maxBytes);
    /// Behind the last record whose key was learnt: where memory did not suffice, before the task's end.
    std::int64_t learntTo() const { return learntTo_; }

    /// Precondition: the groups come in the order of the log, from its first segment on.
    void begin(std::shared_ptr<storage::SegmentRewrite> group);
    /// When there is no more, the new segments are finished.
    Result<Portion> writeGroup(std::size_t maxBytes);
    storage::SegmentRewrite& group() { return *group_; }
    /// The group is taken by the log, or what was written of it is removed.
    void endGroup() { group_.reset(); }
    bool changedGroup() const { return changed_; }
    /// The markers of aborted transactions that are not in the new segments.
    const std::vector<std::int64_t>& droppedAborts() const { return droppedAborts_; }

    struct Totals {
        std::uint64_t bytesBefore = 0, bytesAfter = 0;
        std::int64_t recordsBefore = 0, recordsAfter = 0;
    };
    const Totals& totals() const { return totals_; }

private:
    struct Piece {
        std::vector<std::pair<wire::BatchHeader, Bytes>> batches;
        std::uint64_t bytes = 0;
    };
    Result<Piece> read(std::int64_t from, std::int64_t end, std::size_t maxBytes) const;
    Result<bool> learn(const wire::BatchHeader& header, const Bytes& batch);
    Status rewrite(const wire::BatchHeader& header, const Bytes& batch);
    Result<SiftedBatch> whatIsLeft(const wire::BatchHeader& header, const Bytes& batch);
    Result<SiftedBatch> ofMarker(const wire::BatchHeader& header, const Bytes& batch);
    Result<SiftedBatch> ofRecords(const wire::BatchHeader& header, const Bytes& batch);
    bool keeps(const WalkedRecord& record, std::int64_t offset, bool pastHorizon) const;
    bool staysEmpty(const wire::BatchHeader& header) const;
    bool isLastOfProducer(const wire::BatchHeader& header) const;

    CompactionTask task_;
    KeyOffsets keys_;
    TransactionTrace learning_, writing_;
    std::int64_t learntTo_;
    std::int64_t at_ = 0; ///< where the next portion begins
    std::shared_ptr<storage::SegmentRewrite> group_;
    bool changed_ = false;
    std::vector<std::int64_t> droppedAborts_;
    Totals totals_;
};

} // namespace millrace::broker
