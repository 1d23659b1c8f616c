#pragma once

#include "flume/component.h"
#include "flume/support/hand_over.h"
#include "net/minute_log.h"

#include <cstdint>
#include <functional>
#include <string>

namespace millrace::flume {

/// What the peers of a listening source have sent that wait for no answer: batches from the loop to the runner. The one
/// that the channels refused stays the first until they take it.
class ReceivedBatches {
public:
    /// So many events become one batch at most, and so one transaction.
    static constexpr std::size_t kMostTogether = 100;
    /// Changes a batch on its way to the channels; `peer` is what came with it. Runner.
    using Prepare = std::function<EventBatchPtr(EventBatchPtr batch, const std::string& peer)>;

    explicit ReceivedBatches(const ComponentServices& services, Prepare prepare = {});

    /// Loop. Null does nothing. While too much waits, `from` is not read.
    void push(EventBatchPtr batch, const std::string& peer, const std::shared_ptr<net::Connection>& from);
    /// Loop; for datagrams, which cannot be held back: dropped, counted as ChannelWriteFail and told in the log while
    /// too much waits.
    void pushOrDrop(EventBatchPtr batch, const std::string& peer);

    /// Runner.
    bool empty() const { return pending_.empty() && queue_.empty(); }
    Cycle deliver(ChannelProcessor& output);

private:
    struct Received {
        EventBatchPtr batch;
        std::string peer;
    };
    static std::size_t weightOf(const EventBatch& batch);
    bool takeNext();

    CounterSet& counters_;
    HandOver<Received> queue_;
    Prepare prepare_;
    net::MinuteLog droppedLog_;            ///< loop
    EventRange pending_;                   ///< runner
    std::uint32_t together_ = kMostTogether; ///< of which so many are offered at once
};

} // namespace millrace::flume
