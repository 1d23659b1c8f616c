#pragma once

#include "flume/agent.h"

#include <sys/resource.h>

#include <filesystem>
#include <string>

/// What measurements of whole agents have in common.
namespace millrace::bench {

inline double cpuSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

inline catalog::ComponentConfig component(catalog::ComponentKind kind, std::string name, std::string type,
                                          catalog::Properties properties) {
    const catalog::ComponentSpec* spec = catalog::flumeCatalog().find(kind, type);
    properties["type"] = type;
    return {std::move(name), std::move(type), spec, std::move(properties)};
}

/// "source s → channel c → null k" named "bench".
inline catalog::AgentConfig line(catalog::ComponentConfig source, catalog::ComponentConfig channel, std::size_t batch) {
    catalog::AgentConfig config;
    config.name = "bench";
    config.sources.push_back(std::move(source));
    config.channels.push_back(std::move(channel));
    config.sinks.push_back(
        component(catalog::ComponentKind::sink, "k", "null", {{"channel", "c"}, {"batchSize", std::to_string(batch)}}));
    return config;
}

inline std::unique_ptr<flume::Agent> makeAgent(const catalog::AgentConfig& config,
                                               const std::filesystem::path& directory) {
    flume::AgentServices services;
    services.disk = &posixFileSystem();
    services.log = &silentLog();
    services.registry = &flume::builtinRegistry();
    services.runDirectory = directory;
    return flume::makeAgent(config, services);
}

inline std::int64_t drained(const flume::Agent& agent) {
    for (const flume::NodeStatus& node : agent.status())
        if (node.id == "bench/sinks/k")
            for (const flume::CounterValue& counter : node.counters)
                if (counter.name == "EventDrainSuccessCount") return counter.value;
    return 0;
}

} // namespace millrace::bench
