// The file channel in a real agent, each commit of puts and of takes on stable storage (D1): stress → file → null at
// several batch sizes, TAILDIR → file → null for a file of 512-byte lines, and how long a channel full of events takes
// to start. Writes below the current directory, so that it is that disk which is measured. Usage: flume_file [seconds
// for each batch size, default 3] [MB for TAILDIR, default 1000]

#include "bench/agent_bench.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <thread>

using namespace millrace;
using namespace millrace::bench;
using Seconds = std::chrono::duration<double>;

namespace {

constexpr std::size_t kLine = 512;

/// A directory that goes again.
struct Scratch {
    std::filesystem::path path = std::filesystem::current_path() / "flume-file-bench";
    Scratch() {
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path / "logs");
    }
    ~Scratch() { std::filesystem::remove_all(path); }
};

catalog::ComponentConfig fileChannel() {
    return component(catalog::ComponentKind::channel, "c", "file",
                     {{"checkpointDir", "checkpoint"}, {"dataDirs", "data"}});
}

catalog::ComponentConfig stress(std::size_t batch) {
    return component(catalog::ComponentKind::source, "s", "org.apache.flume.source.StressSource",
                     {{"channels", "c"}, {"batchSize", std::to_string(batch)}, {"size", std::to_string(kLine)}});
}

catalog::ComponentConfig taildir(std::size_t batch) {
    return component(catalog::ComponentKind::source, "s", "TAILDIR",
                     {{"channels", "c"},
                      {"filegroups", "g"},
                      {"filegroups.g", "logs/.*\\.log"},
                      {"positionFile", "state/positions.json"},
                      {"batchSize", std::to_string(batch)}});
}

double sinceSeconds(std::chrono::steady_clock::time_point began) {
    return Seconds(std::chrono::steady_clock::now() - began).count();
}

void measureStress(std::size_t batch, Seconds duration) {
    const Scratch scratch;
    const auto agent = makeAgent(line(stress(batch), fileChannel(), batch), scratch.path);
    agent->start();
    std::this_thread::sleep_for(duration / 4); // warm
    const auto began = std::chrono::steady_clock::now();
    const double cpuBefore = cpuSeconds();
    const std::int64_t before = drained(*agent);
    std::this_thread::sleep_for(duration);
    const auto events = static_cast<double>(drained(*agent) - before);
    const double cpu = cpuSeconds() - cpuBefore, took = sinceSeconds(began);
    (void)agent->stop(std::chrono::seconds(10));
    fmt::print("stress, batch {:5}: {:9.0f} events/s, {:6.1f} MB/s, {:6.3f} us CPU/event\n", batch, events / took,
               events / took * kLine / 1e6, cpu / events * 1e6);
}

void measureTaildir(std::size_t batch, std::size_t megabytes) {
    const Scratch scratch;
    const std::string text(kLine - 1, 'x');
    const auto lines = static_cast<std::int64_t>(megabytes * 1'000'000 / kLine);
    {
        std::ofstream file(scratch.path / "logs/a.log");
        for (std::int64_t i = 0; i < lines; ++i)
            file << text << '\n';
    }
    const auto agent = makeAgent(line(taildir(batch), fileChannel(), batch), scratch.path);
    const auto began = std::chrono::steady_clock::now();
    agent->start();
    while (drained(*agent) < lines)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    const double took = sinceSeconds(began);
    (void)agent->stop(std::chrono::seconds(10));
    fmt::print("TAILDIR, batch {:4}: {:9.0f} events/s, {:6.1f} MB/s\n", batch, static_cast<double>(lines) / took,
               static_cast<double>(lines) * kLine / took / 1e6);
}

/// Fills a channel that nobody empties, and starts it again.
void measureStart(std::size_t megabytes) {
    const Scratch scratch;
    const auto lines = std::min<std::size_t>(megabytes * 1'000'000 / kLine, 900'000);
    auto source = stress(1000);
    source.properties["maxTotalEvents"] = std::to_string(lines);
    auto filling = line(source, fileChannel(), 1000);
    filling.sinks.clear();
    std::size_t held = 0;
    const auto level = [&](flume::Agent& agent) {
        for (const flume::NodeStatus& node : agent.status())
            if (node.id == "bench/channels/c") held = node.level.events;
        return held;
    };
    {
        const auto agent = makeAgent(filling, scratch.path);
        agent->start();
        while (level(*agent) < lines - 1000)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        // As a kill would leave it: what is behind the last checkpoint has to be read.
        std::filesystem::create_directories(scratch.path / "killed");
        for (const char* part : {"checkpoint", "data"})
            std::filesystem::copy(scratch.path / part, scratch.path / "killed" / part);
    }
    filling.sources.clear();
    const auto began = std::chrono::steady_clock::now();
    const auto agent = makeAgent(filling, scratch.path / "killed");
    agent->start();
    const double took = sinceSeconds(began);
    fmt::print("start with {} events ({} MB) in the channel: {:.3f} s\n", level(*agent), held * kLine / 1'000'000,
               took);
}

} // namespace

int main(int argc, char** argv) {
    const double seconds = argc > 1 ? std::max(std::atof(argv[1]), 0.1) : 3;
    const std::size_t megabytes = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1000;
    for (const std::size_t batch : {1, 10, 100, 1000})
        measureStress(batch, Seconds(seconds));
    for (const std::size_t batch : {100, 1000})
        measureTaildir(batch, megabytes);
    measureStart(megabytes);
    return 0;
}
