#pragma once

#include "base/bytes.h"
#include "storage/partition_log.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <span>

namespace millrace::storage {

/// The newest batches of one partition in memory, as they were received: consumers at the tail are served from here.
/// Small batches, and those that would keep a far larger frame alive, are copied into chunks; the others stay where
/// they are, only their patched header is new. Bounded for each partition and over all of them. One thread, but what
/// read() returns may go anywhere.
class TailCache {
public:
    /// At most so much for one partition; and once all together hold kSharedBytes, the one that grows keeps only the
    /// least.
    static constexpr std::size_t kMostBytes = 4 * 1024 * 1024;
    static constexpr std::size_t kLeastBytes = 256 * 1024;
    static constexpr std::size_t kSharedBytes = 64 * 1024 * 1024;

    TailCache() = default;
    ~TailCache() { clear(); }
    TailCache(const TailCache&) = delete;
    TailCache& operator=(const TailCache&) = delete;

    /// A batch with base offset and leader epoch set, in one or two pieces.
    struct Patched {
        std::shared_ptr<std::uint8_t[]> chunk; ///< keeps `head`
        std::span<const std::uint8_t> head;
        Bytes body; ///< empty: all is in `head`
    };
    Patched patch(const Bytes& batch, std::int64_t baseOffset, std::int32_t leaderEpoch);
    /// The batch was written: from now on it is found.
    void add(const Patched& batch, std::int64_t baseOffset, std::int64_t lastOffset);
    /// Takes back the room of batches that were patched and not added.
    void abandon();
    /// Keeps the bounds; after the batches of one append.
    void trim();

    bool holds(std::int64_t offset) const { return !runs_.empty() && offset >= runs_.front().first; }
    /// Precondition: holds(offset), and the log goes on behind `offset`.
    ReadResult read(std::int64_t offset, std::size_t maxBytes) const;
    void clear();
    std::size_t bytes() const { return bytes_; }

private:
    /// Batches that lie one behind the other in one chunk; or one large batch, whose body is elsewhere.
    struct Run {
        std::int64_t first = 0;
        std::int64_t last = 0;
        std::shared_ptr<std::uint8_t[]> chunk;
        std::span<const std::uint8_t> data;
        Bytes body;
        std::size_t size() const { return data.size() + body.size(); }
    };
    std::uint8_t* room(std::size_t bytes);
    void dropFirst();
    static std::size_t startIn(const Run& run, std::int64_t offset);

    std::deque<Run> runs_;
    std::size_t bytes_ = 0;
    std::shared_ptr<std::uint8_t[]> chunk_;
    std::size_t chunkBytes_ = 0;
    std::size_t chunkUsed_ = 0;  ///< by batches that were added
    std::size_t chunkGiven_ = 0; ///< by patch(), maybe not added yet
};

} // namespace millrace::storage
