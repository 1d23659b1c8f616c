#include "topology/checks/flume_start_rules.h"

#include "catalog/check_support.h"
#include "java/java_hash.h"
#include "topology/checks/diagnostic_texts.h"
#include "topology/edits/draft.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace millrace::topology {
namespace {

catalog::ComponentKind componentKindFor(Section section) {
    switch (section) {
    case Section::sources:
        return catalog::ComponentKind::source;
    case Section::channels:
        return catalog::ComponentKind::channel;
    default:
        return catalog::ComponentKind::sink;
    }
}

} // namespace

Site AgentStarter::site(const Part& part, std::string_view key) const {
    Site site{part.id, std::string(key), nullptr, Site::Part::value};
    if (part.settings != nullptr) {
        const Setting* setting = part.settings->find(key);
        const Setting* type = part.settings->find(part.section == Section::sinkgroups ? "processor.type" : "type");
        if (setting != nullptr) {
            site.entry = setting->entry;
        } else if (type != nullptr) {
            site.entry = type->entry;
        } else if (!part.settings->values.empty()) {
            site.entry = part.settings->values.begin()->second.entry;
            site.part = Site::Part::key;
        }
    }
    if (site.entry == nullptr) {
        const auto list = settings_.lists.find(part.section);
        if (list != settings_.lists.end()) site.entry = list->second.entry;
    }
    return site;
}

std::string AgentStarter::fullKey(const Part& part, std::string_view key) const {
    return fmt::format("{}.{}.{}.{}", settings_.name, toString(part.section), part.name, key);
}

bool AgentStarter::remove(const Part& part, std::string_view key, std::string_view code,
                          std::vector<std::string> arguments) {
    last_ =
        reports() ? &context_.reporter->report(Severity::error, code, std::move(arguments), site(part, key)) : nullptr;
    return false;
}

bool AgentStarter::removeOrAbort(const Part& part, std::string_view key, std::string_view code,
                                 std::vector<std::string> arguments) {
    if (context_.rules == Rules::flume && !lost()) start_.outcome.aborted = diagnosticText(code, arguments);
    return remove(part, key, code, std::move(arguments));
}

void AgentStarter::abort(std::string_view code, const std::vector<std::string>& arguments, const Site& site) {
    if (start_.outcome.aborted.empty()) start_.outcome.aborted = diagnosticText(code, arguments);
    if (reports()) context_.reporter->report(Severity::error, code, arguments, site);
}

bool AgentStarter::hasType(const Part& part) {
    if (part.settings->find("type") != nullptr) return true;
    return remove(part, "type", "component-without-type", {wordFor(part.section), fullKey(part, "type")});
}

/// `config` names a Java class, or an alias, for settings of a type that Flume has no alias of its own for.
bool AgentStarter::configIsLoadable(const Part& part) {
    const std::string config = part.settings->value("config");
    if (config.empty() || (part.spec != nullptr && !part.spec->alias.empty())) return true;
    const auto* named = context_.catalog.find(componentKindFor(part.section), config);
    const bool isAlias = catalog::equalsIgnoringCase(config, "OTHER") ||
                         (named != nullptr && catalog::equalsIgnoringCase(named->alias, config));
    return isAlias || remove(part, "config", "config-not-loadable", {wordFor(part.section), config});
}

AgentStarter::Parts AgentStarter::validParts(Section section) {
    Parts out;
    for (const std::string& name : settings_.names(section)) {
        Part part;
        part.section = section;
        part.name = name;
        part.id = componentId(settings_.name, section, name);
        part.settings = settings_.part(section, name);
        if (part.settings == nullptr) {
            const char* key = section == Section::sinkgroups ? "sinks" : "type";
            remove(part, key, "listed-without-properties", {wordFor(section), name, fullKey(part, key)});
            continue;
        }
        part.properties = part.settings->properties();
        if (section != Section::sinkgroups) {
            if (!hasType(part)) continue;
            part.spec = context_.catalog.find(componentKindFor(section), part.settings->value("type"));
            if (!configIsLoadable(part)) continue;
        }
        out.push_back(std::move(part));
    }
    return out;
}

bool AgentStarter::interceptorsHaveTypes(const Part& source) {
    for (const std::string& name : splitList(source.settings->value("interceptors"))) {
        const std::string key = fmt::format("interceptors.{}.type", name);
        if (source.settings->find(key) == nullptr) {
            return remove(source, key, "interceptor-without-type", {name, fullKey(source, key)});
        }
    }
    return true;
}

bool AgentStarter::selectorIsLoadable(const Part& source) {
    const std::string type = source.settings->value("selector.type");
    if (type.empty()) return true;
    const auto* spec = context_.catalog.find(catalog::ComponentKind::channelSelector, type);
    if (spec != nullptr && !spec->loadable) {
        if (runsHereOnly(source, *spec, "selector.type", "selector-here-only")) return true;
        return remove(source, "selector.type", "not-loadable-selector", {type, std::string(spec->status)});
    }
    if (spec == nullptr || !catalog::Catalog::exactClass(*spec, type)) {
        return remove(source, "selector.type", "unknown-selector", {type});
    }
    return true;
}

void AgentStarter::validateSource(Parts& into, Part part, const std::set<std::string>& channels) {
    for (const std::string& name : splitList(part.settings->value("channels"))) {
        if (channels.contains(name)) {
            if (std::find(part.channels.begin(), part.channels.end(), name) == part.channels.end())
                part.channels.push_back(name);
        } else if (reports()) {
            Diagnostic& d = context_.reporter->report(Severity::warning, "source-unknown-channel",
                                                      {name, settings_.name}, site(part, "channels"));
            if (const Entry* entry = lastEntry(context_.reporter->document(), fullKey(part, "channels"), false)) {
                context_.reporter->fix(d, "remove-from-list", {name, fullKey(part, "channels")},
                                       withoutNames(context_.reporter->document(), *entry, {name}));
            }
        }
    }
    if (part.channels.empty()) {
        remove(part, "channels", "source-without-channel", {fullKey(part, "channels")});
        const Setting* misspelt = part.settings->find("channel");
        if (last_ != nullptr && misspelt != nullptr)
            context_.reporter->fixByRenaming(*last_, *misspelt->entry, fullKey(part, "channels"));
        if (last_ != nullptr && misspelt == nullptr && channels.size() == 1) {
            context_.reporter->fixBySetting(*last_, fullKey(part, "channels"), *channels.begin());
        }
        return;
    }
    if (!interceptorsHaveTypes(part) || !selectorIsLoadable(part)) return;
    std::string kept;
    for (const std::string& name : part.channels)
        kept += (kept.empty() ? "" : " ") + name;
    part.properties["channels"] = kept;
    into.push_back(std::move(part));
}

void AgentStarter::validateSink(Parts& into, Part part, const std::set<std::string>& channels) {
    const std::string channel = part.settings->value("channel");
    const std::string key = fullKey(part, "channel");
    if (channel.empty()) {
        const Setting* plural = part.settings->find("channels");
        remove(part, plural != nullptr ? "channels" : "channel",
               plural != nullptr ? "sink-channels-key" : "sink-without-channel", {key});
        if (last_ == nullptr) return;
        if (plural != nullptr) {
            context_.reporter->fixByRenaming(*last_, *plural->entry, key);
        } else if (channels.size() == 1) {
            context_.reporter->fixBySetting(*last_, key, *channels.begin());
        }
        return;
    }
    if (!channels.contains(channel)) {
        const auto words = splitList(channel);
        remove(part, "channel", words.size() > 1 ? "sink-two-channels" : "sink-unknown-channel",
               {channel, settings_.name});
        if (last_ == nullptr) return;
        std::vector<std::string_view> names(channels.begin(), channels.end());
        const std::string near = words.size() > 1 && channels.contains(words.front())
                                     ? words.front()
                                     : catalog::Catalog::nearest(channel, names);
        context_.reporter->fixBySetting(*last_, key, near.empty() && channels.size() == 1 ? *channels.begin() : near);
        return;
    }
    part.channels = {channel};
    into.push_back(std::move(part));
}

std::vector<std::string> AgentStarter::freeMembers(const Part& group, std::map<std::string, std::string>& used) {
    std::vector<std::string> members;
    const std::string& name = group.name;
    for (const std::string& sink : splitList(group.settings->value("sinks"))) {
        if (std::find(members.begin(), members.end(), sink) != members.end()) continue;
        const bool valid =
            std::any_of(sinks_.begin(), sinks_.end(), [&](const Part& p) { return p.name == sink; });
        const auto other = used.find(sink);
        if (other == used.end() && valid) {
            used[sink] = name;
            members.push_back(sink);
        } else if (reports()) {
            const Site where = site(group, "sinks");
            Diagnostic& d = other != used.end() ? context_.reporter->report(Severity::error, "group-member-shared",
                                                                            {sink, name, other->second}, where)
                                                : context_.reporter->report(Severity::warning, "group-member-unknown",
                                                                            {sink, name}, where);
            context_.reporter->fix(d, "remove-from-list", {sink, fullKey(group, "sinks")},
                                   withoutNames(context_.reporter->document(), *where.entry, {sink}));
        }
    }
    return members;
}

void AgentStarter::validateGroups() {
    std::map<std::string, std::string> used;
    Parts listed = validParts(Section::sinkgroups);
    std::vector<std::string> names;
    for (const Part& group : listed)
        names.push_back(group.name);
    // Which group gets a shared sink is decided by the order of Java's hash set.
    for (const std::string& name : java::javaHashOrder(names)) {
        Part& group = listed[static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin())];
        if (group.settings->find("sinks") == nullptr) {
            const std::vector<std::string> arguments{name, fullKey(group, "sinks")};
            if (context_.rules == Rules::flume && start_.fileLost.empty())
                start_.fileLost = diagnosticText("group-without-sinks", arguments);
            remove(group, "sinks", "group-without-sinks", arguments);
            continue;
        }
        group.channels = freeMembers(group, used);
        if (group.channels.empty()) {
            remove(group, "sinks", "group-empty", {name, fullKey(group, "sinks")});
            continue;
        }
        groups_.push_back(group);
    }
}

bool AgentStarter::validate() {
    const auto listSite = [this](Section section) {
        const auto list = settings_.lists.find(section);
        if (list != settings_.lists.end()) return Site{agentId(), {}, list->second.entry, Site::Part::value};
        for (const auto& [other, setting] : settings_.lists)
            return Site{agentId(), {}, setting.entry, Site::Part::key};
        return Site{agentId(), {}, nullptr, Site::Part::value};
    };
    if (context_.rules == Rules::here && !fitsId(settings_.name)) {
        Site site = listSite(Section::sources);
        site.part = Site::Part::key;
        abort("name-with-slash", {settings_.name}, site);
        return false;
    }
    if (!settings_.lists.contains(Section::channels)) {
        abort("agent-without-channels", {settings_.name}, listSite(Section::channels));
        return false;
    }
    channels_ = validParts(Section::channels);
    if (channels_.empty()) {
        abort("agent-without-valid-channels",
              {settings_.name, fmt::format("{}", fmt::join(settings_.names(Section::channels), ", "))},
              listSite(Section::channels));
        return false;
    }
    std::set<std::string> names;
    for (const Part& channel : channels_)
        names.insert(channel.name);
    for (Part& source : validParts(Section::sources))
        validateSource(sources_, std::move(source), names);
    for (Part& sink : validParts(Section::sinks))
        validateSink(sinks_, std::move(sink), names);
    validateGroups();
    if (!start_.fileLost.empty()) return false;
    if (sources_.empty() && sinks_.empty()) {
        abort("agent-without-ends", {settings_.name}, listSite(Section::sources));
        return false;
    }
    return true;
}

AgentStart AgentStarter::run() {
    start_.agent.name = settings_.name;
    if (validate()) {
        startChannels();
        if (!lost()) startSources();
        if (!lost()) startSinks();
        if (!lost()) startGroups();
        if (!lost()) dropUnattachedChannels();
        if (!lost() && context_.rules == Rules::here) leaveOutForeign();
        if (!lost()) fillOutcome();
    }
    return std::move(start_);
}

AgentStart startAgent(const AgentSettings& settings, const StartContext& context) {
    return AgentStarter(settings, context).run();
}

} // namespace millrace::topology
