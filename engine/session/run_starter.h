#pragma once

#include "session/answer.h"
#include "session/run_state.h"
#include "topology/checks/run_plan.h"

#include <filesystem>
#include <string>

namespace millrace::session {

/// Starts parts of a plan and lists them in the state. The command thread's; each may take seconds. What fails is told
/// in the answer.
class RunStarter {
public:
    explicit RunStarter(RunState& run) : run_(run) {}

    /// Clusters first: when one cannot listen nothing else may start, because agents would talk to whoever holds the
    /// port.
    bool startClusters(const topology::RunPlan& plan, Answer& answer);
    /// Refuses an id that is not one plain path element: broker data stay in the run directory.
    Result<std::filesystem::path> brokerDirectory(const std::string& clusterId) const;
    /// What log.dirs or log.dir say, in the run directory when they are relative; `otherwise` when they are not set.
    std::filesystem::path dataDirectory(const topology::PlannedCluster& cluster,
                                        const std::filesystem::path& otherwise) const;
    void declareTopics(const topology::RunPlan& plan, Answer& answer);
    void watchExternal(const topology::RunPlan& plan, Answer& answer);
    void startAgent(const catalog::AgentConfig& config);
    void startAgents(const topology::RunPlan& plan);
    void startOneTraffic(const topology::PlannedTraffic& plan, Answer& answer);
    void startTraffic(const topology::RunPlan& plan, Answer& answer);
    /// Flume's HTTP monitoring of the first agent, where the start asked for it.
    void serveMetrics(Answer& answer);
    void noteLeftOut(const topology::RunPlan& plan);

private:
    void serveBroker(std::uint16_t port, Answer& answer);

    RunState& run_;
};

} // namespace millrace::session
