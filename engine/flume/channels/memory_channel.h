#pragma once

#include "flume/channel.h"
#include "flume/channels/range_queue.h"
#include "flume/channels/spin_lock.h"
#include "flume/channels/wait_list.h"
#include "flume/component.h"
#include "flume/settings.h"

#include <atomic>
#include <chrono>

namespace millrace::flume {

/// A bounded queue in memory (org.apache.flume.channel.MemoryChannel) with Flume's rules: `capacity` events, and body
/// bytes counted in slots of 100, at least one for each event. Events that a sink has taken and not yet committed still
/// take up room.
///
/// Sources and sinks meet as rarely as possible: puts go to a back queue under one lock, takes come from a front queue
/// under another, and a take fetches the whole back queue when the front one is short.
class MemoryChannel : public Channel {
public:
    static constexpr std::uint32_t kSlotBytes = 100;
    struct Limits {
        std::size_t capacity = 0;
        std::size_t transactionCapacity = 0;
        std::chrono::milliseconds keepAlive{0};
        std::size_t byteCapacity = 0; ///< as configured or defaulted; 0 = no limit
        std::size_t byteSlots = 0;        ///< what byteCapacity leaves for bodies, in slots; 0 = no limit
    };
    /// Reads exactly the declared keys. Error when transactionCapacity is above capacity, as Flume.
    static Result<Limits> readLimits(Settings& settings);
    /// The keys that bound the bodies' bytes, into byteCapacity and byteSlots.
    static void readByteLimits(Settings& settings, Limits& limits);
    static Result<std::unique_ptr<Channel>> make(Settings& settings, const ComponentServices& services);

    MemoryChannel(const Limits& limits, CounterSet& counters);

    Status start() override;
    void stop() override;
    std::unique_ptr<Transaction> newTransaction(WakeUp& waker) override;
    ChannelLevel level() const override;
    void refreshCounters() override;
    /// They apply to what is put from now on. A capacity below the present content loses nothing: puts wait.
    void setLimits(const Limits& limits);
    Status reconfigure(const catalog::ComponentConfig& config) override;

private:
    friend class MemoryTransaction;
    static constexpr std::size_t kCacheLine = 64;

    /// Totals since the channel was made; the difference of the two sides is what is held. Each side has one writer at
    /// a time (under its lock), so plain loads and stores do.
    struct Totals {
        std::atomic<std::size_t> events{0}, byteSlots{0}, bytes{0}, attempts{0};
        void add(std::size_t moreEvents, std::size_t moreSlots, std::size_t moreBytes);
        void attempt(std::size_t more) {
            attempts.store(attempts.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
        }
    };
    enum class Room { enough, tooFewEvents, tooFewSlots };

    /// Publishes the ranges when there is room for them. Leaves them untouched otherwise.
    Room tryPut(std::span<EventRange> ranges, std::size_t events, std::size_t byteSlots, std::size_t bytes);
    Room room(std::size_t events, std::size_t byteSlots) const;
    /// Error outOfRange when `maxEvents` is more than `allowed` and so many are there.
    /// Replaces `into`, except that an element with the same batch is used again.
    Result<std::size_t> take(std::size_t maxEvents, std::size_t allowed, std::vector<EventRange>& into);
    void fetchBack();
    void free(std::size_t events, std::size_t byteSlots, std::size_t bytes);
    void putBack(std::span<EventRange> ranges); ///< to the head, in their order
    bool eventsReady() const;
    void wakeTaker() {
        if (takers_.any()) takers_.wakeFirst();
    }
    void wakePutter();

    std::atomic<std::size_t> capacity_, transactionCapacity_, byteCapacity_, slotLimit_;
    std::atomic<std::int64_t> keepAliveMs_;
    std::atomic<bool> stopped_{false};

    alignas(kCacheLine) SpinLock backLock_;
    RangeQueue back_;
    Totals put_;

    alignas(kCacheLine) SpinLock frontLock_;
    RangeQueue front_;
    Totals taken_;                            ///< final, their room is free
    std::atomic<std::size_t> fetched_{0};     ///< put_.events up to which front_ has them
    std::atomic<std::size_t> frontEvents_{0}; ///< in front_ now

    alignas(kCacheLine) WaitList takers_;
    WaitList putters_;
    CounterSet& counters_;
};

} // namespace millrace::flume
