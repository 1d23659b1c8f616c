#pragma once

#include "catalog/agent_config.h"
#include "topology/document/document.h"
#include "topology/text/substitution.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace millrace::topology {

/// What is started of one agent.
struct AgentOutcome {
    std::vector<std::string> sources, channels;
    std::vector<std::string> sinks;  ///< in no group
    std::vector<std::string> groups; ///< groups that run (their sinks are not in `sinks`)
    std::string aborted;             ///< not empty: nothing of it starts, and why
};

using PlannedComponent = catalog::ComponentConfig;
using PlannedGroup = catalog::SinkGroupConfig;
using PlannedAgent = catalog::AgentConfig;

struct PlannedTopic {
    std::string id, cluster, name;
    int partitions = 1;
    std::map<std::string, std::string> configs;
};
struct PlannedCluster {
    std::string id;
    bool embedded = false;
    std::string listen;                         ///< embedded: host:port
    std::string servers;                        ///< external: bootstrap list
    std::map<std::string, std::string> configs; ///< embedded: by Kafka's names of a broker's settings
};
struct PlannedTraffic {
    std::string name;
    /// kind, rate, file | tcp | topic. With a topic its name in Kafka stands here, and "servers" beside it.
    catalog::Properties properties;
};

/// A document turned into what has to be run. `here`: what Millrace starts (SHAPES §5: only the component goes where
/// Flume would lose the whole agent). `flume`: what Apache Flume 1.11 with all its jars would be running.
struct RunPlan {
    std::vector<PlannedCluster> clusters;
    std::vector<PlannedTopic> topics;
    std::vector<PlannedAgent> agents; ///< last hop first: the order of start
    std::vector<PlannedTraffic> traffic;
    std::map<std::string, AgentOutcome> flume;
    std::map<std::string, AgentOutcome> here;
    /// The document's, and what planning itself found; where `only` chooses, of the chosen and of the file as a whole.
    std::vector<Diagnostic> diagnostics;
    std::vector<NodeId> choices;        ///< what `only` may name
    std::vector<std::string> unmatched; ///< what `only` names and the document has not
};

struct PlanOptions {
    /// Types this runtime can build; a component of another type is *foreign*: refused by name.
    std::function<bool(const catalog::ComponentSpec&)> implemented;
    /// Agents, clusters and traffic by id ("agent/web") or, whatever the kind, by name; empty = all.
    std::set<std::string> only;
    /// Full key → value, nothing is written. A key that begins with "#@ ", or with a family of `#@` keys that no agent
    /// of the file is called, is one of ours; an empty value takes the property away. Trimmed, as lines of a file are.
    std::map<std::string, std::string> overrides;
    /// Runs a command for config filters of type external and gives its first line, or why there is none. Null: no
    /// command is run.
    std::function<Result<std::string>(const std::vector<std::string>& command)> askCommand;
    Surroundings around; ///< for ${env:…}, ${sys:…}, ${date:…} and config filters
};
RunPlan plan(const Document& document, const PlanOptions& options);

} // namespace millrace::topology
