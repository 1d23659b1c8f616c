#pragma once

#include "flume/channel.h"

#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace millrace::flume::test {

/// A channel without limits for tests of sinks and sources that are driven by hand: events go in with add(), and a
/// transaction shows what became of them. One thread.
class FakeChannel final : public Channel {
public:
    Status start() override { return ok(); }
    void stop() override {}
    std::unique_ptr<Transaction> newTransaction(WakeUp& waker) override;
    ChannelLevel level() const override;
    Status reconfigure(const catalog::ComponentConfig&) override { return Error{ErrorCode::unsupported, {}, false}; }

    void add(EventBatchPtr batch);
    /// The next commits of any transaction fail with this error, so many times.
    void refuseCommits(int times, Error error) {
        refusals_ = times;
        refusal_ = std::move(error);
    }
    void refuseNextCommit(Error error) { refuseCommits(1, std::move(error)); }
    std::vector<std::string> bodies() const;
    int commits() const { return commits_; }
    int rollbacks() const { return rollbacks_; }

private:
    class FakeTransaction;
    std::deque<EventRange> queue_;
    int refusals_ = 0;
    Error refusal_;
    int commits_ = 0;
    int rollbacks_ = 0;
};

} // namespace millrace::flume::test
