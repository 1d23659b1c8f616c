#pragma once

#include "flume/channels/file/file_channel.h"
#include "flume/channels/runner_transaction.h"

#include <memory>
#include <vector>

namespace millrace::flume {

/// One runner's transaction on a file channel. It keeps to the store that it began with: of one that was closed
/// meanwhile it can neither put nor take, and what it had taken is in the channel after the next start.
class FileTransaction final : public RunnerTransaction {
public:
    FileTransaction(FileChannel& channel, WakeUp& waker);
    ~FileTransaction() override { end(); }

private:
    void begun() override { store_ = channel_.store(); }
    Status add(const EventRange& range) override;
    /// Reads from the disk what is not in memory any more.
    Result<std::size_t> takeInto(std::vector<EventRange>& into, std::size_t maxEvents) override;
    bool eventsReady() const override;
    void wakeTaker() override;
    Status publishPuts() override;
    Status reserve();
    Status commitTakes() override;
    void undo() override;
    void closed() override;

    FileChannel& channel_;
    WaitList::Waiter forRoom_;
    std::shared_ptr<EventStore> store_; ///< null: the channel was not open when it began
    std::vector<EventRange> puts_;
    std::size_t putEvents_ = 0;
};

} // namespace millrace::flume
