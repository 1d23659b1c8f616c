#pragma once

#include "topology/checks/reporter.h"
#include "topology/graph/settings.h"

#include <vector>

namespace millrace::topology {

/// What the checks beyond Flume's two stages look at.
struct LintInput {
    const Document& document;
    const PropertiesText& properties;         ///< with overrides
    const std::vector<const Entry*>& entries; ///< that count
    const Graph& graph;
    const FileValues& values;
    const std::vector<AgentSettings>& agents;
    const Surroundings& around;
};

void lintText(const LintInput& input, Reporter& reporter); ///< what the file format hides
void lintKeys(const LintInput& input, Reporter& reporter); ///< keys and names that Flume ignores
void lintVariables(const LintInput& input, Reporter& reporter);
void lintNetwork(const LintInput& input, Reporter& reporter);  ///< ports, topics
void lintBrokers(const LintInput& input, Reporter& reporter);  ///< Kafka at this computer that is not run here
void lintOurs(const LintInput& input, Reporter& reporter);     ///< `#@` lines
void lintPitfalls(const LintInput& input, Reporter& reporter); ///< runs, but hardly as meant

} // namespace millrace::topology
