#pragma once

#include "base/clock.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <map>
#include <unordered_map>
#include <utility>

namespace millrace::net {

/// All timers of one loop behind a single asio timer. Setting and cancelling the many timeouts that never fire (long
/// polls, sessions) costs no system call: the asio timer is moved only when an earlier deadline arrives.
class LoopTimers final : public Clock {
public:
    /// `afterEach` runs after every timer's function.
    LoopTimers(boost::asio::io_context& io, std::function<void()> afterEach);

    MonotonicTime now() const override { return systemNow(); }
    EpochMs epochMs() const override { return systemEpochMs(); }
    TimerId at(MonotonicTime when, std::function<void()> fn) override;
    void cancel(TimerId id) override;
    /// Forgets everything, for the end of the loop.
    void clear();

private:
    void arm();
    void runDue();

    boost::asio::steady_timer timer_;
    std::function<void()> afterEach_;
    std::map<std::pair<MonotonicTime, TimerId>, std::function<void()>> queue_;
    std::unordered_map<TimerId, MonotonicTime> deadlines_;
    TimerId lastId_ = 0;
    MonotonicTime armedFor_ = MonotonicTime::max();
};

} // namespace millrace::net
