#pragma once

#include "base/file_system.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace millrace::flume {

/// How far one file was read, as it stands in the position file.
struct TailPosition {
    std::uint64_t inode = 0;
    std::uint64_t position = 0;
    std::string file; ///< absolute path
    bool operator==(const TailPosition&) const = default;
};

/// TAILDIR's position file, the same JSON as Flume's: [{"inode":1,"pos":2,"file":"/a"}]. A file that does not exist is
/// an empty list; one that cannot be understood is an error.
Result<std::vector<TailPosition>> readTailPositions(FileSystem& disk, const std::filesystem::path& path);
/// Replaces the file at once, so that a crash leaves the old or the new list.
Status writeTailPositions(FileSystem& disk, const std::filesystem::path& path,
                          const std::vector<TailPosition>& positions);

} // namespace millrace::flume
