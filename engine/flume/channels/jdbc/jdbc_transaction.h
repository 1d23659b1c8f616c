#pragma once

#include "flume/channels/jdbc/jdbc_channel.h"
#include "flume/channels/runner_transaction.h"

#include <memory>
#include <vector>

namespace millrace::flume {

/// One runner's transaction on a database channel. It keeps to the file that was open when it began.
class JdbcTransaction final : public RunnerTransaction {
public:
    JdbcTransaction(JdbcChannel& channel, WakeUp& waker);
    ~JdbcTransaction() override { end(); }

private:
    void begun() override { stored_ = channel_.stored(); }
    Status add(const EventRange& range) override;
    Result<std::size_t> takeInto(std::vector<EventRange>& into, std::size_t maxEvents) override;
    bool eventsReady() const override;
    void wakeTaker() override;
    Status publishPuts() override;
    Status commitTakes() override;
    void undo() override;
    void closed() override;

    JdbcChannel& channel_;
    std::shared_ptr<StoredEvents> stored_; ///< null: the channel was not open when it began
    std::vector<EventRange> puts_;
    std::size_t putEvents_ = 0;
    std::vector<EventNumbers> claimed_;
};

} // namespace millrace::flume
