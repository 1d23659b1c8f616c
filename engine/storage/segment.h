#pragma once

#include "base/file_system.h"
#include "base/result.h"
#include "storage/partition_log.h"
#include "storage/segment_index.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>

namespace millrace::storage {

/// One .log file with its indexes. The log's owner appends; flush() and cold reads may run on other threads meanwhile
/// and see what was published before they began.
class Segment {
public:
    /// What is known of the batches in it.
    struct Extent {
        std::uint64_t bytes = 0;
        std::int64_t nextOffset = 0;      ///< behind the last batch; the base offset when empty
        std::int64_t firstTimestamp = -1; ///< largest of the first batch, for segment.ms
        TimestampOffset latest;           ///< largest timestamp, last offset of its batch
    };
    /// A batch about to be, or found to be, in the segment.
    struct Batch {
        std::int64_t lastOffset = 0;
        std::uint32_t sizeBytes = 0;
        std::int64_t maxTimestamp = -1;
    };

    /// The segment under way; its file is made by the first append (or create()).
    static std::shared_ptr<Segment> makeEmpty(FileSystem& disk, const std::filesystem::path& directory,
                                              std::int64_t baseOffset);
    /// One that was found on disk, under way again; `file` is open for appending. `synced`: all of it is on stable
    /// storage, its index files too.
    static std::shared_ptr<Segment> makeActive(FileSystem& disk, const std::filesystem::path& directory,
                                               std::int64_t baseOffset, std::unique_ptr<File> file, SegmentIndex index,
                                               const Extent& extent, bool synced);
    /// One whose index files are trusted; nothing of it stays open or in memory.
    static std::shared_ptr<Segment> makeSealed(FileSystem& disk, const std::filesystem::path& directory,
                                               std::int64_t baseOffset, const Extent& extent);

    std::int64_t baseOffset() const { return baseOffset_; }
    std::int64_t nextOffset() const { return nextOffset_.load(std::memory_order_acquire); }
    std::uint64_t bytes() const { return bytes_.load(std::memory_order_acquire); }
    bool empty() const { return bytes() == 0; }
    /// All of it is on stable storage, and so are its index files, which alone know it.
    bool sealed() const;
    Extent extent() const;
    std::filesystem::path logPath() const { return segmentFile(directory_, baseOffset_, kLogSuffix); }

    // The owner's calls.
    /// Makes the file, if there is none yet.
    Status create();
    /// Writes the pieces, which are `batches` one behind the other, and publishes them. On an error the file is cut
    /// back, at the latest before the next append.
    Status append(std::span<const std::span<const std::uint8_t>> pieces, std::span<const Batch> batches,
                  std::uint32_t indexIntervalBytes);
    /// Cuts off what a failed append left behind, if that is still owed.
    Status settle() { return cutOwed_ ? cutBack() : ok(); }
    /// No more appends: it may be sealed. Precondition: settle() was ok.
    void retire() { retired_ = true; }
    /// Removes the files; reads under way end with an error or with what they have.
    Status remove();
    /// Its files are about to be another segment's: who has it reads on what it was, as long as it lives. Waits for the
    /// disk. Precondition: sealed().
    Status handOver();

    /// Gives back what was reserved ahead; for the end of appending.
    void giveBackReserve();

    // From any thread, one at a time.
    /// All published bytes are on stable storage afterwards.
    Status sync();
    /// Writes the index files of a retired segment that is synced, and closes it. Nothing to do for others.
    Status seal();
    /// Writes the index files of the synced segment under way, for a clean stop; nothing to do when they are there.
    Status saveIndex();

    // From any thread.
    /// A handle for reading, opened on demand for a sealed segment. `notFound` once retention took it.
    Result<std::shared_ptr<const File>> openForReading() const;
    Result<std::uint64_t> positionBefore(std::int64_t offset) const;
    Result<std::int64_t> offsetBefore(std::int64_t timestamp) const;

private:
    Segment(FileSystem& disk, std::filesystem::path directory, std::int64_t baseOffset);
    Status cutBack();
    void reserveFor(std::uint64_t incoming);
    Status dropSavedIndex();

    FileSystem& disk_;
    std::filesystem::path directory_;
    std::int64_t baseOffset_;
    std::atomic<std::uint64_t> bytes_ = 0;
    std::atomic<std::int64_t> nextOffset_;
    std::uint64_t reservedBytes_ = 0; ///< the owner's, the sealing thread's once retired
    std::atomic<std::uint64_t> syncedBytes_ = 0;
    std::atomic<bool> retired_ = false;
    std::atomic<bool> entryDurable_ = false; ///< the directory knows the file, for good
    std::atomic<bool> indexSaved_ = false;   ///< the index files on disk are those of the whole segment
    bool cutOwed_ = false;                   ///< the owner's: a failed append left bytes behind

    mutable std::mutex mutex_; ///< guards the rest
    std::shared_ptr<File> file_;
    std::unique_ptr<SegmentIndex> index_; ///< null once sealed
    TimestampOffset latest_;
    std::int64_t firstTimestamp_ = -1;
    bool removed_ = false; ///< the files of its names are its own no more
};

} // namespace millrace::storage
