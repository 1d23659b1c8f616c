#include "storage/recovery.h"

#include "storage/batch_scanner.h"
#include "storage/damage.h"
#include "storage/marks.h"
#include "storage/segment_cut.h"
#include "storage/segment_swap.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <limits>
#include <set>
#include <utility>

namespace millrace::storage {

namespace {

namespace fs = std::filesystem;

bool saysTheFileIsDamaged(const Error& error) {
    return error.code == ErrorCode::corrupt || error.code == ErrorCode::closed || error.code == ErrorCode::unsupported;
}

class Recovery {
public:
    Recovery(FileSystem& disk, const fs::path& directory, std::uint32_t interval, Log& log)
        : disk_(disk), directory_(directory), interval_(interval), log_(log) {}

    Result<RecoveredLog> run() {
        MILLRACE_TRY(disk_.makeDirectories(directory_));
        MILLRACE_TRY(finishSwap(disk_, directory_, log_));
        auto start = readLogStart(disk_, directory_);
        if (!start) return start.error();
        MILLRACE_TRY(listSegments());
        auto epochs = readLeaderEpochs(disk_, directory_);
        if (!epochs) return epochs.error();
        savedEpochs_ = *epochs;
        if (savedEpochs_) recovered_.epochs = *savedEpochs_;
        cleanStop_ = readCleanStop(disk_, directory_);
        for (auto base = bases_.begin(); base != bases_.end(); ++base) {
            const bool last = std::next(base) == bases_.end();
            const std::int64_t following = last ? std::numeric_limits<std::int64_t>::max() : *std::next(base);
            MILLRACE_TRY(openSegment(*base, last, following));
            // Damage before what was synced is no power cut: all behind it is good and stays, with a gap before it.
            if (!std::exchange(damaged_, false) || syncedBehind(*base)) continue;
            MILLRACE_TRY(setAsideFrom(std::next(base)));
            break;
        }
        return finish(*start);
    }

private:
    Status listSegments() {
        auto entries = disk_.list(directory_);
        if (!entries) return entries.error();
        for (const FileInfo& entry : *entries) {
            const auto base = baseOffsetOf(entry.path, kLogSuffix);
            if (base) bases_.insert(*base);
            if (base && entry.size > 0) lastWithContent_ = std::max(lastWithContent_, *base);
            if (base) continue;
            // A replace() or a rewriting that was cut short.
            if (entry.path.extension() == ".new" || entry.path.extension() == kCleanedSuffix)
                MILLRACE_TRY(disk_.remove(entry.path));
        }
        for (const FileInfo& entry : *entries)
            for (const auto suffix : {kOffsetIndexSuffix, kTimeIndexSuffix})
                if (const auto base = baseOffsetOf(entry.path, suffix)) {
                    if (bases_.contains(*base))
                        sealed_.insert(*base);
                    else
                        MILLRACE_TRY(disk_.remove(entry.path));
                }
        return ok();
    }

    Status openSegment(std::int64_t base, bool last, std::int64_t following) {
        auto file = disk_.open(segmentFile(directory_, base, kLogSuffix), OpenMode::append);
        if (!file) return file.error();
        auto size = (*file)->size();
        if (!size) return size.error();
        if (*size <= kMaxSegmentBytes) {
            auto trusted = openTrusted(base, last, following, *file, *size);
            if (!trusted) return trusted.error();
            if (*trusted) return ok();
        }
        return scan(base, last, following, std::move(*file), *size);
    }

    /// True when the segment could be taken over without a scan; `file` is used up if it is the last one.
    Result<bool> openTrusted(std::int64_t base, bool last, std::int64_t following, std::unique_ptr<File>& file,
                             std::uint64_t size) {
        const bool closedHere = cleanStop_ && cleanStop_->baseOffset == base;
        if (last && !(closedHere && cleanStop_->extent.bytes == size)) return false;
        auto index = SegmentIndex::load(disk_, directory_, base, size);
        if (!index) {
            if (index.error().code == ErrorCode::io) return index.error();
            return false;
        }
        Segment::Extent extent;
        if (last) {
            extent = cleanStop_->extent;
        } else {
            auto next = endOf(*file, base, *index, size);
            if (!next) return next.error();
            if (!*next || **next > following) return false;
            auto first = firstTimestamp(*file);
            if (!first) return first.error();
            extent = {size, **next, *first, {index->latest().timestamp, base + index->latest().relativeOffset}};
        }
        if (!savedEpochs_) MILLRACE_TRY(learnEpochs(*file, size));
        if (last)
            recovered_.segments.push_back(
                Segment::makeActive(disk_, directory_, base, std::move(file), std::move(*index), extent, true));
        else
            recovered_.segments.push_back(Segment::makeSealed(disk_, directory_, base, extent));
        recovered_.closedCleanly = last;
        return true;
    }

    static Result<std::int64_t> firstTimestamp(const File& file) {
        std::array<std::uint8_t, wire::kBatchHeaderBytes> start{};
        auto got = file.readAt(0, start);
        if (!got) return got.error();
        const auto header = wire::peekBatchHeader(std::span(start).first(*got));
        return header ? newestIn(*header) : -1;
    }

    /// From a segment that is trusted, when no file tells them.
    Status learnEpochs(const File& file, std::uint64_t size) {
        BatchScanner scanner(file, 0, size, BatchScanner::Check::headers);
        for (;;) {
            auto found = scanner.next();
            if (!found && !saysTheFileIsDamaged(found.error())) return found.error();
            if (!found || !*found) return ok();
            recovered_.epochs.assign((*found)->header.leaderEpoch, (*found)->header.baseOffset);
        }
    }

    /// The offset behind the last batch, by walking from the last index entry; nothing when the two do not meet.
    static Result<std::optional<std::int64_t>> endOf(const File& file, std::int64_t base, const SegmentIndex& index,
                                                     std::uint64_t size) {
        const OffsetEntry last = index.offsets().empty() ? OffsetEntry{} : index.offsets().back();
        BatchScanner scanner(file, static_cast<std::uint64_t>(last.position), size, BatchScanner::Check::headers);
        std::int64_t next = base;
        bool first = true;
        for (;;) {
            auto found = scanner.next();
            if (!found && !saysTheFileIsDamaged(found.error())) return found.error();
            if (!found) return std::optional<std::int64_t>();
            if (!*found) return std::optional(next);
            const std::int64_t end = (*found)->header.lastOffset();
            if (first && !index.offsets().empty() && end != base + last.relativeOffset)
                return std::optional<std::int64_t>();
            if ((*found)->header.baseOffset < next) return std::optional<std::int64_t>();
            first = false;
            next = end + 1;
        }
    }

    Status scan(std::int64_t base, bool last, std::int64_t following, std::unique_ptr<File> file, std::uint64_t size) {
        SegmentIndex index;
        Segment::Extent extent{0, base, -1, {}};
        BatchScanner scanner(*file, 0, std::min(size, kMaxSegmentBytes), BatchScanner::Check::headersAndCrc);
        std::string damage = size > kMaxSegmentBytes ? "the file is larger than a segment can be" : "";
        for (;;) {
            auto found = scanner.next();
            if (!found && !saysTheFileIsDamaged(found.error())) return found.error();
            if (!found) damage = found.error().message;
            if (!found || !*found) break;
            const wire::BatchHeader& header = (*found)->header;
            if (header.baseOffset < extent.nextOffset || header.lastOffset() >= following ||
                header.lastOffset() - base > std::numeric_limits<std::int32_t>::max()) {
                damage = fmt::format("offset {} where {} was to follow", header.baseOffset, extent.nextOffset);
                break;
            }
            noteBatch(extent, index, base, header, interval_);
            recovered_.epochs.assign(header.leaderEpoch, header.baseOffset);
        }
        if (!damage.empty())
            MILLRACE_TRY(cut(base, *file, extent.bytes, size, damage));
        else if (!last && extent.nextOffset < following)
            noteLostEnd(base, extent.nextOffset, following);
        MILLRACE_TRY(forgetIndex(base));
        recovered_.segments.push_back(
            Segment::makeActive(disk_, directory_, base, std::move(file), std::move(index), extent, false));
        if (!last && (!damaged_ || syncedBehind(base))) recovered_.segments.back()->retire();
        return ok();
    }

    /// A segment begins where the one before ends, until that is compacted, which is done to what was synced. So one
    /// that was not has lost its end in a power cut, although what follows it has reached the disk. Where nothing but a
    /// name has, that keeps the next offset, as after retention.
    void noteLostEnd(std::int64_t base, std::int64_t end, std::int64_t following) {
        if (sealed_.contains(base) || syncedBehind(base) || lastWithContent_ <= base) return;
        damaged_ = true;
        log_.warning("", "{}: ends at offset {} where {} was to follow, the log ends there",
                     segmentFile(directory_, base, kLogSuffix).string(), end, following);
    }

    bool syncedBehind(std::int64_t base) const { return sealed_.upper_bound(base) != sealed_.end(); }

    Status cut(std::int64_t base, File& file, std::uint64_t keep, std::uint64_t size, const std::string& why) {
        damaged_ = true;
        const fs::path path = segmentFile(directory_, base, kLogSuffix);
        auto more = holdsBatch(file, keep, size);
        if (!more) return more.error();
        if (*more) {
            const fs::path aside = nameAside(disk_, path);
            MILLRACE_TRY(copyAside(disk_, file, keep, size, aside));
            log_.warning("", "{}: damaged at byte {}, {} bytes set aside in {}: {}", path.string(), keep, size - keep,
                         aside.filename().string(), why);
        } else {
            log_.warning("", "{}: cut at byte {}, {} bytes removed: {}", path.string(), keep, size - keep, why);
        }
        // First the mark: the file may grow to the size that it names once more.
        MILLRACE_TRY(disk_.remove(directory_ / kCleanStopName));
        MILLRACE_TRY(file.truncate(keep));
        return *more ? file.sync() : ok();
    }

    /// Index files of a segment that is scanned are stale: they would be trusted once the file has grown again.
    Status forgetIndex(std::int64_t base) {
        MILLRACE_TRY(disk_.remove(segmentFile(directory_, base, kOffsetIndexSuffix)));
        return disk_.remove(segmentFile(directory_, base, kTimeIndexSuffix));
    }

    /// From the last on, so that a crash in between leaves no gap behind which the log would go on.
    Status setAsideFrom(std::set<std::int64_t>::const_iterator first) {
        for (auto base = bases_.end(); base != first;) {
            const fs::path path = segmentFile(directory_, *--base, kLogSuffix);
            const auto info = disk_.info(path);
            if (info && info->size == 0) {
                MILLRACE_TRY(disk_.remove(path));
                continue;
            }
            const fs::path aside = nameAside(disk_, path);
            log_.warning("", "{}: set aside as {}, it lies behind the damage", path.string(),
                         aside.filename().string());
            MILLRACE_TRY(disk_.rename(path, aside));
        }
        // For good: one that came back would lie across what is appended from now on.
        return disk_.syncDirectory(directory_);
    }

    Result<RecoveredLog> finish(std::int64_t start) {
        auto& segments = recovered_.segments;
        if (segments.empty()) segments.push_back(Segment::makeEmpty(disk_, directory_, start));
        if (segments.back()->nextOffset() < start) {
            // The log was lost up to before its start: it goes on, empty, where it has to start.
            for (const auto& segment : segments)
                MILLRACE_TRY(segment->remove());
            segments.assign(1, Segment::makeEmpty(disk_, directory_, start));
        }
        recovered_.logStart = std::max(start, segments.front()->baseOffset());
        recovered_.epochs.cutFrom(segments.back()->nextOffset());
        recovered_.epochs.cutBefore(recovered_.logStart);
        recovered_.epochsSaved = savedEpochs_.value_or(LeaderEpochs()) == recovered_.epochs;
        return std::move(recovered_);
    }

    FileSystem& disk_;
    fs::path directory_;
    std::uint32_t interval_;
    Log& log_;
    std::set<std::int64_t> bases_;
    std::set<std::int64_t> sealed_; ///< of bases_: those that were on stable storage once, and all before them
    std::int64_t lastWithContent_ = -1;
    std::optional<CleanStop> cleanStop_;
    std::optional<LeaderEpochs> savedEpochs_;
    RecoveredLog recovered_;
    bool damaged_ = false;
};

} // namespace

Result<RecoveredLog> recoverLog(FileSystem& disk, const fs::path& directory, std::uint32_t indexIntervalBytes,
                                Log& log) {
    return Recovery(disk, directory, indexIntervalBytes, log).run();
}

} // namespace millrace::storage
