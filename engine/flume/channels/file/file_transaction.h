#pragma once

#include "flume/channels/file/file_channel.h"
#include "flume/channels/taker_place.h"

#include <memory>
#include <vector>

namespace millrace::flume {

/// One runner's transaction on a file channel. It keeps to the store that it began with: of one that was closed
/// meanwhile it can neither put nor take, and what it had taken is in the channel after the next start.
class FileTransaction final : public Transaction {
public:
    FileTransaction(FileChannel& channel, WakeUp& waker);
    ~FileTransaction() override;
    void begin() override;
    Status put(const EventRange& range) override;
    /// Reads from the disk what is not in memory any more.
    Result<std::span<const EventRange>> take(std::size_t maxEvents) override;
    Status commit() override;
    void rollback() override;
    void recover() override {
        if (open_) rollback();
    }
    void passOnWakeUp() override;

private:
    Result<std::size_t> takeInto(std::vector<EventRange>& into, std::size_t maxEvents);
    Status publish();
    Status reserve();
    Status commitTakes();
    void close();

    FileChannel& channel_;
    WakeUp& waker_;
    TakerPlace place_;
    WaitList::Waiter forRoom_;
    bool open_ = false;
    std::shared_ptr<EventStore> store_; ///< null: the channel was not open when it began

    std::vector<EventRange> puts_;
    std::size_t putEvents_ = 0;
    std::vector<std::vector<EventRange>> takes_; ///< one element for each call of take(): what was handed out stays
    std::size_t takeCalls_ = 0;
    std::size_t takenEvents_ = 0;
};

} // namespace millrace::flume
