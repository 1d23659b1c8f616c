#pragma once

#include "base/file_system.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace millrace::flume {

/// The directories of one file channel, made when they are missing and locked as long as this lives. Waits for the
/// disk.
class ChannelDirectories {
public:
    /// Errors: `alreadyExists` where another channel is at work, with its name; `invalidArgument` where Apache Flume's
    /// file channel has left its files, of which nothing is touched.
    static Result<std::unique_ptr<ChannelDirectories>> claim(FileSystem& disk,
                                                             const std::filesystem::path& checkpointDirectory,
                                                             const std::vector<std::filesystem::path>& dataDirectories,
                                                             const std::string& owner);

private:
    std::vector<std::unique_ptr<FileLock>> locks_;
};

} // namespace millrace::flume
