// stress → memory → null through the real agent at several batch sizes: events a second and CPU time for each event.
// Usage: flume_memory [seconds for each batch size, default 3]

#include "flume/agent.h"

#include <fmt/core.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

using namespace millrace;

namespace {

double cpuSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

catalog::ComponentConfig component(catalog::ComponentKind kind, std::string name, std::string type,
                                   catalog::Properties properties) {
    const catalog::ComponentSpec* spec = catalog::flumeCatalog().find(kind, type);
    properties["type"] = type;
    return {std::move(name), std::move(type), spec, std::move(properties)};
}

catalog::AgentConfig agentConfig(std::size_t batch) {
    using catalog::ComponentKind;
    const std::string size = std::to_string(batch);
    catalog::AgentConfig config;
    config.name = "bench";
    config.sources.push_back(component(ComponentKind::source, "s", "org.apache.flume.source.StressSource",
                                       {{"channels", "c"}, {"batchSize", size}, {"size", "500"}}));
    config.channels.push_back(
        component(ComponentKind::channel, "c", "memory", {{"capacity", "100000"}, {"transactionCapacity", "10000"}}));
    config.sinks.push_back(component(ComponentKind::sink, "k", "null", {{"channel", "c"}, {"batchSize", size}}));
    return config;
}

std::int64_t drained(const flume::Agent& agent) {
    for (const flume::NodeStatus& node : agent.status())
        if (node.id == "bench/sinks/k")
            for (const flume::CounterValue& counter : node.counters)
                if (counter.name == "EventDrainSuccessCount") return counter.value;
    return 0;
}

void measure(std::size_t batch, std::chrono::duration<double> duration) {
    flume::AgentServices services;
    services.disk = &posixFileSystem();
    services.log = &silentLog();
    services.registry = &flume::builtinRegistry();
    services.runDirectory = std::filesystem::temp_directory_path();
    const auto agent = flume::makeAgent(agentConfig(batch), services);
    agent->start();
    std::this_thread::sleep_for(duration / 4); // warm
    const auto began = std::chrono::steady_clock::now();
    const double cpuBefore = cpuSeconds();
    const std::int64_t before = drained(*agent);
    std::this_thread::sleep_for(duration);
    const auto events = static_cast<double>(drained(*agent) - before);
    const double cpu = cpuSeconds() - cpuBefore;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    const auto left = agent->stop(std::chrono::seconds(10));
    fmt::print("batch {:5}: {:8.2f} M events/s, {:7.4f} us CPU/event, {} left\n", batch, events / took.count() / 1e6,
               cpu / events * 1e6, left.empty() ? 0 : left.front().events);
}

} // namespace

int main(int argc, char** argv) {
    const double seconds = argc > 1 ? std::max(std::atof(argv[1]), 0.1) : 3;
    for (const std::size_t batch : {1, 10, 100, 1000})
        measure(batch, std::chrono::duration<double>(seconds));
    return 0;
}
