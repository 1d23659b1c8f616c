#include "topology/graph/settings.h"

#include "topology/text/escapes.h"

#include <algorithm>
#include <set>

namespace millrace::topology {

const Setting* PartSettings::find(std::string_view key) const {
    const auto found = values.find(key);
    return found == values.end() ? nullptr : &found->second;
}

std::string PartSettings::value(std::string_view key) const {
    const Setting* setting = find(key);
    return setting != nullptr ? setting->value : std::string();
}

catalog::Properties PartSettings::properties(std::string_view prefix) const {
    catalog::Properties out;
    for (auto it = values.lower_bound(prefix); it != values.end() && it->first.starts_with(prefix); ++it) {
        out.emplace(it->first.substr(prefix.size()), it->second.value);
    }
    return out;
}

std::vector<std::string> AgentSettings::names(Section section) const {
    const auto list = lists.find(section);
    if (list == lists.end()) return {};
    const std::string& value = list->second.value;
    std::vector<std::string> out;
    std::set<std::string> seen;
    for (std::string& name : section == Section::sinkgroups ? splitOn(value, ' ') : splitList(value)) {
        if (!name.empty() && seen.insert(name).second) out.push_back(std::move(name));
    }
    return out;
}

const PartSettings* AgentSettings::part(Section section, const std::string& name) const {
    const auto kind = parts.find(section);
    if (kind == parts.end()) return nullptr;
    const auto found = kind->second.find(name);
    return found == kind->second.end() ? nullptr : &found->second;
}

std::vector<AgentSettings> readSettings(const std::vector<const Entry*>& entries, const ValueMap& values) {
    std::vector<AgentSettings> agents;
    std::map<std::string, std::size_t, std::less<>> index;
    for (const Entry* entry : entries) {
        if (entry->ours) continue;
        const FlumeKey key = parseFlumeKey(entry->key);
        if (key.agent.empty() || !key.section) continue;
        const auto resolved = values.find(entry->key);
        const Setting setting{std::string(trimmed(resolved == values.end() ? entry->value : resolved->second)), entry};
        // Flume ignores an empty value with a warning.
        if (setting.value.empty()) continue;
        const auto [found, added] = index.try_emplace(std::string(key.agent), agents.size());
        if (added) agents.push_back({std::string(key.agent), {}, {}});
        AgentSettings& agent = agents[found->second];
        if (key.isList()) {
            agent.lists[*key.section] = setting;
        } else {
            PartSettings& part = agent.parts[*key.section][std::string(key.name)];
            part.name = key.name;
            part.values[std::string(key.rest)] = setting;
        }
    }
    return agents;
}

} // namespace millrace::topology
