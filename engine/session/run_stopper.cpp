#include "session/run_stopper.h"

#include <algorithm>

namespace millrace::session {

using std::chrono::milliseconds;

void RunStopper::stopTraffic() {
    std::vector<RunningTraffic> traffic;
    {
        const std::lock_guard lock(run_.mutex);
        traffic.swap(run_.parts.traffic);
    }
    for (RunningTraffic& one : traffic)
        one.traffic->stop();
}

void RunStopper::stopAgents(milliseconds drainLimit, Answer& answer) {
    // First hop first: what an agent drains still finds the next one listening.
    const MonotonicTime deadline = systemNow() + drainLimit;
    for (auto it = run_.parts.agents.rbegin(); it != run_.parts.agents.rend(); ++it) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - systemNow());
        const milliseconds limit = run_.aborting ? milliseconds(0) : std::max(left, milliseconds(0));
        noteLeft(it->agent->stop(limit), answer);
    }
}

void RunStopper::noteLeft(const std::vector<flume::Leftover>& leftovers, Answer& answer) {
    for (const flume::Leftover& left : leftovers)
        answer.left.push_back({left.channel, static_cast<std::int64_t>(left.events), left.lost});
}

void RunStopper::stopAll() {
    run_.metrics.reset();
    run_.monitor.reset();
    RunParts gone;
    {
        const std::lock_guard lock(run_.mutex);
        std::swap(gone, run_.parts);
        run_.running = false;
    }
    for (RunningTraffic& one : gone.traffic)
        one.traffic->stop();
    gone.traffic.clear();
    while (!gone.agents.empty())
        gone.agents.pop_back();
    for (RunningBroker& one : gone.brokers)
        if (auto stopped = one.broker->end(); !stopped)
            run_.log.write(LogLevel::error, "cluster/" + one.plan.id, stopped.error().message);
}

} // namespace millrace::session
