// stress → memory → null through the real agent at several batch sizes: events a second and CPU time for each event.
// Usage: flume_memory [seconds for each batch size, default 3]

#include "bench/agent_bench.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

using namespace millrace;
using namespace millrace::bench;

namespace {

catalog::AgentConfig agentConfig(std::size_t batch) {
    using catalog::ComponentKind;
    return line(
        component(ComponentKind::source, "s", "org.apache.flume.source.StressSource",
                  {{"channels", "c"}, {"batchSize", std::to_string(batch)}, {"size", "500"}}),
        component(ComponentKind::channel, "c", "memory", {{"capacity", "100000"}, {"transactionCapacity", "10000"}}),
        batch);
}

void measure(std::size_t batch, std::chrono::duration<double> duration) {
    const auto agent = makeAgent(agentConfig(batch), std::filesystem::temp_directory_path());
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
