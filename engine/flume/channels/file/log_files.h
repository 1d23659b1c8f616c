#pragma once

#include "flume/channels/file/recovery.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace millrace::flume {

/// A log file that recovery found.
struct FoundFile {
    LogFilePtr file;
    std::uint64_t size = 0;
    LogFileHeader header;
    bool headerDamaged = false; ///< then only its name is known
};

/// All log files of the directories, oldest first, with their headers. One whose making a crash has interrupted is
/// removed. Errors: a number that is missing or there twice, files of two channels, a header of a later version.
Result<std::vector<FoundFile>> findLogFiles(const RecoverySetup& setup);

/// Copies the bytes from `from` to `end` into a file beside, as an earlier start may have done. Returns its path.
Result<std::filesystem::path> setAside(FileSystem& disk, const File& file, const std::filesystem::path& path,
                                       std::uint64_t from, std::uint64_t end);

} // namespace millrace::flume
