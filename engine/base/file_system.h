#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace millrace {

/// One open file. All calls may wait for the disk: never on an event loop, except write() into the page cache.
/// One object belongs to one thread at a time; readAt() and sync() alone may be called from others meanwhile.
class File {
public:
    virtual ~File() = default;
    /// Appends all of `data` or returns the error; after an error the size is unknown until size() is asked.
    virtual Status append(std::span<const std::uint8_t> data) = 0;
    /// Appends several pieces with as few system calls as possible (writev).
    virtual Status appendAll(std::span<const std::span<const std::uint8_t>> pieces) = 0;
    /// Reads up to `into.size()` bytes at `position`; fewer only at the end of the file. Returns how many.
    virtual Result<std::size_t> readAt(std::uint64_t position, std::span<std::uint8_t> into) const = 0;
    /// Writes in place (headers, position files); does not move the append position.
    virtual Status writeAt(std::uint64_t position, std::span<const std::uint8_t> data) = 0;
    virtual Result<std::uint64_t> size() const = 0;
    virtual Status truncate(std::uint64_t size) = 0;
    /// A hint that the file will grow to `size` bytes: blocks are reserved, its size stays, truncate() gives them back.
    virtual void reserve(std::uint64_t size) { (void)size; }
    /// Data is on stable storage when this returns ok (fdatasync).
    virtual Status sync() = 0;
    /// The descriptor for mmap and sendfile, or -1 for files that live in a test.
    virtual int descriptor() const { return -1; }
};

/// Held as long as the object lives; the system lets go of it when the process dies, however it dies.
class FileLock {
public:
    virtual ~FileLock() = default;
};

enum class OpenMode {
    read,          ///< must exist
    append,        ///< made when missing, writes go to the end
    createNew,     ///< must not exist
    truncate,      ///< made or emptied
    readWrite,     ///< must exist
};

struct FileInfo {
    std::filesystem::path path;
    std::uint64_t size = 0;
    std::int64_t modifiedMs = 0; ///< epoch milliseconds
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    bool directory = false;
};

/// The disk, so that tests can hand in one that tears, fills up and forgets what was not synced.
class FileSystem {
public:
    virtual ~FileSystem() = default;
    virtual Result<std::unique_ptr<File>> open(const std::filesystem::path& path, OpenMode mode) = 0;
    virtual Result<FileInfo> info(const std::filesystem::path& path) const = 0;
    /// Entries of a directory in no particular order; not recursive.
    virtual Result<std::vector<FileInfo>> list(const std::filesystem::path& directory) const = 0;
    /// Parents too; ok when it is there already.
    virtual Status makeDirectories(const std::filesystem::path& directory) = 0;
    /// Replaces `to` atomically when it exists.
    virtual Status rename(const std::filesystem::path& from, const std::filesystem::path& to) = 0;
    /// A file or a whole directory; ok when there is none.
    virtual Status remove(const std::filesystem::path& path) = 0;
    /// Makes the directory's entries durable (fsync on the directory).
    virtual Status syncDirectory(const std::filesystem::path& directory) = 0;
    /// For a directory that two must not use at once: makes the file `path` and locks it. alreadyExists: somebody holds
    /// it, in this process or in another.
    virtual Result<std::unique_ptr<FileLock>> lock(const std::filesystem::path& path) = 0;
    /// Bytes free for us on the disk that holds `path`.
    virtual Result<std::uint64_t> freeBytes(const std::filesystem::path& path) const = 0;

    /// Whole file; refused with outOfRange when larger than `limitBytes`, before anything is allocated.
    Result<std::vector<std::uint8_t>> readAll(const std::filesystem::path& path, std::uint64_t limitBytes);
    /// makeDirectories(), and the names of those that were missing are on stable storage.
    Status makeDirectoriesForGood(const std::filesystem::path& directory);
    /// Writes beside, syncs, renames over: a reader sees the old or the new content, never half.
    Status replace(const std::filesystem::path& path, std::span<const std::uint8_t> data);
};

/// The real one. Stateless, safe from any thread.
FileSystem& posixFileSystem();

} // namespace millrace
