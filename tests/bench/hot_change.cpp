// What a live edit of a running agent costs: 100,000 numbered events a second run through three channels and 100,000
// through a flow that nobody touches; each edit of tests/flume/support/live_edits.h is applied some times. Printed: how
// long apply() took, the longest time without an event of the untouched flow while nobody edits and while somebody
// does, what was lost or doubled. Usage: hot_change [rounds, default 3]

#include "flume/support/live_edits.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <vector>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using SteadyClock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

namespace {

constexpr std::int64_t kPerSecond = 100'000;

/// Numbers at a steady rate; stands in for the sequence generator.
class PacedSource final : public Source {
public:
    static Result<std::unique_ptr<Source>> make(Settings& settings, const ComponentServices& services) {
        (void)settings.number("totalEvents");
        const std::int64_t batch = settings.number("batchSize");
        return std::unique_ptr<Source>(std::make_unique<PacedSource>(batch, services));
    }
    PacedSource(std::int64_t batch, const ComponentServices& services)
        : batch_(batch), clock_(*services.clock), accepted_((*services.counters)[FlumeCounter::eventAccepted]) {}
    Status start() override {
        began_ = clock_.now();
        return ok();
    }
    void stop() override {}
    Status reconfigure(const catalog::ComponentConfig& config) override {
        Settings settings(config);
        batch_ = settings.number("batchSize");
        return ok();
    }
    Result<Cycle> cycle(ChannelProcessor& output) override {
        if (!pending_) {
            const MonotonicTime now = clock_.now();
            const std::int64_t due =
                kPerSecond * std::chrono::duration_cast<std::chrono::microseconds>(now - began_).count() / 1'000'000;
            if (due <= next_) return Cycle::idle(now + std::chrono::milliseconds(1));
            pending_ = numbers(next_, std::min(due - next_, batch_));
        }
        const auto events = static_cast<std::uint32_t>(pending_->size());
        if (Status put = output.processRange({pending_, 0, events}); !put)
            return Cycle::backoff(std::move(put).error());
        next_ += events;
        accepted_.addFromOwner(events);
        pending_.reset();
        return Cycle::ready();
    }

private:
    static EventBatchPtr numbers(std::int64_t first, std::int64_t count) {
        EventBatchBuilder builder(static_cast<std::size_t>(count) * 20, static_cast<std::size_t>(count));
        for (std::int64_t number = first; number < first + count; ++number)
            (void)builder.add(std::to_string(number));
        return builder.finish();
    }
    std::int64_t batch_, next_ = 0;
    ThreadClock& clock_;
    Counter& accepted_;
    MonotonicTime began_{};
    EventBatchPtr pending_;
};

/// Looks at a flow each millisecond: the longest time in which nothing came out.
class Watch {
public:
    explicit Watch(const char* channel) : seen_(NumbersSeen::of(channel)), thread_([this] { look(); }) {}
    ~Watch() {
        done_.store(true);
        thread_.join();
    }
    Milliseconds longestGap() { return Milliseconds(longest_.exchange(0.0)); }

private:
    void look() {
        std::uint64_t last = seen_.count;
        auto since = SteadyClock::now();
        while (!done_.load()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            const std::uint64_t now = seen_.count;
            const double gap = Milliseconds(SteadyClock::now() - since).count();
            if (gap > longest_.load()) longest_.store(gap);
            if (now == last) continue;
            last = now;
            since = SteadyClock::now();
        }
    }
    NumbersSeen& seen_;
    std::atomic<double> longest_{0};
    std::atomic<bool> done_{false};
    std::thread thread_;
};

std::uint64_t accepted(const Agent& agent, const std::string& id) {
    for (const NodeStatus& node : agent.status())
        for (const CounterValue& counter : node.counters)
            if (node.id == id && counter.name == "EventAcceptedCount") return static_cast<std::uint64_t>(counter.value);
    return 0;
}

/// What waits on the disk would be kept for the next start.
void awaitEmpty(const Agent& agent) {
    const auto waiting = [&] {
        std::size_t events = 0;
        for (const NodeStatus& node : agent.status())
            events += node.level.events;
        return events;
    };
    while (waiting() > 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

struct Scratch {
    std::filesystem::path path = std::filesystem::current_path() / "hot-change-bench";
    Scratch() {
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path);
    }
    ~Scratch() { std::filesystem::remove_all(path); }
};

} // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::max(std::atoi(argv[1]), 1) : 3;
    const Scratch scratch;
    Registry registry = numbersRegistry();
    registry.add("org.apache.flume.source.SequenceGeneratorSource", &PacedSource::make);
    AgentServices services;
    services.disk = &posixFileSystem();
    services.log = &silentLog();
    services.registry = &registry;
    services.runDirectory = scratch.path;
    catalog::AgentConfig plain = editedAgent();
    for (catalog::ComponentConfig& channel : plain.channels)
        if (channel.properties.contains("fsyncPerTransaction")) channel.properties["fsyncPerTransaction"] = "true";
    const auto agent = makeAgent(plain, services);
    agent->start();
    Watch watch("u");
    std::this_thread::sleep_for(std::chrono::seconds(1));
    (void)watch.longestGap();
    std::this_thread::sleep_for(std::chrono::seconds(2));
    const Milliseconds calm = watch.longestGap();
    const auto began = SteadyClock::now();
    const std::uint64_t before = NumbersSeen::of("u").count, editedBefore = NumbersSeen::of("c").count;
    std::vector<std::pair<double, std::string>> took;
    std::size_t restarted = 0;
    for (int round = 0; round < rounds; ++round)
        for (const LiveEdit& edit : kLiveEdits) {
            catalog::AgentConfig next = plain;
            make(edit, next);
            for (const catalog::AgentConfig* config : {&next, &plain}) {
                const auto start = SteadyClock::now();
                const ApplyReport report = agent->apply(*config, {});
                took.emplace_back(Milliseconds(SteadyClock::now() - start).count(),
                                  std::string(edit.component) + " " + edit.key);
                restarted += report.restarted.size() + report.started.size() + report.stopped.size();
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    const double seconds = std::chrono::duration<double>(SteadyClock::now() - began).count();
    const double rate = static_cast<double>(NumbersSeen::of("u").count - before) / seconds;
    const double editedRate = static_cast<double>(NumbersSeen::of("c").count - editedBefore) / seconds;
    const Milliseconds edited = watch.longestGap();
    for (const char* source : {"a/sources/s", "a/sources/untouched"})
        (void)agent->stopNode(source);
    awaitEmpty(*agent);
    (void)agent->stop(std::chrono::seconds(60));
    std::sort(took.begin(), took.end());
    bool whole = NumbersSeen::of("u").areAllBelow(accepted(*agent, "a/sources/untouched"));
    for (const char* channel : {"c", "f", "p"})
        whole = whole && NumbersSeen::of(channel).areAllBelow(accepted(*agent, "a/sources/s"));
    const auto at = [&](double part) { return took[static_cast<std::size_t>(part * double(took.size() - 1))].first; };
    fmt::print("{} live edits at {} events/s: median {:.2f} ms, 99 % {:.2f} ms, longest {:.2f} ms ({}), {} components "
               "restarted\n",
               took.size(), kPerSecond, at(0.5), at(0.99), took.back().first, took.back().second, restarted);
    fmt::print("edited flow: {:.0f} events/s in each of three channels\n", editedRate);
    fmt::print("untouched flow: {:.0f} events/s while edited; longest time without an event {:.1f} ms calm, {:.1f} ms "
               "edited\n",
               rate, calm.count(), edited.count());
    fmt::print("{}\n", whole ? "every number came out of every channel exactly once" : "NUMBERS WERE LOST OR DOUBLED");
    return whole ? 0 : 1;
}
