#include "storage/segment_rewrite.h"

#include "storage/checked_headers.h"
#include "storage/segment_cut.h"

#include <algorithm>
#include <fmt/core.h>
#include <limits>

namespace millrace::storage {

SegmentRewrite::SegmentRewrite(FileSystem& disk, std::filesystem::path directory, const LogConfig& config,
                               std::shared_ptr<DirectoryClaim> claim, Segments old, std::int64_t end,
                               std::shared_ptr<SegmentSwap> before)
    : disk_(disk),
      directory_(std::move(directory)),
      config_(config),
      claim_(std::move(claim)),
      old_(std::move(old)),
      end_(end),
      before_(std::move(before)),
      next_(begin()) {}

SegmentRewrite::~SegmentRewrite() {
    const auto hold = claim_->hold();
    if (state_ == State::taken || !hold) return;
    // What cannot be removed now the next start removes.
    for (const Part& part : parts_)
        for (const auto suffix : {kLogSuffix, kOffsetIndexSuffix, kTimeIndexSuffix})
            (void)disk_.remove(segmentFile(directory_, part.base, suffix).concat(kCleanedSuffix)).has_value();
}

Status SegmentRewrite::usable() const {
    if (state_ == State::writing) return ok();
    return Error{ErrorCode::invalidArgument, directory_.string() + ": the rewriting of segments is over or has failed"};
}

Status SegmentRewrite::append(const Bytes& batches) {
    MILLRACE_TRY(usable());
    auto headers = checkedHeaders(batches.span(), next_);
    if (!headers) return headers.error();
    if (headers->back().lastOffset() >= end_)
        return Error{ErrorCode::invalidArgument,
                     fmt::format("offset {} in segments that end at {}", headers->back().lastOffset(), end_)};
    const auto hold = claim_->hold();
    Status done = hold ? ok() : Status(Error{ErrorCode::closed, directory_.string() + ": removed"});
    std::size_t at = 0;
    for (auto header = headers->begin(); done && header != headers->end(); ++header) {
        done = put(batches.span().subspan(at, header->sizeBytes), *header);
        at += header->sizeBytes;
    }
    if (!done) state_ = State::broken;
    return done;
}

bool SegmentRewrite::fits(const wire::BatchHeader& header) const {
    const Part& part = parts_.back();
    if (part.extent.bytes == 0) return true;
    const std::uint64_t most = std::min(config_.segmentBytes, kMaxSegmentBytes);
    return part.extent.bytes + header.sizeBytes <= most &&
           header.lastOffset() - part.base <= std::numeric_limits<std::int32_t>::max();
}

Status SegmentRewrite::put(std::span<const std::uint8_t> batch, const wire::BatchHeader& header) {
    // The first has the name of the first of the old: with it the log begins where it began.
    if (parts_.empty()) MILLRACE_TRY(startPart(begin()));
    if (!fits(header)) {
        MILLRACE_TRY(endPart());
        MILLRACE_TRY(startPart(header.baseOffset));
    }
    Part& part = parts_.back();
    MILLRACE_TRY(part.file->append(batch));
    noteBatch(part.extent, part.index, part.base, header, config_.indexIntervalBytes);
    next_ = part.extent.nextOffset;
    return ok();
}

Status SegmentRewrite::startPart(std::int64_t base) {
    auto file = disk_.open(segmentFile(directory_, base, kLogSuffix).concat(kCleanedSuffix), OpenMode::truncate);
    if (!file) return file.error();
    parts_.push_back({base, std::move(*file), {}, {0, base, -1, {}}});
    return ok();
}

Status SegmentRewrite::endPart() {
    const Part& part = parts_.back();
    MILLRACE_TRY(part.file->sync());
    return part.index.save(disk_, directory_, part.base, kCleanedSuffix);
}

Status SegmentRewrite::finish() {
    MILLRACE_TRY(usable());
    if (before_) MILLRACE_TRY(before_->settle());
    Status done = close();
    state_ = done ? State::finished : State::broken;
    return done;
}

Status SegmentRewrite::close() {
    const auto hold = claim_->hold();
    if (!hold) return Error{ErrorCode::closed, directory_.string() + ": removed"};
    if (parts_.empty()) MILLRACE_TRY(startPart(begin()));
    MILLRACE_TRY(endPart());
    // The names too, before any journal tells of them.
    return disk_.syncDirectory(directory_);
}

Result<SegmentRewrite::Segments> SegmentRewrite::take() {
    if (state_ != State::finished)
        return Error{ErrorCode::invalidArgument, directory_.string() + ": segments that are not written to their end"};
    state_ = State::taken;
    Segments fresh;
    for (Part& part : parts_)
        fresh.push_back(Segment::makeActive(disk_, directory_, part.base, std::move(part.file), std::move(part.index),
                                            part.extent, true));
    return fresh;
}

} // namespace millrace::storage
