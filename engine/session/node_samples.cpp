#include "session/node_samples.h"

#include "counters/flume_counter.h"
#include "session/issues.h"
#include "session/node_ids.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace millrace::session {

namespace {

State stateOf(flume::NodeState state) {
    switch (state) {
    case flume::NodeState::stopped: return State::stopped;
    case flume::NodeState::starting: return State::starting;
    case flume::NodeState::running: return State::running;
    case flume::NodeState::idle: return State::idle;
    case flume::NodeState::waiting: return State::waiting;
    case flume::NodeState::failing: return State::failing;
    }
    return State::stopped;
}

/// Which of Flume's counters say how many events came in and went out, by the kind in its id.
struct FlowCounters {
    std::string_view kind;
    FlumeCounter in, out;
};
constexpr std::array<FlowCounters, 3> kFlow{{
    {"sources", FlumeCounter::eventReceived, FlumeCounter::eventAccepted},
    {"channels", FlumeCounter::eventPutSuccess, FlumeCounter::eventTakeSuccess},
    {"sinks", FlumeCounter::eventDrainAttempt, FlumeCounter::eventDrainSuccess},
}};

constexpr std::array kFailures{FlumeCounter::eventReadFail,         FlumeCounter::channelWriteFail,
                               FlumeCounter::genericProcessingFail, FlumeCounter::eventWriteFail,
                               FlumeCounter::channelReadFail,       FlumeCounter::rollback};

std::optional<std::int64_t> valueOf(const NodeSnapshot& node, FlumeCounter wanted) {
    const std::string_view name = nameOf(wanted);
    for (const Counter& counter : node.counters)
        if (counter.name == name) return counter.value;
    return std::nullopt;
}

NodeSnapshot nodeOf(const flume::NodeStatus& status) {
    NodeSnapshot node;
    node.id = status.id;
    node.state = stateOf(status.state);
    tell(status.failure, node);
    node.failuresInRow = status.failuresInRow;
    node.startedMs = status.startedMs;
    for (const flume::CounterValue& counter : status.counters) node.counters.push_back({counter.name, counter.value});
    for (const FlowCounters& flow : kFlow) {
        if (componentKind(node.id) != flow.kind) continue;
        node.in = valueOf(node, flow.in);
        node.out = valueOf(node, flow.out);
    }
    if (componentKind(node.id) == "channels")
        node.level = Level{static_cast<std::int64_t>(status.level.events), static_cast<std::int64_t>(status.level.capacity),
                           static_cast<std::int64_t>(status.level.bytes)};
    return node;
}

/// The state of the whole that a person would name first.
State worst(State a, State b) {
    static constexpr std::array kOrder{State::failing, State::waiting, State::starting, State::running, State::idle};
    for (const State state : kOrder)
        if (a == state || b == state) return state;
    return a;
}

} // namespace

void addAgent(const RunningAgent& agent, Snapshot& snapshot) {
    NodeSnapshot whole;
    whole.id = "agent/" + agent.config.name;
    for (const flume::NodeStatus& status : agent.agent->status()) {
        snapshot.nodes.push_back(nodeOf(status));
        whole.state = worst(whole.state, snapshot.nodes.back().state);
        whole.startedMs = std::max(whole.startedMs, status.startedMs);
    }
    snapshot.nodes.push_back(std::move(whole));
}

void addTraffic(const RunningTraffic& traffic, Snapshot& snapshot) {
    const traffic::TrafficStatus status = traffic.traffic->status();
    NodeSnapshot node;
    node.id = "traffic/" + traffic.plan.name;
    node.state = status.paused ? State::paused : status.problem ? State::failing : State::running;
    if (status.problem) tell(*status.problem, node);
    node.startedMs = traffic.startedMs;
    node.out = status.written;
    snapshot.nodes.push_back(std::move(node));
}

Account accountOf(const NodeSnapshot& node) {
    Account account;
    if (componentKind(node.id) == "sources") account.in = node.out.value_or(0);
    if (componentKind(node.id) == "sinks") account.out = node.out.value_or(0);
    for (const auto failure : kFailures)
        account.failed += valueOf(node, failure).value_or(0);
    return account;
}

} // namespace millrace::session
