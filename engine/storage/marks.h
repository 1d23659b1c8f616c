#pragma once

#include "base/file_system.h"
#include "base/result.h"
#include "storage/segment.h"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace millrace::storage {

/// Where the last segment ended when the log was closed.
struct CleanStop {
    std::int64_t baseOffset = 0;
    Segment::Extent extent;
};
Status writeCleanStop(FileSystem& disk, const std::filesystem::path& directory, const CleanStop& mark);
/// Nothing when there is none or it cannot be read: then the last segment is scanned.
std::optional<CleanStop> readCleanStop(FileSystem& disk, const std::filesystem::path& directory);

Status writeLogStart(FileSystem& disk, const std::filesystem::path& directory, std::int64_t offset);
/// 0 when there is none. An unreadable one is an error: guessing would bring deleted records back.
Result<std::int64_t> readLogStart(FileSystem& disk, const std::filesystem::path& directory);

} // namespace millrace::storage
