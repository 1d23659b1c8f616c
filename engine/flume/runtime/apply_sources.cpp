#include "flume/runtime/applier.h"

#include <algorithm>

namespace millrace::flume {

bool Applier::losesChannel(const SourceNode& source) const {
    return std::any_of(source.channels.begin(), source.channels.end(), [&](const auto& channel) {
        return std::find(channels_.begin(), channels_.end(), channel) == channels_.end();
    });
}

std::shared_ptr<SourceNode> Applier::newSource(const catalog::ComponentConfig& config, bool wanted) {
    auto node = agent_.makeSource(config, channels_);
    node->wanted = wanted;
    newSources_.push_back(node);
    return node;
}

bool Applier::rewire(SourceNode& node, const catalog::ComponentConfig& config) {
    const bool oldChannelsStay = !losesChannel(node);
    const Status wired = agent_.rewire(node, config, channels_, oldChannelsStay);
    if (wired) return true;
    if (oldChannelsStay)
        agent_.log().error(node.id, "not changed: {}", wired.error().message);
    else // better no source than one that writes into nothing; the next change builds it anew
        agent_.leaveOut(node, wired.error());
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
        if (!done) agent_.log().error(old->id, "not changed: {}", done.error().message);
    }
    bool changed = true;
    if (rewiring)
        changed = rewire(*old, config);
    else
        agent_.setConfig(*old, config);
    if (changed) noteLive(old->id);
    return old;
}

void Applier::changeSources() {
    Sources ending;
    std::vector<std::pair<std::size_t, std::shared_ptr<SourceNode>>> rebuilt; // place and predecessor
    for (const catalog::ComponentConfig& config : next_.sources) {
        const auto old = named(agent_.parts().sources, config.name);
        auto kept = old ? changedSource(old, config) : nullptr;
        if (!kept) rebuilt.emplace_back(sources_.size(), old);
        sources_.push_back(std::move(kept));
    }
    for (const auto& old : agent_.parts().sources) {
        if (std::find(sources_.begin(), sources_.end(), old) != sources_.end()) continue;
        ending.push_back(old);
        if (!std::any_of(next_.sources.begin(), next_.sources.end(),
                         [&](const auto& c) { return c.name == old->config.name; }))
            report_.stopped.push_back(old->id);
    }
    // Ended before its successor is built: both may want the same port or file.
    agent_.finish(ending);
    for (const auto& [place, old] : rebuilt) {
        sources_[place] = newSource(next_.sources[place], !old || old->wanted);
        (old ? report_.restarted : report_.started).push_back(sources_[place]->id);
    }
}

} // namespace millrace::flume
