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
        if (near.empty()) return removeOrAbort(part, "type", "unknown-type", {settings_.name, word, type});
        removeOrAbort(part, "type", "unknown-type-near", {settings_.name, word, type, near});
        if (last_ != nullptr) context_.reporter->fixBySetting(*last_, fullKey(part, "type"), near);
        return false;
    }
    if (!part.spec->loadable) {
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
