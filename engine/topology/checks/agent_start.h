#pragma once

#include "topology/checks/reporter.h"
#include "topology/checks/run_plan.h"
#include "topology/graph/settings.h"

#include <functional>

namespace millrace::topology {

/// Whose behaviour is followed when a component is wrong.
enum class Rules {
    flume, ///< what Apache Flume 1.11 would be running
    here,  ///< what Millrace runs: only the component goes where Flume loses the agent or the file
};

struct StartContext {
    const catalog::Catalog& catalog;
    Rules rules = Rules::here;
    Reporter* reporter = nullptr; ///< null: nothing is reported
    /// Null: every type that Apache Flume can load is implemented.
    std::function<bool(const catalog::ComponentSpec&)> implemented;
};

struct AgentStart {
    AgentOutcome outcome;
    PlannedAgent agent;
    std::string fileLost; ///< not empty: Flume loses the whole file, and why
};

/// Takes one agent through Flume's two stages: validation (FlumeConfiguration) and instantiation
/// (AbstractConfigurationProvider), in their order.
AgentStart startAgent(const AgentSettings& settings, const StartContext& context);

} // namespace millrace::topology
