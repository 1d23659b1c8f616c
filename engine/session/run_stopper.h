#pragma once

#include "session/answer.h"
#include "session/run_state.h"

#include <chrono>
#include <vector>

namespace millrace::session {

/// Ends what runs, from the front to the back. The command thread's.
class RunStopper {
public:
    explicit RunStopper(RunState& run) : run_(run) {}

    void stopTraffic();
    /// Channels empty through their sinks, at most for `drainLimit`; what is left is told in the answer.
    void stopAgents(std::chrono::milliseconds drainLimit, Answer& answer);
    /// All that is still there, without draining.
    void stopAll();
    static void noteLeft(const std::vector<flume::Leftover>& leftovers, Answer& answer);

private:
    RunState& run_;
};

} // namespace millrace::session
