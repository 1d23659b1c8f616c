#include "flume/runtime/agent_impl.h"

#include "flume/runtime/directories.h"

#include <algorithm>

namespace millrace::flume {

namespace {

using namespace std::chrono_literals;

/// How often the agent's thread looks whether channels have emptied: nothing wakes it, because nobody else cares.
constexpr auto kLookAgain = 2ms;
/// For sources to deliver what they had received, and sinks what is on its way, when there is no limit to obey.
constexpr auto kFinishLimit = 5s;

} // namespace

const char* toString(NodeState state) {
    switch (state) {
    case NodeState::stopped:
        return "stopped";
    case NodeState::starting:
        return "starting";
    case NodeState::running:
        return "running";
    case NodeState::idle:
        return "idle";
    case NodeState::waiting:
        return "waiting";
    case NodeState::failing:
        return "failing";
    }
    return "unknown";
}

std::unique_ptr<Agent> makeAgent(const catalog::AgentConfig& config, const AgentServices& services) {
    return std::make_unique<AgentImpl>(config, services);
}

AgentImpl::AgentImpl(const catalog::AgentConfig& config, const AgentServices& services)
    : services_(services), factory_(config.name, services) {
    for (const auto& channel : config.channels)
        parts_.channels.push_back(factory_.channel(channel));
    for (const auto& sink : config.sinks)
        parts_.sinks.push_back(factory_.sink(sink));
    parts_.lines = buildLines(config, parts_.sinks);
    for (const auto& source : config.sources) {
        auto node = factory_.source(source);
        if (node->runner)
            if (const Status wired = wire(*node, parts_.channels); !wired) {
                factory_.leaveOut(*node, wired.error());
                node->runner.reset();
            }
        parts_.sources.push_back(std::move(node));
    }
}

AgentImpl::~AgentImpl() {
    abort();
    if (running_) (void)stop(0ms);
    // Sources before what they write to, runners before what wakes them.
    parts_.sources.clear();
    parts_.lines.clear();
    parts_.sinks.clear();
    parts_.channels.clear();
}

void AgentImpl::prepare(const Node& node) {
    const Status made = makeRelativeDirectories(node.config, services_.runDirectory, *services_.disk);
    if (!made) services_.log->error(node.id, "{}", made.error().message);
}

void AgentImpl::startChannel(ChannelNode& node) {
    if (!node.channel || !node.wanted) return;
    node.health.starting();
    node.stopping.store(false);
    if (const Status started = node.channel->start(); started) {
        node.health.started(services_.clock->epochMs());
    } else {
        services_.log->error(node.id, "{}", started.error().message);
        node.health.failed(started.error());
        supervisor_.begin();
    }
}

Channels AgentImpl::failingChannels() const {
    const std::lock_guard lock(mutex_);
    Channels failing;
    for (const auto& node : parts_.channels)
        if (node->channel && node->health.read().phase == NodeHealth::Phase::failing) failing.push_back(node);
    return failing;
}

void AgentImpl::startLine(SinkLine& line) {
    if (!line.runner || line.runner->alive()) return;
    const bool anyWanted =
        std::any_of(line.sinks.begin(), line.sinks.end(), [](const auto& sink) { return sink->wanted.load(); });
    if (anyWanted) line.runner->launch();
}

void AgentImpl::startSource(SourceNode& node) {
    if (node.runner && node.wanted && !node.runner->alive()) node.runner->launch();
}

void AgentImpl::start() {
    if (running_) return;
    running_ = true;
    aborted_.store(false);
    for (const auto& node : parts_.channels)
        prepare(*node);
    for (const auto& node : parts_.sinks)
        prepare(*node);
    for (const auto& node : parts_.sources)
        prepare(*node);
    for (const auto& node : parts_.channels)
        startChannel(*node);
    for (const auto& line : parts_.lines)
        startLine(*line);
    for (const auto& node : parts_.sources)
        startSource(*node);
}

bool AgentImpl::waitUntil(const std::function<bool()>& condition, MonotonicTime deadline) {
    std::unique_lock lock(waitMutex_);
    while (!condition()) {
        if (aborted_.load() || services_.clock->now() >= deadline) return false;
        services_.clock->wait(lock, waitChanged_, services_.clock->now() + kLookAgain);
    }
    return true;
}

void AgentImpl::abort() {
    aborted_.store(true);
    {
        const std::lock_guard lock(waitMutex_);
        services_.clock->notifyAll(waitChanged_);
    }
    // The agent's thread may be waiting for a runner that is held up in a full channel or by a slow peer.
    const std::lock_guard lock(mutex_);
    for (const auto& node : parts_.sources)
        if (node->runner) node->runner->abort();
    for (const auto& line : parts_.lines)
        if (line->runner) line->runner->abort();
}

void AgentImpl::finishSources(const Sources& sources, MonotonicTime deadline) {
    for (const auto& node : sources)
        if (node->runner) node->runner->requestFinish();
    waitUntil(
        [&] {
            return std::none_of(sources.begin(), sources.end(),
                                [](const auto& s) { return s->runner && s->runner->alive(); });
        },
        deadline);
    for (const auto& node : sources) {
        if (!node->runner) continue;
        if (node->runner->alive()) node->runner->abort();
        node->runner->join();
    }
}

void AgentImpl::finishLines(const std::vector<SinkLine*>& lines, MonotonicTime deadline) {
    for (SinkLine* line : lines)
        if (line->runner) line->runner->requestFinish();
    waitUntil(
        [&] {
            return std::none_of(lines.begin(), lines.end(),
                                [](const SinkLine* line) { return line->runner && line->runner->alive(); });
        },
        deadline);
    for (SinkLine* line : lines)
        if (line->runner) line->runner->abort();
    for (SinkLine* line : lines)
        if (line->runner) line->runner->join();
}

bool AgentImpl::hasSink(const ChannelNode& channel) const {
    return std::any_of(parts_.lines.begin(), parts_.lines.end(), [&](const auto& line) {
        return line->runner && line->runner->alive() &&
               std::any_of(line->sinks.begin(), line->sinks.end(), [&](const auto& sink) {
                   return sink->wanted && channelOf(sink->config) == channel.config.name;
               });
    });
}

std::vector<Leftover> AgentImpl::stop(std::chrono::milliseconds drainLimit) {
    if (!running_) return {};
    running_ = false;
    supervisor_.end();

    const MonotonicTime deadline = services_.clock->now() + drainLimit;
    finishSources(parts_.sources, deadline);
    // A channel that nothing empties is not waited for.
    waitUntil(
        [&] {
            return std::all_of(parts_.channels.begin(), parts_.channels.end(), [&](const auto& node) {
                return !node->channel || node->channel->volatileEvents() == 0 || !hasSink(*node);
            });
        },
        deadline);
    std::vector<SinkLine*> lines;
    for (const auto& line : parts_.lines)
        lines.push_back(line.get());
    finishLines(lines, deadline);
    std::vector<Leftover> left;
    for (const auto& node : parts_.channels) {
        if (!node->channel) continue;
        node->stop();
        const std::size_t lost = node->channel->volatileEvents();
        const std::size_t held = node->channel->level().events;
        if (lost > 0 || held > 0) left.push_back({node->id, lost > 0 ? lost : held, lost > 0});
    }
    return left;
}

Status AgentImpl::startNode(const std::string& id) {
    Node* node = find(id);
    if (!node) {
        for (const auto& line : parts_.lines)
            if (line->id == id) {
                for (const auto& sink : line->sinks)
                    sink->wanted = true;
                if (running_) startLine(*line);
                return ok();
            }
        return Error{ErrorCode::notFound, id + " is not part of this agent", false};
    }
    node->wanted = true;
    if (!running_) return ok();
    prepare(*node);
    for (const auto& channel : parts_.channels)
        if (channel.get() == node) startChannel(*channel);
    for (const auto& source : parts_.sources)
        if (source.get() == node) startSource(*source);
    for (const auto& sink : parts_.sinks)
        if (sink.get() == node)
            if (SinkLine* line = lineOf(*sink)) startLine(*line);
    return ok();
}

Status AgentImpl::stopNode(const std::string& id) {
    for (const auto& line : parts_.lines)
        if (line->isGroup() && line->id == id) {
            for (const auto& sink : line->sinks)
                sink->wanted = false;
            finishLines({line.get()}, services_.clock->now() + kFinishLimit);
            return ok();
        }
    Node* node = find(id);
    if (!node) return Error{ErrorCode::notFound, id + " is not part of this agent", false};
    node->wanted = false;
    for (const auto& channel : parts_.channels)
        if (channel.get() == node && channel->channel) channel->stop();
    for (const auto& source : parts_.sources)
        if (source.get() == node) finishSources({source}, services_.clock->now() + kFinishLimit);
    for (const auto& sink : parts_.sinks) {
        SinkLine* line = sink.get() == node ? lineOf(*sink) : nullptr;
        if (!line || !line->runner) continue;
        const bool lastOne =
            std::none_of(line->sinks.begin(), line->sinks.end(), [](const auto& s) { return s->wanted.load(); });
        if (lastOne)
            finishLines({line}, services_.clock->now() + kFinishLimit);
        else
            line->runner->call([&] { sink->member->stop(); });
    }
    return ok();
}

} // namespace millrace::flume
