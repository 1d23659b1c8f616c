#pragma once

#include "base/file_system.h"
#include "base/log.h"
#include "flume/channels/file/checkpoint.h"
#include "flume/channels/file/log_writer.h"
#include "flume/channels/file/stored_queue.h"

#include <filesystem>
#include <string>
#include <vector>

namespace millrace::flume {

/// A channel as its directories have it.
struct RecoveredChannel {
    ChannelId channel{};
    std::vector<LogFilePtr> files;   ///< oldest first
    std::vector<StoredRange> events; ///< in the order of their sequences; no bodies in memory
    LogPlace end;                    ///< where the log goes on
    std::uint64_t nextNumber = 1;    ///< of the next file
    bool needsCheckpoint = false;    ///< the next start would find the same damage again
};

struct RecoverySetup {
    FileSystem& disk;
    Log& log;
    std::string id; ///< for the log
    std::filesystem::path checkpointDirectory;
    std::vector<std::filesystem::path> dataDirectories;
    ChannelId newChannel{}; ///< of a channel that begins
};

/// Reads the checkpoint and what the log says behind it. The torn tail of a crash is cut, and the log says how much.
/// Damage with good frames behind it is copied to a file beside and left out; the log says where it is and how many
/// events are lost. Errors: the disk's; files of a later version; a file that is not there, which only who has taken it
/// away can bring back. Nothing is changed after an error but a tail that is cut.
Result<RecoveredChannel> recoverChannel(const RecoverySetup& setup);

} // namespace millrace::flume
