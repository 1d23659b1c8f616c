#pragma once

#include "base/file_system.h"

#include <condition_variable>
#include <mutex>

namespace millrace::session {

/// A disk that answers no read while its gate is shut, as one that hangs.
class GatedDisk final : public FileSystem {
public:
    ~GatedDisk() override { open(); }
    void shut() {
        const std::lock_guard lock(mutex_);
        shut_ = true;
    }
    void open() {
        {
            const std::lock_guard lock(mutex_);
            shut_ = false;
        }
        changed_.notify_all();
    }
    /// How many wait at the gate.
    int waiting() const {
        const std::lock_guard lock(mutex_);
        return waiting_;
    }

    /// How many files are open.
    int files() const {
        const std::lock_guard lock(mutex_);
        return files_;
    }

    Result<std::unique_ptr<File>> open(const std::filesystem::path& path, OpenMode mode) override {
        auto file = posixFileSystem().open(path, mode);
        if (!file) return file;
        return std::unique_ptr<File>(std::make_unique<GatedFile>(*this, std::move(*file)));
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
    Result<std::uint64_t> freeBytes(const std::filesystem::path& path) const override {
        return posixFileSystem().freeBytes(path);
    }

private:
    class GatedFile final : public File {
    public:
        GatedFile(GatedDisk& disk, std::unique_ptr<File> file) : disk_(disk), file_(std::move(file)) { count(1); }
        ~GatedFile() override { count(-1); }
        Status append(std::span<const std::uint8_t> data) override { return file_->append(data); }
        Status appendAll(std::span<const std::span<const std::uint8_t>> pieces) override {
            return file_->appendAll(pieces);
        }
        Result<std::size_t> readAt(std::uint64_t position, std::span<std::uint8_t> into) const override {
            disk_.pass();
            return file_->readAt(position, into);
        }
        Status writeAt(std::uint64_t position, std::span<const std::uint8_t> data) override {
            return file_->writeAt(position, data);
        }
        Result<std::uint64_t> size() const override { return file_->size(); }
        Status truncate(std::uint64_t size) override { return file_->truncate(size); }
        Status sync() override {
            disk_.pass();
            return file_->sync();
        }

    private:
        void count(int more) {
            const std::lock_guard lock(disk_.mutex_);
            disk_.files_ += more;
        }
        GatedDisk& disk_;
        std::unique_ptr<File> file_;
    };

    void pass() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.wait(lock, [this] { return !shut_; });
        --waiting_;
    }

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool shut_ = false;
    int waiting_ = 0;
    int files_ = 0;
};

} // namespace millrace::session
