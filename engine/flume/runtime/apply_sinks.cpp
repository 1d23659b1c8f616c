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
    if (moved && !agent_.channelNamed(channelOf(config), channels_)) return nullptr;
    if (change.live) {
        Status done = ok();
        line->runner->call([&] { done = old->member->sink().reconfigure(config); });
        if (!done && done.error().code == ErrorCode::unsupported) return nullptr;
        if (!done) agent_.services_.log->error(old->id, "not changed: {}", done.error().message);
    }
    store(*old, config);
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
        const auto old = named(agent_.sinks_, config.name);
        auto kept = old ? changedSink(old, config) : nullptr;
        if (!kept) rebuilt.push_back({sinks_.size(), old != nullptr, !old || old->wanted});
        sinks_.push_back(std::move(kept));
    }
    for (const auto& old : agent_.sinks_) {
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
        sinks_[place] = agent_.factory_.sink(next_.sinks[place]);
        sinks_[place]->wanted = wanted;
        if (agent_.running_) agent_.prepare(*sinks_[place]);
        (existed ? report_.restarted : report_.started).push_back(sinks_[place]->id);
    }
}

bool Applier::sameLine(const SinkLine& line, const catalog::SinkGroupConfig* group,
                       const AgentImpl::Sinks& members) const {
    if (!line.runner || line.isGroup() != (group != nullptr) || (group && line.config.name != group->name))
        return false;
    return line.sinks == members;
}

void Applier::keepLine(SinkLine& line, const catalog::SinkGroupConfig* group) {
    const bool regrouped = group && !(line.config == *group);
    line.runner->call([&] {
        for (const auto& sink : line.sinks)
            if (reattach_.count(sink.get()))
                sink->member->attach(agent_.channelNamed(channelOf(sink->config), channels_), line.runner->wakeUp());
        if (!regrouped) return;
        const std::lock_guard lock(agent_.mutex_);
        const catalog::SinkGroupConfig before = std::exchange(line.config, *group);
        if (const Status set = agent_.setProcessor(line); !set) {
            agent_.services_.log->error(line.id, "not changed: {}", set.error().message);
            line.config = before;
        }
    });
    if (regrouped) noteLive(line.id);
}

void Applier::endLine(SinkLine& line) {
    if (!line.runner) return;
    line.runner->release();
    line.detachSinks();
    std::unique_ptr<SinkRunner> ended;
    const std::lock_guard lock(agent_.mutex_);
    ended.swap(line.runner);
}

void Applier::changeLines() {
    std::vector<std::pair<const catalog::SinkGroupConfig*, AgentImpl::Sinks>> wanted;
    std::set<std::string> grouped;
    for (const catalog::SinkGroupConfig& group : next_.groups) {
        AgentImpl::Sinks members;
        for (const std::string& name : group.sinks)
            if (const auto sink = named(sinks_, name); sink && grouped.insert(name).second) members.push_back(sink);
        wanted.emplace_back(&group, std::move(members));
    }
    for (const auto& sink : sinks_)
        if (!grouped.count(sink->config.name)) wanted.emplace_back(nullptr, AgentImpl::Sinks{sink});

    // Lines that stay go on running; the sinks of the others change hands, open as they are. Until all is done the old
    // lines stand in the agent's list: whoever looks meanwhile sees every group.
    std::vector<SinkLine*> kept(wanted.size()), ending;
    {
        const std::lock_guard lock(agent_.mutex_);
        for (const auto& line : agent_.lines_) {
            const auto place = std::find_if(wanted.begin(), wanted.end(),
                                            [&](const auto& want) { return sameLine(*line, want.first, want.second); });
            if (place == wanted.end())
                ending.push_back(line.get());
            else
                kept[static_cast<std::size_t>(place - wanted.begin())] = line.get();
        }
        agent_.channels_ = channels_;
        agent_.sinks_.swap(sinks_); // the old ones live until their lines have ended
    }
    for (SinkLine* line : ending)
        endLine(*line);
    AgentImpl::Lines lines(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (kept[i])
            keepLine(*kept[i], wanted[i].first);
        else
            lines[i] = agent_.buildLine(wanted[i].first, wanted[i].second);
        if (agent_.running_) agent_.startLine(kept[i] ? *kept[i] : *lines[i]);
    }
    const std::lock_guard lock(agent_.mutex_);
    for (auto& line : agent_.lines_)
        if (const auto place = std::find(kept.begin(), kept.end(), line.get()); place != kept.end())
            lines[static_cast<std::size_t>(place - kept.begin())] = std::move(line);
    agent_.lines_.swap(lines);
}

} // namespace millrace::flume
