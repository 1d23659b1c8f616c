#include "flume/runtime/applier.h"

#include <algorithm>

namespace millrace::flume {

std::shared_ptr<SinkNode> Applier::changedSink(const std::shared_ptr<SinkNode>& old,
                                               const catalog::ComponentConfig& config) {
    const ComponentChange change = changeBetween(old->config, config);
    const bool moved = channelOf(old->config) != channelOf(config) || touchesNewChannel(config);
    if (!change.any && !moved) return old;
    SinkLine* line = agent_.lineOf(*old);
    if (change.rebuild || !old->member || !line || !line->runner) return nullptr;
    if (moved && !hasChannel(channelOf(config))) return nullptr;
    if (change.live) {
        Status done = ok();
        line->runner->call([&] { done = old->member->sink().reconfigure(config); });
        if (!done && done.error().code == ErrorCode::unsupported) return nullptr;
        if (!done) agent_.log().error(old->id, "not changed: {}", done.error().message);
    }
    agent_.setConfig(*old, config);
    if (moved) reattach_.insert(old.get());
    noteLive(old->id);
    return old;
}

void Applier::changeSinks() {
    struct Rebuilt {
        std::size_t place;
        bool existed;
        bool wanted; ///< a sink that was stopped by hand stays stopped
    };
    std::vector<Rebuilt> rebuilt;
    for (const catalog::ComponentConfig& config : next_.sinks) {
        const auto old = named(agent_.parts().sinks, config.name);
        auto kept = old ? changedSink(old, config) : nullptr;
        if (!kept) rebuilt.push_back({sinks_.size(), old != nullptr, !old || old->wanted});
        sinks_.push_back(std::move(kept));
    }
    for (const auto& old : agent_.parts().sinks) {
        if (std::find(sinks_.begin(), sinks_.end(), old) != sinks_.end()) continue;
        // Closed now, on its thread: a successor may want the same file.
        if (SinkLine* line = agent_.lineOf(*old); line && line->runner)
            line->runner->call([&] {
                old->wanted = false;
                old->member->stop();
            });
        if (!std::any_of(next_.sinks.begin(), next_.sinks.end(),
                         [&](const auto& c) { return c.name == old->config.name; }))
            report_.stopped.push_back(old->id);
    }
    for (const auto& [place, existed, wanted] : rebuilt) {
        sinks_[place] = agent_.makeSink(next_.sinks[place]);
        sinks_[place]->wanted = wanted;
        (existed ? report_.restarted : report_.started).push_back(sinks_[place]->id);
    }
}

bool Applier::hasChannel(const std::string& name) const {
    const auto node = named(channels_, name);
    return node && node->channel;
}

bool Applier::sameLine(const SinkLine& line, const catalog::SinkGroupConfig* group, const Sinks& members) const {
    if (!line.runner || line.isGroup() != (group != nullptr) || (group && line.config.name != group->name))
        return false;
    return line.sinks == members;
}

void Applier::keepLine(SinkLine& line, const catalog::SinkGroupConfig* group) {
    const bool regrouped = group && !(line.config == *group);
    Status set = ok();
    line.runner->call([&] {
        for (const auto& sink : line.sinks)
            if (reattach_.count(sink.get())) agent_.attach(*sink, *line.runner);
        if (regrouped) set = agent_.setConfig(line, *group);
    });
    if (!set) agent_.log().error(line.id, "not changed: {}", set.error().message);
    if (regrouped) noteLive(line.id);
}

void Applier::changeLines() {
    std::vector<std::pair<const catalog::SinkGroupConfig*, Sinks>> wanted;
    std::set<std::string> grouped;
    for (const catalog::SinkGroupConfig& group : next_.groups) {
        Sinks members;
        for (const std::string& name : group.sinks)
            if (const auto sink = named(sinks_, name); sink && grouped.insert(name).second) members.push_back(sink);
        wanted.emplace_back(&group, std::move(members));
    }
    for (const auto& sink : sinks_)
        if (!grouped.count(sink->config.name)) wanted.emplace_back(nullptr, Sinks{sink});

    // Lines that stay go on running; the sinks of the others change hands, open as they are. Until all is done the old
    // lines stand in the agent's list: whoever looks meanwhile sees every group.
    std::vector<SinkLine*> kept(wanted.size()), ending;
    for (const auto& line : agent_.parts().lines) {
        const auto place = std::find_if(wanted.begin(), wanted.end(),
                                        [&](const auto& want) { return sameLine(*line, want.first, want.second); });
        if (place == wanted.end())
            ending.push_back(line.get());
        else
            kept[static_cast<std::size_t>(place - wanted.begin())] = line.get();
    }
    agent_.replaceNodes(channels_, sinks_); // the old sinks live until their lines have ended
    for (SinkLine* line : ending)
        agent_.end(*line);
    Lines lines(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (kept[i])
            keepLine(*kept[i], wanted[i].first);
        else
            lines[i] = agent_.makeLine(wanted[i].first, wanted[i].second);
        agent_.launch(kept[i] ? *kept[i] : *lines[i]);
    }
    agent_.replaceLines(lines, kept);
}

} // namespace millrace::flume
