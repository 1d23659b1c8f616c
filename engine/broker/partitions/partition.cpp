#include "broker/partitions/partition.h"

#include "base/assertion.h"
#include "broker/partitions/compaction_mark.h"
#include "broker/partitions/producer_snapshot.h"
#include "storage/failed_log.h"
#include "wire/error_code.h"

#include <algorithm>
#include <functional>

namespace millrace::broker {

namespace {

constexpr const char* kSnapshotName = "producers.snapshot";
constexpr std::uint64_t kSnapshotLimitBytes = 64 * 1024 * 1024;
constexpr std::size_t kReplayBytes = 4 * 1024 * 1024;

/// Calls `fn` for each batch in the pieces of a read; returns the offset behind the last.
std::int64_t eachBatch(const storage::ReadResult& read, std::int64_t from,
                       const std::function<void(const wire::BatchHeader&, const Bytes&)>& fn) {
    for (const Bytes& piece : read.pieces) {
        for (std::size_t at = 0; at < piece.size();) {
            const auto header = wire::readBatchHeader(piece.span().subspan(at));
            if (!header) break;
            fn(*header, piece.slice(at, header->sizeBytes));
            from = header->lastOffset() + 1;
            at += header->sizeBytes;
        }
    }
    return from;
}

/// A log that lost its end to damage ends before what was compacted of it. What it gets from now on was not, so that
/// the mark must be gone before it has passed it again.
Result<std::int64_t> compactedUpTo(FileSystem& disk, const std::filesystem::path& directory, Partition& partition,
                                   Log& log) {
    const std::string& topic = partition.topic();
    const std::int32_t index = partition.index();
    const std::int64_t upTo = readCompactionMark(disk, directory, topic, index, log);
    const std::int64_t end = partition.log().nextOffset();
    if (upTo <= end) return upTo;
    log.warning("", "{}-{} was compacted up to offset {} and ends at offset {} now: it is compacted from its start",
                topic, index, upTo, end);
    MILLRACE_TRY(writeCompactionMark(partition.log(), topic, index, 0));
    return 0;
}

} // namespace

Result<std::shared_ptr<Partition>> Partition::open(FileSystem& disk, const std::filesystem::path& directory,
                                                   std::string topic, std::int32_t index,
                                                   const storage::LogConfig& config, Log& log) {
    MILLRACE_TRY(disk.makeDirectories(directory));
    auto opened = storage::openPartitionLog(disk, directory, config, log);
    if (!opened) return opened.error();
    std::shared_ptr<Partition> partition(new Partition(directory, std::move(topic), index, std::move(*opened)));
    MILLRACE_TRY(partition->learnProducers(disk, log));
    auto compacted = compactedUpTo(disk, directory, *partition, log);
    if (!compacted) return std::move(compacted).error();
    partition->compaction.upTo = *compacted;
    return partition;
}

std::shared_ptr<Partition> Partition::openOrOffline(FileSystem& disk, const std::filesystem::path& directory,
                                                    const std::string& topic, std::int32_t index,
                                                    const storage::LogConfig& config, Log& log) {
    auto partition = open(disk, directory, topic, index, config, log);
    if (partition) return std::move(*partition);
    log.error("", "topic {} partition {} is offline: {}", topic, index, partition.error().message);
    return std::shared_ptr<Partition>(
        new Partition(directory, topic, index, storage::failedPartitionLog(partition.error())));
}

std::int16_t Partition::epochError(std::int32_t epoch) const {
    if (epoch < 0 || epoch == leaderEpoch_) return wire::error::kNone;
    return epoch > leaderEpoch_ ? wire::error::kUnknownLeaderEpoch : wire::error::kFencedLeaderEpoch;
}

storage::LeaderEpochs::End Partition::endOfEpoch(std::int32_t epoch) const {
    // Before its first record too.
    if (epoch == leaderEpoch_) return {epoch, logEndOffset()};
    return log_->leaderEpochs().endOf(epoch, logEndOffset());
}

/// Takes over the snapshot beside the log; returns the offset from which the log itself has to be read.
Result<std::int64_t> Partition::restoreProducers(FileSystem& disk, Log& log) {
    const auto path = directory_ / kSnapshotName;
    if (!disk.info(path)) return log_->logStart();
    auto data = disk.readAll(path, kSnapshotLimitBytes);
    if (!data && data.error().code != ErrorCode::outOfRange) return data.error();
    const auto offset = data ? decodeProducerSnapshot(*data, log_->nextOffset(), producers_) : std::nullopt;
    if (offset) {
        snapshotOffset_ = *offset;
        return std::max(log_->logStart(), *offset);
    }
    log.warning("", "{}: not usable, the producers are read from the log", path.string());
    // Before anything is appended: once the log has passed its offset again, it would be taken for one of this log.
    MILLRACE_TRY(disk.remove(path));
    MILLRACE_TRY(disk.syncDirectory(directory_));
    return log_->logStart();
}

Status Partition::learnProducers(FileSystem& disk, Log& log) {
    auto start = restoreProducers(disk, log);
    if (!start) return start.error();
    std::int64_t from = *start;
    while (from < log_->nextOffset()) {
        auto read = log_->readCold(from, kReplayBytes);
        if (!read) return read.error();
        const std::int64_t next =
            eachBatch(*read, from, [this](const auto& header, const Bytes& batch) { learn(header, batch); });
        if (next == from) break;
        from = next;
    }
    return ok();
}

/// What the batch says of its producer.
void Partition::learn(const wire::BatchHeader& header, const Bytes& batch) {
    if (header.producerId < 0) return;
    if (!header.control())
        producers_.remember(header);
    else if (const auto marker = wire::readTransactionMarker(batch))
        producers_.end(*marker, header.baseOffset);
}

std::int64_t Partition::lastStableOffset() const {
    const auto open = producers_.firstOpen();
    return open ? std::min(highWatermark_, std::max(*open, log_->logStart())) : highWatermark_;
}

Result<storage::AppendResult> Partition::end(const wire::TransactionMarker& marker) {
    const Bytes batch = wire::markerBatch(marker);
    auto header = wire::readBatchHeader(batch.span());
    return header ? append(batch, *header) : header.error();
}

Result<storage::AppendResult> Partition::append(const Bytes& batch, wire::BatchHeader header) {
    MILLRACE_ASSERT(leaderEpoch_ >= 0, "an append to {}-{}, which does not lead", topic_, index_);
    const storage::BatchInfo info{header.sizeBytes, header.lastOffsetDelta + 1, header.maxTimestamp};
    auto result = log_->append(batch, {&info, 1}, leaderEpoch_);
    if (!result) return result;
    highWatermark_ = log_->nextOffset();
    header.baseOffset = result->baseOffset;
    learn(header, batch);
    bytesSinceSnapshot_ += batch.size();
    if (!header.control()) counters.recordsIn.addFromOwner(info.recordCount);
    counters.bytesIn.addFromOwner(static_cast<std::int64_t>(batch.size()));
    for (AppendListener* listener : listeners_)
        listener->appended(batch.size());
    return result;
}

void Partition::markGone() {
    gone_ = true;
    for (AppendListener* listener : std::vector(listeners_))
        listener->partitionGone();
}

std::vector<std::uint8_t> Partition::takeSnapshot() {
    bytesSinceSnapshot_ = 0;
    snapshotOffset_ = log_->nextOffset();
    return encodeProducerSnapshot(producers_, snapshotOffset_);
}

Status Partition::writeSnapshot(storage::PartitionLog& log, std::span<const std::uint8_t> snapshot) {
    return log.writeBeside(kSnapshotName, snapshot);
}

Status Partition::saveProducers() {
    if (offline() || snapshotOffset_ == log_->nextOffset()) return ok();
    return writeSnapshot(*log_, takeSnapshot());
}

} // namespace millrace::broker
