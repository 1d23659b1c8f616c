#include "flume/runtime/agent_impl.h"

#include "flume/runtime/applier.h"

#include <algorithm>

namespace millrace::flume {

namespace {

std::string nameIn(const std::string& id) {
    return id.substr(id.rfind('/') + 1);
}

} // namespace

ApplyReport AgentImpl::apply(const catalog::AgentConfig& next,
                             const std::vector<std::pair<std::string, std::string>>& renames) {
    aborted_.store(false);
    Applier applier(*this, next);
    applier.rename(renames);
    return applier.run();
}

void AgentImpl::onRunner(const Node& node, const std::function<void()>& fn) {
    const auto locked = [&] {
        const std::lock_guard lock(mutex_);
        fn();
    };
    for (const auto& source : parts_.sources)
        if (source.get() == &node && source->runner) return source->runner->call(locked);
    for (const auto& sink : parts_.sinks)
        if (sink.get() == &node)
            if (SinkLine* line = lineOf(*sink); line && line->runner) return line->runner->call(locked);
    locked();
}

void AgentImpl::rename(const std::string& agent, const std::function<std::string(const std::string&)>& next) {
    const std::lock_guard lock(mutex_);
    factory_.rename(agent);
    for (const auto& line : parts_.lines) {
        if (!line->isGroup()) continue;
        line->id = next(line->id);
        line->config.name = nameIn(line->id);
        line->services.agent = agent;
        line->services.id = line->id;
        line->log.rename(line->id);
    }
}

void AgentImpl::rename(Node& node, const std::string& agent, const std::string& id) {
    onRunner(node, [&] {
        node.id = id;
        node.config.name = nameIn(id);
        node.services.agent = agent;
        node.services.id = id;
        node.log.rename(id);
    });
}

void AgentImpl::setConfig(Node& node, const catalog::ComponentConfig& config) {
    onRunner(node, [&] { node.config = config; });
}

Status AgentImpl::setConfig(SinkLine& line, const catalog::SinkGroupConfig& group) {
    const std::lock_guard lock(mutex_);
    const catalog::SinkGroupConfig before = std::exchange(line.config, group);
    Status set = setProcessor(line);
    if (!set) line.config = before;
    return set;
}

Status AgentImpl::rewire(SourceNode& node, const catalog::ComponentConfig& config, const Channels& channels,
                         bool mayGoOn) {
    Status wired = ok();
    node.runner->call([&] {
        catalog::ComponentConfig before = config;
        const auto swapConfig = [&] {
            const std::lock_guard lock(mutex_);
            std::swap(node.config, before);
        };
        swapConfig();
        wired = wire(node, channels);
        if (!wired && mayGoOn) swapConfig();
    });
    return wired;
}

std::shared_ptr<ChannelNode> AgentImpl::makeChannel(const catalog::ComponentConfig& config) {
    auto node = factory_.channel(config);
    if (running_) {
        prepare(*node);
        startChannel(*node);
    }
    return node;
}

std::shared_ptr<SourceNode> AgentImpl::makeSource(const catalog::ComponentConfig& config, const Channels& channels) {
    auto node = factory_.source(config);
    if (node->runner)
        if (const Status wired = wire(*node, channels); !wired) {
            factory_.leaveOut(*node, wired.error());
            node->runner.reset();
        }
    return node;
}

std::shared_ptr<SinkNode> AgentImpl::makeSink(const catalog::ComponentConfig& config) {
    auto node = factory_.sink(config);
    if (running_) prepare(*node);
    return node;
}

std::unique_ptr<SinkLine> AgentImpl::makeLine(const catalog::SinkGroupConfig* group, const Sinks& sinks) {
    return buildLine(group, sinks);
}

void AgentImpl::launch(SourceNode& node) {
    if (!running_) return;
    prepare(node);
    startSource(node);
}

void AgentImpl::launch(SinkLine& line) {
    if (running_) startLine(line);
}

void AgentImpl::finish(const Sources& sources) {
    finishSources(sources, services_.clock->now() + services_.drainLimit);
}

void AgentImpl::drain(const Channels& channels) {
    const MonotonicTime deadline = services_.clock->now() + services_.drainLimit;
    for (const auto& node : channels) {
        if (!node->channel) continue;
        waitUntil([&] { return node->channel->volatileEvents() == 0 || !hasSink(*node); }, deadline);
    }
}

void AgentImpl::leaveOut(SourceNode& node, const Error& why) {
    node.runner->abort();
    node.runner->join();
    factory_.leaveOut(node, why);
    std::unique_ptr<SourceRunner> ended;
    const std::lock_guard lock(mutex_);
    ended.swap(node.runner);
}

void AgentImpl::end(SinkLine& line) {
    if (!line.runner) return;
    line.runner->release();
    line.detachSinks();
    std::unique_ptr<SinkRunner> ended;
    const std::lock_guard lock(mutex_);
    ended.swap(line.runner);
}

void AgentImpl::replaceNodes(const Channels& channels, Sinks& sinks) {
    const std::lock_guard lock(mutex_);
    parts_.channels = channels;
    parts_.sinks.swap(sinks);
}

void AgentImpl::replaceLines(Lines& lines, const std::vector<SinkLine*>& kept) {
    const std::lock_guard lock(mutex_);
    for (auto& line : parts_.lines)
        if (const auto place = std::find(kept.begin(), kept.end(), line.get()); place != kept.end())
            lines[static_cast<std::size_t>(place - kept.begin())] = std::move(line);
    parts_.lines.swap(lines);
}

void AgentImpl::replaceSources(Sources& sources) {
    const std::lock_guard lock(mutex_);
    parts_.sources.swap(sources);
    activity_.clear();
}

} // namespace millrace::flume
