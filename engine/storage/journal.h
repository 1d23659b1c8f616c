#pragma once

#include "base/file_system.h"
#include "base/log.h"
#include "base/result.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace millrace::storage {

/// A small append-only file of the broker's own state: topics, committed offsets. Each entry is
/// { uint32 length, uint32 CRC-32C of the content, content }, big-endian. A tail torn by a crash is cut at open.
///
/// Own files rather than Kafka's internal topics: a topic-shaped log would need compaction, coordinator partitions and
/// loading states before the first commit could be kept, while this one is read once and rewritten when it has grown.
class Journal {
public:
    static constexpr std::uint32_t kMaxEntryBytes = 16 * 1024 * 1024;

    /// Opens or makes the file and hands every entry to `entry` in order. A tail that a crash has torn is cut. Damaged
    /// entries are left out, those behind them are read as long as the lengths lead there; the file as it was is kept
    /// beside as `.damaged`, and the log says so in one line. An error of `entry`, to which a whole entry means
    /// nothing, ends the opening; the error names the file and says that without it `lost` is lost.
    static Result<std::unique_ptr<Journal>> open(FileSystem& disk, const std::filesystem::path& path,
                                                 std::string_view lost, Log& log,
                                                 const std::function<Status(std::span<const std::uint8_t>)>& entry);

    /// Into the page cache, so that it may be called on a loop: all of them, or after an error none.
    Status append(std::span<const std::vector<std::uint8_t>> contents);
    /// All that was appended is on stable storage. Once it has failed it fails until the entries are written anew: what
    /// the kernel could not write it may have dropped, and a sync that succeeds afterwards says nothing about it. May
    /// wait for the disk.
    Status sync() { return syncing()(); }
    /// append() and sync(); after a failed sync the entries are written anew first. After an error none of `contents`
    /// is believed by the next start, unless the journal is uncertain(). May wait for the disk.
    Status appendSynced(std::span<const std::vector<std::uint8_t>> contents);
    /// A sync has failed, and so has writing the entries anew: whether the next start finds what the last
    /// appendSynced() was to write nobody can tell. Until one succeeds none is accepted.
    bool uncertain() const { return durable_->failed; }
    /// sync() for another thread, while this one goes on appending; ask again after adopt().
    std::function<Status()> syncing() const;
    std::uint64_t sizeBytes() const { return size_; }
    /// Puts these entries in place of all others, atomically. May wait for the disk.
    Status rewrite(std::span<const std::vector<std::uint8_t>> contents);
    /// The same in two steps, so that a loop goes on appending meanwhile: the first writes a synced file beside and may
    /// run on another thread, the second adds what was appended since and puts it in place without waiting. What
    /// fails leaves the journal as it was, and nothing beside it. Which of the two files a crash leaves is open until
    /// the next sync: so between the two steps nothing that was appended may be called durable.
    static Status writeBeside(FileSystem& disk, const std::filesystem::path& path,
                              std::span<const std::vector<std::uint8_t>> contents);
    Status adopt(std::span<const std::vector<std::uint8_t>> appendedSince);
    const std::filesystem::path& path() const { return path_; }

private:
    Journal(FileSystem& disk, std::filesystem::path path) : disk_(disk), path_(std::move(path)) {}
    Status reopen(const std::filesystem::path& path);
    Status appendOne(std::span<const std::uint8_t> content);
    Status cutBack();
    Status renew();
    struct Scan;
    Status setAside(const Scan& scan, std::span<const std::uint8_t> data, Log& log);

    /// The same file as file_: one File object belongs to one thread.
    struct Durable {
        FileSystem& disk;
        std::filesystem::path directory;
        std::unique_ptr<File> file;
        std::atomic<bool> nameOwed = true; ///< whether the directory knows the file, for good, is not certain
        std::atomic<bool> failed = false;  ///< by a sync, for ever
        Status sync();
    };

    FileSystem& disk_;
    std::filesystem::path path_;
    std::unique_ptr<File> file_;
    std::shared_ptr<Durable> durable_;
    std::uint64_t size_ = 0;
    bool cutOwed_ = false; ///< bytes of what failed may lie behind size_
};

} // namespace millrace::storage
