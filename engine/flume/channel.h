#pragma once

#include "base/result.h"
#include "catalog/agent_config.h"
#include "flume/event_batch.h"
#include "flume/wake_up.h"

#include <chrono>
#include <memory>
#include <span>

namespace millrace::flume {

/// A unit of work on one channel (org.apache.flume.Transaction). Belongs to one runner and is used again and again:
/// begin, put… or take…, commit or rollback. Puts become visible at commit; takes are final at commit; rollback puts
/// takes back at the head in their order. A wrong order of calls is a bug and asserts.
class Transaction {
public:
    virtual ~Transaction() = default; ///< an open one is rolled back
    virtual void begin() = 0;
    /// Adds to the put list. Error outOfRange when the list would exceed transactionCapacity (Flume: ChannelException).
    virtual Status put(const EventRange& range) = 0;
    /// Up to `maxEvents` more events, as ranges that stay valid until commit or rollback; empty when none is ready: the
    /// runner's WakeUp is notified when that changes. Never waits. Error outOfRange beyond transactionCapacity.
    virtual Result<std::span<const EventRange>> take(std::size_t maxEvents) = 0;
    /// All or nothing. A put waits up to keep-alive for room, then `full` (ChannelFullException); the wait ends early
    /// when `stop` of the owner is requested. After an error the transaction is still open: roll it back.
    virtual Status commit() = 0;
    virtual void rollback() = 0;
    /// Rolls back when it is open: for what threw or returned in the middle.
    virtual void recover() = 0;
    /// The owner will take nothing for a while (it backs off): a wake-up for events that it has not used goes to
    /// another taker of this channel. Between transactions only.
    virtual void passOnWakeUp() {}
};

struct ChannelLevel {
    std::size_t events = 0;
    std::size_t capacity = 0;     ///< 0 = unknown (Kafka channel)
    std::size_t bytes = 0;        ///< bodies held
    std::size_t byteCapacity = 0; ///< 0 = no limit
    bool putsWaiting = false;     ///< a source waits for room right now
};

/// A passive store of events between sources and sinks (org.apache.flume.Channel). Safe from many threads.
class Channel {
public:
    virtual ~Channel() = default;
    virtual Status start() = 0;
    /// Wakes everyone who waits in commit; further commits of puts fail with `closed`.
    virtual void stop() = 0;
    /// For one runner; `waker` (its own, outlives the transaction) is notified when events or room appear.
    virtual std::unique_ptr<Transaction> newTransaction(WakeUp& waker) = 0;
    virtual ChannelLevel level() const = 0;
    /// Brings the counters of its services up to date, for whoever reads them next. Any thread.
    virtual void refreshCounters() {}
    /// New settings while running (capacity, keep-alive, …); restart-class changes answer unsupported and the agent
    /// builds a new channel.
    virtual Status reconfigure(const catalog::ComponentConfig& config) = 0;
    /// Events that would be lost if the process ended now: a memory channel's content; 0 for durable ones.
    virtual std::size_t volatileEvents() const { return level().events; }
};

} // namespace millrace::flume
