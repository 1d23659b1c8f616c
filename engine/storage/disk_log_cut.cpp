#include "storage/disk_log.h"

#include "storage/marks.h"
#include "storage/segment_cut.h"

#include <utility>

namespace millrace::storage {

Status DiskLog::truncateTo(std::int64_t offset) {
    MILLRACE_TRY(usable());
    if (offset >= nextOffset_) return ok();
    MILLRACE_TRY(rangeError(offset));
    const std::lock_guard noFlush(flushMutex_);
    Status dropped = swap_ ? swap_->settle() : ok();
    const auto hold = claim_->hold();
    MILLRACE_TRY(usable());
    if (dropped) dropped = dropFrom(offset);
    if (!dropped) {
        failed_ = true;
        return dropped.error().in(directory_.string() + ": cannot be cut back, start again to recover");
    }
    return ok();
}

Status DiskLog::dropFrom(std::int64_t offset) {
    closedCleanly_ = false;
    MILLRACE_TRY(disk_.remove(directory_ / kCleanStopName)); // the file may grow to the size that it names once more
    Segments kept = segments_;
    // From the last on and each for good, so that a crash in between leaves no gap.
    for (; kept.size() > 1 && kept.back()->baseOffset() >= offset; kept.pop_back()) {
        MILLRACE_TRY(kept.back()->remove());
        MILLRACE_TRY(disk_.syncDirectory(directory_));
    }
    if (kept.back()->nextOffset() > offset || kept.size() != segments_.size()) {
        auto cut = cutSegment(disk_, directory_, *kept.back(), offset, config_.indexIntervalBytes);
        if (!cut) return cut.error();
        kept.back() = std::move(*cut);
    }
    if (kept.back()->nextOffset() < logStart()) { // its start lay within a batch that is gone
        MILLRACE_TRY(kept.back()->remove());
        kept.back() = Segment::makeEmpty(disk_, directory_, logStart());
        MILLRACE_TRY(kept.back()->create());
        MILLRACE_TRY(disk_.syncDirectory(directory_));
    }
    tail_.clear();
    nextOffset_ = kept.back()->nextOffset();
    {
        const std::lock_guard lock(epochsMutex_);
        if (epochs_.cutFrom(nextOffset())) epochsSaved_ = false;
    }
    const std::lock_guard lock(listMutex_);
    segments_ = std::move(kept);
    return ok();
}

} // namespace millrace::storage
