#pragma once

#include "flume/channel.h"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace millrace::flume::test {

/// A channel without limits for tests of sinks and sources that are driven by hand: events go in with add(), and a
/// transaction shows what became of them. One thread.
class FakeChannel final : public Channel {
public:
    FakeChannel();
    Status start() override { return ok(); }
    void stop() override {}
    std::unique_ptr<Transaction> newTransaction(WakeUp& waker) override;
    ChannelLevel level() const override;
    CounterSet& counters() override { return counters_; }
    Status reconfigure(const catalog::ComponentConfig&) override { return Error{ErrorCode::unsupported, {}, false}; }

    void add(EventBatchPtr batch);
    /// The next commit of any transaction fails with this error.
    void refuseNextCommit(Error error) { refusal_ = std::move(error); }
    std::vector<std::string> bodies() const;
    int commits() const { return commits_; }
    int rollbacks() const { return rollbacks_; }

private:
    class FakeTransaction;
    std::deque<EventRange> queue_;
    std::optional<Error> refusal_;
    CounterSet counters_;
    int commits_ = 0;
    int rollbacks_ = 0;
};

} // namespace millrace::flume::test
