#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "base/file_system.h"
#include "base/log.h"
#include "base/result.h"
#include "storage/leader_epochs.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace millrace::storage {

class SegmentRewrite;

/// Limits of one partition's log; the names are Kafka's topic configs.
struct LogConfig {
    std::uint64_t segmentBytes = 1ull << 30;        ///< segment.bytes
    std::int64_t segmentMs = 7LL * 24 * 3600'000;   ///< segment.ms
    std::int64_t retentionBytes = -1;               ///< retention.bytes, -1 = no limit
    std::int64_t retentionMs = 7LL * 24 * 3600'000; ///< retention.ms, -1 = no limit
    std::uint32_t indexIntervalBytes = 4096;        ///< index.interval.bytes
    bool operator==(const LogConfig&) const = default;
};

/// What the caller found in the batch headers (wire/record_batch.h), so that the log never opens a batch.
struct BatchInfo {
    std::uint32_t sizeBytes = 0;
    std::int32_t recordCount = 0; ///< lastOffsetDelta + 1
    std::int64_t maxTimestamp = -1;
};

struct AppendResult {
    std::int64_t baseOffset = 0;
    std::int64_t lastOffset = 0;
};

struct ReadResult {
    std::vector<Bytes> pieces; ///< whole batches, in offset order; memory or mapped file, no copy owed
    std::size_t sizeBytes = 0;
    bool cold = false; ///< true: not in the tail cache; call readCold() on an I/O thread instead
};

/// What is left to do on the disk for a change that the log has made already. May wait, so not on a loop: any thread,
/// once, and several of one log in the order in which they were handed out. Needs the log no more. Empty: nothing is.
using DiskWork = std::function<Status()>;

/// Segments that the log has let go of: nobody finds them any more, their files are there until `onDisk` has run. A
/// crash before that brings them back.
struct Removal {
    int segments = 0;
    DiskWork onDisk;
};

/// One segment, for those who decide which are written anew.
struct SegmentSummary {
    std::int64_t baseOffset = 0;
    std::uint64_t sizeBytes = 0;
    EpochMs oldest = -1; ///< largest timestamp of its first batch; `newest` where that has none
    EpochMs newest = -1; ///< largest timestamp; where none is, when the file was last written; -1: it has none yet
};

struct TimestampOffset {
    std::int64_t timestamp = -1;
    std::int64_t offset = -1;
};

/// One partition on disk: segments `<20-digit base offset>.log` with `.index` and `.timeindex`, Kafka's own layout
/// (the batches are byte for byte what a Kafka broker would keep). One owner thread calls everything except the calls
/// marked "any thread". Offsets obey: log start <= flushed <= next.
class PartitionLog {
public:
    virtual ~PartitionLog() = default;

    /// Appends record batches (magic 2, CRC already checked by the caller) that lie one behind the other in `batches`.
    /// Base offset and partition leader epoch are patched into a header copy; the bodies are written as received. On an
    /// error nothing of the call is readable, the file is cut back, and the next append may succeed. Not durable: see
    /// flush(). noSpace is a normal answer.
    virtual Result<AppendResult> append(const Bytes& batches, std::span<const BatchInfo> infos,
                                        std::int32_t leaderEpoch) = 0;

    /// Appends what another replica has: batches that keep their offsets and leader epochs, the first at or behind
    /// nextOffset(), each at or behind the one before (a compacted log has gaps). `corrupt` for a batch that is not
    /// whole or whose CRC does not fit. Otherwise as append().
    virtual Result<AppendResult> appendAsFollower(const Bytes& batches) = 0;
    /// Forgets all from `offset` on, and the rest of the batch that holds it: nextOffset() is then at or before it.
    /// Durable when it returns ok; a crash leaves the log as it was, or a shorter one that still holds all before
    /// `offset`. outOfRange below logStart(); nothing to do behind the end. After any other error the log is failed().
    /// Owner thread, waits for the disk.
    virtual Status truncateTo(std::int64_t offset) = 0;

    /// Oldest first; the last one is under way. Owner thread; asks the disk for the age of a segment without
    /// timestamps.
    virtual std::vector<SegmentSummary> segments() const = 0;
    /// Begins to write segments anew with less in them: those that are sealed and lie wholly between the two offsets,
    /// from the first on. One at a time: alreadyExists as long as the last one lives. notFound where there is none.
    virtual Result<std::shared_ptr<SegmentRewrite>> rewriteSegments(std::int64_t from, std::int64_t upTo) = 0;
    /// Puts what was written, and is finished, in place of the old segments: readers find it at once, those under way
    /// go on with what they have. Log start, next offset and leader epochs stay; offsets have gaps. On the disk it is
    /// all or nothing: a crash before the work has run brings the old segments back. Work that failed may be tried
    /// again. cancelled when the old segments are no longer there, or not all.
    virtual Result<DiskWork> replaceSegments(SegmentRewrite& rewrite) = 0;

    /// Which leader wrote what. Owner thread. Kept beside the log in `leader-epoch-checkpoint`.
    virtual const LeaderEpochs& leaderEpochs() const = 0;

    /// Whole batches from the one that holds `offset`, at most `maxBytes` but always at least one batch. Never waits
    /// for the disk: answers from the tail cache (the buffers just received) or says cold. outOfRange below logStart()
    /// and above nextOffset(); empty at nextOffset().
    virtual Result<ReadResult> read(std::int64_t offset, std::size_t maxBytes) const = 0;
    /// The same from the segment files. Any thread: may wait for the disk.
    virtual Result<ReadResult> readCold(std::int64_t offset, std::size_t maxBytes) const = 0;

    virtual std::int64_t logStart() const = 0;
    virtual std::int64_t nextOffset() const = 0; ///< the log end offset
    virtual std::uint64_t sizeBytes() const = 0;
    /// A sync failed, the log could not be opened, or it is retired: it takes and gives no records until it is opened
    /// anew, since what it would give may be gone after the next start. Any thread.
    virtual bool failed() const = 0;

    /// First batch whose maxTimestamp >= `timestamp`, with the exact record found inside it; nothing when none. May
    /// read the disk: call on an I/O thread.
    virtual Result<std::optional<TimestampOffset>> offsetForTime(std::int64_t timestamp) const = 0;
    /// The record with the largest timestamp, the first of several (ListOffsets -3); nothing when none has a timestamp.
    /// As offsetForTime().
    virtual Result<std::optional<TimestampOffset>> maxTimestamp() const = 0;

    /// All that was appended before the call is on stable storage when it returns. Any thread (an I/O thread does it
    /// for many partitions: group commit). Returns the next offset that is covered. After a failed sync every later
    /// call fails too, and the log is failed(): the kernel may have dropped what it could not write, and a sync that
    /// succeeds afterwards says nothing about it. Also writes the index files of segments that were rolled: call it now
    /// and then where no producer asks for durability, or a start after a crash has more to scan.
    virtual Result<std::int64_t> flush() = 0;

    /// Applies retention at wall time `now`: lets go of whole segments, never of the active one unless it is over age
    /// and rolled.
    virtual Result<Removal> applyRetention(EpochMs now) = 0;
    /// DeleteRecords: `offset` is the log's start from now on, for good once `onDisk` has run; when that fails, ask
    /// again. A start at or behind `offset` stays. outOfRange above nextOffset().
    virtual Result<Removal> setLogStart(std::int64_t offset) = 0;
    virtual void setConfig(const LogConfig& config) = 0;

    /// Puts a file of the owner's into the log's directory, atomically. Any thread, may wait for the disk.
    virtual Status writeBeside(std::string_view name, std::span<const std::uint8_t> content) = 0;

    /// The directory is about to be removed, and may be made again under the same name for others: once this has
    /// returned, the log is failed() and reaches no file by its name any more, work that it has handed out included,
    /// which has nothing to do then. Any thread; waits for what others do on the disk.
    virtual void retire() = 0;

    /// Flushes and writes the clean-stop mark so that the next open scans nothing.
    virtual Status close() = 0;
};

/// Opens or makes the partition in `directory`. Recovery scans the last segment only (all after an unclean stop that
/// left no valid index), checks each batch's length and CRC and cuts a torn tail; what was cut is logged with its size.
/// May wait for the disk.
Result<std::unique_ptr<PartitionLog>> openPartitionLog(FileSystem& disk, const std::filesystem::path& directory,
                                                       const LogConfig& config, Log& log);

} // namespace millrace::storage
