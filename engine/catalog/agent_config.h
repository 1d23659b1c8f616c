#pragma once

#include "catalog/component_spec.h"

#include <string>
#include <vector>

namespace millrace::catalog {

/// One component ready to be built: its properties as Flume's configure() would see them, variables resolved.
struct ComponentConfig {
    std::string name;
    std::string type;
    const ComponentSpec* spec = nullptr; ///< never null in what is handed to an agent
    Properties properties;               ///< relative keys; defaults not filled in
    bool operator==(const ComponentConfig&) const = default;
};

struct SinkGroupConfig {
    std::string name;
    std::vector<std::string> sinks;
    Properties properties; ///< "processor.type", "processor.priority.k1", …
    bool operator==(const SinkGroupConfig&) const = default;
};

/// One agent that passed validation: sources name only channels that are here, each sink has its channel, groups have
/// only sinks that are here.
struct AgentConfig {
    std::string name;
    std::vector<ComponentConfig> sources, channels, sinks;
    std::vector<SinkGroupConfig> groups;
    bool operator==(const AgentConfig&) const = default;
};

} // namespace millrace::catalog
