#include "topology/checks/flume_start_rules.h"

#include <fmt/format.h>

#include <algorithm>

/// What Flume runs and this version does not. Looked at only when Flume's own rules have been through, so that what is
/// wrong with a file is told as such, whatever this version has.
namespace millrace::topology {

bool AgentStarter::implements(const Part& part, const catalog::ComponentSpec* spec, const char* role,
                              const std::string& key) {
    if (spec == nullptr || !context_.implemented || context_.implemented(*spec)) return true;
    const std::string type(spec->title.empty() ? spec->className : spec->title);
    if (role == nullptr) return remove(part, key, "foreign-type", {wordFor(part.section), type});
    return remove(part, key, "foreign-part", {wordFor(part.section), role, type});
}

bool AgentStarter::runsHereOnly(const Part& part, const catalog::ComponentSpec& spec, const std::string& key,
                                std::string_view code) {
    if (context_.rules == Rules::flume || !context_.implemented || !context_.implemented(spec)) return false;
    if (reports())
        context_.reporter->report(
            Severity::information, code,
            {settings_.name, wordFor(part.section), std::string(spec.title), std::string(spec.status)},
            site(part, key));
    return true;
}

bool AgentStarter::partsRunHere(const Part& part) {
    return std::ranges::all_of(part.spec->parts, [&](const catalog::ComponentPart& inner) {
        std::string type = part.settings->value(inner.key);
        const catalog::PropertySpec* declared = part.spec->property(inner.key);
        if (type.empty() && declared != nullptr) type = declared->defaultValue;
        return implements(part, context_.catalog.find(inner.kind, type), toString(inner.kind), std::string(inner.key));
    });
}

bool AgentStarter::interceptorsRunHere(const Part& source) {
    const auto names = splitList(source.settings->value("interceptors"));
    return std::ranges::all_of(names, [&](const std::string& name) {
        const std::string key = fmt::format("interceptors.{}.type", name);
        const auto* spec = context_.catalog.find(catalog::ComponentKind::interceptor, source.settings->value(key));
        return implements(source, spec, "interceptor", key);
    });
}

bool AgentStarter::filtersRunHere(const Part& part) {
    return std::ranges::all_of(part.settings->values, [&](const auto& value) {
        const auto& [key, setting] = value;
        return setting.foreignFilter.empty() ||
               remove(part, key, "foreign-filter", {wordFor(part.section), key, setting.foreignFilter});
    });
}

bool AgentStarter::runsHere(const Part& part) {
    if (!fitsId(part.name)) return remove(part, "", "name-with-slash", {part.name});
    if (!filtersRunHere(part)) return false;
    if (part.section == Section::sinkgroups) {
        const auto* spec =
            context_.catalog.find(catalog::ComponentKind::sinkProcessor, part.settings->value("processor.type"));
        return implements(part, spec, "processor", "processor.type");
    }
    if (!implements(part, part.spec, nullptr, "type") || !partsRunHere(part)) return false;
    if (part.section != Section::sources) return true;
    const std::string selector = part.settings->value("selector.type");
    return implements(part, context_.catalog.find(catalog::ComponentKind::channelSelector, selector), "selector",
                      "selector.type") &&
           interceptorsRunHere(part);
}

bool AgentStarter::keepsChannel(Part& part, std::string_view key) {
    const std::vector<std::string> before = part.channels;
    std::erase_if(part.channels, [this](const std::string& name) {
        return std::ranges::none_of(channels_, [&](const Part& channel) { return channel.name == name; });
    });
    return !part.channels.empty() || remove(part, key, "foreign-channel", {wordFor(part.section), before.front()});
}

bool AgentStarter::groupRunsHere(Part& group) {
    std::erase_if(group.channels, [this](const std::string& name) {
        return std::ranges::none_of(sinks_, [&](const Part& sink) { return sink.name == name; });
    });
    if (!runsHere(group)) return false;
    const auto* spec =
        context_.catalog.find(catalog::ComponentKind::sinkProcessor, group.settings->value("processor.type"));
    const std::size_t fewest = spec != nullptr && spec->alias == "load_balance" ? 2 : 1;
    return group.channels.size() >= fewest || remove(group, "sinks", "foreign-members", {group.name});
}

/// A sink that a group took along when it was removed does not run.
bool AgentStarter::runsInFlume(const Part& sink) const {
    return !groupedSinks_.contains(sink.name) || std::ranges::any_of(groups_, [&](const Part& group) {
        return std::ranges::find(group.channels, sink.name) != group.channels.end();
    });
}

void AgentStarter::leaveOutForeign() {
    std::erase_if(channels_, [this](const Part& channel) { return !runsHere(channel); });
    std::erase_if(sources_, [this](Part& source) { return !runsHere(source) || !keepsChannel(source, "channels"); });
    std::erase_if(sinks_, [this](Part& sink) {
        return runsInFlume(sink) && (!runsHere(sink) || !keepsChannel(sink, "channel"));
    });
    std::erase_if(groups_, [this](Part& group) { return !groupRunsHere(group); });
    std::set<std::string> attached;
    for (const Parts* parts : {&sources_, &sinks_})
        for (const Part& part : *parts)
            attached.insert(part.channels.begin(), part.channels.end());
    // Without what only Flume runs a channel may serve nobody, which is no mistake of the file.
    std::erase_if(channels_, [&](const Part& channel) { return !attached.contains(channel.name); });
}

} // namespace millrace::topology
