#include "topology/checks/flume_start_rules.h"

#include <algorithm>
#include <map>

/// Groups of sinks, as Flume makes them when their sinks are there.
namespace millrace::topology {

bool AgentStarter::processorFits(const Part& group, std::size_t sinks) {
    const std::string& name = group.name;
    const std::string type = group.settings->value("processor.type");
    if (type.empty()) {
        remove(group, "processor.type", "group-without-processor", {name});
        if (last_ != nullptr) {
            context_.reporter->fixBySetting(*last_, fullKey(group, "processor.type"), "failover");
            context_.reporter->fixBySetting(*last_, fullKey(group, "processor.type"), "load_balance");
        }
        return false;
    }
    const auto* spec = context_.catalog.find(catalog::ComponentKind::sinkProcessor, type);
    if (spec == nullptr || !catalog::Catalog::exactClass(*spec, type)) {
        remove(group, "processor.type", "unknown-processor", {name, type});
        if (last_ != nullptr) {
            context_.reporter->fixBySetting(*last_, fullKey(group, "processor.type"),
                                            catalog::Catalog::nearest(type, {"failover", "load_balance", "default"}));
        }
        return false;
    }
    const std::string count = std::to_string(sinks);
    if (spec->alias == "load_balance" && sinks < 2) {
        return remove(group, "sinks", "group-too-small", {name, type, count});
    }
    if (spec->alias == "default" && sinks != 1) {
        return remove(group, "sinks", "group-not-one-sink", {name, type, count});
    }
    return isConfigured(group, *spec, "processor.");
}

bool AgentStarter::startGroup(Part& group, std::map<std::string, std::string>& used) {
    const std::string& name = group.name;
    std::vector<std::string> members;
    for (const std::string& sink : group.channels) {
        const auto started =
            std::find_if(sinks_.begin(), sinks_.end(), [&](const Part& p) { return p.name == sink; });
        if (started != sinks_.end()) {
            members.push_back(sink);
            used[sink] = name;
            continue;
        }
        Part lost;
        lost.section = Section::sinks;
        lost.name = sink;
        lost.id = componentId(settings_.name, Section::sinks, sink);
        lost.settings = settings_.part(Section::sinks, sink);
        removeOrAbort(lost, "type", "group-member-lost", {settings_.name, name, sink});
        if (this->lost()) return false;
    }
    group.channels = members;
    for (const std::string& sink : members)
        groupedSinks_.insert(sink);
    if (members.empty()) return remove(group, "sinks", "group-empty", {name, fullKey(group, "sinks")});
    return processorFits(group, members.size());
}

void AgentStarter::startGroups() {
    std::map<std::string, std::string> used;
    Parts started;
    for (Part& group : groups_) {
        if (startGroup(group, used)) started.push_back(std::move(group));
        if (lost()) return;
    }
    groups_ = std::move(started);
    for (const Part& sink : sinks_) {
        const std::string& name = sink.name;
        const bool named = std::any_of(used.begin(), used.end(), [&](const auto& u) { return u.second == name; });
        if (groupedSinks_.contains(name) || !named) continue;
        remove(sink, "", "sink-named-like-group", {name});
        groupedSinks_.insert(name);
    }
}

} // namespace millrace::topology
