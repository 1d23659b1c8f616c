#pragma once

#include "base/file_system.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>

namespace millrace::flume {

/// One file of a channel's log, for those who read events from it. Opened when somebody does: most events are taken
/// before they have left the memory. Any thread; waits for the disk.
class LogFile {
public:
    LogFile(FileSystem& disk, std::filesystem::path path, std::uint64_t number)
        : disk_(disk), path_(std::move(path)), number_(number) {}

    std::uint64_t number() const { return number_; }
    const std::filesystem::path& path() const { return path_; }
    /// Exactly so many bytes; `corrupt` when the file ends before.
    Status read(std::uint64_t position, std::span<std::uint8_t> into);

private:
    FileSystem& disk_;
    const std::filesystem::path path_;
    const std::uint64_t number_;
    std::mutex mutex_;
    std::unique_ptr<File> file_;
};
using LogFilePtr = std::shared_ptr<LogFile>;

} // namespace millrace::flume
