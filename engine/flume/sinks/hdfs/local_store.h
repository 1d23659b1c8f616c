#pragma once

#include "base/file_system.h"
#include "flume/sinks/hdfs/file_store.h"

#include <filesystem>
#include <map>
#include <memory>

namespace millrace::flume {

/// Files of this computer. What is stored for good has been synced, the names of files and directories too. Nothing
/// here can be interrupted: a disk that hangs holds everything up.
class LocalStore final : public FileStore {
public:
    /// Relative paths lie under `root`. `disk` outlives the store.
    LocalStore(FileSystem& disk, std::filesystem::path root) : disk_(disk), root_(std::move(root)) {}

    Outcome create(const std::string& path, std::string_view bytes) override;
    Outcome append(const std::string& path, std::string_view bytes) override;
    Outcome cutBack(const std::string& path, std::uint64_t size) override;
    void release(const std::string& path) override { open_.erase(path); }
    Outcome rename(const std::string& from, const std::string& to) override;

private:
    std::filesystem::path placeOf(const std::string& path) const { return root_ / path; }

    FileSystem& disk_;
    const std::filesystem::path root_;
    std::map<std::string, std::unique_ptr<File>> open_;
};

} // namespace millrace::flume
