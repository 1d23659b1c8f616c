#pragma once

#include "storage/batch_scanner.h"
#include "storage/segment.h"

#include <cstdint>
#include <memory>

namespace millrace::storage {

/// The largest timestamp of the records in a batch, -1 when it has none: one that compaction has emptied keeps in its
/// header that of records which are gone.
inline std::int64_t newestIn(const wire::BatchHeader& header) {
    return header.recordCount > 0 ? header.maxTimestamp : -1;
}

/// Adds the batch that follows in the file of segment `base` to what is known of it.
void noteBatch(Segment::Extent& extent, SegmentIndex& index, std::int64_t base, const wire::BatchHeader& header,
               std::uint32_t indexIntervalBytes);

/// Cuts the segment's file behind its last batch that ends before `offset`, for good, and opens it anew for appending;
/// `segment` itself must not be appended to, synced or sealed any more. A crash leaves the file whole or cut. Waits for
/// the disk.
Result<std::shared_ptr<Segment>> cutSegment(FileSystem& disk, const std::filesystem::path& directory,
                                            const Segment& segment, std::int64_t offset,
                                            std::uint32_t indexIntervalBytes);

} // namespace millrace::storage
