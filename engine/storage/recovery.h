#pragma once

#include "base/file_system.h"
#include "base/log.h"
#include "base/result.h"
#include "storage/leader_epochs.h"
#include "storage/segment.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace millrace::storage {

/// A log as it was found and, where needed, mended.
struct RecoveredLog {
    std::vector<std::shared_ptr<Segment>> segments; ///< oldest first, never empty; the last one is under way
    std::int64_t logStart = 0;
    LeaderEpochs epochs;
    bool epochsSaved = true;    ///< their file says the same
    bool closedCleanly = false; ///< the clean-stop mark holds as long as nothing is appended
};

/// Reads the directory (made when missing). Segments with fitting index files are trusted after a look at their end,
/// the last one when it was closed cleanly; all others are scanned, each batch's length and CRC. A
/// torn tail is cut. Damage with good batches behind it is set aside in files that end in ".damaged": the rest of its
/// segment, and the segments behind unless they were on stable storage once, in which case the log has a gap and goes
/// on. `log` tells where and how much.
Result<RecoveredLog> recoverLog(FileSystem& disk, const std::filesystem::path& directory,
                                std::uint32_t indexIntervalBytes, Log& log);

} // namespace millrace::storage
