#include "flume/runtime/applier.h"

#include "catalog/check_support.h"

#include <algorithm>
#include <map>

namespace millrace::flume {

void Applier::rename(const std::vector<std::pair<std::string, std::string>>& renames) {
    // All are looked up before the first is changed: two components may swap their names.
    const std::map<std::string, std::string> named(renames.begin(), renames.end());
    const auto next = [&](const std::string& id) {
        auto found = named.find(id);
        // One that was removed may still hold the name. It becomes the other then, and ours is drained like any that
        // goes.
        if (found != named.end() && agent_.find(found->second) && !named.count(found->second)) found = named.end();
        return found != named.end() ? found->second : next_.name + id.substr(id.find('/'));
    };
    std::vector<std::pair<Node*, std::string>> found;
    const auto collect = [&](const auto& nodes) {
        for (const auto& node : nodes)
            if (std::string id = next(node->id); id != node->id) found.emplace_back(node.get(), std::move(id));
    };
    collect(agent_.parts().sources);
    collect(agent_.parts().channels);
    collect(agent_.parts().sinks);
    agent_.rename(next_.name, next);
    for (const auto& [node, after] : found) {
        agent_.rename(*node, next_.name, after);
        report_.live.push_back(after);
    }
}

ApplyReport Applier::run() {
    changeChannels();
    changeSources();
    agent_.drain(removedChannels_);
    changeSinks();
    changeLines();
    finish();
    return std::move(report_);
}

void Applier::noteLive(const std::string& id) {
    if (std::find(report_.live.begin(), report_.live.end(), id) == report_.live.end()) report_.live.push_back(id);
}

std::shared_ptr<ChannelNode> Applier::changedChannel(const std::shared_ptr<ChannelNode>& old,
                                                     const catalog::ComponentConfig& config) {
    const ComponentChange change = changeBetween(old->config, config);
    if (!change.any) return old;
    if (!change.rebuild && old->channel) {
        const Status done = old->channel->reconfigure(config);
        if (!done && done.error().code != ErrorCode::unsupported) {
            agent_.log().error(old->id, "not changed: {}", done.error().message);
            return old;
        }
        if (done) {
            agent_.setConfig(*old, config);
            noteLive(old->id);
            return old;
        }
    }
    return nullptr;
}

void Applier::changeChannels() {
    for (const catalog::ComponentConfig& config : next_.channels) {
        const auto old = named(agent_.parts().channels, config.name);
        if (auto kept = old ? changedChannel(old, config) : nullptr) {
            channels_.push_back(std::move(kept));
            continue;
        }
        newChannels_.insert(config.name);
        auto node = agent_.makeChannel(config);
        (old ? report_.restarted : report_.started).push_back(node->id);
        channels_.push_back(std::move(node));
    }
    for (const auto& old : agent_.parts().channels) {
        if (std::find(channels_.begin(), channels_.end(), old) != channels_.end()) continue;
        removedChannels_.push_back(old);
        newChannels_.insert(old->config.name);
        if (!named(channels_, old->config.name)) report_.stopped.push_back(old->id);
    }
}

bool Applier::touchesNewChannel(const catalog::ComponentConfig& config) const {
    for (const char* key : {"channels", "channel"})
        if (const auto list = config.properties.find(key); list != config.properties.end())
            for (const std::string& name : catalog::splitList(list->second))
                if (newChannels_.count(name)) return true;
    return false;
}

void Applier::finish() {
    for (const auto& node : removedChannels_) {
        if (!node->channel) continue;
        node->channel->stop();
        if (const std::size_t lost = node->channel->volatileEvents(); lost > 0) {
            report_.lost.push_back({node->id, lost, true});
            agent_.log().warning(node->id, "removed with {} events that no sink took in time; they are lost", lost);
        }
    }
    agent_.replaceSources(sources_);
    for (const auto& node : newSources_)
        agent_.launch(*node);
}

} // namespace millrace::flume
