#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <atomic>
#include <mutex>

namespace millrace::flume {

/// How one component fares, written by its runner and read by anyone. Successes cost one relaxed load as long as
/// nothing had failed before.
class NodeHealth {
public:
    enum class Phase { stopped, starting, started, failing };
    struct Reading {
        Phase phase = Phase::stopped;
        Error failure; ///< the last one, while it lasts; an empty message when all is well
        int failuresInRow = 0;
        EpochMs startedMs = 0;
        EpochMs stoppedMs = 0;
    };

    void starting();
    /// start() succeeded: time and failures begin again.
    void started(EpochMs now);
    void stopped(EpochMs now);
    void failed(const Error& failure);
    void succeeded() {
        if (failing_.load(std::memory_order_relaxed)) recover();
    }
    Reading read() const;

private:
    void recover();
    mutable std::mutex mutex_;
    Reading reading_;
    std::atomic<bool> failing_{false};
};

} // namespace millrace::flume
