#include "broker/compaction/compaction_pass.h"

#include "wire/transaction_marker.h"

#include <algorithm>
#include <fmt/core.h>
#include <utility>

namespace millrace::broker {

CompactionPass::CompactionPass(CompactionTask task)
    : task_(std::move(task)),
      keys_(task_.memory, static_cast<std::uint64_t>(task_.end - task_.from), task_.secret),
      learning_(task_.aborted),
      writing_(task_.aborted),
      learntTo_(task_.from),
      at_(task_.from) {}

/// Whole batches from the one that holds `from`, each with a CRC that fits; none when nothing is left before `end`.
Result<CompactionPass::Piece> CompactionPass::read(std::int64_t from, std::int64_t end, std::size_t maxBytes) const {
    Piece piece;
    if (from >= end) return piece;
    auto found = task_.log->readCold(from, maxBytes);
    if (!found) return found.error();
    for (const Bytes& bytes : found->pieces) {
        for (std::size_t at = 0; at < bytes.size();) {
            const auto header = wire::readBatchHeader(bytes.span().subspan(at));
            if (!header) return Error{ErrorCode::corrupt, header.error().message};
            if (header->baseOffset >= end) return piece;
            const Bytes batch = bytes.slice(at, header->sizeBytes);
            if (!wire::crcMatches(batch.span()))
                return Error{ErrorCode::corrupt,
                             fmt::format("the CRC of the batch at offset {} does not fit", header->baseOffset)};
            piece.batches.emplace_back(*header, batch);
            piece.bytes += batch.size();
            at += batch.size();
        }
    }
    return piece;
}

// Learning ------------------------------------------------------------------------------------------------------------

Result<CompactionPass::Portion> CompactionPass::learnKeys(std::size_t maxBytes) {
    auto piece = read(at_, task_.end, maxBytes);
    if (!piece) return piece.error();
    for (const auto& [header, batch] : piece->batches) {
        const auto learnt = learn(header, batch);
        if (!learnt) return learnt.error();
        if (!*learnt) return Portion{piece->bytes, false};
        learntTo_ = at_ = header.lastOffset() + 1;
    }
    if (piece->batches.empty()) learntTo_ = task_.end;
    return Portion{piece->bytes, !piece->batches.empty()};
}

/// False when there is no room for another key.
Result<bool> CompactionPass::learn(const wire::BatchHeader& header, const Bytes& batch) {
    if (header.control() || learning_.isAborted(header)) return true;
    bool room = true;
    MILLRACE_TRY(eachRecord(batch, header, [&](const WalkedRecord& record, std::int64_t offset) {
        if (record.hasKey && offset >= task_.from) room = keys_.put(record.key, offset);
        if (room) learntTo_ = std::max(learntTo_, offset + 1);
        return room;
    }));
    return room;
}

// Writing -------------------------------------------------------------------------------------------------------------

void CompactionPass::begin(std::shared_ptr<storage::SegmentRewrite> group) {
    group_ = std::move(group);
    at_ = std::max(group_->begin(), task_.log->logStart());
    changed_ = false;
    droppedAborts_.clear();
}

Result<CompactionPass::Portion> CompactionPass::writeGroup(std::size_t maxBytes) {
    auto piece = read(at_, group_->end(), maxBytes);
    if (!piece) return piece.error();
    const std::uint64_t written = totals_.bytesAfter;
    for (const auto& [header, batch] : piece->batches) {
        MILLRACE_TRY(rewrite(header, batch));
        at_ = header.lastOffset() + 1;
    }
    if (piece->batches.empty()) MILLRACE_TRY(group_->finish());
    return Portion{piece->bytes + totals_.bytesAfter - written, !piece->batches.empty()};
}

Status CompactionPass::rewrite(const wire::BatchHeader& header, const Bytes& batch) {
    auto left = whatIsLeft(header, batch);
    if (!left) return left.error();
    const bool stays = left->records > 0 || staysEmpty(header);
    totals_.bytesBefore += batch.size();
    changed_ = changed_ || left->changed || !stays;
    if (!header.control()) {
        totals_.recordsBefore += header.recordCount;
        totals_.recordsAfter += left->records;
    }
    if (!stays) return ok();
    totals_.bytesAfter += left->batch.size();
    return group_->append(left->batch);
}

Result<SiftedBatch> CompactionPass::whatIsLeft(const wire::BatchHeader& header, const Bytes& batch) {
    if (header.baseOffset >= learntTo_) return SiftedBatch{batch, header.recordCount, false};
    return header.control() ? ofMarker(header, batch) : ofRecords(header, batch);
}

/// A marker goes once it has nothing to end, and readers have had the time to come by it.
Result<SiftedBatch> CompactionPass::ofMarker(const wire::BatchHeader& header, const Bytes& batch) {
    const auto marker = wire::readTransactionMarker(batch);
    if (!marker || writing_.endsSomething(header) || isLastOfProducer(header))
        return SiftedBatch{batch, header.recordCount, false};
    const auto horizon = deleteHorizonOf(header);
    if (!horizon || *horizon > task_.now || staysEmpty(header))
        return siftBatch(batch, header, {[](const auto&, auto) { return true; }, task_.horizon, true});
    if (!marker->committed) droppedAborts_.push_back(header.baseOffset);
    return SiftedBatch{emptied(batch), 0, true};
}

Result<SiftedBatch> CompactionPass::ofRecords(const wire::BatchHeader& header, const Bytes& batch) {
    writing_.saw(header);
    if (writing_.isAborted(header)) return SiftedBatch{emptied(batch), 0, header.recordCount > 0};
    const auto horizon = deleteHorizonOf(header);
    const bool pastHorizon = horizon && *horizon <= task_.now;
    const auto judge = [&](const WalkedRecord& record, std::int64_t offset) {
        return keeps(record, offset, pastHorizon);
    };
    return siftBatch(batch, header, {judge, task_.horizon, false});
}

bool CompactionPass::keeps(const WalkedRecord& record, std::int64_t offset, bool pastHorizon) const {
    if (offset >= learntTo_) return true;
    if (!record.hasKey || (!record.hasValue && pastHorizon)) return false;
    const auto last = keys_.find(record.key);
    return !last || offset >= *last;
}

/// The last batch in front of what is not compacted, too: a reader behind whom all is gone learns from it that the log
/// goes on.
bool CompactionPass::staysEmpty(const wire::BatchHeader& header) const {
    return header.lastOffset() + 1 >= task_.end || isLastOfProducer(header);
}

bool CompactionPass::isLastOfProducer(const wire::BatchHeader& header) const {
    const auto found = task_.producers.find(header.producerId);
    if (header.producerId < 0 || found == task_.producers.end()) return false;
    const LastOfProducer& last = found->second;
    if (last.lastOffset >= 0) return !header.control() && header.lastOffset() == last.lastOffset;
    return header.control() && header.producerEpoch == last.epoch;
}

} // namespace millrace::broker
