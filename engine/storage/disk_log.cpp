#include "storage/disk_log.h"

#include "base/assertion.h"
#include "storage/checked_headers.h"
#include "storage/marks.h"
#include "storage/retention.h"
#include "storage/segment_cut.h"
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
      epochs_(std::move(recovered.epochs)),
      epochsSaved_(recovered.epochsSaved),
      segments_(std::move(recovered.segments)) {
    MILLRACE_ASSERT(logStart_ <= nextOffset_, "{}: log start {} next {}", directory_.string(), logStart(),
                    nextOffset());
}

DiskLog::Segments DiskLog::listed() const {
    const std::lock_guard lock(listMutex_);
    return segments_;
}

// Appending -----------------------------------------------------------------------------------------------------------

bool DiskLog::mustRoll(std::size_t bytes, std::span<const Placed> placed) const {
    const Segment& last = *segments_.back();
    if (last.empty()) return false;
    const std::uint64_t most = std::min(config_.segmentBytes, kMaxSegmentBytes);
    if (last.bytes() + bytes > most) return true;
    if (placed.back().batch.lastOffset - last.baseOffset() >= std::numeric_limits<std::int32_t>::max()) return true;
    const std::int64_t first = last.extent().firstTimestamp;
    const std::int64_t newest = placed.front().batch.maxTimestamp;
    return first >= 0 && newest >= 0 && newest - first >= config_.segmentMs;
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
    std::uint64_t claimed = 0;
    std::int64_t offset = nextOffset_;
    std::vector<Placed> placed;
    placed.reserve(infos.size());
    for (const BatchInfo& info : infos) {
        if (info.recordCount <= 0 || info.sizeBytes < wire::kBatchHeaderBytes)
            return Error{ErrorCode::invalidArgument, "a record batch without records"};
        claimed += info.sizeBytes;
        placed.push_back({offset, leaderEpoch, {offset + info.recordCount - 1, info.sizeBytes, info.maxTimestamp}});
        offset += info.recordCount;
    }
    if (infos.empty() || claimed != batches.size())
        return Error{ErrorCode::invalidArgument,
                     fmt::format("batches of {} bytes in {} bytes", claimed, batches.size())};
    return appendPlaced(batches, placed);
}

Result<AppendResult> DiskLog::appendAsFollower(const Bytes& batches) {
    auto headers = checkedHeaders(batches.span(), nextOffset_);
    if (!headers) return headers.error();
    std::vector<Placed> placed;
    placed.reserve(headers->size());
    for (const wire::BatchHeader& header : *headers)
        placed.push_back(
            {header.baseOffset, header.leaderEpoch, {header.lastOffset(), header.sizeBytes, newestIn(header)}});
    return appendPlaced(batches, placed);
}

Result<AppendResult> DiskLog::appendPlaced(const Bytes& batches, std::span<const Placed> placed) {
    if (closed_) return Error{ErrorCode::closed, directory_.string() + ": the log is closed"};
    MILLRACE_TRY(usable());
    if (batches.size() > kMaxSegmentBytes)
        return Error{ErrorCode::outOfRange, fmt::format("{} bytes are more than a segment can hold", batches.size())};
    if (mustRoll(batches.size(), placed)) MILLRACE_TRY(roll(false));
    // Before the bytes are seen: flush() may seal their segment at once, and saves the epochs first.
    noteEpochs(placed);
    if (Status written = write(batches, placed); !written) {
        tail_.abandon();
        const std::lock_guard lock(epochsMutex_);
        epochs_.cutFrom(nextOffset());
        return written.error();
    }
    nextOffset_ = placed.back().batch.lastOffset + 1;
    closedCleanly_ = false;
    return AppendResult{placed.front().baseOffset, placed.back().batch.lastOffset};
}

Status DiskLog::write(const Bytes& batches, std::span<const Placed> placed) {
    std::vector<TailCache::Patched> patched;
    std::vector<std::span<const std::uint8_t>> pieces;
    std::vector<Segment::Batch> entries;
    patched.reserve(placed.size());
    pieces.reserve(2 * placed.size());
    entries.reserve(placed.size());
    std::size_t at = 0;
    for (const Placed& one : placed) {
        const auto& batch =
            patched.emplace_back(tail_.patch(batches.slice(at, one.batch.sizeBytes), one.baseOffset, one.leaderEpoch));
        pieces.push_back(batch.head);
        if (!batch.body.empty()) pieces.push_back(batch.body.span());
        at += one.batch.sizeBytes;
        entries.push_back(one.batch);
    }
    MILLRACE_TRY(active().append(pieces, entries, config_.indexIntervalBytes));
    for (std::size_t i = 0; i < patched.size(); ++i)
        tail_.add(patched[i], placed[i].baseOffset, placed[i].batch.lastOffset);
    tail_.trim();
    return ok();
}

/// Leaders change rarely: nearly always the epoch is that of the batch before.
void DiskLog::noteEpochs(std::span<const Placed> placed) {
    for (const Placed& one : placed) {
        if (epochs_.latest() == one.leaderEpoch) continue;
        const std::lock_guard lock(epochsMutex_);
        if (epochs_.assign(one.leaderEpoch, one.baseOffset)) epochsSaved_ = false;
    }
}

/// Before a segment is sealed, since only of those that are not the next start reads the epochs in the batches.
Status DiskLog::saveEpochs() {
    LeaderEpochs copy;
    {
        const std::lock_guard lock(epochsMutex_);
        if (epochsSaved_) return ok();
        copy = epochs_;
    }
    MILLRACE_TRY(writeLeaderEpochs(disk_, directory_, copy));
    const std::lock_guard lock(epochsMutex_);
    epochsSaved_ = copy == epochs_;
    return ok();
}

// Reading -------------------------------------------------------------------------------------------------------------

Error DiskLog::removedError() const {
    return {ErrorCode::closed, directory_.string() + ": removed"};
}

Status DiskLog::usable() const {
    if (claim_->givenUp()) return removedError();
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
    const auto hold = claim_->hold();
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
    const auto hold = claim_->hold();
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
    const auto hold = claim_->hold();
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
    const auto hold = claim_->hold();
    MILLRACE_TRY(usable());
    const Segments segments = listed();
    const std::int64_t covered = segments.back()->nextOffset();
    MILLRACE_TRY(syncAll(segments));
    // Without its index a segment is only slower to open after a crash: that fails no flush, and is tried again.
    const Status sealed = sealAll(segments);
    if (!sealed && !sealWarned_) log_.warning("", "index not written: {}", sealed.error().message);
    sealWarned_ = !sealed;
    return covered;
}

Status DiskLog::syncAll(const Segments& segments) {
    for (const auto& segment : segments) {
        Status synced = segment->sync();
        if (synced) continue;
        failed_ = true;
        log_.error("", "{}: taken offline, what was written last is not durable: {}", directory_.string(),
                   synced.error().message);
        return synced;
    }
    return ok();
}

Status DiskLog::sealAll(const Segments& segments) {
    MILLRACE_TRY(saveEpochs());
    for (const auto& segment : segments)
        if (Status sealed = segment->seal(); !sealed) return sealed.error().in(segment->logPath().string());
    return ok();
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
    {
        const std::lock_guard lock(epochsMutex_);
        if (epochs_.cutBefore(logStart())) epochsSaved_ = false;
    }
    return Removal{
        static_cast<int>(count),
        [&disk = disk_, directory = directory_, claim = claim_, swap = swap_, gone = std::move(gone)]() -> Status {
            // It may be what takes the place of others on the disk, and must not leave them there.
            if (swap) MILLRACE_TRY(swap->settle());
            const auto hold = claim->hold();
            return hold ? removeFiles(disk, directory, gone) : ok();
        }};
}

Result<Removal> DiskLog::applyRetention(EpochMs now) {
    if (failed()) return Removal{};
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
    removal->onDisk = [&disk = disk_, directory = directory_, claim = claim_, offset, marked = markedStart_,
                       removeFiles = std::move(removal->onDisk)]() -> Status {
        if (const auto hold = claim->hold(); hold && offset > *marked) {
            MILLRACE_TRY(writeLogStart(disk, directory, offset));
            MILLRACE_TRY(disk.syncDirectory(directory)); // deleted records must not come back
            *marked = offset;
        }
        return removeFiles ? removeFiles() : ok();
    };
    return removal;
}

Status DiskLog::writeBeside(std::string_view name, std::span<const std::uint8_t> content) {
    const auto hold = claim_->hold();
    return hold ? disk_.replace(directory_ / name, content) : Status(removedError());
}

Status DiskLog::close() {
    if (closed_ || claim_->givenUp()) return ok();
    closed_ = true;
    if (auto flushed = flush(); !flushed) return flushed.error();
    active().giveBackReserve();
    if (active().empty() || closedCleanly_) return ok();
    MILLRACE_TRY(saveEpochs());
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
