#include "topology/checks/config_filters.h"

#include <algorithm>
#include <fmt/format.h>

namespace millrace::topology {
namespace {

/// `${name['KEY']}`, `${name["KEY"]}` or `${name[KEY]}`.
struct Placeholder {
    std::size_t begin = std::string::npos, end = 0; ///< npos: there is none
    std::string key;
};

bool isKeyCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// The placeholder of which `open`, "${name[", stands at `begin`.
std::optional<Placeholder> placeholderAt(const std::string& value, std::size_t begin, const std::string& open) {
    std::size_t at = begin + open.size();
    std::string quote = value.substr(at, 1);
    if (quote != "'" && quote != "\"") quote.clear();
    at += quote.size();
    const auto first = value.begin() + static_cast<std::ptrdiff_t>(at);
    const std::string key(first, std::find_if_not(first, value.end(), isKeyCharacter));
    const std::string close = quote + "]}";
    if (key.empty() || value.compare(at + key.size(), close.size(), close) != 0) return std::nullopt;
    return Placeholder{begin, at + key.size() + close.size(), key};
}

Placeholder nextPlaceholder(const std::string& value, const std::string& filter, std::size_t from) {
    const std::string open = "${" + filter + "[";
    for (std::size_t at = value.find(open, from); at != std::string::npos; at = value.find(open, at + 1)) {
        if (auto found = placeholderAt(value, at, open)) return *found;
    }
    return {};
}

bool isOf(const catalog::ComponentSpec& spec, std::string_view alias) {
    return spec.alias == alias;
}

} // namespace

bool ConfigFilters::make(const AgentSettings& agent, const std::string& name, Filter& filter,
                         Reporter* reporter) const {
    const auto list = agent.lists.find(Section::configfilters);
    const PartSettings* settings = agent.part(Section::configfilters, name);
    const Setting* type = settings != nullptr ? settings->find("type") : nullptr;
    const auto report = [&](Severity severity, std::string_view code, std::vector<std::string> arguments) {
        const Entry* entry = type != nullptr ? type->entry : list->second.entry;
        if (reporter != nullptr) reporter->report(severity, code, std::move(arguments), {{}, {}, entry, {}});
        return false;
    };
    const auto* spec = type != nullptr ? catalog_.find(catalog::ComponentKind::configFilter, type->value) : nullptr;
    if (spec == nullptr || !catalog::Catalog::exactClass(*spec, type->value))
        return report(Severity::warning, "filter-not-made", {name, type != nullptr ? type->value : ""});
    const bool external = isOf(*spec, "external");
    if (external && settings->find("command") == nullptr)
        return report(Severity::warning, "filter-without-command", {name});
    filter = {name, spec, settings, isOf(*spec, "env") || (external && options_.askCommand != nullptr)};
    if (external && !filter.asked) report(Severity::information, "filter-not-asked", {name});
    return true;
}

Result<std::string> ConfigFilters::ask(const Filter& filter, const std::string& key) {
    std::vector<std::string> command = splitList(filter.settings->value("command"));
    command.push_back(key);
    const auto known = asked_.find(command);
    if (known != asked_.end()) return known->second;
    return asked_.emplace(command, options_.askCommand(command)).first->second;
}

std::optional<std::string> ConfigFilters::answer(const Filter& filter, const std::string& key, const Site& site,
                                                 Reporter* reporter) {
    if (isOf(*filter.spec, "env")) {
        const auto found = options_.around.environment.find(key);
        if (found != options_.around.environment.end()) return found->second;
        if (reporter != nullptr)
            reporter->report(Severity::warning, "environment-filter-missing", {key, filter.name}, site);
        return std::nullopt;
    }
    auto said = ask(filter, key);
    if (said) return *said;
    if (reporter != nullptr)
        reporter->report(Severity::warning, "filter-without-answer", {filter.name, key, said.error().message}, site);
    return std::nullopt;
}

void ConfigFilters::fill(const Filter& filter, Setting& setting, const Site& site, Reporter* reporter) {
    Placeholder found = nextPlaceholder(setting.value, filter.name, 0);
    while (found.begin != std::string::npos) {
        const std::size_t size = found.end - found.begin;
        // As unknown as what only the Java machine knows.
        const auto text = filter.asked ? answer(filter, found.key, site, reporter)
                                       : "${sys:" + setting.value.substr(found.begin + 2, size - 2);
        if (!filter.asked && !isOf(*filter.spec, "external")) setting.foreignFilter = filter.name;
        if (text) setting.value.replace(found.begin, size, *text);
        found = nextPlaceholder(setting.value, filter.name, found.begin + (text ? text->size() : size));
    }
}

void ConfigFilters::apply(AgentSettings& agent, Reporter* reporter) {
    for (const std::string& name : agent.names(Section::configfilters)) {
        Filter filter;
        if (!make(agent, name, filter, reporter)) continue;
        for (auto& [section, parts] : agent.parts) {
            if (section == Section::configfilters) continue;
            for (auto& [partName, part] : parts) {
                for (auto& [key, setting] : part.values)
                    fill(filter, setting, {componentId(agent.name, section, partName), key, setting.entry, {}},
                         reporter);
            }
        }
    }
}

} // namespace millrace::topology
