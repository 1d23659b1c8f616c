#pragma once

#include "storage/segment_rewrite.h"
#include "storage/support/log_fixture.h"

namespace millrace::storage::testing {

inline constexpr std::int64_t kEnd = 30;

inline bool isOdd(std::int64_t offset) {
    return offset % 2 == 1;
}
inline bool always(std::int64_t) {
    return true;
}
inline bool never(std::int64_t) {
    return false;
}
using Keeps = bool (*)(std::int64_t);

/// The base offsets of the segments in a directory.
inline std::vector<std::int64_t> basesIn(const PowerCutDisk& disk) {
    std::vector<std::int64_t> bases;
    for (const auto& name : disk.names(kDirectory))
        if (const auto base = baseOffsetOf(name, kLogSuffix)) bases.push_back(*base);
    return bases;
}

/// A log of thirty records in small segments, all but the last of them sealed.
inline std::unique_ptr<PartitionLog> makeLog(PowerCutDisk& disk, MemoryLog& lines) {
    auto log = std::move(*openPartitionLog(disk, kDirectory, smallSegments(), lines));
    for (const std::int32_t epoch : {1, 2})
        (void)appendNumbered(*log, epoch * kEnd / 2, epoch).has_value();
    (void)log->flush().has_value();
    (void)log->flush().has_value(); // what was rolled by then is sealed
    return log;
}

inline std::vector<std::string> kept(Keeps keeps, std::int64_t from, std::int64_t end) {
    std::vector<std::string> lines;
    for (auto i = from; i < end; ++i)
        if (keeps(i)) lines.push_back(numbered(i, i + 1)[0]);
    return lines;
}

/// Writes the records that `keeps` says into new segments.
inline Status fill(SegmentRewrite& rewrite, const PartitionLog& log, Keeps keeps) {
    for (const Bytes& batch : batchesOf(log, rewrite.begin(), rewrite.end()))
        if (keeps(wire::readBatchHeader(batch.span())->baseOffset)) MILLRACE_TRY(rewrite.append(batch));
    return rewrite.finish();
}

/// All of it, the work on the disk included.
inline Status compact(PartitionLog& log, std::int64_t from, std::int64_t upTo, Keeps keeps) {
    auto rewrite = log.rewriteSegments(from, upTo);
    if (!rewrite) return rewrite.error();
    MILLRACE_TRY(fill(**rewrite, log, keeps));
    auto work = log.replaceSegments(**rewrite);
    return work ? (*work)() : work.error();
}

} // namespace millrace::storage::testing
