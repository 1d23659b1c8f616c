#include "flume/runtime/applier.h"

#include "catalog/check_support.h"

#include <algorithm>
#include <map>

namespace millrace::flume {

namespace {

template <typename Nodes>
auto named(const Nodes& nodes, const std::string& name) {
    const auto found =
        std::find_if(nodes.begin(), nodes.end(), [&](const auto& node) { return node->config.name == name; });
    return found == nodes.end() ? typename Nodes::value_type() : *found;
}

bool isWiring(std::string_view key) {
    return key == "channels" || key == "channel" || key == "interceptors" || key.starts_with("selector.") ||
           key.starts_with("interceptors.");
}

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
    for (const auto& source : sources_)
        if (source.get() == &node && source->runner) return source->runner->call(locked);
    for (const auto& sink : sinks_)
        if (sink.get() == &node)
            if (SinkLine* line = lineOf(*sink); line && line->runner) return line->runner->call(locked);
    locked();
}

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
    collect(agent_.sources_);
    collect(agent_.channels_);
    collect(agent_.sinks_);
    {
        const std::lock_guard lock(agent_.mutex_);
        agent_.name_ = next_.name;
        for (const auto& line : agent_.lines_) {
            if (!line->isGroup()) continue;
            line->id = next(line->id);
            line->config.name = nameIn(line->id);
            line->services.agent = next_.name;
            line->services.id = line->id;
            line->log.rename(line->id);
        }
    }
    for (const auto& [node, after] : found) {
        agent_.onRunner(*node, [&, node = node, &id = after] {
            node->id = id;
            node->config.name = nameIn(id);
            node->services.agent = next_.name;
            node->services.id = id;
            node->log.rename(id);
        });
        report_.live.push_back(after);
    }
}

ApplyReport Applier::run() {
    changeChannels();
    changeSources();
    drainRemovedChannels();
    changeSinks();
    changeLines();
    finish();
    return std::move(report_);
}

Applier::Change Applier::compare(const catalog::ComponentConfig& before, const catalog::ComponentConfig& after) {
    Change change;
    change.rebuild = before.spec != after.spec;
    const auto look = [&](const std::string& key) {
        change.any = true;
        const catalog::PropertySpec* property = after.spec->property(key);
        if (isWiring(key))
            change.wiring = true;
        else if (key == "type" || !property)
            return; // another spelling, or a key that nobody reads
        else if (property->apply == catalog::ApplyClass::live)
            change.live = true;
        else
            change.rebuild = true;
    };
    for (const auto& [key, value] : before.properties)
        if (const auto now = after.properties.find(key); now == after.properties.end() || now->second != value)
            look(key);
    for (const auto& [key, value] : after.properties)
        if (!before.properties.count(key)) look(key);
    change.any = change.any || change.rebuild;
    return change;
}

void Applier::store(Node& node, const catalog::ComponentConfig& config) {
    agent_.onRunner(node, [&] { node.config = config; });
}

void Applier::noteLive(const std::string& id) {
    if (std::find(report_.live.begin(), report_.live.end(), id) == report_.live.end()) report_.live.push_back(id);
}

std::shared_ptr<ChannelNode> Applier::changedChannel(const std::shared_ptr<ChannelNode>& old,
                                                     const catalog::ComponentConfig& config) {
    const Change change = compare(old->config, config);
    if (!change.any) return old;
    if (!change.rebuild && old->channel) {
        const Status done = old->channel->reconfigure(config);
        if (!done && done.error().code != ErrorCode::unsupported) {
            agent_.services_.log->error(old->id, "not changed: {}", done.error().message);
            return old;
        }
        if (done) {
            store(*old, config);
            noteLive(old->id);
            return old;
        }
    }
    return nullptr;
}

void Applier::changeChannels() {
    for (const catalog::ComponentConfig& config : next_.channels) {
        const auto old = named(agent_.channels_, config.name);
        if (auto kept = old ? changedChannel(old, config) : nullptr) {
            channels_.push_back(std::move(kept));
            continue;
        }
        newChannels_.insert(config.name);
        auto node = agent_.buildChannel(config);
        (old ? report_.restarted : report_.started).push_back(node->id);
        if (agent_.running_) {
            agent_.prepare(*node);
            agent_.startChannel(*node);
        }
        channels_.push_back(std::move(node));
    }
    for (const auto& old : agent_.channels_) {
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

bool Applier::losesChannel(const SourceNode& source) const {
    return std::any_of(source.channels.begin(), source.channels.end(), [&](const auto& channel) {
        return std::find(channels_.begin(), channels_.end(), channel) == channels_.end();
    });
}

std::shared_ptr<SourceNode> Applier::newSource(const catalog::ComponentConfig& config, bool wanted) {
    auto node = agent_.buildSource(config);
    node->wanted = wanted;
    if (node->runner)
        if (const Status wired = agent_.wire(*node, channels_); !wired) {
            agent_.leaveOut(*node, wired.error());
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
    agent_.leaveOut(node, wired.error());
    std::unique_ptr<SourceRunner> ended;
    const std::lock_guard lock(agent_.mutex_);
    ended.swap(node.runner);
    return false;
}

std::shared_ptr<SourceNode> Applier::changedSource(const std::shared_ptr<SourceNode>& old,
                                                   const catalog::ComponentConfig& config) {
    const Change change = compare(old->config, config);
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

void Applier::drainRemovedChannels() {
    const MonotonicTime deadline = agent_.services_.clock->now() + agent_.services_.drainLimit;
    for (const auto& node : removedChannels_) {
        if (!node->channel) continue;
        agent_.waitUntil([&] { return node->channel->volatileEvents() == 0 || !agent_.hasSink(*node); }, deadline);
    }
}

std::shared_ptr<SinkNode> Applier::changedSink(const std::shared_ptr<SinkNode>& old,
                                               const catalog::ComponentConfig& config) {
    const Change change = compare(old->config, config);
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
        sinks_[place] = agent_.buildSink(next_.sinks[place]);
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

void Applier::finish() {
    for (const auto& node : removedChannels_) {
        if (!node->channel) continue;
        node->channel->stop();
        if (const std::size_t lost = node->channel->volatileEvents(); lost > 0) {
            report_.lost.push_back({node->id, lost, true});
            agent_.services_.log->warning(node->id, "removed with {} events that no sink took in time; they are lost",
                                          lost);
        }
    }
    {
        const std::lock_guard lock(agent_.mutex_);
        std::swap(agent_.sources_, sources_);
        agent_.activity_.clear();
    }
    if (!agent_.running_) return;
    for (const auto& node : newSources_) {
        agent_.prepare(*node);
        agent_.startSource(*node);
    }
}

} // namespace millrace::flume
