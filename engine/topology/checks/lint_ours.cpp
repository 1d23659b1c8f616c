#include "topology/checks/lint.h"

#include "catalog/millrace/document_parts.h"
#include "topology/graph/address.h"
#include "topology/text/escapes.h"
#include "topology/graph/graph_builder.h"
#include "topology/document/line_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace millrace::topology {
namespace {

class OurLines {
public:
    OurLines(const LintInput& input, Reporter& reporter) : input_(input), reporter_(reporter) {}

    void run() {
        std::map<std::string, std::map<std::string, const Entry*>> owners; // "topic.weblog" → rest → entry
        for (const Entry* entry : input_.entries) {
            if (!entry->ours) continue;
            const OurKey key = parseOurKey(entry->key);
            if (entry->key == "version") {
                version(*entry);
            } else if (key.family == "at") {
                place(*entry, key.id);
            } else if (partOf(key.family) == nullptr || key.id.empty() || key.rest.empty()) {
                unknown(*entry);
            } else if (!checkOurId(key)) {
                reporter_.report(Severity::error, "our-id-wrong", {entry->key, std::string(key.id)},
                                 {{}, {}, entry, Site::Part::key});
            } else {
                owners[fmt::format("{}.{}", key.family, key.id)][std::string(key.rest)] = entry;
            }
        }
        for (const auto& [owner, entries] : owners)
            check(owner, entries);
        topics();
    }

private:
    static const catalog::ComponentSpec* partOf(std::string_view family) {
        if (family == "cluster") return &catalog::kClusterPart;
        if (family == "topic") return &catalog::kTopicPart;
        if (family == "host") return &catalog::kHostPart;
        if (family == "agent") return &catalog::kAgentPart;
        if (family == "traffic") return &catalog::kTrafficPart;
        return family == "note" ? &catalog::kNotePart : nullptr;
    }

    void unknown(const Entry& entry) {
        reporter_.report(Severity::information, "our-key-unknown", {entry.key}, {{}, {}, &entry, Site::Part::key});
    }

    void version(const Entry& entry) {
        const bool number = !entry.value.empty() && entry.value.find_first_not_of("0123456789") == std::string::npos;
        if (!number || entry.value == "0") {
            reporter_.report(Severity::warning, "our-value-wrong", {"version", entry.value, "write 1"},
                             {{}, {}, &entry, {}});
        } else if (input_.document.readOnly()) {
            reporter_.report(Severity::warning, "version-newer", {entry.value}, {{}, {}, &entry, {}});
        }
    }

    void place(const Entry& entry, std::string_view what) {
        const NodeId id = placedId(what);
        if (id.empty()) return unknown(entry);
        if (!parsePosition(entry.value)) {
            reporter_.report(Severity::warning, "place-malformed", {entry.key, entry.value}, {id, {}, &entry, {}});
        } else if (input_.graph.find(id) == nullptr) {
            Diagnostic& d =
                reporter_.report(Severity::information, "place-unknown", {id}, {{}, {}, &entry, Site::Part::line});
            reporter_.fix(d, "remove-line", {}, {{entry.lines, {}}});
        }
    }

    void check(const std::string& owner, const std::map<std::string, const Entry*>& entries) {
        const OurKey key = parseOurKey(owner);
        const catalog::ComponentSpec& spec = *partOf(key.family);
        const NodeId id = key.family == "host" ? NodeId() : plainId(key.family, key.id);
        const std::string owningCluster = key.family == "topic" ? clusterKindOf(entries) : std::string();
        catalog::Properties properties;
        for (const auto& [rest, entry] : entries)
            properties.emplace(rest, entry->value);
        for (catalog::Finding& finding : catalog::checkProperties(spec, properties)) {
            // Its place is told in our own words below.
            if (finding.code == "missing-required") continue;
            // Only an embedded cluster's topic is made from these; what a broker elsewhere takes is its owner's affair.
            if (owningCluster == "external" && finding.property.starts_with("config.")) continue;
            const auto set = entries.find(finding.property);
            const Entry* entry = set != entries.end() ? set->second : entries.begin()->second;
            const bool unknownKey = finding.code.starts_with("unknown-property");
            if (unknownKey) {
                Diagnostic& d = reporter_.report(Severity::information, "our-key-unknown", {entry->key},
                                                 {id, finding.property, entry, Site::Part::key});
                if (!finding.suggestion.empty()) reporter_.fixByRenaming(d, *entry, owner + "." + finding.suggestion);
                continue;
            }
            Diagnostic& d = reporter_.report(finding, {id, finding.property, entry, Site::Part::value});
            // The broker refuses to make such a topic.
            if (owningCluster == "embedded" && finding.effect == catalog::Finding::Effect::warning)
                d.severity = Severity::error;
            reporter_.fixBySetting(d, entry->key, finding.suggestion, true);
        }
        if (key.family == "cluster") cluster(owner, id, entries);
        if (key.family == "traffic") traffic(owner, id, entries);
        if (key.family == "host" && !entries.contains("address")) {
            reporter_.report(Severity::error, "our-value-wrong",
                             {owner + ".address", "", "set it to the name or address of the computer"},
                             {{}, "address", entries.begin()->second, Site::Part::key});
        }
        if (const auto host = entries.find("host"); key.family == "agent" && host != entries.end()) {
            if (!input_.document.find("host." + host->second->value + ".address", true)) {
                reporter_.report(Severity::error, "our-value-wrong",
                                 {host->second->key, host->second->value, "there is no such host in this file"},
                                 {id, "host", host->second, {}});
            }
        }
    }

    /// "embedded" or "external", or empty when the topic belongs to no cluster of the file.
    std::string clusterKindOf(const std::map<std::string, const Entry*>& topic) const {
        const auto set = topic.find("cluster");
        const Node* cluster =
            set != topic.end() ? input_.graph.find(plainId("cluster", set->second->value)) : nullptr;
        return cluster != nullptr ? cluster->type : std::string();
    }

    void cluster(const std::string& owner, const NodeId& id, const std::map<std::string, const Entry*>& entries) {
        const auto kind = entries.find("kind");
        if (kind == entries.end()) {
            Diagnostic& d = reporter_.report(Severity::error, "cluster-kind-missing", {nameOf(id)},
                                             {id, "kind", entries.begin()->second, Site::Part::key});
            reporter_.fixBySetting(d, owner + ".kind", entries.contains("servers") ? "external" : "embedded", true);
            return;
        }
        const std::string wanted = kind->second->value == "external" ? "servers" : "listen";
        const auto address = entries.find(wanted);
        const bool absentIsFine = wanted == "listen" && address == entries.end();
        const auto valid = [](const std::string& list) {
            const auto servers = splitOn(list, ',');
            return std::all_of(servers.begin(), servers.end(),
                               [](const std::string& s) { return parseHostPort(s).has_value(); });
        };
        if (absentIsFine || (address != entries.end() && valid(address->second->value))) return;
        const Entry* entry = address != entries.end() ? address->second : kind->second;
        reporter_.report(Severity::error, "cluster-address-missing", {nameOf(id), owner + "." + wanted},
                         {id, wanted, entry, Site::Part::value});
    }

    void traffic(const std::string& owner, const NodeId& id, const std::map<std::string, const Entry*>& entries) {
        const auto topic = entries.find("topic");
        if (!topicExists(topic, entries)) {
            reporter_.report(Severity::error, "traffic-topic-unknown", {nameOf(id), topic->second->value},
                             {id, "topic", topic->second, {}});
        }
        if (const auto tcp = entries.find("tcp"); tcp != entries.end() && !parseHostPort(tcp->second->value)) {
            reporter_.report(Severity::error, "our-value-wrong",
                             {owner + ".tcp", tcp->second->value, "write host:port"}, {id, "tcp", tcp->second, {}});
        }
        if (!entries.contains("file") && !entries.contains("tcp") && topic == entries.end()) {
            reporter_.report(Severity::warning, "traffic-has-no-goal", {nameOf(id)},
                             {id, {}, entries.begin()->second, Site::Part::key});
        }
    }

    bool topicExists(std::map<std::string, const Entry*>::const_iterator topic,
                     const std::map<std::string, const Entry*>& entries) const {
        if (topic == entries.end()) return true;
        const Node* node = input_.graph.find(plainId("topic", topic->second->value));
        return node != nullptr;
    }

    void topics() {
        std::map<std::pair<std::string, std::string>, const Node*> seen, alike;
        for (const Node* topic : input_.graph.ofKind(NodeKind::topic)) {
            if (topic->implied) continue;
            const std::string cluster = topic->valueOr("cluster");
            const FullKey key = fullKeyOf(topic->id, "cluster");
            const Entry* entry = lastEntry(input_.document, key.key, true);
            if (entry == nullptr)
                entry = lastEntry(input_.document, fullKeyOf(topic->id, topic->properties.front().key).key, true);
            const Node* owner = input_.graph.find(plainId("cluster", cluster));
            if (owner == nullptr || owner->implied) {
                Diagnostic& d = reporter_.report(Severity::error, "topic-cluster-missing", {topic->name, key.key},
                                                 {topic->id, "cluster", entry, {}});
                for (const Node* candidate : input_.graph.ofKind(NodeKind::cluster)) {
                    if (!candidate->implied) reporter_.fixBySetting(d, key.key, candidate->name, true);
                }
            }
            const std::string name = topic->valueOr("name", topic->name);
            const auto [first, added] = seen.try_emplace({cluster, name}, topic);
            if (!added) {
                reporter_.report(Severity::error, "topic-name-duplicate", {topic->name, first->second->name},
                                 {topic->id, {}, entry, Site::Part::line});
            }
            // Kafka's metrics are named by topics with underscores for dots (org.apache.kafka.common.internals.Topic).
            std::string metric = name;
            std::replace(metric.begin(), metric.end(), '.', '_');
            const auto [other, only] = alike.try_emplace({cluster, metric}, topic);
            const std::string otherName = other->second->valueOr("name", other->second->name);
            if (!only && otherName != name && owner != nullptr && owner->type == "embedded") {
                reporter_.report(Severity::error, "topic-names-collide", {name, otherName},
                                 {topic->id, {}, entry, Site::Part::line});
            }
        }
    }

    const LintInput& input_;
    Reporter& reporter_;
};

} // namespace

void lintOurs(const LintInput& input, Reporter& reporter) {
    OurLines(input, reporter).run();
}

} // namespace millrace::topology
