#pragma once

#include "flume/channels/memory_channel.h"
#include "flume/channels/runner_transaction.h"

namespace millrace::flume {

/// One runner's transaction on a memory channel.
class MemoryTransaction final : public RunnerTransaction {
public:
    MemoryTransaction(MemoryChannel& channel, WakeUp& waker);
    ~MemoryTransaction() override { end(); }

private:
    Status add(const EventRange& range) override;
    Result<std::size_t> takeInto(std::vector<EventRange>& into, std::size_t maxEvents) override;
    bool eventsReady() const override { return channel_.eventsReady(); }
    void wakeTaker() override { channel_.wakeTaker(); }
    Status publishPuts() override;
    Status commitTakes() override;
    void undo() override;
    void closed() override;
    Status waitForPlace(MemoryChannel::Room lacking);
    Status noPlace(MemoryChannel::Room lacking) const;

    MemoryChannel& channel_;
    WaitList::Waiter forRoom_;

    /// The elements from putRanges_ on are left from earlier transactions: a source that hands over one batch in pieces
    /// finds its batch there again and touches no reference count.
    std::vector<EventRange> puts_;
    std::size_t putRanges_ = 0;
    std::size_t putEvents_ = 0, putSlots_ = 0, putBytes_ = 0;
    std::size_t takenSlots_ = 0, takenBytes_ = 0;
};

} // namespace millrace::flume
