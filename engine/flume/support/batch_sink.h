#pragma once

#include "counters/counter_set.h"
#include "flume/channel.h"
#include "flume/component.h"

#include <cstddef>
#include <span>
#include <string_view>

namespace millrace::flume {

/// A sink that takes a batch, sends it and commits: whatever goes wrong between, the commit included, the transaction
/// has been rolled back when cycle() returns, so that all of the batch comes again. Counts as Flume's SinkCounter does.
/// Runner thread.
class BatchSink : public Sink {
public:
    Result<Cycle> cycle(Transaction& transaction) final;

protected:
    /// What `send` refuses is counted under `failureCounter`. At most `batchSize` events are taken at once.
    BatchSink(const ComponentServices& services, std::size_t batchSize, FlumeCounter failureCounter);

    /// Sends the events, which are as many as the number says; an error keeps them in the channel.
    virtual Status send(std::span<const EventRange> events, std::size_t count) = 0;
    /// What a batch needs open, before the transaction begins; an error is the cycle's.
    virtual Status prepare() { return ok(); }
    /// Nothing came: until when to sleep.
    virtual Cycle idle() const { return Cycle::idle(); }

    void setBatchSize(std::size_t batchSize) { batchSize_ = batchSize; }
    const ComponentServices& services() const { return services_; }

private:
    Result<Cycle> takeAndSend(Transaction& transaction);

    ComponentServices services_;
    std::size_t batchSize_;
    Counter &empty_, &underflow_, &complete_, &attempted_, &drained_, &refused_, &channelFailed_;
};

} // namespace millrace::flume
