#include "topology/checks/lint.h"

#include "topology/text/escapes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>
#include <unordered_set>

namespace millrace::topology {
namespace {

bool hasLists(const AgentSettings& agent) {
    return agent.lists.contains(Section::sources) || agent.lists.contains(Section::sinks) ||
           agent.lists.contains(Section::channels);
}

/// A prefix that finds nothing is dropped, and the rest is looked for in the file.
std::string withoutPrefix(const std::string& name) {
    const std::size_t colon = name.find(':');
    return name.substr(colon == std::string::npos ? 0 : colon + 1);
}

/// Names that some `${…}` asks for: a key without an agent may be such a variable.
std::unordered_set<std::string> referenced(const LintInput& input) {
    std::unordered_set<std::string> names;
    for (const Entry* entry : input.entries) {
        if (entry->value.find("${") == std::string::npos) continue;
        for (const std::string& name : referencedNames(entry->value))
            names.insert(withoutPrefix(name));
    }
    return names;
}

void checkIgnoredKey(const Entry& entry, const FlumeKey& key, Reporter& reporter) {
    const std::string_view behind = std::string_view(entry.key).substr(key.agent.size() + 1);
    const std::string_view word = behind.substr(0, behind.find('.'));
    std::vector<std::string_view> words;
    for (const Section section : kSections)
        words.push_back(toString(section));
    const std::string near = catalog::Catalog::nearest(word, words);
    const Site site{{}, {}, &entry, Site::Part::key};
    if (near.empty() || near == word) {
        reporter.report(Severity::warning, "ignored-key", {entry.key}, site);
        return;
    }
    const std::string mended = fmt::format("{}.{}{}", key.agent, near, behind.substr(word.size()));
    Diagnostic& d = reporter.report(Severity::warning, "ignored-key-near", {entry.key, mended}, site);
    reporter.fixByRenaming(d, entry, mended);
}

void checkUnlisted(const AgentSettings& agent, Reporter& reporter) {
    for (const auto& [section, parts] : agent.parts) {
        const auto names = agent.names(section);
        const std::set<std::string> listed(names.begin(), names.end());
        const std::string list = fmt::format("{}.{}", agent.name, toString(section));
        for (const auto& [name, part] : parts) {
            if (listed.contains(name)) continue;
            const Setting* type = part.find("type");
            const Entry* entry = type != nullptr ? type->entry : part.values.begin()->second.entry;
            const NodeId id = section == Section::configfilters ? NodeId() : componentId(agent.name, section, name);
            Diagnostic& d = reporter.report(Severity::warning, "not-in-list", {wordFor(section), name, list},
                                            {id, {}, entry, Site::Part::key});
            reporter.fixByAdding(d, list, name);
        }
    }
}

} // namespace

void lintKeys(const LintInput& input, Reporter& reporter) {
    const auto variables = referenced(input);
    std::set<std::string, std::less<>> complete, told;
    for (const AgentSettings& agent : input.agents) {
        if (hasLists(agent)) complete.insert(agent.name);
    }
    for (const Entry* entry : input.entries) {
        if (entry->ours || variables.contains(entry->key)) continue;
        const FlumeKey key = parseFlumeKey(entry->key);
        if (key.agent.empty()) {
            reporter.report(Severity::warning, "key-without-agent", {entry->key}, {{}, {}, entry, Site::Part::key});
        } else if (!complete.contains(key.agent)) {
            if (told.emplace(key.agent).second) {
                reporter.report(Severity::warning, "agent-without-lists", {std::string(key.agent)},
                                {{}, {}, entry, Site::Part::key});
            }
        } else if (!key.section) {
            checkIgnoredKey(*entry, key, reporter);
        }
    }
    for (const AgentSettings& agent : input.agents) {
        if (!hasLists(agent)) continue;
        checkUnlisted(agent, reporter);
    }
}

void lintVariables(const LintInput& input, Reporter& reporter) {
    for (const Entry* entry : input.entries) {
        if (entry->ours || entry->value.find("${") == std::string::npos) continue;
        const Site site{{}, {}, entry, Site::Part::value};
        std::string cycle;
        input.values.resolve(entry->value, &cycle);
        if (!cycle.empty()) reporter.report(Severity::error, "variable-cycle", {cycle}, site);
        for (const std::string& name : referencedNames(entry->value)) {
            // Config filters have their own form, and a default makes an unknown name harmless.
            if (name.find('[') != std::string::npos) continue;
            const std::string plain = withoutPrefix(name);
            if (input.values.raw().contains(plain) && input.values.find(name) == input.values.find(plain)) {
                reporter.report(Severity::warning, "hash-order-variable", {name, "it sees only what came before"},
                                site);
            } else if (input.values.find(name) || isKnownToJavaOnly(name)) {
                continue;
            } else if (entry->value.find("${" + name + ":-") == std::string::npos) {
                reporter.report(Severity::warning, "variable-unknown", {name}, site);
            }
        }
    }
}

} // namespace millrace::topology
