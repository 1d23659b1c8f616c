#include "flume/runtime/agent_impl.h"
#include "flume/runtime/metrics_json.h"

#include <algorithm>

namespace millrace::flume {

namespace {

using namespace std::chrono_literals;

constexpr auto kIdleAfter = 1s;

/// How many events have passed a component, by the counter that moves with each of them.
std::int64_t passedEvents(const CounterSet& counters) {
    std::int64_t passed = 0;
    for (const FlumeCounter counter :
         {FlumeCounter::eventReceived, FlumeCounter::eventAccepted, FlumeCounter::eventDrainSuccess,
          FlumeCounter::eventPutSuccess, FlumeCounter::eventTakeSuccess})
        passed += counters[counter].get();
    return passed;
}

std::vector<CounterValue> valuesOf(const CounterSet& counters, const NodeHealth::Reading& reading) {
    std::vector<CounterValue> values;
    for (const FlumeCounter counter : counters.shown()) {
        if (counter == FlumeCounter::type) continue;
        std::int64_t value = counters[counter].get();
        if (counter == FlumeCounter::startTime) value = reading.startedMs;
        if (counter == FlumeCounter::stopTime) value = reading.stoppedMs;
        values.push_back({std::string(nameOf(counter)), value});
    }
    return values;
}

} // namespace

NodeState AgentImpl::stateOf(const Node& node, const NodeHealth::Reading& reading, bool heldUp,
                             std::int64_t passed) const {
    Activity& activity = activity_[&node];
    const MonotonicTime now = services_.clock->now();
    if (activity.passed != passed || activity.changed == MonotonicTime{}) activity = {passed, now};
    switch (reading.phase) {
    case NodeHealth::Phase::stopped:
        return NodeState::stopped;
    case NodeHealth::Phase::starting:
        return NodeState::starting;
    case NodeHealth::Phase::failing:
        return heldUp ? NodeState::waiting : NodeState::failing;
    case NodeHealth::Phase::started:
        break;
    }
    if (heldUp) return NodeState::waiting;
    return now - activity.changed >= kIdleAfter ? NodeState::idle : NodeState::running;
}

NodeStatus AgentImpl::statusOf(const Node& node) const {
    const NodeHealth::Reading reading = node.health.read();
    NodeStatus status;
    status.id = node.id;
    status.type = std::string(node.config.spec->title);
    status.failure = reading.failure;
    status.failuresInRow = reading.failuresInRow;
    status.startedMs = reading.startedMs;
    status.counters = valuesOf(*node.counters, reading);
    return status;
}

NodeStatus AgentImpl::groupStatus(const SinkLine& line) const {
    NodeStatus status;
    status.id = line.id;
    const auto type = line.config.properties.find("processor.type");
    status.type = type == line.config.properties.end() ? "default" : type->second;
    const NodeHealth::Reading own = line.health.read();
    status.failure = own.failure;
    if (!line.runner) {
        status.state = own.phase == NodeHealth::Phase::failing ? NodeState::failing : NodeState::stopped;
        return status;
    }
    // The group fares as the best of its sinks.
    std::vector<NodeHealth::Reading> readings;
    for (const auto& sink : line.sinks)
        readings.push_back(sink->health.read());
    const auto any = [&](NodeHealth::Phase phase) {
        return std::any_of(readings.begin(), readings.end(),
                           [&](const auto& reading) { return reading.phase == phase; });
    };
    if (any(NodeHealth::Phase::started))
        status.state = NodeState::running;
    else if (any(NodeHealth::Phase::failing))
        status.state = NodeState::failing;
    else if (any(NodeHealth::Phase::starting))
        status.state = NodeState::starting;
    for (const auto& reading : readings)
        if (status.state == NodeState::failing && status.failure.message.empty()) status.failure = reading.failure;
    return status;
}

std::vector<NodeStatus> AgentImpl::status() const {
    const std::lock_guard lock(mutex_);
    std::vector<NodeStatus> all;
    for (const auto& node : parts_.sources) {
        NodeStatus status = statusOf(*node);
        const bool heldUp = node->runner && (node->runner->wakeUp().heldUp() || node->runner->output().heldUp());
        status.state = stateOf(*node, node->health.read(), heldUp, passedEvents(*node->counters));
        all.push_back(std::move(status));
    }
    for (const auto& node : parts_.channels) {
        if (node->channel) node->channel->refreshCounters();
        NodeStatus status = statusOf(*node);
        if (node->channel) status.level = node->channel->level();
        status.state = stateOf(*node, node->health.read(), false, passedEvents(*node->counters));
        all.push_back(std::move(status));
    }
    for (const auto& node : parts_.sinks) {
        NodeStatus status = statusOf(*node);
        status.state = stateOf(*node, node->health.read(), false, passedEvents(*node->counters));
        all.push_back(std::move(status));
    }
    for (const auto& line : parts_.lines)
        if (line->isGroup()) all.push_back(groupStatus(*line));
    return all;
}

Node* AgentImpl::find(const std::string& id) const {
    for (const auto& node : parts_.sources)
        if (node->id == id) return node.get();
    for (const auto& node : parts_.channels)
        if (node->id == id) return node.get();
    for (const auto& node : parts_.sinks)
        if (node->id == id) return node.get();
    return nullptr;
}

SinkLine* AgentImpl::lineOf(const SinkNode& node) const {
    for (const auto& line : parts_.lines)
        for (const auto& sink : line->sinks)
            if (sink.get() == &node) return line.get();
    return nullptr;
}

Result<TapRead> AgentImpl::tap(const std::string& id, std::uint64_t after, std::size_t maxEvents,
                               std::size_t maxBodyBytes) {
    const std::lock_guard lock(mutex_);
    Node* node = find(id);
    if (!node) return Error{ErrorCode::notFound, id + " is not part of this agent", false};
    return node->tap.read(after, maxEvents, maxBodyBytes);
}

std::string AgentImpl::metricsJson() const {
    const std::lock_guard lock(mutex_);
    MetricsJson json;
    for (const auto& node : parts_.sources)
        if (node->runner) json.add("SOURCE", node->config, *node->counters, node->health.read(), {});
    for (const auto& node : parts_.channels)
        if (node->channel) {
            node->channel->refreshCounters();
            json.add("CHANNEL", node->config, *node->counters, node->health.read(), node->channel->level());
        }
    for (const auto& node : parts_.sinks)
        if (node->member) json.add("SINK", node->config, *node->counters, node->health.read(), {});
    return json.text();
}

} // namespace millrace::flume
