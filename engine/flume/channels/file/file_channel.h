#pragma once

#include "flume/channel.h"
#include "flume/channels/file/event_store.h"
#include "flume/component.h"
#include "flume/settings.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace millrace::flume {

/// A queue in files, which a crash of the agent or of the machine does not lose
/// (org.apache.flume.channel.file.FileChannel), by Flume's rules: `capacity` events, of which those that a sink has
/// taken and not committed are some; no more than `transactionCapacity` in a transaction; `keep-alive` for a put to
/// wait.
///
/// Durability: a commit, of puts or of takes, returns when it is on stable storage, in one sync with all others that
/// wait (D1). With fsyncPerTransaction = false it is in the page cache then (D0), and on stable storage after
/// fsyncInterval.
///
/// Before start() and after stop(), and when start() has failed, a transaction gets the error `closed`.
class FileChannel final : public Channel {
public:
    /// Reads exactly the declared keys. Error when transactionCapacity is above capacity, as Flume.
    static Result<FileChannelOptions> readOptions(Settings& settings, const ComponentServices& services);
    static Result<std::unique_ptr<Channel>> make(Settings& settings, const ComponentServices& services);

    /// `refusal`: why it cannot start whatever the disk says.
    FileChannel(const FileChannelOptions& options, std::optional<Error> refusal, const ComponentServices& services);
    ~FileChannel() override;

    /// Reads what is there; waits for the disk. Counts of events begin again, as in Flume.
    Status start() override;
    /// Also writes a checkpoint (checkpointOnClose) and lets go of the directories.
    void stop() override;
    std::unique_ptr<Transaction> newTransaction(WakeUp& waker) override;
    ChannelLevel level() const override;
    void refreshCounters() override;
    /// What does not name a directory applies at once.
    Status reconfigure(const catalog::ComponentConfig& config) override;
    std::size_t volatileEvents() const override { return 0; }

private:
    friend class FileTransaction;
    struct Counts {
        std::atomic<std::int64_t> putAttempts{0}, puts{0}, putErrors{0};
        std::atomic<std::int64_t> takeAttempts{0}, takes{0}, takeErrors{0};
        std::atomic<std::int64_t> checkpointErrors{0};
    };

    std::shared_ptr<EventStore> store() const; ///< null while it is not open
    FileChannelOptions options() const;
    Error notOpen() const;
    void wakePutter();
    void keepHouse();
    void flush(EventStore& store);
    void writeCheckpoint(EventStore& store);
    void endHousekeeping();

    const ComponentServices& services_;
    const std::optional<Error> refusal_;
    std::mutex lifecycle_; ///< start() and stop() may come from two threads
    mutable std::mutex mutex_;
    FileChannelOptions options_;        ///< guarded by mutex_
    std::shared_ptr<EventStore> store_; ///< guarded by mutex_
    std::optional<Error> failure_;      ///< of the last start; guarded by mutex_
    std::atomic<std::size_t> capacity_, transactionCapacity_;
    std::atomic<std::int64_t> keepAliveMs_;
    std::atomic<std::size_t> keptEvents_{0}, keptBytes_{0}; ///< in the files when it was last stopped
    std::atomic<bool> stopped_{true};
    std::atomic<bool> checkpointFails_{false};

    ChannelWaits waits_;
    Counts counts_;
    WakeUp housekeeping_;
    std::atomic<bool> housekeepingEnds_{false};
    std::thread thread_;
};

} // namespace millrace::flume
