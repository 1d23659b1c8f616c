#pragma once

#include "base/file_system.h"
#include "flume/key_provider.h"

#include <string>

namespace millrace::flume {

/// A disk on which the event files of a file channel, and what is set aside of them, are encrypted: who uses it sees
/// them as if they were not. In front of each stands twice, 512 bytes each: magic and version (8), nonce (16), what
/// zeros become in the last blocks that the key can make (16), length (1) and name of the key (up to 255), zeros,
/// CRC-32C of all before it (4). Behind it comes AES/CTR/NoPadding of what the file holds.
///
/// A file that begins as one in clear is read in clear. Errors of open(): denied when the key is not among those given,
/// or is another one of that name. In no file may a place be written twice.
class EncryptedFiles final : public FileSystem {
public:
    /// `below` outlives this. Error when `active` is not one of `keys`, and for a key that is none of AES.
    static Result<std::unique_ptr<EncryptedFiles>> make(FileSystem& below, EncryptionKeys keys, std::string active);

    Result<std::unique_ptr<File>> open(const std::filesystem::path& path, OpenMode mode) override;
    Result<FileInfo> info(const std::filesystem::path& path) const override;
    Result<std::vector<FileInfo>> list(const std::filesystem::path& directory) const override;
    Status makeDirectories(const std::filesystem::path& directory) override { return below_.makeDirectories(directory); }
    Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
        return below_.rename(from, to);
    }
    Status remove(const std::filesystem::path& path) override { return below_.remove(path); }
    Status syncDirectory(const std::filesystem::path& directory) override { return below_.syncDirectory(directory); }
    Result<std::unique_ptr<FileLock>> lock(const std::filesystem::path& path) override { return below_.lock(path); }
    Result<std::uint64_t> freeBytes(const std::filesystem::path& path) const override { return below_.freeBytes(path); }

private:
    EncryptedFiles(FileSystem& below, EncryptionKeys keys, std::string active)
        : below_(below), keys_(std::move(keys)), active_(std::move(active)) {}
    Result<std::unique_ptr<File>> begin(std::unique_ptr<File> file) const;
    Result<std::unique_ptr<File>> goOn(std::unique_ptr<File> file, const std::filesystem::path& path) const;
    Status correctSize(FileInfo& info) const;

    FileSystem& below_;
    const EncryptionKeys keys_;
    const std::string active_;
};

} // namespace millrace::flume
