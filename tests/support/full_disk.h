#pragma once

#include "base/file_system.h"

#include <limits>

namespace millrace::test {

/// A disk on which only so many bytes can still be written: a write that does not fit is done in part, as on a real
/// one. It may also fail to make durable what was written.
class FullDisk final : public FileSystem {
public:
    std::uint64_t room = std::numeric_limits<std::uint64_t>::max();
    bool syncsFail = false;

    Result<std::unique_ptr<File>> open(const std::filesystem::path& path, OpenMode mode) override {
        auto file = posixFileSystem().open(path, mode);
        if (!file) return file;
        return std::unique_ptr<File>(std::make_unique<LimitedFile>(*this, std::move(*file)));
    }
    Result<FileInfo> info(const std::filesystem::path& path) const override { return posixFileSystem().info(path); }
    Result<std::vector<FileInfo>> list(const std::filesystem::path& path) const override {
        return posixFileSystem().list(path);
    }
    Status makeDirectories(const std::filesystem::path& path) override {
        return posixFileSystem().makeDirectories(path);
    }
    Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
        return posixFileSystem().rename(from, to);
    }
    Status remove(const std::filesystem::path& path) override { return posixFileSystem().remove(path); }
    Status syncDirectory(const std::filesystem::path& path) override { return posixFileSystem().syncDirectory(path); }
    Result<std::unique_ptr<FileLock>> lock(const std::filesystem::path& path) override {
        return posixFileSystem().lock(path);
    }
    Result<std::uint64_t> freeBytes(const std::filesystem::path&) const override { return room; }

private:
    class LimitedFile final : public File {
    public:
        LimitedFile(FullDisk& disk, std::unique_ptr<File> file) : disk_(disk), file_(std::move(file)) {}
        Status append(std::span<const std::uint8_t> data) override {
            const auto fits = std::min<std::uint64_t>(data.size(), disk_.room);
            disk_.room -= fits;
            MILLRACE_TRY(file_->append(data.first(static_cast<std::size_t>(fits))));
            if (fits < data.size()) return Error{ErrorCode::noSpace, "the disk is full", true};
            return ok();
        }
        Status appendAll(std::span<const std::span<const std::uint8_t>> pieces) override {
            for (const auto& piece : pieces)
                MILLRACE_TRY(append(piece));
            return ok();
        }
        Result<std::size_t> readAt(std::uint64_t position, std::span<std::uint8_t> into) const override {
            return file_->readAt(position, into);
        }
        Status writeAt(std::uint64_t position, std::span<const std::uint8_t> data) override {
            return file_->writeAt(position, data);
        }
        Result<std::uint64_t> size() const override { return file_->size(); }
        Status truncate(std::uint64_t size) override { return file_->truncate(size); }
        Status sync() override {
            if (disk_.syncsFail) return Error{ErrorCode::io, "the disk fails", true};
            return file_->sync();
        }

    private:
        FullDisk& disk_;
        std::unique_ptr<File> file_;
    };
};

} // namespace millrace::test
