#pragma once

#include "broker/broker.h"
#include "flume/agent.h"
#include "metrics/cluster_watcher.h"
#include "session/node_ids.h"
#include "session/shared_broker.h"
#include "topology/checks/run_plan.h"
#include "traffic/traffic.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace millrace::session {

/// An embedded cluster that was started for the document.
struct RunningBroker {
    topology::PlannedCluster plan;
    std::shared_ptr<SharedBroker> broker; ///< whoever looks keeps a share; the command thread ends it
};
/// A cluster of somebody else's that is only watched.
struct WatchedCluster {
    topology::PlannedCluster plan;
    std::unique_ptr<metrics::ClusterWatcher> watcher;
};
struct RunningAgent {
    catalog::AgentConfig config;
    std::unique_ptr<flume::Agent> agent;
};
struct RunningTraffic {
    topology::PlannedTraffic plan;
    EpochMs startedMs = 0;
    std::unique_ptr<traffic::Traffic> traffic;
};

/// Everything that runs for one document. Changed by the command thread only, under the runtime's lock; others read it
/// under the same lock, which is never held while a broker is looked at.
struct RunParts {
    std::vector<RunningBroker> brokers;
    std::vector<WatchedCluster> watched;
    std::vector<RunningAgent> agents; ///< last hop first
    std::vector<RunningTraffic> traffic;
    std::vector<std::string> foreign, notRun; ///< node ids that the plan left out, for the snapshot
};

template <typename Parts, typename Matches>
auto findPart(Parts& parts, Matches&& matches) {
    return std::find_if(parts.begin(), parts.end(), matches);
}

} // namespace millrace::session
