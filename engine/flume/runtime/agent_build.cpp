#include "flume/runtime/agent_impl.h"

#include "catalog/check_support.h"
#include "flume/interceptors/interceptor_chain.h"
#include "flume/sentences.h"

#include <algorithm>
#include <set>

namespace millrace::flume {

SinkLine::~SinkLine() {
    if (!runner) return;
    runner->abort();
    runner->join();
    detachSinks();
}

void SinkLine::detachSinks() {
    for (const auto& sink : sinks) {
        if (sink->member) sink->member->detach();
        sink->wakeUp.forwardTo(nullptr);
    }
}

Channel* AgentImpl::channelNamed(const std::string& name, const Channels& channels) const {
    const auto found =
        std::find_if(channels.begin(), channels.end(), [&](const auto& node) { return node->config.name == name; });
    return found == channels.end() ? nullptr : (*found)->channel.get();
}

Status AgentImpl::wire(SourceNode& node, const Channels& channels) {
    std::vector<std::string> names;
    std::vector<FanOut::Outlet> outlets;
    Channels used;
    const auto list = node.config.properties.find("channels");
    for (const std::string& name : catalog::splitList(list == node.config.properties.end() ? "" : list->second)) {
        const auto owner =
            std::find_if(channels.begin(), channels.end(), [&](const auto& c) { return c->config.name == name; });
        if (owner == channels.end() || !(*owner)->channel) continue;
        if (std::find(used.begin(), used.end(), *owner) != used.end()) continue;
        outlets.push_back({name, (*owner)->channel->newTransaction(node.runner->wakeUp()), &(*owner)->tap});
        names.push_back(name);
        used.push_back(*owner);
    }
    if (outlets.empty())
        return Error{ErrorCode::notFound, "none of its channels could be built, so it has nothing to write to", false};
    auto selector = makeSelector(node.config.properties, names, node.services);
    if (!selector) return selector.error();
    auto interceptors = makeInterceptors(node.config.properties, node.services);
    if (!interceptors) return interceptors.error();
    node.runner->output().setInterceptors(std::move(*interceptors));
    node.runner->output().setOutlets(std::move(outlets), std::move(*selector));
    node.channels = std::move(used);
    return ok();
}

void AgentImpl::attach(SinkNode& node, SinkRunner& runner) {
    node.member->attach(channelNamed(channelOf(node.config), parts_.channels), runner.wakeUp());
}

Status AgentImpl::setProcessor(SinkLine& line) {
    std::vector<GroupSink*> members = line.runner->groupSinks();
    if (!line.isGroup()) {
        line.runner->setProcessor(makeSingleProcessor(*members.front()));
        return ok();
    }
    ProcessorParts parts;
    parts.sinks = std::move(members);
    parts.interrupted = [runner = line.runner.get()] { return runner->interrupted(); };
    auto processor = makeSinkProcessor(line.config.properties, line.services, parts);
    if (!processor) return processor.error();
    line.runner->setProcessor(std::move(*processor));
    std::set<std::string> channels;
    for (const auto& sink : line.sinks)
        channels.insert(channelOf(sink->config));
    line.runner->setIdleRounds(channels.size() > 1 ? line.sinks.size() : 1);
    return ok();
}

std::unique_ptr<SinkLine> AgentImpl::buildLine(const catalog::SinkGroupConfig* group, Sinks sinks) {
    auto line = std::make_unique<SinkLine>();
    if (group) {
        line->id = factory_.idOf("sinkgroups", group->name);
        line->config = *group;
        line->log.open(*services_.log, line->id);
        line->random = services_.random();
        line->services = factory_.servicesOf(line->id, line->log, *line->random);
    }
    std::vector<SinkNode*> usable;
    for (auto& sink : sinks) {
        if (sink->member && !channelNamed(channelOf(sink->config), parts_.channels)) {
            factory_.leaveOut(
                *sink, {ErrorCode::notFound, "its channel could not be built, so it has nothing to take", false});
            const std::lock_guard lock(mutex_); // the metrics look whether it is there
            sink->member.reset();
        }
        if (!sink->member) continue; // its error stands in its own status
        usable.push_back(sink.get());
        line->sinks.push_back(std::move(sink));
    }
    if (usable.empty()) return line;
    const std::string name = group ? group->name : usable.front()->config.name;
    line->runner = std::make_unique<SinkRunner>(name, usable, *services_.log, *services_.clock);
    for (SinkNode* node : usable)
        attach(*node, *line->runner);
    if (const Status set = setProcessor(*line); !set) {
        services_.log->error(line->id, "{}", set.error().message);
        line->health.failed(set.error());
        for (SinkNode* node : usable) {
            node->health.failed(
                sentenceError(sentences(), set.error().code, "group-cannot-run", {set.error().message}));
            node->member->detach();
            node->wakeUp.forwardTo(nullptr);
        }
        line->runner.reset();
    }
    return line;
}

Lines AgentImpl::buildLines(const catalog::AgentConfig& config, const Sinks& sinks) {
    Lines lines;
    std::set<std::string> grouped;
    const auto named = [&](const std::string& name) {
        return std::find_if(sinks.begin(), sinks.end(), [&](const auto& sink) { return sink->config.name == name; });
    };
    for (const catalog::SinkGroupConfig& group : config.groups) {
        Sinks members;
        for (const std::string& name : group.sinks)
            if (const auto sink = named(name); sink != sinks.end() && grouped.insert(name).second)
                members.push_back(*sink);
        lines.push_back(buildLine(&group, std::move(members)));
    }
    for (const auto& sink : sinks)
        if (!grouped.count(sink->config.name)) lines.push_back(buildLine(nullptr, {sink}));
    return lines;
}

} // namespace millrace::flume
