#pragma once

#include "flume/channels/runner_transaction.h"
#include "flume/channels/spillable/spillable_channel.h"

#include <memory>
#include <vector>

namespace millrace::flume {

/// One runner's transaction on a spillable channel: one on its memory and one on its files. Of the two only the files'
/// can fail to commit, so it goes first.
class SpillableTransaction final : public RunnerTransaction {
public:
    SpillableTransaction(SpillableChannel& channel, WakeUp& waker);
    ~SpillableTransaction() override { end(); }

private:
    /// Puts and takes are kept apart: a commit of one must not end the other.
    struct Parts {
        std::unique_ptr<Transaction> memory, files;
        Transaction& at(DrainOrder::Place place) const { return place == DrainOrder::Place::memory ? *memory : *files; }
        void begin() const;
        void rollback() const;
    };

    void begun() override;
    Status add(const EventRange& range) override;
    Result<std::size_t> takeInto(std::vector<EventRange>& into, std::size_t maxEvents) override;
    Result<std::size_t> takeRun(DrainOrder::Run run, std::vector<EventRange>& into);
    bool eventsReady() const override { return channel_.eventsReady(); }
    void wakeTaker() override { channel_.wakeTaker(); }
    Status publishPuts() override;
    Status publishAt(DrainOrder::Place place);
    Status commitTakes() override;
    void undo() override;
    void closed() override;

    SpillableChannel& channel_;
    Parts put_, take_;
    std::vector<EventRange> puts_;
    std::size_t putEvents_ = 0;
    std::vector<DrainOrder::Run> claimed_; ///< and taken, in that order
};

} // namespace millrace::flume
