#pragma once

#include "base/file_system.h"
#include "base/log.h"
#include "base/result.h"
#include "catalog/agent_config.h"
#include "flume/channel.h"
#include "flume/registry.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace millrace::flume {

enum class NodeState {
    stopped,
    starting, ///< first start() has not succeeded yet
    running,
    idle,    ///< running, no events for a second
    waiting, ///< held up by a full channel
    failing, ///< last cycle or start failed; retried
};
const char* toString(NodeState state);

struct CounterValue {
    std::string name;
    std::int64_t value = 0;
    bool operator==(const CounterValue&) const = default;
};

/// One component at one moment. `id` is "web/sources/access", "web/channels/…", "web/sinks/…", "web/sinkgroups/…".
struct NodeStatus {
    std::string id;
    std::string type; ///< catalog title
    NodeState state = NodeState::stopped;
    Error failure; ///< the last one in one sentence; an empty message when all is well
    int failuresInRow = 0;
    std::int64_t startedMs = 0; ///< epoch; a change means that counters began again
    /// Flume's counters of the component. Components for which Flume shows none (netcat, logger, …) still count
    /// EventReceivedCount / EventAcceptedCount or EventDrainAttemptCount / EventDrainSuccessCount here.
    std::vector<CounterValue> counters;
    ChannelLevel level; ///< channels only
};

struct Leftover {
    std::string channel; ///< node id
    std::size_t events = 0;
    bool lost = false; ///< false: kept on disk
};

/// One event as a tap saw it; bodies are cut at the tap's limit.
struct TappedEvent {
    std::uint64_t sequence = 0; ///< of the tap, from 1; a gap = skipped
    std::int64_t timeMs = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::size_t bodySize = 0;
};

/// What one look at a tap brings.
struct TapRead {
    std::vector<TappedEvent> events;
    std::uint64_t next = 0;    ///< `after` of the next look
    std::uint64_t skipped = 0; ///< events that passed unseen since `after`
};

struct ApplyReport {
    std::vector<std::string> live; ///< node ids changed in place
    std::vector<std::string> restarted;
    std::vector<std::string> started, stopped;
    std::vector<Leftover> lost; ///< events of a removed or retyped memory channel that could not be drained
};

struct AgentServices {
    FileSystem* disk = nullptr;
    Log* log = nullptr;
    const Registry* registry = nullptr;
    std::filesystem::path runDirectory;
    ThreadClock* clock = &systemThreadClock();
    std::function<std::unique_ptr<Random>()> random = &systemRandom; ///< one for each component
    /// Time that removed channels get to empty through their sinks.
    std::chrono::milliseconds drainLimit{10'000};
};

/// One Flume agent in this process: channels, runners, supervision. All public calls from one thread (the session's),
/// except status() and tap calls, which any thread may make. Makes relative directories that its components write or
/// read under the run directory before the start.
class Agent {
public:
    virtual ~Agent() = default; ///< stops without draining

    /// Channels, then sinks, then sources. A component that cannot start does not fail the agent: it is `failing` and
    /// is tried again every 3 s (Flume's LifecycleSupervisor); its siblings go on.
    virtual void start() = 0;
    /// Sources end, channels empty through their sinks for at most `drainLimit`, then all stops. A second call from
    /// another thread (abort()) cuts the draining short. What is left is named.
    virtual std::vector<Leftover> stop(std::chrono::milliseconds drainLimit) = 0;
    virtual void abort() = 0; ///< any thread
    /// Changes only what differs (SHAPES §5): live properties between two transactions, restart properties by
    /// rebuilding that component, removed memory channels drained first. `renames`: component id → id, keeps queue and
    /// counters. Another name in `next` renames the agent with all it has.
    virtual ApplyReport apply(const catalog::AgentConfig& next,
                              const std::vector<std::pair<std::string, std::string>>& renames) = 0;
    virtual Status startNode(const std::string& id) = 0;
    virtual Status stopNode(const std::string& id) = 0;

    virtual std::vector<NodeStatus> status() const = 0;
    /// The last events that passed the node since the tap was opened; opening it costs nothing to nodes without one.
    /// `after` = 0, then the last look's `next`; one that an earlier tap of the node gave is as 0. At most `maxEvents`,
    /// bodies cut at `maxBodyBytes`. A tap that is not read for 10 s closes by itself.
    virtual Result<TapRead> tap(const std::string& id, std::uint64_t after, std::size_t maxEvents,
                                std::size_t maxBodyBytes) = 0;
    /// Flume's JSON for /metrics: every value a string.
    virtual std::string metricsJson() const = 0;
};

/// Builds what can be built; a component whose factory fails is left out with its error in the log and in status(),
/// as Flume does. Never fails as a whole.
std::unique_ptr<Agent> makeAgent(const catalog::AgentConfig& config, const AgentServices& services);

} // namespace millrace::flume
