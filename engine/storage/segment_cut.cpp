#include "storage/segment_cut.h"

namespace millrace::storage {

void noteBatch(Segment::Extent& extent, SegmentIndex& index, std::int64_t base, const wire::BatchHeader& header,
               std::uint32_t indexIntervalBytes) {
    const std::int64_t newest = newestIn(header);
    index.add(static_cast<std::int32_t>(header.lastOffset() - base), extent.bytes, header.sizeBytes, newest,
              indexIntervalBytes);
    if (extent.bytes == 0) extent.firstTimestamp = newest;
    if (newest > extent.latest.timestamp) extent.latest = {newest, header.lastOffset()};
    extent.nextOffset = header.lastOffset() + 1;
    extent.bytes += header.sizeBytes;
}

Result<std::shared_ptr<Segment>> cutSegment(FileSystem& disk, const std::filesystem::path& directory,
                                            const Segment& segment, std::int64_t offset,
                                            std::uint32_t indexIntervalBytes) {
    const std::int64_t base = segment.baseOffset();
    // First the index: it would be trusted again once the file has grown to where its last entry points.
    for (const auto suffix : {kOffsetIndexSuffix, kTimeIndexSuffix})
        MILLRACE_TRY(disk.remove(segmentFile(directory, base, suffix)));
    MILLRACE_TRY(disk.syncDirectory(directory));
    auto file = disk.open(segment.logPath(), OpenMode::append);
    if (!file) return file.error();
    SegmentIndex index;
    Segment::Extent extent{0, base, -1, {}};
    BatchScanner scanner(**file, 0, segment.bytes(), BatchScanner::Check::headers);
    for (;;) {
        auto found = scanner.next();
        if (!found) return found.error().in(segment.logPath().string());
        if (!*found || (*found)->header.lastOffset() >= offset) break;
        noteBatch(extent, index, base, (*found)->header, indexIntervalBytes);
    }
    MILLRACE_TRY((*file)->truncate(extent.bytes));
    // Now, not with the next flush: what is appended next must not meet the old rest behind it.
    MILLRACE_TRY((*file)->sync());
    return Segment::makeActive(disk, directory, base, std::move(*file), std::move(index), extent, false);
}

} // namespace millrace::storage
