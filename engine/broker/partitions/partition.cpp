#include "broker/partitions/partition.h"

#include "wire/big_endian.h"
#include "wire/crc32c.h"

namespace millrace::broker {

namespace {

constexpr const char* kSnapshotName = "producers.snapshot";
constexpr std::uint64_t kSnapshotLimitBytes = 64 * 1024 * 1024;
constexpr std::size_t kSnapshotHeaderBytes = 12; // CRC-32C of the rest, offset up to which it is right
constexpr std::size_t kReplayBytes = 4 * 1024 * 1024;

/// Calls `fn` for each batch header in the pieces of a read; returns the offset behind the last.
std::int64_t eachHeader(const storage::ReadResult& read, std::int64_t from,
                        const std::function<void(const wire::BatchHeader&)>& fn) {
    for (const Bytes& piece : read.pieces) {
        for (std::size_t at = 0; at < piece.size();) {
            const auto header = wire::readBatchHeader(piece.span().subspan(at));
            if (!header) break;
            fn(*header);
            from = header->lastOffset() + 1;
            at += header->sizeBytes;
        }
    }
    return from;
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
    return partition;
}

Status Partition::learnProducers(FileSystem& disk, Log& log) {
    std::int64_t from = log_->logStart();
    const auto path = directory_ / kSnapshotName;
    if (disk.info(path)) {
        auto data = disk.readAll(path, kSnapshotLimitBytes);
        if (!data) return data.error();
        const std::span<const std::uint8_t> all(*data);
        if (all.size() >= kSnapshotHeaderBytes &&
            wire::crc32c(all.subspan(4)) == wire::loadBigEndian<std::uint32_t>(all.data()) &&
            wire::loadBigEndian<std::int64_t>(all.data() + 4) <= log_->nextOffset() &&
            producers_.restore(all.subspan(kSnapshotHeaderBytes)))
            from = std::max(from, snapshotOffset_ = wire::loadBigEndian<std::int64_t>(all.data() + 4));
        else
            log.warning("", "{}: not usable, the producers are read from the log", path.string());
    }
    while (from < log_->nextOffset()) {
        auto read = log_->readCold(from, kReplayBytes);
        if (!read) return read.error();
        const std::int64_t next = eachHeader(*read, from, [this](const wire::BatchHeader& header) {
            if (header.producerId >= 0) producers_.remember(header);
        });
        if (next == from) break;
        from = next;
    }
    return ok();
}

Result<storage::AppendResult> Partition::append(const Bytes& batch, wire::BatchHeader header) {
    const storage::BatchInfo info{header.sizeBytes, header.lastOffsetDelta + 1, header.maxTimestamp};
    auto result = log_->append(batch, {&info, 1}, kLeaderEpoch);
    if (!result) return result;
    if (header.producerId >= 0) {
        header.baseOffset = result->baseOffset;
        producers_.remember(header);
    }
    bytesSinceSnapshot_ += batch.size();
    counters.recordsIn.add(static_cast<std::uint64_t>(info.recordCount));
    counters.bytesIn.add(batch.size());
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
    const auto producers = producers_.serialize();
    std::vector<std::uint8_t> snapshot(kSnapshotHeaderBytes);
    wire::storeBigEndian(snapshot.data() + 4, log_->nextOffset());
    snapshot.insert(snapshot.end(), producers.begin(), producers.end());
    wire::storeBigEndian(snapshot.data(), wire::crc32c(std::span(snapshot).subspan(4)));
    return snapshot;
}

Status Partition::writeSnapshot(FileSystem& disk, const std::filesystem::path& directory,
                                std::span<const std::uint8_t> snapshot) {
    return disk.replace(directory / kSnapshotName, snapshot);
}

Status Partition::saveProducers(FileSystem& disk) {
    if (snapshotOffset_ == log_->nextOffset()) return ok();
    return writeSnapshot(disk, directory_, takeSnapshot());
}

} // namespace millrace::broker
