#include "storage/disk_log.h"

#include "base/assertion.h"
#include "storage/marks.h"
#include "storage/retention.h"
#include "storage/segment_reader.h"
#include "wire/record_batch.h"

#include <algorithm>
#include <fmt/core.h>
#include <limits>
#include <utility>

namespace millrace::storage {

DiskLog::DiskLog(FileSystem& disk, std::filesystem::path directory, const LogConfig& config, Log& log,
                 RecoveredLog recovered)
    : disk_(disk),
      directory_(std::move(directory)),
      config_(config),
      log_(log),
      closedCleanly_(recovered.closedCleanly),
      logStart_(recovered.logStart),
      nextOffset_(recovered.segments.back()->nextOffset()),
      markedStart_(std::make_shared<std::atomic<std::int64_t>>(recovered.logStart)),
      segments_(std::move(recovered.segments)) {
    MILLRACE_ASSERT(logStart_ <= nextOffset_, "{}: log start {} next {}", directory_.string(), logStart(),
                    nextOffset());
}

DiskLog::Segments DiskLog::listed() const {
    const std::lock_guard lock(listMutex_);
    return segments_;
}

// Appending -----------------------------------------------------------------------------------------------------------

bool DiskLog::mustRoll(const Bytes& batches, std::span<const BatchInfo> infos) const {
    const Segment& last = *segments_.back();
    if (last.empty()) return false;
    const std::uint64_t most = std::min(config_.segmentBytes, kMaxSegmentBytes);
    if (last.bytes() + batches.size() > most) return true;
    std::int64_t records = 0;
    for (const BatchInfo& info : infos)
        records += info.recordCount;
    if (nextOffset_ + records - last.baseOffset() > std::numeric_limits<std::int32_t>::max()) return true;
    const std::int64_t first = last.extent().firstTimestamp;
    return first >= 0 && infos.front().maxTimestamp >= 0 && infos.front().maxTimestamp - first >= config_.segmentMs;
}

/// The new segment's name carries the next offset over a restart, so it needs a file at once where the old may go.
Status DiskLog::roll(bool createNow) {
    // Once it is retired nobody cuts the old segment any more, and the next start would take the rest of a failed
    // append for damage and drop all that lies behind.
    MILLRACE_TRY(active().settle());
    auto next = Segment::makeEmpty(disk_, directory_, nextOffset_);
    if (createNow) MILLRACE_TRY(next->create());
    active().retire();
    const std::lock_guard lock(listMutex_);
    segments_.push_back(std::move(next));
    return ok();
}

Result<AppendResult> DiskLog::append(const Bytes& batches, std::span<const BatchInfo> infos, std::int32_t leaderEpoch) {
    if (closed_) return Error{ErrorCode::closed, directory_.string() + ": the log is closed"};
    MILLRACE_TRY(usable());
    std::uint64_t claimed = 0;
    std::int64_t records = 0;
    for (const BatchInfo& info : infos) {
        if (info.recordCount <= 0 || info.sizeBytes < wire::kBatchHeaderBytes)
            return Error{ErrorCode::invalidArgument, "a record batch without records"};
        claimed += info.sizeBytes;
        records += info.recordCount;
    }
    if (infos.empty() || claimed != batches.size())
        return Error{ErrorCode::invalidArgument,
                     fmt::format("batches of {} bytes in {} bytes", claimed, batches.size())};
    if (batches.size() > kMaxSegmentBytes)
        return Error{ErrorCode::outOfRange, fmt::format("{} bytes are more than a segment can hold", batches.size())};
    if (mustRoll(batches, infos)) MILLRACE_TRY(roll(false));
    if (Status written = write(batches, infos, leaderEpoch); !written) {
        tail_.abandon();
        return written.error();
    }
    const std::int64_t base = nextOffset_;
    nextOffset_ = base + records;
    closedCleanly_ = false;
    return AppendResult{base, base + records - 1};
}

Status DiskLog::write(const Bytes& batches, std::span<const BatchInfo> infos, std::int32_t leaderEpoch) {
    std::vector<TailCache::Patched> patched;
    std::vector<std::span<const std::uint8_t>> pieces;
    std::vector<Segment::Batch> entries;
    patched.reserve(infos.size());
    pieces.reserve(2 * infos.size());
    entries.reserve(infos.size());
    std::int64_t offset = nextOffset_;
    std::size_t at = 0;
    for (const BatchInfo& info : infos) {
        const auto& batch = patched.emplace_back(tail_.patch(batches.slice(at, info.sizeBytes), offset, leaderEpoch));
        pieces.push_back(batch.head);
        if (!batch.body.empty()) pieces.push_back(batch.body.span());
        offset += info.recordCount;
        at += info.sizeBytes;
        entries.push_back({offset - 1, info.sizeBytes, info.maxTimestamp});
    }
    MILLRACE_TRY(active().append(pieces, entries, config_.indexIntervalBytes));
    offset = nextOffset_;
    for (std::size_t i = 0; i < patched.size(); ++i) {
        tail_.add(patched[i], offset, entries[i].lastOffset);
        offset = entries[i].lastOffset + 1;
    }
    tail_.trim();
    return ok();
}

// Reading -------------------------------------------------------------------------------------------------------------

Status DiskLog::usable() const {
    if (!failed_) return ok();
    return Error{ErrorCode::io, directory_.string() + ": not durable, start again to recover"};
}

Status DiskLog::rangeError(std::int64_t offset) const {
    MILLRACE_TRY(usable());
    const std::int64_t start = logStart();
    const std::int64_t next = nextOffset();
    if (offset >= start && offset <= next) return ok();
    return Error{ErrorCode::outOfRange,
                 fmt::format("{}: offset {} is outside of {} to {}", directory_.string(), offset, start, next)};
}

Result<ReadResult> DiskLog::read(std::int64_t offset, std::size_t maxBytes) const {
    MILLRACE_TRY(rangeError(offset));
    if (offset == nextOffset_) return ReadResult{};
    if (tail_.holds(offset)) return tail_.read(offset, maxBytes);
    ReadResult elsewhere;
    elsewhere.cold = true;
    return elsewhere;
}

Result<ReadResult> DiskLog::readCold(std::int64_t offset, std::size_t maxBytes) const {
    MILLRACE_TRY(rangeError(offset));
    const Segments segments = listed();
    auto segment = std::upper_bound(segments.begin(), segments.end(), offset,
                                    [](std::int64_t o, const auto& s) { return o < s->baseOffset(); });
    if (segment != segments.begin()) --segment;
    for (; segment != segments.end(); ++segment) {
        if ((*segment)->empty()) continue;
        auto result = readSegment(**segment, offset, maxBytes);
        if (!result) {
            MILLRACE_TRY(rangeError(offset)); // retention was faster
            return result.error();
        }
        if (result->sizeBytes > 0) return result;
    }
    return ReadResult{};
}

Result<std::optional<TimestampOffset>> DiskLog::offsetForTime(std::int64_t timestamp) const {
    MILLRACE_TRY(usable());
    for (const auto& segment : listed()) {
        if (segment->empty() || segment->extent().latest.timestamp < timestamp || segment->nextOffset() <= logStart())
            continue;
        auto found = findTimestamp(*segment, timestamp, logStart());
        if (!found && segment->nextOffset() <= logStart()) continue; // retention was faster
        if (!found || *found) return found;
    }
    return std::optional<TimestampOffset>();
}

Result<std::optional<TimestampOffset>> DiskLog::maxTimestamp() const {
    MILLRACE_TRY(usable());
    // Read once: the segment under way goes on growing.
    std::vector<std::pair<std::int64_t, std::shared_ptr<Segment>>> newestFirst;
    for (const auto& segment : listed())
        if (const auto newest = segment->extent().latest.timestamp; newest >= 0 && segment->nextOffset() > logStart())
            newestFirst.emplace_back(newest, segment);
    std::stable_sort(newestFirst.begin(), newestFirst.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::optional<TimestampOffset> latest;
    for (const auto& [newest, segment] : newestFirst) {
        // The first is enough, unless its newest record lies before the log's start.
        if (latest && latest->timestamp >= newest) break;
        auto found = findLatest(*segment, newest, logStart());
        if (!found && segment->nextOffset() <= logStart()) continue; // retention was faster
        if (!found) return found;
        if (*found && (!latest || (*found)->timestamp > latest->timestamp)) latest = *found;
    }
    return latest;
}

std::uint64_t DiskLog::sizeBytes() const {
    std::uint64_t sum = 0;
    for (const auto& segment : segments_)
        sum += segment->bytes();
    return sum;
}

// Keeping and closing -------------------------------------------------------------------------------------------------

Result<std::int64_t> DiskLog::flush() {
    const std::lock_guard oneAtATime(flushMutex_);
    MILLRACE_TRY(usable());
    const Segments segments = listed();
    const std::int64_t covered = segments.back()->nextOffset();
    std::optional<Error> notSealed;
    for (const auto& segment : segments) {
        if (Status synced = segment->sync(); !synced) {
            failed_ = true;
            log_.error("", "{}: taken offline, what was written last is not durable: {}", directory_.string(),
                       synced.error().message);
            return synced.error();
        }
        // Without its index a segment is only slower to open after a crash: that fails no flush, and is tried again.
        if (Status sealed = segment->seal(); !sealed) notSealed = sealed.error().in(segment->logPath().string());
    }
    if (notSealed && !sealWarned_) log_.warning("", "index not written: {}", notSealed->message);
    sealWarned_ = notSealed.has_value();
    return covered;
}

namespace {

Status removeFiles(FileSystem& disk, const std::filesystem::path& directory,
                   std::span<const std::shared_ptr<Segment>> segments) {
    // The name of the segment under way carries the next offset: it must be there for good before the others go.
    MILLRACE_TRY(disk.syncDirectory(directory));
    for (const auto& segment : segments)
        MILLRACE_TRY(segment->remove());
    return ok();
}

} // namespace

Result<Removal> DiskLog::letGoOfFirst(std::size_t count) {
    if (count == 0) return Removal{};
    MILLRACE_TRY(active().create());
    Segments gone(segments_.begin(), segments_.begin() + static_cast<std::ptrdiff_t>(count));
    {
        const std::lock_guard lock(listMutex_);
        segments_.erase(segments_.begin(), segments_.begin() + static_cast<std::ptrdiff_t>(count));
    }
    logStart_ = std::max(logStart(), segments_.front()->baseOffset());
    return Removal{static_cast<int>(count), [&disk = disk_, directory = directory_, gone = std::move(gone)] {
                       return removeFiles(disk, directory, gone);
                   }};
}

Result<Removal> DiskLog::applyRetention(EpochMs now) {
    if (failed_) return Removal{};
    if (quietSince_ == nextOffset_) tail_.clear();
    quietSince_ = nextOffset_;
    if (!active().empty() && (isOverAge(active(), config_, now) || isExpired(disk_, active(), config_, now)))
        MILLRACE_TRY(roll(true));
    return letGoOfFirst(countToRemove(disk_, segments_, config_, logStart(), now));
}

Result<Removal> DiskLog::setLogStart(std::int64_t offset) {
    MILLRACE_TRY(usable());
    if (offset > nextOffset_)
        return Error{ErrorCode::outOfRange, fmt::format("{}: there is no offset {} yet, the next is {}",
                                                        directory_.string(), offset, nextOffset())};
    // Not where retention has moved the start that far: until its files are gone for good, a crash brings them back.
    if (offset <= *markedStart_) return Removal{};
    logStart_ = std::max(logStart(), offset);
    auto removal = letGoOfFirst(countBelow(segments_, offset));
    if (!removal) return removal;
    removal->onDisk = [&disk = disk_, directory = directory_, offset, marked = markedStart_,
                       removeFiles = std::move(removal->onDisk)]() -> Status {
        if (offset > *marked) {
            MILLRACE_TRY(writeLogStart(disk, directory, offset));
            MILLRACE_TRY(disk.syncDirectory(directory)); // deleted records must not come back
            *marked = offset;
        }
        return removeFiles ? removeFiles() : ok();
    };
    return removal;
}

Status DiskLog::close() {
    if (closed_) return ok();
    closed_ = true;
    if (auto flushed = flush(); !flushed) return flushed.error();
    active().giveBackReserve();
    if (active().empty() || closedCleanly_) return ok();
    MILLRACE_TRY(active().saveIndex());
    return writeCleanStop(disk_, directory_, {active().baseOffset(), active().extent()});
}

Result<std::unique_ptr<PartitionLog>> openPartitionLog(FileSystem& disk, const std::filesystem::path& directory,
                                                       const LogConfig& config, Log& log) {
    auto recovered = recoverLog(disk, directory, config.indexIntervalBytes, log);
    if (!recovered) return recovered.error();
    return std::unique_ptr<PartitionLog>(
        std::make_unique<DiskLog>(disk, directory, config, log, std::move(*recovered)));
}

} // namespace millrace::storage
