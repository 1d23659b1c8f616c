#include "topology/checks/flume_start_rules.h"

#include "topology/checks/diagnostic_texts.h"
#include "java/java_hash.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace millrace::topology {
namespace {

std::optional<long long> parseNumber(std::string_view text) {
    long long number = 0;
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// The number that Flume ends up with: lenient properties fall back to their default.
std::optional<long long> numberOf(const catalog::Properties& properties, std::string_view key,
                                  std::string_view fallback) {
    const auto set = properties.find(key);
    if (set == properties.end()) return parseNumber(fallback);
    const auto number = parseNumber(set->second);
    return number && *number > 0 ? number : parseNumber(fallback);
}

/// The values of a part as its declaration's check wants them.
catalog::Properties below(const catalog::Properties& properties, const std::string& prefix) {
    catalog::Properties out;
    for (auto it = properties.lower_bound(prefix); it != properties.end() && it->first.starts_with(prefix); ++it) {
        out.emplace(it->first.substr(prefix.size()), it->second);
    }
    return out;
}

} // namespace

bool AgentStarter::canBeMade(const Part& part) {
    const std::string type = part.settings->value("type");
    const char* word = wordFor(part.section);
    if (part.spec == nullptr) {
        std::vector<std::string_view> names;
        for (const auto* spec : context_.catalog.components()) {
            const bool same = std::string_view(toString(spec->kind)) == word;
            if (same) names.push_back(spec->alias.empty() ? spec->className : spec->alias);
        }
        const std::string near = catalog::Catalog::nearest(type, names);
        const bool isClass = part.section != Section::channels && type.find('.') != std::string::npos;
        if (near.empty())
            return removeOrAbort(part, "type", isClass ? "own-class" : "unknown-type", {settings_.name, word, type});
        removeOrAbort(part, "type", "unknown-type-near", {settings_.name, word, type, near});
        if (last_ != nullptr) context_.reporter->fixBySetting(*last_, fullKey(part, "type"), near);
        return false;
    }
    if (!part.spec->loadable) {
        if (runsHereOnly(part, *part.spec, "type", "runs-here-only")) return true;
        return removeOrAbort(part, "type", "not-loadable",
                             {settings_.name, word, type, std::string(part.spec->status)});
    }
    if (!catalog::Catalog::exactClass(*part.spec, type)) {
        const std::string exact(part.spec->className);
        removeOrAbort(part, "type", "type-wrong-case", {settings_.name, type, exact});
        if (last_ != nullptr) context_.reporter->fixBySetting(*last_, fullKey(part, "type"), exact);
        return false;
    }
    return true;
}

/// Runs the checks of a declaration; false when Flume's configure() throws.
bool AgentStarter::isConfigured(const Part& part, const catalog::ComponentSpec& spec, const std::string& prefix) {
    catalog::Properties properties = below(part.properties, prefix);
    if (prefix.empty() && part.section == Section::sources) {
        // Interceptors and the selector are checked by themselves.
        std::erase_if(properties, [](const auto& p) {
            return p.first.starts_with("interceptors.") || p.first.starts_with("selector.");
        });
    }
    properties.erase("config");
    bool configured = true;
    for (catalog::Finding& finding : catalog::checkProperties(spec, properties)) {
        const std::string key = prefix + finding.property;
        const bool refused = finding.effect == catalog::Finding::Effect::componentRemoved;
        const bool fatal = finding.effect == catalog::Finding::Effect::agentFails;
        if (fatal && context_.rules == Rules::flume && !lost()) start_.outcome.aborted = finding.message;
        configured = configured && !refused && !fatal;
        if (!reports()) continue;
        const Setting* set = part.settings->find(key);
        Site where = site(part, key);
        const bool unknown = finding.code.starts_with("unknown-property");
        if (unknown) where.part = Site::Part::key;
        Diagnostic& d = context_.reporter->report(finding, where);
        if (finding.suggestion.empty()) continue;
        if (unknown && set != nullptr) {
            context_.reporter->fixByRenaming(d, *set->entry, fullKey(part, prefix + finding.suggestion));
        } else if (!unknown) {
            context_.reporter->fixBySetting(d, fullKey(part, key), finding.suggestion);
        }
    }
    return configured;
}

void AgentStarter::startChannels() {
    Parts started;
    for (Part& channel : channels_) {
        if (!canBeMade(channel) || !isConfigured(channel, *channel.spec, "")) continue;
        const std::string_view key = channel.spec->transactionCapacityProperty;
        if (!key.empty()) {
            const catalog::PropertySpec* declared = channel.spec->property(key);
            const auto capacity =
                numberOf(channel.properties, key, declared != nullptr ? declared->defaultValue : "100");
            if (capacity) transactionCapacities_[channel.name] = *capacity;
        }
        started.push_back(std::move(channel));
    }
    channels_ = std::move(started);
}

bool AgentStarter::batchFits(const Part& part, const std::string& channel) {
    const auto capacity = transactionCapacities_.find(channel);
    if (part.spec->batchProperty.empty() || capacity == transactionCapacities_.end()) return true;
    const auto set = part.properties.find(part.spec->batchProperty);
    const auto batch =
        parseNumber(set == part.properties.end() ? part.spec->batchDefault : std::string_view(set->second));
    if (!batch || *batch <= capacity->second) return true;
    const std::string key(part.spec->batchProperty);
    const std::string wanted = std::to_string(*batch), most = std::to_string(capacity->second);
    remove(part, key, "batch-above-transaction", {wordFor(part.section), wanted, most, channel});
    if (last_ == nullptr) return false;
    const auto owner =
        std::find_if(channels_.begin(), channels_.end(), [&](const Part& c) { return c.name == channel; });
    const std::string transactionKey = fullKey(*owner, owner->spec->transactionCapacityProperty);
    const auto total = owner->spec->property("capacity") != nullptr
                           ? numberOf(owner->properties, "capacity", owner->spec->property("capacity")->defaultValue)
                           : std::nullopt;
    context_.reporter->fixBySetting(*last_, transactionKey, wanted);
    // The larger transaction must also fit into the channel.
    if (total && *total < *batch && !last_->fixIts.empty()) {
        context_.reporter->fixBySetting(*last_, fullKey(*owner, "capacity"), wanted);
        context_.reporter->mergeLastFixIts(*last_);
    }
    context_.reporter->fixBySetting(*last_, fullKey(part, key), most);
    return false;
}

bool AgentStarter::namesAreChannels(const Part& source, const std::string& key) {
    const auto names = splitOn(source.settings->value(key), ' ');
    for (const std::string& name : names) {
        const bool known = std::find(source.channels.begin(), source.channels.end(), name) != source.channels.end();
        if (!known) {
            return remove(source, key, name.empty() ? "selector-no-channel" : "selector-unknown-channel",
                          name.empty() ? std::vector{fullKey(source, key)} : std::vector{name, fullKey(source, key)});
        }
    }
    return true;
}

bool AgentStarter::selectorFits(const Part& source) {
    const std::string type = source.settings->value("selector.type");
    const auto* spec =
        context_.catalog.find(catalog::ComponentKind::channelSelector, type.empty() ? "replicating" : type);
    if (spec == nullptr) return true;
    if (!isConfigured(source, *spec, "selector.")) return false;
    if (spec->alias == "multiplexing") {
        for (const auto& [key, setting] : source.settings->values) {
            const bool list = key == "selector.default" || key.starts_with("selector.mapping.") ||
                              key.starts_with("selector.optional.");
            if (list && !namesAreChannels(source, key)) return false;
        }
        return true;
    }
    for (const std::string& name : splitOn(source.settings->value("selector.optional"), ' ')) {
        const bool known = std::find(source.channels.begin(), source.channels.end(), name) != source.channels.end();
        if (name.empty() || known || !reports()) continue;
        context_.reporter->report(Severity::warning, "optional-unknown-channel",
                                  {fullKey(source, "selector.optional"), name}, site(source, "selector.optional"));
    }
    return true;
}

bool AgentStarter::interceptorsStart(const Part& source) {
    for (const std::string& name : splitList(source.settings->value("interceptors"))) {
        const std::string prefix = fmt::format("interceptors.{}.", name);
        const std::string type = source.settings->value(prefix + "type");
        const auto* spec = context_.catalog.find(catalog::ComponentKind::interceptor, type);
        const bool fits = spec != nullptr && catalog::Catalog::exactClass(*spec, type);
        if (!fits || (!spec->loadable && !runsHereOnly(source, *spec, prefix + "type", "interceptor-here-only"))) {
            std::vector<std::string_view> names;
            for (const auto* known : context_.catalog.ofKind(catalog::ComponentKind::interceptor)) {
                if (!known->alias.empty()) names.push_back(known->alias);
            }
            const std::string near = catalog::Catalog::nearest(type, names);
            const bool isClass = near.empty() && type.find('.') != std::string::npos;
            remove(source, prefix + "type", isClass ? "own-interceptor-class" : "unknown-interceptor", {type, name});
            if (last_ != nullptr) context_.reporter->fixBySetting(*last_, fullKey(source, prefix + "type"), near);
            return false;
        }
        if (!isConfigured(source, *spec, prefix)) return false;
    }
    return true;
}

void AgentStarter::startSources() {
    Parts started;
    for (Part& source : sources_) {
        if (!canBeMade(source)) continue;
        bool fine = isConfigured(source, *source.spec, "");
        const std::string all = fmt::format("{}", fmt::join(source.channels, ", "));
        std::erase_if(source.channels, [this](const std::string& name) {
            return std::none_of(channels_.begin(), channels_.end(), [&](const Part& c) { return c.name == name; });
        });
        if (fine && source.channels.empty()) fine = remove(source, "channels", "source-without-started-channel", {all});
        for (const std::string& channel : source.channels)
            fine = fine && batchFits(source, channel);
        if (!fine || !selectorFits(source) || !interceptorsStart(source)) continue;
        attached_.insert(source.channels.begin(), source.channels.end());
        started.push_back(std::move(source));
    }
    sources_ = std::move(started);
}

void AgentStarter::startSinks() {
    Parts started;
    for (Part& sink : sinks_) {
        if (!canBeMade(sink) || !isConfigured(sink, *sink.spec, "")) continue;
        const std::string& channel = sink.channels.front();
        const bool there =
            std::any_of(channels_.begin(), channels_.end(), [&](const Part& c) { return c.name == channel; });
        if (!there) {
            remove(sink, "channel", "sink-without-started-channel", {channel});
            continue;
        }
        if (!batchFits(sink, channel)) continue;
        attached_.insert(channel);
        started.push_back(std::move(sink));
    }
    sinks_ = std::move(started);
}

void AgentStarter::dropUnattachedChannels() {
    std::erase_if(channels_, [this](const Part& channel) {
        if (attached_.contains(channel.name)) return false;
        if (reports())
            context_.reporter->report(Severity::warning, "channel-unattached", {channel.name}, site(channel, "type"));
        return true;
    });
}

void AgentStarter::fillOutcome() {
    const auto planned = [](const Part& part) {
        return PlannedComponent{part.name, part.settings->value("type"), part.spec, part.properties};
    };
    for (Part& source : sources_) {
        std::string channels;
        for (const std::string& name : source.channels)
            channels += (channels.empty() ? "" : " ") + name;
        source.properties["channels"] = channels;
        start_.agent.sources.push_back(planned(source));
        start_.outcome.sources.push_back(source.name);
    }
    for (const Part& channel : channels_) {
        start_.agent.channels.push_back(planned(channel));
        start_.outcome.channels.push_back(channel.name);
    }
    std::set<std::string> running;
    for (const Part& group : groups_) {
        start_.agent.groups.push_back({group.name, group.channels, group.settings->properties()});
        start_.outcome.groups.push_back(group.name);
        running.insert(group.channels.begin(), group.channels.end());
    }
    for (const Part& sink : sinks_) {
        const std::string& name = sink.name;
        if (running.contains(name) || !groupedSinks_.contains(name)) start_.agent.sinks.push_back(planned(sink));
        if (!groupedSinks_.contains(name)) start_.outcome.sinks.push_back(name);
    }
}

} // namespace millrace::topology
