#pragma once

#include "base/clock.h"

#include <atomic>
#include <mutex>
#include <string>

namespace millrace::flume {

/// How one component fares, written by its runner and read by anyone. Successes cost one relaxed load as long as
/// nothing had failed before.
class NodeHealth {
public:
    enum class Phase { stopped, starting, started, failing };
    struct Reading {
        Phase phase = Phase::stopped;
        std::string message; ///< the last failure while it lasts
        int failuresInRow = 0;
        EpochMs startedMs = 0;
        EpochMs stoppedMs = 0;
    };

    void starting();
    /// start() succeeded: time and failures begin again.
    void started();
    void stopped();
    void failed(const std::string& message);
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
