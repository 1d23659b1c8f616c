#include "storage/segment.h"

#include "base/assertion.h"

#include <algorithm>

namespace millrace::storage {

Segment::Segment(FileSystem& disk, std::filesystem::path directory, std::int64_t baseOffset)
    : disk_(disk), directory_(std::move(directory)), baseOffset_(baseOffset), nextOffset_(baseOffset) {}

std::shared_ptr<Segment> Segment::makeEmpty(FileSystem& disk, const std::filesystem::path& directory,
                                            std::int64_t baseOffset) {
    std::shared_ptr<Segment> segment(new Segment(disk, directory, baseOffset));
    segment->index_ = std::make_unique<SegmentIndex>();
    return segment;
}

std::shared_ptr<Segment> Segment::makeActive(FileSystem& disk, const std::filesystem::path& directory,
                                             std::int64_t baseOffset, std::unique_ptr<File> file, SegmentIndex index,
                                             const Extent& extent, bool synced) {
    auto segment = makeEmpty(disk, directory, baseOffset);
    segment->file_ = std::move(file);
    segment->index_ = std::make_unique<SegmentIndex>(std::move(index));
    segment->bytes_ = extent.bytes;
    segment->nextOffset_ = extent.nextOffset;
    segment->latest_ = extent.latest;
    segment->firstTimestamp_ = extent.firstTimestamp;
    if (synced) segment->syncedBytes_ = extent.bytes;
    segment->entryDurable_ = synced;
    segment->indexSaved_ = synced;
    return segment;
}

std::shared_ptr<Segment> Segment::makeSealed(FileSystem& disk, const std::filesystem::path& directory,
                                             std::int64_t baseOffset, const Extent& extent) {
    auto segment = makeActive(disk, directory, baseOffset, nullptr, {}, extent, true);
    segment->index_.reset();
    segment->retired_ = true;
    return segment;
}

Segment::Extent Segment::extent() const {
    const std::lock_guard lock(mutex_);
    return {bytes(), nextOffset(), firstTimestamp_, latest_};
}

Status Segment::create() {
    if (file_) return ok();
    auto file = disk_.open(logPath(), OpenMode::createNew);
    if (!file) return file.error();
    const std::lock_guard lock(mutex_);
    file_ = std::move(*file);
    return ok();
}

Status Segment::cutBack() {
    cutOwed_ = true;
    MILLRACE_TRY(file_->truncate(bytes()));
    cutOwed_ = false;
    return ok();
}

/// Index files of a clean stop would be taken for those of a sealed segment after a crash.
Status Segment::dropSavedIndex() {
    for (const auto suffix : {kOffsetIndexSuffix, kTimeIndexSuffix})
        MILLRACE_TRY(disk_.remove(segmentFile(directory_, baseOffset_, suffix)));
    indexSaved_ = false;
    return ok();
}

/// Growing into reserved blocks costs a quarter less processor time and half as much again of throughput. Small
/// segments stay without, so that a thousand silent partitions reserve nothing.
void Segment::reserveFor(std::uint64_t incoming) {
    constexpr std::uint64_t kFromBytes = 1024 * 1024;
    constexpr std::uint64_t kStepBytes = 16 * 1024 * 1024;
    const std::uint64_t end = bytes() + incoming;
    if (end < kFromBytes || end <= reservedBytes_) return;
    reservedBytes_ = end + std::min(end, kStepBytes);
    file_->reserve(reservedBytes_);
}

void Segment::giveBackReserve() {
    // A truncation to the same size frees the blocks behind it; what fails only keeps them.
    if (file_ && reservedBytes_ > bytes()) (void)file_->truncate(bytes());
    reservedBytes_ = 0;
}

Status Segment::append(std::span<const std::span<const std::uint8_t>> pieces, std::span<const Batch> batches,
                       std::uint32_t indexIntervalBytes) {
    MILLRACE_ASSERT(!retired_, "append to segment {}, which is retired", baseOffset_);
    MILLRACE_TRY(create());
    MILLRACE_TRY(settle());
    if (indexSaved_) MILLRACE_TRY(dropSavedIndex());
    std::uint64_t incoming = 0;
    for (const Batch& batch : batches)
        incoming += batch.sizeBytes;
    reserveFor(incoming);
    if (Status written = file_->appendAll(pieces); !written) {
        // What is left behind is cut off before the next append, if it cannot be now.
        (void)cutBack();
        return written;
    }
    std::uint64_t position = bytes();
    {
        const std::lock_guard lock(mutex_);
        for (const Batch& batch : batches) {
            index_->add(static_cast<std::int32_t>(batch.lastOffset - baseOffset_), position, batch.sizeBytes,
                        batch.maxTimestamp, indexIntervalBytes);
            if (position == 0) firstTimestamp_ = batch.maxTimestamp;
            if (batch.maxTimestamp > latest_.timestamp) latest_ = {batch.maxTimestamp, batch.lastOffset};
            position += batch.sizeBytes;
        }
        // Under the lock too: who learns a timestamp from extent() finds its batch.
        nextOffset_.store(batches.back().lastOffset + 1, std::memory_order_release);
        bytes_.store(position, std::memory_order_release);
    }
    return ok();
}

Status Segment::remove() {
    {
        const std::lock_guard lock(mutex_);
        removed_ = true;
        file_.reset();
        index_.reset();
    }
    Status result = disk_.remove(logPath());
    for (const auto suffix : {kOffsetIndexSuffix, kTimeIndexSuffix}) {
        Status removed = disk_.remove(segmentFile(directory_, baseOffset_, suffix));
        if (result && !removed) result = removed;
    }
    return result;
}

bool Segment::sealed() const {
    const std::lock_guard lock(mutex_);
    return retired_ && !index_ && !removed_;
}

Status Segment::handOver() {
    {
        const std::lock_guard lock(mutex_);
        if (removed_) return ok();
    }
    auto file = disk_.open(logPath(), OpenMode::read);
    if (!file) return file.error();
    auto index = SegmentIndex::load(disk_, directory_, baseOffset_, bytes());
    if (!index && index.error().code == ErrorCode::io) return index.error();
    const std::lock_guard lock(mutex_);
    file_ = std::move(*file);
    // A damaged index only makes reading slower.
    index_ = std::make_unique<SegmentIndex>(index ? std::move(*index) : SegmentIndex());
    removed_ = true;
    return ok();
}

Status Segment::sync() {
    std::shared_ptr<File> file;
    {
        const std::lock_guard lock(mutex_);
        if (removed_ || !file_) return ok();
        file = file_;
    }
    const std::uint64_t upTo = bytes();
    if (syncedBytes_ < upTo) MILLRACE_TRY(file->sync());
    if (upTo > 0 && !entryDurable_) {
        MILLRACE_TRY(disk_.syncDirectory(directory_));
        entryDurable_ = true;
    }
    syncedBytes_ = upTo;
    return ok();
}

Status Segment::seal() {
    // In this order: once retired the bytes grow no more.
    if (!retired_ || syncedBytes_ != bytes()) return ok();
    MILLRACE_TRY(saveIndex());
    const std::lock_guard lock(mutex_);
    if (removed_) return ok();
    giveBackReserve();
    index_.reset();
    file_.reset();
    return ok();
}

Status Segment::saveIndex() {
    SegmentIndex copy;
    {
        const std::lock_guard lock(mutex_);
        if (!index_ || removed_ || indexSaved_) return ok();
        copy = *index_;
    }
    MILLRACE_TRY(copy.save(disk_, directory_, baseOffset_));
    indexSaved_ = true;
    return ok();
}

Result<std::shared_ptr<const File>> Segment::openForReading() const {
    {
        const std::lock_guard lock(mutex_);
        if (file_) return std::shared_ptr<const File>(file_);
    }
    auto opened = disk_.open(logPath(), OpenMode::read);
    if (!opened) return opened.error();
    return std::shared_ptr<const File>(std::move(*opened));
}

Result<std::uint64_t> Segment::positionBefore(std::int64_t offset) const {
    const auto relative = static_cast<std::int32_t>(offset - baseOffset_);
    {
        const std::lock_guard lock(mutex_);
        if (index_) return index_->positionBefore(relative);
    }
    auto file = disk_.open(segmentFile(directory_, baseOffset_, kOffsetIndexSuffix), OpenMode::read);
    if (!file) return file.error();
    return storage::positionBefore(**file, relative);
}

Result<std::int64_t> Segment::offsetBefore(std::int64_t timestamp) const {
    {
        const std::lock_guard lock(mutex_);
        if (index_) return baseOffset_ + index_->offsetBefore(timestamp);
    }
    auto file = disk_.open(segmentFile(directory_, baseOffset_, kTimeIndexSuffix), OpenMode::read);
    if (!file) return file.error();
    auto relative = storage::offsetBefore(**file, timestamp);
    if (!relative) return relative.error();
    return baseOffset_ + *relative;
}

} // namespace millrace::storage
