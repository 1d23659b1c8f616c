#include "base/file_system.h"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <unistd.h>

namespace millrace {

Result<std::vector<std::uint8_t>> FileSystem::readAll(const std::filesystem::path& path, std::uint64_t limitBytes) {
    auto file = open(path, OpenMode::read);
    if (!file) return file.error();
    auto size = (*file)->size();
    if (!size) return size.error();
    if (*size > limitBytes)
        return Error{ErrorCode::outOfRange, fmt::format("{}: {} bytes, more than the limit of {} bytes", path.string(),
                                                        *size, limitBytes)};
    std::vector<std::uint8_t> data(*size);
    auto read = (*file)->readAt(0, data);
    if (!read) return read.error();
    data.resize(*read);
    return data;
}

Status FileSystem::makeDirectoriesForGood(const std::filesystem::path& directory) {
    const auto whole = std::filesystem::absolute(directory).lexically_normal();
    std::vector<std::filesystem::path> parents;
    for (auto path = whole; path.has_relative_path() && !info(path); path = path.parent_path())
        parents.push_back(path.parent_path());
    MILLRACE_TRY(makeDirectories(directory));
    for (const auto& parent : parents)
        MILLRACE_TRY(syncDirectory(parent));
    return ok();
}

Status FileSystem::replace(const std::filesystem::path& path, std::span<const std::uint8_t> data) {
    std::filesystem::path beside = path;
    beside += ".new";
    auto file = open(beside, OpenMode::truncate);
    if (!file) return file.error(); // whatever has that name is not ours
    Status done = (*file)->append(data);
    if (done) done = (*file)->sync();
    if (done) done = rename(beside, path);
    // Left behind, an unfinished copy would take room on a disk that is full already.
    if (!done) (void)remove(beside).has_value();
    return done;
}

namespace {

namespace fs = std::filesystem;

Error lastError(const char* verb, const fs::path& path) { return errnoError(errno, std::string(verb) + " " + path.string()); }

class PosixFile final : public File {
public:
    PosixFile(int fd, fs::path path) : fd_(fd), path_(std::move(path)) {}
    ~PosixFile() override { ::close(fd_); }
    PosixFile(const PosixFile&) = delete;
    PosixFile& operator=(const PosixFile&) = delete;

    Status append(std::span<const std::uint8_t> data) override { return appendAll({&data, 1}); }

    Status appendAll(std::span<const std::span<const std::uint8_t>> pieces) override {
        std::vector<iovec> rest;
        rest.reserve(pieces.size());
        for (const auto& piece : pieces)
            if (!piece.empty()) rest.push_back({const_cast<std::uint8_t*>(piece.data()), piece.size()});
        for (std::size_t at = 0; at < rest.size();) {
            const int count = static_cast<int>(std::min<std::size_t>(rest.size() - at, IOV_MAX));
            ssize_t written = ::writev(fd_, &rest[at], count);
            if (written < 0) {
                if (errno == EINTR) continue;
                return lastError("write", path_);
            }
            // A short write (full disk, signal) leaves the rest of one piece.
            for (auto left = static_cast<std::size_t>(written); left > 0;) {
                const std::size_t step = std::min(left, rest[at].iov_len);
                rest[at].iov_base = static_cast<std::uint8_t*>(rest[at].iov_base) + step;
                rest[at].iov_len -= step;
                left -= step;
                if (rest[at].iov_len == 0) ++at;
            }
        }
        return ok();
    }

    Result<std::size_t> readAt(std::uint64_t position, std::span<std::uint8_t> into) const override {
        std::size_t done = 0;
        while (done < into.size()) {
            const ssize_t got = ::pread(fd_, into.data() + done, into.size() - done, static_cast<off_t>(position + done));
            if (got < 0) {
                if (errno == EINTR) continue;
                return lastError("read", path_);
            }
            if (got == 0) break;
            done += static_cast<std::size_t>(got);
        }
        return done;
    }

    Status writeAt(std::uint64_t position, std::span<const std::uint8_t> data) override {
        for (std::size_t done = 0; done < data.size();) {
            const ssize_t put = ::pwrite(fd_, data.data() + done, data.size() - done, static_cast<off_t>(position + done));
            if (put < 0) {
                if (errno == EINTR) continue;
                return lastError("write", path_);
            }
            done += static_cast<std::size_t>(put);
        }
        return ok();
    }

    Result<std::uint64_t> size() const override {
        struct stat status{};
        if (::fstat(fd_, &status) != 0) return lastError("stat", path_);
        return static_cast<std::uint64_t>(status.st_size);
    }

    Status truncate(std::uint64_t size) override {
        return ::ftruncate(fd_, static_cast<off_t>(size)) == 0 ? ok() : Status(lastError("truncate", path_));
    }
    void reserve(std::uint64_t size) override {
        // Not every file system can, and a full disk is told by the write itself.
        (void)::fallocate(fd_, FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(size));
    }
    Status sync() override { return ::fdatasync(fd_) == 0 ? ok() : Status(lastError("sync", path_)); }
    int descriptor() const override { return fd_; }

private:
    int fd_;
    fs::path path_;
};

FileInfo infoOf(const fs::path& path, const struct stat& status) {
    FileInfo info;
    info.path = path;
    info.size = static_cast<std::uint64_t>(status.st_size);
    info.modifiedMs = static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1000 + status.st_mtim.tv_nsec / 1'000'000;
    info.device = static_cast<std::uint64_t>(status.st_dev);
    info.inode = static_cast<std::uint64_t>(status.st_ino);
    info.directory = S_ISDIR(status.st_mode);
    return info;
}

int flagsOf(OpenMode mode) {
    switch (mode) {
    case OpenMode::read: return O_RDONLY;
    // O_APPEND makes pwrite append on Linux, so appending files that are also written in place use readWrite.
    case OpenMode::append: return O_RDWR | O_CREAT | O_APPEND;
    case OpenMode::createNew: return O_RDWR | O_CREAT | O_EXCL | O_APPEND;
    case OpenMode::truncate: return O_RDWR | O_CREAT | O_TRUNC;
    case OpenMode::readWrite: return O_RDWR;
    }
    return O_RDONLY;
}

class PosixLock final : public FileLock {
public:
    explicit PosixLock(int fd) : fd_(fd) {}
    ~PosixLock() override { ::close(fd_); }
    PosixLock(const PosixLock&) = delete;
    PosixLock& operator=(const PosixLock&) = delete;

private:
    int fd_;
};

class PosixFileSystem final : public FileSystem {
public:
    Result<std::unique_ptr<FileLock>> lock(const fs::path& path) override {
        const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (fd < 0) return lastError("open", path);
        auto held = std::make_unique<PosixLock>(fd);
        if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return std::unique_ptr<FileLock>(std::move(held));
        if (errno == EWOULDBLOCK) return Error{ErrorCode::alreadyExists, path.string() + " is locked by another program"};
        return lastError("lock", path);
    }
    Result<std::unique_ptr<File>> open(const fs::path& path, OpenMode mode) override {
        const int fd = ::open(path.c_str(), flagsOf(mode) | O_CLOEXEC, 0644);
        if (fd < 0) return lastError("open", path);
        return std::unique_ptr<File>(std::make_unique<PosixFile>(fd, path));
    }
    Result<FileInfo> info(const fs::path& path) const override {
        struct stat status{};
        if (::stat(path.c_str(), &status) != 0) return lastError("stat", path);
        return infoOf(path, status);
    }
    Result<std::vector<FileInfo>> list(const fs::path& directory) const override {
        std::error_code error;
        std::vector<FileInfo> entries;
        for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
            struct stat status{};
            // An entry may vanish between readdir and stat: then it is simply not there.
            if (::stat(it->path().c_str(), &status) == 0) entries.push_back(infoOf(it->path(), status));
        }
        if (error) return errnoError(error.value(), "list " + directory.string());
        return entries;
    }
    Status makeDirectories(const fs::path& directory) override {
        std::error_code error;
        fs::create_directories(directory, error);
        if (error) return errnoError(error.value(), "make directory " + directory.string());
        return ok();
    }
    Status rename(const fs::path& from, const fs::path& to) override {
        return ::rename(from.c_str(), to.c_str()) == 0 ? ok() : Status(lastError("rename", from));
    }
    Status remove(const fs::path& path) override {
        std::error_code error;
        fs::remove_all(path, error);
        if (error) return errnoError(error.value(), "remove " + path.string());
        return ok();
    }
    Status syncDirectory(const fs::path& directory) override {
        const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0) return lastError("open", directory);
        const bool good = ::fsync(fd) == 0;
        const Error error = good ? Error{} : lastError("sync", directory);
        ::close(fd);
        return good ? ok() : Status(error);
    }
    Result<std::uint64_t> freeBytes(const fs::path& path) const override {
        struct statvfs status{};
        if (::statvfs(path.c_str(), &status) != 0) return lastError("statvfs", path);
        return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
    }
};

} // namespace

FileSystem& posixFileSystem() {
    static PosixFileSystem system;
    return system;
}

} // namespace millrace
