#pragma once

#include "base/thread_clock.h"
#include "flume/channels/file/channel_directories.h"
#include "flume/channels/file/channel_waits.h"
#include "flume/channels/file/file_channel_options.h"
#include "flume/channels/file/log_writer.h"
#include "flume/channels/file/recovery.h"
#include "flume/channels/file/stored_queue.h"
#include "flume/component_services.h"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace millrace::flume {

/// What a file channel holds, from start to stop: the log on the disk and the queue in memory, which is at each moment
/// what the log would give if it were read. Any thread; what commits, and what takes events that are not in memory,
/// waits for the disk.
class EventStore final : private LogWriter::Listener {
public:
    /// Reads what is there. `services` and `waits` outlive it.
    static Result<std::shared_ptr<EventStore>> open(const ComponentServices& services,
                                                    const FileChannelOptions& options, ChannelWaits& waits);
    EventStore(const ComponentServices& services, const FileChannelOptions& options, ChannelWaits& waits,
               std::unique_ptr<ChannelDirectories> directories, RecoveredChannel& recovered);

    void setOptions(const FileChannelOptions& options);

    // Puts.

    /// Sets room aside, which put() or giveBack() ends. False when there is not so much.
    bool reserve(std::size_t events, std::size_t capacity);
    void giveBack(std::size_t events);
    /// Error noSpace while the disk has less room than it must keep.
    Status checkSpace() const;
    /// One transaction of events that room was set aside for. When it is ok they are in the channel, and durable if
    /// that is asked of each transaction.
    Status put(std::span<const EventRange> ranges, std::size_t events);

    // Takes, each by a transaction, `owner`.

    /// Up to so many events, behind what is in `into`. Returns how many.
    Result<std::size_t> take(const void* owner, std::size_t maxEvents, std::vector<EventRange>& into);
    /// What `owner` has taken is gone for good.
    Status commitTakes(const void* owner);
    void rollBackTakes(const void* owner);

    std::size_t events() const { return events_.load(); }
    std::size_t reserved() const { return reserved_.load(); }
    std::size_t bytes() const { return bytes_.load(std::memory_order_relaxed); }
    std::size_t ready() const { return ready_.load(); } ///< not taken

    // Housekeeping, on one thread at a time.

    Status flush() { return writer_->flush(); }
    /// So much was written since the last checkpoint that a crash should not come before the next. Any thread.
    bool checkpointDue() const;
    /// Writes down what is in the channel, if that has changed, and removes files that are not needed any more.
    Status checkpoint();
    /// Nothing is put or taken any more; waits for commits under way.
    void close();
    /// Lets go of the directories, though transactions may still hold this.
    void release() { directories_.reset(); }

private:
    void begun(const LogFilePtr& file) override;
    void cameTrue(LogTransaction& transaction) override;
    void addPuts(LogTransaction& transaction);
    void dropTaken(const void* owner);
    Status loadHead(const StoredRange& head);
    Status dropDamaged(const StoredRange& head, const Error& why);
    Checkpoint snapshot();
    Status removeFilesBefore(std::uint64_t number);

    const ComponentServices& services_;
    ChannelWaits& waits_;
    std::unique_ptr<ChannelDirectories> directories_;
    const ChannelId channel_;
    const std::filesystem::path checkpointDirectory_;
    std::unique_ptr<LogWriter> writer_;
    std::atomic<bool> durable_{true};
    std::atomic<std::uint64_t> minimumSpace_{0};

    std::mutex mutex_; ///< of what follows; taken while the writer's is held, never the other way round
    StoredQueue queue_;
    std::map<const void*, std::vector<StoredRange>> taken_; ///< and not committed
    std::vector<LogFilePtr> files_;                         ///< all that are there
    std::size_t cachedBytes_ = 0;
    std::atomic<std::size_t> events_{0}, reserved_{0},
        ready_{0}; ///< events: taken ones too; ready: only those in queue_
    std::atomic<std::size_t> bytes_{0};

    // Housekeeping's.
    std::uint64_t checkpointedFile_ = 0, checkpointedAt_ = 0;
    std::atomic<std::uint64_t> checkpointedBytes_{0};
};

} // namespace millrace::flume
