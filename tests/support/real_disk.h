#pragma once

#include "base/file_system.h"

#include <atomic>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace millrace::test {

/// The real disk, where a test has a say in what is done: full, stuck and watched disks are made of it.
class RealDisk : public FileSystem {
public:
    int openFiles() const { return openFiles_; }

    Result<std::unique_ptr<File>> open(const std::filesystem::path& path, OpenMode mode) override {
        auto file = posixFileSystem().open(path, mode);
        if (!file) return file;
        return std::unique_ptr<File>(std::make_unique<OpenFile>(*this, path, std::move(*file)));
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
    Status remove(const std::filesystem::path& path) override {
        MILLRACE_TRY(before(Act::remove, path));
        return posixFileSystem().remove(path);
    }
    Status syncDirectory(const std::filesystem::path& path) override {
        MILLRACE_TRY(before(Act::syncDirectory, path));
        return posixFileSystem().syncDirectory(path);
    }
    Result<std::unique_ptr<FileLock>> lock(const std::filesystem::path& path) override {
        return posixFileSystem().lock(path);
    }
    Result<std::uint64_t> freeBytes(const std::filesystem::path& path) const override {
        return posixFileSystem().freeBytes(path);
    }

protected:
    enum class Act { read, sync, remove, syncDirectory };
    /// On the thread that asks; with an error it is not done.
    virtual Status before(Act act, const std::filesystem::path& path) {
        (void)act, (void)path;
        return ok();
    }
    /// How many of the bytes that are to be appended still fit.
    virtual std::size_t takeRoom(std::size_t bytes) { return bytes; }

private:
    class OpenFile final : public File {
    public:
        OpenFile(RealDisk& disk, std::filesystem::path path, std::unique_ptr<File> file)
            : disk_(disk), path_(std::move(path)), file_(std::move(file)) {
            ++disk_.openFiles_;
        }
        ~OpenFile() override { --disk_.openFiles_; }
        OpenFile(const OpenFile&) = delete;
        OpenFile& operator=(const OpenFile&) = delete;
        Status append(std::span<const std::uint8_t> data) override {
            const std::size_t fits = disk_.takeRoom(data.size());
            MILLRACE_TRY(file_->append(data.first(fits)));
            if (fits < data.size()) return Error{ErrorCode::noSpace, "the disk is full", true};
            return ok();
        }
        Status appendAll(std::span<const std::span<const std::uint8_t>> pieces) override {
            for (const auto& piece : pieces)
                MILLRACE_TRY(append(piece));
            return ok();
        }
        Result<std::size_t> readAt(std::uint64_t position, std::span<std::uint8_t> into) const override {
            MILLRACE_TRY(disk_.before(Act::read, path_));
            return file_->readAt(position, into);
        }
        Status writeAt(std::uint64_t position, std::span<const std::uint8_t> data) override {
            return file_->writeAt(position, data);
        }
        Result<std::uint64_t> size() const override { return file_->size(); }
        Status truncate(std::uint64_t size) override { return file_->truncate(size); }
        Status sync() override {
            MILLRACE_TRY(disk_.before(Act::sync, path_));
            return file_->sync();
        }

    private:
        RealDisk& disk_;
        std::filesystem::path path_;
        std::unique_ptr<File> file_;
    };

    std::atomic<int> openFiles_ = 0;
};

} // namespace millrace::test
