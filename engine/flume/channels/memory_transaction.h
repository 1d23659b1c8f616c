#pragma once

#include "flume/channels/memory_channel.h"
#include "flume/channels/taker_place.h"

namespace millrace::flume {

/// One runner's transaction on a memory channel.
class MemoryTransaction final : public Transaction {
public:
    MemoryTransaction(MemoryChannel& channel, WakeUp& waker);
    ~MemoryTransaction() override;
    void begin() override;
    Status put(const EventRange& range) override;
    Result<std::span<const EventRange>> take(std::size_t maxEvents) override;
    Status commit() override;
    void rollback() override;
    void recover() override {
        if (open_) rollback();
    }
    void passOnWakeUp() override;

private:
    Status publish();
    Status waitForPlace(MemoryChannel::Room lacking);
    Status noPlace(MemoryChannel::Room lacking) const;
    void close();

    MemoryChannel& channel_;
    WakeUp& waker_;
    TakerPlace place_;
    WaitList::Waiter forRoom_;
    bool open_ = false;

    /// The elements from putRanges_ on are left from earlier transactions: a source that hands over one batch in pieces
    /// finds its batch there again and touches no reference count.
    std::vector<EventRange> puts_;
    std::size_t putRanges_ = 0;
    std::size_t putEvents_ = 0, putSlots_ = 0, putBytes_ = 0;

    /// One element for each call of take(), so that what was handed out stays where it is.
    std::vector<std::vector<EventRange>> takes_;
    std::size_t takeCalls_ = 0;
    std::size_t takenEvents_ = 0, takenSlots_ = 0, takenBytes_ = 0;
};

} // namespace millrace::flume
