#pragma once

#include "flume/channels/file/file_channel.h"
#include "flume/channels/memory_channel.h"
#include "flume/channels/spillable/drain_order.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace millrace::flume {

/// A queue in memory that goes on in files (org.apache.flume.channel.SpillableMemoryChannel): a memory channel and a
/// file channel, and the order in which they are emptied. A transaction of puts goes to the memory as long as that has
/// room within overflowTimeout; then this and all further ones go to the files, until so much of the memory is free as
/// overflowDeactivationThreshold says. Takes come in the order of the puts, from both places in one transaction if it
/// comes to that. What is in memory is lost with the process.
class SpillableChannel final : public Channel {
public:
    struct Options {
        MemoryChannel::Limits memory; ///< capacity 0: files only
        FileChannelOptions files;     ///< capacity 0: memory only
        std::size_t threshold = 0;    ///< percent of the memory that must be free to go back to it
    };
    /// Reads exactly the declared keys.
    static Result<Options> readOptions(Settings& settings, const ComponentServices& services);
    static Result<std::unique_ptr<Channel>> make(Settings& settings, const ComponentServices& services);

    SpillableChannel(const Options& options, const ComponentServices& services);

    Status start() override; ///< what the files hold comes first
    void stop() override;
    std::unique_ptr<Transaction> newTransaction(WakeUp& waker) override;
    ChannelLevel level() const override;
    void refreshCounters() override;
    Status reconfigure(const catalog::ComponentConfig& config) override;
    std::size_t volatileEvents() const override { return memory_.level().events; }

private:
    friend class SpillableTransaction;
    struct Counts {
        std::atomic<std::int64_t> putAttempts{0}, puts{0}, takeAttempts{0}, takes{0};
    };

    /// Where a transaction of so many puts goes first.
    DrainOrder::Place placeFor(std::size_t events);
    /// The memory had no room in time. False when there is nothing to overflow into.
    bool overflow();
    void published(DrainOrder::Run run);
    DrainOrder::Run claim(std::size_t maxEvents);
    void giveBack(DrainOrder::Run run);
    bool eventsReady() const { return ready_.load() > 0; }
    void wakeTaker();

    const ComponentServices& services_;
    std::atomic<std::size_t> memoryCapacity_, filesCapacity_, transactionCapacity_, threshold_;
    MemoryChannel memory_;
    FileChannel files_;
    std::atomic<bool> overflowing_{false};

    std::mutex mutex_;
    DrainOrder order_; ///< guarded by mutex_
    std::atomic<std::size_t> ready_{0}; ///< events in order_
    WaitList takers_;
    Counts counts_;
};

} // namespace millrace::flume
