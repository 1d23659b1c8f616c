#include "flume/runtime/applier.h"

#include <algorithm>

namespace millrace::flume {

bool Applier::losesChannel(const SourceNode& source) const {
    return std::any_of(source.channels.begin(), source.channels.end(), [&](const auto& channel) {
        return std::find(channels_.begin(), channels_.end(), channel) == channels_.end();
    });
}

std::shared_ptr<SourceNode> Applier::newSource(const catalog::ComponentConfig& config, bool wanted) {
    auto node = agent_.factory_.source(config);
    node->wanted = wanted;
    if (node->runner)
        if (const Status wired = agent_.wire(*node, channels_); !wired) {
            agent_.factory_.leaveOut(*node, wired.error());
            node->runner.reset();
        }
    newSources_.push_back(node);
    return node;
}

bool Applier::rewire(SourceNode& node, const catalog::ComponentConfig& config) {
    const bool oldChannelsStay = !losesChannel(node);
    Status wired = ok();
    node.runner->call([&] {
        catalog::ComponentConfig before = config;
        const auto swapConfig = [&] {
            const std::lock_guard lock(agent_.mutex_);
            std::swap(node.config, before);
        };
        swapConfig();
        wired = agent_.wire(node, channels_);
        if (!wired && oldChannelsStay) swapConfig(); // it goes on as it was
    });
    if (wired) return true;
    if (oldChannelsStay) {
        agent_.services_.log->error(node.id, "not changed: {}", wired.error().message);
        return false;
    }
    // Better no source than one that writes into nothing; the next change builds it anew.
    node.runner->abort();
    node.runner->join();
    agent_.factory_.leaveOut(node, wired.error());
    std::unique_ptr<SourceRunner> ended;
    const std::lock_guard lock(agent_.mutex_);
    ended.swap(node.runner);
    return false;
}

std::shared_ptr<SourceNode> Applier::changedSource(const std::shared_ptr<SourceNode>& old,
                                                   const catalog::ComponentConfig& config) {
    const ComponentChange change = changeBetween(old->config, config);
    const bool rewiring = change.wiring || touchesNewChannel(config) || losesChannel(*old);
    if (!change.any && !rewiring) return old;
    if (change.rebuild || !old->runner) return nullptr;
    if (change.live) {
        Status done = ok();
        old->runner->call([&] {
            done = old->runner->source().reconfigure(config);
            if (done) old->runner->setPauses(config);
        });
        if (!done && done.error().code == ErrorCode::unsupported) return nullptr;
        if (!done) agent_.services_.log->error(old->id, "not changed: {}", done.error().message);
    }
    bool changed = true;
    if (rewiring)
        changed = rewire(*old, config);
    else
        store(*old, config);
    if (changed) noteLive(old->id);
    return old;
}

void Applier::changeSources() {
    AgentImpl::Sources ending;
    std::vector<std::pair<std::size_t, std::shared_ptr<SourceNode>>> rebuilt; // place and predecessor
    for (const catalog::ComponentConfig& config : next_.sources) {
        const auto old = named(agent_.sources_, config.name);
        auto kept = old ? changedSource(old, config) : nullptr;
        if (!kept) rebuilt.emplace_back(sources_.size(), old);
        sources_.push_back(std::move(kept));
    }
    for (const auto& old : agent_.sources_) {
        if (std::find(sources_.begin(), sources_.end(), old) != sources_.end()) continue;
        ending.push_back(old);
        if (!std::any_of(next_.sources.begin(), next_.sources.end(),
                         [&](const auto& c) { return c.name == old->config.name; }))
            report_.stopped.push_back(old->id);
    }
    // Ended before its successor is built: both may want the same port or file.
    agent_.finishSources(ending, agent_.services_.clock->now() + agent_.services_.drainLimit);
    for (const auto& [place, old] : rebuilt) {
        sources_[place] = newSource(next_.sources[place], !old || old->wanted);
        (old ? report_.restarted : report_.started).push_back(sources_[place]->id);
    }
}

} // namespace millrace::flume
