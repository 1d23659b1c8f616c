#include "storage/disk_log.h"

#include "storage/retention.h"
#include "storage/segment_rewrite.h"

#include <algorithm>
#include <fmt/core.h>
#include <utility>

namespace millrace::storage {

std::vector<SegmentSummary> DiskLog::segments() const {
    std::vector<SegmentSummary> summaries;
    for (const auto& segment : segments_) {
        const EpochMs newest = newestIn(disk_, *segment).value_or(-1);
        const EpochMs oldest = segment->extent().firstTimestamp;
        summaries.push_back({segment->baseOffset(), segment->bytes(), oldest >= 0 ? oldest : newest, newest});
    }
    return summaries;
}

Result<std::shared_ptr<SegmentRewrite>> DiskLog::rewriteSegments(std::int64_t from, std::int64_t upTo) {
    MILLRACE_TRY(usable());
    if (!rewriting_.expired())
        return Error{ErrorCode::alreadyExists, directory_.string() + ": segments are written anew already", true};
    const auto first = std::find_if(segments_.begin(), segments_.end(),
                                    [from](const auto& segment) { return segment->baseOffset() >= from; });
    auto end = first;
    while (end != segments_.end() && std::next(end) != segments_.end() && (*end)->sealed() &&
           (*std::next(end))->baseOffset() <= upTo)
        ++end;
    if (first == end)
        return Error{ErrorCode::notFound,
                     fmt::format("{}: no whole segment from offset {} to {}", directory_.string(), from, upTo)};
    auto rewrite = std::make_shared<SegmentRewrite>(disk_, directory_, config_, claim_, Segments(first, end),
                                                    (*end)->baseOffset(), swap_);
    rewriting_ = rewrite;
    return rewrite;
}

Result<DiskWork> DiskLog::replaceSegments(SegmentRewrite& rewrite) {
    MILLRACE_TRY(usable());
    const Segments& old = rewrite.replaced();
    const auto first = std::search(segments_.begin(), segments_.end(), old.begin(), old.end());
    if (first == segments_.end())
        return Error{ErrorCode::cancelled, fmt::format("{}: the segments from offset {} to {} have changed meanwhile",
                                                       directory_.string(), rewrite.begin(), rewrite.end())};
    auto fresh = rewrite.take();
    if (!fresh) return fresh.error();
    swap_ = std::make_shared<SegmentSwap>(disk_, directory_, claim_, log_, old, *fresh);
    Segments changed(segments_.begin(), first);
    changed.insert(changed.end(), fresh->begin(), fresh->end());
    changed.insert(changed.end(), first + static_cast<std::ptrdiff_t>(old.size()), segments_.end());
    // What is in memory would still tell of records that are gone.
    if (tail_.holds(rewrite.end() - 1)) tail_.clear();
    const std::lock_guard lock(listMutex_);
    segments_ = std::move(changed);
    return DiskWork([swap = swap_] { return swap->settle(); });
}

} // namespace millrace::storage
