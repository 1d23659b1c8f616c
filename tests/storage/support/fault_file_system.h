#pragma once

#include "base/file_system.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace millrace::storage::testing {

/// A disk in memory that knows what a power cut would leave: content counts from sync(), names from syncDirectory(). It
/// fails on demand. Safe from several threads.
class FaultFileSystem final : public FileSystem {
public:
    FaultFileSystem();

    /// From now on writes take `bytes` more, the one that goes beyond is cut short and fails with `code`.
    void failWritesAfter(std::uint64_t bytes, ErrorCode code);
    void failTruncates(bool fail);
    void failNextSync();
    /// Reads fail like those of a dying disk.
    void failReads(bool fail);
    void heal();
    std::uint64_t bytesWritten() const;
    int syncs() const;

    enum class Unsynced {
        lost,  ///< nothing of it reached the disk
        half,  ///< the front half of each file's unsynced bytes did
        noise, ///< the file got its length, its unsynced bytes are zeros
        kept,  ///< all of it did, as when only the process died
    };
    /// What is on the disk after the power comes back; this one must not be used any more.
    std::unique_ptr<FaultFileSystem> crash(Unsynced what) const;

    std::vector<std::uint8_t> content(const std::filesystem::path& path) const;
    void setContent(const std::filesystem::path& path, std::vector<std::uint8_t> data);
    std::vector<std::string> names(const std::filesystem::path& directory) const;

    Result<std::unique_ptr<File>> open(const std::filesystem::path& path, OpenMode mode) override;
    Result<FileInfo> info(const std::filesystem::path& path) const override;
    Result<std::vector<FileInfo>> list(const std::filesystem::path& directory) const override;
    Status makeDirectories(const std::filesystem::path& directory) override;
    Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override;
    Status remove(const std::filesystem::path& path) override;
    Status syncDirectory(const std::filesystem::path& directory) override;
    Result<std::unique_ptr<FileLock>> lock(const std::filesystem::path&) override {
        return std::make_unique<FileLock>(); // nobody else can see this disk
    }
    Result<std::uint64_t> freeBytes(const std::filesystem::path& path) const override;

    struct Node;
    struct State;

private:
    std::shared_ptr<State> state_;
};

} // namespace millrace::storage::testing
